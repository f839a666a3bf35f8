//! Hostile and broken input: what is too much is cut and reported by name, what is odd is read, what is no file is passed
//! over, and the pages beside it are indexed as if it were not there. How long it takes and how much memory is measured
//! by `cargo bench --bench hostile`.

use crate::support::{Place, all_ids, html, strings};
use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::Value;
use std::ffi::OsStr;
use std::fs::{self, Permissions};
use std::io::{ErrorKind, Write as _};
use std::os::unix::ffi::OsStrExt as _;
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::os::unix::net::UnixListener;
use std::os::unix::process::CommandExt as _;
use std::process::Command;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

/// A user that owns nothing.
const NOBODY: u32 = 65_534;

/// An ordinary page, found by its name.
fn ordinary(name: &str) -> String {
    html("Ordinary Engineer", &[("Overview", &[&format!("The ordinaryword of {name} stands here.")])])
}

/// A folder with an ordinary page before and one behind whatever else comes into it.
fn between_ordinary_pages() -> Place {
    Place::with_pages(&[("a-first.html", &ordinary("first")), ("z-last.html", &ordinary("last"))])
}

/// The pages that have a word, as the paths in their ids, in order.
fn with_word(place: &Place, word: &str) -> Vec<String> {
    let answer = place.search(&[word, "--limit", "100"]);
    all_ids(&answer).into_iter().map(|id| id.trim_start_matches("pages~").to_owned()).collect()
}

#[track_caller]
fn ordinary_pages_are_there(place: &Place) {
    assert_eq!(with_word(place, "ordinaryword"), ["a-first.html", "z-last.html"]);
}

/// Remarks of a report on one file.
fn remarks<'v>(report: &'v Value, which: &str, path: &str) -> Vec<&'v str> {
    let all = strings(&report[which], "path").into_iter().zip(strings(&report[which], "reason"));
    all.filter(|(of, _)| *of == path).map(|(_, reason)| reason).collect()
}

fn packed(content: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(content).unwrap();
    encoder.finish().unwrap()
}

/// A page that begins with a word and a name, and ends with another word.
fn around(name: &str, hostile: &str) -> String {
    if name.contains(".md") {
        return format!(
            "# {name}\n\n## Overview\n\nThe beforeword of {name}.\n\n{hostile}\n\nThe afterword of {name}.\n"
        );
    }
    format!(
        "<title>{name}</title><h1>{name}</h1><h2>Overview</h2><p>The beforeword of {name}.</p>{hostile}<p>The afterword of {name}.</p>"
    )
}

fn times(count: usize, piece: impl Fn(usize) -> String) -> String {
    (0..count).map(piece).collect()
}

