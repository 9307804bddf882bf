//! A transcript drawn: only the rows in sight are looked at.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::folds::Line;
use super::layout::{Layout, Part, Spot};
use super::select::Place;
use super::{Transcript, words};
use crate::domain::count::grouped;
use crate::domain::token_estimate;
use crate::text::Lang;
use crate::ui::canvas::Canvas;
use crate::ui::link::make_link;
use crate::ui::markdown::{BlockKind, Flow};
use crate::ui::rows::Piece;
use crate::ui::theme::{Theme, Tone};
use crate::ui::wrap::{clip, width};

impl Transcript {
    /// Draws what is in sight. Lays out what came since the last frame, and everything when the width
    /// is another one.
    pub fn draw(&self, canvas: &mut Canvas<'_, '_>, area: Rect) {
        let mut layout = self.layout.borrow_mut();
        layout.set_area(area, canvas.theme.is_mono());
        layout.update(&self.entries);
        let (theme, lang) = (canvas.theme, canvas.lang);
        let top = self.top(&layout);
        for at in 0..area.height {
            let Some(spot) = layout.spot(top + usize::from(at)) else {
                break;
            };
            let brush = Brush {
                transcript: self,
                layout: &layout,
                theme,
                lang,
                area: Rect::new(area.x, area.y + at, area.width, 1),
            };
            brush.row(canvas.buffer(), spot);
        }
        let below = self.below(&layout);
        if below > 0 && area.width > 8 && area.height > 0 {
            draw_below(canvas, area, below);
        }
        if let Some(caret) = self.caret(&layout) {
            canvas.set_caret(caret);
        }
    }
}

fn draw_below(canvas: &mut Canvas<'_, '_>, area: Rect, below: usize) {
    let words = if below == 1 {
        words::BELOW_ONE.say(canvas.lang).to_owned()
    } else {
        words::BELOW.fill(canvas.lang, &[&grouped(below as u64)])
    };
    let words = clip(&format!(" ↓ {words}"), usize::from(area.width));
    let columns = u16::try_from(width(&words)).unwrap_or(area.width);
    let style = canvas.theme.tone(Tone::Accent);
    let (x, y) = (area.right().saturating_sub(columns), area.bottom() - 1);
    canvas.buffer().set_string(x, y, words, style);
}

/// Draws one row.
struct Brush<'a> {
    transcript: &'a Transcript,
    layout: &'a Layout,
    theme: Theme,
    lang: Lang,
    area: Rect,
}

