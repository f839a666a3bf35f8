//! How much of what a role asks for somebody has, as a bar and in words.

use super::super::figures;
use crate::search::Coverage;
use maud::{Markup, html};

/// The bar and the words.
pub(super) fn covered(coverage: &Coverage) -> Markup {
    let share = coverage.share.unwrap_or_default();
    html! {
        div.covered {
            svg.meter viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true" {
                rect.of width="100" height="8" {}
                rect.is width=(format!("{:.1}", 100.0 * share)) height="8" {}
            }
            p { (words(coverage)) }
        }
    }
}

/// `You have 6 of 9 skills, 4 of 5 required`.
fn words(coverage: &Coverage) -> String {
    let Coverage { skills, required, .. } = coverage;
    if skills.of == 0 {
        return "It names no skill.".to_owned();
    }
    let all = format!("You have {} of {}", skills.had, figures::count(u64::from(skills.of), "skill"));
    match required.of {
        0 => all,
        of => format!("{all}, {} of {of} required", required.had),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::Count;

    #[test]
    fn coverage_is_said_in_words() {
        let count = |had, of| Count { had, of };
        let of = |skills, required| words(&Coverage { skills, required, ..Coverage::default() });
        assert_eq!(of(count(6, 9), count(4, 5)), "You have 6 of 9 skills, 4 of 5 required");
        assert_eq!(of(count(0, 1), count(0, 0)), "You have 0 of 1 skill");
        assert_eq!(of(count(0, 0), count(0, 0)), "It names no skill.");
    }
}
