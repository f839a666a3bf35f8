//! What heads what, also where no heading element says so.

use super::*;

/// The sections that each of these bodies has, below the title.
fn sections(body: &str) -> Vec<(String, Vec<String>)> {
    let page = page(&format!("<main><h1>Data Engineer</h1>{body}</main>"));
    outline(&page)
        .into_iter()
        .map(|(kind, _, texts)| (kind.to_owned(), texts.into_iter().map(str::to_owned).collect()))
        .collect()
}

fn section(kind: &str, texts: &[&str]) -> (String, Vec<String>) {
    (kind.to_owned(), texts.iter().map(|text| (*text).to_owned()).collect())
}

#[test]
fn headings_by_role_label_class_and_slot() {
    let wanted = [section("requirements", &["SQL."]), section("benefits", &["Leave."])];
    for body in [
        "<div role=heading aria-level=2>Requirements</div><p>SQL.</p><div role=heading>Benefits</div><p>Leave.</p>",
        "<section aria-labelledby='r x'><span id=r>Requirements</span><p>SQL.</p></section><section aria-labelledby=b><div \
         id=b>Benefits</div><p>Leave.</p></section>",
        "<section aria-label=Requirements><p>SQL.</p></section><section aria-label=Benefits><p>Leave.</p></section>",
        "<div class=card><div class=Card_title__x1>Requirements</div><div>SQL.</div></div><div class=card><span \
         class=sectionTitle>Benefits</span><p>Leave.</p></div>",
        "<div><header><span>01</span><h2>Requirements</h2><button>Share</button></header><p>SQL.</p></div><div><header><span>02</span>\
         <h2>Benefits</h2></header><p>Leave.</p></div>",
        "<x-accordion><x-item><span slot=title>Requirements</span><p>SQL.</p></x-item><x-item><span slot=title>Benefits</span>\
         <p>Leave.</p></x-item></x-accordion>",
        "<my-card><template shadowrootmode=open><h2>Requirements</h2><p>SQL.</p></template></my-card><template><p>Never \
         shown.</p></template><h2>Benefits</h2><p>Leave.</p>",
        "<p>Requirements</p><p>SQL.</p><p>Benefits</p><p>Leave.</p>",
        "<p><b>Requirements</b><br>SQL.<br><br><b>Benefits:</b><br>Leave.</p>",
        "<div><strong>Requirements</strong></div><div>SQL.</div><p><em><b>Benefits</b></em></p><p>Leave.</p>",
        "<p><span style='font-weight: 700'>Requirements</span></p><p>SQL.</p><p><u><b>Benefits</b></u></p><p>Leave.</p>",
    ] {
        assert_eq!(sections(body), wanted, "{body}");
    }
}

#[test]
fn what_only_looks_like_a_heading_is_text() {
    let page = page(
        "<main><h1>Data Engineer</h1><h2>Overview</h2><section aria-label='Main part'><p>One.</p></section><p><b>Read this first.</b></p>\
         <p><strong>Place:</strong> Berlin<br><strong>Team:</strong> Seven</p><p>Skills matter to <b>Benefits</b> too.</p>\
         <div class=title><a href=/x>Elsewhere</a></div></main>",
    );
    assert_eq!(
        outline(&page),
        [(
            "overview",
            Some("Overview"),
            vec![
                "One.",
                "Read this first.",
                "Place: Berlin",
                "Team: Seven",
                "Skills matter to Benefits too.",
                "Elsewhere"
            ]
        )]
    );
}

