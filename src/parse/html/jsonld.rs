//! Structured data (schema.org in JSON-LD): what an Occupation or a JobPosting says, as headings and text.

use super::super::outline::{Draft, Entry};
use super::described::{Described, name};
use super::{data, date, fragment, stated};
use crate::model::{Heading, section_kind};
use crate::text;
use serde_json::{Map, Value};
use std::collections::HashSet;

/// Types that describe a role.
pub(super) const TYPES: [&str; 3] = ["JobPosting", "Occupation", "OccupationalExperienceRequirements"];
/// Properties that hold text, and the heading that says so.
const TEXTS: [(&str, &str); 8] = [
    ("description", "Overview"),
    ("responsibilities", "Responsibilities"),
    ("qualifications", "Qualifications"),
    ("educationRequirements", "Education"),
    ("experienceRequirements", "Experience"),
    ("skills", "Skills"),
    ("jobBenefits", "Benefits"),
    ("workHours", "Work environment"),
];

/// The heading of a property that is a section of its own; a description is the page itself.
pub(super) fn property_heading(property: &str) -> Option<&'static str> {
    let mut known = TEXTS.iter().filter(|(name, _)| *name != "description");
    known.find(|(name, _)| *name == property).map(|(_, heading)| *heading)
}

/// How many texts are looked for within the page's.
const MOST_LOOKED_FOR: usize = 500;
/// The most objects that are read.
const MOST_OBJECTS: usize = 2_000;
/// The deepest nesting of graphs and arrays that is followed.
const DEEPEST: usize = 6;

/// How often a description's signs may have been encoded one over the other.
const MOST_ENCODED: usize = 3;

/// What the structured data of a document says, and what was odd about it.
pub(super) fn read(scripts: &[String]) -> (Vec<Described>, Option<String>) {
    let mut described = Vec::new();
    let mut truncated = false;
    for (value, cut) in scripts.iter().filter_map(|json| data::value(json)) {
        visit(&value, DEEPEST, &mut described);
        truncated |= cut || described.len() >= MOST_OBJECTS;
    }
    let warning = "truncated: too much structured data; the rest of it was left out";
    (described, truncated.then(|| warning.to_owned()))
}

/// Adds to a page what its structured data says and the page itself does not: sections of kinds that it lacks, or
/// everything where the page says little. Nothing that people see is replaced.
pub(super) fn add(data: Vec<Entry>, draft: &mut Draft) {
    if data.is_empty() {
        return;
    }
    let (mut page, mut said) = (String::new(), 0);
    let mut kinds = Vec::new();
    for entry in &draft.entries {
        match entry {
            Entry::Heading(heading) => {
                kinds.extend(section_kind(&heading.text, None).map(|(kind, _)| kind.id))
            }
            Entry::Inferred(_) | Entry::Leads(_) => {}
            Entry::Text { text, .. } => {
                said += text.len();
                page.push_str(&text::fold(text));
                page.push('\n');
            }
        }
    }
    let says: usize =
        data.iter().map(|entry| if let Entry::Text { text, .. } = entry { text.len() } else { 0 }).sum();
    let thin = says > 2 * said;
    // To look for a text within the page takes time; beyond some texts only whole lines are compared.
    let lines: HashSet<&str> = page.lines().collect();
    let mut looked = 0;
    let mut headings: Vec<Heading> = Vec::new();
    let mut wanted = thin;
    for entry in data {
        match entry {
            Entry::Heading(below) => {
                headings.retain(|above| above.level < below.level);
                if below.level <= 2 {
                    let kind = section_kind(&below.text, None).map(|(kind, _)| kind.id);
                    wanted = thin || kind.is_some_and(|kind| !kinds.contains(&kind));
                }
                headings.push(below);
            }
            Entry::Inferred(_) | Entry::Leads(_) => {}
            Entry::Text { kind, text, link } => {
                looked += 1;
                let folded = text::fold(&text);
                let said = lines.contains(folded.as_ref())
                    || looked <= MOST_LOOKED_FOR && page.contains(folded.as_ref());
                if wanted && !said {
                    draft.entries.extend(headings.drain(..).map(Entry::Heading));
                    draft.entries.push(Entry::Text { kind, text, link });
                }
            }
        }
    }
}

