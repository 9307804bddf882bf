//! What the figures mean: when the money ends, and what deserves a word.

use jiff::Timestamp;
use jiff::ToSpan;
use jiff::tz::TimeZone;

use crate::domain::clean_text::CleanText;
use crate::domain::figures::{Figures, KeyFigures};
use crate::domain::spend::DayRow;
use crate::insight::alerts::{self, Alert, Thresholds};
use crate::insight::daily::DailySpend;
use crate::insight::forecast::{Forecast, Purse, forecast};

/// Completed UTC days that the server tells of. Source: `GET /activity`.
const TOLD_DAYS: i64 = 30;

/// What the figures mean.
#[derive(Clone, Debug, Default)]
pub struct Outlook {
    /// When the account's credits run out; `None` where balance or days are not known.
    pub credits: Option<Forecast>,
    /// What deserves a word, by these bounds.
    pub alerts: Vec<Alert>,
}

impl Outlook {
    /// Judges the figures at a time.
    pub fn of(figures: &Figures, thresholds: &Thresholds, now: Timestamp) -> Self {
        let spend = spend(figures, now);
        let balance = figures.account.as_ref().map(|known| known.value.balance);
        let purse = balance.map(|left| Purse::Credits { left });
        let credits = purse.zip(spend.as_ref());
        let key = figures.key.as_ref().map(|known| [judged(&known.value)]);
        let seen = alerts::Figures {
            now,
            balance,
            keys: key.as_ref().map(<[_; 1]>::as_slice),
            spend: spend.as_ref(),
            models: None,
        };
        Self {
            credits: credits.map(|(purse, spend)| forecast(purse, spend)),
            alerts: alerts::judge(&seen, thresholds).alerts,
        }
    }
}

/// The account's spend by day. Of today only this key's is known: less than all, and more than nothing.
fn spend(figures: &Figures, now: Timestamp) -> Option<DailySpend> {
    let daily = figures.daily.as_ref()?;
    let rows = daily.value.iter().map(|row| DayRow {
        day: row.date,
        model: CleanText::line(&row.model),
        provider: None,
        used: row.used(),
    });
    let rows: Vec<DayRow> = rows.collect();
    let today = now.to_zoned(TimeZone::UTC).date();
    let spend = DailySpend::of_rows(&rows, today.saturating_sub(TOLD_DAYS.days()), now);
    Some(match &figures.key {
        Some(key) => spend.with_today(key.value.usage_daily),
        None => spend,
    })
}

fn judged(key: &KeyFigures) -> alerts::KeyFigures {
    let name = CleanText::line(&key.label);
    alerts::KeyFigures {
        id: name.clone(),
        name,
        limit: key.limit,
        limit_remaining: key.limit_remaining,
        created_at: None,
        expires_at: key.expires_at,
    }
}
