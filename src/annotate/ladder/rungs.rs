//! The ways in which a section lists the steps of a career.

use crate::annotate::reading::sentence::sentences_of;
use crate::annotate::reading::title::{is_level, is_own, is_title, level_of};
use crate::model::{Block, BlockKind, Evidence, Level, Section};
use crate::text::words;

/// A step as it was found.
pub(super) struct Rung {
    pub(super) title: String,
    /// The level that a label gives it; else its title tells.
    pub(super) level: Option<Level>,
    pub(super) evidence: Evidence,
}

/// How many rungs a way collects at most; the ladder keeps fewer.
const ENOUGH: usize = 64;
/// Ends the name of a step: what follows explains it.
const EXPLAINS: [&str; 8] = [":", "(", " – ", " — ", " - ", " | ", ", ", ";"];
/// Between the steps of a chain.
const ARROWS: [&str; 8] = ["→", "->", "➔", "➜", "⇒", "»", " > ", "⟶"];
/// Columns that name levels.
const LEVEL_COLUMNS: [&str; 12] = [
    "level", "stage", "step", "position", "role", "title", "stufe", "niveau", "nivel", "poste", "puesto",
    "rang",
];

/// The title that a text begins with, or has behind the number or code of its level ("D1 - Developer 1").
fn title_in<'t>(text: &'t str, role: Option<&str>) -> Option<&'t str> {
    let names = |text: &str| is_title(text, role) || is_level(text);
    let text = text.trim().trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ')' | ' '));
    // "From developer or analyst"
    let text = text.strip_prefix("From ").or_else(|| text.strip_prefix("Vom ")).unwrap_or(text);
    let end = EXPLAINS.iter().filter_map(|sign| text.find(sign)).min().unwrap_or(text.len());
    let first = text[..end].trim_end_matches(['.', ' ']);
    if names(first) {
        return Some(first);
    }
    let (code, rest) =
        text.split_once(" - ").or_else(|| text.split_once(": ")).or_else(|| text.split_once(" – "))?;
    let is_code = code.len() <= 9 && code.contains(|c: char| c.is_ascii_digit());
    let end = EXPLAINS.iter().filter_map(|sign| rest.find(sign)).min().unwrap_or(rest.len());
    let rest = rest[..end].trim_end_matches(['.', ' ']);
    (is_code && names(rest)).then_some(rest)
}

fn whole(index: usize, block: &Block) -> Evidence {
    let small = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    Evidence { block: Some(small(index)), start: 0, end: small(block.text.len()) }
}

/// Rows of a table whose first cells, or those under "Level" or "Position", are titles or levels.
pub(super) fn in_rows(section: &Section, role: Option<&str>) -> Vec<Rung> {
    let mut rungs = Vec::new();
    let mut column = 0;
    let mut rows = 0;
    for (index, block) in section.own_blocks() {
        let BlockKind::Row { header, .. } = &block.kind else { continue };
        if *header {
            let named = |name: &str| words(name).any(|word| LEVEL_COLUMNS.contains(&word.folded.as_ref()));
            // Of "Level" and "Position" the later names the role.
            column = block.cells().take(8).rposition(named).unwrap_or(0);
            continue;
        }
        rows += 1;
        if let Some(title) = block.cells().nth(column).and_then(|text| title_in(text, role)) {
            rungs.push(Rung { title: title.to_owned(), level: None, evidence: whole(index, block) });
        }
        if rungs.len() == ENOUGH {
            break;
        }
    }
    // Most rows must be steps, and among them must be different levels: else it is a table of something else.
    let levels: Vec<_> = rungs.iter().map(|rung| level_of(&rung.title)).collect();
    let differ = levels.iter().any(|level| *level != levels[0])
        || rungs.iter().any(|rung| ends_with_number(&rung.title));
    if rungs.len() * 3 >= rows * 2 && differ { rungs } else { Vec::new() }
}

fn ends_with_number(title: &str) -> bool {
    title.ends_with(|c: char| c.is_ascii_digit())
}

/// Subheadings that are titles.
pub(super) fn in_headings(section: &Section, role: Option<&str>) -> Vec<Rung> {
    let titles = section.subheadings.iter().filter_map(|heading| title_in(&heading.text, role));
    let rung = |title: &str| Rung { title: title.to_owned(), level: None, evidence: Evidence::default() };
    titles.take(ENOUGH).map(rung).collect()
}

/// Items of one list, most of which begin with a title: "Senior Engineer (5–8 years): …", "Mid-Level: QA Engineer, …".
pub(super) fn in_blocks(section: &Section, role: Option<&str>) -> Vec<Rung> {
    let mut best: Vec<Rung> = Vec::new();
    let mut rungs: Vec<Rung> = Vec::new();
    let (mut items, mut list) = (0_usize, None);
    let mut close = |rungs: &mut Vec<Rung>, items: usize| {
        let found = std::mem::take(rungs);
        if found.len() >= 2 && found.len() * 3 >= items * 2 && found.len() > best.len() {
            best = found;
        }
    };
    for (index, block) in section.own_blocks() {
        let BlockKind::Item { depth: 0, ordered } = block.kind else {
            if !matches!(block.kind, BlockKind::Item { .. }) {
                close(&mut rungs, items);
                (items, list) = (0, None);
            }
            continue;
        };
        if list != Some((block.heading, ordered)) {
            close(&mut rungs, items);
            (items, list) = (0, Some((block.heading, ordered)));
        }
        match item(index, block, role) {
            // What comes after enough of them says nothing against the list.
            Some(Item::Rung(_)) if rungs.len() == ENOUGH => {}
            Some(Item::Rung(rung)) => {
                rungs.push(rung);
                items += 1;
            }
            // A label without a level lists alternatives.
            Some(Item::Alternatives) => {}
            _ => items += 1,
        }
    }
    close(&mut rungs, items);
    best
}

