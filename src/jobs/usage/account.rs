//! What a management key is told of the whole account.

use futures_util::future::BoxFuture;
use futures_util::stream::FuturesUnordered;
use futures_util::{FutureExt, StreamExt};
use jiff::Timestamp;
use jiff::civil::Date;

use super::{Manager, Telling, analytics, keys};
use crate::domain::account::{ActivityRow, Credits, ManagedKey};
use crate::domain::figures::{
    AccountFigures, AccountKey, DayFigures, Gathered, KeyDays, Known, Part,
};
use crate::domain::symptom::Symptom;

/// What one question about the account brought.
enum Answered {
    Credits(Result<Credits, Symptom>),
    Days(Result<Vec<ActivityRow>, Symptom>),
    Keys(Result<Vec<ManagedKey>, Symptom>),
    KeyDays(Result<Vec<KeyDays>, Symptom>),
    KeysFurtherBack(Vec<KeyDays>, Result<(), Symptom>),
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
            manager.keys().map(Answered::Keys).boxed(),
            analytics::ask(&manager, history.as_ref(), now)
                .map(Answered::Analytics)
                .boxed(),
        ];
        let mut asked: FuturesUnordered<_> = questions.into_iter().collect();
        while let Some(answered) = asked.next().await {
            // What a key did is asked for when the keys are known, and its days further back after that: neither
            // holds up what is there.
            match &answered {
                Answered::Keys(Ok(listed)) => {
                    if let Some(wanted) = keys::wanted(listed, own, key_days.as_ref(), now) {
                        let days = keys::days_of(&manager, wanted);
                        asked.push(days.map(Answered::KeyDays).boxed());
                    }
                }
                Answered::KeyDays(Ok(days)) => {
                    let mut days = days.clone();
                    let manager = &manager;
                    let further_back = async move {
                        let told = analytics::add_to_keys(manager, &mut days, now).await;
                        Answered::KeysFurtherBack(days, told)
                    };
                    asked.push(further_back.boxed());
                }
                _ => {}
            }
            self.take(answered, own, now);
            tell(self);
        }
        // The order in which the answers came means nothing.
        self.troubles.sort_by_key(|(part, _)| *part);
        // The analytics are asked twice, for the account and for its keys.
        self.troubles.dedup_by_key(|(part, _)| *part);
    }

    fn take(&mut self, answered: Answered, own: &str, now: Timestamp) {
        let known = |value| Known { as_of: now, value };
        match answered {
            Answered::Credits(credits) => self.learn_credits(credits, now),
            Answered::Days(rows) => self.learn(Part::Daily, rows, |figures, rows| {
                figures.daily = Some(known(day_figures(&rows)));
            }),
            Answered::Keys(listed) => self.learn_keys(listed, own, now),
            // Days that go further back stay until those that take their place have come.
            Answered::KeyDays(Ok(days)) => {
                self.figures
                    .key_days
                    .get_or_insert_with(|| known_days(days, now));
            }
            Answered::KeyDays(Err(symptom)) => self.troubles.push((Part::Keys, symptom)),
            Answered::KeysFurtherBack(days, told) => {
                self.figures.key_days = Some(known_days(days, now));
                self.learn(Part::Analytics, told, |_, ()| {});
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

    /// `own` is the hash of the key in use.
    pub(super) fn learn_keys(
        &mut self,
        keys: Result<Vec<ManagedKey>, Symptom>,
        own: &str,
        now: Timestamp,
    ) {
        self.learn(Part::Keys, keys, |figures, keys| {
            // A management key is in no list.
            let has_own = keys.iter().any(|key| *key.hash == *own);
            figures.keys_lack_own = figures.key.is_some() && !has_own;
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
        figures.keys_lack_own = false;
        figures.key_days = None;
        figures.history = None;
        figures.today = None;
    }
}

fn known_days(value: Vec<KeyDays>, as_of: Timestamp) -> Known<Vec<KeyDays>> {
    Known { as_of, value }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::openrouter::{BaseUrl, Network, OpenRouter};
    use crate::sandbox::{Options, Sandbox};

    #[tokio::test]
    async fn keys_wait_neither_for_their_days_nor_these_for_those_further_back() {
        let sandbox = Sandbox::start(Options::default()).await.unwrap();
        let base = BaseUrl::parse(&sandbox.base_url()).unwrap();
        let key = Some(sandbox.management_key());
        let client = OpenRouter::new(base, key, &Network::default()).unwrap();
        // The list of keys, their days, and those further back: how much of it is there each time it is told.
        let mut told = Vec::new();
        let mut tell = |so_far: &Gathered| {
            let figures = &so_far.figures;
            let days = figures.key_days.as_ref().map(|known| &known.value);
            let is_far = |days: &Vec<KeyDays>| days.iter().all(|days| days.history.is_some());
            let parts = [
                figures.keys.is_some(),
                days.is_some(),
                days.is_some_and(is_far),
            ];
            told.push(parts.iter().filter(|is_there| **is_there).count());
        };
        let mut gathered = Gathered::default();
        let now = Timestamp::now();
        let manager = Ok(Some(client.clone()));
        gathered.learn_account(manager, "", now, &mut tell).await;
        told.dedup();
        assert_eq!(told.last(), Some(&3));
        assert!(told.ends_with(&[1, 2, 3]), "{told:?}");

        // Those known from before stay whole until all of the new ones have come.
        gathered.figures.key_days.as_mut().unwrap().as_of = Timestamp::UNIX_EPOCH;
        let mut whole = true;
        let mut tell = |so_far: &Gathered| {
            let known = so_far.figures.key_days.as_ref().unwrap();
            whole &= known.value.iter().all(|days| days.history.is_some());
        };
        let manager = Ok(Some(client));
        gathered.learn_account(manager, "", now, &mut tell).await;
        assert!(whole);
        assert_eq!(gathered.figures.key_days.unwrap().as_of, now);
    }
}
