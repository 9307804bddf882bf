//! What the program can do about a trouble of an answer, on a keypress: the same judgement and the same acts as
//! in the wizard.

use super::state::{Chat, Waiting, Whom};
use super::update::trouble;
use super::words as phrases;
use crate::domain::diagnosis::{Act, Diagnosis, Fix};
use crate::domain::model_card::FREE_ROUTER;
use crate::flow::menu::Menu;
use crate::flow::{Effect, Fact, Facts, Intent, Step};
use crate::screens::fixing::{doable, is_doable, may_go_to, open};
use crate::screens::sheet::Given;
use crate::text::{Lang, Phrase, Said};

/// The name of the question what is to be done.
pub(super) const MEND: &str = "mend";

/// A trouble beside the answer it befell.
pub(super) fn words(diagnosis: &Diagnosis, lang: Lang) -> String {
    const HOW: Phrase = Phrase::new(
        "Alt+M mends it, Ctrl+T asks again",
        "Alt+M 处理，Ctrl+T 重试",
    );
    let (title, cause) = (diagnosis.title.say(lang), diagnosis.cause.say(lang));
    format!("✗ {title}\n{cause}\n{}", HOW.say(lang))
}

/// The fixes that are done here.
fn fixes<'a>(diagnosis: &'a Diagnosis, facts: &Facts) -> Vec<&'a Fix> {
    let key = facts.key.as_ref().map(|key| &key.secret);
    let may = |fix: &&Fix| match &fix.act {
        Act::UseBaseUrl(url) => may_go_to(url, key, facts),
        _ => true,
    };
    doable(diagnosis).filter(may).collect()
}

impl Chat {
    /// Asks what is to be done about the last trouble.
    pub(super) fn mend(&mut self, facts: &Facts) -> Step {
        const RAW: Phrase = Phrase::new("Show what was seen", "查看原始信息");
        let Some(diagnosis) = self.trouble() else {
            return trouble(phrases::NOTHING_TO_MEND);
        };
        let mut menu = Menu::new(MEND, diagnosis.title.clone()).say(diagnosis.cause.clone());
        for fix in diagnosis.fixes.iter().filter(|fix| !is_doable(fix)) {
            const DASHED: Phrase = Phrase::new("- {}", "- {}");
            menu = menu.say(Said::joined(DASHED, std::slice::from_ref(&fix.words)));
        }
        for fix in fixes(diagnosis, facts) {
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
        let Some(fix) = fixes(&diagnosis, facts).get(*choice).copied() else {
            return Step::intent(Intent::ShowTrouble(diagnosis));
        };
        match fix.act.clone() {
            Act::Open(page) => open(page, facts),
            Act::Retry(wait) if wait.as_secs() > 0 => self.wait_and_ask_again(wait.as_secs()),
            Act::Retry(_) => self.again(None, facts),
            Act::LowerMaxTokens(tokens) => {
                self.wishes.max_tokens = tokens;
                self.again(None, facts)
            }
            Act::UseModel(model) => self.again(Some(&model), facts),
            Act::UseFreeModel => self.again(Some(FREE_ROUTER), facts),
            Act::UseBaseUrl(url) => {
                Step::intent(Intent::Adopt(Fact::BaseUrl(url))).then(self.again(None, facts))
            }
            // These take a page of their own: the wizard has it.
            act @ (Act::AnotherKey | Act::SignIn | Act::EditBaseUrl) => {
                Step::intent(Intent::Attend(act))
            }
            Act::Advice | Act::Run(_) => Step::idle(),
        }
    }

    /// Asks the last question again, as after a failure; another model, where one is named. Of two answers side
    /// by side only the one in front.
    pub(super) fn again(&mut self, model: Option<&str>, facts: &Facts) -> Step {
        if self.pair.is_some() {
            return self.ask_side_again(model, facts);
        }
        if let Some(model) = model {
            self.wishes.model = Some(model.to_owned());
        }
        match self.last_question() {
            Some(question) if !self.is_busy() => {
                let whom = Whom::One(self.model(facts).to_owned());
                self.ask_again(question, whom, facts)
            }
            _ => Step::idle(),
        }
    }

    fn wait_and_ask_again(&mut self, secs: u64) -> Step {
        let ticket = self.tickets.take();
        self.waiting = Some(Waiting { ticket, secs });
        Step::effect(Effect::CountDown { ticket, secs })
    }
}
