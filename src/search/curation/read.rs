//! TOML → what a curation file says. All that is wrong with it is named by line and key, not the first thing only.

use super::{Curation, Fault, Pin, Synonym};
use crate::search::expand::LONGEST_NAME;
use crate::search::request::LONGEST_QUERY;
use crate::text::{nearest, words};
use std::collections::{HashMap, HashSet};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// The most names and questions that a file has, and the most others that a name stands for.
const MOST_NAMES: usize = 20_000;
const MOST_OTHERS: usize = 64;
/// The most pages that are pinned to a question.
const MOST_PAGES: usize = 20;
/// The most faults that are named.
const MOST_FAULTS: usize = 20;
/// The longest text that a fault quotes, in characters, and the longest key that another is looked for.
const LONGEST_QUOTE: usize = 60;

/// Reads the text of a file.
pub(super) fn curation(text: &str) -> Result<Curation, Vec<Fault>> {
    let mut reader = Reader::new(text);
    let mut curation = Curation::default();
    match DeTable::parse(text) {
        Ok(table) => reader.curation(table.get_ref(), &mut curation),
        Err(error) => {
            let at = error.span().map_or(0, |span| span.start);
            reader.fault(at, "", error.message().trim_end().replace('\n', "; "));
        }
    }
    let mut faults = reader.faults;
    if faults.is_empty() {
        return Ok(curation);
    }
    faults.sort_by_key(|fault| fault.line);
    faults.truncate(MOST_FAULTS);
    Err(faults)
}

/// A text and where it stands, in bytes of the file.
type Text<'a> = (usize, &'a str);

struct Reader {
    /// Where lines begin.
    lines: Vec<usize>,
    faults: Vec<Fault>,
    names: usize,
    /// How many others each name stands for, by its folded words.
    others: HashMap<String, usize>,
    /// Questions that pages are pinned to, by their folded words.
    queries: HashSet<String>,
}

impl Reader {
    fn new(text: &str) -> Self {
        let lines = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        Self { lines, faults: Vec::new(), names: 0, others: HashMap::new(), queries: HashSet::new() }
    }

    fn fault(&mut self, at: usize, key: &str, reason: impl Into<String>) {
        let line = self.lines.partition_point(|&begin| begin <= at).max(1);
        self.faults.push(Fault { line, key: key.to_owned(), reason: reason.into() });
    }

    fn curation(&mut self, table: &DeTable<'_>, curation: &mut Curation) {
        self.refuse_unknown(table, "", &["stop_words", "synonyms", "pinned"]);
        for (at, word) in self.texts(table, "", "stop_words").unwrap_or_default() {
            match folded(word).as_slice() {
                [word] => curation.stop_words.push(word.clone()),
                _ => self.fault(at, "stop_words", format!("{} is not one word", quoted(word))),
            }
        }
        for (at, entry) in self.tables(table, "synonyms") {
            curation.synonyms.extend(self.synonym(at, entry));
        }
        for (at, entry) in self.tables(table, "pinned") {
            curation.pins.extend(self.pin(at, entry));
        }
    }

    fn synonym(&mut self, at: usize, table: &DeTable<'_>) -> Option<Synonym> {
        self.refuse_unknown(table, "synonyms", &["same", "from", "to"]);
        let mut names = |key| self.texts(table, "synonyms", key);
        let (from, to, least) = match (names("same"), names("from"), names("to")) {
            (Some(same), None, None) => (same.clone(), same, 2),
            (None, Some(from), Some(to)) => (from, to, 1),
            _ => {
                let reason = "takes either `same`, names that stand for each other, or `from` and `to`";
                self.fault(at, "synonyms", reason);
                return None;
            }
        };
        if from.len() < least || to.len() < least {
            let reason = if least == 2 { "takes two names or more" } else { "takes one name or more" };
            self.fault(at, "synonyms", reason);
        }
        let mut of_each = Vec::with_capacity(to.len());
        for &(at, name) in from.iter().chain(to.iter().filter(|name| !from.contains(name))) {
            let words = folded(name);
            if words.is_empty() || words.len() > LONGEST_NAME {
                let reason = format!("{} has no word, or more than {LONGEST_NAME}", quoted(name));
                self.fault(at, "synonyms", reason);
            }
            self.count(at, "synonyms");
            of_each.push(words.join(" "));
        }
        for (&(at, name), words) in from.iter().zip(of_each) {
            let others = self.others.entry(words).or_default();
            *others += to.len();
            if *others > MOST_OTHERS + 1 {
                self.fault(
                    at,
                    "synonyms",
                    format!("{} stands for more than {MOST_OTHERS} names", quoted(name)),
                );
            }
        }
        let owned = |names: Vec<Text<'_>>| names.into_iter().map(|(_, name)| name.to_owned()).collect();
        Some(Synonym { from: owned(from), to: owned(to) })
    }

