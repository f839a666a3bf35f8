//! What stands beside what: tables, definition lists, and boxes that look like one.

use super::*;

#[test]
fn definitions_are_facts_or_sections() {
    let facts = page(
        "<h1>Data Engineer</h1><dl><div><dt>Salary</dt><dd>$120k</dd></div><dt>Place</dt><dd><p>Berlin</p></dd><dd>Paris</dd><dt>SQL<dt>Python<dd>\
         Languages</dl>",
    );
    assert_eq!(texts(&facts), ["Salary | $120k", "Place | Berlin | Paris", "SQL, Python | Languages"]);
    let long =
        "A sentence that says a good deal more than a fact would, and then goes on for another line or two. "
            .repeat(2);
    let sections =
        page(&format!("<h1>Data Engineer</h1><dl><dt>Salary<dd>{long}<dt>Benefits<dd>Leave.</dl>"));
    assert_eq!(paths(&sections), [("Salary", vec![]), ("Benefits", vec![])]);
    let nested =
        page("<h1>Data Engineer</h1><h2>Glossary</h2><dl><dt>ETL<dd>Extract<dl><dt>Inner<dd>x</dl></dl>");
    assert_eq!(texts(&nested), ["Extract", "Inner | x"], "what is within is read once");
}

#[test]
fn cells_that_span_rows_and_columns_in_bold_that_head() {
    let page = page(
        "<h1>Data Engineer</h1><table><tr><td><b>Level</b><td><b>Pay</b><tr><td rowspan=2>Senior<td>low<tr><td>high</table><table><tr><td><th>You<th>Them<tr>\
         <th scope=row>Pay<td>1<td>2</table>",
    );
    assert_eq!(texts(&page), ["Level | Pay", "Senior | low", "Senior | high", "You | Them", "Pay | 1 | 2"]);
    let headers: Vec<bool> = page.sections[0]
        .blocks
        .iter()
        .map(|block| matches!(block.kind, BlockKind::Row { header: true, .. }))
        .collect();
    assert_eq!(headers, [true, false, false, true, false]);
    let BlockKind::Row { cells, .. } = &page.sections[0].blocks[3].kind else { panic!("a row") };
    assert_eq!(cells.len(), 3, "an empty corner is a cell");
}

#[test]
fn cells_that_stand_over_columns_are_said_of_each() {
    let page = page(
        "<h1>Data Engineer</h1><table><tr><th colspan=3>Pay in 2024<tr><th rowspan=2>Level<th colspan=2>Salary<tr><th>From<th>To<tr><td>Senior<td>$150,000<td>\
         $180,000<tr><td>Intern<td colspan=2>$30,000</table>",
    );
    assert_eq!(
        texts(&page),
        [
            "Pay in 2024",
            "Level | Salary From | Salary To",
            "Senior | $150,000 | $180,000",
            "Intern | $30,000 | $30,000"
        ]
    );
    let alone = self::page("<h1>Data Engineer</h1><table><tr><th>Level<th colspan=2>Salary</table>");
    assert_eq!(texts(&alone), ["Level | Salary | Salary"]);
}

#[test]
fn cells_that_span_very_much_are_repeated_no_further_than_a_bound() {
    for cells in ["<td rowspan=1000>x".repeat(300), "<td colspan=1000>x".repeat(300)] {
        let read =
            page(&format!("<h1>Data Engineer</h1><table><tr>{cells}{}</table>", "<tr><td>y".repeat(300)));
        let cells = read.sections[0].blocks.iter().map(|block| match &block.kind {
            BlockKind::Row { cells, .. } => cells.len(),
            _ => 0,
        });
        assert!((600..=21_000).contains(&cells.sum::<usize>()));
        assert!(texts(&read).last().is_some_and(|row| row.contains('y')));
    }
}

#[test]
fn a_cell_that_spans_ever_so_many_rows_ends_soon() {
    let rows = "<tr><td>x".repeat(20_000);
    let read = page(&format!(
        "<h1>Data Engineer</h1><table><tr><td rowspan=99999999>{}{rows}</table>",
        "long ".repeat(20_000)
    ));
    assert!(read.sections[0].blocks.iter().map(|block| block.text.len()).sum::<usize>() < 1 << 20);
}

#[test]
fn boxes_of_a_term_and_what_is_said_of_it() {
    let page = page(
        "<h1>Data Engineer</h1><div class=stats><div><div>$120k</div><div>Median salary</div></div><div><div>12%</div><div>Growth</div></div></div><ul><li><span>\
         Level</span><span>L3</span></li><li><span>Team</span><span>Seven</span></li></ul><div><div>Alone</div><div>it stands</div></div>",
    );
    assert_eq!(
        texts(&page),
        ["$120k | Median salary", "12% | Growth", "Level | L3", "Team | Seven", "Alone", "it stands"]
    );
}

#[test]
fn boxes_of_a_title_and_a_text_are_no_rows() {
    let card = |title: &str, text: &str| {
        format!("<div class=card><div class=card-title>{title}</div><div class=card-text>{text}</div></div>")
    };
    let page = page(&format!(
        "<h1>Career ladder</h1><h2>Levels</h2>{}{}<h2>Figures</h2>{}{}",
        card("Junior", "Takes notes and learns."),
        card("Lead", "Leads the work of others."),
        card("Median", "$120k"),
        card("Growth", "12 percent")
    ));
    assert_eq!(
        texts(&page),
        ["Takes notes and learns.", "Leads the work of others.", "Median | $120k", "Growth | 12 percent"]
    );
    assert_eq!(page.sections[0].path_of(Some(1)), ["Levels", "Lead"]);
}

#[test]
fn a_table_of_links_that_names_its_columns_is_no_navigation() {
    let page = page(
        "<h1>Career ladders</h1><p>One.</p><h2>Grid</h2><table><tr><th>Level<th>Developer<tr><td>1<td><a href=d1>Developer one</a></table><table><tr><td>\
         <a href=/x>Elsewhere on the site</a></table>",
    );
    assert_eq!(texts(&page), ["One.", "Level | Developer", "1 | Developer one"]);
}
