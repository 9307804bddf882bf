//! The keys of the Models screen.

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
    /// Everything about the chosen model.
    Open,
    /// Back to the list; else search and filters away.
    Back,
    /// Look for a name.
    Search,
    /// Make the chosen model the project's.
    Use,
    /// Ask the chosen model in the chat.
    Ask,
    /// Ways to ask the chosen model.
    Variants,
    /// Mark the chosen model, or take the mark away.
    Favour,
    /// Another order.
    Sort,
    /// Only free ones.
    Free,
    /// Only favourites and what was used lately.
    Mine,
    /// Only those that read something besides text.
    Reads,
    /// Only those that heed a parameter.
    Heeds,
    /// Only those with a long context.
    Context,
    /// Only those that cost no more than so much.
    Price,
    /// No search, no filter.
    All,
    /// Ask the server again.
    Refresh,
}

/// The filters, in the order of the line that shows them.
pub(super) const FILTERS: [Action; 7] = [
    Action::Sort,
    Action::Free,
    Action::Mine,
    Action::Reads,
    Action::Heeds,
    Action::Context,
    Action::Price,
];

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
        6,
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
    Binding::new(
        "search",
        &[Chord::char('/')],
        Action::Search,
        words::SEARCH,
        1,
    ),
    Binding::new("use", &[Chord::char('u')], Action::Use, words::USE, 2),
    Binding::new("ask", &[Chord::char('a')], Action::Ask, words::ASK, 4),
    Binding::new(
        "favourite",
        &[Chord::char('*'), Chord::ctrl('f')],
        Action::Favour,
        words::FAVOUR,
        4,
    ),
    Binding::new(
        "variants",
        &[Chord::char('v')],
        Action::Variants,
        words::VARIANTS,
        5,
    ),
    Binding::new("sort", &[Chord::char('s')], Action::Sort, words::SORT, 0),
    Binding::new("free", &[Chord::char('f')], Action::Free, words::FREE, 0),
    Binding::new("mine", &[Chord::char('m')], Action::Mine, words::MINE, 0),
    Binding::new("reads", &[Chord::char('i')], Action::Reads, words::READS, 0),
    Binding::new(
        "parameter",
        &[Chord::char('p')],
        Action::Heeds,
        words::HEEDS,
        0,
    ),
    Binding::new(
        "context",
        &[Chord::char('c')],
        Action::Context,
        words::CONTEXT,
        0,
    ),
    Binding::new(
        "price",
        &[Chord::char('$'), Chord::char('d')],
        Action::Price,
        words::PRICE,
        0,
    ),
    Binding::new("all", &[Chord::char('x')], Action::All, words::ALL, 0),
    Binding::new(
        "refresh",
        &[Chord::plain(Key::F(5)), Chord::ctrl('r')],
        Action::Refresh,
        words::REFRESH,
        0,
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