enum Item {
    Rung(Rung),
    Alternatives,
}

fn item(index: usize, block: &Block, role: Option<&str>) -> Option<Item> {
    let evidence = whole(index, block);
    if let Some((label, rest)) = block.text.split_once(": ")
        && words(label).nth(5).is_none()
    {
        let listed: Vec<&str> =
            rest.split(", ").take(ENOUGH).map(|name| name.split('(').next().unwrap_or(name).trim()).collect();
        let roles = listed.iter().filter(|name| is_title(name.trim_end_matches('.'), role)).count();
        if roles * 2 > listed.len() && !(is_title(label, role) && level_of(label).is_some()) {
            let own = listed.iter().find(|name| is_own(name, role));
            let title = own.or_else(|| listed.iter().find(|name| is_title(name, role)))?;
            // "Management: VP of Data" is what the title says; "Mid-level: Senior Analyst" what the label says.
            let level = level_of(label)
                .or_else(|| level_of_label(label).map(|by_label| level_of(title).unwrap_or(by_label)));
            let Some(level) = level else { return Some(Item::Alternatives) };
            return Some(Item::Rung(Rung { title: (*title).to_owned(), level: Some(level), evidence }));
        }
    }
    let title = title_in(&block.text, role)?;
    Some(Item::Rung(Rung { title: title.to_owned(), level: None, evidence }))
}

/// "Principal/Architect Level", "Management/Leadership", "Executive".
fn level_of_label(label: &str) -> Option<Level> {
    words(label).find_map(|word| match word.folded.as_ref() {
        "principal" | "lead" | "architect" | "staff" => Some(Level::Lead),
        "management" | "leadership" | "manager" => Some(Level::Manager),
        "executive" | "executives" => Some(Level::Executive),
        "experienced" => Some(Level::Senior),
        "beginner" | "associate" => Some(Level::Junior),
        _ => None,
    })
}

/// Chains in running text: arrows, "from … to … to …", levels in a row.
pub(super) fn in_prose(section: &Section, role: Option<&str>) -> Vec<Rung> {
    let mut best: Vec<Rung> = Vec::new();
    for (index, block) in section.own_blocks() {
        let arrows = ARROWS.iter().any(|arrow| block.text.contains(arrow));
        for sentence in sentences_of(index, block) {
            let titles = if arrows {
                by_arrows(sentence.text, role)
            } else {
                by_words(sentence.text, role).unwrap_or_else(|| levels_in_a_row(sentence.text))
            };
            if titles.len() > best.len() {
                let rung =
                    |title: &str| Rung { title: title.to_owned(), level: None, evidence: sentence.evidence };
                best = titles.into_iter().map(rung).collect();
            }
        }
    }
    best
}

fn by_arrows<'t>(sentence: &'t str, role: Option<&str>) -> Vec<&'t str> {
    let mut parts = vec![sentence];
    for arrow in ARROWS {
        parts = parts.iter().flat_map(|part| part.split(arrow)).take(ENOUGH).collect();
    }
    if parts.len() < 2 {
        return Vec::new();
    }
    // Before the first step a sentence may lead to the chain: "Typical path: Engineer → …".
    let name = |part: &'t str| {
        let after = part.rsplit(": ").next().unwrap_or(part);
        title_in(part, role).or_else(|| title_in(after, role))
    };
    let titles: Vec<&str> = parts.iter().filter_map(|part| name(part)).collect();
    if titles.len() * 2 > parts.len() { titles } else { Vec::new() }
}

/// "From Junior Engineer to Engineer to Senior Engineer"
fn by_words<'t>(sentence: &'t str, role: Option<&str>) -> Option<Vec<&'t str>> {
    const FROM: [(&str, &str); 4] = [("from ", " to "), ("vom ", " zum "), ("de ", " à "), ("de ", " a ")];
    FROM.iter().find_map(|(from, to)| {
        let at = sentence.to_ascii_lowercase().find(from)?;
        let rest = sentence.get(at + from.len()..)?;
        let titles: Vec<&str> = rest
            .split(to)
            .take(ENOUGH)
            .map(|part| part.trim_start_matches("a ").trim_start_matches("an "))
            .map_while(|part| title_in(part, role))
            .collect();
        (titles.len() >= 2).then_some(titles)
    })
}

/// "Junior, Mid, Senior": at least three.
fn levels_in_a_row(sentence: &str) -> Vec<&str> {
    let mut row = Vec::new();
    for part in sentence.split([',', '/', ';']).take(ENOUGH) {
        // "Levels: Junior"
        let part = part.rsplit(": ").next().unwrap_or(part).trim().trim_end_matches('.');
        let part = part.strip_prefix("and ").or_else(|| part.strip_prefix("und ")).unwrap_or(part);
        // The first may stand at the end of its part: "the levels Junior".
        let last = part.rsplit(' ').next().unwrap_or(part);
        if row.is_empty() && is_level(last) {
            row.push(last);
        } else if is_level(part) {
            row.push(part);
        } else if row.len() < 3 {
            row.clear();
        } else {
            break;
        }
    }
    if row.len() >= 3 { row } else { Vec::new() }
}
