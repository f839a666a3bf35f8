//! The OpenAPI document against the server: its parameters are those that each handler takes, within the bounds that it
//! goes by; its paths are the router's; and what is answered is of the shapes that it says.

use crate::http::Api;
use crate::support::{Answer, Place};
use axum::body::Body;
use axum::http::Request;
use boon::{Compiler, Schemas};
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

/// The address under which the schemas refer to each other.
const HERE: &str = "http://rolecall.test/openapi.json";

/// An operation as the document describes it.
struct Operation<'d> {
    path: &'d str,
    method: &'d str,
    described: &'d Value,
}

impl<'d> Operation<'d> {
    fn all(document: &'d Value) -> Vec<Self> {
        let paths = document["paths"].as_object().unwrap();
        let of_path = |(path, methods): (&'d String, &'d Value)| {
            let methods = methods.as_object().unwrap().iter();
            methods.map(move |(method, described)| Self { path, method, described })
        };
        paths.iter().flat_map(of_path).collect()
    }

    /// Those that are asked by their address alone.
    fn gets(document: &'d Value) -> Vec<Self> {
        Self::all(document).into_iter().filter(|operation| operation.method == "get").collect()
    }

    fn parameters(&self) -> Vec<&'d Value> {
        self.described["parameters"].as_array().unwrap().iter().collect()
    }

    fn queried(&self) -> Vec<&'d Value> {
        self.parameters().into_iter().filter(|parameter| parameter["in"] == "query").collect()
    }

    /// An address with the examples of what must be given, and with these parameters.
    fn address(&self, given: &[(&str, String)]) -> String {
        let mut path = self.path.to_owned();
        let mut query = form_urlencoded::Serializer::new(String::new());
        for parameter in self.parameters().into_iter().filter(|parameter| parameter["required"] == true) {
            let (name, example) = (parameter["name"].as_str().unwrap(), &parameter["example"]);
            if parameter["in"] == "path" {
                path = path.replace(&format!("{{{name}}}"), example.as_str().unwrap());
            } else if given.iter().all(|(known, _)| *known != name) {
                example.as_array().unwrap().iter().for_each(|one| {
                    query.append_pair(name, one.as_str().unwrap());
                });
            }
        }
        query.extend_pairs(given);
        format!("{path}?{}", query.finish()).trim_end_matches('?').to_owned()
    }
}

async fn document(api: &Api) -> Value {
    api.json("/openapi.json").await
}

