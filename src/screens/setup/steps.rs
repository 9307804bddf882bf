//! One step each: what it says, what its choices do, how it stands.

pub mod account;
pub mod credits;
pub mod env;
pub mod key;
pub mod limits;
pub mod summary;
pub mod test;

use super::shared::Shared;
use super::step_name::StepName;
use crate::flow::{Facts, Reply, Step};
use crate::ui::editor::Field;
use crate::ui::page::Page;

/// How a step stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// Nothing is known yet.
    Todo,
    /// Under way.
    Running,
    /// Proven by a fact.
    Done,
    /// Something deserves a look.
    Attention,
    /// Left out by the person.
    Skipped,
}

/// Where the wizard goes after a step has answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Go {
    /// Stays on the step; the choice stays where it is.
    Stay,
    /// Stays on the step, on a page with other choices: the first one is chosen.
    Turn,
    /// On to the next step.
    Next,
    /// On to this step.
    To(StepName),
}

/// A step's answer.
#[derive(Debug)]
pub struct Answer {
    /// What is asked of world and app.
    pub step: Step,
    /// Where the wizard goes.
    pub go: Go,
}

impl Answer {
    /// Stays, having changed something.
    pub fn stay() -> Self {
        Step::changed().into()
    }

    /// Stays, nothing changed.
    pub fn idle() -> Self {
        Step::idle().into()
    }

    /// Goes somewhere.
    pub fn go(go: Go) -> Self {
        Self {
            step: Step::changed(),
            go,
        }
    }

    /// This, and then goes somewhere.
    #[must_use]
    pub fn and_go(mut self, go: Go) -> Self {
        self.go = go;
        self
    }
}

impl From<Step> for Answer {
    fn from(step: Step) -> Self {
        Self { step, go: Go::Stay }
    }
}

/// One step of the wizard.
pub trait WizardStep {
    /// What it says and asks.
    fn page<'a>(&'a self, shared: &'a Shared, facts: &Facts) -> Page<'a>;

    /// The choice with this number was taken.
    fn choose(&mut self, choice: usize, shared: &mut Shared, facts: &Facts) -> Answer;

    /// How it stands.
    fn mark(&self, shared: &Shared, facts: &Facts) -> Mark;

    /// It is shown.
    fn enter(&mut self, _shared: &mut Shared, _facts: &Facts) -> Answer {
        Answer::stay()
    }

    /// An answer of the world.
    fn receive(&mut self, _reply: &Reply, _shared: &mut Shared, _facts: &Facts) -> Answer {
        Answer::idle()
    }

    /// The field that has the keyboard.
    fn field(&mut self) -> Option<&mut Field> {
        None
    }

    /// Whether there is such a field now.
    fn has_field(&self) -> bool {
        false
    }

    /// Something was typed or pasted into the field.
    fn typed(&mut self, _facts: &Facts) {}

    /// A paste that is not for the field as it stands. True when it was taken.
    fn take_paste(&mut self, _text: &str, _facts: &Facts) -> bool {
        false
    }

    /// Enter in the field.
    fn submit(&mut self, _shared: &mut Shared, _facts: &Facts) -> Answer {
        Answer::idle()
    }

    /// Esc: back within the step. `None` when the step has nowhere to go back to.
    fn back(&mut self, _shared: &mut Shared, _facts: &Facts) -> Option<Answer> {
        None
    }
}
