//! Pages that stand first for a question: what a curation file says, looked up in one generation of an index.

use super::Curation;
use crate::index::{Analyzer, Snapshot};
use crate::search::query::Query;
use crate::text::segment;
use std::collections::{HashMap, HashSet};

/// Where a page is: the number of its segment, and its index there.
type Place = (usize, usize);

/// The pages that stand first, by question.
#[derive(Debug, Default)]
pub(in crate::search) struct Pins {
    /// By the terms of the question in a language; indices into `pinned`.
    by_question: HashMap<(Analyzer, String), usize>,
    pinned: Vec<Pinned>,
}

/// The pages that stand first for one question, in order.
#[derive(Clone, Debug, Default)]
pub(in crate::search) struct Pinned(Vec<Place>);

impl Pins {
    /// Looks up the pages of a curation file; those that are not there are said in the log.
    pub(in crate::search) fn of(curation: &Curation, snapshot: &Snapshot) -> Self {
        let mut pins = Self::default();
        if curation.pins.is_empty() {
            return pins;
        }
        let names = curation.pins.iter().flat_map(|pin| &pin.pages).map(String::as_str);
        let places = places(names.collect(), snapshot);
        for pin in &curation.pins {
            let mut pinned = Pinned::default();
            for name in &pin.pages {
                match places.get(name.as_str()) {
                    Some(Some(place)) => {
                        let place = first_of_copies(*place, snapshot);
                        if !pinned.0.contains(&place) {
                            pinned.0.push(place);
                        }
                    }
                    Some(None) => tracing::warn!(
                        page = name,
                        "pages of several sources have the path of a pinned page; its id tells which is meant"
                    ),
                    None => tracing::warn!(page = name, "a pinned page is not in the index"),
                }
            }
            for query in &pin.queries {
                for (analyzer, _) in &snapshot.analyzed {
                    // Of two questions that have the same terms the first counts.
                    pins.by_question.entry((*analyzer, terms(*analyzer, query))).or_insert(pins.pinned.len());
                }
            }
            pins.pinned.push(pinned);
        }
        pins
    }

    /// The pages that are pinned to a question; only one of words alone, all of which are wanted, has any.
    pub(in crate::search) fn pinned_to(&self, question: &str, query: &Query, snapshot: &Snapshot) -> Pinned {
        if self.pinned.is_empty() || !query.nots.is_empty() || query.words_as_title().is_none() {
            return Pinned::default();
        }
        let of_language = |analyzer: Analyzer| self.by_question.get(&(analyzer, terms(analyzer, question)));
        let mut analyzers = snapshot.analyzed.iter().map(|(analyzer, _)| *analyzer);
        analyzers.find_map(of_language).map_or_else(Pinned::default, |&at| self.pinned[at].clone())
    }
}

impl Pinned {
    pub(in crate::search) fn len(&self) -> usize {
        self.0.len()
    }

    /// Where a page stands among them.
    pub(in crate::search) fn rank(&self, segment: usize, index: usize) -> Option<usize> {
        self.0.iter().position(|place| *place == (segment, index))
    }

    /// The indices of those of one segment, in the order of documents.
    pub(in crate::search) fn of_segment(&self, segment: usize) -> Vec<usize> {
        let mut indices: Vec<usize> =
            self.0.iter().filter(|place| place.0 == segment).map(|place| place.1).collect();
        indices.sort_unstable();
        indices
    }
}

/// The page that stands for a page and its copies.
fn first_of_copies(place: Place, snapshot: &Snapshot) -> Place {
    let page = snapshot.segments[place.0].pages[place.1].page;
    snapshot.copies.of(page).map_or(place, |copies| (copies.pages[0].segment, copies.pages[0].index))
}

/// A question as it is compared: without case, accents and endings.
fn terms(analyzer: Analyzer, question: &str) -> String {
    analyzer.terms(question).map(|(_, term)| term).collect::<Vec<_>>().join(" ")
}

/// Where these pages are, by id or by path; none where the path is of pages of several sources.
fn places<'n>(names: HashSet<&'n str>, snapshot: &Snapshot) -> HashMap<&'n str, Option<Place>> {
    let mut called: HashMap<String, Vec<&'n str>> = HashMap::new();
    for name in names {
        called.entry(name.to_owned()).or_default().push(name);
        let path = segment(name);
        if path != name {
            called.entry(path).or_default().push(name);
        }
    }
    let (mut ids, mut paths) = (HashMap::new(), HashMap::<&str, Option<Place>>::new());
    for (at, segment) in snapshot.segments.iter().enumerate() {
        for (index, page) in segment.pages.iter().enumerate() {
            let id = snapshot.pages.id(page.page);
            for name in called.get(id).into_iter().flatten() {
                ids.insert(*name, Some((at, index)));
            }
            let path = id.split_once('~').and_then(|(_, path)| called.get(path));
            for name in path.into_iter().flatten() {
                paths.entry(name).and_modify(|known| *known = None).or_insert(Some((at, index)));
            }
        }
    }
    paths.extend(ids);
    paths
}
