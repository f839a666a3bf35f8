//! What experience is in, as written.

use super::{Duration, Phrase, judge};
use crate::annotate::reading::word_set::{WordSet, Words};
use crate::text::collapse;

/// Say that it is experience, not what it is in.
static GENERIC: WordSet = WordSet::new(|| {
    Words::of(
        "professional work working relevant proven practical hands on industry total prior previous related \
         overall progressive progressively responsible similar commercial full time solid strong direct \
         post qualification job demonstrable demonstrated verifiable real world minimum equivalent combined \
         extensive deep broad recent the a an of some good current successful applicable career \
         paid more or and years year required your their least at einschlagige einschlagiger einschlagigen \
         relevante relevanter praktische praktischer berufliche beruflicher fundierte mehrjahrige erste \
         nachweisbare professionnelle pertinente significative confirmee reussie d de profesional laboral \
         demostrable previa minima comprobable acreditada general e g",
    )
});
/// They lead to what it is in.
static LEADS: WordSet = WordSet::new(|| {
    Words::of(
        "in with as of at im mit als en dans con como sur using working auf an across within comme de d for \
         bei doing spent on aus von",
    )
});
/// Left off where what it is in begins.
static ARTICLES: WordSet = WordSet::new(|| {
    Words::of(
        "a an the der die das den dem einer einem einen eine la le les l un une una el los las both either \
         your our",
    )
});

/// Of what is generic these belong to the noun that they stand before, behind "in" or "on": "on commercial sites",
/// "in real estate".
static OF_THE_NOUN: WordSet = WordSet::new(|| Words::of("commercial industry real career job world"));

/// They begin another demand.
static JOINS: WordSet = WordSet::new(|| Words::of("and or und oder et ou y o"));
/// They begin what says only where or how much: "in most companies", "in one of them".
static VAGUE: WordSet =
    WordSet::new(|| Words::of("most many one any all them this that these those which total"));

/// What the experience of this time is in; `until` is the word at which the next time begins. What stands before a time
/// that explains a step of a career is the step.
pub(super) fn of(phrase: &Phrase<'_>, time: &Duration, until: usize, is_step: bool) -> Option<String> {
    let named_before = || if is_step { None } else { before(phrase, time) };
    behind(phrase, time.words.end, until)
        .or_else(named_before)
        .map(collapse)
        .filter(|field| !field.is_empty())
}

fn behind<'t>(phrase: &Phrase<'t>, start: usize, until: usize) -> Option<&'t str> {
    let end = until.min(phrase.len());
    if start >= end
        || phrase.breaks(start) && !phrase.gap(start).trim_matches(['’', '\'', ' ', '+']).is_empty()
    {
        return None;
    }
    let clause = (start + 1..end).find(|&at| phrase.breaks(at)).unwrap_or(end);
    let word = (start..clause).find(|&at| judge::is_experience_word(phrase.word(at)));
    if let Some(at) = word {
        if let Some(compound) = compound(phrase, at) {
            return Some(compound);
        }
        if let Some(field) = noun(phrase, start, at) {
            return Some(field);
        }
        let mut next = at + 1;
        while next < clause && GENERIC.contains(phrase.word(next)) && !LEADS.contains(phrase.word(next)) {
            next += 1;
        }
        let leads = LEADS.contains(phrase.word(next)) || phrase.word(next).ends_with("ing");
        return (leads && next < clause).then(|| noun(phrase, next, end)).flatten();
    }
    if matches!((phrase.word(start), phrase.word(start + 1)), ("in" | "during", "which") | ("for", _)) {
        return None;
    }
    if JOINS.contains(phrase.word(start)) {
        return None;
    }
    let leads = LEADS.contains(phrase.word(start)) || phrase.word(start).ends_with("ing");
    let of = leads || GENERIC.contains(phrase.word(start));
    (of && !phrase.breaks(start)).then(|| noun(phrase, start, end)).flatten()
}

/// "Vertriebserfahrung": the word itself says what it is in.
fn compound<'t>(phrase: &Phrase<'t>, at: usize) -> Option<&'t str> {
    let word = phrase.word(at);
    let stem = ["erfahrungen", "erfahrung", "praxis"].iter().find_map(|ending| word.strip_suffix(ending))?;
    let generic =
        matches!(stem, "" | "berufs" | "praxis" | "arbeits" | "lebens" | "praktische" | "einschlagige");
    (!generic).then(|| phrase.written(at))
}

/// The noun phrase between two words, without what only leads to it.
fn noun<'t>(phrase: &Phrase<'t>, start: usize, until: usize) -> Option<&'t str> {
    let mut start = start;
    let skipped = |word: &str| LEADS.contains(word) || ARTICLES.contains(word) || GENERIC.contains(word);
    // "on-call duty" goes on; "hands-on" says no more.
    let hyphened = |at: usize| phrase.gap(at + 1) == "-" && !skipped(phrase.word(at + 1));
    let led = |at: usize, start: usize| at > start && LEADS.contains(phrase.word(at - 1));
    let first = start;
    while start < until
        && skipped(phrase.word(start))
        && !hyphened(start)
        && !(OF_THE_NOUN.contains(phrase.word(start)) && led(start, first))
    {
        start += 1;
    }
    if VAGUE.contains(phrase.word(start)) {
        return None;
    }
    let mut end = phrase.end_of_noun(start).min(until);
    while end > start
        && matches!(phrase.word(end - 1), "and" | "or" | "und" | "et" | "y" | "hands" | "professional" | "of")
    {
        end -= 1;
    }
    let text = phrase.slice(start..end);
    let says =
        (start..end).any(|at| !skipped(phrase.word(at)) && !judge::is_experience_word(phrase.word(at)));
    (says && !text.is_empty()).then_some(text)
}

/// "Experience in sales of at least 3 years", "Python (3+ years)", "Leadership experience: 5 years".
fn before<'t>(phrase: &Phrase<'t>, time: &Duration) -> Option<&'t str> {
    let start = time.words.start;
    let mut clause = phrase.clause_start(start);
    if clause == start {
        let labels = phrase.gap(start).contains([':', '(', '|', '–', '—']);
        clause = phrase.clause_start(start.checked_sub(1).filter(|_| labels)?);
    } else if !(clause..start).any(|at| judge::is_experience_word(phrase.word(at))) {
        return None;
    }
    let mut end = start;
    while end > clause
        && matches!(phrase.word(end - 1), "of" | "for" | "von" | "de" | "d" | "seit" | "is" | "required")
    {
        end -= 1;
    }
    let word = (clause..end).find(|&at| judge::is_experience_word(phrase.word(at)));
    match word {
        Some(at) => compound(phrase, at).or_else(|| {
            let leads = LEADS.contains(phrase.word(at + 1)) && at + 1 < end;
            if leads { noun(phrase, at + 1, end) } else { noun(phrase, clause, at) }
        }),
        None if end - clause <= 5 => noun(phrase, clause, end),
        None => None,
    }
}