#[test]
fn a_page_over_a_bound_is_cut_there_and_reported_by_name() {
    let copies = format!(
        "<p>{}{}",
        times(100, |n| format!("<b b{n} {}>", times(250, |m| format!("a{m} ")))),
        "<p>x".repeat(9_000)
    );
    let pages: &[(&str, &str, String)] = &[
        ("div.html", "nested deeper than 512", "<div>".repeat(100_000)),
        ("lists.html", "nested deeper than 512", "<ul><li>x".repeat(100_000)),
        ("quotes.html", "nested deeper than 512", "<blockquote>x".repeat(100_000)),
        ("tables.html", "nested deeper than 512", "<table><tr><td>x".repeat(100_000)),
        // What stands in a table and does not belong there is moved in front of it.
        ("in-table.html", "nested deeper than 512", format!("<table>{}", "<div>x".repeat(100_000))),
        ("svg.html", "nested deeper than 512", "<svg><g>".repeat(50_000)),
        ("lists.md", "nested deeper than 512", "- ".repeat(100_000) + "x"),
        ("quotes.md", "nested deeper than 512", ">".repeat(100_000) + "x"),
        ("cells.html", "more than 150000 elements", format!("<table><tr>{}", "<td>x".repeat(1_000_000))),
        ("headings.html", "more than 150000 elements", "<h2>x</h2>".repeat(300_000)),
        ("copies.html", "attributes of more than 16 MiB", copies),
        ("end-tags.html", "too many tags in deep nesting", "<span>".repeat(500) + &"</z>".repeat(100_000)),
        ("attribute.html", "only its first 4 MiB", format!("<p title=\"{}\">", "x".repeat(20_000_000))),
        ("nuls.html", "only its first 4 MiB", "\0".repeat(5_000_000)),
        ("words.md", "only its first 4 MiB", "word ".repeat(1_000_000)),
    ];
    let place = between_ordinary_pages();
    for (name, _, hostile) in pages {
        place.write(&format!("pages/{name}"), around(name, hostile));
    }
    let bomb = around("bomb.html", &" ".repeat(50_000_000));
    place.write("pages/bomb.html.gz", packed(bomb.as_bytes()));
    let report = place.ingest(&["pages"]);
    assert_eq!(report["pages"]["new"].as_u64(), Some(pages.len() as u64 + 3));
    let mut names = vec!["bomb.html.gz"];
    names.extend(pages.iter().map(|(name, ..)| *name));
    for (name, reason, _) in pages {
        let warnings = remarks(&report, "warnings", name);
        assert!(
            warnings.iter().any(|warning| warning.starts_with("truncated: ") && warning.contains(reason)),
            "{name}: {warnings:?}"
        );
    }
    assert!(remarks(&report, "warnings", "bomb.html.gz")[0].contains("only its first 4 MiB"));
    names.sort_unstable();
    assert_eq!(with_word(&place, "beforeword"), names);
    assert_eq!(with_word(&place, "afterword"), Vec::<String>::new());
    ordinary_pages_are_there(&place);
    // The page itself says so too.
    let shown = place.run(&["show", "pages/div.html"]).done();
    assert!(shown.stdout.contains("truncated: nested deeper than 512 elements"), "{}", shown.stdout);
    // A page that was cut is no other page at the next run.
    assert_eq!(place.ingest(&["pages"])["pages"]["unchanged"].as_u64(), Some(pages.len() as u64 + 3));
}

#[test]
fn what_is_odd_is_read_to_its_end() {
    let entity = |n: usize| format!("<!ENTITY e{} \"{}\">", n + 1, format!("&e{n};").repeat(10));
    let alias = |n: usize| format!("a{}: &a{0} [{}]\n", n + 1, format!("*a{n},").repeat(10));
    let deep = "[".repeat(100_000);
    let data = "\"x\",".repeat(500_000);
    let pages: &[(&str, String)] = &[
        ("unclosed.html", "<div><p>x<b>y<i>z<table><tr><td>x<ul><li>y".to_owned()),
        ("misnested.html", "<b><p>x</b></p><a><div>x</a></div><table><b><tr><i>x</table></p></b>".to_owned()),
        ("stray.html", "</p></div></body></html></table></z></b>".to_owned()),
        ("brackets.html", "< <3 <> </> <! <? &#x110000; &#0; &notanentity; &".to_owned() + "<!-- -- -->"),
        ("cdata.html", "<![CDATA[ x ]]>".to_owned()),
        ("svg.html", "<svg><title>x</title><path d='M0'/></svg><math><mi>x</mi></math>".to_owned()),
        ("template.html", "<template><p>hiddenword</template><noscript><p>hiddenword</noscript>".to_owned()),
        (
            "script.html",
            format!("<script>for(i=0;i<n;i++){{{}hiddenword}}</script>", "x = y; ".repeat(1_000)),
        ),
        ("style.html", "<style>hiddenword{}</style><!-- hiddenword -->".to_owned()),
        ("entities.xhtml", format!("<!DOCTYPE html [<!ENTITY e0 \"lol\">{}]>&e20;", times(20, entity))),
        ("json-deep.html", format!("<script type=application/ld+json>{deep}</script>")),
        ("json-long.html", format!("<script type=application/ld+json>[{data}0]</script>")),
        (
            "json-broken.html",
            "<script type=application/ld+json>{\"@type\": \"JobPosting\",</script>".to_owned(),
        ),
        ("definitions.md", times(1_000, |n| format!("[a{n}]: /u\n")) + &"[a1] ".repeat(1_000)),
        ("brackets.md", "[".repeat(10_000) + &"*a_ `` ![](<".repeat(10_000)),
    ];
    let place = between_ordinary_pages();
    for (name, hostile) in pages {
        place.write(&format!("pages/{name}"), around(name, hostile));
    }
    let mut names: Vec<&str> = pages.iter().map(|(name, _)| *name).collect();
    for (name, front) in [
        ("front-without-end.md", "---\ntitle: X\n".to_owned() + &"a: b\n".repeat(1_000)),
        ("front-bomb.md", format!("---\ntitle: X\na0: &a0 lol\n{}---\n", times(30, alias))),
        ("front-broken.md", "---\ntitle: [\"\n{ ' : \n---\n".to_owned()),
    ] {
        place.write(&format!("pages/{name}"), front + &around(name, ""));
        names.push(name);
    }
    let report = place.ingest(&["pages"]);
    assert_eq!(report["warnings"].as_array().map(Vec::len), Some(0), "{}", report["warnings"]);
    names.sort_unstable();
    for word in ["beforeword", "afterword"] {
        assert_eq!(with_word(&place, word), names, "{word}");
    }
    assert_eq!(with_word(&place, "hiddenword"), Vec::<String>::new());
    ordinary_pages_are_there(&place);
}

