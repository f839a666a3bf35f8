//! Degrees as French and Spanish name them.

use super::{Found, is_in};
use crate::annotate::reading::phrase::Phrase;
use crate::model::Degree::{Associate, Bachelor, Doctorate, Master, Secondary, Vocational};

pub(super) fn degree(phrase: &Phrase<'_>, at: usize, language: Option<&str>) -> Found {
    let (next, second) = (phrase.word(at + 1), phrase.word(at + 2));
    let before = phrase.word_before(at, 1);
    let in_french = || {
        is_in(language, "fr")
            || matches!(next, "en" | "ou" | "et")
            || matches!(before, "un" | "d" | "du" | "le" | "ou" | "niveau" | "diplome" | "titulaire")
    };
    let in_spanish = || {
        is_in(language, "es")
            || matches!(next, "en" | "de" | "o" | "y" | "superior" | "grado" | "medio")
            || matches!(before, "una" | "de" | "o" | "titulo" | "titulacion")
    };
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
        "cap" | "bep" if phrase.written(at) == "CAP" || phrase.written(at) == "BEP" => {
            (in_french() && before != "theoreme" && next != "theorem").then_some((Vocational, 1))
        }
        "bts" | "dut" | "deug" if phrase.written(at).starts_with(char::is_uppercase) => {
            in_french().then_some((Associate, 1))
        }
        "licence" => is_french_licence(phrase, at)
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
        "fp" if phrase.written(at) == "FP" => {
            let length = if (next, second) == ("de", "grado") { 3 } else { 1 };
            (in_spanish() && !phrase.gap(at + 1).starts_with('&')).then_some((Vocational, length))
        }
        "cfgs" | "cfgm" if phrase.written(at).chars().all(char::is_uppercase) => Some((Vocational, 1)),
        "formacion" if next == "profesional" => (matches!(second, "de" | "en" | "superior" | "grado")
            || phrase.breaks(at + 2))
        .then_some((Vocational, 2)),
        "ciclo" if next == "formativo" => Some((Vocational, 2)),
        _ => None,
    }
}

/// "Licence en droit", "une licence ou un master"; not "une licence Adobe".
fn is_french_licence(phrase: &Phrase<'_>, at: usize) -> bool {
    let (next, second) = (phrase.word(at + 1), phrase.word(at + 2));
    if matches!(next, "en" | "pro" | "professionnelle" | "3") {
        return true;
    }
    let ends = at + 1 >= phrase.len() || phrase.breaks(at + 1);
    let of_studies = matches!(next, "de" | "d")
        && matches!(
            second,
            "droit"
                | "gestion"
                | "lettres"
                | "langues"
                | "psychologie"
                | "mathematiques"
                | "sciences"
                | "physique"
                | "chimie"
                | "biologie"
                | "informatique"
                | "economie"
                | "histoire"
        );
    matches!(phrase.word_before(at, 1), "une" | "ou")
        && (ends || of_studies || matches!(next, "ou" | "et" | "minimum" | "est" | "n"))
}
