//! Fenced code in an answer.

mod guess;

use serde::Serialize;

/// One fenced block.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct CodeBlock {
    /// The language its fence names.
    pub lang: Option<String>,
    /// The file that the fence, its first line or the prose above names: a guess, to be shown.
    pub path: Option<String>,
    /// The code, verbatim, ending in a line end.
    pub code: String,
}

/// The fenced blocks of a Markdown text, in order. A fence that is never closed reaches to the end, as
/// `CommonMark` has it: a cut-off answer keeps its code. A block's file is named by its fence, else by its
/// first line, else by the line above it.
pub fn find(text: &str) -> Vec<CodeBlock> {
    let mut blocks = Vec::new();
    let mut open: Option<(Fence, CodeBlock)> = None;
    let mut above = Above::default();
    for line in text.split_inclusive('\n') {
        match open.take() {
            Some((fence, block)) if fence.is_closed_by(line) => blocks.push(above.named(block)),
            Some((fence, mut block)) => {
                block.code.push_str(fence.without_indent(line));
                open = Some((fence, block));
            }
            None => {
                open = Fence::opened_by(line);
                if open.is_none() {
                    above.pass(line);
                }
            }
        }
    }
    blocks.extend(open.map(|(_, block)| above.named(block)));
    blocks
}

/// The prose above a fence, as far as it may name the block's file.
#[derive(Default)]
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

    /// The block with its file, where something names it. The prose above is used up by it.
    fn named(&mut self, mut block: CodeBlock) -> CodeBlock {
        let line = std::mem::take(&mut self.line);
        if block.path.is_none() {
            let lang = block.lang.as_deref().unwrap_or_default();
            block.path = guess::by_first_line(&block.code).or_else(|| {
                let is_near = self.blanks <= 1;
                is_near.then(|| guess::by_line_above(line, lang)).flatten()
            });
        }
        self.blanks = 0;
        block
    }
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

/// The marks that opened a block.
struct Fence {
    mark: char,
    length: usize,
    indent: usize,
}

impl Fence {
    fn opened_by(line: &str) -> Option<(Self, CodeBlock)> {
        let (fence, info) = Self::read(line)?;
        // Backticks in the info make it inline code.
        if fence.mark == '`' && info.contains('`') {
            return None;
        }
        let (lang, path) = guess::by_info(info);
        let block = CodeBlock {
            lang: lang.map(str::to_owned),
            path,
            code: String::new(),
        };
        Some((fence, block))
    }

    /// A fence and what stands behind it on its line.
    fn read(line: &str) -> Option<(Self, &str)> {
        let bare = line.trim_start_matches(' ');
        let indent = line.len() - bare.len();
        let mark = bare
            .chars()
            .next()
            .filter(|mark| matches!(mark, '`' | '~'))?;
        let info = bare.trim_start_matches(mark);
        let length = bare.len() - info.len();
        let fence = Self {
            mark,
            length,
            indent,
        };
        (length >= 3).then_some((fence, info.trim()))
    }

    fn is_closed_by(&self, line: &str) -> bool {
        Self::read(line).is_some_and(|(other, info)| {
            other.mark == self.mark && other.length >= self.length && info.is_empty()
        })
    }

    fn without_indent<'a>(&self, line: &'a str) -> &'a str {
        let mut rest = line;
        for _ in 0..self.indent {
            rest = rest.strip_prefix(' ').unwrap_or(rest);
        }
        rest
    }
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
}
