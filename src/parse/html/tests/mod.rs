//! What is read of HTML: pages of a few lines, and what a careful person reads in them.

mod boilerplate;
mod data;
mod facts;
mod headings;
mod kept;
mod lists;
mod shapes;

use crate::model::{BlockKind, Page};
use crate::parse::{Format, parse};

fn page(body: &str) -> Page {
    parse(format!("<!doctype html><title>Data Engineer | Site</title><body>{body}").as_bytes(), Format::Html)
        .expect("a page")
}

/// Kind, heading and texts of each section.
fn outline(page: &Page) -> Vec<(&str, Option<&str>, Vec<&str>)> {
    page.sections
        .iter()
        .map(|section| {
            let blocks = section.blocks.iter().map(|block| block.text.as_str()).collect();
            (section.kind.id.as_str(), section.heading.as_ref().map(|heading| heading.text.as_str()), blocks)
        })
        .collect()
}

/// Heading and parents of each section.
fn paths(page: &Page) -> Vec<(&str, Vec<&str>)> {
    page.sections
        .iter()
        .filter_map(|section| {
            let parents = section.parents.iter().map(String::as_str).collect();
            Some((section.heading.as_ref()?.text.as_str(), parents))
        })
        .collect()
}

/// All texts of the sections.
fn texts(page: &Page) -> Vec<&str> {
    outline(page).into_iter().flat_map(|(_, _, texts)| texts).collect()
}
