//! How much two pages have in common: the share of their runs of words that both have (Broder: "On the resemblance and
//! containment of documents", 1997). Which pages to compare at all is told by the least hashes of their runs, so that
//! not every page is compared with every other.

use crate::model::Page;
use crate::text::words;
use std::hash::{DefaultHasher, Hasher as _};

/// How many words a run has.
const RUN: usize = 5;
/// The most runs of a page that are kept.
const MOST_RUNS: usize = 20_000;
/// How many least hashes are kept, and how many of them together make two pages worth comparing.
const LEAST: usize = 64;
const BAND: usize = 8;

/// The runs of a page's words.
#[derive(Debug, Default)]
pub(super) struct Sketch {
    /// Hashes of its runs, each once, in order.
    runs: Vec<u32>,
    /// The least hash of each of as many kinds of runs.
    least: Vec<u32>,
}

impl Sketch {
    /// Of the text of a page, without its headings: those of pages made alike are alike.
    pub(super) fn of(page: &Page) -> Self {
        let blocks = page.sections.iter().flat_map(|section| &section.blocks);
        let mut last = [0_u64; RUN];
        let mut sketch = Self { runs: Vec::new(), least: vec![u32::MAX; LEAST] };
        let hashes = blocks.flat_map(|block| words(&block.text)).map(|word| hash(&word.folded));
        for (at, word) in hashes.take(MOST_RUNS).enumerate() {
            last[at % RUN] = word;
            if at + 1 >= RUN {
                let run: Vec<u64> = (1..=RUN).map(|back| last[(at + back) % RUN]).collect();
                let run = hash(&run);
                let (kind, value) = ((run >> 32) as usize % LEAST, run as u32);
                sketch.least[kind] = sketch.least[kind].min(value);
                sketch.runs.push(value);
            }
        }
        sketch.runs.sort_unstable();
        sketch.runs.dedup();
        sketch
    }

    /// How many different runs it has.
    pub(super) fn len(&self) -> usize {
        self.runs.len()
    }

    /// Pages that have most of their runs in common have one of these in common, almost surely.
    pub(super) fn bands(&self) -> impl Iterator<Item = u64> {
        self.least.chunks(BAND).enumerate().map(|band| hash(&band))
    }

    /// The share of the runs of both that both have.
    pub(super) fn resemblance(&self, other: &Self) -> f64 {
        let (mut a, mut b, mut common) = (self.runs.as_slice(), other.runs.as_slice(), 0_usize);
        while let ([first, rest @ ..], [second, others @ ..]) = (a, b) {
            common += usize::from(first == second);
            (a, b) = (if first <= second { rest } else { a }, if second <= first { others } else { b });
        }
        common as f64 / (self.len() + other.len() - common).max(1) as f64
    }
}

fn hash(value: &(impl std::hash::Hash + ?Sized)) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::{Format, parse};

    fn sketch(text: &str) -> Sketch {
        Sketch::of(&parse(format!("# Chef\n\n{text}\n").as_bytes(), Format::Markdown).expect("a page"))
    }

    #[test]
    fn the_same_text_resembles_itself_and_another_does_not() {
        let text: String = (0..400).map(|word| format!("word{word} ")).collect();
        let changed = text.replace("word7 ", "other ");
        let (one, two, three) = (sketch(&text), sketch(&changed), sketch(&text.replace("word", "term")));
        assert!((one.resemblance(&one) - 1.0).abs() < 1e-9);
        assert!((0.95..1.0).contains(&one.resemblance(&two)), "{}", one.resemblance(&two));
        assert!(one.resemblance(&three) < 0.01);
        assert!(one.bands().zip(two.bands()).any(|(a, b)| a == b));
        assert_eq!(sketch("Four words and no").len(), 0);
    }
}
