//! The way of a question to its answer.
//!
//! ```text
//! submit ─> Compose ─> Composed ─┬> Converse ─> (hearing)
//!                                └> Converse ─> (hearing)   two models at once
//! ```

use super::state::{Chat, Coming, Place, Question, Queued, Whom, card_of};
use super::update::{news, trouble};
use super::{pair, words};
use crate::domain::chat::{ChatRequest, Message};
use crate::domain::clean_text::CleanText;
use crate::domain::conversation::{Reply as Answer, ReplyState, Speaker};
use crate::domain::model_card::{ModelCard, names_prices};
use crate::flow::menu::Menu;
use crate::flow::talk::{Asked, Composed, Draft, Talk};
use crate::flow::usage::Account;
use crate::flow::{Effect, Fact, Facts, Intent, Step};
use crate::screens::sheet::Given;
use crate::text::Said;

/// The name of the question whether something is to be sent as it is.
pub(super) const SEND_ANYWAY: &str = "send-anyway";

impl Chat {
    /// Asks what the person typed, or keeps it until the answer that is coming is there.
    pub(super) fn submit(&mut self, text: String, facts: &Facts) -> Step {
        if self.must_choose() {
            if self.prompt.is_empty() {
                self.set_prompt(&text);
            }
            return trouble(pair::words::CHOOSE_FIRST);
        }
        let whom = if self.is_unsettled(facts) {
            self.addressed.clone()
        } else if self.is_busy() {
            self.whom_behind(facts)
        } else {
            Some(self.whom_typed(facts))
        };
        self.addressed = None;
        self.ask_of(text, whom, facts)
    }

    /// Asks these, or keeps the question until what is under way is there.
    pub(super) fn ask_of(&mut self, text: String, whom: Option<Whom>, facts: &Facts) -> Step {
        let edited = self.editing.take();
        let queued = Queued { text, edited, whom };
        if self.asks_later(facts) {
            self.queue.push_back(queued);
            return Step::changed();
        }
        self.ask(queued, facts)
    }

    fn ask(&mut self, queued: Queued, facts: &Facts) -> Step {
        let Queued { text, edited, whom } = queued;
        let place = edited.map_or(Place::Behind(self.talk.tip), Place::InsteadOf);
        let whom = whom.unwrap_or_else(|| self.whom(facts));
        self.compose(Question { text, place, whom }, facts)
    }

    /// Has a question made ready, unless what this conversation may cost is used up.
    pub(super) fn compose(&mut self, question: Question, facts: &Facts) -> Step {
        let waited = self.wait_no_longer();
        if let (Some(budget), Some(cost)) = (self.wishes.budget, self.talk.cost())
            && cost >= budget
        {
            self.give_back(question, facts);
            return waited.then(trouble(Said::new(words::OVER_BUDGET, &[&budget])));
        }
        let ticket = self.tickets.take();
        let asked = |model: &String| Asked {
            model: model.clone(),
            card: card_of(model, facts).cloned(),
        };
        let draft = Draft {
            account: account(facts),
            text: question.text.clone(),
            new_rules: self.new_rules().map(str::to_owned),
            asked: question.whom.models().iter().map(asked).collect(),
            fallbacks: self.wishes.fallbacks().iter().map(asked).collect(),
            lists_prices: facts.models.as_ref().map(|list| names_prices(&list.value)),
            tokens_before: self.tokens_to(self.before(question.place)),
            max_tokens: self.wishes.max_tokens,
        };
        self.composing = Some((ticket, question));
        waited.and_effect(Effect::Compose {
            ticket,
            draft: Box::new(draft),
        })
    }

    /// Asks the question of a turn once more; its answers stand side by side. An answer is gone on with.
    pub(super) fn ask_again(&mut self, question: usize, whom: Whom, facts: &Facts) -> Step {
        let text = if self.talk.is_answer(question) {
            self.go_on_words(question, facts.lang)
        } else {
            self.talk.turns[question].text.clone()
        };
        let place = Place::Again(question);
        self.compose(Question { text, place, whom }, facts)
    }

