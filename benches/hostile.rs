//! What the worst pages cost: `cargo bench --bench hostile [-- PART OF A NAME]`.
//!
//! Each page is written by a generator, the same at every run, and read by the program as a child process: `show`, which
//! reads and understands it, and `ingest`, which also writes the index. A time over one second or a peak over 200 MB is
//! marked, and a child that goes far beyond is stopped. Pages that cost too much once are kept here.

#![allow(clippy::expect_used, clippy::print_stdout, reason = "a bench that cannot go on says so")]

use std::io::Write as _;
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

/// What a page may cost.
const LONGEST: Duration = Duration::from_secs(1);
const MOST_MEMORY: u64 = 200_000_000;
/// Beyond this a child is stopped.
const PATIENCE: Duration = Duration::from_secs(20);
const PATIENCE_MEMORY: u64 = 3_000_000_000;
/// What is read of a page, and so the largest that is worth making.
const LARGEST: usize = 4 << 20;

/// A name, the file's name, and what is in it.
type Case<T> = (&'static str, &'static str, fn() -> T);

enum Page {
    Text(fn() -> String),
    Bytes(fn() -> Vec<u8>),
}

fn main() {
    let wanted: Vec<String> =
        std::env::args().skip(1).filter(|argument| !argument.starts_with('-')).collect();
    let folder = tempfile::tempdir().expect("a folder");
    println!("{:34} {:>8} {:>8}   {:>8} {:>8}", "page", "show s", "MB", "ingest s", "MB");
    let mut beyond = 0;
    let texts = TEXTS.iter().map(|&(name, file, page)| (name, file, Page::Text(page)));
    let bytes = BYTES.iter().map(|&(name, file, page)| (name, file, Page::Bytes(page)));
    for (name, file, page) in texts.chain(bytes) {
        if !wanted.is_empty() && !wanted.iter().any(|part| name.contains(part.as_str())) {
            continue;
        }
        let pages = folder.path().join("pages");
        std::fs::create_dir(&pages).expect("a folder");
        let content = match page {
            Page::Text(page) => page().into_bytes(),
            Page::Bytes(page) => page(),
        };
        std::fs::write(pages.join(file), content).expect("a page");
        let shown = run(folder.path(), &["show", &format!("pages/{file}")]);
        let ingested = run(folder.path(), &["ingest", "pages"]);
        println!("{name:34} {shown}   {ingested}");
        beyond += u32::from(shown.is_beyond() || ingested.is_beyond());
        for made in ["pages", "index"] {
            let _ = std::fs::remove_dir_all(folder.path().join(made));
        }
    }
    println!("{beyond} beyond {} s or {} MB", LONGEST.as_secs(), MOST_MEMORY / 1_000_000);
}

/// What a child cost.
struct Cost {
    time: Duration,
    memory: u64,
    /// None where it was stopped.
    status: Option<ExitStatus>,
}

impl Cost {
    /// It cost too much, or did not end in a way that the program means: exit codes 0, 1 and 3.
    fn is_beyond(&self) -> bool {
        let ended =
            self.status.and_then(|status| status.code()).is_some_and(|code| matches!(code, 0 | 1 | 3));
        self.time > LONGEST || self.memory > MOST_MEMORY || !ended
    }
}

impl std::fmt::Display for Cost {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:8.2} {:8.0}", self.time.as_secs_f64(), self.memory as f64 / 1e6)?;
        match self.status {
            _ if !self.is_beyond() => f.write_str(" "),
            None => f.write_str("! stopped"),
            Some(status) if status.code().is_none() => write!(f, "! {status}"),
            Some(_) => f.write_str("!"),
        }
    }
}

