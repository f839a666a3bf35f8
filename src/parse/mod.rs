//! Bytes → [`Page`]: one file a format and one `match`; whatever the format, `outline` turns headings into sections.
//!
//! Reading never fails on what people put into a page: it returns what could be made of it, and what was odd as a
//! warning. The two refusals are [`ParseError`].

mod encoding;
mod html;
mod language;
mod markdown;
mod outline;
mod saved_text;
mod site_words;

use crate::model::Page;
use memchr::memchr;
use std::borrow::Cow;
use std::path::Path;

pub use language::of_text as language_of;

/// The largest page that is read whole, in bytes; what lies beyond is left out with a warning.
pub const LARGEST_PAGE: usize = 4 << 20;

/// A format in which career pages come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// .html .htm .xhtml
    Html,
    /// .md .markdown
    Markdown,
    /// .txt: as a browser saves a page to text
    SavedText,
}

impl Format {
    /// The format that a file's name tells, also under `.gz`.
    pub fn of(path: &Path) -> Option<Self> {
        let name = path.file_name()?.to_string_lossy().to_ascii_lowercase();
        let name = name.strip_suffix(".gz").unwrap_or(&name);
        match name.rsplit_once('.')?.1 {
            "html" | "htm" | "xhtml" => Some(Self::Html),
            "md" | "markdown" => Some(Self::Markdown),
            "txt" => Some(Self::SavedText),
            _ => None,
        }
    }
}

/// Why a page cannot be indexed.
#[derive(Debug, thiserror::Error)]
pub enum ParseError {
    /// Its bytes are no text.
    #[error("its content is not text (a binary file under the name of a page?)")]
    NotText,
    /// There is nothing to find it by.
    #[error("it has no text")]
    NoText,
}

/// A page's bytes as text.
#[derive(Clone, Debug)]
pub struct Text<'a> {
    /// What is read of it, its lines ended by `\n` or `\r\n`.
    pub text: Cow<'a, str>,
    /// The name of the encoding it was read as.
    pub encoding: &'static str,
    /// There is more than is read.
    pub truncated: bool,
}

/// What was made of a page: title, role, sections and related roles. Its id, source and path are for the caller to set.
///
/// # Errors
/// [`ParseError`] where there is nothing to index.
pub fn parse(bytes: &[u8], format: Format) -> Result<Page, ParseError> {
    page(&text(bytes, format)?, format)
}

/// The text of a page.
///
/// # Errors
/// [`ParseError::NotText`].
pub fn text(bytes: &[u8], format: Format) -> Result<Text<'_>, ParseError> {
    let (bytes, mut truncated) = match bytes.get(..LARGEST_PAGE) {
        Some(beginning) => (beginning, bytes.len() > LARGEST_PAGE),
        None => (bytes, false),
    };
    let (text, encoding) = encoding::decode(bytes, format)?;
    // Some encodings take fewer bytes than the text does.
    let end = text.floor_char_boundary(LARGEST_PAGE.min(text.len()));
    truncated |= end < text.len();
    let text = match text {
        Cow::Borrowed(text) => Cow::Borrowed(&text[..end]),
        Cow::Owned(mut text) => {
            text.truncate(end);
            Cow::Owned(text)
        }
    };
    // Old systems end lines with a carriage return alone.
    let text = if has(&text, b'\r') && !has(&text, b'\n') { text.replace('\r', "\n").into() } else { text };
    Ok(Text { text, encoding: encoding.name(), truncated })
}

/// Whether a text has a sign of ASCII.
fn has(text: &str, sign: u8) -> bool {
    memchr(sign, text.as_bytes()).is_some()
}

/// What was made of a page's text.
///
/// # Errors
/// [`ParseError::NoText`].
pub fn page(text: &Text<'_>, format: Format) -> Result<Page, ParseError> {
    let Text { text, truncated, .. } = text;
    let mut draft = match format {
        Format::Html => html::read(text),
        Format::Markdown => markdown::read(text),
        Format::SavedText => saved_text::read(text),
    };
    if *truncated {
        draft.warnings.push(format!("truncated: only its first {} MiB were read", LARGEST_PAGE >> 20));
    }
    let mut page = outline::page(draft)?;
    if page.language.is_none() {
        page.language = language_of(&page).map(|language| language.code.to_owned());
        page.language_inferred = page.language.is_some();
    }
    Ok(page)
}
