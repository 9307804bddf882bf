//! Selecting what was said, by mouse and by keyboard, folding it, and copying it as it was written.

use ratatui::layout::Position;

use super::keys::{self, Action};
use super::shown::Shown;
use super::state::Chat;
use super::update::trouble;
use super::words;
use crate::flow::{Effect, Step};
use crate::keymap::{self, Binding, Chord, Key};
use crate::screens::screen::Pointer;
use crate::text::Phrase;
use crate::ui::transcript::Move;

/// What a key does while text is marked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Deed {
    /// Copy what is marked, and end.
    Copy,
    /// From here on the caret drags the selection along; or it begins anew.
    Begin,
    /// End.
    End,
    /// Move the caret.
    Go(Move),
}

const fn ctrl(key: Key) -> Chord {
    Chord {
        ctrl: true,
        ..Chord::plain(key)
    }
}

const fn go(
    name: &'static str,
    chords: &'static [Chord],
    step: Move,
    words: Phrase,
) -> Binding<Deed> {
    Binding::new(name, chords, Deed::Go(step), words, 0)
}

/// The table while text is marked. With Shift held, a move takes the selection along.
pub(super) const BINDINGS: &[Binding<Deed>] = &[
    Binding::new(
        "mark-copy",
        &[Chord::plain(Key::Enter), Chord::char('y')],
        Deed::Copy,
        Phrase::new("copy", "复制"),
        1,
    ),
    Binding::new(
        "mark-begin",
        &[Chord::alt('k'), Chord::char(' '), Chord::char('v')],
        Deed::Begin,
        Phrase::new(
            "select from here (or hold Shift)",
            "从此处开始选择（或按住 Shift）",
        ),
        1,
    ),
    Binding::new(
        "mark-end",
        &[Chord::plain(Key::Esc)],
        Deed::End,
        Phrase::new("leave", "退出选择"),
        1,
    ),
    go(
        "mark-left",
        &[Chord::plain(Key::Left), Chord::char('h')],
        Move::Left,
        Phrase::new("a character to the left", "左移一字"),
    ),
    go(
        "mark-right",
        &[Chord::plain(Key::Right), Chord::char('l')],
        Move::Right,
        Phrase::new("a character to the right", "右移一字"),
    ),
    go(
        "mark-up",
        &[Chord::plain(Key::Up), Chord::char('k')],
        Move::Up,
        Phrase::new("a row up", "上移一行"),
    ),
    go(
        "mark-down",
        &[Chord::plain(Key::Down), Chord::char('j')],
        Move::Down,
        Phrase::new("a row down", "下移一行"),
    ),
    go(
        "mark-word-left",
        &[ctrl(Key::Left), Chord::char('b')],
        Move::WordLeft,
        Phrase::new("a word to the left", "左移一词"),
    ),
    go(
        "mark-word-right",
        &[ctrl(Key::Right), Chord::char('w')],
        Move::WordRight,
        Phrase::new("a word to the right", "右移一词"),
    ),
    go(
        "mark-row-start",
        &[Chord::plain(Key::Home), Chord::char('0')],
        Move::RowStart,
        Phrase::new("to the row's beginning", "到行首"),
    ),
    go(
        "mark-row-end",
        &[Chord::plain(Key::End), Chord::char('$')],
        Move::RowEnd,
        Phrase::new("to the row's end", "到行尾"),
    ),
    go(
        "mark-page-up",
        &[Chord::plain(Key::PageUp)],
        Move::PageUp,
        Phrase::new("a page up", "上移一页"),
    ),
    go(
        "mark-page-down",
        &[Chord::plain(Key::PageDown)],
        Move::PageDown,
        Phrase::new("a page down", "下移一页"),
    ),
    go(
        "mark-top",
        &[ctrl(Key::Home), Chord::char('g')],
        Move::Start,
        Phrase::new("to the very beginning", "到最开头"),
    ),
    go(
        "mark-bottom",
        &[ctrl(Key::End), Chord::char('G')],
        Move::End,
        Phrase::new("to the very end", "到最末尾"),
    ),
];