#[test]
fn a_tag_of_too_many_attributes_loses_those_and_nothing_else() {
    let place = between_ordinary_pages();
    let tag = format!("<p id=kept {}>", times(80_000, |n| format!("a{n}=x ")));
    place.write("pages/tag.html", around("tag.html", &tag));
    let report = place.ingest(&["pages"]);
    let warnings = remarks(&report, "warnings", "tag.html");
    assert!(warnings.len() == 1 && warnings[0].contains("too many attributes"), "{warnings:?}");
    assert_eq!(with_word(&place, "afterword"), ["tag.html"]);
    ordinary_pages_are_there(&place);
}

#[test]
fn what_is_never_closed_hides_the_rest_as_it_does_in_a_browser() {
    let place = between_ordinary_pages();
    let names = ["comment.html", "quote.html", "script.html", "style.html", "textarea.html"];
    for (name, hostile) in names.iter().zip(["<!-- ", "<p title=\"", "<script>", "<style>", "<textarea>"]) {
        place.write(&format!("pages/{name}"), around(name, hostile));
    }
    place.write("pages/frames.html", "<frameset><frame src=x><noframes>afterword</noframes></frameset>");
    let report = place.ingest(&["pages"]);
    assert!(remarks(&report, "skipped", "frames.html")[0].contains("no text"), "{report}");
    assert_eq!(with_word(&place, "beforeword"), names);
    assert_eq!(with_word(&place, "afterword"), Vec::<String>::new());
    ordinary_pages_are_there(&place);
}

#[test]
fn packed_data_that_ends_early_or_is_damaged_is_no_page() {
    let place = between_ordinary_pages();
    let whole = packed(around("cut.html.gz", &times(20_000, |n| format!("<p>{n}</p>"))).as_bytes());
    place.write("pages/cut.html.gz", &whole[..whole.len() / 2]);
    place.write("pages/no-sum.html.gz", &whole[..whole.len() - 4]);
    let flipped = |at: usize| {
        let mut bytes = whole.clone();
        bytes[at] ^= 0xff;
        bytes
    };
    place.write("pages/wrong-sum.html.gz", flipped(whole.len() - 6));
    place.write("pages/flipped.html.gz", flipped(whole.len() / 2));
    place.write("pages/nothing-often.html.gz", packed(b"").repeat(1_000_000));
    let report = place.run(&["ingest", "pages", "--json"]).exits(1).json();
    for name in
        ["cut.html.gz", "no-sum.html.gz", "wrong-sum.html.gz", "flipped.html.gz", "nothing-often.html.gz"]
    {
        assert!(remarks(&report, "failed", name)[0].contains("gzip data is damaged"), "{name}: {report}");
    }
    ordinary_pages_are_there(&place);
}

