//! Rows of cells with their columns aligned, a wide character counted as the two columns it takes.

use super::wrap::{pad, width, wrap};

/// Blanks between two columns.
const GAP: usize = 2;
/// What goes on below its first line is set in so far.
const HANGING: usize = 2;
/// No column is made narrower than this.
const NARROWEST: usize = 16;

/// The lines of each row, at most `columns` columns wide where that can be done. Names give way before
/// what is said of them, so columns are narrowed from the left; a cell that is too wide for its column
/// goes on below. No line ends in blanks.
pub fn aligned(rows: &[Vec<String>], columns: usize) -> Vec<Vec<String>> {
    let widths = widths(rows, columns);
    rows.iter().map(|row| row_lines(row, &widths)).collect()
}

fn widths(rows: &[Vec<String>], columns: usize) -> Vec<usize> {
    let count = rows.iter().map(Vec::len).max().unwrap_or(0);
    let widest_in = |at: usize| {
        let cells = rows.iter().filter_map(|row| row.get(at));
        cells.map(|cell| width(cell)).max().unwrap_or(0)
    };
    let mut widths: Vec<usize> = (0..count).map(widest_in).collect();
    let room = columns.saturating_sub(GAP * count.saturating_sub(1));
    let mut surplus = widths.iter().sum::<usize>().saturating_sub(room);
    for width in &mut widths {
        let given = surplus.min(width.saturating_sub(NARROWEST));
        *width -= given;
        surplus -= given;
    }
    widths
}

fn row_lines(row: &[String], widths: &[usize]) -> Vec<String> {
    let cells = row.iter().zip(widths);
    let cells: Vec<(Vec<String>, usize)> = cells
        .map(|(cell, &width)| (cell_lines(cell, width), width))
        .collect();
    let height = cells.iter().map(|(lines, _)| lines.len()).max();
    (0..height.unwrap_or(0))
        .map(|at| {
            let parts = cells.iter().map(|(lines, width)| {
                let part = lines.get(at).map_or("", String::as_str);
                pad(part, *width)
            });
            let line = parts.collect::<Vec<_>>().join(&" ".repeat(GAP));
            line.trim_end().to_owned()
        })
        .collect()
}

fn cell_lines(cell: &str, columns: usize) -> Vec<String> {
    if width(cell) <= columns {
        return vec![cell.to_owned()];
    }
    let lines = wrap(cell, columns.saturating_sub(HANGING)).into_iter();
    let indented = lines.enumerate().map(|(at, line)| {
        let indent = if at == 0 { 0 } else { HANGING };
        format!("{}{line}", " ".repeat(indent))
    });
    indented.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn rows(rows: &[&[&str]]) -> Vec<Vec<String>> {
        let cells = |row: &&[&str]| row.iter().map(|&cell| cell.to_owned()).collect();
        rows.iter().map(cells).collect()
    }

    #[test]
    fn columns_are_aligned_and_wide_characters_count_twice() {
        let table = rows(&[&["密钥", "a", "x"], &["k", "bb"]]);
        let lines = aligned(&table, usize::MAX).concat();
        assert_eq!(lines, ["密钥  a   x", "k     bb"]);
    }

    #[test]
    fn a_cell_too_wide_for_its_column_goes_on_below_set_in() {
        let table = rows(&[
            &["* Docker Compose (in its file)", ".env line 2"],
            &["* b", "c"],
        ]);
        let lines = aligned(&table, 32).concat();
        assert_eq!(
            lines,
            [
                "* Docker Compose     .env line 2",
                "  (in its file)",
                "* b                  c",
            ]
        );
    }

    proptest! {
        #[test]
        fn no_line_is_too_wide_and_nothing_but_blanks_is_lost(
            table in proptest::collection::vec(
                proptest::collection::vec("[a-z 密钥，。/]{0,40}", 0..4), 0..5),
            columns in 52usize..90,
        ) {
            let lines = aligned(&table, columns);
            prop_assert_eq!(lines.len(), table.len());
            for line in lines.iter().flatten() {
                prop_assert!(width(line) <= columns, "{line:?}");
            }
            let count = |text: &str| text.chars().filter(|c| !c.is_whitespace()).count();
            for (row, lines) in table.iter().zip(&lines) {
                prop_assert_eq!(count(&lines.concat()), count(&row.concat()));
            }
        }
    }
}
