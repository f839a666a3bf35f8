//! A sentence as words with what stands between them: what facts are read from.

use super::word_set::{WordSet, Words};
use crate::text::{Word, all_words};
use std::ops::Range;

/// Most words of what something is in ("backend development").
const LONGEST: usize = 12;
/// Most words of a clause that are looked at.
const LONGEST_CLAUSE: usize = 40;
/// Most words of an item in an enumeration.
const LONGEST_ITEM: usize = 4;

/// Between two words they end a clause.
const BREAKS: [char; 17] =
    [',', ';', ':', '(', ')', '|', '–', '—', '•', '.', '[', ']', '!', '?', '→', '"', '“'];

fn is_break(gap: &str) -> bool {
    let mut chars = gap.chars();
    chars.next().is_some_and(|c| BREAKS.contains(&c)) && chars.next().is_none()
}

/// A sentence and its words.
pub(in crate::annotate) struct Phrase<'t> {
    pub(in crate::annotate) text: &'t str,
    words: Vec<Word<'t>>,
    /// For each word whether a clause ends before it.
    breaks: Vec<bool>,
}

impl<'t> Phrase<'t> {
    pub(in crate::annotate) fn new(text: &'t str) -> Self {
        let words = all_words(text);
        let mut end = 0;
        let breaks = words.iter().enumerate().map(|(index, word)| {
            let gap = &text[end..word.start.max(end)];
            end = word.end;
            index == 0 || (gap.len() > 1 && (gap.contains(BREAKS) || gap.contains(" - "))) || is_break(gap)
        });
        let breaks = breaks.collect();
        Self { text, words, breaks }
    }

    pub(in crate::annotate) fn len(&self) -> usize {
        self.words.len()
    }

    /// The word in lower case and without accents; empty beyond the ends.
    pub(in crate::annotate) fn word(&self, index: usize) -> &str {
        self.words.get(index).map_or("", |word| word.folded.as_ref())
    }

    /// The word this far before another.
    pub(in crate::annotate) fn word_before(&self, index: usize, distance: usize) -> &str {
        index.checked_sub(distance).map_or("", |at| self.word(at))
    }

    /// The word as written, without a possessive.
    pub(in crate::annotate) fn written(&self, index: usize) -> &'t str {
        self.words.get(index).map_or("", |word| word.written)
    }

    /// The word has a possessive `'s`.
    pub(in crate::annotate) fn is_possessive(&self, index: usize) -> bool {
        self.words.get(index).is_some_and(|word| word.end - word.start > word.written.len())
    }

    /// Where the word begins in the text.
    pub(in crate::annotate) fn start(&self, index: usize) -> usize {
        self.words.get(index).map_or(self.text.len(), |word| word.start)
    }

    /// What stands before the word and after the one before it; after the last word, the rest.
    pub(in crate::annotate) fn gap(&self, index: usize) -> &'t str {
        let from = index.checked_sub(1).and_then(|before| self.words.get(before)).map_or(0, |word| word.end);
        &self.text[from..self.start(index).max(from)]
    }

    /// A clause ends before the word: more than a space, hyphen or apostrophe stands there.
    pub(in crate::annotate) fn breaks(&self, index: usize) -> bool {
        self.breaks.get(index).is_none_or(|&breaks| breaks)
    }

    /// The words as written.
    pub(in crate::annotate) fn slice(&self, words: Range<usize>) -> &'t str {
        match (self.words.get(words.start), words.end.checked_sub(1).and_then(|last| self.words.get(last))) {
            (Some(first), Some(last)) if words.start < words.end => &self.text[first.start..last.end],
            _ => "",
        }
    }

    /// Where the clause begins that the word is in.
    pub(in crate::annotate) fn clause_start(&self, index: usize) -> usize {
        let index = index.min(self.len());
        let farthest = index.saturating_sub(LONGEST_CLAUSE);
        (farthest..=index).rev().find(|&at| self.breaks(at)).unwrap_or(farthest)
    }

    /// Where the noun phrase ends that begins here: before a break or a word that begins something else, but after an
    /// enumeration ("Java, Python, or Go").
    pub(in crate::annotate) fn end_of_noun(&self, start: usize) -> usize {
        let limit = self.len().min(start + LONGEST);
        let mut at = start;
        while at < limit && (at == start || !self.breaks(at)) && !self.ends_noun(at, start) {
            at += 1;
        }
        if at < limit && self.gap(at).trim() == "," && at > start && at - start <= LONGEST_ITEM {
            at = self.end_of_list(at, limit).unwrap_or(at);
        }
        while at > start && TRAILING.contains(self.word(at - 1)) {
            at -= 1;
        }
        at
    }

    /// Where the enumeration ends that goes on behind the comma before this word: with its "or" or "and".
    fn end_of_list(&self, start: usize, limit: usize) -> Option<usize> {
        let mut item = start;
        let mut at = start;
        let mut last = false;
        loop {
            let ends = at >= limit || self.breaks(at) && at > item || self.ends_noun(at, start);
            if ends {
                if last {
                    return Some(at);
                }
                if at >= limit || self.gap(at).trim() != "," || at - item > LONGEST_ITEM || at == item {
                    return None;
                }
                if self.ends_noun(at, start) {
                    return (at > start).then_some(at);
                }
                item = at;
            }
            last |= matches!(self.word(at), "or" | "and" | "oder" | "und" | "ou" | "et" | "o" | "y");
            if self.word(at).bytes().all(|byte| byte.is_ascii_digit()) {
                return None;
            }
            at += 1;
        }
    }

    /// Whether a noun phrase does not go on with the word.
    fn ends_noun(&self, at: usize, start: usize) -> bool {
        let word = self.word(at);
        // "Designing for the cloud", "working on engines"
        if at == start + 1
            && self.word(start).ends_with("ing")
            && matches!(word, "for" | "on" | "to" | "with")
        {
            return false;
        }
        if ENDS.contains(word) && self.gap(at + 1) != "-" {
            return at > start || !matches!(word, "is" | "as");
        }
        let next = self.word(at + 1);
        match word {
            "or" | "oder" | "ou" | "o" => {
                RELATED.contains(next)
                    || matches!(
                        next,
                        "a" | "an" | "in" | "einem" | "einer" | "eines" | "un" | "une" | "en" | "im" | "dans"
                    ) && (RELATED.contains(self.word(at + 2)) || RELATED.contains(self.word(at + 3)))
            }
            "and" | "und" | "et" | "y" | "plus" | "with" | "mit" | "avec" | "con" => {
                next.starts_with(|c: char| c.is_ascii_digit())
                    || matches!(
                        next,
                        "at" | "a" | "an" | "the" | "mindestens" | "you" | "proven" | "strong" | "excellent"
                    )
                    || super::duration::number(next).is_some()
            }
            "in" => {
                at > start
                    && matches!(next, "a" | "an" | "the" | "your" | "our" | "production")
                    && at - start >= 1
            }
            _ => false,
        }
    }
}

