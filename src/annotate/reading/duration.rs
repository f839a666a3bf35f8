//! Lengths of time in a sentence: "3–5 years", "mindestens drei Jahre", "3 ans minimum", "18 meses o más".

use super::phrase::Phrase;
use std::ops::Range;

/// The longest time that counts, in months: 50 years.
const LONGEST: u16 = 600;

/// A length of time, or a range.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::annotate) struct Duration {
    /// In months; none where there is only a most.
    pub(in crate::annotate) low: Option<u16>,
    /// In months; none where it is open above.
    pub(in crate::annotate) high: Option<u16>,
    /// The words that say it, "at least" and "or more" among them.
    pub(in crate::annotate) words: Range<usize>,
    /// It qualifies a noun: "two-year", "dreijährige".
    pub(in crate::annotate) qualifies: bool,
}

/// The number that a word is: up to three digits, or its name up to twenty.
pub(in crate::annotate) fn number(word: &str) -> Option<u16> {
    if word.len() <= 3 && !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit()) {
        return word.parse().ok();
    }
    let value = match word {
        "zero" | "null" => 0,
        "one" | "ein" | "eine" | "einem" | "einer" | "eines" | "un" | "une" | "uno" | "una" => 1,
        "two" | "zwei" | "deux" | "dos" => 2,
        "three" | "drei" | "trois" | "tres" => 3,
        "four" | "vier" | "quatre" | "cuatro" => 4,
        "five" | "funf" | "cinq" | "cinco" => 5,
        "six" | "sechs" | "seis" => 6,
        "seven" | "sieben" | "sept" | "siete" => 7,
        "eight" | "acht" | "huit" | "ocho" => 8,
        "nine" | "neun" | "neuf" | "nueve" => 9,
        "ten" | "zehn" | "dix" | "diez" => 10,
        "eleven" | "elf" | "onze" | "once" => 11,
        "twelve" | "zwolf" | "douze" | "doce" => 12,
        "fifteen" | "funfzehn" | "quinze" | "quince" => 15,
        "eighteen" | "achtzehn" | "dieciocho" => 18,
        "twenty" | "zwanzig" | "vingt" | "veinte" => 20,
        _ => return None,
    };
    Some(value)
}

/// How many months the unit is that a word names, and whether it only qualifies a noun.
fn unit(word: &str) -> Option<(u16, bool)> {
    match word {
        "years" | "yrs" | "yr" | "yoe" | "jahre" | "jahren" | "jahr" | "ans" | "an" | "annees" | "annee"
        | "anos" => Some((12, false)),
        "year" => Some((12, true)),
        "ano" => Some((12, false)),
        "months" | "monate" | "monaten" | "monat" | "mois" | "meses" | "mes" => Some((1, false)),
        "month" => Some((1, true)),
        _ => None,
    }
}

/// "dreijährige": the number within the word; none in "mehrjährige".
fn german_adjective(word: &str) -> Option<(Option<u16>, u16)> {
    let stem = word.trim_end_matches(['e', 'r', 's', 'n', 'm']);
    let (before, months) = match (stem.strip_suffix("jahrig"), stem.strip_suffix("monatig")) {
        (Some(before), _) => (before, 12),
        (_, Some(before)) => (before, 1),
        _ => return None,
    };
    if before.is_empty() { Some((None, months)) } else { Some((Some(number(before)?), months)) }
}

/// "5yrs": the number and the unit in a word.
fn joined(word: &str) -> Option<(u16, u16)> {
    let digits = word.bytes().take_while(u8::is_ascii_digit).count();
    let (number_part, unit_part) = word.split_at(digits);
    let (months, _) = unit(unit_part).filter(|_| unit_part != "an" || number_part == "1")?;
    Some((number(number_part)?, months))
}

