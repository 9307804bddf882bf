//! The limits of a key.

use onramp::domain::account::KeyFacts;
use onramp::domain::clean_text::CleanText;
use onramp::domain::money::Usd;
use onramp::domain::symptom::Symptom;
use onramp::flow::surroundings::Surroundings;

use super::key::key_facts;
use super::start::surroundings;
use super::test::answered;
use super::{Make, Rehearsal};

/// The key with a limit of ten dollars a month.
fn limited() -> KeyFacts {
    KeyFacts {
        limit: Some(Usd::from_cents(1000)),
        limit_remaining: Some(Usd::from_cents(858)),
        limit_reset: Some(CleanText::new("monthly")),
        ..key_facts()
    }
}

impl Rehearsal {
    /// At step 6, with a management key at hand.
    pub fn limiting(&mut self) -> &mut Self {
        let around = Surroundings {
            has_management_key: true,
            ..surroundings()
        };
        self.tested(answered()).looked(around).keys("enter")
    }

    /// At step 6, where the page of alerts was opened.
    pub fn setting_alerts(&mut self) -> &mut Self {
        self.tested(answered())
            .keys("enter down down down down enter")
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
            s.accept(limited());
        }),
        ("limits-settable", |s| {
            s.limiting();
        }),
        ("limits-amount", |s| {
            s.limiting().keys("enter 1 2 . 5");
        }),
        ("limits-amount-refused", |s| {
            s.limiting().keys("enter 1 , 5 0 enter");
        }),
        ("limits-reset", |s| {
            s.limiting().keys("enter 1 2 . 5 enter");
        }),
        ("limits-set-here", |s| {
            s.limiting().keys("enter 1 0 enter enter");
            s.accept(limited());
        }),
        ("limits-not-set-here", |s| {
            s.limiting()
                .keys("enter 1 0 enter enter")
                .refuse(&Symptom::NotAManagementKey);
        }),
        ("limits-budget", |s| {
            s.tested(answered()).keys("enter down down down enter");
            s.keys("down enter 5 enter");
        }),
        ("limits-budget-typing", |s| {
            s.tested(answered()).keys("enter down down down enter");
            s.keys("down down enter 2 , 5 enter");
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
