//! A line of a text as it will be drawn, before it is wrapped: words with their looks and origins.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

use crate::ui::rows::{Origin, Rows};
use crate::ui::theme::Look;
use crate::ui::wrap::{line_ranges, width};

/// Blanks a tab becomes at most.
const TAB: usize = 4;

/// Words with their looks.
#[derive(Clone, Debug, Default)]
pub(super) struct Shown {
    text: String,
    runs: Vec<Run>,
    targets: Vec<String>,
    /// The column behind the last word, of words that stand in one row: what a tab is measured from.
    column: usize,
}

#[derive(Clone, Debug)]
struct Run {
    span: Range<usize>,
    look: Look,
    origin: Origin,
    target: Option<usize>,
}

impl Shown {
    /// Nothing yet; what comes first stands in this column.
    pub(super) fn at_column(column: usize) -> Self {
        Self {
            column,
            ..Self::default()
        }
    }

    /// Whether there is nothing.
    pub(super) fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// Whether what comes next begins a line.
    pub(super) fn ends_line(&self) -> bool {
        self.text.is_empty() || self.text.ends_with('\n')
    }

    /// The words.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// Adds words that are shown as they stand in the text, tabs apart.
    pub(super) fn push_text(
        &mut self,
        text: &str,
        look: impl Into<Look>,
        from: usize,
        target: Option<&str>,
    ) {
        let look = look.into();
        let mut at = from;
        for (number, part) in text.split('\t').enumerate() {
            if number > 0 {
                let blanks = "    ".get(self.column % TAB..).unwrap_or(" ");
                self.push(blanks, look, Origin::Whole(at, 1), target);
                at += 1;
            }
            self.push(part, look, Origin::At(at), target);
            at += part.len();
        }
    }

    /// Adds words that stand for something else, or for nothing.
    pub(super) fn push(
        &mut self,
        text: &str,
        look: impl Into<Look>,
        origin: Origin,
        target: Option<&str>,
    ) {
        if text.is_empty() {
            return;
        }
        let target = target.map(|target| {
            if self.targets.last().map(String::as_str) != Some(target) {
                self.targets.push(target.to_owned());
            }
            self.targets.len() - 1
        });
        let start = self.text.len();
        self.text.push_str(text);
        self.column += columns(text);
        self.runs.push(Run {
            span: start..self.text.len(),
            look: look.into(),
            origin,
            target,
        });
    }

    /// Adds other words at the end.
    pub(super) fn append(&mut self, other: &Self) {
        let whole = 0..other.text.len();
        for (run, part, origin) in other.runs_in(whole) {
            self.push(part, run.look, origin, other.target_of(run));
        }
    }

    /// What stands behind a byte of it.
    pub(super) fn behind(&self, at: usize) -> Self {
        let mut rest = Self::default();
        for (run, part, origin) in self.runs_in(at..self.text.len()) {
            rest.push(part, run.look, origin, self.target_of(run));
        }
        rest
    }

    /// The column behind a byte of it, of words that stand in one row.
    pub(super) fn column_of(&self, at: usize) -> usize {
        let behind = self.text.get(at..).unwrap_or_default();
        self.column.saturating_sub(columns(behind))
    }

    /// Whether a byte of it lies inside something that stands for something else, as a tab does.
    pub(super) fn is_inside(&self, at: usize) -> bool {
        let first = self.runs.partition_point(|run| run.span.end <= at);
        let run = self.runs.get(first);
        run.is_some_and(|run| matches!(run.origin, Origin::Whole(..)) && run.span.start < at)
    }

    /// Where it is broken at a width, by words; see [`line_ranges`].
    pub(super) fn lines(&self, columns: usize) -> Vec<Range<usize>> {
        line_ranges(&self.text, columns, 0)
    }

    /// Where it is broken at a width, as soon as a row is full: no blank is lost.
    pub(super) fn folds(&self, columns: usize) -> Vec<Range<usize>> {
        let columns = columns.max(2);
        let mut found = Vec::new();
        let (mut start, mut taken) = (0, 0);
        for (at, character) in self.text.grapheme_indices(true) {
            let wide = width(character);
            if taken + wide > columns {
                found.push(start..at);
                (start, taken) = (at, 0);
            }
            taken += wide;
        }
        found.push(start..self.text.len());
        found
    }

    /// The place in the text that a byte of what is shown stands for; `otherwise` for furniture.
    pub(super) fn place_of(&self, at: usize, otherwise: usize) -> usize {
        let first = self.runs.partition_point(|run| run.span.end <= at);
        let runs = self.runs.get(first..).unwrap_or_default();
        let places = runs.iter().find_map(|run| match run.origin {
            Origin::Furniture => None,
            Origin::At(from) => Some(from + at.saturating_sub(run.span.start)),
            Origin::Whole(from, _) => Some(from),
        });
        places.unwrap_or(otherwise)
    }

    /// Adds a part of it to the row that is open.
    pub(super) fn emit(&self, rows: &mut Rows, part: Range<usize>) {
        for (run, text, origin) in self.runs_in(part) {
            match self.target_of(run) {
                Some(target) => rows.push_link(text, run.look, origin, target),
                None => rows.push(text, run.look, origin),
            }
        }
    }

    fn target_of(&self, run: &Run) -> Option<&str> {
        run.target
            .and_then(|at| self.targets.get(at))
            .map(String::as_str)
    }

    /// The runs of a part of it, each with what is shown of it there and where that comes from.
    fn runs_in(&self, part: Range<usize>) -> impl Iterator<Item = (&Run, &str, Origin)> {
        let first = self.runs.partition_point(|run| run.span.end <= part.start);
        let runs = self.runs.iter().skip(first);
        let runs = runs.take_while(move |run| run.span.start < part.end);
        runs.map(move |run| {
            let start = run.span.start.max(part.start);
            let end = run.span.end.min(part.end);
            let origin = match run.origin {
                Origin::At(from) => Origin::At(from + start - run.span.start),
                whole => whole,
            };
            (run, self.text.get(start..end).unwrap_or_default(), origin)
        })
    }
}

/// The columns of a text as it is drawn, character by character.
fn columns(text: &str) -> usize {
    if text.is_ascii() {
        return text.len();
    }
    text.graphemes(true).map(width).sum()
}
