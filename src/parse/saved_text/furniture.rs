//! What a saved page has around its text: captions of pictures, menus, consent, sharing, the foot of the site.
//!
//! Only lines that say nothing else are left out (the table `../site_words.tsv`). Few of them are the site's wherever they
//! stand ("Share this page"); most are so above the text and below it ("Facebook", "English", "Contact us") and may be
//! what the page speaks of within it. An item among others that are the page's own is never left out. What looks like
//! a menu because it stands above the title is for `title` to see.

use super::title::{is_section, text_begins};
use crate::model::BlockKind;
use crate::parse::outline::{Draft, Entry};
use crate::parse::site_words::{self, Sort};
use crate::text::{fold, visible_len, words};
use std::collections::HashSet;

/// The most words of a notice about cookies.
const LONGEST_NOTICE: usize = 90;
/// The longest line of the table, with what may stand around it, in bytes.
const LONGEST_LINE: usize = 90;
/// The fewest words of a paragraph below which no foot begins.
const TEXT: usize = 9;

/// Where a line is the site's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    Anywhere,
    /// Above the page's text or below it.
    Around,
}

/// Takes what is the site's out of the entries.
pub(super) fn leave_out(draft: &mut Draft) {
    let gone = gone(&draft.entries);
    let mut gone = gone.into_iter();
    let left_out = &mut draft.left_out;
    draft.entries.retain(|entry| {
        let is_gone = gone.next() == Some(true);
        *left_out += text(entry).filter(|_| is_gone).map_or(0, visible_len);
        !is_gone
    });
}

/// Which entries are the site's.
fn gone(entries: &[Entry]) -> Vec<bool> {
    let places: Vec<Option<Place>> = entries.iter().map(|entry| text(entry).and_then(place)).collect();
    let head = (0..entries.len())
        .find(|&at| places[at] != Some(Place::Anywhere) && text_begins(&entries[at..]))
        .unwrap_or(0);
    let foot = foot(entries, &places);
    let within = feet_within(entries, &places);
    let mut gone: Vec<bool> = Vec::with_capacity(entries.len());
    let mut heads = 0; // How many entries are kept that head what stands below them.
    for unit in entries.chunk_by(|a, b| a.is_item() && b.is_item()) {
        let at = gone.len();
        let above = at.checked_sub(1);
        let above_gone = above.is_some_and(|above| gone[above]);
        let below_goes = || places.get(at + unit.len()).is_none_or(Option::is_some);
        let is_gone = if unit[0].is_item() {
            let list = &places[at..at + unit.len()];
            // What stands below the title is not headed by it.
            let headed = !above_gone && above.is_some_and(|above| is_head(&entries[above])) && heads > 1;
            let around = (at < head || at >= foot) && !headed;
            list.iter().all(Option::is_some) && (around || list.contains(&Some(Place::Anywhere)))
        } else {
            match places[at] {
                Some(Place::Anywhere) => true,
                Some(Place::Around) => {
                    at < head || at >= foot && (above_gone || below_goes()) || within.contains(&at)
                }
                // "About us" between the links of a foot.
                None => at >= foot && above_gone && below_goes() && text(&unit[0]).is_some_and(is_section),
            }
        };
        if !is_gone && unit[0].is_item() && at + unit.len() == entries.len() && is_foot(&places[at..]) {
            gone.extend(places[at..].iter().map(Option::is_some));
            break;
        }
        heads += usize::from(!is_gone && is_head(&unit[0]));
        gone.resize(at + unit.len(), is_gone);
    }
    gone
}

/// The last list of a page is the site's if most of it is and some of it is so wherever it stands.
fn is_foot(list: &[Option<Place>]) -> bool {
    list.contains(&Some(Place::Anywhere)) && 2 * list.iter().flatten().count() >= list.len()
}

/// Where the foot of the site begins: behind the last text of the page.
fn foot(entries: &[Entry], places: &[Option<Place>]) -> usize {
    let mut foot = entries.len();
    for unit in entries.chunk_by(|a, b| a.is_item() && b.is_item()).rev() {
        let at = foot - unit.len();
        let is_text = match &unit[0] {
            Entry::Text { kind: BlockKind::Paragraph, text, .. } => {
                places[at].is_none() && text.split(' ').nth(TEXT - 1).is_some()
            }
            Entry::Text { kind: BlockKind::Item { .. }, .. } => places[at..foot].iter().any(Option::is_none),
            Entry::Text { .. } => true,
            _ => false,
        };
        if is_text {
            break;
        }
        foot = at;
    }
    foot
}

