//! A quick look into one file of many: no copy, no links followed, nothing that blocks.

use std::io::{self, Read};
use std::path::Path;

use super::os;

/// How much is read at first: most sources are smaller.
const FIRST: usize = 64 * 1024;
/// Where a file without text betrays itself: git looks at as many bytes.
const HEAD: usize = 8000;

/// What a look into a file shows.
#[derive(Debug, PartialEq, Eq)]
pub enum Peek<'a> {
    /// Its bytes, whole.
    Text(&'a [u8]),
    /// It is no text: a NUL stands near its beginning.
    Binary,
    /// It is larger than what was asked for.
    Large,
}

/// Looks into files, one after the other, with one stretch of memory.
#[derive(Debug, Default)]
pub struct Peeker {
    buffer: Vec<u8>,
}

impl Peeker {
    /// What stands in a file of at most `most` bytes. UTF-16 that says so is text.
    ///
    /// # Errors
    /// The system's: no permission, gone, a link, or something that is no file and has nothing to read.
    pub fn look(&mut self, path: &Path, most: usize) -> io::Result<Peek<'_>> {
        let mut file = os::open(path)?;
        if self.buffer.len() < FIRST {
            self.buffer.resize(FIRST, 0);
        }
        let most_bytes = u64::try_from(most).unwrap_or(u64::MAX);
        let mut filled = 0;
        loop {
            if filled == self.buffer.len() {
                let length = file.metadata()?.len();
                if length > most_bytes {
                    return Ok(Peek::Large);
                }
                // One byte more, so that a last read shows the end.
                let whole = usize::try_from(length).unwrap_or(most).saturating_add(1);
                self.buffer.resize(whole.max(filled * 2), 0);
            }
            let read = file.read(self.buffer.get_mut(filled..).unwrap_or_default())?;
            if filled == 0 && is_binary(self.buffer.get(..read).unwrap_or_default()) {
                return Ok(Peek::Binary);
            }
            filled += read;
            if filled > most {
                return Ok(Peek::Large);
            }
            if read == 0 {
                return Ok(Peek::Text(self.buffer.get(..filled).unwrap_or_default()));
            }
        }
    }
}

/// Whether bytes are no text, by their beginning.
pub fn is_binary(bytes: &[u8]) -> bool {
    if bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") {
        return false;
    }
    let head = bytes.get(..HEAD).unwrap_or(bytes);
    memchr::memchr(0, head).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files::save_private;

    fn shown(bytes: &[u8], most: usize) -> String {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("x");
        save_private(&path, bytes).unwrap();
        let mut peeker = Peeker::default();
        // A second look must not show what the first has left in memory.
        let _ = peeker.look(&path, most).unwrap();
        match peeker.look(&path, most).unwrap() {
            Peek::Text(text) => {
                assert_eq!(text, bytes);
                format!("text {}", text.len())
            }
            Peek::Binary => "binary".into(),
            Peek::Large => "large".into(),
        }
    }

    #[test]
    fn text_comes_whole_whatever_its_length() {
        for length in [0, 1, 7999, 8000, 65_535, 65_536, 65_537, 300_000] {
            let text = vec![b'a'; length];
            assert_eq!(shown(&text, 1 << 20), format!("text {length}"));
        }
    }

    #[test]
    fn the_limit_is_kept_to_the_byte() {
        for most in [100, 65_536, 200_000] {
            assert_eq!(shown(&vec![b'a'; most], most), format!("text {most}"));
            assert_eq!(shown(&vec![b'a'; most + 1], most), "large");
        }
    }

    #[test]
    fn a_nul_near_the_beginning_is_no_text() {
        assert_eq!(shown(b"\x7fELF\0\0", 1000), "binary");
        let mut late = vec![b'a'; 9000];
        late.push(0);
        assert_eq!(shown(&late, 1 << 20), "text 9001");
        assert_eq!(shown(b"\xff\xfea\0b\0", 1000), "text 6");
    }

    #[cfg(unix)]
    #[test]
    fn a_link_is_not_followed() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("link");
        std::os::unix::fs::symlink("/etc/passwd", &path).unwrap();
        assert!(Peeker::default().look(&path, 1000).is_err());
    }
}
