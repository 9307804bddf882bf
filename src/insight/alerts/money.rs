//! The rules about money and models.

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::super::daily::{DailySpend, day_of};
use super::super::robust::median_and_mad;
use super::thresholds::Bounds;
use super::{Alert, Figures, Severity};
use crate::domain::money::Usd;
use crate::text::{Phrase, Said};

/// Completed days that make what is usual.
const USUAL_DAYS: usize = 30;
/// Fewer of them tell nothing.
const FEWEST_DAYS: usize = 7;

/// The balance is low, or nothing is left of it.
pub(super) fn balance(figures: &Figures<'_>, bounds: &Bounds<'_>) -> Option<Vec<Alert>> {
    const GONE: Phrase = Phrase::new(
        "No credits are left; the balance is {}.",
        "余额已用完，现在是 {}。",
    );
    const LOW: Phrase = Phrase::new("The balance is {}, below {}.", "余额是 {}，低于 {}。");
    let balance = figures.balance?;
    let Some(bound) = bounds.set.balance else {
        return Some(Vec::new());
    };
    let mut alerts = Vec::new();
    if bounds.is_gone(balance) {
        alerts.push(alert(
            "balance-gone",
            Severity::Critical,
            Said::new(GONE, &[&balance]),
        ));
    }
    if bounds.is_low(balance, bound) {
        alerts.push(alert(
            "balance-low",
            Severity::Warning,
            Said::new(LOW, &[&balance, &bound]),
        ));
    }
    Some(alerts)
}

fn alert(id: &'static str, severity: Severity, message: Said) -> Alert {
    Alert {
        id,
        subject: None,
        severity,
        message,
    }
}

/// Today while it runs, or yesterday, cost far more than the days before it.
pub(super) fn day_spend(figures: &Figures<'_>, bounds: &Bounds<'_>) -> Option<Vec<Alert>> {
    const TODAY: Phrase = Phrase::new(
        "Today has cost {} so far; a usual day costs about {}.",
        "今天至今花了 {}，平常一天大约 {}。",
    );
    const DAY: Phrase = Phrase::new(
        "{} cost {}; a usual day costs about {}.",
        "{} 花了 {}，平常一天大约 {}。",
    );
    let spend = figures.spend?;
    if day_of(figures.now) != spend.today() {
        return None;
    }
    let today = spend.spent_today().map(|spent| (spend.today(), spent));
    let yesterday = spend.today().yesterday().ok();
    let yesterday = yesterday.and_then(|day| Some((day, spend.on(day)?)));
    if today.is_none() && yesterday.is_none() {
        return None;
    }
    let days = [today, yesterday];
    let alerts = days.into_iter().flatten().filter_map(|(day, cost)| {
        let usual = unusual(spend, day, cost, bounds)?;
        let message = if day == spend.today() {
            Said::new(TODAY, &[&cost, &usual])
        } else {
            Said::new(DAY, &[&day, &cost, &usual])
        };
        Some(Alert {
            id: "day-spend",
            subject: Some(day.to_string()),
            severity: Severity::Warning,
            message,
        })
    });
    Some(alerts.collect())
}

/// What a usual day cost before `day`, where `spent` on it is far above that.
fn unusual(days: &DailySpend, day: Date, spent: Usd, bounds: &Bounds<'_>) -> Option<Usd> {
    let least = bounds.set.day_spend?;
    let before = days.before(day, USUAL_DAYS);
    if before.len() < FEWEST_DAYS {
        return None;
    }
    let (median, mad) = median_and_mad(&before)?;
    let far = median + mad * Decimal::from(bounds.set.day_spend_distance);
    let bound = far.max(median.times(2)).max(least);
    bounds.is_above(spent, bound).then_some(median)
}

/// A model in use is planned to retire soon, or should have.
pub(super) fn retirement(figures: &Figures<'_>, bounds: &Bounds<'_>) -> Option<Vec<Alert>> {
    const RETIRES: Phrase = Phrase::new("The model {} retires on {}.", "模型 {} 将于 {} 下线。");
    const RETIRED: Phrase = Phrase::new(
        "The model {} was to retire on {}.",
        "模型 {} 原定于 {} 下线。",
    );
    const PLANNED: Phrase = Phrase::new(
        "The model {} is planned to retire: {}.",
        "模型 {} 计划下线：{}。",
    );
    let models = figures.models?;
    let Some(bound) = bounds.set.retirement_days else {
        return Some(Vec::new());
    };
    let today = day_of(figures.now);
    let alerts = models.iter().filter_map(|model| {
        let said = model.expiration_date.as_ref()?;
        // A time may follow the day. A day that cannot be read is told as it came: something is planned.
        let day: Option<Date> = said.get(..10).and_then(|day| day.parse().ok());
        let is_soon = day.is_none_or(|day| days_until(today, day) <= i64::from(bound));
        let message = match day {
            Some(day) if day < today => Said::new(RETIRED, &[&model.id, &day]),
            Some(day) => Said::new(RETIRES, &[&model.id, &day]),
            None => Said::new(PLANNED, &[&model.id, said]),
        };
        is_soon.then(|| Alert {
            id: "model-retires",
            subject: Some(model.id.as_str().to_owned()),
            severity: Severity::Warning,
            message,
        })
    });
    Some(alerts.collect())
}

/// Whole days from one to the other; below zero when it is past.
pub(super) fn days_until(today: Date, day: Date) -> i64 {
    day.duration_since(today).as_hours() / 24
}
