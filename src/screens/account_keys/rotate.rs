//! A key gets a successor: shown as a plan, told step by step, put back whole where it fails or is stopped.
//!
//! ```text
//! plan ─> Planned ─ yes ─> Running ─ step… ─> Ended
//!          │   └ an earlier one waits: Waiting ─ yes ─> Running
//!          └ no                            └ Esc: everything is put back
//! ```

use super::state::Keys;
use super::update::account;
use super::words;
use crate::domain::account::ManagedKey;
use crate::flow::rotation::{RotationEnd, RotationPlan, RotationTold, RotationWish};
use crate::flow::{Effect, Fact, Facts, Intent, Notice, Step, Ticket};
use crate::keymap::{self, Binding, Chord, Hint, Key, hints};
use crate::text::{Lang, Phrase, Said};
use crate::ui::page::{Block, Page};
use crate::ui::theme::Tone;

/// How far it is.
#[derive(Debug)]
pub(super) enum Rotation {
    /// What would be done is worked out.
    Planning(Ticket),
    /// It is shown; a choice is chosen.
    Planned(Box<RotationPlan>, usize),
    /// An earlier one is to be ended first; a choice is chosen.
    Waiting(Said, usize),
    /// It is being done.
    Running {
        ticket: Ticket,
        steps: Vec<Ended>,
        is_stopping: bool,
    },
    /// It has ended, after these steps.
    Ended(Box<RotationEnd>, Vec<Ended>),
}

/// A step that has ended, and whether it was done.
type Ended = (Said, bool);

/// What a key does on its page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Act {
    Up,
    Down,
    Take,
    Leave,
}

/// The keys of its page.
const BINDINGS: &[Binding<Act>] = &[
    Binding::new(
        "take",
        &[Chord::plain(Key::Enter)],
        Act::Take,
        words::TAKE,
        1,
    ),
    Binding::new(
        "leave",
        &[Chord::plain(Key::Esc)],
        Act::Leave,
        words::BACK,
        2,
    ),
    Binding::new(
        "choice-down",
        &[Chord::plain(Key::Down)],
        Act::Down,
        words::DOWN,
        4,
    ),
    Binding::new("choice-up", &[Chord::plain(Key::Up)], Act::Up, words::UP, 0),
];

const ROTATE_IT: [Phrase; 3] = [
    Phrase::new("Rotate it", "轮换"),
    Phrase::new(
        "Rotate it, and delete the old key for good",
        "轮换，并彻底删除旧密钥",
    ),
    Phrase::new("Leave it as it is", "保持原样"),
];
const END_IT: [Phrase; 2] = [
    Phrase::new("End it", "结束它"),
    Phrase::new("Leave it as it is", "保持原样"),
];
const TITLE: Phrase = Phrase::new("Rotate a key", "轮换密钥");
const PLANNING: Phrase = Phrase::new("working out what would be done…", "正在制定计划…");
const STOP: Phrase = Phrase::new("stop, and put everything back", "停止并恢复原状");
const PUTTING_BACK: Phrase = Phrase::new("putting everything back…", "正在恢复原状…");
const OTHER_NOW: Phrase = Phrase::new(
    "it is another plan by now: look again",
    "计划已有变化，请重新确认",
);

impl Rotation {
    /// It is under way, and nothing else may come between.
    pub(super) fn is_running(&self) -> bool {
        matches!(self, Self::Running { .. })
    }

    /// It is under way, and nobody has stopped it yet.
    pub(super) fn can_stop(&self) -> bool {
        matches!(
            self,
            Self::Running {
                is_stopping: false,
                ..
            }
        )
    }

    fn ticket(&self) -> Option<Ticket> {
        match self {
            Self::Planning(ticket) | Self::Running { ticket, .. } => Some(*ticket),
            Self::Planned(..) | Self::Waiting(..) | Self::Ended(..) => None,
        }
    }