/// Every length of time in a sentence, in order.
pub(in crate::annotate) fn durations(phrase: &Phrase<'_>) -> Vec<Duration> {
    let mut found: Vec<Duration> = Vec::new();
    for at in 0..phrase.len() {
        let word = phrase.word(at);
        let read = if let Some((months, qualifies)) = unit(word) {
            before_unit(phrase, at, months, qualifies)
        } else if let Some((own, months)) = german_adjective(word) {
            match own {
                Some(number) => Some(figure(number * months, at, true)),
                None => before_unit(phrase, at, months, true),
            }
        } else {
            joined(word).map(|(number, months)| figure(number.saturating_mul(months), at, false))
        };
        let Some(mut duration) = read else { continue };
        duration.words.end = at + 1;
        bound_before(phrase, &mut duration);
        bound_after(phrase, &mut duration);
        if duration.low.max(duration.high).is_some_and(|months| months > LONGEST || months == 0) {
            continue;
        }
        // "12 months to 2 years": the range's first half was read by itself.
        if let Some(last) = found.last_mut() {
            let between = last.words.end..duration.words.start;
            let is_range = match between.len() {
                0 => matches!(phrase.gap(duration.words.start).trim(), "-" | "–" | "—"),
                1 => matches!(phrase.word(between.start), "to" | "bis" | "a"),
                _ => false,
            };
            if is_range && last.low == last.high && duration.low.is_some() && last.low < duration.low {
                last.high = duration.high;
                last.words.end = duration.words.end;
                continue;
            }
            if duration.words.start < last.words.end {
                continue;
            }
        }
        found.push(duration);
    }
    found
}

fn figure(months: u16, at: usize, qualifies: bool) -> Duration {
    Duration { low: Some(months), high: Some(months), words: at..at + 1, qualifies }
}

/// Words between a number and its unit that say no more.
const FILLERS: &[&str] = &[
    "full",
    "solid",
    "consecutive",
    "complete",
    "good",
    "whole",
    "relevant",
    "continuous",
    "recent",
    "calendar",
    "volle",
    "vollen",
    "ganze",
    "bonnes",
    "buenos",
];

/// The figure or range that stands before the unit.
fn before_unit(phrase: &Phrase<'_>, unit: usize, months: u16, qualifies: bool) -> Option<Duration> {
    let mut at = unit.checked_sub(1)?;
    let mut open = false;
    let mut singular = qualifies;
    if FILLERS.contains(&phrase.word(at)) && !phrase.breaks(unit) {
        at = at.checked_sub(1)?;
    }
    if matches!(phrase.word(at), "more" | "mehr" | "plus" | "mas") && number(phrase.word(at)).is_none() {
        let joins = matches!(phrase.word_before(at, 1), "or" | "oder" | "ou" | "o" | "and" | "und");
        at = at.checked_sub(if joins { 2 } else { 1 })?;
        open = true;
    }
    let mut value = number(phrase.word(at))?;
    let gap = phrase.gap(at + 1);
    open |= gap.contains('+');
    if !gap.chars().all(|c| c.is_whitespace() || matches!(c, '+' | '-' | '‑' | '–' | ')' | ']' | '’' | '\''))
    {
        return None;
    }
    // "1.5 years"
    let mut extra = 0;
    if at > 0 && matches!(phrase.gap(at), "." | ",") && value == 5 {
        extra = months / 2;
        at -= 1;
        value = number(phrase.word(at))?;
    }
    // "five (5) years"
    if at > 0 && phrase.gap(at).trim() == "(" && number(phrase.word(at - 1)) == Some(value) {
        at -= 1;
    }
    // "Un an" has no other plural than "ans": the rest is the article of English, "30 an hour".
    if phrase.word(unit) == "an" && value != 1 {
        return None;
    }
    let high = value.checked_mul(months)?.checked_add(extra)?;
    let mut low = high;
    if let Some((first, start)) = range_before(phrase, at) {
        let first = first.checked_mul(months)?;
        if first <= high {
            (low, at) = (first, start);
            singular &= gap.contains('-') || high == months;
        }
    } else if at > 0 && matches!(phrase.gap(at), "." | "/" | "," | ":") && phrase.word(at - 1).len() >= 3 {
        return None; // The end of a date or of a large number.
    }
    if phrase.gap(at).ends_with(['$', '€', '£', '.']) && !phrase.gap(at).contains(' ') {
        return None;
    }
    // "one year", "1 year of experience": the singular is that of one.
    let qualifies = singular && (high > months || gap.contains('-'));
    Some(Duration { low: Some(low), high: (!open).then_some(high), words: at..unit + 1, qualifies })
}

