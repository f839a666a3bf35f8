//! Markdown: front matter is read here, the rest becomes HTML and takes its road, so that tables, nested lists and
//! HTML inside Markdown are understood by one reader.

use super::html;
use super::outline::Draft;
use crate::model::Language;
use pulldown_cmark::{Event, Options, Parser, Tag};
use std::borrow::Cow;
use std::ops::Range;

/// The most lines and signs of a page that may be markup: the parser makes a node of each, a hundred bytes large.
const MOST_SIGNS: usize = 800_000;

/// The draft of a Markdown page.
pub(super) fn read(text: &str) -> Draft {
    let (text, cut) = bounded(text);
    let (front, body) = front_matter(text);
    let body = without_directives(body);
    let body = with_spaced_headings(without_open_fence(&body));
    let mut page = String::with_capacity(body.len() * 3 / 2);
    pulldown_cmark::html::push_html(&mut page, parser(&body));
    drop(body);
    let mut draft = html::read(&page);
    if cut {
        draft
            .warnings
            .push(format!("truncated: more than {MOST_SIGNS} lines and signs; what follows was left out"));
    }
    for (key, value) in front {
        match key.as_str() {
            "title" => draft.title = Some(value),
            "lang" | "language" => draft.language = Language::tag(&value),
            "url" | "canonical" | "canonical_url" => draft.url = html::absolute(&value),
            "last_modified_at" | "modified" | "updated" | "lastmod" => {
                draft.modified = html::date(&value).or(draft.modified)
            }
            "date" if draft.modified.is_none() => draft.modified = html::date(&value),
            _ => {}
        }
    }
    draft
}

fn parser(text: &str) -> Parser<'_> {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_HEADING_ATTRIBUTES;
    Parser::new_ext(text, options)
}

/// The text up to [`MOST_SIGNS`], and whether there is more.
fn bounded(text: &str) -> (&str, bool) {
    let is_sign = |byte: u8| byte == b'\n' || byte.is_ascii_punctuation() && !b".,;:'\"-/()".contains(&byte);
    let beyond = text.bytes().enumerate().filter(|(_, byte)| is_sign(*byte)).nth(MOST_SIGNS);
    beyond.map_or((text, false), |(at, _)| (&text[..at], true))
}

/// The scalars of a front matter, YAML between `---` or TOML between `+++`, and what follows it.
fn front_matter(text: &str) -> (Vec<(String, String)>, &str) {
    let text = text.trim_start_matches('\u{feff}');
    for (fence, separator) in [("---", ':'), ("+++", '=')] {
        let Some(rest) = text.strip_prefix(fence).filter(|rest| rest.starts_with(['\n', '\r'])) else {
            continue;
        };
        // A rule at the beginning of a page is followed by text, a front matter by a key.
        let first = rest.trim_start_matches('\r').strip_prefix('\n').and_then(|rest| rest.lines().next());
        if first.is_none_or(|line| !line.starts_with('#') && key(line, separator).is_none()) {
            return (Vec::new(), text);
        }
        let mut at = 0;
        for line in rest.split_inclusive('\n') {
            at += line.len();
            if (line.trim_end() == fence || line.trim_end() == "...") && at > line.len() {
                let front = &rest[..at - line.len()];
                return (front.lines().filter_map(|line| scalar(line, separator)).collect(), &rest[at..]);
            }
        }
    }
    (Vec::new(), text)
}

/// The key of a line, and what stands behind it.
fn key(line: &str, separator: char) -> Option<(&str, &str)> {
    let (key, value) = line.split_once(separator)?;
    let is_key = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.');
    let key = key.trim_end();
    (!key.is_empty() && key.chars().all(is_key)).then_some((key, value))
}

fn scalar(line: &str, separator: char) -> Option<(String, String)> {
    let (key, value) = key(line, separator)?;
    let value = value.trim();
    let unquoted = ['"', '\'']
        .into_iter()
        .find_map(|quote| value.strip_prefix(quote)?.strip_suffix(quote))
        .unwrap_or(value);
    (!unquoted.is_empty()).then(|| (key.to_ascii_lowercase(), unquoted.to_owned()))
}

/// The text without the lines that tell a site generator something: `{:toc}` with the item that it replaces, `{: .class}`.
fn without_directives(text: &str) -> String {
    let mut kept: Vec<&str> = Vec::new();
    for line in text.lines() {
        let trimmed = line.trim();
        if trimmed.starts_with("{:") && trimmed.ends_with('}') {
            if trimmed.trim_matches(['{', ':', '}', ' ']).starts_with("toc")
                && kept.last().is_some_and(|item| item.trim_start().starts_with(['*', '-', '1']))
            {
                kept.pop();
            }
            continue;
        }
        kept.push(line);
    }
    kept.join("\n")
}

/// The text with a space between the signs of a heading and its words, where people left it out: `##Salary`.
fn with_spaced_headings(text: Cow<'_, str>) -> Cow<'_, str> {
    let signs = |line: &str| {
        let words = line.trim_start_matches('#');
        let signs = line.len() - words.len();
        ((2..=6).contains(&signs) && words.starts_with(char::is_alphanumeric)).then_some(signs)
    };
    if text.lines().all(|line| signs(line).is_none()) {
        return text;
    }
    let mut code = code_blocks(&text).peekable();
    let mut spaced = String::with_capacity(text.len() + 64);
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        while code.next_if(|block| block.end <= at).is_some() {}
        let in_code = code.peek().is_some_and(|block| block.start <= at);
        match signs(line).filter(|_| !in_code) {
            Some(signs) => spaced.extend([&line[..signs], " ", &line[signs..]]),
            None => spaced.push_str(line),
        }
        at += line.len();
    }
    Cow::Owned(spaced)
}

