//! A table with a column for each role. The roles' names head the sheet and stay in sight, so the table's own head is for
//! those who hear it; where the screen is narrow each cell names its role.

use maud::{Markup, html};

/// A row.
pub(super) struct Line {
    /// What it is about.
    pub(super) name: Markup,
    /// One for each role; none where it has nothing to say.
    pub(super) cells: Vec<Option<Markup>>,
    /// What is said of a role that has nothing to say.
    pub(super) none: &'static str,
}

/// The rows under a caption; nothing where there are none.
pub(super) fn table(caption: &str, names: &[String], lines: &[Line]) -> Markup {
    html! {
        @if !lines.is_empty() {
            table class=(format!("side of-{}", names.len())) {
                caption.hidden { (caption) }
                thead {
                    tr {
                        th scope="col" { span.hidden { "What" } }
                        @for name in names { th scope="col" { span.hidden { bdi { (name) } } } }
                    }
                }
                tbody {
                    @for line in lines {
                        tr {
                            th scope="row" { (line.name) }
                            @for (name, cell) in names.iter().zip(&line.cells) {
                                td {
                                    span.who { bdi { (name) } }
                                    div.what {
                                        @match cell {
                                            Some(cell) => (cell),
                                            None => span.none { (line.none) },
                                        }
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// The rows that are shown at once, and behind a button those after them.
pub(super) fn long_table(caption: &str, names: &[String], lines: &[Line], at_once: usize) -> Markup {
    let (shown, more) = lines.split_at(at_once.min(lines.len()));
    html! {
        (table(caption, names, shown))
        @if !more.is_empty() {
            details.rest {
                summary { (more.len()) " more" }
                (table(&format!("{caption}: more"), names, more))
            }
        }
    }
}
