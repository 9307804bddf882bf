//! Who else can read a file.

use std::path::Path;

use super::snapshot::Snapshot;
use super::{os, trouble};
use crate::domain::clean_text::CleanText;
use crate::domain::symptom::FileTrouble;
use crate::text::{Phrase, Said};

const READABLE: Phrase = Phrase::new(
    "others on this machine can read {} (mode {}); to keep it to yourself: {}",
    "这台机器上的其他用户可以读取 {}（权限 {}）；只留给自己：{}",
);

/// What to say about a file that the group or everybody can read or write, with the command that
/// mends it; `None` where nobody else can, or where no modes are known.
pub fn exposure(snapshot: &Snapshot) -> Option<Said> {
    let mode = snapshot.mode().filter(|mode| mode & 0o066 != 0)?;
    let path = snapshot.target.display();
    let command = format!("chmod 600 {}", quoted(&snapshot.target));
    Some(Said::new(
        READABLE,
        &[
            &CleanText::line(&path.to_string()),
            &format!("{mode:04o}"),
            &CleanText::line(&command),
        ],
    ))
}

/// Takes the rights of group and others from a file that was read.
pub fn make_private(snapshot: &Snapshot) -> Result<(), FileTrouble> {
    let target = &snapshot.target;
    let made = os::open(target).and_then(|file| os::make_private(&file));
    made.map_err(|error| trouble::of(target, &error))
}

/// A path as one word of a shell.
fn quoted(path: &Path) -> String {
    let text = path.display().to_string();
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "/._-+@%".contains(c);
    if text.chars().all(is_plain) {
        return text;
    }
    format!("'{}'", text.replace('\'', "'\\''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_one_word_of_the_command() {
        assert_eq!(quoted(Path::new("/a/.env")), "/a/.env");
        assert_eq!(quoted(Path::new("/my app/it's")), "'/my app/it'\\''s'");
    }
}
