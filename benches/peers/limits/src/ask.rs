//! Questions of a file, one after the other, by one thread.

use crate::plain::Plain;
use anyhow::Result;
use std::io::Write;
use std::path::Path;
use std::time::Instant;

/// Asks every question `passes` times after a first that warms up, and prints a line for each answer: microseconds, how
/// many sections match, how many are shown.
pub(crate) fn ask(plain: &Plain, questions: &Path, passes: usize) -> Result<()> {
    let questions = std::fs::read_to_string(questions)?;
    let counts = questions.lines().map(|question| plain.count(question)).collect::<Result<Vec<_>>>()?;
    let mut out = std::io::stdout().lock();
    for pass in 0..=passes {
        for (question, count) in questions.lines().zip(&counts) {
            let start = Instant::now();
            let answer = plain.search(question)?;
            let took = start.elapsed();
            if pass > 0 {
                writeln!(out, "{:.1}\t{count}\t{}", took.as_secs_f64() * 1e6, answer.hits.len())?;
            }
        }
    }
    Ok(())
}
