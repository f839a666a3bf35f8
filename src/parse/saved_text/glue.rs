//! Splits off what a saved list swallowed: the paragraph that stood after a list is glued to the list's last item, and
//! the line that introduces the next list to the item before it, behind a space or none.
//!
//! What tells a glued piece is that a block begins where none has ended (`begins`), or that the items around it end
//! otherwise: they are one sentence each and it is two. An item may be a sentence among others that are none, and names
//! have capitals, so that much has to speak for it; less on a page of which another list surely swallowed something.

use super::begins::{Beginning, FEWEST, LIKELY, SURE, is_finite, plain, within_sentence, within_word, words};
use crate::model::{BlockKind, section_kind};
use crate::parse::outline::Entry;
use crate::text::sentences;

/// The most of an item that is looked at, in bytes.
const LONGEST: usize = 4_000;

/// How a page's lists were saved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Manner {
    /// What stood behind them stands behind them.
    Whole,
    /// Hardly any paragraph stands behind a list: they may have swallowed it.
    Alone,
    /// One has swallowed the paragraph behind it, beyond doubt.
    Swallow,
}

impl Manner {
    /// The manner of a page.
    pub(super) fn of(entries: &[Entry]) -> Self {
        let (mut lists, mut followed) = (0, 0);
        let mut entries = entries.chunk_by(|a, b| a.is_item() && b.is_item()).peekable();
        while let Some(list) = entries.next() {
            let texts = list.iter().filter_map(item);
            let Some(last) = texts.clone().next_back() else { continue };
            if !last.ends_with(':') && Style::of(texts, Self::Whole).glued(last, true).is_some() {
                return Self::Swallow;
            }
            lists += 1;
            let paragraph = |entry: &Entry| matches!(entry, Entry::Text { kind: BlockKind::Paragraph, .. });
            followed += u32::from(entries.peek().and_then(|next| next.first()).is_some_and(paragraph));
        }
        // The one in question does not speak against itself.
        let alone = lists >= FEWEST_LISTS && FEW * followed.saturating_sub(1) <= lists;
        if alone { Self::Alone } else { Self::Whole }
    }
}

fn item(entry: &Entry) -> Option<&str> {
    match entry {
        Entry::Text { kind: BlockKind::Item { .. }, text, .. } => Some(text),
        _ => None,
    }
}

/// The fewest lists of a page that tell its manner, and how few of them paragraphs may follow: one of so many.
const FEWEST_LISTS: u32 = 4;
const FEW: u32 = 4;

/// Splits the glued pieces of every list into paragraphs of their own.
pub(super) fn split(entries: &mut Vec<Entry>, manner: Manner) {
    let mut split: Vec<Entry> = Vec::with_capacity(entries.len());
    let mut list: Vec<(BlockKind, String)> = Vec::new();
    for entry in std::mem::take(entries) {
        match entry {
            Entry::Text { kind: kind @ BlockKind::Item { .. }, text, link: None } => list.push((kind, text)),
            other => {
                split_list(std::mem::take(&mut list), manner, &mut split);
                split.push(other);
            }
        }
    }
    split_list(list, manner, &mut split);
    *entries = split;
}

fn split_list(list: Vec<(BlockKind, String)>, manner: Manner, to: &mut Vec<Entry>) {
    let style = Style::of(list.iter().map(|(_, text)| text.as_str()), manner);
    let last = list.len().saturating_sub(1);
    for (index, (kind, text)) in list.into_iter().enumerate() {
        let at = style.glued(&text, index == last);
        let (item, glued) = text.split_at(at.unwrap_or(text.len()));
        to.push(Entry::Text { kind, text: item.trim_end().to_owned(), link: None });
        if !glued.is_empty() {
            to.push(Entry::paragraph(glued));
        }
    }
}

/// How the items of a list are written, the last aside.
struct Style {
    manner: Manner,
    /// How many items there are, the last among them.
    items: usize,
    /// How many words the longest has.
    longest: usize,
    /// How many end without a full stop.
    bare: usize,
    /// How many end with a question mark.
    asks: usize,
    /// How many begin with a small letter.
    small: usize,
    /// The fewest and the most sentences that an item has.
    fewest: usize,
    most: usize,
}

