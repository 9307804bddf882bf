//! A line of a text as it will be drawn, before it is wrapped: words with their looks and origins.

use std::ops::Range;

use crate::ui::rows::{Origin, Rows};
use crate::ui::theme::Look;
use crate::ui::wrap::line_ranges;

/// Blanks a tab becomes at most.
const TAB: usize = 4;

/// Words with their looks.
#[derive(Clone, Debug, Default)]
pub(super) struct Shown {
    pub(super) text: String,
    runs: Vec<Run>,
    targets: Vec<String>,
}

#[derive(Clone, Debug)]
struct Run {
    span: Range<usize>,
    look: Look,
    origin: Origin,
    target: Option<usize>,
}

impl Shown {
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
                let column = super::super::wrap::width(&self.text) % TAB;
                let blanks = "    ".get(column..).unwrap_or(" ");
                self.push_to(blanks, look, Origin::Whole(at, 1), target);
                at += 1;
            }
            self.push_to(part, look, Origin::At(at), target);
            at += part.len();
        }
    }

    fn push_to(&mut self, text: &str, look: Look, origin: Origin, target: Option<&str>) {
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
        self.runs.push(Run {
            span: start..self.text.len(),
            look,
            origin,
            target,
        });
    }

    /// Where it is broken at a width; see [`line_ranges`].
    pub(super) fn lines(&self, columns: usize, taken: usize) -> Vec<Range<usize>> {
        line_ranges(&self.text, columns, taken)
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
        let first = self.runs.partition_point(|run| run.span.end <= part.start);
        for run in self.runs.get(first..).unwrap_or_default() {
            if run.span.start >= part.end {
                break;
            }
            let start = run.span.start.max(part.start);
            let end = run.span.end.min(part.end);
            let text = self.text.get(start..end).unwrap_or_default();
            let origin = match run.origin {
                Origin::At(from) => Origin::At(from + start - run.span.start),
                whole => whole,
            };
            match run.target.and_then(|at| self.targets.get(at)) {
                Some(target) => rows.push_link(text, run.look, origin, target),
                None => rows.push(text, run.look, origin),
            }
        }
    }
}
