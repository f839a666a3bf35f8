//! Whose pay it is: the noun of a role with what stands before it, or a level alone; and whether it is the page's role.

use super::lexer::Token;
use super::places::Place;
use super::wording::cue;
use crate::annotate::reading::roles;
use crate::text::words;
use foldhash::HashSet;
use std::ops::Range;
use std::sync::LazyLock;

/// The words of `owner.tsv`, folded.
struct Table {
    /// Levels that stand for whoever is on them.
    levels: HashSet<&'static str>,
    /// The first of two words of a level: entry-level, mid-level, staff level.
    levels_of_two: HashSet<&'static str>,
    /// Ends a phrase: it is not of the name that follows.
    stops: HashSet<&'static str>,
    /// How a sentence goes on after "engineers with GraphQL skills".
    goes_on: HashSet<&'static str>,
    /// Nouns of roles that alone name nobody: "to lead", "staff".
    alone_none: HashSet<&'static str>,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let words = |kind: &str| {
        let line =
            include_str!("owner.tsv").lines().find_map(|line| line.strip_prefix(kind)?.strip_prefix('\t'));
        line.unwrap_or_default().split(' ').collect::<HashSet<_>>()
    };
    Table {
        levels: words("level"),
        levels_of_two: words("level-of-two"),
        stops: words("stop"),
        goes_on: words("goes-on"),
        alone_none: words("alone-none"),
    }
});

/// The most words before a noun, and of a phrase that follows it.
const MOST_WORDS: usize = 5;

/// The page's role as phrases are compared with it.
#[derive(Clone, Debug, Default)]
pub(super) struct Role {
    /// Compared forms of its words.
    words: Vec<String>,
    acronym: Option<String>,
}

/// A phrase that says whose pay it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Owner {
    pub(super) tokens: Range<usize>,
    /// It is the page's own role.
    pub(super) own: bool,
}

impl Role {
    pub(super) fn new(label: Option<&str>) -> Self {
        let words: Vec<String> =
            words(label.unwrap_or_default()).map(|word| compared(&word.folded).to_owned()).collect();
        let initials: String = words.iter().filter_map(|word| word.chars().next()).collect();
        let acronym = (words.len() > 1).then_some(initials);
        Self { words, acronym }
    }

    /// Whether a whole label names this role.
    pub(super) fn is_called(&self, label: &str) -> bool {
        let words: Vec<_> = words(label).collect();
        let words: Vec<&str> = words.iter().map(|word| word.folded.as_ref()).collect();
        self.is_named_by(&words)
    }

    /// Whether the words name this role: the same words, or its noun alone ("engineers").
    fn is_named_by(&self, phrase: &[&str]) -> bool {
        let same = phrase.len() == self.words.len()
            && phrase.iter().all(|word| self.words.iter().any(|own| own == compared(word)));
        let noun = phrase.len() == 1 && self.words.last().is_some_and(|last| last == compared(phrase[0]));
        same || noun || phrase.len() == 1 && self.is_acronym(phrase[0])
    }

    fn is_acronym(&self, word: &str) -> bool {
        self.acronym
            .as_deref()
            .is_some_and(|acronym| acronym == word || word.strip_suffix('s') == Some(acronym))
    }

    fn is_noun(&self, word: &str) -> bool {
        roles::is_noun(word)
            || matches!(word, "earner" | "earners")
            || self.is_acronym(word)
            || self.words.last().is_some_and(|last| last == compared(word))
    }
}

/// A word without its plural, and one word for those who write programs.
fn compared(word: &str) -> &str {
    let singular = match word.strip_suffix("ies") {
        Some(_) => word,
        None if word.len() > 3 && !word.ends_with("ss") => word.strip_suffix('s').unwrap_or(word),
        None => word,
    };
    match singular {
        "developer" | "programmer" | "developpeur" | "developpeuse" | "entwickler" | "entwicklerin"
        | "desarrollador" | "desarrolladora" | "programador" | "ingenieur" | "ingeniero" => "engineer",
        "sr" => "senior",
        "jr" => "junior",
        other => other,
    }
}

