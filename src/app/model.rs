//! What the whole program remembers while it runs.

use crate::flow::talk::Opening;
use crate::flow::{Facts, Notice, ScreenName};
use crate::screens::{
    Overlay, Screen, account_keys::Keys, chat::Chat, models::Models, setup::Setup, usage::Usage,
};
use crate::text::Said;
use crate::ui::Hit;
use crate::ui::theme::Theme;

/// The program's state.
pub struct App {
    pub(super) facts: Facts,
    pub(super) theme: Theme,
    pub(super) screens: Vec<Stage>,
    pub(super) active: usize,
    /// Another screen may come to the front by itself: nobody asked for one by name.
    pub(super) may_yield: bool,
    pub(super) overlays: Vec<Laid>,
    pub(super) notice: Option<Notice>,
    /// The server is being asked for its list of models.
    pub(super) is_listing: bool,
    pub(super) hits: Vec<Hit>,
    pub(super) farewell: Farewell,
    pub(super) leaving: Option<Leaving>,
}

/// How the person leaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Leaving {
    /// By the key, the command or the menu for it.
    Quit,
    /// By Ctrl+C.
    Interrupt,
}

/// A screen in its place.
pub(super) struct Stage {
    pub(super) name: ScreenName,
    pub(super) screen: Box<dyn Screen>,
    /// It was in front before.
    pub(super) is_started: bool,
}

impl Stage {
    fn new(name: ScreenName, screen: impl Screen + 'static) -> Self {
        Self {
            name,
            screen: Box::new(screen),
            is_started: false,
        }
    }
}

/// What lies over the screens.
pub(super) struct Laid {
    pub(super) overlay: Overlay,
    /// The number of the screen that laid it there: answers go to it.
    pub(super) by: usize,
}

/// What the last line on the ordinary screen says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Farewell {
    /// What was written into files, in order.
    pub wrote: Vec<Said>,
    /// One of these files holds a key now.
    pub has_key: bool,
    /// The model that this project has got for good.
    pub model: Option<String>,
    /// The name of the kept conversation that was held last.
    pub talk: Option<String>,
    /// Something was kept in the program's own files: rules, alerts, favourites, the models that were asked.
    pub has_kept: bool,
}

impl App {
    /// A program that knows these facts, with this screen in front; `None`: the wizard, or the figures
    /// where a key works already.
    pub fn new(facts: Facts, theme: Theme, first: Option<ScreenName>) -> Self {
        let screens = vec![
            Stage::new(ScreenName::Setup, Setup::default()),
            Stage::new(ScreenName::Usage, Usage::default()),
            Stage::new(ScreenName::Chat, Chat::default()),
            Stage::new(ScreenName::Models, Models::default()),
            Stage::new(ScreenName::Keys, Keys::default()),
        ];
        let named = screens.iter().position(|stage| Some(stage.name) == first);
        Self {
            facts,
            theme,
            screens,
            active: named.unwrap_or_default(),
            may_yield: first.is_none(),
            overlays: Vec::new(),
            notice: None,
            is_listing: false,
            hits: Vec::new(),
            farewell: Farewell::default(),
            leaving: None,
        }
    }

    /// The same, with a chat that begins with this.
    #[must_use]
    pub fn opening(mut self, opening: Opening) -> Self {
        let mut stages = self.screens.iter_mut();
        if let Some(stage) = stages.find(|stage| stage.name == ScreenName::Chat) {
            *stage = Stage::new(ScreenName::Chat, Chat::opening(opening));
        }
        self
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
        self.leaving.is_some()
    }

    /// The person left by Ctrl+C.
    pub fn is_interrupted(&self) -> bool {
        self.leaving == Some(Leaving::Interrupt)
    }

    /// The name of the screen in front.
    pub fn front_name(&self) -> ScreenName {
        self.screens[self.active].name
    }

    /// The screen in front.
    pub fn screen(&self) -> &dyn Screen {
        self.screens[self.active].screen.as_ref()
    }

    /// The same, to be moved.
    pub(super) fn front(&mut self) -> &mut dyn Screen {
        self.screens[self.active].screen.as_mut()
    }

    /// What lies over the screen, on top; taken away.
    pub fn take_overlay(&mut self) -> Option<Overlay> {
        self.overlays.pop().map(|laid| laid.overlay)
    }

    /// What lies over the screen, on top.
    pub fn overlay(&self) -> Option<&Overlay> {
        self.overlays.last().map(|laid| &laid.overlay)
    }

    /// The same, to be changed.
    pub(super) fn overlay_mut(&mut self) -> Option<&mut Overlay> {
        self.overlays.last_mut().map(|laid| &mut laid.overlay)
    }

    /// Lays something over everything, for the screen with this number.
    pub(super) fn lay(&mut self, overlay: Overlay, by: usize) {
        self.overlays.push(Laid { overlay, by });
    }

    /// What the screen in front has to say anew, in plain lines.
    pub fn say_new(&mut self) -> String {
        let Self {
            screens,
            active,
            facts,
            ..
        } = self;
        screens[*active].screen.say_new(facts)
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
        self.front().set_scroll_limit(surplus);
    }
}
