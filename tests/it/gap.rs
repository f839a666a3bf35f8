//! What somebody lacks for a role, and which roles they are closest to.

use crate::http::{Api, problem};
use crate::support::{Place, corpus, html, strings, timeless};
use rolecall::search::GapRequest;
use serde_json::{Value, json};

const DATA: &str = "corpus~data~data-engineer.html";

#[tokio::test]
async fn what_is_had_and_what_is_missing_most_asked_for_first() {
    let api = Api::of_corpus();
    let answer = api.json(&format!("/gap?have=python&have=k8s&page={DATA}")).await;
    assert_eq!(strings(&answer["have"], "id"), ["python", "kubernetes"], "by id and by another name");
    assert_eq!(answer["have"][1]["text"], "k8s");
    assert_eq!((&answer["page"]["id"], &answer["page"]["title"]), (&json!(DATA), &json!("Data Engineer")));
    assert_eq!(strings(&answer["had"], "id"), ["python", "kubernetes"]);
    let had = &answer["had"][0];
    assert_eq!(had["sentence"], "Python and SQL at a level where you can review others");
    let missing = &answer["missing"];
    assert!(!strings(missing, "id").contains(&"python"));
    let order =
        |strength: &str| ["required", "preferred", "named"].iter().position(|one| *one == strength).unwrap();
    let strengths: Vec<usize> = strings(missing, "strength").into_iter().map(order).collect();
    assert!(strengths.is_sorted() && strengths.contains(&0) && strengths.contains(&2), "{strengths:?}");
    for pair in missing.as_array().unwrap().windows(2) {
        if pair[0]["strength"] == pair[1]["strength"] {
            assert!(pair[0]["sections"].as_u64() >= pair[1]["sections"].as_u64(), "{pair:?}");
        }
    }
    let weight = |skill: &Value| match skill["strength"].as_str().unwrap() {
        "required" => 4.0,
        "preferred" => 2.0,
        _ => 1.0,
    };
    let sum = |skills: &Value| skills.as_array().unwrap().iter().map(weight).sum::<f64>();
    let (had, missing) = (sum(&answer["had"]), sum(missing));
    let share = answer["coverage"]["share"].as_f64().unwrap();
    assert!((share - had / (had + missing)).abs() < 1e-9, "{share}");
    let skills = &answer["coverage"]["skills"];
    assert_eq!(skills["had"], 2);
    let parts =
        ["required", "preferred", "named"].map(|part| answer["coverage"][part]["of"].as_u64().unwrap());
    assert_eq!(skills["of"].as_u64().unwrap(), parts.iter().sum::<u64>());
}

#[tokio::test]
async fn with_all_skills_nothing_is_missing_and_with_others_everything() {
    let api = Api::of_corpus();
    let lacking = api.json(&format!("/gap?have=welding&page={DATA}")).await;
    assert_eq!((&lacking["coverage"]["share"], &lacking["had"]), (&json!(0.0), &json!([])));
    let all = strings(&lacking["missing"], "id").join("&have=");
    let answer = api.json(&format!("/gap?have={all}&page={DATA}")).await;
    assert_eq!((&answer["coverage"]["share"], &answer["missing"]), (&json!(1.0), &json!([])));
}

#[tokio::test]
async fn what_no_one_knows_is_named_with_what_may_be_meant() {
    let api = Api::of_corpus();
    let answer = api.json(&format!("/gap?have=kubernets&have=python%2C+SQL&have=zzqq&page={DATA}")).await;
    assert_eq!(strings(&answer["have"], "id"), ["python", "sql"], "a list with commas is several");
    let warnings = strings(&answer["warnings"], "message");
    assert!(
        warnings[0].contains("kubernets") && warnings[0].contains("did you mean Kubernetes"),
        "{warnings:?}"
    );
    assert!(warnings[1].contains("zzqq") && !warnings[1].contains("mean"), "{warnings:?}");
    assert_eq!(strings(&answer["warnings"], "parameter"), ["have", "have"]);
    let unused = api.json("/gap?have=COBOL").await;
    assert_eq!(strings(&unused["warnings"], "code"), ["unused_skill"]);
    assert_eq!((&unused["hits"], &unused["total"]["pages"]), (&json!([]), &json!(0)));
}

