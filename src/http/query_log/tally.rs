//! What a log of questions comes to: those that were asked most, and those that found nothing.

use super::entry::Entry;
use super::file::aside;
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::{BTreeMap, HashMap};
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read as _};
use std::path::Path;

/// The longest line that is read, in bytes; those that are written are much shorter.
const LONGEST_LINE: u64 = 64 << 10;
/// The most different questions that are told apart.
const MOST: usize = 100_000;

/// What was asked.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
pub struct Queries {
    /// The first day of the log, or null.
    pub from: Option<String>,
    /// The last day, or null.
    pub to: Option<String>,
    /// How many questions were asked.
    pub asked: u64,
    /// How many of them found nothing.
    pub found_nothing: u64,
    /// Lines of the log that cannot be read.
    pub unreadable: u64,
    /// Questions that are not told apart, for there are too many different ones.
    pub beyond: u64,
    /// The questions that were asked most, whatever their filters.
    pub frequent: Vec<Frequent>,
    /// Those that found nothing, each with its filters, what was asked most first.
    pub unanswered: Vec<Unanswered>,
}

/// A question that was asked.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Frequent {
    /// As it was typed the last time; questions differ by more than case.
    pub q: String,
    /// How often it was asked.
    pub asked: u64,
    /// How often it found nothing.
    pub found_nothing: u64,
    /// How many pages it found the last time.
    pub pages: u64,
    /// How long it took on average, in milliseconds.
    pub ms: f64,
    /// The last day.
    pub last: String,
}

/// A question that found nothing.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Unanswered {
    /// As it was typed the last time; empty where only filters were set.
    pub q: String,
    /// By parameter.
    pub filters: BTreeMap<String, Vec<String>>,
    /// How often it was asked and found nothing.
    pub asked: u64,
    /// The last day.
    pub last: String,
}

impl Queries {
    /// Reads a log with what was put aside of it. Lines that cannot be read are passed over and counted.
    ///
    /// # Errors
    /// What the system says where the file cannot be read.
    pub fn read(path: &Path, limit: usize) -> io::Result<Self> {
        let mut tally = Tally::default();
        match File::open(aside(path)) {
            Ok(file) => tally.read(BufReader::new(file))?,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(error),
        }
        tally.read(BufReader::new(File::open(path)?))?;
        Ok(tally.queries(limit))
    }
}

#[derive(Default)]
struct Tally {
    all: Queries,
    frequent: HashMap<String, Frequent>,
    unanswered: HashMap<(String, BTreeMap<String, Vec<String>>), Unanswered>,
}

impl Tally {
    fn read(&mut self, mut lines: impl BufRead) -> io::Result<()> {
        let mut line = Vec::new();
        loop {
            line.clear();
            if (&mut lines).take(LONGEST_LINE).read_until(b'\n', &mut line)? == 0 {
                return Ok(());
            }
            match serde_json::from_slice(&line) {
                Ok(entry) => self.add(entry),
                Err(_) => self.all.unreadable += 1,
            }
            // The rest of a line that is too long.
            while line.last() != Some(&b'\n') {
                line.clear();
                if (&mut lines).take(LONGEST_LINE).read_until(b'\n', &mut line)? == 0 {
                    break;
                }
            }
        }
    }

