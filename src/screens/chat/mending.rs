//! What the program can do about a trouble of an answer, on a keypress: the same judgement and the same acts as
//! in the wizard.

use jiff::Timestamp;

use super::limits::said_max_tokens;
use super::state::{Chat, Waiting, Whom};
use super::update::{news, trouble};
use super::words as phrases;
use crate::diagnosis;
use crate::domain::chat::UNASKED_TOOL;
use crate::domain::conversation::{ReplyState, Turn};
use crate::domain::count::grouped;
use crate::domain::diagnosis::{Act, Diagnosis, Fix};
use crate::domain::model_card::FREE_ROUTER;
use crate::flow::effect::StatedWait;
use crate::flow::menu::Menu;
use crate::flow::{Effect, Fact, Facts, Intent, Step, Ticket};
use crate::screens::fixing::{doable, is_doable, may_go_to, open};
use crate::screens::sheet::Given;
use crate::text::{Lang, Phrase, Said};

/// The name of the question what is to be done.
pub(super) const MEND: &str = "mend";

/// How something is done: about a trouble that can be mended, and about an answer that is only poor.
#[derive(Clone, Copy)]
pub(super) struct How {
    mend: Phrase,
    retry: Phrase,
    /// Where asking again is asking for no more than there is room or money for.
    within: Phrase,
}

/// By keys.
pub(super) const BY_KEYS: How = How {
    mend: Phrase::new(
        "Alt+M mends it, Ctrl+T asks again",
        "Alt+M 处理，Ctrl+T 重试",
    ),
    retry: Phrase::new("Ctrl+T asks again", "Ctrl+T 重试"),
    within: Phrase::new(
        "Ctrl+T asks again, for {} tokens at most; Alt+M has more",
        "Ctrl+T 以最多 {} token 重试；Alt+M 查看其他办法",
    ),
};
/// By commands.
pub(super) const BY_COMMANDS: How = How {
    mend: Phrase::new(
        "/mend mends it, /retry asks again",
        "/mend 处理，/retry 重试",
    ),
    retry: Phrase::new("/retry asks again", "/retry 重试"),
    within: Phrase::new(
        "/retry asks again, for {} tokens at most; /mend has more",
        "/retry 以最多 {} token 重试；/mend 查看其他办法",
    ),
};

/// What is wrong with an answer that came to its end without an error, where something is.
fn poor(turn: &Turn, lang: Lang) -> Option<String> {
    const WORDLESS: Phrase = Phrase::new("The answer has no words.", "回答没有文字。");
    const FILTERED: Phrase = Phrase::new(
        "A content filter stopped the answer; another model may give it.",
        "内容过滤器中止了回答；可换一个模型再试。",
    );
    const TOO_SHORT: Phrase = Phrase::new(
        "The answer was cut before its first word; /max-tokens allows a longer one.",
        "回答在出现文字之前就被截断；可用 /max-tokens 放宽长度。",
    );
    let reply = turn.reply()?;
    if let Some(tool) = reply.tool_calls.first() {
        return Some(UNASKED_TOOL.fill(lang, &[&tool.shortened(40)]));
    }
    match reply.state {
        ReplyState::Filtered => Some(FILTERED.say(lang).to_owned()),
        ReplyState::Whole if turn.text.trim().is_empty() => Some(WORDLESS.say(lang).to_owned()),
        ReplyState::Cut if turn.text.trim().is_empty() => Some(TOO_SHORT.say(lang).to_owned()),
        _ => None,
    }
}

