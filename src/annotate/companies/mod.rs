//! Which companies a page names as employers or examples of employers. A wrong one is worse than none, so a name
//! counts only where the words around it say that it is a company that employs: no tool, school, publisher or office.

mod list;
mod name;

use super::pay;
use crate::annotate::reading::sentence::sentences;
use crate::model::{BlockKind, Company, Evidence, Label, Page, Section};
use crate::text::{Word, all_words, fold, words};
use foldhash::HashSet;
use std::ops::Range;
use std::sync::LazyLock;

use list::lists;
pub(super) use list::{heads_companies, label};
pub(super) use name::is_name;
use name::{LONGEST_NAME, may_be_a_word, name_at};

/// The words of `companies.tsv`, folded.
struct Table {
    /// Companies: what a list of them or the heading above is called.
    companies: HashSet<&'static str>,
    /// Several of them.
    several: HashSet<&'static str>,
    /// Before them in the heading of a list: "Top paying companies".
    praise: HashSet<&'static str>,
    /// Leads from "companies" to their names.
    like: HashSet<&'static str>,
    /// Before "at" or "bei" and a name: whoever works there.
    work: HashSet<&'static str>,
    /// What a company does with pay.
    pays: HashSet<&'static str>,
    /// In the names of schools, offices and publishers, and in no company's.
    never: HashSet<&'static str>,
    /// Words of which alone no name is made.
    not_alone: HashSet<&'static str>,
    /// Endings of words for what people do and are: no names.
    endings: HashSet<&'static str>,
    /// At the end of a company's name.
    forms: HashSet<&'static str>,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let words = |kind: &str| {
        let line = include_str!("companies.tsv")
            .lines()
            .find_map(|line| line.strip_prefix(kind)?.strip_prefix('\t'));
        line.unwrap_or_default().split(' ').collect()
    };
    Table {
        companies: words("companies"),
        several: words("several"),
        praise: words("praise"),
        like: words("like"),
        work: words("work"),
        pays: words("pays"),
        never: words("never"),
        not_alone: words("not-alone"),
        endings: words("ending"),
        forms: words("form"),
    }
});

/// How long an aside behind a name is at most, in bytes.
const LONGEST_ASIDE: usize = 80;
/// The most companies that are kept for one section; a longer list is a directory.
const MOST_COMPANIES: usize = 100;

/// Writes the companies of every section.
pub(super) fn annotate(page: &mut Page) {
    for section in &mut page.sections {
        section.companies = if section.is_about_others() { Vec::new() } else { companies(section) };
    }
}

fn companies(section: &Section) -> Vec<Company> {
    let mut found = Found::default();
    let heading = section.heading.as_ref().map_or("", |heading| heading.text.as_str());
    let salary = section.kind.id == "salary" || heads_companies(heading);
    // Companies that are headings of their own.
    let mut listed: Option<u8> = None;
    for heading in &section.subheadings {
        if listed.is_some_and(|level| heading.level <= level) {
            listed = None;
        }
        let name = of_heading(&heading.text)
            .filter(|_| salary)
            .or_else(|| Some(heading.text.as_str()).filter(|name| listed.is_some() && is_name(name)));
        let end = u32::try_from(heading.text.len()).unwrap_or(u32::MAX);
        if let Some(name) = name {
            found.add(name, Evidence { block: None, start: 0, end });
        }
        if heads_companies(&heading.text) {
            listed = Some(heading.level);
        }
    }
    let mut lists = lists(section).into_iter().peekable();
    // Of the table that is being read, the column that names a company in each row.
    let mut column = None;
    let mut row = None;
    for sentence in sentences(section) {
        if let BlockKind::Row { header, .. } = &sentence.block.kind {
            if row.replace(sentence.index) == Some(sentence.index) {
                continue; // A row says it once, however many sentences it has.
            }
            let columns: Vec<&str> = sentence.block.cells().collect();
            if *header {
                column = columns.iter().position(|head| is_company_head(head));
            } else if let Some(name) =
                of_row(&columns).or_else(|| columns.get(column?).copied().filter(|name| is_name(name)))
            {
                found.add(name, sentence.evidence);
            }
            continue;
        }
        column = None;
        while lists.peek().is_some_and(|(index, _)| *index < sentence.index) {
            lists.next();
        }
        if let Some((_, name)) = lists.next_if(|(index, _)| *index == sentence.index) {
            found.add(name, sentence.evidence);
        }
        for name in employers(sentence.text) {
            found.add(&sentence.text[name], sentence.evidence);
        }
    }
    found.companies
}

