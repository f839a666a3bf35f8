//! O*NET's `Technology Skills.txt` (<https://www.onetcenter.org/database.html>): a row is an occupation and a product it
//! uses, with the kind of software that the product is. Columns are separated by tabs and never quoted.

use super::{Columns, Names, TaxonomyError, fault, fault_of, names_column};

/// The first column of O*NET's files.
const OCCUPATION: &str = "O*NET-SOC Code";

/// Kinds of software that are no tools, by words of their titles.
const KINDS: [(&str, &str); 4] = [
    ("operating system", "platform"),
    ("cloud-based management", "platform"),
    ("cloud-based data", "platform"),
    ("platform interconnectivity", "platform"),
];

pub(super) fn has_header(header: &str) -> bool {
    names_column(header, OCCUPATION) || names_column(header, "Commodity Title")
}

pub(super) fn read(text: &str, names: &mut Names) -> Result<(), TaxonomyError> {
    let mut reader =
        csv::ReaderBuilder::new().delimiter(b'\t').quoting(false).flexible(true).from_reader(text.as_bytes());
    let columns = Columns::of(&mut reader)?;
    let advice = "skills are in the O*NET file \"Technology Skills.txt\", separated by tabs";
    let example = columns.need("Example", advice)?;
    let title = columns.find("Commodity Title");
    let mut row = csv::StringRecord::new();
    while reader.read_record(&mut row).map_err(|error| fault_of(&error))? {
        let Some(name) = row.get(example) else {
            let reason =
                format!("it has {} of {} columns: is the file complete?", row.len(), columns.0.len());
            return Err(fault(text, &row, reason));
        };
        let title = title.and_then(|title| row.get(title)).unwrap_or_default().to_ascii_lowercase();
        let kind = KINDS.iter().find(|(words, _)| title.contains(words)).map_or("tool", |&(_, kind)| kind);
        names.add(name, std::iter::empty(), kind).map_err(|reason| fault(text, &row, reason))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::Taxonomy;

    const HEADER: &str =
        "O*NET-SOC Code\tExample\tCommodity Code\tCommodity Title\tHot Technology\tIn Demand\r\n";

    #[test]
    fn a_row_is_a_product_with_its_kind_and_each_is_one_skill() {
        let file = format!(
            "{HEADER}11-1011.00\tQuux \"Pro\" suite\t43232202\tDocument management software\tY\tN\r\n\
             11-1021.00\tQuux \"Pro\" suite\t43232202\tDocument management software\tY\tN\r\n\
             15-1211.00\tQuuxOS\t43233004\tOperating system software\tN\tN\r\n"
        );
        let taxonomy = Taxonomy::read(file.as_bytes()).expect("a taxonomy");
        assert_eq!(taxonomy.text, "Quux \"Pro\" suite\t\ttool\nQuuxOS\t\tplatform\n");
    }

    #[test]
    fn other_files_of_onet_and_cut_ones_are_refused() {
        let refused = |file: &str| Taxonomy::read(file.as_bytes()).expect_err("no skills").to_string();
        let occupations = "O*NET-SOC Code\tTitle\tDescription\n11-1011.00\tChief\tPlans.\n";
        assert!(refused(occupations).contains("Technology Skills.txt"));
        assert!(refused(HEADER).contains("no skill"));
        assert!(
            refused(&format!("{HEADER}11-1011.00\tQuux\tx\tx\tY\tN\n11-10"))
                .starts_with("line 3: it has 1 of 6")
        );
    }
}