impl Chat {
    /// The fixes that are done here and would change something.
    fn fixes<'a>(&self, diagnosis: &'a Diagnosis, facts: &Facts) -> Vec<&'a Fix> {
        let key = facts.key.as_ref().map(|key| &key.secret);
        let model = self.model_that_failed(facts);
        let may = |fix: &&Fix| match &fix.act {
            Act::UseBaseUrl(url) => may_go_to(url, key, facts),
            Act::UseModel(other) => other != model,
            Act::UseFreeModel => model != FREE_ROUTER,
            Act::LowerMaxTokens(tokens) => *tokens < self.wishes.max_tokens,
            _ => true,
        };
        doable(diagnosis).filter(may).collect()
    }

    /// The model that the answer in question was asked of.
    fn model_that_failed<'a>(&'a self, facts: &'a Facts) -> &'a str {
        let turn = match &self.pair {
            Some(pair) => Some(pair.turns()[pair.front()]),
            None => self.last_answer(),
        };
        let reply = turn.and_then(|turn| self.talk.turns[turn].reply());
        reply.map_or_else(|| self.model(facts), |reply| reply.asked.as_str())
    }

    /// The longest answer, in tokens, that there is room or money for, where that is what mends a trouble first.
    fn room_for(&self, diagnosis: &Diagnosis) -> Option<u32> {
        match doable(diagnosis).next()?.act {
            Act::LowerMaxTokens(tokens) if tokens < self.wishes.max_tokens => Some(tokens),
            _ => None,
        }
    }

    /// What stands beside an answer that something is wrong with, and how that is mended.
    pub(super) fn trouble_words(&self, turn: usize, how: How, lang: Lang) -> Option<String> {
        if let Some(diagnosis) = self.troubles.get(&turn) {
            let (title, cause) = (diagnosis.title.say(lang), diagnosis.cause.say(lang));
            let how = match self.room_for(diagnosis) {
                Some(tokens) => how.within.fill(lang, &[&grouped(tokens.into())]),
                None => how.mend.say(lang).to_owned(),
            };
            return Some(format!("✗ {title}\n{cause}\n{how}"));
        }
        let words = poor(&self.talk.turns[turn], lang)?;
        Some(format!("! {words} {}", how.retry.say(lang)))
    }

    /// Shows that beside the answer.
    pub(super) fn show_trouble(&mut self, turn: usize, lang: Lang) {
        if let Some(words) = self.trouble_words(turn, BY_KEYS, lang) {
            self.shown_of(turn).trouble(turn, &words);
        }
    }

    /// Asks what is to be done about the last trouble.
    pub(super) fn mend(&mut self, facts: &Facts) -> Step {
        const RAW: Phrase = Phrase::new("Show what was seen", "查看原始信息");
        let Some(diagnosis) = self.trouble() else {
            return trouble(phrases::NOTHING_TO_MEND);
        };
        let mut menu = Menu::new(MEND, diagnosis.title.clone()).say(diagnosis.cause.clone());
        for fix in diagnosis.fixes.iter().filter(|fix| !is_doable(fix)) {
            const DASHED: Phrase = Phrase::new("- {}", "- {}");
            menu = menu.say(Said::joined(DASHED, &[fix.with_command()]));
        }
        for fix in self.fixes(diagnosis, facts) {
            let note = match &fix.act {
                Act::Open(page) => Some(Said::verbatim(page.url())),
                _ => None,
            };
            menu = menu.answer(fix.words.clone(), note);
        }
        Step::intent(Intent::Ask(menu.answer(RAW, None)))
    }

    /// Does what was chosen.
    pub(super) fn mended(&mut self, given: &Given, facts: &Facts) -> Step {
        let (Given::Choice(choice), Some(diagnosis)) = (given, self.trouble()) else {
            return Step::idle();
        };
        let diagnosis = Box::new(diagnosis.clone());
        let Some(fix) = self.fixes(&diagnosis, facts).get(*choice).copied() else {
            return Step::intent(Intent::ShowTrouble(diagnosis));
        };
        match fix.act.clone() {
            Act::Open(page) => open(page, facts),
            Act::Retry(wait) if wait.as_secs() > 0 => {
                self.wait_and_ask_again(wait.as_secs(), diagnosis.judged_at)
            }
            Act::Retry(_) => self.again(None, facts),
            Act::LowerMaxTokens(tokens) => self.again_within(tokens, facts),
            Act::UseModel(model) => self.again(Some(&model), facts),
            Act::UseFreeModel => self.again(Some(FREE_ROUTER), facts),
            Act::UseBaseUrl(url) => {
                Step::intent(Intent::Adopt(Fact::BaseUrl(url))).then(self.again(None, facts))
            }
            // These take a page of their own: the wizard has it.
            act @ (Act::AnotherKey | Act::SignIn | Act::EditBaseUrl | Act::OtherFile) => {
                Step::intent(Intent::Attend(act))
            }
            Act::Advice | Act::Run(_) => Step::idle(),
        }
    }

    /// Asks again: within what there is room or money for, where that is what was wrong.
    pub(super) fn retry(&mut self, facts: &Facts) -> Step {
        let trouble = self.last_answer().and_then(|turn| self.troubles.get(&turn));
        match trouble.and_then(|trouble| self.room_for(trouble)) {
            Some(tokens) if !self.is_busy() => self.again_within(tokens, facts),
            _ => self.answer_again(facts),
        }
    }

    fn again_within(&mut self, tokens: u32, facts: &Facts) -> Step {
        self.wishes.mend_max_tokens(tokens);
        let told = news(said_max_tokens(tokens));
        told.then(self.again(None, facts))
    }

    /// That an answer which is not as it should be was charged, or may be: asking again pays once more.
    pub(super) fn may_be_charged(&self, answer: Option<usize>) -> Step {
        let turn = answer.map(|turn| &self.talk.turns[turn]);
        let poor = turn.filter(|turn| {
            let reply = turn.reply();
            let is_whole = reply.is_some_and(|reply| reply.state == ReplyState::Whole);
            !is_whole || poor(turn, Lang::En).is_some()
        });
        let Some(reply) = poor.and_then(|turn| turn.reply()) else {
            return Step::changed();
        };
        match (reply.cost, reply.failed_at_once()) {
            (Some(cost), _) if cost.is_zero() => Step::changed(),
            (Some(cost), _) => news(Said::new(phrases::CHARGED_ALREADY, &[&cost])),
            (None, Some(id)) if diagnosis::costs_nothing(id) => Step::changed(),
            (None, _) => news(phrases::BOTH_CHARGED),
        }
    }

    /// Asks the last question again, as after a failure; another model, where one is named. Of two answers side
    /// by side only the one in front.
    fn again(&mut self, model: Option<&str>, facts: &Facts) -> Step {
        match self.in_question() {
            Some((question, side)) => self.again_there(question, side, model, facts),
            None => Step::idle(),
        }
    }

    /// The question that is meant by "again", or the answer that was to go on, and the side in front where two answers to it stand side by side.
    fn in_question(&self) -> Option<(usize, Option<usize>)> {
        match &self.pair {
            Some(pair) => Some((pair.question(), Some(pair.front()))),
            None => Some((self.to_answer_again()?, None)),
        }
    }

    /// Asks this very question again, or this side of it.
    fn again_there(
        &mut self,
        question: usize,
        side: Option<usize>,
        model: Option<&str>,
        facts: &Facts,
    ) -> Step {
        if let Some(side) = side {
            return self.ask_side_again(side, model, facts);
        }
        if let Some(model) = model {
            self.wishes.model = Some(model.to_owned());
        }
        if self.is_busy() {
            return Step::idle();
        }
        let whom = Whom::One(self.model(facts).to_owned());
        let told = self.may_be_charged(self.last_answer());
        told.then(self.ask_again(question, whom, facts))
    }

    fn wait_and_ask_again(&mut self, secs: u64, since: Option<Timestamp>) -> Step {
        let Some((question, side)) = self.in_question() else {
            return Step::idle();
        };
        let ticket = self.tickets.take();
        self.waiting = Some(Waiting {
            ticket,
            secs,
            question,
            side,
        });
        let wait = StatedWait { secs, since };
        Step::effect(Effect::CountDown { ticket, wait })
    }

    /// A second of the wait before asking again has passed.
    pub(super) fn counted(&mut self, ticket: Ticket, left: u64, facts: &Facts) -> Step {
        match &mut self.waiting {
            Some(waiting) if waiting.ticket == ticket && left > 0 => {
                waiting.secs = left;
                Step::changed()
            }
            Some(waiting) if waiting.ticket == ticket => {
                let Waiting { question, side, .. } = *waiting;
                self.waiting = None;
                self.again_there(question, side, None, facts)
            }
            _ => Step::idle(),
        }
    }
}