/// The key that folds, as it is named where something is folded.
pub(super) fn fold_key() -> String {
    let row = keys::BINDINGS.iter().find(|row| row.action == Action::Fold);
    let chord = row.and_then(|row| row.chords.first());
    chord.map(ToString::to_string).unwrap_or_default()
}

impl Chat {
    /// A press while text is marked or selected; `None`: it is none of that.
    pub(super) fn press_marking(&mut self, chord: Chord) -> Option<Step> {
        if !self.on_show().transcript.is_marking() {
            let had_selection = self.drop_selections();
            // Esc puts the selection away, and nothing else at once.
            return (had_selection && chord == Chord::plain(Key::Esc)).then(Step::changed);
        }
        let plain = Chord {
            shift: false,
            ..chord
        };
        let step = match keymap::action(BINDINGS, plain) {
            Some(deed) => self.mark(deed, chord.shift),
            None => Step::idle(),
        };
        Some(step)
    }

    pub(super) fn begin_marking(&mut self) -> Step {
        let shown = self.on_show_mut();
        shown.transcript.mark();
        shown.extends = false;
        if shown.transcript.is_marking() {
            Step::changed()
        } else {
            trouble(words::NOTHING_TO_DO_AGAIN)
        }
    }

    /// Does what a key means while text is marked. `takes_along`: the selection comes along this once.
    pub(super) fn mark(&mut self, deed: Deed, takes_along: bool) -> Step {
        let shown = self.on_show_mut();
        match deed {
            Deed::Go(step) => {
                let extends = shown.extends || takes_along;
                shown.transcript.move_mark(step, extends);
            }
            Deed::Begin => {
                shown.extends = true;
                shown.transcript.mark_here();
            }
            Deed::End => shown.transcript.select_nothing(),
            Deed::Copy => {
                let text = shown.transcript.selected_text();
                shown.transcript.select_nothing();
                let copied = text.map(|text| Step::effect(Effect::Copy(text)));
                return copied.unwrap_or_default().then(Step::changed());
            }
        }
        Step::changed()
    }

    /// The mouse over what was said: dragging selects, and letting go copies.
    pub(super) fn on_pointer(&mut self, pointer: Pointer) -> Step {
        let mut step = Step::idle();
        for shown in self.visible_mut() {
            let transcript = &mut shown.transcript;
            match pointer {
                Pointer::Down(x, y) => {
                    transcript.select_nothing();
                    transcript.press(Position::new(x, y));
                    step = Step::changed();
                }
                Pointer::Drag(x, y) if transcript.is_pressed() => {
                    transcript.drag(Position::new(x, y));
                    step = Step::changed();
                }
                Pointer::Up if transcript.is_pressed() => {
                    if let Some(text) = transcript.release() {
                        step = step.then(Step::effect(Effect::Copy(text)));
                    }
                }
                Pointer::Drag(..) | Pointer::Up => {}
            }
        }
        step
    }

    /// `/fold [NUMBER]`: the code block of that number, or the long one in sight.
    pub(super) fn fold(&mut self, typed: &str) -> Step {
        let transcript = &mut self.on_show_mut().transcript;
        let is_done = match typed.parse() {
            Ok(number) => transcript.toggle_code_fold(number),
            Err(_) => transcript.toggle_fold(),
        };
        if is_done {
            Step::changed()
        } else {
            trouble(words::NOTHING_TO_FOLD)
        }
    }

    /// Puts away what is selected; whether there was anything.
    fn drop_selections(&mut self) -> bool {
        let mut had = false;
        for shown in self.visible_mut() {
            had |= shown.transcript.has_selection();
            shown.transcript.select_nothing();
        }
        had
    }

    fn visible_mut(&mut self) -> Box<dyn Iterator<Item = &mut Shown> + '_> {
        match &mut self.pair {
            Some(pair) => Box::new(pair.visible_mut()),
            None => Box::new(std::iter::once(&mut self.shown)),
        }
    }
}
