//! The page of what somebody lacks, as a browser without a script has it.

use crate::http::Api;
use crate::support::{escaped, html, strings};
use crate::ui_compare::{links, shown};
use serde_json::Value;

const DATA: &str = "corpus~data~data-engineer.html";

/// The part of a page after one text and before another.
#[track_caller]
fn part<'p>(page: &'p str, from: &str, to: &str) -> &'p str {
    let after = page.split_once(from).unwrap_or_else(|| panic!("no {from:?} in {page}")).1;
    after.split_once(to).map_or(after, |(part, _)| part)
}

#[tokio::test]
async fn without_skills_there_are_some_to_begin_with() {
    let api = Api::of_corpus();
    let answer = api.get("/ui/gap?have=&level=").await;
    let page = shown(&answer);
    let most = api.json("/skills?limit=10").await;
    let most = strings(&most["skills"], "label");
    let begin = part(page, "Most asked for", "</ul>");
    assert_eq!(begin.matches("<li>").count(), 10);
    assert_eq!(links(begin, most[0]), [format!("/ui/gap?have={}", most[0])]);
    assert!(page.contains("data-suggest=\"skill\"") && page.contains("<label for=\"have\">"));
}

#[tokio::test]
async fn the_closest_roles_come_first_and_say_what_is_missing() {
    let api = Api::of_corpus();
    let answer = api.get("/ui/gap?have=python,+sql").await;
    let page = shown(&answer);
    let gaps = api.json("/gap?have=python&have=sql&limit=11").await;
    let titles: Vec<&str> = strings(&gaps["hits"], "title");
    let shown_titles: Vec<&str> =
        page.split("<h3>").skip(1).map(|head| part(head, "<bdi>", "</bdi>")).collect();
    assert_eq!(shown_titles, &titles[..10]);
    let first = part(page, "<h3>", "</li><li class=\"card\">");
    let coverage = &gaps["hits"][0]["coverage"];
    let words = format!(
        "You have {} of {} skills, {} of {} required",
        coverage["skills"]["had"],
        coverage["skills"]["of"],
        coverage["required"]["had"],
        coverage["required"]["of"]
    );
    assert!(first.contains(&words), "{words}: {first}");
    let missing = gaps["hits"][0]["missing"][0]["label"].as_str().unwrap();
    let label: String = form_urlencoded::byte_serialize(missing.as_bytes()).collect();
    let add = links(first, &format!("I have {missing}"));
    assert_eq!(add, [format!("/ui/gap?have=python%2C+sql%2C+{label}")]);
    let more = api.get(&add[0]).await;
    assert_eq!(links(shown(&more), &format!("Take out {missing}")), ["/ui/gap?have=python%2C+sql"]);
    let ids: Vec<String> = strings(&gaps["hits"], "id").iter().map(|id| format!("page={id}")).collect();
    assert_eq!(links(page, "Compare the first 3"), [format!("/ui/compare?{}", ids[..3].join("&"))]);
    // The second page begins where the first ends.
    assert!(page.contains("rel=\"next\"") && !page.contains("rel=\"prev\""));
    let next = api.get(&links(page, "Further")[0]).await;
    assert!(
        shown(&next).contains(&format!("<bdi>{}</bdi>", titles[10])) && next.body.contains("rel=\"prev\"")
    );
    assert_eq!(links(&next.body, "Closer"), ["/ui/gap?have=python%2C+sql"]);
}

#[tokio::test]
async fn levels_narrow_and_are_kept() {
    let api = Api::of_corpus();
    let answer = api.get("/ui/gap?have=python").await;
    let senior = links(part(shown(&answer), "aria-label=\"Level\"", "</nav>"), "Senior");
    assert_eq!(senior, ["/ui/gap?have=python&level=senior"]);
    let answer = api.get(&senior[0]).await;
    let page = shown(&answer);
    let roles = part(page, "<ol", "</ol>");
    assert_eq!(roles.matches("<h3>").count(), roles.matches("<span>Senior</span>").count());
    assert!(roles.contains("Senior Go Engineer"), "{roles}");
    assert!(page.contains("<input type=\"hidden\" form=\"have-form\" name=\"level\" value=\"senior\">"));
    assert_eq!(links(page, "Any level"), ["/ui/gap?have=python"]);
    let odd = api.get("/ui/gap?have=python&level=nosuch").await;
    assert!(shown(&odd).contains("No role of this level") && odd.body.contains("class=\"notice\""));
}

#[tokio::test]
async fn what_no_one_knows_is_named_with_what_may_be_meant() {
    let api = Api::of_corpus();
    for page in ["", "&page=corpus~data~data-engineer.html"] {
        let answer = api.get(&format!("/ui/gap?have=kubernets,+sql,+k8s,+kubernetes,+zz%22qq{page}")).await;
        let notice = part(shown(&answer), "class=\"notice\"", "</p>");
        assert!(notice.contains("kubernets"), "{notice}");
        let end = "%2C+sql%2C+k8s%2C+zz%22qq";
        assert_eq!(links(notice, "Kubernetes")[0], format!("/ui/gap?have=Kubernetes{end}{page}"));
        assert_eq!(links(notice, "Leave it out"), [format!("/ui/gap?have=sql%2C+k8s%2C+zz%22qq{page}")]);
        assert_eq!(answer.body.matches("class=\"notice\"").count(), 2, "each once");
        let rid = format!("/ui/gap?have=kubernets%2C+sql%2C+zz%22qq{page}");
        assert_eq!(links(&answer.body, "Take out Kubernetes"), [rid], "whatever it was called");
    }
    let unused = api.get("/ui/gap?have=COBOL").await;
    assert!(
        shown(&unused).contains("No page asks for COBOL.")
            && unused.body.contains("No role asks for any of it.")
    );
}