/// The first number of a range whose second stands here.
fn range_before(phrase: &Phrase<'_>, second: usize) -> Option<(u16, usize)> {
    let before = second.checked_sub(1)?;
    let gap = phrase.gap(second);
    let sign = gap.trim();
    if matches!(sign, "-" | "–" | "—" | "‑" | "−" | "/" | "+-" | "+–") {
        return Some((number(phrase.word(before))?, before));
    }
    if !sign.is_empty() {
        return None;
    }
    let first = before.checked_sub(1)?;
    let joins = match phrase.word(before) {
        "to" | "bis" | "a" | "or" | "oder" | "ou" | "o" => true,
        "and" | "und" | "et" | "y" => {
            matches!(phrase.word_before(first, 1), "between" | "zwischen" | "entre")
        }
        _ => false,
    };
    let mut value = number(phrase.word(first)).filter(|_| joins)?;
    let mut start = first;
    // "(3) to five (5)"
    if start > 0 && phrase.gap(start).trim() == "(" && number(phrase.word(start - 1)) == Some(value) {
        start -= 1;
        value = number(phrase.word(start))?;
    }
    if matches!(phrase.word_before(start, 1), "between" | "zwischen" | "entre") {
        start -= 1;
    }
    Some((value, start))
}

/// "at least", "up to" and their like before the number.
fn bound_before(phrase: &Phrase<'_>, duration: &mut Duration) {
    let mut start = duration.words.start;
    if matches!(phrase.word_before(start, 1), "of" | "de" | "von" | "a" | "about" | "the")
        && matches!(
            phrase.word_before(start, 2),
            "minimum"
                | "maximum"
                | "minimo"
                | "maximo"
                | "mas"
                | "plus"
                | "moins"
                | "menos"
                | "excess"
                | "partir"
        )
    {
        start -= 1;
    }
    let word = phrase.word_before(start, 1);
    let pair = (phrase.word_before(start, 2), word);
    let (least, most, length) = match pair {
        ("at", "least")
        | ("au", "moins" | "minimum")
        | ("al", "menos")
        | ("lo", "menos")
        | ("como", "minimo")
        | ("no" | "not", "less")
        | ("more" | "mehr" | "plus" | "mas" | "superior", "than" | "als" | "de" | "que")
        | ("a", "partir") => (true, false, 2),
        ("less" | "fewer" | "weniger" | "moins" | "menos", "than" | "als" | "de" | "que")
            if matches!(
                phrase.word_before(start, 3),
                "no" | "not" | "nothing" | "nicht" | "pas" | "kein" | "keine"
            ) =>
        {
            (true, false, 3)
        }
        ("up", "to")
        | ("bis", "zu")
        | ("jusqu", "a")
        | ("at", "most")
        | ("au", "maximum" | "plus")
        | ("less" | "fewer" | "weniger" | "moins" | "menos", "than" | "als" | "de" | "que")
        | ("como", "maximo") => (false, true, 2),
        (
            _,
            "minimum" | "min" | "mindestens" | "mind" | "wenigstens" | "minimo" | "over" | "uber" | "ab"
            | "mas" | "least" | "plus" | "minima",
        ) => (true, false, 1),
        (_, "maximum" | "max" | "maximal" | "hochstens" | "jusqua" | "hasta" | "under" | "maximo") => {
            (false, true, 1)
        }
        _ => return,
    };
    if least && duration.low.is_some() && duration.low == duration.high {
        duration.high = None;
    } else if most && duration.low == duration.high {
        duration.low = None;
    }
    duration.words.start = start.saturating_sub(length);
    if matches!(phrase.word_before(duration.words.start, 1), "a" | "por" | "un" | "ein") {
        duration.words.start -= 1;
    }
}

