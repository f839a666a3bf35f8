//! Where the relative links of a folder's pages lead.

use crate::lint::reading::{Entry, Folder};
use std::collections::{HashMap, HashSet};
use std::path::Path;

/// Endings that a page's address may have in place of its file's.
const PAGES: [&str; 6] = ["html", "htm", "xhtml", "md", "markdown", "txt"];

/// What a link leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Target {
    /// A page, by its place in the folder.
    Page(usize),
    /// Something else that is there, or that may be: it lies outside of the folder.
    Other,
    /// Nothing.
    Missing,
}

/// The pages of a folder by path, and what was found out about paths.
pub(super) struct Targets<'a> {
    folder: &'a Folder,
    pages: HashMap<&'a str, usize>,
    /// Pages by path without the ending.
    stems: HashMap<&'a str, usize>,
    known: HashMap<String, Target>,
}

impl<'a> Targets<'a> {
    pub(super) fn of(folder: &'a Folder) -> Self {
        let pages = folder.entries.iter().enumerate().map(|(at, entry)| (entry.path.as_str(), at));
        let stems = folder.entries.iter().enumerate().rev().map(|(at, entry)| (stem(&entry.path), at));
        Self { folder, pages: pages.collect(), stems: stems.collect(), known: HashMap::new() }
    }

    /// What a relative link of a page leads to, with the path within the folder and the fragment.
    pub(super) fn find(&mut self, from: &Entry, url: &str) -> (Target, String, String) {
        let (path, fragment) = url.split_once('#').unwrap_or((url, ""));
        let fragment = decoded(fragment);
        let path = path.split('?').next().unwrap_or_default();
        let Some(path) = joined(&from.path, &decoded(path)) else {
            return (Target::Other, String::new(), fragment);
        };
        if let Some(known) = self.known.get(&path) {
            return (*known, path, fragment);
        }
        let target = self.look(&path);
        self.known.insert(path.clone(), target);
        (target, path, fragment)
    }

    fn look(&self, path: &str) -> Target {
        let page = self.pages.get(path).or_else(|| self.stems.get(stem(path)));
        // A folder's address is its index, an address without ending a page.
        let index = || {
            ["index", "README", "readme"].iter().find_map(|name| {
                let index = format!("{path}/{name}");
                self.stems.get(index.trim_start_matches('/'))
            })
        };
        if let Some(page) = page.or_else(index) {
            return Target::Page(*page);
        }
        let there = |path: &Path| path.symlink_metadata().is_ok();
        let file = self.folder.root.join(path);
        if there(&file)
            || PAGES.iter().any(|ending| there(&self.folder.root.join(format!("{}.{ending}", stem(path)))))
        {
            return Target::Other;
        }
        Target::Missing
    }
}

/// A path without its ending, if that is one of a page.
fn stem(path: &str) -> &str {
    let path = path.strip_suffix(".gz").unwrap_or(path);
    match path.rsplit_once('.') {
        Some((stem, ending)) if PAGES.contains(&ending.to_ascii_lowercase().as_str()) => stem,
        _ => path,
    }
}

/// A path relative to that of a page; none where it leads out of the folder.
fn joined(from: &str, path: &str) -> Option<String> {
    if path.is_empty() {
        return Some(from.to_owned());
    }
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()?),
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// An address as a file has it.
fn decoded(path: &str) -> String {
    let plus = path.replace('+', "%2B");
    form_urlencoded::parse(plus.replace('&', "%26").replace('=', "%3D").as_bytes())
        .next()
        .map_or_else(String::new, |(key, _)| key.into_owned())
}

/// The anchors of a page, also in the key that is the same however a site makes them of headings.
pub(super) fn has_anchor(anchors: &HashSet<String>, fragment: &str, by_heading: bool) -> bool {
    let key =
        || fragment.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>();
    let numbered = |key: &str| key.trim_end_matches(|c: char| c.is_ascii_digit()).to_owned();
    anchors.contains(fragment)
        || by_heading && {
            let key = key();
            let shorter = |anchor: &String| anchor.trim_start_matches(|c: char| c.is_ascii_digit()) == key;
            anchors.contains(&key) || anchors.contains(&numbered(&key)) || anchors.iter().any(shorter)
        }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_joined_within_the_folder() {
        assert_eq!(joined("a/b.html", "../c/d.html").as_deref(), Some("c/d.html"));
        assert_eq!(joined("a/b.html", "").as_deref(), Some("a/b.html"));
        assert_eq!(joined("b.html", "../c.html"), None);
        assert_eq!(joined("a/b.html", "./c//d/").as_deref(), Some("a/c/d"));
        assert_eq!((stem("a/b.HTML.gz"), stem("a.b/c"), stem("x.pdf")), ("a/b", "a.b/c", "x.pdf"));
        assert_eq!(decoded("a%20b+c&d=e%C3%A9"), "a b+c&d=eé");
    }

    #[test]
    fn anchors_that_sites_make_of_headings() {
        let anchors: HashSet<String> = ["paymore", "2skills", "Exact"].map(str::to_owned).into();
        for fragment in ["pay--more", "pay-more-1", "skills", "2-skills", "Exact"] {
            assert!(has_anchor(&anchors, fragment, true), "{fragment}");
        }
        assert!(!has_anchor(&anchors, "other", true));
        assert!(!has_anchor(&anchors, "pay-more", false));
    }
}
