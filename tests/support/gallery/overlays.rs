//! What is laid over a page.

use super::Make;
use super::start::surroundings;
use super::test::unaffordable;

/// The states by name.
pub fn states() -> Vec<(&'static str, Make)> {
    vec![
        ("trouble-sheet", |s| {
            s.failed_for(&unaffordable())
                .keys("down down down down enter");
        }),
        ("help", |s| {
            s.looked(surroundings()).keys("?");
        }),
        ("palette", |s| {
            s.looked(surroundings()).keys("ctrl-p s k");
        }),
        ("qr", |s| {
            s.looked(surroundings()).keys("down down enter");
        }),
    ]
}
