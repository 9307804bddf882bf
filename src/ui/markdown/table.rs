//! Tables as rows: columns as wide as what stands in them, narrower ones where the pane is, and where
//! it is too narrow for columns, each row of the table as a list of what its cells say.
//!
//! Widths follow the first rows of a table and stay then, so that a long one is not laid out again for each
//! row that comes.

use std::ops::Range;
use std::sync::Arc;

use super::prefix::Lead;
use super::shown::Shown;
use super::words::read;
use super::{Block, BlockKind, Paper};
use crate::domain::markdown::{Align, Line, cells};
use crate::ui::rows::{Origin, Rows};
use crate::ui::theme::{Look, Marks, Tone};
use crate::ui::wrap::width;

/// Rows that the widths of a table follow, its header included.
const WEIGHED: usize = 48;
/// Bytes that are weighed at most.
const WEIGHED_BYTES: usize = 8_192;
/// Between two columns, and the columns that takes.
const BETWEEN: (&str, usize) = (" │ ", 3);
/// No column that needs more is made narrower than this.
const NARROWEST: usize = 8;
/// A word up to this width keeps its column wide enough for it, where that can be.
const WORD: usize = 16;

/// A table that goes on until its block ends.
#[derive(Clone, Debug)]
pub(super) struct Table {
    lead: Lead,
    aligns: Vec<Align>,
    block: usize,
    header: Arc<Record>,
    /// What is not settled yet.
    records: Vec<Arc<Record>>,
    bytes: usize,
    /// A long row that is still coming.
    coming: Option<Line>,
    /// How it is laid out, once that is settled.
    shape: Option<Shape>,
}

/// A row of a table.
#[derive(Debug)]
struct Record {
    cells: Vec<Cell>,
    place: usize,
}

#[derive(Debug, Default)]
struct Cell {
    shown: Shown,
    /// The columns it takes, and those of its longest word.
    width: usize,
    word: usize,
}

/// How a table is laid out.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Shape {
    /// In columns of these widths.
    Grid(Vec<usize>),
    /// One cell below the other.
    List,
}

impl Table {
    /// Begins a table by its header.
    pub(super) fn new(
        lead: Lead,
        text: &str,
        header: Line,
        aligns: Vec<Align>,
        paper: &mut Paper,
    ) -> Self {
        let record = record(text, header, aligns.len(), true, paper.room.keeps_marks);
        let first = paper.rows.len();
        paper.blocks.push(Block {
            kind: BlockKind::Table,
            first,
            end: first,
        });
        Self {
            lead,
            aligns,
            block: paper.blocks.len() - 1,
            header: Arc::new(record),
            records: Vec::new(),
            bytes: header.to - header.from,
            coming: None,
            shape: None,
        }
    }

    /// Adds a row.
    pub(super) fn line(&mut self, text: &str, line: Line, paper: &mut Paper) {
        let columns = self.aligns.len();
        let record = record(text, line, columns, false, paper.room.keeps_marks);
        self.records.push(Arc::new(record));
        self.bytes += line.to - line.from;
        if self.shape.is_some() || self.records.len() + 1 >= WEIGHED || self.bytes >= WEIGHED_BYTES
        {
            self.lay(paper);
        }
    }

    /// Adds a row of which more will come.
    pub(super) fn hold(&mut self, line: Line) {
        self.coming = Some(line);
    }

    /// The row that is coming reaches as far as this.
    pub(super) fn extend(&mut self, to: usize) {
        if let Some(line) = &mut self.coming {
            line.to = to;
        }
    }

    /// No more of the row that was coming will come.
    pub(super) fn end_line(&mut self, text: &str, paper: &mut Paper) {
        if let Some(line) = self.coming.take() {
            self.line(text, line, paper);
        }
    }

    /// Draws the rest.
    pub(super) fn end(mut self, paper: &mut Paper) {
        self.lay(paper);
    }

    fn lay(&mut self, paper: &mut Paper) {
        let room = paper.room.columns.saturating_sub(self.lead.columns());
        let is_begun = self.shape.is_some();
        let shape = self.shape.take().unwrap_or_else(|| self.fitting(room));
        let records = std::mem::take(&mut self.records);
        match &shape {
            Shape::Grid(widths) => {
                if !is_begun {
                    self.grid_row(&self.header.clone(), widths, paper);
                    self.rule(widths, paper);
                }
                for record in records {
                    self.grid_row(&record, widths, paper);
                }
            }
            Shape::List => {
                if !is_begun && records.is_empty() {
                    self.names(room, paper);
                }
                for (number, record) in records.iter().enumerate() {
                    if is_begun || number > 0 {
                        self.lead.draw(&mut paper.rows, record.place);
                        paper.rows.end_row(record.place);
                    }
                    self.list_row(record, room, paper);
                }
            }
        }
        self.shape = Some(shape);
        paper.blocks[self.block].end = paper.rows.len();
    }

    /// How it is laid out in so many columns.
    fn fitting(&self, room: usize) -> Shape {
        let columns = self.aligns.len();
        let all = || std::iter::once(&self.header).chain(&self.records);
        let widest = |of: fn(&Cell) -> usize, column: usize| {
            let cells = all().filter_map(|record| record.cells.get(column));
            cells.map(of).max().unwrap_or(0).max(1)
        };
        let wanted: Vec<usize> = (0..columns)
            .map(|at| widest(|cell| cell.width, at))
            .collect();
        let room = room.saturating_sub(BETWEEN.1 * columns.saturating_sub(1));
        if wanted.iter().sum::<usize>() <= room {
            return Shape::Grid(wanted);
        }
        let least: Vec<usize> = (0..columns)
            .map(|at| {
                widest(|cell| cell.word, at)
                    .min(WORD)
                    .max(wanted[at].min(NARROWEST))
            })
            .collect();
        if least.iter().sum::<usize>() > room {
            return Shape::List;
        }
        // What is left goes to all alike, but to nobody more than it wants.
        let mut widths = least;
        let mut left = room - widths.iter().sum::<usize>();
        while left > 0 {
            let narrow = (0..columns).filter(|&at| widths[at] < wanted[at]);
            let Some(narrowest) = narrow.min_by_key(|&at| widths[at]) else {
                break;
            };
            widths[narrowest] += 1;
            left -= 1;
        }
        Shape::Grid(widths)
    }

