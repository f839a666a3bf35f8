//! Bytes → text: the byte order mark, then UTF-16 without one, then what the page says of itself, then a guess.

use super::{Format, ParseError, has};
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};
use std::borrow::Cow;

/// How far into a page its own statement of the encoding is looked for (the HTML standard says 1,024 bytes; real
/// pages put scripts before it).
const PRESCAN: usize = 4096;
/// How many characters of UTF-8 there must be for each wrong byte where a page does not say that it is UTF-8.
const UNSTATED: usize = 20;
/// How much of a page is looked at to guess its encoding, in bytes.
const SAMPLE: usize = 256 << 10;

/// The text of a page, without NUL characters, and the encoding that it was read as.
pub(super) fn decode(bytes: &[u8], format: Format) -> Result<(Cow<'_, str>, &'static Encoding), ParseError> {
    let encoding = match Encoding::for_bom(bytes) {
        Some((encoding, _)) => encoding,
        None => {
            if let Some(encoding) = utf16_without_mark(bytes) {
                encoding
            } else if is_binary(bytes) {
                return Err(ParseError::NotText);
            } else if let Some(text) = utf8(bytes).filter(|text| !has(text, 0)) {
                return Ok((Cow::Borrowed(text), UTF_8));
            } else {
                declared(bytes, format)
                    .filter(|&encoding| encoding != UTF_8 || is_utf8(bytes, 1))
                    .or_else(|| is_utf8(bytes, UNSTATED).then_some(UTF_8))
                    .unwrap_or_else(|| guess(bytes))
            }
        }
    };
    let (text, _, _) = encoding.decode(bytes);
    let text = if has(&text, 0) { Cow::Owned(text.replace('\0', "")) } else { text };
    Ok((text, encoding))
}

/// UTF-16 whose text is mostly of the Latin script has a NUL at every other byte.
fn utf16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = &bytes[..bytes.len().min(512) & !1];
    let pairs = sample.len() / 2;
    let nul = |odd: usize| sample.iter().skip(odd).step_by(2).filter(|&&byte| byte == 0).count();
    let (even, odd) = (nul(0), nul(1));
    if pairs < 4 {
        None
    } else if odd * 10 >= pairs * 7 && even * 10 <= pairs {
        Some(UTF_16LE)
    } else if even * 10 >= pairs * 7 && odd * 10 <= pairs {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// More than a tenth of the beginning are control characters that no text has. NULs alone do not count: a page with
/// a run of them is read without them.
fn is_binary(bytes: &[u8]) -> bool {
    let sample = &bytes[..bytes.len().min(4096)];
    // In parts that a byte counts: several bytes are looked at in one step then.
    let control = |byte: &u8| u8::from(matches!(byte, 1..=8 | 14..=26 | 28..=31 | 127));
    let of_part = |part: &[u8]| usize::from(part.iter().map(control).sum::<u8>());
    sample.chunks(128).map(of_part).sum::<usize>() * 10 > sample.len()
        || [&b"\x89PNG"[..], b"\xff\xd8\xff", b"GIF8", b"PK\x03\x04", b"%PDF-", b"\x1f\x8b", b"\x7fELF"]
            .iter()
            .any(|magic| bytes.starts_with(magic))
}

/// The encoding that the page states: `<meta charset>`, `<meta content="…charset=">` or the XML declaration.
fn declared(bytes: &[u8], format: Format) -> Option<&'static Encoding> {
    if format != Format::Html {
        return None;
    }
    let head = bytes[..bytes.len().min(PRESCAN)].to_ascii_lowercase();
    for key in [&b"charset"[..], b"encoding"] {
        let mut at = 0;
        while let Some(found) = head[at..].windows(key.len()).position(|window| window == key) {
            at += found + key.len();
            let rest: &[u8] = head[at..].trim_ascii_start();
            let Some(value) = rest.strip_prefix(b"=") else { continue };
            let value = value.trim_ascii_start();
            let value = value.strip_prefix(b"\"").or_else(|| value.strip_prefix(b"'")).unwrap_or(value);
            let end = value.iter().position(|byte| !byte.is_ascii_alphanumeric() && !b"-_:.".contains(byte));
            if let Some(encoding) = Encoding::for_label(&value[..end.unwrap_or(value.len())]) {
                // A page that can be read at all to find this is not UTF-16.
                return Some(if encoding == UTF_16LE || encoding == UTF_16BE { UTF_8 } else { encoding });
            }
        }
    }
    None
}

/// The text of bytes that are UTF-8. A character that is cut in two at the end (of a page that is read only so far, of a
/// file that is being written) is left out.
fn utf8(bytes: &[u8]) -> Option<&str> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Some(text),
        Err(error) if error.error_len().is_none() => {
            std::str::from_utf8(&bytes[..error.valid_up_to()]).ok().filter(|text| !text.is_ascii())
        }
        Err(_) => None,
    }
}

