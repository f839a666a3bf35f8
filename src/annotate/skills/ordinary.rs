//! Ordinary words: whether a name can also be one, so that it says little in a running text.

use foldhash::HashMap;
use std::sync::LazyLock;

/// How ordinary a word is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ordinary {
    /// Everybody uses it every day.
    Common,
    /// People know it, or it names people or places, or is a word of another language.
    Known,
}

/// Three groups between empty lines, see there.
const TABLE: &str = include_str!("ordinary.txt");

static WORDS: LazyLock<HashMap<&'static str, Ordinary>> = LazyLock::new(|| {
    let lines = TABLE.lines().skip_while(|line| line.starts_with('#')).skip(1);
    let mut words = HashMap::default();
    let mut ordinary = Ordinary::Common;
    for line in lines {
        if line.is_empty() {
            ordinary = Ordinary::Known;
        }
        words.extend(line.split(' ').filter(|word| !word.is_empty()).map(|word| (word, ordinary)));
    }
    words
});

/// How ordinary a folded word is; none where it is no word of everyday language.
pub(super) fn ordinary(word: &str) -> Option<Ordinary> {
    let known = |word: &str| (word.len() > 1).then(|| WORDS.get(word).copied()).flatten();
    known(word).or_else(|| forms(word).into_iter().flatten().find_map(|form| known(&form)))
}

/// What a word can be the plural, past or -ing form of.
fn forms(word: &str) -> [Option<String>; 4] {
    let plain = |suffix: &str| word.strip_suffix(suffix).map(str::to_owned);
    let stem = word.strip_suffix("ing").or_else(|| word.strip_suffix("ed"));
    let y = word.strip_suffix("ies").or_else(|| word.strip_suffix("ied")).map(|stem| format!("{stem}y"));
    let doubled = stem.and_then(|stem| {
        let mut letters = stem.chars().rev();
        let last = letters.next()?;
        (letters.next() == Some(last)).then(|| stem[..stem.len() - last.len_utf8()].to_owned())
    });
    let plural = plain("s").filter(|stem| !stem.ends_with('s'));
    match stem {
        Some(stem) => [Some(stem.to_owned()), Some(format!("{stem}e")), doubled, y],
        None => [plural, plain("es"), y, None],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_their_forms() {
        for word in
            ["it", "go", "scheme", "teams", "data", "office", "designing", "planned", "policies", "used"]
        {
            assert_eq!(ordinary(word), Some(Ordinary::Common), "{word}");
        }
        for word in ["slack", "puppet", "alice", "salle", "swift"] {
            assert_eq!(ordinary(word), Some(Ordinary::Known), "{word}");
        }
        for word in ["r", "zabbix", "kubernetes", "css", "", "s", "ing"] {
            assert_eq!(ordinary(word), None, "{word}");
        }
    }
}
