//! What of a page is not the page's own text.

use super::*;

#[test]
fn deep_nesting_and_emptiness_end_soon() {
    let deep = format!("<h1>Deep</h1><p>Before.</p>{}", "<div>".repeat(100_000));
    let read = page(&deep);
    assert!(read.warnings.iter().any(|warning| warning.starts_with("truncated")));
    assert!(parse(b"", Format::Html).is_err());
    assert!(parse(b"<html><body><nav>Home</nav></body></html>", Format::Html).is_err());
}

#[test]
fn a_page_that_grows_beyond_the_bound_as_it_is_decoded_is_cut() {
    let text = "\u{feff}<h1>Deep</h1><p>".to_owned() + &"数".repeat(1_900_000);
    let bytes: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let page = parse(&bytes, Format::Html).expect("a page");
    assert!(
        page.warnings.iter().any(|warning| warning.contains("only its first 4 MiB")),
        "{:?}",
        page.warnings
    );
    assert!(texts(&page)[0].len() < 4 << 20);
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

/// A sentence that is long enough to be read as text.
fn prose() -> String {
    "A sentence of the page itself that is long enough to be read as text. ".repeat(4).trim().to_owned()
}

#[test]
fn a_heading_of_the_sites_reaches_no_further_than_its_box() {
    let prose = prose();
    let page = page(&format!(
        "<article><h1>Data Engineer</h1><p>{prose}</p><ul><li><h3>Most read</h3><p></p></li><li>A teaser.</li></ul><div class=box><header><h3>Related articles</h3></header><p>Elsewhere on this \
         site.</p></div><p>More of the page.</p><div><h3>Most read</h3></div><p>A teaser.</p></article>"
    ));
    assert_eq!(texts(&page), [prose.as_str(), "More of the page."]);
}

#[test]
fn a_short_text_beside_the_title_is_the_page_whatever_else_is_longer() {
    let prose = prose();
    let page = page(&format!(
        "<div><div class=a><h1>Data Engineer</h1><p>{prose}</p></div><div class=b>{}</div></div>",
        format!("<p>{prose}</p>").repeat(9)
    ));
    assert_eq!(texts(&page).len(), 10);
}

#[test]
fn a_part_named_as_a_pages_text_is_its_text() {
    let page = page(
        "<h1>Data Engineer</h1><p>First.</p><div class='article-body pagination-first'><p>Second.</p></div><div class='social' \
         itemprop=articleBody><p>Third.</p></div><div class=pagination><p>Next page</p></div>",
    );
    assert_eq!(texts(&page), ["First.", "Second.", "Third."]);
}

#[test]
fn teasers_are_left_out_unless_they_are_the_page_or_its_related_roles() {
    let prose = prose();
    let card = |name: &str| {
        format!(
            "<div><a href=/{name}><h3>{name} of another site</h3></a><p>A line or two on what it is about.</p></div>"
        )
    };
    let cards = format!("<div>{}{}</div><div>{}</div>", card("One"), card("Two"), card("Three"));
    let beside = page(&format!(
        "<main><h1>Data Engineer</h1><p>{prose}</p><p>{prose}</p><p>{prose}</p><div>{cards}</div></main>"
    ));
    assert_eq!(texts(&beside).len(), 3);
    let related = page(&format!(
        "<main><h1>Data Engineer</h1><p>{prose}</p><p>{prose}</p><p>{prose}</p><h2>Related roles</h2><div>{cards}</div></main>"
    ));
    assert_eq!(related.related.len(), 3, "of all boxes in a section that career pages have");
    let hub =
        page(&format!("<main><h1>Careers in data</h1><p>All that we have.</p><div>{cards}</div></main>"));
    assert_eq!(texts(&hub).len(), 4);
    let permalinks = cards.replace("href=/", "href=#");
    let own = page(&format!(
        "<main><h1>Data Engineer</h1><p>{prose}</p><p>{prose}</p><p>{prose}</p><div>{permalinks}</div></main>"
    ));
    assert_eq!(texts(&own).len(), 6, "headings that link to themselves are the page's");
}

#[test]
fn captions_of_pictures_are_left_out_and_those_of_tables_are_read() {
    let page = page(
        "<h1>Data Engineer</h1><h2>Salary</h2><figure><img src=x><figcaption>Photo: somebody</figcaption></figure><figure><table><tr><td>Senior<td>\
         $150,000</table><figcaption>By level</figcaption></figure><p>Updated on May 3, 2024</p>",
    );
    assert_eq!(texts(&page), ["Senior | $150,000", "By level"]);
}

#[test]
fn a_boxs_name_is_read_in_the_manner_of_programs_too() {
    let page = page(
        "<h1>Data Engineer</h1><p>First.</p><div class=newsletterSignupBox><p>Write to us.</p></div>\
         <div class=sharepoint><p>Second.</p></div>",
    );
    assert_eq!(texts(&page), ["First.", "Second."], "names are compared whole");
}

#[test]
fn what_nests_or_repeats_without_end_is_read_soon() {
    let start = std::time::Instant::now();
    for body in [
        format!("<figure>{}", "<figcaption>x</figcaption>".repeat(10_000)),
        format!("<p>{}{}", "<b>".repeat(400), "<i>t</i>x ".repeat(10_000)),
        format!("{}{}", "<div class=title>".repeat(400), "<i>t</i>x ".repeat(10_000)),
        format!("{}{}", "<dl><dt>a<dd>".repeat(160), "<i>t</i> words ".repeat(10_000)),
        format!("<p>{}", "- a\n".repeat(100_000)),
        format!("<ul><li>{}", "<h3></h3>".repeat(100_000)),
        format!("<dl>{}{}", "<dt>a".repeat(35_000), "<dd>b".repeat(35_000)),
        format!("{}<p>x", "<br><a></a>".repeat(70_000)),
    ] {
        let page = page(&format!("<h1>Data Engineer</h1>{body}"));
        assert!(!page.sections.is_empty());
    }
    assert!(start.elapsed().as_secs() < 120, "{:?}", start.elapsed());
}

#[test]
fn a_page_builders_widgets_are_the_page_and_a_themes_are_not() {
    let page = page(
        "<div class=elementor><div class='elementor-widget elementor-widget-heading'><h1>Chef</h1></div><div class='elementor-widget'><p>Cooks.</p></div>\
         <div class='elementor-widget'><div class=elementor-tab-title role=button aria-controls=c1><a class=elementor-toggle-title>Salary</a></div><div id=c1 \
         class=elementor-tab-content style='display:none'><p>Good.</p></div></div></div><div class='widget widget_text'><p>Our other blogs.</p></div>",
    );
    assert_eq!(
        outline(&page),
        [("overview", None, vec!["Cooks."]), ("salary", Some("Salary"), vec!["Good."])]
    );
}

#[test]
fn what_a_sections_heading_announces_is_kept_whatever_its_name() {
    let page = page(
        "<h1>Chef</h1><p>Cooks.</p><div class=tags><p>Filed under: food</p></div><h2>Skills</h2><div class=tags><span>Tasting</span><span>Baking</span></div>",
    );
    assert_eq!(
        outline(&page),
        [("overview", None, vec!["Cooks."]), ("skills", Some("Skills"), vec!["Tasting Baking"])]
    );
}
