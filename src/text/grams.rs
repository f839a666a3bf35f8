//! Runs of four letters of words, as numbers: what is written nearly alike shares most of them, whatever the language
//! does to its words.

use super::words;

/// How many letters a run has.
const LETTERS: usize = 4;
/// How many bits a number has: some millions of runs are told apart well enough, and few bytes hold them.
const BITS: u32 = 20;
/// Every number is less than this.
pub const GRAMS: u64 = 1 << BITS;

/// The runs of the words of a text, their beginnings and ends marked, each once and in order.
pub fn grams(text: &str) -> Vec<u64> {
    let mut grams = Vec::new();
    for word in words(text) {
        let marked: Vec<char> =
            std::iter::once(' ').chain(word.folded.chars()).chain(std::iter::once(' ')).collect();
        grams.extend(marked.windows(LETTERS.min(marked.len())).map(number));
    }
    grams.sort_unstable();
    grams.dedup();
    grams
}

/// FNV-1a over the letters (<http://www.isthe.com/chongo/tech/comp/fnv/>), folded to so many bits as that page says.
fn number(run: &[char]) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for byte in run.iter().flat_map(|&letter| u32::from(letter).to_le_bytes()) {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    (hash ^ (hash >> BITS)) & (GRAMS - 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_nearly_alike_shares_most_runs() {
        let shared = |one: &str, other: &str| {
            let other = grams(other);
            let one = grams(one);
            (one.iter().filter(|gram| other.contains(gram)).count(), one.len())
        };
        assert_eq!(shared("nonwoven", "Nonwoven"), (7, 7));
        assert!(shared("patternmaker", "Pattern-making").0 >= 5);
        assert_eq!(shared("nurse", "pilot").0, 0);
        assert_eq!(grams("IT").len(), 1);
        assert!(grams("!").is_empty());
    }
}