    /// The question is ready. What looks secret in it, and files that do not go along, are asked about first.
    pub(super) fn composed(&mut self, composed: &Composed, facts: &Facts) -> Step {
        if let (Some((_, question)), Some(budget)) = (&self.composing, self.wishes.budget)
            && self
                .longest_answer(&question.whom, composed.tokens, facts)
                .is_none()
        {
            let stopped = trouble(Said::new(words::PAST_BUDGET, &[&budget]));
            return self.take_back(facts).then(stopped);
        }
        let is_asked = composed.over_budget.is_some() || !composed.secrets.is_empty();
        if !is_asked && composed.refused.is_empty() {
            let sent = self.send_composed(composed, facts);
            return match &composed.absent {
                Some(said) => sent.then(news(said.clone())),
                None => sent,
            };
        }
        self.asked_about = Some(Box::new(composed.clone()));
        let mut menu = Menu::new(SEND_ANYWAY, words::BEFORE_SENDING);
        if let Some(said) = &composed.over_budget {
            menu = menu.say(said.clone());
        }
        if !composed.refused.is_empty() {
            menu = menu.say(words::NOT_ALONG);
        }
        let beside = composed.passed_over.iter().chain(&composed.absent);
        for said in composed.refused.iter().chain(beside) {
            menu = menu.say(said.clone());
        }
        if !composed.secrets.is_empty() {
            menu = menu.say(words::LOOKS_SECRET);
        }
        for said in &composed.secrets {
            menu = menu.say(said.clone());
        }
        let menu = menu.answer(words::GO_BACK, None);
        Step::intent(Intent::Ask(menu.answer(words::SEND_IT, None).yes(1)))
    }

    /// The answer to whether it is to be sent.
    pub(super) fn agreed(&mut self, given: &Given, facts: &Facts) -> Step {
        let Some(composed) = self.asked_about.take() else {
            return Step::idle();
        };
        if *given == Given::Choice(1) {
            return self.send_composed(&composed, facts);
        }
        self.take_back(facts)
    }

    /// The question goes back into the editor.
    pub(super) fn take_back(&mut self, facts: &Facts) -> Step {
        self.asked_about = None;
        if let Some((_, question)) = self.composing.take() {
            self.give_back(question, facts);
        }
        Step::changed()
    }

    /// What will not be asked can be changed, or waits where something else is being typed already.
    fn give_back(&mut self, question: Question, facts: &Facts) {
        let edited = match question.place {
            Place::Again(_) => return,
            Place::Behind(_) => None,
            Place::InsteadOf(turn) => Some(turn),
        };
        let queued = Queued {
            text: question.text,
            edited,
            whom: Some(question.whom),
        };
        if self.prompt.is_empty() {
            self.put_back(queued, facts);
        } else {
            self.queue.push_front(queued);
        }
    }

    /// A question stands in the editor again, with its place and those whom it goes to.
    fn put_back(&mut self, queued: Queued, facts: &Facts) {
        let Queued { text, edited, whom } = queued;
        self.set_prompt(&text);
        self.editing = edited;
        let usual = self.whom(facts);
        self.addressed = whom.filter(|whom| *whom != usual);
    }

    /// The first that waits stands in the editor; what is being typed there waits behind the others.
    pub(super) fn take_waiting(&mut self, facts: &Facts) -> Step {
        if self.is_by_lines {
            self.queue.clear();
            return news(words::NOT_ASKED);
        }
        let Some(first) = self.queue.pop_front() else {
            return Step::idle();
        };
        // A command is no question.
        if !self.prompt.is_empty() && !self.prompt.begins_with('/') {
            self.queue.push_back(Queued {
                text: self.prompt.text(),
                edited: None,
                whom: Some(self.whom_typed(facts)),
            });
        }
        self.put_back(first, facts);
        Step::changed()
    }

