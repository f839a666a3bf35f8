//! The nouns of the product as plain data, without any input or output: what a page *is* once it was read.

mod facet;
mod fact;
mod language;
mod page;
mod role;
mod section_kind;

pub use facet::{FacetField, FacetScope};
pub use fact::{
    Company, Degree, Education, Evidence, Experience, Level, Pay, PayPart, Period, Scope, Statistic, Step,
    Strength,
};
pub use language::Language;
pub(crate) use page::path_to;
pub use page::{Block, BlockKind, Heading, Label, Mention, Page, RelatedRole, Section, Skill};
pub use role::{role, role_name, without_site};
pub use section_kind::{Fit, SectionKind, kind_of_normalized, kind_within, normalized_heading, section_kind};
