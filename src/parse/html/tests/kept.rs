//! What stands outside the obvious: text beside the part that holds the most, under headings and in boxes whose names
//! other sites give to what is theirs.

use super::*;

/// A sentence of the page, long enough to be read as text.
fn prose(about: &str) -> String {
    format!("{about} is told in a sentence of the page itself that is long enough to be read as text.")
}

#[track_caller]
fn says(body: &str, wanted: &[&str]) {
    let page = page(body);
    let texts = texts(&page);
    for text in wanted {
        assert!(texts.iter().any(|read| read.contains(text)), "{text:?} is not in {texts:?}: {body}");
    }
}

#[track_caller]
fn says_not(body: &str, unwanted: &[&str]) {
    let page = page(body);
    let texts = texts(&page);
    for text in unwanted {
        assert!(!texts.iter().any(|read| read.contains(text)), "{text:?} is in {texts:?}: {body}");
    }
}

#[test]
fn text_beside_the_part_that_holds_the_most() {
    let long = format!("<p>{}</p>", prose("The work").repeat(3)).repeat(6);
    says(
        &format!(
            "<div><div><h1>Chef</h1></div><div class=a>{long}</div><div class=b><p>{}</p></div></div>",
            prose("The pay").repeat(3)
        ),
        &["The work", "The pay"],
    );
    says(
        &format!(
            "<main><div class=hero><p>{}</p></div><div class=a><h1>Chef</h1>{long}</div><div class=b><h2>How we hire</h2><p>{}</p></div></main>",
            prose("The kitchen").repeat(3),
            prose("The call").repeat(3)
        ),
        &["The kitchen", "The work", "The call"],
    );
}

#[test]
fn a_header_that_holds_the_title_and_an_introduction() {
    says(
        &format!(
            "<header><a href=/>Site</a><h1>Chef</h1><p>{}</p></header><div><h2>Skills</h2><p>Baking.</p></div>",
            prose("The kitchen")
        ),
        &["The kitchen", "Baking."],
    );
    says_not(
        "<header><a href=/>Site</a><p>Jobs that fit.</p><h1>Chef</h1></header><div><p>Cooks.</p></div>",
        &["Site"],
    );
}

#[test]
fn a_main_part_that_holds_nothing_but_the_title() {
    says(
        &format!(
            "<main><h1>Chef</h1></main><div><h2>Skills</h2><p>{}</p></div><footer>Imprint</footer>",
            prose("Baking")
        ),
        &["Baking"],
    );
}

#[test]
fn boxes_whose_names_only_contain_a_word_of_the_sites() {
    for class in [
        "job-meta",
        "skill-tags",
        "social-worker-intro",
        "share-of-voice",
        "role-summary-meta",
        "popular-skills",
        "menu-planning",
        "related-skills",
        "ads-manager-intro",
        "tags-of-the-role",
    ] {
        says(
            &format!("<h1>Chef</h1><p>Cooks.</p><div class='{class}'><p>Knives and fire.</p></div>"),
            &["Knives"],
        );
    }
    for class in [
        "social",
        "social-share",
        "share-buttons",
        "site-footer",
        "entry-meta",
        "post-tags",
        "tags",
        "sidebar",
        "related-posts",
        "popular-posts",
        "main-menu",
        "newsletter-box",
        "cookie-banner",
        "menu",
        "post_meta",
        "ads",
        "article-tags",
        "social-icons",
        "job-share-buttons",
        "career-menu",
        "comments-area",
    ] {
        says_not(
            &format!("<h1>Chef</h1><p>Cooks.</p><div class='{class}'><p>Knives and fire.</p></div>"),
            &["Knives"],
        );
    }
}

#[test]
fn a_form_may_hold_the_page_but_its_fields_are_none_of_it() {
    let form = format!(
        "<h1>Chef</h1><form><h2>Skills</h2><p>{}</p><label>First name<input></label><label for=m>Mail</label><input id=m><input type=checkbox id=t>\
         <label for=t>Salary</label><div>Good pay.</div></form>",
        prose("Baking")
    );
    says(&form, &["Baking", "Good pay."]);
    says_not(&form, &["First name", "Mail"]);
}

#[test]
fn sections_under_headings_that_sites_have_too() {
    let list = "<ul><li>Write the rules for data.</li><li>Answer those who ask.</li></ul>";
    for heading in ["Privacy", "Contact us", "Search", "Cookies", "Newsletter", "Navigation"] {
        says(
            &format!(
                "<h1>Privacy Engineer</h1><h2>Responsibilities</h2><p>{}</p><h3>{heading}</h3>{list}<h2>Salary</h2><p>Good.</p>",
                prose("It")
            ),
            &["Write the rules", "Good."],
        );
    }
}

#[test]
fn panels_that_are_not_there_and_panels_that_are_hidden() {
    says(
        "<h1>Chef</h1><button aria-controls=gone>Skills</button><div><p>Baking.</p></div><h3><button aria-controls=lost>Salary</button></h3><p>Good.</p>",
        &["Baking.", "Good."],
    );
    let tabs =
        "<h1>Chef</h1><ul class=tabs><li><a href='#a'>Skills</a></li><li><a href='#b'>Salary</a></li></ul>";
    says(
        &format!("{tabs}<div id=a>Baking all day.</div><div id=b style='display:none'>Good pay.</div>"),
        &["Baking", "Good pay"],
    );
    says(
        "<h1>Chef</h1><div role=tablist><button role=tab>Skills</button><button role=tab>Salary</button></div><div role=tabpanel>Baking.</div><div role=tabpanel hidden>Good.</div>",
        &["Baking.", "Good."],
    );
    says_not(
        "<h1>Chef</h1><p>Cooks.</p><a href='#c'>Cookies</a><div id=c class=cookie-settings hidden>We use cookies.</div><div hidden>Never shown.</div>",
        &["cookies", "Never"],
    );
}
