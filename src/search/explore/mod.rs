//! Questions about pages rather than words: what several of them have in common, and what somebody lacks for them.

mod alphabet;
pub(super) mod asked;
pub(super) mod closest;
pub(super) mod compare;
pub(super) mod gap;
pub(super) mod have;
mod copies;
mod likeness;
mod places;
mod quote;
pub(super) mod roles;
pub(super) mod similar;
pub(super) mod skill;
pub(super) mod skills;

use std::sync::OnceLock;

pub use alphabet::{FURTHEST_LISTED, Letter, Listing, MOST_LISTED};
pub use places::PageLink;

/// What is worked out once for each generation, when it is first asked for: opening stays fast however many pages there
/// are.
#[derive(Debug, Default)]
pub(super) struct Lists {
    roles: OnceLock<roles::RoleList>,
    skills: OnceLock<skills::SkillList>,
}
