//! What a page scores: its title and all of its text, each word by its best name, and then its best section, words that
//! stand together, and a title that is just what was asked for.

use super::{Reading, Sweeper};
use crate::search::SearchError;
use crate::search::matched::{Part, Parts};
use crate::search::pairs::Pair;
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
/// How many bits of a hash are not used to find what is known of a set of leaves.
const KNOWN_BITS: u32 = u64::BITS - 6;
/// Sums of the same numbers in another order differ by less.
const ROUNDING: f32 = 1.0001;

/// What is worked with for one page after the other.
pub(super) struct Scratch {
    /// By name: what it scores in the title and role, and in all of the page.
    title: Vec<f32>,
    whole: Vec<f32>,
    /// By leaf, the hints after the others: what of the page was gathered.
    gathered: Vec<f32>,
    /// Sets of leaves, and what a page scores at the most in which they stand.
    most: [(u64, f32); 1 << (u64::BITS - KNOWN_BITS)],
    /// By name: what that is in the title and role, in its text, and in one section of it.
    most_by_name: [Vec<f32>; 3],
}

impl Scratch {
    pub(super) fn new(plan: &Plan<'_>, leaves: usize) -> Self {
        let zeros = vec![0.0; plan.names.len()];
        Self {
            title: zeros.clone(),
            whole: zeros.clone(),
            gathered: vec![0.0; leaves],
            most: [(0, 0.0); _],
            most_by_name: [zeros.clone(), zeros.clone(), zeros],
        }
    }
}

