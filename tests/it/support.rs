//! What every area runs on: a temporary folder with pages and an index, the program, a server and a client for it.

use rolecall::index::{Location, Snapshot};
use rolecall::ingest::{IngestError, IngestOptions, IngestReport};
use rolecall::model::{FacetField, Page};
use rolecall::search::{SearchRequest, Searcher};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// How long something that must happen may take before a test gives up waiting.
pub(crate) const PATIENCE: Duration = Duration::from_secs(20);

/// A temporary folder to run the program in; its index is where the program puts it by default.
pub(crate) struct Place {
    folder: TempDir,
}

impl Place {
    pub(crate) fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    /// A folder `pages` with these files.
    pub(crate) fn with_pages(files: &[(&str, &str)]) -> Self {
        let place = Self::new();
        for (name, content) in files {
            place.write(&format!("pages/{name}"), content);
        }
        place
    }

    /// The same, ingested.
    pub(crate) fn ingested(files: &[(&str, &str)]) -> Self {
        let place = Self::with_pages(files);
        place.ingest(&["pages"]);
        place
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn write(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, content).unwrap();
        path
    }

    pub(crate) fn delete(&self, name: &str) {
        fs::remove_file(self.path(name)).unwrap();
    }

    pub(crate) fn location(&self) -> Location {
        Location::new(self.path("index"))
    }

    pub(crate) fn searcher(&self) -> Searcher {
        Searcher::open(&self.location()).unwrap()
    }

    /// The program with these arguments, not started yet.
    pub(crate) fn command<'a>(&self, args: impl IntoIterator<Item = &'a str>) -> Command {
        let mut command = Command::new(assert_cmd::cargo::cargo_bin!("rolecall"));
        command.current_dir(self.folder.path()).args(args).stdin(Stdio::null()).env_clear();
        command
    }

    /// Runs the program to its end.
    pub(crate) fn run(&self, args: &[&str]) -> Ran {
        let output = self.command(args.iter().copied()).output().unwrap();
        Ran {
            args: args.join(" "),
            code: output.status.code().expect("an exit code"),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// Runs `ingest --json` with these arguments, which must end with nothing failed; its report.
    pub(crate) fn ingest(&self, args: &[&str]) -> Value {
        self.run(&[&["ingest", "--json"], args].concat()).done().json()
    }

    /// Runs `search --json` with these arguments; its answer.
    pub(crate) fn search(&self, args: &[&str]) -> Value {
        self.run(&[&["search", "--json"], args].concat()).done().json()
    }

    /// Every file of a folder with its bytes; what a run that changes nothing leaves as it was.
    pub(crate) fn bytes(&self, folder: &str) -> BTreeMap<PathBuf, Vec<u8>> {
        let files = walkdir::WalkDir::new(self.path(folder)).into_iter().map(Result::unwrap);
        files
            .filter(|entry| entry.file_type().is_file())
            .map(|entry| (entry.path().to_owned(), fs::read(entry.path()).unwrap()))
            .collect()
    }
}

/// A run of the program that has ended.
#[derive(Debug)]
pub(crate) struct Ran {
    args: String,
    pub(crate) code: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Ran {
    /// It ended with this exit code.
    #[track_caller]
    pub(crate) fn exits(self, code: i32) -> Self {
        assert_eq!(
            self.code, code,
            "rolecall {}\nstdout: {}\nstderr: {}",
            self.args, self.stdout, self.stderr
        );
        self
    }

    #[track_caller]
    pub(crate) fn done(self) -> Self {
        self.exits(0)
    }

    /// It failed with this exit code and a message on standard error that has all of these.
    #[track_caller]
    pub(crate) fn fails(self, code: i32, says: &[&str]) -> Self {
        let ran = self.exits(code);
        for part in says {
            assert!(
                ran.stderr.contains(part),
                "rolecall {}: {part:?} is missing in: {}",
                ran.args,
                ran.stderr
            );
        }
        ran
    }

    #[track_caller]
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.stdout)
            .unwrap_or_else(|error| panic!("rolecall {}: {error}: {}", self.args, self.stdout))
    }
}

