//! The account's keys, and the days of those that spend. Each key's days are a question of their own, so
//! they are asked for a few at a time, for the keys that matter most, and once an hour. Where the analytics can
//! be narrowed to a key, they tell its days further back and its running one.

use futures_util::{StreamExt, TryStreamExt, stream};
use jiff::Timestamp;

use super::account::day_figures;
use super::holding::{DAYS_HOLD, days_hold};
use crate::domain::account::ManagedKey;
use crate::domain::figures::{KeyDays, Known};
use crate::domain::symptom::Symptom;
use crate::openrouter::OpenRouter;

/// For so many keys the days are asked for.
const MOST: usize = 12;
/// So many at a time.
pub(super) const AT_ONCE: usize = 3;

/// The keys whose days are to be asked for; `None`: those that are kept are young and of the same keys.
pub(super) fn wanted(
    listed: &[ManagedKey],
    own: &str,
    kept: Option<&Known<Vec<KeyDays>>>,
    now: Timestamp,
) -> Option<Vec<String>> {
    let wanted = spenders(listed, own);
    let are_young = kept.is_some_and(|kept| {
        let has = |hash: &String| kept.value.iter().any(|days| days.hash == *hash);
        days_hold(kept.as_of, DAYS_HOLD, now) && wanted.iter().all(has)
    });
    (!are_young).then_some(wanted)
}

/// The completed days of each of these keys. Source: `GET /activity` with a key's hash.
pub(super) async fn days_of(
    manager: &OpenRouter,
    hashes: Vec<String>,
) -> Result<Vec<KeyDays>, Symptom> {
    let asked = stream::iter(hashes).map(|hash| async move {
        let rows = manager.activity(Some(&hash)).await?;
        let days = day_figures(&rows);
        Ok(KeyDays {
            hash,
            days,
            ..KeyDays::default()
        })
    });
    asked.buffered(AT_ONCE).try_collect().await
}

/// The keys that spent anything, the key in use first, then those that spent most this month.
fn spenders(keys: &[ManagedKey], own: &str) -> Vec<String> {
    let spent = |key: &&ManagedKey| !key.usage.total.is_zero() || !key.byok_usage.total.is_zero();
    let mut keys: Vec<&ManagedKey> = keys.iter().filter(spent).collect();
    keys.sort_by_key(|key| {
        let amounts = (key.usage.monthly, key.usage.total);
        (key.hash.as_str() != own, std::cmp::Reverse(amounts))
    });
    let hashes = keys.iter().take(MOST).map(|key| key.hash.to_string());
    hashes.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::account::Spend;
    use crate::domain::money::Usd;

    fn key(hash: &str, total: i64, monthly: i64) -> ManagedKey {
        ManagedKey {
            hash: hash.into(),
            usage: Spend {
                total: Usd::from_cents(total),
                monthly: Usd::from_cents(monthly),
                ..Spend::default()
            },
            ..ManagedKey::default()
        }
    }

    #[test]
    fn the_key_in_use_is_asked_for_first_and_one_that_never_spent_not_at_all() {
        let own_provider = ManagedKey {
            byok_usage: Spend {
                total: Usd::from_cents(1),
                ..Spend::default()
            },
            ..key("d", 0, 0)
        };
        let keys = [
            key("a", 900, 0),
            key("b", 100, 50),
            key("own", 10, 0),
            key("c", 0, 0),
            own_provider,
        ];
        assert_eq!(spenders(&keys, "own"), ["own", "b", "a", "d"]);
        let many: Vec<ManagedKey> = (1..40).map(|n| key(&n.to_string(), n, n)).collect();
        assert_eq!(spenders(&many, "none").len(), MOST);
        assert_eq!(spenders(&many, "none")[0], "39");
    }
}
