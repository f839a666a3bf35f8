//! The sentence that says so: whole sentences (or a list item) around the densest matches, word for word.

use super::highlight::{Highlighter, Mark, spans};
use super::response::{Highlight, Snippet};
use crate::index::Quotable;
use crate::text::sentences;
use memchr::memchr3;
use std::ops::Range;

/// How long a snippet is at most, in code points.
const LONGEST: usize = 240;
/// What one more match of a word is worth, beside a different word.
const MATCH: f32 = 0.02;
/// How much of its worth a snippet of the full length loses against one of no length.
const DILUTION: f32 = 0.3;
/// A stretch of fewer bytes is a label rather than a sentence, and what it is worth then.
const SHORTEST: usize = 40;
const LABEL: f32 = 0.6;
/// What the row that names the columns of a table is worth.
const HEADER: f32 = 0.9;

/// A snippet and the block it is from; none where it is the heading.
pub(super) struct Found {
    pub(super) snippet: Snippet,
    pub(super) block: Option<usize>,
}

/// The snippet of a section. `title` is shown for a section that has neither text nor heading.
pub(super) fn of_section(section: &Quotable<'_>, title: &str, highlighter: &Highlighter<'_>) -> Found {
    let marked = marked_blocks(section, highlighter);
    let blocks = section.blocks();
    let weights = weights(&marked, blocks.len(), highlighter.rarity());
    let mut best: Option<(f32, usize, Range<usize>, Vec<Mark<'_>>)> = None;
    for (index, marks) in marked {
        let block = &blocks[index];
        let (range, worth) = window(block.text, &marks, &weights);
        let worth = if block.is_header() { HEADER * worth } else { worth };
        if best.as_ref().is_none_or(|&(most, ..)| worth > most) {
            best = Some((worth, index, range, marks));
        }
    }
    if let Some((_, index, range, marks)) = best {
        return Found { snippet: quote(blocks[index].text, range, &marks), block: Some(index) };
    }
    match section.own_blocks().next() {
        Some((index, block)) => {
            Found { snippet: quote(block.text, beginning(block.text), &[]), block: Some(index) }
        }
        None => {
            let text = section.heading().map_or(title, |heading| heading.text);
            let marks = highlighter.marks(text);
            Found { snippet: quote(text, beginning(text), &marks), block: None }
        }
    }
}

/// The blocks that answer something, with what does.
fn marked_blocks<'q>(section: &Quotable<'_>, highlighter: &Highlighter<'q>) -> Vec<(usize, Vec<Mark<'q>>)> {
    if highlighter.is_empty() {
        return Vec::new();
    }
    let marks = section.own_blocks().map(|(index, _)| (index, highlighter.marks_of_block(section, index)));
    marks.filter(|(_, marks)| !marks.is_empty()).collect()
}

