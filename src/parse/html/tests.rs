//! The shapes in which career pages come, each with what a careful person reads in it.

use crate::model::{BlockKind, Page};
use crate::parse::{Format, parse};

fn page(body: &str) -> Page {
    parse(format!("<!doctype html><title>Data Engineer | Site</title><body>{body}").as_bytes(), Format::Html)
        .expect("a page")
}

/// Kind, heading and texts of each section.
fn outline(page: &Page) -> Vec<(&str, Option<&str>, Vec<&str>)> {
    page.sections
        .iter()
        .map(|section| {
            let blocks = section.blocks.iter().map(|block| block.text.as_str()).collect();
            (section.kind.id.as_str(), section.heading.as_ref().map(|heading| heading.text.as_str()), blocks)
        })
        .collect()
}

#[test]
fn headings_and_what_follows_them() {
    let page = page(
        "<header><nav><a href=/>Home</a></nav></header><main><h1>Data Engineer</h1><p>Intro.</p>\
         <section id=duties><h2>Responsibilities</h2><p>They <b>build</b> pipelines.</p><ul><li>Load<ul><li>Daily</li></ul></li><li>Clean</li></ul>\
         <h3>On call</h3><p>Weekly.</p></section><h2>Salary</h2><p>Good.</p></main><footer>Imprint</footer>",
    );
    assert_eq!(page.title, "Data Engineer");
    assert_eq!(
        outline(&page),
        [
            ("overview", None, vec!["Intro."]),
            (
                "responsibilities",
                Some("Responsibilities"),
                vec!["They build pipelines.", "Load", "Daily", "Clean", "Weekly."]
            ),
            ("salary", Some("Salary"), vec!["Good."]),
        ]
    );
    let duties = &page.sections[1];
    assert_eq!(duties.heading.as_ref().and_then(|heading| heading.anchor.as_deref()), Some("duties"));
    assert_eq!(duties.path_of(Some(4)), ["Responsibilities", "On call"]);
    assert_eq!(duties.blocks[2].kind, BlockKind::Item { depth: 1, ordered: false });
    assert_eq!(page.left_out, 11, "Home and Imprint");
}

#[test]
fn cards_accordions_and_tabs() {
    let cards = page(
        "<h1>Data Engineer</h1><div class=grid><div class=card><div class=card-header><h3>Overview</h3></div><div class=card-body>\
         <p>One.</p></div></div><div class=card><div class=card-header><h3>Tools</h3></div><div class=card-body><p>Two.</p></div></div></div>",
    );
    assert_eq!(
        outline(&cards),
        [("overview", Some("Overview"), vec!["One."]), ("tools", Some("Tools"), vec!["Two."])]
    );
    let details = page(
        "<h1>Data Engineer</h1><details><summary>Requirements</summary><p>SQL.</p></details><details><summary>Benefits</summary>Leave.</details>",
    );
    assert_eq!(
        outline(&details),
        [
            ("requirements", Some("Requirements"), vec!["SQL."]),
            ("benefits", Some("Benefits"), vec!["Leave."])
        ]
    );
    let buttons = page(
        "<h1>Data Engineer</h1><button aria-expanded=false aria-controls=p1>Requirements</button><div id=p1 hidden><p>SQL.</p></div>\
         <h3><button aria-controls=p2>Salary</button></h3><div id=p2 hidden>Good.</div><button>Print</button><div hidden>never shown</div>",
    );
    assert_eq!(
        outline(&buttons),
        [("requirements", Some("Requirements"), vec!["SQL."]), ("salary", Some("Salary"), vec!["Good."])]
    );
    let tabs = page(
        "<h1>Data Engineer</h1><div role=tablist><button role=tab id=t1 aria-controls=p1>Skills</button><button role=tab id=t2 aria-controls=p2>Salary\
         </button></div><div role=tabpanel id=p1 aria-labelledby=t1><p>SQL.</p></div><div role=tabpanel id=p2 aria-labelledby=t2 hidden><p>Good.</p></div>",
    );
    assert_eq!(
        outline(&tabs),
        [("skills", Some("Skills"), vec!["SQL."]), ("salary", Some("Salary"), vec!["Good."])]
    );
    assert_eq!(tabs.sections[1].heading.as_ref().and_then(|heading| heading.anchor.as_deref()), Some("p2"));
}

#[test]
fn definition_lists_bold_paragraphs_and_lines() {
    let list = page(
        "<h1>Data Engineer</h1><dl><dt>Overview</dt><dd><p>One.</p><ul><li>Two</li></ul></dd><dt>Salary</dt><dd>Good.</dd></dl>",
    );
    assert_eq!(
        outline(&list),
        [("overview", Some("Overview"), vec!["One.", "Two"]), ("salary", Some("Salary"), vec!["Good."])]
    );
    let facts =
        page("<h1>Data Engineer</h1><dl><dt>Place</dt><dd>Berlin</dd><dt>Team</dt><dd>Seven</dd></dl>");
    assert_eq!(outline(&facts), [("overview", None, vec!["Place | Berlin", "Team | Seven"])]);
    let bold = page(
        "<h1>Data Engineer</h1><p><strong>Requirements:</strong></p><p>- SQL<br>- Python</p><p><b>Salary</b></p><p>One<br>line<br><br>Two</p>",
    );
    assert_eq!(
        outline(&bold),
        [
            ("requirements", Some("Requirements"), vec!["SQL", "Python"]),
            ("salary", Some("Salary"), vec!["One line", "Two"])
        ]
    );
}

