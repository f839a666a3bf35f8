//! Whether an ambiguous name is meant as the skill: what stands around it says so. "Go" among "Rust, Go, Kotlin", after
//! "experience with" or before "developer" is the language; at the beginning of a sentence that goes on, or within
//! "Go Ahead Ltd", it is not.

use super::rule::{Rule, Shape};
use super::vocabulary::{Name, Vocabulary};
use crate::model::{Block, BlockKind, Section};
use crate::text::{Word, fold, sentences};
use std::collections::HashSet;
use std::ops::Range;
use std::sync::LazyLock;

/// The words of `context.tsv` by what they tell.
struct Words {
    /// Beside one of these, in the same sentence, an ambiguous name is meant as the skill.
    subject: HashSet<&'static str>,
    /// Directly before or behind a name: "Go engineer", "Excel dashboards".
    beside: HashSet<&'static str>,
    /// Asks for or tells of a skill that a preposition leads to: "experience with".
    asks: HashSet<&'static str>,
    /// Leads to the skill.
    leads: HashSet<&'static str>,
    /// Leads to the skill without more: "using Excel".
    uses: HashSet<&'static str>,
    /// A sentence goes on with one of these behind a name, not behind the first half of one.
    goes_on: HashSet<&'static str>,
    /// Joins names of a list: between two of them, each vouches for the other.
    joins: HashSet<&'static str>,
    /// The name of an institution begins with one: "Bureau of Labor Statistics".
    institution: HashSet<&'static str>,
    /// Ends one: "Accounting Standards Board".
    institution_end: HashSet<&'static str>,
    /// Stands within one in small letters.
    connects: HashSet<&'static str>,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let table = include_str!("context.tsv");
    let group = |id: &str| {
        let lines = table.lines().filter_map(|line| line.split_once('\t')).filter(|(group, _)| *group == id);
        lines.flat_map(|(_, words)| words.split(' ')).collect()
    };
    Words {
        subject: group("subject"),
        beside: group("beside"),
        asks: group("asks"),
        leads: group("leads"),
        uses: group("uses"),
        goes_on: group("goes-on"),
        joins: group("joins"),
        institution: group("institution"),
        institution_end: group("institution-end"),
        connects: group("connects"),
    }
});

/// Kinds of sections that list skills and nothing else, and those that ask for them among other things.
const LISTS: [&str; 4] = ["technology", "tools", "skills", "soft-skills"];
const ASKS: [&str; 4] = ["requirements", "qualifications", "certifications", "experience"];

/// What the place of a text says about the names in it.
#[derive(Clone, Copy, Default)]
pub(super) struct Place<'a> {
    /// It lists skills.
    lists: bool,
    /// It asks for skills, or lists them.
    asks: bool,
    /// What stands alone there: the cells of a row, or the whole text of an item.
    parts: Parts<'a>,
}

#[derive(Clone, Copy, Default)]
enum Parts<'a> {
    /// Running text.
    #[default]
    None,
    Whole,
    Cells(&'a [(u32, u32)]),
}

impl<'a> Place<'a> {
    pub(super) fn of_heading(section: &Section) -> Self {
        let lists = LISTS.contains(&section.kind.id.as_str());
        Self { lists, asks: lists, parts: Parts::Whole }
    }

    pub(super) fn of_block(section: &Section, block: &'a Block) -> Self {
        let parts = match &block.kind {
            BlockKind::Paragraph | BlockKind::Code => return Self::default(),
            BlockKind::Item { .. } => Parts::Whole,
            BlockKind::Row { cells, .. } => Parts::Cells(cells),
        };
        let kind = section.kind.id.as_str();
        let sub = block.heading.and_then(|index| section.subheadings.get(usize::from(index)));
        let is_about_skills = || {
            let headings = section.heading.iter().chain(sub);
            headings.flat_map(|heading| crate::text::words(&heading.text)).any(|word| is_subject(&word))
        };
        let lists = LISTS.contains(&kind) || is_about_skills();
        Self { lists, asks: lists || ASKS.contains(&kind), parts }
    }

