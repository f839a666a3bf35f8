//! Lists, as elements and as lines; what their numbers tell.

use super::*;

fn items(body: &str) -> Vec<(String, bool)> {
    let page = page(&format!("<h1>Data Engineer</h1><h2>Steps</h2>{body}"));
    let blocks = page.sections.iter().flat_map(|section| &section.blocks);
    let items = blocks.filter_map(|block| match block.kind {
        BlockKind::Item { ordered, .. } => Some((block.text.clone(), ordered)),
        _ => None,
    });
    items.collect()
}

fn ordered(texts: &[&str]) -> Vec<(String, bool)> {
    texts.iter().map(|text| ((*text).to_owned(), true)).collect()
}

#[test]
fn a_number_is_kept_where_the_order_does_not_tell_it() {
    let interrupted =
        "<ol><li>Learn<li>Practise</ol><p>Rest.</p><ol start=3><li>Build<li value=7>Ship<li>Mend</ol>";
    assert_eq!(items(interrupted), ordered(&["Learn", "Practise", "Build", "7. Ship", "Mend"]));
    assert_eq!(
        items("<ol><li>a</ol><p>Text.</p><ol><li>b</ol>"),
        ordered(&["a", "b"]),
        "a second list begins anew"
    );
    assert_eq!(items("<ol type=a start=3><li>x<li>y</ol>"), ordered(&["c. x", "y"]));
    assert_eq!(items("<ol type=I start=4><li>x</ol>"), ordered(&["IV. x"]));
    assert_eq!(items("<ol reversed><li>x<li>y</ol>"), ordered(&["2. x", "1. y"]));
    assert_eq!(items("<ol><li>a<ol start=5><li>deep</ol><li>b</ol>"), ordered(&["a", "5. deep", "b"]));
    let headed = page(
        "<h1>Data Engineer</h1><h2>Steps</h2><ol start=4><li><h3>Build</h3><p>It.</p><li><h3>Ship</h3><p>All.</p></ol>",
    );
    let subheadings: Vec<_> =
        headed.sections[0].subheadings.iter().map(|heading| heading.text.as_str()).collect();
    assert_eq!(subheadings, ["4. Build", "Ship"]);
    assert_eq!(
        items("<ol start=99999999999999><li value=x>a</ol>"),
        ordered(&["a"]),
        "what is no number is none"
    );
}

#[test]
fn lines_that_were_written_as_items() {
    let two = [("SQL".to_owned(), false), ("Python".to_owned(), false)];
    for body in [
        "<p>- SQL<br>- Python</p>",
        "<p>• SQL</p><p>• Python</p>",
        "<div>\n* SQL\n* Python\n</div>",
        "<p>You need:<br>✓ SQL<br>✓ Python</p>",
        "<p>Text before\n• SQL\n• Python</p>",
        "<ul><li><h3>SQL</h3></li><li><h3>Python</h3></li></ul>",
        "<ul><li><span role=heading aria-level=3>SQL</span></li><li> <h3>Python</h3><svg><title>x</title></svg></li></ul>",
    ] {
        assert_eq!(items(body), two, "{body}");
    }
    assert_eq!(items("<p>1. SQL</p><p>Text.</p><p>2. Python</p>"), ordered(&["SQL", "Python"]));
    for text in [
        "<p>* Terms apply.</p>",
        "<p>– Jane Doe</p>",
        "<p>24. December is free.</p>",
        "<p>one\n- two</p>",
        "<p>-5 degrees</p>",
    ] {
        assert_eq!(items(text), [], "{text}");
    }
}

#[test]
fn the_name_of_a_section_right_above_a_list_heads_it() {
    let page = page(
        "<h1>Data Engineer</h1><h2>About</h2><p>One.</p><p>Requirements:</p><ul><li>SQL</ul><p>Then:</p><ul><li>Two</ul>",
    );
    assert_eq!(paths(&page).len(), 2);
    assert_eq!(outline(&page)[1], ("requirements", Some("Requirements"), vec!["SQL", "Then:", "Two"]));
}

#[test]
fn collapsed_items_are_items() {
    let body = "<ul><li>SQL<li class=collapse hidden>Python<li hidden>Never shown</ul>";
    assert_eq!(items(body).len(), 2);
}

#[test]
fn spans_that_only_the_looks_keep_apart() {
    let page = page(
        "<h1>Chef</h1><div><span>$20k</span><span>$50k</span></div><p>to</p><div><span>C</span><span>hef</span></div><p><b>S</b><i>QL</i></p><p>\u{200d}</p><div><span>💡</span></div>",
    );
    assert_eq!(texts(&page), ["$20k $50k", "to", "Chef", "SQL"]);
}

#[test]
fn a_number_beyond_all_counting() {
    let page =
        page("<h1>Data Engineer</h1><ol start=4294967295><li>One<li>Two</ol><p>1. Three<br>2. Four</p>");
    assert_eq!(texts(&page), ["4294967295. One", "4294967295. Two", "Three", "Four"]);
}
