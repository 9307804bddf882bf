//! A key gets a successor: shown as a plan, told step by step, put back whole where it fails or is stopped.
//!
//! ```text
//! plan ─> Planned ─ yes ─> Running ─ step… ─> Ended
//!          │   └ an earlier one waits: Waiting ─ yes ─> Running
//!          └ no                            └ Esc: everything is put back
//! ```

use super::rotation::{Act, Rotation};
use super::state::Keys;
use super::update::account;
use crate::domain::account::ManagedKey;
use crate::flow::rotation::{RotationEnd, RotationTold, RotationWish};
use crate::flow::{Effect, Fact, Facts, Intent, Notice, Step, Ticket};
use crate::keymap::Chord;
use crate::text::Phrase;

const OTHER_NOW: Phrase = Phrase::new(
    "it is another plan by now: look again",
    "计划已有变化，请重新确认",
);

/// Another key stands in the files: the wizard looks again, and what is asked from here on is asked with it.
fn was_rotated(end: &RotationEnd) -> Step {
    let wrote = Intent::Adopt(Fact::Wrote(end.said.clone()));
    let looks = Step::effect(Effect::LookAround).and_intent(wrote);
    match &end.in_use {
        Some(key) => looks.and_intent(Intent::Adopt(Fact::Key(key.clone()))),
        None => looks,
    }
}

impl Keys {
    /// Works out what would be done about a key.
    pub(super) fn plan_rotation(&mut self, key: &ManagedKey, facts: &Facts) -> Step {
        let ticket = self.tickets.take();
        self.rotation = Some(Rotation::Planning(ticket));
        Step::effect(Effect::PlanRotation {
            ticket,
            account: Box::new(account(facts)),
            hash: key.hash.to_string(),
        })
    }

    /// A key press on the page of a rotation.
    pub(super) fn press_rotation(&mut self, chord: Chord, facts: &Facts) -> Step {
        let Some(rotation) = &mut self.rotation else {
            return Step::idle();
        };
        let chosen = rotation.chosen();
        match Rotation::act(chord) {
            Some(Act::Up) => rotation.choose(chosen.saturating_sub(1)),
            Some(Act::Down) => rotation.choose(chosen + 1),
            Some(Act::Take) => return self.take_choice(chosen, facts),
            Some(Act::Leave) => return self.leave_rotation(facts),
            None => return Step::idle(),
        }
        Step::changed()
    }

    /// A choice of the page was taken, by Enter or a click.
    pub(super) fn take_choice(&mut self, choice: usize, facts: &Facts) -> Step {
        let wish = match (&self.rotation, Rotation::agreed(choice)) {
            (Some(Rotation::Planned(plan, _)), Some(deletes_old)) => Some(Box::new(RotationWish {
                plan: (**plan).clone(),
                deletes_old,
            })),
            (Some(Rotation::Waiting(..)), _) if choice == 0 => None,
            (Some(Rotation::Planning(_) | Rotation::Running { .. }) | None, _) => {
                return Step::idle();
            }
            (Some(_), _) => return self.leave_rotation(facts),
        };
        let ticket = self.tickets.take();
        self.rotation = Some(Rotation::Running {
            ticket,
            steps: Vec::new(),
            is_stopping: false,
        });
        Step::effect(Effect::Rotate {
            ticket,
            account: Box::new(account(facts)),
            wish,
        })
    }

    /// Esc, or Ctrl+C: what runs is stopped, what only stands there is closed.
    pub(super) fn leave_rotation(&mut self, facts: &Facts) -> Step {
        match &mut self.rotation {
            Some(Rotation::Running {
                is_stopping: true, ..
            }) => Step::idle(),
            Some(Rotation::Running {
                ticket,
                is_stopping,
                ..
            }) => {
                *is_stopping = true;
                Step::effect(Effect::StopRotation(*ticket))
            }
            Some(Rotation::Planning(ticket)) => {
                let ticket = *ticket;
                self.rotation = None;
                Step::effect(Effect::Cancel(ticket))
            }
            Some(Rotation::Ended(..)) => {
                self.rotation = None;
                // Which keys there are is asked anew.
                self.list(facts)
            }
            Some(Rotation::Planned(..) | Rotation::Waiting(..)) | None => {
                self.rotation = None;
                Step::changed()
            }
        }
    }

    /// What is told of a rotation.
    pub(super) fn hear_rotation(
        &mut self,
        ticket: Ticket,
        told: &RotationTold,
        facts: &Facts,
    ) -> Step {
        let Some(rotation) = self.rotation.as_mut() else {
            return Step::idle();
        };
        if rotation.ticket() != Some(ticket) {
            return Step::idle();
        }
        match told {
            RotationTold::Planned(plan) => {
                let was_agreed = rotation.is_running();
                *rotation = Rotation::Planned(plan.clone(), 0);
                if was_agreed {
                    return Step::intent(Intent::Tell(Notice::trouble(OTHER_NOW)));
                }
            }
            RotationTold::Waits(said) => *rotation = Rotation::Waiting(said.clone(), 0),
            RotationTold::Step { said, is_done } => {
                if let Rotation::Running { steps, .. } = rotation {
                    steps.push((said.clone(), *is_done));
                }
            }
            RotationTold::Ended(end) => {
                let steps = match rotation {
                    Rotation::Running { steps, .. } => std::mem::take(steps),
                    _ => Vec::new(),
                };
                *rotation = Rotation::Ended(end.clone(), steps);
                if end.is_rotated {
                    return was_rotated(end);
                }
            }
            RotationTold::Refused(diagnosis) => {
                self.rotation = None;
                return self.failed(diagnosis, facts);
            }
        }
        Step::changed()
    }
}
