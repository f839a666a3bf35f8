//! `GET /pages/{id}`: a whole page as it was understood.

use super::facts::{CompanyView, EducationView, ExperienceView, PayView, StepView};
use super::params::{self, Params};
use super::{AppState, Problem};
use crate::model::{Block, BlockKind, Label, Level, Mention, Page, RelatedRole, Section, Skill, Strength};
use crate::search::SearchError;
use axum::Json;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, RawQuery, State};
use schemars::JsonSchema;
use serde::Serialize;

/// A page as clients see it; `show --json` prints the same.
#[derive(Debug, Serialize, JsonSchema)]
pub struct PageView {
    /// The page's id.
    id: String,
    /// The source it was read from.
    source: String,
    /// The path within the source.
    path: String,
    /// Its title.
    title: String,
    /// The role it is about, or null.
    role: Option<Label>,
    /// Where people find it, or null.
    url: Option<String>,
    /// Its language, or null.
    language: Option<String>,
    /// The language was told from the text; the page does not state it.
    language_inferred: bool,
    /// When it was changed as it says, or null.
    modified: Option<String>,
    /// Its sections, in order.
    sections: Vec<SectionView>,
    /// The roles that it points to.
    related: Vec<RelatedView>,
    /// How far up its role stands, or null.
    level: Option<Label>,
    /// The steps of the career that the page describes, in its order.
    ladder: Vec<StepView>,
    /// Code points of text that was left out as navigation and the like.
    left_out: u64,
    /// What was odd about the page.
    warnings: Vec<String>,
}

/// A section of a page.
#[derive(Debug, Serialize, JsonSchema)]
struct SectionView {
    /// Its kind.
    section: KindView,
    /// Its heading as written, or null.
    heading: Option<String>,
    /// The level of the heading, 1 for the first, or null.
    level: Option<u8>,
    /// The fragment of the heading, or null.
    anchor: Option<String>,
    /// The headings above the section's own, outermost first.
    parents: Vec<String>,
    /// The headings within it.
    subheadings: Vec<HeadingView>,
    /// What it says, in order.
    blocks: Vec<BlockView>,
    /// The skills that it names.
    skills: Vec<SkillView>,
    /// What it says of pay.
    pay: Vec<PayView>,
    /// What it says of experience.
    experience: Vec<ExperienceView>,
    /// What it says of education.
    education: Vec<EducationView>,
    /// The companies that it names.
    companies: Vec<CompanyView>,
}

/// The kind of a section.
#[derive(Debug, Serialize, JsonSchema)]
struct KindView {
    /// To filter by.
    id: String,
    /// As people see it.
    label: String,
    /// Inferred from the content, not read from a heading.
    inferred: bool,
}

/// A heading within a section.
#[derive(Debug, Serialize, JsonSchema)]
struct HeadingView {
    /// 1 for the first level.
    level: u8,
    /// As written.
    text: String,
    /// Its fragment, or null.
    anchor: Option<String>,
}

/// A paragraph, list item, row of a table or piece of code.
#[derive(Debug, Serialize, JsonSchema)]
struct BlockView {
    /// `paragraph`, `item`, `row` or `code`.
    kind: &'static str,
    /// What it says.
    text: String,
    /// The subheading it stands under, counted from 0.
    heading: Option<u16>,
    /// It stands on most pages of the source, and is not searched.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    boilerplate: bool,
    /// Of an item: its nesting, 0 for an item of an outermost list.
    #[serde(skip_serializing_if = "Option::is_none")]
    depth: Option<u8>,
    /// Of an item: the list is numbered.
    #[serde(skip_serializing_if = "Option::is_none")]
    ordered: Option<bool>,
    /// Of a row: it names the columns.
    #[serde(skip_serializing_if = "Option::is_none")]
    header: Option<bool>,
    /// Of a row.
    #[serde(skip_serializing_if = "Option::is_none")]
    cells: Option<Vec<String>>,
}

/// A skill that a section names.
#[derive(Debug, Serialize, JsonSchema)]
struct SkillView {
    /// To filter by.
    id: String,
    /// As people see it.
    label: String,
    /// What kind of skill it is.
    kind: String,
    /// Where, in order.
    mentions: Vec<MentionView>,
}

/// A place that names a skill.
#[derive(Debug, Serialize, JsonSchema)]
struct MentionView {
    /// The block, counted from 0; null where a heading names the skill.
    block: Option<u32>,
    /// Where it begins, in code points of the block's text.
    start: usize,
    /// Where it ends.
    end: usize,
    /// How much it is asked for there.
    strength: Strength,
}

/// A role that a page points to.
#[derive(Debug, Serialize, JsonSchema)]
struct RelatedView {
    /// As written.
    title: String,
    /// The link as written, or null.
    url: Option<String>,
    /// What the page says of it, or null.
    teaser: Option<String>,
}