#[tokio::test]
async fn roles_are_ranked_by_what_is_missing_and_counted() {
    let api = Api::of_corpus();
    let answer = api.json("/gap?have=python&have=sql&limit=100").await;
    let hits = answer["hits"].as_array().unwrap();
    assert_eq!(answer["total"]["pages"].as_u64().unwrap() as usize, hits.len());
    let total = hits.len() as u64 + answer["total"]["without"].as_u64().unwrap();
    assert_eq!(total, 29, "every page about a role, and not the introduction");
    let scores: Vec<f64> = hits.iter().map(|hit| hit["score"].as_f64().unwrap()).collect();
    assert!(scores.is_sorted_by(|a, b| a >= b) && scores[0] > *scores.last().unwrap());
    for hit in hits {
        let coverage = &hit["coverage"];
        assert_eq!(
            coverage["skills"]["had"].as_u64().unwrap() as usize,
            hit["had"].as_array().unwrap().len()
        );
        assert_eq!(
            coverage["skills"]["of"].as_u64().unwrap(),
            coverage["skills"]["had"].as_u64().unwrap() + hit["missing_total"].as_u64().unwrap()
        );
        // The list says what the page's own gap says.
        let id = hit["id"].as_str().unwrap();
        let own = api.json(&format!("/gap?have=python&have=sql&page={id}")).await;
        assert_eq!(&own["coverage"], coverage, "{id}");
        assert_eq!(own["page"]["title"], hit["title"]);
        let strengths = |skills: &Value| {
            skills
                .as_array()
                .unwrap()
                .iter()
                .take(20)
                .map(|skill| skill["strength"].clone())
                .collect::<Vec<_>>()
        };
        assert_eq!(strengths(&own["missing"]), strengths(&hit["missing"]), "{id}");
    }
    // Pages of the list concatenate to the whole.
    let first = api.json("/gap?have=python&have=sql&limit=3").await;
    let second = api.json("/gap?have=python&have=sql&limit=3&offset=3&missing_limit=2").await;
    let ids = |answer: &Value| strings(&answer["hits"], "id").join(" ");
    assert_eq!(format!("{} {}", ids(&first), ids(&second)), strings(&answer["hits"], "id")[..6].join(" "));
    assert!(
        second["hits"].as_array().unwrap().iter().all(|hit| hit["missing"].as_array().unwrap().len() <= 2)
    );
}

#[tokio::test]
async fn filters_narrow_and_change_nothing_else() {
    let api = Api::of_corpus();
    let all = api.json("/gap?have=python&limit=100&source=corpus").await;
    let score = |answer: &Value, id: &str| {
        let hits = answer["hits"].as_array().unwrap();
        hits.iter().find(|hit| hit["id"] == id).map(|hit| hit["score"].clone())
    };
    let role = api.json("/gap?have=python&role=data-engineer").await;
    assert_eq!(strings(&role["hits"], "id"), [DATA]);
    assert_eq!(score(&role, DATA), score(&all, DATA));
    let senior = api.json("/gap?have=python&level=senior&level=lead").await;
    let levels: Vec<&str> =
        senior["hits"].as_array().unwrap().iter().map(|hit| hit["level"]["id"].as_str().unwrap()).collect();
    assert!(!levels.is_empty() && levels.iter().all(|level| ["senior", "lead"].contains(level)));
    let german = api.json("/gap?have=python&language=de-AT").await;
    assert!(german["hits"].as_array().unwrap().iter().all(|hit| hit["language"] == "de"));
    let none = api.json("/gap?have=python&source=nosuch").await;
    assert_eq!((&none["hits"], strings(&none["warnings"], "parameter")), (&json!([]), vec!["source"]));
}

#[tokio::test]
async fn a_page_that_says_little_does_not_win_by_that() {
    let listed = |skills: &str| html("Some Engineer", &[("Requirements", &[skills])]);
    let little = listed("Python.");
    let most = listed("Python, SQL, Docker, Kubernetes, Terraform, Git, Linux, AWS, Java and Kafka.");
    let half = listed("Python, SQL, Docker, Kubernetes, Rust, Scala, Ruby, PHP, Perl and Haskell.");
    let none = listed("Patience with Haskell.");
    let pages =
        [("little.html", &*little), ("most.html", &*most), ("half.html", &*half), ("none.html", &*none)];
    let api = Api::new(&pages);
    let have = "have=python&have=sql&have=docker&have=kubernetes&have=terraform&have=git&have=linux&have=aws";
    let answer = api.json(&format!("/gap?{have}")).await;
    assert_eq!(strings(&answer["hits"], "id"), ["pages~most.html", "pages~half.html", "pages~little.html"]);
    assert_eq!(answer["hits"][2]["coverage"]["share"], json!(1.0), "it is covered whole");
    assert_eq!(answer["total"], json!({ "pages": 3, "without": 1 }));
    // Equal pages: fewer missing skills first, then by id.
    let twin = most.replace("Some Engineer", "Such Engineer");
    let twins = Api::new(&[("b.html", &most), ("a.html", &twin)]);
    assert_eq!(strings(&twins.json("/gap?have=git").await["hits"], "id"), ["pages~a.html", "pages~b.html"]);
    // Copies are one role, and named.
    let copies = Api::new(&[("b.html", &most), ("a.html", &most)]).json("/gap?have=git").await;
    assert_eq!(strings(&copies["hits"], "id"), ["pages~a.html"]);
    assert_eq!(strings(&copies["hits"][0]["copies"], "id"), ["pages~b.html"]);
    assert_eq!(copies["total"]["pages"], 1);
}

