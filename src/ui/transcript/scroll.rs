//! Where the reader is in a transcript.

use super::Transcript;
use super::layout::{Anchor, Layout};

/// Where the reader is. `Follow` stays at the end as text arrives; scrolling up turns it into `At`, which
/// stays with its row whatever comes above or below, and reaching the end turns it back.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Scroll {
    #[default]
    Follow,
    At(Anchor),
}

impl Transcript {
    /// Moves by rows; positive is down.
    pub fn scroll(&mut self, rows: isize) {
        self.pointed = None;
        let layout = self.laid_out();
        let top = self.top(&layout.borrow()).saturating_add_signed(rows);
        self.go_to_row(top);
    }

    /// A page up: two rows stay in sight.
    pub fn page_up(&mut self) {
        self.scroll(-self.page());
    }

    /// A page down: two rows stay in sight.
    pub fn page_down(&mut self) {
        self.scroll(self.page());
    }

    fn page(&self) -> isize {
        let height = self.layout.borrow().height();
        isize::try_from(height.saturating_sub(2).max(1)).unwrap_or(1)
    }

    /// To the very beginning.
    pub fn to_start(&mut self) {
        self.pointed = None;
        self.go_to_row(0);
    }

    /// To the end, and with it from there on.
    pub fn to_end(&mut self) {
        self.pointed = None;
        self.scroll = Scroll::Follow;
    }

    /// Whether the reader is at the end and stays there as text arrives.
    pub fn follows(&self) -> bool {
        self.scroll == Scroll::Follow
    }

    /// Points at the question before the one that is pointed at, else at the last one above what is on top, at the end
    /// at the last one of all, and brings it to the top; whether there is one.
    pub fn previous_question(&mut self) -> bool {
        let questions = self.question_rows();
        let mut before = questions.iter().rev();
        let found = match self.pointed {
            Some(at) => before.find(|(entry, _)| *entry < at),
            None if self.follows() => before.next(),
            None => before.find(|(_, row)| *row < self.top_row()),
        };
        self.point_at(found.copied())
    }

    /// Points at the next question and brings it to the top; behind the last one comes the end. Whether there is one.
    pub fn next_question(&mut self) -> bool {
        let questions = self.question_rows();
        let mut behind = questions.iter();
        let found = match self.pointed {
            Some(at) => behind.find(|(entry, _)| *entry > at),
            None if self.follows() => None,
            None => behind.find(|(_, row)| *row > self.top_row()),
        };
        let found = found.copied();
        if found.is_none() {
            self.to_end();
        }
        self.point_at(found)
    }

    fn point_at(&mut self, question: Option<(usize, usize)>) -> bool {
        if let Some((entry, row)) = question {
            self.pointed = Some(entry);
            self.go_to_row(row);
        }
        question.is_some()
    }

    /// The question that is pointed at.
    pub fn pointed(&self) -> Option<usize> {
        self.pointed.filter(|entry| *entry < self.entries.len())
    }

    /// The question that is pointed at, else the first one in sight, else the one whose answer is in sight; none at the
    /// end, where nothing is looked for.
    pub fn question_in_sight(&self) -> Option<usize> {
        if self.pointed().is_some() || self.follows() {
            return self.pointed();
        }
        let (top, height) = (self.top_row(), self.layout.borrow().height());
        let questions = self.question_rows();
        let seen = questions
            .iter()
            .find(|(_, row)| (top..top + height).contains(row));
        let above = || questions.iter().rfind(|(_, row)| *row < top);
        seen.or_else(above).map(|(entry, _)| *entry)
    }

    /// Puts the code block above what is on top at the top; whether there is one.
    pub fn previous_code(&mut self) -> bool {
        let top = self.top_row();
        let rows = self.code_rows();
        let above = rows.into_iter().rfind(|row| *row < top);
        self.go_to(above)
    }

    /// Puts the code block below what is on top at the top; whether there is one.
    pub fn next_code(&mut self) -> bool {
        let top = self.top_row();
        let rows = self.code_rows();
        let below = rows.into_iter().find(|row| *row > top);
        self.go_to(below)
    }

    /// Puts an entry at the top.
    pub fn go_to_entry(&mut self, entry: usize) {
        let row = self.laid_out().borrow().start(entry);
        self.go_to_row(row);
    }

    /// How many rows lie below what is in sight.
    pub fn rows_below(&self) -> usize {
        self.below(&self.laid_out().borrow())
    }

    /// How many rows there are at the width of the last frame.
    pub fn rows(&self) -> usize {
        self.laid_out().borrow().rows()
    }

    /// The row that is on top, counted over the transcript from 0.
    pub fn top_row(&self) -> usize {
        self.top(&self.laid_out().borrow())
    }

    pub(super) fn top(&self, layout: &Layout) -> usize {
        let last = layout.rows().saturating_sub(layout.height());
        match self.scroll {
            Scroll::Follow => last,
            Scroll::At(anchor) => layout.row_of(anchor).min(last),
        }
    }

    pub(super) fn below(&self, layout: &Layout) -> usize {
        let seen = self.top(layout) + layout.height();
        layout.rows().saturating_sub(seen)
    }

    fn go_to(&mut self, row: Option<usize>) -> bool {
        if let Some(row) = row {
            self.go_to_row(row);
        }
        row.is_some()
    }

    pub(super) fn go_to_row(&mut self, row: usize) {
        let layout = self.laid_out().borrow();
        let last = layout.rows().saturating_sub(layout.height());
        let anchor = layout.anchor(row).filter(|_| row < last);
        drop(layout);
        self.scroll = anchor.map_or(Scroll::Follow, Scroll::At);
    }

    /// Brings a row in sight, where it is not.
    pub(super) fn reveal_row(&mut self, row: usize) {
        let layout = self.laid_out().borrow();
        let (top, height) = (self.top(&layout), layout.height());
        drop(layout);
        if row < top || row >= top + height {
            let above = if row < top {
                height / 3
            } else {
                height * 2 / 3
            };
            self.go_to_row(row.saturating_sub(above));
        }
    }

    /// The questions, and the row that each begins in.
    fn question_rows(&self) -> Vec<(usize, usize)> {
        let layout = self.laid_out().borrow();
        let entries = self.entries.iter().enumerate();
        let questions = entries.filter(|(_, entry)| entry.is_question());
        let rows = questions.map(|(number, _)| (number, layout.start(number)));
        rows.collect()
    }

    fn code_rows(&self) -> Vec<usize> {
        self.code_spots().into_iter().map(|code| code.row).collect()
    }
}
