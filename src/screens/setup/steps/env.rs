//! Step 4: the key goes into the project's .env, after its change was seen.

mod doors;
mod findings;
mod groups;
mod review;
mod winners;
mod words;

use super::{Answer, Go, Mark, WizardStep};
use crate::domain::diagnosis::{Act, Diagnosis};
use crate::domain::secret::Secret;
use crate::domain::service_group::ServiceGroup;
use crate::domain::sighting::Place;
use crate::flow::env::{EnvPlan, EnvReview};
use crate::flow::step::Fact as AppFact;
use crate::flow::{Effect, Facts, Intent, Notice, Reply, Step, Ticket};
use crate::screens::setup::page_parts;
use crate::screens::setup::shared::Shared;
use crate::screens::setup::step_name::StepName;
use crate::text::Said;
use crate::ui::page::Page;
use findings::{Heard, Looking};
use review::{has_findings, is_unchanged, write_leaks, write_notes, write_review, write_saved};
use winners::Winners;

/// The step.
#[derive(Debug, Default)]
pub struct Env {
    mode: Mode,
    /// The file, once one was chosen.
    path: Option<std::path::PathBuf>,
    groups: Vec<ServiceGroup>,
    with_ignore: Option<bool>,
    with_example: bool,
    /// The key and the base URL that the last change was worked out for.
    planned: Option<(Secret, String)>,
    /// The person said yes to a file that git tracks.
    accepts_tracked: bool,
    /// The page that tells which program reads which key, while it is open. What stands behind it goes
    /// on hearing its answers.
    winners: Option<Winners>,
}

#[derive(Debug, Default)]
enum Mode {
    #[default]
    Idle,
    /// Choosing among files.
    Choosing,
    /// Choosing groups of the service template.
    Grouping,
    /// The change is being worked out.
    Preparing(Ticket, Then),
    /// The change is shown.
    Reviewing(Ticket, Box<EnvReview>),
    /// What else there is about the file is looked at; the change that was shown waits.
    Looking(Box<Looking>),
    /// The change is being written.
    Writing(Ticket),
    /// Written; the ticket takes it back.
    Written(Ticket),
    /// Something is in the way.
    Troubled(Box<Diagnosis>),
}

/// What is shown once a change is worked out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Then {
    /// The change.
    Review,
    /// What else there is about the file, where anything is left: one finding was just mended.
    Look,
}

impl Env {
    fn prepare(&mut self, shared: &mut Shared, facts: &Facts) -> Answer {
        let Some(key) = &facts.key else {
            return Answer::stay();
        };
        let first = shared
            .around
            .as_ref()
            .and_then(|around| around.env_files.first());
        let Some(path) = self
            .path
            .clone()
            .or_else(|| first.map(|file| file.path.clone()))
        else {
            return Answer::stay();
        };
        let ticket = shared.tickets.take();
        self.mode = Mode::Preparing(ticket, Then::Review);
        self.accepts_tracked = false;
        self.planned = Some((key.secret.clone(), facts.base_url.clone()));
        let plan = EnvPlan {
            path,
            key: key.secret.clone(),
            base_url: facts.base_url.clone(),
            groups: self.groups.clone(),
            with_ignore: self.with_ignore.unwrap_or(true),
            with_example: self.with_example,
        };
        Step::effect(Effect::ReviewEnv { ticket, plan }).into()
    }

    fn write(&mut self) -> Answer {
        let Mode::Reviewing(ticket, _) = self.mode else {
            return Answer::idle();
        };
        self.mode = Mode::Writing(ticket);
        Step::effect(Effect::WriteEnv { ticket }).into()
    }

    /// A change is shown that is not written.
    fn is_pending(&self) -> bool {
        matches!(&self.mode, Mode::Reviewing(_, review) if !is_unchanged(review))
    }

    /// Turns to the findings about the file whose change is shown.
    fn look(&mut self) {
        self.mode = match std::mem::take(&mut self.mode) {
            Mode::Reviewing(ticket, review) => Mode::Looking(Box::new(Looking::at(ticket, review))),
            other => other,
        };
    }

