//! The tokens of a text, handed to the tree as they come. html5gum reads text as the HTML standard says, in much less time
//! than html5ever's own tokenizer does; what to make of the tokens stays html5ever's.
//!
//! A tag's attributes beyond any real tag are left out: the tree compares each with others, which takes seconds for some
//! ten thousand.

use super::piece::{Page, Piece, text};
use super::{Bounds, Builder};
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{Doctype, Tag, TagKind, Token, TokenSink as _, TokenSinkResult};
use html5ever::{Attribute, LocalName, QualName, ns};
use html5gum::{Emitter, Error, State};
use memchr::memchr;

/// The most attributes of a tag; real ones have up to some dozen.
pub(super) const MOST_ATTRIBUTES: usize = 256;
/// The most attributes of formatting, which is compared with all formatting before it that is still open.
const MOST_OF_FORMATTING: usize = 40;
/// What the HTML standard calls formatting.
const FORMATTING: [&str; 14] =
    ["a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"];

/// A page holds more than is read of it; what follows is left out.
pub(super) struct Excess;

/// Makes tokens of what is read and hands them to the tree.
pub(super) struct Tokens<'b> {
    builder: &'b Builder,
    bounds: &'b Bounds,
    page: Page<'b>,
    /// What has come of a text that may go on.
    text: Piece,
    /// Of the tag that is being read, and of its last attribute.
    kind: TagKind,
    name: Vec<u8>,
    self_closing: bool,
    attributes: Vec<Attribute>,
    attribute: Vec<u8>,
    value: Piece,
    /// How many attributes it has, kept or not.
    count: usize,
    doctype: Doctype,
    /// What ends a text in which tags are none.
    last_start: LocalName,
    names: Names,
    /// How many bytes were read.
    read: usize,
    exceeded: bool,
}

impl<'b> Tokens<'b> {
    pub(super) fn new(text: &'b str, builder: &'b Builder, bounds: &'b Bounds) -> Self {
        Self {
            builder,
            bounds,
            page: Page::of(text),
            text: Piece::default(),
            kind: TagKind::StartTag,
            name: Vec::new(),
            self_closing: false,
            attributes: Vec::new(),
            attribute: Vec::new(),
            value: Piece::default(),
            count: 0,
            doctype: Doctype::default(),
            last_start: LocalName::default(),
            names: Names::default(),
            read: 0,
            exceeded: false,
        }
    }

    /// Hands a token to the tree, and how its text is read on, where the tree says so.
    fn give(&self, token: Token) -> Option<State> {
        match self.builder.process_token(token, 1) {
            TokenSinkResult::Continue
            | TokenSinkResult::Script(_)
            | TokenSinkResult::EncodingIndicator(_) => None,
            TokenSinkResult::Plaintext => Some(State::PlainText),
            TokenSinkResult::RawData(RawKind::Rcdata) => Some(State::RcData),
            TokenSinkResult::RawData(RawKind::Rawtext) => Some(State::RawText),
            TokenSinkResult::RawData(RawKind::ScriptData | RawKind::ScriptDataEscaped(_)) => {
                Some(State::ScriptData)
            }
        }
    }

    /// Hands over the text that has come.
    fn end_text(&mut self) {
        if self.text.is_empty() {
            return;
        }
        let mut text = self.text.take(&self.page);
        // Only texts from within data have any; the tree minds them.
        while let Some(at) = memchr(0, text.as_bytes()) {
            let at = u32::try_from(at).unwrap_or(u32::MAX);
            if at > 0 {
                self.give(Token::CharacterTokens(text.subtendril(0, at)));
            }
            self.give(Token::NullCharacterToken);
            text.pop_front(at + 1);
        }
        if !text.is_empty() {
            self.give(Token::CharacterTokens(text));
        }
    }

    /// Puts the attribute that was read on its tag: the first of a name, and no more than a tag may have.
    fn end_attribute(&mut self) {
        if self.attribute.is_empty() {
            return;
        }
        self.count += 1;
        let most = if self.count > MOST_OF_FORMATTING && self.is_formatting() {
            MOST_OF_FORMATTING
        } else {
            MOST_ATTRIBUTES
        };
        if self.count > most {
            self.bounds.cut_attributes();
        } else if self.kind == TagKind::StartTag {
            let name = self.names.get(&self.attribute);
            if self.attributes.iter().all(|other| other.name.local != name) {
                let name = QualName::new(None, ns!(), name);
                self.attributes.push(Attribute { name, value: self.value.take(&self.page) });
            }
        }
        self.attribute.clear();
        self.value.clear();
    }

    fn is_formatting(&self) -> bool {
        FORMATTING.iter().any(|name| name.as_bytes() == self.name)
    }

    fn begin_tag(&mut self, kind: TagKind) {
        self.kind = kind;
        self.name.clear();
        self.self_closing = false;
        self.attributes.clear();
        self.attribute.clear();
        self.value.clear();
        self.count = 0;
    }

