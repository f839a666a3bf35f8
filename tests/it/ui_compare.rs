//! The page that has roles side by side, as a browser without a script has it.

use crate::http::Api;
use crate::support::{Answer, escaped, html};

const CLOUD: &str = "corpus~cloud~cloud-architect.html";
const DEVOPS: &str = "corpus~cloud~devops-engineer.html";
const GO: &str = "corpus~backend~senior-go-engineer.html";

fn address(pages: &[&str]) -> String {
    let pages: Vec<String> = pages.iter().map(|page| format!("page={page}")).collect();
    format!("/ui/compare?{}", pages.join("&"))
}

/// The page, which there is.
#[track_caller]
pub(crate) fn shown(answer: &Answer) -> &str {
    assert_eq!((answer.status, answer.content_type.as_str()), (200, "text/html; charset=utf-8"));
    assert_eq!(answer.body.matches("<h1").count(), 1);
    assert!(!answer.body.contains("style=\""), "the policy forbids it");
    &answer.body
}

/// Where the links lead whose text contains this, in order; ids as they are.
pub(crate) fn links(page: &str, says: &str) -> Vec<String> {
    let links = page.split("<a ").skip(1).filter_map(|link| {
        let (attributes, rest) = link.split_once('>')?;
        let text: String =
            rest.split("</a>").next()?.split('<').map(|part| part.rsplit('>').next().unwrap()).collect();
        let href = attributes.split("href=\"").nth(1)?.split('"').next()?;
        text.contains(says).then(|| href.replace("&amp;", "&").replace("%7E", "~"))
    });
    links.collect()
}

#[tokio::test]
async fn what_roles_ask_for_together_and_alone() {
    let python = "Python is required.";
    let page = |title: &str, own: &str| html(title, &[("Requirements", &[python, own])]);
    let api = Api::new(&[
        ("a.html", &page("Data Engineer", "SQL is required. Docker is a plus.")),
        ("b.html", &page("Data Analyst", "SQL is nice to have. Tableau is required.")),
        ("c.html", &page("Data Scientist", "Statistics.")),
    ]);
    let answer = api.get(&address(&["pages~a.html", "pages~b.html", "pages~c.html"])).await;
    let page = shown(&answer);
    assert!(
        page.contains("<title>Data Engineer, Data Analyst and Data Scientist compared · rolecall</title>")
    );
    let part = |from: &str, to: &str| page.split(from).nth(1).unwrap().split(to).next().unwrap();
    let all = part("<h3>All ask for</h3>", "<h3>");
    assert!(all.contains("Python") && !all.contains("SQL"), "{all}");
    assert_eq!(all.matches(">Required</span>").count(), 3, "{all}");
    assert_eq!(links(all, "Python is required.").len(), 3, "each with its sentence");
    let some = part("<h3>Only some ask for</h3>", "<h3>");
    assert!(
        some.contains("SQL") && some.contains(">Required</span>") && some.contains(">A plus</span>"),
        "{some}"
    );
    assert_eq!(some.matches(">Not named</span>").count(), 1, "{some}");
    let only = part("<h3>Only <bdi>Data Engineer</bdi></h3>", "<h3>");
    assert!(only.contains("A plus") && only.contains("Docker") && !only.contains("Tableau"), "{only}");
    // Where there is no site to send people to, the sentence is read on our page.
    assert_eq!(links(only, "Docker"), ["/ui/pages/pages~a.html#s0-1"]);
}

#[tokio::test]
async fn the_sheet_says_what_roles_pay_and_take_and_have() {
    let api = Api::of_corpus();
    let answer = api.get(&address(&[CLOUD, DEVOPS])).await;
    let page = shown(&answer);
    for heading in ["Skills", "Pay", "What they take", "Sections"] {
        assert!(page.contains(&format!("<h2>{heading}</h2>")), "{heading}");
    }
    assert!(page.contains("£85k–£115k") && page.contains("£55k–£80k"), "what each pays a year");
    let pay = page.split("<h2>Pay</h2>").nth(1).unwrap().split("<h2>").next().unwrap();
    assert_eq!(pay.matches("class=\"is\"").count(), 2, "a bar for each");
    assert!(pay.contains("In the UK the usual band is £85k–£115k"), "who says so");
    let experience = page.split("<h2>What they take</h2>").nth(1).unwrap();
    assert!(
        experience.contains("8+ years")
            && experience.contains("Bachelor&#39;s degree") | experience.contains("Bachelor's degree")
    );
    let sections = page.split("<h2>Sections</h2>").nth(1).unwrap();
    let here = links(sections, "Key duties");
    assert!(here[0].starts_with(&format!("/ui/pages/{CLOUD}#s")), "{here:?}");
}

#[tokio::test]
async fn the_table_that_is_downloaded_is_of_the_same_pages() {
    let api = Api::of_corpus();
    let answer = api.get(&address(&[GO, CLOUD, GO])).await;
    let download = links(shown(&answer), "Download as CSV");
    let table = api.get(&download[0]).await;
    assert_eq!((table.status, table.content_type.as_str()), (200, "text/csv; charset=utf-8; header=present"));
    assert!(table.body.contains(&format!("page,id,{GO},,{CLOUD},")), "{}", &table.body[..300]);
}

