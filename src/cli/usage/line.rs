//! `onramp usage --line`: a segment for a status line, from what was learned last.

use jiff::Timestamp;

use crate::cli::context::Context;
use crate::domain::figures::{Figures, KeyFigures, Known};
use crate::domain::money::Usd;
use crate::insight::reset;
use crate::text::{Lang, Phrase};

const LEFT: Phrase = Phrase::new("{} left", "剩余 {}");
const TODAY: Phrase = Phrase::new("{} today", "今日 {}");
const ON: Phrase = Phrase::new("{} on {}", "{}（{}）");
const AGE: Phrase = Phrase::new("{} min ago", "{} 分钟前");
const AS_OF: Phrase = Phrase::new("as of {}", "截至 {}");
const NOTHING: Phrase = Phrase::new("no figures yet", "暂无数据");
const SIMULATED: Phrase = Phrase::new("sandbox", "沙盒");
/// Younger figures need no age.
const YOUNG_MINUTES: i64 = 5;

/// The segment.
pub(super) fn of(
    context: &Context,
    figures: Option<&Figures>,
    now: Timestamp,
    is_simulated: bool,
) -> String {
    let words = words(figures, context.lang, now);
    if is_simulated {
        format!("{} · {words}", SIMULATED.say(context.lang))
    } else {
        words
    }
}

fn words(figures: Option<&Figures>, lang: Lang, now: Timestamp) -> String {
    let Some(figures) = figures else {
        return NOTHING.say(lang).to_owned();
    };
    let Some(key) = &figures.key else {
        return NOTHING.say(lang).to_owned();
    };
    let mut parts = Vec::new();
    parts.extend(left(figures, key, now).map(|left| LEFT.fill(lang, &[&left])));
    let spent = key.value.usage_daily;
    if key.is_of_today(now) {
        parts.push(TODAY.fill(lang, &[&spent]));
        let minutes = now.duration_since(key.as_of).as_mins();
        if minutes > YOUNG_MINUTES {
            parts.push(AGE.fill(lang, &[&minutes]));
        }
    } else {
        let day = key.as_of.strftime("%m-%d");
        parts.push(ON.fill(lang, &[&spent, &day]));
        let at = key.as_of.strftime("%Y-%m-%d %H:%M UTC");
        parts.push(AS_OF.fill(lang, &[&at]));
    }
    parts.join(" · ")
}

/// The balance, else what the limit leaves unless it began anew since.
fn left(figures: &Figures, key: &Known<KeyFigures>, now: Timestamp) -> Option<Usd> {
    if let Some(account) = &figures.account {
        return Some(account.value.balance);
    }
    let is_past = reset::is_past(key.value.limit_reset.as_deref(), key.as_of, now);
    key.value.limit_remaining.filter(|_| !is_past)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::account::KeyFacts;

    #[test]
    fn what_was_spent_on_another_day_is_not_called_todays() {
        let at = |text: &str| text.parse::<Timestamp>().unwrap();
        let key = KeyFigures {
            usage_daily: Usd::from_cents(7),
            limit: Some(Usd::from_cents(500)),
            limit_remaining: Some(Usd::from_cents(123)),
            limit_reset: Some("daily".into()),
            ..KeyFigures::from(&KeyFacts::default())
        };
        let figures = Figures {
            key: Some(Known {
                as_of: at("2026-11-22T20:00:00Z"),
                value: key,
            }),
            ..Figures::default()
        };
        let said = |now: &str| words(Some(&figures), Lang::En, at(now));
        assert_eq!(said("2026-11-22T20:03:00Z"), "$1.23 left · $0.07 today");
        let soon = said("2026-11-22T21:00:00Z");
        assert_eq!(soon, "$1.23 left · $0.07 today · 60 min ago");
        let later = said("2026-11-23T20:03:00Z");
        assert_eq!(later, "$0.07 on 11-22 · as of 2026-11-22 20:00 UTC");
        assert_eq!(
            words(None, Lang::En, at("2026-11-22T20:00:00Z")),
            "no figures yet"
        );
    }
}
