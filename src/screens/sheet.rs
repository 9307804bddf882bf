//! What everything that lies over a screen has in common: its keys, its answers, its frame.

use ratatui::layout::Rect;
use ratatui::text::Span;
use ratatui::widgets::{Block, Clear, Widget};

use crate::keymap::{self, Binding, Chord, Key};
use crate::text::Phrase;
use crate::ui::Canvas;
use crate::ui::theme::Tone;
use crate::ui::wrap::clip;

/// What an overlay answers to a chord.
#[derive(Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Nothing changed.
    Idle,
    /// Something changed.
    Changed,
    /// It closes. What asks something closes with an answer instead, so that nobody waits for one.
    Close,
    /// It closes, and then the screen's choice with this number is taken.
    CloseChoose(usize),
    /// It closes, and the screen that asked under this name is given the answer.
    Answer(&'static str, Given),
    /// It stays open, and the screen that asked under this name is to look for these words.
    Seek(&'static str, String),
    /// It closes, and then the action of this name is done.
    Run(&'static str),
    /// This model is to be a favourite, or to be none any more; it stays open.
    Favour(String),
    /// The list of models is to be asked for again; it stays open.
    ListModels,
}

/// An answer to what a screen asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Given {
    /// The answer with this number, from 0.
    Choice(usize),
    /// These words.
    Text(String),
    /// None: it was closed without one.
    Nothing,
}

/// What a key does in an overlay.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// Close it.
    Close,
    /// One row up.
    Up,
    /// One row down.
    Down,
    /// A page up.
    PageUp,
    /// A page down.
    PageDown,
    /// Take what is chosen.
    Take,
}

/// The keys of every overlay.
pub const BINDINGS: &[Binding<Action>] = &[
    Binding::new(
        "close",
        &[Chord::plain(Key::Esc)],
        Action::Close,
        Phrase::new("close", "关闭"),
        1,
    ),
    Binding::new(
        "up",
        &[Chord::plain(Key::Up)],
        Action::Up,
        Phrase::new("up", "向上"),
        0,
    ),
    Binding::new(
        "down",
        &[Chord::plain(Key::Down)],
        Action::Down,
        Phrase::new("down", "向下"),
        2,
    ),
    Binding::new(
        "page-up",
        &[Chord::plain(Key::PageUp)],
        Action::PageUp,
        Phrase::new("page up", "上一页"),
        0,
    ),
    Binding::new(
        "page-down",
        &[Chord::plain(Key::PageDown)],
        Action::PageDown,
        Phrase::new("page down", "下一页"),
        0,
    ),
    Binding::new(
        "take",
        &[Chord::plain(Key::Enter)],
        Action::Take,
        Phrase::new("take", "确定"),
        2,
    ),
];

/// How far a sheet of text is scrolled, in rows.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Scroll(pub(super) u16);

impl Scroll {
    /// A chord on a sheet that is only read.
    pub(super) fn press(&mut self, chord: Chord) -> Verdict {
        // Longer than any sheet; the drawing stops at its end.
        const MOST: u16 = 400;
        let Some(action) = keymap::action(BINDINGS, chord) else {
            return Verdict::Idle;
        };
        self.0 = match action {
            Action::Close | Action::Take => return Verdict::Close,
            Action::Up => self.0.saturating_sub(1),
            Action::Down => self.0.saturating_add(1).min(MOST),
            Action::PageUp => self.0.saturating_sub(8),
            Action::PageDown => self.0.saturating_add(8).min(MOST),
        };
        Verdict::Changed
    }
}

/// A framed sheet in the middle of an area, cleared; returns its inside.
pub(super) fn frame(
    canvas: &mut Canvas<'_, '_>,
    area: Rect,
    title: &str,
    size: (u16, u16),
) -> Rect {
    let width = size.0.min(area.width);
    let height = size.1.min(area.height);
    let spot = Rect {
        x: area.x + (area.width - width) / 2,
        y: area.y + (area.height - height) / 2,
        width,
        height,
    };
    // A wide character cut in half by the frame's edge would shift the row: its neighbour goes too.
    let cleared = Rect {
        x: spot.x.saturating_sub(1).max(area.x),
        width: (spot.width + 2).min(area.right() - spot.x.saturating_sub(1).max(area.x)),
        ..spot
    };
    Clear.render(cleared, canvas.buffer());
    let title = format!(" {} ", clip(title, usize::from(width.saturating_sub(6))));
    let border = Block::bordered()
        .border_style(canvas.theme.border(true))
        .title(Span::styled(title, canvas.theme.tone(Tone::Strong)));
    let inside = border.inner(spot);
    border.render(spot, canvas.buffer());
    Rect {
        x: inside.x + 1,
        width: inside.width.saturating_sub(2),
        ..inside
    }
}