/// The parameters that a refusal names.
fn named(answer: &Answer) -> Vec<String> {
    let problem = answer.json();
    let errors = problem["errors"].as_array().unwrap().iter();
    errors.map(|error| error["parameter"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn its_parameters_are_those_that_the_handlers_take() {
    let api = Api::of_corpus().for_admins();
    let document = document(&api).await;
    for operation in Operation::gets(&document) {
        let address = operation.address(&[("nosuch", String::new())]);
        let answer = api.get(&address).await;
        if ["/healthz", "/readyz", "/metrics"].contains(&operation.path) {
            // Whether it is ready is another question.
            assert!([200, 503].contains(&answer.status) && operation.parameters().is_empty(), "{address}");
            continue;
        }
        assert_eq!((answer.status, named(&answer)), (400, vec!["nosuch".to_owned()]), "{address}");
        let reason = answer.json()["errors"][0]["reason"].as_str().unwrap().to_owned();
        let (_, names) = reason.split_once("; there ").unwrap_or_else(|| panic!("{reason}"));
        let names = names.trim_start_matches("is ").trim_start_matches("are ");
        let taken: BTreeSet<&str> =
            names.split([',', ' ']).filter(|word| !["", "and", "none"].contains(word)).collect();
        let described: BTreeSet<&str> =
            operation.queried().iter().map(|parameter| parameter["name"].as_str().unwrap()).collect();
        assert_eq!(taken, described, "{}", operation.path);
    }
    let members = document["components"]["schemas"]["SearchRequest"]["properties"].as_object().unwrap();
    let search =
        Operation::gets(&document).into_iter().find(|operation| operation.path == "/search").unwrap();
    let described: BTreeSet<&str> =
        search.queried().iter().map(|parameter| parameter["name"].as_str().unwrap()).collect();
    assert_eq!(members.keys().map(String::as_str).collect::<BTreeSet<_>>(), described);
}

/// Values of a parameter that its schema just takes and just does not, each as it is given.
fn at_the_bounds(parameter: &Value) -> (Vec<Vec<String>>, Vec<Vec<String>>) {
    let schema = &parameter["schema"];
    let (mut within, mut beyond) = (Vec::new(), Vec::new());
    for (bound, step) in [("minimum", -1.0), ("maximum", 1.0)] {
        if let Some(at) = schema[bound].as_f64() {
            within.push(vec![at.to_string()]);
            beyond.push(vec![(at + step).to_string()]);
        }
    }
    if schema["type"] == "integer" || schema["type"] == "number" || schema["type"] == "boolean" {
        beyond.push(vec!["x".to_owned()]);
    }
    for one in [schema, &schema["items"]] {
        if let Some(longest) = one["maxLength"].as_u64() {
            within.push(vec!["x".repeat(usize::try_from(longest).unwrap())]);
            beyond.push(vec!["x".repeat(usize::try_from(longest).unwrap() + 1)]);
        }
        if let Some(choices) = one["enum"].as_array() {
            within.extend(choices.iter().map(|choice| vec![choice.as_str().unwrap().to_owned()]));
            beyond.push(vec!["nosuch".to_owned()]);
        }
    }
    if let Some(most) = schema["maxItems"].as_u64() {
        within.push((0..most).map(|n| format!("v{n}")).collect());
        beyond.push((0..=most).map(|n| format!("v{n}")).collect());
    }
    if let Some(least) = schema["minItems"].as_u64().filter(|least| *least > 0) {
        within.push((0..least).map(|n| format!("v{n}")).collect());
        beyond.push((1..least).map(|n| format!("v{n}")).collect());
    }
    if schema["uniqueItems"] == true {
        beyond.push(vec!["v".to_owned(); 2]);
    }
    match parameter["name"].as_str().unwrap() {
        "currency" => {
            within.extend([vec!["EUR".to_owned()], vec!["usd".to_owned()]]);
            beyond.extend(["", "EU", "EURO", "E1R", "€UR"].map(|text| vec![text.to_owned()]));
        }
        "letter" => {
            within.extend(["a", "Ä", "#", "я"].map(|text| vec![text.to_owned()]));
            beyond.extend(["", "ab", "1", "?"].map(|text| vec![text.to_owned()]));
        }
        "facet_query" => {
            within
                .extend(["skill:".to_owned(), format!("company:{}", "x".repeat(100))].map(|text| vec![text]));
            beyond.extend(
                ["skill".to_owned(), "nosuch:x".to_owned(), format!("company:{}", "x".repeat(101))]
                    .map(|text| vec![text]),
            );
        }
        _ => {}
    }
    (within, beyond)
}

#[tokio::test]
async fn its_bounds_are_those_that_the_handlers_go_by() {
    let api = Api::of_corpus().for_admins();
    let document = document(&api).await;
    let mut asked = 0;
    for operation in Operation::gets(&document) {
        for parameter in operation.queried() {
            let name = parameter["name"].as_str().unwrap();
            let (within, beyond) = at_the_bounds(parameter);
            let given =
                |values: Vec<String>| values.into_iter().map(|value| (name, value)).collect::<Vec<_>>();
            for values in within {
                let address = operation.address(&given(values));
                let answer = api.get(&address).await;
                assert!([200, 404].contains(&answer.status), "{address}: {}", answer.body);
                asked += 1;
            }
            for values in beyond {
                // What must be given and is not has no examples in its place here.
                let mut address = operation.address(&given(values.clone()));
                if values.is_empty() {
                    address = operation.path.to_owned();
                }
                let answer = api.get(&address).await;
                assert_eq!((answer.status, named(&answer)), (400, vec![name.to_owned()]), "{address}");
                asked += 1;
            }
            for pattern in [&parameter["schema"]["pattern"], &parameter["schema"]["items"]["pattern"]] {
                let known = ["currency", "letter", "facet_query"].contains(&name);
                assert!(pattern.is_null() || known, "{name}: say here what its pattern takes");
            }
        }
    }
    assert!(asked > 150, "{asked}");
}

/// Without how long it took, which some answers say.
fn untimed(mut answer: Value) -> Value {
    answer.as_object_mut().unwrap().remove("took_ms");
    answer
}

#[tokio::test]
async fn its_defaults_are_those_that_the_handlers_go_by() {
    let api = Api::of_corpus().for_admins();
    let document = document(&api).await;
    let mut asked = 0;
    for operation in Operation::gets(&document) {
        for parameter in operation.queried().into_iter().filter(|one| !one["schema"]["default"].is_null()) {
            let name = parameter["name"].as_str().unwrap();
            let default = match &parameter["schema"]["default"] {
                Value::String(text) => text.clone(),
                Value::Array(names) => {
                    names.iter().map(|name| name.as_str().unwrap()).collect::<Vec<_>>().join(",")
                }
                other => other.to_string(),
            };
            let without = untimed(api.json(&operation.address(&[])).await);
            let address = operation.address(&[(name, default)]);
            assert_eq!(untimed(api.json(&address).await), without, "{address}");
            asked += 1;
        }
    }
    assert!(asked > 15, "{asked}");
}

#[tokio::test]
async fn its_paths_are_those_of_the_router() {
    let api = Api::of_three().for_admins();
    let document = document(&api).await;
    let described: BTreeSet<&str> =
        Operation::all(&document).iter().map(|operation| operation.path).collect();
    let tables = [("src/http/mod.rs", "fn api() "), ("src/http/admin/mod.rs", "fn routes(")];
    let routed = tables.map(|(file, function)| {
        let router = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(file)).unwrap();
        let (_, table) = router.split_once(function).unwrap();
        let (table, _) = table.split_once("\n}\n").unwrap();
        let routes =
            table.split(".route(\"").skip(1).map(|route| route.split('"').next().unwrap().to_owned());
        routes.collect::<Vec<String>>()
    });
    let routed = routed.concat();
    assert_eq!(described, routed.iter().map(String::as_str).collect());
    for path in described {
        let mut methods: BTreeSet<String> =
            document["paths"][path].as_object().unwrap().keys().cloned().collect();
        methods.extend(["head", "options"].map(str::to_owned));
        for (method, status) in [("OPTIONS", 204), ("DELETE", 405)] {
            let request = Request::builder().method(method).uri(path).body(Body::empty()).unwrap();
            let answer = api.send(request).await;
            let taken: BTreeSet<String> = answer.header("allow").split(',').map(str::to_lowercase).collect();
            assert_eq!((answer.status, &taken), (status, &methods), "{method} {path}");
            assert_eq!(answer.body.is_empty(), status == 204, "{method} {path}");
        }
    }
}

/// The document with every object closed: a field that its schema does not name is a fault.
fn closed(mut document: Value) -> Value {
    fn close(value: &mut Value) {
        match value {
            Value::Object(object) => {
                if object.get("properties").is_some_and(Value::is_object) {
                    object.insert("additionalProperties".to_owned(), json!(false));
                }
                object.values_mut().for_each(close);
            }
            Value::Array(values) => values.iter_mut().for_each(close),
            _ => {}
        }
    }
    close(&mut document["components"]["schemas"]);
    document
}

/// What holds answers against the document.
struct Shapes {
    document: Value,
}

impl Shapes {
    /// Fails where an answer is not as the document says.
    #[track_caller]
    fn hold(&self, path: &str, method: &str, address: &str, answer: &Answer) {
        let status = answer.status.to_string();
        let mut response = &self.document["paths"][path][method]["responses"][&status];
        if let Some(reference) = response["$ref"].as_str() {
            response = self.document.pointer(reference.trim_start_matches('#')).unwrap();
        }
        assert!(!response.is_null(), "{address}: a {status} is not described");
        let kind = answer.content_type.split(';').next().unwrap();
        let schema = &response["content"][kind]["schema"];
        assert!(!schema.is_null(), "{address}: a {status} of {kind} is not described");
        if ["text/csv", "text/plain"].contains(&kind) {
            return;
        }
        let mut schemas = Schemas::new();
        let mut compiler = Compiler::new();
        compiler.set_default_draft(boon::Draft::V2020_12);
        let whole = json!({ "components": self.document["components"], "shape": schema });
        compiler.add_resource(HERE, whole).unwrap();
        let index = compiler.compile(&format!("{HERE}#/shape"), &mut schemas).unwrap();
        if let Err(error) = schemas.validate(&answer.json(), index) {
            panic!("{address}: {error:#}");
        }
        for header in response["headers"].as_object().into_iter().flat_map(Map::keys) {
            let is_there = !answer.header(&header.to_lowercase()).is_empty();
            assert!(is_there || header == "Link", "{address}: {header} is not there");
        }
        let is_described = |name: &str| !response["headers"][name].is_null();
        assert!(answer.header("link").is_empty() || is_described("Link"), "{address}: Link is not described");
        assert!(answer.header("etag").is_empty() || is_described("ETag"), "{address}: ETag is not described");
    }
}

#[tokio::test]
async fn what_is_answered_is_of_its_shapes() {
    let api = Api::of_corpus().for_admins();
    let shapes = Shapes { document: closed(document(&api).await) };
    let mut asked: Vec<(&str, String)> = Vec::new();
    for query in [
        "",
        "q=kubernetes+leadership",
        "q=how+much+does+a+data+engineer+earn&histograms=pay,experience&explain=true",
        "q=kubernets+pythno&facets=role,section,skill,source,language,level,education,company",
        "q=%22on+call%22+OR+kube*+-python+heading:pay+nosuch:x+pay:%3E100000",
        "q=SRE&sort=pay&pay_min=50000&pay_max=200000&experience_min=1&experience_max=9",
        "skill=python&skill=sql&skill_match=any&role=data-engineer&section=salary&level=senior",
        "source=nosuch&language=de&education=bachelor&company=nosuch&currency=EUR&sort=title:desc",
        "facet_query=skill:kube&facet_query=role:eng&limit=100&sections_per_hit=100&facet_limit=10000",
        "offset=20&limit=5&facets=",
        "limit=x&offset=-1&nosuch=1",
    ] {
        asked.push(("/search", format!("/search?{query}")));
    }
    for query in ["", "q=kube", "q=eng&limit=50", "q=salar", "limit=51"] {
        asked.push(("/suggest", format!("/suggest?{query}")));
    }
    for query in ["", "q=eng&skill=python&limit=2&offset=1", "letter=D", "skill=nosuch", "letter=dd"] {
        asked.push(("/roles", format!("/roles?{query}")));
    }
    for query in ["", "sort=name&limit=500", "q=kube&letter=K", "sort=x"] {
        asked.push(("/skills", format!("/skills?{query}")));
    }
    for skill in ["python", "kubernetes?limit=3&offset=1", "nosuch", "python?limit=101"] {
        asked.push(("/skills/{id}", format!("/skills/{skill}")));
    }
    let pages = api.json("/search?limit=100&facets=").await;
    let ids: Vec<&str> = crate::support::all_ids(&pages);
    assert!(ids.len() > 20, "{ids:?}");
    for id in ids.iter().copied().chain(["nosuch", "nosuch?x=1", "%FF"]) {
        asked.push(("/pages/{id}", format!("/pages/{id}")));
        asked.push(("/pages/{id}/similar", format!("/pages/{}", id.replacen('?', "/similar?", 1))));
        asked.push(("/pages/{id}/path", format!("/pages/{}", id.replacen('?', "/path?", 1))));
    }
    for (path, address) in &mut asked {
        let ending =
            path.strip_prefix("/pages/{id}").filter(|ending| !ending.is_empty() && !address.contains(ending));
        ending.inspect(|ending| address.push_str(ending));
    }
    for some in ids.chunks(3).filter(|some| some.len() > 1) {
        let query: Vec<String> = some.iter().map(|id| format!("page={id}")).collect();
        asked.push(("/compare", format!("/compare?{}", query.join("&"))));
        asked.push(("/compare", format!("/compare?format=csv&{}", query.join("&"))));
        asked.push(("/gap", format!("/gap?have=python&have=k8s,SQL&page={}", some[0])));
    }
    for query in ["", "page=a", "page=nosuch&page=b"] {
        asked.push(("/compare", format!("/compare?{query}")));
    }
    for query in [
        "",
        "have=python",
        "have=kubernets&have=zzqq&limit=3&offset=2&missing_limit=2",
        "have=python&page=nosuch",
        "have=python&level=senior&language=en&role=data-engineer&source=corpus",
    ] {
        asked.push(("/gap", format!("/gap?{query}")));
    }
    // What is suggested from is made ready by then.
    for path in ["/healthz", "/readyz", "/metrics", "/admin/queries"] {
        asked.push((path, path.to_owned()));
    }
    asked.insert(0, ("/readyz", "/readyz".to_owned()));
    asked.extend(["limit=0", "limit=x"].map(|query| ("/admin/queries", format!("/admin/queries?{query}"))));
    asked.push(("/openapi.json", "/openapi.json".to_owned()));
    let mut statuses = BTreeSet::new();
    for (path, address) in asked {
        let answer = api.get(&address).await;
        shapes.hold(path, "get", &address, &answer);
        statuses.insert(answer.status);
    }
    for body in [
        "{\"q\": \"python\", \"limit\": 2, \"facets\": [\"role\"]}",
        "{\"limit\": \"2\"}",
        "[]",
        "{\"nosuch\": 1}",
    ] {
        let answer = api.post(body).await;
        shapes.hold("/search", "post", body, &answer);
    }
    let large = api.post(format!("{{\"q\":\"{}\"}}", "x".repeat(1 << 20))).await;
    assert_eq!(large.status, 413);
    shapes.hold("/search", "post", "a large body", &large);
    assert_eq!(statuses, BTreeSet::from([200, 400, 404, 503]));
}

#[tokio::test]
async fn a_field_that_is_not_described_is_a_fault() {
    let api = Api::of_corpus();
    let mut document = closed(document(&api).await);
    let fields = document["components"]["schemas"]["Label"]["properties"].as_object_mut().unwrap();
    fields.remove("label").unwrap();
    let shapes = Shapes { document };
    let answer = api.get("/search").await;
    let held = catch_unwind(AssertUnwindSafe(|| shapes.hold("/search", "get", "/search", &answer)));
    assert!(held.is_err());
}

#[tokio::test]
async fn everything_in_it_is_described_and_referred_to() {
    let document = document(&Api::of_three()).await;
    let text = document.to_string();
    for (kind, parts) in document["components"].as_object().unwrap() {
        for name in parts.as_object().unwrap().keys().filter(|_| kind != "securitySchemes") {
            assert!(
                text.contains(&format!("\"#/components/{kind}/{name}\"")),
                "nothing refers to {kind}/{name}"
            );
        }
    }
    for reference in text.split("\"$ref\":\"#").skip(1).map(|rest| rest.split('"').next().unwrap()) {
        assert!(document.pointer(reference).is_some(), "there is no {reference}");
    }
    let mut bare = Vec::new();
    for (name, schema) in document["components"]["schemas"].as_object().unwrap() {
        if schema["description"].is_null() {
            bare.push(name.clone());
        }
        for (field, shape) in schema["properties"].as_object().into_iter().flatten() {
            let refers = shape.to_string().contains("\"$ref\"");
            if shape["description"].is_null() && !refers {
                bare.push(format!("{name}.{field}"));
            }
        }
    }
    assert!(bare.is_empty(), "without a description: {bare:?}");
    assert!(!text.contains("[`") && !text.contains("crate::"), "it speaks of the code");
    let ids: Vec<&str> =
        Operation::all(&document).iter().map(|one| one.described["operationId"].as_str().unwrap()).collect();
    assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len());
}

#[tokio::test]
async fn the_terminal_prints_what_the_server_answers() {
    let answered = Api::of_three().get("/openapi.json").await;
    assert_eq!((answered.status, answered.content_type.as_str()), (200, "application/json"));
    assert!(answered.header("etag").starts_with("W/"));
    let printed = Place::new().run(&["openapi"]).done();
    assert_eq!(printed.stdout, answered.body);
}

/// The values of an attribute in a page.
fn attributes<'p>(page: &'p str, name: &str) -> Vec<&'p str> {
    let begin = format!(" {name}=\"");
    page.split(begin.as_str()).skip(1).map(|rest| rest.split('"').next().unwrap()).collect()
}

