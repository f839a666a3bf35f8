//! Facts that a page states: what a role pays, what it takes, where it leads. Each with the sentence that states it.

use super::Label;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Where a section states a fact.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    /// The block, an index into the section's; none where a heading states it.
    pub block: Option<u32>,
    /// Where in the block's text the sentence begins, in bytes.
    pub start: u32,
    /// Where it ends.
    pub end: u32,
}

/// How much something is asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Strength {
    /// Named, and not asked for.
    #[default]
    Named,
    /// A plus.
    Preferred,
    /// Asked for.
    Required,
}

/// An amount of pay, or a range.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Pay {
    /// The least, in units of the currency; none where the range is open below.
    pub low: Option<f64>,
    /// The most, the same as `low` for one amount; none where the range is open above.
    pub high: Option<f64>,
    /// The last amount that is named of a range that is open above: 333,000 of "$186,000 to $333,000+".
    pub beyond: Option<f64>,
    /// ISO 4217.
    pub currency: String,
    /// For how long.
    pub period: Period,
    /// What figure it is.
    pub statistic: Statistic,
    /// What it comprises.
    pub scope: Scope,
    /// Said with "about", "around", "circa".
    pub approximate: bool,
    /// Who pays it.
    pub company: Option<String>,
    /// Where it is paid.
    pub place: Option<String>,
    /// The year it is of.
    pub year: Option<u16>,
    /// Whose pay it is, as written, where it is not that of the page's role.
    pub of: Option<String>,
    /// The parts that are not stated but inferred.
    pub inferred: Vec<PayPart>,
    /// The sentence.
    pub evidence: Evidence,
}

/// The time that an amount is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Period {
    /// A year.
    Year,
    /// A month.
    Month,
    /// A week.
    Week,
    /// A day.
    Day,
    /// An hour.
    Hour,
}

/// Which figure an amount is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Statistic {
    /// An amount that is offered or paid; the page says no more.
    #[default]
    Amount,
    /// The mean.
    Average,
    /// The median.
    Median,
    /// Another percentile, "the lowest 10 percent": which, the sentence says.
    Percentile,
    /// From the least to the most.
    Range,
    /// From the lowest mean to the highest, of several sources or places.
    RangeOfAverages,
}

/// What an amount comprises.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// The page does not say.
    #[default]
    Unstated,
    /// The salary alone.
    Base,
    /// With bonus, shares and the like.
    Total,
}

/// A part of [`Pay`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum PayPart {
    /// Its currency: the sign is that of several.
    Currency,
    /// Its period: told from the amount.
    Period,
    /// Who pays: told from the heading above.
    Company,
    /// Whose pay it is: told from the headings or sentences above.
    Of,
    /// Its place: told from the heading above.
    Place,
    /// The year it is of: told from the heading above.
    Year,
}

/// Experience that is asked for or usual, in time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Experience {
    /// The least, in months; none where there is only a most ("up to two years").
    pub low: Option<u16>,
    /// The most, the same as `low` for one figure; none where it is open above ("5+ years").
    pub high: Option<u16>,
    /// What it is in, as written.
    pub field: Option<String>,
    /// Whose it is, as written, where it is not that of the page's role.
    pub of: Option<String>,
    /// How much it is asked for.
    pub strength: Strength,
    /// The sentence.
    pub evidence: Evidence,
}

/// Education that is asked for or usual.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Education {
    /// The degree.
    pub degree: Degree,
    /// What it is in, as written.
    pub field: Option<String>,
    /// How much it is asked for.
    pub strength: Strength,
    /// The sentence.
    pub evidence: Evidence,
}

/// A degree, from the least.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Degree {
    /// High school, Abitur, baccalauréat.
    Secondary,
    /// An apprenticeship or a vocational school.
    Vocational,
    /// An associate's degree or a short course of higher education.
    Associate,
    /// A bachelor's degree.
    Bachelor,
    /// A master's degree, a diploma of a university.
    Master,
    /// A doctorate.
    Doctorate,
}

/// How far up a role stands, from the least.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// An internship or apprenticeship.
    Intern,
    /// Junior, entry level.
    Junior,
    /// In the middle.
    Mid,
    /// Senior.
    Senior,
    /// Lead, staff, principal.
    Lead,
    /// Leads people.
    Manager,
    /// Director, head of, vice president.
    Director,
    /// C level.
    Executive,
}

/// A company that pages name as an employer or an example.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Company {
    /// Its id and name.
    pub name: Label,
    /// The sentence.
    pub evidence: Evidence,
}

/// A step of a career, in the order of the page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// The role, as written.
    pub title: String,
    /// How far up it stands, as its title tells.
    pub level: Option<Level>,
    /// It is the page's own role.
    pub own: bool,
    /// Index of the section that names it.
    pub section: u32,
    /// Where it is named.
    pub evidence: Evidence,
}

impl Pay {
    /// The range per year, as searches compare it: 12 months, 52 weeks, 260 days or 2,080 hours make one.
    pub fn per_year(&self) -> (Option<f64>, Option<f64>) {
        let times = self.period.times_a_year();
        (self.low.map(|low| low * times), self.high.map(|high| high * times))
    }
}

impl Period {
    /// `year`, `month`, `week`, `day` or `hour`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Year => "year",
            Self::Month => "month",
            Self::Week => "week",
            Self::Day => "day",
            Self::Hour => "hour",
        }
    }

    /// How many make a year of work.
    pub fn times_a_year(self) -> f64 {
        match self {
            Self::Year => 1.0,
            Self::Month => 12.0,
            Self::Week => 52.0,
            Self::Day => 260.0,
            Self::Hour => 2080.0,
        }
    }
}

impl Degree {
    /// Its id and name.
    pub fn label(self) -> Label {
        let (id, label) = match self {
            Self::Secondary => ("secondary", "Secondary school"),
            Self::Vocational => ("vocational", "Vocational training"),
            Self::Associate => ("associate", "Associate's degree"),
            Self::Bachelor => ("bachelor", "Bachelor's degree"),
            Self::Master => ("master", "Master's degree"),
            Self::Doctorate => ("doctorate", "Doctorate"),
        };
        Label { id: id.to_owned(), label: label.to_owned() }
    }
}

impl Level {
    /// Its id and name.
    pub fn label(self) -> Label {
        let (id, label) = match self {
            Self::Intern => ("intern", "Intern"),
            Self::Junior => ("junior", "Junior"),
            Self::Mid => ("mid", "Mid-level"),
            Self::Senior => ("senior", "Senior"),
            Self::Lead => ("lead", "Lead"),
            Self::Manager => ("manager", "Manager"),
            Self::Director => ("director", "Director"),
            Self::Executive => ("executive", "Executive"),
        };
        Label { id: id.to_owned(), label: label.to_owned() }
    }
}
