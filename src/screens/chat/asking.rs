//! The way of a question to its answer.
//!
//! ```text
//! submit ─> Compose ─> Composed ─> Converse ─> Spoken … ─> SpokenOut ─> the next in the queue
//! ```

use super::state::{Chat, Coming, Place, Question};
use crate::domain::chat::{ChatRequest, Delta, FinishReason};
use crate::domain::conversation::{Reply as Answer, ReplyState, Speaker};
use crate::flow::talk::{Composed, Draft, Talk, TalkEnded};
use crate::flow::usage::Account;
use crate::flow::{Effect, Facts, Step};

impl Chat {
    /// Asks what the person typed, or keeps it until the answer that is coming is there.
    pub(super) fn submit(&mut self, text: String, facts: &Facts) -> Step {
        if self.is_busy() {
            self.queue.push_back(text);
            return Step::changed();
        }
        let parent = match self.editing.take() {
            Some(edited) => self.talk.turns.get(edited).and_then(|turn| turn.parent),
            None => self.talk.tip,
        };
        let place = Place::Behind(parent);
        self.compose(Question { text, place }, facts)
    }

    fn compose(&mut self, question: Question, facts: &Facts) -> Step {
        let ticket = self.tickets.take();
        let draft = Draft {
            account: account(facts),
            text: question.text.clone(),
        };
        self.composing = Some((ticket, question));
        Step::effect(Effect::Compose {
            ticket,
            draft: Box::new(draft),
        })
    }

    /// Asks the question of a turn once more; its answers stand side by side.
    pub(super) fn ask_again(&mut self, question: usize, facts: &Facts) -> Step {
        let text = self.talk.turns[question].text.clone();
        let place = Place::Again(question);
        self.compose(Question { text, place }, facts)
    }

    /// The question is ready: it stands in the conversation, and is asked.
    pub(super) fn composed(&mut self, composed: &Composed, facts: &Facts) -> Step {
        let Some((_, question)) = self.composing.take() else {
            return Step::idle();
        };
        if self.talk.turns.is_empty() {
            self.talk.id.clone_from(&composed.fresh_id);
            self.talk.project.clone_from(&composed.project);
            self.talk.begun = composed.at;
        }
        let turn = match question.place {
            Place::Again(turn) => turn,
            Place::Behind(parent) => {
                let person = Speaker::Person {
                    attached: Vec::new(),
                };
                self.talk.add(parent, composed.at, person, question.text)
            }
        };
        self.answer_to(turn, composed, facts)
    }

    /// Asks for an answer to a turn; one more, where there is one already.
    fn answer_to(&mut self, question: usize, composed: &Composed, facts: &Facts) -> Step {
        let model = self.model(facts).to_owned();
        let messages = self.messages(Some(question));
        let request = ChatRequest {
            session: Some(self.talk.id.clone()),
            ..ChatRequest::new(model.clone(), messages, self.wishes.max_tokens)
        };
        let answer = Answer {
            asked: model,
            ..Answer::default()
        };
        let speaker = Speaker::Model(Box::new(answer));
        let turn = self
            .talk
            .add(Some(question), composed.at, speaker, String::new());
        self.trouble = None;
        self.show_branch(facts);
        let ticket = self.tickets.take();
        self.coming = Some(Coming { ticket, turn });
        Step::effect(Effect::Converse {
            ticket,
            talk: Box::new(Talk {
                account: account(facts),
                request,
            }),
        })
    }

    /// Lays the branch on show out anew.
    pub(super) fn show_branch(&mut self, facts: &Facts) {
        self.shown.show(&self.talk, facts.lang);
    }

