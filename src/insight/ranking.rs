//! Rows of figures put together by day, by model or by provider.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::hash::Hash;

use foldhash::fast::RandomState;
use jiff::civil::Date;

use crate::domain::figures::DayFigures;
use crate::domain::spend::Used;

/// By UTC day, the latest first; days without a row are left out.
pub fn by_day<'a>(rows: impl IntoIterator<Item = &'a DayFigures>) -> Vec<(Date, Used)> {
    let mut days = summed(rows, |row| row.date);
    days.reverse();
    days
}

/// By model, the dearest first.
pub fn by_model<'a>(rows: impl IntoIterator<Item = &'a DayFigures>) -> Vec<(&'a str, Used)> {
    ranked(summed(rows, |row| row.model.as_str()))
}

/// By provider, the dearest first; `None` where nobody told who it was.
pub fn by_provider<'a>(
    rows: impl IntoIterator<Item = &'a DayFigures>,
) -> Vec<(Option<&'a str>, Used)> {
    ranked(summed(rows, |row| row.provider.as_deref()))
}

/// The dearest first; what cost the same by requests, then in the order it came.
pub fn ranked<K>(mut sums: Vec<(K, Used)>) -> Vec<(K, Used)> {
    sums.sort_by_key(|(_, used)| Reverse((used.cost, used.byok_cost, used.requests)));
    sums
}

/// By a key, in its order.
fn summed<'a, K: Ord + Hash + Copy>(
    rows: impl IntoIterator<Item = &'a DayFigures>,
    key: impl Fn(&'a DayFigures) -> K,
) -> Vec<(K, Used)> {
    let mut sums: HashMap<K, Used, RandomState> = HashMap::default();
    for row in rows {
        *sums.entry(key(row)).or_default() += row.used();
    }
    let mut sums: Vec<(K, Used)> = sums.into_iter().collect();
    sums.sort_unstable_by_key(|(key, _)| *key);
    sums
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::domain::money::Usd;

    fn row(day: i8, model: &str, provider: Option<&str>, cents: i64) -> DayFigures {
        DayFigures {
            date: date(2026, 11, day),
            model: model.to_owned(),
            provider: provider.map(str::to_owned),
            requests: 1,
            prompt_tokens: 10,
            completion_tokens: 2,
            reasoning_tokens: 0,
            cached_tokens: 0,
            cost_usd: Usd::from_cents(cents),
            byok_usd: Usd::ZERO,
        }
    }

    #[test]
    fn rows_are_summed_and_the_dearest_comes_first() {
        let rows = [
            row(1, "a/a", Some("P"), 3),
            row(2, "a/a", None, 4),
            row(2, "b/b", Some("P"), 9),
        ];
        let cents = |used: &Used| used.cost;
        let days: Vec<_> = by_day(&rows)
            .iter()
            .map(|(day, used)| (day.day(), cents(used)))
            .collect();
        assert_eq!(days, [(2, Usd::from_cents(13)), (1, Usd::from_cents(3))]);
        let models: Vec<_> = by_model(&rows).iter().map(|(name, _)| *name).collect();
        assert_eq!(models, ["b/b", "a/a"]);
        let providers: Vec<_> = by_provider(&rows).iter().map(|(name, _)| *name).collect();
        assert_eq!(providers, [Some("P"), None]);
    }
}
