//! The way of a question to its answer.
//!
//! ```text
//! submit ─> Compose ─> Composed ─> Converse ─> Spoken … ─> SpokenOut ─> the next in the queue
//! ```

use super::keeping::keep;
use super::state::{Chat, Coming, Place, Question};
use super::words;
use crate::domain::chat::{ChatRequest, Delta, FinishReason};
use crate::domain::conversation::{Reply as Answer, ReplyState, Speaker};
use crate::domain::token_estimate;
use crate::flow::keeping::TalkDeed;
use crate::flow::menu::Menu;
use crate::flow::talk::{Composed, Draft, Talk, TalkEnded};
use crate::flow::usage::Account;
use crate::flow::{Effect, Fact, Facts, Intent, Step};
use crate::screens::sheet::Given;

/// The name of the question whether something is to be sent as it is.
pub(super) const SEND_ANYWAY: &str = "send-anyway";

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
            card: self.card(facts).cloned(),
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

    /// The question is ready. What looks secret in it, and files that do not go along, are asked about first.
    pub(super) fn composed(&mut self, composed: &Composed, facts: &Facts) -> Step {
        let is_asked = composed.over_budget.is_some() || !composed.secrets.is_empty();
        if !is_asked && composed.refused.is_empty() {
            return self.send_composed(composed, facts);
        }
        self.asked_about = Some(Box::new(composed.clone()));
        let mut menu = Menu::new(SEND_ANYWAY, words::BEFORE_SENDING);
        if let Some(said) = &composed.over_budget {
            menu = menu.say(said.clone());
        }
        if !composed.refused.is_empty() {
            menu = menu.say(words::NOT_ALONG);
        }
        for said in &composed.refused {
            menu = menu.say(said.clone());
        }
        if !composed.secrets.is_empty() {
            menu = menu.say(words::LOOKS_SECRET);
        }
        for said in &composed.secrets {
            menu = menu.say(said.clone());
        }
        let menu = menu.answer(words::GO_BACK, None);
        Step::intent(Intent::Ask(menu.answer(words::SEND_IT, None)))
    }

    /// The answer to whether it is to be sent.
    pub(super) fn agreed(&mut self, given: &Given, facts: &Facts) -> Step {
        let Some(composed) = self.asked_about.take() else {
            return Step::idle();
        };
        if *given == Given::Choice(1) {
            return self.send_composed(&composed, facts);
        }
        self.take_back()
    }

    /// The question goes back into the editor.
    pub(super) fn take_back(&mut self) -> Step {
        self.asked_about = None;
        if let Some((_, question)) = self.composing.take() {
            self.prompt.set(&question.text);
        }
        Step::changed()
    }

    /// The question stands in the conversation, and is asked.
    fn send_composed(&mut self, composed: &Composed, facts: &Facts) -> Step {
        let Some((_, question)) = self.composing.take() else {
            return Step::idle();
        };
        if self.talk.turns.is_empty() {
            self.talk.id.clone_from(&composed.fresh_id);
            self.talk.project.clone_from(&composed.project);
            self.talk.begun = composed.at;
        }
        let mut kept = Step::changed();
        let turn = match question.place {
            Place::Again(turn) => turn,
            Place::Behind(parent) => {
                let is_more = composed.sent != question.text;
                let person = Speaker::Person {
                    attached: composed.attached.clone(),
                    sent: is_more.then(|| composed.sent.clone()),
                };
                let turn = self.talk.add(parent, composed.at, person, question.text);
                if !composed.media.is_empty() {
                    self.media.insert(turn, composed.media.clone());
                }
                kept = self.keep_added(turn, facts);
                turn
            }
        };
        kept.then(self.answer_to(turn, composed, facts))
    }

    /// Asks for an answer to a turn; one more, where there is one already.
    fn answer_to(&mut self, question: usize, composed: &Composed, facts: &Facts) -> Step {
        let model = self.model(facts).to_owned();
        let messages = self.messages(Some(question));
        let request = ChatRequest {
            session: Some(self.talk.id.clone()),
            ..ChatRequest::new(model.clone(), messages, self.wishes.max_tokens)
        };
        let recent = Step::intent(Intent::Adopt(Fact::Recent(model.clone())));
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
        let kept = self.keep_added(turn, facts);
        kept.then(recent).and_effect(Effect::Converse {
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
        self.count_again();
    }

    /// Counts what is sent again with the next question: when it changed, not at every key.
    fn count_again(&mut self) {
        let said = self.messages(self.talk.tip).into_iter();
        let tokens = said.map(|message| token_estimate::of_text(&message.content));
        self.tokens_said = tokens.sum();
    }

    /// A piece of the answer came.
    pub(super) fn spoken(&mut self, delta: &Delta, facts: &Facts) -> Step {
        let Some(Coming { turn, .. }) = self.coming else {
            return Step::idle();
        };
        match delta {
            Delta::Text(piece) => {
                self.talk.turns[turn].text.push_str(piece);
                self.shown.text(turn, piece);
                return keep(grown(turn, piece, ""), facts);
            }
            Delta::Reasoning(piece) => {
                if let Some(reply) = self.reply_mut(turn) {
                    reply.reasoning.push_str(piece);
                }
                self.shown.reasoning(turn, piece);
                return keep(grown(turn, "", piece), facts);
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
        let kept = self.keep_finished(turn, facts);
        if self.trouble.is_some() {
            // What was queued waits: the person should see what happened first.
            return kept;
        }
        kept.then(self.ask_next(facts))
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
        let kept = self.keep_finished(turn, facts);
        kept.and_effect(Effect::Cancel(ticket))
    }

    /// Shows the figures of an answer that will not grow any more.
    fn finish(&mut self, turn: usize, facts: &Facts) {
        self.count_again();
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

/// An answer grew.
fn grown(turn: usize, text: &str, reasoning: &str) -> TalkDeed {
    TalkDeed::Grow {
        turn,
        text: text.to_owned(),
        reasoning: reasoning.to_owned(),
    }
}

/// Whose money is spent.
pub(super) fn account(facts: &Facts) -> Account {
    Account {
        key: facts.key.as_ref().map(|key| key.secret.clone()),
        server: facts.base_url.clone(),
    }
}
