//! Which role a title names, if it names one.

use super::Label;
use crate::text::{self, fold};

/// What stands between a title and the name of its site or series.
const SEPARATORS: [&str; 7] = [" | ", " – ", " — ", " · ", " :: ", " - ", " » "];

/// Stands before the role's name.
const BEFORE: &[&str] = &[
    "how to become a",
    "how to become an",
    "how to become",
    "become a",
    "become an",
    "what is a",
    "what is an",
    "what does a",
    "what does an",
    "what do",
    "career guide for a",
    "career guide for",
    "career guide",
    "career path of a",
    "career path for a",
    "job description of a",
    "job description",
    "role profile",
    "the role of a",
    "the role of",
    "a day in the life of a",
    "career profile",
    "job profile",
    "berufsbild",
    "beruf",
    "wie wird man",
    "was macht ein",
    "was macht eine",
    "stellenprofil",
    "fiche metier",
    "comment devenir",
    "metier",
    "como ser",
    "perfil de",
];

/// Stands after the role's name.
const AFTER: &[&str] = &[
    "career guide",
    "career path",
    "career profile",
    "career overview",
    "career development",
    "career",
    "careers",
    "job description",
    "job profile",
    "job overview",
    "role profile",
    "role overview",
    "role description",
    "role guide",
    "salary guide",
    "salary",
    "jobs",
    "job",
    "do",
    "guide",
    "overview",
    "berufsbild",
];

/// Titles that begin with one of these name no role.
const NO_ROLE_BEGINS: &[&str] = &[
    "introduction",
    "conclusion",
    "einleitung",
    "einfuhrung",
    "fazit",
    "foreword",
    "preface",
    "welcome",
    "about",
    "contact",
    "imprint",
    "impressum",
    "privacy",
    "terms",
    "resources",
    "further",
    "glossary",
    "index",
    "appendix",
    "summary",
    "faq",
    "frequently",
    "table of contents",
    "contents",
    "readme",
    "home",
    "homepage",
    "404",
    "not found",
    "untitled",
    "overview",
    "foundational",
    "getting started",
    "guide",
    "careers",
    "career",
    "jobs",
    "roles",
    "salaries",
    "skills",
    "changelog",
    "license",
    "understanding",
    "choosing",
    "finding",
    "becoming",
    "switching",
    "preparing",
    "negotiating",
    "exploring",
    "navigating",
    "changing",
    "getting",
    "what",
    "where",
    "why",
    "how",
];

/// "Managing" begins the name of a role only before one of these; else it says what one does.
const MANAGING: &[&str] = &[
    "director",
    "editor",
    "partner",
    "consultant",
    "broker",
    "agent",
    "attorney",
    "clerk",
    "principal",
    "counsel",
];

/// Titles with one of these words are about several roles, or about none.
const NO_ROLE_WITHIN: &[&str] =
    &["vs", "versus", "paths", "comparison", "introduction", "conclusion", "resources", "ladders"];

/// The longest name of a role, in words; what is longer is text.
const LONGEST_NAME: usize = 12;
/// The longest word that is no plural for its "s".
const SHORTEST_PLURAL: usize = 3;

/// The name of a role as it is looked up: its words without accents and case, the last in the singular; nothing for what
/// is too long for a name.
pub fn role_name(title: &str) -> String {
    let mut words: Vec<String> =
        text::words(title).take(LONGEST_NAME + 1).map(|word| word.folded.into_owned()).collect();
    if words.len() > LONGEST_NAME {
        return String::new();
    }
    if let Some(last) = words.last_mut()
        && last.len() > SHORTEST_PLURAL
        && last.ends_with('s')
        && !last.ends_with("ss")
    {
        last.pop();
    }
    words.join(" ")
}

/// The role that a title names: without numbering, series ("Career guide"), site and subtitle.
pub fn role(title: &str) -> Option<Label> {
    let mut name = text::collapse(title);
    if let Some(cut) = SEPARATORS.iter().filter_map(|separator| name.find(separator)).min() {
        name.truncate(cut);
    }
    let unnumbered =
        name.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ')' | ' ' | '#'));
    let mut name = if unnumbered.is_empty() { name.as_str() } else { unnumbered };
    if let Some((before, after)) = name.split_once(':') {
        let before = before.trim();
        name = if BEFORE.contains(&fold(before).as_ref()) { after } else { before };
    }
    name = name.trim_end_matches(['?', '!', '.', ' ']);
    name = without_company(name);
    for before in BEFORE {
        if let Some(rest) = strip_words(name, before, true) {
            name = rest;
            break;
        }
    }
    for after in AFTER {
        if let Some(rest) = strip_words(name, after, false) {
            name = rest;
            break;
        }
    }
    let name = name.trim_matches(|c: char| {
        c.is_whitespace() || matches!(c, '-' | '–' | '—' | ',') || text::is_pictogram(c)
    });
    let name = without_remark(name);
    let words: Vec<String> = text::words(name).map(|word| word.folded.into_owned()).collect();
    let plain = words.join(" ");
    let is_whole = |behind: &str| behind.is_empty() || behind.starts_with(' ');
    let no_role = NO_ROLE_BEGINS.iter().any(|begin| plain.strip_prefix(begin).is_some_and(is_whole))
        || words.iter().any(|word| NO_ROLE_WITHIN.contains(&word.as_str()))
        || words.first().is_some_and(|word| word == "managing")
            && !words.iter().skip(1).any(|word| is_managing(word));
    if no_role
        || words.is_empty()
        || words.len() > 16
        || words.iter().all(|word| word.bytes().all(|b| b.is_ascii_digit()))
    {
        return None;
    }
    Some(Label::named(name))
}