#[tokio::test]
async fn one_role_skill_by_skill_with_the_sentences() {
    let api = Api::of_corpus();
    let answer = api.get(&format!("/ui/gap?have=python,+k8s&page={DATA}&level=lead")).await;
    let page = shown(&answer);
    assert!(page.contains("<title>Skills gap for Data Engineer · rolecall</title>"));
    let lack = part(page, "<h2>You lack</h2>", "<h2>You have</h2>");
    assert!(lack.find("<h3>Required</h3>") < lack.find("<h3>Named</h3>"));
    assert!(lack.contains("Docker, and k8s if the company runs its own Airflow or Spark"));
    let have = page.split("<h2>You have</h2>").nth(1).unwrap();
    assert!(have.contains("Python and SQL at a level where you can review others"));
    let back = format!("/ui/gap?have=python&page={DATA}&level=lead");
    assert_eq!(links(have, "I lack Kubernetes"), [back]);
    assert_eq!(links(page, "All roles, the closest first"), ["/ui/gap?have=python%2C+k8s&level=lead"]);
}

#[tokio::test]
async fn every_skill_of_a_role_can_be_ticked() {
    let api = Api::of_corpus();
    let mut next = format!("/ui/gap?page={DATA}");
    let answer = api.get(&next).await;
    let page = shown(&answer);
    assert!(page.contains("Tick what you have") && !page.contains("class=\"notice\""));
    let of = links(page, "I have ").len();
    assert!(of > 20);
    for had in 1..=of {
        let answer = api.get(&next).await;
        next = links(shown(&answer), "I have ").swap_remove(0);
        let answer = api.get(&next).await;
        assert!(answer.body.contains(&format!("You have {had} of {of} skills")), "{next}");
        assert!(!answer.body.contains("class=\"notice\""), "{next}");
    }
    let answer = api.get(&next).await;
    assert!(!answer.body.contains("<h2>You lack</h2>"));
}

#[tokio::test]
async fn a_page_that_there_is_not_is_said_and_the_roles_are_shown() {
    let api = Api::of_corpus();
    let answer = api.get("/ui/gap?have=python&page=nosuch").await;
    let page = shown(&answer);
    assert!(part(page, "class=\"notice\"", "</p>").contains("nosuch"));
    assert!(
        page.contains("The closest roles") && !links(page, "").iter().any(|link| link.contains("nosuch"))
    );
    let answer = api.get("/ui/gap?page=nosuch").await;
    assert!(shown(&answer).contains("Most asked for"));
}

#[tokio::test]
async fn what_cannot_be_used_is_named() {
    let api = Api::of_corpus();
    let many: Vec<String> = (0..101).map(|at| format!("s{at}")).collect();
    for (query, says) in [
        ("have=python&offset=x".to_owned(), "offset"),
        ("have=python&offset=10001".to_owned(), "offset"),
        ("have=python&skill=sql".to_owned(), "skill"),
        (format!("page={DATA}&page={DATA}"), "page"),
        (format!("have={}", many.join(",")), "have"),
        (format!("have={}", "x".repeat(600)), "have"),
    ] {
        let answer = api.get(&format!("/ui/gap?{query}")).await;
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
async fn no_page_and_no_skill_writes_markup() {
    let script = "<script>alert(1)</script> \"Engineer\"";
    let says = format!("{script} Python is required, and C++ is a plus.");
    let files = [
        ("odd.html", html(script, &[(script, &[&says])])),
        ("long.html", html(&"x".repeat(10_000), &[("Requirements", &[&says])])),
    ];
    let files: Vec<(&str, &str)> = files.iter().map(|(name, page)| (*name, page.as_str())).collect();
    let api = Api::new(&files);
    for have in
        ["python", "", "<script>alert(2)</script>", "\u{0}", "\"", "🦀", "%", ".NET", "(((", "\u{202e}x", "-"]
    {
        let encoded: String = form_urlencoded::byte_serialize(have.as_bytes()).collect();
        for page in ["", "&page=pages~odd.html", "&page=pages~long.html", "&page=%3Cscript%3E"] {
            let answer = api.get(&format!("/ui/gap?have={encoded}{page}")).await;
            let text = shown(&answer);
            assert_eq!(text.matches("<script").count(), 1, "the page's own: {text}");
            assert!(!text.contains("x".repeat(400).as_str()), "long words are cut");
            assert!(page != "&page=pages~odd.html" || text.contains(&escaped("<script>alert(1)</script>")));
        }
    }
    let known: Value = api.json("/gap?have=c%2B%2B").await;
    assert_eq!(known["hits"].as_array().unwrap().len(), 2, "both are found");
}
