//! What can be chosen in the .env step: what each choice is called, and where it leads.

use super::review::{has_findings, is_unchanged};
use super::winners::Winners;
use super::{Env, Mode, findings, groups, words};
use crate::domain::sighting::short_path;
use crate::flow::env::EnvTarget;
use crate::flow::{Effect, Facts, Intent, Step};
use crate::screens::setup::shared::Shared;
use crate::screens::setup::step_name::StepName;
use crate::screens::setup::steps::{Answer, Go};
use crate::text::Phrase;

/// What can be chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Door {
    ToKey,
    Continue,
    Write,
    WriteTracked,
    Ignore,
    Template,
    Example,
    OtherFile,
    Findings,
    Winners,
    Target(usize),
    Undo,
    Again,
    Raw,
}

impl Env {
    /// What can be chosen on the page as it stands, from top to bottom.
    pub(super) fn doors(&self, shared: &Shared, facts: &Facts) -> Vec<Door> {
        if facts.key.is_none() && !matches!(self.mode, Mode::Choosing) {
            return vec![Door::ToKey];
        }
        match &self.mode {
            Mode::Idle
            | Mode::Preparing(..)
            | Mode::Writing(_)
            | Mode::Looking(_)
            | Mode::Grouping => Vec::new(),
            Mode::Choosing => (0..targets(shared).len()).map(Door::Target).collect(),
            Mode::Reviewing(_, review) if is_unchanged(review) => {
                let mut doors = vec![Door::Continue];
                doors.extend(has_findings(review).then_some(Door::Findings));
                doors.extend([Door::Template, Door::OtherFile, Door::Winners]);
                doors
            }
            Mode::Reviewing(_, review) => {
                let mut doors = vec![Door::Write, Door::OtherFile];
                if review.is_tracked && !self.accepts_tracked {
                    doors = vec![Door::OtherFile, Door::WriteTracked];
                }
                doors.extend(has_findings(review).then_some(Door::Findings));
                doors.extend(review.could_ignore.then_some(Door::Ignore));
                doors.extend([Door::Template, Door::Example, Door::Winners]);
                doors
            }
            Mode::Written(_) => vec![Door::Continue, Door::Undo, Door::OtherFile, Door::Winners],
            Mode::Troubled(_) => vec![Door::OtherFile, Door::Again, Door::Raw],
        }
    }

    /// Goes through a door.
    pub(super) fn open_door(&mut self, door: Door, shared: &mut Shared, facts: &Facts) -> Answer {
        match door {
            Door::ToKey => Answer::go(Go::To(StepName::Key)),
            Door::Continue => Answer::go(Go::Next),
            Door::Write => self.write(),
            Door::WriteTracked => {
                self.accepts_tracked = true;
                self.write()
            }
            Door::Ignore => {
                self.with_ignore = Some(!self.with_ignore.unwrap_or(true));
                self.prepare(shared, facts)
            }
            Door::Template => {
                self.mode = Mode::Grouping;
                Answer::go(Go::Turn)
            }
            Door::Example => {
                self.with_example = !self.with_example;
                self.prepare(shared, facts)
            }
            Door::OtherFile => {
                self.mode = Mode::Choosing;
                Answer::go(Go::Turn)
            }
            Door::Findings => {
                self.look();
                Answer::go(Go::Turn)
            }
            Door::Winners => {
                let (page, answer) = Winners::look_up(shared);
                self.winners = Some(page);
                answer
            }
            Door::Target(at) => {
                self.path = targets(shared).get(at).map(|target| target.path.clone());
                if facts.key.is_none() {
                    // The file waits for a key.
                    self.mode = Mode::Idle;
                    return Answer::go(Go::To(StepName::Key));
                }
                self.prepare(shared, facts).and_go(Go::Turn)
            }
            Door::Undo => match (&self.mode, &shared.saved) {
                (Mode::Written(_), Some(saved)) => {
                    let ticket = shared.tickets.take();
                    self.mode = Mode::Written(ticket);
                    Step::effect(Effect::UndoEnv {
                        ticket,
                        path: saved.path.clone(),
                    })
                    .into()
                }
                _ => Answer::idle(),
            },
            Door::Again => self.prepare(shared, facts).and_go(Go::Turn),
            Door::Raw => match &self.mode {
                Mode::Troubled(diagnosis) => {
                    Step::intent(Intent::ShowTrouble(diagnosis.clone())).into()
                }
                _ => Answer::idle(),
            },
        }
    }

    /// A choice in words, and the note beside it.
    pub(super) fn door_words(
        &self,
        door: Door,
        shared: &Shared,
        facts: &Facts,
    ) -> (String, String) {
        let lang = facts.lang;
        let switch = |is_on: bool| words::switch(is_on).say(lang).to_owned();
        let plain = |phrase: Phrase| (phrase.say(lang).to_owned(), String::new());
        match door {
            Door::ToKey => plain(words::TO_KEY),
            Door::Continue => plain(words::GO_ON),
            Door::Write => plain(words::WRITE),
            Door::WriteTracked => plain(words::WRITE_TRACKED),
            Door::OtherFile => plain(words::OTHER_FILE),
            Door::Undo => plain(words::UNDO),
            Door::Winners => plain(words::WINNERS),
            Door::Findings => match &self.mode {
                Mode::Reviewing(_, review) => findings::door_words(&review.findings, lang),
                _ => (String::new(), String::new()),
            },
            Door::Again => plain(words::AGAIN),
            Door::Raw => plain(words::RAW),
            Door::Ignore => (
                words::IGNORE.say(lang).into(),
                switch(self.with_ignore.unwrap_or(true)),
            ),
            Door::Template => (
                words::TEMPLATE.say(lang).into(),
                match self.groups.as_slice() {
                    [] => format!("{}  {}", switch(false), words::TEMPLATE_NOTE.say(lang)),
                    chosen => format!("{}  {}", switch(true), groups::names(chosen, lang)),
                },
            ),
            Door::Example => (words::EXAMPLE.say(lang).into(), switch(self.with_example)),
            Door::Target(at) => match targets(shared).get(at) {
                Some(target) => (
                    short_path(&target.path, &facts.folder).into_string(),
                    target.why.say(lang),
                ),
                None => (String::new(), String::new()),
            },
        }
    }
}

/// The files a key could go into.
pub(super) fn targets(shared: &Shared) -> &[EnvTarget] {
    shared
        .around
        .as_ref()
        .map_or(&[], |around| &around.env_files)
}