#[tokio::test]
async fn roles_are_added_and_taken_out() {
    let api = Api::of_corpus();
    let nothing = api.get("/ui/compare").await;
    let add = links(shown(&nothing), "Cloud Architect");
    assert_eq!(add, [address(&[CLOUD])]);
    let one = api.get(&add[0]).await;
    let page = shown(&one);
    assert!(page.contains("Most like it"));
    assert_eq!(links(page, "Remove Cloud Architect"), ["/ui/compare"]);
    // What the form sends: the pages that are there, and the name of another.
    assert!(page.contains(&format!("<input type=\"hidden\" name=\"page\" value=\"{CLOUD}\">")));
    let found = api.get(&(address(&[CLOUD]) + "&find=devops+engineer")).await;
    let add = links(shown(&found), "DevOps Engineer");
    assert_eq!(add[0], address(&[CLOUD, DEVOPS]));
    let two = api.get(&add[0]).await;
    assert!(shown(&two).contains("2 roles side by side"));
    assert_eq!(links(&two.body, "Remove Cloud Architect"), [address(&[DEVOPS])]);
    let third = api.get(&(address(&[CLOUD, DEVOPS]) + "&find=go")).await;
    let page = shown(&third);
    assert!(links(page, "Senior Go Engineer").contains(&address(&[CLOUD, DEVOPS, GO])));
    assert!(
        !links(page, "DevOps Engineer").contains(&address(&[CLOUD, DEVOPS, DEVOPS])),
        "it is there already"
    );
}

#[tokio::test]
async fn what_there_is_not_is_said_and_the_others_are_shown() {
    let api = Api::of_corpus();
    let unknown = api.get(&address(&[CLOUD, "nosuch", DEVOPS, CLOUD])).await;
    let page = shown(&unknown);
    assert!(
        page.contains("nosuch")
            && page.contains("The others are shown")
            && page.contains("2 roles side by side")
    );
    assert_eq!(links(page, "Remove DevOps Engineer"), [address(&[CLOUD])], "links do not name it any more");
    let alone = api.get(&address(&["nosuch", CLOUD])).await;
    assert!(shown(&alone).contains("Most like it"));
    let none = api.get(&address(&["nosuch"])).await;
    assert!(shown(&none).contains("To begin with"));
    let empty = api.get("/ui/compare?page=&find=").await;
    assert!(!shown(&empty).contains("class=\"notice\""));
    let six =
        [CLOUD, DEVOPS, GO, "corpus~data~data-engineer.html", "corpus~backend~backend-engineer.html", "x"];
    let six = api.get(&address(&six)).await;
    let page = shown(&six);
    assert!(page.contains("5 roles side by side") && page.contains("1 role left out"));
    assert!(!page.contains("Add a role"));
}

#[tokio::test]
async fn what_cannot_be_used_is_named() {
    let api = Api::of_corpus();
    let long = "x".repeat(600);
    for (query, says) in [
        ("pages=x", "pages"),
        ("find=a&find=b", "find"),
        (format!("find={long}").as_str(), "find"),
        (format!("page={CLOUD}&format=csv").as_str(), "format"),
    ] {
        let answer = api.get(&format!("/ui/compare?{query}")).await;
        assert_eq!(
            (answer.status, answer.content_type.as_str()),
            (400, "text/html; charset=utf-8"),
            "{query}"
        );
        let said = answer.body.split("<main").nth(1).unwrap();
        assert!(said.contains(&format!("{says} = ")), "{query}: {said}");
    }
}

#[tokio::test]
async fn no_page_writes_markup_or_bursts_the_sheet() {
    let script = "<script>alert(1)</script> \"Engineer\"";
    let long = "x".repeat(10_000);
    let rtl = "\u{202e}مهندس البيانات";
    let page = |title: &str| {
        let says = format!("{title} Python is required. Pays $100,000 a year.");
        html(title, &[(title, &[&says]), ("Requirements", &[&says, script])])
    };
    let api = Api::new(&[("a.html", &page(script)), ("b.html", &page(&long)), ("c.html", &page(rtl))]);
    for pages in [
        &["pages~a.html", "pages~b.html", "pages~c.html"][..],
        &["pages~b.html"],
        &["pages~a.html"],
        &["<script>"],
    ] {
        let find: String = form_urlencoded::byte_serialize(script.as_bytes()).collect();
        for path in [address(pages), address(pages) + "&find=" + &find] {
            let answer = api.get(&path.replace("<script>", "%3Cscript%3E")).await;
            let page = shown(&answer);
            assert_eq!(page.matches("<script").count(), 1, "the page's own: {page}");
            assert!(!page.contains("x".repeat(400).as_str()), "long words are cut");
            assert!(!pages.contains(&"pages~a.html") || page.contains(&escaped("<script>alert(1)</script>")));
        }
    }
}
