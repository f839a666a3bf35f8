//! Which figure an amount is: a mean, a median, or what another share of people are paid less than or more than.

use super::lexer::Token;
use crate::model::Statistic;

/// What the tokens at these places say, the first of them first; that it is a percentile says less than which mean.
pub(super) fn figure(all: &[Token<'_>], places: impl Iterator<Item = usize> + Clone) -> Option<Statistic> {
    let says = |at: usize| {
        let word = all[at].word()?;
        // "social media" is no mean.
        if matches!(word, "media" | "medio") && !all.iter().any(|token| token.is_word(ROMANCE)) {
            return None;
        }
        of_word(word)
    };
    let of_share = |at: usize| match says(at)? {
        Statistic::Percentile if at > 0 && all[at - 1].is_word(&["50th", "50e", "50eme"]) => {
            Some(Statistic::Median)
        }
        figure => Some(figure),
    };
    let shares = || places.clone().any(|at| is_share(all, at)).then_some(Statistic::Percentile);
    let mut figures = places.clone().filter_map(of_share);
    let found = figures.find(|figure| *figure != Statistic::Percentile);
    found.or_else(|| places.clone().find_map(of_share)).or_else(shares)
}

/// Words that tell that "media" is a mean.
const ROMANCE: &[&str] = &[
    "salario",
    "salarios",
    "sueldo",
    "sueldos",
    "stipendio",
    "retribuzione",
    "retribucion",
    "de",
    "la",
    "en",
    "gana",
];

/// "The lowest 10 percent earned", "top 10%:", not "the top 10% of the market".
fn is_share(all: &[Token<'_>], at: usize) -> bool {
    let is = |at: usize, words: &[&str]| all.get(at).is_some_and(|token| token.is_word(words));
    let sign = |at: usize, sign: char| all.get(at).is_some_and(|token| token.is_sign(sign));
    let named = is(at, &["lowest", "highest", "bottom", "top"])
        && all.get(at + 1).is_some_and(|token| token.number().is_some());
    if !named || !(sign(at + 2, '%') || is(at + 2, &["percent"])) {
        return false;
    }
    let of = is(at + 3, &["of"]) && !is(at + 4, &["the", "our", "its", "all", "companies"]);
    of || sign(at + 3, ':') || is(at + 3, &["earn", "earns", "earned", "earners", "make", "makes", "made"])
}

/// Whether a label is a share and nothing else: "10%", as the columns of a table of percentiles are named.
pub(super) fn is_bare_share(all: &[Token<'_>]) -> bool {
    matches!(all, [number, sign] if number.number().is_some_and(|number| (1.0..100.0).contains(&number.value)) && sign.is_sign('%'))
}

/// Which figure a word says that an amount is.
fn of_word(word: &str) -> Option<Statistic> {
    Some(match word {
        "average"
        | "averages"
        | "averaging"
        | "mean"
        | "avg"
        | "durchschnitt"
        | "durchschnittlich"
        | "durchschnittliche"
        | "durchschnittliches"
        | "durchschnittlichen"
        | "durchschnittsgehalt"
        | "schnitt"
        | "mittel"
        | "mittleres"
        | "moyen"
        | "moyenne"
        | "moyens"
        | "promedio"
        | "media"
        | "medio"
        | "gemiddeld"
        | "gemiddelde"
        | "srednio"
        | "srednie"
        | "genomsnitt" => Statistic::Average,
        "median" | "medians" | "mediane" | "mediana" | "mediano" | "mediangehalt" | "medianlohn"
        | "mediaan" => Statistic::Median,
        "percentile" | "percentiles" | "centile" | "perzentil" | "perzentile" | "percentil" | "quartile"
        | "quartil" | "cuartil" | "decile" | "dezil" | "decil" => Statistic::Percentile,
        _ if word.starts_with("durchschnitts") => Statistic::Average,
        _ => return None,
    })
}
