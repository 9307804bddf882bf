//! Code of an answer on its way into a file: planned, shown, written.

use std::path::PathBuf;

use super::env::FileChange;
use crate::text::{Phrase, Said};

/// What is to be written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CodePlan {
    /// The file, as the model or the person wrote it.
    pub path: String,
    /// The code, byte for byte.
    pub code: String,
    /// More of it may have been meant to come.
    pub is_unfinished: bool,
}

/// A planned change, as shown before anything is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CodeReview {
    /// The file with its changed lines.
    pub change: FileChange,
    /// The file's name, from the folder on.
    pub shown: String,
    /// Lines that come.
    pub added: usize,
    /// Lines that go.
    pub removed: usize,
    /// The file holds this already.
    pub is_unchanged: bool,
    /// The file holds something else.
    pub is_over: bool,
    /// What wants a second yes before it is written, the gravest first.
    pub doubts: Vec<Doubt>,
}

/// Why a file is not written at a first yes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doubt {
    /// It lies outside of the project.
    Outside,
    /// A link in the project leads out of it.
    LinkedOut,
    /// It holds settings and keys.
    EnvFile,
    /// The answer broke off before the code was complete.
    Unfinished,
    /// The code leaves something out, on this line of it: "... existing code ...".
    Elided(usize),
    /// So many characters of the code cannot be seen, or turn the direction of others.
    Unseen(usize),
}

impl Doubt {
    /// The doubt in words.
    pub fn said(self) -> Said {
        const OUTSIDE: Phrase =
            Phrase::new("This file is outside of the project.", "此文件在项目之外。");
        const LINKED: Phrase = Phrase::new(
            "A link leads to this file, out of the project.",
            "此路径经链接指向项目之外。",
        );
        const ENV: Phrase = Phrase::new(
            "This file holds settings and keys; programs read it.",
            "此文件保存配置和密钥，程序会读取它。",
        );
        const UNFINISHED: Phrase = Phrase::new(
            "The answer ended in the midst of this: it may be only a part.",
            "回答在此处中断：内容可能不完整。",
        );
        const ELIDED: Phrase = Phrase::new(
            "Line {} of the code stands for code that is left out: it would be lost.",
            "代码第 {} 行代替了被省略的代码：写入后原有内容会丢失。",
        );
        const UNSEEN: Phrase = Phrase::new(
            "{} characters of the code are invisible or act on others: they are shown by name, and written as they are.",
            "代码中有 {} 个不可见或影响其他文字的字符：此处显示其代码，写入时保持原样。",
        );
        match self {
            Self::Outside => OUTSIDE.into(),
            Self::LinkedOut => LINKED.into(),
            Self::EnvFile => ENV.into(),
            Self::Unfinished => UNFINISHED.into(),
            Self::Elided(line) => Said::new(ELIDED, &[&line]),
            Self::Unseen(count) => Said::new(UNSEEN, &[&count]),
        }
    }
}

/// What was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CodeSaved {
    /// The file, absolute.
    pub path: PathBuf,
    /// Its name, from the folder on.
    pub shown: String,
    /// It stood like this already; nothing was written.
    pub was_unchanged: bool,
}
