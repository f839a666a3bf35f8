//! Wordings by which a site speaks, not the page: headings of its boxes, calls, advertising, when the page was written.

use crate::model::normalized_heading;
use crate::text::{fold, words};

/// The longest line that says when a page was written, in bytes.
const LONGEST_DATELINE: usize = 100;
/// The longest line that says where in its site the page stands, in bytes.
const LONGEST_BREADCRUMB: usize = 160;
/// The longest invitation to a newsletter, in bytes.
const LONGEST_INVITATION: usize = 250;

/// Headings of parts that sites add to any page.
const SITE_HEADINGS: &[&str] = &[
    "related articles",
    "related stories",
    "related posts",
    "related news",
    "related content",
    "related topics",
    "related",
    "most read",
    "most popular",
    "most viewed",
    "popular posts",
    "popular",
    "trending",
    "trending now",
    "latest news",
    "latest",
    "latest posts",
    "recent posts",
    "recent comments",
    "recommended",
    "recommended for you",
    "recommended stories",
    "read more",
    "read next",
    "more news",
    "more stories",
    "more from",
    "up next",
    "top stories",
    "editor s picks",
    "comments",
    "leave a reply",
    "leave a comment",
    "join the conversation",
    "share this",
    "share this article",
    "share",
    "follow us",
    "newsletter",
    "sign up",
    "subscribe",
    "about the author",
    "about author",
    "advertisement",
    "sponsored",
    "sponsored content",
    "tags",
    "categories",
    "archives",
    "navigation",
    "menu",
    "search",
    "log in",
    "contact us",
    "site map",
    "footer",
    "cookies",
    "privacy",
];

/// Of these, what a role may be about or a page tell of: under a section's heading they are its own.
const TOPICS: &[&str] = &[
    "advertisement",
    "archives",
    "categories",
    "comments",
    "contact us",
    "cookies",
    "latest",
    "menu",
    "navigation",
    "newsletter",
    "popular",
    "privacy",
    "recommended",
    "search",
    "subscribe",
    "tags",
    "trending",
];

/// Links that do something rather than lead to a page about something.
const CALLS: &[&str] = &[
    "apply",
    "apply now",
    "apply for this job",
    "apply for this role",
    "apply here",
    "learn more",
    "read more",
    "more",
    "back to top",
    "top",
    "print",
    "print this page",
    "share",
    "save",
    "save this job",
    "edit",
    "edit this page",
    "skip to content",
    "jetzt bewerben",
    "mehr erfahren",
    "postuler",
    "en savoir plus",
    "solicitar",
    "leer mas",
];

/// Whether the text of a link is a call to do something.
pub(super) fn is_call(text: &str) -> bool {
    text.len() < 40 && CALLS.contains(&normalized_heading(text, None).as_str())
}

/// A heading of the site's own, as [`normalized_heading`] gives it: under it stands nothing of the page.
pub(super) fn is_site_heading(normal: &str) -> bool {
    SITE_HEADINGS.contains(&normal)
}

/// Whether a heading of a site's may well be one of a page's own, where the page speaks of that.
pub(super) fn is_topic(normal: &str) -> bool {
    TOPICS.contains(&normal)
}

/// What stands where advertising and scripts would have put something.
const ADVERTISING: &[&str] = &[
    "advert",
    "advertisement",
    "continue reading below",
    "loading",
    "loading content",
    "story continues below advertisement",
    "this slideshow requires javascript",
    "werbung",
    "anzeige",
    "publicite",
    "publicidad",
];

/// Words beside the names and numbers of a line that says when a page was written or changed.
const DATING: &str = "updated last posted published modified on at am pm utc gmt est edt pst pdt cst cdt ist cet mon \
    tue wed thu fri sat sun monday tuesday wednesday thursday friday saturday sunday january \
    february march april may june july august september october november december jan feb mar apr \
    jun jul aug sep sept oct nov dec date veroffentlicht aktualisiert zuletzt geandert um uhr stand \
    januar februar marz mai juni juli oktober dezember publie mis a jour le modifie janvier fevrier \
    mars avril juin juillet aout septembre octobre novembre decembre publicado actualizado el de del \
    ultima actualizacion enero febrero marzo abril mayo junio julio agosto septiembre octubre \
    noviembre diciembre";

/// Whether a line says no more than when the page was written or changed.
fn is_dateline(text: &str) -> bool {
    let is_number = |word: &str| word.starts_with(|c: char| c.is_ascii_digit());
    let is_year =
        |word: &str| word.len() == 4 && is_number(word) && (word.starts_with("19") || word.starts_with("20"));
    text.len() <= LONGEST_DATELINE
        && (text.contains("19") || text.contains("20"))
        && text.contains(char::is_alphabetic)
        && words(text).any(|word| is_year(&word.folded))
        && words(text)
            .all(|word| is_number(&word.folded) || DATING.split(' ').any(|dating| dating == word.folded))
}

/// Whether a line says where in its site the page stands: "Home › Careers › Data Engineer".
fn is_breadcrumb(text: &str) -> bool {
    const HOMES: [&str; 5] = ["home", "homepage", "startseite", "accueil", "inicio"];
    let Some((first, rest)) = text.split_once(['›', '»', '>', '/', '→']) else { return false };
    text.len() <= LONGEST_BREADCRUMB
        && !rest.trim().is_empty()
        && HOMES.contains(&fold(first.trim()).as_ref())
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
        || text.len() < 40 && ADVERTISING.contains(&normalized_heading(text, None).as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

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