/// Where code stands, as the parser sees it: a fence may stand in a list, hold another sort of fence or be none, within
/// HTML.
fn code_blocks(text: &str) -> impl Iterator<Item = Range<usize>> {
    parser(text)
        .into_offset_iter()
        .filter(|(event, _)| matches!(event, Event::Start(Tag::CodeBlock(_))))
        .map(|(_, range)| range)
}

/// The text without a fence that is never closed, if there are headings below it: they would be code to the end.
fn without_open_fence(text: &str) -> Cow<'_, str> {
    let may_be = text.contains("\n## ") && (text.contains("```") || text.contains("~~~"));
    let Some(last) = may_be.then(|| code_blocks(text).last()).flatten() else {
        return Cow::Borrowed(text);
    };
    let block = &text[last.clone()];
    let (opening, code) = block.split_once('\n').unwrap_or((block, ""));
    let sign = opening.chars().next().filter(|sign| matches!(sign, '`' | '~')).unwrap_or_default();
    let length = opening.chars().take_while(|c| *c == sign).count();
    let closing = code.lines().next_back().map(str::trim).unwrap_or_default();
    let closed = closing.len() >= length && closing.chars().all(|c| c == sign);
    let to_the_end = text[last.end..].trim().is_empty();
    if length < 3 || closed || !to_the_end || !code.contains("\n## ") {
        return Cow::Borrowed(text);
    }
    Cow::Owned([&text[..last.start], code].concat())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::outline;

    #[test]
    fn front_matter_headings_and_lists() {
        let text = "---\ntitle: \"8. Cloud Engineer\"\nlang: en\nlastmod: 2025-03-01\n---\n* TOC\n{:toc}\n\n# 8. Cloud Engineer\n\n\
            ## Requirements:\n\n* Kubernetes\n    * k3s\n\n| Level | Pay |\n|---|---|\n| Senior | $150,000 |\n";
        let page = outline::page(read(text)).expect("a page");
        assert_eq!(page.title, "8. Cloud Engineer");
        assert_eq!(page.role.map(|role| role.label).as_deref(), Some("Cloud Engineer"));
        assert_eq!((page.language.as_deref(), page.modified.as_deref()), (Some("en"), Some("2025-03-01")));
        let [section] = page.sections.as_slice() else { panic!("one section: {:?}", page.sections) };
        assert_eq!(section.kind.id, "requirements");
        let texts: Vec<&str> = section.blocks.iter().map(|block| block.text.as_str()).collect();
        assert_eq!(texts, ["Kubernetes", "k3s", "Level | Pay", "Senior | $150,000"]);
    }

    #[test]
    fn a_rule_is_no_front_matter() {
        let page = outline::page(read("---\n\n# Rule Engineer\n\n---\n\nText.\n")).expect("a page");
        assert_eq!(page.title, "Rule Engineer");
        let page = outline::page(read("+++\ntitle = 'Toml Engineer'\ndate = 2024-01-02\n+++\nText.\n"))
            .expect("a page");
        assert_eq!((page.title.as_str(), page.modified.as_deref()), ("Toml Engineer", Some("2024-01-02")));
    }

    #[test]
    fn what_people_write_by_hand() {
        let text = "# Data Engineer\n\n##Requirements:\n\nYou need\n• SQL\n• Python\n\n1. One\n\nText.\n\n2. Two\n\n```sh\n##no heading\n```\n";
        let page = outline::page(read(text)).expect("a page");
        let [section] = page.sections.as_slice() else { panic!("one section: {:?}", page.sections) };
        assert_eq!(section.kind.id, "requirements");
        let texts: Vec<&str> = section.blocks.iter().map(|block| block.text.as_str()).collect();
        assert_eq!(texts, ["You need", "SQL", "Python", "One", "Text.", "Two", "##no heading"]);
    }

    #[test]
    fn what_only_looks_like_a_fence_hides_no_heading() {
        for text in [
            "# Chef\n\n<div>\n```\n</div>\n\n##Salary\n\nGood.\n",
            "# Chef\n\n- a\n  ```\n  ##code\n\n##Salary\n\nGood.\n",
            "# Chef\n\n```sh\n~~~\n```\n\n##Salary\n\nGood.\n",
            "# Chef\n\n```a `b` ```\n\n##Salary\n\nGood.\n",
            "# Chef\n\nText.\n\n```\nunclosed\n\n## Salary\n\nGood.\n",
            "# Chef\n\n```\none\n```\n\n~~~\nunclosed\n\n## Salary\n\nGood.\n",
        ] {
            let page = outline::page(read(text)).expect("a page");
            let last = page.sections.last().expect("a section");
            assert_eq!((last.kind.id.as_str(), last.blocks[0].text.as_str()), ("salary", "Good."), "{text}");
        }
        let code = "# Chef\n\n## Steps\n\n````md\n```\n## Salary\n```\n````\n";
        let page = outline::page(read(code)).expect("a page");
        assert_eq!(page.sections.len(), 1, "code is code");
    }

    #[test]
    fn more_signs_than_any_page_has_are_cut_and_said() {
        let draft = read(&format!("# Chef\n\nFirst.\n\n{}", "[".repeat(1_000_000)));
        assert!(draft.warnings[0].starts_with("truncated: more than 800000 lines and signs"));
        let page = outline::page(draft).expect("a page");
        assert_eq!(page.sections[0].blocks[0].text, "First.");
        assert!(read(&"A sentence, of (many) words - and 'so' on.\n".repeat(90_000)).warnings.is_empty());
    }
}
