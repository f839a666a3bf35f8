//! How good the ranking is: on the judged questions of tests/relevance it is no worse than recorded there, and what is
//! measured is what a person would call good.

use crate::support::{Place, corpus, html, shared};
use rolecall::search::eval::{Evaluation, Judged, evaluate, read};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// How far a mean may fall below the recorded one.
const TOLERANCE: f64 = 0.02;

/// How many of the questions that fell most are listed.
const LISTED: usize = 12;

/// nDCG@10 by page and, where sections are judged, by section.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Figures {
    page: f64,
    section: Option<f64>,
}

/// The figures of one setting, by the number of the question and of `mean`.
type Recorded = BTreeMap<String, Figures>;

fn file(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/relevance").join(name)
}

fn text(name: &str) -> String {
    std::fs::read_to_string(file(name)).unwrap()
}

/// The judged questions as far as these sources can answer them.
fn judged(sources: &[&str]) -> Vec<Judged> {
    let mut judged = read(&text("questions.tsv"), Some(&text("qrels.txt"))).unwrap();
    for one in &mut judged {
        one.grades.retain(|name, _| sources.contains(&name.split('/').next().unwrap_or_default()));
    }
    judged.retain(|one| one.grades.values().any(|&grade| grade > 0));
    judged
}

fn recorded(setting: &str) -> Recorded {
    let line = |line: &str| {
        let columns: Vec<&str> = line.split('\t').collect();
        let [of, question, page, section] = columns[..] else { panic!("no four columns: {line}") };
        let figures = Figures { page: page.parse().unwrap(), section: section.parse().ok() };
        (of == setting).then(|| (question.to_owned(), figures))
    };
    text("recorded.tsv").lines().skip(1).filter_map(line).collect()
}

/// Puts the figures of a setting in the place of those that are recorded.
fn record(setting: &str, measured: &Recorded) {
    let old = text("recorded.tsv");
    let mut new = String::from("setting\tquestion\tpage\tsection\n");
    let others = |line: &&str| !line.is_empty() && line.split('\t').next() != Some(setting);
    for line in old.lines().skip(1).filter(others) {
        let _ = writeln!(new, "{line}");
    }
    let rank = |question: &str| question.parse::<u32>().unwrap_or(0);
    let mut lines: Vec<_> = measured.iter().collect();
    lines.sort_by_key(|(question, _)| rank(question));
    for (question, figures) in lines {
        let section = figures.section.map_or_else(|| "-".to_owned(), |section| format!("{section:.4}"));
        let _ = writeln!(new, "{setting}\t{question}\t{:.4}\t{section}", figures.page);
    }
    std::fs::write(file("recorded.tsv"), new).unwrap();
}

fn figures(evaluation: &Evaluation, questions: &[Judged]) -> Recorded {
    let of = |page, section| Figures { page, section };
    let each = evaluation.answered.iter().map(|answered| {
        let id = questions[answered.query].id.clone();
        (id, of(answered.measures.ndcg_10, answered.section_ndcg_10))
    });
    let mean = ("mean".to_owned(), of(evaluation.mean.ndcg_10, evaluation.section_ndcg_10));
    each.chain([mean]).collect()
}

