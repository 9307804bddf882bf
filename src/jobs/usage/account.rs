//! What a management key is told of the whole account.

use futures_util::future::join4;
use jiff::Timestamp;
use jiff::civil::Date;

use super::{analytics, keys};
use crate::domain::account::ActivityRow;
use crate::domain::figures::{
    AccountFigures, AccountKey, DayFigures, Gathered, Known, Part, Untold,
};
use crate::domain::symptom::Symptom;
use crate::openrouter::OpenRouter;

impl Gathered {
    /// Asks as `manager` for all that the account is told; `own` is the hash of the key in use.
    pub(super) async fn learn_account(
        &mut self,
        manager: Result<Option<OpenRouter>, Symptom>,
        own: &str,
        now: Timestamp,
    ) {
        let manager = match manager {
            Ok(Some(manager)) => manager,
            // The zeros that an ordinary key has been seen to get are no balance.
            Ok(None) => {
                self.forget_account();
                self.untold.push(Untold::NeedsManagementKey);
                return;
            }
            Err(symptom) => {
                self.troubles.push((Part::Account, symptom));
                return;
            }
        };
        let (credits, activity, keys, analysed) = join4(
            manager.credits(),
            manager.activity(None),
            keys::ask(&manager, own, self.figures.key_days.as_ref(), now),
            analytics::ask(&manager, self.figures.history.as_ref(), now),
        )
        .await;
        let known = |value| Known { as_of: now, value };
        self.learn(Part::Account, credits, |figures, credits| {
            figures.account = Some(Known {
                as_of: now,
                value: AccountFigures::from(credits),
            });
        });
        self.learn(Part::Daily, activity, |figures, rows| {
            figures.daily = Some(known(day_figures(&rows)));
        });
        self.learn(Part::Keys, keys, |figures, keys| {
            let listed = keys.listed.iter().map(AccountKey::from).collect();
            figures.keys = Some(Known {
                as_of: now,
                value: listed,
            });
            figures.key_days = keys.days;
        });
        self.learn(Part::Analytics, analysed, |figures, analysed| {
            figures.today = analysed.today.map(known);
            figures.history = analysed.history;
        });
    }

    fn forget_account(&mut self) {
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
