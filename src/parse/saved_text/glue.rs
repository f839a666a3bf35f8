//! Splits off what a saved list swallowed: the paragraph that stood after a list is glued to the list's last item, and
//! the line that introduces the next list to the item before it, behind a space or none.
//!
//! What tells a glued piece is that a sentence begins where none has ended: a capital within a word, a word that begins
//! sentences or that a verb follows (the table `glue.tsv`); or that the items around it end otherwise: they are one
//! sentence each and it is two.

use crate::model::BlockKind;
use crate::parse::outline::Entry;
use crate::text::sentences;
use std::collections::HashSet;
use std::sync::LazyLock;

/// The fewest words of a glued piece.
const FEWEST: usize = 3;
/// The most of an item that is looked at, in bytes.
const LONGEST: usize = 4_000;

/// Words that go on behind a comma, but not with another thing of the same kind.
const SUBORDINATE: &[&str] =
    &["since", "because", "although", "but", "so", "which", "who", "where", "when", "while"];

/// What words tell of where a sentence begins.
struct Words {
    /// They begin a sentence rather than a name.
    begins: HashSet<&'static str>,
    /// They do not end an item: what follows them goes on.
    goes_on: HashSet<&'static str>,
    /// The word before them is a sentence's first.
    verbs: HashSet<&'static str>,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let of = |wanted: &str| {
        let rows = include_str!("glue.tsv").lines().skip(1).map(|line| line.split('\t'));
        let wanted = rows.filter_map(|mut row| (row.next() == Some(wanted)).then(|| row.nth(1)).flatten());
        wanted.flat_map(|words| words.split(' ')).collect()
    };
    Words { begins: of("begins"), goes_on: of("goes-on"), verbs: of("verb") }
});

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
    let style = Style::of(list.iter().map(|(_, text)| text.as_str()));
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
    let mut entries = entries.chunk_by(|a, b| a.is_item() && b.is_item()).peekable();
    while let Some(list) = entries.next() {
        let texts = list.iter().filter(|entry| entry.is_item()).filter_map(|entry| match entry {
            Entry::Text { text, .. } => Some(text.as_str()),
            _ => None,
        });
        let Some(last) = texts.clone().next_back() else { continue };
        if !last.ends_with(':') && Style::of(texts).glued(last, true).is_some() {
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

/// How the items of a list are written, the last aside.
#[derive(Default)]
struct Style {
    /// How many items there are, the last among them.
    items: usize,
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
    fn of<'t>(items: impl Iterator<Item = &'t str>) -> Self {
        let mut style = Self { fewest: usize::MAX, ..Self::default() };
        let mut items = items.peekable();
        while let Some(text) = items.next() {
            style.items += 1;
            if items.peek().is_some() {
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
        if let Some(at) = within_word(beginning, &words) {
            return Some(at);
        }
        if !ends_sentence(text) {
            return None;
        }
        let sentences = sentences(beginning);
        if self.mostly(self.bare) {
            let end = sentences.first().map_or(0, |first| first.end);
            // A list of one item shows no style.
            let found = within_sentence(&words, end).filter(|&(weight, _)| self.items > 1 || weight >= SURE);
            if found.is_some() {
                return found.map(|(_, start)| start);
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

    /// Whether a sentence speaks of the list that it stands behind.
    fn closes(&self, text: &str, at: Option<usize>) -> bool {
        let first = at.and_then(|at| text[at..].split(' ').next()).map(plain);
        self.items > 1
            && first
                .is_some_and(|first| matches!(first.as_str(), "these" | "this" | "by" | "together" | "such"))
    }
}

fn ends_sentence(text: &str) -> bool {
    text.trim_end_matches(['”', '"', ')', '’']).ends_with(['.', '!', '?', ':', '…'])
}

/// Where a sentence begins within a word, the space before it lost: "teamsThese trends", "repaired.Junior testers".
fn within_word(text: &str, words: &[(usize, &str)]) -> Option<usize> {
    words.iter().enumerate().find_map(|(index, &(start, word))| {
        if words.len() - index < FEWEST {
            return None;
        }
        let next = words.get(index + 1).map_or("", |&(_, next)| next);
        let mut chars = word.char_indices().peekable();
        while let Some((_, before)) = chars.next() {
            let Some(&(at, after)) = chars.peek() else { break };
            if begins_within(&word[..at], before, after, &word[at..], next) {
                return Some(start + at).filter(|&at| at < text.len());
            }
        }
        None
    })
}

/// Whether what stands before ends and what stands after, up to the next word, begins a sentence.
fn begins_within(head: &str, before: char, after: char, tail: &str, next: &str) -> bool {
    let first = plain(tail);
    let begins = WORDS.begins.contains(first.as_str()) || gerund(&first);
    let (length, behind) = (head.chars().count(), first.chars().count());
    let comma = begins || length > 3 && head.chars().all(char::is_lowercase);
    let small =
        |c: char| c.is_lowercase() || matches!(c, '\'' | '’' | '-') || comma && matches!(c, ',' | ':');
    let is_word = after.is_uppercase() && tail.chars().skip(1).all(small) && (begins || behind > 2);
    let goes_on = next.starts_with(|c: char| c.is_lowercase() || c.is_ascii_digit());
    let by_verb = goes_on && behind > 3 && WORDS.verbs.contains(plain(next).as_str());
    if before.is_lowercase() {
        // "JavaScript" and "LinkedIn" are names; their first letter tells.
        let name = head.trim_start_matches(|c: char| !c.is_alphanumeric()).starts_with(char::is_uppercase);
        if name {
            let joined = matches!(next, "and" | "or" | "und" | "oder" | "et" | "y");
            let imperative = matches!(next, "the" | "a" | "an");
            return is_word && goes_on && behind > 2 && (begins && !joined || imperative);
        }
        let amount =
            matches!(after, '$' | '€' | '£') && tail.chars().nth(1).is_some_and(|c| c.is_ascii_digit());
        return length > 2 && (amount || is_word && goes_on) || length > 1 && is_word && begins;
    }
    if before.is_uppercase() {
        // "SREs" and "DBAs" are one word.
        return length > 1
            && behind > 2
            && head.chars().all(char::is_uppercase)
            && is_word
            && (begins && goes_on || by_verb);
    }
    if before.is_ascii_digit() {
        return is_word && goes_on && (begins || by_verb || behind > 5);
    }
    let stem = head.trim_end_matches(|c: char| !c.is_alphanumeric());
    if stem.chars().count() < 2 || head.starts_with(['(', '[', '"', '“']) {
        return false;
    }
    let quotes =
        matches!(after, '“' | '"' | '„' | '«') && tail.chars().nth(1).is_some_and(char::is_uppercase);
    match before {
        '?' | '!' => after.is_uppercase() && goes_on,
        '.' if quotes => true,
        '.' | ')' | '”' | '"' | '’' | '%' | '+' | ';' | '…' => {
            is_word && (goes_on || next.is_empty() || begins)
        }
        _ => false,
    }
}

/// Where a sentence begins behind words that end without one, before `end`, and how much speaks for it.
fn within_sentence(words: &[(usize, &str)], end: usize) -> Option<(u32, usize)> {
    let mut best: Option<(u32, usize)> = None;
    let mut open = 0_usize; // Brackets: no sentence begins within them.
    for (index, pair) in words.windows(2).enumerate() {
        let [(_, before), (start, word)] = pair else { continue };
        let followed = words.len() - index - 1;
        if *start >= end || followed < FEWEST {
            break;
        }
        open = (open + before.matches('(').count()).saturating_sub(before.matches(')').count());
        if open > 0 {
            continue;
        }
        let next = words.get(index + 2).map_or("", |&(_, next)| next);
        let weight = weight(before, word, next);
        if weight > best.map_or(0, |(weight, _)| weight) {
            best = Some((weight, *start));
        }
    }
    best
}

/// What speaks for the beginning of a sentence beyond doubt.
const SURE: u32 = 5;

/// How much speaks for a sentence that begins with this word.
fn weight(before: &str, word: &str, next: &str) -> u32 {
    let upper = word.trim_start_matches(['“', '"', '„', '(']).starts_with(char::is_uppercase);
    let free = !before.ends_with([',', ';', ':', '-', '–', '—', '(', '/', '&', '.', '!', '?', '+'])
        && !WORDS.goes_on.contains(before.to_lowercase().as_str());
    if !upper || !free {
        return 0;
    }
    let next_lower = next.starts_with(char::is_lowercase);
    let first = plain(word);
    // "Note:" and "For instance:" begin sentences too, though a colon follows.
    if WORDS.begins.contains(first.as_str())
        && (next_lower || word.ends_with(':') || next.starts_with(char::is_alphanumeric))
    {
        return SURE;
    }
    let subordinate = word.ends_with(',') && SUBORDINATE.contains(&next);
    if subordinate && !before.starts_with(char::is_uppercase) {
        return 2;
    }
    if !next_lower
        || word.chars().count() < 3
        || !word.chars().skip(1).all(|c| c.is_lowercase() || "-'’".contains(c))
    {
        return 0;
    }
    let next = plain(next);
    let verb = WORDS.verbs.contains(next.as_str());
    let weight = match WORDS.goes_on.contains(next.as_str()) {
        _ if verb || gerund(&first) => 4,
        true if matches!(next.as_str(), "the" | "a" | "an") => 3,
        true => 1,
        false => 2,
    };
    // Behind another capital, it is rather the second word of a name.
    if before.starts_with(char::is_uppercase) { (weight / 2).max(1) } else { weight }
}

fn gerund(word: &str) -> bool {
    word.len() > 4 && word.ends_with("ing")
}

fn plain(word: &str) -> String {
    word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase().replace('’', "'")
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