/// The lines of the feet and heads of a site within the text, where pages were pasted one after the other: several lone
/// lines below each other say nothing else, and one of them never does.
fn feet_within(entries: &[Entry], places: &[Option<Place>]) -> HashSet<usize> {
    let is_one = |at: &usize| places[*at].is_some() && !entries[*at].is_item();
    let mut within = HashSet::new();
    let mut at = 0;
    while at < entries.len() {
        let end = (at..entries.len()).find(|at| !is_one(at)).unwrap_or(entries.len());
        if end - at >= FEWEST_TOGETHER && places[at..end].contains(&Some(Place::Anywhere)) {
            within.extend(at..end);
        }
        at = end.max(at + 1);
    }
    within
}

/// The fewest lines of a foot within the text.
const FEWEST_TOGETHER: usize = 3;

/// What stands below belongs to it.
fn is_head(entry: &Entry) -> bool {
    match entry {
        Entry::Heading(_) => true,
        Entry::Text { text, .. } => text.ends_with(':'),
        _ => false,
    }
}

fn text(entry: &Entry) -> Option<&str> {
    match entry {
        Entry::Heading(heading) => Some(&heading.text),
        Entry::Text { kind: BlockKind::Paragraph | BlockKind::Item { .. }, text, .. } => Some(text),
        _ => None,
    }
}

/// Where a line is the site's, if it says nothing else.
fn place(line: &str) -> Option<Place> {
    if is_section(line) {
        return None;
    }
    if is_caption(line) || is_notice(line) || is_copyright(line) {
        return Some(Place::Anywhere);
    }
    let words: Vec<String> = words(line).take(MOST_WORDS).map(|word| word.folded.into_owned()).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    if is_trail(line) || is_site(line) {
        return Some(Place::Around);
    }
    byline(line, &words).or_else(|| {
        if line.len() > LONGEST_LINE || line.starts_with('#') {
            return None;
        }
        match words.as_slice() {
            ["share", "on", _] | ["teilen", "auf", _] => Some(Place::Anywhere),
            words => {
                let line = words.join(" ");
                let places = [(Sort::Anywhere, Place::Anywhere), (Sort::Around, Place::Around)];
                places.into_iter().find(|(sort, _)| site_words::is(&line, *sort)).map(|(_, place)| place)
            }
        }
    })
}

/// How many words of a line are looked at: more than any has that is the site's.
const MOST_WORDS: usize = 12;

/// "© 2024 Acme", "Copyright Acme 2024", "Acme. All rights reserved."
fn is_copyright(line: &str) -> bool {
    if line.len() > 2 * LONGEST_LINE {
        return false;
    }
    let folded = fold(line);
    line.starts_with(['©', 'Ⓒ'])
        || folded.starts_with("copyright ") && line.contains(|c: char| c.is_ascii_digit())
        || folded.trim_end_matches('.').ends_with("all rights reserved")
}

/// A picture's caption: "logoAiPathly", "first image", "Acme logo", `[team.jpg]`, `[image: a team]`.
fn is_caption(line: &str) -> bool {
    let named = |name: &str| name.len() < 40 && name.starts_with(char::is_uppercase);
    let bracketed = line.strip_prefix('[').and_then(|line| line.strip_suffix(']'));
    let is_picture = |name: &str| {
        let lower = name.to_lowercase();
        [".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp"].iter().any(|end| lower.ends_with(end))
            && !name.contains(' ')
            || ["image:", "img", "logo", "icon", "button", "inline", "link]"]
                .iter()
                .any(|begin| lower.starts_with(begin))
    };
    line.strip_prefix("logo").is_some_and(named)
        || line
            .strip_suffix(" logo")
            .or_else(|| line.strip_suffix(" Logo"))
            .is_some_and(|name| named(name) && name.split(' ').count() < 5)
        || line.strip_suffix(" image").is_some_and(|which| {
            matches!(
                which,
                "first"
                    | "second"
                    | "third"
                    | "fourth"
                    | "fifth"
                    | "sixth"
                    | "seventh"
                    | "hero"
                    | "cover"
                    | "header"
                    | "banner"
                    | "featured"
                    | "profile"
            )
        })
        || bracketed.is_some_and(is_picture)
        || line.starts_with("(BUTTON)")
        || is_picture(line) && line.contains('.') && !line.contains(' ')
        || ["Photo by ", "Photo: ", "Image credit", "Image: ", "Photo credit", "Foto: "]
            .iter()
            .any(|begin| line.starts_with(begin))
            && line.len() < 100
}

