//! How like two pages are: by the rare skills that both name, and by the words that tell one page from others and that the
//! other has too. All is worked out from the ordinals in memory and the postings of a few words; no other page is read.

use super::places::Place;
use crate::index::{Analyzer, Segment, Size, Snapshot};
use crate::model::{FacetField, Page, Section};
use crate::search::postings;
use crate::search::query::StopWords;
use crate::text::{Word, words};
use std::collections::HashMap;
use tantivy::fieldnorm::FieldNormReader;
use tantivy::postings::Postings as _;
use tantivy::schema::{Field, IndexRecordOption, Term};
use tantivy::{DocId, DocSet as _, TERMINATED};

/// How many words of a page are read at most, and how many different ones are looked up.
const MOST_READ: usize = 20_000;
const MOST_LOOKED_UP: usize = 1_000;
/// The words that a page is known by, the most telling ones of each field.
const MOST_OF_TITLE: usize = 10;
const MOST_OF_HEADINGS: usize = 10;
const MOST_OF_TEXT: usize = 40;
const _: () = assert!(MOST_OF_TITLE + MOST_OF_HEADINGS + MOST_OF_TEXT <= 64, "each word has a bit");
/// How much a word of the title counts of what one of the text would that stands there all the time.
const TITLE: f32 = 2.0;
/// How much a word of a heading does.
const HEADING: f32 = 0.5;
/// A word that stands on more than this share of the sections or titles tells nothing.
const COMMON: f32 = 0.25;
/// BM25's parameter of how much it counts how long a text is.
const B: f32 = 0.75;

/// The words that a page is known by.
pub(super) struct Profile {
    words: Vec<ProfileWord>,
    /// The mean length of a page's text.
    average_length: f32,
}

struct ProfileWord {
    field: Field,
    term: Term,
    /// As the page writes it.
    written: String,
    /// How much it tells.
    weight: f32,
    /// How much of it the page has, up to 1.
    own: f32,
}

/// What of a profile a page has.
#[derive(Clone, Copy, Default)]
pub(super) struct Shared {
    /// The weight that both have.
    pub(super) weight: f32,
    /// The words, by bit.
    pub(super) words: u64,
}

/// A word of a page while its profile is made.
#[derive(Default)]
struct Counted {
    written: String,
    times: u32,
    /// Sections of the page that have it.
    sections: u64,
    last: Option<usize>,
}

impl Profile {
    /// That of a page.
    pub(super) fn of(page: &Page, snapshot: &Snapshot) -> tantivy::Result<Self> {
        let analyzer = Analyzer::of(page.language.as_deref());
        let fields = snapshot.fields;
        let sections: Vec<&Section> =
            page.sections.iter().filter(|section| !section.is_about_others()).collect();
        let headings = sections.iter().enumerate().flat_map(|(at, section)| {
            let headings = section.heading.iter().chain(&section.subheadings);
            headings.map(move |heading| (at, heading.text.as_str()))
        });
        let texts = sections
            .iter()
            .enumerate()
            .flat_map(|(at, section)| section.own_blocks().map(move |(_, block)| (at, block.text.as_str())));
        let size = snapshot.size_of(analyzer);
        let average_length =
            snapshot.average_length_of(fields.body) * size.sections as f32 / (size.pages as f32).max(1.0);
        let mut profile = Self { words: Vec::new(), average_length };
        let title = counted(analyzer, std::iter::once((0, page.title.as_str())));
        profile.add(snapshot, analyzer, fields.title, title, |_| TITLE, MOST_OF_TITLE)?;
        let headings = counted(analyzer, headings);
        profile.add(snapshot, analyzer, fields.heading, headings, |_| HEADING, MOST_OF_HEADINGS)?;
        let text = counted(analyzer, texts);
        let length: u32 = text.values().map(|word| word.times).sum();
        let fill = |times: u32| saturated(times as f32, length as f32, average_length);
        profile.add(snapshot, analyzer, fields.body, text, fill, MOST_OF_TEXT)?;
        Ok(profile)
    }

