//! Links that the terminal can open: OSC 8.

use std::num::NonZeroU16;

use ratatui::buffer::{Buffer, CellDiffOption};
use ratatui::layout::Rect;

use super::wrap::width;

/// Writes the cells of a row as OSC 8 links, each complete in itself: a partial redraw stays a link.
pub fn make_link(buffer: &mut Buffer, spot: Rect, url: &str) {
    // The address goes between escape sequences: nothing in it may end them early.
    let safe: String = url.chars().filter(char::is_ascii_graphic).collect();
    for x in spot.left()..spot.right() {
        let cell = &mut buffer[(x, spot.y)];
        let symbol = cell.symbol().to_owned();
        if symbol.trim().is_empty() {
            continue;
        }
        let columns = u16::try_from(width(&symbol)).ok().and_then(NonZeroU16::new);
        cell.set_symbol(&format!("\x1b]8;;{safe}\x1b\\{symbol}\x1b]8;;\x1b\\"));
        cell.set_diff_option(CellDiffOption::ForcedWidth(
            columns.unwrap_or(NonZeroU16::MIN),
        ));
    }
}
