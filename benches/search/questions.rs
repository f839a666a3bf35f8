//! What is asked.

use rolecall::index::Snapshot;
use rolecall::model::FacetField;
use rolecall::text::words;
use std::collections::HashSet;
use std::path::Path;

/// One, two and three words; rare and common; a phrase, a negation, another name.
pub(crate) const QUERIES: [&str; 50] = [
    "kubernetes",
    "nurse",
    "sales",
    "python",
    "management",
    "accountant",
    "welding",
    "design",
    "sql",
    "teacher",
    "data",
    "safety",
    "engineer",
    "customer service",
    "software developer",
    "project management",
    "machine learning",
    "quality control",
    "train driver",
    "food processing",
    "data analysis",
    "human resources",
    "legal advice",
    "public relations",
    "financial reports",
    "supply chain",
    "database administrator",
    "medical records",
    "electrical equipment",
    "environmental protection",
    "machine tool operator",
    "coordinate production schedules",
    "develop marketing strategies",
    "maintain hydraulic systems",
    "teach children music",
    "analyse financial risk",
    "design electronic circuits",
    "manage construction projects",
    "inspect aircraft engines",
    "train new employees",
    "\"quality assurance\"",
    "\"customer relationship management\"",
    "software -manager",
    "k8s",
    "C++",
    "JavaScript",
    "kubernetes leadership",
    "leadership communication planning",
    "what does a biologist do",
    "programming languages",
];

/// How many questions are made of each kind.
const EACH: usize = 100;

/// Distinct questions of one to four words: titles of the index and words of them, names of skills, and titles that
/// people use for the occupations of ESCO where they are there.
pub(crate) fn made_of(snapshot: &Snapshot) -> Vec<String> {
    let names = |field: FacetField| {
        let names = snapshot.dictionary(field);
        (0..).take(names.len()).map(|name| names.label(name).to_owned()).collect::<Vec<_>>()
    };
    let titles = names(FacetField::Role);
    let single =
        |title: &String| words(title).map(|word| word.written.to_lowercase()).max_by_key(String::len);
    let alternative = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/relevance/esco-titles.tsv");
    let alternative = std::fs::read_to_string(alternative).unwrap_or_default();
    let alternative =
        alternative.lines().skip(1).filter_map(|line| Some(line.split_once('\t')?.0.to_owned()));
    let kinds = [
        titles.iter().filter_map(single).collect(),
        titles,
        names(FacetField::Skill),
        alternative.collect::<Vec<_>>(),
    ];
    let mut known = HashSet::new();
    let mut questions = Vec::new();
    for kind in kinds {
        let mut fits: Vec<String> =
            kind.into_iter().filter(|text| (1..=4).contains(&words(text).count())).collect();
        fits.retain(|text| known.insert(text.to_lowercase()));
        let step = (fits.len() / EACH).max(1);
        questions.extend(fits.into_iter().step_by(step).take(EACH));
    }
    questions
}
