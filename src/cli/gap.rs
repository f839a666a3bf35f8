//! `rolecall gap --have SKILL [PAGE]`

use super::columns::{self, Columns, TIE};
use super::compare::{legend, mark, place};
use super::style::{FAINT, STRONG, counted, print};
use super::{Exit, Failure, IndexArgs, Outcome, print_json, which};
use crate::http::GapView;
use crate::model::Page;
use crate::search::{
    Asked, AskedLabel, Coverage, GapRequest, Gaps, PageGap, RoleGap, SearchError, Searcher, Warning,
};
use anstyle::Style;
use clap::Args;

/// Show what you lack for a role, or which roles you are closest to
///
/// With a PAGE: which of its skills you have and which you lack, the most asked for first, with the sentences that ask
/// for them. Without: the roles that ask for any of yours, closest first.
#[derive(Debug, Args)]
pub(super) struct GapArgs {
    /// A skill that you have, by any of its names (repeatable, or several with commas)
    #[arg(long, value_name = "SKILL", required = true)]
    have: Vec<String>,
    /// The id of a page, or of a role that one page is about
    #[arg(value_name = "PAGE")]
    page: Option<String>,
    #[command(flatten)]
    index: IndexArgs,
    /// Only pages about this role, by facet id (repeatable: either)
    #[arg(long, value_name = "ID", conflicts_with = "page")]
    role: Vec<String>,
    /// Only roles of this level (repeatable: either)
    #[arg(long, value_name = "ID", conflicts_with = "page")]
    level: Vec<String>,
    /// Only pages of this source (repeatable: either)
    #[arg(long, value_name = "NAME", conflicts_with = "page")]
    source: Vec<String>,
    /// Only pages in this language (repeatable: either)
    #[arg(long, value_name = "TAG", conflicts_with = "page")]
    language: Vec<String>,
    /// How many roles, 0 to 100
    #[arg(long, value_name = "N", default_value_t = 10)]
    limit: usize,
    /// How many roles to pass over, up to 10000
    #[arg(long, value_name = "N", default_value_t = 0)]
    offset: usize,
    /// How many missing skills are named of each role [default: 8, with --json 20]
    #[arg(long, value_name = "N")]
    missing_limit: Option<usize>,
    /// Print what /gap answers
    #[arg(long)]
    json: bool,
}

impl GapArgs {
    pub(super) fn run(self) -> Outcome {
        let searcher = Searcher::open(&self.index.location())?;
        let failure = |error| match error {
            SearchError::Invalid(_) => Failure::Usage(anyhow::Error::from(error)),
            error => Failure::NotDone(error.into()),
        };
        if let Some(page) = &self.page {
            let gap = searcher.gap(&self.have, &which::page(&searcher, page)?).map_err(failure)?;
            if self.json {
                return print_json(&GapView::from(gap));
            }
            print(&describe(&gap, columns::width()))?;
            return Ok(Exit::Done);
        }
        let request = GapRequest {
            have: self.have,
            role: self.role,
            level: self.level,
            source: self.source,
            language: self.language,
            limit: self.limit,
            offset: self.offset,
            missing_limit: self.missing_limit.unwrap_or(if self.json { 20 } else { 8 }),
        };
        let gaps = searcher.gaps(&request).map_err(failure)?;
        if self.json {
            return print_json(&gaps);
        }
        print(&describe_roles(&gaps, columns::width()))?;
        Ok(Exit::Done)
    }
}

/// How wide the names of skills are, and what stands before a role.
const SKILLS: usize = 28;
const SHARES: usize = 5;

/// What is lacked for one role, for people.
fn describe(gap: &PageGap, width: usize) -> String {
    let mut table = Columns::new(width, SKILLS, Vec::from([String::new()]));
    notes(&mut table, &gap.warnings);
    table.line(STRONG, &gap.page.title);
    table.line(FAINT, &gap.page.id);
    table.line(Style::new(), &covered(&gap.coverage));
    for (title, skills) in [("You have", &gap.had), ("You lack", &gap.missing)] {
        if !skills.is_empty() {
            table.title(&format!("{title} ({})", skills.len()));
            skills.iter().for_each(|asked| skill(&mut table, &gap.page, asked));
        }
    }
    table.gap();
    table.wide("", &legend());
    table.text()
}

fn skill(table: &mut Columns, page: &Page, asked: &Asked) {
    let name = format!("{} {}", mark(asked.strength), asked.skill.label);
    let sentence = page.sections.get(asked.section).and_then(|section| section.quoted(asked.evidence));
    let mut cell = vec![(Style::new(), place(page, asked))];
    cell.extend(sentence.map(|sentence| (FAINT, format!("“{sentence}”"))));
    table.row(&name, vec![cell]);
}

/// How much of what a page asks for somebody has, in words.
fn covered(coverage: &Coverage) -> String {
    let Some(share) = coverage.share else { return "It names no skill.".to_owned() };
    let parts =
        [("required", coverage.required), ("preferred", coverage.preferred), ("named", coverage.named)];
    let parts = parts.into_iter().filter(|(_, count)| count.of > 0);
    let parts = parts.map(|(name, count)| format!("{} of {} {name}", count.had, count.of));
    let all = coverage.skills;
    format!(
        "You have {} of {}, {:.0} % of what it asks for: {}",
        all.had,
        counted(u64::from(all.of), "skill"),
        100.0 * share,
        parts.collect::<Vec<_>>().join(", ")
    )
}

/// The roles for people.
fn describe_roles(gaps: &Gaps, width: usize) -> String {
    let mut table = Columns::new(width, SHARES, Vec::from([String::new()]));
    notes(&mut table, &gaps.warnings);
    let have: Vec<&str> = gaps.have.iter().map(|had| had.label.as_str()).collect();
    let roles = counted(gaps.total.pages, "role");
    table.line(Style::new(), &format!("{roles} that ask for {}", have.join(" or ")));
    table.line(FAINT, &format!("{} for none of it ({:.1} ms)", gaps.total.without, gaps.took_ms));
    for role in &gaps.hits {
        table.gap();
        describe_role(&mut table, role);
    }
    table.gap();
    table.wide("", &legend());
    table.text()
}

fn describe_role(table: &mut Columns, role: &RoleGap) {
    let share = role.coverage.share.map(|share| format!("{:>3.0} %", 100.0 * share)).unwrap_or_default();
    let names = |asked: &[AskedLabel]| {
        asked
            .iter()
            .map(|asked| format!("{}{TIE}{}", mark(asked.strength), asked.label))
            .collect::<Vec<_>>()
            .join(", ")
    };
    let mut cell = vec![
        (STRONG, role.title.clone()),
        (FAINT, role.id.clone()),
        (Style::new(), format!("have {}", names(&role.had))),
    ];
    if role.missing_total > 0 {
        let more = role.missing_total - role.missing.len();
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        cell.push((Style::new(), format!("lack {}{more}", names(&role.missing))));
    }
    table.row(&share, vec![cell]);
}

/// What was odd about the request.
fn notes(table: &mut Columns, warnings: &[Warning]) {
    warnings.iter().for_each(|warning| table.line(FAINT, &format!("note: {}", warning.message)));
}
