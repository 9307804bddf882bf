//! What the key step mends itself: a wait, an address that was wrong.

use super::Key;
use crate::domain::diagnosis::Act;
use crate::flow::{Facts, Step};
use crate::screens::setup::address::Address;
use crate::screens::setup::countdown::Countdown;
use crate::screens::setup::page_parts;
use crate::screens::setup::shared::Shared;
use crate::screens::setup::steps::{Answer, Go};

impl Key {
    /// Asks once more about the key that no server has judged.
    pub(super) fn try_again(&mut self, shared: &mut Shared, facts: &Facts) -> Answer {
        self.waiting = None;
        let Some(key) = self.unjudged.take() else {
            return Answer::go(Go::Turn);
        };
        let tried = self.tried.take();
        let there = Facts {
            base_url: tried.clone().unwrap_or_else(|| facts.base_url.clone()),
            ..facts.clone()
        };
        let answer = self.check(key, &mut shared.tickets, &there);
        self.tried = tried;
        answer
    }

    /// Mends what can be mended here: an address that was wrong, a wait.
    pub(super) fn mend(&mut self, act: &Act, shared: &mut Shared, facts: &Facts) -> Answer {
        match act {
            Act::Open(web) => page_parts::open(web.clone(), facts).into(),
            Act::Retry(wait) if wait.is_zero() => self.try_again(shared, facts),
            Act::Retry(wait) => {
                let since = self.trouble.as_ref().and_then(|it| it.judged_at);
                let (wait, effect) = Countdown::begin(*wait, since, &mut shared.tickets);
                self.waiting = Some(wait);
                Answer::from(Step::effect(effect)).and_go(Go::Turn)
            }
            Act::UseBaseUrl(url) => self.use_address(url.clone(), shared, facts),
            Act::EditBaseUrl => {
                let current = self.tried.as_ref().unwrap_or(&facts.base_url);
                self.address = Some(Address::from(current));
                Answer::go(Go::Turn)
            }
            _ => Answer::idle(),
        }
    }

    /// Asks there about the key that no server has judged. The app takes the address over once the key
    /// was accepted there.
    pub(super) fn use_address(
        &mut self,
        url: String,
        shared: &mut Shared,
        facts: &Facts,
    ) -> Answer {
        self.address = None;
        self.tried = Some(url);
        self.try_again(shared, facts)
    }

    /// What [`Key::mend`] can do as things stand.
    pub(super) fn can_mend(&self, act: &Act, facts: &Facts) -> bool {
        match act {
            Act::Open(_) => true,
            Act::Retry(_) | Act::EditBaseUrl => self.unjudged.is_some(),
            Act::UseBaseUrl(url) => self
                .unjudged
                .as_ref()
                .is_some_and(|key| page_parts::may_go_to(url, Some(&key.secret), facts)),
            _ => false,
        }
    }
}
