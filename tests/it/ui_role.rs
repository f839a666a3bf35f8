//! The page of a role as browsers get it.

use crate::http::Api;
use crate::support::{Answer, html};
use serde_json::Value;

async fn page(api: &Api, id: &str) -> String {
    let answer = api.get(&format!("/ui/pages/{id}")).await;
    assert_eq!((answer.status, answer.content_type.as_str()), (200, "text/html; charset=utf-8"));
    answer.body
}

/// What describes the page to programs.
fn described(page: &str) -> Value {
    let (_, rest) = page.split_once("<script type=\"application/ld+json\">").expect("a description");
    let (json, _) = rest.split_once("</script>").expect("its end");
    serde_json::from_str(json).unwrap()
}

/// The element with this id, to the end of its name's first closing tag.
#[track_caller]
fn element<'p>(page: &'p str, id: &str) -> &'p str {
    let at = page.find(&format!(" id=\"{id}\"")).unwrap_or_else(|| panic!("no {id:?} in {page}"));
    let start = page[..at].rfind('<').expect("a tag");
    let name = page[start + 1..].split([' ', '>']).next().expect("a name");
    let end = page[at..].find(&format!("</{name}>")).expect("a closing tag");
    &page[start..at + end]
}

/// Every fragment that a link of the page leads to on the page itself.
fn fragments(page: &str) -> impl Iterator<Item = &str> {
    page.split("href=\"#").skip(1).map(|rest| rest.split('"').next().expect("an end"))
}

fn with_head(head: &str, title: &str, text: &str) -> String {
    html(title, &[("Overview", &[text])]).replace("<title>", &format!("{head}<title>"))
}

#[tokio::test]
async fn what_a_page_says_is_text_and_never_code() {
    let hostile = "<script>alert(1)</script>";
    let text = format!("You know Python. {hostile} </script><b>x</b> is required.");
    let file = html(&format!("{hostile} Engineer"), &[(hostile, &[&text]), ("Requirements", &[hostile])]);
    let api = Api::new(&[("a.html", &file)]);
    let page = page(&api, "pages~a.html").await;
    assert!(!page.contains(hostile) && !page.contains("</script><b>"));
    assert!(
        page.contains("<h1 dir=\"auto\" lang=\"en\">&lt;script&gt;alert(1)&lt;/script&gt; Engineer</h1>")
    );
    let described = described(&page);
    assert_eq!(described["@type"], "Occupation");
    assert!(described["name"].as_str().unwrap().starts_with(hostile), "{described}");
    assert!(described["description"].as_str().unwrap().contains("</script><b>"), "{described}");
}

#[tokio::test]
async fn each_block_stands_where_links_look_for_it() {
    let body = "<h1>Go Engineer</h1><p>First of all.</p><h2>Skills</h2><p>Before.</p><ul><li>Outer<ul><li>Inner</li>\
        </ul></li></ul><h3>Data</h3><table><tr><th>Name</th><th>Years</th></tr><tr><td>Go</td><td>3</td></tr></table>\
        <pre>go build</pre>";
    let api = Api::new(&[("a.html", &format!("<!doctype html><html lang=\"en\"><body>{body}"))]);
    let page = page(&api, "pages~a.html").await;
    let read = api.json("/pages/pages~a.html").await;
    let mut blocks = 0;
    for (section, of) in read["sections"].as_array().unwrap().iter().enumerate() {
        assert!(element(&page, &format!("s{section}")).starts_with("<section"));
        for (block, of) in of["blocks"].as_array().unwrap().iter().enumerate() {
            let element = element(&page, &format!("s{section}-{block}"));
            let tag = match of["kind"].as_str().unwrap() {
                "item" => "<li",
                "row" => "<tr",
                "code" => "<pre",
                _ => "<p",
            };
            assert!(element.starts_with(tag), "{element}");
            let first = of["text"].as_str().unwrap().split(" | ").next().unwrap();
            assert!(element.contains(first), "{first:?} in {element}");
            blocks += 1;
        }
    }
    assert_eq!(blocks, 7);
    assert!(page.contains("<th scope=\"col\">Years</th>"));
    assert!(page.contains("<h4 dir=\"auto\">Data</h4>"));
}

