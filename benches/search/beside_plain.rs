//! Ours and plain tantivy in turn, question by question, so that both have the same weather.

use crate::plain::{Answer, Matching, Plain, Shown};
use rolecall::search::{SearchRequest, SearchResponse, Searcher};
use std::hint::black_box;
use std::time::{Duration, Instant};

/// How often each question is asked of each.
const ROUNDS: usize = 15;

/// Who answers.
const SIDES: [&str; 3] = ["rolecall", "tantivy, same matches", "tantivy, any word"];

/// A question, with what the answers to it have in common.
struct Asked<'a> {
    question: &'a str,
    request: SearchRequest,
    shown: Shown,
    same: Matching,
    /// Of each side.
    times: [Vec<Duration>; SIDES.len()],
    /// How many sections matched.
    matched: [u64; SIDES.len()],
}

impl<'a> Asked<'a> {
    fn new(question: &'a str, searcher: &Searcher) -> Self {
        let request = crate::request(question);
        let answer = searcher.search(&request).expect("an answer");
        let sections = answer.hits.iter().map(|hit| hit.sections.len()).sum();
        let shown = Shown { pages: answer.hits.len(), sections };
        let same = if answer.query.matched == "all" { Matching::Same } else { Matching::Any };
        Self { question, request, shown, same, times: Default::default(), matched: Default::default() }
    }

    fn ask(&mut self, side: usize, searcher: &Searcher, plain: &Plain) {
        let start = Instant::now();
        let matched = match side {
            0 => of_ours(&searcher.search(&self.request).expect("an answer")),
            1 => of_plain(&plain.search(self.question, self.same, self.shown)),
            _ => of_plain(&plain.search(self.question, Matching::Any, self.shown)),
        };
        self.times[side].push(start.elapsed());
        self.matched[side] = matched;
    }
}

fn of_ours(answer: &SearchResponse) -> u64 {
    black_box(answer).total.sections
}

fn of_plain(answer: &Answer) -> u64 {
    let bytes: usize = answer.shown.iter().map(|(title, snippet)| title.len() + snippet.len()).sum();
    black_box((bytes, &answer.facets));
    answer.count as u64
}

/// Times in order: of all answers, and the best of each question, which is what is left of them on a machine that others
/// use at the same time.
struct Times {
    all: Vec<Duration>,
    best: Vec<Duration>,
}

impl Times {
    fn of(side: usize, asked: &[Asked<'_>]) -> Self {
        let mut all: Vec<Duration> = asked.iter().flat_map(|asked| &asked.times[side]).copied().collect();
        let mut best: Vec<Duration> =
            asked.iter().filter_map(|asked| asked.times[side].iter().min()).copied().collect();
        all.sort_unstable();
        best.sort_unstable();
        Self { all, best }
    }

    /// Median and 99th percentile of both.
    fn figures(&self) -> [Duration; 4] {
        let at = |times: &[Duration], share: f64| times[((times.len() - 1) as f64 * share) as usize];
        [at(&self.all, 0.5), at(&self.all, 0.99), at(&self.best, 0.5), at(&self.best, 0.99)]
    }
}

/// Asks every question of ours and of plain tantivy, in turn, and prints how long that took.
pub(crate) fn beside_plain(searcher: &Searcher, plain: &Plain, questions: &[String]) {
    let mut asked: Vec<Asked<'_>> = questions.iter().map(|question| Asked::new(question, searcher)).collect();
    for round in 0..=ROUNDS {
        for asked in &mut asked {
            for side in 0..SIDES.len() {
                // Each comes first as often.
                asked.ask((side + round) % SIDES.len(), searcher, plain);
            }
            if round == 0 {
                asked.times = Default::default(); // It warms up.
            }
        }
    }
    let count = asked.len() as f64;
    let reads: usize = asked.iter().map(|asked| asked.shown.pages + asked.shown.sections).sum();
    let documents = reads as f64 / count;
    println!(
        "{count} questions, {ROUNDS} times each in turn; {documents:.1} stored documents read for an answer"
    );
    println!("median and p99 of all answers; of the best of each question; sections that match");
    let times: Vec<Times> = (0..SIDES.len()).map(|side| Times::of(side, &asked)).collect();
    for (side, name) in SIDES.iter().enumerate() {
        let [median, p99, best_median, best_p99] = times[side].figures();
        let matched = asked.iter().map(|asked| asked.matched[side]).sum::<u64>() as f64 / count;
        println!("{name:<23} {median:>9.1?} {p99:>9.1?}; {best_median:>9.1?} {best_p99:>9.1?}; {matched:.0}");
    }
    let ours = times[0].figures();
    for (side, name) in SIDES.iter().enumerate().skip(1) {
        let theirs = times[side].figures();
        let ratio = |at: usize| ours[at].as_secs_f64() / theirs[at].as_secs_f64();
        let [median, p99, best_median, best_p99] = [0, 1, 2, 3].map(ratio);
        println!(
            "ours / {name:<23} median {median:.2} p99 {p99:.2}; median {best_median:.2} p99 {best_p99:.2}"
        );
    }
    asked.sort_by_key(|asked| std::cmp::Reverse(asked.times[0].iter().min().copied()));
    for asked in asked.iter().take(5) {
        let [ours, theirs, _] =
            [0, 1, 2].map(|side| asked.times[side].iter().min().copied().unwrap_or_default());
        println!("slowest: {ours:.1?} beside {theirs:.1?}: {}", asked.question);
    }
}