    fn grid_row(&mut self, record: &Record, widths: &[usize], paper: &mut Paper) {
        let cells = record.cells.iter().zip(widths);
        let parts: Vec<Vec<Range<usize>>> = cells
            .map(|(cell, width)| cell.shown.lines(*width))
            .collect();
        let height = parts.iter().map(Vec::len).max().unwrap_or(1);
        for row in 0..height {
            self.lead.draw(&mut paper.rows, record.place);
            for (column, cell) in record.cells.iter().enumerate() {
                if column > 0 {
                    furniture(&mut paper.rows, BETWEEN.0);
                }
                let part = parts[column].get(row).cloned().unwrap_or(0..0);
                let is_last = column + 1 == widths.len();
                let align = self.aligns.get(column).copied().unwrap_or_default();
                cell.draw(part, widths[column], align, is_last, &mut paper.rows);
            }
            paper.rows.end_row(record.place);
        }
    }

    /// The line below the header.
    fn rule(&mut self, widths: &[usize], paper: &mut Paper) {
        let place = self.header.place;
        self.lead.draw(&mut paper.rows, place);
        let lines: Vec<String> = widths.iter().map(|width| "─".repeat(*width)).collect();
        furniture(&mut paper.rows, &lines.join("─┼─"));
        paper.rows.end_row(place);
    }

    /// The names of the columns, where nothing else has come.
    fn names(&mut self, room: usize, paper: &mut Paper) {
        let header = self.header.clone();
        for cell in &header.cells {
            self.words(&cell.shown, room, header.place, paper);
        }
    }

    fn list_row(&mut self, record: &Record, room: usize, paper: &mut Paper) {
        let header = self.header.clone();
        for (name, cell) in header.cells.iter().zip(&record.cells) {
            if cell.shown.is_empty() && name.shown.is_empty() {
                continue;
            }
            let mut shown = Shown::default();
            if !name.shown.is_empty() {
                let words = name.shown.text().replace('\n', " ");
                shown.push(&words, bold(), Origin::Furniture, None);
                shown.push(": ", Tone::Quiet, Origin::Furniture, None);
            }
            shown.append(&cell.shown);
            self.words(&shown, room, record.place, paper);
        }
    }

    fn words(&mut self, shown: &Shown, room: usize, place: usize, paper: &mut Paper) {
        for part in shown.lines(room) {
            self.lead.draw(&mut paper.rows, place);
            shown.emit(&mut paper.rows, part);
            paper.rows.end_row(place);
        }
    }
}

impl Cell {
    fn new(shown: Shown) -> Self {
        let lines = shown.text().split('\n');
        let words = shown.text().split_whitespace();
        Self {
            width: lines.map(width).max().unwrap_or(0),
            word: words.map(longest_word).max().unwrap_or(0),
            shown,
        }
    }

    fn draw(
        &self,
        part: Range<usize>,
        columns: usize,
        align: Align,
        is_last: bool,
        rows: &mut Rows,
    ) {
        let words = self.shown.text().get(part.clone()).unwrap_or_default();
        let free = columns.saturating_sub(width(words));
        let before = match align {
            Align::Left => 0,
            Align::Middle => free / 2,
            Align::Right => free,
        };
        furniture(rows, &" ".repeat(before));
        self.shown.emit(rows, part);
        if !is_last {
            furniture(rows, &" ".repeat(free - before));
        }
    }
}

/// The columns of what stands together in a word: a script without blanks breaks nearly everywhere.
fn longest_word(word: &str) -> usize {
    if word.is_ascii() {
        word.len()
    } else {
        width(word).min(NARROWEST)
    }
}

fn furniture(rows: &mut Rows, text: &str) {
    rows.push(text, Tone::Quiet, Origin::Furniture);
}

fn bold() -> Look {
    Look {
        tone: Tone::Plain,
        marks: Marks::BOLD,
    }
}

/// Reads a line as so many cells. What is beyond the last one stands in it.
fn record(text: &str, line: Line, columns: usize, is_header: bool, keeps_marks: bool) -> Record {
    let words = text.get(line.from..line.to).unwrap_or_default();
    let mut ranges = cells(words);
    if ranges.len() > columns
        && let Some(last) = ranges.last().map(|last| last.end)
    {
        ranges.truncate(columns);
        if let Some(surplus) = ranges.last_mut() {
            surplus.end = last;
        }
    }
    let look = if is_header {
        bold()
    } else {
        Look::from(Tone::Plain)
    };
    let mut cells: Vec<Cell> = ranges
        .into_iter()
        .map(|cell| {
            let line = Line {
                blanks: 0,
                from: line.from + cell.start,
                to: line.from + cell.end,
            };
            let mut shown = Shown::default();
            read(text, &[line], false, (look, keeps_marks), &mut shown);
            Cell::new(shown)
        })
        .collect();
    cells.resize_with(columns, Cell::default);
    Record {
        cells,
        place: line.from,
    }
}
