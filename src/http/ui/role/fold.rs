//! A list that may be long: its beginning, more of it folded, and how much of it is left to the text.

use maud::{Markup, html};

/// The first `shown` of a list, up to `most` more behind a fold.
pub(super) fn fold<T>(all: &[T], (shown, most): (usize, usize), list: impl Fn(&[T]) -> Markup) -> Markup {
    let (first, rest) = all.split_at(all.len().min(shown));
    let (folded, beyond) = rest.split_at(rest.len().min(most));
    html! {
        (list(first))
        @if !folded.is_empty() {
            details.more {
                summary { (rest.len()) " more" }
                (list(folded))
                @if !beyond.is_empty() { p.small.soft { "and " (beyond.len()) " more in the text" } }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_beyond_is_counted() {
        let listed = |all: &[u8]| fold(all, (1, 2), |some| html! { "[" (some.len()) "]" }).into_string();
        assert_eq!(listed(&[1]), "[1]");
        assert_eq!(listed(&[1; 3]), "[1]<details class=\"more\"><summary>2 more</summary>[2]</details>");
        assert!(listed(&[1; 6]).ends_with(
            "<summary>5 more</summary>[2]<p class=\"small soft\">and 3 more in the text</p></details>"
        ));
    }
}