impl Style {
    fn of<'t>(items: impl Iterator<Item = &'t str>, manner: Manner) -> Self {
        let mut style =
            Self { manner, items: 0, longest: 0, bare: 0, asks: 0, small: 0, fewest: usize::MAX, most: 0 };
        let mut items = items.peekable();
        while let Some(text) = items.next() {
            style.items += 1;
            if items.peek().is_some() {
                style.longest = style.longest.max(text.split(' ').count());
                style.bare += usize::from(!ends_sentence(text));
                style.asks += usize::from(text.ends_with('?'));
                style.small += usize::from(text.starts_with(char::is_lowercase));
                let sentences = sentences(text).len();
                style.fewest = style.fewest.min(sentences);
                style.most = style.most.max(sentences);
            }
        }
        style
    }

    /// Whether the items but the last are mostly such.
    fn mostly(&self, such: usize) -> bool {
        2 * such >= self.items.saturating_sub(1)
    }

    /// Where a glued piece begins in an item, in bytes.
    fn glued(&self, text: &str, last: bool) -> Option<usize> {
        let beginning = &text[..text.floor_char_boundary(LONGEST.min(text.len()))];
        let words: Vec<(usize, &str)> = words(beginning);
        let ends = ends_sentence(text);
        let found = within_word(&words).filter(|found| {
            let length = match found.behind_name {
                true => PARAGRAPH,
                false if self.swallows() => FEWEST,
                false => LONG,
            };
            found.weight >= SURE || ends && words.len() - found.word >= length
        });
        if found.is_some() || !ends {
            return found.map(|found| found.at);
        }
        let sentences = sentences(beginning);
        if self.mostly(self.bare) {
            let end = sentences.first().map_or(0, |first| first.end);
            let found = within_sentence(&words, end)
                .filter(|found| self.tells(found, text, &words, sentences.len(), last));
            if found.is_some() {
                return found.map(|found| found.at);
            }
        }
        if last && self.mostly(self.small) && text.starts_with(char::is_lowercase) {
            let mut starts = sentences.iter().map(|sentence| sentence.start);
            if let Some(at) = starts.find(|&at| text[at..].starts_with(char::is_uppercase)) {
                return Some(at);
            }
        }
        if self.mostly(self.bare) {
            return None;
        }
        let begins = |at: usize| sentences.get(at).map(|sentence| sentence.start);
        if !last {
            // The line that introduces the next list.
            let introduces = text.ends_with(':') && sentences.len() > self.most;
            return begins(sentences.len() - 1).filter(|_| introduces);
        }
        if self.items > 1 && self.mostly(self.asks) {
            return begins(sentences.iter().position(|sentence| text[sentence.clone()].ends_with('?'))? + 1);
        }
        begins(self.most)
            .filter(|_| self.items > 2 && self.fewest == self.most || self.closes(text, begins(self.most)))
    }

    /// Whether what speaks for a piece is enough: it stands behind a space, and the items around it are no sentences.
    fn tells(
        &self,
        found: &Beginning,
        text: &str,
        words: &[(usize, &str)],
        sentences: usize,
        last: bool,
    ) -> bool {
        let piece = &text[found.at..];
        let length = words.len() - found.word;
        let introduces = piece.ends_with(':') && !last;
        if found.weight >= SURE {
            return introduces || length > FEWEST;
        }
        // A list of one item shows no style.
        if self.items < 2 || !(last || introduces) {
            return false;
        }
        let is_likely = found.weight >= LIKELY && !found.behind_name;
        if introduces {
            return is_likely || self.swallows() || section_kind(piece, None).is_some();
        }
        if length < LONG {
            return false;
        }
        let is_name = found.behind_name || capitals(words);
        // A whole paragraph behind items that are much shorter: if it is one sentence, it has a verb.
        let is_paragraph = length >= PARAGRAPH && words.len() > self.longest + LONG;
        let is_finite = || is_finite(&words[found.word..]);
        if self.swallows() && (is_likely || sentences > 1 || !is_name || is_paragraph && is_finite()) {
            return true;
        }
        let is_sentence = || found.weight > 1 && !found.behind_name && is_finite();
        is_likely && !capitals(words) || is_paragraph && (sentences > 1 || is_sentence())
    }

    fn swallows(&self) -> bool {
        self.manner == Manner::Swallow
    }

    /// Whether a sentence speaks of the list that it stands behind.
    fn closes(&self, text: &str, at: Option<usize>) -> bool {
        let first = at.and_then(|at| text[at..].split(' ').next()).map(plain);
        self.items > 1
            && first
                .is_some_and(|first| matches!(first.as_str(), "these" | "this" | "by" | "together" | "such"))
    }
}

/// How many words a piece has that a name within an item has not, and a whole paragraph.
const LONG: usize = 5;
const PARAGRAPH: usize = 10;

/// So many words have capitals that one more says nothing: of German nouns, of names.
fn capitals(words: &[(usize, &str)]) -> bool {
    let capitals = words.iter().skip(1).filter(|(_, word)| word.starts_with(char::is_uppercase)).count();
    capitals > 2 && 4 * capitals > words.len()
}

