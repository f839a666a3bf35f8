//! The HTTP interface as a client program relies on it, and the server as those who run it do.

use crate::support::{Answer, Place, Server, corpus, eventually, html, strings, timeless};
use axum::Router;
use axum::body::Body;
use axum::http::{Request, header};
use axum::response::Response;
use http_body_util::BodyExt as _;
use rolecall::http::{AppState, KeyFile, Keys, QueryLog, Scope, Settings, router};
use serde_json::{Value, json};
use std::io::Write as _;
use std::net::TcpStream;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};
use tower::ServiceExt as _;

/// The interface over a few pages, within this process.
pub(crate) struct Api {
    place: Place,
    router: Router,
    /// A key that goes along with whatever is asked.
    key: Option<String>,
}

impl Api {
    pub(crate) fn new(files: &[(&str, &str)]) -> Self {
        Self::of(Place::ingested(files))
    }

    /// Over the sample pages.
    pub(crate) fn of_corpus() -> Self {
        let place = Place::new();
        place.ingest(&[corpus().to_str().expect("a path")]);
        Self::of(place)
    }

    fn of(place: Place) -> Self {
        let router = router(AppState::new(Arc::new(place.searcher())));
        Self { place, router, key: None }
    }

    /// The same with keys and a log of questions; whoever asks has a key for everything, and asks this machine.
    pub(crate) fn for_admins(self) -> Self {
        let path = self.place.path("keys.json");
        let mut file = KeyFile::default();
        let key = Some(format!("Bearer {}", file.add("me", &Scope::ALL).unwrap().as_str()));
        file.write(&path).unwrap();
        let settings = Settings {
            keys: Some(Arc::new(Keys::open(&path).unwrap())),
            query_log: Some(Arc::new(QueryLog::open(&self.place.path("questions"), 1 << 20).unwrap())),
            ..Settings::default()
        };
        let router = router(AppState::new(Arc::new(self.place.searcher())).with(settings));
        Self { router, key, ..self }
    }

    pub(crate) fn of_three() -> Self {
        let cloud = html(
            "Cloud Engineer",
            &[("Requirements", &["Kubernetes and leadership."]), ("Salary", &["Paid in Python."])],
        );
        let data = html(
            "Data Engineer",
            &[("Overview", &["Moves data."]), ("Requirements", &["Python, SQL and patience."])],
        );
        let introduction = html("Introduction", &[("Overview", &["Welcome to Kubernetes."])]);
        Self::new(&[("cloud.html", &cloud), ("data.html", &data), ("introduction.html", &introduction)])
    }

    pub(crate) async fn send(&self, request: Request<Body>) -> Answer {
        let response = self.respond(request).await;
        let header = |(name, value): (&header::HeaderName, &header::HeaderValue)| {
            (name.as_str().to_owned(), value.to_str().unwrap().to_owned())
        };
        let headers = response.headers().iter().map(header).collect();
        let status = response.status().as_u16();
        let body = response.into_body().collect().await.unwrap().to_bytes();
        Answer::new(status, headers, String::from_utf8(body.to_vec()).unwrap())
    }

    /// What is answered, as it comes.
    pub(crate) async fn respond(&self, mut request: Request<Body>) -> Response {
        if let Some(key) = &self.key {
            request.headers_mut().insert(header::AUTHORIZATION, key.parse().unwrap());
            request.headers_mut().insert(header::HOST, header::HeaderValue::from_static("localhost"));
        }
        self.router.clone().oneshot(request).await.unwrap()
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.send(Request::get(path).body(Body::empty()).unwrap()).await
    }

    pub(crate) async fn post(&self, body: impl Into<Body>) -> Answer {
        self.send(
            Request::post("/search").header("content-type", "application/json").body(body.into()).unwrap(),
        )
        .await
    }

    /// What is answered, which is JSON.
    pub(crate) async fn json(&self, path: &str) -> Value {
        let answer = self.get(path).await;
        assert_eq!(
            (answer.status, answer.content_type.as_str()),
            (200, "application/json"),
            "{path}: {}",
            answer.body
        );
        answer.json()
    }

    async fn search(&self, query: &str) -> Value {
        self.json(&format!("/search?{query}")).await
    }
}

