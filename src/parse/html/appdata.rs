//! What an application renders in the browser: where the body is empty, the page's text stands in `__NEXT_DATA__`.

use super::super::outline::Entry;
use super::boilerplate::has_word;
use super::{data, fragment};
use crate::model::{BlockKind, section_kind};
use crate::text;
use serde_json::Value;

/// The deepest nesting of the data that is followed.
const DEEPEST: usize = 24;
/// The fewest bytes of a text that is prose rather than a name, an address or a token.
const PROSE: usize = 60;
/// The most entries that are taken.
const MOST: usize = 20_000;

/// Names under which a section has its text, beside its heading.
const CONTENT: [&str; 8] = ["body", "content", "copy", "description", "html", "richText", "text", "value"];

/// The headings and texts in an application's data: values whose name is that of a section, HTML, and prose.
/// And whether there is more than is read.
pub(super) fn read(json: &str) -> (Vec<Entry>, bool) {
    let mut entries = Vec::new();
    let (value, cut) = data::value(json).unwrap_or_default();
    visit(&value, None, DEEPEST, &mut entries);
    (entries, cut)
}

fn visit(value: &Value, name: Option<&str>, depth: usize, entries: &mut Vec<Entry>) {
    if depth == 0 || entries.len() > MOST {
        return;
    }
    match value {
        Value::String(text) => push(text, name, entries),
        Value::Array(values) => {
            let texts: Vec<&str> = values.iter().filter_map(Value::as_str).collect();
            if texts.len() == values.len() && name.is_some_and(is_section) {
                entries.push(Entry::heading(2, name.map(spaced).unwrap_or_default()));
                let item = BlockKind::Item { depth: 0, ordered: false };
                texts.into_iter().for_each(|text| say(text, item.clone(), entries));
            } else {
                values.iter().for_each(|value| visit(value, None, depth - 1, entries));
            }
        }
        Value::Object(object) => {
            // A section as applications store it: a heading beside its text.
            let heading =
                ["heading", "title", "name", "label"].into_iter().find_map(|key| object.get(key)?.as_str());
            let heading = heading.filter(|heading| section_kind(heading, None).is_some());
            entries.extend(heading.map(|heading| Entry::heading(2, text::collapse(heading))));
            for (name, value) in object.iter().filter(|(name, _)| !is_the_sites(name)) {
                match value {
                    // What a section says is its text, however short and whatever its name.
                    Value::String(text) if heading.is_some() && CONTENT.contains(&name.as_str()) => {
                        if Some(text.as_str()) != heading {
                            say(text, BlockKind::Paragraph, entries);
                        }
                    }
                    Value::Array(values) if heading.is_some() && values.iter().all(Value::is_string) => {
                        let item = BlockKind::Item { depth: 0, ordered: false };
                        values
                            .iter()
                            .filter_map(Value::as_str)
                            .for_each(|text| say(text, item.clone(), entries));
                    }
                    _ => visit(value, Some(name), depth - 1, entries),
                }
            }
        }
        _ => {}
    }
}

/// Adds a text: HTML as what it says, a line as what it is.
fn say(said: &str, kind: BlockKind, entries: &mut Vec<Entry>) {
    if said.contains("</") {
        return entries.extend(fragment(said));
    }
    let text = text::collapse(said);
    if !text.is_empty() {
        entries.push(Entry::Text { kind, text, link: None });
    }
}

/// Whether what has this name is the site's, on every page of it.
fn is_the_sites(name: &str) -> bool {
    has_word(name, &["nav", "navigation", "menu", "footer", "cookie", "cookies", "consent", "legal"])
}

fn push(text: &str, name: Option<&str>, entries: &mut Vec<Entry>) {
    let is_html = text.contains("</");
    let is_prose = text.len() >= PROSE && text.split_whitespace().count() * 12 > text.len();
    let named = name.filter(|name| is_section(name) && text.contains(' '));
    if !is_html && !is_prose && named.is_none() {
        return;
    }
    entries.extend(named.map(|name| Entry::heading(2, spaced(name))));
    if is_html {
        entries.extend(fragment(text));
    } else {
        entries.push(Entry::paragraph(text::collapse(text)));
    }
}

fn is_section(name: &str) -> bool {
    section_kind(&spaced(name), None).is_some()
}

/// A name in a program's manner as words: `careerPath` and `career_path` are "Career path".
fn spaced(name: &str) -> String {
    let mut words = String::with_capacity(name.len() + 4);
    for c in name.chars() {
        if c.is_uppercase() && !words.is_empty() {
            words.push(' ');
        }
        words.extend(c.to_lowercase());
    }
    let words = words.replace(['_', '-'], " ");
    let mut chars = words.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().collect::<String>() + chars.as_str())
}
