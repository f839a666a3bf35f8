//! The words that say what an amount is: for how long, which figure, what it comprises, and whether it is pay at all.

use super::lexer::Token;
use crate::model::{Period, Scope};
use foldhash::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

/// What a word says of the amount beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cue {
    /// Salary, compensation, to earn.
    Pay,
    /// To pay, an offer: of pay, unless a noun says otherwise.
    WeakPay,
    /// Bonus, allowance, stock: comes on top of pay.
    Extra,
    /// Budgets, revenue, fines, prices.
    Other,
}

/// The words of `cues.tsv`: whole ones, and parts of words of languages that join them (Jahresgehalt, Stundenlohn).
struct Cues {
    whole: HashMap<&'static str, Cue>,
    within: Vec<(&'static str, Cue)>,
}

static CUES: LazyLock<Cues> = LazyLock::new(|| {
    let mut cues = Cues { whole: HashMap::default(), within: Vec::new() };
    for line in include_str!("cues.tsv").lines() {
        let Some((kind, words)) = line.split_once('\t') else { continue };
        let cue = match kind.trim_end_matches("-within") {
            "pay" => Cue::Pay,
            "weak" => Cue::WeakPay,
            "extra" => Cue::Extra,
            _ => Cue::Other,
        };
        for word in words.split(' ') {
            if kind.ends_with("-within") {
                cues.within.push((word, cue));
            } else {
                cues.whole.entry(word).or_insert(cue);
            }
        }
    }
    cues
});

/// What this word says of amounts.
pub(super) fn cue(word: &str) -> Option<Cue> {
    if let Some(cue) = CUES.whole.get(word) {
        return Some(*cue);
    }
    let joined = word.len() > 6;
    CUES.within.iter().find(|(part, _)| joined && word.contains(part)).map(|(_, cue)| *cue)
}

/// The time that a unit's name means.
fn unit(word: &str) -> Option<Period> {
    Some(match word {
        "year" | "years" | "yr" | "y" | "jahr" | "an" | "annee" | "ano" | "annum" | "anno" | "jaar"
        | "rok" | "ar" | "pa" => Period::Year,
        "month" | "mo" | "mth" | "monat" | "mois" | "mes" | "mese" | "maand" | "miesiac" | "manad"
        | "man" | "mies" => Period::Month,
        "week" | "wk" | "woche" | "semaine" | "semana" | "settimana" => Period::Week,
        "day" | "tag" | "jour" | "dia" | "giorno" | "dag" | "diem" | "d" => Period::Day,
        "hour" | "hr" | "h" | "hrs" | "std" | "stunde" | "heure" | "hora" | "ora" | "uur" | "timme"
        | "godz" => Period::Hour,
        _ => return None,
    })
}

/// The time that an adjective or a compound means: annual, monatlich, Jahresgehalt.
fn adjective(word: &str) -> Option<Period> {
    Some(match word {
        "annual" | "annually" | "yearly" | "annualized" | "annualised" | "pa" | "lpa" | "jahrlich"
        | "jahrliches" | "jahrliche" | "annuel" | "annuels" | "annuelle" | "annuellement" | "anual"
        | "anuales" | "anualmente" | "annuo" | "annui" | "rocznie" | "年収" | "年薪" => Period::Year,
        "monthly" | "pcm" | "monatlich" | "monatliche" | "monatliches" | "mensuel" | "mensuels"
        | "mensuelle" | "mensual" | "mensuales" | "mensualmente" | "miesiecznie" | "mensili" | "月給"
        | "月薪" => Period::Month,
        "weekly" | "wochentlich" | "hebdomadaire" | "semanal" | "semanales" => Period::Week,
        "daily" | "taglich" | "journalier" | "tjm" | "diario" | "diarios" => Period::Day,
        "hourly" | "ph" | "stundlich" | "horaire" => Period::Hour,
        _ if word.starts_with("jahres") || word.starts_with("bruttojahres") => Period::Year,
        _ if word.starts_with("monats") || word.starts_with("bruttomonats") => Period::Month,
        _ if word.starts_with("wochen") && word.len() > 8 => Period::Week,
        _ if word.starts_with("tages") => Period::Day,
        _ if word.starts_with("stunden") && word.len() > 7 => Period::Hour,
        _ => return None,
    })
}

/// Leads from an amount to its unit.
const PER: &[&str] = &[
    "per", "a", "an", "each", "every", "the", "pro", "par", "por", "al", "im", "in", "die", "der", "am",
    "la", "l", "je", "p", "de", "na", "all", "i",
];
/// Stands between an amount and its period and changes nothing.
const BETWEEN: &[&str] = &[
    "brutto",
    "gross",
    "brut",
    "bruts",
    "bruto",
    "brutos",
    "net",
    "netto",
    "nets",
    "neto",
    "netos",
    "before",
    "tax",
    "taxes",
    "pre",
    "salary",
    "base",
    "pay",
    "lordi",
    "in",
    "total",
    "compensation",
    "income",
    "usd",
    "on",
    "average",
];

/// A period that tokens from here on state, and where it ends. Reads over what stands between.
pub(super) fn period_after(all: &[Token<'_>], at: usize) -> Option<(Period, usize)> {
    for at in at..at + 4 {
        if let Some(found) = period_at(all, at) {
            return Some(found);
        }
        let token = all.get(at)?;
        let passes =
            token.is_word(BETWEEN) || token.is_sign('(') || token.is_sign('-') || token.currency().is_some();
        if !passes {
            return None;
        }
    }
    None
}

/// A period stated right here: "per year", "/hr", "l'heure", "annually".
pub(super) fn period_at(all: &[Token<'_>], at: usize) -> Option<(Period, usize)> {
    let token = all.get(at)?;
    if let Some(period) = token.word().and_then(adjective) {
        return Some((period, at + 1));
    }
    let mut next = at;
    if token.is_sign('/') {
        next += 1;
    } else if token.is_word(PER) {
        next += 1;
        while next < at + 3
            && all
                .get(next)
                .is_some_and(|token| token.is_word(PER) || token.is_sign('\'') || token.is_sign('’'))
        {
            // "de l'heure"; "an" is a year itself: "par an".
            if token.is_word(&["par", "l", "p"])
                && all.get(next).is_some_and(|token| token.is_word(&["an", "a"]))
            {
                break;
            }
            next += 1;
        }
    } else {
        return None;
    }
    let word = all.get(next)?.word()?;
    let is_first = word == "first" || word == "last" || word == "next";
    if is_first {
        return None;
    }
    // "in the day", "in a year's time" state nothing.
    if token.is_word(&["in", "the", "i"])
        && !matches!(all.get(at + 1).and_then(Token::word), Some("der" | "l"))
    {
        return None;
    }
    if word == "a" && token.is_word(&["p"]) {
        return Some((Period::Year, next + 1));
    }
    unit(word).map(|period| (period, next + 1))
}

/// The last period that is stated among these tokens.
pub(super) fn period_within(all: &[Token<'_>], within: Range<usize>) -> Option<Period> {
    let by = |at: usize| at > 0 && all[at - 1].is_word(&["by"]);
    within.rev().find_map(|at| {
        let word = all[at].word()?;
        adjective(word)
            .or_else(|| {
                period_at(all, at)
                    .filter(|_| !all[at].is_word(&["a", "an", "in", "die", "der", "la", "al"]))
                    .map(|(period, _)| period)
            })
            .or_else(|| (word == "the" && by(at)).then(|| all.get(at + 1)?.word().and_then(unit)).flatten())
            .or_else(|| rate_of(all, at))
    })
}

/// "day rate", "hour rate".
fn rate_of(all: &[Token<'_>], at: usize) -> Option<Period> {
    all.get(at + 1).filter(|next| next.is_word(&["rate", "rates"]))?;
    unit(all[at].word()?)
}

/// What the words say that an amount comprises.
pub(super) fn scope(all: &[Token<'_>], within: Range<usize>) -> Option<Scope> {
    let is = |at: usize, words: &[&str]| within.contains(&at) && all[at].is_word(words);
    let extra = |at: usize| {
        (at..(at + 5).min(within.end))
            .take_while(|&at| !all[at].is_sign(',') && !all[at].is_sign(';'))
            .any(|at| within.contains(&at) && all[at].word().and_then(cue) == Some(Cue::Extra))
    };
    within.clone().rev().find_map(|at| {
        let word = if all[at].is_sign('+') { "plus" } else { all[at].word()? };
        match word {
            "base" | "basic" | "fixed" | "basis" => {
                let next = all.get(at + 1).and_then(Token::word);
                let goes_on = next.is_some_and(|next| matches!(next, "and" | "und" | "plus" | "or" | "with"));
                let of_pay = goes_on
                    || next.is_none()
                    || next.is_some_and(|next| {
                        cue(next).is_some_and(|cue| matches!(cue, Cue::Pay | Cue::WeakPay))
                    });
                (of_pay || is(at.wrapping_sub(1), &["de"]) || is(at.wrapping_sub(1), &["salario"]))
                    .then_some(Scope::Base)
            }
            "grundgehalt" | "grundgehalter" | "fixgehalt" | "festgehalt" | "grundlohn" | "basisgehalt"
            | "fixe" | "fijo" => Some(Scope::Base),
            "ote" | "tc" | "ctc" | "gesamtvergutung" | "zielgehalt" | "gesamtgehalt" | "gesamtpaket" => {
                Some(Scope::Total)
            }
            "total" | "totale" => {
                let near = |at: usize| {
                    is(
                        at,
                        &[
                            "compensation",
                            "comp",
                            "pay",
                            "package",
                            "remuneration",
                            "earnings",
                            "cash",
                            "rewards",
                            "reward",
                            "remuneracion",
                            "retribucion",
                            "compensacion",
                            "target",
                        ],
                    )
                };
                (near(at + 1) || near(at + 2) || near(at.wrapping_sub(1))).then_some(Scope::Total)
            }
            "target" if is(at + 1, &["earnings"]) => Some(Scope::Total),
            "excluding" | "before" | "plus" | "exclusive" | "zuzuglich" | "zzgl" | "ohne" | "hors"
            | "sans" | "sin" | "mas"
                if extra(at) =>
            {
                Some(Scope::Base)
            }
            "including" | "incl" | "inclusive" | "inklusive" | "inkl" | "einschliesslich" | "compris"
            | "incluyendo" | "incluido"
                if extra(at) =>
            {
                Some(Scope::Total)
            }
            // "with a pension" and "with a bonus of 20%" come on top; "with bonus" is within.
            "with" | "mit" | "avec" | "con"
                if within.contains(&(at + 1)) && all[at + 1].word().and_then(cue) == Some(Cue::Extra) =>
            {
                Some(Scope::Total)
            }
            _ => None,
        }
    })
}
