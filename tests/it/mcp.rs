//! The tools for language models as a client sees them: the program on its standard streams, and POST /mcp.

use crate::support::{PATIENCE, Place, corpus, eventually, html, strings};
use axum::body::Body;
use axum::http::Request;
use http_body_util::BodyExt as _;
use rolecall::http::{AppState, Settings, router};
use serde_json::{Value, json};
use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Child, ChildStdin, Stdio};
use std::sync::{Arc, mpsc};
use tower::ServiceExt as _;

const TOOLS: [&str; 4] = ["search", "page", "compare", "gap"];
/// The longest result of a call, in bytes.
const LONGEST_RESULT: usize = 100_000;

/// `rolecall mcp` with its streams.
struct Client {
    child: Child,
    input: Option<ChildStdin>,
    lines: mpsc::Receiver<String>,
    calls: u64,
}

impl Client {
    /// Not greeted yet.
    fn start(place: &Place) -> Self {
        let mut command = place.command(["mcp"]);
        let mut child =
            command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let output = BufReader::new(child.stdout.take().unwrap());
        let (sender, lines) = mpsc::channel();
        std::thread::spawn(move || {
            output.lines().map_while(Result::ok).try_for_each(|line| sender.send(line))
        });
        Self { input: child.stdin.take(), child, lines, calls: 0 }
    }