/// "or more", "minimum" and their like after the unit.
fn bound_after(phrase: &Phrase<'_>, duration: &mut Duration) {
    let end = duration.words.end;
    if phrase.gap(end).trim_start().starts_with('+') {
        duration.high = None;
        return;
    }
    let next = (phrase.word(end), phrase.word(end + 1));
    let (least, most, length) = match next {
        (
            "or" | "and" | "oder" | "und" | "ou" | "et" | "o" | "y",
            "more" | "mehr" | "plus" | "mas" | "above" | "up" | "over" | "longer" | "langer" | "beyond",
        )
        | ("como", "minimo")
        | ("au", "minimum" | "moins") => (true, false, 2),
        ("or" | "oder" | "ou" | "o", "less" | "fewer" | "weniger" | "moins" | "menos")
        | ("como", "maximo") => (false, true, 2),
        ("plus", _) if !phrase.breaks(end) => (true, false, 1),
        ("minimum" | "min" | "mindestens" | "minimo", _) => (true, false, 1),
        ("maximum" | "max" | "maximo", _) => (false, true, 1),
        _ => return,
    };
    if least && duration.low == duration.high {
        duration.high = None;
    } else if most && duration.low == duration.high {
        duration.low = None;
    }
    duration.words.end += length;
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(Option<u16>, Option<u16>)> {
        durations(&Phrase::new(text)).into_iter().map(|found| (found.low, found.high)).collect()
    }

    #[test]
    fn figures_ranges_and_bounds() {
        for (text, low, high) in [
            ("3–5 years", Some(36), Some(60)),
            ("3 - 5 years", Some(36), Some(60)),
            ("5+ years", Some(60), None),
            ("5 years", Some(60), Some(60)),
            ("at least three years", Some(36), None),
            ("a minimum of 2 yrs", Some(24), None),
            ("up to two years", None, Some(24)),
            ("10 or more years", Some(120), None),
            ("two to four years", Some(24), Some(48)),
            ("between 2 and 4 years", Some(24), Some(48)),
            ("five (5) years", Some(60), Some(60)),
            ("18 months", Some(18), Some(18)),
            ("12 months to 2 years", Some(12), Some(24)),
            ("1.5 years", Some(18), Some(18)),
            ("5yrs", Some(60), Some(60)),
            ("five years or more", Some(60), None),
            ("more than 4 years", Some(48), None),
            ("less than 2 years", None, Some(24)),
            ("mind. 3 Jahre", Some(36), None),
            ("zwei bis vier Jahre", Some(24), Some(48)),
            ("dreijährige Praxis", Some(36), Some(36)),
            ("3-jährige Praxis", Some(36), Some(36)),
            ("bis zu 2 Jahren", None, Some(24)),
            ("3 ans minimum", Some(36), None),
            ("3 à 5 ans", Some(36), Some(60)),
            ("au moins deux ans", Some(24), None),
            ("un an", Some(12), Some(12)),
            ("1 an", Some(12), Some(12)),
            ("0 à 1 an", Some(0), Some(12)),
            ("no less than 5 years", Some(60), None),
            ("nicht weniger als 5 Jahre", Some(60), None),
            ("al menos 5 años", Some(60), None),
            ("de 3 a 5 años", Some(36), Some(60)),
            ("mínimo de 2 años", Some(24), None),
            ("seis meses o más", Some(6), None),
        ] {
            assert_eq!(read(text), [(low, high)], "{text}");
        }
    }

    #[test]
    fn what_is_no_length() {
        for text in [
            "Several years",
            "mehrjährige Erfahrung",
            "2020 to 2030",
            "24/7",
            "an answer",
            "five answers a year",
            "1,200 years",
            "0 years",
            "plusieurs années",
            "mes amis",
            "500 years",
            "30 an hour",
            "30an",
        ] {
            assert_eq!(read(text), [], "{text}");
        }
    }
}
