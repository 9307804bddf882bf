//! The code blocks of a transcript, by the numbers that stand above them.

use super::layout::{Part, Spot};
use super::{Entry, Transcript};
use crate::domain::code_block::{self, CodeBlock};
use crate::ui::markdown::BlockKind;

/// A code block of an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NumberedCode {
    /// The number above it, counted over the transcript from 1.
    pub number: usize,
    /// The number of the entry it stands in.
    pub entry: usize,
    /// Its language, its file and the code itself, cleaned.
    pub block: CodeBlock,
    /// The row of its header at the width of the last frame, counted over the transcript from 0.
    pub row: usize,
}

/// Where a code block stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct CodeSpot {
    pub(super) number: usize,
    pub(super) entry: usize,
    /// Its number among the code of its entry, from 0.
    pub(super) nth: usize,
    /// Its number among the blocks of its entry, from 0.
    pub(super) block: usize,
    pub(super) row: usize,
    /// The row behind it.
    pub(super) end: usize,
}

impl Transcript {
    /// The code blocks of all answers, in order. The numbers are those of `code_block::find` in the cleaned
    /// text of each answer, one answer after the other; for the code as it came, byte for byte, ask that of
    /// the text as it came.
    pub fn code_blocks(&self) -> Vec<NumberedCode> {
        let mut blocks = Vec::new();
        let spots = self.code_spots();
        for entries in spots.chunk_by(|one, other| one.entry == other.entry) {
            let text = entries.first().map(|spot| self.entries[spot.entry].text());
            let found = text.map(|text| code_block::find(text)).unwrap_or_default();
            blocks.extend(entries.iter().zip(found).map(|(spot, block)| NumberedCode {
                number: spot.number,
                entry: spot.entry,
                block,
                row: spot.row,
            }));
        }
        blocks
    }

    /// The code block with a number.
    pub fn code(&self, number: usize) -> Option<NumberedCode> {
        let spots = self.code_spots();
        let spot = spots.into_iter().find(|spot| spot.number == number)?;
        let text = self.entries.get(spot.entry)?.text();
        Some(NumberedCode {
            number,
            entry: spot.entry,
            block: code_block::find(text).into_iter().nth(spot.nth)?,
            row: spot.row,
        })
    }

    /// The number of the code block that the reader has before them: of those in sight the last one for who
    /// follows the end, the first one for who reads on; or else the last one above.
    pub fn code_in_sight(&self) -> Option<usize> {
        let (top, height) = {
            let layout = self.laid_out().borrow();
            (self.top(&layout), layout.height())
        };
        let spots = self.code_spots();
        let in_sight = |spot: &&CodeSpot| spot.end > top && spot.row < top + height;
        let above = |spot: &&CodeSpot| spot.end <= top;
        let spot = if self.follows() {
            spots.iter().rfind(in_sight)
        } else {
            spots.iter().find(in_sight)
        };
        let spot = spot.or_else(|| spots.iter().rfind(above));
        spot.map(|spot| spot.number)
    }

    /// Folds the code block with a number, or unfolds it; whether there is one that is long enough.
    pub fn toggle_code_fold(&mut self, number: usize) -> bool {
        let spots = self.code_spots();
        let spot = spots.into_iter().find(|spot| spot.number == number);
        let layout = self.laid_out().borrow();
        let spot = spot.filter(|spot| {
            let laid = layout.laid(spot.entry);
            let block = laid.and_then(|laid| laid.text.blocks().get(spot.block));
            block.is_some_and(super::folds::is_long)
        });
        drop(layout);
        if let Some(spot) = spot
            && let Some(entry) = self.entries.get_mut(spot.entry)
        {
            entry.toggle_fold(spot.block);
        }
        spot.is_some()
    }

    /// Folds or unfolds what the reader has before them: the first long block of code or table that is in
    /// sight, also in a question. Whether there was one.
    pub fn toggle_fold(&mut self) -> bool {
        let layout = self.laid_out().borrow();
        let (top, height) = (self.top(&layout), layout.height());
        let found = (top..top + height).find_map(|row| {
            let spot = layout.spot(row).filter(|spot| spot.part == Part::Text)?;
            let laid = layout.laid(spot.entry)?;
            let row = laid.folds.row(spot.row);
            let blocks = laid.text.blocks();
            let at = blocks.partition_point(|block| block.end <= row);
            let block = blocks.get(at).filter(|block| block.first <= row)?;
            super::folds::is_long(block).then_some((spot.entry, at))
        });
        drop(layout);
        if let Some((entry, block)) = found
            && let Some(entry) = self.entries.get_mut(entry)
        {
            entry.toggle_fold(block);
        }
        found.is_some()
    }

    pub(super) fn code_spots(&self) -> Vec<CodeSpot> {
        let layout = self.laid_out().borrow();
        let mut spots = Vec::new();
        let answers = self.entries.iter().enumerate();
        for (number, _) in answers.filter(|(_, entry)| !entry.is_question()) {
            let Some(laid) = layout.laid(number) else {
                continue;
            };
            let row = |row| {
                layout.row(Spot {
                    entry: number,
                    part: Part::Text,
                    row: laid.folds.shown(row),
                })
            };
            let blocks = laid.text.blocks().iter().enumerate();
            let code = blocks.filter(|(_, block)| matches!(block.kind, BlockKind::Code { .. }));
            spots.extend(code.enumerate().map(|(nth, (at, block))| CodeSpot {
                number: layout.first_code(number) + nth,
                entry: number,
                nth,
                block: at,
                row: row(block.first),
                end: row(block.end.saturating_sub(1)) + 1,
            }));
        }
        spots
    }

    /// What an entry says, for those who need it by its number.
    pub fn entry(&self, number: usize) -> Option<&Entry> {
        self.entries.get(number)
    }
}
