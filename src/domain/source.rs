//! What a person wants to go along with a question: a file, a folder or a glob, perhaps some lines of it.

use std::fmt;

/// Something named to go along.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// As the person wrote it.
    pub path: String,
    /// Only these lines.
    pub lines: Option<Lines>,
    /// The person insists: outside of the project, ignored, a `.env` file.
    pub is_forced: bool,
}

/// Lines of a file, from 1, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lines {
    /// The first.
    pub first: usize,
    /// The last; `None`: to the end.
    pub last: Option<usize>,
}

/// What is named when the clipboard is meant: `@clipboard`. A file of that name is `./clipboard`.
pub const CLIPBOARD: &str = "clipboard";

impl Source {
    /// What is on the clipboard is meant.
    pub fn is_clipboard(&self) -> bool {
        self.path == CLIPBOARD && self.lines.is_none()
    }

    /// Reads `src/main.rs` or `src/main.rs:10-40`.
    pub fn read(text: &str) -> Self {
        let behind = text.rsplit_once(':');
        let known = behind.and_then(|(path, lines)| Some((path, Lines::read(lines)?)));
        let (path, lines) = match known {
            Some((path, lines)) if !path.is_empty() => (path, Some(lines)),
            _ => (text, None),
        };
        Self {
            path: path.to_owned(),
            lines,
            is_forced: false,
        }
    }

    /// Several files may be meant.
    pub fn is_glob(&self) -> bool {
        self.path.contains(['*', '?', '['])
    }
}

impl Lines {
    /// Reads `10`, `10-40` or `10-`.
    pub fn read(text: &str) -> Option<Self> {
        let number = |text: &str| {
            let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
            text.parse()
                .ok()
                .filter(|number: &usize| is_number && *number > 0)
        };
        let lines = match text.split_once('-') {
            None => {
                let line = number(text)?;
                Self {
                    first: line,
                    last: Some(line),
                }
            }
            Some((first, "")) => Self {
                first: number(first)?,
                last: None,
            },
            Some((first, last)) => Self {
                first: number(first)?,
                last: Some(number(last)?),
            },
        };
        lines
            .last
            .is_none_or(|last| last >= lines.first)
            .then_some(lines)
    }
}

impl fmt::Display for Lines {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.last {
            Some(last) if last == self.first => write!(f, "{last}"),
            Some(last) => write!(f, "{}-{last}", self.first),
            None => write!(f, "{}-", self.first),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_read_behind_a_path() {
        for (text, path, lines) in [
            ("a.rs", "a.rs", None),
            ("a.rs:7", "a.rs", Some("7")),
            ("a.rs:10-40", "a.rs", Some("10-40")),
            ("a.rs:10-", "a.rs", Some("10-")),
            ("a.rs:0", "a.rs:0", None),
            ("a.rs:9-3", "a.rs:9-3", None),
            ("a:b", "a:b", None),
            (":3", ":3", None),
        ] {
            let source = Source::read(text);
            let shown = source.lines.map(|lines| lines.to_string());
            assert_eq!(
                (source.path.as_str(), shown.as_deref()),
                (path, lines),
                "{text}"
            );
        }
    }
}
