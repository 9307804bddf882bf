//! A list in columns with its heads, one row chosen: what does not fit leaves by rank, the first column
//! takes what is left.

use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use ratatui::widgets::Widget;

use super::canvas::{Canvas, Touch};
use super::theme::Tone;
use super::wrap::{clip, pad, pad_left, width};

/// Blanks between two columns.
const GAP: usize = 2;
/// The first column is never made narrower than this to keep another one.
const NARROWEST_NAME: usize = 26;
/// Names up to this width are whole before a column that is an extra gets room.
const WIDEST_NAME: usize = 44;
/// What stands before a row.
const MARK: usize = 2;

/// A column's head and how its cells stand.
#[derive(Clone, Debug)]
pub struct Column {
    /// Its head.
    pub head: String,
    /// Numbers stand at the right.
    pub is_number: bool,
    /// 1 stays longest; the column with the highest rank number leaves first.
    pub rank: u8,
    /// It leaves before a name is cut, not only where names have no room at all.
    pub is_extra: bool,
}

impl Column {
    /// A column of words.
    pub fn words(head: impl Into<String>, rank: u8) -> Self {
        Self {
            head: head.into(),
            is_number: false,
            rank,
            is_extra: false,
        }
    }

    /// A column of numbers.
    pub fn number(head: impl Into<String>, rank: u8) -> Self {
        Self {
            head: head.into(),
            is_number: true,
            rank,
            is_extra: false,
        }
    }

    /// The same, gone before a name is cut.
    #[must_use]
    pub fn extra(self) -> Self {
        Self {
            is_extra: true,
            ..self
        }
    }
}

/// A list in columns. The first column is the name of its row and never leaves.
#[derive(Clone, Debug, Default)]
pub struct Grid {
    /// The columns.
    pub columns: Vec<Column>,
    /// The rows, each with as many cells as there are columns.
    pub rows: Vec<GridRow>,
    /// The number of the chosen row.
    pub chosen: usize,
}

/// A row of a grid.
#[derive(Clone, Debug)]
pub struct GridRow {
    /// How it is meant.
    pub tone: Tone,
    /// From left to right.
    pub cells: Vec<String>,
}

impl GridRow {
    /// An ordinary row.
    pub fn new(cells: Vec<String>) -> Self {
        Self {
            tone: Tone::Plain,
            cells,
        }
    }
}

impl Grid {
    /// The columns that fit, by number, each with its width. The first takes what the others leave.
    fn fitting(&self, columns: usize) -> Vec<(usize, usize)> {
        let widest = |at: usize| {
            let cells = self.rows.iter().filter_map(|row| row.cells.get(at));
            let widest = cells.map(|cell| width(cell)).max().unwrap_or(0);
            widest.max(self.columns.get(at).map_or(0, |column| width(&column.head)))
        };
        let mut shown: Vec<(usize, usize)> = (0..self.columns.len())
            .map(|at| (at, widest(at)))
            .filter(|&(at, columns)| at == 0 || columns > 0)
            .collect();
        let name = shown.first().map_or(0, |&(_, columns)| columns);
        let needed = name.min(NARROWEST_NAME);
        let others = |shown: &[(usize, usize)]| -> usize {
            let rest = shown.iter().skip(1);
            rest.map(|&(_, columns)| columns + GAP).sum()
        };
        // Names first, then one column after the other.
        let whole = name.min(WIDEST_NAME);
        loop {
            let least = shown.iter().enumerate().skip(1);
            let extra = least.filter(|(_, (at, _))| self.columns[*at].is_extra);
            let first_to_go = extra.max_by_key(|&(place, &(at, _))| (self.columns[at].rank, place));
            let Some((place, _)) = first_to_go else {
                break;
            };
            if MARK + whole + others(&shown) <= columns {
                break;
            }
            shown.remove(place);
        }
        while shown.len() > 1 && MARK + needed + others(&shown) > columns {
            let least = shown.iter().enumerate().skip(1);
            let least = least.max_by_key(|&(place, &(at, _))| (self.columns[at].rank, place));
            let Some(place) = least.map(|(place, _)| place) else {
                break;
            };
            shown.remove(place);
        }
        let left = columns.saturating_sub(MARK + others(&shown));
        if let Some(first) = shown.first_mut() {
            first.1 = first.1.min(left);
        }
        shown
    }