    fn greeted(place: &Place) -> Self {
        let mut client = Self::start(place);
        let greeting = client.ask("initialize", &greeting());
        assert_eq!(greeting["result"]["serverInfo"]["name"], "rolecall");
        client.send(br#"{"jsonrpc":"2.0","method":"notifications/initialized"}"#);
        client
    }

    fn send(&mut self, line: &[u8]) {
        let input = self.input.as_mut().unwrap();
        input.write_all(line).unwrap();
        input.write_all(b"\n").unwrap();
    }

    /// The next line that it writes, which is JSON whatever was sent.
    fn next(&self) -> Value {
        let line = self.lines.recv_timeout(PATIENCE).expect("an answer");
        serde_json::from_str(&line).unwrap_or_else(|error| panic!("{error}: {line}"))
    }

    fn ask(&mut self, method: &str, params: &Value) -> Value {
        self.calls += 1;
        let message = json!({ "jsonrpc": "2.0", "id": self.calls, "method": method, "params": params });
        self.send(message.to_string().as_bytes());
        let answer = self.next();
        assert_eq!(answer["id"], self.calls, "{answer}");
        answer
    }

    /// The result of a tool.
    fn result(&mut self, tool: &str, arguments: &Value) -> Value {
        let answer = self.ask("tools/call", &json!({ "name": tool, "arguments": arguments }));
        let result = answer["result"].clone();
        assert!(result.is_object(), "{answer}");
        assert!(result.to_string().len() <= LONGEST_RESULT);
        result
    }

    /// What a tool answers, the same as data and as text.
    #[track_caller]
    fn call(&mut self, tool: &str, arguments: &Value) -> Value {
        let result = self.result(tool, arguments);
        assert_eq!(result["isError"], false, "{result}");
        let text: Value = serde_json::from_str(result["content"][0]["text"].as_str().unwrap()).unwrap();
        assert_eq!(text, result["structuredContent"]);
        text
    }

    /// What a tool says that cannot answer.
    #[track_caller]
    fn refused(&mut self, tool: &str, arguments: &Value) -> String {
        let result = self.result(tool, arguments);
        assert_eq!(result["isError"], true, "{result}");
        result["content"][0]["text"].as_str().unwrap().to_owned()
    }

    /// Closes its standard input; its exit code.
    fn close(mut self) -> Option<i32> {
        self.input = None;
        let mut code = None;
        eventually("it ends", || {
            code = self.child.try_wait().unwrap();
            code.is_some()
        });
        code.unwrap().code()
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn greeting() -> Value {
    json!({ "protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": { "name": "test", "version": "1" } })
}

fn of_corpus() -> Place {
    let place = Place::new();
    place.ingest(&[corpus().to_str().unwrap()]);
    place
}

fn of_one() -> Place {
    let page = html(
        "Cloud Engineer",
        &[
            (
                "Requirements",
                &["You must know Kubernetes. Python is a plus.", "At least 3 years of experience."],
            ),
            ("Salary", &["The role pays $100,000 to $150,000 a year."]),
        ],
    );
    Place::ingested(&[("cloud.html", &page)])
}

#[test]
fn the_tools_are_listed_with_what_they_take_and_give() {
    let mut client = Client::greeted(&of_one());
    let tools = client.ask("tools/list", &json!({}))["result"]["tools"].clone();
    assert_eq!(strings(&tools, "name"), TOOLS);
    for tool in tools.as_array().unwrap() {
        assert_eq!(tool["annotations"]["readOnlyHint"], true);
        assert_eq!(tool["annotations"]["idempotentHint"], true);
        assert_eq!(tool["annotations"]["openWorldHint"], false);
        assert!(tool["description"].as_str().unwrap().len() > 100);
        for schema in ["inputSchema", "outputSchema"] {
            assert_eq!(tool[schema]["type"], "object");
            assert!(tool[schema]["properties"].is_object());
        }
        assert_eq!(tool["inputSchema"]["additionalProperties"], false);
    }
    let take = |tool: usize| tools[tool]["inputSchema"]["required"].clone();
    assert_eq!([take(1), take(2), take(3)], [json!(["id"]), json!(["page"]), json!(["have"])]);
    assert_eq!(tools[0]["inputSchema"]["properties"]["limit"]["maximum"], 20);
    assert_eq!(client.close(), Some(0));
}

#[test]
fn search_finds_pages_with_the_sentences_that_answer() {
    let mut client = Client::greeted(&of_corpus());
    let found =
        client.call("search", &json!({ "q": "kubernetes leadership", "limit": 2, "facets": "skill" }));
    let hit = &found["hits"][0];
    assert_eq!(hit["title"], "Kubernetes Platform Engineer");
    assert!(hit["sections"][0]["text"].as_str().unwrap().contains("leadership"), "{hit}");
    assert_eq!((found["hits"].as_array().unwrap().len(), &found["next_offset"]), (2, &json!(2)));
    assert_eq!((&found["generation"], &found["facets"]["skill"][0]["id"]), (&json!(1), &json!("kubernetes")));
    // The same as over HTTP.
    let pages = found["pages"].clone();
    let all = client.call("search", &json!({ "q": "kubernetes leadership", "limit": 20, "offset": 2 }));
    assert_eq!((&all["pages"], &all["facets"], &all["next_offset"]), (&pages, &Value::Null, &Value::Null));
    assert_eq!(all["hits"].as_array().unwrap().len() as u64, pages.as_u64().unwrap() - 2);
    let paid =
        client.call("search", &json!({ "pay_min": 100_000, "currency": "USD", "sort": "pay", "limit": 1 }));
    assert_eq!(paid["hits"][0]["pay"]["currency"], "USD", "{paid}");
    let slip = client.call("search", &json!({ "q": "kuberntes" }));
    assert_eq!(slip["did_you_mean"], "kubernetes");
}

#[test]
fn a_page_is_read_whole_or_by_section_or_as_far_as_asked() {
    let mut client = Client::greeted(&of_one());
    let id = "pages~cloud.html";
    let page = client.call("page", &json!({ "id": id }));
    assert_eq!((&page["title"], &page["generation"]), (&json!("Cloud Engineer"), &json!(1)));
    assert_eq!(page["skills"]["required"][0]["id"], "kubernetes");
    assert_eq!(page["skills"]["preferred"][0]["id"], "python");
    assert_eq!(page["pay"][0]["sentence"], "The role pays $100,000 to $150,000 a year.");
    assert_eq!(page["experience"][0]["low"], 3.0);
    let text = page["sections"][0]["markdown"].as_str().unwrap();
    assert!(text.starts_with("## Requirements\n\nYou must know Kubernetes. Python is a plus.\n\n"), "{text}");
    assert_eq!((&page["cut"], &page["other_sections"]), (&json!([]), &json!([])));

    let pay = client.call("page", &json!({ "id": id, "section": ["salary", "nonsense"] }));
    assert_eq!(strings(&pay["sections"], "id"), ["salary"]);
    assert_eq!(pay["other_sections"], json!(["requirements"]));
    assert!(pay["cut"][0].as_str().unwrap().contains("nonsense"));

    let long = html("Long", &[("Overview", &["word ".repeat(50_000).as_str()]), ("Salary", &["$1"])]);
    let mut client = Client::greeted(&Place::ingested(&[("long.html", &long)]));
    let part = client.call("page", &json!({ "id": "pages~long.html", "max_chars": 1_000 }));
    let text = part["sections"][0]["markdown"].as_str().unwrap();
    assert_eq!((text.chars().count(), &part["sections"][0]["whole"]), (1_001, &json!(false)));
    assert!(part["cut"][0].as_str().unwrap().contains("max_chars"));
    assert_eq!(strings(&part["sections"], "id").len(), 1);
}

#[test]
fn pages_are_compared_and_gaps_are_named() {
    let mut client = Client::greeted(&of_corpus());
    let found = client.call("search", &json!({ "q": "kubernetes", "limit": 3 }));
    let ids = strings(&found["hits"], "id");
    let compared = client.call("compare", &json!({ "page": ids }));
    assert_eq!(strings(&compared["pages"], "id"), ids);
    assert_eq!(compared["shared_skills"][0]["strength"].as_array().unwrap().len(), 3);
    let alone = compared["unshared_skills"][0]["strength"].as_array().unwrap();
    assert_eq!(alone.iter().filter(|strength| strength.is_null()).count(), 2);

    let lacking = client.call("gap", &json!({ "have": "k8s, nonsense", "page": ids[0] }));
    assert_eq!(lacking["have"][0]["id"], "kubernetes");
    assert!(lacking["warnings"][0].as_str().unwrap().contains("nonsense"));
    let role = &lacking["roles"][0];
    assert!(role["coverage"].as_f64().unwrap() > 0.0 && role["coverage"].as_f64().unwrap() < 1.0);
    assert!(strings(&role["missing"], "id").iter().all(|skill| *skill != "kubernetes"));
    let closest = client.call("gap", &json!({ "have": ["k8s"], "limit": 2, "missing_limit": 1 }));
    assert_eq!(closest["roles"].as_array().unwrap().len(), 2);
    assert_eq!(closest["roles"][0]["missing"].as_array().unwrap().len(), 1);
}

#[test]
fn what_a_model_can_mend_is_told_to_it_as_the_result() {
    let mut client = Client::greeted(&of_one());
    let wrong = client.refused(
        "search",
        &json!({ "limit": 500, "sort": "up", "facets": ["colour"], "q": "a".repeat(600) }),
    );
    for part in ["limit", "0 to 20", "sort", "relevance", "colour", "512"] {
        assert!(wrong.contains(part), "{part} is missing in {wrong}");
    }
    let types = client.refused("search", &json!({ "limit": "many", "skill": 3, "color": "red" }));
    for part in ["limit", "skill", "list of texts", "unknown field `color`"] {
        assert!(types.contains(part), "{part} is missing in {types}");
    }
    let unknown = client.refused("page", &json!({ "id": "x".repeat(300_000) }));
    assert!(unknown.contains("call search") && unknown.len() < 1_000, "{unknown}");
    assert!(client.refused("page", &json!({})).contains("id"));
    assert!(client.refused("compare", &json!({ "page": ["a"] })).contains("2 to 5"));
    assert!(client.refused("compare", &json!({ "page": ["a", "b"] })).contains("\"a\" or \"b\""));
    assert!(client.refused("gap", &json!({})).contains("is missing"));
    assert!(client.refused("gap", &json!({ "have": ["python"], "page": "b" })).contains("\"b\""));
    // There is no such tool: that is the client's fault.
    let tool = client.ask("tools/call", &json!({ "name": "ingest", "arguments": {} }));
    assert_eq!(tool["error"]["code"], -32602, "{tool}");
    assert_eq!(client.ask("no/such", &json!({}))["error"]["code"], -32601);
}

#[test]
fn a_broken_client_is_told_so_and_answered_on() {
    let place = of_one();
    let mut client = Client::start(&place);
    for (line, code) in [
        (b"{".to_vec(), -32700),
        (b"\xff\xfe\x00".to_vec(), -32700),
        (b"[".repeat(10_000), -32700),
        (b"[{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}]".to_vec(), -32600),
        (vec![b'x'; 10 << 20], -32600),
        (b"null".to_vec(), -32600),
    ] {
        client.send(&line);
        let answer = client.next();
        assert_eq!(answer["error"]["code"], code, "{answer}");
    }
    client.send(b"\r");
    client.send(br#"{"id":17,"method":"ping"}"#);
    assert_eq!(client.next()["id"], 17);
    assert!(client.ask("initialize", &greeting())["result"].is_object());
    client.send(br#"{"jsonrpc":"2.0","method":"notifications/initialized"}"#);
    // More at a time than are worked on, none of them read before all are sent.
    for id in 0..500 {
        let call = json!({ "name": "search", "arguments": { "limit": 1 } });
        client.send(
            json!({ "jsonrpc": "2.0", "id": id, "method": "tools/call", "params": call })
                .to_string()
                .as_bytes(),
        );
    }
    let mut ids: Vec<u64> = (0..500).map(|_| client.next()["id"].as_u64().unwrap()).collect();
    ids.sort_unstable();
    assert_eq!(ids, Vec::from_iter(0..500));
    assert_eq!(client.close(), Some(0));
}

#[test]
fn it_ends_with_its_client_and_needs_an_index() {
    let place = of_one();
    assert_eq!(Client::start(&place).close(), Some(0));
    let mut client = Client::greeted(&place);
    client.send(b"{\"jsonrpc\":\"2.0\",\"id\":9,\"method\":\"tools/call\",\"params\":{\"name\":\"search\"}}");
    // What was asked before is answered still.
    client.input = None;
    assert_eq!(client.next()["id"], 9);
    assert_eq!(client.close(), Some(0));
    let nothing = Place::new().run(&["mcp"]);
    assert_eq!((nothing.code, nothing.stdout.as_str()), (3, ""));
}

#[test]
fn a_new_generation_is_answered_from() {
    let place = of_one();
    let mut client = Client::greeted(&place);
    assert_eq!(client.call("search", &json!({}))["pages"], 1);
    place.write("pages/nurse.html", html("Nurse", &[("Overview", &["Cares."])]));
    place.ingest(&["pages"]);
    eventually("the new page is found", || {
        let found = client.call("search", &json!({}));
        found["pages"] == 2 && found["generation"] == 2
    });
}

#[test]
fn long_pages_make_no_long_results() {
    let skills = "You must know Kubernetes, Python, Java, Go, Rust, SQL, Docker and Terraform \"really\". "
        .repeat(2_000);
    let name = format!("Engineer {}", "\"wide\" ".repeat(500));
    let pages: Vec<(String, String)> = (0..25)
        .map(|at| {
            (
                format!("{}{at}.html", "long-name-".repeat(15)),
                html(&name, &[("Requirements", &[&format!("{at} {skills}")])]),
            )
        })
        .collect();
    let files: Vec<(&str, &str)> = pages.iter().map(|(name, page)| (name.as_str(), page.as_str())).collect();
    let mut client = Client::greeted(&Place::ingested(&files));
    let found =
        client.call("search", &json!({ "q": "kubernetes", "limit": 20, "facets": ["skill", "role"] }));
    let ids = strings(&found["hits"], "id");
    let page = client.call("page", &json!({ "id": ids[0], "max_chars": 20_000 }));
    assert!(page["title"].as_str().unwrap().len() < 300);
    assert!(!page["cut"].as_array().unwrap().is_empty());
    client.call("gap", &json!({ "have": "python", "limit": 20, "missing_limit": 100 }));
    if let [first, second, ..] = ids[..] {
        client.call("compare", &json!({ "page": [first, second] }));
    }
}

/// POST /mcp of a server with these settings; its status, content type and answer.
async fn post(settings: Settings, origin: Option<&str>, method: &str, body: String) -> (u16, String, Value) {
    let place = of_one();
    let router = router(AppState::new(Arc::new(place.searcher())).with(settings));
    let mut request = Request::builder()
        .method(method)
        .uri("/mcp")
        .header("host", "evil.example")
        .header("accept", "application/json, text/event-stream")
        .header("content-type", "application/json");
    if let Some(origin) = origin {
        request = request.header("origin", origin);
    }
    let response = router.oneshot(request.body(Body::from(body)).unwrap()).await.unwrap();
    let kind = response.headers().get("content-type").map_or("", |kind| kind.to_str().unwrap()).to_owned();
    let status = response.status().as_u16();
    let body = response.into_body().collect().await.unwrap().to_bytes();
    (status, kind, serde_json::from_slice(&body).unwrap_or(Value::Null))
}

fn message(method: &str, params: &Value) -> String {
    json!({ "jsonrpc": "2.0", "id": 1, "method": method, "params": params }).to_string()
}

#[tokio::test]
async fn over_http_a_message_is_answered_as_json() {
    let ask = |body| post(Settings::default(), None, "POST", body);
    let (status, kind, answer) = ask(message("initialize", &greeting())).await;
    assert_eq!((status, kind.as_str()), (200, "application/json"));
    assert_eq!(answer["result"]["protocolVersion"], "2025-06-18");
    let (_, _, answer) = ask(message("tools/list", &json!({}))).await;
    assert_eq!(strings(&answer["result"]["tools"], "name"), TOOLS);
    let call = json!({ "name": "search", "arguments": { "q": "kubernetes" } });
    let (status, kind, answer) = ask(message("tools/call", &call)).await;
    assert_eq!((status, kind.as_str()), (200, "application/json"));
    assert_eq!(answer["result"]["structuredContent"]["hits"][0]["title"], "Cloud Engineer");
    let note = json!({ "jsonrpc": "2.0", "method": "notifications/initialized" }).to_string();
    assert_eq!(ask(note).await.0, 202);
    for (body, status, code) in [("{", 400, -32700), ("[]", 400, -32600)] {
        let (got, _, answer) = ask(body.to_owned()).await;
        assert_eq!((got, &answer["error"]["code"]), (status, &json!(code)));
    }
    assert_eq!(ask(" ".repeat(70 << 10)).await.0, 413);
    for method in ["GET", "DELETE"] {
        assert_eq!(post(Settings::default(), None, method, String::new()).await.0, 405, "{method}");
    }
}

#[tokio::test]
async fn pages_of_other_sites_ask_only_where_they_are_let() {
    let list = || message("tools/list", &json!({}));
    let settings = |allowed: &[&str], public: Option<&str>| Settings {
        allowed: allowed.iter().map(|origin| origin.parse().unwrap()).collect(),
        public: public.map(|origin| origin.parse().unwrap()),
        ..Settings::default()
    };
    let careers = "https://careers.example.org";
    for (settings, origin, status) in [
        (settings(&[], None), "https://evil.example", 403),
        // Its own name leads here: the host is the same.
        (settings(&[], None), "http://evil.example", 403),
        (settings(&[], None), "null", 403),
        (settings(&[careers], None), "https://evil.example", 403),
        (settings(&[careers], None), careers, 200),
        (settings(&["*"], None), "https://evil.example", 200),
        (settings(&[], Some("https://search.example.org")), "https://search.example.org", 200),
    ] {
        let (got, kind, _) = post(settings.clone(), Some(origin), "POST", list()).await;
        assert_eq!(got, status, "{origin} {settings:?}");
        let is_problem = kind == "application/problem+json";
        assert_eq!(is_problem, status == 403);
    }
}