    /// The words are all that stands in a part of the text, but for what follows in parentheses or behind a colon.
    fn is_alone(&self, text: &str, words: &[Word<'_>], range: &Range<usize>) -> bool {
        let part = match self.parts {
            Parts::None => return false,
            Parts::Whole => 0..text.len(),
            Parts::Cells(cells) => {
                let start = words[range.start].start;
                let at = cells.partition_point(|&(_, end)| end as usize <= start);
                cells.get(at).map_or(0..0, |&(start, end)| start as usize..end as usize)
            }
        };
        let within = |word: &Word<'_>| part.contains(&word.start);
        if !within(&words[range.start])
            || range.start.checked_sub(1).is_some_and(|before| within(&words[before]))
        {
            return false;
        }
        words.get(range.end).filter(|next| within(next)).is_none_or(|next| {
            let gap = &text[words[range.end - 1].end..next.start];
            gap.contains(['(', ':']) || [" – ", " — ", " - "].contains(&gap)
        })
    }
}

/// A spelling found in a text.
pub(super) struct Found<'v> {
    /// Of the text's words, first and last.
    pub(super) first: usize,
    pub(super) last: usize,
    pub(super) names: &'v [Name],
    /// The skill it is, once that is sure.
    pub(super) skill: Option<usize>,
    /// The name that it is in the right context.
    candidate: Option<&'v Name>,
}

