//! How many pages a second are read, analysed and written, all cores: `cargo bench --bench ingest`. With a folder of
//! HTML in `ROLECALL_BENCH_HTML` (a Debian documentation package, say) it is read too, as so many bytes a second.

#![allow(clippy::expect_used, clippy::print_stdout, reason = "a bench that cannot go on says so")]

mod common;

use criterion::{BatchSize, Criterion, Throughput};
use rolecall::annotate::{Taxonomy, Vocabulary, annotate};
use rolecall::parse::{Format, parse};
use std::path::Path;

fn main() {
    let mut criterion = Criterion::default().configure_from_args().sample_size(10);
    whole_run(&mut criterion);
    one_core(&mut criterion);
    html(&mut criterion);
    criterion.final_summary();
}

/// From files on disk to an index that answers; and again with nothing changed.
fn whole_run(criterion: &mut Criterion) {
    let first = tempfile::tempdir().expect("a folder");
    let report = common::build(&first.path().join("index"));
    let mut group = criterion.benchmark_group("ingest");
    group.throughput(Throughput::Elements(report.pages.new));
    group.bench_function("first run", |bencher| {
        let setup = || tempfile::tempdir().expect("a folder");
        bencher.iter_batched(
            setup,
            |folder| (common::build(&folder.path().join("index")), folder),
            BatchSize::PerIteration,
        );
    });
    group.bench_function("nothing changed", |bencher| {
        bencher.iter(|| common::build(&first.path().join("index")))
    });
    group.finish();
}

/// Reading and understanding alone, on one core.
fn one_core(criterion: &mut Criterion) {
    let folders = common::pages();
    let files = folders.iter().flat_map(|folder| std::fs::read_dir(folder).expect("a folder").flatten());
    let pages: Vec<(Vec<u8>, Format)> = files
        .filter_map(|entry| Some((std::fs::read(entry.path()).ok()?, Format::of(&entry.path())?)))
        .collect();
    let bytes: usize = pages.iter().map(|(bytes, _)| bytes.len()).sum();
    let vocabulary = Vocabulary::built_in();
    let mut group = criterion.benchmark_group("one core");
    for throughput in [Throughput::Elements(pages.len() as u64), Throughput::Bytes(bytes as u64)] {
        let unit = if matches!(throughput, Throughput::Bytes(_)) { "bytes" } else { "pages" };
        group.throughput(throughput);
        group.bench_function(format!("parse, {unit}"), |bencher| {
            bencher.iter(|| pages.iter().filter(|(bytes, format)| parse(bytes, *format).is_ok()).count());
        });
    }
    let parsed: Vec<_> = pages.iter().filter_map(|(bytes, format)| parse(bytes, *format).ok()).collect();
    let taxonomies = taxonomies();
    let with_taxonomies = Vocabulary::with(&taxonomies);
    for (name, vocabulary) in [("annotate", &vocabulary), ("annotate with taxonomies", &with_taxonomies)] {
        for throughput in [Throughput::Elements(parsed.len() as u64), Throughput::Bytes(bytes as u64)] {
            let unit = if matches!(throughput, Throughput::Bytes(_)) { "bytes" } else { "pages" };
            group.throughput(throughput);
            group.bench_function(format!("{name}, {unit}"), |bencher| {
                bencher.iter_batched(
                    || parsed.clone(),
                    |mut pages| {
                        pages.iter_mut().for_each(|page| annotate(page, vocabulary));
                        pages
                    },
                    BatchSize::LargeInput,
                );
            });
        }
    }
    drop(with_taxonomies);
    group.throughput(Throughput::Elements(
        taxonomies.iter().map(|taxonomy| taxonomy.text.lines().count() as u64).sum(),
    ));
    group.bench_function("build a vocabulary, skills", |bencher| {
        bencher.iter(|| Vocabulary::with(&taxonomies))
    });
    group.finish();
}

/// Reading HTML of any sort, on one core.
fn html(criterion: &mut Criterion) {
    let Some(folder) = std::env::var_os("ROLECALL_BENCH_HTML") else { return };
    let files = std::fs::read_dir(folder).expect("a folder").flatten().map(|entry| entry.path());
    let files = files.filter(|path| Format::of(path) == Some(Format::Html));
    let pages: Vec<Vec<u8>> = files.filter_map(|path| std::fs::read(path).ok()).collect();
    let mut group = criterion.benchmark_group("one core");
    group.throughput(Throughput::Bytes(pages.iter().map(|page| page.len() as u64).sum()));
    group.bench_function("parse a folder of HTML, bytes", |bencher| {
        bencher.iter(|| pages.iter().filter(|page| parse(page, Format::Html).is_ok()).count());
    });
    group.finish();
}

/// O*NET's and ESCO's skills, or none where they are not there.
fn taxonomies() -> Vec<Taxonomy> {
    let shared = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/taxonomies");
    let files = [
        "onet-29.2/Technology Skills.txt",
        "esco-1.2.0/digitalSkillsCollection_en.csv",
        "esco-1.2.0/transversalSkillsCollection_en.csv",
    ];
    let files = files.iter().filter_map(|file| std::fs::read(shared.join(file)).ok());
    files.map(|file| Taxonomy::read(&file).expect("a taxonomy")).collect()
}
