//! Which questions are settled: somebody who types asks at every rest, and means the last.
//!
//! A question that a script asked waits for two seconds. Where within these a question comes that goes on from it, or that it
//! goes on from (a letter was taken back), with the same filters, it was only on the way there. Who asked is not known and need
//! not be: where two people type the same beginning at the same moment, it counts once. What was asked by a form, a link or a
//! program is settled as it is.

use super::entry::Entry;
use std::collections::VecDeque;
use std::time::{Duration, Instant};

/// How long somebody may rest while typing.
const REST: Duration = Duration::from_secs(2);
/// The most questions that are held back; beyond, the oldest counts as settled.
const MOST: usize = 1024;

/// Questions that may only be on the way to others, the oldest first.
#[derive(Default)]
pub(super) struct Settling {
    held: VecDeque<(Instant, Entry)>,
}

impl Settling {
    /// Takes a question in; what is settled by it.
    pub(super) fn take(&mut self, entry: Entry, is_of_script: bool, now: Instant) -> Vec<Entry> {
        let mut settled = self.due(now);
        self.held.retain(|(_, held)| !is_on_the_way(held, &entry));
        if !is_of_script {
            settled.push(entry);
            return settled;
        }
        self.held.push_back((now + REST, entry));
        if self.held.len() > MOST {
            settled.extend(self.held.pop_front().map(|(_, entry)| entry));
        }
        settled
    }

    /// Those that were rested with.
    pub(super) fn due(&mut self, now: Instant) -> Vec<Entry> {
        let count = self.held.partition_point(|(due, _)| *due <= now);
        self.held.drain(..count).map(|(_, entry)| entry).collect()
    }

    /// When the next one is due.
    pub(super) fn next(&self) -> Option<Instant> {
        self.held.front().map(|(due, _)| *due)
    }

    /// All of them, due or not.
    pub(super) fn rest(&mut self) -> Vec<Entry> {
        self.held.drain(..).map(|(_, entry)| entry).collect()
    }
}

/// Whether one question continues the other.
fn is_on_the_way(held: &Entry, next: &Entry) -> bool {
    let (one, other) = (held.q.to_lowercase(), next.q.to_lowercase());
    held.filters == next.filters && (one.starts_with(&other) || other.starts_with(&one))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    fn entry(q: &str) -> Entry {
        Entry { day: "2026-11-30".to_owned(), q: q.to_owned(), filters: BTreeMap::new(), pages: 1, ms: 1.0 }
    }

    /// What is written of questions that come after so many milliseconds, each typed or not.
    fn written(asked: &[(u64, &str, bool)]) -> Vec<String> {
        let (mut settling, start) = (Settling::default(), Instant::now());
        let mut written = Vec::new();
        for &(after, q, is_of_script) in asked {
            written.extend(settling.take(entry(q), is_of_script, start + Duration::from_millis(after)));
        }
        written.extend(settling.rest());
        written.into_iter().map(|entry| entry.q).collect()
    }

    #[test]
    fn of_what_is_typed_the_last_counts() {
        let typed = [
            (0, "k", true),
            (200, "kube", true),
            (400, "kubernetez", true),
            (900, "kubernete", true),
            (1_100, "Kubernetes", true),
        ];
        assert_eq!(written(&typed), ["Kubernetes"]);
        assert_eq!(
            written(&[(0, "java", true), (2_500, "javascript", true)]),
            ["java", "javascript"],
            "somebody rested"
        );
        assert_eq!(written(&[(0, "java", true), (100, "python", true)]), ["java", "python"]);
    }

    #[test]
    fn what_is_sent_is_settled() {
        assert_eq!(written(&[(0, "java", false), (10, "javascript", false)]), ["java", "javascript"]);
        assert_eq!(
            written(&[(0, "kube", true), (100, "kubernetes", false)]),
            ["kubernetes"],
            "typed, then sent"
        );
        assert_eq!(written(&[(0, "kubernetes", true), (900, "kubernetes", false)]), ["kubernetes"]);
    }

    #[test]
    fn other_filters_make_another_question() {
        let mut settling = Settling::default();
        let now = Instant::now();
        let filtered =
            Entry { filters: BTreeMap::from([("role".to_owned(), vec!["x".to_owned()])]), ..entry("kube") };
        assert!(settling.take(entry("kube"), true, now).is_empty());
        assert!(settling.take(filtered, true, now).is_empty());
        assert_eq!(settling.rest().len(), 2);
    }

    #[test]
    fn what_is_held_back_is_due_in_time_and_never_too_much() {
        let (mut settling, now) = (Settling::default(), Instant::now());
        let taken: usize =
            (0..MOST + 5).map(|n| settling.take(entry(&format!("{n:04}")), true, now).len()).sum();
        assert_eq!((taken, settling.held.len()), (5, MOST));
        assert_eq!(settling.next(), Some(now + REST));
        assert!(settling.due(now).is_empty());
        assert_eq!(settling.due(now + REST).len(), MOST);
    }
}