impl<'v> Found<'v> {
    /// None where it cannot be a skill.
    pub(super) fn new(
        text: &str,
        words: &[Word<'_>],
        range: Range<usize>,
        names: &'v [Name],
        place: Place<'_>,
        vocabulary: &Vocabulary,
    ) -> Option<Self> {
        let these = &words[range.clone()];
        let as_written = |name: &&Name| {
            name.written.len() == these.len()
                && name.written.iter().zip(these).all(|(written, word)| written == word.written)
        };
        let sure = names.iter().find(|name| match name.rule {
            Rule::Any => true,
            Rule::Case => as_written(name) && !is_shouted(text, these),
            Rule::Context | Rule::Listed => false,
        });
        let (first, last) = (range.start, range.end - 1);
        let found = |skill, candidate| Some(Self { first, last, names, skill, candidate });
        if let Some(name) = sure {
            let is_product = is_hard(vocabulary, name.skill);
            if !is_product && is_of_an_institution(text, words, &range) || is_glued(text, these) {
                return None;
            }
            return found(Some(name.skill), None);
        }
        let whole = |name: &&Name| match name.rule {
            Rule::Listed => place.lists,
            _ => place.asks,
        };
        if (place.lists || place.asks)
            && let Some(name) = names.iter().find(whole)
            && place.is_alone(text, words, &range)
        {
            return found(Some(name.skill), None);
        }
        let candidate = names.iter().find(|name| match name.rule {
            Rule::Listed => true,
            _ => as_written(name),
        });
        candidate
            .filter(|_| !is_tied(text, words, &range) && !is_glued(text, these))
            .and_then(|name| found(None, Some(name)))
    }

    fn range(&self) -> Range<usize> {
        self.first..self.last + 1
    }

    /// "maintain databases" says what people do, and a list of such things is no list of names.
    fn is_activity(&self, words: &[Word<'_>], vocabulary: &Vocabulary) -> bool {
        self.skill.is_some_and(|skill| vocabulary.at(skill).kind == "skill")
            && words[self.first].written.starts_with(char::is_lowercase)
    }
}

fn is_hard(vocabulary: &Vocabulary, skill: usize) -> bool {
    matches!(vocabulary.at(skill).kind.as_str(), "language" | "tool" | "platform")
}

/// Decides on the names that need a context.
pub(super) fn settle(text: &str, words: &[Word<'_>], found: &mut [Found<'_>], vocabulary: &Vocabulary) {
    let sentences = Sentences::of(text, words, found, vocabulary);
    let mut owner = vec![false; words.len()];
    for found in found.iter() {
        owner[found.range()].fill(true);
    }
    let verdicts: Vec<bool> = (0..found.len())
        .map(|index| {
            let this = &found[index];
            let Some(candidate) = this.candidate else { return false };
            let is_listed = candidate.rule == Rule::Listed;
            let (sentence, told) = sentences.around(this.first);
            let around = Around { text, words, owner: &owner, sentence, this: this.range() };
            if around.begins_a_clause() || around.is_part_of_a_name() {
                return false;
            }
            let neighbours = [index.checked_sub(1), Some(index + 1)].into_iter().flatten();
            let vouches = |other: &Found<'_>| {
                listed(text, words, this, other).is_some_and(|list| match other.skill {
                    Some(skill) => is_hard(vocabulary, skill) || list.is_list() && !other.is_activity(words, vocabulary),
                    None => !is_listed && other.candidate.is_some_and(|name| name.rule == Rule::Context),
                } && (list.is_list() || !is_listed))
            };
            if neighbours.filter_map(|other| found.get(other)).any(vouches) {
                return true;
            }
            if around.is_asked_for(candidate.rule) {
                return true;
            }
            let own = words[this.range()].iter().filter(|word| is_subject(word)).count() as u32;
            !is_listed
                && (around.is_beside() || around.stands_free() && (told.names_skill || told.subjects > own))
        })
        .collect();
    for (found, verdict) in found.iter_mut().zip(verdicts) {
        if verdict {
            found.skill = found.candidate.map(|name| name.skill);
        }
    }
}

/// What a sentence says about the ambiguous names in it.
#[derive(Clone, Copy, Default)]
struct Told {
    /// It names a product or language that is sure.
    names_skill: bool,
    /// How many words of it are about skills.
    subjects: u32,
}

struct Sentences {
    ranges: Vec<Range<usize>>,
    /// For each word its sentence.
    of_word: Vec<usize>,
    told: Vec<Told>,
}

impl Sentences {
    fn of(text: &str, words: &[Word<'_>], found: &[Found<'_>], vocabulary: &Vocabulary) -> Self {
        let ranges = sentences(text);
        let mut at = 0;
        let of_word: Vec<usize> = words
            .iter()
            .map(|word| {
                while ranges.get(at).is_some_and(|sentence| sentence.end <= word.start) {
                    at += 1;
                }
                at
            })
            .collect();
        let mut told = vec![Told::default(); ranges.len() + 1];
        for (word, &sentence) in words.iter().zip(&of_word) {
            told[sentence].subjects += u32::from(is_subject(word));
        }
        for found in found.iter().filter(|found| found.skill.is_some_and(|skill| is_hard(vocabulary, skill)))
        {
            told[of_word[found.first]].names_skill = true;
        }
        Self { ranges, of_word, told }
    }

    /// The sentence of a word, and what it says.
    fn around(&self, word: usize) -> (Range<usize>, Told) {
        let at = self.of_word[word];
        (self.ranges.get(at).cloned().unwrap_or(0..usize::MAX), self.told[at])
    }
}

fn is_subject(word: &Word<'_>) -> bool {
    WORDS.subject.contains(word.folded.as_ref())
}

/// What stands around a name.
struct Around<'a> {
    text: &'a str,
    words: &'a [Word<'a>],
    /// Whether each word belongs to a name that was found.
    owner: &'a [bool],
    sentence: Range<usize>,
    this: Range<usize>,
}

