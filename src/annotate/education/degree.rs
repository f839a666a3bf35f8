//! The words that name degrees, in four languages, and the same words where they name none: "Scrum Master", "a high
//! degree of autonomy", "MS Office".

use crate::annotate::reading::phrase::Phrase;
use crate::model::Degree::{self, Associate, Bachelor, Doctorate, Master, Secondary, Vocational};

/// The degree named from a word on, and in how many words.
type Found = Option<(Degree, usize)>;

/// Most letters of an abbreviation.
const LONGEST: usize = 6;

/// "BSc", "B.Tech.", "Ph.D.", "BS/MS": by the letters, whatever points stand between them.
pub(super) fn abbreviation(phrase: &Phrase<'_>, at: usize) -> Found {
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
        "BSc" | "BSC" | "BEng" | "BTech" | "BBA" | "BCom" | "BComm" | "BFA" | "LLB" | "BCA" => {
            (Bachelor, true)
        }
        "MSc" | "MSC" | "MEng" | "MTech" | "MBA" | "LLM" | "MCA" | "MPhil" => (Master, true),
        "PhD" | "PHD" | "DPhil" | "EdD" => (Doctorate, true),
        "GED" => (Secondary, true),
        "BS" | "BA" | "BE" => (Bachelor, dotted),
        "MS" | "MA" | "ME" => (Master, dotted),
        "AS" | "AA" | "AAS" => (Associate, false),
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
        )
    };
    let next = phrase.word(end);
    let after = (next == "in" && !phrase.breaks(end) && !phrase.gap(end).contains('-'))
        || degree(next)
        || (matches!(next, "or" | "and") && degree(phrase.word(end + 1)));
    let before = phrase.word_before(at, 1);
    after
        || (phrase.gap(at).contains('/') && degree(before))
        || (before == "or" && degree(phrase.word_before(at, 2)))
}

pub(super) fn english(phrase: &Phrase<'_>, at: usize) -> Found {
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

pub(super) fn german(phrase: &Phrase<'_>, at: usize) -> Found {
    let word = phrase.word(at);
    let next = phrase.word(at + 1);
    let before = phrase.word_before(at, 1);
    if !phrase.written(at).starts_with(char::is_uppercase) && !word.starts_with("promovier") {
        return None;
    }
    match word {
        "abitur" | "fachabitur" | "matura" | "fachhochschulreife" | "hochschulreife"
        | "realschulabschluss" | "schulabschluss" => Some((Secondary, 1)),
        "mittlere" if next == "reife" => Some((Secondary, 2)),
        "berufsausbildung" | "fachausbildung" | "facharbeiterbrief" | "gesellenbrief" => {
            Some((Vocational, 1))
        }
        "ausbildung" | "lehre" => {
            let done = before.starts_with("abgeschlossen")
                || before.ends_with("technische")
                || before.ends_with("mannische")
                || phrase.word_before(at, 2).starts_with("abgeschlossen");
            (done || matches!(next, "als" | "zum" | "zur" | "im")).then_some((Vocational, 1))
        }
        "fachhochschulabschluss"
        | "hochschulabschluss"
        | "universitatsabschluss"
        | "hochschulstudium"
        | "studienabschluss"
        | "bachelorabschluss"
        | "bachelorstudium"
        | "fachhochschulstudium"
        | "universitatsstudium" => Some((Bachelor, 1)),
        "studium" => {
            let done = before.starts_with("abgeschlossen")
                || phrase.word_before(at, 2).starts_with("abgeschlossen")
                || before.ends_with("isches")
                || before == "ein";
            (done || matches!(next, "der" | "des" | "im" | "in" | "oder" | "mit")).then_some((Bachelor, 1))
        }
        "masterabschluss" | "masterstudium" | "diplom" | "diplomabschluss" | "staatsexamen" | "magister" => {
            (word != "diplom" || phrase.gap(at + 1) != "-").then_some((Master, 1))
        }
        "promotion" => {
            let german = matches!(next, "in" | "im")
                && phrase.written(at + 2).starts_with(char::is_uppercase)
                || matches!(before, "abgeschlossene" | "eine" | "mit" | "und" | "oder");
            german.then_some((Doctorate, 1))
        }
        "doktortitel" | "doktorat" | "doktorgrad" => Some((Doctorate, 1)),
        _ => None,
    }
}

/// French and Spanish.
pub(super) fn romance(phrase: &Phrase<'_>, at: usize) -> Found {
    let (next, second) = (phrase.word(at + 1), phrase.word(at + 2));
    let before = phrase.word_before(at, 1);
    match phrase.word(at) {
        "bac" if phrase.written(at).starts_with(['B', 'b']) => {
            let plus = phrase.gap(at + 1).contains('+').then(|| next.parse::<u8>().ok()).flatten();
            match plus {
                Some(5..=7) => Some((Master, 2)),
                Some(3 | 4) => Some((Bachelor, 2)),
                Some(1 | 2) => Some((Associate, 2)),
                Some(8) => Some((Doctorate, 2)),
                Some(_) => None,
                None => (matches!(next, "pro" | "professionnel")
                    || matches!(before, "niveau" | "le" | "du" | "un"))
                .then_some((if next.starts_with("pro") { Vocational } else { Secondary }, 1)),
            }
        }
        "baccalaureat" => Some((Secondary, 1)),
        "cap" | "bep" if phrase.written(at) == "CAP" || phrase.written(at) == "BEP" => Some((Vocational, 1)),
        "bts" | "dut" | "deug" if phrase.written(at).starts_with(char::is_uppercase) => Some((Associate, 1)),
        "licence" => (matches!(next, "en" | "pro" | "professionnelle" | "3")
            || matches!(before, "une" | "ou"))
        .then_some((Bachelor, if matches!(next, "pro" | "professionnelle" | "3") { 2 } else { 1 })),
        "diplome" if next == "d" && second == "ingenieur" => Some((Master, 3)),
        "ecole" if next == "d" && second == "ingenieur" => Some((Master, 3)),
        "doctorat" | "doctorado" => Some((Doctorate, 1)),
        "grado" => (matches!(next, "en" | "universitario")
            && !matches!(before, "gran" | "mayor" | "cierto" | "alto" | "menor"))
        .then_some((Bachelor, 1)),
        "licenciatura" | "licenciado" | "licenciada" | "diplomatura" => Some((Bachelor, 1)),
        "ingenieria" => matches!(before, "titulo" | "titulacion" | "o" | "")
            .then_some((Bachelor, 1))
            .filter(|_| next == "en"),
        "titulo" | "titulacion" | "formacion" | "estudios" | "carrera"
            if matches!(next, "universitario" | "universitaria" | "universitarios") =>
        {
            Some((Bachelor, 2))
        }
        "graduado" | "graduada" if next == "en" => Some((Bachelor, 1)),
        "maestria" => Some((Master, 1)),
        "bachillerato" => Some((Secondary, 1)),
        "fp" | "cfgs" | "cfgm" if phrase.written(at).chars().all(char::is_uppercase) => Some((Vocational, 1)),
        "formacion" if next == "profesional" => (matches!(second, "de" | "en" | "superior" | "grado")
            || phrase.breaks(at + 2))
        .then_some((Vocational, 2)),
        "ciclo" if next == "formativo" => Some((Vocational, 2)),
        _ => None,
    }
}
