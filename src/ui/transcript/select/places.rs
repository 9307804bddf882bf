//! Where places in what was said stand on the rows, and which place is beside, above or below another one.

use unicode_segmentation::UnicodeSegmentation;

use super::{Move, Place};
use crate::ui::rows::{Piece, Rows};
use crate::ui::transcript::layout::{Layout, Part, Spot};
use crate::ui::wrap::width;

/// The part of an entry that a place is in.
pub(super) fn part_of(place: Place) -> Part {
    if place.is_text {
        Part::Text
    } else {
        Part::Thoughts
    }
}

/// The row that shows a byte; of rows that begin at the same place, the first one that does.
pub(super) fn row_holding(rows: &Rows, at: usize) -> usize {
    let range = rows.at_place(at);
    let last = range.end - 1;
    let holds = |row: &usize| {
        let mut bytes = rows.pieces(*row).filter_map(|piece| piece.bytes());
        bytes.any(|bytes| bytes.contains(&at))
    };
    range.into_iter().find(holds).unwrap_or(last)
}

/// The place in what was said at a column of a row, the nearest one where nothing stands there.
pub(super) fn place_at(layout: &Layout, row: usize, column: usize) -> Option<Place> {
    let spot = layout.spot(row)?;
    let laid = layout.laid(spot.entry)?;
    let place = |is_text, at| {
        Some(Place {
            entry: spot.entry,
            is_text,
            at,
        })
    };
    let (flow, is_text, row) = match spot.part {
        Part::Gap | Part::Who | Part::ThoughtsHead => return place(false, 0),
        Part::ThoughtsEnd => return place(false, laid.thoughts.seen()),
        Part::Unseen | Part::Trouble | Part::Figures => return place(true, laid.text.seen()),
        Part::Thoughts => (&laid.thoughts, false, spot.row),
        Part::Text => (&laid.text, true, laid.folds.row(spot.row)),
    };
    let mut left = 0;
    let mut nearest = flow.rows().place(row);
    for piece in flow.rows().pieces(row) {
        let right = left + width(piece.text);
        if let Some(bytes) = piece.bytes() {
            if column < right {
                let at = byte_at(&piece, bytes.start, column.saturating_sub(left));
                return place(is_text, at);
            }
            nearest = byte_at(&piece, bytes.start, usize::MAX);
        }
        left = right;
    }
    place(is_text, nearest)
}

/// The byte that stands at a column of a run; beyond its end, its last character.
fn byte_at(piece: &Piece<'_>, start: usize, column: usize) -> usize {
    if piece
        .bytes()
        .is_some_and(|bytes| bytes.len() != piece.text.len())
    {
        return start;
    }
    let mut right = 0;
    let mut last = start;
    for (offset, character) in piece.text.grapheme_indices(true) {
        right += width(character);
        last = start + offset;
        if column < right {
            break;
        }
    }
    last
}

/// The row and the column of a place.
pub(super) fn cell_of(layout: &Layout, place: Place) -> Option<(usize, usize)> {
    let (flow, folds) = layout.flow(place.entry, part_of(place))?;
    let row = row_holding(flow.rows(), place.at);
    let mut column = 0;
    for piece in flow.rows().pieces(row) {
        match piece.bytes() {
            Some(bytes) if bytes.contains(&place.at) => {
                let before = piece.text.get(..place.at - bytes.start);
                column += before
                    .filter(|_| bytes.len() == piece.text.len())
                    .map_or(0, width);
                break;
            }
            // What is not shown itself, as a mark, stands before what comes next.
            Some(bytes) if bytes.start > place.at => break,
            _ => column += width(piece.text),
        }
    }
    let spot = Spot {
        entry: place.entry,
        part: part_of(place),
        row: folds.map_or(row, |folds| folds.shown(row)),
    };
    Some((layout.row(spot), column))
}

pub(super) fn moved(layout: &Layout, from: Place, step: Move) -> Place {
    let Some((row, column)) = cell_of(layout, from) else {
        return from;
    };
    let page = layout.height().saturating_sub(2).max(1);
    let last = layout.rows().saturating_sub(1);
    let target = match step {
        Move::Up => text_row(layout, row.saturating_sub(1), false).map(|row| (row, column)),
        Move::Down => text_row(layout, row + 1, true).map(|row| (row, column)),
        Move::PageUp => text_row(layout, row.saturating_sub(page), true).map(|row| (row, column)),
        Move::PageDown => text_row(layout, (row + page).min(last), false).map(|row| (row, column)),
        Move::Start => text_row(layout, 0, true).map(|row| (row, 0)),
        Move::End => text_row(layout, last, false).map(|row| (row, usize::MAX)),
        Move::RowStart => Some((row, 0)),
        Move::RowEnd => Some((row, usize::MAX)),
        Move::Left => beside(layout, row, column, false),
        Move::Right => beside(layout, row, column, true),
        Move::WordLeft => word(layout, row, column, false),
        Move::WordRight => word(layout, row, column, true),
    };
    let place = target.and_then(|(row, column)| place_at(layout, row, column));
    place.unwrap_or(from)
}

/// The nearest row with text, from one on downwards or upwards. A row that shows no character is none: its place is that
/// of the row below it, and whoever goes up would come back.
fn text_row(layout: &Layout, from: usize, is_down: bool) -> Option<usize> {
    let has_text = |row: &usize| !columns(layout, *row).is_empty();
    if is_down {
        (from..layout.rows()).find(has_text)
    } else {
        (0..=from.min(layout.rows())).rev().find(has_text)
    }
}

/// The columns of a row at which a character of the text stands, and whether it is one of a word.
fn columns(layout: &Layout, row: usize) -> Vec<(usize, bool)> {
    let mut columns = Vec::new();
    let Some(spot) = layout.spot(row) else {
        return columns;
    };
    let Some((flow, folds)) = layout.flow(spot.entry, spot.part) else {
        return columns;
    };
    let row = folds.map_or(spot.row, |folds| folds.row(spot.row));
    let mut column = 0;
    for piece in flow.rows().pieces(row) {
        if piece.bytes().is_some() {
            for character in piece.text.graphemes(true) {
                let is_word = character.starts_with(|c: char| c.is_alphanumeric() || c == '_');
                columns.push((column, is_word));
                column += width(character);
            }
        } else {
            column += width(piece.text);
        }
    }
    columns
}

fn beside(layout: &Layout, row: usize, column: usize, is_right: bool) -> Option<(usize, usize)> {
    let columns = columns(layout, row).into_iter().map(|(at, _)| at);
    if is_right {
        let next = columns.into_iter().find(|at| *at > column);
        next.map(|at| (row, at))
            .or_else(|| Some((text_row(layout, row + 1, true)?, 0)))
    } else {
        let previous = columns.into_iter().rfind(|at| *at < column);
        previous
            .map(|at| (row, at))
            .or_else(|| Some((text_row(layout, row.checked_sub(1)?, false)?, usize::MAX)))
    }
}

fn word(layout: &Layout, row: usize, column: usize, is_right: bool) -> Option<(usize, usize)> {
    let columns = columns(layout, row);
    let starts = columns.iter().enumerate().filter(|(at, (_, is_word))| {
        *is_word && at.checked_sub(1).is_none_or(|before| !columns[before].1)
    });
    let mut starts = starts.map(|(_, (column, _))| *column);
    let found = if is_right {
        starts.find(|start| *start > column)
    } else {
        starts.rfind(|start| *start < column)
    };
    found
        .map(|column| (row, column))
        .or_else(|| beside(layout, row, if is_right { usize::MAX } else { 0 }, is_right))
}
