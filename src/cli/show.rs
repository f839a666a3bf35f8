//! `rolecall show FILE`

use super::facts;
use super::ingest::ReadingArgs;
use super::style::{FAINT, STRONG, plain, print, styled};
use super::{Exit, Outcome, print_json};
use crate::http::PageView;
use crate::ingest::show;
use crate::model::{BlockKind, Page, Section, Skill};
use anyhow::anyhow;
use clap::Args;
use std::fmt::Write as _;
use std::path::PathBuf;

/// Print what is understood of a page
///
/// Title, role, sections with their kinds, headings, text and skills, related roles. Needs no index.
#[derive(Debug, Args)]
pub(super) struct ShowArgs {
    /// The page
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Print it as JSON, as /pages/{id} answers
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    reading: ReadingArgs,
}

impl ShowArgs {
    pub(super) fn run(self) -> Outcome {
        let options = self.reading.options(Vec::new())?;
        let page = show(&self.file, &options).map_err(|reason| anyhow!(reason))?;
        if self.json {
            return print_json(&PageView::from(page));
        }
        print(&describe(&page))?;
        Ok(Exit::Done)
    }
}

/// The page for people.
fn describe(page: &Page) -> String {
    let mut text = String::new();
    let _ = writeln!(text, "{}", styled(STRONG, &page.title));
    let role = page.role.as_ref().map(|role| format!("{} ({})", role.label, role.id));
    let inferred = if page.language_inferred { " (told from the text)" } else { "" };
    let language = page.language.as_ref().map(|language| format!("{language}{inferred}"));
    let facts = [
        ("role", Some(role.unwrap_or_else(|| "none".to_owned()))),
        ("id", Some(page.id.clone())),
        ("url", page.url.clone()),
        ("language", language),
        ("modified", page.modified.clone()),
        ("level", page.level.map(|level| level.label().label)),
        ("career", Some(facts::ladder(&page.ladder)).filter(|ladder| !ladder.is_empty())),
    ];
    for (name, value) in facts {
        if let Some(value) = value {
            let _ = writeln!(text, "{} {}", styled(FAINT, &format!("{name:>8}")), plain(&value));
        }
    }
    for warning in &page.warnings {
        let _ = writeln!(text, "{} {}", styled(FAINT, " warning"), plain(warning));
    }
    for section in &page.sections {
        describe_section(&mut text, section);
    }
    if !page.related.is_empty() {
        let _ = writeln!(text, "\n{}", styled(STRONG, "Points to"));
    }
    for role in &page.related {
        let _ = write!(text, "  {}", plain(&role.title));
        let _ = writeln!(text, " {}", styled(FAINT, role.url.as_deref().unwrap_or_default()));
    }
    text
}

fn describe_section(text: &mut String, section: &Section) {
    let heading = section.heading.as_ref().map_or("(no heading)", |heading| heading.text.as_str());
    let path = section.parents.iter().map(|parent| format!("{parent} › ")).collect::<String>() + heading;
    let inferred = if section.inferred { ", inferred" } else { "" };
    let kind = format!("[{}{inferred}]", section.kind.id);
    let _ = writeln!(text, "\n{} {}", styled(STRONG, &path), styled(FAINT, &kind));
    if !section.skills.is_empty() {
        let skill = |(index, skill): (usize, &Skill)| {
            format!("{}{}", skill.label, facts::how_strongly(section.strength_of(index)))
        };
        let skills: Vec<String> = section.skills.iter().enumerate().map(skill).collect();
        let _ = writeln!(text, "  {} {}", styled(FAINT, "skills:"), plain(&skills.join(", ")));
    }
    facts::describe(text, section);
    let mut shown = 0;
    for block in &section.blocks {
        let through = block.heading.map_or(0, |heading| usize::from(heading) + 1);
        for heading in section.subheadings.iter().take(through).skip(shown) {
            describe_subheading(text, section, heading);
        }
        shown = shown.max(through);
        let _ = match block.kind {
            BlockKind::Item { depth, ordered } => {
                let indent = 2 * usize::from(depth) + 2;
                writeln!(text, "{:indent$}{} {}", "", if ordered { "1." } else { "•" }, plain(&block.text))
            }
            BlockKind::Row { .. } => writeln!(text, "  | {} |", plain(&block.text)),
            BlockKind::Paragraph | BlockKind::Code => writeln!(text, "  {}", plain(&block.text)),
        };
    }
    for heading in section.subheadings.iter().skip(shown) {
        describe_subheading(text, section, heading);
    }
}

fn describe_subheading(text: &mut String, section: &Section, heading: &crate::model::Heading) {
    let top = section.heading.as_ref().map_or(1, |own| own.level);
    let marks = "#".repeat(usize::from(heading.level.saturating_sub(top)) + 1);
    let _ = writeln!(text, "  {} {}", styled(FAINT, &marks), plain(&heading.text));
}
