//! The line into which is typed what is looked for in a list.

use ratatui::layout::Rect;

use crate::ui::Canvas;
use crate::ui::editor::Field;
use crate::ui::theme::Tone;
use crate::ui::wrap::width;

/// Draws it behind its label; the caret stands in it while it is typed into.
pub(super) fn draw(
    canvas: &mut Canvas<'_, '_>,
    area: Rect,
    label: &str,
    field: &Field,
    has_focus: bool,
) {
    let columns = u16::try_from(width(label)).unwrap_or(0);
    let style = canvas.theme.tone(Tone::Accent);
    canvas.buffer().set_string(area.x, area.y, label, style);
    let spot = Rect {
        x: area.x + columns,
        width: area.width.saturating_sub(columns),
        ..area
    };
    let caret = field.draw(spot, canvas.buffer());
    if let Some(caret) = caret.filter(|_| has_focus) {
        canvas.set_caret(caret);
    }
}
