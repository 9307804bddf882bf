//! When a limit begins anew.

use jiff::Timestamp;
use jiff::civil::{Date, Weekday};
use jiff::tz::{Offset, TimeZone};

use super::daily::day_of;
use crate::text::{Lang, Phrase, Said};

/// How often a key's limit begins anew, at 00:00 UTC. Source: `GET /key`, `limit_reset`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reset {
    /// It never does.
    Never,
    /// Every day.
    Daily,
    /// Every Monday.
    Weekly,
    /// On the first of every month.
    Monthly,
    /// In a way this program has no word for: the server's list of words is open.
    Unknown,
}

impl Reset {
    /// What the server's word means; no word means never.
    pub fn of(word: Option<&str>) -> Self {
        match word {
            None => Self::Never,
            Some("daily") => Self::Daily,
            Some("weekly") => Self::Weekly,
            Some("monthly") => Self::Monthly,
            Some(_) => Self::Unknown,
        }
    }

    /// The first reset after a moment; `None` where there is none or none is known.
    pub fn after(self, moment: Timestamp) -> Option<Timestamp> {
        Offset::UTC
            .to_timestamp(self.day_after(day_of(moment))?.at(0, 0, 0, 0))
            .ok()
    }

    /// The day that begins with the first reset after `day`.
    fn day_after(self, day: Date) -> Option<Date> {
        match self {
            Self::Never | Self::Unknown => None,
            Self::Daily => day.tomorrow().ok(),
            Self::Weekly => day.nth_weekday(1, Weekday::Monday).ok(),
            Self::Monthly => day.last_of_month().tomorrow().ok(),
        }
    }
}

/// A limit began anew since `as_of`: what it left then says nothing about `now`.
pub fn is_past(word: Option<&str>, as_of: Timestamp, now: Timestamp) -> bool {
    let anew = Reset::of(word).after(as_of);
    anew.is_some_and(|anew| anew <= now)
}

/// The next 00:00 UTC on the person's clock, `HH:MM`; `None` where that is 00:00, too.
pub fn midnight_here(now: Timestamp, zone: &TimeZone) -> Option<String> {
    let midnight = Reset::Daily.after(now)?.to_zoned(zone.clone());
    let here = midnight.strftime("%H:%M").to_string();
    (here != "00:00").then_some(here)
}

/// How often a limit begins anew, in words; a word of the server's that is not known stands as it came.
pub fn words(word: &str, lang: Lang) -> String {
    said(word).say(lang)
}

/// The same, in both languages.
pub fn said(word: &str) -> Said {
    const DAILY: Phrase = Phrase::new("every day at 00:00 UTC", "每天 00:00 UTC");
    const WEEKLY: Phrase = Phrase::new("every Monday at 00:00 UTC", "每周一 00:00 UTC");
    const MONTHLY: Phrase = Phrase::new("on the first of each month (UTC)", "每月 1 日（UTC）");
    let phrase = match Reset::of(Some(word)) {
        Reset::Daily => DAILY,
        Reset::Weekly => WEEKLY,
        Reset::Monthly => MONTHLY,
        Reset::Never | Reset::Unknown => return Said::verbatim(word),
    };
    phrase.into()
}

/// The same in few words.
pub fn short(word: &str) -> Said {
    const DAILY: Phrase = Phrase::new("daily (UTC)", "每天（UTC）");
    const WEEKLY: Phrase = Phrase::new("Mondays (UTC)", "每周一（UTC）");
    const MONTHLY: Phrase = Phrase::new("monthly (UTC)", "每月（UTC）");
    let phrase = match Reset::of(Some(word)) {
        Reset::Daily => DAILY,
        Reset::Weekly => WEEKLY,
        Reset::Monthly => MONTHLY,
        Reset::Never | Reset::Unknown => return Said::verbatim(word),
    };
    phrase.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn limits_begin_anew_at_midnight_utc() {
        // A Tuesday.
        let now = at("2026-11-10T18:00:00Z");
        for (word, expected) in [
            ("daily", Some("2026-11-11T00:00:00Z")),
            ("weekly", Some("2026-11-16T00:00:00Z")),
            ("monthly", Some("2026-12-01T00:00:00Z")),
            ("fortnightly", None),
        ] {
            assert_eq!(Reset::of(Some(word)).after(now), expected.map(at), "{word}");
        }
        assert_eq!(Reset::of(None).after(now), None);
    }

    #[test]
    fn a_reset_at_this_very_moment_is_past() {
        let monday = at("2026-11-16T00:00:00Z");
        assert_eq!(
            Reset::Weekly.after(monday),
            Some(at("2026-11-23T00:00:00Z"))
        );
        let first = at("2026-12-01T00:00:00Z");
        assert_eq!(
            Reset::Monthly.after(first),
            Some(at("2027-01-01T00:00:00Z"))
        );
    }

    #[test]
    fn time_itself_ends_without_a_panic() {
        for reset in [Reset::Daily, Reset::Weekly, Reset::Monthly] {
            assert_eq!(reset.after(Timestamp::MAX), None);
        }
    }
}
