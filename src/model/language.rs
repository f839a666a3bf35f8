//! Languages by their codes: what a page's `lang` means, and what people see of it.

use super::Label;

/// A language that is known by name.
#[derive(Debug, PartialEq, Eq)]
pub struct Language {
    /// ISO 639-1: the beginning of its BCP 47 tags.
    pub code: &'static str,
    /// ISO 639-3, and other codes that pages use for it.
    codes: &'static [&'static str],
    /// In English.
    pub name: &'static str,
}

const fn language(code: &'static str, codes: &'static [&'static str], name: &'static str) -> Language {
    Language { code, codes, name }
}

const LANGUAGES: &[Language] = &[
    language("ar", &["ara"], "Arabic"),
    language("bg", &["bul"], "Bulgarian"),
    language("bn", &["ben"], "Bengali"),
    language("ca", &["cat"], "Catalan"),
    language("cs", &["ces", "cze"], "Czech"),
    language("da", &["dan"], "Danish"),
    language("de", &["deu", "ger"], "German"),
    language("el", &["ell", "gre"], "Greek"),
    language("en", &["eng"], "English"),
    language("es", &["spa"], "Spanish"),
    language("et", &["est"], "Estonian"),
    language("fa", &["pes", "fas", "per"], "Persian"),
    language("fi", &["fin"], "Finnish"),
    language("fr", &["fra", "fre"], "French"),
    language("he", &["heb", "iw"], "Hebrew"),
    language("hi", &["hin"], "Hindi"),
    language("hr", &["hrv"], "Croatian"),
    language("hu", &["hun"], "Hungarian"),
    language("id", &["ind", "in"], "Indonesian"),
    language("it", &["ita"], "Italian"),
    language("ja", &["jpn"], "Japanese"),
    language("ko", &["kor"], "Korean"),
    language("lt", &["lit"], "Lithuanian"),
    language("lv", &["lav"], "Latvian"),
    language("nl", &["nld", "dut"], "Dutch"),
    language("no", &["nob", "nor", "nb", "nn"], "Norwegian"),
    language("pl", &["pol"], "Polish"),
    language("pt", &["por"], "Portuguese"),
    language("ro", &["ron", "rum"], "Romanian"),
    language("ru", &["rus"], "Russian"),
    language("sk", &["slk", "slo"], "Slovak"),
    language("sl", &["slv"], "Slovenian"),
    language("sr", &["srp"], "Serbian"),
    language("sv", &["swe"], "Swedish"),
    language("ta", &["tam"], "Tamil"),
    language("th", &["tha"], "Thai"),
    language("tr", &["tur"], "Turkish"),
    language("uk", &["ukr"], "Ukrainian"),
    language("ur", &["urd"], "Urdu"),
    language("vi", &["vie"], "Vietnamese"),
    language("zh", &["cmn", "zho", "chi"], "Chinese"),
];

/// Tags that name no language.
const NONE: &[&str] = &["und", "mul", "zxx", "mis", "x", "i"];

impl Language {
    /// The language with this code: ISO 639-1, -2 or -3, in any case of letters.
    pub fn with_code(code: &str) -> Option<&'static Self> {
        let is = |known: &str| known.eq_ignore_ascii_case(code);
        LANGUAGES.iter().find(|language| is(language.code) || language.codes.iter().any(|code| is(code)))
    }

    /// The language with this English name, in any case of letters.
    fn named(name: &str) -> Option<&'static Self> {
        LANGUAGES.iter().find(|language| language.name.eq_ignore_ascii_case(name))
    }

    /// The tag that a page states, as a BCP 47 tag: `en_GB` is `en-GB`, `English` is `en`; none where it names no
    /// language (`und`, `x-default`).
    pub fn tag(stated: &str) -> Option<String> {
        let stated = stated.trim();
        if let Some(named) = Self::named(stated) {
            return Some(named.code.to_owned());
        }
        let tag = stated.replace('_', "-");
        let part = |part: &str| {
            (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric())
        };
        let code = primary(&tag);
        let names_one = (2..=3).contains(&code.len())
            && code.bytes().all(|byte| byte.is_ascii_alphabetic())
            && !NONE.iter().any(|none| none.eq_ignore_ascii_case(code));
        (tag.len() <= 35 && tag.split('-').all(part) && names_one).then_some(tag)
    }

    /// Code and name of a tag's language: one value for `en`, `en-GB`, `eng` and `English`. A language that is not
    /// known by name goes by its code.
    pub fn label(tag: &str) -> Label {
        let code = primary(tag);
        match Self::with_code(code).or_else(|| Self::named(tag)) {
            Some(known) => Label { id: known.code.to_owned(), label: known.name.to_owned() },
            None => Label { id: code.to_ascii_lowercase(), label: code.to_ascii_lowercase() },
        }
    }
}

/// The part of a tag that names the language.
fn primary(tag: &str) -> &str {
    tag.split(['-', '_']).next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_pages_state() {
        let tag = |stated| Language::tag(stated);
        assert_eq!(tag(" en_GB "), Some("en-GB".to_owned()));
        assert_eq!(tag("German"), Some("de".to_owned()));
        assert_eq!(tag("zh-Hant-TW"), Some("zh-Hant-TW".to_owned()));
        for odd in ["", "und", "x-default", "english (uk)", "e", "en--", "1234", "de-AT-aaaaaaaaaa"] {
            assert_eq!(tag(odd), None, "{odd}");
        }
    }

    #[test]
    fn one_value_for_a_language() {
        for tag in ["no", "nb-NO", "nn", "nor", "norwegian"] {
            assert_eq!(Language::label(tag), Label { id: "no".to_owned(), label: "Norwegian".to_owned() });
        }
        assert_eq!(Language::label("EN-us").id, "en");
        assert_eq!(Language::label("gsw-CH").label, "gsw");
        let codes: Vec<&str> = LANGUAGES.iter().map(|language| language.code).collect();
        assert!(codes.is_sorted(), "{codes:?}");
    }
}
