//! What of an answer belongs into a file.

use std::path::Path;

use crate::cli::args::AskFlags;
use crate::cli::context::Context;
use crate::domain::code_block::{self, CodeBlock};
use crate::flow::code_out::CodePlan;
use crate::jobs::code_out;
use crate::project::Project;
use crate::text::Phrase;

const WHOLE: Phrase = Phrase::new(
    "the answer holds no code: it is written whole",
    "回答中没有代码：已写入全部内容",
);
const JOINED: Phrase = Phrase::new(
    "{} blocks of code, one after the other",
    "{} 个代码块，依次相连",
);

/// What goes into a file: the code, or into a text the whole answer. `is_whole`: the answer came to its end.
pub(super) fn content(
    context: &Context,
    flags: &AskFlags,
    path: &str,
    (text, is_whole): (&str, bool),
    blocks: &[CodeBlock],
) -> CodePlan {
    let plan = |code, is_unfinished| CodePlan {
        path: path.to_owned(),
        code,
        is_unfinished,
    };
    let wants_code = flags.code || !code_out::is_prose(path);
    if wants_code && !blocks.is_empty() {
        let blocks = code_for(context.project(), path, blocks);
        if blocks.len() > 1 {
            context.note(&JOINED.fill(context.lang, &[&blocks.len()]));
        }
        // One block that was closed is whole, whatever was to be said behind it.
        let is_closed = blocks.iter().all(|block| !block.is_unfinished);
        let is_all = is_closed && (is_whole || blocks.len() == 1);
        return plan(joined(&blocks), !is_all);
    }
    if wants_code {
        context.note(WHOLE.say(context.lang));
    }
    let end = if text.ends_with('\n') { "" } else { "\n" };
    plan(format!("{text}{end}"), !is_whole)
}

/// Whether a text without code is for a file of code all the same: a refusal, an excuse. What has the look of code or
/// data is none, nor is anything in a file of words or data.
pub(super) fn is_only_words(path: &str, text: &str) -> bool {
    const DATA: &str =
        "cfg conf csv env ini json jsonl log sql svg tex toml tsv xml yaml yml html css lock";
    let ending = Path::new(path)
        .extension()
        .unwrap_or_default()
        .to_string_lossy()
        .to_lowercase();
    let is_code = !ending.is_empty() && !DATA.split(' ').any(|data| data == ending);
    let is_sentence = |line: &str| {
        let end = line.trim_end();
        let looks_like_code = end
            .ends_with([';', '{', '}', '(', ')', '[', ']', ',', '=', '\\', '>'])
            || line.starts_with([' ', '\t', '#', '<', '@', '/'])
            || [" = ", "==", "()", "->", "=>", "::"]
                .iter()
                .any(|sign| line.contains(sign));
        !looks_like_code
    };
    let mut lines = text.lines().filter(|line| !line.trim().is_empty());
    is_code && !code_out::is_prose(path) && lines.all(is_sentence)
}

/// The blocks that belong into a file: the last that carries its path; the one that carries its name, where only
/// one does; else those in its language, else all.
fn code_for(project: &Project, path: &str, blocks: &[CodeBlock]) -> Vec<CodeBlock> {
    let place = |written: &str| project.place(written).ok().map(|placed| placed.path);
    let wanted = place(path).unwrap_or_else(|| path.into());
    let is_meant =
        |block: &&CodeBlock| block.path.as_deref().and_then(place).as_ref() == Some(&wanted);
    if let Some(block) = blocks.iter().rev().find(is_meant) {
        return vec![block.clone()];
    }
    let carries_name = |block: &&CodeBlock| {
        let named = block.path.as_deref().map(Path::new);
        named.is_some_and(|named| named.file_name() == wanted.file_name())
    };
    let named: Vec<&CodeBlock> = blocks.iter().filter(carries_name).collect();
    if let [only] = named.as_slice() {
        return vec![(*only).clone()];
    }
    let ending = wanted.extension().unwrap_or_default().to_string_lossy();
    let is_of_it = |block: &&CodeBlock| {
        let lang = block.lang.as_deref().unwrap_or_default();
        code_block::is_language_of(lang, &ending)
    };
    let of_it: Vec<CodeBlock> = blocks.iter().filter(is_of_it).cloned().collect();
    if of_it.is_empty() {
        return blocks.to_vec();
    }
    of_it
}

/// Blocks one after the other, with an empty line between them.
pub(super) fn joined(blocks: &[CodeBlock]) -> String {
    let codes = blocks.iter().map(|block| {
        let end = if block.code.ends_with('\n') { "" } else { "\n" };
        format!("{}{end}", block.code)
    });
    codes.collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn block(lang: &str, path: Option<&str>, code: &str) -> CodeBlock {
        CodeBlock {
            lang: Some(lang.into()),
            path: path.map(Into::into),
            code: code.into(),
            is_unfinished: false,
        }
    }

    #[test]
    fn words_are_no_content_for_a_file_of_code() {
        for text in [
            "just words",
            "I cannot help with that.\n\nAsk otherwise, please.\n",
            "对不起，我无法回答。",
        ] {
            assert!(is_only_words("n.py", text), "{text}");
            for path in ["n.md", "README", "Makefile", "a.csv", "a.json"] {
                assert!(!is_only_words(path, text), "{path}");
            }
        }
        for text in [
            "print(1)",
            "x = 1\n",
            "#!/bin/sh\nls",
            "for x in y:\n    pass",
            "fn main() {\n}",
        ] {
            assert!(!is_only_words("n.py", text), "{text}");
        }
    }

    #[test]
    fn a_file_gets_the_code_that_is_meant_for_it() {
        let blocks = [
            block("bash", None, "cargo run"),
            block("rust", Some("src/a.rs"), "a\n"),
            block("rust", None, "b\n"),
        ];
        let project = Project::at(Path::new("/project"));
        let of = |path: &str| joined(&code_for(&project, path, &blocks));
        assert_eq!(of("a.rs"), "a\n");
        assert_eq!(of("c.rs"), "a\n\nb\n");
        assert_eq!(of("run.sh"), "cargo run\n");
        assert_eq!(of("x.py"), "cargo run\n\na\n\nb\n");
    }
}
