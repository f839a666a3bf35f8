//! Numbers as people group them: 1,234.56, 1.234,56, 1 234,56, 1'234.50, 1,23,456.

/// A number at the beginning of a text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Number {
    pub(super) value: f64,
    /// How long it is, in bytes.
    pub(super) len: usize,
    /// Four digits in a row and no sign: a year looks like that, and so does an amount.
    pub(super) like_a_year: bool,
}

/// The number that a text begins with.
pub(super) fn number(text: &str) -> Option<Number> {
    let first = digits(text);
    if first == 0 {
        return None;
    }
    let mut written = text[..first].to_owned();
    let mut end = first;
    let mut grouped_by = None;
    while let Some(sign) = text[end..].chars().next().filter(|c| is_separator(*c)) {
        let after = end + sign.len_utf8();
        let run = digits(&text[after..]);
        let next = after + run;
        let same = grouped_by.is_none_or(|by| by == sign);
        let begins_a_group = first <= 3 && same && !written.starts_with('0');
        if begins_a_group && (run == 3 || run == 2 && sign == ',' && indian_group_follows(&text[next..])) {
            written.push_str(&text[after..next]);
            grouped_by = Some(sign);
            end = next;
            continue;
        }
        let fraction = matches!(sign, '.' | ',') && grouped_by != Some(sign);
        let goes_on = text[next..].starts_with(['.', ',']) && digits(&text[next + 1..]) > 0;
        if fraction && !goes_on && (1..=2).contains(&run) || written == "0" && sign == '.' && run > 0 {
            written.push('.');
            written.push_str(&text[after..next]);
            end = next;
        }
        break;
    }
    Some(Number {
        value: written.parse().unwrap_or(f64::INFINITY),
        len: end,
        like_a_year: end == 4 && first == 4 && (text.starts_with("19") || text.starts_with("20")),
    })
}

fn is_separator(c: char) -> bool {
    matches!(c, ',' | '.' | '\'' | '’' | ' ')
}

/// How many digits a text begins with.
fn digits(text: &str) -> usize {
    text.bytes().take_while(u8::is_ascii_digit).count()
}

/// Lakhs and crores are grouped by two, and only the last group has three: 12,34,567.
fn indian_group_follows(rest: &str) -> bool {
    rest.strip_prefix(',').is_some_and(|rest| matches!(digits(rest), 2 | 3))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_all_groupings() {
        for (text, value, len) in [
            ("120,000", 120_000.0, 7),
            ("1,234.56 a", 1_234.56, 8),
            ("1.234,56", 1_234.56, 8),
            ("1 234,56 €", 1_234.56, 8),
            ("55 000 €", 55_000.0, 6),
            ("110'000", 110_000.0, 7),
            ("1,23,456", 123_456.0, 8),
            ("12,34,567.50", 1_234_567.5, 12),
            ("25,50", 25.5, 5),
            ("1.5m", 1.5, 3),
            ("0.125", 0.125, 5),
            ("55.000", 55_000.0, 6),
            ("6,000,000", 6_000_000.0, 9),
            ("2020 100", 2_020.0, 4),
            ("2500,50", 2_500.5, 7),
            ("24.12.2024", 24.0, 2),
            ("60,000, 70", 60_000.0, 6),
            ("3 12", 3.0, 1),
        ] {
            let number = number(text).expect(text);
            assert_eq!((number.value, number.len), (value, len), "{text}");
        }
        assert_eq!(number("a"), None);
        assert!(number("2024").is_some_and(|number| number.like_a_year));
        assert!(number(&"9".repeat(1000)).is_some_and(|number| number.value > 1e300));
    }
}
