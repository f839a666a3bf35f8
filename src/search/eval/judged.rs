//! Queries and what answers them, read from files as the field keeps them.
//!
//! - TSV with a header, `query` and `pages`: the pages that answer a query, with a space between them.
//! - TREC topics (`<top> <num> Number: 7 <title> …`), or TSV of a query's number and text, with qrels: lines of
//!   `number 0 page grade` (<https://trec.nist.gov/data/qrels_eng/>).
//!
//! A page is named by its id or its path. `page#section` grades a section, which is named by its kind (`salary`) or by a
//! heading that it stands under, as a link would (`how-to-become-one`), or by how that begins (`how-to*`). A page without
//! a grade of its own has the best of its sections.

use std::collections::HashMap;

/// A query with its judgements.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Judged {
    /// Its number, or its place in the file.
    pub id: String,
    /// The question.
    pub query: String,
    /// Grades by page or `page#section` as the file names them, those above 0 relevant.
    pub grades: HashMap<String, u32>,
}

/// What is wrong with a file of queries or judgements.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum FormatError {
    /// A line of the queries that is none.
    #[error("line {line} of the queries {reason}")]
    Query {
        /// Counted from 1.
        line: usize,
        /// What is wrong, and what would be right.
        reason: &'static str,
    },
    /// A line of the judgements that is none.
    #[error(
        "line {line} of the qrels is no judgement: there must be the query's number, 0, the page and its grade"
    )]
    Judgement {
        /// Counted from 1.
        line: usize,
    },
    /// There are queries, and nothing says what answers them.
    #[error("no judgements: give a file of qrels (--qrels), or a TSV whose columns are `query` and `pages`")]
    NoJudgements,
    /// There is no query.
    #[error("no query: neither TREC topics nor lines of a query's number, a tab and its text")]
    NoQueries,
    /// The judgements are of other queries.
    #[error("none of the queries is judged: the numbers in the qrels are others")]
    OtherQueries,
}

/// Reads a file of queries and, where it holds none itself, one of judgements. Queries that nothing was judged for are
/// left out, as trec_eval does.
///
/// # Errors
/// [`FormatError`] names the line.
pub fn read(queries: &str, qrels: Option<&str>) -> Result<Vec<Judged>, FormatError> {
    let queries = queries.trim_start_matches('\u{feff}');
    let header = queries.lines().next().unwrap_or_default();
    let mut columns = header.split('\t').map(str::trim);
    if (columns.next(), columns.next()) == (Some("query"), Some("pages")) {
        return with_pages(queries);
    }
    let mut judged = if queries.contains("<top>") { topics(queries) } else { numbered(queries)? };
    if judged.is_empty() {
        return Err(FormatError::NoQueries);
    }
    grade(&mut judged, qrels.ok_or(FormatError::NoJudgements)?)?;
    judged.retain(|one| !one.grades.is_empty());
    if judged.is_empty() { Err(FormatError::OtherQueries) } else { Ok(judged) }
}

/// The lines that say something, with their numbers.
fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty())
}

fn with_pages(text: &str) -> Result<Vec<Judged>, FormatError> {
    let mut judged = Vec::new();
    for (line, text) in lines(text).skip(1) {
        let Some((query, pages)) = text.split_once('\t') else {
            return Err(FormatError::Query { line, reason: "has no tab between the query and its pages" });
        };
        let pages = pages.split('\t').next().unwrap_or_default();
        let grades: HashMap<String, u32> =
            pages.split_whitespace().map(|page| (page.to_owned(), 1)).collect();
        if grades.is_empty() {
            return Err(FormatError::Query { line, reason: "names no page" });
        }
        judged.push(Judged { id: (judged.len() + 1).to_string(), query: query.trim().to_owned(), grades });
    }
    if judged.is_empty() { Err(FormatError::NoQueries) } else { Ok(judged) }
}

fn numbered(text: &str) -> Result<Vec<Judged>, FormatError> {
    let query = |(line, text): (usize, &str)| match text.split_once('\t') {
        Some((id, query)) if !query.trim().is_empty() => Ok(Judged {
            id: id.trim().to_owned(),
            query: query.split('\t').next().unwrap_or_default().trim().to_owned(),
            grades: HashMap::new(),
        }),
        _ => {
            let reason = "is none: there must be its number, a tab and its text";
            Err(FormatError::Query { line, reason })
        }
    };
    lines(text).map(query).collect()
}

