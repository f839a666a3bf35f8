//! The text as html5gum's tokenizer takes it: what is long, text and the values of attributes, is passed over to its end in as
//! few steps as the machine allows.

use html5gum::{Readable as _, Reader};
use memchr::{memchr, memchr2};
use std::convert::Infallible;

/// A text and what of it is still to be read.
pub(super) struct Source<'p> {
    rest: &'p [u8],
    /// There are no carriage returns and NULs in it, at which the tokenizer stops too.
    is_plain: bool,
}

impl<'p> Source<'p> {
    pub(super) fn of(text: &'p str) -> Self {
        let rest = text.as_bytes();
        Self { rest, is_plain: memchr2(b'\r', 0, rest).is_none() }
    }

    fn take(&mut self, len: usize) -> &'p [u8] {
        let (taken, rest) = self.rest.split_at(len);
        self.rest = rest;
        taken
    }
}

impl Reader for Source<'_> {
    type Error = Infallible;

    #[inline(always)]
    fn read_byte(&mut self) -> Result<Option<u8>, Infallible> {
        let Some((first, rest)) = self.rest.split_first() else { return Ok(None) };
        self.rest = rest;
        Ok(Some(*first))
    }

    #[inline(always)]
    fn try_read_string(&mut self, text: &[u8], case_sensitive: bool) -> Result<bool, Infallible> {
        let begins = self
            .rest
            .get(..text.len())
            .is_some_and(|begin| begin == text || !case_sensitive && begin.eq_ignore_ascii_case(text));
        if begins {
            self.take(text.len());
        }
        Ok(begins)
    }

    #[inline(always)]
    fn read_until<'b>(
        &'b mut self,
        stops: &[u8],
        buffer: &'b mut [u8; 4],
    ) -> Result<Option<&'b [u8]>, Infallible> {
        let Some(first) = self.rest.first() else { return Ok(None) };
        let len = match stops {
            [a, b, 0, b'\r'] if self.is_plain => match first == a || first == b {
                true => 1,
                false => memchr2(*a, *b, self.rest).unwrap_or(self.rest.len()),
            },
            [a, 0, b'\r'] if self.is_plain => match first == a {
                true => 1,
                false => memchr(*a, self.rest).unwrap_or(self.rest.len()),
            },
            _ => {
                let Ok(read) =
                    self.rest.to_reader().read_until(stops, buffer).map(|read| read.map(<[u8]>::len));
                read.unwrap_or_default()
            }
        };
        Ok(Some(self.take(len)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn it_is_read_as_by_the_reader_of_the_tokenizer(
            text in "[a-c&<\"=é ]{0,60}|[a-c&<\"=\\r\\x00\\n ]{0,20}",
            stops in prop::sample::select(vec![&b"&<\0\r"[..], b"\"&\0\r", b"<\0\r", b"\0\r", b"\t\n\x0c />\0\r"]),
        ) {
            let (mut ours, mut theirs) = (Source::of(&text), text.as_str().to_reader());
            loop {
                prop_assert_eq!(ours.try_read_string(b"AB", false), theirs.try_read_string(b"AB", false));
                prop_assert_eq!(ours.read_byte(), theirs.read_byte());
                let (mut one, mut other) = ([0; 4], [0; 4]);
                let read = ours.read_until(stops, &mut one);
                prop_assert_eq!(read, theirs.read_until(stops, &mut other));
                if read == Ok(None) {
                    break;
                }
            }
        }
    }
}
