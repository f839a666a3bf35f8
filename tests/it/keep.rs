//! Keeping an index: faults are found, a backup comes back whole, and nothing is lost without being said.
//! `tests/faults/run` tries all of this and more on the running program, by chance and often.

use crate::support::{Dice, Place, Server, eventually, html, timeless};
use rolecall::index::check;
use rolecall::search::Searcher;
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};

fn page(role: &str, version: u32) -> String {
    let text = format!("Version {version} wants Python, SQL and patience.");
    html(&format!("{role} Engineer"), &[("Requirements", &[text.as_str()]), ("Salary", &["Paid well."])])
}

/// Three pages in several segments, one of them changed since: some of its documents are deleted.
fn changed() -> Place {
    let place = Place::ingested(&[("cloud.html", &page("Cloud", 1)), ("data.html", &page("Data", 1))]);
    place.write("pages/test.html", page("Test", 1));
    place.write("pages/cloud.html", page("Cloud", 2));
    place.ingest(&["pages"]);
    place
}

/// What a question is answered, whatever the generation.
fn answer(place: &Place) -> Value {
    timeless(place.search(&["python version"]))
}

/// The files of the index that have something in them.
fn files(place: &Place) -> Vec<PathBuf> {
    place.bytes("index").into_iter().filter(|(_, bytes)| !bytes.is_empty()).map(|(path, _)| path).collect()
}

fn document_file(place: &Place, extension: &str) -> PathBuf {
    let is_wanted = |path: &PathBuf| path.extension().is_some_and(|known| known == extension);
    files(place).into_iter().find(is_wanted).expect("a file of documents")
}

/// Puts other bytes in the place of a file, as a disk would not: what is mapped stays.
fn replace(path: &Path, bytes: &[u8]) {
    fs::remove_file(path).unwrap();
    fs::write(path, bytes).unwrap();
}

#[test]
fn a_bit_or_a_byte_that_is_wrong_in_any_file_is_found_and_never_answered_from() {
    let (place, mut dice) = (changed(), Dice::new());
    assert!(check(&place.location(), &|_, _, _| ()).unwrap().is_sound());
    for path in files(&place) {
        let sound = fs::read(&path).unwrap();
        let bit = (dice.roll() * (sound.len() * 8) as f64) as usize;
        let mut flipped = sound.clone();
        flipped[bit / 8] ^= 1 << (bit % 8);
        let name = path.file_name().unwrap().to_str().unwrap();
        for (what, damaged) in [
            (format!("bit {bit}"), Some(flipped.as_slice())),
            ("cut in half".to_owned(), Some(&sound[..sound.len() / 2])),
            ("one byte short".to_owned(), Some(&sound[..sound.len() - 1])),
            ("gone".to_owned(), None),
        ] {
            match damaged {
                Some(damaged) => replace(&path, damaged),
                None => fs::remove_file(&path).unwrap(),
            }
            match check(&place.location(), &|_, _, _| ()) {
                Ok(checked) => {
                    let named = checked
                        .faults
                        .iter()
                        .any(|fault| fault.file.as_deref().is_some_and(|file| file.ends_with(name)));
                    assert!(named, "{name}, {what}: {checked:?}");
                }
                Err(error) => assert_eq!(name, "current", "{what}: {error}"),
            }
            // The list of files that may be removed says nothing of what answers.
            if name != ".managed.json" {
                assert!(Searcher::open(&place.location()).is_err(), "{name}, {what}");
            }
            let _ = fs::remove_file(&path);
            fs::write(&path, &sound).unwrap();
        }
    }
    assert!(check(&place.location(), &|_, _, _| ()).unwrap().is_sound());
}

#[test]
fn check_lists_what_it_finds_and_says_so_by_its_exit_code() {
    let place = changed();
    let said = place.run(&["check"]).done().stdout;
    assert!(said.starts_with("Sound: generation 2, ") && said.contains("3 pages, 6 sections"), "{said}");
    let path = document_file(&place, "store");
    let mut bytes = fs::read(&path).unwrap();
    bytes[10] ^= 1;
    replace(&path, &bytes);
    let found = place.run(&["check", "--json"]).exits(1).json();
    assert_eq!(found["sound"], false);
    let fault = &found["faults"][0];
    assert!(fault["file"].as_str().unwrap().ends_with(path.file_name().unwrap().to_str().unwrap()));
    assert_eq!(fault["reason"], "its checksum does not fit");
    place.run(&["search", "python"]).fails(3, &["its checksum does not fit", "restore", "--rebuild"]);
    place.run(&["check", "--index", "nowhere"]).fails(3, &["there is no index"]);
}

