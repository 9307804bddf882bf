//! Files named in a question: `@src/main.rs`, `@src/main.rs:10-40`, `@src/`, `@src/**/*.rs`, `@"two words.md"`,
//! and `@!path` for what is refused else; and what may follow an `@` that is being typed.

use std::ops::Range;

use super::fuzzy::Matcher;
use crate::domain::source::{Lines, Source};

/// A file named in a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// Where it stands in the question, in bytes, the `@` included.
    pub span: Range<usize>,
    /// What is named.
    pub source: Source,
}

/// What may be put in the place of a path that is being typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// What to insert, the `@` included, in quotes where it needs them.
    pub text: String,
    /// The name, for the eye.
    pub name: String,
    /// It is a folder: more may follow.
    pub is_folder: bool,
    /// Its place among the names.
    pub place: usize,
}

/// The files that a question names, in order. `is_there` tells of a path whether something stands there: of
/// the ends that a name may have in running text the longest that does counts. Else the name goes to the next
/// blank, without the signs that close a sentence.
pub fn mentions(text: &str, is_there: impl Fn(&str) -> bool) -> Vec<Mention> {
    let mut found: Vec<Mention> = Vec::new();
    for (at, _) in text.match_indices('@') {
        let (before, from_sign) = text.split_at(at);
        let is_taken = found.last().is_some_and(|last| at < last.span.end);
        if is_taken || !may_begin(before) {
            continue;
        }
        let (_, behind) = from_sign.split_at(1);
        if let Some((source, length)) = read(behind, &is_there) {
            found.push(Mention {
                span: at..at + 1 + length,
                source,
            });
        }
    }
    found
}

/// An address such as `a@b.c` names no file.
fn may_begin(before: &str) -> bool {
    let last = before.chars().next_back();
    last.is_none_or(|last| !last.is_ascii_alphanumeric() && !"._%+-@`/\\".contains(last))
}

/// The source behind an `@`, and how many bytes it takes.
fn read(text: &str, is_there: impl Fn(&str) -> bool) -> Option<(Source, usize)> {
    let rest = text.strip_prefix('!').unwrap_or(text);
    let is_forced = rest.len() < text.len();
    let bang = text.len() - rest.len();
    if let Some(quoted) = rest.strip_prefix('"') {
        let (path, behind) = quoted.split_once('"')?;
        let lines = behind
            .find(|c: char| !(c.is_ascii_digit() || matches!(c, ':' | '-')))
            .map_or(behind, |end| behind.split_at(end).0);
        let known = lines.strip_prefix(':').and_then(Lines::read);
        let source = Source {
            path: path.to_owned(),
            lines: known,
            is_forced,
        };
        let length = bang + 1 + path.len() + 1 + known.map_or(0, |_| lines.len());
        return (!path.trim().is_empty() && !path.contains('\n')).then_some((source, length));
    }
    let word = rest.split(char::is_whitespace).next().unwrap_or_default();
    let ends = ends(word);
    let sources = ends
        .iter()
        .map(|&end| (Source::read(word.split_at(end).0), end));
    // Lines that cannot be are no lines of a file that is there: not the whole of it was named.
    let is_cut_short = |end: usize| {
        let behind = word.split_at(end).1.strip_prefix(':').unwrap_or_default();
        behind.starts_with(|c: char| c.is_ascii_digit() || c == '-')
    };
    let there = sources
        .clone()
        .find(|(source, end)| is_there(&source.path) && !is_cut_short(*end));
    let (mut source, end) = there.or_else(|| {
        // Nothing stands there: it names a file only where it looks like one.
        let mut sources = sources;
        sources.find(|(source, end)| {
            !word.split_at(*end).0.ends_with(closes_sentence)
                && source.path.contains(['/', '.', '*'])
        })
    })?;
    source.is_forced = is_forced;
    Some((source, bang + end))
}

/// Where a name may end within a word, the longest first: at its end, before closing signs, and where
/// another script goes on without a blank.
fn ends(word: &str) -> Vec<usize> {
    let mut ends = vec![word.len()];
    let mut before = None;
    for (at, c) in word.char_indices() {
        let goes_on = before.is_some_and(|before: char| before.is_ascii() != c.is_ascii());
        if at > 0 && (closes_sentence(c) || goes_on) {
            ends.push(at);
        }
        before = Some(c);
    }
    ends.sort_unstable();
    ends.dedup();
    ends.reverse();
    ends.retain(|&end| end > 0);
    ends
}

fn closes_sentence(c: char) -> bool {
    ".,;:!?)]}>'\"`，。；：！？）】」』、…》”’".contains(c)
}

/// What may follow the `@` in whose path a person types: the files and folders of `names` (each from the
/// folder on, folders with a `/` behind them) that its letters name, the best first, at most so many.
///
/// A path ending in `/` lists what is in that folder. Takes about a millisecond for 10,000 names.
pub fn complete(
    typed: &str,
    names: &[String],
    matcher: &mut Matcher,
    most: usize,
) -> Vec<Candidate> {
    let bare = typed.strip_prefix('!').unwrap_or(typed);
    let forced = if bare.len() < typed.len() { "!" } else { "" };
    let bare = bare.strip_prefix('"').unwrap_or(bare);
    let bare = bare.strip_prefix("./").unwrap_or(bare);
    let candidate = |place: usize| {
        let name = &names[place];
        let is_plain = !name.contains([' ', '"', '\'', ',', ';', ':', ')', '(', '\t']);
        Candidate {
            text: if is_plain {
                format!("@{forced}{name}")
            } else {
                format!("@{forced}\"{name}\"")
            },
            name: name.clone(),
            is_folder: name.ends_with('/'),
            place,
        }
    };
    if bare.is_empty() || bare.ends_with('/') {
        let here = names.iter().enumerate().filter(|(_, name)| {
            let rest = name.strip_prefix(bare).filter(|rest| !rest.is_empty());
            rest.is_some_and(|rest| !rest.trim_end_matches('/').contains('/'))
        });
        return here.take(most).map(|(place, _)| candidate(place)).collect();
    }
    let places = matcher.best(bare, names, most).into_iter();
    places.map(candidate).collect()
}