    /// The question stands in the conversation, and is asked.
    fn send_composed(&mut self, composed: &Composed, facts: &Facts) -> Step {
        let Some((_, question)) = self.composing.take() else {
            return Step::idle();
        };
        self.agreed_rules.clone_from(&self.talk.system);
        if self.talk.turns.is_empty() {
            self.talk.id.clone_from(&composed.fresh_id);
            self.talk.project.clone_from(&composed.project);
            self.talk.begun = composed.at;
        }
        let mut kept = Step::changed();
        let turn = match question.place {
            Place::Again(turn) => turn,
            place => {
                let parent = self.before(place);
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
        let asked = kept.then(self.ask_models(turn, &question.whom, composed, facts));
        match composed.passed_over.as_slice() {
            [] => asked,
            [one] => asked.then(news(one.clone())),
            [first, ..] => asked.then(news(Said::joined(
                words::AND_OTHERS,
                std::slice::from_ref(first),
            ))),
        }
    }

    /// Asks those whom a question goes to; two side by side, or one in the place of what is on show.
    fn ask_models(
        &mut self,
        question: usize,
        whom: &Whom,
        composed: &Composed,
        facts: &Facts,
    ) -> Step {
        let longest = self.longest_answer(whom, composed.tokens, facts);
        let longest = longest.unwrap_or(self.wishes.max_tokens);
        let mut asked = Step::changed();
        match whom {
            Whom::One(model) => {
                self.pair = None;
                let (_, step) = self.ask_model(question, model, longest, composed, facts);
                asked = asked.then(step);
                self.show_branch(facts);
            }
            Whom::Both(models) => {
                let turns = models.each_ref().map(|model| {
                    let (turn, step) = self.ask_model(question, model, longest, composed, facts);
                    asked = std::mem::take(&mut asked).then(step);
                    turn
                });
                self.show_pair(question, turns, facts);
            }
            Whom::Side(side, model) => {
                let (turn, step) = self.ask_model(question, model, longest, composed, facts);
                asked = asked.then(step);
                self.replace_side(*side, turn, facts);
            }
        }
        asked
    }

    /// Asks a model for an answer to a turn, one more where there is one already; the turn of the answer.
    fn ask_model(
        &mut self,
        question: usize,
        model: &str,
        longest: u32,
        composed: &Composed,
        facts: &Facts,
    ) -> (usize, Step) {
        let (model, shown) = (model.to_owned(), CleanText::line(model));
        let mut messages = self.messages(Some(question));
        if self.talk.is_answer(question) {
            messages.push(Message::user(composed.sent.clone()));
        }
        let unread = leave_out_unread(&mut messages, card_of(&model, facts));
        let seam = self.seam(question);
        let request = ChatRequest {
            session: Some(self.talk.id.clone()),
            max_tokens: longest,
            ..self
                .wishes
                .request(&model, messages, card_of(&model, facts))
        };
        let recent = Step::intent(Intent::Adopt(Fact::Recent(model.clone())));
        let answer = Answer {
            asked: model,
            terms: self.wishes.terms.clone(),
            ..Answer::default()
        };
        let speaker = Speaker::Model(Box::new(answer));
        let turn = self
            .talk
            .add(Some(question), composed.at, speaker, String::new());
        let ticket = self.tickets.take();
        self.coming.push(Coming { ticket, turn, seam });
        let kept = self.keep_added(turn, facts);
        let told = match unread {
            0 => Step::changed(),
            _ => news(Said::new(words::UNREAD_MEDIA, &[&shown, &unread])),
        };
        let asked = kept.then(recent).then(told).and_effect(Effect::Converse {
            ticket,
            talk: Box::new(Talk {
                account: account(facts),
                request,
            }),
        });
        (turn, asked)
    }

    /// Lays the branch on show out anew.
    pub(super) fn show_branch(&mut self, facts: &Facts) {
        self.shown.show(&self.talk, facts.lang);
        for turn in self.talk.ends(self.shown.turns()) {
            if self.was_ended(turn) {
                self.show_figures(turn, facts.lang);
            }
            self.show_trouble(turn, facts.lang);
        }
        self.count_again();
    }

    /// Whether the program was ended in the midst of an answer.
    fn was_ended(&self, turn: usize) -> bool {
        let reply = self.talk.turns[turn].reply();
        let is_open = reply.is_some_and(|reply| reply.state == ReplyState::Coming);
        is_open && !self.is_coming(turn)
    }

    /// Counts what is sent again with the next question: when it changed, not at every key.
    pub(super) fn count_again(&mut self) {
        self.tokens_said = self.tokens_to(self.talk.tip);
    }

    /// The wait before a question is asked again is over, where there is one: something else is asked.
    pub(super) fn wait_no_longer(&mut self) -> Step {
        match self.waiting.take() {
            Some(waiting) => Step::effect(Effect::Cancel(waiting.ticket)),
            None => Step::changed(),
        }
    }

    /// Whether Enter asks what waits: nothing else stands in the editor, and nothing is under way.
    pub(super) fn sends_waiting(&self, facts: &Facts) -> bool {
        let may_ask = !self.asks_later(facts) && self.pair.is_none();
        may_ask && !self.queue.is_empty() && self.prompt.is_empty()
    }

    /// Asks what waits, once nothing is under way and nothing is to be chosen.
    pub(super) fn ask_next(&mut self, facts: &Facts) -> Step {
        if self.asks_later(facts) || self.pair.is_some() {
            return Step::changed();
        }
        match self.queue.pop_front() {
            Some(queued) => self.ask(queued, facts),
            None => Step::changed(),
        }
    }
}

/// Takes out of earlier questions the pictures and documents that a model does not read; how many.
fn leave_out_unread(messages: &mut [Message], card: Option<&ModelCard>) -> usize {
    let Some(card) = card else { return 0 };
    let mut left_out = 0;
    for message in messages {
        let before = message.media.len();
        message.media.retain(|media| card.reads(media.kind));
        left_out += before - message.media.len();
    }
    left_out
}

/// Whose money is spent.
pub(super) fn account(facts: &Facts) -> Account {
    Account {
        key: facts.key.as_ref().map(|key| key.secret.clone()),
        server: facts.base_url.clone(),
    }
}
