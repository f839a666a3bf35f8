//! A document as it is stored, without a copy of it: the engine's own way reads bytes one by one.

use tantivy::directory::OwnedBytes;
use tantivy::schema::Field;

/// The codes of the types that are stored, and the bit that marks the last byte of a number (tantivy 0.27,
/// `schema/document/mod.rs` and `common/src/vint.rs`).
const TEXT: u8 = 0;
const BYTES: u8 = 4;
const LAST: u8 = 0x80;

/// The bytes of a stored document: how many values there are, then each with its field, the code of its type, its length and
/// itself.
pub(super) struct StoredDocument(pub(super) OwnedBytes);

impl StoredDocument {
    /// The first value of a field of bytes.
    pub(super) fn bytes(&self, field: Field) -> Option<&[u8]> {
        let mut rest: &[u8] = &self.0;
        for _ in 0..number(&mut rest)? {
            let (id, after) = rest.split_first_chunk()?;
            let (code, after) = after.split_first()?;
            rest = after;
            if !matches!(*code, TEXT | BYTES) {
                return None;
            }
            let length = usize::try_from(number(&mut rest)?).ok()?;
            let (value, after) = rest.split_at_checked(length)?;
            rest = after;
            if u32::from_le_bytes(*id) == field.field_id() {
                return Some(value);
            }
        }
        None
    }
}

/// A number of seven bits a byte, the lowest first.
fn number(bytes: &mut &[u8]) -> Option<u64> {
    let mut number = 0;
    for shift in (0..u64::BITS).step_by(7) {
        let (byte, rest) = bytes.split_first()?;
        *bytes = rest;
        number |= u64::from(byte & !LAST) << shift;
        if byte & LAST != 0 {
            return Some(number);
        }
    }
    None
}