/// Runs the program to its end and looks at its memory meanwhile.
fn run(folder: &Path, args: &[&str]) -> Cost {
    let mut command = Command::new(env!("CARGO_BIN_EXE_rolecall"));
    command.current_dir(folder).args(args).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let start = Instant::now();
    let mut child = command.spawn().expect("the program starts");
    let mut memory = 0;
    loop {
        memory = peak(&child).unwrap_or_default().max(memory);
        let status = child.try_wait().expect("a child");
        let time = start.elapsed();
        if status.is_some() {
            return Cost { time, memory, status };
        }
        if time > PATIENCE || memory > PATIENCE_MEMORY {
            let _ = child.kill();
            let _ = child.wait();
            return Cost { time, memory, status };
        }
        std::thread::sleep(Duration::from_millis(1));
    }
}

/// The most memory that a child had so far, in bytes, where the system tells it (Linux).
fn peak(child: &Child) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{}/status", child.id())).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().strip_suffix(" kB")?.parse::<u64>().ok().map(|kib| kib * 1024)
}

/// A page as long as is read of one: a beginning, and a piece again and again, which is told how often it was there.
fn filled(beginning: &str, piece: impl Fn(usize) -> String) -> String {
    let mut page = beginning.to_owned();
    (0..)
        .map(piece)
        .take_while(|piece| {
            page.push_str(piece);
            page.len() < LARGEST
        })
        .for_each(drop);
    page
}

/// The same with a piece that does not change.
fn repeated(beginning: &str, piece: &str) -> String {
    filled(beginning, |_| piece.to_owned())
}

/// A piece some times, each told its number.
fn times(count: usize, piece: impl Fn(usize) -> String) -> String {
    (0..count).map(piece).collect()
}

/// Half of the largest page, in one word after another.
fn half() -> String {
    "word ".repeat(LARGEST / 10)
}

const TITLE: &str = "<title>Test Engineer</title><h1>Test Engineer</h1>";