#[test]
fn what_is_no_file_is_passed_over_and_never_waited_for() {
    let place = between_ordinary_pages();
    let pages = place.path("pages");
    assert!(Command::new("mkfifo").arg(pages.join("pipe.html")).status().unwrap().success());
    let _socket = UnixListener::bind(pages.join("socket.html")).unwrap();
    symlink("/dev/zero", pages.join("device.html")).unwrap();
    symlink("self.html", pages.join("self.html")).unwrap();
    symlink("pong.html", pages.join("ping.html")).unwrap();
    symlink("ping.html", pages.join("pong.html")).unwrap();
    place.write("pages/folder.html/inside.html", around("inside.html", ""));
    symlink(&pages, pages.join("folder.html/up")).unwrap();
    let report = place.ingest(&["pages"]);
    for name in ["pipe.html", "socket.html"] {
        assert_eq!(remarks(&report, "skipped", name), ["not a regular file"]);
    }
    for name in ["device.html", "self.html", "ping.html", "pong.html", "folder.html/up"] {
        assert!(remarks(&report, "skipped", name)[0].contains("--follow-links"), "{name}: {report}");
    }
    assert_eq!(with_word(&place, "afterword"), ["folder.html~inside.html"]);
    ordinary_pages_are_there(&place);
    let report = place.run(&["ingest", "pages", "--follow-links", "--json"]).exits(1).json();
    for name in ["pipe.html", "socket.html", "device.html"] {
        assert_eq!(remarks(&report, "skipped", name), ["not a regular file"]);
    }
    for name in ["self.html", "ping.html", "pong.html", "folder.html/up"] {
        assert_eq!(remarks(&report, "failed", name).len(), 1, "{name}: {report}");
    }
    assert_eq!(with_word(&place, "afterword"), ["folder.html~inside.html"]);
    ordinary_pages_are_there(&place);
    for name in ["pipe.html", "socket.html", "self.html"] {
        let file = format!("pages/{name}");
        place.run(&["ingest", &file]).fails(3, &[name]);
        assert_ne!(place.run(&["show", &file]).code, 0);
    }
}

#[test]
fn names_of_any_bytes_are_pages_of_their_own() {
    let place = between_ordinary_pages();
    let long = "x".repeat(250) + ".html";
    let names: [&[u8]; 5] = [
        b"line\nbreak.html",
        b"\x1b[31mred\x07.html",
        b"back\\slash.html",
        b"latin\xe4.html",
        long.as_bytes(),
    ];
    for name in names {
        fs::write(place.path("pages").join(OsStr::from_bytes(name)), around("a name", "")).unwrap();
    }
    place.ingest(&["pages"]);
    let ids =
        ["_1b_5b31mred_07.html", "back_5cslash.html", "latin_ef_bf_bd.html", "line_0abreak.html", &long];
    assert_eq!(with_word(&place, "afterword"), ids);
    let told = place.run(&["ingest", "pages"]).done();
    assert!(!told.stdout.contains('\x1b') && !told.stdout.contains('\x07'), "{:?}", told.stdout);
    // Two names that read alike are two files: one of them is read, the other is reported.
    let alike: &[u8] = b"latin\xe5.html";
    fs::write(place.path("pages").join(OsStr::from_bytes(alike)), around("a name", "otherword")).unwrap();
    let report = place.run(&["ingest", "pages", "--json"]).exits(1).json();
    let failed = remarks(&report, "failed", "latin\u{fffd}.html");
    assert!(failed.len() == 1 && failed[0].contains("latin\\xE5.html"), "{report}");
    assert_eq!(with_word(&place, "otherword"), Vec::<String>::new());
    assert_eq!(with_word(&place, "afterword"), ids);
    ordinary_pages_are_there(&place);
}

#[test]
fn a_path_longer_than_the_system_takes_is_reported() {
    let place = between_ordinary_pages();
    let name = "d".repeat(250);
    let chain = |length: usize| vec![name.as_str(); length].join("/");
    place.write(&format!("inner/{}/page.html", chain(10)), around("page.html", ""));
    fs::create_dir_all(place.path(&format!("pages/{}", chain(10)))).unwrap();
    fs::rename(place.path("inner"), place.path(&format!("pages/{}/inner", chain(10)))).unwrap();
    let report = place.run(&["ingest", "pages", "--json"]).exits(1).json();
    let failed = strings(&report["failed"], "path");
    assert!(failed.len() == 1 && failed[0].starts_with("ddd"), "{failed:?}");
    assert_eq!(with_word(&place, "afterword"), Vec::<String>::new());
    ordinary_pages_are_there(&place);
}

