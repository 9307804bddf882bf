//! Templates of questions: a text with blanks such as `{{input}}`.
//!
//! ```text
//! Write a commit message for this change:\n\n{{diff}}
//! ```
//!
//! A blank is a small word between double braces. Braces round anything else, as other languages of templates
//! have them (`{{ user.name }}`, `${{ … }}`), are text; a small word that is no blank is a mistake to be told.

use super::clean_text::CleanText;
use super::source::Source;
use crate::text::{Phrase, Said};

/// What stands in the place of a blank.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Blank {
    /// What the person typed behind the template's name; for `onramp ask` the question and standard input.
    Input,
    /// The path of the first file that goes along: by `-f`, or named there by `@path`.
    File,
    /// What is staged in git, as a block of Markdown.
    Diff,
    /// The language that the person reads.
    Lang,
    /// The system: `linux`, `macos`, `windows`.
    Os,
    /// The person's shell: `bash`, `zsh`, `fish`.
    Shell,
}

impl Blank {
    /// Every blank.
    pub const ALL: [Self; 6] = [
        Self::Input,
        Self::File,
        Self::Diff,
        Self::Lang,
        Self::Os,
        Self::Shell,
    ];

    /// The word between the braces.
    pub fn name(self) -> &'static str {
        match self {
            Self::Input => "input",
            Self::File => "file",
            Self::Diff => "diff",
            Self::Lang => "lang",
            Self::Os => "os",
            Self::Shell => "shell",
        }
    }
}

/// Where a template comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// It is a file of the person's own.
    Own,
    /// The program brings it.
    BuiltIn,
    /// It is a file of the project: somebody else's words, to be read before they are sent.
    Project,
}

/// A template as it is listed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// What it is called by: of letters, digits, `-`, `_` and `.`; `./name` where another one has the bare name.
    pub name: String,
    /// What it is for.
    pub about: Said,
    /// Where it comes from.
    pub origin: Origin,
}

/// A template whose blanks are filled: what would be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filled {
    /// Where it comes from.
    pub origin: Origin,
    /// The text as it is shown, harmless to a terminal.
    pub text: CleanText,
    /// The text as it is sent: what the person brings to it verbatim, the words of a project's template as they are
    /// shown.
    pub sent: String,
    /// So many characters of what is sent cannot be shown.
    pub unseen: usize,
    /// Something of the person's own is missing in it.
    pub wants_input: bool,
    /// The files that it names by `@path`, in its own words or in those that the person typed to it: they go along.
    /// What was piped in, and what is staged, is somebody else's text and names none.
    pub named: Vec<Source>,
}

impl Filled {
    /// That something of what is sent cannot be shown.
    pub fn unseen_said(&self) -> Option<Said> {
        const ONE: Phrase = Phrase::new(
            "{} character of what you brought to it cannot be shown, and is sent",
            "您提供的内容中有 {} 个字符无法显示，但会发送",
        );
        const MORE: Phrase = Phrase::new(
            "{} characters of what you brought to it cannot be shown, and are sent",
            "您提供的内容中有 {} 个字符无法显示，但会发送",
        );
        let count = u64::try_from(self.unseen).unwrap_or(u64::MAX);
        let words = Phrase::counted(count, ONE, MORE);
        (self.unseen > 0).then(|| Said::new(words, &[&self.unseen]))
    }
}

/// A piece of a template.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Piece<'a> {
    Text(&'a str),
    /// The word between the braces, and all of it.
    Blank(&'a str, &'a str),
}

/// The blanks in a text, each once; words that are no blanks as they stand there.
pub fn blanks(text: &str) -> Result<Vec<Blank>, Vec<&str>> {
    let mut known: Vec<Blank> = Vec::new();
    let mut unknown: Vec<&str> = Vec::new();
    for piece in pieces(text) {
        let Piece::Blank(name, whole) = piece else {
            continue;
        };
        match blank(name) {
            Some(blank) if !known.contains(&blank) => known.push(blank),
            None if !unknown.contains(&whole) => unknown.push(whole),
            _ => {}
        }
    }
    if unknown.is_empty() {
        Ok(known)
    } else {
        Err(unknown)
    }
}

/// The text with its blanks filled. What is filled in is not filled again; what is no blank stays.
pub fn filled<'a>(text: &'a str, value: impl Fn(Blank) -> &'a str) -> String {
    let pieces = pieces(text).into_iter();
    let filled = pieces.map(|piece| match piece {
        Piece::Text(text) => text,
        Piece::Blank(name, whole) => blank(name).map_or(whole, &value),
    });
    filled.collect()
}

fn blank(name: &str) -> Option<Blank> {
    Blank::ALL.into_iter().find(|blank| blank.name() == name)
}

fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = text;
    let mut searched = 0;
    while let Some(at) = rest.get(searched..).and_then(|it| it.find("{{")) {
        let (before, from) = rest.split_at(searched + at);
        let Some((name, whole)) = word(from) else {
            searched = before.len() + 1;
            continue;
        };
        pieces.push(Piece::Text(before));
        pieces.push(Piece::Blank(name, whole));
        (_, rest) = from.split_at(whole.len());
        searched = 0;
    }
    pieces.push(Piece::Text(rest));
    pieces
}

/// The small word between the braces that a text begins with, and all of it.
fn word(text: &str) -> Option<(&str, &str)> {
    let inside = text.strip_prefix("{{")?;
    let end = inside.find("}}")?;
    let name = inside.get(..end)?.trim();
    let is_word = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_lowercase());
    is_word.then_some((name, text.get(..end + 4)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(blank: Blank) -> &'static str {
        match blank {
            Blank::Input => "in {{lang}}",
            Blank::Lang => "English",
            _ => "-",
        }
    }

    #[test]
    fn blanks_are_filled_once() {
        let text = "Explain {{input}} in {{ lang }}. {{input}}";
        assert_eq!(blanks(text), Ok(vec![Blank::Input, Blank::Lang]));
        assert_eq!(
            filled(text, value),
            "Explain in {{lang}} in English. in {{lang}}"
        );
    }

    #[test]
    fn a_word_that_is_no_blank_is_told_and_stays() {
        let text = "{{input}} {{inptu}} {{ date }} {{inptu}}";
        assert_eq!(blanks(text), Err(vec!["{{inptu}}", "{{ date }}"]));
        assert_eq!(filled("{{inptu}}", value), "{{inptu}}");
    }

    #[test]
    fn braces_of_other_languages_are_text() {
        for text in [
            "${{ matrix.os }}",
            "{{ user.name | upper }}",
            "{{",
            "{{}}",
            "{{{",
            "{{Input}}",
            "{{#if}}",
            "{ {input} }",
        ] {
            assert_eq!(blanks(text), Ok(vec![]), "{text}");
            assert_eq!(filled(text, value), text);
        }
        assert_eq!(filled("{{{lang}}}", value), "{English}");
    }
}