#[test]
fn an_index_that_was_changed_answers_as_one_built_afresh() {
    let page = |title: &str, required: &str, plus: &str| {
        html(title, &[("Requirements", &[required]), ("Nice to have", &[plus])])
    };
    let kept = page("Data Engineer", "Python, SQL and Airflow.", "Docker.");
    let changed = page("Cloud Engineer", "Terraform and SQL.", "Python.");
    let place = Place::ingested(&[
        ("a.html", &page("Web Engineer", "JavaScript, Ansible and Zig.", "Python.")),
        ("b.html", &kept),
        ("c.html", &page("Cloud Engineer", "Kubernetes and Ansible.", "Go.")),
    ]);
    place.delete("pages/a.html");
    place.write("pages/c.html", &changed);
    place.ingest(&["pages"]);
    let fresh = Place::ingested(&[("b.html", &kept), ("c.html", &changed)]);
    let request = GapRequest { have: vec!["python".to_owned()], ..GapRequest::default() };
    let answer =
        |place: &Place| timeless(serde_json::to_value(place.searcher().gaps(&request).unwrap()).unwrap());
    assert_eq!(answer(&place), answer(&fresh));
    let hits = &answer(&place)["hits"];
    let skill = |hit: usize, list: &str, id: &str| {
        let skills = hits[hit][list].as_array().unwrap();
        skills.iter().find(|skill| skill["id"] == id).unwrap()["strength"].clone()
    };
    assert_eq!(strings(hits, "id"), ["pages~b.html", "pages~c.html"]);
    assert_eq!(
        (skill(0, "had", "python"), skill(0, "missing", "docker")),
        (json!("required"), json!("preferred"))
    );
    assert_eq!(
        (skill(1, "had", "python"), skill(1, "missing", "sql")),
        (json!("preferred"), json!("required"))
    );
}

#[tokio::test]
async fn what_cannot_be_used_is_named() {
    let api = Api::of_corpus();
    let many = vec!["have=python"; 101].join("&");
    let long = format!("have={}", "x".repeat(600));
    for (query, parameter) in [
        ("", "have"),
        ("have=", "have"),
        ("have=%2C+%2C", "have"),
        (many.as_str(), "have"),
        (long.as_str(), "have"),
        ("have=python&skill=sql", "skill"),
        ("have=python&limit=101", "limit"),
        ("have=python&limit=x", "limit"),
        ("have=python&offset=10001", "offset"),
        ("have=python&missing_limit=1001", "missing_limit"),
        ("have=python&limit=1&limit=2", "limit"),
        ("have=python&page=a&page=b", "page"),
        ("have=python&page=a&role=b", "role"),
    ] {
        assert_eq!(problem(&api.get(&format!("/gap?{query}")).await, 400), [parameter], "{query}");
    }
    let unknown = api.get("/gap?have=python&page=corpus~nosuch.html").await;
    problem(&unknown, 404);
    assert!(unknown.body.contains("corpus~nosuch.html"), "{}", unknown.body);
}

#[tokio::test]
async fn no_skill_is_too_hostile() {
    let title = "Engineer, \"x\" <script>alert(1)</script>";
    let says = "=cmd|'/C calc'!A0 Python is required, and C++ is a plus.";
    let api = Api::new(&[("odd.html", &html(title, &[("Requirements", &[says])]))]);
    let long = "é".repeat(250);
    for have in ["\u{0}", "\"", "🦀", "%", "C++", ".NET", "a,b,,c", "(((", "\u{202e}", "İ", long.as_str()]
    {
        let encoded: String = form_urlencoded::byte_serialize(have.as_bytes()).collect();
        for page in ["", "&page=pages~odd.html"] {
            let answer = api.get(&format!("/gap?have={encoded}{page}")).await;
            assert!([200, 400].contains(&answer.status), "{have:?}: {}", answer.body);
        }
    }
    let answer = api.json("/gap?have=c%2B%2B&page=pages~odd.html").await;
    assert_eq!((&answer["page"]["title"], &answer["had"][0]["label"]), (&json!(title), &json!("C++")));
    assert_eq!(answer["missing"][0]["sentence"], says);
}

#[test]
fn on_the_terminal() {
    let place = Place::new();
    place.ingest(&[corpus().to_str().unwrap()]);
    let run = |args: &[&str], columns: usize| {
        let mut command = place.command([&["gap", "--have", "python,sql"], args].concat());
        let output = command.env("COLUMNS", columns.to_string()).output().unwrap();
        assert!(output.status.success(), "{output:?}");
        String::from_utf8(output.stdout).unwrap()
    };
    for columns in [40, 80, 120] {
        for args in [&[][..], &["data-engineer"]] {
            let text = run(args, columns);
            assert!(text.lines().all(|line| line.chars().count() <= columns), "{text}");
            assert!(text.contains("Data Engineer") && text.contains("● Apache Spark"), "{text}");
        }
    }
    let json: Value = serde_json::from_str(&run(&["--json", "--limit", "2"], 80)).unwrap();
    assert_eq!(json["hits"].as_array().unwrap().len(), 2);
    let json: Value = serde_json::from_str(&run(&["--json", DATA], 80)).unwrap();
    assert_eq!(json["page"]["id"], DATA);
    place.run(&["gap"]).fails(2, &["--have"]);
    place.run(&["gap", "--have", "python", "--limit", "101"]).fails(2, &["limit"]);
    place.run(&["gap", "--have", "python", "nosuch"]).fails(3, &["nosuch"]);
}
