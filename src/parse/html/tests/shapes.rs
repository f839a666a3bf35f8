//! The shapes in which career pages come, each with what a careful person reads in it.

use super::*;

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
            ("ML Engineer", Some("b.html"), Some("Trains models.")),
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
fn what_names_no_role_is_no_related_role() {
    let page = page(
        "<h1>Data Engineer</h1><h2>Related roles</h2><ul><li><a href=a>Introduction</a></li><li><a href=b>Analyst</a></li><li><a href=c>Analyst \
         vs Engineer</a></ul><p><a href=d>Kurz</a><br><br>日本日本</p>",
    );
    assert_eq!(page.related.iter().map(|role| role.title.as_str()).collect::<Vec<_>>(), ["Analyst", "Kurz"]);
    assert_eq!(page.sections[0].blocks.len(), 3, "and nothing is lost");
}
