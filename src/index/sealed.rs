//! Small files that are put in place whole, each with its checksum as the last line: the engine has none for the lists
//! of its segments and of its files, and a bit that is wrong there would be believed.

/// Bytes of the last line.
const SEAL: usize = "crc32 00000000\n".len();

/// The content with its checksum behind it.
pub(super) fn seal(content: &[u8]) -> Vec<u8> {
    [content, line(content).as_bytes()].concat()
}

/// The content before the checksum; none where they do not fit.
pub(super) fn unseal(bytes: &[u8]) -> Option<&[u8]> {
    let (content, seal) = bytes.split_at_checked(bytes.len().checked_sub(SEAL)?)?;
    (line(content).as_bytes() == seal).then_some(content)
}

fn line(content: &[u8]) -> String {
    format!("crc32 {:08x}\n", crc32fast::hash(content))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_bit_and_every_length_counts() {
        let sealed = seal(b"{\"segments\":[]}\n");
        assert_eq!(unseal(&sealed), Some(&b"{\"segments\":[]}\n"[..]));
        for bit in 0..sealed.len() * 8 {
            let mut flipped = sealed.clone();
            flipped[bit / 8] ^= 1 << (bit % 8);
            assert_eq!(unseal(&flipped), None, "bit {bit}");
        }
        for length in 0..sealed.len() {
            assert_eq!(unseal(&sealed[..length]), None, "{length} bytes");
        }
    }
}
