//! The frame: header, screen, notice, keys; and whatever lies over them.

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::{Line, Span};
use ratatui::widgets::{Paragraph, Widget, Wrap};

use super::model::App;
use super::update::go_chord;
use crate::text::{Lang, Phrase};
use crate::ui::theme::Tone;
use crate::ui::wrap::{clip, width};
use crate::ui::{Canvas, Touch, key_bar};

/// The smallest window that can be worked in.
const SMALLEST: (u16, u16) = (40, 12);

/// The columns of the program's name, a blank on each side.
const NAME_COLUMNS: u16 = 8;

const TOO_SMALL: Phrase = Phrase::new(
    "The window is too small: {} × {} at least.",
    "窗口太小：至少需要 {} × {}。",
);
const SANDBOX: Phrase = Phrase::new(" SANDBOX ", " 沙盒 ");

impl App {
    /// Draws a frame and notes what was drawn where.
    pub fn draw(&mut self, frame: &mut Frame<'_>) {
        let area = frame.area();
        let mut canvas = Canvas::new(frame, self.theme, self.facts.lang);
        if area.width < SMALLEST.0 || area.height < SMALLEST.1 {
            let words = TOO_SMALL.fill(self.facts.lang, &[&SMALLEST.0, &SMALLEST.1]);
            Paragraph::new(words)
                .wrap(Wrap { trim: true })
                .render(area, canvas.buffer());
            return;
        }
        let [header, body, notice, keys] = Layout::vertical([
            Constraint::Length(1),
            Constraint::Min(0),
            Constraint::Length(u16::from(self.notice.is_some())),
            Constraint::Length(1),
        ])
        .areas(area);
        self.draw_header(&mut canvas, header);
        let screen = &mut self.screens[self.active].screen;
        let surplus = screen.draw(&mut canvas, body, &self.facts);
        self.draw_notice(&mut canvas, notice);
        for laid in &self.overlays {
            laid.overlay.draw(&mut canvas, body, &self.facts);
        }
        key_bar::draw(&mut canvas, keys, self.bar());
        let hits = canvas.into_hits();
        self.drawn(hits, surplus);
    }

    fn draw_header(&self, canvas: &mut Canvas<'_, '_>, area: Rect) {
        let lang = self.facts.lang;
        let right = self.draw_header_end(canvas, area);
        let room = right.saturating_sub(area.x + NAME_COLUMNS);
        let mut spans = vec![Span::styled(" onramp ", canvas.theme.tone(Tone::Strong))];
        let mut column = area.x + NAME_COLUMNS;
        for (at, words) in self.tabs(lang, usize::from(room)).into_iter().enumerate() {
            let tone = if at == self.active {
                Tone::Accent
            } else {
                Tone::Quiet
            };
            let columns = u16::try_from(width(&words)).unwrap_or(0);
            let spot = Rect {
                x: column,
                width: columns.min(right.saturating_sub(column)),
                ..area
            };
            canvas.note(spot, Touch::Press(go_chord(at)));
            column = column.saturating_add(columns);
            spans.push(Span::styled(words, canvas.theme.tone(tone)));
        }
        let spot = Rect {
            width: right.saturating_sub(area.x),
            ..area
        };
        Line::from(spans).render(spot, canvas.buffer());
    }

    /// The screens' numbers and titles; where these find no room, the title of the one in front only; else none.
    fn tabs(&self, lang: Lang, room: usize) -> Vec<String> {
        let tabs = |has_title: &dyn Fn(usize) -> bool| -> Vec<String> {
            let stages = self.screens.iter().enumerate();
            stages
                .map(|(at, stage)| {
                    let title = if has_title(at) {
                        format!(" {}", stage.screen.title().say(lang))
                    } else {
                        String::new()
                    };
                    format!("  {}{title}", at + 1)
                })
                .collect()
        };
        let fits = |tabs: &Vec<String>| tabs.iter().map(|tab| width(tab)).sum::<usize>() <= room;
        let shorter = [tabs(&|_| true), tabs(&|at| at == self.active)];
        let fitting = shorter.into_iter().find(fits);
        fitting.unwrap_or_else(|| tabs(&|_| false))
    }

    /// The languages and the mark of the sandbox, at the right; returns the column before which there is room.
    fn draw_header_end(&self, canvas: &mut Canvas<'_, '_>, area: Rect) -> u16 {
        let lang = self.facts.lang;
        let switch = match lang {
            Lang::En => "EN/中文",
            Lang::Zh => "中文/EN",
        };
        let mut right = area.right().saturating_sub(1);
        right = put_left_of(canvas, area, right, switch, Tone::Quiet);
        let spot = Rect {
            x: right,
            width: 7,
            ..area
        };
        canvas.note(spot, Touch::Language);
        if self.facts.is_simulated() {
            let badge = SANDBOX.say(lang);
            let columns = u16::try_from(width(badge)).unwrap_or(0);
            right = right.saturating_sub(columns + 2);
            let spot = Rect {
                x: right,
                width: columns,
                ..area
            };
            Span::styled(badge, canvas.theme.badge()).render(spot, canvas.buffer());
        }
        right.saturating_sub(1)
    }

    fn draw_notice(&self, canvas: &mut Canvas<'_, '_>, area: Rect) {
        let Some(notice) = &self.notice else { return };
        let tone = if notice.is_trouble {
            Tone::Trouble
        } else {
            Tone::Good
        };
        let words = format!(" {}", notice.words.say(self.facts.lang));
        let words = clip(&words, usize::from(area.width));
        Span::styled(words, canvas.theme.tone(tone)).render(area, canvas.buffer());
    }
}

/// Writes words so that they end at a column, and returns where they begin.
fn put_left_of(
    canvas: &mut Canvas<'_, '_>,
    area: Rect,
    right: u16,
    words: &str,
    tone: Tone,
) -> u16 {
    let columns = u16::try_from(width(words)).unwrap_or(0);
    let x = right.saturating_sub(columns).max(area.x);
    let style = canvas.theme.tone(tone);
    canvas.buffer().set_string(x, area.y, words, style);
    x
}