    /// What can be chosen.
    fn choices(&self) -> &'static [Phrase] {
        match self {
            Self::Planned(..) => &ROTATE_IT,
            Self::Waiting(..) => &END_IT,
            Self::Ended(..) => &[words::CLOSE],
            Self::Planning(_) | Self::Running { .. } => &[],
        }
    }

    fn chosen(&self) -> usize {
        match self {
            Self::Planned(_, chosen) | Self::Waiting(_, chosen) => *chosen,
            _ => 0,
        }
    }

    fn choose(&mut self, place: usize) {
        let last = self.choices().len().saturating_sub(1);
        if let Self::Planned(_, chosen) | Self::Waiting(_, chosen) = self {
            *chosen = place.min(last);
        }
    }

    /// What its keys do now.
    pub(super) fn hints(&self) -> Vec<Hint> {
        let choices = self.choices().len();
        let (runs, stops) = match self {
            Self::Running { is_stopping, .. } => (true, *is_stopping),
            _ => (false, false),
        };
        let all = hints(BINDINGS).filter(|hint| match hint.name {
            "leave" => !stops,
            "take" => choices > 0,
            _ => choices > 1,
        });
        let told = all.map(|mut hint| {
            if runs && hint.name == "leave" {
                hint.words = STOP;
            }
            hint
        });
        told.collect()
    }

    pub(super) fn page(&self, lang: Lang) -> Page<'static> {
        let mut page = Page::new(TITLE.say(lang));
        match self {
            Self::Planning(_) => page.push(Block::Working(PLANNING.say(lang).to_owned())),
            Self::Planned(plan, _) => {
                for line in &plan.lines {
                    page.say(line.say(lang));
                }
                for note in &plan.notes {
                    page.tell(Tone::Warn, format!("! {}", note.say(lang)));
                }
            }
            Self::Waiting(said, _) => page.tell(Tone::Warn, said.say(lang)),
            Self::Running {
                steps, is_stopping, ..
            } => {
                tell_steps(&mut page, steps, lang);
                let words = if *is_stopping {
                    PUTTING_BACK
                } else {
                    words::WORKING
                };
                page.push(Block::Working(words.say(lang).to_owned()));
            }
            Self::Ended(end, steps) => {
                tell_steps(&mut page, steps, lang);
                page.gap();
                let tone = if end.is_rotated {
                    Tone::Good
                } else {
                    Tone::Warn
                };
                page.tell(tone, end.said.say(lang));
                for note in &end.notes {
                    page.tell(Tone::Warn, format!("! {}", note.say(lang)));
                }
                if let Some(trouble) = &end.trouble {
                    page.gap();
                    page.tell(Tone::Trouble, format!("✗ {}", trouble.title.say(lang)));
                    page.say(trouble.cause.say(lang));
                }
            }
        }
        if !self.choices().is_empty() {
            page.gap();
        }
        for words in self.choices() {
            page.choice(words.say(lang), "");
        }
        page.chosen = self.chosen();
        page
    }
}

fn tell_steps(page: &mut Page<'_>, steps: &[Ended], lang: Lang) {
    for (said, is_done) in steps {
        let (tone, mark) = if *is_done {
            (Tone::Good, "✓")
        } else {
            (Tone::Trouble, "✗")
        };
        page.tell(tone, format!("{mark} {}", said.say(lang)));
    }
}

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
        match keymap::action(BINDINGS, chord) {
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
        let wish = match &self.rotation {
            Some(Rotation::Planned(plan, _)) if choice + 1 < ROTATE_IT.len() => {
                Some(Box::new(RotationWish {
                    plan: (**plan).clone(),
                    deletes_old: choice == 1,
                }))
            }
            Some(Rotation::Waiting(..)) if choice == 0 => None,
            Some(Rotation::Planning(_) | Rotation::Running { .. }) | None => return Step::idle(),
            Some(_) => return self.leave_rotation(facts),
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
