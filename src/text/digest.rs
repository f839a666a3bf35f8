//! Hashes of 64 bits, by which texts are told apart where all of a hash would take too much room.

/// The first 64 bits of a hash.
pub fn digest(hash: blake3::Hash) -> u64 {
    let [a, b, c, d, e, f, g, h, ..] = *hash.as_bytes();
    u64::from_le_bytes([a, b, c, d, e, f, g, h])
}
