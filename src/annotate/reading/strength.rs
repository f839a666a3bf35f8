//! How much a section asks for what it names: told from the clause, else the lead-in of its list or the head of its
//! column, else the heading above, else the section's kind. The nearer says it, because "Nice to have" stands under
//! "Requirements" and "Kotlin is a plus" stands in a list of what is required.

use super::cues::{Cue, OF_HEADINGS, OF_SENTENCES, Side, is_negated};
use super::word_set::{WordSet, Words};
use crate::model::{Block, BlockKind, Section, Strength};
use crate::text::{self, words};
use std::cell::OnceCell;
use std::ops::Range;

/// Kinds of sections whose content is asked for unless it says otherwise.
const ASKING: [&str; 2] = ["requirements", "qualifications"];

/// Behind a comma or conjunction, one of these within three words begins a demand of its own.
static HEADS: WordSet = WordSet::new(|| {
    Words::of(
        "experience knowledge degree familiarity certification certificate background fluency exposure \
         understanding skills years bachelor master masters phd mba proficiency ability kenntnisse \
         erfahrung erfahrungen berufserfahrung abschluss studium ausbildung jahre kenntnis connaissance \
         connaissances maitrise diplome ans conocimiento conocimientos experiencia titulo titulacion anos \
         dominio",
    )
});
/// What joins two demands.
static JOINS: WordSet =
    WordSet::new(|| Words::of("and with but plus while und mit aber sowie et avec mais y con pero"));
/// After "required" or "preferred" they make it speak of what follows: "required skills: …".
static NOUNS: WordSet = WordSet::new(|| {
    Words::of("skills qualifications experience education knowledge abilities degree include")
});

/// Before a cue they make it qualify the noun behind it.
static ARTICLES: WordSet =
    WordSet::new(|| Words::of("the a any all this these our your their its each every"));
/// Before the article they say it of what stands before them.
static COPULAS: WordSet = WordSet::new(|| Words::of("is are was were be as remains"));

/// How far what follows a cue reaches at most, in bytes.
const LONGEST_CLAUSE: usize = 400;
/// How far before a cue the article and the verb before it stand at most, in bytes.
const ARTICLE: usize = 24;

/// How much each place of a section asks for what it names.
pub(in crate::annotate) struct Strengths<'s> {
    /// Where nothing nearer says otherwise.
    section: Strength,
    blocks: Vec<OfBlock<'s>>,
}

struct OfBlock<'s> {
    text: &'s str,
    /// Where neither a clause nor a cell says otherwise.
    base: Strength,
    /// Cells whose column or row says otherwise, in order.
    cells: Vec<Part>,
    /// Clauses that say otherwise, whatever cell they stand in: in order, none within another. Read when they are asked
    /// for: most blocks name nothing.
    clauses: OnceCell<Vec<Part>>,
}

/// A part of a text and how much is asked for what it names.
type Part = (Range<usize>, Strength);

impl<'s> Strengths<'s> {
    /// Reads a section once.
    pub(in crate::annotate) fn of_section(section: &'s Section) -> Self {
        let own = section.heading.as_ref().and_then(|heading| OF_HEADINGS.of_heading(&heading.text));
        let by_kind = ASKING.contains(&section.kind.id.as_str()).then_some(Strength::Required);
        let of_section = own.or(by_kind).unwrap_or_default();
        let headings = of_subheadings(section, of_section);
        let mut lists = Lists::default();
        let blocks = section.blocks.iter().map(|block| {
            let heading = block.heading.and_then(|heading| headings.get(usize::from(heading)));
            let base = lists.base_of(block, *heading.unwrap_or(&of_section));
            OfBlock { text: &block.text, base, cells: lists.cells_of(block), clauses: OnceCell::new() }
        });
        Self { section: of_section, blocks: blocks.collect() }
    }

    /// How much what a block names is asked for, whatever its clauses say.
    pub(in crate::annotate) fn base(&self, block: usize) -> Strength {
        self.blocks.get(block).map_or(self.section, |block| block.base)
    }

    /// How much that is asked for which stands at this byte of a block; in a heading, where there is no block.
    pub(in crate::annotate) fn at(&self, block: Option<usize>, position: usize) -> Strength {
        let Some(block) = block.and_then(|block| self.blocks.get(block)) else { return self.section };
        part_at(block.clauses(), position).or_else(|| part_at(&block.cells, position)).unwrap_or(block.base)
    }
}

impl OfBlock<'_> {
    fn clauses(&self) -> &[Part] {
        self.clauses.get_or_init(|| flattened(clauses_of(self.text)))
    }
}

