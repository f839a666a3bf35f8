//! What a page scores: its title and all of its text, each word by its best name, and then its best section, words that
//! stand together, and a title that is just what was asked for.

use super::{Reading, Sweeper};
use crate::search::SearchError;
use crate::search::matched::{Part, Parts};
use crate::search::plan::Plan;
use crate::search::postings::{Leaf, Place};
use tantivy::DocId;

/// How much of what a page's text scores is that of its best section; the rest is that of the whole page.
const BEST_SECTION: f32 = 0.3;
/// How much what a page says of other roles, and where it points to, counts of what it says of its own.
const WORTH_OF_OTHERS: f32 = 0.4;
/// The kinds of sections that do.
pub(super) const OF_OTHERS: [&str; 2] = ["related-roles", "resources"];
/// How much a word that the title has counts in the choice among the page's sections: they all speak of it.
const SAID_BY_TITLE: f32 = 0.1;
/// What a title is worth that is what was asked for and nothing else: more than any other page can be.
const EXACT_TITLE: f32 = 100.0;
/// Sums of the same numbers in another order differ by less.
const ROUNDING: f32 = 1.0001;

/// What is worked with for one page after the other.
pub(super) struct Scratch {
    /// By name: what it scores in the document being read, in the title and role, and in all of the page.
    here: Vec<f32>,
    title: Vec<f32>,
    whole: Vec<f32>,
    /// By leaf, the hints after the others: what of the page was gathered.
    gathered: Vec<f32>,
}

impl Scratch {
    pub(super) fn new(plan: &Plan<'_>, leaves: usize) -> Self {
        let zeros = vec![0.0; plan.names.len()];
        Self { here: zeros.clone(), title: zeros.clone(), whole: zeros, gathered: vec![0.0; leaves] }
    }
}