#[test]
fn what_may_not_be_read_is_reported_and_the_rest_is_indexed() {
    let place = between_ordinary_pages();
    place.write("pages/closed.html", around("closed.html", ""));
    place.write("pages/closed/inside.html", around("inside.html", ""));
    for name in ["closed.html", "closed"] {
        fs::set_permissions(place.path("pages").join(name), Permissions::from_mode(0o000)).unwrap();
    }
    let mut command = place.command(["ingest", "pages", "--json"]);
    if fs::read(place.path("pages/closed.html")).is_ok() {
        // Permissions mean nothing to root: the program runs as nobody.
        fs::set_permissions(place.path("."), Permissions::from_mode(0o777)).unwrap();
        command.uid(NOBODY).gid(NOBODY);
    }
    let output = match command.output() {
        Err(error) if error.kind() == ErrorKind::PermissionDenied => {
            return eprintln!("skipped: the program cannot be run as nobody");
        }
        output => output.unwrap(),
    };
    assert_eq!(output.status.code(), Some(1), "{}", String::from_utf8_lossy(&output.stderr));
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    for name in ["closed.html", "closed"] {
        assert!(remarks(&report, "failed", name)[0].contains("ermission denied"), "{name}: {report}");
    }
    assert_eq!(report["pages"]["new"], 2);
    ordinary_pages_are_there(&place);
}

#[test]
fn a_file_that_changes_while_it_is_read_is_one_of_its_states_or_reported() {
    let place = between_ordinary_pages();
    let state =
        |word: &str, length| around("moving.html", &times(length, |n| format!("<p>The {word} {n}.</p>")));
    let states = [state("alphaword", 20_000), state("betaword", 30_000)];
    let file = place.write("pages/moving.html", &states[0]);
    let ended = AtomicBool::new(false);
    /// Ends the writing also where an assertion fails.
    struct End<'a>(&'a AtomicBool);
    impl Drop for End<'_> {
        fn drop(&mut self) {
            self.0.store(true, Ordering::Relaxed);
        }
    }
    std::thread::scope(|scope| {
        scope.spawn(|| {
            let mut step = 0;
            while !ended.load(Ordering::Relaxed) {
                let text = &states[step % 2];
                match step % 5 {
                    0 | 1 => fs::write(&file, text).unwrap(),
                    2 => {
                        // It grows in pieces.
                        let mut open = fs::File::create(&file).unwrap();
                        text.as_bytes().chunks(100_000).for_each(|piece| open.write_all(piece).unwrap());
                    }
                    3 => fs::File::options().write(true).open(&file).unwrap().set_len(9_000).unwrap(),
                    _ => fs::remove_file(&file).unwrap(),
                }
                step += 1;
                // Longer than the ticks in which the system tells when a file was changed.
                std::thread::sleep(Duration::from_millis(15));
            }
        });
        let _end = End(&ended);
        for _ in 0..8 {
            let ran = place.run(&["ingest", "pages", "--json"]);
            assert!(matches!(ran.code, 0 | 1), "{ran:?}");
            let failed = remarks(&ran.json(), "failed", "moving.html").len();
            assert_eq!(failed, usize::try_from(ran.code).unwrap(), "{ran:?}");
            ordinary_pages_are_there(&place);
            let [alpha, beta] = ["alphaword", "betaword"].map(|word| with_word(&place, word).len());
            assert!(alpha + beta <= 1, "half of one state, half of the other");
            let moved = with_word(&place, "beforeword");
            assert!(moved.iter().all(|path| path == "moving.html"), "{moved:?}");
        }
    });
    fs::write(&file, &states[1]).unwrap();
    place.ingest(&["pages"]);
    for (word, wanted) in [("alphaword", 0), ("betaword", 1), ("beforeword", 1), ("afterword", 1)] {
        assert_eq!(with_word(&place, word).len(), wanted, "{word}");
    }
    let report = place.ingest(&["pages"]);
    assert_eq!(report["pages"]["unchanged"], 3);
}
