//! Numbers for words: where a word's place in a table, or the bit that stands for it, has to be found for every word of a page.

/// A number for a word, as its first and last letters and its length give it. Most words have one of their own, not all: who finds the
/// number has to look at the word.
pub fn key(word: &str) -> u64 {
    let bytes = word.as_bytes();
    let (first, last) = (bytes.first_chunk(), bytes.last_chunk());
    let ends = match (first, last) {
        (Some(first), Some(last)) => u64::from_le_bytes(*first) ^ u64::from_le_bytes(*last).rotate_left(23),
        _ => bytes.iter().fold(0, |all, byte| all << 8 | u64::from(*byte)),
    };
    ends ^ (bytes.len() as u64) << 56
}

/// A number whose every bit depends on all of another's, so that neighbours lie apart (Fibonacci hashing: Knuth, The Art of Computer
/// Programming 3, 6.4); its upper bits are the best.
pub fn spread(key: u64) -> u64 {
    key.wrapping_mul(0x9e37_79b9_7f4a_7c15)
}
