//! When the server is asked: at once, and every minute while somebody looks; never behind another screen, and
//! while the window has no keyboard only for who wants to be called. To come back within the minute is no reason to
//! ask, and a server that asks to be left alone is.

use std::time::Duration;

use jiff::Timestamp;

use super::state::Usage;
use super::update::account;
use super::words;
use crate::controls::rhythm::Rhythm;
use crate::domain::clean_text::CleanText;
use crate::domain::figures::{Known, Part};
use crate::domain::notify::NotifyBy;
use crate::domain::symptom::Symptom;
use crate::flow::usage::{OwnUsage, UsageTold};
use crate::flow::{Effect, Fact, Facts, Intent, Step, Ticket};

/// Between two looks while somebody looks.
const WATCHED: Duration = Duration::from_mins(1);
/// While the window has no keyboard and somebody waits for an alert.
const UNWATCHED: Duration = Duration::from_mins(5);

/// Why it is waited as long as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wait {
    /// Somebody looks.
    Usual,
    /// It was begun while the window had no keyboard.
    Unwatched,
    /// Trouble, or the server, makes it as long.
    ForServer,
}

/// When the server is asked.
#[derive(Debug)]
pub(super) struct Looking {
    /// The question to the server that is under way.
    pub(super) learning: Option<Ticket>,
    /// The question to the ledger that is under way.
    pub(super) summing: Option<Ticket>,
    /// The wait for the next look.
    pub(super) waiting: Option<Ticket>,
    /// What that wait is.
    pub(super) wait: Wait,
    /// Nothing is asked until the window has the keyboard again.
    pub(super) is_paused: bool,
    pub(super) rhythm: Rhythm,
    pub(super) is_in_front: bool,
    pub(super) has_focus: bool,
}

