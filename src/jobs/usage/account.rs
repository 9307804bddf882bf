//! What a management key is told of the whole account.

use futures_util::future::BoxFuture;
use futures_util::stream::FuturesUnordered;
use futures_util::{FutureExt, StreamExt};
use jiff::Timestamp;
use jiff::civil::Date;

use super::{Manager, Telling, analytics, keys};
use crate::domain::account::{ActivityRow, Credits, ManagedKey};
use crate::domain::figures::{AccountFigures, AccountKey, DayFigures, Gathered, Known, Part};
use crate::domain::symptom::Symptom;

/// What one question about the account brought.
enum Answered {
    Credits(Result<Credits, Symptom>),
    Days(Result<Vec<ActivityRow>, Symptom>),
    Keys(Result<keys::Keys, Symptom>),
    Analytics(Result<analytics::Told, Symptom>),
}

impl Gathered {
    /// Asks as `manager` for all that the account is told; `own` is the hash of the key in use. Each part is
    /// taken as it comes, and told then.
    pub(super) async fn learn_account(
        &mut self,
        manager: Manager,
        own: &str,
        now: Timestamp,
        tell: Telling<'_>,
    ) {
        let Some(manager) = self.who_may_tell(manager) else {
            return;
        };
        let key_days = self.figures.key_days.clone();
        let history = self.figures.history.clone();
        let questions: [BoxFuture<'_, Answered>; 4] = [
            manager.credits().map(Answered::Credits).boxed(),
            manager.activity(None).map(Answered::Days).boxed(),
            keys::ask(&manager, own, key_days.as_ref(), now)
                .map(Answered::Keys)
                .boxed(),
            analytics::ask(&manager, history.as_ref(), now)
                .map(Answered::Analytics)
                .boxed(),
        ];
        let mut asked: FuturesUnordered<_> = questions.into_iter().collect();
        while let Some(answered) = asked.next().await {
            self.take(answered, now);
            tell(self);
        }
        // The order in which the answers came means nothing.
        self.troubles.sort_by_key(|(part, _)| *part);
        // The analytics are asked twice, for the account and for its keys.
        self.troubles.dedup_by_key(|(part, _)| *part);
    }

    fn take(&mut self, answered: Answered, now: Timestamp) {
        let known = |value| Known { as_of: now, value };
        match answered {
            Answered::Credits(credits) => self.learn_credits(credits, now),
            Answered::Days(rows) => self.learn(Part::Daily, rows, |figures, rows| {
                figures.daily = Some(known(day_figures(&rows)));
            }),
            Answered::Keys(Err(symptom)) => self.learn_keys(Err(symptom), now),
            Answered::Keys(Ok(keys)) => {
                self.learn_keys(Ok(keys.listed), now);
                self.learn(Part::Keys, keys.days, |figures, days| {
                    figures.key_days = Some(days);
                });
                self.learn(Part::Analytics, keys.further_back, |_, ()| {});
            }
            Answered::Analytics(told) => self.learn(Part::Analytics, told, |figures, told| {
                figures.today = told.today.map(known);
                figures.history = told.history;
            }),
        }
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
