//! Selecting in a transcript, by mouse and by keyboard. What is selected is text, not cells: it stays the
//! same at another width and while more arrives, and copying it gives the text without frames and breaks.

mod places;

use ratatui::layout::Position;
use unicode_segmentation::UnicodeSegmentation;

use self::places::{cell_of, moved, part_of, place_at, row_holding};
use super::Transcript;
use super::folds::Line;
use super::layout::{Layout, Part};
use crate::ui::markdown::BlockKind;

/// A place in what was said: a byte of a text or of reasoning.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place {
    pub(super) entry: usize,
    /// In the text; else in the reasoning, which stands before it.
    pub(super) is_text: bool,
    pub(super) at: usize,
}

/// What is selected: from one place to another, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Selection {
    from: Place,
    to: Place,
    /// By keyboard: the caret stands at its end.
    is_marking: bool,
}

/// How the caret moves in mark mode.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Move {
    /// A character to the left.
    Left,
    /// A character to the right.
    Right,
    /// To the beginning of this word or the one before.
    WordLeft,
    /// To the beginning of the next word.
    WordRight,
    /// A row up.
    Up,
    /// A row down.
    Down,
    /// To the beginning of the row.
    RowStart,
    /// To the end of the row.
    RowEnd,
    /// A page up.
    PageUp,
    /// A page down.
    PageDown,
    /// To the very beginning.
    Start,
    /// To the very end.
    End,
}

impl Transcript {
    /// The button went down at a position of the frame. A click on what folds something turns it; else a
    /// selection may begin there. Whether it was in the transcript at all.
    pub fn press(&mut self, position: Position) -> bool {
        let layout = self.laid_out().borrow();
        if !layout.area.contains(position) {
            return false;
        }
        let row = self.top(&layout) + usize::from(position.y - layout.area.y);
        let spot = layout.spot(row);
        let mark = spot
            .filter(|spot| spot.part == Part::Text)
            .and_then(|spot| {
                let line = layout.laid(spot.entry)?.folds.line(spot.row);
                match line {
                    Line::Mark(fold) => Some((spot.entry, fold.block)),
                    Line::Row(_) => None,
                }
            });
        let place = place_at(&layout, row, usize::from(position.x - layout.area.x));
        drop(layout);
        self.selection = None;
        match (spot, mark, place) {
            (_, Some((entry, block)), _) => self.entries[entry].toggle_fold(block),
            (Some(spot), ..) if spot.part == Part::ThoughtsHead => {
                let shows = self.entries[spot.entry].shows_thoughts;
                self.entries[spot.entry].show_reasoning(!shows);
            }
            (.., Some(place)) => self.pressed = Some(place),
            _ => {}
        }
        true
    }

    /// The mouse moved there with its button down: the selection reaches as far. Beyond the upper or lower
    /// edge it scrolls by a row.
    pub fn drag(&mut self, position: Position) {
        let Some(from) = self.pressed else {
            return;
        };
        let area = self.layout.borrow().area;
        if position.y < area.y || (position.y == area.y && area.y == 0) {
            self.scroll(-1);
        } else if position.y >= area.bottom() {
            self.scroll(1);
        }
        let layout = self.laid_out().borrow();
        let y = position.y.clamp(area.y, area.bottom().saturating_sub(1));
        let x = position.x.clamp(area.x, area.right().saturating_sub(1));
        let row = self.top(&layout) + usize::from(y - area.y);
        let row = row.min(layout.rows().saturating_sub(1));
        let place = place_at(&layout, row, usize::from(x - area.x));
        drop(layout);
        if let Some(to) = place
            && (to != from || self.selection.is_some())
        {
            self.selection = Some(Selection {
                from,
                to,
                is_marking: false,
            });
        }
    }

    /// The button went up: what was selected, to be copied; `None` after a mere click. It stays drawn as
    /// selected until the next press or [`Transcript::select_nothing`].
    pub fn release(&mut self) -> Option<String> {
        self.pressed = None;
        self.selected_text()
    }

    /// Begins or moves the keyboard's selection. It begins at the first row in sight.
    pub fn mark(&mut self) {
        let layout = self.laid_out().borrow();
        let top = self.top(&layout);
        let rows = top..(top + layout.height()).min(layout.rows());
        let place = rows.into_iter().find_map(|row| {
            let spot = layout.spot(row)?;
            matches!(spot.part, Part::Text | Part::Thoughts)
                .then(|| place_at(&layout, row, 0))
                .flatten()
        });
        drop(layout);
        self.selection = place.map(|place| Selection {
            from: place,
            to: place,
            is_marking: true,
        });
    }

    /// The selection begins at the caret of mark mode.
    pub fn mark_here(&mut self) {
        if let Some(selection) = self.selection.filter(|selection| selection.is_marking) {
            self.selection = Some(Selection {
                from: selection.to,
                ..selection
            });
        }
    }

    /// Whether the button of the mouse is down over what was said.
    pub fn is_pressed(&self) -> bool {
        self.pressed.is_some()
    }

    /// Whether the keyboard moves a selection.
    pub fn is_marking(&self) -> bool {
        self.selection.is_some_and(|selection| selection.is_marking)
    }

