//! Splits off what a saved list swallowed: the paragraph that stood after a list is glued to the list's last item, and
//! the line that introduces the next list to the item before it.
//!
//! What tells a glued piece is that the items around it end otherwise: they are no sentences and it ends like one, or
//! they are one sentence each and it is two.

use super::super::outline::Entry;
use crate::model::BlockKind;
use crate::text::sentences;

/// Words that begin a sentence rather than a name.
const STARTERS: &[&str] = &[
    "a",
    "an",
    "the",
    "this",
    "these",
    "those",
    "that",
    "there",
    "it",
    "it's",
    "its",
    "by",
    "in",
    "with",
    "without",
    "when",
    "while",
    "for",
    "from",
    "to",
    "as",
    "at",
    "on",
    "if",
    "note",
    "however",
    "overall",
    "additionally",
    "moreover",
    "finally",
    "remember",
    "we",
    "you",
    "your",
    "they",
    "many",
    "most",
    "some",
    "all",
    "each",
    "every",
    "both",
    "such",
    "other",
    "key",
    "typical",
    "required",
    "whether",
    "although",
    "because",
    "since",
    "through",
    "together",
    "keep",
    "once",
    "after",
    "before",
    "companies",
    "employers",
    "candidates",
    "people",
    "who",
    "what",
    "how",
    "not",
    "nobody",
    "none",
    "one",
    "two",
    "anyone",
    "or",
    "and",
    "but",
    "yet",
    "so",
    "then",
    "nor",
    "here",
    "where",
    "more",
    "less",
    "few",
    "several",
    "after",
    "until",
    "even",
    "only",
    // German
    "der",
    "die",
    "das",
    "ein",
    "eine",
    "auch",
    "wer",
    "wenn",
    "nach",
    "bei",
    "mit",
    "ohne",
    "für",
    "im",
    "in",
    "am",
    "zum",
    "zur",
    "viele",
    "manche",
    "einige",
    "alle",
    "diese",
    "dieser",
    "dieses",
    "hinweis",
    "es",
    "sie",
    "man",
    "wie",
    "was",
    "durch",
    "aus",
    "von",
    "neben",
    // French and Spanish
    "le",
    "la",
    "les",
    "un",
    "une",
    "ces",
    "cette",
    "ce",
    "il",
    "elle",
    "pour",
    "avec",
    "dans",
    "après",
    "el",
    "los",
    "las",
    "una",
    "estos",
    "esta",
    "este",
    "para",
    "con",
    "por",
    "según",
    "también",
    "muchos",
    "quien",
];
/// Words that do not end an item: what follows them goes on.
const CONTINUED: &[&str] = &[
    "a",
    "an",
    "the",
    "of",
    "to",
    "in",
    "on",
    "at",
    "for",
    "with",
    "and",
    "or",
    "by",
    "from",
    "as",
    "into",
    "using",
    "via",
    "like",
    "than",
    "about",
    "between",
    "over",
    "under",
    "per",
    "e.g.",
    "i.e.",
    "including",
    "&",
    "vs",
    "versus",
    "is",
    "are",
    "both",
];
/// The fewest words of a glued piece.
const FEWEST: usize = 3;

/// Splits the glued pieces of every list into paragraphs of their own.
pub(super) fn split(entries: &mut Vec<Entry>) {
    let mut split: Vec<Entry> = Vec::with_capacity(entries.len());
    let mut list: Vec<(BlockKind, String)> = Vec::new();
    for entry in std::mem::take(entries) {
        match entry {
            Entry::Text { kind: kind @ BlockKind::Item { .. }, text, link: None } => list.push((kind, text)),
            other => {
                split_list(std::mem::take(&mut list), &mut split);
                split.push(other);
            }
        }
    }
    split_list(list, &mut split);
    *entries = split;
}