#[test]
fn a_salary_table_keeps_rows_and_columns() {
    let page = page(
        "<h1>Data Engineer</h1><h2>Salary</h2><table><thead><tr><th>Level<th>Base</tr></thead><tr><td>Senior<td>$150,000</tr></table>",
    );
    assert_eq!(outline(&page), [("salary", Some("Salary"), vec!["Level | Base", "Senior | $150,000"])]);
    assert_eq!(
        page.sections[0].blocks[0].kind,
        BlockKind::Row { header: true, cells: vec![(0, 5), (8, 12)] }
    );
}

#[test]
fn related_roles_are_not_the_pages_own_text() {
    let page = page(
        "<h1>Data Engineer</h1><h2>Overview</h2><p>One.</p><h2>Related roles</h2><p>See also:</p><ul><li><a href=a.html>Data Scientist</a> \
         – uses MATLAB.</li><li>Analyst</li></ul><div class=card><h3><a href=b.html>ML Engineer</a></h3><p>Trains models.</p></div>",
    );
    let related: Vec<_> = page
        .related
        .iter()
        .map(|role| (role.title.as_str(), role.url.as_deref(), role.teaser.as_deref()))
        .collect();
    assert_eq!(
        related,
        [
            ("ML Engineer", None, Some("Trains models.")),
            ("Data Scientist", Some("a.html"), Some("uses MATLAB.")),
            ("Analyst", None, None)
        ]
    );
    assert_eq!(outline(&page)[1], ("related-roles", Some("Related roles"), vec!["See also:"]));
}

#[test]
fn a_subheading_of_another_kind_is_a_section() {
    let page = page(
        "<h1>Data Engineer</h1><h2>Career path</h2><p>One.</p><h3>Salary</h3><p>Two.</p><h4>In detail</h4><p>Three.</p><h3>First steps</h3><p>Four.</p>",
    );
    assert_eq!(
        outline(&page),
        [
            ("career-path", Some("Career path"), vec!["One.", "Four."]),
            ("salary", Some("Salary"), vec!["Two.", "Three."])
        ]
    );
    assert_eq!(page.sections[1].path_of(Some(1)), ["Career path", "Salary", "In detail"]);
}

#[test]
fn a_long_section_is_split_at_its_subheadings() {
    let text = "word ".repeat(400);
    let page = page(&format!(
        "<h1>Data Engineer</h1><h2>Overview</h2><p>{text}</p><h3>One</h3><p>{text}</p><h3>Two</h3><h4>Deep</h4><p>{text}</p>"
    ));
    let found: Vec<_> =
        page.sections.iter().map(|section| (section.kind.id.as_str(), section.path_of(Some(0)))).collect();
    assert_eq!(
        found,
        [
            ("overview", vec!["Overview"]),
            ("overview", vec!["Overview", "One"]),
            ("overview", vec!["Overview", "Two", "Deep"])
        ]
    );
}

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
fn deep_nesting_and_emptiness_end_soon() {
    let deep = format!("<h1>Deep</h1><p>Before.</p>{}", "<div>".repeat(100_000));
    let read = page(&deep);
    assert!(read.warnings.iter().any(|warning| warning.starts_with("truncated")));
    assert!(parse(b"", Format::Html).is_err());
    assert!(parse(b"<html><body><nav>Home</nav></body></html>", Format::Html).is_err());
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
fn what_a_page_asks_to_leave_out() {
    let html = "<meta name=robots content='noindex, follow'><h1>Data Engineer</h1><p>Seen.</p><p data-nosnippet>Not to be quoted.</p>";
    let page = parse(html.as_bytes(), Format::Html).expect("a page");
    assert!(page.noindex);
    assert_eq!(outline(&page), [("overview", None, vec!["Seen."])]);
}

#[test]
fn the_part_that_holds_the_text() {
    let prose = "A sentence of the page itself that is long enough to be read as text. ".repeat(4);
    let teasers = "<div class=teaser><a href=x>Another story entirely</a></div>".repeat(6);
    let page = page(&format!(
        "<div id=top><a href=/>Home</a> <a href=/x>More</a></div><form id=all><div class=cols><div class=text><h1>Data Engineer</h1><p>{prose}</p><p>{prose}</p></div>\
         <div class=right>{teasers}</div></div></form><h3>Most read</h3><p>A teaser of something else that people read.</p>"
    ));
    let texts: Vec<&str> = outline(&page).into_iter().flat_map(|(_, _, texts)| texts).collect();
    assert_eq!(texts, [prose.trim(), prose.trim()]);
}

#[test]
fn a_box_named_related_may_hold_the_related_roles() {
    let prose = "A sentence of the page itself that is long enough to be read as text. ".repeat(4);
    let page = page(&format!(
        "<h1>Data Engineer</h1><h2>Overview</h2><p>{prose}</p><div class=related-careers><h2>Related roles</h2><ul><li><a href=a.html>Data \
         Scientist</a></li></ul></div><h2>Most read</h2><table><tr><td>A table of the site<td>not of the page</table>"
    ));
    assert_eq!(page.related.iter().map(|role| role.title.as_str()).collect::<Vec<_>>(), ["Data Scientist"]);
    let texts: Vec<&str> = outline(&page).into_iter().flat_map(|(_, _, texts)| texts).collect();
    assert_eq!(texts, [prose.trim()], "what stands under a heading of the site's is left out, tables too");
}
