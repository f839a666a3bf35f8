//! Structured data (schema.org in JSON-LD): what an Occupation or a JobPosting says, as headings and text.

use super::super::outline::{Draft, Entry};
use super::date;
use crate::model::section_kind;
use crate::text;
use serde_json::Value;

/// Types that describe a role.
const TYPES: [&str; 3] = ["JobPosting", "Occupation", "OccupationalExperienceRequirements"];
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

/// The deepest nesting of graphs and arrays that is followed.
const DEEPEST: usize = 6;

/// What the structured data of a document says.
pub(super) fn read(scripts: &[String]) -> Draft {
    let mut draft = Draft::default();
    for json in scripts {
        if let Ok(value) = serde_json::from_str::<Value>(json.trim()) {
            visit(&value, DEEPEST, &mut draft);
        }
    }
    draft
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
    let mut heading: Option<Entry> = None;
    let mut wanted = thin;
    for entry in data {
        match entry {
            Entry::Heading(below) => {
                let kind = section_kind(&below.text, None).map(|(kind, _)| kind.id);
                wanted = thin || kind.is_some_and(|kind| !kinds.contains(&kind));
                heading = Some(Entry::Heading(below));
            }
            Entry::Inferred(_) | Entry::Leads(_) => {}
            Entry::Text { kind, text, link } => {
                if wanted && !page.contains(text::fold(&text).as_ref()) {
                    draft.entries.extend(heading.take());
                    draft.entries.push(Entry::Text { kind, text, link });
                }
            }
        }
    }
}

fn visit(value: &Value, depth: usize, draft: &mut Draft) {
    if depth == 0 {
        return;
    }
    match value {
        Value::Array(values) => values.iter().for_each(|value| visit(value, depth - 1, draft)),
        Value::Object(object) => {
            if let Some(graph) = object.get("@graph") {
                visit(graph, depth - 1, draft);
            }
            let modified =
                ["dateModified", "datePosted"].into_iter().filter_map(|key| object.get(key)?.as_str());
            draft.modified = draft.modified.take().or_else(|| modified.filter_map(date).next());
            if let Some(Value::String(body)) = object.get("articleBody") {
                draft.entries.extend(
                    body.lines().map(text::collapse).filter(|line| !line.is_empty()).map(Entry::paragraph),
                );
            }
            if is_role(object.get("@type")) {
                role(object, draft);
            }
        }
        _ => {}
    }
}

fn is_role(kind: Option<&Value>) -> bool {
    let is = |kind: &Value| {
        kind.as_str().is_some_and(|kind| TYPES.contains(&kind.trim_start_matches("https://schema.org/")))
    };
    kind.is_some_and(|kind| is(kind) || kind.as_array().is_some_and(|kinds| kinds.iter().any(is)))
}

fn role(object: &serde_json::Map<String, Value>, draft: &mut Draft) {
    let name = ["title", "name"].into_iter().find_map(|key| object.get(key)?.as_str());
    draft.title = draft.title.take().or_else(|| name.map(str::to_owned));
    for (property, heading) in TEXTS {
        let mut texts = Vec::new();
        collect(object.get(property), DEEPEST, &mut texts);
        if texts.is_empty() {
            continue;
        }
        draft.entries.push(Entry::heading(2, heading));
        for text in texts {
            // Descriptions hold HTML, as such or with its signs encoded.
            let text = if text.contains("&lt;") {
                text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
            } else {
                text.to_owned()
            };
            let inner = super::read(&text);
            draft.entries.extend(inner.heading.map(|heading| Entry::heading(2, heading)));
            draft.entries.extend(inner.entries);
        }
    }
}

/// The texts of a value: a string, a list of them, or objects with a name or description.
fn collect<'a>(value: Option<&'a Value>, depth: usize, texts: &mut Vec<&'a str>) {
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