/// `rolecall serve` on a port of its own choice; killed when dropped.
pub(crate) struct Server {
    child: Child,
    port: u16,
}

impl Server {
    pub(crate) fn start(place: &Place) -> Self {
        Self::start_with(place, &[])
    }

    pub(crate) fn start_with(place: &Place, args: &[&str]) -> Self {
        let mut command = place.command(["serve", "--listen", "127.0.0.1:0"]);
        command.args(args);
        Self::spawn(command)
    }

    /// A server that is called so.
    pub(crate) fn spawn(mut command: Command) -> Self {
        let mut child = command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
        let mut lines = BufReader::new(child.stderr.take().unwrap()).lines();
        let port = lines
            .by_ref()
            .map(Result::unwrap)
            .find_map(|line| line.split_once(" on http://")?.1.rsplit_once(':')?.1.parse().ok());
        // Its log is read to the end, so that it never waits for a reader.
        std::thread::spawn(move || lines.for_each(drop));
        Self { child, port: port.expect("the server says where it listens") }
    }

    pub(crate) fn port(&self) -> u16 {
        self.port
    }

    pub(crate) fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        stream
    }

    pub(crate) fn get(&self, path: &str) -> Answer {
        self.send(&format!("GET {path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n"))
    }

    /// Sends a JSON body.
    pub(crate) fn post(&self, path: &str, body: &Value) -> Answer {
        let (head, body) =
            (format!("POST {path} HTTP/1.1\r\nhost: localhost\r\nconnection: close"), body.to_string());
        self.send(&format!(
            "{head}\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
            body.len()
        ))
    }

    /// Sends a request as it is and reads the answer to its end.
    pub(crate) fn send(&self, request: &str) -> Answer {
        let mut stream = self.connect();
        stream.write_all(request.as_bytes()).unwrap();
        Answer::read(&mut stream)
    }

    /// Sends SIGTERM, as a supervisor would.
    pub(crate) fn terminate(&self) {
        self.signal("-TERM");
    }

    /// Sends SIGHUP: the configuration is to be read again.
    pub(crate) fn hang_up(&self) {
        self.signal("-HUP");
    }

    fn signal(&self, signal: &str) {
        let status = Command::new("kill").args([signal, &self.child.id().to_string()]).status().unwrap();
        assert!(status.success());
    }

    /// The exit code, once it has ended.
    pub(crate) fn exit_code(&mut self) -> Option<i32> {
        let mut code = None;
        eventually("the server ends", || {
            code = self.child.try_wait().unwrap();
            code.is_some()
        });
        code.unwrap().code()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// What a server answered.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) content_type: String,
    /// By their names in small letters.
    headers: BTreeMap<String, String>,
    pub(crate) body: String,
}

impl Answer {
    /// Reads an answer until the other side closes.
    pub(crate) fn read(stream: &mut TcpStream) -> Self {
        let mut text = String::new();
        stream.read_to_string(&mut text).unwrap();
        let (head, body) = text.split_once("\r\n\r\n").unwrap_or_else(|| panic!("no answer: {text:?}"));
        let header =
            |line: &str| line.split_once(": ").map(|(name, value)| (name.to_lowercase(), value.to_owned()));
        Self::new(
            head.split(' ').nth(1).and_then(|status| status.parse().ok()).expect("a status line"),
            head.lines().skip(1).filter_map(header).collect(),
            body.to_owned(),
        )
    }

    pub(crate) fn new(status: u16, headers: BTreeMap<String, String>, body: String) -> Self {
        let content_type = headers.get("content-type").cloned().unwrap_or_default();
        Self { status, content_type, headers, body }
    }

    /// A header by its name in small letters; empty where there is none.
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", String::as_str)
    }

    #[track_caller]
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.body))
    }
}

/// Waits until something is so.
#[track_caller]
pub(crate) fn eventually(what: &str, mut is_so: impl FnMut() -> bool) {
    let start = Instant::now();
    while !is_so() {
        assert!(start.elapsed() < PATIENCE, "still waiting: {what}");
        std::thread::sleep(Duration::from_millis(5));
    }
}

