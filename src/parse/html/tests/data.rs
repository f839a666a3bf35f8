//! What a document says of itself, beside its text.

use super::*;

#[test]
fn structured_data_speaks_where_the_page_is_silent() {
    let json = r#"{"@context":"https://schema.org","@graph":[{"@type":"JobPosting","title":"Data Engineer","datePosted":"2025-02-03",
        "description":"&lt;h2&gt;Requirements&lt;/h2&gt;&lt;ul&gt;&lt;li&gt;SQL and Python, every day&lt;/li&gt;&lt;/ul&gt;","skills":["SQL","Python"]}]}"#;
    let page = page(&format!("<script type=\"application/ld+json\">{json}</script><div id=app></div>"));
    assert_eq!(page.modified.as_deref(), Some("2025-02-03"));
    assert_eq!(
        outline(&page),
        [
            ("requirements", Some("Requirements"), vec!["SQL and Python, every day"]),
            ("skills", Some("Skills"), vec!["SQL", "Python"])
        ]
    );
}

#[test]
fn structured_data_replaces_nothing_that_people_see() {
    let json = r#"{"@type":"Occupation","name":"Data Engineer","description":"Moves data, in a sentence that is a good deal longer than the page itself.",
        "responsibilities":"Build pipelines that nobody has to watch at night, and mend them.","skills":"Visible text."}"#;
    let page = page(&format!(
        "<script type=\"application/ld+json\">{json}</script><h1>Data Engineer</h1><h2>Overview</h2><p>Visible text.</p><p>More of it, so that the page is not thin \
         beside its data, which would otherwise be added whole.</p>"
    ));
    let found: Vec<_> = outline(&page).into_iter().map(|(kind, _, texts)| (kind, texts.len())).collect();
    assert_eq!(found, [("overview", 2), ("responsibilities", 1)]);
}

#[test]
fn head_statements() {
    let html = "<html lang=en-GB><head><title>Analyst - Site</title><link rel=canonical href='https://example.org/analyst'>\
                <meta property='article:modified_time' content='2024-05-06T07:08:09Z'></head><body><p>Text.</p></body></html>";
    let page = parse(html.as_bytes(), Format::Html).expect("a page");
    assert_eq!((page.title.as_str(), page.url.as_deref()), ("Analyst", Some("https://example.org/analyst")));
    assert_eq!(
        (page.language.as_deref(), page.modified.as_deref()),
        (Some("en-GB"), Some("2024-05-06T07:08:09Z"))
    );
}

#[test]
fn microdata_and_application_data() {
    let page = page(
        "<div itemscope itemtype='https://schema.org/JobPosting'><h1 itemprop=title>Data Engineer</h1><div itemprop=responsibilities><p>Build pipelines.</p></div>\
         <div itemprop=qualifications><p>SQL.</p></div></div>",
    );
    assert_eq!(
        outline(&page),
        [
            ("responsibilities", Some("Responsibilities"), vec!["Build pipelines."]),
            ("qualifications", Some("Qualifications"), vec!["SQL."])
        ]
    );
    let json = r#"{"props":{"pageProps":{"role":{"overview":"A data engineer moves data to where it is of use.","careerPath":["Junior","Senior"],"id":"x9-1",
        "body":"<h2>Salary</h2><p>Good.</p>"}}}}"#;
    let page = self::page(&format!(
        "<div id=__next></div><script id=__NEXT_DATA__ type=application/json>{json}</script>"
    ));
    assert_eq!(
        outline(&page),
        [
            ("salary", Some("Salary"), vec!["Good."]),
            ("career-path", Some("Career path"), vec!["Junior", "Senior"]),
            ("overview", Some("Overview"), vec!["A data engineer moves data to where it is of use."]),
        ]
    );
}

#[test]
fn structured_data_tells_pay_and_questions_and_may_be_plain_or_encoded_text() {
    let json = r#"[{"@type":["https://schema.org/Occupation"],"name":"Data Engineer","description":"&amp;lt;h2&amp;gt;Your profile&amp;lt;/h2&amp;gt;&amp;lt;p&amp;gt;Curious&amp;lt;/p&amp;gt;",
        "estimatedSalary":[{"@type":"MonetaryAmountDistribution","name":"base","currency":"USD","duration":"P1Y","median":"120000"}]},
        {"@type":"FAQPage","mainEntity":[{"@type":"Question","name":"Is it hard?","acceptedAnswer":{"@type":"Answer","text":"<p>No.</p>"}}]},
        {"@type":"JobPosting","description":"Responsibilities:\n- Build\n- Load"}]"#;
    let page = page(&format!("<script type='application/ld+json'>{json}</script><div id=root></div>"));
    assert_eq!(
        outline(&page),
        [
            ("requirements", Some("Your profile"), vec!["Curious"]),
            ("faq", Some("Frequently asked questions"), vec!["No."]),
            ("responsibilities", Some("Responsibilities:"), vec!["Build", "Load"]),
            ("salary", Some("Salary"), vec!["Median base salary: USD 120,000 per year"]),
        ]
    );
    assert_eq!(page.sections[1].path_of(Some(0)), ["Frequently asked questions", "Is it hard?"]);
}