/// It is an RFC 9457 problem of this status; the parameters it names.
#[track_caller]
pub(crate) fn problem(answer: &Answer, status: u16) -> Vec<String> {
    assert_eq!(
        (answer.status, answer.content_type.as_str()),
        (status, "application/problem+json"),
        "{}",
        answer.body
    );
    let problem = answer.json();
    assert_eq!(problem["status"], status);
    for field in ["type", "title", "detail"] {
        assert!(problem[field].as_str().is_some_and(|text| !text.is_empty()), "{field} of {problem}");
    }
    let errors = problem.get("errors").cloned().unwrap_or(json!([]));
    assert!(
        strings(&errors, "reason").iter().chain(&strings(&errors, "value")).count()
            == 2 * errors.as_array().unwrap().len()
    );
    strings(&errors, "parameter").into_iter().map(str::to_owned).collect()
}

#[tokio::test]
async fn get_and_post_agree() {
    let api = Api::of_three();
    for (query, body) in [
        ("", json!({})),
        ("q=kubernetes+leadership", json!({ "q": "kubernetes leadership" })),
        (
            "q=python&limit=1&offset=1&sections_per_hit=1",
            json!({ "q": "python", "limit": 1, "offset": 1, "sections_per_hit": 1 }),
        ),
        ("skill=python&skill=sql&facet_limit=2", json!({ "skill": ["python", "sql"], "facet_limit": 2 })),
        (
            "skill=python&skill=kubernetes&skill_match=any",
            json!({ "skill": ["python", "kubernetes"], "skill_match": "any" }),
        ),
        (
            "section=salary&section=overview&role=cloud-engineer",
            json!({ "section": ["salary", "overview"], "role": "cloud-engineer" }),
        ),
        ("source=pages&facets=source,role", json!({ "source": ["pages"], "facets": ["source", "role"] })),
        ("facets=source&facets=role", json!({ "facets": "source,role" })),
        ("facets=", json!({ "facets": [] })),
        ("role=nosuch", json!({ "role": ["nosuch"], "q": null })),
        ("limit=0", json!({ "limit": 0 })),
        ("limit=2&pay_min=1.5", json!({ "limit": 2.0, "pay_min": 1.5 })),
        ("q=%F0%9F%A6%80+%22caf%C3%A9", json!({ "q": "🦀 \"café" })),
    ] {
        let posted = api.post(body.to_string()).await;
        assert_eq!(
            (posted.status, posted.content_type.as_str()),
            (200, "application/json"),
            "{body}: {}",
            posted.body
        );
        assert_eq!(timeless(posted.json()), timeless(api.search(query).await), "{query}");
    }
}

#[tokio::test]
async fn facets_are_answered_in_the_order_asked_for() {
    let api = Api::of_three();
    let body = api.get("/search?facets=source,role&limit=0").await.body;
    let (source, role) = (body.find("\"source\":[{").unwrap(), body.find("\"role\":[{").unwrap());
    assert!(source < role && !body.contains("\"skill\":[{"), "{body}");
    assert_eq!(api.search("facets=").await["facets"], json!({}));
}

#[tokio::test]
async fn a_bad_parameter_is_named() {
    let api = Api::of_three();
    for (query, parameter) in [
        ("nosuch=1", "nosuch"),
        ("Q=x", "Q"),
        ("q=a&q=b", "q"),
        ("limit=1&limit=1", "limit"),
        ("offset=1&offset=2", "offset"),
        ("sections_per_hit=1&sections_per_hit=1", "sections_per_hit"),
        ("facet_limit=1&facet_limit=1", "facet_limit"),
        ("skill_match=any&skill_match=any", "skill_match"),
        ("limit=x", "limit"),
        ("limit=", "limit"),
        ("limit=-1", "limit"),
        ("limit=1.5", "limit"),
        ("limit=101", "limit"),
        ("limit=99999999999999999999999", "limit"),
        ("offset=-1", "offset"),
        ("offset=10001", "offset"),
        ("sections_per_hit=0", "sections_per_hit"),
        ("sections_per_hit=101", "sections_per_hit"),
        ("facet_limit=-3", "facet_limit"),
        ("facet_limit=10001", "facet_limit"),
        ("facets=nosuch", "facets"),
        ("facets=role,nosuch", "facets"),
        ("skill_match=some", "skill_match"),
        ("skill_match=", "skill_match"),
    ] {
        assert_eq!(problem(&api.get(&format!("/search?{query}")).await, 400), [parameter], "{query}");
    }
    let long = "x".repeat(600);
    assert_eq!(problem(&api.get(&format!("/search?q={long}")).await, 400), ["q"]);
    let words = (0..65).map(|n| format!("w{n}")).collect::<Vec<_>>().join("+");
    assert_eq!(problem(&api.get(&format!("/search?q={words}")).await, 400), ["q"]);
    let mut all = problem(&api.get("/search?limit=x&offset=-1&nosuch=1&facets=none").await, 400);
    all.sort();
    assert_eq!(all, ["facets", "limit", "nosuch", "offset"], "all of them at once");
}

