//! The limits of a key.

use onramp::domain::account::KeyFacts;
use onramp::domain::clean_text::CleanText;
use onramp::domain::money::Usd;

use super::Make;
use super::key::key_facts;
use super::test::answered;

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
    ]
}
