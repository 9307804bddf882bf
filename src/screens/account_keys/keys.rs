//! The keys of the Keys screen.

use super::words;
use crate::keymap::{Binding, Chord, Key};

/// What a key does here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// The row above.
    Up,
    /// The row below.
    Down,
    /// Rows further up.
    PageUp,
    /// Rows further down.
    PageDown,
    /// Everything about the chosen key.
    Open,
    /// Back to the list; else the search away.
    Back,
    /// Look for a name.
    Search,
    /// Make a key.
    New,
    /// Give the chosen key another name.
    Rename,
    /// Set what the chosen key may spend.
    Limit,
    /// Switch the chosen key off, or on again.
    Switch,
    /// Delete the chosen key for good.
    Delete,
    /// Put a successor in the chosen key's place.
    Rotate,
    /// Set what every key may spend.
    Cap,
    /// Open the page on the web that makes a management key.
    Management,
    /// Ask the server again.
    Refresh,
}

/// The keys of this screen.
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
        words::DOWN,
        7,
    ),
    Binding::new(
        "open",
        &[Chord::plain(Key::Enter)],
        Action::Open,
        words::OPEN,
        1,
    ),
    Binding::new(
        "back",
        &[Chord::plain(Key::Esc), Chord::plain(Key::Backspace)],
        Action::Back,
        words::BACK,
        2,
    ),
    Binding::new("new", &[Chord::char('n')], Action::New, words::NEW, 1),
    Binding::new("limit", &[Chord::char('l')], Action::Limit, words::LIMIT, 2),
    Binding::new(
        "rename",
        &[Chord::char('r')],
        Action::Rename,
        words::RENAME,
        3,
    ),
    Binding::new(
        "switch",
        &[Chord::char('d')],
        Action::Switch,
        words::SWITCH,
        4,
    ),
    Binding::new(
        "delete",
        &[Chord::char('x'), Chord::plain(Key::Delete)],
        Action::Delete,
        words::DELETE,
        5,
    ),
    Binding::new(
        "rotate",
        &[Chord::char('o')],
        Action::Rotate,
        words::ROTATE,
        4,
    ),
    Binding::new("cap", &[Chord::char('a')], Action::Cap, words::CAP, 6),
    Binding::new(
        "search",
        &[Chord::char('/')],
        Action::Search,
        words::SEARCH,
        5,
    ),
    Binding::new(
        "management",
        &[Chord::char('m')],
        Action::Management,
        words::MANAGEMENT,
        1,
    ),
    Binding::new(
        "refresh",
        &[Chord::plain(Key::F(5)), Chord::ctrl('r')],
        Action::Refresh,
        words::REFRESH,
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

/// What a key does on a page with rows to fill in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FormAction {
    /// Close the page; nothing is done.
    Close,
    /// The next row; from the last one it is done.
    Next,
    /// The next row.
    Down,
    /// The row before.
    Up,
    /// The value before.
    Left,
    /// The next value.
    Right,
}

/// The keys of such a page. In a text the arrows to the sides move the caret.
pub(super) const FORM_BINDINGS: &[Binding<FormAction>] = &[
    Binding::new(
        "close",
        &[Chord::plain(Key::Esc)],
        FormAction::Close,
        words::BACK,
        1,
    ),
    Binding::new(
        "next",
        &[Chord::plain(Key::Enter)],
        FormAction::Next,
        words::NEXT,
        1,
    ),
    Binding::new(
        "row-down",
        &[Chord::plain(Key::Down), Chord::plain(Key::Tab)],
        FormAction::Down,
        words::DOWN,
        3,
    ),
    Binding::new(
        "row-up",
        &[Chord::plain(Key::Up)],
        FormAction::Up,
        words::UP,
        3,
    ),
    Binding::new(
        "value-before",
        &[Chord::plain(Key::Left)],
        FormAction::Left,
        words::VALUE_BEFORE,
        0,
    ),
    Binding::new(
        "value-behind",
        &[Chord::plain(Key::Right)],
        FormAction::Right,
        words::VALUE_BEHIND,
        5,
    ),
];

/// What a key does on the page of a new key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum MadeAction {
    /// Close the page.
    Close,
    /// Put the key on the clipboard.
    Copy,
}

/// The keys of that page.
pub(super) const MADE_BINDINGS: &[Binding<MadeAction>] = &[
    Binding::new(
        "done",
        &[Chord::plain(Key::Enter), Chord::plain(Key::Esc)],
        MadeAction::Close,
        words::CLOSE,
        1,
    ),
    Binding::new(
        "copy-key",
        &[Chord::alt('c'), Chord::char('c')],
        MadeAction::Copy,
        words::COPY,
        3,
    ),
];
