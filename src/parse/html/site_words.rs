//! Wordings by which a site speaks, not the page: headings of its boxes, calls, advertising, who wrote the page when.

use crate::model::normalized_heading;
use crate::text::words;

/// The longest line that says who wrote a page and when, in bytes.
const LONGEST_BYLINE: usize = 100;
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

/// A heading of the site's own, under which stands nothing of the page.
pub(super) fn is_site_heading(heading: &str) -> bool {
    SITE_HEADINGS.contains(&normalized_heading(heading, None).as_str())
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
const DATING: &[&str] = &[
    "updated",
    "last",
    "posted",
    "published",
    "modified",
    "on",
    "at",
    "am",
    "pm",
    "am",
    "utc",
    "gmt",
    "est",
    "edt",
    "pst",
    "pdt",
    "cst",
    "cdt",
    "ist",
    "cet",
    "mon",
    "tue",
    "wed",
    "thu",
    "fri",
    "sat",
    "sun",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "jan",
    "feb",
    "mar",
    "apr",
    "jun",
    "jul",
    "aug",
    "sep",
    "sept",
    "oct",
    "nov",
    "dec",
    "date",
    "veroffentlicht",
    "aktualisiert",
    "zuletzt",
    "geandert",
    "am",
    "um",
    "uhr",
    "stand",
    "januar",
    "februar",
    "marz",
    "mai",
    "juni",
    "juli",
    "oktober",
    "dezember",
    "publie",
    "mis",
    "a",
    "jour",
    "le",
    "modifie",
    "janvier",
    "fevrier",
    "mars",
    "avril",
    "juin",
    "juillet",
    "aout",
    "septembre",
    "octobre",
    "novembre",
    "decembre",
    "publicado",
    "actualizado",
    "el",
    "de",
    "del",
    "ultima",
    "actualizacion",
    "enero",
    "febrero",
    "marzo",
    "abril",
    "mayo",
    "junio",
    "julio",
    "agosto",
    "septiembre",
    "octubre",
    "noviembre",
    "diciembre",
];

/// Whether a line says no more than when the page was written or changed, or by whom.
fn is_byline(text: &str) -> bool {
    if text.len() > LONGEST_BYLINE {
        return false;
    }
    let mut year = false;
    let mut all = true;
    for word in words(text) {
        let word = word.folded;
        let is_number = word.bytes().next().is_some_and(|byte| byte.is_ascii_digit());
        year |= word.len() == 4 && is_number && matches!(&word[..2], "19" | "20");
        all &= is_number || DATING.contains(&word.as_ref());
    }
    let by = || {
        let name = text.strip_prefix("By ").or_else(|| text.strip_prefix("BY "))?;
        let mut words = name.split_whitespace();
        (name.split_whitespace().count() <= 6).then(|| words.all(|word| word.starts_with(char::is_uppercase)))
    };
    year && all && text.contains(char::is_alphabetic) || by() == Some(true)
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
    if text.len() > LONGEST_INVITATION {
        return false;
    }
    let folded = crate::text::fold(text);
    SAYS.iter().any(|says| folded.contains(says))
        && ["sign up", "subscribe", "inbox", "abonnier", "abonnez", "inscri", "suscri"]
            .iter()
            .any(|verb| folded.contains(verb))
}

/// Whether a paragraph is the site's: who wrote the page when, advertising, an invitation to a newsletter.
pub(super) fn is_the_sites(text: &str) -> bool {
    is_byline(text)
        || is_invitation(text)
        || text.len() < 40 && ADVERTISING.contains(&normalized_heading(text, None).as_str())
}