#[tokio::test]
async fn a_bad_body_is_a_problem_that_names_the_key() {
    let api = Api::of_three();
    for (body, named) in [
        (json!({ "nosuch": 1 }), "nosuch"),
        (json!({ "limit": -1 }), "limit"),
        (json!({ "limit": 2.5 }), "limit"),
        (json!({ "limit": "2" }), "limit"),
        (json!({ "pay_min": "2" }), "pay_min"),
        (json!({ "explain": "true" }), "explain"),
        (json!({ "q": 5 }), "q"),
        (json!({ "source": 5 }), "source"),
        (json!({ "limit": [1] }), "limit"),
        (json!({ "limit": 101 }), "limit"),
        (json!({ "q": ["a", "b"] }), "q"),
        (json!({ "q": true }), "q"),
        (json!({ "section": [1] }), "section"),
        (json!({ "skill": { "id": "python" } }), "skill"),
        (json!({ "facets": ["nosuch"] }), "facets"),
        (json!({ "skill_match": "some" }), "skill_match"),
    ] {
        assert_eq!(problem(&api.post(body.to_string()).await, 400), [named], "{body}");
    }
    for body in [&b"{"[..], b"", b"[]", b"\"q\"", b"null", b"\xff\xfe", b"{\"q\":\"a\"} x"] {
        assert_eq!(problem(&api.post(body).await, 400), [""; 0], "{body:?}");
    }
}

#[tokio::test]
async fn a_body_without_end_is_refused_as_a_problem() {
    let answer = Api::of_three().post(format!("{{\"q\":\"{}\"}}", "x".repeat(8 << 20))).await;
    assert!([400, 413].contains(&answer.status), "{}", answer.status);
    problem(&answer, answer.status);
}

#[tokio::test]
async fn what_is_not_there_is_404_and_the_wrong_method_405() {
    let api = Api::of_three();
    for path in [
        "/nosuch",
        "/search/",
        "/pages",
        "/pages/",
        "/pages/nosuch",
        "/pages/pages~cloud.html/x",
        "/pages/%2e%2e%2fcurrent",
    ] {
        problem(&api.get(path).await, 404);
    }
    for (method, path) in [
        ("PUT", "/search"),
        ("DELETE", "/search"),
        ("POST", "/pages/pages~cloud.html"),
        ("POST", "/healthz"),
        ("PATCH", "/healthz"),
    ] {
        problem(
            &api.send(Request::builder().method(method).uri(path).body(Body::empty()).unwrap()).await,
            405,
        );
    }
    let broken = api.get("/pages/%ff").await;
    assert!([400, 404].contains(&broken.status), "{}", broken.status);
    problem(&broken, broken.status);
}

