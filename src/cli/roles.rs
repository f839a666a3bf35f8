//! `rolecall roles`

use super::style::{FAINT, STRONG, counted, plain, print, styled};
use super::{Exit, Failure, IndexArgs, Outcome, print_json};
use crate::search::{Letter, Listing, Roles, RolesRequest, SearchError, Searcher};
use clap::Args;
use std::fmt::Write as _;

/// Which names are listed.
#[derive(Debug, Args)]
pub(super) struct ListingArgs {
    /// Only names that have a word which begins so
    #[arg(value_name = "BEGINNING")]
    q: Vec<String>,
    /// Only names that begin with this letter; # for those that begin with none
    #[arg(long, value_name = "LETTER")]
    letter: Option<String>,
    /// How many, 0 to 500
    #[arg(long, value_name = "N", default_value_t = 50)]
    limit: usize,
    /// How many to pass over
    #[arg(long, value_name = "N", default_value_t = 0)]
    offset: usize,
}

impl ListingArgs {
    pub(super) fn listing(&self) -> Listing {
        Listing { q: self.q.join(" "), letter: self.letter.clone(), limit: self.limit, offset: self.offset }
    }
}

/// List the roles of the index in alphabetical order
#[derive(Debug, Args)]
pub(super) struct RolesArgs {
    #[command(flatten)]
    listing: ListingArgs,
    #[command(flatten)]
    index: IndexArgs,
    /// Only roles that name this skill, by facet id (repeatable: all of them)
    #[arg(long, value_name = "ID")]
    skill: Vec<String>,
    /// Print what /roles answers
    #[arg(long)]
    json: bool,
}

impl RolesArgs {
    pub(super) fn run(self) -> Outcome {
        let searcher = Searcher::open(&self.index.location())?;
        let request = RolesRequest { listing: self.listing.listing(), skill: self.skill };
        let roles = searcher.roles(&request).map_err(failure)?;
        if self.json {
            return print_json(&roles);
        }
        print(&describe(&roles))?;
        Ok(Exit::Done)
    }
}

/// What is out of its limits was asked for wrongly.
pub(super) fn failure(error: SearchError) -> Failure {
    match error {
        SearchError::Invalid(_) => Failure::Usage(error.into()),
        error => Failure::NotDone(error.into()),
    }
}

fn describe(roles: &Roles) -> String {
    let mut text = String::new();
    for warning in &roles.warnings {
        let _ = writeln!(text, "{} {}", styled(FAINT, "note:"), plain(&warning.message));
    }
    let _ = writeln!(text, "{}  {}", counted(roles.total, "role"), styled(FAINT, &letters(&roles.letters)));
    for role in &roles.roles {
        let level = role.level.as_ref().map(|level| format!(", {}", level.label)).unwrap_or_default();
        let _ = writeln!(text, "{}{}", styled(STRONG, &role.label), styled(FAINT, &level));
        for page in &role.pages {
            let _ = writeln!(text, "  {}", styled(FAINT, page.url.as_deref().unwrap_or(&page.id)));
        }
        let more = role.pages_total - role.pages.len() as u64;
        if more > 0 {
            let _ = writeln!(text, "  {}", styled(FAINT, &format!("and {}", counted(more, "more page"))));
        }
    }
    text
}

/// How many names begin with each letter, in one line.
pub(super) fn letters(letters: &[Letter]) -> String {
    let letter = |letter: &Letter| format!("{} {}", letter.letter, letter.names);
    letters.iter().map(letter).collect::<Vec<_>>().join(" · ")
}