impl Brush<'_> {
    fn row(&self, buffer: &mut Buffer, spot: Spot) {
        let Some(entry) = self.transcript.entries.get(spot.entry) else {
            return;
        };
        let Some(laid) = self.layout.laid(spot.entry) else {
            return;
        };
        let line = |lines: &[String]| lines.get(spot.row).cloned().unwrap_or_default();
        let (text, style) = match spot.part {
            Part::Gap | Part::ThoughtsEnd => return,
            Part::Who => (self.heading(spot.entry), self.who(entry.is_question())),
            Part::ThoughtsHead => (self.thoughts(spot), self.theme.tone(Tone::Quiet)),
            Part::Thoughts => return self.text(buffer, spot, &laid.thoughts, spot.row),
            Part::Text => match laid.folds.line(spot.row) {
                Line::Row(row) => return self.text(buffer, spot, &laid.text, row),
                Line::Mark(fold) => (self.hidden(fold.hidden), self.theme.tone(Tone::Accent)),
            },
            Part::Unseen => (self.unseen(entry.unseen), self.theme.tone(Tone::Warn)),
            Part::Trouble => (line(&laid.trouble), self.theme.tone(Tone::Trouble)),
            Part::Figures => (line(&laid.figures), self.theme.tone(Tone::Quiet)),
        };
        self.string(buffer, self.area.x, &text, style);
    }

    fn heading(&self, entry: usize) -> String {
        let mark = if self.transcript.pointed == Some(entry) {
            "▸ "
        } else {
            ""
        };
        format!("{mark}{}", self.transcript.entries[entry].who)
    }

    fn who(&self, is_question: bool) -> Style {
        let tone = if is_question {
            Tone::Strong
        } else {
            Tone::Heading
        };
        self.theme.tone(tone)
    }

    fn thoughts(&self, spot: Spot) -> String {
        let entry = &self.transcript.entries[spot.entry];
        let mark = if entry.shows_thoughts { "▾" } else { "▸" };
        let words = match entry.thought_tokens {
            Some(tokens) => words::REASONING_TOKENS.fill(self.lang, &[&grouped(tokens)]),
            None if entry.thoughts.is_empty() => words::REASONING.say(self.lang).to_owned(),
            None => {
                let tokens = token_estimate::of_text(&entry.thoughts);
                words::REASONING_ABOUT.fill(self.lang, &[&grouped(tokens)])
            }
        };
        format!("{mark} {words}")
    }

    fn hidden(&self, rows: usize) -> String {
        let rows = grouped(rows as u64);
        let key = &self.transcript.fold_key;
        let words = if key.is_empty() {
            words::HIDDEN.fill(self.lang, &[&rows])
        } else {
            words::HIDDEN_KEY.fill(self.lang, &[&rows, key])
        };
        format!("  {words}")
    }

    fn unseen(&self, count: usize) -> String {
        format!("! {}", words::unseen_said(count, self.lang))
    }

    fn string(&self, buffer: &mut Buffer, x: u16, text: &str, style: Style) -> u16 {
        let room = usize::from(self.area.right().saturating_sub(x));
        buffer.set_stringn(x, self.area.y, text, room, style).0
    }

    fn text(&self, buffer: &mut Buffer, spot: Spot, flow: &Flow, row: usize) {
        let mut x = self.area.x;
        for piece in flow.rows().pieces(row) {
            let end = self.piece(buffer, x, spot, &piece);
            if let Some(target) = piece.link
                && self.theme.links()
            {
                let cells = Rect::new(x, self.area.y, end.saturating_sub(x), 1);
                make_link(buffer, cells, target);
            }
            x = end;
        }
        let block = flow.blocks().partition_point(|block| block.first < row);
        if let Some(block) = flow.blocks().get(block)
            && block.first == row
            && let BlockKind::Code { lang, path } = &block.kind
        {
            let is_numbered =
                spot.part == Part::Text && !self.transcript.entries[spot.entry].is_question();
            let number =
                is_numbered.then(|| self.layout.first_code(spot.entry) + flow.codes_before(row));
            self.code_header(buffer, x, number, (lang.as_deref(), path.as_deref()));
        }
    }

    fn code_header(
        &self,
        buffer: &mut Buffer,
        mut x: u16,
        number: Option<usize>,
        (lang, path): (Option<&str>, Option<&str>),
    ) {
        if let Some(number) = number {
            let style = self.theme.tone(Tone::Accent);
            x = self.string(buffer, x, &format!("[{number}] "), style);
        }
        let lang = lang.unwrap_or(words::CODE.say(self.lang));
        let words = match path {
            Some(path) => format!("{lang} · {path}"),
            None => lang.to_owned(),
        };
        self.string(buffer, x, &words, self.theme.tone(Tone::Quiet));
    }

    /// Draws a run, what is selected or found of it in its own look; the column behind it.
    fn piece(&self, buffer: &mut Buffer, x: u16, spot: Spot, piece: &Piece<'_>) -> u16 {
        let style = self.theme.look(piece.look);
        let end = self.string(buffer, x, piece.text, style);
        let Some(bytes) = piece.bytes() else {
            return end;
        };
        for (marked, over) in self.marked(spot, bytes.start, bytes.end) {
            let (from, to) = (marked.start.max(bytes.start), marked.end.min(bytes.end));
            let is_whole = piece.text.len() != bytes.len();
            let within = |at: usize| match piece.text.get(..at - bytes.start) {
                _ if is_whole => end - x,
                Some(before) => u16::try_from(width(before)).unwrap_or(0),
                None => 0,
            };
            let (left, right) = if is_whole {
                (x, end)
            } else {
                (x + within(from), x + within(to))
            };
            let cells = Rect::new(left, self.area.y, right.min(end).saturating_sub(left), 1);
            buffer.set_style(cells, over);
        }
        end
    }

    /// What is found and what is selected between two bytes of a text, and how it looks.
    fn marked(&self, spot: Spot, from: usize, to: usize) -> Vec<(std::ops::Range<usize>, Style)> {
        let at = |at| Place {
            entry: spot.entry,
            is_text: spot.part == Part::Text,
            at,
        };
        let mut marked = Vec::new();
        if let Some(search) = self.transcript.search.as_ref().filter(|_| at(0).is_text) {
            let found = search.between(spot.entry, from, to);
            let style = Style::new().add_modifier(ratatui::style::Modifier::UNDERLINED);
            marked.extend(found.map(|(range, is_current)| {
                let style = if is_current {
                    self.theme.selected()
                } else {
                    self.theme.tone(Tone::Warn).patch(style)
                };
                (range, style)
            }));
        }
        if let Some((first, last)) = self.transcript.selected_places() {
            let start = if first <= at(from) { from } else { first.at };
            let end = if last >= at(to) { to } else { last.at };
            if first <= at(to) && last >= at(from) && start < end {
                marked.push((start..end, self.theme.selected()));
            }
        }
        marked
    }
}
