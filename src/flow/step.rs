//! What a screen answers to a key press or a reply: effects for the world, intents for the app.

use super::effect::{Effect, Ticket};
use super::facts::KeyInUse;
use super::menu::Menu;
use super::note::Note;
use crate::domain::account::FreeRequests;
use crate::domain::budget::Budget;
use crate::domain::diagnosis::{Act, Diagnosis};
use crate::domain::figures::Known;
use crate::domain::page::Page;
use crate::insight::alerts::AlertSettings;
use crate::text::Said;

/// What a screen answers.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Step {
    /// What the world is asked to do, in order.
    pub effects: Vec<Effect>,
    /// What the app is asked to do, in order.
    pub intents: Vec<Intent>,
    /// Nothing changed: no frame is needed.
    pub is_idle: bool,
}

impl Step {
    /// Something changed, nothing is asked.
    pub fn changed() -> Self {
        Self::default()
    }

    /// Nothing changed at all.
    pub fn idle() -> Self {
        Self {
            is_idle: true,
            ..Self::default()
        }
    }

    /// One thing is asked of the world.
    pub fn effect(effect: Effect) -> Self {
        Self {
            effects: vec![effect],
            ..Self::default()
        }
    }

    /// One thing is asked of the app.
    pub fn intent(intent: Intent) -> Self {
        Self {
            intents: vec![intent],
            ..Self::default()
        }
    }

    /// This, and one more thing asked of the world.
    #[must_use]
    pub fn and_effect(mut self, effect: Effect) -> Self {
        self.effects.push(effect);
        self.is_idle = false;
        self
    }

    /// This, and one more thing asked of the app.
    #[must_use]
    pub fn and_intent(mut self, intent: Intent) -> Self {
        self.intents.push(intent);
        self.is_idle = false;
        self
    }

    /// This, and then that.
    #[must_use]
    pub fn then(mut self, other: Self) -> Self {
        self.effects.extend(other.effects);
        self.intents.extend(other.intents);
        self.is_idle &= other.is_idle;
        self
    }
}

/// What the app is asked to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Intent {
    /// Say something in passing.
    Tell(Notice),
    /// Take a fact over.
    Adopt(Fact),
    /// Show a page's address and QR code over everything.
    ShowQr(Page),
    /// Show a trouble whole, with its raw view.
    ShowTrouble(Box<Diagnosis>),
    /// Ask something; the answer comes back to the screen in front.
    Ask(Menu),
    /// Let the person choose a model; the answer comes back under this name.
    PickModel {
        /// What the asking screen knows the answer by.
        name: &'static str,
        /// What is looked for at first.
        query: String,
    },
    /// Show every key and whom to ask.
    Help,
    /// Go to the chat and ask this model from there on.
    AskModel(String),
    /// Show something to read over everything.
    ShowNote(Note),
    /// Go to another screen.
    Go(ScreenName),
    /// Go to the screen that has a page for this, and open the page.
    Attend(Act),
    /// Nothing is to be done here: another screen may come to the front, unless the person asked for
    /// this one.
    Yield(ScreenName),
    /// Leave the program.
    Quit,
}

/// The screens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ScreenName {
    /// The wizard.
    Setup,
    /// Figures: what was spent and what is left.
    Usage,
    /// Asking for code.
    Chat,
    /// Which models there are.
    Models,
    /// The account's keys.
    Keys,
}

/// A fact for the app to take over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fact {
    /// The key in use.
    Key(Box<KeyInUse>),
    /// The model that tests and questions go to.
    Model(String),
    /// The person's rules for models in this project, or that there are none.
    Rules(Option<String>),
    /// A model is one of the person's favourites, or is none.
    Favourite {
        /// Its id.
        model: String,
        /// It is one.
        is_one: bool,
    },
    /// A model is asked just now.
    Recent(String),
    /// Where requests go.
    BaseUrl(String),
    /// How many requests to free models were made today; `None` where that is not told.
    FreeRequests(Option<Known<FreeRequests>>),
    /// What this program may spend by the person's own word.
    Budget(Budget),
    /// Which alerts the person wants.
    Alerts(AlertSettings),
    /// Something was written, as the farewell will say.
    Wrote(Said),
    /// The conversation that is held is kept under this name; `None`: it is kept no more.
    Talk(Option<String>),
    /// This run has written a key into a file, or has taken it back.
    KeyWritten(bool),
}

/// Something said in passing, on the line above the keys.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// The words.
    pub words: Said,
    /// It tells of trouble.
    pub is_trouble: bool,
}

impl Notice {
    /// Good or plain news.
    pub fn news(words: impl Into<Said>) -> Self {
        Self {
            words: words.into(),
            is_trouble: false,
        }
    }

    /// Trouble.
    pub fn trouble(words: impl Into<Said>) -> Self {
        Self {
            words: words.into(),
            is_trouble: true,
        }
    }
}

/// A counter for tickets: each request gets its own, so that a late answer finds nobody waiting.
#[derive(Debug, Default)]
pub struct Tickets(u64);

impl Tickets {
    /// Tickets of one screen; `first` keeps the screens' numbers apart.
    pub fn starting_at(first: u64) -> Self {
        Self(first)
    }

    /// The next one.
    #[must_use]
    pub fn take(&mut self) -> Ticket {
        self.0 += 1;
        Ticket(self.0)
    }
}
