//! The words that name degrees, in four languages, and the same words where they name none: "Scrum Master", "a high
//! degree of autonomy", "MS Office". Most name one in a page of whatever language, all the more as pages often declare a
//! wrong one; words that mean something else elsewhere ("CAP theorem") do so only in a page of their language or beside
//! words of it.

mod english;
mod german;
mod romance;

use crate::annotate::reading::phrase::Phrase;
use crate::model::Degree::{self, Associate, Bachelor, Doctorate, Master, Secondary};

/// The degree named from a word on, and in how many words.
type Found = Option<(Degree, usize)>;

/// Most letters of an abbreviation.
const LONGEST: usize = 6;

/// The degree that is named from this word on, and in how many words.
pub(super) fn at(phrase: &Phrase<'_>, at: usize, language: Option<&str>) -> Found {
    abbreviation(phrase, at)
        .or_else(|| english::degree(phrase, at))
        .or_else(|| german::degree(phrase, at, language))
        .or_else(|| romance::degree(phrase, at, language))
}

/// Whether the page is known to be in a language.
fn is_in(language: Option<&str>, code: &str) -> bool {
    language.and_then(|tag| tag.split(['-', '_']).next()).is_some_and(|tag| tag.eq_ignore_ascii_case(code))
}

/// "BSc", "B.Tech.", "Ph.D.", "BS/MS": by the letters, whatever points stand between them.
fn abbreviation(phrase: &Phrase<'_>, at: usize) -> Found {
    if !phrase.written(at).starts_with(|c: char| c.is_ascii_uppercase()) {
        return None;
    }
    let mut letters = phrase.written(at).to_owned();
    let mut end = at + 1;
    while end < phrase.len() && phrase.gap(end) == "." && letters.len() + phrase.written(end).len() <= LONGEST
    {
        letters.push_str(phrase.written(end));
        end += 1;
    }
    if letters.len() > LONGEST {
        return None;
    }
    let length = end - at;
    let dotted = length > 1;
    let (degree, sure) = match letters.as_str() {
        "BSc" | "BSC" | "BEng" | "BTech" | "BBA" | "BCom" | "BComm" | "BFA" | "LLB" | "BCA" | "BSN" => {
            (Bachelor, true)
        }
        "MSc" | "MSC" | "MEng" | "MTech" | "MBA" | "MCA" | "MPhil" | "MSN" => (Master, true),
        // Without points it is a language model.
        "LLM" if dotted => (Master, true),
        "PhD" | "PHD" | "DPhil" | "EdD" | "DNP" => (Doctorate, true),
        "GED" => (Secondary, true),
        "BS" | "BA" | "BE" => (Bachelor, dotted),
        "MS" | "MA" | "ME" => (Master, dotted),
        "AS" | "AA" | "AAS" | "ADN" => (Associate, false),
        _ => return None,
    };
    (sure || is_vouched_for(phrase, at, end)).then_some((degree, length))
}

/// Two letters are a degree only beside a word for one: "BS in Physics", "BA/MA", "MS degree".
fn is_vouched_for(phrase: &Phrase<'_>, at: usize, end: usize) -> bool {
    let degree = |word: &str| {
        matches!(
            word,
            "degree"
                | "degrees"
                | "bachelor"
                | "bachelors"
                | "master"
                | "masters"
                | "phd"
                | "mba"
                | "bs"
                | "ba"
                | "ms"
                | "ma"
                | "bsc"
                | "msc"
                | "bsn"
                | "msn"
        )
    };
    if is_in_capitals(phrase, at.saturating_sub(2)..(end + 3).min(phrase.len())) {
        return false;
    }
    let next = phrase.word(end);
    let after = (next == "in" && !phrase.breaks(end) && !phrase.gap(end).contains('-'))
        || degree(next)
        || (matches!(next, "or" | "and") && degree(phrase.word(end + 1)));
    let before = phrase.word_before(at, 1);
    after
        || (phrase.gap(at).contains('/') && degree(before))
        || (before == "or" && degree(phrase.word_before(at, 2)))
}

/// "YOU WILL BE IN CHARGE": where all is in capitals, they do not make an abbreviation.
fn is_in_capitals(phrase: &Phrase<'_>, words: std::ops::Range<usize>) -> bool {
    let text = phrase.slice(words.clone());
    !text.contains(char::is_lowercase) && words.into_iter().any(|at| phrase.written(at).len() > 3)
}
