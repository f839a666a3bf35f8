//! Pay that a page states twice, and differently.

use super::{Check, Out, Rule, quoted};
use crate::lint::finding::Severity;
use crate::lint::reading::Reading;
use crate::model::{Pay, Period, Scope, Section, Statistic};
use crate::text::words;
use std::collections::BTreeMap;

pub(super) const RULE: Rule = Rule {
    id: "contradictory-pay",
    severity: Severity::Warning,
    summary: "A page states the same pay twice, and differently",
    advice: "Say what tells the two apart (place, company, level, year), or correct one of them.",
    check: Check::Page(check),
};

/// Hours, weeks and the like of a year: fewer or more than these are no job.
const A_YEAR_OF: [(Period, f64, f64); 4] = [
    (Period::Hour, 1_000.0, 3_600.0),
    (Period::Day, 120.0, 370.0),
    (Period::Week, 36.0, 53.0),
    (Period::Month, 8.0, 16.0),
];
/// Words that say that a figure is of some and not of all who do the work.
const OF_SOME: [&str; 28] = [
    "junior",
    "senior",
    "entry",
    "level",
    "lead",
    "principal",
    "staff",
    "mid",
    "graduate",
    "experienced",
    "experience",
    "years",
    "beginner",
    "beginners",
    "starting",
    "start",
    "top",
    "bonus",
    "freelance",
    "contract",
    "contractors",
    "percent",
    "percentile",
    "manager",
    "director",
    "intern",
    "erfahrung",
    "berufseinsteiger",
];

/// What is paid, and where the page says so.
struct Said<'a> {
    pay: &'a Pay,
    section: usize,
    sentence: &'a str,
}

fn check(reading: &Reading<'_>, out: &mut Out<'_>) {
    // By who pays whom where and when, in what currency, what it comprises.
    let mut alike: BTreeMap<String, Vec<Said<'_>>> = BTreeMap::new();
    for (at, section) in reading.page.sections.iter().enumerate() {
        for pay in section.pay.iter().filter(|pay| pay.of.is_none()) {
            let sentence = section.quoted(pay.evidence).unwrap_or_default();
            if !is_of_some(section, pay, sentence) {
                let scope = if pay.scope == Scope::Base { Scope::Unstated } else { pay.scope };
                let key = (&pay.company, &pay.place, pay.year, &pay.currency, scope);
                let said = Said { pay, section: at, sentence };
                alike.entry(format!("{key:?}").to_lowercase()).or_default().push(said);
            }
        }
    }
    for said in alike.values() {
        if let Some((one, other)) = apart(said).or_else(|| hours_that_are_none(said)) {
            let (sentence, before) = (quoted(one.sentence), quoted(other.sentence));
            let same = if sentence == before { String::new() } else { format!(", and {before}") };
            let block = one.pay.evidence.block.map(|block| block as usize);
            let spot = reading.spot(one.section, block, one.pay.evidence.start as usize);
            out.page(reading, spot, format!("pay contradicts itself: {sentence}{same}"));
        }
    }
}

/// Two ranges that do not meet; the later one first.
fn apart<'s, 'a>(said: &'s [Said<'a>]) -> Option<(&'s Said<'a>, &'s Said<'a>)> {
    let ranges = || said.iter().filter(|said| ends(said.pay).is_some());
    // In a list of ranges each is of something that the list says otherwise.
    if ranges().count() != 2 {
        return None;
    }
    let (first, second) = (ranges().next()?, ranges().nth(1)?);
    let ((low, high), (other_low, other_high)) = (ends(first.pay)?, ends(second.pay)?);
    let comparable = first.pay.period == second.pay.period && first.pay.evidence != second.pay.evidence;
    (comparable && (high < other_low || other_high < low)).then_some((second, first))
}

fn ends(pay: &Pay) -> Option<(f64, f64)> {
    let is_range = matches!(pay.statistic, Statistic::Range | Statistic::Amount);
    let (low, high) = (pay.low?, pay.high?.max(pay.beyond.unwrap_or(0.0)));
    (is_range && low < high).then_some((low, high))
}

/// Pay of a year, and of an hour or month, that no number of hours or months makes.
fn hours_that_are_none<'s, 'a>(said: &'s [Said<'a>]) -> Option<(&'s Said<'a>, &'s Said<'a>)> {
    let stated = |said: &&Said<'a>| !said.pay.inferred.contains(&crate::model::PayPart::Period);
    for (period, least, most) in A_YEAR_OF {
        for short in said.iter().filter(stated).filter(|said| said.pay.period == period) {
            for year in said.iter().filter(stated).filter(|said| said.pay.period == Period::Year) {
                if short.pay.statistic != year.pay.statistic {
                    continue;
                }
                let bounds = |pay: &Pay| Some((pay.low?, pay.high?));
                let (Some((low, high)), Some((from, to))) = (bounds(short.pay), bounds(year.pay)) else {
                    continue;
                };
                if to < low * least || from > high * most {
                    return Some((short, year));
                }
            }
        }
    }
    None
}

/// Whether a sentence, the row or the headings around it say that the figure is of some only.
fn is_of_some(section: &Section, pay: &Pay, sentence: &str) -> bool {
    let block = pay.evidence.block.map(|block| block as usize);
    let of_some = |text: &str| words(text).any(|word| OF_SOME.contains(&word.folded.as_ref()));
    let of_block =
        block.and_then(|block| section.blocks.get(block)).is_some_and(|block| of_some(&block.text));
    of_block || of_some(sentence) || section.path_of(block).into_iter().any(of_some)
}
