//! How long to wait before the next look at a server: often while somebody looks, seldom while nobody
//! does, and ever less often while it does not answer.

use std::time::Duration;

/// Between two looks while somebody looks.
const WATCHED: Duration = Duration::from_mins(1);
/// While the window has no keyboard: somebody may still look, or only wait for an alert.
const UNWATCHED: Duration = Duration::from_mins(5);
/// However long the trouble lasts, a look is taken this often.
const LONGEST: Duration = Duration::from_mins(15);

/// The rhythm of looking.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Polling {
    /// Looks in a row that brought trouble.
    failures: u32,
}

impl Polling {
    /// A look brought what it should.
    pub fn succeeded(&mut self) {
        self.failures = 0;
    }

    /// A look brought trouble.
    pub fn failed(&mut self) {
        self.failures = self.failures.saturating_add(1);
    }

    /// How long to wait before the next look. `stated` is what the server itself asked for, and is never
    /// undercut, up to a day.
    pub fn wait(self, is_watched: bool, stated: Option<Duration>) -> Duration {
        let usual = if is_watched { WATCHED } else { UNWATCHED };
        let doubled = usual.saturating_mul(1_u32.checked_shl(self.failures).unwrap_or(u32::MAX));
        let own = doubled.min(LONGEST);
        let asked = stated.unwrap_or_default().min(Duration::from_hours(24));
        own.max(asked)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trouble_makes_it_ever_less_often_and_success_begins_anew() {
        let mut polling = Polling::default();
        let mut waits = Vec::new();
        for _ in 0..6 {
            waits.push(polling.wait(true, None).as_secs());
            polling.failed();
        }
        assert_eq!(waits, [60, 120, 240, 480, 900, 900]);
        for _ in 0..100 {
            polling.failed();
        }
        assert_eq!(polling.wait(true, None), LONGEST);
        polling.succeeded();
        assert_eq!(polling.wait(true, None), WATCHED);
        assert_eq!(polling.wait(false, None), UNWATCHED);
    }

    #[test]
    fn what_the_server_asks_for_is_not_undercut_and_not_believed_for_ever() {
        let polling = Polling::default();
        let wait = |secs| {
            polling
                .wait(true, Some(Duration::from_secs(secs)))
                .as_secs()
        };
        assert_eq!(wait(5), 60);
        assert_eq!(wait(7200), 7200);
        assert_eq!(wait(u64::MAX), 86_400);
    }
}
