//! ESCO's tables of skills (<https://esco.ec.europa.eu>, "Download", CSV): `skills_en.csv` and the collections, such as
//! `digitalSkillsCollection_en.csv`, in any language. Columns are told by name; aliases stand on lines of their own in
//! the one and are separated by ` | ` in the others.

use super::{Columns, Names, TaxonomyError, fault, fault_of, names_column};

/// What ESCO's qualifiers and broader concepts say of the kind: what they end with or contain.
const KINDS: [(&str, &str); 10] = [
    ("computer programming", "language"),
    ("query languages", "language"),
    ("style sheet languages", "language"),
    ("operating systems", "platform"),
    ("methodologies", "method"),
    ("tools", "tool"),
    ("tool", "tool"),
    ("tools for", "tool"),
    ("software", "tool"),
    ("systems)", "tool"),
];

/// Broader concepts that are a whole field of study, though they end like a kind.
const FIELDS: [&str; 2] = ["software and applications", "digital tools"];

pub(super) fn has_header(header: &str) -> bool {
    names_column(header, "preferredLabel")
}

pub(super) fn read(text: &str, names: &mut Names) -> Result<(), TaxonomyError> {
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter(text.lines().next().unwrap_or_default()))
        .flexible(true)
        .from_reader(text.as_bytes());
    let columns = Columns::of(&mut reader)?;
    let label = columns.need("preferredLabel", "skills are in ESCO's file \"skills_en.csv\"")?;
    let find = |name| columns.find(name);
    let aliases = [find("altLabels"), find("hiddenLabels")];
    let [concept, status, skill_type, reuse, broader] =
        ["conceptType", "status", "skillType", "reuseLevel", "broaderConceptPT"].map(find);
    let mut other = None;
    let mut row = csv::StringRecord::new();
    while reader.read_record(&mut row).map_err(|error| fault_of(&error))? {
        let column = |index: Option<usize>| index.and_then(|index| row.get(index)).unwrap_or_default().trim();
        let (has, of) = (row.len(), columns.0.len());
        let Some(label) = row.get(label).filter(|_| has == of) else {
            let reason =
                format!("it has {has} of {of} columns: is the file complete, and every quote closed?");
            return Err(fault(text, &row, reason));
        };
        if concept.is_some() && column(concept) != "KnowledgeSkillCompetence" {
            other = other.or(Some(column(concept).to_owned()));
            continue;
        }
        if column(status).eq_ignore_ascii_case("obsolete") {
            continue;
        }
        let kind = kind(label, column(skill_type), column(reuse), column(broader));
        let aliases = aliases.into_iter().flat_map(|index| column(index).split(['\n', '\r', '|']));
        names.add(label, aliases, kind).map_err(|reason| fault(text, &row, reason))?;
    }
    match other {
        Some(other) if names.skills.is_empty() => Err(TaxonomyError::File(format!(
            "it has concepts of the type {other:?} and no skill: skills are in ESCO's file \"skills_en.csv\""
        ))),
        _ => Ok(()),
    }
}

/// What separates the columns: a comma, unless a spreadsheet has written the file again.
fn delimiter(header: &str) -> u8 {
    let count = |delimiter: &u8| header.bytes().filter(|byte| byte == delimiter).count();
    [b'\t', b';', b','].into_iter().max_by_key(count).unwrap_or(b',')
}

/// The vocabulary's kind for ESCO's type, reuse level, qualifier in parentheses and broader concepts.
fn kind(label: &str, skill_type: &str, reuse: &str, broader: &str) -> &'static str {
    if reuse == "transversal" {
        return "soft-skill";
    }
    if skill_type != "knowledge" {
        return "skill";
    }
    let qualifier = label.split_once(" (").map(|(_, rest)| rest);
    let told = qualifier.into_iter().chain(broader.split(" | ")).find_map(|phrase| {
        let is_field = FIELDS.iter().any(|field| phrase.contains(field));
        let says = |words: &&(&str, &str)| {
            phrase.trim_end_matches(')').ends_with(words.0)
                || phrase.ends_with(words.0)
                || phrase.starts_with(words.0)
        };
        KINDS.iter().find(says).filter(|_| !is_field).map(|&(_, kind)| kind)
    });
    told.unwrap_or("field")
}

#[cfg(test)]
mod tests {
    use super::super::Taxonomy;

    /// The columns of `skills_en.csv`, in its order.
    const HEADER: &str = "conceptType,conceptUri,skillType,reuseLevel,preferredLabel,altLabels,hiddenLabels,status,\
                          modifiedDate,scopeNote,definition,inScheme,description\n";

    #[test]
    fn aliases_stand_on_lines_of_their_own_or_between_bars() {
        let file = format!(
            "\u{feff}{HEADER}KnowledgeSkillCompetence,http://example.org/1,skill/competence,cross-sector,\
             manage quuxes,\"handle quuxes\nadminister quuxes, all of them\",quux handling,released,2023,,,x,\"Say \
             \"\"quux\"\".\n\nTwice.\"\n"
        );
        let aliases = "handle quuxes|administer quuxes, all of them|quux handling";
        let taxonomy = Taxonomy::read(file.as_bytes()).expect("a taxonomy");
        assert_eq!(taxonomy.text, format!("manage quuxes\t{aliases}\tskill\n"));
        let collection = "preferredLabel;altLabels;skillType;broaderConceptPT\r\n\
                          Quux;Quux techniques | Quux code;knowledge;computer programming | computer use\r\n";
        let taxonomy = Taxonomy::read(collection.as_bytes()).expect("a taxonomy");
        assert_eq!(taxonomy.text, "Quux\tQuux techniques|Quux code\tlanguage\n");
    }

    #[test]
    fn kinds_are_told_by_qualifiers_and_broader_concepts() {
        let of = |label, broader| super::kind(label, "knowledge", "cross-sector", broader);
        assert_eq!(of("Quux (computer programming)", ""), "language");
        assert_eq!(of("Quux (learning management systems)", ""), "tool");
        assert_eq!(of("Quux (tools for software configuration management)", ""), "tool");
        assert_eq!(of("Quux", "mobile operating systems"), "platform");
        assert_eq!(of("Quux", "software and applications development and analysis"), "field");
        assert_eq!(super::kind("show quux", "skill/competence", "transversal", ""), "soft-skill");
    }

    #[test]
    fn other_tables_of_esco_and_cut_ones_are_refused() {
        let refused = |file: &str| Taxonomy::read(file.as_bytes()).expect_err("no skills").to_string();
        assert!(refused("conceptType,preferredLabel\nOccupation,plumber\n").contains("skills_en.csv"));
        assert!(refused(HEADER).contains("no skill"));
        assert!(
            refused(&format!("{HEADER}KnowledgeSkillCompetence,http")).starts_with("line 2: it has 2 of 13")
        );
        let unclosed = format!("{HEADER}KnowledgeSkillCompetence,x,y,z,\"{}", "manage quuxes,\n".repeat(60));
        assert!(refused(&unclosed).contains("quote"));
    }
}