/// What the part says that holds this byte.
fn part_at(parts: &[Part], position: usize) -> Option<Strength> {
    let (part, strength) = parts.get(parts.partition_point(|(part, _)| part.end <= position))?;
    part.contains(&position).then_some(*strength)
}

/// The strength that each subheading gives what is below it, from its own words or those of the nearest heading above.
fn of_subheadings(section: &Section, outermost: Strength) -> Vec<Strength> {
    let mut open: Vec<(u8, Strength)> = Vec::new();
    let strengths = section.subheadings.iter().map(|heading| {
        while open.last().is_some_and(|(level, _)| *level >= heading.level) {
            open.pop();
        }
        let above = open.last().map_or(outermost, |(_, strength)| *strength);
        let strength = OF_HEADINGS.of_heading(&heading.text).unwrap_or(above);
        open.push((heading.level, strength));
        strength
    });
    strengths.collect()
}

/// What the lists and tables that are open at a block say of its content.
#[derive(Default)]
struct Lists {
    /// The subheading of the last block.
    heading: Option<u16>,
    /// Of the paragraph before the list.
    lead_in: Option<Strength>,
    /// Of the items that are open, by depth.
    parents: Vec<Option<Strength>>,
    /// Of the columns of the table.
    columns: Vec<Option<Strength>>,
}

impl Lists {
    fn base_of(&mut self, block: &Block, heading: Strength) -> Strength {
        if block.heading != self.heading {
            *self = Self { heading: block.heading, ..Self::default() };
        }
        match &block.kind {
            BlockKind::Item { depth, .. } => {
                self.parents.truncate(usize::from(*depth));
                let above = self.parents.iter().rev().find_map(|&strength| strength).or(self.lead_in);
                let is_lead_in = block.text.ends_with(':') || words(&block.text).nth(8).is_none();
                self.parents.resize(usize::from(*depth), None);
                self.parents.push(is_lead_in.then(|| OF_HEADINGS.of_heading(&block.text)).flatten());
                above.unwrap_or(heading)
            }
            BlockKind::Row { header, .. } => {
                if *header {
                    self.columns = block.cells().map(|head| OF_HEADINGS.of_heading(head)).collect();
                }
                heading
            }
            BlockKind::Paragraph | BlockKind::Code => {
                let last = block.text.rfind(['.', '!', '?']).map_or(0, |at| at + 1);
                let lead_in = block.text.ends_with(':').then(|| block.text.get(last..)).flatten();
                let lead_in = lead_in.and_then(|text| OF_HEADINGS.of_heading(text));
                *self = Self { heading: block.heading, lead_in, ..Self::default() };
                heading
            }
        }
    }

    /// The cells of a row whose column or whose first cell says how much they are asked for.
    fn cells_of(&self, block: &Block) -> Vec<Part> {
        let BlockKind::Row { header: false, cells } = &block.kind else { return Vec::new() };
        let term = block.cells().next().and_then(|term| OF_HEADINGS.of_heading(term));
        let columns = self.columns.iter().copied().chain(std::iter::repeat(None));
        let strengths = cells.iter().zip(columns).skip(1);
        strengths
            .filter_map(|(&(start, end), column)| Some((start as usize..end as usize, column.or(term)?)))
            .collect()
    }
}

/// The parts of a text whose own words say how much they are asked for, in order.
fn clauses_of(text: &str) -> Vec<Part> {
    let mut cues = OF_SENTENCES.find(text).peekable();
    if cues.peek().is_none() {
        return Vec::new();
    }
    let mut clauses = Vec::new();
    for sentence in text::sentences(text) {
        let mut read_until = sentence.start;
        // The cue before speaks of what follows it.
        let mut reaches_on = false;
        while let Some(cue) = cues.next_if(|cue| cue.at.start < sentence.end) {
            if cue.strength == Strength::Named && !matches!(cue.side, Side::Precedes) {
                continue;
            }
            if is_attribute(text, &sentence, &cue) {
                continue;
            }
            let before = &text[read_until..cue.at.start];
            let negated = is_negated(before);
            let strength = if negated { Strength::Named } else { cue.strength };
            let clause = if follows(text, &sentence, &cue) {
                cue.at.start..end_of_clause(text, &sentence, &cue)
            } else {
                let start = read_until + start_of_clause(before, &text[cue.at.end..], reaches_on);
                start..cue.at.end
            };
            read_until = cue.at.end;
            // "Ideally at least 3 years": what already is a plus, is one.
            let within = |(clause, _): &Part| clause.contains(&cue.at.start);
            if cue.strength == Strength::Required
                && !negated
                && clauses.last().is_some_and(|last| within(last) && last.1 == Strength::Preferred)
                && follows(text, &sentence, &cue)
            {
                continue;
            }
            reaches_on = clause.start == cue.at.start;
            clauses.push((clause, strength));
        }
    }
    clauses
}