fn visit(value: &Value, depth: usize, all: &mut Vec<Described>) {
    if depth == 0 || all.len() >= MOST_OBJECTS {
        return;
    }
    match value {
        Value::Array(values) => values.iter().for_each(|value| visit(value, depth - 1, all)),
        Value::Object(object) => {
            if let Some(graph) = object.get("@graph") {
                visit(graph, depth - 1, all);
            }
            all.push(described(object));
        }
        _ => {}
    }
}

fn described(object: &Map<String, Value>) -> Described {
    let modified = ["dateModified", "datePosted"].into_iter().filter_map(|key| object.get(key)?.as_str());
    let mut described = Described { modified: modified.filter_map(date).next(), ..Described::default() };
    if let Some(Value::String(body)) = object.get("articleBody") {
        let lines = body.lines().map(text::collapse).filter(|line| !line.is_empty());
        described.entries.extend(lines.map(Entry::paragraph));
    }
    if is_of(object.get("@type"), &TYPES) {
        described.is_role = true;
        described.name = name(object);
        described.facts = stated::facts(object);
        role(object, &mut described.entries);
    } else if is_of(object.get("@type"), &["FAQPage"]) {
        questions(object, &mut described.entries);
    }
    described
}

fn is_of(kind: Option<&Value>, types: &[&str]) -> bool {
    let is = |kind: &Value| {
        kind.as_str().is_some_and(|kind| types.contains(&kind.rsplit('/').next().unwrap_or(kind)))
    };
    kind.is_some_and(|kind| is(kind) || kind.as_array().is_some_and(|kinds| kinds.iter().any(is)))
}

fn role(object: &Map<String, Value>, said: &mut Vec<Entry>) {
    for (property, heading) in TEXTS {
        let mut texts = Vec::new();
        collect(object.get(property), DEEPEST, &mut texts);
        if texts.is_empty() {
            continue;
        }
        said.push(Entry::heading(2, heading));
        texts.into_iter().for_each(|text| said.extend(entries(text)));
    }
}

/// What a text of the data says: a line as it is, or HTML.
fn entries(text: &str) -> Vec<Entry> {
    if text.contains(['<', '&', '\n']) {
        fragment(&markup(text))
    } else {
        vec![Entry::paragraph(text::collapse(text))]
    }
}

/// A description as HTML: it holds HTML, as such or with its signs encoded, once or twice; or lines of plain text.
fn markup(text: &str) -> String {
    let mut text = text.to_owned();
    for _ in 0..MOST_ENCODED {
        if text.contains('<') || !text.contains("&lt;") && !text.contains("&amp;lt;") {
            break;
        }
        text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&");
    }
    if text.contains('<') { text } else { text.replace("\r\n", "\n").replace('\n', "<br>") }
}

/// Questions and their answers, below one heading.
fn questions(object: &Map<String, Value>, said: &mut Vec<Entry>) {
    let questions = match object.get("mainEntity") {
        Some(Value::Array(questions)) => questions.as_slice(),
        Some(question) => std::slice::from_ref(question),
        None => return,
    };
    said.push(Entry::heading(2, "Frequently asked questions"));
    for question in questions {
        let Some(asked) = question.get("name").and_then(Value::as_str) else { continue };
        let answer = ["acceptedAnswer", "suggestedAnswer"].into_iter().find_map(|name| question.get(name));
        let answer = answer.map(|answer| answer.as_array().and_then(|all| all.first()).unwrap_or(answer));
        let Some(text) = answer.and_then(|answer| answer.get("text")?.as_str()) else { continue };
        said.push(Entry::heading(3, text::collapse(asked)));
        said.extend(entries(text));
    }
}

/// The texts of a value: a string, a list of them, or objects with a name or description.
pub(super) fn collect<'a>(value: Option<&'a Value>, depth: usize, texts: &mut Vec<&'a str>) {
    match value {
        Some(Value::String(text)) if !text.trim().is_empty() => texts.push(text),
        Some(Value::Array(values)) if depth > 0 => {
            values.iter().for_each(|value| collect(Some(value), depth - 1, texts))
        }
        Some(Value::Object(object)) if depth > 0 => {
            let inner =
                ["description", "name", "credentialCategory"].into_iter().find_map(|key| object.get(key));
            collect(inner, depth - 1, texts);
        }
        _ => {}
    }
}