/// TREC topics: within `<top>`, a field goes from its tag to the next one, whether or not it is closed.
fn topics(text: &str) -> Vec<Judged> {
    let field = |topic: &str, tag: &str| {
        let start = topic.find(tag)? + tag.len();
        let end = topic[start..].find('<').map_or(topic.len(), |end| start + end);
        let value = crate::text::collapse(&topic[start..end]);
        (!value.is_empty()).then_some(value)
    };
    let topic = |topic: &str| {
        let topic = topic.split("</top>").next().unwrap_or_default();
        let number = field(topic, "<num>")?;
        let title = field(topic, "<title>")?;
        Some(Judged {
            id: number.trim_start_matches("Number:").trim().to_owned(),
            query: title.trim_start_matches("Topic:").trim().to_owned(),
            grades: HashMap::new(),
        })
    };
    text.split("<top>").skip(1).filter_map(topic).collect()
}

fn grade(judged: &mut [Judged], qrels: &str) -> Result<(), FormatError> {
    let places: HashMap<String, usize> =
        judged.iter().enumerate().map(|(at, one)| (one.id.clone(), at)).collect();
    for (line, text) in lines(qrels.trim_start_matches('\u{feff}')) {
        let mut columns = text.split_whitespace();
        let (id, _, page, grade) = (columns.next(), columns.next(), columns.next(), columns.next());
        let (Some(id), Some(page), Some(Ok(grade)), None) =
            (id, page, grade.map(str::parse::<i64>), columns.next())
        else {
            return Err(FormatError::Judgement { line });
        };
        if let Some(&at) = places.get(id) {
            judged[at].grades.insert(page.to_owned(), u32::try_from(grade.max(0)).unwrap_or(u32::MAX));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(id: &str, query: &str, grades: &[(&str, u32)]) -> Judged {
        let grades = grades.iter().map(|&(page, grade)| (page.to_owned(), grade)).collect();
        Judged { id: id.to_owned(), query: query.to_owned(), grades }
    }

    #[test]
    fn queries_with_their_pages() {
        let read = read("\u{feff}query\tpages\n2D artist\ta.html b.html\n\nnurse\tc.html\n", None);
        let wanted =
            [one("1", "2D artist", &[("a.html", 1), ("b.html", 1)]), one("2", "nurse", &[("c.html", 1)])];
        assert_eq!(read, Ok(wanted.to_vec()));
    }

    #[test]
    fn topics_and_numbered_queries_with_qrels() {
        let wanted = [one("301", "cloud skills", &[("a.html", 2), ("b.html#salary", 1), ("c.html", 0)])];
        let qrels = "301 0 a.html 2\n301 Q0 b.html#salary 1\n301 0 c.html -1\n999 0 a.html 1\n";
        let topics = "<top>\n<num> Number: 301\n<title> cloud\n skills\n<desc> Description:\nWhich?\n</top>\n\
                      <top><num>302</num><title>unjudged</title></top>";
        assert_eq!(read(topics, Some(qrels)), Ok(wanted.to_vec()));
        assert_eq!(read("301\tcloud skills\n302\tunjudged\n", Some(qrels)), Ok(wanted.to_vec()));
    }

    #[test]
    fn what_is_wrong_is_said_with_its_line() {
        assert_eq!(read("1\tnurse\n", None), Err(FormatError::NoJudgements));
        assert_eq!(read("", None), Err(FormatError::NoQueries));
        assert_eq!(read("1\tnurse", Some("2 0 a 1")), Err(FormatError::OtherQueries));
        let line = |result: Result<Vec<Judged>, FormatError>| match result {
            Err(FormatError::Query { line, .. } | FormatError::Judgement { line }) => line,
            other => panic!("{other:?}"),
        };
        assert_eq!(line(read("1\tnurse", Some("1 0 a 1\n1 0 a\n"))), 2);
        assert_eq!(line(read("1\tnurse", Some("1 0 a high\n"))), 1);
        assert_eq!(line(read("1\tnurse\n2 nurse", Some(""))), 2);
        assert_eq!(line(read("query\tpages\nnurse\n", None)), 2);
    }
}
