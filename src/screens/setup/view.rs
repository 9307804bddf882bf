//! How the wizard looks: the rail on the left, the page on the right.

use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::{Line, Span};
use ratatui::widgets::{Block, BorderType, Widget};

use super::state::Setup;
use super::step_name::StepName;
use super::steps::Mark;
use super::words;
use crate::flow::Facts;
use crate::ui::page_layout;
use crate::ui::theme::Tone;
use crate::ui::wrap::clip;
use crate::ui::{Canvas, Touch};

/// Columns of the rail, its frame included.
const RAIL: u16 = 22;
/// Below this width the rail becomes one line.
const NARROW: u16 = 72;

impl Setup {
    pub(super) fn draw_on(&self, canvas: &mut Canvas<'_, '_>, area: Rect, facts: &Facts) -> u16 {
        if area.width < NARROW {
            let [strip, rest] =
                Layout::vertical([Constraint::Length(1), Constraint::Min(0)]).areas(area);
            self.draw_strip(canvas, strip, facts);
            return self.draw_page(canvas, rest, facts);
        }
        let [rail, rest] =
            Layout::horizontal([Constraint::Length(RAIL), Constraint::Min(0)]).areas(area);
        self.draw_rail(canvas, rail, facts);
        self.draw_page(canvas, rest, facts)
    }

    fn draw_page(&self, canvas: &mut Canvas<'_, '_>, area: Rect, facts: &Facts) -> u16 {
        let page = self.step(self.at).page(&self.shared, facts);
        let mut page = page;
        page.chosen = self.chosen;
        let title = format!(
            " {} ",
            clip(&page.title, usize::from(area.width.saturating_sub(6)))
        );
        let frame = Block::bordered()
            .border_type(BorderType::Plain)
            .border_style(canvas.theme.border(true))
            .title(Span::styled(title, canvas.theme.tone(Tone::Strong)));
        let inside = frame.inner(area);
        frame.render(area, canvas.buffer());
        let text = Rect {
            x: inside.x + 1,
            width: inside.width.saturating_sub(2),
            ..inside
        };
        page_layout::draw(canvas, text, &page, self.scroll)
    }

    fn draw_rail(&self, canvas: &mut Canvas<'_, '_>, area: Rect, facts: &Facts) {
        let title = format!(" {} ", words::CHECKLIST.say(facts.lang));
        let frame = Block::bordered()
            .border_style(canvas.theme.border(false))
            .title(Span::styled(title, canvas.theme.tone(Tone::Quiet)));
        let inside = frame.inner(area);
        frame.render(area, canvas.buffer());
        for (row, step) in StepName::RAIL.into_iter().enumerate() {
            let offset = u16::try_from(row).unwrap_or(0);
            if offset >= inside.height {
                break;
            }
            let spot = Rect {
                y: inside.y + offset,
                height: 1,
                ..inside
            };
            let (mark, tone) = self.drawn_mark(step, facts);
            let is_here = step == self.at;
            let name = canvas
                .theme
                .tone(if is_here { Tone::Strong } else { Tone::Plain });
            let line = Line::from(vec![
                Span::styled(format!(" {mark} "), canvas.theme.tone(tone)),
                Span::styled(
                    format!("{} {}", row + 1, step.title().say(facts.lang)),
                    name,
                ),
            ]);
            line.render(spot, canvas.buffer());
            canvas.note(spot, Touch::Rail(row));
        }
    }

    fn draw_strip(&self, canvas: &mut Canvas<'_, '_>, area: Rect, facts: &Facts) {
        let mut column = area.x + 1;
        for (row, step) in StepName::RAIL.into_iter().enumerate() {
            let (mark, tone) = self.drawn_mark(step, facts);
            let spot = Rect {
                x: column,
                width: 4.min(area.right().saturating_sub(column)),
                ..area
            };
            let line = Line::from(vec![
                Span::styled(mark, canvas.theme.tone(tone)),
                Span::raw((row + 1).to_string()),
            ]);
            line.render(spot, canvas.buffer());
            canvas.note(spot, Touch::Rail(row));
            column += 4;
        }
    }

    /// The mark of a step on the rail. Marks differ without colour; none is of ambiguous width.
    fn drawn_mark(&self, step: StepName, facts: &Facts) -> (&'static str, Tone) {
        match self.mark(step, facts) {
            Mark::Done => ("✓", Tone::Good),
            Mark::Attention => ("!", Tone::Warn),
            _ if step == self.at => ("▸", Tone::Accent),
            Mark::Running => ("▸", Tone::Accent),
            Mark::Skipped => ("-", Tone::Quiet),
            Mark::Todo => ("◦", Tone::Quiet),
        }
    }
}
