//! Code as rows: a bar before each, and a mark where a line that is wider than the pane goes on.

use std::ops::Range;

use super::prefix::Lead;
use super::shown::Shown;
use super::{Block, BlockKind, Paper};
use crate::domain::code_block;
use crate::domain::markdown::Line;
use crate::ui::code::Highlighter;
use crate::ui::rows::Origin;
use crate::ui::theme::Tone;

/// Before a line of code.
const BAR: &str = "│ ";
/// Before the rows that a line goes on in.
const GOES_ON: &str = "↳ ";
/// Columns of both.
const GUTTER: usize = 2;

/// Code that goes on until its block ends.
#[derive(Clone, Debug)]
pub(super) struct Code {
    lead: Lead,
    highlighter: Option<Highlighter>,
    /// Its number among the blocks; none where no fence says that it is one.
    block: Option<usize>,
    long: Option<Long>,
}

/// A line that is still coming and too long to be laid out again each time.
#[derive(Clone, Debug)]
struct Long {
    /// The part of it that is not settled.
    rest: Range<usize>,
    /// What its first part is, by the byte behind each.
    parts: Vec<(usize, Tone)>,
    start: usize,
    /// The column the rest begins in, counted over the whole line.
    column: usize,
    is_begun: bool,
}

impl Code {
    /// Begins code; behind a fence with a row that will hold its header.
    pub(super) fn new(lead: Lead, info: Option<(&str, usize)>, paper: &mut Paper) -> Self {
        let mut code = Self {
            lead,
            highlighter: None,
            block: None,
            long: None,
        };
        if let Some((info, place)) = info {
            let (lang, path) = code_block::named(info);
            let ending = path.as_deref().and_then(|path| path.rsplit_once('.'));
            let by_ending = || Highlighter::new(ending?.1);
            code.highlighter = lang.and_then(Highlighter::new).or_else(by_ending);
            code.block = Some(paper.blocks.len());
            let first = paper.rows.len();
            paper.blocks.push(Block {
                kind: BlockKind::Code {
                    lang: lang.map(str::to_owned),
                    path,
                },
                first,
                end: first + 1,
            });
            paper.codes += 1;
            code.lead.draw(&mut paper.rows, place);
            // A mark that stands alone has a row above.
            if let Some(block) = paper.blocks.last_mut() {
                block.first = paper.rows.len();
            }
            paper.rows.end_row(place);
            code.reach(paper);
        }
        code
    }

    /// Adds a line.
    pub(super) fn line(&mut self, text: &str, line: Line, paper: &mut Paper) {
        self.begin_long(text, line);
        self.lay(text, true, paper);
        self.long = None;
    }

    /// Adds a line of which more will come.
    pub(super) fn long_line(&mut self, text: &str, line: Line, paper: &mut Paper) {
        self.begin_long(text, line);
        self.lay(text, false, paper);
    }

    /// The last line reaches as far as this.
    pub(super) fn extend(&mut self, text: &str, to: usize, paper: &mut Paper) {
        if let Some(long) = &mut self.long {
            long.rest.end = to;
            self.lay(text, false, paper);
        }
    }

    /// Draws what is left of a line that was begun.
    pub(super) fn end(mut self, text: &str, paper: &mut Paper) {
        self.end_line(text, paper);
    }

    /// No more of the line that was begun will come.
    pub(super) fn end_line(&mut self, text: &str, paper: &mut Paper) {
        self.lay(text, true, paper);
        self.long = None;
    }

    fn begin_long(&mut self, text: &str, line: Line) {
        let code = text.get(line.from..line.to).unwrap_or_default();
        let parts = self.highlighter.as_mut().map(|it| it.line(code));
        self.long = Some(Long {
            rest: line.from..line.to,
            parts: parts.unwrap_or_default(),
            start: line.from,
            column: line.blanks,
            is_begun: false,
        });
    }

    /// Draws the rest of the line: all of it, or the rows that more of it cannot change.
    fn lay(&mut self, text: &str, is_whole: bool, paper: &mut Paper) {
        let Some(long) = &mut self.long else {
            return;
        };
        let room = paper
            .room
            .columns
            .saturating_sub(self.lead.columns() + GUTTER);
        let mut shown = Shown::at_column(if long.is_begun { long.column } else { 0 });
        if !long.is_begun {
            let blanks = " ".repeat(long.column);
            shown.push(&blanks, Tone::Plain, Origin::Furniture, None);
        }
        long.show(text, &mut shown);
        let mut folds = shown.folds(room);
        if !is_whole {
            // The last row grows, and the one before may still get a mark on its last letter.
            folds.truncate(folds.len().saturating_sub(2));
            while folds.last().is_some_and(|last| shown.is_inside(last.end)) {
                folds.pop();
            }
        }
        let Some(last) = folds.last().map(|last| last.end) else {
            return;
        };
        for part in folds {
            let place = shown.place_of(part.start, long.rest.start);
            self.lead.draw(&mut paper.rows, place);
            let gutter = if long.is_begun { GOES_ON } else { BAR };
            paper.rows.push(gutter, Tone::Quiet, Origin::Furniture);
            shown.emit(&mut paper.rows, part);
            paper.rows.end_row(place);
            long.is_begun = true;
        }
        if !is_whole {
            long.column = shown.column_of(last);
            long.rest.start = shown.place_of(last, long.rest.end);
        }
        self.reach(paper);
    }

    /// The block reaches as far as there are rows.
    fn reach(&self, paper: &mut Paper) {
        let end = paper.rows.len();
        if let Some(block) = self.block.and_then(|at| paper.blocks.get_mut(at)) {
            block.end = end;
        }
    }
}

impl Long {
    /// Adds the rest of the line, each part in its tone.
    fn show(&self, text: &str, shown: &mut Shown) {
        let mut at = self.rest.start;
        let parts = self
            .parts
            .iter()
            .map(|(end, tone)| (self.start + end, *tone));
        for (end, tone) in parts.chain([(usize::MAX, Tone::Plain)]) {
            let end = end.min(self.rest.end);
            if end > at {
                shown.push_text(text.get(at..end).unwrap_or_default(), tone, at, None);
                at = end;
            }
        }
    }
}
