//! What a saved page has around its text: captions of pictures, menus, consent, sharing, the foot of the site.
//!
//! Only lines that say nothing else are left out (the table `furniture.txt`); what looks like a menu because it stands
//! above the title is for `title` to see.

use crate::text::words;
use std::collections::HashSet;
use std::sync::LazyLock;

/// The most words of a notice about cookies.
const LONGEST_NOTICE: usize = 90;

static LINES: LazyLock<HashSet<&str>> = LazyLock::new(|| {
    include_str!("furniture.txt").lines().filter(|line| !line.is_empty() && !line.starts_with('#')).collect()
});

/// Whether a line belongs to the site and not to what the page says.
pub(super) fn is_furniture(line: &str) -> bool {
    if is_caption(line) || is_notice(line) || is_trail(line) || is_byline(line) {
        return true;
    }
    if line.len() > 90 || line.starts_with('#') {
        return false;
    }
    let words: Vec<String> = words(line).map(|word| word.folded.into_owned()).collect();
    let joined = words.join(" ");
    LINES.contains(joined.as_str())
        || line.starts_with(['©', 'Ⓒ'])
        || joined.starts_with("copyright ") && line.contains(|c: char| c.is_ascii_digit())
        || joined.ends_with("all rights reserved") && words.len() < 12
        || matches!(words.as_slice(), [share, on, _] if share == "share" && on == "on" || share == "teilen" && on == "auf")
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
    let folded = crate::text::fold(line);
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

/// Who wrote it, when, how long it takes to read, and on which site: "Last updated: 3 May 2024", "6 min read".
fn is_byline(line: &str) -> bool {
    let words: Vec<String> = words(line).take(9).map(|word| word.folded.into_owned()).collect();
    let has_digit = || line.contains(|c: char| c.is_ascii_digit());
    match words.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        [.., "read"] | [.., "minutes" | "minuten" | "minutos"] => {
            words.len() <= 5 && line.starts_with(|c: char| c.is_ascii_digit())
        }
        ["last", "updated" | "modified" | "reviewed", ..] | ["updated" | "published" | "posted", ..] => {
            words.len() < 9 && has_digit()
        }
        ["aktualisiert" | "veroffentlicht" | "stand", ..]
        | ["mis" | "publie", ..]
        | ["actualizado" | "publicado", ..] => words.len() < 7 && has_digit(),
        ["written" | "reviewed" | "edited", "by", ..] => words.len() < 7,
        ["by", _, _] | ["by", _, _, _] => {
            line.split(' ').skip(1).all(|name| name.starts_with(char::is_uppercase))
        }
        _ => !line.contains(' ') && is_site(line),
    }
}

/// `example.org`, `https://example.org/careers`.
fn is_site(line: &str) -> bool {
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
    let mut parts = line.split(sign).map(str::trim);
    let first = parts.next().map(|first| crate::text::fold(first).into_owned());
    matches!(
        first.as_deref(),
        Some(
            "home"
                | "homepage"
                | "start"
                | "startseite"
                | "accueil"
                | "inicio"
                | "careers"
                | "jobs"
                | "you are here: home"
        )
    ) && parts.all(|part| part.split(' ').count() <= 6)
}
