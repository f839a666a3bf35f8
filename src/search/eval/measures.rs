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

#[cfg(test)]
mod tests {
    use super::*;

    /// A ranking of so many pages, of which some at these ranks are judged, and the grades of judged pages that it lacks.
    struct Run {
        pages: usize,
        judged: &'static [(usize, u32)],
        lacking: &'static [u32],
        /// nDCG@10, RR@10, Success@1, Success@10 and R@100 as `ir_measures` 0.4 gives them.
        wanted: [f64; 5],
    }

    const RUNS: [Run; 6] = [
        Run {
            pages: 120,
            judged: &[(2, 2), (3, 0), (17, 3), (19, 0), (30, 0), (37, 2), (52, 1), (68, 2), (78, 1)],
            lacking: &[0, 0, 3],
            wanted: [0.1536, 0.5, 0.0, 1.0, 0.8571],
        },
        Run {
            pages: 120,
            judged: &[
                (15, 0),
                (17, 3),
                (21, 3),
                (24, 2),
                (25, 2),
                (43, 0),
                (51, 2),
                (79, 2),
                (90, 2),
                (109, 2),
            ],
            lacking: &[3, 2],
            wanted: [0.0, 0.0, 0.0, 0.0, 0.7],
        },
        Run {
            pages: 120,
            judged: &[
                (6, 1),
                (13, 2),
                (23, 0),
                (33, 1),
                (59, 1),
                (63, 1),
                (105, 1),
                (107, 3),
                (108, 1),
                (109, 0),
                (111, 0),
            ],
            lacking: &[0],
            wanted: [0.0541, 0.1667, 0.0, 1.0, 0.625],
        },
        Run {
            pages: 110,
            judged: &[],
            lacking: &[1, 1, 0, 1, 1, 1, 2, 1, 2, 1, 3, 3],
            wanted: [0.0, 0.0, 0.0, 0.0, 0.0],
        },
        Run {
            pages: 120,
            judged: &[
                (10, 1),
                (24, 0),
                (36, 3),
                (43, 3),
                (56, 1),
                (60, 1),
                (70, 1),
                (95, 2),
                (108, 0),
                (110, 0),
                (116, 3),
            ],
            lacking: &[3],
            wanted: [0.0296, 0.1, 0.0, 1.0, 0.7778],
        },
        Run {
            pages: 4,
            judged: &[(3, 1)],
            lacking: &[0, 1, 0, 1, 1, 2, 0, 1, 0, 1, 1],
            wanted: [0.1009, 0.3333, 0.0, 1.0, 0.125],
        },
    ];

    fn figures(measures: &Measures) -> [f64; 5] {
        [measures.ndcg_10, measures.mrr_10, measures.success_1, measures.success_10, measures.recall_100]
    }

    fn are_the_same(measures: &Measures, wanted: [f64; 5]) -> bool {
        figures(measures).into_iter().zip(wanted).all(|(own, other)| (own - other).abs() <= 0.000_05)
    }

    #[test]
    fn measures_are_those_of_ir_measures() {
        let mut all = Vec::new();
        for run in RUNS {
            let mut ranking = vec![None; run.pages];
            run.judged.iter().for_each(|&(rank, grade)| ranking[rank - 1] = Some(grade));
            let grades = run.judged.iter().map(|(_, grade)| grade).chain(run.lacking);
            let judged =
                (0..).zip(grades).map(|(page, &grade): (u32, _)| (page.to_string(), grade)).collect();
            let measures = Measures::of(&ranking, &judged);
            assert!(are_the_same(&measures, run.wanted), "{measures:?} {:?}", run.wanted);
            all.push(measures);
        }
        let mean = Measures::mean(all.iter());
        assert!(are_the_same(&mean, [0.0564, 0.1833, 0.0, 0.6667, 0.5142]), "{mean:?}");
    }

    #[test]
    fn a_perfect_ranking_is_worth_one_and_nothing_relevant_nothing() {
        let judged = [("a", 2), ("b", 1)].map(|(page, grade)| (page.to_owned(), grade)).into();
        assert!(are_the_same(&Measures::of(&[Some(2), Some(1)], &judged), [1.0; 5]));
        assert!(are_the_same(&Measures::of(&[Some(0)], &[("a".to_owned(), 0)].into()), [0.0; 5]));
    }
}
