//! What a management key is told of the whole account.

use futures_util::future::join4;
use jiff::Timestamp;
use jiff::civil::Date;

use super::{Manager, analytics, keys};
use crate::domain::account::{ActivityRow, Credits, ManagedKey};
use crate::domain::figures::{AccountFigures, AccountKey, DayFigures, Gathered, Known, Part};
use crate::domain::symptom::Symptom;

impl Gathered {
    /// Asks as `manager` for all that the account is told; `own` is the hash of the key in use.
    pub(super) async fn learn_account(&mut self, manager: Manager, own: &str, now: Timestamp) {
        let Some(manager) = self.who_may_tell(manager) else {
            return;
        };
        let (credits, activity, keys, analysed) = join4(
            manager.credits(),
            manager.activity(None),
            keys::ask(&manager, own, self.figures.key_days.as_ref(), now),
            analytics::ask(&manager, self.figures.history.as_ref(), now),
        )
        .await;
        let known = |value| Known { as_of: now, value };
        self.learn_credits(credits, now);
        self.learn(Part::Daily, activity, |figures, rows| {
            figures.daily = Some(known(day_figures(&rows)));
        });
        let (listed, days) = match keys {
            Ok(keys) => (Ok(keys.listed), Some(keys.days)),
            Err(symptom) => (Err(symptom), None),
        };
        self.learn_keys(listed, now);
        if let Some(days) = days {
            self.learn(Part::Keys, days, |figures, days| {
                figures.key_days = Some(days);
            });
        }
        self.learn(Part::Analytics, analysed, |figures, analysed| {
            figures.today = analysed.today.map(known);
            figures.history = analysed.history;
        });
    }

    pub(super) fn learn_credits(&mut self, credits: Result<Credits, Symptom>, now: Timestamp) {
        self.learn(Part::Account, credits, |figures, credits| {
            figures.account = Some(Known {
                as_of: now,
                value: AccountFigures::from(credits),
            });
        });
    }

    pub(super) fn learn_keys(&mut self, keys: Result<Vec<ManagedKey>, Symptom>, now: Timestamp) {
        self.learn(Part::Keys, keys, |figures, keys| {
            figures.keys = Some(Known {
                as_of: now,
                value: keys.iter().map(AccountKey::from).collect(),
            });
        });
    }

    pub(super) fn forget_account(&mut self) {
        let figures = &mut self.figures;
        figures.account = None;
        figures.daily = None;
        figures.keys = None;
        figures.key_days = None;
        figures.history = None;
        figures.today = None;
    }
}

/// The rows of the server's whose day can be read. Some servers put a time behind the day.
pub(super) fn day_figures(rows: &[ActivityRow]) -> Vec<DayFigures> {
    rows.iter().filter_map(of_one_day).collect()
}

fn of_one_day(row: &ActivityRow) -> Option<DayFigures> {
    let date: Date = row.date.get(..10)?.parse().ok()?;
    let provider = (!row.provider.is_empty()).then(|| row.provider.to_string());
    Some(DayFigures {
        date,
        model: row.model.to_string(),
        provider,
        requests: row.requests,
        prompt_tokens: row.prompt_tokens,
        completion_tokens: row.completion_tokens,
        reasoning_tokens: row.reasoning_tokens,
        cached_tokens: row.cached_tokens,
        cost_usd: row.usage,
        byok_usd: row.byok_usage,
    })
}