/// What stands behind the `@` of a name that is being typed at the end of a text; `None` where none is.
pub fn being_typed(before: &str) -> Option<&str> {
    let (at, _) = before.match_indices('@').rfind(|(at, _)| {
        let (ahead, _) = before.split_at(*at);
        may_begin(ahead)
    })?;
    let typed = before.split_at(at + 1).1;
    let bare = typed.strip_prefix('!').unwrap_or(typed);
    let is_open = match bare.strip_prefix('"') {
        Some(quoted) => !quoted.contains('"'),
        None => !bare.contains(char::is_whitespace),
    };
    is_open.then_some(typed)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn named(text: &str, there: &[&str]) -> Vec<String> {
        let found = mentions(text, |path| there.contains(&path)).into_iter();
        found
            .map(|mention| {
                let source = mention.source;
                let lines = source.lines.map_or(String::new(), |it| format!(":{it}"));
                let mark = if source.is_forced { "!" } else { "" };
                format!("{mark}{}{lines}", source.path)
            })
            .collect()
    }

    #[test]
    fn files_are_named_in_running_text() {
        for (text, there, expected) in [
            (
                "explain @src/main.rs",
                &["src/main.rs"][..],
                &["src/main.rs"][..],
            ),
            ("(see @a.rs, @b.rs).", &["a.rs", "b.rs"], &["a.rs", "b.rs"]),
            (
                "@a.rs:10-40 and @b/:",
                &["a.rs", "b/"],
                &["a.rs:10-40", "b/"],
            ),
            ("why @a.rs:7?", &["a.rs"], &["a.rs:7"]),
            (
                "解释@src/main.rs这个文件。",
                &["src/main.rs"],
                &["src/main.rs"],
            ),
            (
                "看看 @文档/说明.md，好吗",
                &["文档/说明.md"],
                &["文档/说明.md"],
            ),
            ("@\"two words.md\":3- ok", &[], &["two words.md:3-"]),
            ("@!.env", &[], &["!.env"]),
            ("@src/**/*.rs", &[], &["src/**/*.rs"]),
            ("@gone.rs.", &[], &["gone.rs"]),
            ("@Makefile", &["Makefile"], &["Makefile"]),
            // Lines that cannot be do not stand for the whole file.
            ("@a.rs:5-2 x", &["a.rs"], &["a.rs:5-2"]),
            ("@a.rs:0-3", &["a.rs"], &["a.rs:0-3"]),
        ] {
            assert_eq!(named(text, there), expected, "{text}");
        }
    }

    #[test]
    fn what_names_no_file_is_left_alone() {
        for text in [
            "mail me@example.com",
            "@everyone listen",
            "a @ b",
            "`@media`",
            "git@github.com:a/b.git",
            "@",
            "@\"\"",
        ] {
            assert_eq!(named(text, &[]), [""; 0], "{text}");
        }
    }

    fn names(names: &[&str]) -> Vec<String> {
        names.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_path_is_completed_by_its_letters_or_folder_by_folder() {
        let names = names(&[
            "docs/",
            "docs/my file.md",
            "src/",
            "src/app/",
            "src/app/main.rs",
            "src/lib.rs",
        ]);
        let offered = |typed: &str| -> Vec<String> {
            let found = complete(typed, &names, &mut Matcher::new(), 10).into_iter();
            found.map(|it| it.text).collect()
        };
        assert_eq!(offered(""), ["@docs/", "@src/"]);
        assert_eq!(offered("src/"), ["@src/app/", "@src/lib.rs"]);
        assert_eq!(offered("./src/"), ["@src/app/", "@src/lib.rs"]);
        assert_eq!(offered("mainrs"), ["@src/app/main.rs"]);
        assert_eq!(offered("!lib"), ["@!src/lib.rs"]);
        assert_eq!(offered("\"my"), ["@\"docs/my file.md\""]);
    }

    #[test]
    fn a_name_is_being_typed_behind_its_sign() {
        for (before, typed) in [
            ("see @", Some("")),
            ("see @src/ma", Some("src/ma")),
            ("@!.en", Some("!.en")),
            ("@\"two wor", Some("\"two wor")),
            ("@\"two words\" ", None),
            ("解释@src", Some("src")),
            ("@a.rs and", None),
            ("me@exam", None),
            ("`@med", None),
            ("no", None),
        ] {
            assert_eq!(being_typed(before), typed, "{before}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read_and_every_span_begins_with_its_sign(text in "[@!\"a-c./:0-9 ，文]{0,30}") {
            for mention in mentions(&text, |path| path.len() % 2 == 0) {
                let named = text.get(mention.span.clone());
                prop_assert!(named.is_some_and(|named| named.starts_with('@')));
                prop_assert!(!mention.source.path.is_empty());
            }
        }
    }
}