/// A notice about cookies.
fn is_notice(line: &str) -> bool {
    if !line.contains("ookie") || line.split(' ').count() > LONGEST_NOTICE {
        return false;
    }
    let folded = fold(line);
    [
        "we use cookies",
        "uses cookies",
        "use of cookies",
        "using cookies",
        "accept cookies",
        "accept all cookies",
        "cookie policy",
        "cookie settings",
        "our cookies",
        "verwenden cookies",
        "verwendet cookies",
        "nutzt cookies",
        "nutzen cookies",
        "utilise des cookies",
        "utilisons des cookies",
        "les cookies",
        "utilizamos cookies",
        "utiliza cookies",
        "de cookies",
    ]
    .iter()
    .any(|phrase| folded.contains(phrase))
}

/// Who wrote it, when, and how long it takes to read: "Last updated: 3 May 2024", "6 min read".
fn byline(line: &str, words: &[&str]) -> Option<Place> {
    let digit_first = line.starts_with(|c: char| c.is_ascii_digit());
    let place_of = |rest: &[&str]| {
        let has_digit = rest.iter().any(|word| word.starts_with(|c: char| c.is_ascii_digit()));
        let in_words = rest.iter().all(|word| in_date(word));
        (has_digit && rest.len() < 8).then_some(if in_words { Place::Anywhere } else { Place::Around })
    };
    match words {
        [_, .., "read"] if digit_first && words.len() <= 5 => Some(Place::Anywhere),
        [.., "minutes" | "minuten" | "minutos"] if digit_first && words.len() < 4 => Some(Place::Around),
        ["last", "updated" | "modified" | "reviewed", rest @ ..]
        | ["zuletzt", "aktualisiert", rest @ ..]
        | ["mis", "a", "jour", rest @ ..]
        | [
            "updated" | "published" | "posted" | "aktualisiert" | "veroffentlicht" | "stand" | "publie"
            | "actualizado" | "publicado",
            rest @ ..,
        ] => place_of(rest),
        ["written" | "reviewed" | "edited", "by", ..] if words.len() < 7 => Some(Place::Around),
        ["by", _, _] | ["by", _, _, _] => {
            let are_names = line.split(' ').skip(1).all(|name| name.starts_with(char::is_uppercase));
            are_names.then_some(Place::Around)
        }
        _ => None,
    }
}

/// A word of a date or a time.
fn in_date(word: &str) -> bool {
    let is_word = |sort| site_words::is(word, sort);
    word.starts_with(|c: char| c.is_ascii_digit()) || is_word(Sort::Date) || is_word(Sort::Ago)
}

/// `example.org`, `https://example.org/careers`.
fn is_site(line: &str) -> bool {
    if line.contains(' ') {
        return false;
    }
    line.starts_with("http://")
        || line.starts_with("https://")
        || line.starts_with("www.")
        || line == line.to_lowercase()
            && [".com", ".org", ".net", ".gov", ".edu", ".io", ".de", ".fr", ".es"]
                .iter()
                .any(|end| line.ends_with(end) && line.len() > end.len())
}

/// Where the page lies within its site: "Home > Careers > Data Engineer".
fn is_trail(line: &str) -> bool {
    let Some(sign) = ["›", "»", ">", "/", "→"].into_iter().find(|sign| line.contains(&format!(" {sign} ")))
    else {
        return false;
    };
    // "Handbook > Repair > Welders" leads somewhere, and so does "Handbook >".
    if matches!(sign, "›" | "»" | ">") && line.matches(sign).count() > 1 && line.len() <= 2 * LONGEST_LINE
    {
        return true;
    }
    let mut parts = line.split(sign).map(str::trim);
    let first = fold(parts.next().unwrap_or_default());
    let first = first.trim_start_matches("you are here: ");
    (site_words::is(first, Sort::Home) || site_words::is(first, Sort::Top))
        && parts.all(|part| part.split(' ').count() <= 6)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_the_sites_wherever_it_stands() {
        for line in [
            "Share this page",
            "Read more",
            "6 min read",
            "Last updated: 3 May 2024",
            "Posted 3 days ago",
            "© 2024 Acme",
            "logoAcme",
            "We use cookies to make this site better.",
        ] {
            assert_eq!(place(line), Some(Place::Anywhere), "{line}");
        }
        for line in ["Facebook", "English", "asp.net", "Start → Staff Nurse → Ward Manager", "By Jane Doe"]
        {
            assert_eq!(place(line), Some(Place::Around), "{line}");
        }
        for line in [
            "Published papers in top venues",
            "Work from home",
            "About us",
            "By hand",
            "Contact with clients",
        ] {
            assert_eq!(place(line), None, "{line}");
        }
    }
}
