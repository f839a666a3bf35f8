//! Questions about pages rather than words: what several of them have in common, and what somebody lacks for them.

mod alphabet;
pub(super) mod asked;
pub(super) mod closest;
pub(super) mod compare;
pub(super) mod gap;
pub(super) mod have;
mod likeness;
mod links;
pub(super) mod path;
mod places;
mod quote;
mod quoted;
pub(super) mod roles;
pub(super) mod similar;
pub(super) mod skill;
pub(super) mod skills;

use crate::index::{IndexError, Snapshot};
use std::sync::OnceLock;

pub use alphabet::{FURTHEST_LISTED, Letter, Listing, MOST_LISTED};
pub use places::PageLink;
pub use quoted::{Quoted, QuotedSection};

/// What is worked out once for each generation, when it is first asked for: opening stays fast however many pages there
/// are.
#[derive(Debug, Default)]
pub(super) struct Lists {
    roles: OnceLock<roles::RoleList>,
    skills: OnceLock<skills::SkillList>,
    links: OnceLock<links::Links>,
}

impl Lists {
    fn links(&self, snapshot: &Snapshot) -> Result<&links::Links, IndexError> {
        if let Some(links) = self.links.get() {
            return Ok(links);
        }
        let links = links::Links::of(snapshot)?;
        Ok(self.links.get_or_init(|| links))
    }
}