#[test]
fn a_page_that_was_taken_out_is_not_missed() {
    let place = changed();
    let id = place.search(&["cloud"])["hits"][0]["id"].as_str().unwrap().to_owned();
    place.run(&["remove", &id]).done();
    place.run(&["check"]).done();
    assert_eq!(place.ingest(&["pages"])["pages"]["new"], 1);
    place.run(&["check"]).done();
}

#[test]
fn a_backup_comes_back_whole_under_a_server_and_never_as_an_earlier_generation() {
    let place = changed();
    let wanted = answer(&place);
    for file in ["backup.tar", "backup.tar.gz"] {
        place.run(&["backup", file]).done();
        place.run(&["backup", file]).fails(3, &[file, "--force"]);
        place.run(&["backup", file, "--force"]).done();
    }
    place.write("pages/data.html", page("Data", 3));
    place.ingest(&["pages"]);
    let server = Server::start(&place);
    let before = server.get("/search?q=python+version");
    assert_ne!(timeless(before.json()), wanted);
    for (file, generation) in [("backup.tar", 4), ("backup.tar.gz", 5)] {
        place.run(&["restore", file]).done();
        eventually("the server answers from the backup", || {
            let now = server.get("/search?q=python+version");
            assert_eq!(now.status, 200);
            now.json()["generation"] == generation
        });
        let after = server.get("/search?q=python+version");
        assert_eq!(timeless(after.json())["hits"], wanted["hits"]);
        assert_ne!(after.header("etag"), before.header("etag"));
        place.run(&["check"]).done();
    }
    // Also where there is no index, and the next run goes on from there.
    place.run(&["restore", "backup.tar", "--index", "other"]).done();
    assert_eq!(timeless(place.search(&["python version", "--index", "other"])), wanted);
    assert_eq!(place.ingest(&["pages", "--index", "other"])["pages"]["changed"], 1);
    place.run(&["check", "--index", "other"]).done();
    // Nothing else is left beside them.
    let names = fs::read_dir(place.path("")).unwrap().map(|entry| entry.unwrap().file_name());
    assert_eq!(names.filter(|name| name.to_string_lossy().contains(".new")).count(), 0);
}

/// An entry of a tar: its name, what it is and its bytes.
type Entry = (String, tar::EntryType, Vec<u8>);

#[test]
fn a_backup_that_is_damaged_or_made_to_harm_changes_nothing() {
    let place = changed();
    place.run(&["backup", "backup.tar"]).done();
    place.run(&["backup", "backup.tar.gz"]).done();
    let sound = fs::read(place.path("backup.tar")).unwrap();
    let packed = fs::read(place.path("backup.tar.gz")).unwrap();
    let mut entries = Vec::new();
    for entry in tar::Archive::new(sound.as_slice()).entries().unwrap() {
        let mut entry = entry.unwrap();
        let mut bytes = Vec::new();
        std::io::copy(&mut entry, &mut bytes).unwrap();
        entries.push((entry.path().unwrap().display().to_string(), tar::EntryType::Regular, bytes));
    }
    let archive = |change: &dyn Fn(&mut Vec<Entry>)| {
        let mut entries = entries.clone();
        change(&mut entries);
        let mut tar = tar::Builder::new(Vec::new());
        for (name, kind, bytes) in &entries {
            let mut header = tar::Header::new_ustar();
            header.as_mut_bytes()[..name.len()].copy_from_slice(name.as_bytes());
            header.set_entry_type(*kind);
            if matches!(kind, tar::EntryType::Symlink | tar::EntryType::Link) {
                header.set_link_name("/etc/passwd").unwrap();
            }
            header.set_size(bytes.len() as u64);
            header.set_mode(0o644);
            header.set_cksum();
            tar.append(&header, bytes.as_slice()).unwrap();
        }
        tar.into_inner().unwrap()
    };
    let manifest = |from: &str, to: &str| {
        archive(&|entries| {
            let json = String::from_utf8(entries[0].2.clone()).unwrap();
            assert!(json.contains(from), "{from} is missing in {json}");
            entries[0].2 = json.replacen(from, to, 1).into_bytes();
        })
    };
    let mut flipped = sound.clone();
    flipped[sound.len() / 2] ^= 4;
    let name = entries[2].0.clone();
    let cases: Vec<(&str, Vec<u8>)> = vec![
        ("cut off", sound[..sound.len() / 2].to_vec()),
        ("cut off", packed[..packed.len() / 2].to_vec()),
        ("a bit", flipped),
        ("empty", Vec::new()),
        ("no tar", b"no tar at all".repeat(100)),
        ("another name", archive(&|entries| entries[2].0 = "../victim".to_owned())),
        ("a path outside", {
            let named = manifest(&name, "../victim");
            assert_ne!(named, sound);
            named
        }),
        ("a link", archive(&|entries| (entries[2].1, entries[2].2) = (tar::EntryType::Symlink, Vec::new()))),
        (
            "a hard link",
            archive(&|entries| (entries[2].1, entries[2].2) = (tar::EntryType::Link, Vec::new())),
        ),
        ("too few", archive(&|entries| drop(entries.pop()))),
        ("too many", archive(&|entries| entries.push(entries[2].clone()))),
        ("a size that lies", manifest("\"length\": ", "\"length\": 99")),
        ("too large", manifest("\"length\": ", "\"length\": 999999999999")),
        ("another generation", manifest("\"generation\": 2", "\"generation\": 7")),
        ("a newer form", manifest("\"version\": 1", "\"version\": 2")),
        ("a newer format", manifest("\"format\": ", "\"format\": 9")),
    ];
    let before = place.bytes("index");
    for (what, bytes) in cases {
        place.write("bad.tar", bytes);
        place.run(&["restore", "bad.tar"]).fails(3, &["bad.tar"]);
        assert_eq!(place.bytes("index"), before, "{what}");
    }
    place.run(&["restore", "pages"]).fails(3, &["it is no file"]);
}

