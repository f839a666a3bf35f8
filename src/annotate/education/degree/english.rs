//! Degrees as English names them; bachelor, master and degree mean other things as well.

use super::Found;
use crate::annotate::reading::phrase::Phrase;
use crate::model::Degree::{Associate, Bachelor, Doctorate, Master, Secondary, Vocational};

pub(super) fn degree(phrase: &Phrase<'_>, at: usize) -> Found {
    let (next, second) = (phrase.word(at + 1), phrase.word(at + 2));
    match phrase.word(at) {
        "bachelor" | "bachelors" | "baccalaureate" => {
            let other = matches!(next, "party" | "parties" | "pad" | "apartment" | "flat");
            (!other).then(|| (Bachelor, named(phrase, at)))
        }
        "undergraduate" if matches!(next, "degree" | "degrees" | "diploma") => Some((Bachelor, 2)),
        "master" | "masters" => is_degree_of_master(phrase, at).then(|| (Master, named(phrase, at))),
        "graduate" | "postgraduate" | "advanced"
            if matches!(next, "degree" | "degrees" | "qualification") =>
        {
            Some((Master, 2))
        }
        "doctorate" | "doctorates" | "phds" => Some((Doctorate, 1)),
        "doctoral" if next.starts_with("degree") => Some((Doctorate, 2)),
        "associate" | "associates" => {
            let possessive = phrase.is_possessive(at) && next.starts_with("degree");
            let of = next == "of" && matches!(second, "science" | "arts" | "applied");
            (possessive || next.starts_with("degree") || of).then(|| (Associate, named(phrase, at)))
        }
        "high" | "secondary" if next == "school" => {
            let degree =
                matches!(second, "diploma" | "degree" | "graduate" | "education" | "certificate" | "or");
            degree.then_some((Secondary, if second == "or" { 2 } else { 3 }))
        }
        "upper" if next == "secondary" => Some((Secondary, 2)),
        "a" if matches!(next, "levels" | "level") && phrase.gap(at + 1) == "-" => Some((Secondary, 2)),
        "apprenticeship" => {
            let done = matches!(
                phrase.word_before(at, 1),
                "completed" | "finished" | "an" | "recognised" | "relevant"
            );
            (done || matches!(next, "as" | "in" | "or")).then_some((Vocational, 1))
        }
        "vocational"
            if matches!(
                next,
                "training" | "qualification" | "diploma" | "degree" | "education" | "school"
            ) =>
        {
            // "Refer clients to vocational training" teaches others.
            let before = phrase.word_before(at, 1);
            let own = at == 0
                || phrase.breaks(at)
                || matches!(
                    before,
                    "completed" | "or" | "a" | "recognised" | "recognized" | "relevant" | "technical"
                );
            own.then_some((Vocational, 2))
        }
        "degree" | "degrees" => is_plain_degree(phrase, at).then_some((Bachelor, 1)),
        _ => None,
    }
}

/// How many words name the degree: "bachelor's degree", "Bachelor of Science".
fn named(phrase: &Phrase<'_>, at: usize) -> usize {
    match (phrase.word(at + 1), phrase.word(at + 2)) {
        ("degree" | "degrees", _) if !phrase.breaks(at + 1) => 2,
        ("of", "science") if phrase.word(at + 3) == "in" => 3,
        ("of", "arts") => 3,
        ("1" | "2", _) => 2,
        _ => 1,
    }
}

fn is_degree_of_master(phrase: &Phrase<'_>, at: usize) -> bool {
    let next = phrase.word(at + 1);
    let before = phrase.word_before(at, 1);
    let neighbour = |word: &str| {
        matches!(word, "bachelor" | "bachelors" | "phd" | "doctorate" | "doctoral" | "mba" | "degree")
    };
    if matches!(
        before,
        "scrum"
            | "web"
            | "post"
            | "product"
            | "grand"
            | "station"
            | "harbour"
            | "toast"
            | "to"
            | "cnc"
            | "head"
    ) || matches!(
        next,
        "branch"
            | "data"
            | "key"
            | "keys"
            | "plan"
            | "planner"
            | "copy"
            | "menu"
            | "class"
            | "classes"
            | "file"
            | "the"
            | "electrician"
            | "plumber"
            | "craftsman"
            | "schedule"
            | "records"
            | "service"
            | "agreement"
            | "catalog"
    ) {
        return false;
    }
    let capital = phrase.written(at).starts_with('M');
    let joined = |distance: usize| {
        matches!(phrase.word_before(at, 1), "or" | "and" | "oder" | "und" | "ou" | "o" | "y")
            && neighbour(phrase.word_before(at, distance))
    };
    let vouched = next.starts_with("degree")
        || joined(2)
        || joined(3)
        || (phrase.gap(at).contains(['/', ',', '(']) && neighbour(before))
        || (matches!(next, "or" | "and" | "oder") && neighbour(phrase.word(at + 2)));
    let of = next == "of"
        && matches!(
            phrase.word(at + 2),
            "science"
                | "arts"
                | "engineering"
                | "business"
                | "laws"
                | "education"
                | "public"
                | "fine"
                | "technology"
                | "computer"
        );
    let french = matches!(next, "1" | "2") && capital;
    let in_it = matches!(next, "in" | "en")
        && (capital || phrase.is_possessive(at))
        && !phrase.gap(at + 2).contains('-');
    let alone = capital
        && (at + 1 >= phrase.len() || phrase.breaks(at + 1))
        && matches!(before, "un" | "a" | "einen" | "ein");
    vouched
        || of
        || french
        || in_it
        || alone
        || phrase.is_possessive(at)
            && (phrase.breaks(at + 1) || next.starts_with("prefer") || next == "is" || next == "or")
}

/// "A degree in psychology", "university degree"; not "a high degree of autonomy", "360-degree".
fn is_plain_degree(phrase: &Phrase<'_>, at: usize) -> bool {
    let (before, next) = (phrase.word_before(at, 1), phrase.word(at + 1));
    // "Relevant degrees: …" is the label of what follows.
    if next == "of"
        || phrase.gap(at + 1).contains(':')
        || matches!(next, "celsius" | "fahrenheit" | "angle" | "feedback" | "view" | "c" | "f")
        || before.ends_with(|c: char| c.is_ascii_digit())
    {
        return false;
    }
    if matches!(
        before,
        "high"
            | "some"
            | "certain"
            | "greater"
            | "what"
            | "varying"
            | "this"
            | "that"
            | "lesser"
            | "large"
            | "these"
            | "various"
            | "to"
    ) {
        return false;
    }
    next == "in"
        || (next == "or" && matches!(phrase.word(at + 2), "equivalent" | "comparable" | "similar" | "equal"))
        || matches!(
            before,
            "university"
                | "college"
                | "academic"
                | "relevant"
                | "formal"
                | "technical"
                | "science"
                | "engineering"
                | "year"
                | "level"
                | "business"
                | "related"
                | "law"
                | "nursing"
        )
        || matches!(
            (before, next),
            ("a" | "your", "is" | "required" | "preferred" | "helps" | "plus" | "from")
        )
}
