//! The guard in a repository's pre-commit hook: a marked block that goes in and out without touching another
//! byte of the file.
//!
//! It stands right below the first line, not at the end: a hook that ends in `exec` or `exit` would never
//! reach it there, and one that ends in a failing check would lose its verdict to it.

use crate::text::Phrase;

/// The hook's name in the folder of hooks.
pub const HOOK: &str = "pre-commit";
/// What a person adds to a hook that is not ours to change: the same in one line, and as harmless where there is
/// no onramp.
pub const LINE: &str =
    "! command -v onramp >/dev/null || onramp env guard check || [ $? -ne 11 ] || exit 1";

const FIRST_LINE: &[u8] = b"#!/bin/sh\n";
const BEGIN: &[u8] = b"# >>> onramp env guard >>>\n";
/// The file itself is ours.
const BEGIN_NEW: &[u8] = b"# >>> onramp env guard (new file) >>>\n";
/// The line end before it is ours: the hook's only line had none.
const BEGIN_JOINED: &[u8] = b"# >>> onramp env guard (line end) >>>\n";
const END: &[u8] = b"# <<< onramp env guard <<<\n";
// Only the answer "a key is staged" stops a commit: an onramp that is gone, too old, or that git does not
// answer is no reason to.
const BODY: &[u8] = b"\
# Stops a commit that stages an API key. To remove it: onramp env guard remove
if command -v onramp >/dev/null 2>&1; then
  onramp env guard check || [ $? -ne 11 ] || exit 1
fi
";

/// Why a hook is left alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// It is no shell script.
    NotShell,
    /// The block's end is missing: somebody edited it.
    Torn,
}

impl Refusal {
    /// What to say about it.
    pub fn words(self) -> Phrase {
        match self {
            Self::NotShell => Phrase::new(
                "This hook is not a shell script, so no lines of shell are added to it. Nothing was changed.",
                "此钩子不是 shell 脚本，因此不会向其中添加 shell 代码。没有改动任何内容。",
            ),
            Self::Torn => Phrase::new(
                "The last line of the guard's block is missing, so where it ends is not known. Nothing was changed.",
                "防护代码块的最后一行缺失，无法确定它在哪里结束。没有改动任何内容。",
            ),
        }
    }
}

/// What is left of a hook without the guard.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Rest {
    /// The guard does not stand in it.
    Unguarded,
    /// These bytes.
    Bytes(Vec<u8>),
    /// Nothing: the file was ours.
    Nothing,
}

/// A hook with the guard in it, whatever stood there before. The same bytes where it stands already.
///
/// # Errors
/// The hook is not to be changed.
pub fn with_guard(before: Option<&[u8]>) -> Result<Vec<u8>, Refusal> {
    let Some(before) = before else {
        return Ok([FIRST_LINE, BEGIN_NEW, BODY, END].concat());
    };
    match without_guard(before)? {
        Rest::Unguarded => add(before),
        // The guard of an older version gives way to this one.
        Rest::Bytes(rest) => add(&rest),
        Rest::Nothing => with_guard(None),
    }
}

fn add(before: &[u8]) -> Result<Vec<u8>, Refusal> {
    if !is_shell(before) {
        return Err(Refusal::NotShell);
    }
    let (first, rest, begin): (Vec<u8>, &[u8], _) = match memchr::memchr(b'\n', before) {
        Some(end) => {
            let (first, rest) = before.split_at(end + 1);
            (first.to_vec(), rest, BEGIN)
        }
        None => ([before, b"\n"].concat(), b"", BEGIN_JOINED),
    };
    Ok([first.as_slice(), begin, BODY, END, rest].concat())
}

/// A hook without the guard: byte for byte what it was before.
///
/// # Errors
/// The block's end is missing.
pub fn without_guard(hook: &[u8]) -> Result<Rest, Refusal> {
    let Some((start, begin)) = block(hook) else {
        return Ok(Rest::Unguarded);
    };
    let (before, from) = hook.split_at(start);
    let end = memchr::memmem::find(from, END).ok_or(Refusal::Torn)?;
    let after = from.get(end + END.len()..).unwrap_or_default();
    let before = if begin == BEGIN_JOINED {
        before.strip_suffix(b"\n").unwrap_or(before)
    } else {
        before
    };
    if begin == BEGIN_NEW && before == FIRST_LINE && after.is_empty() {
        return Ok(Rest::Nothing);
    }
    Ok(Rest::Bytes([before, after].concat()))
}