const TEXTS: &[Case<String>] = &[
    // Of the issue.
    ("nothing", "a.html", String::new),
    ("100,000 nested div", "a.html", || format!("{TITLE}<p>Before.</p>{}", "<div>".repeat(100_000))),
    ("80,000 attributes", "a.html", || format!("{TITLE}<p {}>Text.", times(80_000, |n| format!("a{n}=x ")))),
    ("an attribute of 20 MB", "a.html", || format!("{TITLE}<p title=\"{}\">Text.", "x".repeat(20_000_000))),
    ("5 million NULs", "a.html", || format!("{TITLE}<p>Text.{}", "\0".repeat(5_000_000))),
    ("binary", "a.html", || "\u{1}\u{2}\u{3}ELF".repeat(500_000)),
    // Nesting.
    ("nested div and text", "a.html", || repeated(TITLE, "<div>x")),
    ("nested span", "a.html", || repeated(TITLE, "<span>")),
    ("nested div in a table", "a.html", || repeated(&format!("{TITLE}<table>"), "<div>x")),
    ("nested tables", "a.html", || repeated(TITLE, "<table><tr><td>x")),
    ("nested tables within the bound", "a.html", || {
        repeated(&format!("{TITLE}{}", "<table><tr><td>x".repeat(120)), "<p>x")
    }),
    ("nested tables of th and ul", "a.html", || {
        repeated(&format!("{TITLE}{}", "<table><tr><th>x<ul><li>y".repeat(80)), "<li>x")
    }),
    ("nested lists", "a.html", || repeated(TITLE, "<ul><li>x")),
    ("nested lists within the bound", "a.html", || {
        repeated(&format!("{TITLE}{}", "<ul><li>x".repeat(250)), "<li>x")
    }),
    ("nested blockquotes", "a.html", || repeated(TITLE, "<blockquote>x")),
    ("nested details", "a.html", || repeated(TITLE, "<details><summary>x")),
    ("nested definition lists", "a.html", || format!("{TITLE}{}", "<dl><dd><p>x".repeat(40))),
    ("nested definition lists, long text", "a.html", || {
        format!("{TITLE}{}{}", "<dl><dd>".repeat(200), half())
    }),
    ("nested summaries", "a.html", || {
        repeated(&format!("{TITLE}{}<h3>y</h3>", "<details><summary>".repeat(240)), "<i>x</i>")
    }),
    ("nested headings", "a.html", || format!("{TITLE}{}{}", "<h2><div>".repeat(200), half())),
    ("nested labelled regions", "a.html", || {
        format!(
            "{TITLE}{}{}{}",
            times(400, |n| format!("<div id=a{n} aria-labelledby=a{n}>")),
            half(),
            half()
        )
    }),
    ("nested paragraphs in bold", "a.html", || format!("{TITLE}{}{}", "<p><b><object>".repeat(150), half())),
    ("nested links", "a.html", || repeated(&format!("{TITLE}{}", "<a href=/x><object>".repeat(200)), "<p>x")),
    ("nested templates", "a.html", || repeated(TITLE, "<template>x")),
    ("nested svg", "a.html", || repeated(TITLE, "<svg><g>x")),
    ("nested math", "a.html", || repeated(TITLE, "<math><mi>x")),
    ("nested select", "a.html", || repeated(TITLE, "<select><option>x")),
    ("nested forms and buttons", "a.html", || repeated(TITLE, "<form><button>x")),
    // Formatting that is opened again and again.
    ("unclosed b i a", "a.html", || repeated(TITLE, "<b><i><a>x")),
    ("unclosed b, each its own", "a.html", || filled(TITLE, |n| format!("<b a{n}>x"))),
    ("b opened again in paragraphs", "a.html", || {
        repeated(&format!("{TITLE}<p>{}", times(480, |n| format!("<b a{n}>"))), "<p>x")
    }),
    ("b opened in paragraphs that end", "a.html", || filled(TITLE, |n| format!("<p><b a{n}></p>"))),
    ("b with 1,000 attributes again", "a.html", || {
        repeated(&format!("{TITLE}<p><b {}>x", times(1_000, |n| format!("a{n} "))), "<p>x")
    }),
    ("400 b with attributes again", "a.html", || {
        let tag = |m: usize| format!("<b b{m} {}>", times(500, |n| format!("a{n} ")));
        repeated(&format!("{TITLE}<p>{}", times(400, tag)), "<p>x")
    }),
    ("b with a long class again", "a.html", || {
        let (class, text) = ("x ".repeat(1 << 19), "<p>x".repeat(1 << 18));
        format!("{TITLE}<p><b class='{class}'>x{text}")
    }),
    ("b with a long id in headings", "a.html", || {
        format!("{TITLE}<p><b id={}>x</p>{}", "x".repeat(1 << 20), "<h2>y</h2>x".repeat(1 << 17))
    }),
    ("a with a long address again", "a.html", || {
        format!("{TITLE}<p><a href={}>x{}", "x".repeat(1 << 20), "<p>x".repeat(1 << 18))
    }),
    ("a long address around a card", "a.html", || {
        format!("{TITLE}<a href={}><div>x</div>{}", "x".repeat(1 << 20), "<p>x</p>".repeat(1 << 18))
    }),
    ("attributes without end", "a.html", || filled(&format!("{TITLE}<p"), |n| format!(" a{n}"))),
    ("attributes without spaces", "a.html", || filled(&format!("{TITLE}<p "), |n| format!("a{n}=\"\""))),
    ("attributes behind a long one", "a.html", || {
        filled(&format!("{TITLE}<p a=\"{}\"", "x".repeat(9_000)), |n| format!(" a{n}"))
    }),
    ("attributes behind form feeds", "a.html", || filled(&format!("{TITLE}<p"), |n| format!("\u{c}a{n}"))),
    ("attributes behind a script's quote", "a.html", || {
        filled(&format!("{TITLE}<script>a<b=\"</script><p"), |n| format!(" a{n}"))
    }),
    ("attributes in CDATA", "a.html", || {
        filled(&format!("{TITLE}<svg><![CDATA[<a b=\"]]><g"), |n| format!(" a{n}"))
    }),
    ("attributes of an end tag", "a.html", || filled(&format!("{TITLE}<p>x</p"), |n| format!(" a{n}"))),
    ("misnested in tables", "a.html", || repeated(TITLE, "<table><b><tr><i>x</table>")),
    ("text between table rows", "a.html", || repeated(&format!("{TITLE}<table>"), "x<tr>")),
    ("end tags of nothing", "a.html", || repeated(&format!("{TITLE}{}", "<span>".repeat(500)), "</z>")),
    ("end tags of formatting", "a.html", || repeated(&format!("{TITLE}{}", "<span>".repeat(500)), "</b>")),
    ("end tags of paragraphs", "a.html", || repeated(&format!("{TITLE}{}", "<span>".repeat(500)), "</p>")),
    ("crossed b and p", "a.html", || repeated(TITLE, "<b><p>x</b></p>")),
    ("crossed a and div", "a.html", || repeated(TITLE, "<a><div>x</a>")),
    // Attributes and ids.
    ("1,000 attributes on each tag", "a.html", || {
        repeated(TITLE, &format!("<p {}>x", times(1_000, |n| format!("{n} "))))
    }),
    ("attributes on each html", "a.html", || filled(TITLE, |n| format!("<html a{n}>"))),
    ("attributes on each body", "a.html", || filled(TITLE, |n| format!("<body z{}>", 999_999 - n))),
    ("a class of 4 MB", "a.html", || format!("{TITLE}<div class='{}'>x", "ad x ".repeat(LARGEST / 6))),
    ("a class of 100,000 words each", "a.html", || {
        repeated(TITLE, &format!("<div class='{}'>x</div>", "ad ".repeat(10_000)))
    }),
    ("buttons for one empty panel", "a.html", || {
        let panel = format!("<div id=p>{}</div>", "<i></i>".repeat(60_000));
        format!("{TITLE}{panel}{}", "<button aria-controls=p>x</button>".repeat(40_000))
    }),
    ("panels with one long label", "a.html", || {
        let tab = format!("<b id=t role=tab aria-controls=p>{}</b>", half());
        let panel = |n| format!("<div role=tabpanel id=p{n} aria-labelledby=t>x</div>");
        format!("{TITLE}{tab}{}", times(30_000, panel))
    }),
    ("a label of 100,000 ids", "a.html", || {
        format!("{TITLE}<section aria-labelledby='{}'>x", times(100_000, |n| format!("i{n} ")))
    }),
    ("ids that label each other", "a.html", || {
        filled(TITLE, |n| format!("<div id=i{n} aria-labelledby=i{}>x</div>", n + 1))
    }),
    // Much beside each other.
    ("empty headings in an item", "a.html", || repeated(&format!("{TITLE}<ul><li>"), "<h3></h3>")),
    ("terms, then definitions", "a.html", || {
        format!("{TITLE}<dl>{}{}", "<dt>a".repeat(70_000), "<dd>b".repeat(70_000))
    }),
    ("empty links behind br", "a.html", || repeated(TITLE, "<br><a></a>")),
    ("cells that span rows", "a.html", || {
        format!("{TITLE}<table><tr>{}{}", "<td rowspan=1000>x".repeat(60_000), "<tr><td>y".repeat(20_000))
    }),
    ("cells that span columns", "a.html", || repeated(&format!("{TITLE}<table><tr>"), "<td colspan=1000>x")),
    // Very many.
    ("a million table cells", "a.html", || repeated(&format!("{TITLE}<table><tr>"), "<td>x")),
    ("a million rows", "a.html", || repeated(&format!("{TITLE}<table>"), "<tr><td>")),
    ("options", "a.html", || repeated(&format!("{TITLE}<select>"), "<option>x")),
    ("300,000 headings", "a.html", || repeated(TITLE, "<h2>x</h2>y")),
    ("headings that differ", "a.html", || filled(TITLE, |n| format!("<h2>Skills {n}</h2><p>Java {n}"))),
    ("headings of kinds, nested", "a.html", || {
        repeated(
            TITLE,
            "<h2>Skills</h2>x<h3>Salary</h3>y<h4>Education</h4>z<h5>Overview</h5>z<h6>Tools</h6>z",
        )
    }),
    ("headings of many words", "a.html", || {
        repeated(TITLE, &format!("<h2>{}</h2>", "what how to the skills of and in a ".repeat(11)))
    }),
    ("a heading of 4 MB", "a.html", || format!("{TITLE}<h2>{}", "skills and ".repeat(LARGEST / 12))),
    ("a title of 2 MB, many sections", "a.html", || {
        format!("<h1>{}</h1>{}", half(), "<h2>x</h2>y".repeat(40_000))
    }),
    ("bold paragraphs", "a.html", || repeated(TITLE, "<p><b>Skills</b><p>x")),
    ("br", "a.html", || repeated(TITLE, "- x<br>")),
    ("only br", "a.html", || repeated(TITLE, "x<br>")),
    ("spaces and br", "a.html", || repeated(TITLE, " <br> ")),
    ("related roles, all alike", "a.html", || {
        repeated(&format!("{TITLE}<h2>Related roles</h2><ul>"), "<li>Data Engineer")
    }),
    ("links", "a.html", || filled(TITLE, |n| format!("<a href=/{n}>x</a>"))),
    ("comments", "a.html", || repeated(TITLE, "<!---->")),
    ("unclosed tags", "a.html", || repeated(TITLE, "<p<b")),
    ("unclosed comment", "a.html", || repeated(&format!("{TITLE}<p>x</p><!--"), "<p>x")),
    ("unclosed quotes", "a.html", || repeated(TITLE, "<a b='<a b=\"")),
    ("CDATA", "a.html", || repeated(TITLE, "<![CDATA[x")),
    ("entities", "a.html", || repeated(TITLE, "&lt;&amp&notit;&#x110000;&")),
    ("an entity bomb", "a.xhtml", || {
        let entity = |n: usize| format!("<!ENTITY e{} \"{}\">", n + 1, format!("&e{n};").repeat(10));
        format!(
            "<!DOCTYPE html [<!ENTITY e0 \"lol\">{}]><h1>X</h1><p>{}",
            times(20, entity),
            "&e20;".repeat(1_000)
        )
    }),
    ("doctypes", "a.html", || repeated(TITLE, "<!DOCTYPE html>")),
    ("a frameset", "a.html", || repeated("<frameset>", "<frame src=x><noframes>x</noframes>")),
    ("carriage returns", "a.html", || repeated(TITLE, "<p>x\r")),
    // Data in scripts.
    ("JSON-LD of 4 MB, deep", "a.html", || {
        repeated(&format!("{TITLE}<p>Text.</p><script type=application/ld+json>"), "[")
    }),
    ("JSON-LD of little objects", "a.html", || {
        let data = repeated("[", "{\"\":0},").split_off(64);
        format!("{TITLE}<p>Text.</p><script type=application/ld+json>[{data}0]</script>")
    }),
    ("JSON-LD of little lists", "a.html", || {
        let data = "[0],".repeat(LARGEST / 4 - 64);
        format!("{TITLE}<p>Text.</p><script type=application/ld+json>[{data}0]</script>")
    }),
    ("JSON-LD of many skills", "a.html", || {
        let skills = times(100_000, |n| format!("\"s {n} t\","));
        format!(
            "{TITLE}<p>{}</p><script type=application/ld+json>{{\"@type\":\"JobPosting\",\"skills\":[{skills}\"x\"]}}</script>",
            half()
        )
    }),
    ("JSON-LD of many roles", "a.html", || {
        let role = |n| format!("{{\"@type\":\"Occupation\",\"name\":\"Role {n} (a, b)\"}},");
        let roles = times(70_000, role);
        format!("{TITLE}<p>Text.</p><script type=application/ld+json>[{roles}0]</script>")
    }),
    ("microdata of roles in roles", "a.html", || {
        let role = "<div itemscope itemtype=/Occupation><p itemprop=name>x y</p>".repeat(400);
        repeated(&format!("{TITLE}{role}"), "<b itemprop=name>x</b>")
    }),
    ("JSON-LD in JSON-LD", "a.html", || {
        let script = |data: &str| format!("<script type=application/ld+json>{data}</script>");
        let role =
            |text: &str| format!("{{\"@type\":\"JobPosting\",\"description\":{}}}", serde_json::json!(text));
        let inner = (0..14).fold(half(), |text, _| script(&role(&text)).replace('/', "\\/"));
        format!("{TITLE}{inner}")
    }),
    ("JSON-LD of many pieces of HTML", "a.html", || {
        let data = "\"<p>a</p>\",".repeat(300_000);
        format!(
            "{TITLE}<script type=application/ld+json>{{\"@type\":\"JobPosting\",\"skills\":[{data}0]}}</script>"
        )
    }),
    ("application data of little lists", "a.html", || {
        let data = "[0],".repeat(LARGEST / 4 - 64);
        format!("<title>X</title><script id=__NEXT_DATA__>[{data}0]</script>")
    }),
    ("application data of much HTML", "a.html", || {
        let data = "\"<p>a</p>\",".repeat(300_000);
        format!("<title>X</title><script id=__NEXT_DATA__>[{data}0]</script>")
    }),
    // Words.
    ("one word", "a.html", || format!("{TITLE}<p>{}", "word ".repeat(LARGEST / 5))),
    ("one long word", "a.html", || format!("{TITLE}<p>{}", "x".repeat(LARGEST))),
    ("words that differ", "a.html", || filled(&format!("{TITLE}<p>"), |n| format!("w{n} "))),
    ("names of skills", "a.html", || repeated(&format!("{TITLE}<p>"), "Java Python Go C++ React ")),
    ("names of skills in sentences", "a.html", || repeated(&format!("{TITLE}<p>"), "Go. R. C. Java. ")),
    ("Go", "a.html", || repeated(&format!("{TITLE}<p>"), "Go ")),
    ("names of skills in blocks", "a.html", || repeated(TITLE, "<p>Java, Go")),
    ("amounts", "a.html", || repeated(&format!("{TITLE}<p>"), "£1 ")),
    ("full stops", "a.html", || repeated(&format!("{TITLE}<p>"), "a. ")),
    ("dots", "a.html", || repeated(&format!("{TITLE}<p>"), ".")),
    ("pluses", "a.html", || repeated(&format!("{TITLE}<p>"), "c+")),
    ("hyphens and slashes", "a.html", || repeated(&format!("{TITLE}<p>"), "a-b/")),
    ("combining marks", "a.html", || repeated(&format!("{TITLE}<p>a"), "\u{301}\u{316}")),
    ("marks out of order", "a.html", || repeated(&format!("{TITLE}<p>a"), "\u{5ae}\u{301}\u{316}\u{345}")),
    ("ligatures that grow", "a.html", || repeated(&format!("{TITLE}<p>"), "\u{fdfa}")),
    ("Chinese", "a.html", || repeated(&format!("{TITLE}<p>"), "数据工程师。")),
    ("no width", "a.html", || repeated(&format!("{TITLE}<p>"), "\u{200b}a")),
    // Markdown.
    ("Markdown: nested lists", "a.md", || repeated("# X\n\n", "- ")),
    ("Markdown: nested lists by indent", "a.md", || {
        format!("# X\n\n{}", times(2_000, |n| format!("{}- x\n", "  ".repeat(n))))
    }),
    ("Markdown: nested quotes", "a.md", || repeated("# X\n\n", ">")),
    ("Markdown: quotes going on", "a.md", || {
        repeated(&format!("# X\n\n{}x\n", "> ".repeat(400)), &format!("{}x\n", "> ".repeat(200)))
    }),
    ("Markdown: lists and blank lines", "a.md", || {
        repeated(&format!("# X\n\n{}x\n", "- ".repeat(1_000)), "\n")
    }),
    ("Markdown: brackets", "a.md", || repeated("# X\n\n", "[")),
    ("Markdown: brackets both ways", "a.md", || {
        format!("# X\n\n{}{}", "[".repeat(LARGEST / 2 - 9), "]".repeat(LARGEST / 2))
    }),
    ("Markdown: links in links", "a.md", || repeated("# X\n\n", "[a](")),
    ("Markdown: angles", "a.md", || repeated("# X\n\n", "[a](<b")),
    ("Markdown: emphasis", "a.md", || repeated("# X\n\n", "*a **a ")),
    ("Markdown: emphasis of two sorts", "a.md", || repeated("# X\n\n", "*a_ ")),
    ("Markdown: emphasis closing", "a.md", || {
        format!("# X\n\n{}{}", "*a ".repeat(500_000), "b* ".repeat(500_000))
    }),
    ("Markdown: strikethrough", "a.md", || repeated("# X\n\n", "~~a ~b ")),
    ("Markdown: backticks", "a.md", || filled("# X\n\n", |n| format!("{}a", "`".repeat(n + 1)))),
    ("Markdown: HTML openers", "a.md", || repeated("# X\n\n", "a <!-- <? <![CDATA[ <!A ")),
    ("Markdown: definitions", "a.md", || filled("# X\n\n", |n| format!("[a{n}]: /u\n\n"))),
    ("Markdown: definitions used", "a.md", || {
        format!("# X\n\n[a]: /{}\n\n{}", "u".repeat(LARGEST / 2), "[a] ".repeat(LARGEST / 8))
    }),
    ("Markdown: footnotes", "a.md", || filled("# X\n\n", |n| format!("x[^{n}]\n\n[^{n}]: y\n\n"))),
    ("Markdown: one footnote", "a.md", || repeated("# X\n\n[^a]: y\n\n", "[^a]")),
    ("Markdown: a wide table, short rows", "a.md", || {
        let columns = LARGEST / 12;
        format!("# X\n\n{}\n{}\n{}", "|a".repeat(columns), "|-".repeat(columns), "|\n".repeat(columns))
    }),
    ("Markdown: a wide table", "a.md", || {
        let columns = LARGEST / 6;
        format!("# X\n\n{}\n{}\n{}\n", "|a".repeat(columns), "|-".repeat(columns), "|b".repeat(columns))
    }),
    ("Markdown: headings", "a.md", || repeated("# X\n\n", "## x\ny\n")),
    ("Markdown: headings underlined", "a.md", || repeated("# X\n\n", "x\n-\n")),
    ("Markdown: heading attributes", "a.md", || repeated("# X\n\n", "## x {#a .b c=d\n")),
    ("Markdown: related roles, all alike", "a.md", || {
        repeated("# X\n\n## Related roles\n\n", "- Data Engineer\n")
    }),
    ("Markdown: front matter without end", "a.md", || repeated("---\ntitle: X\n", "a: b\n")),
    ("Markdown: front matter of many keys", "a.md", || {
        repeated("---\ntitle: X\n", "a: b\n") + "---\n# X\n\nText.\n"
    }),
    ("Markdown: YAML bomb", "a.md", || {
        let alias = |n: usize| format!("a{}: &a{0} [{}]\n", n + 1, format!("*a{n},").repeat(10));
        format!("---\ntitle: X\na0: &a0 lol\n{}---\n# X\n\nText.\n", times(30, alias))
    }),
    ("Markdown: directives", "a.md", || repeated("# X\n\n", "* TOC\n{:toc}\n")),
    ("Markdown: lines", "a.md", || repeated("# X\n\n", "a\n")),
    // Text.
    ("text: one line", "a.txt", || repeated("Test Engineer\n\nSkills\n\n", "word ")),
    ("text: 2 million lines", "a.txt", || repeated("Test Engineer\n\nSkills\n\n", "a\n")),
    ("text: lone lines", "a.txt", || repeated("Test Engineer\n\nSkills\n\n", "A\n\n")),
    ("text: lone lines that differ", "a.txt", || {
        filled("Test Engineer\n\nSkills\n\n", |n| format!("A {n}\n\n"))
    }),
    ("text: items", "a.txt", || repeated("Test Engineer\n\nSkills\n\n", " • A\n")),
    ("text: items glued", "a.txt", || {
        repeated("Test Engineer\n\nSkills\n\n", " • Java\n • Go The end is near now.\n\n")
    }),
    ("text: one item", "a.txt", || {
        repeated("Test Engineer\n\nSkills\n\n  • Java\n  • ", "Bb The c d. ") + "."
    }),
    ("text: capitals in an item", "a.txt", || {
        repeated("Test Engineer\n\nSkills\n\n  • Java\n  • ", "b Bbbb b ") + "."
    }),
    ("text: lists and paragraphs", "a.txt", || {
        repeated("Test Engineer\n\nSkills\n\n", "  • A\n  • B\n\nThe text.\n\n")
    }),
    ("text: related roles, all alike", "a.txt", || repeated("Test Engineer\n\nRelated roles\n\n", "  • A\n")),
    ("text: more careers", "a.txt", || repeated("Test Engineer\n\nMore Careers\n\n", "Data Engineer\n\n")),
    ("text: spaces", "a.txt", || format!("Test Engineer\n\n{}x", " ".repeat(LARGEST / 2))),
    ("text: indents", "a.txt", || repeated("Test Engineer\n\n", &format!("{}• x\n", " ".repeat(2_000)))),
    ("text: numbers", "a.txt", || repeated("Test Engineer\n\n", "  1. a\n")),
];

