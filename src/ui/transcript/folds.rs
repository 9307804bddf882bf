//! Which rows of a text are on show when some of its blocks are folded.

use crate::ui::markdown::Block;

/// Rows of a block that stay on show when it is folded, its header included.
pub(super) const KEPT: usize = 13;

/// The folded blocks of a text.
#[derive(Clone, Debug, Default)]
pub(super) struct Folds {
    folds: Vec<Fold>,
    /// Rows on show, of so many.
    shown: usize,
}

/// A folded block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Fold {
    /// Its number among the blocks of the text.
    pub(super) block: usize,
    /// Its rows that are not on show.
    pub(super) hidden: usize,
    /// The first of them.
    first: usize,
    /// The row on show that says so.
    mark: usize,
}

/// A row on show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Line {
    /// This row of the text.
    Row(usize),
    /// What says that rows are not on show.
    Mark(Fold),
}

/// Whether there is something to fold in a block.
pub(super) fn is_long(block: &Block) -> bool {
    block.end - block.first > KEPT + 1
}

impl Folds {
    /// The rows on show of `rows`, when the blocks with these numbers are folded.
    pub(super) fn new(blocks: &[Block], folded: &[usize], rows: usize) -> Self {
        let mut folds: Vec<Fold> = Vec::new();
        let mut gone = 0;
        for &number in folded {
            let Some(block) = blocks.get(number).filter(|block| is_long(block)) else {
                continue;
            };
            let first = block.first + KEPT;
            let hidden = block.end - first;
            folds.push(Fold {
                block: number,
                hidden,
                first,
                mark: first - gone,
            });
            gone += hidden - 1;
        }
        Self {
            folds,
            shown: rows - gone.min(rows),
        }
    }

    /// How many rows are on show.
    pub(super) fn len(&self) -> usize {
        self.shown
    }

    /// What stands in a row on show.
    pub(super) fn line(&self, shown: usize) -> Line {
        let after = self.folds.partition_point(|fold| fold.mark <= shown);
        match after.checked_sub(1).and_then(|at| self.folds.get(at)) {
            None => Line::Row(shown),
            Some(fold) if fold.mark == shown => Line::Mark(*fold),
            Some(fold) => Line::Row(shown - fold.mark - 1 + fold.first + fold.hidden),
        }
    }

    /// The row of the text that is on show, of rows that are not the first one.
    pub(super) fn row(&self, shown: usize) -> usize {
        match self.line(shown) {
            Line::Row(row) => row,
            Line::Mark(fold) => fold.first,
        }
    }

    /// Where a row of the text is on show: itself, or what says that it is not.
    pub(super) fn shown(&self, row: usize) -> usize {
        let after = self.folds.partition_point(|fold| fold.first <= row);
        match after.checked_sub(1).and_then(|at| self.folds.get(at)) {
            None => row,
            Some(fold) if row < fold.first + fold.hidden => fold.mark,
            Some(fold) => row - fold.first - fold.hidden + fold.mark + 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::markdown::BlockKind;

    fn block(first: usize, end: usize) -> Block {
        Block {
            kind: BlockKind::Table,
            first,
            end,
        }
    }

    #[test]
    fn a_folded_block_keeps_its_beginning_and_one_row_for_the_rest() {
        let blocks = [block(2, 50), block(60, 64), block(70, 100)];
        let folds = Folds::new(&blocks, &[0, 1, 2], 110);
        assert_eq!(folds.len(), 110 - 34 - 16);
        assert_eq!(folds.line(14), Line::Row(14));
        assert!(matches!(folds.line(15), Line::Mark(fold) if fold.hidden == 35));
        assert_eq!(folds.line(16), Line::Row(50));
        for row in (0..15).chain(50..83).chain(100..110) {
            assert_eq!(folds.line(folds.shown(row)), Line::Row(row));
        }
        assert_eq!(folds.shown(30), 15);
    }
}
