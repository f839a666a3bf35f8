//! Wordings by which a site speaks, not the page, in HTML and in saved text: the table `site_words.tsv`. Headings of its
//! boxes, calls, advertising, when the page was written, where it stands; lines of its menus and its foot.

use crate::model::normalized_heading;
use crate::text::{fold, words};
use foldhash::HashMap;
use std::sync::LazyLock;

/// The longest line that says when a page was written, in bytes.
const LONGEST_DATELINE: usize = 100;
/// The longest line that says where in its site the page stands, in bytes.
const LONGEST_BREADCRUMB: usize = 160;
/// The longest invitation to a newsletter, in bytes.
const LONGEST_INVITATION: usize = 250;

/// What the table says of a wording. Some are of several sorts: a line of a menu, and the heading of a box.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sort {
    /// Heads a part that sites add to any page.
    Heading,
    /// Heads one too, and may be what a role is about or a page tells of: under a section's heading it is its own.
    Topic,
    /// A link that does something rather than leads to a page about something.
    Call,
    /// Stands where advertising and scripts would have put something.
    Advertising,
    /// A line of a saved page, wherever it stands.
    Anywhere,
    /// A line of a saved page, above its text or below it.
    Around,
    /// A word of a line that says when a page was written or changed.
    Date,
    /// The same, in a line that begins as one.
    Ago,
    /// Where the way to a page begins.
    Home,
    /// Where it may begin above the text of a saved page.
    Top,
}

static TABLE: LazyLock<HashMap<&str, Vec<Sort>>> = LazyLock::new(|| {
    let mut table: HashMap<&str, Vec<Sort>> = HashMap::default();
    for row in include_str!("site_words.tsv").lines().skip(1) {
        let mut columns = row.split('\t');
        let sort = match columns.next().unwrap_or_default() {
            "heading" => Sort::Heading,
            "topic" => Sort::Topic,
            "call" => Sort::Call,
            "advertising" => Sort::Advertising,
            "anywhere" => Sort::Anywhere,
            "date" => Sort::Date,
            "ago" => Sort::Ago,
            "home" => Sort::Home,
            "top" => Sort::Top,
            _ => Sort::Around,
        };
        let wordings = columns.nth(1).unwrap_or_default().split('|');
        wordings.for_each(|wording| table.entry(wording).or_default().push(sort));
    }
    table
});

/// Whether a wording, as its words compare, is of a sort.
pub(super) fn is(wording: &str, sort: Sort) -> bool {
    TABLE.get(wording).is_some_and(|sorts| sorts.contains(&sort))
}

/// Whether the text of a link is a call to do something.
pub(super) fn is_call(text: &str) -> bool {
    text.len() < 40 && is(&normalized_heading(text, None), Sort::Call)
}

/// A heading of the site's own, as [`normalized_heading`] gives it: under it stands nothing of the page.
pub(super) fn is_site_heading(normal: &str) -> bool {
    is(normal, Sort::Heading) || is_topic(normal)
}

/// Whether a heading of a site's may well be one of a page's own, where the page speaks of that.
pub(super) fn is_topic(normal: &str) -> bool {
    is(normal, Sort::Topic)
}

/// Whether a line says no more than when the page was written or changed.
fn is_dateline(text: &str) -> bool {
    let is_number = |word: &str| word.starts_with(|c: char| c.is_ascii_digit());
    let is_year =
        |word: &str| word.len() == 4 && is_number(word) && (word.starts_with("19") || word.starts_with("20"));
    text.len() <= LONGEST_DATELINE
        && (text.contains("19") || text.contains("20"))
        && text.contains(char::is_alphabetic)
        && words(text).any(|word| is_year(&word.folded))
        && words(text).all(|word| is_number(&word.folded) || is(&word.folded, Sort::Date))
}

/// Whether a line says where in its site the page stands: "Home › Careers › Data Engineer".
fn is_breadcrumb(text: &str) -> bool {
    if text.len() > LONGEST_BREADCRUMB {
        return false;
    }
    let Some((first, rest)) = text.split_once(['›', '»', '>', '/', '→']) else { return false };
    !rest.trim().is_empty() && is(&fold(first.trim()), Sort::Home)
}

/// Whether a paragraph invites to a newsletter.
fn is_invitation(text: &str) -> bool {
    const SAYS: [&str; 6] = [
        "your inbox",
        "our newsletter",
        "newsletters",
        "unseren newsletter",
        "notre newsletter",
        "nuestro boletin",
    ];
    if text.len() > LONGEST_INVITATION
        || !["nbox", "ewsletter", "olet"].iter().any(|part| text.contains(part))
    {
        return false;
    }
    let folded = fold(text);
    SAYS.iter().any(|says| folded.contains(says))
        && ["sign up", "subscribe", "inbox", "abonnier", "abonnez", "inscri", "suscri"]
            .iter()
            .any(|verb| folded.contains(verb))
}

/// Whether a paragraph is the site's: when it was written, advertising, an invitation to a newsletter, a breadcrumb.
pub(super) fn is_the_sites(text: &str) -> bool {
    is_dateline(text)
        || is_invitation(text)
        || is_breadcrumb(text)
        || text.len() < 40 && is(&normalized_heading(text, None), Sort::Advertising)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Fit, section_kind};

    #[test]
    fn the_table_is_sound() {
        assert!(TABLE.len() > 400, "{}", TABLE.len());
        for (wording, sorts) in TABLE.iter() {
            let plain: Vec<String> = words(wording).map(|word| word.folded.into_owned()).collect();
            assert_eq!(plain.join(" "), **wording, "as its words compare");
            let is_line = sorts.iter().any(|sort| matches!(sort, Sort::Anywhere | Sort::Around));
            let heads = matches!(section_kind(wording, None), Some((_, Fit::Strong)));
            assert!(!(is_line && heads), "{wording} heads a section");
        }
    }

    #[test]
    fn what_a_site_says_and_what_a_page_says() {
        for text in [
            "Updated Nov 19, 6:55 AM; Posted Nov 18, 2019",
            "Last updated: 3 May 2024",
            "Zuletzt aktualisiert am 3. Mai 2024",
            "Sign up and get career advice right in your inbox.",
            "Subscribe to our newsletter",
            "ADVERTISEMENT",
            "Home › Careers › Data Engineer",
        ] {
            assert!(is_the_sites(text), "{text}");
        }
        for text in [
            "By 2030 demand doubles",
            "By Experience Level",
            "2019 – 2024",
            "In May 2024 we hired ten.",
            "They write newsletters that people read, and plan campaigns.",
            "Salary: $120,000",
            "Home / office: as you like it best, in a sentence that says so at some length; nobody will ask you where you are or why, as long as the work is done and the others know it.",
            "Hybrid › three days",
            "",
        ] {
            assert!(!is_the_sites(text), "{text}");
        }
    }
}