#[derive(Default)]
struct Found {
    companies: Vec<Company>,
}

impl Found {
    fn add(&mut self, name: &str, evidence: Evidence) {
        let name = Label::named(name);
        let known = self.companies.iter().any(|company| company.name.id == name.id);
        if !known && self.companies.len() < MOST_COMPANIES {
            self.companies.push(Company { name, evidence });
        }
    }
}

/// The company of a heading that names it and a role of it: "BCG (Software Engineering Manager)".
pub(super) fn of_heading(heading: &str) -> Option<&str> {
    let (name, rest) = heading.trim_end_matches([':', ' ']).split_once(" (")?;
    let role = rest.strip_suffix(')')?;
    (is_name(name) && pay::names_a_role(role) && !pay::names_a_role(name)).then_some(name)
}

/// "Company | Acme".
fn of_row<'t>(columns: &[&'t str]) -> Option<&'t str> {
    let [head, name] = columns else { return None };
    let is_one = is_company_head(head)
        && name.len() <= LONGEST_NAME
        && name.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
        && words(name).count() <= 6;
    is_one.then_some(*name)
}

fn is_company_head(head: &str) -> bool {
    head.len() <= LONGEST_NAME
        && matches!(
            fold(head.trim_end_matches(':')).as_ref(),
            "company"
                | "employer"
                | "hiring organization"
                | "hiring organisation"
                | "arbeitgeber"
                | "unternehmen"
                | "firma"
                | "entreprise"
                | "employeur"
                | "empresa"
        )
}

/// Words before an employer: whoever works there.
const AT: [&str; 3] = ["at", "bei", "chez"];

/// Of the words that lead to an employer, unless a sentence begins with its name and says what is paid: for each letter that
/// one begins with, the letters that may follow, as bits.
static BEGINNINGS: LazyLock<[u32; 32]> = LazyLock::new(|| {
    let mut beginnings = [0; 32];
    for word in TABLE.companies.iter().chain(&AT) {
        if let [first, second, ..] = word.as_bytes() {
            beginnings[letter(*first)] |= 1 << letter(*second);
        }
    }
    beginnings
});

/// The place of a small letter among others that are few.
fn letter(byte: u8) -> usize {
    usize::from(byte % 32)
}

/// A cheap look, so that most sentences are not taken apart.
fn may_name_an_employer(text: &str) -> bool {
    let mut words = words(text);
    let leads = |word: &Word<'_>| TABLE.companies.contains(&*word.folded) || AT.contains(&&*word.folded);
    loop {
        words.pass_over(|first, second, _| BEGINNINGS[letter(first)] & 1 << letter(second) != 0);
        match words.next() {
            Some(word) if leads(&word) => return true,
            Some(_) => {}
            None => return pay::may_hold_an_amount(text),
        }
    }
}

