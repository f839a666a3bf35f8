//! Years in a text.

/// The years that a text names, four digits between 1990 and 2099 that stand alone, and where each begins.
pub(super) fn years(text: &str) -> impl Iterator<Item = (usize, u16)> {
    let bytes = text.as_bytes();
    let is_part =
        |byte: Option<&u8>| byte.is_some_and(|byte| byte.is_ascii_alphanumeric() || !byte.is_ascii());
    let alone = move |at: usize| {
        let digits = bytes.get(at..at + 4)?;
        let stands = digits.iter().all(u8::is_ascii_digit)
            && !is_part(
                at.checked_sub(1).and_then(|before| bytes.get(before)).filter(|byte| byte.is_ascii()),
            )
            && !is_part(bytes.get(at + 4).filter(|byte| byte.is_ascii()));
        let after = bytes.get(at + 4..at + 6).unwrap_or_default();
        // 2,020.50 and $2020 are amounts.
        let amount = after.first().is_some_and(|byte| matches!(byte, b'.' | b','))
            && after.get(1).is_some_and(u8::is_ascii_digit)
            || at
                .checked_sub(1)
                .is_some_and(|before| matches!(bytes[before], b'$' | b',' | b'.' | b'#' | b'+'));
        let year = std::str::from_utf8(digits).ok()?.parse().ok()?;
        (stands && !amount && (1990..2100).contains(&year)).then_some((at, year))
    };
    (0..bytes.len()).filter_map(alone)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_and_what_is_none() {
        let found: Vec<u16> = years("2020–2030, by 2022. $2000, 2020.5, 12020, 20201, ISO2015, 1850 (2024)")
            .map(|(_, year)| year)
            .collect();
        assert_eq!(found, [2020, 2030, 2022, 2024]);
    }
}
