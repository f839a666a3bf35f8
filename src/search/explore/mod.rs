//! Questions about pages rather than words: what several of them have in common, and what somebody lacks for them.

pub(super) mod asked;
pub(super) mod compare;
mod quote;