/// Pages that are no UTF-8, or packed.
const BYTES: &[Case<Vec<u8>>] = &[
    ("windows-1252 unstated", "a.html", || b"<p>F\xe4higkeiten und \xdcberblick ".repeat(LARGEST / 31)),
    ("Shift_JIS unstated", "a.txt", || b"\x90\x45\x96\xb1\x93\xe0\x97\x65 ".repeat(LARGEST / 9)),
    ("EUC-KR unstated", "a.txt", || b"\xc1\xf7\xb9\xab ".repeat(LARGEST / 5)),
    ("UTF-8 with wrong bytes", "a.txt", || b"\xc3\xa4 \xff ".repeat(LARGEST / 5)),
    ("bytes of every value", "a.txt", || (0..LARGEST).map(|n| (n * 7 + n / 256) as u8 | 0x80).collect()),
    ("ISO-2022-JP escapes", "a.txt", || b"\x1b$B!!\x1b(Ba".repeat(LARGEST / 9)),
    ("UTF-16 of lone surrogates", "a.html", || {
        [&b"\xff\xfe"[..], &b"\x00\xd8a\x00".repeat(LARGEST / 4)].concat()
    }),
    ("UTF-16 of three-byte characters", "a.html", || {
        [&b"\xfe\xff"[..], &b"\x65\x70".repeat(LARGEST / 2)].concat()
    }),
    ("a gzip bomb", "a.html.gz", || gzip(|| vec![b'x'; 1 << 20], 1_000)),
    ("a gzip of nothing, often", "a.html.gz", || gzip(Vec::new, 1).repeat(2_000_000)),
    ("NULs between letters", "a.html", || b"<p>a\0\0b".repeat(LARGEST / 7)),
];

/// A piece some times, packed.
fn gzip(piece: impl Fn() -> Vec<u8>, times: usize) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    (0..times).for_each(|_| encoder.write_all(&piece()).expect("memory"));
    encoder.finish().expect("memory")
}
