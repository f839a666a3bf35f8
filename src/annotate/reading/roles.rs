//! What people are called who have a role, in the singular, as the words of `roles.tsv`.

use std::collections::HashSet;
use std::sync::LazyLock;

struct Table {
    /// At the end of what a role is called, in English and German: "Backend Engineer".
    nouns: HashSet<&'static str>,
    /// At its beginning or end, in French and Spanish, and what is used so elsewhere: "Director of Sales".
    romance: HashSet<&'static str>,
    /// At its beginning only, and something else in other places: "Chargée de projet".
    begins: HashSet<&'static str>,
    /// Ends of words that name a role in languages that join words: Softwareentwickler, Stationsleitung.
    endings: Vec<&'static str>,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let words = |kind: &str| {
        let line =
            include_str!("roles.tsv").lines().find_map(|line| line.strip_prefix(kind)?.strip_prefix('\t'));
        line.unwrap_or_default().split(' ')
    };
    Table {
        nouns: words("noun").collect(),
        romance: words("romance").collect(),
        begins: words("begins").collect(),
        endings: words("ending").collect(),
    }
});

/// Whether a folded word, or its plural, is what a role is called in the end.
pub(in crate::annotate) fn is_noun(word: &str) -> bool {
    let table = &*TABLE;
    let is = |word: &str| table.nouns.contains(word) || table.romance.contains(word);
    is(word) || word.strip_suffix('s').is_some_and(is) || is_compound(word)
}

/// Whether a folded word can be the first of a title whose last word names no role: "Jefe de equipo".
pub(in crate::annotate) fn begins_a_title(word: &str) -> bool {
    TABLE.romance.contains(word) || TABLE.begins.contains(word)
}

/// "Softwareentwicklerin"
fn is_compound(word: &str) -> bool {
    word.len() > 9 && TABLE.endings.iter().any(|ending| word.ends_with(ending))
}
