//! Which degrees a page asks for or calls usual: "Bachelor's degree in Computer Science or a related field". A degree
//! "or equivalent experience" is asked for as much as its sentence says: who has neither is not meant.

mod degree;
mod field;

use crate::annotate::reading::cues::{is_negated, is_waived};
use crate::annotate::reading::phrase::Phrase;
use crate::annotate::reading::sentence::{Sentence, sentences_of};
use crate::annotate::reading::strength::Strengths;
use crate::model::{Degree, Education, Page, Section};
use aho_corasick::AhoCorasick;
use std::ops::Range;
use std::sync::LazyLock;

/// Most facts of a section.
const MOST: usize = 32;

/// Parts of the words that name degrees; a block without any is not taken apart.
const TRIGGERS: &str = "degree|bachelor|master|mba|phd|ph.d|doctor|doktor|dipl|bsc|b.sc|msc|m.sc|b.a|m.a|ba/|bs/|b.s|m.s|\
     ba |bs |ms |ma |b.tech|btech|beng|meng|b.e|mtech|m.tech|high school|ged|a-level|abitur|matura|\
     realschul|mittlere reife|studium|hochschul|ausbildung|lehre|studier|bac|licence|licenci|grado|\
     grad |graduad|máster|maestr|ingénieur|ingenier|apprentic|promotion|promovier|bts|dut|cap |bep|fp|\
     formación profesional|ciclo formativo|título|titulación|universitari|undergraduate|postgraduate|\
     vocational|secondary|doctoral|bsn|msn|dnp|ll.m";

#[expect(clippy::expect_used, reason = "fails only beyond four billion patterns")]
static FINDER: LazyLock<AhoCorasick> = LazyLock::new(|| {
    AhoCorasick::builder()
        .ascii_case_insensitive(true)
        .build(TRIGGERS.split('|'))
        .expect("an automaton over some words")
});

/// Writes the education of every section.
pub(super) fn annotate(page: &mut Page) {
    let language = page.language.clone();
    for section in &mut page.sections {
        section.education =
            if section.is_about_others() { Vec::new() } else { read(section, language.as_deref()) };
    }
}

fn read(section: &Section, language: Option<&str>) -> Vec<Education> {
    let mut found: Vec<Education> = Vec::new();
    let mut strengths = None;
    for (index, block) in section.own_blocks() {
        if !FINDER.is_match(&block.text) {
            continue;
        }
        for sentence in sentences_of(index, block) {
            let names_one = FINDER.is_match(sentence.text);
            let facts = if names_one { facts_of(&sentence, language) } else { Vec::new() };
            for (mut education, at) in facts {
                if found.len() == MOST {
                    return found;
                }
                let strengths = strengths.get_or_insert_with(|| Strengths::of_section(section));
                education.strength = strengths.at(Some(index), sentence.evidence.start as usize + at);
                found.push(education);
            }
        }
    }
    found
}

/// A degree and the words that name it.
struct Named {
    degree: Degree,
    words: Range<usize>,
}

/// The degrees of a sentence, each once, with the byte that names them.
fn facts_of(sentence: &Sentence<'_>, language: Option<&str>) -> Vec<(Education, usize)> {
    let phrase = Phrase::new(sentence.text);
    let mut named: Vec<Named> = Vec::new();
    let mut at = 0;
    while at < phrase.len() && named.len() < MOST {
        match degree::at(&phrase, at, language) {
            Some((degree, length)) => {
                named.push(Named { degree, words: at..at + length });
                at += length;
            }
            None => at += 1,
        }
    }
    named.retain(|named| !is_denied(&phrase, named) && !is_of_others(&phrase, named));
    let mut facts: Vec<(Education, usize)> = Vec::new();
    for (index, this) in named.iter().enumerate() {
        // "Bachelor's or Master's degree in X": the field is that of both.
        let joined =
            named[index..].windows(2).take_while(|pair| pair[1].words.start - pair[0].words.end <= 2).count();
        let field = (index..=index + joined).find_map(|at| {
            let until = named.get(at + 1).map_or(phrase.len(), |next| next.words.start);
            field::of(&phrase, &named[at], until)
        });
        let earlier = facts.iter().position(|(fact, _)| fact.degree == this.degree);
        match earlier {
            Some(earlier) => {
                let fact = &mut facts[earlier].0;
                fact.field = fact.field.take().or(field);
            }
            None => facts.push((
                Education {
                    degree: this.degree,
                    field,
                    strength: crate::model::Strength::Named,
                    evidence: sentence.evidence,
                },
                phrase.start(this.words.start),
            )),
        }
    }
    facts
}

