//! Degrees as German names them.

use super::{Found, is_in};
use crate::annotate::pay::is_place;
use crate::annotate::reading::phrase::Phrase;
use crate::model::Degree::{Bachelor, Doctorate, Master, Secondary, Vocational};

pub(super) fn degree(phrase: &Phrase<'_>, at: usize, language: Option<&str>) -> Found {
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
            // "Forschung und Lehre" teaches others.
            let teaches = (at.saturating_sub(2)..at).any(|at| phrase.word(at) == "forschung");
            (done || !teaches && matches!(next, "als" | "zum" | "zur" | "im")).then_some((Vocational, 1))
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
            let alone = at + 3 >= phrase.len() || phrase.breaks(at + 3);
            let field = phrase.written(at + 2);
            let in_a_field = (next == "im"
                || next == "in" && (is_in(language, "de") || language.is_none() && alone))
                && field.starts_with(char::is_uppercase)
                && !is_place(field);
            let german = matches!(before, "abgeschlossene" | "eine" | "mit" | "und" | "oder");
            (in_a_field || german).then_some((Doctorate, 1))
        }
        "doktortitel" | "doktorat" | "doktorgrad" => Some((Doctorate, 1)),
        _ => None,
    }
}