#[test]
fn panels_that_scripts_open() {
    let wanted = [section("skills", &["SQL."]), section("salary", &["Good."])];
    for body in [
        "<ul class='nav nav-tabs'><li><a href='#a' data-toggle=tab>Skills</a></li><li><a href='#b' data-toggle=tab>Salary</a></li></ul><div \
         class=tab-pane id=a><p>SQL.</p></div><div class=tab-pane id=b style='display: none'><p>Good.</p></div>",
        "<h2><button data-bs-toggle=collapse data-bs-target='#a'>Skills</button></h2><div id=a class=collapse aria-hidden=true><p>SQL.</p></div>\
         <a data-toggle=collapse href='#b'>Salary</a><div id=b hidden>Good.</div>",
        "<div role=tablist><button role=tab>Skills</button><button role=tab>Salary</button></div><div role=tabpanel><p>SQL.</p></div><div \
         role=tabpanel hidden><p>Good.</p></div>",
        "<div class=w-tab-menu role=tablist><a data-w-tab=1>Skills</a><a data-w-tab=2>Salary</a></div><div class=w-tab-content><div \
         data-w-tab=1 class=w-tab-pane><p>SQL.</p></div><div data-w-tab=2 class=w-tab-pane><p>Good.</p></div></div>",
        "<button class=accordion>Skills</button><div class=body style='display:none'><p>SQL.</p></div><button class=accordion>Salary</button>\
         <div class=body style='display:none'><p>Good.</p></div>",
    ] {
        let found: Vec<_> = sections(body);
        assert_eq!(found, wanted, "{body}");
    }
    let hidden = page(
        "<h1>Data Engineer</h1><p>Seen.</p><div class=cookie-tabs style='display:none'><p>We use cookies.</p></div><button>Print</button><div \
         hidden>Never shown.</div><div role=dialog class=panel><p>Accept all.</p></div>",
    );
    assert_eq!(texts(&hidden), ["Seen."], "a dialog is no panel, nor is all that is hidden");
}

#[test]
fn boxes_that_are_named_what_opens_the_next() {
    let page = page(
        "<h1>Data Engineer</h1><h2>Overview</h2><p>One.</p><div class=w-dropdown><div class=w-dropdown-toggle><div>Skills</div></div><div \
         class=w-dropdown-list><p>SQL.</p></div></div><div><span class=faq-trigger>On call</span><div hidden class=x><p>Weekly.</p></div></div>\
         <div class=toggle-switch>Dark</div><div class=row>Two.</div>",
    );
    assert_eq!(texts(&page), ["One.", "Weekly.", "Dark", "Two.", "SQL."]);
    assert_eq!(page.sections[0].path_of(Some(1)), ["Overview", "On call"]);
    assert_eq!(paths(&page)[1], ("Skills", vec!["Overview"]));
}

#[test]
fn accordions_within_accordions() {
    let page = page(
        "<h1>Data Engineer</h1><details><summary>Career path</summary><details><summary>Junior</summary><p>One.</p></details><details>\
         <summary>Senior</summary><p>Two.</p></details></details><details><summary>Working hours</summary><p>Three.</p></details>",
    );
    assert_eq!(page.sections[0].path_of(Some(1)), ["Career path", "Senior"]);
    assert_eq!(paths(&page), [("Career path", vec![]), ("Working hours", vec![])]);
}

#[test]
fn a_heading_with_nothing_but_deeper_ones_is_their_parent() {
    let page = page(
        "<h1>Data Engineer</h1><h2>Skills</h2><h3>Technical</h3><p>SQL.</p><h2>Ladder</h2><h3>Typical week</h3><p>One.</p><h2>Overview</h2>\
         <p>Two.</p><h3>In practice</h3><h4>Salary</h4><p>Three.</p><h4>Benefits</h4><p>Four.</p><h2>Typical engagements</h2><p>Five.</p>",
    );
    assert_eq!(page.sections[0].path_of(Some(0)), ["Skills", "Technical"]);
    assert_eq!(
        paths(&page)[1..],
        [
            ("Typical week", vec!["Ladder"]),
            ("Overview", vec![]),
            ("Salary", vec!["Overview", "In practice"]),
            ("Benefits", vec!["Overview", "In practice"]),
            ("Typical engagements", vec![]),
        ]
    );
    assert!(page.sections.iter().all(|section| !section.blocks.is_empty() && section.subheadings.len() < 2));
    assert_eq!(page.sections[5].kind.id, "typical-engagements");
}