    /// Adds the most telling words of a field that other pages have too.
    fn add(
        &mut self,
        snapshot: &Snapshot,
        analyzer: Analyzer,
        field: Field,
        words: HashMap<String, Counted>,
        fill: impl Fn(u32) -> f32,
        most: usize,
    ) -> tantivy::Result<()> {
        let size = snapshot.size_of(analyzer);
        let is_title = field == snapshot.fields.title;
        let place = if is_title { postings::Place::Page } else { postings::Place::Section };
        let all = if is_title { size.pages } else { size.sections };
        let mut words: Vec<(String, Counted)> = words.into_iter().collect();
        words.sort_unstable_by(|a, b| b.1.times.cmp(&a.1.times).then_with(|| a.0.cmp(&b.0)));
        words.truncate(MOST_LOOKED_UP);
        let mut telling = Vec::new();
        for (stem, word) in words {
            let term = analyzer.term(field, &stem);
            let having = postings::document_frequency(snapshot, &term)?;
            let common = (all as f32 * COMMON).max(word.sections as f32 + 1.0);
            if having > word.sections && having as f32 <= common {
                let (weight, own) = (postings::rarity(place, having, size), fill(word.times));
                telling.push(ProfileWord { field, term, written: word.written, weight, own });
            }
        }
        let tells = |word: &ProfileWord| word.weight * word.own;
        telling.sort_by(|a, b| tells(b).total_cmp(&tells(a)).then_with(|| a.written.cmp(&b.written)));
        telling.truncate(most);
        self.words.append(&mut telling);
        Ok(())
    }

    /// The weight of all of it.
    pub(super) fn weight(&self) -> f32 {
        self.words.iter().map(|word| word.weight * word.own).sum()
    }

    /// The words of a mask as the page writes them, each once, the most telling first.
    pub(super) fn written(&self, mask: u64) -> Vec<String> {
        let has = |bit: usize| mask >> bit & 1 == 1;
        let mut words: Vec<&ProfileWord> =
            self.words.iter().enumerate().filter(|(bit, _)| has(*bit)).map(|(_, word)| word).collect();
        let tells = |word: &ProfileWord| word.weight * word.own;
        words.sort_by(|a, b| tells(b).total_cmp(&tells(a)));
        let mut seen: Vec<&[u8]> = Vec::new();
        words.retain(|word| {
            let term = word.term.serialized_value_bytes();
            let new = !seen.contains(&term);
            seen.push(term);
            new
        });
        words.into_iter().map(|word| word.written.clone()).collect()
    }

    /// What each page of a segment shares.
    pub(super) fn shared(&self, snapshot: &Snapshot, segment: &Segment) -> tantivy::Result<Vec<Shared>> {
        let mut shared = vec![Shared::default(); segment.pages.len()];
        let norms = segment.reader.fieldnorms_readers().get_field(snapshot.fields.body)?;
        let mut lengths: Vec<Option<f32>> = vec![None; segment.pages.len()];
        for (bit, word) in self.words.iter().enumerate() {
            let index = segment.reader.inverted_index(word.field)?;
            let Some(mut postings) = index.read_postings(&word.term, IndexRecordOption::WithFreqs)? else {
                continue;
            };
            let is_text = word.field == snapshot.fields.body;
            let mut document = postings.doc();
            while document != TERMINATED {
                let Some(page) = segment.pages.of(document) else {
                    document = postings.advance(); // Deleted.
                    continue;
                };
                let place = segment.pages[page];
                let mut times = 0;
                while document < place.end {
                    times += postings.term_freq();
                    document = postings.advance();
                }
                let has = match &norms {
                    Some(norms) if is_text => {
                        let length =
                            *lengths[page].get_or_insert_with(|| length(norms, place.first..place.end));
                        saturated(times as f32, length, self.average_length)
                    }
                    _ => word.own,
                };
                shared[page].weight += word.weight * has.min(word.own);
                shared[page].words |= 1 << bit;
            }
        }
        Ok(shared)
    }