/// The employers that a sentence names, as byte ranges, in order.
pub(super) fn employers(text: &str) -> Vec<Range<usize>> {
    if !may_name_an_employer(text) {
        return Vec::new();
    }
    let all = all_words(text);
    let mut found: Vec<Range<usize>> = Vec::new();
    let folded = |at: usize| all.get(at).map_or("", |word| word.folded.as_ref());
    let (mut about_pay, mut surely_about_pay, mut holds_amount) = (None, None, None);
    let mut at = 0;
    while at < all.len() {
        let word = folded(at);
        if TABLE.companies.contains(word) && TABLE.like.contains(folded(at + 1)) {
            let first = at + 2 + usize::from(matches!(folded(at + 2), "as" | "que" | "like" | "g"));
            if folded(at + 1) == "wie"
                && name_at(text, &all, first).is_some_and(|(name, _)| may_be_a_word(&text[name], true))
            {
                at = first;
                continue;
            }
            at = names_of_list(text, &all, first, &mut found).max(at + 1);
            continue;
        }
        if AT.contains(&word) {
            let work = at.checked_sub(1).is_some_and(|before| {
                TABLE.work.contains(folded(before)) || pay::names_a_role(folded(before))
            }) || at.checked_sub(2).is_some_and(|before| TABLE.work.contains(folded(before)));
            let begins = at == 0
                || text[all[at - 1].end..all[at].start].trim_end().ends_with([',', ';', ':', '(', '–', '—']);
            if (work
                || begins
                    && *about_pay
                        .get_or_insert_with(|| all.iter().any(|word| pay::is_about_pay(&word.folded))))
                && let Some((name, _)) = name_at(text, &all, at + 1)
                && text[all[at].end..name.start].trim().is_empty()
                && !may_be_a_word(&text[name], word == "bei")
            {
                at = names_of_list(text, &all, at + 1, &mut found);
                continue;
            }
        }
        if (at == 0 || text[..all[at].start].trim_end().ends_with([':', ';']))
            && *holds_amount.get_or_insert_with(|| pay::may_hold_an_amount(text))
            && let Some((name, next)) = name_at(text, &all, at)
            && !may_be_a_word(&text[name.clone()], false)
            && pays(text, &all, name.end, next, &mut surely_about_pay)
        {
            found.push(name);
            at = next;
            continue;
        }
        at += 1;
    }
    found
}

/// "Acme pays …", "Acme (Erlangen) pays …", "Acme, a utility, offers a salary of …": what follows a name says that it
/// pays somebody.
fn pays(text: &str, all: &[Word<'_>], end: usize, next: usize, surely_about_pay: &mut Option<bool>) -> bool {
    let rest = &text[end..];
    let aside = rest.trim_start();
    let after_aside = match aside.chars().next() {
        Some('(') => near(&aside[1..]).find(')').map(|close| &aside[close + 2..]),
        Some(',') => near(&aside[1..]).find(',').map(|comma| &aside[comma + 2..]),
        _ => Some(rest),
    };
    let Some(start) = after_aside.map(|after| text.len() - after.trim_start().len()) else { return false };
    let Some(verb) = all[next..].iter().take(16).find(|word| word.start >= start) else { return false };
    let is_verb = verb.start == start && TABLE.pays.contains(verb.folded.as_ref());
    // "zählt" is not "zahlt", and what "offers" something for money is not yet an employer.
    let surely =
        matches!(verb.folded.as_ref(), "pays" | "zahlt" | "paie" | "paga") && verb.written.is_ascii();
    is_verb
        && (surely
            || *surely_about_pay
                .get_or_insert_with(|| all.iter().any(|word| pay::is_surely_about_pay(&word.folded))))
}

/// The beginning of a text, as far as an aside reaches.
fn near(text: &str) -> &str {
    &text[..text.floor_char_boundary(LONGEST_ASIDE.min(text.len()))]
}

/// The names that are joined by commas and "and" from here on; where they end.
fn names_of_list(text: &str, all: &[Word<'_>], first: usize, found: &mut Vec<Range<usize>>) -> usize {
    let mut at = first;
    while let Some((name, next)) = name_at(text, all, at) {
        let end = name.end;
        found.push(name);
        at = next;
        let Some(following) = all.get(at) else { break };
        let gap = text[end..following.start].trim();
        let joins =
            matches!(following.folded.as_ref(), "and" | "or" | "und" | "oder" | "et" | "ou" | "y" | "o");
        if joins && matches!(gap, "" | ",") {
            at += 1;
        } else if !matches!(gap, "," | "/" | "&") {
            break;
        }
    }
    at
}

#[cfg(test)]
mod tests;
