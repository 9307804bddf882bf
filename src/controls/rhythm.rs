//! How long to wait until the next look: politely, and longer while something is in the way.

use std::time::Duration;

use jiff::Timestamp;

use crate::domain::figures::Part;
use crate::domain::symptom::Symptom;

/// The shortest interval on a server that is not this machine's own.
pub const SHORTEST: Duration = Duration::from_secs(10);
/// Trouble makes no wait longer than this, unless the interval itself is.
const LONGEST_BACK_OFF: Duration = Duration::from_mins(15);
/// A server's own word about the next look is heeded up to this: a mad one must not end the watch.
const LONGEST_ASKED: Duration = Duration::from_hours(1);

/// The waits between looks.
#[derive(Clone, Debug)]
pub struct Rhythm {
    interval: Duration,
    failures: u32,
}

impl Rhythm {
    /// Looks so far apart while all is well.
    pub fn of(interval: Duration) -> Self {
        Self {
            interval,
            failures: 0,
        }
    }

    /// The same with looks so far apart from now on.
    pub fn change(&mut self, interval: Duration) {
        self.interval = interval;
    }

    /// How long to wait after a look at which these things were in the way.
    pub fn wait(&mut self, troubles: &[(Part, Symptom)], now: Timestamp) -> Duration {
        if !troubles.iter().any(slows) {
            self.failures = 0;
            return self.interval;
        }
        self.failures = self.failures.saturating_add(1);
        let doubled = 2_u32.saturating_pow(self.failures.min(16));
        let longest = LONGEST_BACK_OFF.max(self.interval);
        let back_off = self.interval.saturating_mul(doubled).min(longest);
        let asked = troubles
            .iter()
            .filter_map(|(_, symptom)| asked(symptom, now));
        let asked = asked.max().unwrap_or_default().min(LONGEST_ASKED);
        back_off.max(asked)
    }
}

/// Whether a trouble makes the looks rarer: without the key's own facts there is nothing to see, and who
/// says "too many" means all requests. Of an account that refuses a management key, the key's figures go on.
fn slows((part, symptom): &(Part, Symptom)) -> bool {
    match part {
        Part::Key => true,
        // It is asked for seldom anyway, and is no figure.
        Part::Models => matches!(symptom, Symptom::Refused(refusal) if refusal.status == 429),
        _ => is_passing(symptom),
    }
}

/// Whether a trouble may be over at another time without anybody doing anything.
pub fn is_passing(symptom: &Symptom) -> bool {
    match symptom {
        Symptom::Refused(refusal) => matches!(refusal.status, 408 | 425 | 429 | 500..),
        Symptom::NotJson { status, .. } => !matches!(status, 401 | 403 | 404),
        Symptom::Network { .. }
        | Symptom::Redirected { .. }
        | Symptom::StreamCut { .. }
        | Symptom::Misshapen { .. } => true,
        _ => false,
    }
}

/// How long the server asks to wait.
fn asked(symptom: &Symptom, now: Timestamp) -> Option<Duration> {
    let Symptom::Refused(refusal) = symptom else {
        return None;
    };
    let until_reset = refusal
        .resets_at
        .and_then(|at| now.duration_until(at).try_into().ok());
    refusal.retry_after.or(until_reset)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::symptom::{NetworkTrouble, Refusal};

    const NOW: Timestamp = Timestamp::UNIX_EPOCH;

    fn refused(status: u16, retry_after: Option<u64>) -> Symptom {
        Symptom::Refused(Box::new(Refusal {
            status,
            retry_after: retry_after.map(Duration::from_secs),
            ..Refusal::default()
        }))
    }

    fn offline() -> Symptom {
        Symptom::Network {
            trouble: NetworkTrouble::Dns,
            host: "openrouter.ai".into(),
            proxy: None,
            detail: "".into(),
            ignored: Vec::new(),
        }
    }

    #[test]
    fn trouble_doubles_the_wait_up_to_a_quarter_of_an_hour_and_its_end_ends_that() {
        let mut rhythm = Rhythm::of(Duration::from_mins(1));
        let mut waits = |troubles: &[(Part, Symptom)]| rhythm.wait(troubles, NOW).as_secs();
        assert_eq!(waits(&[]), 60);
        let lost = [(Part::Key, offline())];
        let series: Vec<u64> = (0..6).map(|_| waits(&lost)).collect();
        assert_eq!(series, [120, 240, 480, 900, 900, 900]);
        assert_eq!(waits(&[]), 60);
        assert_eq!(waits(&lost), 120);
        // Whoever looks once an hour is not made to look more often by trouble.
        let mut rare = Rhythm::of(Duration::from_hours(1));
        assert_eq!(rare.wait(&lost, NOW), Duration::from_hours(1));
    }

    #[test]
    fn what_the_server_asks_for_is_heeded_within_reason() {
        let after = |symptom| {
            let mut rhythm = Rhythm::of(Duration::from_secs(10));
            rhythm.wait(&[(Part::Account, symptom)], NOW).as_secs()
        };
        assert_eq!(after(refused(429, Some(77))), 77);
        assert_eq!(after(refused(429, Some(1))), 20);
        assert_eq!(after(refused(503, Some(90_000))), 3_600);
        assert_eq!(after(refused(429, None)), 20);
        let mut resets = Refusal {
            status: 429,
            resets_at: Some("1970-01-01T00:02:00Z".parse().unwrap()),
            ..Refusal::default()
        };
        assert_eq!(after(Symptom::Refused(Box::new(resets.clone()))), 120);
        // One that is past asks for nothing.
        resets.resets_at = Some("1969-12-31T00:00:00Z".parse().unwrap());
        assert_eq!(after(Symptom::Refused(Box::new(resets))), 20);
    }

    #[test]
    fn a_management_key_that_is_refused_slows_nothing() {
        let mut rhythm = Rhythm::of(Duration::from_secs(10));
        let troubles = [(Part::Account, refused(401, None))];
        assert_eq!(rhythm.wait(&troubles, NOW).as_secs(), 10);
        let troubles = [(Part::Key, refused(401, None))];
        assert_eq!(rhythm.wait(&troubles, NOW).as_secs(), 20);
    }

    #[test]
    fn a_list_of_models_that_does_not_come_slows_the_looks_only_where_the_server_says_too_many() {
        let after = |status| {
            let mut rhythm = Rhythm::of(Duration::from_secs(10));
            let troubles = [(Part::Models, refused(status, Some(50)))];
            rhythm.wait(&troubles, NOW).as_secs()
        };
        assert_eq!([after(500), after(429)], [10, 50]);
    }
}
