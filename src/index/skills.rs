//! The skills of sections. Their names are the same in thousands of sections, so a stored section has none of them: they
//! are read from the column, where each is written once a segment.

use super::value::Value;
use crate::model::Skill;
use std::collections::BTreeSet;
use tantivy::DocId;
use tantivy::columnar::StrColumn;

/// The skills of a generation, as its pages say them: one id may have several labels.
#[derive(Default)]
pub(super) struct Skills {
    /// In the order of ids.
    known: Vec<Skill>,
    segments: Vec<SegmentSkills>,
}

/// The column of a segment, and for its ordinals the place of the skill.
struct SegmentSkills {
    column: Option<StrColumn>,
    places: Vec<u32>,
}

impl Skills {
    pub(super) fn over(columns: &[Option<StrColumn>]) -> tantivy::Result<Self> {
        let mut segments = Vec::with_capacity(columns.len());
        for column in columns {
            let mut terms = Vec::new();
            if let Some(column) = column {
                let mut stream = column.dictionary().stream()?;
                while stream.advance() {
                    terms.push(String::from_utf8_lossy(stream.key()).into_owned());
                }
            }
            segments.push((column.clone(), terms));
        }
        let distinct: BTreeSet<&str> =
            segments.iter().flat_map(|(_, terms)| terms).map(String::as_str).collect();
        let mut known: Vec<(&str, Skill)> = distinct.into_iter().map(|term| (term, skill(term))).collect();
        known.sort_by(|(_, a), (_, b)| a.id.cmp(&b.id));
        let mut places: Vec<(&str, u32)> = known.iter().map(|(term, _)| *term).zip(0..).collect();
        places.sort_unstable();
        let place = |term: &String| {
            let at = places.binary_search_by(|(known, _)| (*known).cmp(term));
            at.map_or(u32::MAX, |at| places[at].1)
        };
        let placed = segments.iter().map(|(column, terms)| SegmentSkills {
            column: column.clone(),
            places: terms.iter().map(place).collect(),
        });
        Ok(Self { segments: placed.collect(), known: known.iter().map(|(_, skill)| skill.clone()).collect() })
    }

    /// The skills of a section, in the order of their ids.
    pub(super) fn of(&self, segment: usize, document: DocId) -> impl Iterator<Item = &Skill> {
        let mut of_section: Vec<u32> = Vec::new();
        if let Some(SegmentSkills { column: Some(column), places }) = self.segments.get(segment) {
            let place = |term: u64| places.get(usize::try_from(term).ok()?).copied();
            of_section.extend(column.term_ords(document).filter_map(place));
        }
        of_section.sort_unstable();
        of_section.into_iter().filter_map(|place| self.known.get(place as usize))
    }
}

fn skill(term: &str) -> Skill {
    let Value { id, label, kind } = Value::of(term);
    Skill { id: id.into_owned(), label: label.to_owned(), kind: kind.to_owned() }
}
