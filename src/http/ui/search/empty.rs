//! Where nothing is found: what could be asked instead.

use super::super::figures::count;
use super::asked::Asked;
use super::{Answer, about};
use maud::{Markup, html};

pub(super) fn nothing(asked: &Asked, answer: &Answer) -> Markup {
    let past_the_end = answer.response.total.pages > 0;
    let words: Vec<&str> = asked.request.q.split_whitespace().collect();
    let is_plain = words.len() > 1 && words.iter().all(|word| word.chars().all(char::is_alphanumeric));
    html! {
        div.card.empty {
            @if past_the_end {
                h2 { "There are no more roles" }
                p { a.button href=(asked.first().href()) data-live-link="top" { "Back to the first" } }
            } @else {
                h2 {
                    "No role "
                    @if asked.request.q.trim().is_empty() { "is like that" } @else { "says “" (asked.request.q.trim()) "”" }
                    @if asked.is_filtered() { " with what is set" }
                }
                ul {
                    @if let Some(pages) = answer.unfiltered.filter(|pages| *pages > 0) {
                        li {
                            a href=(asked.unfiltered().href()) data-live-link="" { "Take back what is set" }
                            ": " (count(pages, "role")) (if pages == 1 { " does" } else { " do" }) " without it"
                        }
                    }
                    @if is_plain {
                        li {
                            "Ask for one of the words: "
                            @for (at, word) in words.iter().take(6).enumerate() {
                                @if at > 0 { " · " }
                                a href=(about("q", word).href()) data-live-link="" { (word) }
                            }
                        }
                    }
                    @if asked.request.q.contains('"') || asked.request.q.contains(" -") {
                        li { "Take quotes and minus signs away: they ask for exactly that" }
                    }
                    li { "Say it in other words, or begin with a skill or a title: they are suggested as you type" }
                    li { a href="/" data-live-link="" { "Look through all roles" } }
                }
            }
        }
    }
}