    fn add(&mut self, entry: Entry) {
        let all = &mut self.all;
        let found_nothing = u64::from(entry.pages == 0);
        all.asked += 1;
        all.found_nothing += found_nothing;
        all.from = all.from.take().into_iter().chain([entry.day.clone()]).min();
        all.to = all.to.take().into_iter().chain([entry.day.clone()]).max();
        let folded = entry.q.to_lowercase();
        if !folded.is_empty() {
            if self.frequent.len() >= MOST && !self.frequent.contains_key(&folded) {
                all.beyond += 1;
            } else {
                let new = Frequent {
                    q: String::new(),
                    asked: 0,
                    found_nothing: 0,
                    pages: 0,
                    ms: 0.0,
                    last: String::new(),
                };
                let known = self.frequent.entry(folded.clone()).or_insert(new);
                known.asked += 1;
                known.found_nothing += found_nothing;
                known.ms += (entry.ms - known.ms) / known.asked as f64;
                (known.pages, known.q, known.last) = (entry.pages, entry.q.clone(), entry.day.clone());
            }
        }
        let key = (folded, entry.filters);
        if found_nothing > 0 && (self.unanswered.len() < MOST || self.unanswered.contains_key(&key)) {
            let new = Unanswered { q: String::new(), filters: key.1.clone(), asked: 0, last: String::new() };
            let known = self.unanswered.entry(key).or_insert(new);
            known.asked += 1;
            (known.q, known.last) = (entry.q, entry.day);
        }
    }

    fn queries(self, limit: usize) -> Queries {
        let mut frequent: Vec<Frequent> = self.frequent.into_values().collect();
        frequent.sort_by(|one, other| other.asked.cmp(&one.asked).then_with(|| one.q.cmp(&other.q)));
        frequent.truncate(limit);
        let mut unanswered: Vec<Unanswered> = self.unanswered.into_values().collect();
        let order = |one: &Unanswered| (one.q.clone(), one.filters.clone());
        unanswered
            .sort_by(|one, other| other.asked.cmp(&one.asked).then_with(|| order(one).cmp(&order(other))));
        unanswered.truncate(limit);
        frequent.iter_mut().for_each(|one| one.ms = (one.ms * 10.0).round() / 10.0);
        Queries { frequent, unanswered, ..self.all }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn queries(lines: &str, limit: usize) -> Queries {
        let mut tally = Tally::default();
        tally.read(lines.as_bytes()).unwrap();
        tally.queries(limit)
    }

    #[test]
    fn questions_are_counted_whatever_their_case_and_filters() {
        let lines = r#"{"day":"2026-11-29","q":"Go","pages":4,"ms":1.0}
{"day":"2026-11-30","q":"go","pages":0,"ms":2.0,"filters":{"role":["x"]}}
{"day":"2026-11-28","q":"rust","pages":2,"ms":5.0}
{"day":"2026-11-30","q":"","pages":0,"ms":5.0,"filters":{"role":["x","y"]}}
"#;
        let found = queries(lines, 10);
        assert_eq!((found.from.as_deref(), found.to.as_deref()), (Some("2026-11-28"), Some("2026-11-30")));
        assert_eq!((found.asked, found.found_nothing, found.unreadable), (4, 2, 0));
        let go = Frequent {
            q: "go".to_owned(),
            asked: 2,
            found_nothing: 1,
            pages: 0,
            ms: 1.5,
            last: "2026-11-30".to_owned(),
        };
        assert_eq!(found.frequent[0], go);
        assert_eq!(found.frequent.iter().map(|one| one.q.as_str()).collect::<Vec<_>>(), ["go", "rust"]);
        assert_eq!(found.unanswered.iter().map(|one| one.q.as_str()).collect::<Vec<_>>(), ["", "go"]);
        assert_eq!(queries(lines, 1).frequent.len(), 1);
    }

    #[test]
    fn what_cannot_be_read_is_passed_over_and_counted() {
        let good = "{\"day\":\"2026-11-30\",\"q\":\"go\",\"pages\":4,\"ms\":1}\n";
        let long = format!("{{\"q\":\"{}\"}}\n", "x".repeat(3 * LONGEST_LINE as usize));
        let lines = format!("{good}\n[]\n{{\"q\":1}}\n{long}{good}{{\"day\":\"2026-11-30\",\"q\":\"g");
        let found = queries(&lines, 10);
        assert_eq!((found.asked, found.unreadable), (2, 5));
        let mut bytes = vec![0xff, b'\n'];
        bytes.extend(good.as_bytes());
        let mut tally = Tally::default();
        tally.read(bytes.as_slice()).unwrap();
        assert_eq!((tally.all.asked, tally.all.unreadable), (1, 1));
    }
}
