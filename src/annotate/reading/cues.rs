//! The words by which pages say how much something is asked for, in four languages.

use super::word_set::{WordSet, Words};
use crate::model::Strength::{self, Named, Preferred, Required};
use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use std::ops::Range;
use std::sync::LazyLock;

/// Which side of the words that which they speak of stands on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::annotate) enum Side {
    /// "Ideally Kotlin": it follows.
    Follows,
    /// "Kotlin is a plus": it precedes.
    Precedes,
    /// "Preferred: Kotlin" and "Kotlin preferred".
    Either,
    /// "Kotlin helps.": it precedes, and the clause ends; in "Kotlin helps teams" the words are no cue.
    Closing,
    /// "Bonus:": it follows, and nothing else stands before the colon; in "Salary and bonus" the words are no cue.
    Alone,
}

/// Words that say how much something is asked for.
#[derive(Clone, Debug)]
pub(in crate::annotate) struct Cue {
    pub(in crate::annotate) at: Range<usize>,
    /// [`Named`] for words that only look like a cue: "as required".
    pub(in crate::annotate) strength: Strength,
    pub(in crate::annotate) side: Side,
}

/// The words of one strength and side, separated by `|`.
type Wordings = (Strength, Side, &'static str);

/// In sentences.
const SENTENCE: &[Wordings] = &[
    (
        Named,
        Side::Either,
        "as required|if required|when required|where required|as needed|if needed|when needed|where needed|\
         as necessary|if necessary|where necessary|when necessary|can expect|may expect|preferred partner|\
         as expected|than expected|expected to|is expected to|are expected to|as recommended|as desired|\
         if desired|desired outcome|desired outcomes|desired result|desired results|desired effect|\
         desired state|minimum wage|minimum viable|looking for a job|looking for jobs|looking for work|\
         looking for a new|you are looking for|you're looking for|you’re looking for|are you looking for|\
         to look for|receive a bonus|receives a bonus|get a bonus|earn a bonus|pay a bonus|pays a bonus|\
         offer a bonus|offers a bonus|falls erforderlich|wenn nötig|falls nötig|si nécessaire|si besoin|si es necesario",
    ),
    (
        Preferred,
        Side::Follows,
        "bonus points|extra points|ideally|preferably|we prefer|they prefer|employers prefer|\
         idealerweise|vorzugsweise|bevorzugt mit|pluspunkte|idéalement|de préférence|idealmente|\
         preferiblemente|preferentemente|de preferencia",
    ),
    (
        Preferred,
        Side::Precedes,
        "a plus|a big plus|a strong plus|a bonus|an advantage|a distinct advantage|advantageous|beneficial|\
         an asset|is helpful|are helpful|be helpful|is appreciated|are appreciated|is welcome|are welcome|\
         would be great|would be nice|recommended|nice to see|helps a lot|helps too|helps with|\
         helps here|helps if|helps when|helps but|ein plus|ein pluspunkt|von vorteil|\
         ein vorteil|vorteilhaft|hilfreich|gern gesehen|gerne gesehen|willkommen|un plus|un atout|\
         un avantage|apprécié|appréciée|appréciés|appréciées|bienvenue|una ventaja|un punto a favor|\
         un valor añadido|valorado|valorada|preferible|recomendable",
    ),
    (Preferred, Side::Closing, "helps"),
    (Preferred, Side::Alone, "bonus|plus"),
    (
        Preferred,
        Side::Either,
        "nice to have|nice-to-have|good to have|preferred|desirable|desired|optional|wünschenswert|erwünscht|\
         wünschen|souhaité|souhaitée|souhaités|souhaitées|souhaitable|facultatif|deseable|deseables|\
         se valorará|se valorarán|se valora|valorable|valorables|opcional",
    ),
    (
        Required,
        Side::Follows,
        "must have|must-have|must possess|must hold|must be able|must know|must bring|you have|you've|\
         you bring|you need|you will need|you'll need|you’ll need|you possess|you hold|candidates need|\
         requires|require|requiring|ask for|asks for|asking for|employers expect|expects|we expect|\
         look for|looks for|looking for|at least|minimum|du hast|sie haben|du bringst|sie bringen|\
         du verfügst|sie verfügen|du besitzt|sie besitzen|wir erwarten|wir suchen|mindestens|vorausgesetzt wird|\
         vous avez|vous disposez|vous justifiez|vous possédez|vous maîtrisez|nous recherchons|nous demandons|\
         exige|requiert|nécessite|au moins|au minimum|tienes|tiene usted|cuentas con|buscamos|se requiere|\
         se requieren|requiere|necesitas|se exige|exigimos|al menos|como mínimo|mínimo",
    ),
    (
        Required,
        Side::Precedes,
        "a must|is essential|are essential|is necessary|are necessary|necessary|needed|is expected|\
         are expected|notwendig|nötig|vorausgesetzt|setzen wir voraus|pflicht|nécessaire|nécessaires|\
         exigé|exigée|exigés|exigées|necesario|necesaria|necesarios|necesarias",
    ),
    (Required, Side::Closing, "expected"),
    (
        Required,
        Side::Either,
        "required|mandatory|erforderlich|zwingend|voraussetzung|unabdingbar|requis|requise|requises|\
         obligatoire|obligatoires|indispensable|indispensables|impératif|imprescindible|imprescindibles|\
         obligatorio|obligatoria|requerido|requerida|requeridos|requeridas",
    ),
];

/// In headings, and in the lead-ins of lists, where nouns say it too.
const HEADING: &[Wordings] = &[
    (
        Named,
        Side::Either,
        "you are looking for|you're looking for|you’re looking for|are you looking for|to look for|to ask for|\
         desired outcome|desired outcomes|desired results|recommended reading|recommended jobs|\
         recommended resources|recommended courses|recommended books|recommended articles|\
         recommended for you|everything you need to know|all you need to know",
    ),
    (Preferred, Side::Alone, "bonus|plus|advantage"),
    (
        Preferred,
        Side::Either,
        "nice to have|nice to haves|nice-to-have|nice-to-haves|bonus points|bonus skills|bonus qualifications|\
         bonus experience|bonus if|a bonus|a plus|big plus|strong plus|plus points|preferred|desirable|desired|\
         optional|ideally|good to have|extra points|an advantage|advantageous|recommended|wünschenswert|\
         von vorteil|pluspunkte|idealerweise|optionale|un plus|souhaité|souhaitée|souhaités|souhaitées|atouts|\
         appréciées|appréciés|facultatif|deseable|deseables|se valorará|se valora|valorable|opcional|\
         opcionales|optionnelles",
    ),
    (Required, Side::Alone, "minimum|looking for"),
    (
        Required,
        Side::Either,
        "requirement|requirements|required|must|must have|must haves|must-have|must-haves|essential|mandatory|\
         minimum of|minimum experience|minimum education|minimum skills|minimum knowledge|minimum criteria|\
         at minimum|at a minimum|basic qualifications|qualifications|you have|you bring|you need|you'll need|\
         you will need|requires|require|who you are|your profile|are looking for|is looking for|\
         re looking for|we looking for|we look for|employers look for|companies look for|managers look for|\
         recruiters look for|looks for|needed|necessary|ask for|we expect|they expect|\
         employers expect|companies expect|managers expect|recruiters expect|teams expect|expect of you|\
         expect from you|anforderungen|\
         voraussetzungen|erforderlich|erforderliche|notwendige|dein profil|ihr profil|das bringst du mit|\
         das bringen sie mit|was du mitbringst|was sie mitbringen|qualifikationen|du hast|sie haben|du bringst|\
         sie bringen|wir erwarten|mindestens|exigences|requis|requise|requises|prérequis|pré-requis|\
         indispensables|obligatoires|profil recherché|votre profil|vous avez|vous disposez|nous recherchons|\
         nécessaires|essentielles|requisitos|requerimientos|requerido|requerida|requeridas|requeridos|\
         imprescindible|imprescindibles|obligatorio|se requiere|buscamos|tienes|necesarias|necesarios|mínimos",
    ),
];

/// Before a cue of [`Strength::Required`] they turn it round: "no degree required".
static NEGATIONS: WordSet = WordSet::new(|| {
    Words::of(
        "no not isn isnt aren arent don dont doesn doesnt needn never without neither nor nicht kein keine \
         keinen keiner ohne pas sans aucun aucune sin ningun ninguna",
    )
});
/// Behind a negation they make it none: "not only a degree", "no less than a degree".
static ONLY: WordSet = WordSet::new(|| {
    Words::of("only just merely less fewer nur bloss weniger seulement moins solo solamente menos")
});
/// A negation reaches no further: "no experience, but a degree".
static TURNS: WordSet = WordSet::new(|| Words::of("but aber sondern mais pero sino"));
/// Behind what is asked for and a negation they take it back: "a degree is not required".
static NEEDED: WordSet = WordSet::new(|| {
    Words::of(
        "required require necessary needed mandatory essential must obligatory compulsory expected \
         prerequisite requirement erforderlich notwendig notig zwingend unbedingt pflicht voraussetzung \
         bedingung muss vorausgesetzt verlangt obligatoire obligatoires requis requise requises exige exigee \
         exiges exigees necessaire necessaires indispensable indispensables imperatif imperative \
         obligatorio obligatoria obligatorios obligatorias necesario necesaria necesarios necesarias \
         requerido requerida imprescindible imprescindibles",
    )
});
/// How many words before a cue a negation stands at most.
const NEGATED_WITHIN: usize = 6;
/// How far behind what is asked for it is taken back at most, in bytes, and how far before it it is negated.
const LONGEST_CLAUSE: usize = 200;

/// Finds the cues of a table.
pub(in crate::annotate) struct Cues {
    automaton: AhoCorasick,
    meanings: Vec<(Strength, Side)>,
}

/// The cues of sentences.
pub(in crate::annotate) static OF_SENTENCES: LazyLock<Cues> = LazyLock::new(|| Cues::new(SENTENCE));
/// The cues of headings.
pub(in crate::annotate) static OF_HEADINGS: LazyLock<Cues> = LazyLock::new(|| Cues::new(HEADING));

impl Cues {
    #[expect(clippy::expect_used, reason = "fails only beyond four billion patterns")]
    fn new(table: &[Wordings]) -> Self {
        let (mut wordings, mut meanings) = (Vec::new(), Vec::new());
        for &(strength, side, words) in table {
            for wording in words.split('|') {
                wordings.push(wording);
                meanings.push((strength, side));
            }
        }
        let automaton = AhoCorasick::builder()
            // Every block is searched: one step a byte is worth the memory of the states.
            .kind(Some(AhoCorasickKind::DFA))
            .match_kind(MatchKind::LeftmostLongest)
            .ascii_case_insensitive(true)
            .build(wordings)
            .expect("an automaton over some hundred wordings");
        Self { automaton, meanings }
    }

    /// The cues of a text that are whole words, in order.
    pub(in crate::annotate) fn find<'t>(&'t self, text: &'t str) -> impl Iterator<Item = Cue> + 't {
        let whole = self.automaton.find_iter(text).filter(|found| is_whole(text, &found.range()));
        let cues = whole.map(|found| {
            let (strength, side) = self.meanings[found.pattern().as_usize()];
            Cue { at: found.range(), strength, side }
        });
        cues.filter(|cue| cue.stands_where_it_means_it(text))
    }

    /// How much a heading says that what is below it is asked for; none where it says nothing, or both.
    pub(in crate::annotate) fn of_heading(&self, heading: &str) -> Option<Strength> {
        let cues = self.find(heading).filter(|cue| cue.strength != Named);
        let cues = cues.filter(|cue| !is_negated(&heading[..cue.at.start]));
        let mut strengths = cues.map(|cue| cue.strength);
        let first = strengths.next()?;
        // "Preferred qualifications": the noun says less than the word that qualifies it.
        let qualified = strengths.fold(first, Ord::min);
        let both = heading.contains(['&', '/']) || heading.to_ascii_lowercase().contains(" and ");
        (first == qualified || !both).then_some(qualified)
    }
}

impl Cue {
    fn stands_where_it_means_it(&self, text: &str) -> bool {
        let (before, after) = (&text[..self.at.start], text[self.at.end..].trim_start());
        match self.side {
            Side::Closing => !after.starts_with(char::is_alphanumeric),
            Side::Alone => {
                let explained = after.starts_with([':', '(', '–', '—', '-', '.', '!', '?', '…']);
                (after.is_empty() || explained) && !before.contains(char::is_alphanumeric)
            }
            Side::Follows | Side::Precedes | Side::Either => true,
        }
    }
}

/// A text that ends with a negation a few words ago, in the same clause.
pub(in crate::annotate) fn is_negated(before: &str) -> bool {
    let before = &before[before.ceil_char_boundary(before.len().saturating_sub(LONGEST_CLAUSE))..];
    let clause =
        before.rfind([',', ';', ':', '(', '|', '.', '?', '!']).map_or(before, |at| &before[at + 1..]);
    let mut behind_is_only = false;
    clause
        .rsplit(|c: char| !c.is_alphabetic())
        .filter(|word| !word.is_empty())
        .take(NEGATED_WITHIN)
        .map(crate::text::fold)
        .take_while(|word| !TURNS.contains(word.as_ref()))
        .any(|word| {
            let negates = NEGATIONS.contains(word.as_ref()) && !behind_is_only;
            behind_is_only = ONLY.contains(word.as_ref());
            negates
        })
}

/// A text whose first clause, or what stands in brackets before it, says that what stands before it is not needed:
/// "… is not required", "… (nicht erforderlich)". What is no must, but welcome, is still wished for.
pub(in crate::annotate) fn is_waived(after: &str) -> bool {
    let after = after[..after.floor_char_boundary(LONGEST_CLAUSE)].trim_start();
    let after = after.strip_prefix('(').unwrap_or(after);
    let clause = after.find([',', ';', ':', '(', ')', '|', '.', '?', '!', '–', '—']).unwrap_or(after.len());
    let words: Vec<_> = crate::text::words(&after[..clause]).map(|word| word.folded).collect();
    let word = |at: usize| words.get(at).map_or("", AsRef::as_ref);
    let waives = |at: usize| {
        let reach = match (word(at), word(at + 1)) {
            (_, next) if ONLY.contains(next) => 0,
            ("not" | "isnt" | "arent" | "never" | "nicht" | "pas", _) => 3,
            ("no", "es" | "son" | "sera" | "is") => 2,
            ("kein" | "keine" | "keinen", _) => 1,
            _ => 0,
        };
        (at + 1..=at + reach).any(|at| NEEDED.contains(word(at)))
    };
    let welcome = words.iter().any(|word| TURNS.contains(word.as_ref()));
    !welcome && (0..words.len()).any(waives)
}

/// Neither a letter nor a digit goes on at either end.
pub(in crate::annotate) fn is_whole(text: &str, at: &Range<usize>) -> bool {
    let before = text[..at.start].chars().next_back();
    let after = text[at.end..].chars().next();
    !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_negated_and_what_is_taken_back() {
        for (before, wanted) in [
            ("You do not need ", true),
            ("You don't need ", true),
            ("Sie brauchen kein ", true),
            ("Not only ", false),
            ("No less than ", false),
            ("No experience but ", false),
            ("Sie haben nicht nur ", false),
            ("Why not? You need ", false),
            ("No nonsense, ", false),
        ] {
            assert_eq!(is_negated(before), wanted, "{before}");
        }
        for (after, wanted) in [
            (" is not required.", true),
            (" in law isn't strictly necessary", true),
            (" (not required)", true),
            (" ist nicht zwingend erforderlich.", true),
            (" ist keine Voraussetzung", true),
            (" n'est pas obligatoire.", true),
            (" no es imprescindible.", true),
            (" is required", false),
            (", experience is not required", false),
            (" and no experience required", false),
            (" is not required but a plus", false),
            (" is not only required", false),
            ("", false),
        ] {
            assert_eq!(is_waived(after), wanted, "{after}");
        }
    }

    #[test]
    fn headings_in_four_languages() {
        for (heading, wanted) in [
            ("Preferred Qualifications", Some(Preferred)),
            ("Nice to have", Some(Preferred)),
            ("Basic qualifications", Some(Required)),
            ("Ihr Profil", Some(Required)),
            ("Von Vorteil", Some(Preferred)),
            ("Profil recherché", Some(Required)),
            ("Requisitos deseables", Some(Preferred)),
            ("No degree required", None),
            ("Required and preferred skills", None),
            ("Day to day", None),
            ("Surplus", None),
            ("Bonus", Some(Preferred)),
            ("Bonus points", Some(Preferred)),
            ("✨ Plus:", Some(Preferred)),
            ("It is a plus if you know", Some(Preferred)),
            ("Minimum qualifications", Some(Required)),
            ("Minimum", Some(Required)),
            ("Minimum experience", Some(Required)),
            ("What we expect", Some(Required)),
            ("What employers expect", Some(Required)),
            ("What we’re looking for", Some(Required)),
            ("Who are we looking for?", Some(Required)),
            ("What employers look for", Some(Required)),
            ("What to expect", None),
            ("What you can expect", None),
            ("Looking for a job", None),
            ("Is this the job you're looking for?", None),
            ("What to look for in a mentor", None),
            ("Minimum wage", None),
            ("Salary and bonus", None),
            ("Bonus & benefits", None),
            ("Annual bonus", None),
            ("Competitive advantage", None),
            ("Salary plus commission", None),
            ("Desired outcomes", None),
            ("Recommended reading", None),
        ] {
            assert_eq!(OF_HEADINGS.of_heading(heading), wanted, "{heading}");
        }
    }
}
