//! Where lines end: `\n` with any number of `\r` before it, and nothing else.

use memchr::memchr;

/// Where the line that holds `from` ends: before and after its line end.
pub(super) fn line_ends(bytes: &[u8], from: usize) -> (usize, usize) {
    let Some(found) = memchr(b'\n', &bytes[from..]) else {
        return (bytes.len(), bytes.len());
    };
    let feed = from + found;
    let returns = bytes[from..feed]
        .iter()
        .rev()
        .take_while(|&&byte| byte == b'\r');
    (feed - returns.count(), feed + 1)
}