impl Default for Looking {
    fn default() -> Self {
        Self {
            learning: None,
            summing: None,
            waiting: None,
            wait: Wait::Usual,
            is_paused: false,
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
        if self.is_of_another(facts) {
            self.looking.learning = None;
            return self.learn(facts, true);
        }
        // What is shown is of this minute, or the server wants to be left alone.
        if self.looking.waiting.is_some() {
            return self.sum_own(facts);
        }
        self.learn(facts, false)
    }

    /// Reads this program's own ledger anew: questions of the chat are in it by now.
    fn sum_own(&mut self, facts: &Facts) -> Step {
        let ticket = self.tickets.take();
        self.looking.summing = Some(ticket);
        let account = account(facts);
        let step = Step::effect(Effect::SumOwnUsage { ticket, account });
        step.then(self.ask_ledger(facts))
    }

    /// What this program asked was summed up anew.
    pub(super) fn take_own(&mut self, own: &OwnUsage) -> Step {
        self.looking.summing = None;
        let Some(told) = &mut self.told else {
            return Step::idle();
        };
        let own = own.clone();
        told.local = own.local;
        told.open_requests = own.open_requests;
        told.budget = own.budget;
        told.set_aside = own.set_aside.or(told.set_aside.take());
        self.learned += 1;
        Step::changed()
    }

    /// A key was asked about behind another screen: its limit may have been changed there.
    pub(super) fn on_key_checked(&mut self) -> Step {
        if self.looking.is_in_front || self.looking.wait == Wait::ForServer {
            return Step::idle();
        }
        match self.looking.waiting.take() {
            Some(waiting) => still(Step::effect(Effect::Cancel(waiting))),
            None => Step::idle(),
        }
    }

    /// The person uses another key or server by now than the one that the figures are of.
    fn is_of_another(&self, facts: &Facts) -> bool {
        let of = self.told.as_ref().and_then(|told| told.of.as_ref());
        let (Some((server, hash)), Some(key)) = (of, &facts.key) else {
            return false;
        };
        *server != facts.base_url || *hash != Some(key.secret.hash())
    }

    /// Nobody looks: nothing is asked until somebody does. The wait goes on to its end, once: until then the figures
    /// are young enough for whoever comes back.
    pub(super) fn on_leave(&mut self) -> Step {
        self.looking.is_in_front = false;
        Step::idle()
    }

    pub(super) fn on_focus(&mut self, has_focus: bool, facts: &Facts) -> Step {
        let came_back = has_focus && !self.looking.has_focus;
        self.looking.has_focus = has_focus;
        // Who comes back after a while finds figures of now.
        let waits = self.looking.waiting.is_some();
        let is_waiting = waits && self.looking.wait == Wait::Unwatched;
        if came_back && self.looking.is_in_front && (is_waiting || self.looking.is_paused) {
            return still(self.learn(facts, false));
        }
        Step::idle()
    }

    pub(super) fn take(&mut self, told: &UsageTold, facts: &Facts) -> Step {
        let is_over = !told.is_unfinished;
        self.told = Some(Box::new(told.clone()));
        self.learned += 1;
        if !is_over {
            return Step::changed();
        }
        self.looking.learning = None;
        let troubles = &told.gathered.troubles;
        // Without a key there is nobody to ask again.
        let is_hopeless = troubles
            .iter()
            .any(|(_, symptom)| matches!(symptom, Symptom::NoKey | Symptom::KeyWanted(_)));
        let asked = call(told, facts).then(self.ask_ledger(facts));
        if is_hopeless {
            return asked;
        }
        asked
            .then(free_requests(told))
            .then(self.wait(troubles, told.at, facts))
    }

    /// The time has come to look again.
    pub(super) fn on_waited(&mut self, facts: &Facts) -> Step {
        self.looking.waiting = None;
        self.looking.wait = Wait::Usual;
        if !self.looking.is_in_front {
            return Step::idle();
        }
        if self.is_unseen(facts) {
            self.looking.is_paused = true;
            return Step::idle();
        }
        still(self.learn(facts, false))
    }

    /// Nobody looks, and nobody wants to be called.
    fn is_unseen(&self, facts: &Facts) -> bool {
        !self.looking.has_focus && facts.alerts.notify == NotifyBy::Off
    }

    /// Waits for the next look, after one at which these things were in the way.
    fn wait(&mut self, troubles: &[(Part, Symptom)], now: Timestamp, facts: &Facts) -> Step {
        let interval = if self.looking.has_focus {
            WATCHED
        } else {
            UNWATCHED
        };
        self.looking.rhythm.change(interval);
        let wait = self.looking.rhythm.wait(troubles, now);
        self.looking.wait = if wait > interval {
            Wait::ForServer
        } else if self.looking.has_focus {
            Wait::Usual
        } else {
            Wait::Unwatched
        };
        if self.is_unseen(facts) && self.looking.wait != Wait::ForServer {
            self.looking.is_paused = true;
            return Step::idle();
        }
        let ticket = self.tickets.take();
        self.looking.waiting = Some(ticket);
        let secs = wait.as_secs();
        Step::effect(Effect::Wait { ticket, secs })
    }

    /// Asks the server, unless it is being asked.
    pub(super) fn learn(&mut self, facts: &Facts, recalls: bool) -> Step {
        if self.looking.learning.is_some() {
            return Step::idle();
        }
        let ticket = self.tickets.take();
        self.looking.learning = Some(ticket);
        self.looking.wait = Wait::Usual;
        self.looking.is_paused = false;
        let mut step = Step::effect(Effect::LearnUsage {
            ticket,
            account: account(facts),
            thresholds: facts.alerts.thresholds,
            model: facts.model.clone(),
            recalls,
        });
        if let Some(waiting) = self.looking.waiting.take() {
            step = step.and_effect(Effect::Cancel(waiting));
        }
        step
    }
}

/// What is left of today's requests to free models is a fact for the lists of models, too.
fn free_requests(told: &UsageTold) -> Step {
    let key = told.gathered.figures.key.as_ref();
    let known = key.filter(|key| key.is_of_today(told.at));
    let free = known.and_then(|key| {
        let value = key.value.free_requests()?;
        let as_of = key.as_of;
        Some(Known { as_of, value })
    });
    Step::intent(Intent::Adopt(Fact::FreeRequests(free)))
}

/// Has the terminal call its person about what was not told before.
fn call(told: &UsageTold, facts: &Facts) -> Step {
    let by = facts.alerts.notify;
    let mut step = Step::changed();
    if by == NotifyBy::Off {
        return step;
    }
    for alert in &told.crossed {
        let said = alert.message.say(facts.lang);
        let words = if facts.is_simulated() {
            CleanText::line(&words::CALL_OF_SANDBOX.fill(facts.lang, &[&said]))
        } else {
            CleanText::line(&said)
        };
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
