//! `rolecall skills` and `rolecall skills --about ID`

use super::roles::{ListingArgs, failure, letters};
use super::style::{FAINT, STRONG, counted, plain, print, styled};
use super::{Exit, Failure, IndexArgs, Outcome, print_json};
use crate::model::Strength;
use crate::search::{Searcher, SkillDetail, SkillOrder, SkillPage, SkillRequest, Skills, SkillsRequest};
use clap::Args;
use std::fmt::Write as _;

/// List the skills that pages name, or what is known of one
///
/// With --about: the roles that ask for it, how much and where, and the skills that go with it.
#[derive(Debug, Args)]
pub(super) struct SkillsArgs {
    #[command(flatten)]
    listing: ListingArgs,
    #[command(flatten)]
    index: IndexArgs,
    /// Those of most pages first, or by name
    #[arg(long, value_name = "pages|name", default_value = "pages", value_parser = order)]
    sort: SkillOrder,
    /// What is known of one skill, by facet id
    #[arg(long, value_name = "ID", conflicts_with_all = ["q", "letter", "sort"])]
    about: Option<String>,
    /// Print what /skills or /skills/{id} answers
    #[arg(long)]
    json: bool,
}

fn order(value: &str) -> Result<SkillOrder, String> {
    SkillOrder::from_id(value).ok_or_else(|| "must be pages or name".to_owned())
}

/// How many roles of a skill are shown, as over HTTP, where nothing else is asked for: fewer than names of a list.
const MOST_ROLES: usize = 20;

impl SkillsArgs {
    pub(super) fn run(self) -> Outcome {
        let searcher = Searcher::open(&self.index.location())?;
        let listing = self.listing.listing();
        if let Some(id) = self.about {
            let limit = listing.limit.min(MOST_ROLES);
            let request = SkillRequest { id, limit, offset: listing.offset, deadline: None };
            let found = searcher.skill(&request).map_err(failure)?;
            let unknown = || {
                let reason = anyhow::anyhow!(
                    "no page names a skill with the id {:?}; `rolecall skills` lists those there are",
                    request.id
                );
                Failure::NotDone(reason)
            };
            let skill = found.ok_or_else(unknown)?;
            if self.json {
                return print_json(&skill);
            }
            print(&describe_one(&skill))?;
            return Ok(Exit::Done);
        }
        let skills = searcher.skills(&SkillsRequest { listing, sort: self.sort }).map_err(failure)?;
        if self.json {
            return print_json(&skills);
        }
        print(&describe(&skills))?;
        Ok(Exit::Done)
    }
}

fn describe(skills: &Skills) -> String {
    let mut text =
        format!("{}  {}\n", counted(skills.total, "skill"), styled(FAINT, &letters(&skills.letters)));
    for skill in &skills.skills {
        let about = format!("{} {}", skill.kind, skill.id);
        let _ = writeln!(text, "{:>6} {}  {}", skill.pages, plain(&skill.label), styled(FAINT, &about));
    }
    text
}

fn describe_one(skill: &SkillDetail) -> String {
    let mut text = format!("{}  {}\n", styled(STRONG, &skill.label), styled(FAINT, &skill.kind));
    let strengths = skill.strengths;
    let _ = writeln!(
        text,
        "{}: required by {}, a plus for {}, named by {}",
        counted(skill.pages, "page"),
        strengths.required,
        strengths.preferred,
        strengths.named
    );
    let kinds: Vec<String> =
        skill.sections.iter().take(8).map(|kind| format!("{} {}", kind.label, kind.pages)).collect();
    let _ = writeln!(text, "{} {}", styled(FAINT, "in"), plain(&kinds.join(", ")));
    let with: Vec<&str> = skill.goes_with.iter().take(12).map(|other| other.label.as_str()).collect();
    if !with.is_empty() {
        let _ = writeln!(text, "{} {}", styled(FAINT, "goes with"), plain(&with.join(", ")));
    }
    skill.roles.iter().for_each(|page| describe_page(&mut text, page));
    text
}

fn describe_page(text: &mut String, page: &SkillPage) {
    let strength = match page.strength {
        Strength::Required => "required",
        Strength::Preferred => "a plus",
        Strength::Named => "named",
    };
    let _ = writeln!(text, "\n{}  {}", styled(STRONG, &page.page.title), styled(FAINT, strength));
    for section in &page.sections {
        let kind = section.at.section.as_ref().map_or("", |section| section.label.as_str());
        let says = section.at.sentence.as_deref().or(section.at.heading.as_deref()).unwrap_or_default();
        let _ = writeln!(text, "  {}  {}", plain(kind), styled(FAINT, &format!("“{says}”")));
    }
}
