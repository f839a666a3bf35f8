//! The checksum that the engine puts behind every file of documents: `{"version":…,"crc":…}`, the length of that and a
//! magic number. It is read here as a stream, because the engine's own reader maps the file and trusts its length.

use std::io::{self, Read, Seek, SeekFrom};
use tantivy::directory::footer::Footer;

/// Two little-endian numbers end a file: the length of the JSON before them, and this.
const MAGIC: u32 = 1337;
/// Bytes of these numbers.
const NUMBERS: u64 = 8;
/// The JSON is shorter than this by far.
const LONGEST_FOOTER: u64 = 4096;
/// Bytes read at a time.
const PIECE: usize = 1 << 18;

/// Reads a file to its end and compares its checksum; `take` is given all of it, piece by piece.
///
/// # Errors
/// Of kind [`io::ErrorKind::InvalidData`] where it is damaged; else what the system says.
pub(super) fn verify(mut file: impl Read + Seek, mut take: impl FnMut(&[u8])) -> io::Result<()> {
    let length = file.seek(SeekFrom::End(0))?;
    let (footer, footer_length) = footer(&mut file, length)?;
    file.rewind()?;
    let mut body = length - footer_length;
    let mut crc = crc32fast::Hasher::new();
    let mut piece = vec![0; PIECE];
    loop {
        let read = match file.read(&mut piece) {
            Ok(0) => break,
            Ok(read) => read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        let of_body = usize::try_from(body).unwrap_or(usize::MAX).min(read);
        crc.update(&piece[..of_body]);
        body -= of_body as u64;
        take(&piece[..read]);
    }
    if body > 0 || crc.finalize() != footer.crc {
        return Err(damaged("its checksum does not fit"));
    }
    Ok(())
}

/// The footer, and how long it is with its numbers.
fn footer(file: &mut (impl Read + Seek), length: u64) -> io::Result<(Footer, u64)> {
    if length < NUMBERS {
        return Err(damaged("it is cut off"));
    }
    file.seek(SeekFrom::Start(length - NUMBERS))?;
    let mut numbers = [[0; 4]; 2];
    file.read_exact(&mut numbers[0])?;
    file.read_exact(&mut numbers[1])?;
    let [json, magic] = numbers.map(u32::from_le_bytes);
    let whole = u64::from(json) + NUMBERS;
    if magic != MAGIC || u64::from(json) > LONGEST_FOOTER || whole > length {
        return Err(damaged("it has no checksum at its end, as if it were cut off"));
    }
    file.seek(SeekFrom::Start(length - whole))?;
    let mut bytes = vec![0; json as usize];
    file.read_exact(&mut bytes)?;
    let footer: Footer =
        serde_json::from_slice(&bytes).map_err(|_| damaged("the checksum at its end cannot be read"))?;
    // `FORMAT` changes with the engine: another version is a bit that is wrong.
    if footer.version != *tantivy::version() {
        return Err(damaged("the checksum at its end is not of this version of the engine"));
    }
    Ok((footer, whole))
}

fn damaged(reason: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, reason)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Cursor;

    fn file(body: &[u8]) -> Vec<u8> {
        let footer = Footer { version: tantivy::version().clone(), crc: crc32fast::hash(body) };
        let json = serde_json::to_vec(&footer).unwrap();
        let length = u32::try_from(json.len()).unwrap();
        [body, &json, &length.to_le_bytes(), &MAGIC.to_le_bytes()].concat()
    }

    #[test]
    fn every_bit_and_every_length_counts() {
        for body in [&b""[..], b"some documents"] {
            let sound = file(body);
            let mut all = Vec::new();
            verify(Cursor::new(&sound), |piece| all.extend_from_slice(piece)).unwrap();
            assert_eq!(all, sound);
            for bit in 0..sound.len() * 8 {
                let mut flipped = sound.clone();
                flipped[bit / 8] ^= 1 << (bit % 8);
                assert!(verify(Cursor::new(&flipped), |_| ()).is_err(), "bit {bit}");
            }
            for length in 0..sound.len() {
                assert!(verify(Cursor::new(&sound[..length]), |_| ()).is_err(), "{length} bytes");
            }
        }
    }
}