/// Words that begin something else than the noun phrase before them.
static ENDS: WordSet = WordSet::new(|| {
    Words::of(
        "is are was were be required preferred desired desirable ideally preferably including includes who \
         that which where at on for by from within to as can will would should may needed necessary plus \
         strongly highly have has but when while if because since such e i mandatory expected optional \
         beneficial recommended through before after common often usually helps without ist sind war wird \
         werden erforderlich wunschenswert idealerweise vorzugsweise bei sowie von mitbringen hast haben \
         bringst bringen setzen wunschen notwendig vorausgesetzt est sont requis requise exige \
         exigee souhaite souhaitee idealement dont minimum serait chez afin es son se requerido requerida \
         deseable idealmente preferiblemente minimo como sera incluyendo necesario",
    )
});
/// Left off at the end of a noun phrase.
static TRAILING: WordSet = WordSet::new(|| {
    Words::of(
        "and or with in of a an the und oder mit et ou avec y o con de en la le der die das den einer einem \
         une un una dem not nicht also",
    )
});
/// "or a related field", "or equivalent": not what is named.
static RELATED: WordSet = WordSet::new(|| {
    Words::of(
        "related similar equivalent comparable relevant other another equal more less higher above closely \
         neighbouring adjacent vergleichbar vergleichbare vergleichbaren vergleichbarer vergleichbares \
         ahnlich ahnliche ahnlichen ahnlicher verwandte verwandten gleichwertige gleichwertig equivalente \
         similaire connexe domaine autre equivalentes afin afines relacionado relacionada relacionadas \
         similares otra carrera field",
    )
});

#[cfg(test)]
mod tests {
    use super::*;

    fn noun(text: &str) -> &str {
        let phrase = Phrase::new(text);
        phrase.slice(0..phrase.end_of_noun(0))
    }

    #[test]
    fn nouns_end_where_people_end_them() {
        for (text, wanted) in [
            ("backend development experience, with 3-5 years", "backend development experience"),
            ("Computer Science or a related field", "Computer Science"),
            ("Computer Science, Engineering, or related field", "Computer Science, Engineering"),
            ("Java, Python, or Go is required", "Java, Python, or Go"),
            ("Java, excellent communication", "Java"),
            ("software development at a bank", "software development"),
            ("sales and at least 2 years of travel", "sales"),
            ("analytics, BI or data engineering", "analytics, BI or data engineering"),
            ("der Nutzerforschung. Für", "der Nutzerforschung"),
            ("Informatik oder einem vergleichbaren Fach", "Informatik"),
            ("informatique ou équivalent", "informatique"),
        ] {
            assert_eq!(noun(text), wanted);
        }
    }
}