#[tokio::test]
async fn no_link_on_a_page_leads_nowhere() {
    let api = Api::of_corpus();
    let mut links = 0;
    for hit in api.json("/search?limit=100").await["hits"].as_array().unwrap() {
        let page = page(&api, hit["id"].as_str().unwrap()).await;
        for fragment in fragments(&page) {
            assert!(page.contains(&format!(" id=\"{fragment}\"")), "{fragment} of {}", hit["id"]);
            links += 1;
        }
        assert_eq!(page.matches("<h1").count(), 1);
        assert!(!page.contains(" style="), "the content security policy takes no style in a page");
    }
    assert!(links > 500, "{links}");
}

#[tokio::test]
async fn a_row_of_pay_has_its_sentence_and_an_open_end_is_drawn_so() {
    let sentences = [
        "A data engineer is paid $90,000 to $120,000 a year.",
        "At the top a data engineer earns $150,000 to $200,000+ per year.",
    ];
    let file = html("Data Engineer", &[("Overview", &["Moves data."]), ("Salary", &sentences)]);
    let api = Api::new(&[("a.html", &file)]);
    let page = page(&api, "pages~a.html").await;
    let rows: Vec<&str> = page.split("<li class=\"pay-row\">").skip(1).collect();
    assert_eq!(rows.len(), 2, "{page}");
    for ((row, amount), (block, sentence)) in
        rows.iter().zip(["$90k–$120k a year", "$150k–$200k+ a year"]).zip(sentences.iter().enumerate())
    {
        assert!(row.contains(amount), "{row}");
        let quote = format!("<a href=\"#s1-{block}\" lang=\"en\"><q dir=\"auto\">");
        let (_, quoted) = row.split_once(&quote).expect("a quote");
        assert!(sentence.starts_with(quoted.split("</q>").next().unwrap()), "{quoted}");
    }
    assert!(!rows[0].contains("<line class=\"open\""));
    assert!(rows[1].contains("<line class=\"open\""));
    let salary = &described(&page)["estimatedSalary"][0];
    assert_eq!((salary["currency"].as_str(), salary["duration"].as_str()), (Some("USD"), Some("P1Y")));
    assert_eq!((&salary["minValue"], &salary["maxValue"]), (&90_000.0.into(), &120_000.0.into()));
}

#[tokio::test]
async fn a_page_that_is_not_there_is_said_so_to_people() {
    let api = Api::new(&[("a.html", &html("Data Engineer", &[("Overview", &["Moves data."])]))]);
    let Answer { status, content_type, body, .. } = api.get("/ui/pages/pages~b.html").await;
    assert_eq!((status, content_type.as_str()), (404, "text/html; charset=utf-8"));
    assert!(body.contains("pages~b.html"), "{body}");
}

#[tokio::test]
async fn only_an_address_of_the_web_is_a_link() {
    let canonical = |url: &str| {
        let head = format!("<link rel=\"canonical\" href=\"{url}\">");
        with_head(&head, "Data Engineer", "Moves data.")
    };
    let (code, site) = (canonical("javascript:alert(1)"), canonical("https://example.org/data"));
    let api = Api::new(&[("code.html", &code), ("site.html", &site)]);
    let page_of_code = page(&api, "pages~code.html").await;
    assert!(!page_of_code.contains("javascript:") && !page_of_code.contains("Read at the source"));
    let page_of_site = page(&api, "pages~site.html").await;
    assert!(page_of_site.contains(
        "<a class=\"button main\" href=\"https://example.org/data\" rel=\"noopener noreferrer\">Read at the source"
    ));
    assert!(page_of_site.contains("href=\"https://example.org/data#:~:text=Overview\""));
    assert_eq!(described(&page_of_site)["url"], "https://example.org/data");
}

#[tokio::test]
async fn a_page_without_end_is_shown_to_an_end() {
    let items = "<li>You know Python and earn $100,000 a year.</li>".repeat(5_000);
    let heads = "<h2>Requirements</h2><p>Kubernetes is required.</p>".repeat(500);
    let file = format!("<!doctype html><html lang=\"en\"><h1>Data Engineer</h1><ul>{items}</ul>{heads}");
    let api = Api::new(&[("a.html", &file)]);
    let page = page(&api, "pages~a.html").await;
    assert!(page.len() < 1_500_000, "{}", page.len());
    assert!(page.contains("The page is very long. "), "it says that there is more");
    assert!(element(&page, "skills").contains("href=\"#more\""), "what is not shown is not promised");
    assert!(page.matches("<li id=\"s0-").count() < 2_001);
    for fragment in fragments(&page) {
        assert!(page.contains(&format!(" id=\"{fragment}\"")), "{fragment}");
    }
}
