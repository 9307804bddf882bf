//! The keys of the usage screen.

use super::lead::Lead;
use super::place::View;
use super::state::Usage;
use super::words;
use crate::flow::Facts;
use crate::keymap::{Binding, Chord, Hint, Key, hints};

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
    /// What the chosen row holds.
    Open,
    /// Back to where one came from.
    Back,
    /// The next table.
    NextView,
    /// The table before.
    PreviousView,
    /// Other days.
    Range,
    /// The account's figures, or this program's own.
    Source,
    /// Look for a name.
    Search,
    /// Ask the server now.
    Refresh,
    /// What went wrong, and what to do.
    Trouble,
    /// Into a file.
    Export,
    /// What deserves a word, and what the forecast rests on.
    Alerts,
    /// The page where a management key is made.
    Management,
}

impl Usage {
    /// Whether an action would do anything here.
    pub(super) fn can(&self, action: Action, facts: &Facts) -> bool {
        let view = self.place.view;
        match action {
            Action::Up | Action::Down | Action::PageUp | Action::PageDown => self.count() > 1,
            Action::Open => self.leads(facts).is_some(),
            Action::Back => self.search.is_some() || !self.trail.is_empty(),
            // A day is the same in every range.
            Action::Range => view.is_of_days() && self.place.narrowed.day.is_none(),
            Action::Source => view.is_of_days() && view != View::Keys,
            // Among nothing there is nothing to find.
            Action::Search => self.search.is_some() || self.count() > 0,
            Action::Trouble => self
                .told
                .as_ref()
                .is_some_and(|told| !self.diagnosed(told).is_empty()),
            Action::Export | Action::Alerts => self.told.is_some(),
            Action::NextView | Action::PreviousView | Action::Refresh | Action::Management => true,
        }
    }

    /// What the last line, help and the palette offer here.
    pub(super) fn offered(&self, facts: &Facts) -> Vec<Hint> {
        let rows = hints(BINDINGS).zip(BINDINGS);
        let able = rows.filter(|(_, row)| self.can(row.action, facts));
        let named = able.map(|(hint, row)| match (row.action, self.leads(facts)) {
            (Action::Open, Some(Lead::Take(_))) => Hint {
                words: words::TAKE,
                ..hint
            },
            _ => hint,
        });
        named.collect()
    }
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
        5,
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
        "next-view",
        &[
            Chord::plain(Key::Tab),
            Chord::plain(Key::Right),
            Chord::char('l'),
        ],
        Action::NextView,
        words::NEXT_VIEW,
        2,
    ),
    Binding::new(
        "previous-view",
        &[
            Chord::shift(Key::Tab),
            Chord::plain(Key::Left),
            Chord::char('h'),
        ],
        Action::PreviousView,
        words::PREVIOUS_VIEW,
        0,
    ),
    Binding::new("range", &[Chord::char('r')], Action::Range, words::RANGE, 3),
    Binding::new(
        "source",
        &[Chord::char('s')],
        Action::Source,
        words::SOURCE,
        4,
    ),
    Binding::new(
        "search",
        &[Chord::char('/')],
        Action::Search,
        words::SEARCH,
        4,
    ),
    Binding::new(
        "alerts",
        &[Chord::char('a')],
        Action::Alerts,
        words::SHOW_ALERTS,
        6,
    ),
    Binding::new(
        "trouble",
        &[Chord::char('t')],
        Action::Trouble,
        words::SHOW_TROUBLE,
        // The line of the trouble names the key, too.
        4,
    ),
    Binding::new(
        "export",
        &[Chord::char('e')],
        Action::Export,
        words::EXPORT,
        6,
    ),
    Binding::new(
        "refresh",
        &[Chord::plain(Key::F(5)), Chord::ctrl('r')],
        Action::Refresh,
        words::REFRESH,
        6,
    ),
    Binding::new(
        "management",
        &[Chord::char('m')],
        Action::Management,
        words::MANAGEMENT,
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
