//! What a request is called in the log: as its client or a proxy calls it, or by a name of ours.

use axum::http::{HeaderMap, HeaderName, HeaderValue};
use std::fmt;
use std::sync::LazyLock;
use std::sync::atomic::{AtomicU64, Ordering};

/// The header that says so, in a request and in its answer.
pub(super) const X_REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
/// The longest name that is taken over.
const LONGEST: usize = 64;

/// Tells the names of this process from those of another.
static PROCESS: LazyLock<u32> = LazyLock::new(|| getrandom::u32().unwrap_or_else(|_| std::process::id()));
static NEXT: AtomicU64 = AtomicU64::new(1);

/// The name of a request: letters, digits, `.`, `_` and `-`.
#[derive(Debug)]
pub(super) struct RequestId(HeaderValue);

impl RequestId {
    /// As the request says, where that is one name and could stand in a log as it is; else a new one.
    pub(super) fn of(headers: &HeaderMap) -> Self {
        let mut named = headers.get_all(X_REQUEST_ID).iter();
        match (named.next(), named.next()) {
            (Some(name), None) if is_plain(name.as_bytes()) => Self(name.clone()),
            _ => Self::new(),
        }
    }

    fn new() -> Self {
        let name = format!("{:08x}-{:x}", *PROCESS, NEXT.fetch_add(1, Ordering::Relaxed));
        Self(HeaderValue::from_str(&name).unwrap_or(HeaderValue::from_static("none")))
    }

    pub(super) fn into_value(self) -> HeaderValue {
        self.0
    }
}

impl fmt::Display for RequestId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.to_str().unwrap_or_default())
    }
}

fn is_plain(name: &[u8]) -> bool {
    let plain = |byte: &u8| byte.is_ascii_alphanumeric() || b"._-".contains(byte);
    (1..=LONGEST).contains(&name.len()) && name.iter().all(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(named: &[&[u8]]) -> String {
        let mut headers = HeaderMap::new();
        for name in named {
            headers.append(X_REQUEST_ID, HeaderValue::from_bytes(name).unwrap());
        }
        RequestId::of(&headers).to_string()
    }

    #[test]
    fn a_name_is_taken_over_where_it_is_plain() {
        let longest = "a".repeat(LONGEST);
        for name in ["1", "A-b_c.9", "0af7651916cd43dd8448eb211c80319c", &longest] {
            assert_eq!(id(&[name.as_bytes()]), name);
        }
        let too_long = "a".repeat(LONGEST + 1);
        let hostile: [&[u8]; 8] =
            [b"", b" ", b"a b", b"a\tb", b"id=1", b"\"a\"", "\u{e4}".as_bytes(), too_long.as_bytes()];
        for name in hostile {
            let made = id(&[name]);
            assert!(made.as_bytes() != name && is_plain(made.as_bytes()), "{made}");
        }
        assert!(!["a", "b", "a, b"].contains(&id(&[b"a", b"b"]).as_str()), "two names are none");
    }

    #[test]
    fn no_two_requests_are_given_the_same_name() {
        assert_ne!(id(&[]), id(&[]));
    }
}