#[test]
fn of_several_first_level_headings_one_is_the_title() {
    let navigation = page(
        "<h1><a href=/>Site</a></h1><h1><a href=/careers>Careers</a></h1><h1>Data Engineer</h1><p>One.</p><h1>Salary</h1><p>Two.</p>",
    );
    assert_eq!(navigation.title, "Data Engineer");
    assert_eq!(
        outline(&navigation),
        [("overview", None, vec!["One."]), ("salary", Some("Salary"), vec!["Two."])]
    );
    let unnamed = page("<h1><a href=/>Home of jobs</a></h1><h1>Platform Engineer</h1><p>One.</p>");
    assert_eq!(unnamed.title, "Platform Engineer");
    let outside = page("<h1>Site</h1><main><h1>Platform Engineer</h1><p>One.</p></main>");
    assert_eq!(outside.title, "Platform Engineer");
    let only = page("<h1><a href=/x>Platform Engineer</a></h1><p>One.</p>");
    assert_eq!(only.title, "Platform Engineer");
}

#[test]
fn without_a_first_level_heading_the_second_that_the_title_repeats_is_the_title() {
    let html = "<title>Bluebird - Nurse Manager</title><h2>Bluebird</h2><div><h2>Nurse Manager</h2><div>Toronto</div></div><h3>Duties</h3><p>Plan shifts.</p>";
    let page = parse(html.as_bytes(), Format::Html).expect("a page");
    assert_eq!(page.title, "Nurse Manager");
    assert!(texts(&page).contains(&"Toronto") && texts(&page).contains(&"Plan shifts."));
}

#[test]
fn questions_are_no_sections_of_their_own() {
    let page = page(
        "<h1>Data Engineer</h1><h2>FAQ</h2><div itemscope itemprop=mainEntity itemtype='https://schema.org/Question'><div itemprop=name>Is it \
         hard?</div><div itemprop=acceptedAnswer itemscope><div itemprop=text>No.</div></div></div><h3>What are the requirements?</h3><p>SQL.</p>",
    );
    assert_eq!(outline(&page), [("faq", Some("FAQ"), vec!["No.", "SQL."])]);
    assert_eq!(page.sections[0].path_of(Some(0)), ["FAQ", "Is it hard?"]);
    assert_eq!(page.sections[0].path_of(Some(1)), ["FAQ", "What are the requirements?"]);
}

#[test]
fn a_panels_headings_stand_below_the_panels_own() {
    let page = page(
        "<h1>Data Engineer</h1><div role=tablist><button role=tab id=t aria-controls=p>Career &amp; market</button></div><div role=tabpanel id=p \
         aria-labelledby=t><h2>Career path</h2><p>One.</p><h2>Demand</h2><p>Two.</p></div><h2>Salary</h2><p>Three.</p><details><summary>More</summary>\
         <h2>Benefits</h2><p>Four.</p></details>",
    );
    assert_eq!(
        paths(&page),
        [
            ("Career path", vec!["Career & market"]),
            ("Demand", vec!["Career & market"]),
            ("Salary", vec![]),
            ("Benefits", vec!["Salary", "More"]),
        ]
    );
}

#[test]
fn text_before_any_heading_heads_nothing() {
    let page = page(
        "<h1>Data Engineer</h1><p>One.</p><h2>Level 1</h2><p>Two.</p><h2>Level 2</h2><p>Three.</p><h1>Salary</h1><p>Four.</p>",
    );
    let kinds: Vec<&str> = page.sections.iter().map(|section| section.kind.id.as_str()).collect();
    assert_eq!(
        kinds,
        ["overview", "level-1", "level-2", "salary"],
        "whatever the highest level of the page is"
    );
}

#[test]
fn the_level_in_the_name_of_a_title_where_no_element_has_one() {
    let title = |level: u8, text: &str| format!("<div class=title-{level}>{text}</div><p>Text.</p>");
    let titles = title(2, "Career path") + &title(3, "Junior") + &title(4, "Pay") + &title(2, "Salary");
    let page = page(&format!("<h1>Data Engineer</h1>{titles}"));
    assert_eq!(
        paths(&page),
        [("Career path", vec![]), ("Pay", vec!["Career path", "Junior"]), ("Salary", vec![])]
    );
}
