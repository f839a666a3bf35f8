//! Pages narrowed by what they state: pay, experience, level, education, company.

use crate::support::{Place, Server, html, strings};
use serde_json::json;

fn place() -> Place {
    let page =
        |title: &str, pay: &str, asks: &str| html(title, &[("Salary", &[pay]), ("Requirements", &[asks])]);
    Place::ingested(&[
        (
            "junior.html",
            &page(
                "Junior Data Analyst",
                "The salary is $50,000 to $70,000 per year.",
                "1 to 2 years of experience in analysis.",
            ),
        ),
        (
            "senior.html",
            &page(
                "Senior Data Analyst",
                "The salary is $60 per hour.",
                "At least 5 years of experience. A bachelor's degree in statistics.",
            ),
        ),
        (
            "head.html",
            &page(
                "Head of Data",
                "The salary is €120,000+ per year.",
                "10+ years of experience. A master's degree is required.",
            ),
        ),
        ("none.html", &page("Data Steward", "Paid well.", "Patience.")),
    ])
}

fn files(server: &Server, filter: &str) -> Vec<String> {
    let answer = server.get(&format!("/search?q=&{filter}")).json();
    let mut ids: Vec<String> = strings(&answer["hits"], "id")
        .into_iter()
        .map(|id| id.trim_start_matches("pages~").to_owned())
        .collect();
    ids.sort();
    ids
}

#[test]
fn ranges_match_where_they_overlap() {
    let place = place();
    let server = Server::start(&place);
    for (filter, wanted) in [
        // Most pages state pay in dollars; an hour's pay is compared per year: 124,800.
        ("pay_min=100000", &["senior.html"][..]),
        ("pay_max=60000", &["junior.html"]),
        ("pay_min=70000&pay_max=70000", &["junior.html"]),
        ("pay_min=70001&pay_max=124799", &[]),
        ("pay_min=1000&currency=USD", &["junior.html", "senior.html"]),
        // An open end reaches as far as need be.
        ("pay_min=500000&currency=eur", &["head.html"]),
        ("pay_max=119999&currency=EUR", &[]),
        ("experience_max=2", &["junior.html"]),
        ("experience_max=5", &["junior.html", "senior.html"]),
        ("experience_min=12", &["head.html", "senior.html"]),
        ("experience_min=3&experience_max=4", &[]),
        ("level=senior", &["senior.html"]),
        ("level=junior&level=director", &["head.html", "junior.html"]),
        ("education=bachelor&education=master", &["head.html", "senior.html"]),
    ] {
        assert_eq!(files(&server, filter), wanted, "{filter}");
    }
}

#[test]
fn the_currency_in_force_is_named_and_one_that_no_page_has_is_warned_of() {
    let place = place();
    let server = Server::start(&place);
    let filters = |filter: &str| server.get(&format!("/search?{filter}")).json()["query"]["filters"].clone();
    assert_eq!(filters("pay_min=1")["currency"], "USD");
    assert_eq!(filters("pay_min=1&currency=eur")["currency"], "EUR");
    assert_eq!(filters("q=data")["currency"], json!(null));
    let answer = server.get("/search?pay_min=1&currency=NOK").json();
    assert_eq!(
        (&answer["total"]["pages"], &answer["warnings"][0]["parameter"]),
        (&json!(0), &json!("currency"))
    );
    for (wrong, parameter) in [
        ("pay_min=-1", "pay_min"),
        ("pay_min=NaN", "pay_min"),
        ("pay_max=cheap", "pay_max"),
        ("pay_min=9&pay_max=8", "pay_max"),
        ("currency=dollars", "currency"),
        ("experience_max=101", "experience_max"),
    ] {
        let answer = server.get(&format!("/search?{wrong}"));
        assert_eq!(answer.status, 400, "{wrong}");
        assert_eq!(answer.json()["errors"][0]["parameter"], parameter, "{wrong}");
    }
}

#[test]
fn facets_of_facts_are_counted_and_leave_out_their_own_filter() {
    let place = place();
    let server = Server::start(&place);
    let answer = server.get("/search?q=&level=senior&facets=level,education").json();
    let values = |field: &str| -> Vec<(String, u64)> {
        let values = answer["facets"][field].as_array().unwrap().iter();
        values
            .map(|value| (value["id"].as_str().unwrap().to_owned(), value["pages"].as_u64().unwrap()))
            .collect()
    };
    let counted = |values: &[(&str, u64)]| {
        values.iter().map(|(id, pages)| ((*id).to_owned(), *pages)).collect::<Vec<_>>()
    };
    assert_eq!(values("level"), counted(&[("director", 1), ("junior", 1), ("senior", 1)]));
    assert_eq!(values("education"), counted(&[("bachelor", 1)]));
    let page = server.get("/pages/pages~senior.html").json();
    assert_eq!(page["level"]["id"], "senior");
    let pay = &page["sections"][0]["pay"][0];
    assert_eq!(
        (&pay["low"], &pay["per_year"]["low"], &pay["period"]),
        (&json!(60.0), &json!(124_800.0), &json!("hour"))
    );
    assert_eq!(pay["sentence"], "The salary is $60 per hour.");
    let experience = &page["sections"][1]["experience"][0];
    assert_eq!(
        (&experience["low"], &experience["high"], &experience["strength"]),
        (&json!(5.0), &json!(null), &json!("required"))
    );
}
