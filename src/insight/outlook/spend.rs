//! What was spent day by day, as far as it was told, and what that says of a limit.

use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};

use super::super::daily::{DailySpend, day_of};
use super::super::forecast::{Forecast, Purse, forecast};
use super::super::reset::{Reset, is_past};
use super::{Seen, TOLD_DAYS, rows};
use crate::domain::figures::{Figures, KeyFigures, Known};
use crate::domain::money::Usd;

/// The account's spend by day, as far back as one source tells it, up to the day it was learned on, and
/// what was spent on the day of `at`.
pub(super) fn of_account(figures: &Figures, at: Timestamp) -> Option<DailySpend> {
    let told = figures.days_back_to(Date::MIN)?;
    let spend = DailySpend::of_rows(&rows(told.days), told.first, at);
    let spend = spend.known_until(day_of(told.as_of)).without_today();
    Some(match figures.spent_today(at) {
        Some((today, _)) => spend.with_today(today.value),
        None => spend,
    })
}

/// The spend of the key in use, by what it had spent at the beginning of the days on which it was looked
/// at; what lies between two of them is spread evenly. Reckoned at the moment it was learned.
pub(super) fn of_key(figures: &Figures) -> Option<DailySpend> {
    let key = figures.key.as_ref()?;
    let totals = &figures.key_totals;
    let first = totals.first()?.date;
    let mut days = vec![(first, Usd::ZERO)];
    for (one, next) in totals.iter().zip(totals.iter().skip(1)) {
        let count = next.date.duration_since(one.date).as_hours() / 24;
        let spent = (next.usage - one.usage).max(Usd::ZERO);
        let Some(each) = spent.shared(u64::try_from(count).ok()?) else {
            continue;
        };
        days.extend((0..count).map(|day| (one.date.saturating_add(day.days()), each)));
    }
    let spend = DailySpend::new(days, key.value.usage_daily, key.as_of);
    Some(
        spend
            .known_until(totals.last()?.date)
            .with_today(key.value.usage_daily),
    )
}

/// When the limit of the key in use runs out: by its own days where the account tells them, else by its
/// totals. A limit that began anew since it was learned is not known.
pub(super) fn limit(seen: &Seen<'_>) -> Option<Forecast> {
    let figures = seen.figures;
    let known = figures.key.as_ref()?;
    let key = &known.value;
    if is_past(key.limit_reset.as_deref(), known.as_of, seen.now) {
        return None;
    }
    let purse = Purse::Limit {
        left: key.limit_remaining?,
        whole: key.limit?,
        reset: Reset::of(key.limit_reset.as_deref()),
    };
    let spend = by_days(seen, known).or_else(|| of_key(figures))?;
    Some(forecast(purse, &spend))
}

fn by_days(seen: &Seen<'_>, key: &Known<KeyFigures>) -> Option<DailySpend> {
    let own_hash = seen.own_hash?;
    let by_key = seen.figures.key_days.as_ref()?;
    let own = by_key.value.iter().find(|days| days.hash == own_hash)?;
    let learned_on = day_of(by_key.as_of);
    let first = first_day(seen.figures, own_hash, learned_on);
    let spend = DailySpend::of_rows(&rows(&own.days), first, key.as_of);
    Some(
        spend
            .known_until(learned_on)
            .with_today(key.value.usage_daily),
    )
}

/// From which day on a key's days are known whole: a key younger than the server's memory has none before
/// it was made.
fn first_day(figures: &Figures, hash: &str, learned_on: Date) -> Date {
    let told = learned_on.saturating_sub(TOLD_DAYS.days());
    let keys = figures.keys.as_ref().map(|keys| keys.value.as_slice());
    let made = keys
        .and_then(|keys| keys.iter().find(|key| key.hash == hash))
        .and_then(|key| key.created_at)
        .map(day_of);
    made.map_or(told, |made| made.max(told))
}
