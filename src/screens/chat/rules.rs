//! What a project has for its conversations: rules for the model, and the model.

use super::keeping::keep;
use super::state::Chat;
use super::update::news;
use super::words;
use crate::domain::clean_text::CleanText;
use crate::flow::keeping::TalkDeed;
use crate::flow::{Fact, Facts, Intent, Step};
use crate::screens::model_rows;
use crate::text::Said;

impl Chat {
    /// A conversation in which nothing was said yet begins with the project's rules.
    pub(super) fn take_rules(&mut self, facts: &Facts) {
        if self.talk.turns.is_empty() {
            self.talk.system.clone_from(&facts.talks.rules);
        }
    }

    /// The rules that are about to leave this machine for the first time.
    pub(super) fn new_rules(&self) -> Option<&str> {
        let rules = self.talk.system.as_deref();
        rules.filter(|_| self.talk.system != self.agreed_rules)
    }

    /// `/system TEXT`: rules for this conversation, and for those of this project that begin from now on.
    pub(super) fn set_system(&mut self, rest: &str, facts: &Facts) -> Step {
        let rules = (!rest.is_empty()).then(|| rest.to_owned());
        let words = match (&rules, facts.is_sandbox) {
            (Some(_), false) => words::SYSTEM_SET,
            (Some(_), true) => words::SYSTEM_SIMULATED,
            (None, false) => words::SYSTEM_NONE,
            (None, true) => words::SYSTEM_NONE_HERE,
        };
        self.talk.system.clone_from(&rules);
        let told = news(words).and_intent(Intent::Adopt(Fact::Rules(rules.clone())));
        if self.talk.turns.is_empty() {
            return told;
        }
        told.then(keep(TalkDeed::Rules(rules), facts))
    }

    /// This is the model of the project from now on; where none is named the one of this conversation.
    pub(super) fn use_in_project(&mut self, rest: &str, facts: &Facts) -> Step {
        let model = if rest.is_empty() {
            self.model(facts).to_owned()
        } else {
            rest.to_owned()
        };
        // The conversation follows the project again.
        self.wishes.model = None;
        self.addressed = None;
        let said = if facts.is_sandbox {
            model_rows::taken(&model, facts)
        } else {
            Said::new(words::PROJECT_MODEL_SET, &[&CleanText::line(&model)])
        };
        let told = news(said);
        told.and_intent(Intent::Adopt(Fact::Model(model)))
    }
}