fn split_list(list: Vec<(BlockKind, String)>, to: &mut Vec<Entry>) {
    let style = Style::of(&list);
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

/// Whether the page's lists swallow the paragraphs behind them: one does, or hardly any paragraph stands behind a list.
pub(super) fn swallows(entries: &[Entry]) -> bool {
    let (mut lists, mut followed) = (0, 0);
    let mut entries = entries.chunk_by(|a, b| is_item(a) && is_item(b)).peekable();
    while let Some(list) = entries.next() {
        let texts: Vec<(BlockKind, String)> = list
            .iter()
            .filter(|entry| is_item(entry))
            .filter_map(|entry| match entry {
                Entry::Text { kind, text, .. } => Some((kind.clone(), text.clone())),
                _ => None,
            })
            .collect();
        let Some((_, last)) = texts.last() else { continue };
        if !last.ends_with(':') && Style::of(&texts).glued(last, true).is_some() {
            return true;
        }
        lists += 1;
        let paragraph = |entry: &Entry| matches!(entry, Entry::Text { kind: BlockKind::Paragraph, .. });
        followed += u32::from(entries.peek().and_then(|next| next.first()).is_some_and(paragraph));
    }
    // The one in question does not speak against itself.
    lists >= FEWEST_LISTS && FEW * followed.saturating_sub(1) <= lists
}

/// The fewest lists of a page that tell its manner, and how few of them paragraphs may follow: one of so many.
const FEWEST_LISTS: u32 = 4;
const FEW: u32 = 4;

fn is_item(entry: &Entry) -> bool {
    matches!(entry, Entry::Text { kind: BlockKind::Item { .. }, .. })
}

/// How the items of a list end.
struct Style {
    /// Most end without a full stop.
    bare: bool,
    /// The most sentences that an item but the last has.
    sentences: usize,
    /// How many items there are.
    items: usize,
}

impl Style {
    fn of(list: &[(BlockKind, String)]) -> Self {
        let ended = |text: &str| text.ends_with(['.', '!', '?', ':', '…']);
        let bare = list.iter().filter(|(_, text)| !ended(text)).count();
        let before_last = &list[..list.len().saturating_sub(1)];
        let most = before_last.iter().map(|(_, text)| sentences(text).len()).max().unwrap_or(0);
        Self {
            bare: 2 * bare > list.len() || (list.len() == 2 && bare == 1),
            sentences: most,
            items: list.len(),
        }
    }

    /// Where a glued piece begins in an item, in bytes.
    fn glued(&self, text: &str, last: bool) -> Option<usize> {
        if !text.ends_with(['.', '!', '?', ':', '”', '"']) {
            return None;
        }
        if self.bare || self.items == 1 {
            return self.within_sentence(text);
        }
        let sentences = sentences(text);
        if last && self.items > 1 && self.sentences > 0 && sentences.len() > self.sentences {
            return sentences.get(self.sentences).map(|sentence| sentence.start);
        }
        None
    }

    /// Where a sentence begins behind words that end without one.
    fn within_sentence(&self, text: &str) -> Option<usize> {
        let words: Vec<(usize, &str)> = words(text);
        let mut possible = None;
        for (index, pair) in words.windows(2).enumerate() {
            let [(_, before), (start, word)] = pair else { continue };
            let rest = &text[*start..];
            let upper = word.chars().next().is_some_and(|c| c.is_uppercase() || matches!(c, '“' | '"'));
            let free = !before.ends_with([',', ';', ':', '-', '–', '—', '(', '/', '&', '.', '!', '?'])
                && !CONTINUED.contains(&before.to_lowercase().as_str());
            let followed = words.len() - index - 1;
            if !upper || !free || followed < FEWEST {
                continue;
            }
            let plain = word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase().replace('’', "'");
            let next_lower =
                words.get(index + 2).is_some_and(|(_, next)| next.starts_with(char::is_lowercase));
            let starts = STARTERS.contains(&plain.as_str())
                || (plain.len() > 5
                    && plain.ends_with("ing")
                    && next_lower
                    && !before.starts_with(char::is_uppercase));
            // "Note:" and "For instance:" begin sentences too, though a colon follows.
            if starts
                && (next_lower
                    || word.ends_with(':')
                    || words.get(index + 2).is_some_and(|(_, next)| next.starts_with(char::is_uppercase)))
            {
                return Some(*start);
            }
            if possible.is_none() && next_lower && word.len() > 3 && ends_sentence(rest) && followed >= FEWEST
            {
                possible = Some(*start);
            }
        }
        // Without a word that begins sentences: the first capital that a lower-case word follows, if the list is one
        // whose items are otherwise bare.
        possible.filter(|_| self.items > 1)
    }
}

fn ends_sentence(text: &str) -> bool {
    text.ends_with(['.', '!', '?', ':'])
}

/// The words of a text between spaces, with where they begin.
fn words(text: &str) -> Vec<(usize, &str)> {
    text.split(' ')
        .scan(0, |at, word| {
            let start = *at;
            *at += word.len() + 1;
            Some((start, word))
        })
        .filter(|(_, word)| !word.is_empty())
        .collect()
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
        split(&mut entries);
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
}