/// The phrases within a range of tokens, in order.
pub(super) fn owners(all: &[Token<'_>], within: Range<usize>, places: &[Place], role: &Role) -> Vec<Owner> {
    let mut owners: Vec<Owner> = Vec::new();
    let mut free = within.start;
    let mut at = within.start;
    while at < within.end {
        // "London engineers" are engineers: a name begins after a place.
        let place = places.partition_point(|place| place.tokens.end <= at).checked_sub(1);
        free = place.map_or(free, |place| free.max(places[place].tokens.end));
        let found = phrase(all, free, at, within.end, role).or_else(|| level(all, at, within.end, role));
        match found {
            Some(owner) => {
                at = owner.tokens.end;
                free = at;
                match owners.last_mut().filter(|last| are_joined(all, last.tokens.end, owner.tokens.start)) {
                    Some(last) => {
                        last.own &= owner.own;
                        last.tokens.end = owner.tokens.end;
                    }
                    None => owners.push(owner),
                }
            }
            None => at += 1,
        }
    }
    owners
}

/// "seniors and leads" are one group.
fn are_joined(all: &[Token<'_>], end: usize, start: usize) -> bool {
    let joins = |token: &Token<'_>| {
        token.is_word(&["and", "or", "und", "oder", "et", "ou", "y", "o"])
            || token.is_sign('/')
            || token.is_sign('&')
    };
    start == end + 1 && joins(&all[end])
}

/// The phrase whose noun is here.
fn phrase(all: &[Token<'_>], free: usize, at: usize, end: usize, role: &Role) -> Option<Owner> {
    let noun = all[at].word().filter(|word| role.is_noun(word))?;
    // "Engineering Manager": the noun is the last of several.
    if all[..end].get(at + 1).and_then(Token::word).is_some_and(|next| role.is_noun(next) || next == "level")
    {
        return None;
    }
    let mut first = at;
    let mut count = 0;
    while first > free && count < MOST_WORDS {
        let before = &all[first - 1];
        let joined = before.is_sign('-') || before.is_sign('/') || before.is_sign('&');
        if joined && before.glued && first - 1 > free && all[first].glued {
            first -= 1;
            continue;
        }
        let is_part = before.word().is_some_and(|word| !TABLE.stops.contains(word))
            || before.number().is_some() && is_tier(all, first - 1);
        if !is_part {
            break;
        }
        first -= 1;
        count += 1;
    }
    while all[first].is_sign('-') || all[first].is_sign('/') || all[first].is_sign('&') {
        first += 1;
    }
    if first == at && TABLE.alone_none.contains(noun) {
        return None;
    }
    // "ingénieur débutant": elsewhere the level follows.
    let mut last = at + 1;
    let word = |at: usize| all[..end].get(at).and_then(Token::word);
    let is_level =
        |at: usize| word(at).is_some_and(|next| TABLE.levels.contains(next) && !role.is_noun(next));
    // "développeur backend confirmé"
    let between = word(last).is_some_and(|word| !TABLE.stops.contains(word) && cue(word).is_none());
    last += if is_level(last) { 1 } else { 2 * usize::from(between && is_level(last + 1)) };
    let words: Vec<&str> = all[first..last].iter().filter_map(Token::word).collect();
    let own = role.is_named_by(&words);
    if !own {
        last = after_with(all, last, end);
    }
    Some(Owner { tokens: first..last, own })
}

/// "tier 1 analysts", "level 3 engineers".
fn is_tier(all: &[Token<'_>], at: usize) -> bool {
    at > 0 && all[at - 1].is_word(&["tier", "level", "grade", "band"])
}

/// Where the phrase ends that begins with "with" here and is followed by what such people do.
fn after_with(all: &[Token<'_>], at: usize, end: usize) -> usize {
    if !all[..end].get(at).is_some_and(|token| token.is_word(&["with", "mit", "avec", "con"])) {
        return at;
    }
    let rest = &all[at..end];
    let goes_on = rest
        .iter()
        .take(MOST_WORDS + 4)
        .position(|token| token.word().is_some_and(|word| TABLE.goes_on.contains(word)));
    let unbroken = |len: &usize| {
        rest[..*len]
            .iter()
            .all(|token| token.word().is_some() || token.number().is_some() || token.is_sign('-'))
    };
    goes_on.filter(unbroken).map_or(at, |len| at + len)
}

/// A level here that no noun follows.
fn level(all: &[Token<'_>], at: usize, end: usize, role: &Role) -> Option<Owner> {
    let word = all[at].word()?;
    let is = |at: usize, words: &[&str]| all[..end].get(at).is_some_and(|token| token.is_word(words));
    let hyphen = usize::from(all[..end].get(at + 1).is_some_and(|token| token.is_sign('-')));
    let mut last = at + 1;
    if TABLE.levels_of_two.contains(word) && is(at + 1 + hyphen, &["level", "levels", "career"]) {
        last = at + 2 + hyphen;
    } else if !TABLE.levels.contains(word) {
        let the_middle =
            word == "middle" && at > 0 && is(at - 1, &["the"]) && !is(at + 1, &["of", "half", "third"]);
        if !the_middle {
            return None;
        }
    }
    // "Mid-level engineers" is found by its noun.
    let mut next = last;
    while next < end
        && next < last + MOST_WORDS
        && all[next].word().is_some_and(|word| !TABLE.stops.contains(word))
    {
        if role.is_noun(all[next].word().unwrap_or_default()) {
            return None;
        }
        next += 1;
    }
    let own = role.words.iter().any(|own| own == compared(word)) && last == at + 1;
    Some(Owner { tokens: at..last, own })
}

#[cfg(test)]
mod tests {
    use super::super::lexer::tokens;
    use super::*;

    fn read(text: &str, role: &str) -> Vec<String> {
        let all = tokens(text);
        let role = Role::new(Some(role));
        let show = |owner: Owner| {
            let phrase = &text[all[owner.tokens.start].start..all[owner.tokens.end - 1].end];
            if owner.own { format!("own: {phrase}") } else { phrase.to_owned() }
        };
        owners(&all, 0..all.len(), &[], &role).into_iter().map(show).collect()
    }

    #[test]
    fn whose_pay_it_is() {
        for (text, role, wanted) in [
            (
                "Senior backend engineers can earn",
                "Backend Engineering Manager",
                &["Senior backend engineers"][..],
            ),
            (
                "Backend Engineering Managers earn",
                "Backend Engineering Manager",
                &["own: Backend Engineering Managers"],
            ),
            (
                "Backend engineers with GraphQL skills can command an average salary",
                "Backend Engineering Manager",
                &["Backend engineers with GraphQL skills"],
            ),
            ("General Engineering Manager Salaries", "Backend Engineering Manager", &["Engineering Manager"]),
            (
                "a backend developer earns, a senior one",
                "Backend Engineer",
                &["own: backend developer", "senior"],
            ),
            ("entry-level: 1; Mid-level engineers", "Nurse", &["entry-level", "Mid-level engineers"]),
            ("senior TPMs", "Technical Program Manager", &["senior TPMs"]),
            ("TPMs, engineers", "Technical Program Manager", &["own: TPMs", "engineers"]),
            ("pays tier 1 analysts", "Security Analyst", &["tier 1 analysts"]),
            ("the middle half and the middle", "Nurse", &["middle"]),
            ("Junior QA Testers/Engineers", "QA Engineer", &["Junior QA Testers/Engineers"]),
            ("to lead a team", "Nurse", &[]),
        ] {
            assert_eq!(read(text, role), wanted, "{text}");
        }
    }
}