#[test]
fn a_section_of_application_data_says_all_that_stands_beside_its_heading() {
    let json = r#"{"job":{"sections":[{"heading":"What you'll do","items":["Write plans","Test"],"id":"a 1"},{"heading":"Salary","body":"$140,000"},
        {"title":"Benefits","content":"<p>Leave.</p>"}]},"footer":{"legal":"All rights are reserved by us, and no part of this may be copied by anybody at all."}}"#;
    let page = page(&format!("<div id=__next></div><script id=__NEXT_DATA__>{json}</script>"));
    assert_eq!(
        outline(&page),
        [
            ("responsibilities", Some("What you'll do"), vec!["Write plans", "Test"]),
            ("salary", Some("Salary"), vec!["$140,000"]),
            ("benefits", Some("Benefits"), vec!["Leave."]),
        ]
    );
}

#[test]
fn too_much_data_is_read_in_part_and_said_so() {
    let data = "{\"\":0},".repeat(300_000);
    let role = r#"{"@type":"JobPosting","skills":["SQL"],"description":"Moves data.\nEvery day."}"#;
    let page = page(&format!("<script type=application/ld+json>[{role},{data}0]</script>"));
    assert_eq!(texts(&page), ["Moves data. Every day.", "SQL"]);
    assert!(page.warnings[0].contains("too much structured data"), "{:?}", page.warnings);
    let application =
        format!("<script id=__NEXT_DATA__>{{\"a\":{{\"skills\":[\"SQL\"]}},\"b\":[{data}0]}}</script>");
    let page = self::page(&application);
    assert_eq!(texts(&page), ["SQL"]);
    assert!(page.warnings[0].contains("too much application data"), "{:?}", page.warnings);
}

#[test]
fn data_within_the_html_of_data_is_not_followed() {
    let inner = r#"<script type=application\/ld+json>{\"@type\":\"JobPosting\",\"skills\":\"Inner\"}<\/script><p>Moves data.<\/p>"#;
    let page = page(&format!(
        "<script type=application/ld+json>{{\"@type\":\"JobPosting\",\"description\":\"{inner}\"}}</script>"
    ));
    assert_eq!(texts(&page), ["Moves data."]);
}

#[test]
fn facts_that_only_data_states_join_the_section_of_their_kind() {
    let microdata = page(
        "<div itemscope itemtype='https://schema.org/JobPosting'><h1 itemprop=title>Electrician</h1><div itemprop=hiringOrganization itemscope itemtype=\
         'https://schema.org/Organization'><meta itemprop=name content='Acme Power'></div><div itemprop=baseSalary itemscope><meta itemprop=currency \
         content=GBP><div itemprop=value itemscope><meta itemprop=minValue content=33000><meta itemprop=maxValue content=41000><meta itemprop=unitText \
         content=YEAR></div></div><h2>Salary</h2><p>As agreed.</p><h2>Duties</h2><ul><li>Install wiring</ul></div>",
    );
    assert_eq!(
        texts(&microdata),
        [
            "As agreed.",
            "Base salary: GBP 33,000 to GBP 41,000 per year",
            "Install wiring",
            "Company | Acme Power"
        ]
    );
    assert_eq!(microdata.sections[0].kind.id, "salary");
    let data = page(
        "<script type='application/ld+json'>{\"@type\":\"JobPosting\",\"baseSalary\":{\"currency\":\"USD\",\"value\":{\"minValue\":150000,\
         \"maxValue\":190000,\"unitText\":\"YEAR\"}},\"experienceRequirements\":{\"monthsOfExperience\":\"60\"}}</script><h1>Engineer</h1>\
         <h2>Requirements</h2><p>Patience.</p><h2>Benefits</h2><p>We pay $150k to $190k.</p>",
    );
    assert_eq!(texts(&data), ["Patience.", "We pay $150k to $190k.", "At least 5 years of experience"]);
}

#[test]
fn what_data_state_of_other_roles_is_not_the_pages() {
    let posting = |title: &str, pay: u32| {
        format!(
            "{{\"@type\":\"JobPosting\",\"title\":\"{title}\",\"datePosted\":\"2025-01-0{}\",\"skills\":\"{title} skills\",\"salaryCurrency\":\"USD\",\
             \"baseSalary\":{pay}}}",
            pay / 50_000
        )
    };
    let postings =
        [posting("Chef", 50_000), posting("Data engineer", 100_000), posting("Pilot", 150_000)].join(",");
    let text = "<h1>Data Engineer</h1><h2>Requirements</h2><p>SQL.</p>";
    let own = ["SQL.", "Data engineer skills", "Base salary: USD 100,000"];
    for data in [format!("[{postings}]"), format!("{{\"@graph\":[{postings}]}}")] {
        let page = page(&format!("<script type='application/ld+json'>{data}</script>{text}"));
        assert_eq!(texts(&page), own);
        assert_eq!(page.modified.as_deref(), Some("2025-01-02"));
    }
    let list = format!("{{\"@type\":\"ItemList\",\"itemListElement\":[{postings}]}}");
    let page = page(&format!("<script type='application/ld+json'>{list}</script>{text}"));
    assert_eq!(texts(&page), ["SQL."]);
    let card = |title: &str, pay: u32| {
        format!(
            "<div itemscope itemtype='https://schema.org/JobPosting'><a href=/x itemprop=title>{title}</a><meta itemprop=salaryCurrency content=USD>\
             <meta itemprop=baseSalary content={pay}></div>"
        )
    };
    for cards in [card("Chef", 50_000), card("Chef", 50_000) + &card("Pilot", 150_000)] {
        let page = self::page(&format!("<main>{text}</main><aside>{cards}</aside>"));
        assert_eq!(texts(&page), ["SQL."]);
    }
}
