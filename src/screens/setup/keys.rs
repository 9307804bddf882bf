//! The wizard's keys.

use super::words;
use crate::keymap::{Binding, Chord, Key};

/// What a key does here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// The choice above.
    Up,
    /// The choice below.
    Down,
    /// Take the chosen choice.
    Continue,
    /// Back within the step, else to the step before.
    Back,
    /// Leave this step out.
    Skip,
    /// The step before.
    PreviousStep,
    /// The step after.
    NextStep,
    /// A page of text up.
    PageUp,
    /// A page of text down.
    PageDown,
}

/// The wizard's keys.
pub const BINDINGS: &[Binding<Action>] = &[
    Binding::new(
        "up",
        &[Chord::plain(Key::Up), Chord::char('k')],
        Action::Up,
        words::UP,
        0,
    ),
    Binding::new(
        "down",
        &[Chord::plain(Key::Down), Chord::char('j')],
        Action::Down,
        words::CHOOSE,
        3,
    ),
    Binding::new(
        "continue",
        &[Chord::plain(Key::Enter)],
        Action::Continue,
        words::CONTINUE,
        1,
    ),
    Binding::new(
        "back",
        &[Chord::plain(Key::Esc)],
        Action::Back,
        words::BACK,
        2,
    ),
    Binding::new("skip", &[Chord::char('s')], Action::Skip, words::SKIP, 4),
    Binding::new(
        "previous-step",
        &[Chord::plain(Key::Left), Chord::char('h')],
        Action::PreviousStep,
        words::PREVIOUS_STEP,
        0,
    ),
    Binding::new(
        "next-step",
        &[Chord::plain(Key::Right), Chord::char('l')],
        Action::NextStep,
        words::NEXT_STEP,
        6,
    ),
    Binding::new(
        "page-up",
        &[Chord::plain(Key::PageUp)],
        Action::PageUp,
        words::PAGE_UP,
        0,
    ),
    Binding::new(
        "page-down",
        &[Chord::plain(Key::PageDown)],
        Action::PageDown,
        words::PAGE_DOWN,
        0,
    ),
];
