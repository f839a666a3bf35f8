use super::super::convert::documents;
use super::super::directory::Refusal;
use super::super::{Fields, Location, SourceState, State};
use super::*;
use crate::model::{FacetField, Label, Page, Section};
use tantivy::TantivyDocument;

fn page(name: &str) -> Page {
    let section = |kind: &str| Section {
        kind: Label { id: kind.to_owned(), label: kind.to_owned() },
        ..Section::default()
    };
    Page {
        id: format!("pages~{name}"),
        source: "pages".to_owned(),
        path: name.to_owned(),
        title: format!("Title of {name}"),
        sections: vec![section("overview"), section("salary")],
        ..Page::default()
    }
}

/// What is found in an index of two pages whose documents were changed, and of which so many are counted.
fn found(counted: u64, change: impl Fn(&Fields, &mut Vec<TantivyDocument>)) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    let location = Location::new(folder.path());
    let lock = location.lock().unwrap();
    let (index, name) = location.create(&lock, &Refusal::default()).unwrap();
    let fields = Fields::new();
    let mut all: Vec<_> =
        ["a", "b"].into_iter().flat_map(|name| documents(&fields, page(name), 5, &[7])).collect();
    change(&fields, &mut all);
    let mut writer = index.writer_with_num_threads(1, super::super::writer::LEAST_MEMORY).unwrap();
    for document in all {
        writer.add_document(document).unwrap();
    }
    let source = SourceState {
        name: "pages".to_owned(),
        root: String::new(),
        base_url: None,
        taxonomy: String::new(),
        pages: counted,
        removed: 0,
        boilerplate: Vec::new(),
    };
    let state = State { generation: 1, sources: vec![source] };
    let mut commit = writer.prepare_commit().unwrap();
    commit.set_payload(&serde_json::json!(state).to_string());
    commit.commit().unwrap();
    location.make_current(&name).unwrap();
    let checked = check(&location, &|_, _, _| ()).unwrap();
    checked
        .faults
        .into_iter()
        .map(|fault| format!("{}: {}", fault.page.unwrap_or_default(), fault.reason))
        .collect()
}

#[test]
fn what_an_ingest_writes_is_sound() {
    assert_eq!(found(2, |_, _| ()), [""; 0]);
}

#[test]
fn sections_that_are_missing_apart_or_in_another_order_are_found() {
    let missing = found(2, |_, all| drop(all.pop()));
    assert_eq!(missing, ["pages~b: section 0: content_hash is not what is stored"]);
    let swapped = found(2, |_, all| all.swap(0, 1));
    assert!(swapped[0].starts_with("pages~a: "), "{swapped:?}");
    let apart = found(2, |_, all| all.swap(1, 2));
    assert!(
        apart.iter().any(|fault| fault == "pages~a: its sections do not lie together, or it is there twice")
    );
}

#[test]
fn columns_that_say_otherwise_than_the_page_are_found() {
    let language = found(2, |fields, all| {
        all[2].add_text(fields.facets[FacetField::Language as usize], "de\u{1f}German")
    });
    assert_eq!(language, ["pages~b: section 0: language is not what is stored"]);
    let order = found(2, |fields, all| all[0].add_text(fields.title_order, "zzz"));
    assert_eq!(order, ["pages~a: section 0: title_order is not what is stored"]);
    let asked = found(2, |fields, all| all[0].add_u64(fields.content_hash, 5));
    assert_eq!(asked, ["pages~a: section 0: content_hash is not what is stored"]);
}

#[test]
fn pages_that_are_miscounted_are_found() {
    assert_eq!(found(5, |_, _| ()), [": the source \"pages\" has 2 pages, and 5 are counted for it"]);
}
