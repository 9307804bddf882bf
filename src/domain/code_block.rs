//! Fenced code in an answer.

mod guess;

use serde::Serialize;

use super::markdown::{Event, Leaf, Scanner};

/// One fenced block.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct CodeBlock {
    /// The language its fence names.
    pub lang: Option<String>,
    /// The file that the fence, its first line or the prose above names: a guess, to be shown.
    pub path: Option<String>,
    /// The code, verbatim, ending in a line end.
    pub code: String,
    /// Its fence was never closed: more of it may have been meant to come.
    #[serde(rename = "unfinished", skip_serializing_if = "std::ops::Not::not")]
    pub is_unfinished: bool,
}

/// The fenced blocks of a Markdown text, in order, those in lists and quotes included. A fence that is never
/// closed reaches to the end, as `CommonMark` has it: a cut-off answer keeps its code. A block's file is named by its fence, else by its first
/// line, else by the line above it.
pub fn find(text: &str) -> Vec<CodeBlock> {
    let mut scanner = Scanner::default();
    let mut blocks: Vec<CodeBlock> = Vec::new();
    // The prose above each block.
    let mut proses: Vec<Above<'_>> = Vec::new();
    let mut above = Above::default();
    let mut is_open = false;
    let mut is_unclosed = false;
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
                    is_unclosed = is_open;
                    if let Leaf::Fenced(info) = leaf {
                        let (lang, path) = named(text.get(info).unwrap_or_default());
                        blocks.push(CodeBlock {
                            lang: lang.map(str::to_owned),
                            path,
                            ..CodeBlock::default()
                        });
                        proses.push(std::mem::take(&mut above));
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
                Event::Close => is_unclosed = false,
                Event::Line(_) | Event::IsHeading(_) | Event::IsTable(_) => {}
            }
        }
        if !is_open && !is_fence(bare) {
            above.pass(bare);
        }
    }
    if let Some(last) = blocks.last_mut() {
        last.is_unfinished = is_unclosed;
    }
    let named = blocks.into_iter().zip(proses);
    named.map(|(block, above)| above.named(block)).collect()
}

/// The line that closes a block is no prose.
fn is_fence(line: &str) -> bool {
    let line = line.trim_start_matches([' ', '>']);
    line.starts_with("```") || line.starts_with("~~~")
}

/// The language and the file that stand behind a fence: `rust src/main.rs`, `py:app/a.py`,
/// `js title="a.js"`.
pub fn named(info: &str) -> (Option<&str>, Option<String>) {
    guess::by_info(info)
}

/// Whether files with this ending are in the language that a fence names: `rust` and `rs`.
pub fn is_language_of(lang: &str, ending: &str) -> bool {
    guess::is_language_of(lang, ending)
}

/// The prose above a fence, as far as it may name the block's file.
#[derive(Clone, Copy, Default)]
struct Above<'a> {
    line: &'a str,
    blanks: usize,
}

impl<'a> Above<'a> {
    fn pass(&mut self, line: &'a str) {
        if line.trim().is_empty() {
            self.blanks += 1;
        } else {
            *self = Self { line, blanks: 0 };
        }
    }

    /// The block with its file, where something names it.
    fn named(self, mut block: CodeBlock) -> CodeBlock {
        let line = self.line;
        if block.path.is_none() {
            let lang = block.lang.as_deref().unwrap_or_default();
            block.path = guess::by_first_line(&block.code).or_else(|| {
                let is_near = self.blanks <= 1;
                is_near.then(|| guess::by_line_above(line, lang)).flatten()
            });
        }
        block
    }
}

/// The line that closes the block which a text leaves open: what is put behind the text would become code.
/// `None` where none is open, or where the list or quote around it ends it anyway.
pub fn closing_fence(text: &str) -> Option<String> {
    let mut scanner = Scanner::default();
    let mut events = Vec::new();
    let mut open = None;
    let mut from = 0;
    for line in text.split_inclusive('\n') {
        let bare = line.strip_suffix('\n').unwrap_or(line);
        scanner.line(text, from..from + bare.len(), &mut events);
        from += line.len();
        for event in events.drain(..) {
            match event {
                Event::Open { leaf, .. } => {
                    let is_open =
                        matches!(leaf, Leaf::Fenced(_)) && scanner.containers().is_empty();
                    open = is_open.then(|| mark(bare));
                }
                Event::Close => open = None,
                Event::Line(_) | Event::IsHeading(_) | Event::IsTable(_) => {}
            }
        }
    }
    open.map(str::to_owned)
}

/// The marks that a fence begins with.
fn mark(line: &str) -> &str {
    let line = line.trim_start();
    let end = line.find(|c| !line.starts_with(c)).unwrap_or(line.len());
    line.get(..end).unwrap_or_default()
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
    let info = format!("{info} {path}");
    format!("{fence}{}\n{code}{end}{fence}\n", info.trim_end())
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
            is_unfinished: false,
        }
    }

    #[test]
    fn a_block_that_is_left_open_can_be_closed() {
        for (text, closing) in [
            ("```rust\nfn", Some("```")),
            ("a\n~~~~\n```\n", Some("~~~~")),
            ("```\na\n```\n", None),
            ("```\na\n```\nb\n```", Some("```")),
            ("- a\n  ```\n  b", None),
            ("> ```\n> b", None),
            ("no code", None),
        ] {
            assert_eq!(closing_fence(text).as_deref(), closing, "{text}");
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
    fn a_cut_off_block_is_kept_and_known_as_such() {
        let half = CodeBlock {
            is_unfinished: true,
            ..block(None, None, "half")
        };
        assert_eq!(find("```\nhalf"), [half]);
        for (text, unfinished) in [
            ("```\na\n```", vec![false]),
            ("```\na\n```\nb\n\n```\nc\n", vec![false, true]),
            ("- ```\n  a\n\nb", vec![false]),
            ("> ```\n> a", vec![true]),
            ("```\na\n```\n", vec![false]),
        ] {
            let found: Vec<bool> = find(text).iter().map(|it| it.is_unfinished).collect();
            assert_eq!(found, unfinished, "{text}");
        }
    }

    #[test]
    fn an_indented_fence_loses_its_indent_from_the_code() {
        let text = "1. do\n   ```sh\n   ls\n     -l\n   ```\n";
        assert_eq!(find(text), [block(Some("sh"), None, "ls\n  -l\n")]);
    }

    #[test]
    fn a_path_with_a_backtick_gets_another_fence() {
        let text = fenced("", "a`b.txt", "~~~\n");
        assert_eq!(text, "~~~~text a`b.txt\n~~~\n~~~~\n");
    }

    proptest! {
        #[test]
        fn what_was_fenced_is_found_again(code in "([`~a-c ]{0,5}\n){0,6}", path in "[a-c/`]{1,5}\\.[a-z]{1,3}") {
            let text = format!("before\n{}after\n", fenced("rust", &path, &code));
            prop_assert_eq!(find(&text), [block(Some("rust"), Some(&path), &code)]);
        }
    }

    #[test]
    fn inline_code_is_no_block() {
        assert_eq!(find("```inline``` text"), []);
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
}
