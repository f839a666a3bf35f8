//! The language of a page that does not state one: told from the letters and letter triples of its running text.

use crate::model::{Language, Page};
use crate::text;
use std::sync::LazyLock;

/// How much text is looked at, in bytes: more tells no more, and takes its time.
const SAMPLE: usize = 1200;
/// Fewer letters tell nothing.
const FEWEST_LETTERS: usize = 40;
/// A block of fewer words is a label, and labels (names of tools, titles of roles) are English in every language.
const FEWEST_WORDS: usize = 6;

/// Words that English has often, and hardly any other language as they are written.
const ENGLISH: [&str; 13] = [
    "the", "and", "with", "you", "your", "that", "this", "from", "their", "they", "which", "these", "should",
];
/// A text is English where one word in so many is one of them, and so many are; mostly it is one in seven.
const ENGLISH_ONE_IN: usize = 10;
const FEWEST_ENGLISH: usize = 5;

/// Only languages that are known by name: among more, short texts are mistaken for rare ones.
static DETECTOR: LazyLock<whatlang::Detector> = LazyLock::new(|| {
    let known = |lang: &whatlang::Lang| Language::with_code(lang.code()).is_some();
    whatlang::Detector::with_allowlist(whatlang::Lang::all().iter().copied().filter(known).collect())
});

/// The language of a page's text, where it can be told.
pub fn of_text(page: &Page) -> Option<&'static Language> {
    let mut sample = String::with_capacity(SAMPLE + 256);
    let blocks = || page.sections.iter().flat_map(|section| &section.blocks).map(|block| block.text.as_str());
    let sentences = || blocks().filter(|text| text.split_whitespace().nth(FEWEST_WORDS - 1).is_some());
    add(&mut sample, sentences());
    if !tells(&sample) {
        // Scripts without spaces, and pages of nothing but short items.
        add(&mut sample, blocks());
    }
    if !tells(&sample) {
        return None;
    }
    leave_out_names(&mut sample);
    // To compare a text with what all languages have most takes as long as to read the page.
    if is_surely_english(&sample) {
        return Language::with_code("en");
    }
    let info = DETECTOR.detect(&sample).filter(whatlang::Info::is_reliable)?;
    Language::with_code(info.lang().code())
}

/// Whether it has so many words of English that it does not only quote some.
fn is_surely_english(sample: &str) -> bool {
    let (mut english, mut all) = (0, 0);
    for word in text::words(sample) {
        all += 1;
        // Folded, words of other languages are written as these are.
        english += usize::from(ENGLISH.iter().any(|english| english.eq_ignore_ascii_case(word.written)));
    }
    english >= FEWEST_ENGLISH && english * ENGLISH_ONE_IN >= all
}

fn add<'a>(sample: &mut String, texts: impl Iterator<Item = &'a str>) {
    for text in texts {
        if sample.len() >= SAMPLE {
            return;
        }
        sample.push_str(&text[..text.floor_char_boundary(SAMPLE - sample.len())]);
        sample.push('\n');
    }
}

/// Whether a sample is long enough.
fn tells(sample: &str) -> bool {
    letters(sample, |_| true) >= FEWEST_LETTERS
}

/// The Latin letters of a text that is written in another script are names of tools.
fn leave_out_names(sample: &mut String) {
    let latin = |c: char| u32::from(c) < 0x0250;
    if 2 * letters(sample, |c| !latin(c)) >= letters(sample, latin) {
        sample.retain(|c| !c.is_ascii_alphabetic());
    }
}

/// How much the letters say that are meant; a character of an unspaced script says as much as several letters.
fn letters(text: &str, meant: impl Fn(char) -> bool) -> usize {
    let weight = |c: char| if u32::from(c) >= 0x2E80 { 4 } else { 1 };
    text.chars().filter(|&c| c.is_alphabetic() && meant(c)).map(weight).sum()
}

#[cfg(test)]
mod tests {
    use crate::parse::{Format, parse};

    fn told(text: &str) -> Option<String> {
        let page = parse(text.as_bytes(), Format::Markdown).expect("a page");
        assert_eq!(page.language.is_some(), page.language_inferred);
        page.language
    }

    #[test]
    fn the_text_tells_where_the_page_does_not() {
        for (code, text) in [
            (
                "en",
                "You run the platform that every other team builds on, and you teach them how to use it well.",
            ),
            ("de", "Sie betreuen unsere Server und sorgen dafür, dass die Anwendungen zuverlässig laufen."),
            ("fr", "Vous concevez des services fiables et vous accompagnez les équipes dans leurs choix."),
            ("es", "Diseñas servicios fiables y acompañas a los equipos en las decisiones de cada día."),
            ("pt", "Você desenha serviços confiáveis e acompanha as equipes nas decisões de cada dia."),
            ("nl", "Je ontwerpt betrouwbare diensten en begeleidt de teams bij de keuzes van elke dag."),
            ("ru", "Вы проектируете надёжные сервисы и помогаете командам принимать решения каждый день."),
            ("ja", "信頼性の高いサービスを設計し、チームの日々の意思決定を支援します。"),
        ] {
            assert_eq!(
                told(&format!("# DevOps Engineer\n\n{text}\n\n- Docker\n- Kubernetes\n")).as_deref(),
                Some(code)
            );
        }
    }

    #[test]
    fn words_that_look_english_do_not_make_a_text_english() {
        for text in [
            "Wer wirklich etwas lernen will, ist bei uns genau richtig.",
            "Du skal have erfaring med Docker, Kubernetes og automatisering.",
            "Candidatul ideal are experiență în dezvoltarea aplicațiilor web.",
            "Bạn có thể làm việc cùng các nhóm phát triển và có thể học hỏi mỗi ngày.",
            "Ищем бариста в кофейню The Coffee Bean and Tea and The Roastery, опыт приветствуется, обучение тоже.",
            "Sie arbeiten mit The Hive, dem Team hinter This Is You and Me and The Bean, und lernen jeden Tag etwas dazu, \
             denn wir bilden unsere Leute seit vielen Jahren selbst aus und zahlen nach Tarif mit allen Zulagen, \
             die in der Branche üblich sind, und mit dreißig Tagen Urlaub im Jahr, die Sie frei legen können, \
             und wer Kinder hat, bekommt im Sommer zuerst, was er sich wünscht, weil uns Familien am Herzen liegen.",
        ] {
            assert_ne!(told(&format!("# DevOps\n\n{text}\n")).as_deref(), Some("en"), "{text}");
        }
    }

    #[test]
    fn names_and_a_few_words_tell_nothing() {
        assert_eq!(told("# DevOps\n\n- Docker\n- Kubernetes\n- Go\n"), None);
        assert_eq!(told("# Chef\n\nWir kochen."), None);
    }
}
