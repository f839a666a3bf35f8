//! The headings of an index that say more than which kind of section they head: a column of their own, so that they can be
//! listed without reading any page.

use super::{Fields, IndexError, NONE, Snapshot};
use crate::model::{Fit, Section, section_kind};
use std::collections::BTreeMap;

/// The longest heading that is listed, in bytes; what is longer is text.
const LONGEST: usize = 80;

/// The headings of a section that are listed, each once.
pub(super) fn listed<'s>(section: &'s Section, role: Option<&str>) -> Vec<&'s str> {
    let headings = section.heading.iter().chain(&section.subheadings);
    let mut listed: Vec<&str> = headings
        .map(|heading| bare(&heading.text))
        .filter(|text| text.contains(char::is_alphabetic) && text.len() <= LONGEST && is_own(text, role))
        .collect();
    listed.sort_unstable();
    listed.dedup();
    listed
}

/// Whether it is more than the wording of a kind.
fn is_own(heading: &str, role: Option<&str>) -> bool {
    !matches!(section_kind(heading, role), Some((_, Fit::Strong)))
}

/// Without the number or picture before it and the colon behind it.
fn bare(heading: &str) -> &str {
    let mut bare = heading;
    while let Some((first, rest)) = bare.split_once(' ')
        && !first.contains(char::is_alphabetic)
    {
        bare = rest.trim_start();
    }
    bare.trim_end_matches([':', '：', ' ', '…'])
}

impl Snapshot {
    /// The headings that are listed, in order, each with how many pages have it.
    ///
    /// # Errors
    /// [`IndexError`] where the index cannot be read.
    pub fn headings(&self) -> Result<BTreeMap<String, u32>, IndexError> {
        let mut headings: BTreeMap<String, u32> = BTreeMap::new();
        for segment in &self.segments {
            let column = segment.reader.fast_fields().str(Fields::LISTED_HEADING);
            let Some(column) = column.map_err(|error| self.engine_error(error))? else { continue };
            // For each heading how many pages have it, and the last of them.
            let mut counts = vec![(0, NONE); column.num_terms()];
            for (page, place) in (0..).zip(&segment.pages) {
                for heading in (place.first..place.end).flat_map(|document| column.term_ords(document)) {
                    let (pages, last) = &mut counts[usize::try_from(heading).unwrap_or_default()];
                    *pages += u32::from(std::mem::replace(last, page) != page);
                }
            }
            let mut terms = column.dictionary().stream().map_err(|error| self.engine_error(error.into()))?;
            for (pages, _) in counts {
                if terms.advance() && pages > 0 {
                    *headings.entry(String::from_utf8_lossy(terms.key()).into_owned()).or_default() += pages;
                }
            }
        }
        Ok(headings)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Heading;

    #[test]
    fn what_is_more_than_a_kind_is_listed_without_its_number() {
        let heading = |text: &str| Heading { text: text.to_owned(), ..Heading::default() };
        let section = Section {
            heading: Some(heading("3. Requirements:")),
            subheadings: [
                "🎯 Typical engagements",
                "2.1) On-call duty:",
                "Salary",
                "3D printing",
                "42",
                "On-call duty",
            ]
            .map(heading)
            .to_vec(),
            ..Section::default()
        };
        assert_eq!(listed(&section, None), ["3D printing", "On-call duty", "Typical engagements"]);
        let long = Section { heading: Some(heading(&"word ".repeat(40))), ..Section::default() };
        assert_eq!(listed(&long, None), [""; 0]);
    }
}
