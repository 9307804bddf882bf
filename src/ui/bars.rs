//! A bar chart: one bar a day, stacked where there is room to tell the parts.

use ratatui::layout::Rect;
use ratatui::style::Style;

use super::canvas::Canvas;
use super::theme::Tone;
use super::wrap::{clip, width};

/// The parts of a bar that have a look of their own; what is left of it goes to the last one.
pub const SERIES: usize = 5;
/// How the parts look without colour.
const FILLS: [&str; SERIES] = ["█", "▓", "▒", "░", "▚"];
/// A bar's top in eighths of a cell.
const EIGHTHS: [&str; 9] = [" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"];

/// In the place of a bar that is not known.
const UNKNOWN: &str = "?";

/// What is drawn.
#[derive(Clone, Debug, Default)]
pub struct Bars {
    /// The bars from left to right: the parts of each, as shares of the tallest bar, from 0 to 1.
    pub bars: Vec<Vec<f64>>,
    /// Which bars are not known: nothing is drawn as if it were none. Empty: all are known.
    pub unknown: Vec<bool>,
    /// What the tallest bar stands for.
    pub top: String,
    /// What the first and the last bar stand for.
    pub ends: (String, String),
    /// The names of the parts; none: bars are whole.
    pub legend: Vec<String>,
}

/// How many bars fit next to each other, and the columns of each with the blank after it.
fn columns_of_a_bar(bars: usize, room: usize) -> usize {
    (room / bars.max(1)).clamp(1, 6)
}

/// How many bars there is room for beside the scale.
pub fn most_bars(area_width: u16, scale: &str) -> usize {
    usize::from(area_width).saturating_sub(width(scale) + 1)
}

impl Bars {
    /// Draws the chart: a scale at the left, the bars, their ends below, the legend at the bottom.
    pub fn draw(&self, canvas: &mut Canvas<'_, '_>, area: Rect) {
        let legend_rows = u16::from(!self.legend.is_empty());
        let rows = area.height.saturating_sub(1 + legend_rows);
        if rows == 0 || self.bars.is_empty() {
            return;
        }
        let quiet = canvas.theme.tone(Tone::Quiet);
        let scale = width(&self.top);
        canvas
            .buffer()
            .set_string(area.x, area.y, clip(&self.top, scale), quiet);
        let left = area.x + u16::try_from(scale).unwrap_or(0) + 1;
        let room = usize::from(area.right().saturating_sub(left));
        let step = columns_of_a_bar(self.bars.len(), room);
        let thick = if step > 1 { step - 1 } else { 1 };
        for (at, parts) in self.bars.iter().enumerate() {
            let x = left + u16::try_from(at * step).unwrap_or(u16::MAX);
            if x >= area.right() {
                break;
            }
            if self.unknown.get(at).is_some_and(|it| *it) {
                let y = area.y + rows - 1;
                canvas.buffer().set_string(x, y, UNKNOWN, quiet);
                continue;
            }
            self.draw_bar(
                canvas,
                Rect::new(x, area.y, u16::try_from(thick).unwrap_or(1), rows),
                parts,
            );
        }
        let below = area.y + rows;
        let (first, last) = &self.ends;
        canvas.buffer().set_string(left, below, first, quiet);
        let whole = u16::try_from(self.bars.len() * step).unwrap_or(0);
        let end = (left + whole.saturating_sub(u16::from(step > 1))).min(area.right());
        let start = end.saturating_sub(u16::try_from(width(last)).unwrap_or(0));
        if usize::from(start) > usize::from(left) + width(first) + 1 {
            canvas.buffer().set_string(start, below, last, quiet);
        }
        if legend_rows > 0 {
            self.draw_legend(canvas, Rect::new(left, below + 1, area.right() - left, 1));
        }
    }

    fn draw_bar(&self, canvas: &mut Canvas<'_, '_>, spot: Rect, parts: &[f64]) {
        let rows = usize::from(spot.height);
        let whole: f64 = parts.iter().sum::<f64>().clamp(0.0, 1.0);
        let eighths = eighths_of(whole, rows);
        for row in 0..rows {
            let from = row * 8;
            let filled = eighths.saturating_sub(from).min(8);
            if filled == 0 {
                break;
            }
            let (symbol, style) = if self.legend.is_empty() {
                (EIGHTHS[filled], canvas.theme.series(0))
            } else {
                part_at(canvas, parts, (from, filled), rows)
            };
            let y = spot.bottom() - 1 - u16::try_from(row).unwrap_or(0);
            for x in spot.left()..spot.right() {
                canvas.buffer().set_string(x, y, symbol, style);
            }
        }
    }

    fn draw_legend(&self, canvas: &mut Canvas<'_, '_>, spot: Rect) {
        let mut x = spot.x;
        for (at, name) in self.legend.iter().enumerate() {
            let fill = FILLS[at.min(SERIES - 1)];
            let room = usize::from(spot.right().saturating_sub(x));
            if room < 6 {
                break;
            }
            let style = canvas.theme.series(at);
            canvas.buffer().set_string(x, spot.y, fill, style);
            let name = clip(name, room.saturating_sub(2).min(28));
            let quiet = canvas.theme.tone(Tone::Quiet);
            canvas.buffer().set_string(x + 2, spot.y, &name, quiet);
            x += u16::try_from(width(&name)).unwrap_or(0) + 4;
        }
    }
}

/// The part that holds the middle of what is filled of a cell.
fn part_at(
    canvas: &Canvas<'_, '_>,
    parts: &[f64],
    (from, filled): (usize, usize),
    rows: usize,
) -> (&'static str, Style) {
    let middle = from + filled / 2;
    let mut sum = 0.0;
    for (at, part) in parts.iter().enumerate() {
        sum += part;
        if middle < eighths_of(sum, rows) {
            let series = at.min(SERIES - 1);
            // The top of the first part is as fine as that of a whole bar.
            let symbol = if series == 0 && filled < 8 {
                EIGHTHS[filled]
            } else {
                FILLS[series]
            };
            return (symbol, canvas.theme.series(series));
        }
    }
    (FILLS[0], canvas.theme.series(0))
}

/// A share of the height in eighths of a cell; any amount at all shows.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    reason = "a share between 0 and 1 of a screen's height"
)]
fn eighths_of(share: f64, rows: usize) -> usize {
    let most = rows * 8;
    ((share * most as f64).ceil() as usize).min(most)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_least_amount_shows_and_the_greatest_fills_the_height() {
        assert_eq!(eighths_of(0.0, 5), 0);
        assert_eq!(eighths_of(0.000_1, 5), 1);
        assert_eq!(eighths_of(1.0, 5), 40);
        assert_eq!(eighths_of(7.0, 5), 40);
    }

    #[test]
    fn bars_are_as_thick_as_the_room_allows() {
        assert_eq!(columns_of_a_bar(30, 70), 2);
        assert_eq!(columns_of_a_bar(90, 70), 1);
        assert_eq!(columns_of_a_bar(1, 70), 6);
    }
}