impl Sweeper<'_> {
    /// What the page that it is at scores at the most, by what of the question stands in it at all.
    pub(in crate::search) fn most(&mut self) -> f32 {
        let place = self.segment.pages[self.page.index];
        let Scratch { here, title, whole, .. } = &mut self.scratch;
        here.fill(0.0);
        title.fill(0.0);
        let mut add = |leaf: &Leaf| match leaf.of.place {
            Place::Section => here[leaf.of.name] += leaf.most(),
            Place::Page => title[leaf.of.name] = title[leaf.of.name].max(leaf.most()),
        };
        for of_leaf in self.readings.chunk_by(|a, b| a.leaf == b.leaf) {
            add(&self.leaves[of_leaf[0].leaf]);
        }
        for hint in &mut self.hints {
            let end = if hint.of.place == Place::Page { place.first + 1 } else { place.end };
            if hint.seek(place.first) < end {
                add(hint);
            }
        }
        let both = here.iter().zip(&*title).map(|(text, title)| title + (1.0 - BEST_SECTION) * text);
        whole.iter_mut().zip(both).for_each(|(whole, both)| *whole = both);
        let names = &self.plan.names;
        let text = best_names(names, whole, |_| 1.0) + BEST_SECTION * best_names(names, here, |_| 1.0);
        let of_sections = self.of_sections.iter().fold(0, |wants, section| wants | section);
        let together = |(place, wants): (Place, u64)| {
            let here = self.pairs.iter().filter(move |pair| pair.place == place && pair.wants & !wants == 0);
            here.map(|pair| pair.worth).sum::<f32>()
        };
        let together: f32 =
            [(Place::Page, self.of_page), (Place::Section, of_sections)].map(together).iter().sum();
        let exact = if self.is_exact { EXACT_TITLE } else { 0.0 };
        (exact + text + together) * ROUNDING
    }

    /// Works out what the page that it is at scores.
    pub(in crate::search) fn score(&mut self) -> Result<f32, SearchError> {
        self.score_page(false, false)?;
        Ok(self.page.score)
    }

    /// The same for a page that is shown: its sections are put in order, and it is said what the score is made of where
    /// that is asked for.
    pub(super) fn score_page(&mut self, shows: bool, explains: bool) -> Result<(), SearchError> {
        let place = self.segment.pages[self.page.index];
        self.read_hints(place.first, place.end);
        // Document by document, each leaf in its turn.
        self.readings.sort_unstable_by_key(|reading| (reading.document, reading.leaf));
        self.scratch.title.fill(0.0);
        self.scratch.gathered.fill(0.0);
        let readings = std::mem::take(&mut self.readings);
        let mut best_section = (None, 0.0_f32);
        for of_document in readings.chunk_by(|a, b| a.document == b.document) {
            let document = of_document[0].document;
            self.read_document(of_document);
            let wants = self.of_sections[(document - place.first) as usize];
            if wants == 0 {
                continue;
            }
            let (score, beside_title) = self.score_section(document, wants, shows)?;
            if self.lists_all {
                continue;
            }
            let listed = self.page.sections.binary_search_by_key(&document, |section| section.document);
            if let Ok(at) = listed {
                self.page.sections[at].score = beside_title;
                if score > best_section.1 {
                    best_section = (Some(document), score);
                }
            }
        }
        self.readings = readings;
        let text = self.whole();
        let exact = if self.is_exact { EXACT_TITLE } else { 0.0 };
        let (together, _) = self.together(Place::Page, self.of_page, place.first)?;
        let best_section_score = BEST_SECTION * best_section.1;
        self.page.score = exact + text + together + best_section_score;
        self.page.parts = explains.then(|| {
            let (names, best_section) = (self.best_parts(), best_section.0);
            Parts { exact, together, names, best_section, best_section_score }
        });
        Ok(())
    }

    /// Reads what words near to those of the question say of the page.
    fn read_hints(&mut self, first: DocId, end: DocId) {
        for (at, hint) in self.hints.iter_mut().enumerate() {
            let end = if hint.of.place == Place::Page { first + 1 } else { end };
            let mut document = hint.seek(first);
            while document < end {
                let leaf = self.leaves.len() + at;
                self.readings.push(Reading { document, leaf, amount: hint.amount() });
                document = hint.advance();
            }
        }
    }

    /// Takes in what stands in a document.
    fn read_document(&mut self, readings: &[Reading]) {
        let worth = self.worth_of(readings[0].document);
        let Scratch { here, title, gathered, .. } = &mut self.scratch;
        here.fill(0.0);
        for &Reading { document, leaf: at, amount } in readings {
            let leaf = self.leaves.get(at).unwrap_or_else(|| &self.hints[at - self.leaves.len()]);
            let (name, score) = (leaf.of.name, leaf.score(document, amount));
            match leaf.of.place {
                Place::Section => {
                    here[name] += score;
                    leaf.gather(&mut gathered[at], worth, amount);
                }
                Place::Page => title[name] = title[name].max(score),
            }
        }
    }

    /// What the section being read scores; and the same with less for what the title says, where the page is shown.
    fn score_section(&mut self, document: DocId, wants: u64, shows: bool) -> Result<(f32, f32), SearchError> {
        let worth = self.worth_of(document);
        let (together, beside) = self.together(Place::Section, wants, document)?;
        let (names, here, of_page) = (&self.plan.names, &self.scratch.here, self.of_page);
        let said = |want: usize| if of_page >> want & 1 == 1 { SAID_BY_TITLE } else { 1.0 };
        let score = best_names(names, here, |_| 1.0);
        let beside_title = if shows && of_page != 0 { best_names(names, here, said) } else { score };
        Ok((worth * (score + together), worth * (beside_title + beside)))
    }

    /// What title and text of the page score, each want by its best name.
    fn whole(&mut self) -> f32 {
        let lengths = self.plan.page_lengths(self.segment, self.page.index);
        let Scratch { title, whole, gathered, .. } = &mut self.scratch;
        whole.copy_from_slice(title);
        for (leaf, &gathered) in self.leaves.iter().chain(&self.hints).zip(&*gathered) {
            if leaf.of.place == Place::Section {
                whole[leaf.of.name] += (1.0 - BEST_SECTION) * leaf.score_gathered(gathered, lengths);
            }
        }
        best_names(&self.plan.names, whole, |_| 1.0)
    }

    /// What the best name of each want scores, once the whole page was read.
    fn best_parts(&self) -> Vec<Part> {
        let Scratch { title, whole, .. } = &self.scratch;
        let of = |names: &[usize]| {
            let best = names.iter().max_by(|a, b| whole[**a].total_cmp(&whole[**b]));
            let part = |&name: &usize| Part { name, title: title[name], text: whole[name] - title[name] };
            best.map(part)
        };
        let names: Vec<usize> = (0..self.plan.names.len()).collect();
        let by_want = names.chunk_by(|&a, &b| self.plan.names[a] == self.plan.names[b]);
        by_want.filter_map(of).collect()
    }

    /// What it is worth that words of the question stand together in a document that has these wants; and the same with less
    /// for what the title says.
    fn together(&mut self, place: Place, wants: u64, document: DocId) -> Result<(f32, f32), SearchError> {
        let (mut together, mut beside_title) = (0.0, 0.0);
        let of_page = self.of_page;
        for pair in self.pairs.iter_mut().filter(|pair| pair.place == place && pair.wants & !wants == 0) {
            if pair.is_in(document, self.snapshot, self.segment)? {
                together += pair.worth;
                let said = of_page & pair.wants == pair.wants;
                beside_title += pair.worth * if said { SAID_BY_TITLE } else { 1.0 };
            }
        }
        Ok((together, beside_title))
    }

    /// How much the text of a section says of its page.
    fn worth_of(&self, document: DocId) -> f32 {
        if self.of_others.contains(&self.segment.kind_of(document)) { WORTH_OF_OTHERS } else { 1.0 }
    }
}

/// The sum over the wants of what the best name of each scores, times what `worth` says of the want; `names` are the wants
/// of the names, in order.
fn best_names(names: &[usize], scores: &[f32], worth: impl Fn(usize) -> f32) -> f32 {
    let (mut sum, mut best, mut of) = (0.0, 0.0_f32, 0);
    for (&want, &score) in names.iter().zip(scores) {
        if want != of {
            sum += worth(of) * std::mem::replace(&mut best, 0.0);
            of = want;
        }
        best = best.max(score);
    }
    if names.is_empty() { 0.0 } else { sum + worth(of) * best }
}
