//! A frame to draw on, that notes what was drawn where, for the mouse.

use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::widgets::{Clear, Widget};

use super::theme::Theme;
use crate::keymap::Chord;
use crate::text::Lang;

/// What a click means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Touch {
    /// The same as this chord: a hint.
    Press(Chord),
    /// The choice with this number, counted over the page.
    Choice(usize),
    /// The row of the rail with this number.
    Rail(usize),
    /// The tab with this number, from 0.
    Tab(usize),
    /// The language switch.
    Language,
}

/// What was drawn where.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hit {
    /// Where.
    pub area: Rect,
    /// What a click there means.
    pub touch: Touch,
}

/// A frame to draw on.
pub struct Canvas<'a, 'b> {
    frame: &'a mut Frame<'b>,
    /// How roles look.
    pub theme: Theme,
    /// The person's language.
    pub lang: Lang,
    hits: Vec<Hit>,
}

impl<'a, 'b> Canvas<'a, 'b> {
    /// Draws on a frame.
    pub fn new(frame: &'a mut Frame<'b>, theme: Theme, lang: Lang) -> Self {
        Self {
            frame,
            theme,
            lang,
            hits: Vec::new(),
        }
    }

    /// The whole frame.
    pub fn area(&self) -> Rect {
        self.frame.area()
    }

    /// The cells.
    pub fn buffer(&mut self) -> &mut Buffer {
        self.frame.buffer_mut()
    }

    /// Puts the terminal's own cursor somewhere: input methods need it at the caret.
    pub fn set_caret(&mut self, position: Position) {
        self.frame.set_cursor_position(position);
    }

    /// Takes away what was drawn in an area: something lies over it.
    pub fn clear(&mut self, area: Rect) {
        Clear.render(area, self.frame.buffer_mut());
        self.hits.retain(|hit| !hit.area.intersects(area));
    }

    /// Notes that a click on an area means something; later notes lie on top.
    pub fn note(&mut self, area: Rect, touch: Touch) {
        self.hits.push(Hit { area, touch });
    }

    /// Forgets every note: what was drawn so far is covered and must not be clicked through.
    pub fn cover(&mut self) {
        self.hits.clear();
    }

    /// What was drawn where.
    pub fn into_hits(self) -> Vec<Hit> {
        self.hits
    }
}

/// What a click at a position means.
pub fn touched(hits: &[Hit], position: Position) -> Option<Touch> {
    hits.iter()
        .rev()
        .find(|hit| hit.area.contains(position))
        .map(|hit| hit.touch)
}
