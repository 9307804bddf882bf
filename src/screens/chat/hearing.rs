//! What comes of a question: pieces of answers, their ends, and stopping them. Each goes to the turn of its own
//! ticket, so that two may come at once.

use std::borrow::Cow;

use super::keeping::keep;
use super::shown;
use super::state::{Chat, Coming};
use crate::domain::chat::{Delta, FinishReason};
use crate::domain::conversation::ReplyState;
use crate::flow::keeping::TalkDeed;
use crate::flow::talk::TalkEnded;
use crate::flow::{Effect, Facts, Step, Ticket};
use crate::text::Lang;

impl Chat {
    /// A piece of the answer came.
    pub(super) fn spoken(&mut self, ticket: Ticket, delta: &Delta, facts: &Facts) -> Step {
        let Some(turn) = self.turn_of(ticket) else {
            return Step::idle();
        };
        match delta {
            Delta::Text(piece) => {
                let Some(piece) = self.behind_seam(turn, piece) else {
                    return Step::idle();
                };
                self.add_text(turn, &piece);
                return keep(grown(turn, &piece, ""), facts);
            }
            Delta::Reasoning(piece) => {
                if let Some(reply) = self.reply_mut(turn) {
                    reply.reasoning.push_str(piece);
                }
                self.shown_of(turn).reasoning(turn, piece);
                return keep(grown(turn, "", piece), facts);
            }
            Delta::Started(head) => {
                let head = head.clone();
                if let Some(reply) = self.reply_mut(turn) {
                    reply.model = head.model;
                    reply.provider = head.provider;
                    reply.generation_id = head.generation_id;
                }
                self.rename_answer(turn, facts.lang);
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
                    FinishReason::Other(word) => ReplyState::Odd(word.clone()),
                    FinishReason::Stop | FinishReason::ToolCalls | FinishReason::Error => {
                        ReplyState::Whole
                    }
                };
                if let Some(reply) = self.reply_mut(turn) {
                    reply.state = state;
                }
                return Step::idle();
            }
            Delta::ToolCall(name) => {
                if let Some(reply) = self.reply_mut(turn) {
                    reply.tool_calls.push(name.clone());
                }
                return Step::idle();
            }
            Delta::KeepAlive | Delta::Broke(_) | Delta::Done => {
                return Step::idle();
            }
        }
        Step::changed()
    }

    /// It became known who answers.
    fn rename_answer(&mut self, turn: usize, lang: Lang) {
        let name = match &self.pair {
            Some(pair) if pair.has(turn) => shown::name(&self.talk.turns[turn], lang),
            _ => shown::heading(&self.talk, turn, lang),
        };
        self.shown_of(turn).name(turn, &name);
    }

    fn add_text(&mut self, turn: usize, piece: &str) {
        self.talk.turns[turn].text.push_str(piece);
        self.shown_of(turn).text(turn, piece);
    }

    /// What a piece adds to its answer: nothing yet while the answer goes on in the midst of code and it is not known
    /// whether it opens the block once more.
    fn behind_seam<'a>(&mut self, turn: usize, piece: &'a str) -> Option<Cow<'a, str>> {
        let mut all = self.coming.iter_mut();
        let Some(coming) = all.find(|coming| coming.turn == turn) else {
            return Some(Cow::Borrowed(piece));
        };
        let Some(seam) = &mut coming.seam else {
            return Some(Cow::Borrowed(piece));
        };
        let known = seam.take(piece)?;
        coming.seam = None;
        Some(Cow::Owned(known))
    }

    /// An answer comes no more, from this place among those that are coming; what was held back of it stands.
    fn leave_coming(&mut self, at: usize) -> Coming {
        let mut coming = self.coming.remove(at);
        if let Some(mut seam) = coming.seam.take() {
            self.add_text(coming.turn, &seam.rest());
        }
        coming
    }

    /// An answer ended, well or not: what came stands.
    pub(super) fn spoken_out(&mut self, ticket: Ticket, ended: &TalkEnded, facts: &Facts) -> Step {
        let Some(at) = self.coming.iter().position(|it| it.ticket == ticket) else {
            return Step::idle();
        };
        let turn = self.leave_coming(at).turn;
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
        if let Some(trouble) = &ended.trouble {
            self.troubles.insert(turn, trouble.clone());
        }
        let kept = self.finish(turn, facts);
        if ended.trouble.is_some() {
            // What was queued waits: the person should see what happened first.
            return kept;
        }
        kept.then(self.ask_next(facts))
    }

    /// Stops the answer of a turn; what came is kept.
    pub(super) fn stop(&mut self, turn: usize, facts: &Facts) -> Step {
        let Some(at) = self.coming.iter().position(|coming| coming.turn == turn) else {
            return Step::idle();
        };
        let Coming { ticket, .. } = self.leave_coming(at);
        if let Some(reply) = self.reply_mut(turn) {
            reply.state = ReplyState::Stopped;
        }
        let kept = self.finish(turn, facts);
        kept.and_effect(Effect::Cancel(ticket))
    }

    /// Stops everything that is coming.
    pub(super) fn stop_all(&mut self, facts: &Facts) -> Step {
        let turns: Vec<usize> = self.coming.iter().map(|coming| coming.turn).collect();
        let stops = turns.into_iter().map(|turn| self.stop(turn, facts));
        stops.reduce(Step::then).unwrap_or_else(Step::idle)
    }

    /// Shows the figures of an answer that will not grow any more, has it kept whole, and asks for its cost where
    /// that is missing.
    fn finish(&mut self, turn: usize, facts: &Facts) -> Step {
        self.count_again();
        self.note_length(turn);
        self.show_figures(turn, facts.lang);
        self.shown_of(turn).end(turn);
        self.show_trouble(turn, facts.lang);
        let kept = self.keep_finished(turn, facts);
        kept.then(self.await_bill(turn))
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