    fn pin(&mut self, at: usize, table: &DeTable<'_>) -> Option<Pin> {
        self.refuse_unknown(table, "pinned", &["queries", "pages"]);
        let lists = (self.texts(table, "pinned", "queries"), self.texts(table, "pinned", "pages"));
        let (Some(queries), Some(pages)) = lists else {
            self.fault(at, "pinned", "takes `queries` and `pages`");
            return None;
        };
        if queries.is_empty() || pages.is_empty() || pages.len() > MOST_PAGES {
            let reason = format!("takes one query or more, and one page or more, up to {MOST_PAGES}");
            self.fault(at, "pinned", reason);
        }
        for &(at, query) in &queries {
            let words = folded(query);
            if words.is_empty() || query.len() > LONGEST_QUERY.0 || words.len() > LONGEST_QUERY.1 {
                let (bytes, most) = LONGEST_QUERY;
                let reason =
                    format!("{} has no word, or more than {bytes} bytes or {most} words", quoted(query));
                self.fault(at, "pinned.queries", reason);
            } else if !self.queries.insert(words.join(" ")) {
                self.fault(at, "pinned.queries", format!("{} has pinned pages already", quoted(query)));
            }
            self.count(at, "pinned.queries");
        }
        let owned = |texts: Vec<Text<'_>>| texts.into_iter().map(|(_, text)| text.to_owned()).collect();
        Some(Pin { queries: owned(queries), pages: owned(pages) })
    }

    /// Counts a name or question against the bound.
    fn count(&mut self, at: usize, key: &str) {
        self.names += 1;
        if self.names == MOST_NAMES + 1 {
            self.fault(at, key, format!("the file has more than {MOST_NAMES} names and questions"));
        }
    }

    /// Names every key that is not among these.
    fn refuse_unknown(&mut self, table: &DeTable<'_>, of: &str, known: &[&str]) {
        for key in table.keys() {
            let name = key.get_ref().as_ref();
            if known.contains(&name) {
                continue;
            }
            let near = nearest(name, known.iter().copied().filter(|_| name.len() <= LONGEST_QUOTE));
            let reason = match near {
                Some(known) => format!("there is no such key; did you mean `{known}`?"),
                None => format!("there is no such key; there are {}", known.join(", ")),
            };
            self.fault(key.span().start, &path(of, &shortened(name)), reason);
        }
    }

    /// The texts of a list; none where there is no such key.
    fn texts<'a>(&mut self, table: &'a DeTable<'_>, of: &str, key: &str) -> Option<Vec<Text<'a>>> {
        let value = table.get(key)?;
        let mut texts = Vec::new();
        match value.get_ref() {
            DeValue::Array(items) => {
                for item in items.iter() {
                    match item.get_ref() {
                        DeValue::String(text) => texts.push((item.span().start, text.as_ref())),
                        _ => self.fault(item.span().start, &path(of, key), "takes texts in quotes"),
                    }
                }
            }
            _ => {
                self.fault(value.span().start, &path(of, key), "takes a list of texts, as [\"one\", \"two\"]")
            }
        }
        Some(texts)
    }

    /// The tables of a list of them.
    fn tables<'a, 'i>(&mut self, table: &'a DeTable<'i>, key: &str) -> Vec<(usize, &'a DeTable<'i>)> {
        let Some(value) = table.get(key) else { return Vec::new() };
        let mut tables = Vec::new();
        let mut take = |reader: &mut Self, entry: &'a Spanned<DeValue<'i>>| match entry.get_ref() {
            DeValue::Table(table) => tables.push((entry.span().start, table)),
            _ => reader.fault(entry.span().start, key, format!("takes tables that begin with [[{key}]]")),
        };
        match value.get_ref() {
            DeValue::Array(entries) => entries.iter().for_each(|entry| take(self, entry)),
            _ => self.fault(value.span().start, key, format!("takes tables that begin with [[{key}]]")),
        }
        tables
    }
}

fn path(of: &str, key: &str) -> String {
    if of.is_empty() { key.to_owned() } else { format!("{of}.{key}") }
}

