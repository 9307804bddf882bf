//! What the whole program remembers while it runs.

use crate::flow::{Facts, Notice};
use crate::screens::{Overlay, Screen, setup::Setup};
use crate::text::Said;
use crate::ui::Hit;
use crate::ui::theme::Theme;

/// The program's state.
pub struct App {
    pub(super) facts: Facts,
    pub(super) theme: Theme,
    pub(super) screens: Vec<Box<dyn Screen>>,
    pub(super) active: usize,
    pub(super) overlays: Vec<Overlay>,
    pub(super) notice: Option<Notice>,
    pub(super) hits: Vec<Hit>,
    pub(super) farewell: Farewell,
    pub(super) is_over: bool,
    pub(super) is_interrupted: bool,
}

/// What the last line on the ordinary screen says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Farewell {
    /// What was written, in order; empty when nothing was changed.
    pub wrote: Vec<Said>,
}

impl App {
    /// A program that knows these facts.
    pub fn new(facts: Facts, theme: Theme) -> Self {
        Self {
            facts,
            theme,
            screens: vec![Box::new(Setup::default())],
            active: 0,
            overlays: Vec::new(),
            notice: None,
            hits: Vec::new(),
            farewell: Farewell::default(),
            is_over: false,
            is_interrupted: false,
        }
    }

    /// What every screen may read.
    pub fn facts(&self) -> &Facts {
        &self.facts
    }

    /// What there is to say at the end.
    pub fn farewell(&self) -> &Farewell {
        &self.farewell
    }

    /// The person wants to leave.
    pub fn is_over(&self) -> bool {
        self.is_over
    }

    /// The person left by Ctrl+C.
    pub fn is_interrupted(&self) -> bool {
        self.is_interrupted
    }

    /// The screen in front.
    pub fn screen(&self) -> &dyn Screen {
        self.screens[self.active].as_ref()
    }

    /// What lies over the screen, on top; taken away.
    pub fn take_overlay(&mut self) -> Option<Overlay> {
        self.overlays.pop()
    }

    /// What was last said in passing; taken away.
    pub fn take_notice(&mut self) -> Option<Notice> {
        self.notice.take()
    }

    /// What was last said in passing.
    pub fn notice(&self) -> Option<&Notice> {
        self.notice.as_ref()
    }

    /// Takes over what the last frame drew where, and how many rows its screen was too long.
    pub fn drawn(&mut self, hits: Vec<Hit>, surplus: u16) {
        self.hits = hits;
        self.screens[self.active].set_scroll_limit(surplus);
    }
}
