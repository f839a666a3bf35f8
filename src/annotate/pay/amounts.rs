//! Amounts of money and ranges of them, among the tokens of a sentence.

use super::currencies::{self, Currency, Shared};
use super::lexer::Token;
use super::phrases::{ABOUT, AND, AND_UP, BETWEEN, FILLERS, FROM, NATIONS, TIMES, TIMES_GLUED, TO, UP_TO};
use super::wording::period_at;

/// An amount or a range, whatever it is of.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Amount {
    pub(super) low: Option<f64>,
    /// None where it is open above.
    pub(super) high: Option<f64>,
    /// The last amount that is named of a range that is open above.
    pub(super) beyond: Option<f64>,
    pub(super) currency: Currency,
    pub(super) approximate: bool,
    /// In lakhs "per annum", as salaries in India are written.
    pub(super) per_annum: bool,
    /// Tokens: the first of it, with "about" and "up to", and the one after it.
    pub(super) first: usize,
    pub(super) end: usize,
}

/// What a text takes from the heading of its column: "Salary (thousands of EUR)".
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Unit {
    pub(super) currency: Option<Currency>,
    pub(super) thousands: bool,
}

/// A number with its currency and multiplier.
#[derive(Clone, Debug)]
struct Term {
    value: f64,
    times: f64,
    /// Before the number and after it.
    left: Option<Currency>,
    right: Option<Currency>,
    /// "+", "and up".
    open: bool,
    per_annum: bool,
    like_a_year: bool,
    first: usize,
    end: usize,
}

/// The most that the upper end of a range is times the lower one; what lies further apart is two amounts.
const WIDEST: f64 = 20.0;