pub(super) async fn page(
    State(state): State<AppState>,
    path: Result<Path<String>, PathRejection>,
    RawQuery(query): RawQuery,
) -> Result<Json<PageView>, Problem> {
    let id = params::id(path)?;
    Params::of(query).end()?;
    let unknown = SearchError::UnknownPages(vec![id.clone()]);
    let Json(page) = state.answer(move |searcher, _| Ok(searcher.page(&id)?)).await?;
    Ok(Json(PageView::from(page.ok_or(unknown)?)))
}

impl From<Page> for PageView {
    fn from(page: Page) -> Self {
        let ladder = page.ladder.iter().map(|step| StepView::of(step, &page)).collect();
        Self {
            level: page.level.map(Level::label),
            ladder,
            id: page.id,
            source: page.source,
            path: page.path,
            title: page.title,
            role: page.role,
            url: page.url,
            language: page.language,
            language_inferred: page.language_inferred,
            modified: page.modified,
            sections: page.sections.into_iter().map(SectionView::from).collect(),
            related: page.related.into_iter().map(RelatedView::from).collect(),
            left_out: page.left_out,
            warnings: page.warnings,
        }
    }
}

impl From<Section> for SectionView {
    fn from(section: Section) -> Self {
        let skills = skills(&section);
        let pay = section.pay.iter().map(|pay| PayView::of(pay, &section)).collect();
        let experience = section.experience.iter().map(|one| ExperienceView::of(one, &section)).collect();
        let education = section.education.iter().map(|one| EducationView::of(one, &section)).collect();
        let companies = section.companies.iter().map(|one| CompanyView::of(one, &section)).collect();
        let (heading, level, anchor) = match section.heading {
            Some(heading) => (Some(heading.text), Some(heading.level), heading.anchor),
            None => (None, None, None),
        };
        let mut blocks: Vec<BlockView> = section.blocks.into_iter().map(BlockView::from).collect();
        for &index in &section.boilerplate {
            if let Some(block) = blocks.get_mut(index as usize) {
                block.boilerplate = true;
            }
        }
        Self {
            section: KindView { id: section.kind.id, label: section.kind.label, inferred: section.inferred },
            heading,
            level,
            anchor,
            parents: section.parents,
            subheadings: section
                .subheadings
                .into_iter()
                .map(|heading| HeadingView {
                    level: heading.level,
                    text: heading.text,
                    anchor: heading.anchor,
                })
                .collect(),
            blocks,
            skills,
            pay,
            experience,
            education,
            companies,
        }
    }
}

impl From<Block> for BlockView {
    fn from(block: Block) -> Self {
        let plain = |kind| Self {
            kind,
            text: String::new(),
            heading: block.heading,
            boilerplate: false,
            depth: None,
            ordered: None,
            header: None,
            cells: None,
        };
        let view = match block.kind {
            BlockKind::Paragraph => plain("paragraph"),
            BlockKind::Code => plain("code"),
            BlockKind::Item { depth, ordered } => {
                Self { depth: Some(depth), ordered: Some(ordered), ..plain("item") }
            }
            BlockKind::Row { header, .. } => {
                let cells = block.cells().map(str::to_owned).collect();
                Self { header: Some(header), cells: Some(cells), ..plain("row") }
            }
        };
        Self { text: block.text, ..view }
    }
}

/// The skills of a section, each with its mentions.
fn skills(section: &Section) -> Vec<SkillView> {
    let view = |skill: &Skill| SkillView {
        id: skill.id.clone(),
        label: skill.label.clone(),
        kind: skill.kind.clone(),
        mentions: Vec::new(),
    };
    let mut views: Vec<SkillView> = section.skills.iter().map(view).collect();
    // Mentions are in order, so that the code points of a block are counted once.
    let mut counted = (None, 0, 0);
    for &Mention { skill, block, start, end, strength } in &section.mentions {
        let text = block.and_then(|block| section.blocks.get(block as usize)).map_or("", |block| &block.text);
        let mut points = |to: u32| {
            let (known, byte, points) = counted;
            let from = if known == block && byte <= to { (byte, points) } else { (0, 0) };
            let more = text.get(from.0 as usize..to as usize).map_or(0, |more| more.chars().count());
            counted = (block, to, from.1 + more);
            counted.2
        };
        let mention = MentionView { block, start: points(start), end: points(end), strength };
        if let Some(view) = views.get_mut(usize::from(skill)) {
            view.mentions.push(mention);
        }
    }
    views
}

impl From<RelatedRole> for RelatedView {
    fn from(role: RelatedRole) -> Self {
        Self { title: role.title, url: role.url, teaser: role.teaser }
    }
}