/// An HTML page: a title and sections, each a heading and its paragraphs.
pub(crate) fn html(title: &str, sections: &[(&str, &[&str])]) -> String {
    let mut body = format!("<h1>{}</h1>", escaped(title));
    for (heading, paragraphs) in sections {
        body += &format!("<h2>{}</h2>", escaped(heading));
        paragraphs.iter().for_each(|paragraph| body += &format!("<p>{}</p>", escaped(paragraph)));
    }
    format!(
        "<!doctype html><html lang=\"en\"><title>{}</title><body><main>{body}</main></body></html>",
        escaped(title)
    )
}

pub(crate) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// Ingests within this process.
pub(crate) fn ingest(location: &Location, options: &IngestOptions) -> Result<IngestReport, IngestError> {
    rolecall::ingest::ingest(location, options, &|_, _| ())
}

/// An answer as a client sees it, without what differs from one time to another.
pub(crate) fn answer(searcher: &Searcher, request: &SearchRequest) -> Value {
    let response = searcher.search(request).unwrap();
    timeless(serde_json::to_value(response).unwrap())
}

/// An answer without how long it took and which generation gave it.
pub(crate) fn timeless(mut answer: Value) -> Value {
    let fields = answer.as_object_mut().expect("an answer");
    fields.remove("took_ms").expect("took_ms");
    fields.remove("generation").expect("generation");
    answer
}

/// A request for all there is to say about a question: every facet, every section, the most hits.
pub(crate) fn whole(q: &str) -> SearchRequest {
    SearchRequest {
        q: q.to_owned(),
        limit: 100,
        sections_per_hit: 100,
        facets: FacetField::ALL.to_vec(),
        facet_limit: 10_000,
        ..SearchRequest::default()
    }
}

/// Every page of an index, in the order of ids.
pub(crate) fn pages(location: &Location) -> Vec<Page> {
    let snapshot = Snapshot::open(location).unwrap();
    let ids = (0..u32::try_from(snapshot.pages.len()).unwrap()).map(|ordinal| snapshot.pages.id(ordinal));
    ids.map(|id| snapshot.page(id).unwrap().expect("a page that is listed")).collect()
}

/// The strings at these keys of a list of objects: `strings(&hits, "id")`.
#[track_caller]
pub(crate) fn strings<'v>(list: &'v Value, key: &str) -> Vec<&'v str> {
    let list = list.as_array().unwrap_or_else(|| panic!("no list: {list}"));
    list.iter()
        .map(|item| item[key].as_str().unwrap_or_else(|| panic!("no text {key:?} in {item}")))
        .collect()
}

/// The ids of an answer's hits and of their copies, in order.
#[track_caller]
pub(crate) fn all_ids(answer: &Value) -> Vec<&str> {
    let hits = answer["hits"].as_array().unwrap_or_else(|| panic!("no hits: {answer}"));
    let copies = hits.iter().flat_map(|hit| strings(&hit["copies"], "id"));
    let mut ids: Vec<&str> = strings(&answer["hits"], "id").into_iter().chain(copies).collect();
    ids.sort_unstable();
    ids
}

/// The folder of sample pages.
pub(crate) fn corpus() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus")
}

/// A file of the material beside the project; says so and gives none where it is missing.
pub(crate) fn shared(path: &str) -> Option<PathBuf> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared").join(path);
    if !file.exists() {
        eprintln!("skipped: {} is missing", file.display());
        return None;
    }
    Some(file)
}

/// Numbers by chance that can be repeated: the seed is printed, and `ROLECALL_TEST_SEED` sets it.
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new() -> Self {
        let given = std::env::var("ROLECALL_TEST_SEED").ok().and_then(|seed| seed.parse().ok());
        let since = || std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap();
        let seed = given.unwrap_or_else(|| since().as_micros() as u64);
        eprintln!("ROLECALL_TEST_SEED={seed}");
        Self(seed)
    }

    /// The same numbers every time.
    pub(crate) fn seeded(seed: u64) -> Self {
        Self(seed)
    }

    /// SplitMix64 (Steele, Lea, Flood: "Fast splittable pseudorandom number generators", 2014); 0 to 1.
    pub(crate) fn roll(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) >> 11) as f64 / (1_u64 << 53) as f64
    }
}