#[tokio::test]
async fn the_page_shows_all_of_it_to_people() {
    let api = Api::of_three();
    let document = document(&api).await;
    api.get("/suggest?q=a").await; // Ready to be asked.
    let answer = api.get("/docs").await;
    assert_eq!((answer.status, answer.content_type.as_str()), (200, "text/html; charset=utf-8"));
    let all = attributes(&answer.body, "id");
    let ids: BTreeSet<&str> = all.iter().copied().collect();
    assert_eq!(all.len(), ids.len(), "an id stands twice");
    let links: BTreeSet<&str> = attributes(&answer.body, "href").into_iter().collect();
    for operation in Operation::all(&document) {
        let id = operation.described["operationId"].as_str().unwrap();
        assert!(ids.contains(format!("operation-{id}").as_str()), "{id}");
        assert!(links.contains(format!("#operation-{id}").as_str()), "{id}");
        for parameter in operation.described["parameters"].as_array().into_iter().flatten() {
            let name = parameter["name"].as_str().unwrap();
            assert!(
                answer.body.contains(&format!("<th scope=\"row\"><code>{name}</code></th>")),
                "{id}: {name}"
            );
        }
    }
    for shape in
        document["components"]["schemas"].as_object().unwrap().keys().filter(|name| *name != "SearchRequest")
    {
        assert!(ids.contains(format!("shape-{shape}").as_str()), "{shape}");
    }
    for link in links.iter().filter_map(|link| link.strip_prefix('#')) {
        assert!(ids.contains(link), "nothing is at #{link}");
    }
    let tried: Vec<&&str> =
        links.iter().filter(|link| link.starts_with('/') && !link.starts_with("/ui")).collect();
    assert!(tried.len() > 10, "{tried:?}");
    for link in tried {
        assert_eq!(api.get(&link.replace("&amp;", "&")).await.status, 200, "{link}");
    }
    let request = Request::get("/docs").header("accept-encoding", "gzip").body(Body::empty()).unwrap();
    let packed =
        http_body_util::BodyExt::collect(api.respond(request).await.into_body()).await.unwrap().to_bytes();
    assert!(packed.len() < 60 << 10, "{} bytes", packed.len());
}