#[tokio::test]
async fn a_whole_page_and_the_state_of_the_server() {
    let api = Api::of_three();
    let page = api.get("/pages/pages~cloud.html").await;
    assert_eq!((page.status, page.content_type.as_str()), (200, "application/json"));
    let page = page.json();
    assert_eq!(
        (&page["title"], &page["role"]["id"], &page["source"]),
        (&json!("Cloud Engineer"), &json!("cloud-engineer"), &json!("pages"))
    );
    assert_eq!(page["sections"][0]["section"]["id"], "requirements");
    assert_eq!(page["sections"][0]["blocks"][0]["text"], "Kubernetes and leadership.");
    let mention = json!({ "block": 0, "start": 0, "end": 10, "strength": "required" });
    let skill = page["sections"][0]["skills"]
        .as_array()
        .unwrap()
        .iter()
        .find(|skill| skill["id"] == "kubernetes")
        .unwrap()
        .clone();
    assert_eq!(skill["mentions"], json!([mention]));
    assert_eq!(api.get("/pages/pages%7Ecloud.html").await.json(), page, "the id escaped");
    let health = api.get("/healthz").await.json();
    assert_eq!(
        (&health["status"], &health["pages"], &health["sections"], &health["generation"]),
        (&json!("ok"), &json!(3), &json!(5), &json!(1))
    );
}

#[tokio::test]
async fn an_unknown_filter_value_gives_nothing_and_a_warning() {
    let api = Api::of_three();
    for field in ["role", "section", "skill", "source"] {
        let answer = api.search(&format!("{field}=no+such")).await;
        assert_eq!((&answer["total"]["pages"], &answer["hits"]), (&json!(0), &json!([])), "{field}");
        assert_eq!(strings(&answer["warnings"], "parameter"), [field]);
        assert!(strings(&answer["warnings"], "message")[0].contains("no such"));
    }
    // Of several values with "either" it drops out; where all are needed nothing is left.
    let known = [("role", "cloud-engineer"), ("section", "salary"), ("source", "pages")];
    for (query, parameter) in known.map(|(field, value)| (format!("{field}={value}"), field)) {
        let (alone, both) =
            (api.search(&query).await, api.search(&format!("{query}&{parameter}=nosuch")).await);
        assert_eq!(alone["total"], both["total"]);
        assert_eq!(
            (strings(&both["warnings"], "parameter"), &alone["warnings"]),
            (vec![parameter], &json!([]))
        );
    }
    assert_eq!(api.search("skill=python&skill=nosuch").await["total"]["pages"], 0);
    assert_eq!(
        api.search("skill=python&skill=nosuch&skill_match=any").await["total"],
        api.search("skill=python").await["total"]
    );
}

#[tokio::test]
async fn no_question_is_too_hostile_to_be_answered() {
    let api = Api::of_three();
    let nested = "(".repeat(400);
    let long = "é".repeat(200);
    let mut questions: Vec<&str> = vec![
        "\"",
        "\"\"",
        "-\"",
        "-",
        "- -",
        "--",
        "-\"x",
        "((((",
        "))))",
        "a:(^",
        "AND",
        "OR OR",
        "NOT",
        "*",
        "kube*",
        "?",
        "~",
        "a~2",
        "\\",
        "\\\"",
        "role:",
        "nosuchfield:x",
        "[a TO b]",
        "{a TO b}",
        "^3",
        "\u{0}",
        "a\u{0}b",
        "🦀",
        "👩‍👩‍👧‍👦",
        "\u{202e}abc",
        "<script>alert(1)</script>",
        "%",
        "%25",
        "' OR 1=1 --",
        "../../etc/passwd",
        "$(id)",
        "${jndi:ldap://x}",
        "e\u{301}",
        "ﬁ",
        "İ",
        "ß",
        "𝕂𝕦𝕓𝕖",
        "数据 工程",
        "\u{feff}",
        "\u{200b}",
        "\t\n\r",
        "C++ C# .NET F#",
        "a a a a a a",
        "the",
        "\"the of\"",
        "-the",
        "-python",
        "-\"python sql\" -sql",
        "“curly”",
    ];
    questions.extend([nested.as_str(), long.as_str()]);
    for question in questions {
        let encoded: String = form_urlencoded::byte_serialize(question.as_bytes()).collect();
        let got = api.get(&format!("/search?q={encoded}")).await;
        assert!([200, 400].contains(&got.status), "{question:?}: {} {}", got.status, got.body);
        let posted = api.post(json!({ "q": question }).to_string()).await;
        assert_eq!(posted.status, got.status, "{question:?}");
        if got.status == 200 {
            assert_eq!(got.json()["query"]["text"], question, "it is given back as it was");
        }
    }
    for raw in [
        "/search?q=%ff%fe",
        "/search?q=%",
        "/search?q=%zz",
        "/search?&&&",
        "/search?=",
        "/search?q",
        "/search?q=a%00b",
    ] {
        let answer = api.get(raw).await;
        assert!([200, 400].contains(&answer.status), "{raw}: {}", answer.body);
    }
}

