//! The pre-commit guard of a repository: where it stands, put in and taken out after its change was shown.

use std::path::{Path, PathBuf};

use super::env_change::{explain, read};
use crate::domain::clean_text::CleanText;
use crate::domain::diagnosis::{Act, Diagnosis, Fix};
use crate::domain::line_diff::{DiffKind, DiffLine};
use crate::domain::secret::redact;
use crate::domain::symptom::{FileProblem, FileTrouble};
use crate::files::{self, Snapshot};
use crate::flow::env::FileChange;
use crate::project::git::hooks::{self, Hooks};
use crate::project::guard::{self, HOOK, LINE, Rest};
use crate::text::{Phrase, Said};

/// Where the guard stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// In this hook, and git runs it.
    On(PathBuf),
    /// Not in this hook, which may not exist yet.
    Off(PathBuf),
}

/// A change of the hook that was worked out and shown, ready to be written exactly so.
#[derive(Debug)]
pub struct Planned {
    /// The change as shown.
    pub shown: FileChange,
    before: Snapshot,
    after: Rest,
}

impl Planned {
    /// Whether anything changes.
    pub fn is_change(&self) -> bool {
        match &self.after {
            Rest::Unguarded => false,
            Rest::Bytes(bytes) => self.before.bytes.as_ref() != Some(bytes),
            Rest::Nothing => true,
        }
    }
}

/// Where the guard of the repository around `folder` stands.
///
/// # Errors
/// There is no repository, its hooks lie elsewhere, or the hook cannot be read.
pub fn standing(folder: &Path) -> Result<Standing, Box<Diagnosis>> {
    let hook = read(&hook(folder)?)?;
    let stands = !matches!(guard::without_guard(hook.text()), Ok(Rest::Unguarded));
    let runs = stands && is_runnable(&hook);
    let path = hook.named;
    Ok(if runs {
        Standing::On(path)
    } else {
        Standing::Off(path)
    })
}

/// Works out the guard's way into the hook. Nothing is written.
///
/// # Errors
/// As [`standing`]; or the hook is a link, no shell script, or switched off: what to add by hand.
pub fn to_install(folder: &Path) -> Result<Planned, Box<Diagnosis>> {
    const LINKED: Phrase = Phrase::new(
        "This hook is a link to {}, which others may share. Nothing was changed.",
        "此钩子是指向 {} 的链接，可能由他人共用。没有改动任何内容。",
    );
    const SWITCHED_OFF: Phrase = Phrase::new(
        "This hook is not executable, so git does not run it; making it so would run what else is in it. Nothing \
         was changed.",
        "此钩子没有可执行权限，git 不会运行它；赋予权限会同时启用其中的其他内容。没有改动任何内容。",
    );
    let before = read(&hook(folder)?)?;
    if before.is_link {
        let target = CleanText::line(&before.target.display().to_string());
        return Err(by_hand(&before.named, Said::new(LINKED, &[&target])));
    }
    if before.bytes.is_some() && !is_runnable(&before) {
        return Err(by_hand(&before.named, SWITCHED_OFF.into()));
    }
    let after = guard::with_guard(before.bytes.as_deref())
        .map_err(|refusal| by_hand(&before.named, refusal.words().into()))?;
    Ok(planned(before, Rest::Bytes(after)))
}

/// Works out the guard's way out of the hook. Nothing is written.
///
/// # Errors
/// As [`standing`]; or the block was edited so that its end is not known.
pub fn to_remove(folder: &Path) -> Result<Planned, Box<Diagnosis>> {
    let before = read(&hook(folder)?)?;
    let after = guard::without_guard(before.text())
        .map_err(|refusal| unsafe_change(&before.named, refusal.words().into()))?;
    Ok(planned(before, after))
}

/// Writes a change exactly as it was shown.
///
/// # Errors
/// The hook changed since, or cannot be written.
pub fn write(planned: &Planned) -> Result<(), Box<Diagnosis>> {
    match &planned.after {
        Rest::Unguarded => Ok(()),
        Rest::Bytes(bytes) => files::save_runnable(&planned.before, bytes).map(drop),
        Rest::Nothing => files::remove_unchanged(&planned.before),
    }
    .map_err(|trouble| explain(&trouble))
}

