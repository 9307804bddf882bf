//! How long models answered lately: what their next answer is likely to take, and so to cost.

use std::collections::HashMap;

use super::asking::account;
use super::state::Chat;
use crate::domain::conversation::ReplyState;
use crate::flow::{Effect, Facts, Step, Ticket};

/// So many of a model's last answers count.
const MOST: usize = 20;

/// The last answers of models.
#[derive(Debug, Default)]
pub(super) struct Lengths {
    /// The server that they are of.
    server: String,
    /// In tokens, the latest first, by the names that the models are asked by. A model that was asked about stands
    /// here before it is told.
    by_model: HashMap<String, Vec<u64>>,
    awaited: Vec<Ticket>,
}

impl Lengths {
    /// The tokens of a model's last answers, the latest first.
    pub(super) fn of(&self, model: &str) -> &[u64] {
        self.by_model.get(model).map_or(&[], Vec::as_slice)
    }
}

impl Chat {
    /// Asks how long those answered lately whom the question in the editor goes to, once for each of them.
    pub(super) fn learn_lengths(&mut self, facts: &Facts) -> Step {
        if self.prompt.is_empty() || self.prompt.begins_with('/') {
            return Step::idle();
        }
        if self.lengths.server != facts.base_url {
            self.lengths = Lengths {
                server: facts.base_url.clone(),
                ..Lengths::default()
            };
        }
        let whom = self.whom_typed(facts);
        let all = whom.models().iter().chain(self.wishes.fallbacks());
        let known = &self.lengths.by_model;
        let unknown = all.filter(|model| !known.contains_key(*model));
        let models: Vec<String> = unknown.cloned().collect();
        if models.is_empty() {
            return Step::idle();
        }
        let asked = models.iter().map(|model| (model.clone(), Vec::new()));
        self.lengths.by_model.extend(asked);
        let ticket = self.tickets.take();
        self.lengths.awaited.push(ticket);
        Step::effect(Effect::TellLengths {
            ticket,
            account: account(facts),
            models,
        })
    }

    /// They are told. What was heard here meanwhile came later.
    pub(super) fn lengths_told(&mut self, ticket: Ticket, told: &[(String, Vec<u64>)]) -> Step {
        let Some(at) = self.lengths.awaited.iter().position(|of| *of == ticket) else {
            return Step::idle();
        };
        self.lengths.awaited.remove(at);
        for (model, earlier) in told {
            let own = self.lengths.by_model.entry(model.clone()).or_default();
            own.extend(earlier);
            own.truncate(MOST);
        }
        Step::changed()
    }

    /// An answer came to its end: it tells of the next one.
    pub(super) fn note_length(&mut self, turn: usize) {
        let Some(reply) = self.talk.turns[turn].reply() else {
            return;
        };
        let has_ended = !matches!(
            reply.state,
            ReplyState::Coming | ReplyState::Stopped | ReplyState::Broken(_)
        );
        let tokens = reply.completion_tokens.filter(|tokens| *tokens > 0);
        // Of a model that was never asked about all is told later, this answer included.
        if let Some(tokens) = tokens.filter(|_| has_ended)
            && let Some(own) = self.lengths.by_model.get_mut(&reply.asked)
        {
            own.insert(0, tokens);
            own.truncate(MOST);
        }
    }
}
