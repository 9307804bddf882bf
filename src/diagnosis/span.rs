//! A stretch of time in the one unit that fits it.

use std::fmt::Display;
use std::time::Duration;

use crate::text::{Phrase, Said};

/// One phrase a unit; the number is the last blank of each.
#[derive(Debug)]
pub(super) struct Spans {
    pub(super) seconds: Phrase,
    pub(super) minutes: Phrase,
    pub(super) hours: Phrase,
    pub(super) days: Phrase,
}

impl Spans {
    /// The phrase for `span`, rounded up: nobody shall come a moment too early. `before` fills the
    /// blanks in front of the number.
    pub(super) fn say(&self, span: Duration, before: &[&dyn Display]) -> Said {
        let secs = span
            .as_secs()
            .saturating_add(u64::from(span.subsec_nanos() > 0));
        let (phrase, number) = match secs {
            0..=120 => (self.seconds, secs),
            121..=7_200 => (self.minutes, secs.div_ceil(60)),
            7_201..=172_800 => (self.hours, secs.div_ceil(3_600)),
            _ => (self.days, secs.div_ceil(86_400)),
        };
        let mut parts = before.to_vec();
        parts.push(&number);
        Said::new(phrase, &parts)
    }

    /// The phrase for `span`, rounded to the nearest: a difference that was measured, not a wait. Hours are told
    /// up to a hundred, since "2 days" would hide an hour that matters to a clock.
    pub(super) fn say_nearest(&self, span: Duration, before: &[&dyn Display]) -> Said {
        let secs = span.as_secs();
        let nearest = |unit: u64| secs.saturating_add(unit / 2) / unit;
        let (phrase, number) = match secs {
            0..=120 => (self.seconds, secs),
            121..=7_200 => (self.minutes, nearest(60)),
            7_201..=360_000 => (self.hours, nearest(3_600)),
            _ => (self.days, nearest(86_400)),
        };
        let mut parts = before.to_vec();
        parts.push(&number);
        Said::new(phrase, &parts)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Lang;

    const SPANS: Spans = Spans {
        seconds: Phrase::new("{} s", "{} 秒"),
        minutes: Phrase::new("{} min", "{} 分钟"),
        hours: Phrase::new("{} h", "{} 小时"),
        days: Phrase::new("{} days", "{} 天"),
    };

    #[test]
    fn a_difference_is_said_to_the_nearest() {
        for (secs, words) in [
            (119, "119 s"),
            (149, "2 min"),
            (10_860, "3 h"),
            (176_400, "49 h"),
            (400_000, "5 days"),
        ] {
            let said = SPANS.say_nearest(Duration::from_secs(secs), &[]);
            assert_eq!(said.say(Lang::En), words);
        }
    }

    #[test]
    fn a_span_is_said_in_the_unit_that_fits_and_never_too_short() {
        for (millis, words) in [
            (0, "0 s"),
            (1, "1 s"),
            (20_000, "20 s"),
            (121_000, "3 min"),
            (7_201_000, "3 h"),
            (172_801_000, "3 days"),
        ] {
            let said = SPANS.say(Duration::from_millis(millis), &[]);
            assert_eq!(said.say(Lang::En), words);
        }
        let said = SPANS.say(Duration::MAX, &[]);
        assert_eq!(said.say(Lang::Zh), "213503982334602 天");
    }
}
