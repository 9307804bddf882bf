//! Writes the blocks of a text as rows, line by line.
//!
//! What a pen has written stays. A copy of it writes what is still open, and is thrown away when more comes.

use std::ops::Range;

use super::fenced::Code;
use super::prefix::Prefix;
use super::table::Table;
use super::words::Words;
use super::{Manner, Paper};
use crate::domain::markdown::{Align, Event, Leaf, Line, Scanner};
use crate::ui::rows::Origin;
use crate::ui::theme::Tone;

/// What a line is, is told by so many bytes of it: a longer one is written as it comes.
const HEAD: usize = 6_144;

/// Where writing has come to.
#[derive(Clone, Debug)]
pub(super) struct Pen {
    manner: Manner,
    tone: Tone,
    scanner: Scanner,
    prefix: Prefix,
    open: Open,
    /// Something was written, and whether the last block keeps its distance.
    last: Option<bool>,
    /// A long line that is begun: where, and what read the lines before it.
    long: Option<(usize, Box<Scanner>)>,
}

/// The block that is open.
#[derive(Clone, Debug, Default)]
enum Open {
    #[default]
    Nothing,
    Words(Words),
    Code(Code),
    Table(Table),
}

impl Pen {
    pub(super) fn new(manner: Manner, tone: Tone) -> Self {
        Self {
            manner,
            tone,
            scanner: match manner {
                Manner::Markdown => Scanner::default(),
                Manner::Verbatim => Scanner::verbatim(),
            },
            prefix: Prefix::default(),
            open: Open::Nothing,
            last: None,
            long: None,
        }
    }

    /// Whether a line is so long that it is written as it comes.
    pub(super) fn is_long(line: &Range<usize>) -> bool {
        line.len() > HEAD
    }

    /// Writes a whole line, given by its bytes without the line end.
    pub(super) fn line(&mut self, text: &str, line: Range<usize>, paper: &mut Paper) {
        if self.long.is_none() && !Self::is_long(&line) {
            self.read(text, line, false, paper);
            return;
        }
        self.part(text, line.clone(), paper);
        match &mut self.open {
            Open::Code(code) => code.end_line(text, paper),
            Open::Table(table) => table.end_line(text, paper),
            Open::Words(_) | Open::Nothing => {}
        }
        if let Some((_, before)) = self.long.take() {
            // Whether something ends in this line, all of it tells.
            self.scanner = *before;
            self.scanner.line(text, line, &mut Vec::new());
        }
    }

    /// Writes as much of a long line as has come.
    pub(super) fn part(&mut self, text: &str, line: Range<usize>, paper: &mut Paper) {
        if self.long.is_none() {
            self.long = Some((line.start, Box::new(self.scanner.clone())));
            let head = text.floor_char_boundary(line.start + HEAD);
            self.read(text, line.start..head, true, paper);
        }
        match &mut self.open {
            Open::Words(words) => {
                let said = text.get(line.start..line.end).unwrap_or_default();
                let to = match self.manner {
                    Manner::Markdown => line.start + said.trim_end().len(),
                    Manner::Verbatim => line.end,
                };
                words.extend(text, to, paper);
            }
            Open::Code(code) => code.extend(text, line.end, paper),
            Open::Table(table) => table.extend(line.end),
            Open::Nothing => {}
        }
    }

    /// Writes what is open, as far as it has come.
    pub(super) fn rest(mut self, text: &str, is_coming: bool, paper: &mut Paper) {
        self.close(text, is_coming, paper);
    }

    fn read(&mut self, text: &str, line: Range<usize>, is_head: bool, paper: &mut Paper) {
        let mut events = Vec::new();
        let place = line.start;
        self.scanner.line(text, line, &mut events);
        for event in events {
            match event {
                Event::Open {
                    leaf,
                    is_after_blank,
                } => self.begin(text, leaf, is_after_blank, place, paper),
                Event::Line(line) => self.add(text, line, is_head, paper),
                Event::IsHeading(level) => {
                    if let Open::Words(words) = &mut self.open {
                        words.make_heading(level, paper.room.keeps_marks);
                    }
                }
                Event::IsTable(aligns) => self.begin_table(text, aligns, paper),
                // The words of a long heading or verbatim line are not over with their head.
                Event::Close if is_head && matches!(self.open, Open::Words(_)) => {}
                Event::Close => self.close(text, false, paper),
            }
        }
    }