/// The hook's file, where it is the repository's own.
fn hook(folder: &Path) -> Result<PathBuf, Box<Diagnosis>> {
    const NO_REPOSITORY: Phrase = Phrase::new(
        "There is no git repository here, or git does not answer.",
        "这里没有 git 仓库，或 git 没有响应。",
    );
    const ELSEWHERE: Phrase = Phrase::new(
        "git takes the hooks of this repository from {} (core.hooksPath), where another program or your team keeps \
         them. Nothing was changed.",
        "此仓库的钩子由 git 从 {} 读取（core.hooksPath），由其他程序或您的团队维护。没有改动任何内容。",
    );
    match hooks::of(folder) {
        Hooks::Own(hooks) => Ok(hooks.join(HOOK)),
        Hooks::Elsewhere(hooks) => {
            let shown = CleanText::line(&hooks.display().to_string());
            let cause = Said::new(ELSEWHERE, &[&shown]);
            Err(by_hand(&hooks.join(HOOK), cause))
        }
        Hooks::Nowhere => {
            let mut diagnosis = unsafe_change(folder, NO_REPOSITORY.into());
            diagnosis.fixes.clear();
            Err(diagnosis)
        }
    }
}

fn unsafe_change(path: &Path, cause: Said) -> Box<Diagnosis> {
    const TITLE: Phrase = Phrase::new("The hook is left alone", "没有改动钩子");
    let mut diagnosis = explain(&FileTrouble {
        path: path.into(),
        kind: FileProblem::Unsafe,
        detail: CleanText::default(),
    });
    diagnosis.title = TITLE.into();
    diagnosis.cause = cause;
    diagnosis
}

/// The hook is left alone; the person can add the line.
fn by_hand(hook: &Path, cause: Said) -> Box<Diagnosis> {
    const ADD: Phrase = Phrase::new("Add this line to {} yourself", "请自行将此行加入 {}");
    let shown = CleanText::line(&hook.display().to_string());
    let mut diagnosis = unsafe_change(hook, cause);
    diagnosis.fixes = vec![Fix {
        words: Said::new(ADD, &[&shown]),
        act: Act::Run(LINE.into()),
    }];
    diagnosis
}

/// Where there are no modes, whatever its name allows is run.
fn is_runnable(hook: &Snapshot) -> bool {
    hook.mode().is_none_or(|mode| mode & 0o111 != 0)
}

fn planned(before: Snapshot, after: Rest) -> Planned {
    let bytes = match &after {
        Rest::Unguarded => before.text(),
        Rest::Bytes(bytes) => bytes,
        Rest::Nothing => b"",
    };
    Planned {
        shown: FileChange {
            path: before.named.clone(),
            is_new: before.bytes.is_none(),
            lines: changed_lines(before.text(), bytes),
        },
        before,
        after,
    }
}

/// One stretch of lines came or went; all else stands. Nothing of a hook is masked but what has the shape of a
/// key.
fn changed_lines(before: &[u8], after: &[u8]) -> Vec<DiffLine> {
    let (old, new) = (lines(before), lines(after));
    let pairs = old.iter().zip(&new);
    let head = pairs.take_while(|(old, new)| old == new).count();
    let most = old.len().min(new.len()) - head;
    let pairs = old.iter().rev().zip(new.iter().rev()).take(most);
    let tail = pairs.take_while(|(old, new)| old == new).count();
    let middle = |kind, lines: &[String]| {
        let some = lines.iter().enumerate().take(lines.len() - tail).skip(head);
        let line = |(at, line): (usize, &String)| DiffLine {
            kind,
            number: at + 1,
            text: CleanText::new(&redact(line)),
        };
        some.map(line).collect::<Vec<_>>()
    };
    let mut changed = middle(DiffKind::Removed, &old);
    changed.extend(middle(DiffKind::Added, &new));
    changed
}

fn lines(text: &[u8]) -> Vec<String> {
    String::from_utf8_lossy(text)
        .lines()
        .map(str::to_owned)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_is_shown_by_the_lines_that_come_or_go() {
        let shown = |before: &str, after: &str| -> Vec<(DiffKind, usize, String)> {
            let lines = changed_lines(before.as_bytes(), after.as_bytes()).into_iter();
            lines
                .map(|line| (line.kind, line.number, line.text.into_string()))
                .collect()
        };
        let added = |number, text: &str| (DiffKind::Added, number, text.to_owned());
        let removed = |number, text: &str| (DiffKind::Removed, number, text.to_owned());
        assert_eq!(shown("a\nb\n", "a\n  x\nb\n"), [added(2, "  x")]);
        assert_eq!(shown("a\na\nb\n", "a\nb\n"), [removed(2, "a")]);
        assert_eq!(shown("", "a\n"), [added(1, "a")]);
        assert_eq!(shown("a", "a\nx\n"), [added(2, "x")]);
        assert_eq!(shown("a\n", "a\n"), []);
    }
}
