//! Is the boilerplate gone and the content kept? Shingle F1 of our text against the text that belongs to 181 real pages
//! (`../shared/extraction`; the measure is in `../shared/README.md`): `cargo bench --bench extraction`. With `-- worst`
//! the pages where most was lost or kept wrongly are listed too.

#![allow(clippy::expect_used, clippy::print_stdout, reason = "a bench that cannot go on says so")]

use flate2::read::GzDecoder;
use rolecall::model::Page;
use rolecall::parse::{Format, parse};
use std::collections::{BTreeMap, HashMap};
use std::io::Read as _;
use std::path::Path;
use std::time::Instant;

/// Tokens in a shingle.
const SHINGLE: usize = 4;

fn main() {
    let root =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/extraction/article-extraction-benchmark");
    let Ok(truth) = std::fs::read(root.join("ground-truth.json")) else {
        println!("skipped: {} is not there", root.display());
        return;
    };
    let truth: BTreeMap<String, serde_json::Value> = serde_json::from_slice(&truth).expect("JSON");
    let pages: Vec<(&str, Vec<u8>, &str)> = truth
        .iter()
        .map(|(id, page)| {
            let file = std::fs::File::open(root.join("html").join(format!("{id}.html.gz"))).expect("a page");
            let mut html = Vec::new();
            GzDecoder::new(file).read_to_end(&mut html).expect("gzip");
            (id.as_str(), html, page["articleBody"].as_str().unwrap_or_default())
        })
        .collect();
    let start = Instant::now();
    let read: Vec<Option<Page>> = pages.iter().map(|(_, html, _)| parse(html, Format::Html).ok()).collect();
    let seconds = start.elapsed().as_secs_f64();
    let (mut precision, mut recall) = (0.0, 0.0);
    let mut worst = Vec::new();
    for ((id, _, wanted), page) in pages.iter().zip(&read) {
        let text = page.as_ref().map(text).unwrap_or_default();
        let (p, r) = compare(&text, wanted);
        precision += p;
        recall += r;
        worst.push((
            2.0 * p * r / (p + r).max(1e-9),
            p,
            r,
            *id,
            page.as_ref().map_or("", |page| page.title.as_str()),
        ));
    }
    let count = pages.len() as f64;
    let (precision, recall) = (precision / count, recall / count);
    let f1 = 2.0 * precision * recall / (precision + recall);
    println!(
        "{count} pages: F1 {f1:.4}, precision {precision:.4}, recall {recall:.4}; {:.0} pages per second",
        count / seconds
    );
    if std::env::args().any(|argument| argument == "worst") {
        worst.sort_by(|a, b| a.0.total_cmp(&b.0));
        for (f1, p, r, id, title) in worst.iter().take(40) {
            println!("{f1:.2} precision {p:.2} recall {r:.2} {id} {title}");
        }
    }
}

/// The text of a page as it was understood: headings and blocks.
fn text(page: &Page) -> String {
    let mut text = String::new();
    for section in &page.sections {
        let mut next = 0;
        text.extend(section.heading.iter().map(|heading| heading.text.clone() + "\n"));
        for block in &section.blocks {
            let through = block.heading.map_or(0, |heading| usize::from(heading) + 1);
            for heading in section.subheadings.iter().take(through).skip(next) {
                text += &(heading.text.clone() + "\n");
            }
            next = next.max(through);
            text += &(block.text.clone() + "\n");
        }
    }
    for role in &page.related {
        text += &format!("{}\n{}\n", role.title, role.teaser.as_deref().unwrap_or_default());
    }
    text
}

/// Precision and recall of one page.
fn compare(text: &str, wanted: &str) -> (f64, f64) {
    let (have, want) = (shingles(text), shingles(wanted));
    let both: u64 =
        have.iter().map(|(shingle, &count)| count.min(want.get(shingle).copied().unwrap_or(0))).sum();
    let (have, want): (u64, u64) = (have.values().sum(), want.values().sum());
    let of =
        |total: u64| if total == 0 { f64::from(u8::from(both == 0)) } else { both as f64 / total as f64 };
    (of(have), of(want))
}

fn shingles(text: &str) -> HashMap<Vec<&str>, u64> {
    let tokens: Vec<&str> =
        text.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|token| !token.is_empty()).collect();
    let mut shingles = HashMap::new();
    for shingle in tokens.windows(SHINGLE.min(tokens.len().max(1))) {
        *shingles.entry(shingle.to_vec()).or_insert(0) += 1;
    }
    shingles
}