/// The amounts among the tokens, in order.
pub(super) fn amounts(tokens: &[Token<'_>], unit: Unit) -> Vec<Amount> {
    let mut amounts = Vec::new();
    let mut at = 0;
    let mut free = 0;
    while at < tokens.len() {
        let Some(first) = term(tokens, at, unit) else {
            at += 1;
            continue;
        };
        // "$15/hour to $20/hour" says the period twice.
        let period_end = period_at(tokens, first.end).map(|(_, end)| end);
        let second = after_to(tokens, first.end)
            .or_else(|| after_to(tokens, period_end?))
            .or_else(|| after_to(tokens, after_brackets(tokens, first.end)?))
            .and_then(|(next, and)| Some((term(tokens, next, unit)?, and)));
        let second = second
            .filter(|(_, and)| !first.open && (!and || follows_between(tokens, first.first)))
            .map(|(second, _)| second);
        let amount =
            second.and_then(|second| range(&first, &second, unit)).or_else(|| single(tokens, &first, unit));
        let Some(mut amount) = amount else {
            at = first.end;
            continue;
        };
        before(tokens, &mut amount, free);
        let opens = amount.first.checked_sub(1).filter(|&at| at >= free && amount.low.is_some());
        if amount.low != amount.high
            && let Some(at) =
                opens.filter(|&at| tokens[at].is_word(BETWEEN) || tokens[at].is_word(&["from", "von", "de"]))
        {
            amount.first = at;
        }
        at = amount.end;
        free = at;
        amounts.push(amount);
    }
    super::ends::join(tokens, amounts)
}

/// The term whose number is at `at`.
fn term(tokens: &[Token<'_>], at: usize, unit: Unit) -> Option<Term> {
    let start = at;
    // A currency before the number.
    let mut at = at;
    let mut left = None;
    if let Some(currency) = tokens.get(at).and_then(Token::currency) {
        at += 1;
        left = Some(currency);
        // "USD $120,000", "EUR €50".
        if let Some(twice) = tokens.get(at).and_then(Token::currency) {
            left = Some(if currency.shared.is_some() { twice } else { currency });
            at += 1;
        }
    }
    let number = tokens.get(at)?.number()?;
    let mut end = at + 1;
    let mut term = Term {
        value: number.value,
        times: if unit.thousands { 1e3 } else { 1.0 },
        left,
        right: None,
        open: false,
        per_annum: false,
        like_a_year: number.like_a_year,
        first: start,
        end,
    };
    let word = |at: usize| tokens.get(at).and_then(Token::word);
    if let Some((times, len)) = multiplier(tokens, end) {
        term.times = times;
        term.per_annum = word(end) == Some("lpa");
        term.like_a_year = false;
        end += len;
        // "₹12 lakhs per annum" is found as any period; "LPA" says it itself, "L PA" too.
        if word(end) == Some("de") && tokens.get(end + 1).is_some_and(|token| token.currency().is_some()) {
            end += 1; // "1,2 millones de euros"
        }
    }
    let mut plus = open_sign(tokens, end);
    end += usize::from(plus);
    if sign(tokens, end, '%') || word(end).is_some_and(|word| matches!(word, "percent" | "prozent")) {
        return None;
    }
    if term.left.is_none()
        && let Some((currency, len)) = currency_after(tokens, end)
    {
        term.right = Some(currency);
        end += len;
    }
    if let Some(sign) = term.left.as_mut().or(term.right.as_mut()).filter(|sign| sign.shared.is_some())
        && let Some((currency, len)) = currency_after(tokens, end)
        && currency.shared.is_none()
        && !tokens.get(end + len).is_some_and(|next| next.number().is_some() && next.glued)
    {
        *sign = currency; // "$120,000 CAD", "75 000 $ CA"
        end += len;
    }
    if term.per_annum && term.left.is_none() && term.right.is_none() {
        term.right = currencies::coded("INR");
    }
    let after_currency = open_sign(tokens, end);
    plus |= after_currency;
    end += usize::from(after_currency);
    if sign(tokens, end, '/') && sign(tokens, end + 1, '-') {
        end += 2; // "₹50,000/-"
    }
    term.open = plus;
    term.end = end;
    Some(term)
}

/// A plus that opens the amount, not one that adds something to it: "$90k+", no "$90k + equity".
fn open_sign(tokens: &[Token<'_>], at: usize) -> bool {
    let adds = tokens
        .get(at + 1)
        .is_some_and(|next| next.word().is_some() || next.currency().is_some() || next.number().is_some());
    sign(tokens, at, '+') && (tokens[at].glued || !adds)
}

fn multiplier(tokens: &[Token<'_>], at: usize) -> Option<(f64, usize)> {
    let token = tokens.get(at)?;
    let word = token.word()?;
    let before_currency = tokens.get(at + 1).is_some_and(|next| next.currency().is_some());
    let spaced = TIMES.iter().find(|(name, _)| *name == word);
    let glued = || {
        let fits = token.glued || before_currency && matches!(word, "k" | "t");
        TIMES_GLUED.iter().find(|(name, _)| *name == word && fits)
    };
    let (_, times) = spaced.or_else(glued)?;
    Some((*times, 1))
}

/// A currency here, as "USD", "€", "US dollars" or "Swiss francs"; and how many tokens it takes.
fn currency_after(tokens: &[Token<'_>], at: usize) -> Option<(Currency, usize)> {
    let here = tokens.get(at)?;
    if let Some(currency) = here.currency() {
        if let Some(next) = tokens.get(at + 1)
            && next.number().is_some()
            && next.glued
        {
            return None; // The sign of the next amount.
        }
        let sterling = tokens.get(at + 1).and_then(Token::currency).filter(|next| next.code == currency.code);
        return Some((currency, 1 + usize::from(sterling.is_some())));
    }
    let nation = here.word()?;
    let next = tokens.get(at + 1)?;
    let is_unit =
        |token: &Token<'_>| token.currency().is_some() || token.is_word(&["francs", "franken", "franc"]);
    if matches!(nation, "francs" | "franc") {
        return next
            .is_word(&["suisses", "suisse"])
            .then(|| currencies::coded("CHF"))
            .flatten()
            .map(|chf| (chf, 2));
    }
    let (_, code) = NATIONS.iter().find(|(name, _)| *name == nation).filter(|_| is_unit(next))?;
    currencies::coded(code).map(|currency| (currency, 2))
}

fn sign(tokens: &[Token<'_>], at: usize, sign: char) -> bool {
    tokens.get(at).is_some_and(|token| token.is_sign(sign))
}

/// Where the second end of a range may begin, and whether only "between" would make it one.
fn after_to(tokens: &[Token<'_>], at: usize) -> Option<(usize, bool)> {
    let token = tokens.get(at)?;
    if token.is_word(&["up"]) && tokens.get(at + 1).is_some_and(|next| next.is_word(&["to"])) {
        return Some((at + 2, false));
    }
    let and = token.is_word(AND);
    // "6,000 ~ 9,000" is a range as well; before a number alone it says "about".
    let wave = || token.is_sign('~') && (token.glued || tokens.get(at + 1).is_some_and(|next| !next.glued));
    if !(token.is_sign('-') || token.is_word(TO) || and || wave()) {
        return None;
    }
    let fillers = tokens[at + 1..].iter().take(2).take_while(|token| token.is_word(FILLERS)).count();
    Some((at + 1 + fillers, and))
}

/// Behind a remark in brackets that has no number: "$45,000 (entry level) to $60,000".
fn after_brackets(tokens: &[Token<'_>], at: usize) -> Option<usize> {
    let remark = tokens.get(at + 1..)?.iter().take(LONGEST_REMARK).position(|token| token.is_sign(')'))?;
    let has_number = |token: &Token<'_>| token.number().is_some() || token.currency().is_some();
    let is_plain = sign(tokens, at, '(') && !tokens[at + 1..=at + remark].iter().any(has_number);
    is_plain.then_some(at + 2 + remark)
}

/// The most tokens of a remark.
const LONGEST_REMARK: usize = 6;

fn follows_between(tokens: &[Token<'_>], first: usize) -> bool {
    tokens[first.saturating_sub(2)..first].iter().any(|token| token.is_word(BETWEEN))
}

fn range(first: &Term, second: &Term, unit: Unit) -> Option<Amount> {
    let (one, two) = (first.left.or(first.right), second.left.or(second.right));
    let currency = match (one, two) {
        (Some(one), Some(two)) => {
            let (exact, other) = if one.shared.is_some() { (two, one) } else { (one, two) };
            let in_dollars = exact.code.ends_with('D') || matches!(exact.code, "MXN" | "CLP" | "COP" | "ARS");
            let same = exact.code == other.code || other.shared == Some(Shared::Dollar) && in_dollars;
            same.then_some(exact)?
        }
        // A currency before the first is of both, and so is one after the second.
        (Some(one), None) => first.left.map(|_| one)?,
        (None, Some(two)) => second.right.map(|_| two)?,
        (None, None) => unit.currency?,
    };
    let times_of_first = if first.times == 1.0 && first.value < 1_000.0 && first.value <= second.value {
        second.times
    } else {
        first.times
    };
    let (low, high) = (first.value * times_of_first, second.value * second.times);
    if low > high || low * WIDEST < high || (one.is_none() && first.like_a_year && low * 4.0 < high) {
        return None;
    }
    Some(Amount {
        low: Some(low),
        high: (!second.open).then_some(high),
        beyond: second.open.then_some(high),
        currency,
        approximate: false,
        per_annum: first.per_annum || second.per_annum,
        first: first.first,
        end: second.end,
    })
}

fn single(tokens: &[Token<'_>], term: &Term, unit: Unit) -> Option<Amount> {
    let own = term.left.or(term.right);
    if own.is_none() && term.like_a_year {
        return None;
    }
    let currency = own.or(unit.currency)?;
    let and_up = AND_UP.iter().find(|words| spelled(tokens, term.end, words)).filter(|words| {
        // "$120,000 plus bonus" goes on.
        words.len() > 1 || tokens.get(term.end + 1).is_none_or(|next| next.is_sign(',') || next.is_sign('.'))
    });
    let value = term.value * term.times;
    Some(Amount {
        low: Some(value),
        high: (!term.open && and_up.is_none()).then_some(value),
        beyond: None,
        currency,
        approximate: false,
        per_annum: term.per_annum,
        first: term.first,
        end: term.end + and_up.map_or(0, |words| words.len()),
    })
}

/// Reads the words before an amount: "about", "up to", "from". They do not reach back over the amount before.
fn before(tokens: &[Token<'_>], amount: &mut Amount, free: usize) {
    for _ in 0..2 {
        // "Min: $88,900": the name of an end may be a label.
        let colon = amount.first > free && sign(tokens, amount.first - 1, ':');
        let reach = |words: &&[&str]| {
            let len = words.len() + usize::from(colon && words[0].starts_with("m"));
            let at = amount.first.checked_sub(len).filter(|&at| at >= free)?;
            spelled(tokens, at, words).then_some(len)
        };
        let longest = |table: &'static [&'static [&'static str]]| table.iter().filter_map(reach).max();
        let single = amount.low.is_some() && amount.low == amount.high;
        if let Some(len) = longest(ABOUT) {
            amount.approximate = true;
            amount.first -= len;
        } else if let Some(len) = longest(UP_TO).filter(|_| single) {
            amount.low = None;
            amount.first -= len;
        } else if let Some(len) = longest(FROM).filter(|_| single) {
            amount.high = None;
            amount.first -= len;
        } else {
            break;
        }
    }
}

/// The tokens from here on are these words.
fn spelled(tokens: &[Token<'_>], at: usize, words: &[&str]) -> bool {
    words.iter().enumerate().all(|(offset, word)| {
        tokens.get(at + offset).is_some_and(|token| {
            token.word() == Some(word)
                || word
                    .chars()
                    .next()
                    .is_some_and(|c| token.is_sign(c) && word.len() <= 3 && !c.is_alphabetic())
        })
    })
}

#[cfg(test)]
mod tests {
    use super::super::lexer::tokens;
    use super::*;

    /// As "120000-150000 USD", "~" before what is approximate.
    fn read(text: &str) -> String {
        let show = |end: Option<f64>| end.map_or(String::new(), |end| end.to_string());
        let amounts = amounts(&tokens(text), Unit::default());
        let shown = amounts.iter().map(|amount| {
            let about = if amount.approximate { "~" } else { "" };
            let beyond = amount.beyond.map_or(String::new(), |beyond| format!("({beyond}+)"));
            let code = amount.currency.code;
            if amount.low == amount.high {
                format!("{about}{} {code}", show(amount.low))
            } else {
                format!("{about}{}-{}{beyond} {code}", show(amount.low), show(amount.high))
            }
        });
        shown.collect::<Vec<_>>().join("; ")
    }

    #[test]
    fn amounts_and_ranges_of_many_countries() {
        for (text, wanted) in [
            ("$120k–$150k", "120000-150000 USD"),
            ("120-150K USD", "120000-150000 USD"),
            ("$120-150k", "120000-150000 USD"),
            ("€55.000 – 70.000 brutto/Jahr", "55000-70000 EUR"),
            ("55 000 € par an", "55000 EUR"),
            ("£45,000 to £60,000 per annum", "45000-60000 GBP"),
            ("CHF 110'000", "110000 CHF"),
            ("CHF 110’000.– bis 120’000.–", "110000-120000 CHF"),
            ("₹12–18 LPA", "1200000-1800000 INR"),
            ("12-18 LPA", "1200000-1800000 INR"),
            ("₹3 LPA - ₹6 LPA", "300000-600000 INR"),
            ("Rs. 8 lakhs", "800000 INR"),
            ("¥6,000,000", "6000000 JPY"),
            ("600万円", "6000000 JPY"),
            ("US$ 25/hr", "25 USD"),
            ("25,50 € pro Stunde", "25.5 EUR"),
            ("between 40 and 60 thousand euros a year", "40000-60000 EUR"),
            ("up to $200,000", "-200000 USD"),
            ("from £30k", "30000- GBP"),
            ("$90,000+", "90000- USD"),
            ("$186,000 to $333,000+ per year", "186000-(333000+) USD"),
            ("around $160,836", "~160836 USD"),
            ("zwischen 50.000 und 60.000 Euro", "50000-60000 EUR"),
            ("de 2.000 a 2.500 € al mes", "2000-2500 EUR"),
            ("entre 45 et 55 k€", "45000-55000 EUR"),
            ("60-70 T€", "60000-70000 EUR"),
            ("12 000 – 15 000 zł", "12000-15000 PLN"),
            ("45 000 kr", "45000 SEK"),
            ("A$95,000, C$80k and NZ$ 70,000", "95000 AUD; 80000 CAD; 70000 NZD"),
            ("$120,000 CAD", "120000 CAD"),
            ("80,000 US dollars", "80000 USD"),
            ("90 000 francs suisses", "90000 CHF"),
            ("$1.2 million", "1200000 USD"),
            ("$60,000 and $120,000", "60000 USD; 120000 USD"),
            ("in 2024 - $120,000", "120000 USD"),
            ("22% growth, 2020 to 2030, 401k", ""),
            ("$5,000 or more", "5000- USD"),
            ("$120,000 plus bonus", "120000 USD"),
            ("$120K-$150K + equity", "120000-150000 USD"),
            ("A$130k–$150k + super", "130000-150000 AUD"),
            ("75 000 $ CAD", "75000 CAD"),
            ("¥6,000,000 ~ ¥9,000,000", "6000000-9000000 JPY"),
            ("~$50,000", "~50000 USD"),
            ("Minimum $88,900.00 Maximum $133,350.00", "88900-133350 USD"),
            ("Min: $88,900 | Mid: $111,100 | Max: $133,350", "88900-133350 USD"),
            ("from $50,000 for juniors, up to $95,000 for seniors", "50000- USD; -95000 USD"),
            ("in excess of £80,000", "80000- GBP"),
            ("from $75,000 up to $95,000", "75000-95000 USD"),
            ("from $45,000 (10th percentile) to $150,000 (90th percentile)", "45000-150000 USD"),
            ("$45,000 (1 year) to $150,000", "45000 USD; 150000 USD"),
        ] {
            assert_eq!(read(text), wanted, "{text}");
        }
    }
}