/// "No degree required", "kein Studium", "a degree is not required".
fn is_denied(phrase: &Phrase<'_>, named: &Named) -> bool {
    let end = phrase.start(named.words.end);
    let end = end - phrase.gap(named.words.end).len();
    is_negated(&phrase.text[..phrase.start(named.words.start)]) || is_waived(&phrase.text[end..])
}

/// "Students who have obtained a diploma", "PhD candidates": somebody else's.
fn is_of_others(phrase: &Phrase<'_>, named: &Named) -> bool {
    let others = |word: &str| {
        matches!(word, "student" | "students" | "thesis" | "theses" | "pupils" | "fellows" | "studenten")
    };
    let (start, next) = (named.words.start, phrase.word(named.words.end));
    others(next)
        || matches!(next, "candidate" | "candidates") && !phrase.breaks(named.words.end)
        || (start.saturating_sub(8)..start).any(|at| others(phrase.word(at)) || phrase.word(at) == "teach")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Strength;
    use crate::parse::{Format, parse};

    fn facts(section: &str, text: &str) -> Vec<(Degree, Option<String>, Strength)> {
        let markdown = format!("# Engineer\n\n## {section}\n\n{text}\n");
        let mut page = parse(markdown.as_bytes(), Format::Markdown).expect("a page");
        annotate(&mut page);
        let facts = page.sections.into_iter().flat_map(|section| section.education);
        facts.map(|fact| (fact.degree, fact.field, fact.strength)).collect()
    }

    #[test]
    fn degrees_with_their_field() {
        use Degree::{Associate, Bachelor, Doctorate, Master, Secondary, Vocational};
        for (text, wanted) in [
            (
                "Bachelor's or Master's degree in Computer Science, Engineering, or related field",
                vec![(Bachelor, "Computer Science, Engineering"), (Master, "Computer Science, Engineering")],
            ),
            (
                "Bachelor's degree in Computer Science or a related field",
                vec![(Bachelor, "Computer Science")],
            ),
            ("Bachelor of Science in Physics", vec![(Bachelor, "Physics")]),
            ("BSc in Mathematics or equivalent experience", vec![(Bachelor, "Mathematics")]),
            ("B.Tech or M.Tech in Electronics", vec![(Bachelor, "Electronics"), (Master, "Electronics")]),
            ("BS/MS in Computer Science", vec![(Bachelor, "Computer Science"), (Master, "Computer Science")]),
            ("An MBA", vec![(Master, "")]),
            ("Ph.D. in Statistics", vec![(Doctorate, "Statistics")]),
            ("High school diploma or GED", vec![(Secondary, "")]),
            ("Associate's degree in nursing", vec![(Associate, "nursing")]),
            ("A degree in psychology", vec![(Bachelor, "psychology")]),
            ("A computer science degree", vec![(Bachelor, "computer science")]),
            ("Completed apprenticeship as an electrician", vec![(Vocational, "electrician")]),
            ("Abgeschlossenes Studium der Informatik", vec![(Bachelor, "Informatik")]),
            ("Abgeschlossene Ausbildung als Fachinformatiker", vec![(Vocational, "Fachinformatiker")]),
            ("Abitur", vec![(Secondary, "")]),
            (
                "Bachelor oder Master in Wirtschaftsinformatik",
                vec![(Bachelor, "Wirtschaftsinformatik"), (Master, "Wirtschaftsinformatik")],
            ),
            ("Promotion in Chemie", vec![(Doctorate, "Chemie")]),
            ("Formation Bac+5 en informatique", vec![(Master, "informatique")]),
            ("Master 2 en droit", vec![(Master, "droit")]),
            ("Diplôme d'ingénieur", vec![(Master, "")]),
            ("Titulaire d'un BTS en comptabilité", vec![(Associate, "comptabilité")]),
            ("Grado en Ingeniería Informática", vec![(Bachelor, "Ingeniería Informática")]),
            ("Licenciatura en Derecho", vec![(Bachelor, "Derecho")]),
            ("FP en Administración", vec![(Vocational, "Administración")]),
            ("Máster en Finanzas", vec![(Master, "Finanzas")]),
            ("Candidates must have a bachelor's degree in nursing.", vec![(Bachelor, "nursing")]),
            ("BS in STEM", vec![(Bachelor, "STEM")]),
            ("BA/MA", vec![(Bachelor, ""), (Master, "")]),
            ("BSN or ADN, MSN preferred", vec![(Bachelor, ""), (Associate, ""), (Master, "")]),
            ("Bachelor's degree, experience with LLM applications", vec![(Bachelor, "")]),
            ("LL.M. in tax", vec![(Master, "tax")]),
            ("Lehre im Handwerk", vec![(Vocational, "Handwerk")]),
            ("Une licence ou un Master", vec![(Bachelor, ""), (Master, "")]),
            ("Une licence de droit", vec![(Bachelor, "droit")]),
            ("CAP ou BEP", vec![(Vocational, "")]),
            ("Vous êtes titulaire du CAP Petite enfance et vous aimez votre métier.", vec![(Vocational, "")]),
            (
                "Buscamos una persona con FP de grado superior para nuestro equipo de ventas.",
                vec![(Vocational, "")],
            ),
            ("Not only a bachelor's degree, but curiosity", vec![(Bachelor, "")]),
        ] {
            let found = facts("Requirements", text);
            let found: Vec<(Degree, &str)> =
                found.iter().map(|(degree, field, _)| (*degree, field.as_deref().unwrap_or(""))).collect();
            assert_eq!(found, wanted, "{text}");
        }
    }

    #[test]
    fn what_is_no_degree() {
        for text in [
            "Scrum Master certification",
            "Merge into the master branch",
            "Maintain master data",
            "Plan a bachelor party",
            "Associate Engineer",
            "You will master new tools",
            "A high degree of autonomy",
            "Assess the degree of risk",
            "360-degree feedback",
            "No degree required",
            "Kein Studium erforderlich",
            "Betreuung der Ausbildung von Azubis",
            "A promotion in two years",
            "MS Office and MS Excel",
            "En gran grado",
            "Back-office work",
            "Teach bachelor students",
            "Refer clients to additional vocational training",
            "CAP theorem",
            "Explain the CAP theorem and its limits to other engineers of the team.",
            "FP in Scala",
            "Work with FP&A and the controllers of the group on the plan for next year.",
            "Test the DUT with an oscilloscope and write down what you have measured.",
            "Install BTS and antennas of mobile networks on roofs in the whole country.",
            "YOU WILL BE IN CHARGE OF TEAMS",
            "WORK AS MASTER ELECTRICIAN",
            "Promotion in Germany usually takes three years.",
            "Promotion in Deutschland",
            "Une licence Adobe",
            "Forschung und Lehre im Bereich Medizin",
            "A degree is not required.",
            "You do not need a bachelor's degree.",
            "Ein Studium ist nicht erforderlich.",
            "Un BTS n'est pas obligatoire",
            "Supervise PhD candidates",
        ] {
            assert_eq!(facts("Requirements", text), [], "{text}");
        }
    }

    #[test]
    fn strengths() {
        let strength = |section: &str, text: &str| facts(section, text)[0].2;
        assert_eq!(
            strength("Requirements", "Bachelor's degree or equivalent experience"),
            Strength::Required
        );
        assert_eq!(strength("Overview", "A master's degree is a plus."), Strength::Preferred);
        let labelled = "Relevant degrees: a bachelor's degree in law, or a related field is often preferred.";
        assert_eq!(strength("Overview", labelled), Strength::Preferred);
        let unless = "While not strictly required, a bachelor's degree in law, or the like is beneficial.";
        assert_eq!(strength("Overview", unless), Strength::Preferred);
        assert_eq!(strength("Overview", "Many hold a bachelor's degree in economics."), Strength::Named);
        let both = facts("Requirements", "Bachelor's degree required, Master's degree preferred");
        assert_eq!((both[0].2, both[1].2), (Strength::Required, Strength::Preferred));
        let of_candidates = "Candidates must have a bachelor's degree in nursing.";
        assert_eq!(strength("Overview", of_candidates), Strength::Required);
    }

    #[test]
    fn hostile_text_is_read_in_linear_time() {
        assert_eq!(facts("Requirements", &"Bachelor or Master in ".repeat(20_000)).len(), MOST);
    }
}