    /// A piece of the answer came.
    pub(super) fn spoken(&mut self, delta: &Delta) -> Step {
        let Some(Coming { turn, .. }) = self.coming else {
            return Step::idle();
        };
        match delta {
            Delta::Text(piece) => {
                self.talk.turns[turn].text.push_str(piece);
                self.shown.text(turn, piece);
            }
            Delta::Reasoning(piece) => {
                if let Some(reply) = self.reply_mut(turn) {
                    reply.reasoning.push_str(piece);
                }
                self.shown.reasoning(turn, piece);
            }
            Delta::Started(head) => {
                let head = head.clone();
                if let Some(reply) = self.reply_mut(turn) {
                    reply.model = head.model;
                    reply.provider = head.provider;
                    reply.generation_id = head.generation_id;
                }
                if let Some(reply) = self.talk.turns[turn].reply() {
                    self.shown.name(turn, reply);
                }
            }
            Delta::Usage(usage) => {
                let usage = usage.clone();
                if let Some(reply) = self.reply_mut(turn) {
                    reply.prompt_tokens = usage.prompt_tokens;
                    reply.completion_tokens = usage.completion_tokens;
                    reply.reasoning_tokens = usage.reasoning_tokens;
                    reply.cached_tokens = usage.cached_tokens;
                    reply.cost = usage.cost;
                }
            }
            Delta::Finished(reason) => {
                let state = match reason {
                    FinishReason::Length => ReplyState::Cut,
                    FinishReason::ContentFilter => ReplyState::Filtered,
                    _ => ReplyState::Whole,
                };
                if let Some(reply) = self.reply_mut(turn) {
                    reply.state = state;
                }
                return Step::idle();
            }
            Delta::KeepAlive | Delta::ToolCall(_) | Delta::Broke(_) | Delta::Done => {
                return Step::idle();
            }
        }
        Step::changed()
    }

    /// The answer ended, well or not: what came stands.
    pub(super) fn spoken_out(&mut self, ended: &TalkEnded, facts: &Facts) -> Step {
        let Some(Coming { turn, .. }) = self.coming.take() else {
            return Step::idle();
        };
        let ms = |span: std::time::Duration| u64::try_from(span.as_millis()).unwrap_or(u64::MAX);
        if let Some(reply) = self.reply_mut(turn) {
            reply.first_token_ms = ended.first_token.map(ms);
            reply.took_ms = ms(ended.took);
            match &ended.trouble {
                Some(trouble) => reply.state = ReplyState::Broken(trouble.id.to_owned()),
                None if reply.state == ReplyState::Coming => reply.state = ReplyState::Whole,
                None => {}
            }
        }
        self.trouble = ended.trouble.clone().map(|trouble| (turn, trouble));
        self.finish(turn, facts);
        if self.trouble.is_some() {
            // What was queued waits: the person should see what happened first.
            return Step::changed();
        }
        self.ask_next(facts)
    }

    /// Stops the answer; what came is kept.
    pub(super) fn stop(&mut self, facts: &Facts) -> Step {
        let Some(Coming { ticket, turn }) = self.coming.take() else {
            return Step::idle();
        };
        if let Some(reply) = self.reply_mut(turn) {
            reply.state = ReplyState::Stopped;
        }
        self.finish(turn, facts);
        Step::effect(Effect::Cancel(ticket))
    }

    /// Shows the figures of an answer that will not grow any more.
    fn finish(&mut self, turn: usize, facts: &Facts) {
        if let Some(reply) = self.talk.turns[turn].reply() {
            self.shown.end(turn, reply, facts.lang);
        }
        if let Some((_, trouble)) = self.trouble.as_ref().filter(|(of, _)| *of == turn) {
            self.shown.trouble(turn, trouble, facts.lang);
        }
    }

    fn ask_next(&mut self, facts: &Facts) -> Step {
        match self.queue.pop_front() {
            Some(text) => {
                let place = Place::Behind(self.talk.tip);
                self.compose(Question { text, place }, facts)
            }
            None => Step::changed(),
        }
    }
}

/// Whose money is spent.
pub(super) fn account(facts: &Facts) -> Account {
    Account {
        key: facts.key.as_ref().map(|key| key.secret.clone()),
        server: facts.base_url.clone(),
    }
}
