//! The marks that items of lists have: bullets of browsers, text browsers and word processors, and numbers.

/// How an item is marked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    Bullet,
    Number {
        number: u32,
        /// It stands at the margin, where a heading is numbered too.
        margin: bool,
    },
}

/// Bullets that need no space behind them; the last are what is left of Wingdings and Symbol.
const BULLETS: &[char] = &[
    '•', '◦', '▪', '▫', '‣', '●', '○', '■', '□', '⁃', '∙', '·', '➢', '➤', '►', '▶', '▸', '✓', '✔', '✅', '☑',
    '❖', '◆', '◇', '»', '・', '\u{f0b7}', '\u{f0a7}', '\u{f0d8}', '\u{f0fc}', '\u{f076}', '\u{fffc}',
];
/// Signs that are a bullet only before a space.
const SIGNS: &[char] = &['*', '-', '–', '—', '+', '§'];
/// Letters that a word processor's bullets become, before a tab or more than one space.
const LETTERS: &[char] = &['o', 'Ø', 'ü', 'v'];

/// The mark at the beginning of a line, and what stands behind it. A number counts as one at the margin until the lines
/// around it are known. Below another item, a letter that may be a bullet is one before a number too.
pub(super) fn mark(line: &str, below_item: bool) -> (Option<Mark>, &str) {
    let mut chars = line.chars();
    let Some(first) = chars.next() else { return (None, line) };
    let rest = chars.as_str();
    let spaced = rest.starts_with(char::is_whitespace);
    let text = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{fe0f}');
    let begins = |c: char| c.is_uppercase() || below_item && c.is_ascii_digit();
    let is_bullet = if BULLETS.contains(&first) {
        true
    } else if SIGNS.contains(&first) {
        (spaced || rest.is_empty()) && !(first == '§' && text.starts_with(|c: char| c.is_ascii_digit()))
    } else {
        let far = rest.starts_with('\t') || rest.chars().take(2).filter(|c| c.is_whitespace()).count() == 2;
        LETTERS.contains(&first) && far || first == 'o' && spaced && text.starts_with(begins)
    };
    if is_bullet {
        return (Some(Mark::Bullet), text);
    }
    match number(line) {
        Some((number, text)) => (Some(Mark::Number { number, margin: true }), text),
        None => (None, line),
    }
}

/// `1.`, `1)`, `(1)` and `a)` before a space.
fn number(line: &str) -> Option<(u32, &str)> {
    let bare = line.strip_prefix('(').unwrap_or(line);
    let digits = bare.bytes().take_while(u8::is_ascii_digit).count();
    let (number, rest) = match digits {
        1..=3 => (bare[..digits].parse().ok()?, &bare[digits..]),
        0 if bare.as_bytes().first()?.is_ascii_lowercase() && bare.as_bytes().get(1) == Some(&b')') => {
            (u32::from(bare.as_bytes()[0] - b'a') + 1, &bare[1..])
        }
        _ => return None,
    };
    let closed =
        if bare.len() < line.len() { rest.strip_prefix(')') } else { rest.strip_prefix(['.', ')']) }?;
    closed.starts_with(char::is_whitespace).then(|| (number, closed.trim_start()))
}