    /// Draws it; each row can be clicked. Returns how many rows did not find room.
    pub fn draw(&self, canvas: &mut Canvas<'_, '_>, area: Rect) -> usize {
        let shown = self.fitting(usize::from(area.width));
        let heads: Vec<String> = self.columns.iter().map(|it| it.head.clone()).collect();
        let has_heads = heads.iter().any(|head| !head.is_empty());
        let quiet = canvas.theme.tone(Tone::Quiet);
        let mut y = area.y;
        if has_heads && area.height > 0 {
            let spot = Rect {
                y,
                height: 1,
                ..area
            };
            self.draw_row(canvas, spot, (&heads, "  "), &shown, quiet);
            y += 1;
        }
        let room = usize::from(area.bottom().saturating_sub(y));
        let offset = offset(self.chosen, self.rows.len(), room);
        let visible = self.rows.iter().enumerate().skip(offset).take(room);
        for (at, row) in visible {
            let spot = Rect {
                y,
                height: 1,
                ..area
            };
            let (mark, style) = if at == self.chosen {
                ("› ", canvas.theme.chosen())
            } else {
                ("  ", canvas.theme.tone(row.tone))
            };
            self.draw_row(canvas, spot, (&row.cells, mark), &shown, style);
            canvas.note(spot, Touch::Choice(at));
            y += 1;
        }
        self.rows.len().saturating_sub(room)
    }

    fn draw_row(
        &self,
        canvas: &mut Canvas<'_, '_>,
        spot: Rect,
        (cells, mark): (&[String], &'static str),
        shown: &[(usize, usize)],
        style: Style,
    ) {
        let mut spans = vec![Span::styled(mark, style)];
        for (place, &(at, columns)) in shown.iter().enumerate() {
            if place > 0 {
                spans.push(Span::raw(" ".repeat(GAP)));
            }
            spans.push(Span::styled(self.cell(cells, at, columns), style));
        }
        Line::from(spans).render(spot, canvas.buffer());
    }

    /// A cell as wide as its column.
    fn cell(&self, cells: &[String], at: usize, columns: usize) -> String {
        let cell = clip(cells.get(at).map_or("", String::as_str), columns);
        if self.columns[at].is_number {
            pad_left(&cell, columns)
        } else {
            pad(&cell, columns)
        }
    }

    /// The same as lines of at most so many columns, the heads first and nothing chosen: a part of a page.
    pub fn lines(&self, columns: usize) -> Vec<String> {
        // Nothing stands before a row here.
        let shown = self.fitting(columns + MARK);
        let heads: Vec<String> = self.columns.iter().map(|it| it.head.clone()).collect();
        let rows = self.rows.iter().map(|row| &row.cells);
        std::iter::once(&heads)
            .chain(rows)
            .map(|cells| {
                let cells = shown
                    .iter()
                    .map(|&(at, columns)| self.cell(cells, at, columns));
                let line = cells.collect::<Vec<_>>().join(&" ".repeat(GAP));
                line.trim_end().to_owned()
            })
            .collect()
    }
}

/// The first visible row: the chosen one stands in the middle where it can.
fn offset(chosen: usize, rows: usize, room: usize) -> usize {
    let most = rows.saturating_sub(room);
    chosen.saturating_sub(room / 2).min(most)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grid() -> Grid {
        Grid {
            columns: vec![
                Column::words("model", 1),
                Column::number("cost", 1),
                Column::words("provider", 3),
                Column::number("requests", 2),
            ],
            rows: vec![GridRow::new(vec![
                "anthropic/claude-sonnet-4.5".into(),
                "$12.20".into(),
                "Anthropic".into(),
                "1,204".into(),
            ])],
            chosen: 0,
        }
    }

    #[test]
    fn what_does_not_fit_leaves_by_rank_and_the_name_takes_the_rest() {
        let shown = |columns| grid().fitting(columns);
        assert_eq!(shown(80), [(0, 27), (1, 6), (2, 9), (3, 8)]);
        // 2 + 26 + (6+2) + (9+2) + (8+2) = 57
        assert_eq!(shown(57), [(0, 26), (1, 6), (2, 9), (3, 8)]);
        assert_eq!(shown(56), [(0, 27), (1, 6), (3, 8)]);
        assert_eq!(shown(36), [(0, 26), (1, 6)]);
        assert_eq!(shown(35), [(0, 27)]);
        assert_eq!(shown(10), [(0, 8)]);
    }

    #[test]
    fn an_extra_column_leaves_before_a_name_is_cut() {
        let mut grid = grid();
        grid.columns[2] = grid.columns[2].clone().extra();
        // 2 + 27 + (6+2) + (9+2) + (8+2) = 58
        assert_eq!(grid.fitting(58).len(), 4);
        assert_eq!(grid.fitting(57), [(0, 27), (1, 6), (3, 8)]);
    }

    #[test]
    fn as_lines_it_has_its_heads_and_keeps_to_its_columns() {
        let lines = grid().lines(48);
        assert_eq!(
            lines,
            [
                "model                          cost  requests",
                "anthropic/claude-sonnet-4.5  $12.20     1,204",
            ]
        );
    }

    #[test]
    fn the_chosen_row_is_in_sight_wherever_it_stands() {
        for rows in 0..30 {
            for room in 1..12 {
                for chosen in 0..rows {
                    let first = offset(chosen, rows, room);
                    assert!(first <= chosen && chosen < first + room);
                    assert!(first + room.min(rows) <= rows);
                }
            }
        }
    }
}