fn ends_sentence(text: &str) -> bool {
    text.trim_end_matches(['”', '"', ')', '’']).ends_with(['.', '!', '?', ':', '…'])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pieces(items: &[&str]) -> Vec<String> {
        let item = |text: &&str| Entry::Text {
            kind: BlockKind::Item { depth: 0, ordered: false },
            text: (*text).to_owned(),
            link: None,
        };
        let mut entries: Vec<Entry> = items.iter().map(item).collect();
        let manner = Manner::of(&entries);
        split(&mut entries, manner);
        let paragraph = |entry: Entry| match entry {
            Entry::Text { kind: BlockKind::Paragraph, text, .. } => Some(text),
            _ => None,
        };
        entries.into_iter().filter_map(paragraph).collect()
    }

    #[test]
    fn a_sentence_behind_bare_items() {
        assert_eq!(
            pieces(&[
                "Load data",
                "Communication with other teams Required skills and qualifications:",
                "SQL"
            ]),
            ["Required skills and qualifications:"]
        );
        assert_eq!(
            pieces(&["Bonuses", "Performance incentives It's important to note that figures vary."]),
            ["It's important to note that figures vary."]
        );
        assert_eq!(
            pieces(&[
                "From $1 to $2",
                "Range: $87,500 to $450,000 per year Note: These figures include all."
            ]),
            ["Note: These figures include all."]
        );
        assert_eq!(
            pieces(&[
                "GitLab: Focus on quality",
                "Databricks: Work in big data A successful Backend Manager balances both."
            ]),
            ["A successful Backend Manager balances both."]
        );
    }

    #[test]
    fn a_name_is_not_cut() {
        let item = "The dbt Analytics Engineering certification is recognised Not needed, although often listed: Kubernetes.";
        assert_eq!(pieces(&["SQL", item]), ["Not needed, although often listed: Kubernetes."]);
    }

    #[test]
    fn one_sentence_more_than_the_others() {
        assert_eq!(
            pieces(&["One: it is so.", "Two: it is so.", "Three: it is so. These trends go on."]),
            ["These trends go on."]
        );
    }

    #[test]
    fn items_that_are_whole() {
        for items in [
            &["Deploy services with Kubernetes and Docker.", "Mentor others."][..],
            &["Knowledge of Google Cloud", "Work with Product Management, Frontend Engineering"],
            &["One sentence. And another.", "Single."],
        ] {
            assert_eq!(pieces(items), Vec::<String>::new(), "{items:?}");
        }
    }

    #[test]
    fn names_within_bare_items_and_an_item_that_is_a_sentence() {
        for item in [
            "Knowledge of JavaScript a plus",
            "Knowledge of JavaScript a plus.",
            "Experience with ASP.Net and C#",
            "Experience with ASP.Net and C#.",
            "10+Years of experience",
            "Publishing apps for iOS the right way",
            "Knowledge of PostgreSQL and MySQL.",
            "Worked at McKinsey or a similar firm",
            "LinkedIn for sourcing, or XING",
            "Microsoft OneNote for notes",
            "funeralOne Life Tributes",
            "Per-Se Technologies ORSOS One-Call",
            "Experience with eCommerce and eLearning.",
            "Zusammenarbeit mit KundInnen und Partnern",
            "Strong Marketing background in retail.",
            "Abgeschlossenes Studium der Informatik oder vergleichbar.",
            "Sehr gute Kenntnisse in Java und Spring Boot.",
            "Fließendes Deutsch ist von Vorteil.",
            "Bachelor in Computer Science is required.",
            "Experience with Amazon Web Services is required for all of our senior positions in the cloud.",
            "Ability to manage Kubernetes clusters for several teams that work in different countries.",
            "Good knowledge of Google Analytics and Search Console.",
            "fluent English and German, French is a plus.",
            "Very good German skills. English is a plus.",
        ] {
            for items in
                [["Good English", "Driving licence", item], ["Good English", item, "Driving licence"]]
            {
                assert_eq!(pieces(&items), Vec::<String>::new(), "{item}");
            }
        }
        let item = "Knowledge of the following Microsoft tools:";
        assert_eq!(pieces(&["Good English", item, "Word"]), Vec::<String>::new());
    }

    #[test]
    fn a_page_that_surely_swallows_does_it_elsewhere_too() {
        let doubtful = "Ability to manage clusters Kubernetes clusters above all, in several regions.";
        assert_eq!(pieces(&["Good English", doubtful]), Vec::<String>::new());
        let sure = "Driving licence These requirements are the same everywhere.";
        let entries = |item: &'static str| {
            ["Good English", item].map(|text| Entry::Text {
                kind: BlockKind::Item { depth: 0, ordered: false },
                text: text.to_owned(),
                link: None,
            })
        };
        let mut page: Vec<Entry> = entries(sure).into_iter().collect();
        page.push(Entry::heading(2, "Skills"));
        page.extend(entries(doubtful));
        assert_eq!(Manner::of(&page), Manner::Swallow);
        split(&mut page, Manner::Swallow);
        let paragraphs = page.iter().filter(|entry| !entry.is_item() && !matches!(entry, Entry::Heading(_)));
        assert_eq!(paragraphs.count(), 2);
    }
}
