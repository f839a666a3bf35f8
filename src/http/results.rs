//! Answers of `GET /search` that are kept: the same question, asked again before the index or the curation file changes, costs
//! next to nothing. What has not been asked for longest goes first when there is no more room.

use super::asked::Asked;
use super::paging::Part;
use axum::body::Bytes;
use quick_cache::Weighter;
use quick_cache::sync::Cache;
use std::sync::atomic::{AtomicU64, Ordering};

/// About how many bytes an answer takes, which tells about how many there will be.
const TYPICAL: u64 = 16 << 10;
/// What an answer takes beside its body and its question.
const OVERHEAD: usize = 512;

/// An answer as it was written.
#[derive(Clone)]
pub(super) struct Kept {
    pub(super) body: Bytes,
    pub(super) part: Part,
    pub(super) asked: Asked,
}

/// The answers that are kept, by what answered and what was asked.
pub(super) struct Results {
    cache: Cache<String, Kept, Bytewise>,
    hits: AtomicU64,
    misses: AtomicU64,
}

/// What is known of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Counts {
    pub(super) hits: u64,
    pub(super) misses: u64,
    pub(super) bytes: u64,
}

impl Results {
    /// Room for so many bytes; nothing is kept where there is none.
    pub(super) fn new(bytes: u64) -> Option<Self> {
        let cache = || Cache::with_weighter((bytes / TYPICAL).max(1) as usize, bytes, Bytewise);
        (bytes > 0).then(|| Self { cache: cache(), hits: AtomicU64::new(0), misses: AtomicU64::new(0) })
    }

    /// The answer to a query string from this version of what answers.
    pub(super) fn get(&self, version: &str, query: &str) -> Option<Kept> {
        let kept = self.cache.get(&key(version, query));
        let count = if kept.is_some() { &self.hits } else { &self.misses };
        count.fetch_add(1, Ordering::Relaxed);
        kept
    }

    /// Whether the answer is kept; this is not counted.
    pub(super) fn has(&self, version: &str, query: &str) -> bool {
        self.cache.contains_key(&key(version, query))
    }

    pub(super) fn keep(&self, version: &str, query: &str, kept: Kept) {
        self.cache.insert(key(version, query), kept);
    }

    pub(super) fn counts(&self) -> Counts {
        let of = |count: &AtomicU64| count.load(Ordering::Relaxed);
        Counts { hits: of(&self.hits), misses: of(&self.misses), bytes: self.cache.weight() }
    }
}

/// A version has no space.
fn key(version: &str, query: &str) -> String {
    [version, query].join(" ")
}

#[derive(Clone)]
struct Bytewise;

impl Weighter<String, Kept> for Bytewise {
    fn weight(&self, key: &String, kept: &Kept) -> u64 {
        (key.len() + kept.body.len() + OVERHEAD) as u64
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::SearchRequest;

    fn kept(body: Vec<u8>) -> Kept {
        let part = Part { offset: 0, limit: 10, total: 1, furthest: 0 };
        Kept { body: body.into(), part, asked: Asked::of(&SearchRequest::default(), 1) }
    }

    #[test]
    fn what_is_kept_is_of_its_version_and_its_question() {
        let results = Results::new(1 << 20).unwrap();
        results.keep("1-a", "q=nurse", kept(b"nurse".to_vec()));
        assert_eq!(results.get("1-a", "q=nurse").unwrap().body, "nurse");
        assert!(results.get("2-a", "q=nurse").is_none());
        assert!(results.get("1-a", "q=nurses").is_none());
        let counts = results.counts();
        assert_eq!((counts.hits, counts.misses), (1, 2));
        assert!(Results::new(0).is_none());
    }

    #[test]
    fn it_stays_within_its_room() {
        let results = Results::new(256 << 10).unwrap();
        for question in 0..1000 {
            results.keep("1", &question.to_string(), kept(vec![0; 10 << 10]));
            assert!(results.counts().bytes <= 256 << 10);
        }
        assert!(results.counts().bytes > 128 << 10);
        // One that is larger than all the room is not kept, and drives out nothing.
        results.keep("1", "large", kept(vec![0; 1 << 20]));
        assert!(results.get("1", "large").is_none());
        assert!(results.counts().bytes > 128 << 10);
    }
}