#[test]
fn a_damaged_index_is_built_anew_beside_it_and_loses_no_source_in_silence() {
    let place = changed();
    place.write("more/page.html", page("Other", 1));
    place.ingest(&["more"]);
    let wanted = answer(&place);
    let server = Server::start(&place);
    let path = document_file(&place, "idx");
    replace(&path, b"damaged");
    place.run(&["ingest", "pages"]).fails(3, &["is damaged", "--rebuild", "more (", "pages ("]);
    place.run(&["ingest", "--rebuild", "pages"]).fails(3, &["would lose more (", "--forget"]);
    place.run(&["ingest", "pages", "--forget", "more"]).exits(2);
    assert_eq!(fs::read(&path).unwrap(), b"damaged", "it is left as it is");
    place.run(&["ingest", "--rebuild", "pages", "more", "--dry-run"]).done();
    place.run(&["search", "python"]).exits(3);
    place.run(&["ingest", "--rebuild", "pages", "more"]).done();
    assert_eq!(answer(&place), wanted);
    eventually("the server answers from the new one", || {
        let now = server.get("/search?q=python+version");
        assert_eq!(now.status, 200);
        now.json()["generation"] == 4
    });
    place.run(&["ingest", "--rebuild", "pages", "--forget", "more"]).done();
    assert_eq!(place.run(&["sources", "--json"]).done().json().as_array().unwrap().len(), 1);
    place.run(&["check"]).done();
}

#[test]
fn documents_that_nothing_names_are_found_again_and_never_swept_away() {
    let place = changed();
    let wanted = answer(&place);
    fs::remove_file(place.path("index/current")).unwrap();
    for args in [&["search", "python"][..], &["check"], &["backup", "backup.tar"]] {
        place.run(args).fails(3, &["`current`", "rolecall ingest"]);
    }
    // Nor are documents that cannot even be opened.
    let meta = document_file(&place, "json");
    let meta = if meta.ends_with("meta.json") { meta } else { meta.with_file_name("meta.json") };
    let sound = fs::read(&meta).unwrap();
    replace(&meta, &sound[..sound.len() / 2]);
    place.run(&["ingest", "pages"]).fails(3, &["`current` is missing", "--rebuild"]);
    replace(&meta, &sound);
    assert_eq!(place.ingest(&["pages"])["pages"]["unchanged"], 3);
    assert_eq!(answer(&place), wanted);
}

/// `ulimit -f` stands for a full disk: files that grow beyond it are refused.
#[cfg(unix)]
#[test]
fn a_file_that_cannot_be_written_is_named_and_the_old_state_stays() {
    let place = changed();
    let wanted = answer(&place);
    for number in 0..40 {
        place.write(&format!("pages/{number}.html"), page(&format!("Role{number}"), number));
    }
    let program = place.command(["ingest", "pages"]);
    let output = std::process::Command::new("bash")
        .args(["-c", "trap '' XFSZ; ulimit -f 4; exec \"$@\"", "bash"])
        .arg(program.get_program())
        .args(program.get_args())
        .current_dir(place.path(""))
        .output()
        .unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(3), "{said}");
    assert!(said.contains("index/documents-1/") && said.contains("ulimit -f"), "{said}");
    assert_eq!(answer(&place), wanted);
    place.run(&["check"]).done();
    assert_eq!(place.ingest(&["pages"])["pages"]["new"], 40);
    place.run(&["check"]).done();
}
