//! Fenced code in an answer.

use serde::Serialize;

use super::markdown::{Event, Leaf, Scanner};

/// One fenced block.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct CodeBlock {
    /// The language its fence names.
    pub lang: Option<String>,
    /// The file its fence names.
    pub path: Option<String>,
    /// The code, verbatim, ending in a line end.
    pub code: String,
}

/// The fenced blocks of a Markdown text, in order, those in lists and quotes included. A fence that is never
/// closed reaches to the end, as `CommonMark` has it: a cut-off answer keeps its code.
pub fn find(text: &str) -> Vec<CodeBlock> {
    let mut scanner = Scanner::default();
    let mut blocks: Vec<CodeBlock> = Vec::new();
    let mut is_open = false;
    let mut events = Vec::new();
    let mut from = 0;
    for line in text.split_inclusive('\n') {
        let bare = line.strip_suffix('\n').unwrap_or(line);
        scanner.line(text, from..from + bare.len(), &mut events);
        from += line.len();
        for event in events.drain(..) {
            match event {
                Event::Open { leaf, .. } => {
                    is_open = matches!(leaf, Leaf::Fenced(_));
                    if let Leaf::Fenced(info) = leaf {
                        let (lang, path) = named(text.get(info).unwrap_or_default());
                        blocks.push(CodeBlock {
                            lang: lang.map(str::to_owned),
                            path: path.map(str::to_owned),
                            code: String::new(),
                        });
                    }
                }
                Event::Line(code) if is_open => {
                    if let Some(block) = blocks.last_mut() {
                        block.code.extend(std::iter::repeat_n(' ', code.blanks));
                        let code = text.get(code.from..code.to).unwrap_or_default();
                        block.code.push_str(code);
                        block
                            .code
                            .push_str(if bare.len() < line.len() { "\n" } else { "" });
                    }
                }
                Event::Line(_) | Event::IsHeading(_) | Event::IsTable(_) | Event::Close => {}
            }
        }
    }
    blocks
}

/// The language and the file that stand behind a fence: `rust src/main.rs`, `py:app/a.py`,
/// `js title="a.js"`.
pub fn named(info: &str) -> (Option<&str>, Option<&str>) {
    let mut words = info.split_whitespace();
    let (lang, path) = match words.next() {
        Some(word) => match word.split_once(':') {
            Some((lang, path)) if path.contains(['.', '/']) => (Some(lang), Some(path)),
            _ => (Some(word), words.find_map(named_path)),
        },
        None => (None, None),
    };
    (lang.filter(|lang| !lang.is_empty()), path)
}

/// A block as Markdown: its fence is longer than any inside, so that nothing in the code ends it. The code
/// gets a line end behind it where it has none.
pub fn fenced(lang: &str, path: &str, code: &str) -> String {
    // Backticks in the info make it inline code.
    let mark = if path.contains('`') { '~' } else { '`' };
    let longest = code.split(|c| c != mark).map(str::len).max();
    let fence = String::from(mark).repeat(longest.unwrap_or_default().max(2) + 1);
    let end = if code.is_empty() || code.ends_with('\n') {
        ""
    } else {
        "\n"
    };
    let info = if lang.is_empty() { "text" } else { lang };
    format!("{fence}{info} {path}\n{code}{end}{fence}\n")
}

/// The path in `path=…`, `title="…"`, or a bare word that looks like a file.
fn named_path(word: &str) -> Option<&str> {
    let value = match word.split_once('=') {
        Some(("path" | "file" | "filename" | "title", value)) => value,
        Some(_) => return None,
        None => word,
    };
    let value = value.trim_matches(['"', '\'']);
    let looks_like_one = value.contains('.') && !value.starts_with(['{', '.']);
    looks_like_one.then_some(value)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn block(lang: Option<&str>, path: Option<&str>, code: &str) -> CodeBlock {
        CodeBlock {
            lang: lang.map(Into::into),
            path: path.map(Into::into),
            code: code.into(),
        }
    }

    #[test]
    fn blocks_are_found_with_language_and_path() {
        let text =
            "Here:\n```rust src/main.rs\nfn main() {}\n```\nand\n~~~py:app/a.py\nx = 1\n~~~\n";
        assert_eq!(
            find(text),
            [
                block(Some("rust"), Some("src/main.rs"), "fn main() {}\n"),
                block(Some("py"), Some("app/a.py"), "x = 1\n"),
            ]
        );
    }

    #[test]
    fn a_longer_fence_holds_a_shorter_one() {
        let text = "````md\n```sh\nls\n```\n````\n";
        assert_eq!(find(text), [block(Some("md"), None, "```sh\nls\n```\n")]);
    }

    #[test]
    fn a_cut_off_block_is_kept() {
        assert_eq!(find("```\nhalf"), [block(None, None, "half")]);
    }

    #[test]
    fn an_indented_fence_loses_its_indent_from_the_code() {
        let text = "1. do\n   ```sh\n   ls\n     -l\n   ```\n";
        assert_eq!(find(text), [block(Some("sh"), None, "ls\n  -l\n")]);
    }

    #[test]
    fn code_in_lists_and_quotes_loses_what_holds_it() {
        let text = "- a\n\n  1. b\n     ```py\n     x\n\n       y\n     ```\n> ~~~\n> z\n> ~~~\n";
        assert_eq!(
            find(text),
            [
                block(Some("py"), None, "x\n\n  y\n"),
                block(None, None, "z\n")
            ]
        );
    }

    #[test]
    fn a_path_with_a_backtick_gets_another_fence() {
        let text = fenced("", "a`b.txt", "~~~\n");
        assert_eq!(text, "~~~~text a`b.txt\n~~~\n~~~~\n");
    }

    proptest! {
        #[test]
        fn what_was_fenced_is_found_again(code in "([`~a-c ]{0,5}\n){0,6}", path in "[a-c/]{1,5}\\.[a-z`]{1,3}") {
            let text = format!("before\n{}after\n", fenced("rust", &path, &code));
            prop_assert_eq!(find(&text), [block(Some("rust"), Some(&path), &code)]);
        }
    }

    #[test]
    fn inline_code_is_no_block() {
        assert_eq!(find("```inline``` text"), []);
    }
}
