//! What the wizard remembers, and how the state of each step follows from facts.

use crate::flow::step::Tickets;
use crate::flow::surroundings::Memory;
use crate::flow::{Effect, Facts, Ticket};

use super::shared::Shared;
use super::step_name::StepName;
use super::steps::account::Account;
use super::steps::credits::Credits;
use super::steps::env::Env;
use super::steps::key::Key;
use super::steps::limits::Limits;
use super::steps::summary::Summary;
use super::steps::test::Test;
use super::steps::{Mark, WizardStep};

/// The wizard.
#[derive(Debug)]
pub struct Setup {
    pub(super) at: StepName,
    pub(super) skipped: Vec<StepName>,
    pub(super) confirmed: Vec<StepName>,
    pub(super) account: Account,
    pub(super) credits: Credits,
    pub(super) key: Key,
    pub(super) env: Env,
    pub(super) test: Test,
    pub(super) limits: Limits,
    pub(super) summary: Summary,
    pub(super) shared: Shared,
    /// The row chosen on the current page.
    pub(super) chosen: usize,
    /// Rows scrolled down by hand; `None` follows what has the keyboard.
    pub(super) scroll: Option<u16>,
    pub(super) scroll_limit: u16,
    /// The key found round here that is being asked about, to prove what needs no asking.
    pub(super) proving: Option<Ticket>,
    /// Requests that wait until it is known which server is meant: a fast typist must not send a key
    /// to another one.
    pub(super) held: Vec<Effect>,
    /// It was in front.
    pub(super) is_started: bool,
    /// The person has moved: a late proof must not move the page under them.
    pub(super) has_moved: bool,
}

impl Default for Setup {
    fn default() -> Self {
        Self {
            at: StepName::Account,
            skipped: Vec::new(),
            confirmed: Vec::new(),
            account: Account,
            credits: Credits,
            key: Key::default(),
            env: Env::default(),
            test: Test::default(),
            limits: Limits::default(),
            summary: Summary::default(),
            shared: Shared {
                around: None,
                leaks: Vec::new(),
                saved: None,
                tested: None,
                wanted: None,
                doubted: None,
                tickets: Tickets::starting_at(1000),
            },
            chosen: 0,
            scroll: None,
            scroll_limit: 0,
            proving: None,
            held: Vec::new(),
            is_started: false,
            has_moved: false,
        }
    }
}

impl Setup {
    /// How a step stands. Facts decide; a remembered skip counts only where no fact speaks.
    pub fn mark(&self, step: StepName, facts: &Facts) -> Mark {
        let mark = self.step(step).mark(&self.shared, facts);
        match mark {
            Mark::Done | Mark::Running => mark,
            _ if self.skipped.contains(&step) => Mark::Skipped,
            _ => mark,
        }
    }

    /// The first step that is neither done nor skipped, else the summary.
    pub(super) fn first_open(&self, facts: &Facts) -> StepName {
        StepName::RAIL
            .into_iter()
            .find(|&step| !matches!(self.mark(step, facts), Mark::Done | Mark::Skipped))
            .unwrap_or(StepName::Summary)
    }

    pub(super) fn step(&self, step: StepName) -> &dyn WizardStep {
        match step {
            StepName::Account => &self.account,
            StepName::Credits => &self.credits,
            StepName::Key => &self.key,
            StepName::Env => &self.env,
            StepName::Test => &self.test,
            StepName::Limits => &self.limits,
            StepName::Summary => &self.summary,
        }
    }

    /// The current step and what it may use, side by side.
    pub(super) fn current(&mut self) -> (&mut dyn WizardStep, &mut Shared) {
        let step: &mut dyn WizardStep = match self.at {
            StepName::Account => &mut self.account,
            StepName::Credits => &mut self.credits,
            StepName::Key => &mut self.key,
            StepName::Env => &mut self.env,
            StepName::Test => &mut self.test,
            StepName::Limits => &mut self.limits,
            StepName::Summary => &mut self.summary,
        };
        (step, &mut self.shared)
    }

    /// Whether the current step has a field that takes what is typed.
    pub(super) fn has_field(&self) -> bool {
        self.step(self.at).has_field()
    }

    /// What should be remembered of this project.
    pub(super) fn memory(&self) -> Memory {
        let names = |steps: &[StepName]| steps.iter().map(|step| step.key().to_owned()).collect();
        Memory {
            skipped: names(&self.skipped),
            at: Some(self.at.key().to_owned()),
            model: None,
            rules: None,
            confirmed: names(&self.confirmed),
        }
    }

    /// Takes over what was remembered.
    pub(super) fn recall(&mut self, memory: &Memory) {
        // What the person did before the memory arrived stands.
        let add = |steps: &mut Vec<StepName>, names: &[String]| {
            for step in names.iter().filter_map(|name| StepName::from_key(name)) {
                if !steps.contains(&step) {
                    steps.push(step);
                }
            }
        };
        add(&mut self.skipped, &memory.skipped);
        add(&mut self.confirmed, &memory.confirmed);
    }
}
