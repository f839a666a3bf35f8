//! What the pass over a question's places gives: pages with the sections that match, and what they score.

use tantivy::DocId;

/// A section that matches.
#[derive(Clone, Copy, Debug)]
pub(super) struct MatchedSection {
    pub(super) document: DocId,
    /// None where the page matches by its title alone.
    pub(super) score: f32,
}

/// A page that has at least one word, before filters.
#[derive(Debug, Default)]
pub(super) struct MatchedPage {
    /// Index into the segment's pages.
    pub(super) index: usize,
    /// The clauses of the question that it meets, with all its sections, a bit each.
    pub(super) met: u64,
    pub(super) score: f32,
    /// The sections that match, in order.
    pub(super) sections: Vec<MatchedSection>,
    /// What the score is made of, where that is asked for.
    pub(super) parts: Option<Parts>,
}

/// What the score of a page is made of.
#[derive(Debug, Default)]
pub(super) struct Parts {
    /// The title is just what was asked for.
    pub(super) exact: f32,
    /// Words stand together in the title.
    pub(super) together: f32,
    /// The best name of each want.
    pub(super) names: Vec<Part>,
    pub(super) best_section: Option<DocId>,
    pub(super) best_section_score: f32,
}

/// What a name of a want scores.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Part {
    pub(super) name: usize,
    /// In the title or role.
    pub(super) title: f32,
    /// In the text of the page.
    pub(super) text: f32,
}