impl Around<'_> {
    /// The word behind the name in its sentence, and what separates them.
    fn next(&self) -> Option<(&Word<'_>, &str)> {
        let next = self.words.get(self.this.end).filter(|next| self.sentence.contains(&next.start))?;
        Some((next, &self.text[self.words[self.this.end - 1].end..next.start]))
    }

    /// The word before the name in its sentence, and what separates them.
    fn before(&self) -> Option<(&Word<'_>, &str)> {
        let before = self.words.get(self.this.start.checked_sub(1)?)?;
        let before = self.sentence.contains(&before.start).then_some(before)?;
        Some((before, &self.text[before.end..self.words[self.this.start].start]))
    }

    /// A capital at the beginning of a sentence says nothing: "Go through the code", "Express yourself". There a name
    /// is meant only where a list goes on after it, or a word about skills.
    fn begins_a_clause(&self) -> bool {
        let before = self.text[self.sentence.start..self.words[self.this.start].start].trim_end();
        if !(before.is_empty() || before.ends_with([':', '–', '—', '"', '“', '('])) {
            return false;
        }
        self.next().is_some_and(|(next, gap)| {
            let next = next.folded.as_ref();
            let goes_on = WORDS.joins.contains(next) && self.owner.get(self.this.end + 1) == Some(&true);
            is_space(gap) && !goes_on && !WORDS.subject.contains(next) && !WORDS.beside.contains(next)
        })
    }

    /// A capitalised word beside it makes it part of a longer name: "American Express", "Swift Transportation".
    fn is_part_of_a_name(&self) -> bool {
        let next =
            self.next().is_some_and(|(next, gap)| is_space(gap) && self.is_other_name(self.this.end, next));
        next || self.before().is_some_and(|(before, gap)| {
            let at = self.this.start - 1;
            is_space(gap) && before.start > self.sentence.start && self.is_other_name(at, before)
        })
    }

    fn is_other_name(&self, at: usize, word: &Word<'_>) -> bool {
        let folded = word.folded.as_ref();
        let is_behind = at >= self.this.end && WORDS.beside.contains(folded);
        let tells = [&WORDS.subject, &WORDS.asks, &WORDS.leads, &WORDS.joins];
        Shape::of(word.written) == Shape::Capitalised
            && !self.owner[at]
            && !is_behind
            && !tells.iter().any(|words| words.contains(folded))
    }

    /// A word stands before it that only begins the sentence, or is none of a longer name.
    fn stands_free(&self) -> bool {
        self.before().is_none_or(|(before, gap)| {
            let at = self.this.start - 1;
            !is_space(gap) || !self.is_other_name(at, before)
        })
    }

    /// "Go engineer", "programming language Go".
    fn is_beside(&self) -> bool {
        let tells = |word: &Word<'_>| {
            let word = word.folded.as_ref();
            WORDS.subject.contains(word) || WORDS.beside.contains(word)
        };
        let joined = |gap: &str| is_space(gap) || gap == "-";
        self.next().is_some_and(|(next, gap)| joined(gap) && tells(next))
            || self.before().is_some_and(|(before, gap)| is_space(gap) && is_subject(before))
    }

    /// "experience with Go", "using Excel or", and not "experience with Express checkout".
    fn is_asked_for(&self, rule: Rule) -> bool {
        let ends = self.next().is_none_or(|(next, gap)| {
            let next = next.folded.as_ref();
            !is_space(gap)
                || WORDS.goes_on.contains(next)
                || WORDS.joins.contains(next)
                || rule != Rule::Listed && WORDS.subject.contains(next)
        });
        let Some((before, gap)) = self.before().filter(|_| ends) else { return false };
        let before = before.folded.as_ref();
        let asks = |word: &Word<'_>| {
            self.sentence.contains(&word.start) && WORDS.asks.contains(word.folded.as_ref())
        };
        let from = self.this.start.saturating_sub(5);
        is_space(gap)
            && (WORDS.uses.contains(before)
                || WORDS.leads.contains(before) && self.words[from..self.this.start].iter().any(asks))
    }
}

fn is_space(gap: &str) -> bool {
    gap.chars().all(char::is_whitespace)
}

/// What stands between two names that follow each other.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Join {
    /// Nothing but a space, as in "Java Spring".
    Space,
    /// A comma, a slash, "and" or the like.
    List,
}

impl Join {
    fn is_list(self) -> bool {
        self == Self::List
    }
}