/// What each word is worth in this section: how much it tells in the index, times how few blocks say it here. A word
/// that half the section repeats needs no quote as much as the one that stands in a single place (TF-ISF, the
/// inverse sentence frequency of passage selection).
fn weights(marked: &[(usize, Vec<Mark<'_>>)], blocks: usize, rarity: &[f32]) -> Vec<f32> {
    let mut having = vec![0_u32; rarity.len()];
    for (_, marks) in marked {
        let words = marks.iter().fold(0_u64, |words, mark| words | 1 << mark.want);
        having.iter_mut().enumerate().for_each(|(want, having)| *having += u32::from(words >> want & 1 == 1));
    }
    let weight =
        |(&rarity, &having): (&f32, &u32)| (1.0 + rarity) * (1.0 + blocks as f32 / having.max(1) as f32).ln();
    rarity.iter().zip(&having).map(weight).collect()
}

/// The beginning of a text: as many whole sentences as fit.
fn beginning(text: &str) -> Range<usize> {
    let sentences = sentences(text);
    let Some(first) = sentences.first() else { return 0..text.len() };
    if length(&text[first.clone()]) > LONGEST {
        return first.start..cut_after(text, first.start);
    }
    let fits =
        sentences.iter().take_while(|sentence| length(&text[first.start..sentence.end]) <= LONGEST).last();
    first.start..fits.unwrap_or(first).end
}

/// The stretch of a text that says most, and how much that is: every different word counts for many of one.
fn window(text: &str, marks: &[Mark<'_>], weights: &[f32]) -> (Range<usize>, f32) {
    let sentences = sentences(text);
    let mut best = (0..text.len(), 0.0);
    for (at, first) in sentences.iter().enumerate() {
        if !marks.iter().any(|mark| touches(first, mark)) {
            continue;
        }
        let range = if length(&text[first.clone()]) > LONGEST {
            words_around(text, first, marks, weights)
        } else {
            let fits = |sentence: &&Range<usize>| length(&text[first.start..sentence.end]) <= LONGEST;
            let last = sentences[at..].iter().take_while(fits).last().unwrap_or(first);
            widened(text, &sentences[..at], first.start..last.end)
        };
        let worth = worth(&range, marks, weights);
        if worth > best.1 {
            best = (range, worth);
        }
    }
    if best.1 == 0.0 {
        // A match across two sentences: from where it begins.
        let start = marks.first().map_or(0, |mark| mark.range.start);
        best = (words_around(text, &(start..text.len()), marks, weights), MATCH);
    }
    best
}

/// The sentences before, as far as they fit: what leads to a sentence helps to read it.
fn widened(text: &str, before: &[Range<usize>], range: Range<usize>) -> Range<usize> {
    let fits = |sentence: &&Range<usize>| length(&text[sentence.start..range.end]) <= LONGEST;
    let start = before.iter().rev().take_while(fits).last().map_or(range.start, |sentence| sentence.start);
    start..range.end
}

fn touches(range: &Range<usize>, mark: &Mark<'_>) -> bool {
    range.start <= mark.range.start && mark.range.end <= range.end
}

/// Every different word counts by its weight, and each further match a little; of two stretches that say the same,
/// the shorter says it more clearly, but a label of a few words says nothing.
fn worth(range: &Range<usize>, marks: &[Mark<'_>], weights: &[f32]) -> f32 {
    let mut seen = 0_u64;
    let mut worth = 0.0;
    for mark in marks.iter().filter(|mark| touches(range, mark)) {
        if seen >> mark.want & 1 == 0 {
            seen |= 1 << mark.want;
            worth += weights.get(mark.want).copied().unwrap_or(1.0);
        }
        worth += MATCH;
    }
    let clarity = if range.len() < SHORTEST {
        LABEL
    } else {
        1.0 - DILUTION * range.len().min(LONGEST) as f32 / LONGEST as f32
    };
    worth * clarity
}

/// The words of a long sentence around the most different matches.
fn words_around(text: &str, sentence: &Range<usize>, marks: &[Mark<'_>], weights: &[f32]) -> Range<usize> {
    let mut best = (sentence.start..cut_after(text, sentence.start), 0.0);
    for mark in marks.iter().filter(|mark| touches(sentence, mark)) {
        // A quarter of the stretch leads to the match.
        let lead = back(text, mark.range.start, sentence.start, LONGEST / 4);
        let end = cut_after(text, lead).min(sentence.end).max(mark.range.end);
        let range = lead..end;
        let worth = worth(&range, marks, weights);
        if worth > best.1 {
            best = (range, worth);
        }
    }
    let (range, _) = best;
    if range.end >= sentence.end && range.start > sentence.start {
        // The end was reached early: there is room for more before.
        let room = LONGEST.saturating_sub(length(&text[range.clone()]));
        return back(text, range.start, sentence.start, room)..sentence.end;
    }
    range
}

/// The beginning of the word that lies at most `points` code points before `at`, not before `least`.
fn back(text: &str, at: usize, least: usize, points: usize) -> usize {
    let earliest =
        text[least..at].char_indices().rev().take(points).last().map_or(at, |(index, _)| least + index);
    if earliest == least {
        return least;
    }
    match text[earliest..at].find(char::is_whitespace) {
        Some(space) => {
            let after = earliest + space;
            after + (text[after..at].len() - text[after..at].trim_start().len())
        }
        None => at,
    }
}

/// The end of the last word that fits into a snippet that begins at `start`; a word longer than that is cut.
fn cut_after(text: &str, start: usize) -> usize {
    let rest = &text[start..];
    let Some((limit, _)) = rest.char_indices().nth(LONGEST) else { return text.len() };
    match rest[..limit].rfind(char::is_whitespace) {
        Some(space) if space > 0 && !rest[limit..].starts_with(char::is_whitespace) => {
            start + rest[..space].trim_end().len()
        }
        _ => start + limit,
    }
}

fn length(text: &str) -> usize {
    if text.len() <= LONGEST { text.len().min(LONGEST) } else { text.chars().count() }
}

/// The quote of a stretch, with the marks that lie in it.
fn quote(text: &str, range: Range<usize>, marks: &[Mark<'_>]) -> Snippet {
    let quoted = &text[range.clone()];
    let inside: Vec<&Mark<'_>> = marks.iter().filter(|mark| touches(&range, mark)).collect();
    let ranges = inside.iter().map(|mark| mark.range.start - range.start..mark.range.end - range.start);
    let highlights: Vec<Highlight> = spans(quoted, ranges.clone())
        .into_iter()
        .zip(&inside)
        .map(|(span, mark)| Highlight {
            start: span.start,
            end: span.end,
            term: mark.term.to_owned(),
            kind: mark.kind,
        })
        .collect();
    let mut html = String::with_capacity(quoted.len() + ranges.len() * "<mark></mark>".len() + 16);
    let mut at = 0;
    for range in ranges {
        push_escaped(&mut html, &quoted[at..range.start]);
        html.push_str("<mark>");
        push_escaped(&mut html, &quoted[range.clone()]);
        html.push_str("</mark>");
        at = range.end;
    }
    push_escaped(&mut html, &quoted[at..]);
    Snippet { text: quoted.to_owned(), highlights, html }
}

fn push_escaped(html: &mut String, text: &str) {
    let mut rest = text;
    while let Some(at) = memchr3(b'&', b'<', b'>', rest.as_bytes()) {
        html.push_str(&rest[..at]);
        html.push_str(match rest.as_bytes()[at] {
            b'&' => "&amp;",
            b'<' => "&lt;",
            _ => "&gt;",
        });
        rest = &rest[at + 1..];
    }
    html.push_str(rest);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotate::Vocabulary;
    use crate::index::Analyzer;
    use crate::model::{Block, BlockKind, Section};
    use crate::search::query::Query;
    use crate::search::query::StopWords;
    use proptest::prelude::*;

    fn snippet(question: &str, blocks: &[&str]) -> Snippet {
        let block =
            |text: &&str| Block { kind: BlockKind::Paragraph, text: (*text).to_owned(), heading: None };
        let section = Section { blocks: blocks.iter().map(block).collect(), ..Section::default() };
        let analyzer = Analyzer::default();
        let query = Query::parse(question, &Vocabulary::built_in(), &[analyzer], &StopWords::default());
        let highlighter = Highlighter::new(&query, analyzer, &[]);
        Quotable::read(&section, |section| of_section(section, "Title", &highlighter).snippet)
    }

    #[test]
    fn the_densest_sentences_of_one_block() {
        let long = "Nothing here. ".repeat(30);
        let text = format!("{long}They run clusters. Then they lead people and clusters. {long}");
        let found = snippet("lead clusters", &["An opening about clusters.", &text]);
        assert!(
            found.text.contains("They run clusters. Then they lead people and clusters."),
            "{}",
            found.text
        );
        assert!(found.text.chars().count() <= LONGEST);
        assert!(found.html.contains("<mark>lead</mark>"), "{}", found.html);
    }

    #[test]
    fn a_long_sentence_is_cut_between_words() {
        let text =
            format!("glonfrip {}tharvoxin.", "never ends because nobody put a full stop in ".repeat(12));
        let found = snippet("tharvoxin", &[&text]);
        assert!(
            found.text.ends_with("in tharvoxin.") && found.text.chars().count() <= LONGEST,
            "{}",
            found.text
        );
        assert!(text.contains(&format!(" {}", found.text)));
        assert_eq!(found.highlights.len(), 1);
    }

    #[test]
    fn no_match_and_no_text() {
        assert_eq!(
            snippet("absent", &["The beginning. And more.", "Other."]).text,
            "The beginning. And more."
        );
        assert_eq!(snippet("absent", &[]).text, "Title");
        assert_eq!(snippet("b", &["a <b> & \"c\""]).html, "a &lt;<mark>b</mark>&gt; &amp; \"c\"");
    }

    proptest! {
        #[test]
        fn a_snippet_is_a_quote_and_its_marks_lie_on_borders(words in prop::collection::vec("[a-zé🚀]{1,9}[.,!]?", 1..120), question in "[a-z]{1,3}( [a-z]{1,2})?") {
            let text = words.join(" ");
            let found = snippet(&question, &[&text]);
            prop_assert!(text.contains(&found.text));
            prop_assert!(found.text.chars().count() <= LONGEST);
            let points: Vec<char> = found.text.chars().collect();
            let mut before = 0;
            for highlight in &found.highlights {
                prop_assert!(before <= highlight.start && highlight.start < highlight.end && highlight.end <= points.len());
                before = highlight.end;
            }
            let plain = found.html.replace("<mark>", "").replace("</mark>", "");
            prop_assert_eq!(plain, found.text);
        }
    }
}