    /// The sections of a page, each with the words of a mask that it has.
    pub(super) fn sections(
        &self,
        snapshot: &Snapshot,
        place: Place,
        mask: u64,
    ) -> tantivy::Result<Vec<(DocId, u64)>> {
        let segment = &snapshot.segments[place.segment];
        let page = segment.pages[place.index];
        let mut found: Vec<(DocId, u64)> = (page.first..page.end).map(|document| (document, 0)).collect();
        for (bit, word) in self.words.iter().enumerate() {
            if mask >> bit & 1 == 0 || word.field == snapshot.fields.title {
                continue;
            }
            let index = segment.reader.inverted_index(word.field)?;
            let Some(mut postings) = index.read_postings(&word.term, IndexRecordOption::Basic)? else {
                continue;
            };
            let mut document =
                if postings.doc() < page.first { postings.seek(page.first) } else { postings.doc() };
            while document < page.end {
                found[(document - page.first) as usize].1 |= 1 << bit;
                document = postings.advance();
            }
        }
        Ok(found)
    }
}

/// How much of a word a text has that has it so many times.
fn saturated(times: f32, length: f32, average: f32) -> f32 {
    times / (times + postings::length(length, average.max(1.0), B))
}

fn length(norms: &FieldNormReader, documents: std::ops::Range<DocId>) -> f32 {
    documents.map(|document| norms.fieldnorm(document) as f32).sum()
}

/// The different words of texts, each with the section it stands in, by their terms.
fn counted<'t>(
    analyzer: Analyzer,
    texts: impl Iterator<Item = (usize, &'t str)>,
) -> HashMap<String, Counted> {
    let stop_words = StopWords::default();
    let mut counted: HashMap<String, Counted> = HashMap::new();
    let mut read = 0;
    for (section, text) in texts {
        for (range, term) in analyzer.terms(text) {
            read += 1;
            if read > MOST_READ {
                return counted;
            }
            let written = &text[range];
            let tells = |word: Word<'_>| {
                !word.folded.starts_with(char::is_numeric) && !stop_words.has(&word.folded, analyzer)
            };
            if !words(written).next().is_some_and(tells) {
                continue;
            }
            let word = counted.entry(term).or_default();
            if word.written.is_empty() {
                word.written = written.to_owned();
            }
            word.times += 1;
            word.sections += u64::from(word.last.replace(section) != Some(section));
        }
    }
    counted
}

/// What the skills of a page tell, by ordinal.
pub(super) struct SkillWeights {
    /// By skill; 0 for one that the page does not name.
    own: Vec<f32>,
    /// By skill.
    all: Vec<f32>,
    length: f32,
    /// How many skills the page names.
    count: usize,
}

impl SkillWeights {
    /// Those of a page; `having` is how many pages name each skill.
    pub(super) fn of(snapshot: &Snapshot, place: Place, having: impl Iterator<Item = u64>) -> Self {
        let size = Size { pages: snapshot.pages.len() as u64, sections: snapshot.section_count };
        let rarity = |having| postings::rarity(postings::Place::Page, having, size);
        let all: Vec<f32> = having.map(|having| rarity(having).powi(2)).collect();
        let mut own = vec![0.0; all.len()];
        let skills = snapshot.segments[place.segment].page_tags(FacetField::Skill, place.index);
        skills.iter().for_each(|&skill| own[skill as usize] = all[skill as usize]);
        let length = own.iter().sum::<f32>().sqrt();
        Self { own, all, length, count: skills.len() }
    }

    /// How many skills the page names.
    pub(super) fn count(&self) -> usize {
        self.count
    }

    /// How alike the skills of another page are: the cosine of the angle between the two, each skill as long as it is
    /// rare.
    pub(super) fn likeness(&self, skills: &[u32]) -> f32 {
        let (mut shared, mut length) = (0.0, 0.0);
        for &skill in skills {
            shared += self.own[skill as usize];
            length += self.all[skill as usize];
        }
        if shared > 0.0 { (shared / (self.length * f32::sqrt(length))).min(1.0) } else { 0.0 }
    }

    /// Those skills that the page names too, the rarest first.
    pub(super) fn shared(&self, skills: &[u32]) -> Vec<u32> {
        let mut shared: Vec<u32> =
            skills.iter().copied().filter(|&skill| self.own[skill as usize] > 0.0).collect();
        shared.sort_by(|&a, &b| self.own[b as usize].total_cmp(&self.own[a as usize]).then(a.cmp(&b)));
        shared
    }
}
