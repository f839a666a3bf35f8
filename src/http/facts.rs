//! Facts as clients see them: each with the block and the sentence that state it.

use crate::model::{
    Company, Education, Evidence, Experience, Label, Level, Page, Pay, PayPart, Period, Scope, Section,
    Statistic, Step, Strength,
};
use schemars::JsonSchema;
use serde::Serialize;

/// Where a section states a fact.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct EvidenceView {
    /// The block, counted from 0; null where a heading states it.
    block: Option<u32>,
    /// The sentence, word for word; null where a heading states it.
    sentence: Option<String>,
}

/// An amount of pay, or a range.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct PayView {
    /// The least, in units of the currency; null where it is open below.
    low: Option<f64>,
    /// The most, the same as `low` for one amount; null where it is open above.
    high: Option<f64>,
    /// The upper figure of a range that is open above it.
    beyond: Option<f64>,
    /// ISO 4217.
    currency: String,
    /// For how long.
    period: Period,
    /// The range that filters compare.
    per_year: RangeView,
    /// Which figure it is.
    statistic: Statistic,
    /// What it comprises.
    scope: Scope,
    /// Said with "about", "around", "circa".
    approximate: bool,
    /// Who pays it, or null.
    company: Option<String>,
    /// Where it is paid, or null.
    place: Option<String>,
    /// The year it is of, or null.
    year: Option<u16>,
    /// Whose pay it is, as written, where it is not that of the page's role; else null.
    of: Option<String>,
    /// The parts that are not stated but inferred.
    inferred: Vec<PayPart>,
    #[serde(flatten)]
    evidence: EvidenceView,
}

/// A range; null where it is open.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct RangeView {
    /// The least.
    low: Option<f64>,
    /// The most.
    high: Option<f64>,
}

/// Experience, in years.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct ExperienceView {
    /// The least; null where there is only a most.
    low: Option<f64>,
    /// The most, the same as `low` for one figure; null where it is open above.
    high: Option<f64>,
    /// What it is in, as written, or null.
    field: Option<String>,
    /// Whose it is, as written, where it is not that of the page's role; else null.
    of: Option<String>,
    /// How much it is asked for.
    strength: Strength,
    #[serde(flatten)]
    evidence: EvidenceView,
}

/// Education that is asked for or usual.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct EducationView {
    /// The degree.
    degree: Label,
    /// What it is in, as written, or null.
    field: Option<String>,
    /// How much it is asked for.
    strength: Strength,
    #[serde(flatten)]
    evidence: EvidenceView,
}

/// A company that is named as an employer or an example.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct CompanyView {
    /// To filter by.
    id: String,
    /// As people see it.
    label: String,
    #[serde(flatten)]
    evidence: EvidenceView,
}

/// A step of a career.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct StepView {
    /// The role, as written.
    title: String,
    /// How far up it stands, as its title tells, or null.
    level: Option<Label>,
    /// It is the page's own role.
    own: bool,
    /// The section that names it, counted from 0.
    section: u32,
    #[serde(flatten)]
    evidence: EvidenceView,
}

impl EvidenceView {
    pub(super) fn of(evidence: Evidence, section: Option<&Section>) -> Self {
        let sentence = section.and_then(|section| section.quoted(evidence));
        Self { block: evidence.block, sentence: sentence.map(str::to_owned) }
    }
}

impl PayView {
    pub(super) fn of(pay: &Pay, section: &Section) -> Self {
        let (low, high) = pay.per_year();
        Self {
            low: pay.low,
            high: pay.high,
            beyond: pay.beyond,
            currency: pay.currency.clone(),
            period: pay.period,
            per_year: RangeView { low, high },
            statistic: pay.statistic,
            scope: pay.scope,
            approximate: pay.approximate,
            company: pay.company.clone(),
            place: pay.place.clone(),
            year: pay.year,
            of: pay.of.clone(),
            inferred: pay.inferred.clone(),
            evidence: EvidenceView::of(pay.evidence, Some(section)),
        }
    }
}

impl ExperienceView {
    pub(super) fn of(experience: &Experience, section: &Section) -> Self {
        let years = |months: Option<u16>| months.map(|months| f64::from(months) / 12.0);
        Self {
            low: years(experience.low),
            high: years(experience.high),
            field: experience.field.clone(),
            of: experience.of.clone(),
            strength: experience.strength,
            evidence: EvidenceView::of(experience.evidence, Some(section)),
        }
    }
}

impl EducationView {
    pub(super) fn of(education: &Education, section: &Section) -> Self {
        Self {
            degree: education.degree.label(),
            field: education.field.clone(),
            strength: education.strength,
            evidence: EvidenceView::of(education.evidence, Some(section)),
        }
    }
}

impl CompanyView {
    pub(super) fn of(company: &Company, section: &Section) -> Self {
        let Label { id, label } = company.name.clone();
        Self { id, label, evidence: EvidenceView::of(company.evidence, Some(section)) }
    }
}

impl StepView {
    pub(super) fn of(step: &Step, page: &Page) -> Self {
        Self {
            title: step.title.clone(),
            level: step.level.map(Level::label),
            own: step.own,
            section: step.section,
            evidence: EvidenceView::of(step.evidence, page.sections.get(step.section as usize)),
        }
    }
}