/// Two names stand next to each other in a list.
fn listed(text: &str, words: &[Word<'_>], this: &Found<'_>, other: &Found<'_>) -> Option<Join> {
    let (left, right) = if other.first < this.first { (other, this) } else { (this, other) };
    let gap = &text[words[left.last].end..words[right.first].start];
    let join =
        gap.trim_matches(|c: char| c.is_whitespace() || matches!(c, ',' | '/' | '|' | ';' | '(' | ')'));
    if is_space(gap) {
        Some(Join::Space)
    } else if join.is_empty() || join.len() < 8 && WORDS.joins.contains(fold(join).as_ref()) {
        Some(Join::List)
    } else {
        None
    }
}

/// A sign ties a word to its neighbour, and neither is a name then: "R&D", "C-level", "Open-Source", "draw.io". But
/// "Go-based" and "Excel-Kenntnisse" are about the skill.
fn is_tied(text: &str, words: &[Word<'_>], range: &Range<usize>) -> bool {
    let (start, end) = (words[range.start].start, words[range.end - 1].end);
    let is_letter = end - start == 1;
    let before = text[..start].chars().next_back();
    let mut behind = text[end..].chars();
    let (behind, next) = (behind.next(), behind.next());
    let goes_on = next.is_some_and(char::is_alphanumeric);
    let tells = || {
        let next = words.get(range.end).map_or("", |next| next.folded.as_ref());
        WORDS.subject.contains(next) || WORDS.beside.contains(next)
    };
    match (before, behind) {
        (Some('-' | '@' | '_'), _) => true,
        (Some('.'), _) => text[..start - 1].ends_with(char::is_alphanumeric),
        (_, Some('.' | '@' | '_')) => goes_on,
        (_, Some('-')) => goes_on && !tells(),
        (Some('&' | '\'' | '’'), _) | (_, Some('&' | '\'' | '’')) => is_letter,
        _ => false,
    }
}

/// A sign that begins a name ties it to a word before it: `.NET` is none in `Paint.NET`.
fn is_glued(text: &str, these: &[Word<'_>]) -> bool {
    these.first().is_some_and(|word| {
        word.written.starts_with('.') && text[..word.start].ends_with(char::is_alphanumeric)
    })
}

/// Capitals say nothing where all is in capitals: "THE REST OF THE TEAM".
fn is_shouted(text: &str, these: &[Word<'_>]) -> bool {
    let shouts = |word: &Word<'_>| Shape::of(word.written) == Shape::Upper;
    these.iter().all(|word| shouts(word) && super::ordinary::ordinary(&word.folded).is_some())
        && !text.chars().any(char::is_lowercase)
        && these.iter().map(|word| word.end - word.start).sum::<usize>() + 2 < text.trim().len()
}

/// A field within the name of an institution: "Bureau of Labor Statistics", "Accounting Standards Board".
fn is_of_an_institution(text: &str, words: &[Word<'_>], range: &Range<usize>) -> bool {
    let is_capitalised = |word: &Word<'_>| word.written.starts_with(char::is_uppercase);
    if !is_capitalised(&words[range.start]) {
        return false;
    }
    let runs_on = |left: &Word<'_>, right: &Word<'_>| matches!(text[left.end..right.start].trim(), "" | "&");
    let mut connected = false;
    for at in (range.start.saturating_sub(6)..range.start).rev() {
        let word = &words[at];
        if !runs_on(word, &words[at + 1]) {
            break;
        }
        let connects = WORDS.connects.contains(word.folded.as_ref());
        connected |= connects;
        if connected && is_capitalised(word) && WORDS.institution.contains(word.folded.as_ref()) {
            return true;
        }
        if !connects && !is_capitalised(word) {
            break;
        }
    }
    let behind = words.iter().enumerate().skip(range.end).take(3);
    let mut behind = behind.take_while(|(at, word)| is_capitalised(word) && runs_on(&words[at - 1], word));
    behind.any(|(_, word)| WORDS.institution_end.contains(word.folded.as_ref()))
}