    /// Looks at the tree after a token that it may have grown by.
    fn look(&mut self) {
        self.exceeded = self.bounds.are_exceeded(&self.builder.sink, self.read);
    }
}

impl Emitter for Tokens<'_> {
    type Token = Excess;

    fn set_last_start_tag(&mut self, last: Option<&[u8]>) {
        self.last_start = last.map(|name| self.names.get(name)).unwrap_or_default();
    }

    fn emit_eof(&mut self) {
        self.end_text();
    }

    fn emit_error(&mut self, _: Error) {}

    #[inline]
    fn should_emit_errors(&mut self) -> bool {
        false
    }

    #[inline]
    fn pop_token(&mut self) -> Option<Excess> {
        self.exceeded.then_some(Excess)
    }

    #[inline]
    fn emit_string(&mut self, text: &[u8]) {
        self.text.push(text, &self.page);
    }

    fn init_start_tag(&mut self) {
        self.begin_tag(TagKind::StartTag);
    }

    fn init_end_tag(&mut self) {
        self.begin_tag(TagKind::EndTag);
    }

    fn init_comment(&mut self) {}

    fn emit_current_tag(&mut self) -> Option<State> {
        self.end_text();
        self.end_attribute();
        let name = self.names.get(&self.name);
        if self.kind == TagKind::StartTag {
            self.last_start = name.clone();
        }
        let tag = Tag {
            kind: self.kind,
            name,
            self_closing: self.self_closing,
            attrs: std::mem::take(&mut self.attributes),
            had_duplicate_attributes: false,
        };
        let state = self.give(Token::TagToken(tag));
        self.look();
        state
    }

    /// What a comment says is not read; that it parts two texts is.
    fn emit_current_comment(&mut self) {
        self.end_text();
        self.give(Token::CommentToken(StrTendril::new()));
        self.look();
    }

    fn emit_current_doctype(&mut self) {
        self.end_text();
        let doctype = std::mem::take(&mut self.doctype);
        self.give(Token::DoctypeToken(doctype));
        self.look();
    }

    fn set_self_closing(&mut self) {
        self.self_closing = true;
    }

    fn set_force_quirks(&mut self) {
        self.doctype.force_quirks = true;
    }

    fn push_tag_name(&mut self, part: &[u8]) {
        self.name.extend_from_slice(part);
    }

    fn push_comment(&mut self, _: &[u8]) {}

    fn push_doctype_name(&mut self, part: &[u8]) {
        push(&mut self.doctype.name, part);
    }

    fn init_doctype(&mut self) {
        self.doctype = Doctype::default();
    }

    fn init_attribute(&mut self) {
        self.end_attribute();
    }

    fn push_attribute_name(&mut self, part: &[u8]) {
        self.attribute.extend_from_slice(part);
    }

    fn push_attribute_value(&mut self, part: &[u8]) {
        self.value.push(part, &self.page);
    }

    fn set_doctype_public_identifier(&mut self, value: &[u8]) {
        self.doctype.public_id = Some(StrTendril::from_slice(&text(value)));
    }

    fn set_doctype_system_identifier(&mut self, value: &[u8]) {
        self.doctype.system_id = Some(StrTendril::from_slice(&text(value)));
    }

    fn push_doctype_public_identifier(&mut self, part: &[u8]) {
        push(&mut self.doctype.public_id, part);
    }

    fn push_doctype_system_identifier(&mut self, part: &[u8]) {
        push(&mut self.doctype.system_id, part);
    }

    fn current_is_appropriate_end_tag_token(&mut self) -> bool {
        self.kind == TagKind::EndTag && !self.name.is_empty() && self.last_start.as_bytes() == self.name
    }

    fn adjusted_current_node_present_but_not_in_html_namespace(&mut self) -> bool {
        self.end_text();
        self.builder.adjusted_current_node_present_but_not_in_html_namespace()
    }

    #[inline]
    fn move_position(&mut self, offset: isize) {
        self.read = self.read.saturating_add_signed(offset);
    }
}

/// The names that tags and attributes had last, each in the one place that its letters give it: to find one among all
/// that are known to the program costs several times as much.
struct Names(Vec<Option<LocalName>>);

/// How many names are known at a time.
const MOST_NAMES: usize = 256;

impl Default for Names {
    fn default() -> Self {
        Self(vec![None; MOST_NAMES])
    }
}

impl Names {
    fn get(&mut self, name: &[u8]) -> LocalName {
        let (Some(first), Some(last)) = (name.first(), name.last()) else { return LocalName::default() };
        let mix = usize::from(*first) * 7 + usize::from(*last) * 31 + usize::from(name[name.len() / 2]) * 3;
        let known = &mut self.0[(mix + name.len()) % MOST_NAMES];
        match known {
            Some(known) if known.as_bytes() == name => known.clone(),
            _ => known.insert(LocalName::from(text(name))).clone(),
        }
    }
}