/// What has got worse, as a failure says it; none where the means are near enough to the recorded ones or above.
fn fallen(recorded: &Recorded, measured: &Recorded, questions: &[Judged]) -> Option<String> {
    type Figure = (&'static str, fn(&Figures) -> Option<f64>);
    let by: [Figure; 2] = [("page", |figures| Some(figures.page)), ("section", |figures| figures.section)];
    let mut said = String::new();
    for (name, figure) in by {
        let both = |question: &str| {
            Some((figure(recorded.get(question)?)?, measured.get(question).and_then(figure).unwrap_or(0.0)))
        };
        let Some((before, now)) = both("mean") else { continue };
        if now >= before - TOLERANCE {
            continue;
        }
        let _ = writeln!(said, "nDCG@10 by {name} fell from {before:.4} to {now:.4}. What fell most:");
        let mut falls: Vec<_> = questions
            .iter()
            .filter_map(|one| both(&one.id).map(|(before, now)| (one, before, now)))
            .collect();
        falls.sort_by(|a, b| (a.2 - a.1).total_cmp(&(b.2 - b.1)));
        for (Judged { id, query, .. }, before, now) in
            falls.into_iter().filter(|(_, before, now)| now < before).take(LISTED)
        {
            let _ = writeln!(said, "  {before:.4} -> {now:.4}  {query} ({id})");
        }
    }
    (!said.is_empty()).then_some(said)
}

/// Over the samples alone, and with the career guides beside the project where they are.
fn settings() -> Vec<(&'static str, Vec<&'static str>, Vec<PathBuf>)> {
    let mut settings = vec![("corpus", vec!["corpus"], vec![corpus()])];
    if let Some(ictasl) = shared("pages/ictasl") {
        settings.push(("corpus+ictasl", vec!["corpus", "ictasl"], vec![corpus(), ictasl]));
    }
    settings
}

#[test]
fn the_ranking_is_no_worse_than_recorded() {
    for (setting, sources, folders) in settings() {
        let place = Place::new();
        let folders: Vec<&str> = folders.iter().map(|folder| folder.to_str().unwrap()).collect();
        place.ingest(&folders);
        let questions = judged(&sources);
        assert!(questions.len() >= 60, "{setting}: {} questions", questions.len());
        let evaluation = evaluate(&place.searcher(), &questions, &|_| ()).unwrap();
        assert_eq!(evaluation.unknown, [""; 0], "{setting}: judged, and not in the index");
        let measured = figures(&evaluation, &questions);
        if std::env::var_os("ROLECALL_RECORD_RELEVANCE").is_some() {
            record(setting, &measured);
        }
        let recorded = recorded(setting);
        let names = |figures: &Recorded| figures.keys().cloned().collect::<Vec<_>>();
        assert_eq!(
            names(&recorded),
            names(&measured),
            "{setting}: other questions are recorded; record anew"
        );
        if let Some(said) = fallen(&recorded, &measured, &questions) {
            panic!("over {setting}, {said}");
        }
        let mean = measured["mean"];
        eprintln!("{setting}: {mean:?}, recorded {:?}", recorded["mean"]);
    }
}

#[test]
fn a_fall_is_told_with_the_questions_that_fell_most() {
    let questions = ["nurse pay", "nurse skills", "nurse jobs"];
    let questions: Vec<Judged> = (1..)
        .zip(questions)
        .map(|(id, query): (u32, _)| Judged {
            id: id.to_string(),
            query: query.to_owned(),
            ..Judged::default()
        })
        .collect();
    let figures = |all: [(f64, Option<f64>); 4]| -> Recorded {
        let figures = |(page, section)| Figures { page, section };
        ["1", "2", "3", "mean"].map(str::to_owned).into_iter().zip(all.map(figures)).collect()
    };
    let before = figures([(1.0, Some(0.5)), (0.5, Some(0.5)), (0.3, None), (0.6, Some(0.5))]);
    let near = figures([(0.9, Some(0.4)), (0.5, Some(0.5)), (0.3, None), (0.5801, Some(0.4801))]);
    assert_eq!(fallen(&before, &near, &questions), None);
    let worse = figures([(0.9, Some(0.9)), (0.1, Some(0.5)), (0.4, None), (0.47, Some(0.7))]);
    let wanted = "nDCG@10 by page fell from 0.6000 to 0.4700. What fell most:\n  \
                  0.5000 -> 0.1000  nurse skills (2)\n  1.0000 -> 0.9000  nurse pay (1)\n";
    assert_eq!(fallen(&before, &worse, &questions).as_deref(), Some(wanted));
    let sections = figures([(1.0, Some(0.0)), (0.5, Some(0.5)), (0.3, None), (0.6, Some(0.25))]);
    let wanted = "nDCG@10 by section fell from 0.5000 to 0.2500. What fell most:\n  \
                  0.5000 -> 0.0000  nurse pay (1)\n";
    assert_eq!(fallen(&before, &sections, &questions).as_deref(), Some(wanted));
}

fn nurses() -> Place {
    let pay = "The wages of a nurse are fair.";
    Place::ingested(&[
        ("nurse.html", &html("Nurse", &[("Salary", &[pay]), ("What nurses do", &["They care for people."])])),
        ("midwife.html", &html("Midwife", &[("What midwives do", &["They care for people too."])])),
    ])
}

fn measured(place: &Place, question: &str, qrels: &str) -> Evaluation {
    let questions = read(&format!("1\t{question}"), Some(qrels)).unwrap();
    evaluate(&place.searcher(), &questions, &|_| ()).unwrap()
}

#[test]
fn pages_and_the_sections_they_are_shown_with_are_measured_apart() {
    let place = nurses();
    for (qrels, page, section) in [
        // Of the page alone: its sections are not judged.
        ("1 0 nurse.html 2", 1.0, None),
        // The right section, by its kind and by its heading.
        ("1 0 nurse.html 2\n1 0 nurse.html#sal* 3", 1.0, Some(1.0)),
        ("1 0 nurse.html 2\n1 0 nurse.html#salary 3", 1.0, Some(1.0)),
        ("1 0 nurse.html#salary 3\n1 0 nurse.html#what-nurses* 1", 1.0, Some(1.0)),
        // A section that is judged less than another of the page.
        ("1 0 nurse.html#salary 1\n1 0 nurse.html#what-nurses-do 2", 1.0, Some(0.5)),
        // Another section than the one that is judged: the page answers, what is shown of it does not.
        ("1 0 pages/nurse.html 2\n1 0 nurse.html#what-nurses-do 3", 1.0, Some(0.0)),
        // The page's own grade counts, not that of a section.
        ("1 0 nurse.html 0\n1 0 nurse.html#salary 3", 0.0, Some(1.0)),
    ] {
        let evaluation = measured(&place, "nurse wages", qrels);
        assert!((evaluation.mean.ndcg_10 - page).abs() < 1e-9, "{qrels}: {evaluation:?}");
        assert_eq!(evaluation.section_ndcg_10, section, "{qrels}");
        assert_eq!(evaluation.unknown, [""; 0], "{qrels}");
    }
    let evaluation = measured(
        &place,
        "nurse",
        "1 0 nurse.html 1\n1 0 doctor.html 1\n1 0 nurse.html#pension 1\n1 0 nurse.html#what* 1\n1 0 midwife.html#salary 0",
    );
    assert_eq!(evaluation.unknown, ["doctor.html", "midwife.html#salary", "nurse.html#pension"]);
}

#[test]
fn eval_says_both_figures() {
    let place = nurses();
    place.write("questions.tsv", "1\tnurse wages\n2\tcare for people too\n");
    place.write("qrels.txt", "1 0 nurse.html#what-nurses-do 2\n2 0 midwife.html 1\n");
    let eval = ["eval", "--queries", "questions.tsv", "--qrels", "qrels.txt"];
    let said = place.run(&eval).done().stdout;
    assert!(said.contains("nDCG@10     1.0000\n"), "{said}");
    assert!(said.contains("nDCG@10     0.0000 by section (1 queries)"), "{said}");
    let json = place.run(&[&eval[..], &["--json"]].concat()).done().json();
    assert_eq!(json["ndcg_10"], 1.0, "{json}");
    assert_eq!(json["section_ndcg_10"], 0.0, "{json}");
    assert_eq!(json["by_query"][1]["section_ndcg_10"], serde_json::Value::Null, "{json}");
}
