//! What was said on the command line: a conversation to go on with, a model, a first question.

use super::state::Chat;
use super::update::trouble;
use super::words;
use crate::domain::conversation::Conversation;
use crate::domain::diagnosis::Diagnosis;
use crate::flow::talk::Opening;
use crate::flow::{Effect, Facts, Step, Ticket};

/// Where what was said on the command line stands.
#[derive(Debug, Default)]
pub(super) enum Opened {
    /// Nothing was said, or it is done.
    #[default]
    Done,
    /// It waits until it is known which server and model are meant here.
    Said(Opening),
    /// It waits for the conversation that it goes on with.
    Resuming(Ticket, Opening),
}

impl Chat {
    /// A chat that begins with this.
    pub fn opening(opening: Opening) -> Self {
        Self {
            opened: Opened::Said(opening),
            ..Self::default()
        }
    }

    /// Does what was said, as soon as it is known which server and model are meant here.
    pub(super) fn open_as_said(&mut self, facts: &Facts) -> Step {
        if self.is_unsettled(facts) {
            return Step::idle();
        }
        match std::mem::take(&mut self.opened) {
            Opened::Said(mut opening) => match opening.resume.take() {
                Some(id) => {
                    let ticket = self.tickets.take();
                    self.listing = Some(ticket);
                    self.opened = Opened::Resuming(ticket, opening);
                    Step::effect(Effect::LoadTalk { ticket, id })
                }
                None => self.begin_as_said(opening, facts),
            },
            other => {
                self.opened = other;
                Step::idle()
            }
        }
    }

    /// A kept conversation came, or did not.
    pub(super) fn talk_loaded(
        &mut self,
        ticket: Ticket,
        talk: &Result<Option<Box<Conversation>>, Box<Diagnosis>>,
        facts: &Facts,
    ) -> Step {
        let said = match &self.opened {
            Opened::Resuming(waited, _) if *waited == ticket => std::mem::take(&mut self.opened),
            _ => Opened::Done,
        };
        let opening = match said {
            Opened::Resuming(_, opening) => opening,
            Opened::Done | Opened::Said(_) => Opening::default(),
        };
        let failed = match talk {
            Ok(Some(talk)) => {
                let resumed = self.resume_talk((**talk).clone(), facts);
                return resumed.then(self.begin_as_said(opening, facts));
            }
            Ok(None) => trouble(words::TALK_GONE),
            Err(diagnosis) => trouble(diagnosis.title.clone()),
        };
        // It was meant for that conversation: the person sees it, and decides.
        if let Some(question) = opening.question {
            self.set_prompt(&question);
        }
        failed
    }

    /// The model is taken, and the question asked.
    fn begin_as_said(&mut self, opening: Opening, facts: &Facts) -> Step {
        let Opening {
            model, question, ..
        } = opening;
        let chosen = match &model {
            Some(model) => self.choose_model(model, facts),
            None => Step::idle(),
        };
        let is_open = model.is_some() && self.wishes.model != model;
        match question {
            // A part of a name is looked for first: the question goes to the model that is chosen.
            Some(question) if is_open => {
                self.set_prompt(&question);
                chosen
            }
            Some(question) => chosen.then(self.submit(question, facts)),
            None => chosen,
        }
    }
}
