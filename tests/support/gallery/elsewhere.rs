//! The wizard at a server that is not OpenRouter, and at a sandbox that stands beside this program.

use onramp::domain::account::KeyFacts;
use onramp::domain::money::Usd;
use onramp::flow::Reply;
use onramp::flow::surroundings::Surroundings;

use super::key::key_facts;
use super::start::surroundings;
use super::{Make, Rehearsal};
use crate::support::KEY;

/// Where requests go in these states.
pub const HERE: &str = "http://127.0.0.1:8080/api/v1";

impl Rehearsal {
    /// Requests go to a server on this machine.
    pub fn elsewhere(&mut self) -> &mut Self {
        self.unheard().heard(false)
    }

    /// Nobody has listened to that server yet.
    pub fn unheard(&mut self) -> &mut Self {
        self.looked(Surroundings {
            server: Some(HERE.into()),
            ..surroundings()
        })
    }

    /// That server says that its answers are simulated, or does not.
    pub fn heard(&mut self, says_simulated: bool) -> &mut Self {
        self.reply(Reply::ServerHeard {
            server: HERE.into(),
            says_simulated,
        })
    }

    /// It takes a key, and knows OpenRouter's facts about one.
    fn mirrored(&mut self) -> &mut Self {
        let facts = KeyFacts {
            limit: Some(Usd::from_cents(1000)),
            limit_remaining: Some(Usd::from_cents(858)),
            ..key_facts()
        };
        self.elsewhere()
            .go_to(3)
            .paste(KEY)
            .keys("enter")
            .accept(facts)
    }
}

/// The states by name.
pub fn states() -> Vec<(&'static str, Make)> {
    vec![
        ("elsewhere-account", |s| {
            s.elsewhere();
        }),
        ("elsewhere-credits", |s| {
            s.elsewhere().go_to(2);
        }),
        ("elsewhere-key", |s| {
            s.elsewhere().go_to(3);
        }),
        ("elsewhere-limits", |s| {
            s.mirrored().go_to(6);
        }),
        ("elsewhere-summary", |s| {
            s.elsewhere().keys("s s s s s s");
        }),
        ("beside-account", |s| {
            s.unheard().heard(true);
        }),
        ("beside-key", |s| {
            s.unheard().heard(true).go_to(3);
        }),
    ]
}
