//! Options that narrow a search: the filters of the HTTP API by the same names.

use crate::search::{SearchRequest, SkillMatch};
use clap::Args;

/// Filters.
#[derive(Debug, Args)]
#[command(next_help_heading = "Filters")]
pub(super) struct FilterArgs {
    /// Only pages about this role, by facet id (repeatable: either)
    #[arg(long, value_name = "ID")]
    role: Vec<String>,
    /// Only sections of this kind, by facet id (repeatable: either)
    #[arg(long, value_name = "ID")]
    section: Vec<String>,
    /// Only pages that name this skill, by facet id (repeatable: all of them)
    #[arg(long, value_name = "ID")]
    skill: Vec<String>,
    /// Whether several skills mean all of them or any
    #[arg(long, value_name = "all|any", default_value = "all", value_parser = skill_match)]
    skill_match: SkillMatch,
    /// Only pages of this source (repeatable: either)
    #[arg(long, value_name = "NAME")]
    source: Vec<String>,
    /// Only pages in this language, as a tag such as de (repeatable: either)
    #[arg(long, value_name = "TAG")]
    language: Vec<String>,
    /// Only roles of this level: intern, junior, mid, senior, lead, manager, director, executive (repeatable: either)
    #[arg(long, value_name = "ID")]
    level: Vec<String>,
    /// Only pages that name this degree: secondary, vocational, associate, bachelor, master, doctorate (repeatable:
    /// either)
    #[arg(long, value_name = "ID")]
    education: Vec<String>,
    /// Only pages that name this company, by facet id (repeatable: either)
    #[arg(long, value_name = "ID")]
    company: Vec<String>,
    /// Only roles that pay this much per year or more
    #[arg(long, value_name = "AMOUNT")]
    pay_min: Option<f64>,
    /// Only roles that pay this much per year or less
    #[arg(long, value_name = "AMOUNT")]
    pay_max: Option<f64>,
    /// The currency of these [default: that in which most pages state pay]
    #[arg(long, value_name = "CODE")]
    currency: Option<String>,
    /// Only roles that take this many years of experience or more
    #[arg(long, value_name = "YEARS")]
    experience_min: Option<f64>,
    /// Only roles that take this many years of experience or less
    #[arg(long, value_name = "YEARS")]
    experience_max: Option<f64>,
}

fn skill_match(value: &str) -> Result<SkillMatch, String> {
    SkillMatch::from_id(value).ok_or_else(|| "must be all or any".to_owned())
}

impl FilterArgs {
    /// A request that asks for nothing but is narrowed so.
    pub(super) fn request(&self) -> SearchRequest {
        SearchRequest {
            role: self.role.clone(),
            section: self.section.clone(),
            skill: self.skill.clone(),
            skill_match: self.skill_match,
            source: self.source.clone(),
            language: self.language.clone(),
            level: self.level.clone(),
            education: self.education.clone(),
            company: self.company.clone(),
            pay: (self.pay_min, self.pay_max),
            currency: self.currency.clone(),
            experience: (self.experience_min, self.experience_max),
            ..SearchRequest::default()
        }
    }
}