/// "To achieve the desired outcomes": between an article and a noun it speaks of the noun; not in "Python is the
/// preferred language".
fn is_attribute(text: &str, sentence: &Range<usize>, cue: &Cue) -> bool {
    if cue.side == Side::Follows {
        return false;
    }
    let (before, after) = (&text[sentence.start..cue.at.start], &text[cue.at.end..sentence.end]);
    let before = &before[before.ceil_char_boundary(before.len().saturating_sub(ARTICLE))..];
    let noun = words(after).next().filter(|word| after[..word.start].trim().is_empty());
    let Some(noun) = noun.filter(|noun| !NOUNS.contains(noun.folded.as_ref())) else { return false };
    let mut last = before.trim_end().rsplit(' ');
    let mut is_last =
        |names: &WordSet| last.next().is_some_and(|word| names.contains(word.to_ascii_lowercase().as_str()));
    noun.start > 0 && is_last(&ARTICLES) && !is_last(&COPULAS)
}

/// Whether what the cue speaks of follows it.
fn follows(text: &str, sentence: &Range<usize>, cue: &Cue) -> bool {
    match cue.side {
        Side::Follows => {
            !text[cue.at.end..sentence.end].trim_start().is_empty()
                && !text[cue.at.end..sentence.end].trim().starts_with([')', '.', ';'])
        }
        Side::Precedes | Side::Closing => false,
        Side::Alone => true,
        Side::Either => {
            let after = &text[cue.at.end..sentence.end];
            let begins = text[sentence.start..cue.at.start].trim_end();
            let opens = begins.is_empty() || begins.ends_with([';', '–', '—', '|', ':']);
            let has_rest = after.contains(char::is_alphanumeric);
            let noun = || words(after).next().is_some_and(|word| NOUNS.contains(word.folded.as_ref()));
            has_rest && (after.starts_with(':') || opens || noun())
        }
    }
}

/// Where that ends which follows a cue.
fn end_of_clause(text: &str, sentence: &Range<usize>, cue: &Cue) -> usize {
    let rest = &text[cue.at.end..sentence.end];
    let rest = &rest[..rest.floor_char_boundary(LONGEST_CLAUSE.min(rest.len()))];
    cue.at.end + rest.find([';', ')', '|']).unwrap_or(rest.len())
}

/// Where that begins which stands before a cue, within the text between it and the cue before.
fn start_of_clause(before: &str, after: &str, reaches_on: bool) -> usize {
    let hard = before.rfind([';', '|', ':', '(']).map_or(0, |at| at + 1);
    // "Kotlin (preferred)": alone in brackets it speaks of what is before them.
    if before.trim_end().ends_with('(') && after.trim_start().starts_with(')') {
        let before = before.trim_end().trim_end_matches('(');
        return before.rfind([',', ';', '|', ':', '(', ')']).map_or(0, |at| at + 1);
    }
    let clause = &before[hard..];
    let found: Vec<text::Word<'_>> = words(clause).collect();
    let mut start = if reaches_on { clause.rfind(',').map_or(0, |at| at + 1) } else { 0 };
    for (index, word) in found.iter().enumerate().skip(1) {
        let gap = &clause[found[index - 1].end..word.start];
        let joins = JOINS.contains(word.folded.as_ref());
        let next = &found[index..found.len().min(index + 4)];
        if (gap.contains(',') || joins) && next.iter().any(|word| HEADS.contains(word.folded.as_ref())) {
            start = start.max(word.start);
        }
    }
    hard + start
}

/// Parts in order, none within another: where two meet, the later one holds.
fn flattened(clauses: Vec<Part>) -> Vec<Part> {
    let mut flat: Vec<Part> = Vec::with_capacity(clauses.len());
    for (clause, strength) in clauses {
        let mut rest = None;
        while let Some((last, last_strength)) = flat.last_mut() {
            if last.end <= clause.start {
                break;
            }
            if last.end > clause.end {
                rest = Some((clause.end..last.end, *last_strength));
            }
            last.end = clause.start.max(last.start);
            if last.start < last.end {
                break;
            }
            flat.pop();
        }
        flat.push((clause, strength));
        flat.extend(rest);
    }
    flat
}

#[cfg(test)]
mod tests;