    /// Does what the page of findings has led to.
    fn heed(&mut self, heard: Heard, shared: &mut Shared, facts: &Facts) -> Answer {
        match heard {
            Heard::Answer(answer) => answer,
            Heard::Back => {
                if let Mode::Looking(looking) = std::mem::take(&mut self.mode) {
                    self.mode = Mode::Reviewing(looking.ticket, looking.review);
                }
                Answer::go(Go::Turn)
            }
            Heard::Mended(said) => {
                let told = Step::intent(Intent::Tell(Notice::news(said)));
                let mut answer = self.prepare(shared, facts);
                if let Mode::Preparing(_, then) = &mut self.mode {
                    *then = Then::Look;
                }
                answer.step = told.then(answer.step);
                answer.and_go(Go::Turn)
            }
        }
    }
}

impl WizardStep for Env {
    fn page<'a>(&'a self, shared: &'a Shared, facts: &Facts) -> Page<'a> {
        let lang = facts.lang;
        let mut page = page_parts::step_page(StepName::Env, lang);
        if let Some(winners) = &self.winners {
            winners.write(&mut page, self.is_pending(), facts);
            return page;
        }
        if let Mode::Looking(looking) = &self.mode {
            looking.write(&mut page, facts);
            return page;
        }
        if let (Mode::Grouping, Some(_)) = (&self.mode, &facts.key) {
            groups::write(&mut page, &self.groups, lang);
            return page;
        }
        if facts.key.is_none() && !matches!(self.mode, Mode::Choosing) {
            page.say(words::NO_KEY.say(lang));
        } else {
            match &self.mode {
                Mode::Idle | Mode::Preparing(..) | Mode::Looking(_) | Mode::Grouping => {
                    page_parts::working(&mut page, words::PREPARING.say(lang));
                }
                Mode::Writing(_) => page_parts::working(&mut page, words::WRITING.say(lang)),
                Mode::Choosing => page.say(words::WHICH.say(lang)),
                Mode::Reviewing(_, review) => write_review(&mut page, review, facts),
                Mode::Written(_) => write_saved(&mut page, shared, facts),
                Mode::Troubled(diagnosis) => page_parts::trouble(&mut page, diagnosis, lang),
            }
        }
        match &self.mode {
            Mode::Reviewing(_, review) => {
                let here = review.files.first().map(|file| &file.path);
                write_leaks(&mut page, here, shared, facts);
            }
            Mode::Written(_) => {
                let here = shared.saved.as_ref().map(|saved| &saved.path);
                write_leaks(&mut page, here, shared, facts);
            }
            _ => (),
        }
        page.gap();
        for door in self.doors(shared, facts) {
            let (label, note) = self.door_words(door, shared, facts);
            page.choice(label, note);
        }
        if let (Mode::Reviewing(_, review), Some(_)) = (&self.mode, &facts.key) {
            write_notes(&mut page, review, facts);
        }
        page
    }

    fn choose(&mut self, choice: usize, shared: &mut Shared, facts: &Facts) -> Answer {
        if self.winners.take().is_some() {
            return Answer::go(Go::Turn);
        }
        if let Mode::Looking(looking) = &mut self.mode {
            let heard = looking.choose(choice, shared);
            return self.heed(heard, shared, facts);
        }
        if matches!(self.mode, Mode::Grouping) && facts.key.is_some() {
            if groups::toggle(&mut self.groups, choice) {
                return Answer::stay();
            }
            return self.prepare(shared, facts).and_go(Go::Turn);
        }
        match self.doors(shared, facts).get(choice) {
            Some(&door) => self.open_door(door, shared, facts),
            None => Answer::idle(),
        }
    }

    fn enter(&mut self, shared: &mut Shared, facts: &Facts) -> Answer {
        self.winners = None;
        if shared.wanted == Some(Act::OtherFile) {
            self.mode = Mode::Choosing;
            return Answer::go(Go::Turn);
        }
        let wanted = facts.key.as_ref().map(|key| &key.secret);
        let is_planned = self
            .planned
            .as_ref()
            .is_some_and(|(key, base_url)| Some(key) == wanted && *base_url == facts.base_url);
        match self.mode {
            // What was written is not what is in use any more.
            Mode::Written(_) if !is_planned => self.prepare(shared, facts),
            Mode::Written(_) | Mode::Writing(_) | Mode::Looking(_) => Answer::stay(),
            _ => self.prepare(shared, facts),
        }
    }