fn is_managing(word: &str) -> bool {
    MANAGING.contains(&word.strip_suffix('s').unwrap_or(word))
}

/// "Product Designer at Figma": what follows is who employs.
fn without_company(name: &str) -> &str {
    let employers = [" at ", " @ ", " bei ", " chez "].into_iter().filter_map(|at| name.rsplit_once(at));
    let mut roles = employers.filter(|(role, employer)| {
        !role.trim().is_empty() && employer.trim_start().starts_with(char::is_uppercase)
    });
    roles.next().map_or(name, |(role, _)| role.trim_end())
}

/// "(m/w/d)" and "(H/F)" say who may apply, "(With Salary)" and "(2024)" what else stands on the page; not what the role
/// is.
fn without_remark(name: &str) -> &str {
    let Some(open) = name.rfind('(').filter(|&open| open > 0 && name.ends_with(')')) else { return name };
    let marks = &name[open + 1..name.len() - 1];
    let single = |part: &str| part.chars().count() <= 1 || part.eq_ignore_ascii_case("all genders");
    let is_marks = !marks.is_empty() && (marks.contains(['/', '|', '*']) || marks.contains("gender"));
    let first = fold(marks.split(' ').next().unwrap_or_default()).into_owned();
    let of_page =
        WITH.contains(&first.as_str()) || marks.len() == 4 && marks.bytes().all(|b| b.is_ascii_digit());
    if of_page || is_marks && marks.split(['/', '|', '*']).all(|part| single(part.trim())) {
        name[..open].trim_end()
    } else {
        name
    }
}

/// What a remark about the page begins with.
const WITH: [&str; 6] = ["with", "plus", "including", "mit", "avec", "con"];

/// The title of a document without the name of its site.
pub fn without_site(title: &str) -> String {
    let title = text::collapse(title);
    match SEPARATORS.iter().filter_map(|separator| title.find(separator)).filter(|&at| at > 1).min() {
        Some(cut) => title[..cut].to_owned(),
        None => title,
    }
}

/// The name without these words at its beginning or end, if it has them there and something is left.
fn strip_words<'a>(name: &'a str, words: &str, at_start: bool) -> Option<&'a str> {
    let cut = words.len();
    if name.len() <= cut + 1
        || !name.is_ascii() && !name.is_char_boundary(if at_start { cut } else { name.len() - cut })
    {
        return None;
    }
    let (there, rest) = if at_start {
        let (there, rest) = name.split_at(cut);
        (there, rest.strip_prefix(' ')?)
    } else {
        let (rest, there) = name.split_at(name.len() - cut);
        (there, rest.strip_suffix(' ')?)
    };
    (fold(there) == words && !rest.trim().is_empty()).then_some(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_compared_without_case_accents_and_number() {
        assert_eq!(role_name("Site-Reliability Engineers"), role_name("site reliability engineer"));
        assert_eq!(role_name("Boss"), "boss");
        assert_eq!(role_name("Développeuse"), "developpeuse");
        assert_eq!(role_name(&"word ".repeat(500)), "");
    }

    #[test]
    fn the_role_of_a_title() {
        for (title, wanted) in [
            ("10. Quality Assurance Engineer", Some("Quality Assurance Engineer")),
            ("How to become a Cloud Architect?", Some("Cloud Architect")),
            ("Backend Engineer: career guide | Rolecall Samples", Some("Backend Engineer")),
            ("Data Engineer Career Path", Some("Data Engineer")),
            ("Career guide: Data Engineer", Some("Data Engineer")),
            ("1. Introduction :  Unlock Your Future", None),
            ("Introduction", None),
            ("35. Conclusion", None),
            ("2. Foundational Skills", None),
            ("32. Leadership and Management Paths in Software", None),
            ("Tech Lead vs Engineering Manager", None),
            ("Managing Managers", None),
            ("Managing Director", Some("Managing Director")),
            ("Marketing Managers", Some("Marketing Managers")),
            (
                "Sales Representatives, Wholesale and Manufacturing",
                Some("Sales Representatives, Wholesale and Manufacturing"),
            ),
            (
                "Senior <script>alert(7)</script> 😀 Zarnqib Engineer",
                Some("Senior <script>alert(7)</script> 😀 Zarnqib Engineer"),
            ),
            ("🗄️ Data Platform Manager", Some("Data Platform Manager")),
            ("UX Researcher (m/w/d)", Some("UX Researcher")),
            ("How To Become a Data Engineer (With Salary and Skills)", Some("Data Engineer")),
            ("Data Engineer (2024)", Some("Data Engineer")),
            ("What Employers Want", None),
            ("Engineer (Backend/API)", Some("Engineer (Backend/API)")),
            ("Principal Product Designer at Figma", Some("Principal Product Designer")),
            ("Manager at large", Some("Manager at large")),
            ("2024", None),
            ("", None),
        ] {
            assert_eq!(role(title).map(|role| role.label).as_deref(), wanted, "{title}");
        }
        assert_eq!(without_site("Technical director | ESCO 1.2.0"), "Technical director");
    }
}