    /// Moves the caret of mark mode. The selection reaches from where it began to the caret; when
    /// `extends` is false it begins anew at the caret.
    pub fn move_mark(&mut self, step: Move, extends: bool) {
        let Some(selection) = self.selection else {
            return;
        };
        let layout = self.laid_out().borrow();
        let to = moved(&layout, selection.to, step);
        drop(layout);
        let from = if extends { selection.from } else { to };
        self.selection = Some(Selection {
            from,
            to,
            is_marking: true,
        });
        self.reveal(to);
    }

    /// Ends the selection.
    pub fn select_nothing(&mut self) {
        self.selection = None;
        self.pressed = None;
    }

    /// Whether something is selected.
    pub fn has_selection(&self) -> bool {
        self.selection.is_some()
    }

    /// What is selected, as it was said: no frames, no breaks of the width. Within one code block it is the
    /// code itself, without what it was indented by; elsewhere the Markdown of the answer.
    pub fn selected_text(&self) -> Option<String> {
        let (from, to) = self.selected_places()?;
        let mut texts = Vec::new();
        for (number, entry) in self.entries.iter().enumerate() {
            for is_text in [false, true] {
                let text = if is_text {
                    &entry.text
                } else if entry.shows_thoughts {
                    &entry.thoughts
                } else {
                    continue;
                };
                let place = |at| Place {
                    entry: number,
                    is_text,
                    at,
                };
                if place(text.len()) < from || place(0) > to {
                    continue;
                }
                let start = if place(0) < from { from.at } else { 0 };
                let end = if place(text.len()) > to {
                    to.at
                } else {
                    text.len()
                };
                let code = self.code_between(place(start), end);
                let text = code.unwrap_or_else(|| {
                    let text = text.get(start..end).unwrap_or_default();
                    text.trim_matches('\n').to_owned()
                });
                if !text.is_empty() {
                    texts.push(text);
                }
            }
        }
        (!texts.is_empty()).then(|| texts.join("\n\n"))
    }

    /// The first byte that is selected and the one behind the last.
    pub(super) fn selected_places(&self) -> Option<(Place, Place)> {
        let selection = self.selection?;
        let (from, to) = (
            selection.from.min(selection.to),
            selection.from.max(selection.to),
        );
        let entry = self.entries.get(to.entry)?;
        let text = if to.is_text {
            &entry.text
        } else {
            &entry.thoughts
        };
        let rest = text.get(to.at..).unwrap_or_default();
        let character = rest.graphemes(true).next().unwrap_or_default();
        let character = character.trim_end_matches('\n').len();
        let at = to.at + character;
        Some((from, Place { at, ..to }))
    }

    /// The code between two bytes of a text, where both lie within one block of it.
    fn code_between(&self, from: Place, end: usize) -> Option<String> {
        let layout = self.laid_out().borrow();
        let part = if from.is_text {
            Part::Text
        } else {
            Part::Thoughts
        };
        let (flow, _) = layout.flow(from.entry, part)?;
        let (first, last) = (
            row_holding(flow.rows(), from.at),
            row_holding(flow.rows(), end),
        );
        let mut blocks = flow.blocks().iter();
        blocks.find(|block| {
            matches!(block.kind, BlockKind::Code { .. })
                && block.first < first
                && last < block.end
                && first <= last
        })?;
        let text = if from.is_text {
            &self.entries[from.entry].text
        } else {
            &self.entries[from.entry].thoughts
        };
        let mut code = String::new();
        let mut reached = from.at;
        for row in first..=last {
            let place = flow.rows().place(row);
            let between = text.get(reached..place).unwrap_or_default();
            if row > first && between.contains('\n') {
                code.push('\n');
            }
            reached = reached.max(place);
            for bytes in flow.rows().pieces(row).filter_map(|piece| piece.bytes()) {
                let part = bytes.start.max(from.at).max(reached)..bytes.end.min(end);
                code.push_str(text.get(part).unwrap_or_default());
                reached = reached.max(bytes.end);
            }
        }
        Some(code.trim_start_matches('\n').to_owned())
    }

    /// Where the caret of mark mode stands in the frame.
    pub(super) fn caret(&self, layout: &Layout) -> Option<Position> {
        let selection = self.selection.filter(|selection| selection.is_marking)?;
        let (row, column) = cell_of(layout, selection.to)?;
        let row = row.checked_sub(self.top(layout))?;
        let area = layout.area;
        let y = u16::try_from(row).ok().filter(|row| *row < area.height)?;
        let x = u16::try_from(column)
            .ok()?
            .min(area.width.saturating_sub(1));
        Some(Position::new(area.x + x, area.y + y))
    }

    /// Brings a place in sight; a block that hides it is unfolded.
    pub(super) fn reveal(&mut self, place: Place) {
        let layout = self.laid_out().borrow();
        let hiding = layout
            .flow(place.entry, part_of(place))
            .and_then(|(flow, folds)| {
                let row = row_holding(flow.rows(), place.at);
                match folds?.line(folds?.shown(row)) {
                    Line::Mark(fold) => Some(fold.block),
                    Line::Row(_) => None,
                }
            });
        drop(layout);
        if let Some(block) = hiding {
            self.entries[place.entry].toggle_fold(block);
        }
        let row = cell_of(&self.laid_out().borrow(), place).map(|(row, _)| row);
        if let Some(row) = row {
            self.reveal_row(row);
        }
    }

    /// The entry and the byte of its text that is on top.
    pub(super) fn top_place(&self) -> (usize, usize) {
        let layout = self.laid_out().borrow();
        let top = self.top(&layout);
        place_at(&layout, top, 0).map_or((0, 0), |place| (place.entry, place.at))
    }
}
