//! A Markdown text as rows at a width, laid out line by line as it arrives.
//!
//! What is whole is laid out once; only what is still open is laid out again when more comes.

mod fenced;
mod pen;
mod prefix;
mod shown;
mod table;
mod words;

use crate::domain::clean_text::CleanText;

use self::pen::Pen;
use super::rows::{Height, Rows};
use super::theme::Tone;

/// How a text is read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Manner {
    /// As Markdown: what a model writes.
    #[default]
    Markdown,
    /// As it stands, but for fenced code: what a person writes.
    Verbatim,
}

/// The room a text has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Room {
    /// Columns.
    pub columns: usize,
    /// The marks of the text stay visible: there is no colour to say what they say.
    pub keeps_marks: bool,
}

/// What can be folded, copied and jumped to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Its first row; of code, the one with the header.
    pub first: usize,
    /// The row behind its last one.
    pub end: usize,
}

/// What a block is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BlockKind {
    /// Fenced code: the language and the file its fence names.
    Code {
        /// The language.
        lang: Option<String>,
        /// The file.
        path: Option<String>,
    },
    /// A table.
    Table,
}

/// What is written on: rows, and what stands in them.
#[derive(Clone, Debug)]
struct Paper {
    room: Room,
    rows: Rows,
    blocks: Vec<Block>,
    /// How many of the blocks are code.
    codes: usize,
}

/// How much of it is written for good.
#[derive(Clone, Copy, Debug, Default)]
struct Mark {
    height: Height,
    blocks: usize,
    /// Where the last of the blocks ended.
    end: usize,
    codes: usize,
}

impl Paper {
    fn mark(&self) -> Mark {
        Mark {
            height: self.rows.height(),
            blocks: self.blocks.len(),
            end: self.blocks.last().map_or(0, |block| block.end),
            codes: self.codes,
        }
    }

    fn cut(&mut self, mark: Mark) {
        self.rows.cut(mark.height);
        self.blocks.truncate(mark.blocks);
        if let Some(last) = self.blocks.last_mut() {
            last.end = mark.end;
        }
        self.codes = mark.codes;
    }
}

/// A text laid out at a width, as far as it has come.
#[derive(Clone, Debug)]
pub struct Flow {
    manner: Manner,
    paper: Paper,
    pen: Pen,
    /// Bytes of the text whose lines are whole and read.
    read: usize,
    /// Bytes of the text that are laid out at all.
    seen: usize,
    is_coming: bool,
    /// What is laid out for good.
    settled: Mark,
}

impl Flow {
    /// No text yet, in a room.
    pub fn new(manner: Manner, tone: Tone, room: Room) -> Self {
        Self {
            manner,
            paper: Paper {
                room,
                rows: Rows::default(),
                blocks: Vec::new(),
                codes: 0,
            },
            pen: Pen::new(manner, tone),
            read: 0,
            seen: 0,
            is_coming: false,
            settled: Mark::default(),
        }
    }

    /// Lays out what was added to the text since. It must begin with what it was before. While more is
    /// coming, what its end will be is left open: marks wait for what they belong to.
    pub fn grow(&mut self, text: &CleanText, is_coming: bool) {
        if self.seen == text.len() && self.is_coming == is_coming {
            return;
        }
        self.seen = text.len();
        self.is_coming = is_coming;
        self.paper.cut(self.settled);
        while let Some(length) = line_end(text, self.read) {
            let line = self.read..self.read + length;
            self.read = line.end + 1;
            self.pen.line(text, line, &mut self.paper);
        }
        let tail = self.read..text.len();
        let is_long = Pen::is_long(&tail);
        if is_long {
            self.pen.part(text, tail.clone(), &mut self.paper);
        }
        self.settled = self.paper.mark();
        let mut pen = self.pen.clone();
        let is_open = is_coming && self.manner == Manner::Markdown;
        let waits = is_open && is_undecided(text, &tail);
        if !(is_long || waits || tail.is_empty()) {
            pen.line(text, tail, &mut self.paper);
        }
        pen.rest(text, is_coming, &mut self.paper);
    }

    /// The rows.
    pub fn rows(&self) -> &Rows {
        &self.paper.rows
    }

    /// Code and tables, in their order.
    pub fn blocks(&self) -> &[Block] {
        &self.paper.blocks
    }

    /// How many blocks are code.
    pub fn codes(&self) -> usize {
        self.paper.codes
    }

    /// How many blocks of code begin above a row.
    pub fn codes_before(&self, row: usize) -> usize {
        let blocks = self.blocks().iter();
        let above = blocks.take_while(|block| block.first < row);
        above.filter(|block| block.kind != BlockKind::Table).count()
    }

    /// Bytes of the text that are laid out.
    pub fn seen(&self) -> usize {
        self.seen
    }

    /// How it is read.
    pub fn manner(&self) -> Manner {
        self.manner
    }
}

/// How long the line is that begins at a byte, if it is whole.
fn line_end(text: &str, from: usize) -> Option<usize> {
    memchr::memchr(b'\n', text.as_bytes().get(from..)?)
}

/// Whether it is open what a line will be: so far it has nothing but marks that a heading, a list, a fence, a
/// rule or the line below a table's header may begin with.
fn is_undecided(text: &str, line: &std::ops::Range<usize>) -> bool {
    let words = text.get(line.clone()).unwrap_or_default();
    let bare = words.trim_start_matches([' ', '>']);
    let is_number = bare.len() <= 4
        && bare
            .trim_end_matches(['.', ')'])
            .bytes()
            .all(|byte| byte.is_ascii_digit());
    is_number || bare.bytes().all(|byte| b"-=*_`~#+|: \t".contains(&byte))
}

#[cfg(test)]
mod tests;
