//! Lines of one's own: a name, a tab and aliases separated by `|`, `,` or `;`. Empty lines and those that begin with `#`
//! are passed over.

use super::{Names, TaxonomyError};

/// What begins no name of a skill, but another kind of file.
const OTHER_FILES: [(&str, &str); 4] =
    [("<", "a web page or XML"), ("{", "JSON"), ("[", "JSON"), ("%PDF", "a PDF")];

pub(super) fn read(text: &str, names: &mut Names) -> Result<(), TaxonomyError> {
    let start = text.trim_start();
    if let Some((_, what)) = OTHER_FILES.iter().find(|(beginning, _)| start.starts_with(beginning)) {
        let reason = format!("it is {what}: a taxonomy has a line a skill, or is a table of ESCO or O*NET");
        return Err(TaxonomyError::File(reason));
    }
    for (line, content) in (1..).zip(text.lines()) {
        if content.trim().is_empty() || content.trim_start().starts_with('#') {
            continue;
        }
        let (name, aliases) = content.split_once('\t').unwrap_or((content, ""));
        names
            .add(name, aliases.split(['|', ',', ';', '\t']), "skill")
            .map_err(|reason| TaxonomyError::Line { line, reason })?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::Taxonomy;

    #[test]
    fn a_line_is_a_name_and_its_aliases() {
        let file = "\u{feff}# ours\r\nQuuxlang\tqux, quux;q x | qux\r\n\r\nWibble Wobble\r\n";
        let taxonomy = Taxonomy::read(file.as_bytes()).expect("a taxonomy");
        assert_eq!(taxonomy.text, "Quuxlang\tqux|quux|q x|qux\tskill\nWibble Wobble\t\tskill\n");
        let fault = Taxonomy::read(b"fine\n\t--\n").expect_err("a line without a name").to_string();
        assert!(fault.starts_with("line 2: a skill has a name"), "{fault}");
        assert!(Taxonomy::read(b"<!doctype html><p>Skills</p>").is_err());
    }
}
