//! Whether a time is experience. Three things can say so: a word for experience beside it, a place that asks for
//! something and a sentence that goes on as experience does, or a label that is a step of a career.

use super::{Duration, Phrase, Place, Sentence, beginning, whose};
use crate::annotate::pay::{is_about_pay, may_hold_an_amount};
use crate::annotate::reading::cues::{is_negated, is_waived};
use crate::annotate::reading::word_set::{WordSet, Words};

/// How many words away from the time a word for experience stands at most.
const REACH: usize = 10;

/// Sections in which the company speaks of itself.
static OF_THE_COMPANY: WordSet =
    WordSet::new(|| Words::of("about-company benefits how-to-apply interview work-environment"));
/// Sections in which a time is experience only with a word for it.
static OF_THE_WORLD: WordSet = WordSet::new(|| {
    Words::of("market-demand trends challenges best-practices faq resources day-to-day projects salary")
});

/// Whether a word means experience.
pub(super) fn is_experience_word(word: &str) -> bool {
    matches!(
        word,
        "experience"
            | "experienced"
            | "experiences"
            | "exp"
            | "expertise"
            | "practice"
            | "track"
            | "yoe"
            | "praxis"
            | "berufspraxis"
            | "erfahren"
            | "experiencia"
            | "experimente"
            | "tenure"
    ) || word.ends_with("erfahrung")
        || word.ends_with("erfahrungen")
        || word.ends_with("praxis")
}

/// Directly before a time they say when, how often or for how long, not how much experience.
static WHEN: WordSet = WordSet::new(|| {
    Words::of(
        "last past next coming first every each within after once during since until aged age ages letzten \
         nachsten ersten vor seit nach innerhalb wahrend alle depuis apres pendant prochaines prochains \
         dernieres derniers premieres premiers tous toutes hace desde durante tras despues proximos ultimos \
         primeros cada another alter edad founded twice lasts takes dauert dure dura",
    )
});
/// Directly after a time they make it an age or a date.
static DATES: WordSet = WordSet::new(|| {
    Words::of(
        "ago old later alt spater earlier hence younger older edad long lang apart straight running \
         warranty guarantee contract lease",
    )
});
/// What else takes years.
static OTHER_NOUNS: WordSet = WordSet::new(|| {
    Words::of(
        "study studies education school schooling college university training apprenticeship residency age \
         warranty contract funding growth leave residence savings runway probation \
         coursework course courses degree postsecondary seniority existence \
         studium ausbildung studienzeit lehre schule elternzeit probezeit laufzeit vertrag etudes formation \
         contrat anciennete estudios estudio contrato edad antiguedad formacion historia",
    )
});
/// Directly before a time they make it one of the contract: "CDD 12 mois", "a notice period of 3 months".
static CONTRACTS: WordSet = WordSet::new(|| {
    Words::of(
        "contract warranty lease probation notice internship training apprenticeship term duration vertrag \
         befristet befristung befristete befristeter vertragslaufzeit vertragsdauer laufzeit dauer probezeit \
         kundigungsfrist praktikum ausbildung lehre studium contrat cdd cdi interim essai duree determinee \
         preavis stage alternance formation contrato duracion prueba practicas temporal formacion",
    )
});
/// After a time they lead to what somebody did in it.
static GOES_ON: WordSet = WordSet::new(|| {
    Words::of(
        "of in as with working hands professional leading managing building developing im als mit bei de d \
         en dans comme chez como con using designing running doing teaching practical relevant industry \
         on at spent eines",
    )
});
/// The sentence asks for something.
static ASKS: WordSet = WordSet::new(|| {
    Words::of(
        "require requires required requiring requirement need needs needed expect expects expected ask asks \
         asked look looking seek seeks seeking want wants bring brings accept accepts prefer prefers \
         preferred must candidate candidates applicant applicants you your hired hire hires employers \
         postings positions plus ideally du bringst mitbringen erfordert erforderlich verlangt verlangen \
         erwarten erwartet suchen sucht voraussetzung vorausgesetzt bewerber recherchons recherche exige \
         exigee requis requise vous candidat buscamos busca requiere requieren requerido requerida \
         necesitas necesita exigimos tienes candidato candidata cuentas ihr ihre",
    )
});
/// The company speaks of itself.
static WE: WordSet = WordSet::new(|| {
    Words::of(
        "we our us wir unser unsere unserer unserem nous notre nos nosotros nuestro nuestra nuestros \
         nuestras company firm agency unternehmen entreprise empresa founders tenemos contamos",
    )
});

