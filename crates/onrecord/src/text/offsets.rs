//! From bytes to Unicode code points, the unit of the W3C Web Annotation model.
//!
//! In: byte offsets on character boundaries. Out: code points. The engine itself counts in bytes; only
//! [`crate::wire`] asks.

/// Converts byte offsets of one text to code points in constant time.
///
/// A count is kept for every block of bytes; the rest is counted at look-up. A table entry per byte would take
/// four times the text, a walk per look-up would make long articles quadratic.
///
/// ```
/// let offsets = onrecord::text::Offsets::new("“é”");
/// assert_eq!(offsets.code_point(3), 1);
/// assert_eq!(offsets.code_point(5), 2);
/// ```
#[derive(Clone, Debug)]
pub struct Offsets<'t> {
    text: &'t str,
    /// Code points before each block; empty for ASCII text, where the two units are one.
    before: Vec<u32>,
}

const BLOCK: usize = 128;

impl<'t> Offsets<'t> {
    /// Counts the text once.
    pub fn new(text: &'t str) -> Offsets<'t> {
        let mut before = Vec::new();
        if !text.is_ascii() {
            before.reserve(text.len() / BLOCK + 1);
            let mut count = 0;
            for block in text.as_bytes().chunks(BLOCK) {
                before.push(count);
                count += count_starts(block);
            }
        }
        Offsets { text, before }
    }

    /// The number of code points before the byte offset `byte`, which lies on a character boundary.
    pub fn code_point(&self, byte: u32) -> u32 {
        if self.before.is_empty() {
            return byte;
        }
        let byte = byte as usize;
        let block = (byte / BLOCK).min(self.before.len() - 1);
        self.before[block] + count_starts(&self.text.as_bytes()[block * BLOCK..byte])
    }
}

fn count_starts(bytes: &[u8]) -> u32 {
    bytes.iter().filter(|&&b| !(0x80..0xC0).contains(&b)).count() as u32
}

#[cfg(test)]
mod tests {
    use super::Offsets;

    #[test]
    fn agrees_with_counting() {
        let text = "a“é👍”\r\n".repeat(97);
        let offsets = Offsets::new(&text);
        for (points, (byte, _)) in text.char_indices().enumerate() {
            assert_eq!(offsets.code_point(byte as u32) as usize, points);
        }
        assert_eq!(offsets.code_point(text.len() as u32) as usize, text.chars().count());
    }
}