/// Where the block begins, and how.
fn block(hook: &[u8]) -> Option<(usize, &'static [u8])> {
    [BEGIN, BEGIN_NEW, BEGIN_JOINED]
        .into_iter()
        .find_map(|begin| {
            let start = memchr::memmem::find(hook, begin)?;
            let is_line = hook.get(..start)?.ends_with(b"\n");
            is_line.then_some((start, begin))
        })
}

/// Whether the first line names a shell that reads `if` and `||`.
fn is_shell(hook: &[u8]) -> bool {
    const SHELLS: &[&str] = &["sh", "bash", "dash", "ash", "ksh", "mksh", "zsh"];
    let first = hook.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let Some(Ok(program)) = first.strip_prefix(b"#!").map(std::str::from_utf8) else {
        return false;
    };
    let mut words = program
        .split_whitespace()
        .filter_map(|word| word.rsplit(['/', '\\']).next());
    let named = match words.next() {
        Some("env") => words.find(|word| !word.starts_with('-')),
        named => named,
    };
    named.is_some_and(|named| SHELLS.contains(&named.trim_end_matches(".exe")))
        && !hook.contains(&0)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_new_hook_is_a_small_shell_script() {
        let hook = String::from_utf8(with_guard(None).unwrap()).unwrap();
        assert_eq!(
            hook,
            "#!/bin/sh\n\
             # >>> onramp env guard (new file) >>>\n\
             # Stops a commit that stages an API key. To remove it: onramp env guard remove\n\
             if command -v onramp >/dev/null 2>&1; then\n  \
             onramp env guard check || [ $? -ne 11 ] || exit 1\n\
             fi\n\
             # <<< onramp env guard <<<\n"
        );
        assert_eq!(without_guard(hook.as_bytes()), Ok(Rest::Nothing));
        assert_eq!(with_guard(Some(hook.as_bytes())).unwrap(), hook.as_bytes());
    }

    #[test]
    fn lines_that_a_person_adds_to_our_hook_stay() {
        let mut hook = with_guard(None).unwrap();
        hook.extend_from_slice(b"make lint\n");
        let rest = b"#!/bin/sh\nmake lint\n".to_vec();
        assert_eq!(without_guard(&hook), Ok(Rest::Bytes(rest)));
    }

    #[test]
    fn only_shell_is_added_to() {
        for shell in [
            "#!/bin/sh",
            "#!/bin/sh -e\r",
            "#! /usr/bin/env bash",
            "#!/usr/bin/env -S zsh -f",
            "#!C:/Git/bin/sh.exe",
        ] {
            assert!(is_shell(format!("{shell}\nx").as_bytes()), "{shell}");
        }
        for other in [
            "#!/usr/bin/env node",
            "#!/usr/bin/python3",
            "#!/usr/bin/fish",
            "make lint",
            "",
            "#!",
            "\u{7f}ELF",
        ] {
            let hook = format!("{other}\nx");
            assert_eq!(
                with_guard(Some(hook.as_bytes())),
                Err(Refusal::NotShell),
                "{other}"
            );
        }
    }

    #[test]
    fn a_block_without_its_end_is_left_alone() {
        let mut hook = with_guard(Some(b"#!/bin/sh\nmake\n")).unwrap();
        let cut = memchr::memmem::find(&hook, b"# <<<").unwrap();
        hook.truncate(cut);
        assert_eq!(without_guard(&hook), Err(Refusal::Torn));
        assert_eq!(with_guard(Some(&hook)), Err(Refusal::Torn));
    }

    proptest! {
        #[test]
        fn it_goes_in_and_out_without_touching_another_byte(
            first in prop::sample::select(vec!["#!/bin/sh", "#!/bin/sh\r", "#!/usr/bin/env bash"]),
            lines in prop::collection::vec(
                prop::sample::select(vec!["make", "exit 1", "", "\r", "# x\r", "é", "if true; then", "fi"]),
                0..6,
            ),
            end in prop::sample::select(vec!["", "\n", "\r\n"]),
        ) {
            let mut before = first.to_owned();
            for line in lines {
                before.push('\n');
                before.push_str(line);
            }
            before.push_str(end);
            let before = before.into_bytes();
            let guarded = with_guard(Some(&before)).unwrap();
            prop_assert_eq!(with_guard(Some(&guarded)).unwrap(), guarded.clone());
            prop_assert_eq!(without_guard(&guarded).unwrap(), Rest::Bytes(before.clone()));
            prop_assert_eq!(without_guard(&before).unwrap(), Rest::Unguarded);
        }
    }
}
