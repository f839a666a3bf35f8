//! The measures of a ranking, as trec_eval and `ir_measures` have them.

use std::collections::HashMap;

/// What a ranking of one query is worth; every figure lies between 0 and 1.
#[derive(Clone, Copy, Debug, Default, PartialEq, serde::Serialize)]
pub struct Measures {
    /// Normalised discounted cumulative gain of the first ten: a grade counts as it is, divided by log2(rank + 1)
    /// (Järvelin and Kekäläinen 2002, as trec_eval's `ndcg_cut`).
    pub ndcg_10: f64,
    /// One divided by the rank of the first relevant page, if that is among the first ten.
    pub mrr_10: f64,
    /// Whether the first page is relevant.
    pub success_1: f64,
    /// Whether one of the first ten is.
    pub success_10: f64,
    /// How many of the relevant pages are among the first hundred.
    pub recall_100: f64,
}

impl Measures {
    /// Of a ranking, given as the grade of each page in its order, none for what was not judged; and the grades of all
    /// that was judged. A page is relevant whose grade is above 0.
    pub fn of(ranking: &[Option<u32>], judged: &HashMap<String, u32>) -> Self {
        let relevant = judged.values().filter(|&&grade| grade > 0).count();
        if relevant == 0 {
            return Self::default();
        }
        let is_relevant = |grade: &Option<u32>| grade.is_some_and(|grade| grade > 0);
        let first = ranking.iter().take(10).position(is_relevant);
        let mut ideal: Vec<u32> = judged.values().copied().collect();
        ideal.sort_unstable_by(|a, b| b.cmp(a));
        let found = ranking.iter().take(100).filter(|grade| is_relevant(grade)).count();
        Self {
            ndcg_10: gain(ranking.iter().map(|grade| grade.unwrap_or(0))) / gain(ideal.into_iter()),
            mrr_10: first.map_or(0.0, |at| 1.0 / (at + 1) as f64),
            success_1: f64::from(u8::from(first == Some(0))),
            success_10: f64::from(u8::from(first.is_some())),
            recall_100: found as f64 / relevant as f64,
        }
    }

    /// The means over queries.
    pub fn mean<'a>(all: impl ExactSizeIterator<Item = &'a Self>) -> Self {
        let count = all.len().max(1) as f64;
        let mut sum = Self::default();
        for one in all {
            sum.ndcg_10 += one.ndcg_10;
            sum.mrr_10 += one.mrr_10;
            sum.success_1 += one.success_1;
            sum.success_10 += one.success_10;
            sum.recall_100 += one.recall_100;
        }
        Self {
            ndcg_10: sum.ndcg_10 / count,
            mrr_10: sum.mrr_10 / count,
            success_1: sum.success_1 / count,
            success_10: sum.success_10 / count,
            recall_100: sum.recall_100 / count,
        }
    }
}

/// The discounted gain of the first ten grades.
fn gain(grades: impl Iterator<Item = u32>) -> f64 {
    grades.take(10).zip(2_u32..).map(|(grade, rank)| f64::from(grade) / f64::from(rank).log2()).sum()
}
