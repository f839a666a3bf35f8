//! Where a page's own site shows something that it says: at the heading's anchor, and there at the sentence.
//!
//! A browser that knows text fragments scrolls to the sentence and marks it; one that does not goes to the anchor.
//! <https://wicg.github.io/scroll-to-text-fragment/>

use super::frame::role_page;
use std::fmt::Write as _;

/// A text longer than this is named by its beginning and its end, of so many words each.
const LONG: usize = 80;
const ENDS: usize = 5;

/// Something that a page says.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Spot<'a> {
    /// The section, counted from 0.
    pub(super) section: usize,
    /// The block, counted from 0; none of a heading.
    pub(super) block: Option<usize>,
    /// The fragment of the heading nearest above.
    pub(super) anchor: Option<&'a str>,
    /// What it says, word for word; empty where that is not known.
    pub(super) text: &'a str,
}

/// The page at its own site, where it has an address that a browser may be sent to.
pub(super) fn site(url: Option<&str>) -> Option<&str> {
    url.filter(|url| url.starts_with("https://") || url.starts_with("http://"))
}

/// Where people read what a page says: at its own site, else on our page of it.
pub(super) fn to(id: &str, url: Option<&str>, spot: Spot<'_>) -> String {
    site(url).map_or_else(|| here(id, spot), |url| at_site(url, spot))
}

/// On our page of a page.
pub(super) fn here(id: &str, spot: Spot<'_>) -> String {
    format!("{}#{}", role_page(id).href(), place(spot.section, spot.block))
}

/// What a section or a block of it is called on our page.
pub(super) fn place(section: usize, block: Option<usize>) -> String {
    block.map_or_else(|| format!("s{section}"), |block| format!("s{section}-{block}"))
}

fn at_site(url: &str, spot: Spot<'_>) -> String {
    let (page, own) = url.split_once('#').map_or((url, None), |(page, fragment)| (page, Some(fragment)));
    let mut link = page.to_owned();
    let anchor = spot.anchor.filter(|anchor| !anchor.is_empty());
    let own = own.filter(|own| anchor.is_none() && !own.is_empty());
    // The cells of a row are apart in the page: the first that says something is looked for.
    let text = spot.text.split(" | ").max_by_key(|cell| cell.len().min(LONG)).unwrap_or_default().trim();
    if anchor.is_some() || own.is_some() || !text.is_empty() {
        link.push('#');
    }
    match (anchor, own) {
        (Some(anchor), _) => encode(anchor, "-", &mut link),
        // As the address has it: what had to be encoded is.
        (None, Some(own)) => link.push_str(own),
        (None, None) => {}
    }
    if !text.is_empty() {
        link.push_str(":~:text=");
        let words: Vec<&str> = text.split_whitespace().collect();
        if text.len() > LONG && words.len() > 2 * ENDS {
            encode(&words[..ENDS].join(" "), "", &mut link);
            link.push(',');
            encode(&words[words.len() - ENDS..].join(" "), "", &mut link);
        } else {
            encode(text, "", &mut link);
        }
    }
    link
}

/// Percent-encodes all but letters, digits, `.`, `_`, `~` and what else is plain: a text fragment's own signs are `-`, `,`
/// and `&`.
fn encode(text: &str, plain: &str, link: &mut String) {
    for byte in text.bytes() {
        match char::from(byte) {
            c if c.is_ascii_alphanumeric() || "._~".contains(c) || plain.contains(c) => link.push(c),
            _ => {
                let _ = write!(link, "%{byte:02X}");
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SPOT: Spot<'_> =
        Spot { section: 2, block: Some(3), anchor: Some("pay"), text: "Pay, to-date: 5 €" };

    #[test]
    fn a_link_goes_to_the_sentence_at_the_site_else_to_ours() {
        let url = "https://example.org/a?b=1#top";
        assert_eq!(
            to("a.html", Some(url), SPOT),
            "https://example.org/a?b=1#pay:~:text=Pay%2C%20to%2Ddate%3A%205%20%E2%82%AC"
        );
        let bare = Spot { anchor: None, text: "", ..SPOT };
        assert_eq!(to("a.html", Some(url), bare), "https://example.org/a?b=1#top");
        assert_eq!(to("a.html", Some("https://e.org/#%D8%B1"), bare), "https://e.org/#%D8%B1");
        assert_eq!(to("a.html", Some("https://example.org/"), bare), "https://example.org/");
        assert_eq!(to("a.html", None, SPOT), "/ui/pages/a.html#s2-3");
    }

    #[test]
    fn an_address_that_is_code_is_no_link() {
        assert_eq!(to("a", Some("javascript:alert(1)"), SPOT), "/ui/pages/a#s2-3");
        assert_eq!(to("a", Some("data:text/html,<script>"), SPOT), "/ui/pages/a#s2-3");
    }

    #[test]
    fn a_long_sentence_is_named_by_its_ends_and_a_row_by_a_cell() {
        let text =
            "You lead a team of ten engineers and you answer for what it builds, at night as well as by day";
        let link = to("a", Some("https://e.org/"), Spot { anchor: None, text, ..SPOT });
        assert_eq!(link, "https://e.org/#:~:text=You%20lead%20a%20team%20of,as%20well%20as%20by%20day");
        let link = to("a", Some("https://e.org/"), Spot { anchor: None, text: "Years | Ten years", ..SPOT });
        assert_eq!(link, "https://e.org/#:~:text=Ten%20years");
    }
}
