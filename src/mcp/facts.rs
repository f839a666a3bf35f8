//! What pages state of pay, experience and education, each with the sentence that states it.

use super::view::{name, sentence};
use crate::model::{self, Evidence, Page, Period, Section, Statistic, Strength};
use crate::search::{Figures, facts};
use schemars::JsonSchema;
use serde::Serialize;

/// An amount of pay, or a range.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Pay {
    currency: String,
    /// Null where it is open below.
    low: Option<f64>,
    /// Null where it is open above.
    high: Option<f64>,
    period: Period,
    statistic: Statistic,
    /// Whose pay it is, where it is not that of the page's role.
    #[serde(skip_serializing_if = "Option::is_none")]
    of: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    place: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    company: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    year: Option<u16>,
    /// Word for word.
    #[serde(skip_serializing_if = "Option::is_none")]
    sentence: Option<String>,
}

/// Experience, in years.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Experience {
    low: Option<f64>,
    /// Null where it is open above.
    high: Option<f64>,
    /// What it is in.
    #[serde(skip_serializing_if = "Option::is_none")]
    field: Option<String>,
    /// Whose it is, where it is not that of the page's role.
    #[serde(skip_serializing_if = "Option::is_none")]
    of: Option<String>,
    strength: Strength,
    /// Word for word.
    #[serde(skip_serializing_if = "Option::is_none")]
    sentence: Option<String>,
}

/// Education.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Education {
    #[schemars(extend("enum" = ["secondary", "vocational", "associate", "bachelor", "master", "doctorate"]))]
    degree: String,
    /// What it is in.
    #[serde(skip_serializing_if = "Option::is_none")]
    field: Option<String>,
    strength: Strength,
    /// Word for word.
    #[serde(skip_serializing_if = "Option::is_none")]
    sentence: Option<String>,
}

impl Pay {
    pub(super) fn of((section, pay): (&Section, &model::Pay)) -> Self {
        Self {
            currency: pay.currency.clone(),
            low: pay.low,
            high: pay.high,
            period: pay.period,
            statistic: pay.statistic,
            of: pay.of.as_deref().map(name),
            place: pay.place.as_deref().map(name),
            company: pay.company.as_deref().map(name),
            year: pay.year,
            sentence: quoted(section, pay.evidence),
        }
    }
}

impl Experience {
    pub(super) fn of((section, experience): (&Section, &model::Experience)) -> Self {
        let years = |months: Option<u16>| months.map(|months| f64::from(months) / 12.0);
        Self {
            low: years(experience.low),
            high: years(experience.high),
            field: experience.field.as_deref().map(name),
            of: experience.of.as_deref().map(name),
            strength: experience.strength,
            sentence: quoted(section, experience.evidence),
        }
    }

    /// What a page says most of its own role.
    pub(super) fn main(page: &Page, figures: &Figures) -> Option<Self> {
        let (at, fact) = facts(page, |section| &section.experience).nth(figures.experience?)?;
        Some(Self::of((page.sections.get(at)?, fact)))
    }
}

impl Education {
    pub(super) fn of((section, education): (&Section, &model::Education)) -> Self {
        Self {
            degree: education.degree.label().id,
            field: education.field.as_deref().map(name),
            strength: education.strength,
            sentence: quoted(section, education.evidence),
        }
    }

    /// What a page says most of its own role.
    pub(super) fn main(page: &Page, figures: &Figures) -> Option<Self> {
        let (at, fact) = facts(page, |section| &section.education).nth(figures.education?)?;
        Some(Self::of((page.sections.get(at)?, fact)))
    }
}

/// The sentence that states something; none where a heading does.
pub(super) fn quoted(section: &Section, evidence: Evidence) -> Option<String> {
    section.quoted(evidence).map(sentence)
}