/// What a sentence says of all its times.
pub(super) struct Said {
    /// It asks for something.
    asks: bool,
    /// The company speaks of itself.
    we: bool,
    /// It names an amount of money.
    pays: bool,
}

impl Said {
    pub(super) fn by(phrase: &Phrase<'_>) -> Self {
        let any = |names: &WordSet| (0..phrase.len()).any(|at| names.contains(phrase.word(at)));
        let amount =
            may_hold_an_amount(phrase.text) && (0..phrase.len()).any(|at| is_about_pay(phrase.word(at)));
        Self { asks: any(&ASKS), we: any(&WE), pays: amount || phrase.text.contains(['$', '€', '£']) }
    }
}

/// Whether a time is experience; `until` is the word at which the next time begins.
pub(super) fn is_experience(
    phrase: &Phrase<'_>,
    time: &Duration,
    until: usize,
    said: &Said,
    sentence: &Sentence<'_>,
    place: &Place<'_>,
) -> bool {
    let (start, end) = (time.words.start, time.words.end);
    let kind = place.section.kind.id.as_str();
    let before = phrase.word_before(start, 1);
    let after = phrase.word(end);
    let beside = word_beside(phrase, time, until);
    if time.qualifies && !forward(phrase, end, until) {
        return false;
    }
    if is_a_date(phrase, time) || WHEN.contains(before) || is_not_asked_for(phrase, time) {
        return false;
    }
    let Said { asks: asks_of_you, we, pays } = *said;
    if !beside && is_had(phrase, time) {
        return false;
    }
    let labelled = is_experience_word(before) && phrase.gap(start).contains([':', '|']);
    let asks = place.asking || asks_of_you || labelled;
    if (we && !asks_of_you && !place.asking) || (OF_THE_COMPANY.contains(kind) && !asks_of_you) {
        return false;
    }
    if whose::is_step(phrase, time, sentence, place) {
        return !OF_THE_COMPANY.contains(kind);
    }
    if !forward(phrase, end, until) && names_other(phrase, time, until) {
        return false;
    }
    if !beside && is_of_another(phrase, time) {
        return false;
    }
    // What somebody earns after so many years is no demand.
    if pays && !asks {
        return false;
    }
    if beside || label_says_so(sentence, place, phrase, time) {
        return true;
    }
    let ends = end >= phrase.len() || phrase.breaks(end);
    let goes_on = if ends {
        place.asking || matches!(before, "for" | "about" | "nach")
    } else {
        GOES_ON.contains(after) || after.ends_with("ing") || (place.asking && after == "for")
    };
    let goes_on = goes_on || ASKS.contains(before) || whose::names_posts(phrase, time, place);
    let waits = matches!(before, "for" | "in" | "pour" | "para" | "durante" | "fur") && !asks_of_you;
    asks && goes_on && !waits && !OF_THE_WORLD.contains(kind) && !pays
}

/// An age, or a time from or to now.
fn is_a_date(phrase: &Phrase<'_>, time: &Duration) -> bool {
    let (start, end) = (time.words.start, time.words.end);
    let (after, second) = (phrase.word(end), phrase.word(end + 1));
    let touches = !phrase.breaks(end);
    // "Two years running" and "two years running clusters"
    let ends = end + 1 >= phrase.len() || phrase.breaks(end + 1);
    (touches && DATES.contains(after) && (after != "running" || ends))
        || matches!((after, second), ("of", "age") | ("de", "edad") | ("from", "now") | ("plus", "tard"))
        // "Once you have five years of experience"
        || (start.saturating_sub(3)..start).any(|at| matches!(phrase.word(at), "once" | "sobald"))
        || (start.saturating_sub(4)..start)
            .any(|at| matches!(phrase.word(at), "age" | "aged" | "agee" | "mayor" | "mindestalter" | "alter"))
}

