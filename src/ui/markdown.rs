//! A Markdown text as rows at a width, laid out line by line as it arrives.
//!
//! What is whole is laid out once; only what is still open is laid out again when more comes.

mod shown;

use crate::domain::clean_text::CleanText;

use self::shown::Shown;
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

/// A text laid out at a width, as far as it has come.
#[derive(Clone, Debug)]
pub struct Flow {
    manner: Manner,
    tone: Tone,
    room: Room,
    rows: Rows,
    blocks: Vec<Block>,
    codes: usize,
    /// Bytes of the text whose lines are whole and laid out for good.
    settled: usize,
    /// Bytes of the text that are laid out at all.
    seen: usize,
    /// The rows of what is laid out for good.
    height: Height,
}

impl Flow {
    /// No text yet, in a room.
    pub fn new(manner: Manner, tone: Tone, room: Room) -> Self {
        Self {
            manner,
            tone,
            room,
            rows: Rows::default(),
            blocks: Vec::new(),
            codes: 0,
            settled: 0,
            seen: 0,
            height: Height::default(),
        }
    }

    /// Lays out what was added to the text since. It must begin with what it was before.
    pub fn grow(&mut self, text: &CleanText) {
        if self.seen == text.len() {
            return;
        }
        self.seen = text.len();
        self.rows.cut(self.height);
        let rest = text.get(self.settled..).unwrap_or_default();
        for line in rest.split_inclusive('\n') {
            let from = self.settled;
            self.lay_verbatim(line.trim_end_matches('\n'), from);
            if line.ends_with('\n') {
                self.settled += line.len();
                self.height = self.rows.height();
            }
        }
    }

    /// The rows.
    pub fn rows(&self) -> &Rows {
        &self.rows
    }

    /// Code and tables, in their order.
    pub fn blocks(&self) -> &[Block] {
        &self.blocks
    }

    /// How many blocks are code.
    pub fn codes(&self) -> usize {
        self.codes
    }

    /// How many blocks of code begin above a row.
    pub fn codes_before(&self, row: usize) -> usize {
        let above = self.blocks.iter().take_while(|block| block.first < row);
        above.filter(|block| block.kind != BlockKind::Table).count()
    }

    /// Bytes of the text that are laid out.
    pub fn seen(&self) -> usize {
        self.seen
    }

    /// The room it is laid out in.
    pub fn room(&self) -> Room {
        self.room
    }

    /// How it is read.
    pub fn manner(&self) -> Manner {
        self.manner
    }

    fn lay_verbatim(&mut self, line: &str, from: usize) {
        let mut shown = Shown::default();
        shown.push_text(line, self.tone, from, None);
        for part in shown.lines(self.room.columns, 0) {
            let place = shown.place_of(part.start, from);
            shown.emit(&mut self.rows, part);
            self.rows.end_row(place);
        }
    }
}
