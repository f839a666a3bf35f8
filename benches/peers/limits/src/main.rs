//! What the parts give by themselves, as somebody would use them who takes the engine as it comes.
//!
//! `limits ingest TSV INDEX`, `limits ask INDEX QUERIES PASSES MATCH FACETS`, `limits serve INDEX MATCH FACETS` and
//! `limits bare`; the last two say where they listen. MATCH is `any` (what tantivy's own parser does) or `all` words.

mod ask;
mod ingest;
mod plain;
mod serve;

use anyhow::{Result, bail};
use plain::{Matching, Plain};
use std::path::Path;

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments[..] {
        ["ingest", sections, index] => ingest::ingest(Path::new(sections), Path::new(index)),
        ["ask", index, queries, passes, matching, facets] => {
            let plain = Plain::open(Path::new(index), Matching::named(matching)?, facets.parse()?)?;
            ask::ask(&plain, Path::new(queries), passes.parse()?)
        }
        ["serve", index, matching, facets] => {
            serve::serve(Plain::open(Path::new(index), Matching::named(matching)?, facets.parse()?)?)
        }
        ["bare"] => serve::bare(),
        _ => bail!(
            "limits ingest TSV INDEX | ask INDEX QUERIES PASSES MATCH FACETS | serve INDEX MATCH FACETS | bare"
        ),
    }
}
