//! The page after the last step.

use super::Make;
use super::start::surroundings;
use super::test::answered;

/// The states by name.
pub fn states() -> Vec<(&'static str, Make)> {
    vec![
        ("summary", |s| {
            s.tested(answered()).keys("enter down down enter");
        }),
        ("summary-code", |s| {
            s.tested(answered())
                .keys("enter down down enter down down enter");
        }),
        ("summary-skipped", |s| {
            s.looked(surroundings()).keys("s s s s s s");
        }),
        ("summary-deploy", |s| {
            s.tested(answered())
                .keys("enter down down enter down down down enter");
        }),
    ]
}