#[tokio::test]
async fn what_a_page_says_cannot_become_markup() {
    let title = "Senior <script>alert(7)</script> & <mark>Zarnqib</mark> Engineer";
    let text = "🚀 R&D: yelbrunt <b>bold</b> &lt;i&gt; <mark>not ours</mark> \"x\" 'y' yelbrunt<br>";
    let api = Api::new(&[("odd.html", &html(title, &[("<i>Pay</i> & more", &[text]), ("Salary", &[])]))]);
    for question in ["yelbrunt", "script", "zarnqib", "bold+i+x", "lt", "mark", ""] {
        let answer = api.search(&format!("q={question}")).await;
        let hit = &answer["hits"][0];
        assert_eq!(hit["title"], title, "a title is given as it is, not as HTML");
        for section in hit["sections"].as_array().unwrap() {
            let (quote, markup) =
                (section["snippet"]["text"].as_str().unwrap(), section["snippet"]["html"].as_str().unwrap());
            let plain = markup.replace("<mark>", "").replace("</mark>", "");
            assert!(!plain.contains(['<', '>']), "{markup}");
            assert_eq!(plain.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&"), quote);
            let marks = section["snippet"]["highlights"].as_array().unwrap().len();
            assert_eq!((markup.matches("<mark>").count(), markup.matches("</mark>").count()), (marks, marks));
        }
    }
    let answer = api.search("q=yelbrunt").await;
    let snippet = &answer["hits"][0]["sections"][0]["snippet"];
    assert_eq!(snippet["text"], text);
    let html = "🚀 R&amp;D: <mark>yelbrunt</mark> &lt;b&gt;bold&lt;/b&gt; &amp;lt;i&amp;gt; &lt;mark&gt;not ours&lt;/mark&gt; \"x\" 'y' <mark>yelbrunt</mark>&lt;br&gt;";
    assert_eq!(snippet["html"], html);
    assert_eq!(
        snippet["highlights"][0],
        json!({ "start": 7, "end": 15, "term": "yelbrunt", "kind": "exact" })
    );
}

#[test]
fn a_running_server_answers_from_a_new_index_without_failing_a_request() {
    let place = Place::ingested(&[("a.html", &html("First Engineer", &[("Overview", &["Common text."])]))]);
    let server = Server::start(&place);
    let done = AtomicBool::new(false);
    let generations = std::thread::scope(|scope| {
        let clients: Vec<_> = (0..2).map(|_| scope.spawn(|| ask_until(&server, &done))).collect();
        let asking = Asking(&done);
        for number in 1..=4_u64 {
            place.write(
                &format!("pages/{number}.html"),
                html(&format!("Engineer {number}"), &[("Overview", &["Common text."])]),
            );
            let generation = place.ingest(&["pages"])["generation"].as_u64().unwrap();
            let ended = Instant::now();
            eventually("the server answers from the new generation", || {
                server.get("/healthz").json()["generation"] == generation
            });
            let took = ended.elapsed();
            assert!(took < Duration::from_secs(1), "after {took:?}");
            assert_eq!(server.get("/search?q=common").json()["total"]["pages"], number + 1);
        }
        drop(asking);
        clients
            .into_iter()
            .flat_map(|client| client.join().unwrap())
            .collect::<std::collections::BTreeSet<u64>>()
    });
    assert!(generations.is_superset(&(1..=5).collect()), "the clients saw {generations:?}");
}

/// While it lives the clients ask; a test that fails ends them too.
struct Asking<'a>(&'a AtomicBool);

impl Drop for Asking<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// Asks again and again; every answer must be whole and of one generation, and generations never go back.
fn ask_until(server: &Server, done: &AtomicBool) -> Vec<u64> {
    let mut seen = vec![0];
    while !done.load(Ordering::Relaxed) {
        let answer = server.get("/search?q=common&limit=100");
        assert_eq!(answer.status, 200, "{}", answer.body);
        let answer = answer.json();
        let generation = answer["generation"].as_u64().unwrap();
        assert!(generation >= *seen.last().unwrap());
        // Each generation has one page more than the one before.
        assert_eq!(
            (&answer["total"]["pages"], answer["hits"].as_array().unwrap().len() as u64),
            (&json!(generation), generation)
        );
        seen.push(generation);
    }
    seen
}

