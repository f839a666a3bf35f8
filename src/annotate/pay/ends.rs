//! Ranges whose ends are named one by one.

use super::amounts::Amount;
use super::lexer::Token;
use super::phrases::{AND, MIDDLES};
use super::wording::period_at;

/// "Minimum $88,900, maximum $133,350" is one range; an amount in its middle is within it.
pub(super) fn join(tokens: &[Token<'_>], amounts: Vec<Amount>) -> Vec<Amount> {
    let mut joined: Vec<Amount> = Vec::with_capacity(amounts.len());
    for amount in amounts {
        let near = joined.len().saturating_sub(2);
        let low = joined[near..].iter().rposition(|before| before.high.is_none() && before.beyond.is_none());
        let low = low.map(|low| near + low);
        let ends = amount.high.filter(|_| amount.low.is_none());
        let is_end = |from: usize| {
            let before = &joined[from];
            before.currency == amount.currency
                && before.low < ends
                && joined[from + 1..]
                    .iter()
                    .all(|middle| middle.low == middle.high && before.low < middle.low && middle.high < ends)
                && parts_only(tokens, &joined[from..], amount.first)
        };
        if let Some(from) = low.filter(|&from| ends.is_some() && is_end(from)) {
            joined.truncate(from + 1);
            joined[from].high = ends;
            joined[from].end = amount.end;
        } else {
            joined.push(amount);
        }
    }
    joined
}

/// Nothing but signs, "and" and the name of a middle stands between these amounts and before the one that follows.
fn parts_only(tokens: &[Token<'_>], amounts: &[Amount], next: usize) -> bool {
    let firsts = amounts[1..].iter().map(|amount| amount.first).chain([next]);
    amounts.iter().zip(firsts).all(|(amount, next)| {
        let end = period_at(tokens, amount.end).map_or(amount.end, |(_, end)| end);
        next <= end
            || tokens[end..next].iter().all(|token| match token.word() {
                Some(_) => token.is_word(AND) || token.is_word(MIDDLES),
                None => token.number().is_none() && token.currency().is_none(),
            })
    })
}
