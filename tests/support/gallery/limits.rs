//! The limits of a key.

use onramp::domain::account::KeyFacts;
use onramp::domain::clean_text::CleanText;
use onramp::domain::money::Usd;

use super::key::key_facts;
use super::test::answered;
use super::{Make, Rehearsal};

impl Rehearsal {
    /// At step 6, where the page of alerts was opened.
    pub fn setting_alerts(&mut self) -> &mut Self {
        self.tested(answered()).keys("enter down down down enter")
    }
}

/// The states by name.
pub fn states() -> Vec<(&'static str, Make)> {
    vec![
        ("limits-none", |s| {
            s.tested(answered()).keys("enter");
        }),
        ("limits-set", |s| {
            s.tested(answered()).keys("enter down enter");
            let limited = KeyFacts {
                limit: Some(Usd::from_cents(1000)),
                limit_remaining: Some(Usd::from_cents(858)),
                limit_reset: Some(CleanText::new("monthly")),
                ..key_facts()
            };
            s.accept(limited);
        }),
        ("limits-alerts", |s| {
            s.setting_alerts();
        }),
        ("limits-alerts-changed", |s| {
            s.setting_alerts();
            // The share of a limit off, a day from $20 on, and the desktop calls.
            s.keys("down down enter 0 enter down enter 2 0 enter down enter enter");
        }),
        ("limits-alerts-off", |s| {
            s.setting_alerts().keys("down down down down down enter");
        }),
        ("limits-alerts-typing", |s| {
            s.setting_alerts().keys("down enter 7 . 5");
        }),
        ("limits-alerts-refused", |s| {
            s.setting_alerts().keys("down enter l o t s enter");
        }),
    ]
}