#[test]
fn sigterm_ends_what_is_under_way_and_exits_0() {
    let place = Place::ingested(&[("a.html", &html("First Engineer", &[("Overview", &["Common text."])]))]);
    let mut server = Server::start(&place);
    let body = json!({ "q": "common" }).to_string();
    let (first, rest) = body.split_at(5);
    let mut under_way = server.connect();
    write!(
        under_way,
        "POST /search HTTP/1.1\r\nhost: localhost\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{first}",
        body.len()
    )
    .unwrap();
    let idle = server.connect();
    // The server has taken up both connections once it has answered a later one.
    assert_eq!(server.get("/healthz").status, 200);
    server.terminate();
    eventually("no connection is accepted any more", || refuses(&server));
    under_way.write_all(rest.as_bytes()).unwrap();
    let answer = Answer::read(&mut under_way);
    assert_eq!((answer.status, &answer.json()["total"]["pages"]), (200, &json!(1)));
    assert_eq!(server.exit_code(), Some(0));
    drop(idle);
}

#[test]
fn a_request_that_never_ends_does_not_keep_the_server_for_ever() {
    let place = Place::ingested(&[("a.html", &html("First Engineer", &[("Overview", &["Common text."])]))]);
    let mut server = Server::start(&place);
    let mut stuck = server.connect();
    write!(stuck, "POST /search HTTP/1.1\r\nhost: localhost\r\ncontent-length: 1000\r\n\r\n{{").unwrap();
    assert_eq!(server.get("/healthz").status, 200);
    server.terminate();
    assert_eq!(server.exit_code(), Some(0));
}

fn refuses(server: &Server) -> bool {
    TcpStream::connect(("127.0.0.1", server.port())).is_err()
}

#[test]
fn a_connection_serves_many_requests() {
    let place = Place::ingested(&[("a.html", &html("First Engineer", &[("Overview", &["Common text."])]))]);
    let server = Server::start(&place);
    let request = "GET /healthz HTTP/1.1\r\nhost: localhost\r\n";
    let mut stream = server.connect();
    write!(stream, "{request}\r\n{request}\r\n{request}connection: close\r\n\r\n").unwrap();
    let answers = Answer::read(&mut stream).body;
    assert_eq!(answers.matches("\"status\":\"ok\"").count(), 3, "{answers}");
}

#[test]
fn what_is_being_typed_is_completed() {
    let place = Place::ingested(&[
        ("a.html", &html("Kubernetes Engineer", &[("Requirements", &["Kubernetes and Python."])])),
        ("b.html", &html("Nurse", &[("Salary", &["Kubernetes pays."])])),
    ]);
    let server = Server::start(&place);
    let answer = server.get("/suggest?q=kube").json();
    let found: Vec<(&str, &str, u64)> = answer["suggestions"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| {
            (one["kind"].as_str().unwrap(), one["label"].as_str().unwrap(), one["pages"].as_u64().unwrap())
        })
        .collect();
    assert_eq!(found, [("skill", "Kubernetes", 2), ("role", "Kubernetes Engineer", 1)]);
    assert_eq!(answer["suggestions"][0]["highlights"], json!([{ "start": 0, "end": 4 }]));
    assert_eq!(strings(&server.get("/suggest?q=SAL&limit=1").json()["suggestions"], "id"), ["salary"]);
    assert_eq!(server.get("/suggest?q=").json()["suggestions"], json!([]));
    for wrong in [
        "/suggest?limit=x",
        "/suggest?q=a&limit=51",
        "/suggest?p=a",
        &format!("/suggest?q={}", "a".repeat(101)),
    ] {
        assert_eq!(server.get(wrong).status, 400, "{wrong}");
    }
    let printed = place.run(&["suggest", "kube"]).done().stdout;
    assert!(printed.starts_with("skill    Kubernetes 2 kubernetes\n"), "{printed}");
}
