//! What annotators read with: sentences and phrases, words in tables, times, titles of roles, how much something is asked
//! for.

pub(super) mod cues;
pub(super) mod duration;
pub(super) mod phrase;
pub(super) mod roles;
pub(super) mod sentence;
pub(super) mod strength;
pub(super) mod title;
pub(super) mod word_set;