impl Sweeper<'_> {
    /// What the page that it is at scores at the most, by what of the question stands in it at all.
    pub(in crate::search) fn most(&mut self) -> f32 {
        if self.leaves.len() + self.hints.len() > u64::BITS as usize {
            return f32::INFINITY; // What stands where is told by a bit for each.
        }
        let exact = if self.is_exact { EXACT_TITLE } else { 0.0 };
        if let Some(most) = self.most_of_read {
            return (exact + most) * ROUNDING;
        }
        let place = self.segment.pages[self.page.index];
        let mut here = self.readings.iter().fold(0_u64, |here, reading| here | 1 << (reading.leaf % 64));
        for (at, hint) in (self.leaves.len()..).zip(&mut self.hints) {
            let end = if hint.of.place == Place::Page { place.first + 1 } else { place.end };
            here |= u64::from(hint.seek(place.first) < end) << (at % 64);
        }
        (exact + self.most_of(here)) * ROUNDING
    }

    /// What a page scores at the most of which [`Sweeper::has_title`] does not hold.
    pub(in crate::search) fn most_untitled(&mut self) -> f32 {
        let needed = self.query.needed();
        // What is met without a word.
        let may_be_exact = self.titles.is_some()
            && (!self.plan.bounds.is_empty() || self.idle.iter().any(|idle| idle & needed == needed));
        if may_be_exact || self.leaves.len() + self.hints.len() > u64::BITS as usize {
            return f32::INFINITY;
        }
        let leaves = (0..).zip(self.leaves.iter().chain(&self.hints));
        let of_sections = leaves.filter(|(_, leaf)| leaf.of.place == Place::Section);
        let here = of_sections.fold(0, |here, (at, _): (u32, _)| here | 1 << (at % 64));
        self.most_of(here) * ROUNDING
    }

    /// The same of a page in which these leaves stand, a bit each.
    pub(super) fn most_of(&mut self, here: u64) -> f32 {
        // Many pages have the same.
        let Scratch { most, most_by_name: [title, text, _], .. } = &mut self.scratch;
        let known = &mut most[(here.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> KNOWN_BITS) as usize];
        if known.0 == here {
            return known.1;
        }
        title.fill(0.0);
        text.fill(0.0);
        let (mut of_page, mut of_sections) = (0_u64, 0_u64);
        let leaves =
            self.leaves.iter().map(|leaf| (leaf, true)).chain(self.hints.iter().map(|hint| (hint, false)));
        for (_, (leaf, has_want)) in (0..).zip(leaves).filter(|(at, _): &(u32, _)| here >> at & 1 == 1) {
            let (name, want) = (leaf.of.name, u64::from(has_want) << leaf.of.want);
            match leaf.of.place {
                Place::Page => {
                    title[name] = title[name].max(leaf.most());
                    of_page |= want;
                }
                Place::Section => {
                    text[name] += leaf.most();
                    of_sections |= want;
                }
            }
        }
        let names = &self.plan.names;
        let best_section = best_names(names, text, |_| 1.0);
        text.iter_mut().zip(&*title).for_each(|(text, title)| *text = *title + (1.0 - BEST_SECTION) * *text);
        let together = most_together(&self.pairs, of_page, of_sections);
        let most = best_names(names, text, |_| 1.0) + BEST_SECTION * best_section + together;
        *known = (here, most);
        most
    }

    /// Works out what the page that it is at scores, unless it is soon seen that this is not `enough`.
    pub(in crate::search) fn score(
        &mut self,
        enough: impl Fn(f32) -> bool,
    ) -> Result<Option<f32>, SearchError> {
        let place = self.segment.pages[self.page.index];
        if self.most_of_read.take().is_some() {
            self.read_leaves(&(place.first..place.end), self.page.index);
        }
        self.read_hints(place.first, place.end);
        if !enough(self.most_by_amounts()) {
            return Ok(None);
        }
        self.score_page(false, false)?;
        Ok(Some(self.page.score))
    }

    /// What the page that it is at scores at the most, by how often what stands where: as if the words that one section has most
    /// of all stood together in one.
    fn most_by_amounts(&mut self) -> f32 {
        let lengths = self.plan.page_lengths(self.segment, self.page.index);
        let Scratch { most_by_name, .. } = &mut self.scratch;
        most_by_name.iter_mut().for_each(|scores| scores.fill(0.0));
        let [title, text, section] = most_by_name;
        let mut of_sections = 0_u64;
        // Leaf by leaf, as they were read.
        for of_leaf in self.readings.chunk_by(|a, b| a.leaf == b.leaf) {
            let (at, name) = (usize::from(of_leaf[0].leaf), usize::from(of_leaf[0].name));
            let hint = at.checked_sub(self.leaves.len());
            let leaf = hint.map_or_else(|| &self.leaves[at], |at| &self.hints[at]);
            let scores = of_leaf.iter().map(|reading| leaf.score(reading.document, reading.amount));
            let most = scores.fold(0.0, f32::max);
            match leaf.of.place {
                Place::Page => title[name] = title[name].max(most),
                Place::Section => {
                    let mut gathered = 0.0;
                    of_leaf.iter().for_each(|reading| leaf.gather(&mut gathered, 1.0, reading.amount));
                    text[name] += leaf.score_gathered(gathered, lengths);
                    section[name] += most;
                    of_sections |= u64::from(hint.is_none()) << leaf.of.want;
                }
            }
        }
        let names = &self.plan.names;
        text.iter_mut().zip(&*title).for_each(|(text, title)| *text = *title + (1.0 - BEST_SECTION) * *text);
        let exact = if self.is_exact { EXACT_TITLE } else { 0.0 };
        let together = most_together(&self.pairs, self.of_page, of_sections);
        let whole = best_names(names, text, |_| 1.0) + BEST_SECTION * best_names(names, section, |_| 1.0);
        (exact + whole + together) * ROUNDING
    }

    /// The same, once leaves and hints of the page were read. Where it is shown its sections are put in order, and it is said what
    /// the score is made of if that is asked for.
    pub(super) fn score_page(&mut self, shows: bool, explains: bool) -> Result<(), SearchError> {
        let place = self.segment.pages[self.page.index];
        // Document by document, and there name by name.
        self.readings.sort_unstable_by_key(|reading| (reading.document, reading.name, reading.leaf));
        self.scratch.title.fill(0.0);
        self.scratch.gathered.fill(0.0);
        let readings = std::mem::take(&mut self.readings);
        let mut best_section = (None, 0.0_f32);
        for of_document in readings.chunk_by(|a, b| a.document == b.document) {
            let document = of_document[0].document;
            let worth = self.worth_of(document);
            self.gather(of_document, worth);
            let wants = self.of_sections[(document - place.first) as usize];
            if wants == 0 {
                continue;
            }
            let (score, beside_title) = self.score_section(of_document, (wants, worth), shows)?;
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
    pub(super) fn read_hints(&mut self, first: DocId, end: DocId) {
        for (at, hint) in self.hints.iter_mut().enumerate() {
            let end = if hint.of.place == Place::Page { first + 1 } else { end };
            let mut document = hint.seek(first);
            while document < end {
                self.readings.push(Reading::of(hint, self.leaves.len() + at));
                document = hint.advance();
            }
        }
    }

    fn leaf(&self, at: u16) -> &Leaf {
        let at = usize::from(at);
        self.leaves.get(at).unwrap_or_else(|| &self.hints[at - self.leaves.len()])
    }

    /// Takes what stands in a document, of so much worth, to what stands in the page.
    fn gather(&mut self, readings: &[Reading], worth: f32) {
        let Scratch { title, gathered, .. } = &mut self.scratch;
        for &Reading { document, name, leaf: at, amount } in readings {
            let (name, at) = (usize::from(name), usize::from(at));
            let leaf = self.leaves.get(at).unwrap_or_else(|| &self.hints[at - self.leaves.len()]);
            match leaf.of.place {
                Place::Section => leaf.gather(&mut gathered[at], worth, amount),
                Place::Page => title[name] = title[name].max(leaf.score(document, amount)),
            }
        }
    }

    /// What the section scores in which this stands; and the same with less for what the title says, where the page is shown.
    fn score_section(
        &mut self,
        readings: &[Reading],
        (wants, worth): (u64, f32),
        shows: bool,
    ) -> Result<(f32, f32), SearchError> {
        let (document, of_page) = (readings[0].document, self.of_page);
        let (together, beside) = self.together(Place::Section, wants, document)?;
        let said = |want: usize| if of_page >> want & 1 == 1 { SAID_BY_TITLE } else { 1.0 };
        let score = self.best_names_in(readings, |_| 1.0);
        let beside_title = if shows && of_page != 0 { self.best_names_in(readings, said) } else { score };
        Ok((worth * (score + together), worth * (beside_title + beside)))
    }

    /// As [`best_names`], of what stands in a section.
    fn best_names_in(&self, readings: &[Reading], worth: impl Fn(usize) -> f32) -> f32 {
        let (mut sum, mut best, mut of) = (0.0, 0.0_f32, 0);
        for of_name in readings.chunk_by(|a, b| a.name == b.name) {
            let want = self.plan.names[usize::from(of_name[0].name)];
            if want != of {
                sum += worth(of) * std::mem::replace(&mut best, 0.0);
                of = want;
            }
            let mut score = 0.0;
            for &Reading { document, leaf, amount, .. } in of_name {
                let leaf = self.leaf(leaf);
                score += if leaf.of.place == Place::Section { leaf.score(document, amount) } else { 0.0 };
            }
            best = best.max(score);
        }
        sum + worth(of) * best
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
            if pair.is_in(document, self.segment)? {
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

/// What it is worth at the most that words stand together, where these wants are of the title and these of sections.
fn most_together(pairs: &[Pair<'_>], of_page: u64, of_sections: u64) -> f32 {
    let wants = |place: Place| if place == Place::Page { of_page } else { of_sections };
    let here = pairs.iter().filter(|pair| pair.wants & !wants(pair.place) == 0);
    here.map(|pair| pair.worth).sum()
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
