//! When the server is asked: at once, every minute while somebody looks, seldom while nobody does, and never
//! behind another screen.

use std::time::Duration;

use jiff::Timestamp;

use super::state::Usage;
use super::update::account;
use crate::controls::rhythm::Rhythm;
use crate::domain::clean_text::CleanText;
use crate::domain::figures::Part;
use crate::domain::notify::NotifyBy;
use crate::domain::symptom::Symptom;
use crate::flow::usage::UsageTold;
use crate::flow::{Effect, Facts, Step, Ticket};

/// Between two looks while somebody looks.
const WATCHED: Duration = Duration::from_mins(1);
/// While the window has no keyboard: somebody may still look, or only wait for an alert.
const UNWATCHED: Duration = Duration::from_mins(5);

/// When the server is asked.
#[derive(Debug)]
pub(super) struct Looking {
    /// The question to the server that is under way.
    pub(super) learning: Option<Ticket>,
    /// The wait for the next look.
    pub(super) waiting: Option<Ticket>,
    /// It was begun while the window had no keyboard.
    pub(super) waits_long: bool,
    pub(super) rhythm: Rhythm,
    pub(super) is_in_front: bool,
    pub(super) has_focus: bool,
}

impl Default for Looking {
    fn default() -> Self {
        Self {
            learning: None,
            waiting: None,
            waits_long: false,
            rhythm: Rhythm::of(WATCHED),
            is_in_front: false,
            has_focus: true,
        }
    }
}

impl Usage {
    pub(super) fn on_start(&mut self, facts: &Facts) -> Step {
        self.looking.is_in_front = true;
        self.learn(facts, true)
    }

    pub(super) fn on_resume(&mut self, facts: &Facts) -> Step {
        self.looking.is_in_front = true;
        self.learn(facts, false)
    }

    /// Nobody looks: nothing is asked until somebody does.
    pub(super) fn on_leave(&mut self) -> Step {
        self.looking.is_in_front = false;
        match self.looking.waiting.take() {
            Some(ticket) => Step::effect(Effect::Cancel(ticket)),
            None => Step::idle(),
        }
    }

    pub(super) fn on_focus(&mut self, has_focus: bool, facts: &Facts) -> Step {
        let came_back = has_focus && !self.looking.has_focus;
        self.looking.has_focus = has_focus;
        // Who comes back after a while finds figures of now.
        if came_back
            && self.looking.waits_long
            && self.looking.waiting.is_some()
            && self.looking.is_in_front
        {
            return still(self.learn(facts, false));
        }
        Step::idle()
    }

    pub(super) fn take(&mut self, told: &UsageTold, facts: &Facts) -> Step {
        let is_over = !told.is_recalled;
        self.told = Some(Box::new(told.clone()));
        if !is_over {
            return Step::changed();
        }
        self.looking.learning = None;
        let troubles = &told.gathered.troubles;
        // Without a key there is nobody to ask again.
        let is_hopeless = troubles
            .iter()
            .any(|(_, symptom)| matches!(symptom, Symptom::NoKey));
        let asked = call(told, facts).then(self.ask_ledger(facts));
        if is_hopeless || !self.looking.is_in_front {
            return asked;
        }
        asked.then(self.wait(troubles, told.at))
    }

    /// Waits for the next look, after one at which these things were in the way.
    fn wait(&mut self, troubles: &[(Part, Symptom)], now: Timestamp) -> Step {
        let ticket = self.tickets.take();
        self.looking.waiting = Some(ticket);
        self.looking.waits_long = !self.looking.has_focus;
        self.looking.rhythm.change(if self.looking.has_focus {
            WATCHED
        } else {
            UNWATCHED
        });
        let secs = self.looking.rhythm.wait(troubles, now).as_secs();
        Step::effect(Effect::Wait { ticket, secs })
    }

    /// Asks the server, unless it is being asked.
    pub(super) fn learn(&mut self, facts: &Facts, recalls: bool) -> Step {
        if self.looking.learning.is_some() {
            return Step::idle();
        }
        let ticket = self.tickets.take();
        self.looking.learning = Some(ticket);
        let mut step = Step::effect(Effect::LearnUsage {
            ticket,
            account: account(facts),
            thresholds: facts.alerts.thresholds,
            recalls,
        });
        if let Some(waiting) = self.looking.waiting.take() {
            step = step.and_effect(Effect::Cancel(waiting));
        }
        step
    }
}

/// Has the terminal call its person about what was not told before.
fn call(told: &UsageTold, facts: &Facts) -> Step {
    let by = facts.alerts.notify;
    let mut step = Step::changed();
    if by == NotifyBy::Off {
        return step;
    }
    for alert in &told.crossed {
        let words = CleanText::line(&alert.message.say(facts.lang));
        step = step.and_effect(Effect::Notify { by, words });
    }
    step
}

/// The same step, with nothing to draw for it.
pub(super) fn still(step: Step) -> Step {
    Step {
        is_idle: true,
        ..step
    }
}
