//! What can be chosen on the page of the test, and what each choice is called.

use super::{Mode, Test, has_anything_to_test, words};
use crate::domain::chat::TINY_ANSWER;
use crate::domain::diagnosis::Act;
use crate::domain::model_card::FREE_ROUTER;
use crate::flow::Facts;
use crate::screens::setup::page_parts;
use crate::text::Lang;

/// What can be chosen on the page.
#[derive(Clone, Debug)]
pub(super) enum Door {
    ToKey,
    Quick,
    Full,
    Again,
    Stop,
    Now,
    Fix(Act),
    Address,
    Raw,
    Continue,
    Without,
}

impl Test {
    pub(super) fn doors(&self, facts: &Facts) -> Vec<Door> {
        match self.mode {
            Mode::Idle if !has_anything_to_test(facts) => vec![Door::ToKey],
            Mode::Idle => vec![Door::Quick, Door::Full, Door::Without],
            Mode::Running(_) | Mode::Addressing(_) => vec![Door::Stop],
            Mode::Waiting(_) => vec![Door::Now, Door::Stop],
            Mode::Stopped => vec![Door::Again, self.other_test(), Door::Continue],
            Mode::Ended => self.doors_of_an_end(facts),
        }
    }

    /// What [`Test::act`] can do and what would change anything.
    fn can_mend(&self, act: &Act, facts: &Facts) -> bool {
        match act {
            // It is offered by its own name anyway.
            Act::Retry(wait) => !wait.is_zero(),
            Act::LowerMaxTokens(tokens) => *tokens < self.way.max_tokens.unwrap_or(TINY_ANSWER),
            Act::UseModel(model) => *model != facts.model,
            Act::UseFreeModel => facts.model != FREE_ROUTER,
            Act::UseBaseUrl(url) => {
                let key = facts.key.as_ref().map(|key| &key.secret);
                page_parts::may_go_to(url, key, facts)
            }
            _ => true,
        }
    }

    fn doors_of_an_end(&self, facts: &Facts) -> Vec<Door> {
        let doable = |diagnosis| {
            let fixes = page_parts::doable(diagnosis).filter(|fix| self.can_mend(&fix.act, facts));
            fixes.map(|fix| Door::Fix(fix.act.clone()))
        };
        if let Some(diagnosis) = self.trouble() {
            let mut doors: Vec<Door> = doable(diagnosis).collect();
            doors.push(Door::Again);
            doors.extend((!self.way.is_full).then_some(Door::Full));
            doors.extend([Door::Raw, Door::Continue]);
            return doors;
        }
        let mut doors = Vec::new();
        // A file gets the address beside a key.
        let is_for_a_file = self.has_new_address && facts.key.is_some();
        doors.extend(is_for_a_file.then_some(Door::Address));
        doors.push(Door::Continue);
        doors.extend(self.remarks().flat_map(doable));
        doors.extend([Door::Again, self.other_test()]);
        doors
    }

    fn other_test(&self) -> Door {
        if self.way.is_full {
            Door::Quick
        } else {
            Door::Full
        }
    }

    pub(super) fn words_of(&self, door: &Door, lang: Lang) -> (String, String) {
        let say = |phrase: crate::text::Phrase| phrase.say(lang).to_owned();
        let plain = |phrase| (say(phrase), String::new());
        match door {
            Door::ToKey => plain(words::TO_KEY),
            Door::Quick => plain(words::RUN),
            Door::Full => (say(words::RUN_FULL), say(words::FULL_NOTE)),
            Door::Again => plain(words::AGAIN),
            Door::Stop => (say(words::STOP), "Esc".into()),
            Door::Now => plain(words::NOW),
            Door::Fix(act) => self
                .trouble()
                .into_iter()
                .chain(self.remarks())
                .flat_map(page_parts::doable)
                .find(|fix| fix.act == *act)
                .map_or_else(Default::default, |fix| page_parts::fix_words(fix, lang)),
            Door::Address => (say(words::ADDRESS), say(words::ADDRESS_NOTE)),
            Door::Raw => (say(words::RAW), say(words::RAW_NOTE)),
            Door::Continue => plain(words::GO_ON),
            Door::Without => plain(words::WITHOUT),
        }
    }
}
