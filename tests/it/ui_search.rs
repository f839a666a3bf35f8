//! The search page as it is sent: what it shows, what its links lead to, and what it never lets a page or a question do.

use crate::http::Api;
use crate::support::html;
use axum::body::Body;
use axum::http::Request;
use std::io::Write as _;

/// A page by its address; it must be one.
async fn page(api: &Api, address: &str) -> String {
    let answer = api.get(address).await;
    assert_eq!((answer.status, answer.content_type.as_str()), (200, "text/html; charset=utf-8"), "{address}");
    answer.body
}

/// The addresses that links with such a text behind them lead to.
fn links<'p>(page: &'p str, marker: &str) -> Vec<&'p str> {
    let before = page.match_indices(marker).map(|(at, _)| &page[..at]);
    before
        .filter_map(|before| before.rsplit_once("href=\"")?.1.split_once('"').map(|(link, _)| link))
        .collect()
}

fn three() -> Api {
    let cloud = html(
        "Cloud Engineer",
        &[("Requirements", &["Kubernetes and leadership."]), ("Salary", &["$100,000 to $150,000 per year."])],
    );
    let data = html(
        "Data Engineer",
        &[
            ("Overview", &["Moves data."]),
            ("Requirements", &["Python, Kubernetes and patience."]),
            ("Salary", &["$60,000 to $80,000 per year."]),
        ],
    );
    let hostile = html(
        "<script>fault()</script> Clerk",
        &[("<img src=x onerror=fault()>", &["Kubernetes <b onclick=fault()>bold</b> \"quoted\" &amp;"])],
    );
    Api::new(&[("cloud.html", &cloud), ("data.html", &data), ("hostile.html", &hostile)])
}

#[tokio::test]
async fn the_sentence_that_answers_is_marked_and_leads_to_its_place() {
    let api = three();
    let page = page(&api, "/?q=kubernetes+leadership").await;
    assert!(page.contains("<title>kubernetes leadership · rolecall</title>"), "{page}");
    assert!(page.contains("<mark>Kubernetes</mark> and <mark>leadership</mark>."), "{page}");
    let snippet = links(&page, "<mark>Kubernetes</mark> and");
    assert_eq!(snippet[0], "/ui/pages/pages~cloud.html#s0-0");
    assert!(page.contains("<strong>$100k–$150k</strong> a year"), "{page}");
}

#[tokio::test]
async fn each_value_of_a_facet_is_a_link_that_sets_it_or_takes_it_back() {
    let api = three();
    let first = page(&api, "/?q=kubernetes&offset=10&pay_min=1").await;
    let set = links(&first, "data-key=\"skill:python\"");
    assert_eq!(
        set,
        ["/?q=kubernetes&amp;pay_min=1&amp;skill=python"],
        "a narrower answer begins at its first page"
    );
    let narrowed = page(&api, "/?q=kubernetes&pay_min=1&skill=python").await;
    assert!(narrowed.contains("<strong>1 role</strong>"), "{narrowed}");
    assert_eq!(links(&narrowed, "data-key=\"skill:python\""), ["/?q=kubernetes&amp;pay_min=1"]);
    let chip = links(&narrowed, "<span class=\"soft\">Skill</span>");
    assert_eq!(chip, ["/?q=kubernetes&amp;pay_min=1"]);
    assert_eq!(links(&narrowed, "<span class=\"soft\">Pay</span>"), ["/?q=kubernetes&amp;skill=python"]);
}

#[tokio::test]
async fn a_new_question_keeps_what_is_set_and_an_empty_field_says_nothing() {
    let api = three();
    let page_with =
        page(&api, "/?q=kubernetes&skill=python&sort=title&pay_min=&pay_max=&experience_min=").await;
    for kept in ["name=\"skill\" value=\"python\"", "name=\"sort\" value=\"title\""] {
        assert!(page_with.contains(&format!("type=\"hidden\" form=\"search\" {kept}")), "{kept}");
    }
    assert!(!page_with.contains("type=\"hidden\" form=\"search\" name=\"q\""));
    // What has a field of its own is not sent twice.
    let bounded = page(&api, "/?pay_min=70000").await;
    assert_eq!(bounded.matches("name=\"pay_min\"").count(), 1);
}

