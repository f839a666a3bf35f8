//! Any bytes as HTML: reading them never panics, and what is made of them holds together.

#![no_main]

use libfuzzer_sys::{Corpus, fuzz_target};
use rolecall::parse::Format;

fuzz_target!(|bytes: &[u8]| -> Corpus { rolecall_fuzz::read(bytes, Format::Html) });