fn folded(text: &str) -> Vec<String> {
    words(text).map(|word| word.folded.into_owned()).collect()
}

fn quoted(text: &str) -> String {
    format!("{:?}", shortened(text))
}

fn shortened(text: &str) -> String {
    match text.char_indices().nth(LONGEST_QUOTE) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(text: &str) -> Vec<String> {
        curation(text).unwrap_err().iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_whole_file() {
        let read = curation(
            "stop_words = [\"Acme\"]\n\
             [[synonyms]]\nsame = [\"pentester\", \"penetration tester\"]\n\
             [[synonyms]]\nfrom = [\"phd\"]\nto = [\"doctorate\"]\n\
             [[pinned]]\nqueries = [\"ETL jobs\"]\npages = [\"b.html\", \"a.html\"]\n",
        )
        .unwrap();
        assert_eq!(read.stop_words, ["acme"]);
        assert_eq!(read.synonyms[0].from, read.synonyms[0].to);
        assert_eq!(
            read.synonyms[1],
            Synonym { from: vec!["phd".to_owned()], to: vec!["doctorate".to_owned()] }
        );
        assert_eq!(read.pins[0].pages, ["b.html", "a.html"]);
        assert!(curation("").unwrap().pins.is_empty());
    }

    #[test]
    fn all_that_is_wrong_is_named_by_line_and_key() {
        assert_eq!(
            faults(
                "stopwords = []\nstop_words = [\"two words\", 3]\n[[synonym]]\n\n[[synonyms]]\nsame = [\"one\"]\n"
            ),
            [
                "line 1, stopwords: there is no such key; did you mean `stop_words`?",
                "line 2, stop_words: takes texts in quotes",
                "line 2, stop_words: \"two words\" is not one word",
                "line 3, synonym: there is no such key; did you mean `synonyms`?",
                "line 5, synonyms: takes two names or more",
            ]
        );
        assert_eq!(
            faults(
                "[[synonyms]]\nsame = [\"a\", \"b\"]\nto = [\"c\"]\n[[synonyms]]\nfrom = [\"!\"]\nto = [\"a b c d e f\"]\n"
            ),
            [
                "line 1, synonyms: takes either `same`, names that stand for each other, or `from` and `to`",
                "line 5, synonyms: \"!\" has no word, or more than 5",
                "line 6, synonyms: \"a b c d e f\" has no word, or more than 5",
            ]
        );
        assert_eq!(
            faults(
                "[[pinned]]\nqueries = [\"Data engineer\"]\npages = []\nzebra = 1\n[[pinned]]\nqueries = [\"data-engineer\"]\npages = [\"a\"]\n"
            ),
            [
                "line 1, pinned: takes one query or more, and one page or more, up to 20",
                "line 4, pinned.zebra: there is no such key; there are queries, pages",
                "line 6, pinned.queries: \"data-engineer\" has pinned pages already",
            ]
        );
        assert_eq!(
            faults("pinned = \"x\"\nsynonyms = [1]\n"),
            [
                "line 1, pinned: takes tables that begin with [[pinned]]",
                "line 2, synonyms: takes tables that begin with [[synonyms]]",
            ]
        );
        let broken = faults("stop_words = [\"a\"]\n[[synonyms\n");
        assert!(broken.len() == 1 && broken[0].starts_with("line 2: "), "{broken:?}");
    }

    #[test]
    fn what_is_too_much_is_refused_at_once() {
        let start = std::time::Instant::now();
        let names =
            |count: usize| (0..count).map(|name| format!("\"n{name}\"")).collect::<Vec<_>>().join(",");
        assert!(faults(&format!("[[synonyms]]\nsame = [{}]", names(70)))[0].contains("more than 64"));
        let many = faults(&format!("[[synonyms]]\nfrom = [{}]\nto = [\"b\"]", names(MOST_NAMES)));
        assert_eq!(many.len(), 1, "{many:?}");
        assert!(many[0].contains("more than 20000"));
        assert!(!faults(&format!("a = {}", "[".repeat(500_000))).is_empty());
        assert!(!faults(&format!("{} = 1", "a.".repeat(500_000))).is_empty());
        assert!(!faults(&"a = 1\n".repeat(150_000)).is_empty());
        assert!(!faults(&"[[a]]\n".repeat(150_000)).is_empty());
        assert!(faults(&format!("{}=1", "k".repeat(900_000)))[0].len() < 200);
        assert!(start.elapsed().as_secs() < 5, "{:?}", start.elapsed());
    }
}