#[tokio::test]
async fn what_a_page_or_a_question_says_is_text() {
    let api = three();
    let question = "%22%3E%3Cscript%3Efault()%3C/script%3E";
    for address in [
        "/?q=kubernetes".to_owned(),
        format!("/?q={question}"),
        format!("/?q=kubernetes&skill={question}"),
        format!("/?find_skill={question}"),
    ] {
        let page = page(&api, &address).await;
        for markup in ["<script>fault", "<img", "<b onclick", "\"><script>"] {
            assert!(!page.contains(markup), "{address} has {markup}");
        }
    }
    let page = page(&api, "/?q=kubernetes").await;
    assert!(page.contains("&lt;script&gt;fault()&lt;/script&gt; Clerk"), "{page}");
}

#[tokio::test]
async fn a_page_runs_and_loads_nothing_but_what_is_its_own() {
    let api = three();
    let request = Request::get("/?q=kubernetes").body(Body::empty()).unwrap();
    let answer = api.send(request).await;
    for (name, part) in [
        ("content-security-policy", "default-src 'none'; script-src 'self'; style-src 'self'"),
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "no-referrer"),
    ] {
        assert!(answer.header(name).starts_with(part), "{name}: {}", answer.header(name));
    }
    for element in scraper::Html::parse_document(&answer.body).select(&"*".parse().unwrap()) {
        let element = element.value();
        let is_inline = |name: &str| name == "style" || name.starts_with("on");
        assert!(element.attrs().all(|(name, _)| !is_inline(name)), "{element:?}");
        assert!(
            element.name() != "style" && (element.name() != "script" || element.attr("src").is_some()),
            "{element:?}"
        );
    }
    let mut own = 0;
    for (at, _) in answer.body.match_indices("/ui/app.") {
        let address = answer.body[at..].split('"').next().unwrap();
        let asset = api.get(address).await;
        assert_eq!(asset.status, 200);
        assert_eq!(asset.header("cache-control"), "public, max-age=31536000, immutable");
        assert_eq!(asset.header("x-content-type-options"), "nosniff");
        own += 1;
    }
    assert_eq!(own, 2, "a style and a script");
    let old = api.get("/ui/app.css?v=0123456789ab").await;
    assert_eq!((old.status, old.header("cache-control")), (200, "no-cache"));
    assert_eq!(api.get("/ui/nothing.css").await.status, 404);
}

#[tokio::test]
async fn a_page_with_its_style_and_script_is_small() {
    let api = Api::of_corpus();
    let mut bytes = 0;
    let page = page(&api, "/?q=engineer").await;
    let parts = page.match_indices("/ui/app.").map(|(at, _)| page[at..].split('"').next().unwrap());
    for address in parts.chain(["/?q=engineer"]) {
        let body = api.get(address).await.body;
        let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        gzip.write_all(body.as_bytes()).unwrap();
        bytes += gzip.finish().unwrap().len();
    }
    assert!((10_000..60 * 1024).contains(&bytes), "{bytes} bytes compressed");
}

#[tokio::test]
async fn what_cannot_be_used_is_said_on_a_page() {
    let api = three();
    let answer = api.get("/?pay_min=much").await;
    assert_eq!((answer.status, answer.content_type.as_str()), (400, "text/html; charset=utf-8"));
    assert!(answer.body.contains("pay_min = &quot;much&quot;: must be a number"), "{}", answer.body);
}

#[tokio::test]
async fn where_nothing_is_found_the_page_says_what_could_be_asked() {
    let api = three();
    let nothing = page(&api, "/?q=kubernetes&skill=python&pay_min=500000").await;
    assert!(nothing.contains("with what is set"), "{nothing}");
    assert_eq!(links(&nothing, "Take back what is set"), ["/?q=kubernetes"]);
    assert!(nothing.contains(": 3 roles do without it"), "{nothing}");
    let past = page(&api, "/?q=kubernetes&offset=100").await;
    assert_eq!(links(&past, "Back to the first"), ["/?q=kubernetes"]);
}