/// "Vous avez plus de 18 ans", "tener 18 años": French and Spanish have their age, and say so without anything behind it.
fn is_had(phrase: &Phrase<'_>, time: &Duration) -> bool {
    let (start, end) = (time.words.start, time.words.end);
    let ends =
        end >= phrase.len() || phrase.breaks(end) || matches!(phrase.word(end), "revolus" | "cumplidos");
    let is_year = end.checked_sub(1).is_some_and(|last| matches!(phrase.word(last), "ans" | "anos"));
    let has = |at: usize| {
        matches!(
            phrase.word(at),
            "avoir" | "avez" | "ayez" | "ayant" | "ont" | "tener" | "tienes" | "tengas" | "tenga"
        )
    };
    ends && is_year && (start.saturating_sub(4)..start).any(has)
}

/// A word for experience in the clause after the time.
fn forward(phrase: &Phrase<'_>, end: usize, until: usize) -> bool {
    let limit = until.min(end + REACH).min(phrase.len());
    (end..limit)
        .take_while(|&at| at == end || !phrase.breaks(at))
        .any(|at| is_experience_word(phrase.word(at)))
        || (end == phrase.len() && end.checked_sub(1).is_some_and(|last| phrase.word(last) == "yoe"))
}

/// A word for experience in the clause of the time, or in the label that it explains.
fn word_beside(phrase: &Phrase<'_>, time: &Duration, until: usize) -> bool {
    if forward(phrase, time.words.end, until) || time.words.clone().any(|at| phrase.word(at) == "yoe") {
        return true;
    }
    let mut start = phrase.clause_start(time.words.start);
    let joins = phrase.gap(start).contains([':', '(', '|', '–', '—', ',']);
    if start == time.words.start && start > 0 && joins {
        start = phrase.clause_start(start - 1);
    }
    (start.max(time.words.start.saturating_sub(REACH))..time.words.start)
        .any(|at| is_experience_word(phrase.word(at)))
}

/// Something else that takes years, directly after the time.
fn names_other(phrase: &Phrase<'_>, time: &Duration, until: usize) -> bool {
    let end = time.words.end;
    (end..until.min(end + 5))
        .take_while(|&at| !phrase.breaks(at) || at == end)
        .any(|at| OTHER_NOUNS.contains(phrase.word(at)))
        || matches!(phrase.word_before(time.words.start, 1), "bac" | "bac+")
}

/// "A contract of 2 years", "CDD de 12 mois", "Probezeit: 6 Monate": the time of something else, directly before it.
fn is_of_another(phrase: &Phrase<'_>, time: &Duration) -> bool {
    let start = time.words.start;
    let before = |distance: usize| phrase.word_before(start, distance);
    match before(1) {
        "of" | "de" | "d" | "von" => {
            CONTRACTS.contains(before(2))
                || OTHER_NOUNS.contains(before(2))
                || before(2) == "period" && CONTRACTS.contains(before(3))
        }
        "for" | "is" | "pour" | "auf" | "uber" | "fur" | "ist" | "por" => CONTRACTS.contains(before(2)),
        "period" => CONTRACTS.contains(before(2)),
        word => CONTRACTS.contains(word),
    }
}

/// "You do not need five years of experience", "five years of experience are not required".
fn is_not_asked_for(phrase: &Phrase<'_>, time: &Duration) -> bool {
    let end = phrase.start(time.words.end);
    let end = end - phrase.gap(time.words.end).len();
    is_negated(&phrase.text[..phrase.start(time.words.start)]) || is_waived(&phrase.text[end..])
}

/// The label of a row, the head of its column or the heading above says that times here are experience.
fn label_says_so(sentence: &Sentence<'_>, place: &Place<'_>, phrase: &Phrase<'_>, time: &Duration) -> bool {
    let says = |text: &str| crate::text::words(beginning(text)).any(|word| is_experience_word(&word.folded));
    let byte = sentence.evidence.start as usize + phrase.start(time.words.start);
    if let Some(column) = sentence.block.cell_at(byte) {
        let head = place.header.and_then(|header| header.cells().nth(column));
        return sentence.block.cells().next().into_iter().chain(head).any(says);
    }
    place.section.heading_of(Some(sentence.index)).is_some_and(|heading| says(&heading.text))
        && (time.words.start <= 1 || phrase.breaks(time.words.start))
}