    fn receive(&mut self, reply: &Reply, shared: &mut Shared, facts: &Facts) -> Answer {
        match reply {
            Reply::EnvReviewed { ticket, review } => {
                let Mode::Preparing(waiting, then) = self.mode else {
                    return Answer::idle();
                };
                if waiting != *ticket {
                    return Answer::idle();
                }
                self.mode = match review {
                    Ok(review) => Mode::Reviewing(*ticket, review.clone()),
                    Err(diagnosis) => Mode::Troubled(diagnosis.clone()),
                };
                let has_more = review.as_ref().is_ok_and(|review| has_findings(review));
                if then == Then::Look && has_more {
                    self.look();
                }
                Answer::stay()
            }
            Reply::CureReviewed { .. } | Reply::CureApplied { .. } => match &mut self.mode {
                Mode::Looking(looking) => {
                    let heard = looking.receive(reply);
                    self.heed(heard, shared, facts)
                }
                _ => Answer::idle(),
            },
            Reply::WinnersFound { .. } => match &mut self.winners {
                Some(winners) => winners.receive(reply),
                None => Answer::idle(),
            },
            Reply::EnvWritten { ticket, saved } => {
                let Mode::Writing(waiting) = self.mode else {
                    return Answer::idle();
                };
                if waiting != *ticket {
                    return Answer::idle();
                }
                match saved {
                    Ok(saved) => {
                        let path = saved.path.display();
                        let wrote = Said::new(words::WROTE, &[&path, &saved.line]);
                        self.mode = Mode::Written(*ticket);
                        shared.saved = Some(saved.clone());
                        let adopt = Intent::Adopt(AppFact::Wrote(wrote));
                        let has_key = Intent::Adopt(AppFact::KeyWritten(true));
                        Answer::from(Step::intent(adopt).and_intent(has_key)).and_go(Go::Turn)
                    }
                    Err(diagnosis) => {
                        self.mode = Mode::Troubled(diagnosis.clone());
                        Answer::go(Go::Turn)
                    }
                }
            }
            Reply::EnvUndone { ticket, outcome } => {
                let Mode::Written(waiting) = self.mode else {
                    return Answer::idle();
                };
                if waiting != *ticket {
                    return Answer::idle();
                }
                match outcome {
                    Ok(said) => {
                        shared.saved = None;
                        let told = Step::intent(Intent::Adopt(AppFact::Wrote(said.clone())))
                            .and_intent(Intent::Adopt(AppFact::KeyWritten(false)));
                        let mut answer = self.prepare(shared, facts);
                        answer.step = told.then(answer.step);
                        answer.and_go(Go::Turn)
                    }
                    Err(diagnosis) => {
                        self.mode = Mode::Troubled(diagnosis.clone());
                        Answer::go(Go::Turn)
                    }
                }
            }
            // The files were looked for while this page was open already.
            Reply::Surroundings(_) if matches!(self.mode, Mode::Idle) => Answer::stay(),
            _ => Answer::idle(),
        }
    }

    fn back(&mut self, shared: &mut Shared, facts: &Facts) -> Option<Answer> {
        if self.winners.take().is_some() {
            return Some(Answer::go(Go::Turn));
        }
        if let Mode::Looking(looking) = &mut self.mode {
            let heard = looking.back();
            return Some(self.heed(heard, shared, facts));
        }
        match self.mode {
            Mode::Grouping if facts.key.is_some() => {
                Some(self.prepare(shared, facts).and_go(Go::Turn))
            }
            Mode::Choosing if facts.key.is_none() => {
                self.mode = Mode::Idle;
                Some(Answer::go(Go::Turn))
            }
            Mode::Choosing | Mode::Troubled(_) if facts.key.is_some() => {
                self.path = None;
                Some(self.prepare(shared, facts).and_go(Go::Turn))
            }
            _ => None,
        }
    }

    fn mark(&self, shared: &Shared, facts: &Facts) -> Mark {
        let Some(key) = &facts.key else {
            return Mark::Todo;
        };
        let is_there = shared
            .around
            .iter()
            .flat_map(|around| &around.keys)
            .any(|sighting| {
                matches!(sighting.place, Place::Dotenv { .. }) && sighting.secret == key.secret
            });
        match self.mode {
            Mode::Writing(_) => Mark::Running,
            Mode::Troubled(_) => Mark::Attention,
            _ if shared.saved.is_some() || is_there => Mark::Done,
            _ => Mark::Todo,
        }
    }
}