/// Adds a part to what a declaration names.
fn push(to: &mut Option<StrTendril>, part: &[u8]) {
    to.get_or_insert_default().push_slice(&text(part));
}

#[cfg(test)]
mod tests {
    use crate::parse::html::dom::parse;

    fn many(attribute: impl Fn(usize) -> String) -> String {
        (0..5_000).map(attribute).collect()
    }

    /// The most attributes of an element, whether any were left out, and what the elements say.
    fn read(page: &str) -> (usize, bool, String) {
        let (document, warnings) = parse(page);
        let counts = document.tree.values().filter_map(|node| node.as_element()).map(|e| e.attrs.len());
        let cut = warnings.iter().any(|warning| warning.contains("too many attributes"));
        (counts.max().unwrap_or_default(), cut, document.root_element().text().collect())
    }

    #[test]
    fn what_real_tags_look_like_stays() {
        let words = "word ".repeat(2_000);
        for (page, attributes) in [
            (format!("<p title = \"{}\" alt='x y'>after", &words[..4_000]), 2),
            (format!("<a href=/{}>after</a>", "a/".repeat(2_000)), 1),
            (format!("<b{}>after", "x".repeat(5_000)), 0),
            ("<p A=1 a=2 b/c d = e>after".to_owned(), 4),
            ("<p title='a &amp; b &lt; c'>after".to_owned(), 1),
        ] {
            let (most, cut, text) = read(&page);
            assert_eq!((most, cut, text.as_str()), (attributes, false, "after"), "{page:.80}");
        }
        let page = format!("a < {words}</p a=b><br/ c><p a=\"{words}");
        assert_eq!(read(&page), (1, false, format!("a < {words}")));
    }

    #[test]
    fn attributes_beyond_the_bound_are_left_out_however_they_are_written() {
        for attributes in [
            many(|n| format!(" a{n}")),
            many(|n| format!("\x0ca{n}")),
            many(|n| format!("/a{n}")),
            many(|n| format!(" a{n}=x")),
            many(|n| format!(" a{n} = x")),
            format!(" {}", many(|n| format!("a{n}=\"x\""))),
            many(|n| format!(" =a{n}")),
            many(|_| " a".to_owned()),
            format!(" t=\"{}\"{}", "x".repeat(10_000), many(|n| format!(" a{n}"))),
            many(|n| format!(" <a{n}")),
            format!("><iframe><a b=\"</iframe><p {}", many(|n| format!(" a{n}"))),
            format!("><svg><![CDATA[<a b='x]]><p {}", many(|n| format!(" a{n}"))),
        ] {
            for (tag, bound) in [("p", 256), ("/p", 256), ("b", 40)] {
                let (most, cut, text) = read(&format!("<{tag}{attributes}>after</p>"));
                // One tag may stand before that with the attributes.
                assert!(most <= bound.max(256), "{most} {tag}{attributes:.40}");
                assert!(cut && text.ends_with("after"), "{tag}{attributes:.40}: {text:.80}");
                assert!(bound == 256 || most <= 40 || attributes.starts_with('>'), "{attributes:.40}");
            }
        }
    }

    #[test]
    fn a_script_that_looks_like_a_tag_still_ends() {
        let code = "x = y; ".repeat(2_000);
        for before in ["<script>", "<STYLE a=b>", "<iframe>", "<title>", "<textarea>", "<!-- "] {
            let end = "</Script></style></iframe></title></textarea>-->";
            let page = format!("{before}for(i=0;i<n;i++){{{code}}}{end}<p>after</p>");
            let (_, cut, text) = read(&page);
            assert!(!cut && text.ends_with("after") && !text.ends_with("<p>after"), "{before}: {text:.80}");
        }
    }

    #[test]
    fn text_is_what_it_says_however_it_is_written() {
        for (page, text) in [
            ("a\r\nb\rc\n\rd", "a\nb\nc\n\nd"),
            ("<pre>\r\n\nx</pre>", "\nx"),
            ("&lt;&amp;copy&#65;&#x80;&#0;&notit; &ampx", "<&copyA€\u{fffd}¬it; &x"),
            ("<b>é</b>&eacute;<!-- é<b> -->é", "ééé"),
            ("<svg><![CDATA[<é>]]]></svg><![CDATA[x]]>y", "<é>]y"),
            ("<script><!--<script>é</script>é--></script>x", "<!--<script>é</script>é-->x"),
            ("\u{feff}x\u{feff}", "x\u{feff}"),
            ("x<", "x<"),
            ("x</", "x</"),
            ("x<p", "x"),
            ("<title>a<b>&amp;</title", "a<b>&</title"),
            ("<plaintext>x</plaintext>", "x</plaintext>"),
            ("<p>a\0b<svg>a\0b", "aba\u{fffd}b"),
        ] {
            assert_eq!(read(page).2, text, "{page}");
        }
    }
}
