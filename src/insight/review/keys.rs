//! Keys whose tokens cost far more than tokens do on the whole.

use rust_decimal::Decimal;

use super::remarks::{FAR_ABOVE, Remark, is_worth_saying};
use super::{Review, blended};
use crate::domain::clean_text::CleanText;
use crate::domain::spend::Used;
use crate::text::{Phrase, Said};

/// What one key used on the days of a review.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyUse {
    /// Its hash.
    pub hash: String,
    /// What a person calls it.
    pub name: CleanText,
    /// What was paid with credits.
    pub used: Used,
}

impl Review {
    /// Adds what is worth saying about the account's keys.
    pub fn hold_keys(&mut self, keys: &[KeyUse]) {
        let dear: Vec<Remark> = keys.iter().filter_map(|key| self.dear(key)).collect();
        self.remarks.extend(dear);
        self.remarks
            .sort_by_key(|remark| std::cmp::Reverse(remark.monthly));
    }

    fn dear(&self, key: &KeyUse) -> Option<Remark> {
        const DEAR: Phrase = Phrase::new(
            "The key “{}” pays {} per million tokens, {} times the {} of all together; {} a month was paid.",
            "密钥“{}”每百万 token 约 {}，是总体平均值的 {} 倍（平均 {}）；每月实付 {}。",
        );
        let (own, overall) = (blended(&key.used)?, self.blended?);
        let monthly = self.span.a_month(key.used.cost);
        let times = own.over(overall)?;
        if times < Decimal::from(FAR_ABOVE) || !is_worth_saying(monthly) {
            return None;
        }
        let times = times.round_dp(1).normalize();
        Some(Remark {
            id: "dear-key",
            model: None,
            key: Some(key.hash.clone()),
            monthly: Some(monthly),
            instead: None,
            said: Said::new(DEAR, &[&key.name, &own, &times, &overall, &monthly]),
        })
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::domain::money::Usd;
    use crate::domain::spend::DayRow;
    use crate::insight::review::{Records, review};
    use crate::insight::span::Span;
    use crate::text::Lang;

    #[test]
    fn a_key_whose_tokens_cost_three_times_as_much_is_named_once() {
        let used = |cents: i64, tokens: u64| Used {
            requests: 1,
            prompt_tokens: tokens,
            cost: Usd::from_cents(cents),
            ..Used::default()
        };
        let day = date(2026, 11, 1);
        let rows = [(300, 500_000), (100, 1_500_000)].map(|(cents, tokens)| DayRow {
            day,
            model: "a/b".into(),
            provider: None,
            used: used(cents, tokens),
        });
        let mut review = review(&Records {
            rows: &rows,
            span: Span::new(day, date(2026, 11, 30)),
            models: &[],
            longest_request: None,
        });
        let keys = [("h1", 300, 500_000), ("h2", 100, 1_500_000)];
        review.hold_keys(&keys.map(|(hash, cents, tokens)| KeyUse {
            hash: hash.into(),
            name: hash.into(),
            used: used(cents, tokens),
        }));
        let [remark] = review.remarks.as_slice() else {
            panic!("{:?}", review.remarks);
        };
        assert_eq!((remark.id, remark.key.as_deref()), ("dear-key", Some("h1")));
        assert_eq!(
            remark.said.say(Lang::En),
            "The key “h1” pays $6.00 per million tokens, 3 times the $2.00 of all together; $3.00 a month was paid."
        );
    }
}