/// Whether bytes are UTF-8 but for some: there are more characters of several bytes than wrong bytes, so many times. A
/// page that says it is UTF-8 and mostly is not, is not.
fn is_utf8(bytes: &[u8], times: usize) -> bool {
    let (mut wrong, mut right) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        right += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        wrong += usize::from(!chunk.invalid().is_empty());
    }
    right > times * wrong
}

/// The encoding that the bytes look like, from where the first stands that is not ASCII.
fn guess(bytes: &[u8]) -> &'static Encoding {
    // Escapes of ISO-2022-JP are ASCII.
    let first = bytes.iter().position(|byte| !byte.is_ascii() || *byte == b'\x1b').unwrap_or_default();
    let end = bytes.len().min(first + SAMPLE);
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    // What stands right before the first tells some encodings apart.
    detector.feed(&bytes[first.saturating_sub(64)..end], end == bytes.len());
    detector.guess(None, Utf8Detection::Allow)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded(bytes: &[u8]) -> String {
        decode(bytes, Format::Html)
            .map(|(text, _)| text.into_owned())
            .unwrap_or_else(|error| error.to_string())
    }

    #[test]
    fn text_in_many_encodings() {
        let text = "<p>Fähigkeiten und Gehalt: 62.000 €, ein Überblick über alles</p>";
        assert_eq!(decoded(text.as_bytes()), text);
        for utf16 in [
            text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>(),
            text.encode_utf16().flat_map(u16::to_be_bytes).collect(),
        ] {
            assert_eq!(decoded(&utf16), text);
        }
        for (charset, text) in [
            ("windows-1252", "Fähigkeiten – Überblick"),
            ("shift_jis", "職務内容"),
            ("euc-jp", "給与と待遇"),
            ("koi8-r", "Обязанности и зарплата"),
        ] {
            let page = format!("<meta charset={charset}><p>{text}</p>");
            let encoding = Encoding::for_label(charset.as_bytes()).expect("a known encoding");
            assert_eq!(decoded(&encoding.encode(&page).0), page, "{charset}");
        }
    }

    #[test]
    fn a_wrong_statement_is_not_believed() {
        let page = b"<meta charset=utf-8><p>F\xe4higkeiten und \xdcberblick f\xfcr alle</p>";
        assert!(decoded(page).contains("Fähigkeiten und Überblick für alle"));
        let one_bad_byte =
            [b"<meta charset=utf-8>".as_slice(), "Fähigkeiten, Überblick".as_bytes(), b"\xe4"].concat();
        assert!(decoded(&one_bad_byte).contains("Fähigkeiten, Überblick"));
    }

    #[test]
    fn wrong_bytes_and_a_character_cut_in_two_do_not_make_it_another_encoding() {
        let text = "Fähigkeiten, Überblick, Gehälter. ".repeat(40);
        let cut = [text.as_bytes(), &"é".as_bytes()[..1]].concat();
        for format in [Format::Html, Format::Markdown, Format::SavedText] {
            assert_eq!(decode(&cut, format).expect("text").0, text);
            let wrong = [text.as_bytes(), b"\xff", text.as_bytes()].concat();
            assert_eq!(decode(&wrong, format).expect("text").0, format!("{text}\u{fffd}{text}"));
        }
        assert_eq!(decoded(b"Caf\xe9"), "Café");
        let nul = [text.as_bytes(), b"\0\xff", text.as_bytes()].concat();
        assert_eq!(decoded(&nul), format!("{text}\u{fffd}{text}"));
    }

    #[test]
    fn the_encoding_is_guessed_from_where_letters_tell_it() {
        for (charset, text) in [
            ("euc-kr", "직무 내용과 자격 요건, 급여와 복리후생. "),
            ("shift_jis", "職務内容と応募資格、給与と待遇。 "),
            ("windows-1252", "Fähigkeiten und Überblick für alle. "),
        ] {
            let encoding = Encoding::for_label(charset.as_bytes()).expect("a known encoding");
            let page = "Data Engineer. ".repeat(40_000) + &text.repeat(20_000);
            let bytes = encoding.encode(&page).0;
            let start = std::time::Instant::now();
            assert!(decoded(&bytes) == page, "{charset}");
            assert!(start.elapsed().as_secs() < 20, "{charset}: {:?}", start.elapsed());
        }
    }

    #[test]
    fn what_is_no_text_is_refused() {
        assert!(decode(b"\x89PNG\r\n\x1a\n....", Format::Html).is_err());
        assert!(decode(&[1, 2, 3, 4, 5, 6, 7, 8], Format::SavedText).is_err());
        assert_eq!(decoded(b"a\0\0\0\0\0\0\0\0\0\0b"), "ab");
    }
}