    fn begin(
        &mut self,
        text: &str,
        leaf: Leaf,
        is_after_blank: bool,
        place: usize,
        paper: &mut Paper,
    ) {
        self.close(text, false, paper);
        let is_block = matches!(leaf, Leaf::Heading(_) | Leaf::Fenced(_) | Leaf::Indented);
        self.gap(is_after_blank || is_block, place, paper);
        let start = self
            .prefix
            .lead(self.scanner.containers(), paper.room.columns);
        self.last = Some(matches!(leaf, Leaf::Fenced(_) | Leaf::Indented));
        self.open = match leaf {
            Leaf::Paragraph | Leaf::Bare => Open::Words(Words::new(start, self.tone, true)),
            Leaf::Verbatim => Open::Words(Words::new(start, self.tone, false)),
            Leaf::Html => Open::Words(Words::new(start, Tone::Quiet, false)),
            Leaf::Heading(level) => {
                let mut words = Words::new(start, self.tone, true);
                words.make_heading(level, paper.room.keeps_marks);
                Open::Words(words)
            }
            Leaf::Fenced(info) => {
                let info = text.get(info).unwrap_or_default();
                Open::Code(Code::new(start, Some((info, place)), paper))
            }
            Leaf::Indented => Open::Code(Code::new(start, None, paper)),
            Leaf::Rule => {
                let mut start = start;
                let columns = paper.room.columns.saturating_sub(start.columns());
                start.draw(&mut paper.rows, place);
                let line = "─".repeat(columns);
                paper.rows.push(&line, Tone::Quiet, Origin::Furniture);
                paper.rows.end_row(place);
                Open::Nothing
            }
        };
    }

    fn add(&mut self, text: &str, line: Line, is_head: bool, paper: &mut Paper) {
        match &mut self.open {
            Open::Words(words) => words.line(text, line, paper),
            Open::Code(code) if is_head => code.long_line(text, line, paper),
            Open::Code(code) => code.line(text, line, paper),
            Open::Table(table) if is_head => table.hold(line),
            Open::Table(table) => table.line(text, line, paper),
            Open::Nothing => {}
        }
    }

    /// The last line of the open words is the header of a table.
    fn begin_table(&mut self, text: &str, aligns: Vec<Align>, paper: &mut Paper) {
        let Open::Words(mut words) = std::mem::take(&mut self.open) else {
            return;
        };
        let Some(header) = words.take_last() else {
            return;
        };
        let lead = if words.is_done() {
            words.into_lead()
        } else {
            let lead = words.end(text, false, paper);
            self.gap(true, header.from, paper);
            lead
        };
        let table = Table::new(lead, text, header, aligns, paper);
        self.open = Open::Table(table);
        self.last = Some(true);
    }

    fn close(&mut self, text: &str, is_coming: bool, paper: &mut Paper) {
        match std::mem::take(&mut self.open) {
            Open::Nothing => {}
            Open::Words(words) => {
                words.end(text, is_coming, paper);
            }
            Open::Code(code) => code.end(text, paper),
            Open::Table(table) => table.end(paper),
        }
    }

    /// An empty row before a block, where there is to be one.
    fn gap(&mut self, is_wanted: bool, place: usize, paper: &mut Paper) {
        let keeps_distance = self.manner == Manner::Markdown;
        if keeps_distance && self.last.is_some_and(|last| last || is_wanted) {
            let containers = self.scanner.containers();
            let columns = paper.room.columns;
            self.prefix.gap(containers, &mut paper.rows, columns, place);
        }
    }
}
