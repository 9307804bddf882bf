//! What may lie over a screen: one at a time on top, each closed by Esc.

use ratatui::layout::Rect;
use ratatui::text::Span;
use ratatui::widgets::{Block, Clear, Widget};

use super::help::Help;
use super::palette::Palette;
use super::qr_sheet::QrSheet;
use super::trouble_sheet::TroubleSheet;
use crate::flow::Facts;
use crate::keymap::{Binding, Chord, Key};
use crate::text::Phrase;
use crate::ui::Canvas;
use crate::ui::page::Page;
use crate::ui::theme::Tone;
use crate::ui::wrap::clip;

/// Something that lies over a screen.
#[derive(Debug)]
#[expect(
    clippy::large_enum_variant,
    reason = "there is one at a time; a box would save nothing"
)]
pub enum Overlay {
    /// Every key of the screen beneath.
    Help(Help),
    /// Every action by name.
    Palette(Palette),
    /// A page's address as a QR code.
    Qr(QrSheet),
    /// A trouble, whole.
    Trouble(TroubleSheet),
}

/// What an overlay answers to a chord.
#[derive(Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Nothing changed.
    Idle,
    /// Something changed.
    Changed,
    /// It closes.
    Close,
    /// It closes, and then this chord is pressed.
    ClosePress(Chord),
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
    row(
        "close",
        &[Chord::plain(Key::Esc)],
        Action::Close,
        Phrase::new("close", "关闭"),
        1,
    ),
    row(
        "up",
        &[Chord::plain(Key::Up)],
        Action::Up,
        Phrase::new("up", "向上"),
        0,
    ),
    row(
        "down",
        &[Chord::plain(Key::Down)],
        Action::Down,
        Phrase::new("down", "向下"),
        2,
    ),
    row(
        "page-up",
        &[Chord::plain(Key::PageUp)],
        Action::PageUp,
        Phrase::new("page up", "上一页"),
        0,
    ),
    row(
        "page-down",
        &[Chord::plain(Key::PageDown)],
        Action::PageDown,
        Phrase::new("page down", "下一页"),
        0,
    ),
    row(
        "take",
        &[Chord::plain(Key::Enter)],
        Action::Take,
        Phrase::new("take", "确定"),
        2,
    ),
];

const fn row(
    name: &'static str,
    chords: &'static [Chord],
    action: Action,
    words: Phrase,
    rank: u8,
) -> Binding<Action> {
    Binding {
        name,
        chords,
        action,
        words,
        rank,
    }
}

impl Overlay {
    /// A chord.
    pub fn press(&mut self, chord: Chord) -> Verdict {
        match self {
            Self::Help(sheet) => sheet.press(chord),
            Self::Palette(sheet) => sheet.press(chord),
            Self::Qr(_) => QrSheet::press(chord),
            Self::Trouble(sheet) => sheet.press(chord),
        }
    }

    /// A paste.
    pub fn paste(&mut self, text: &str) -> Verdict {
        match self {
            Self::Palette(sheet) => sheet.paste(text),
            Self::Help(_) | Self::Qr(_) | Self::Trouble(_) => Verdict::Idle,
        }
    }

    /// The choice with this number was clicked.
    pub fn choose(&mut self, choice: usize) -> Verdict {
        match self {
            Self::Palette(sheet) => sheet.choose(choice),
            Self::Help(_) | Self::Qr(_) | Self::Trouble(_) => Verdict::Idle,
        }
    }

    /// The wheel.
    pub fn wheel(&mut self, rows: i16) -> Verdict {
        let chord = Chord::plain(if rows > 0 { Key::Down } else { Key::Up });
        self.press(chord)
    }

    /// The same as content, for the plain lines; `None` for what only a screen can show.
    pub fn page(&self, facts: &Facts) -> Option<Page<'static>> {
        match self {
            Self::Help(sheet) => Some(sheet.page(facts)),
            Self::Qr(sheet) => Some(sheet.page(facts)),
            Self::Trouble(sheet) => Some(sheet.page(facts)),
            Self::Palette(_) => None,
        }
    }

    /// Draws it over what is there.
    pub fn draw(&self, canvas: &mut Canvas<'_, '_>, area: Rect, facts: &Facts) {
        canvas.cover();
        match self {
            Self::Help(sheet) => sheet.draw(canvas, area, facts),
            Self::Palette(sheet) => sheet.draw(canvas, area, facts),
            Self::Qr(sheet) => sheet.draw(canvas, area, facts),
            Self::Trouble(sheet) => sheet.draw(canvas, area, facts),
        }
    }
}

/// A framed sheet in the middle of an area, cleared; returns its inside.
pub(super) fn sheet(
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
    let frame = Block::bordered()
        .border_style(canvas.theme.border(true))
        .title(Span::styled(title, canvas.theme.tone(Tone::Strong)));
    let inside = frame.inner(spot);
    frame.render(spot, canvas.buffer());
    Rect {
        x: inside.x + 1,
        width: inside.width.saturating_sub(2),
        ..inside
    }
}
