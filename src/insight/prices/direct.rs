//! What a vendor takes from its own customers, from a dated snapshot, against the live price here.

use std::sync::LazyLock;

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::super::tokens::Tokens;
use super::fee::{Cost, Purchase};
use crate::domain::model_card::ModelCard;
use crate::domain::money::Usd;
use crate::text::{Phrase, Said};

/// The snapshot that comes with the program: `assets/direct-prices.txt`.
static SNAPSHOT: LazyLock<Snapshot> = LazyLock::new(|| {
    Snapshot::read(include_str!("../../../assets/direct-prices.txt"))
        .expect("a test reads the snapshot whole")
});

/// Vendors' own prices, each as of its day. They age: each is shown with its day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Snapshot {
    /// The prices.
    pub prices: Vec<DirectPrice>,
}

/// A vendor's own price of one model.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DirectPrice {
    /// The model's id at OpenRouter.
    pub model: &'static str,
    /// The vendor.
    pub vendor: &'static str,
    /// The vendor's page that it was read on.
    pub page: &'static str,
    /// The copy of the page that was read is no older than this.
    pub not_before: Date,
    /// USD per prompt token.
    pub prompt: Usd,
    /// USD per prompt token from a cache, where that is known.
    pub cache_read: Option<Usd>,
    /// USD per token written.
    pub completion: Usd,
}

/// The snapshot that comes with the program.
pub fn snapshot() -> &'static Snapshot {
    &SNAPSHOT
}

impl Snapshot {
    /// Reads the form that the file's own head describes; `None` if any line does not fit it.
    fn read(text: &'static str) -> Option<Self> {
        let mut prices = Vec::new();
        let mut vendor = None;
        for line in text.lines().map(str::trim) {
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            if let Some(head) = line.strip_prefix('@') {
                vendor = Some(head.trim());
                continue;
            }
            let cells: Vec<&'static str> = line.split('|').map(str::trim).collect();
            let [model, prompt, cache_read, completion, not_before, page] = cells[..] else {
                return None;
            };
            prices.push(DirectPrice {
                model,
                vendor: vendor?,
                page,
                not_before: not_before.parse().ok()?,
                prompt: a_token(prompt)?,
                cache_read: match cache_read {
                    "-" => None,
                    price => Some(a_token(price)?),
                },
                completion: a_token(completion)?,
            });
        }
        Some(Self { prices })
    }

    /// The vendor's own price of a model.
    pub fn price(&self, model: &str) -> Option<&DirectPrice> {
        self.prices.iter().find(|price| price.model == model)
    }
}

/// From USD a million tokens to USD a token.
fn a_token(million: &str) -> Option<Usd> {
    Usd::parse(million)?.shared(1_000_000)
}

impl DirectPrice {
    /// What tokens cost at the vendor's, USD. A token from a cache costs as any other where no price
    /// for it is known.
    pub fn cost(&self, tokens: Tokens) -> Usd {
        let from_cache = tokens.cached.min(tokens.prompt);
        self.prompt.times(tokens.prompt - from_cache)
            + self.cache_read.unwrap_or(self.prompt).times(from_cache)
            + self.completion.times(tokens.completion)
    }
}

impl Verdict {
    /// Its name in JSON: a contract.
    pub fn name(self) -> &'static str {
        match self {
            Self::DirectByFee => "direct-by-fee",
            Self::Direct => "direct",
            Self::OpenRouter => "openrouter",
            Self::Same => "same",
        }
    }
}

/// Which way is cheaper, the fee on credits counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Direct, by the fee alone: the prices are the same.
    DirectByFee,
    /// Direct: the prices differ.
    Direct,
    /// OpenRouter: the prices differ, by more than the fee.
    OpenRouter,
    /// Neither.
    Same,
}

/// The same tokens here and at the vendor's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comparison {
    /// Here, at the live price.
    pub here: Cost,
    /// At the vendor's, USD, as of the day of its price.
    pub direct: Usd,
    /// The vendor's price.
    pub price: DirectPrice,
    /// Which is cheaper.
    pub verdict: Verdict,
    /// The sentences.
    pub said: Said,
}

/// Compares the live price of a model with its vendor's own; `None` where one of them is not known or
/// there is nothing to pay.
pub fn compare(
    card: &ModelCard,
    tokens: Tokens,
    purchase: Purchase,
    snapshot: &Snapshot,
) -> Option<Comparison> {
    let price = snapshot.price(&card.id)?;
    // A price for the cache on one side alone is no difference between the two.
    let is_cache_priced = card.cache_read_price.is_some() && price.cache_read.is_some();
    let tokens = Tokens {
        cached: if is_cache_priced { tokens.cached } else { 0 },
        ..tokens
    };
    let here = purchase.cost_with_fee(tokens.cost_on(card)?);
    let direct = price.cost(tokens);
    if direct.is_zero() {
        return None;
    }
    let verdict = match here.total().cmp(&direct) {
        std::cmp::Ordering::Equal => Verdict::Same,
        std::cmp::Ordering::Less => Verdict::OpenRouter,
        std::cmp::Ordering::Greater if here.tokens == direct => Verdict::DirectByFee,
        std::cmp::Ordering::Greater => Verdict::Direct,
    };
    Some(Comparison {
        here,
        direct,
        price: price.clone(),
        verdict,
        said: say(here, direct, price, verdict),
    })
}

fn say(here: Cost, direct: Usd, price: &DirectPrice, verdict: Verdict) -> Said {
    const PASSED_ON: Phrase = Phrase::new(
        "OpenRouter passes the provider's prices on without a markup; the fee on buying credits comes on top.",
        "OpenRouter 按供应商原价转售，不加价；购买额度时另收手续费。",
    );
    const BY_FEE: Phrase = Phrase::new(
        "The same tokens are {} direct from {} and {} here with the fee: {} % more here.",
        "同样的 token 直接付费是 {}（{}），这里含手续费 {}：这里贵 {} %。",
    );
    const DIFFER: Phrase = Phrase::new(
        "The same tokens are {} direct from {} and {} here with the fee; the prices differ, so one of them may have changed.",
        "同样的 token 直接付费是 {}（{}），这里含手续费 {}；两边标价不同，其中之一可能已经变了。",
    );
    const SOURCE: Phrase = Phrase::new(
        "The vendor's price is a snapshot of {} no older than {}; it may have changed since.",
        "厂商价格是 {} 的快照（不早于 {}），之后可能已变。",
    );
    let total = here.total();
    let compared = match verdict {
        Verdict::DirectByFee => {
            let more = (total - direct).over(direct).unwrap_or_default();
            // The fee on a purchase of next to nothing is many times its credits.
            let more = more.saturating_mul(Decimal::ONE_HUNDRED);
            let more = more.round_dp(1).normalize();
            Said::new(BY_FEE, &[&direct, &price.vendor, &total, &more])
        }
        Verdict::Direct | Verdict::OpenRouter | Verdict::Same => {
            Said::new(DIFFER, &[&direct, &price.vendor, &total])
        }
    };
    let source = Said::new(SOURCE, &[&price.page, &price.not_before]);
    Said::from(PASSED_ON).then(compared).then(source)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::insight::prices::LARGE_JOB;
    use crate::text::Lang;

    /// Sonnet 4.5 at $3 and $15 a million, or so many percent of that.
    fn sonnet(percent: i64) -> ModelCard {
        let of = |price: &str| Usd::parse(price).map(|price| price * Decimal::new(percent, 2));
        ModelCard {
            id: "anthropic/claude-sonnet-4.5".into(),
            prompt_price: of("0.000003"),
            completion_price: of("0.000015"),
            ..ModelCard::default()
        }
    }

    fn compared(card: &ModelCard, purchase: Purchase) -> Comparison {
        compare(card, LARGE_JOB, purchase, snapshot()).unwrap()
    }

    #[test]
    fn the_snapshot_is_read_whole_and_says_where_it_is_from() {
        let text = include_str!("../../../assets/direct-prices.txt");
        let rows = text.lines().filter(|line| line.contains('|'));
        let rows = rows.filter(|line| !line.starts_with(['#', '@'])).count();
        assert_eq!(snapshot().prices.len(), rows);
        for price in &snapshot().prices {
            assert!(price.page.starts_with("https://"), "{}", price.model);
            assert!(price.not_before > jiff::civil::date(2026, 1, 1));
            assert!(price.prompt < price.completion, "{}", price.model);
            let same = snapshot().prices.iter();
            assert_eq!(same.filter(|other| other.model == price.model).count(), 1);
            assert!(price.cache_read.is_none_or(|cached| cached < price.prompt));
        }
    }

    #[test]
    fn a_torn_snapshot_is_not_read_in_part() {
        let row = "a/b | 1 | - | 2 | 2026-11-25 | https://a";
        let read = |text: String| Snapshot::read(text.leak());
        assert_eq!(read(format!("@ A\n{row}")).unwrap().prices.len(), 1);
        assert_eq!(read(row.to_owned()), None, "nobody's");
        for (cell, other) in [
            ("| 2 ", ""),
            ("2026", "2o26"),
            ("1 |", "one |"),
            (" - ", " x "),
        ] {
            assert_eq!(read(format!("@ A\n{}", row.replacen(cell, other, 1))), None);
        }
    }

    #[test]
    fn at_the_same_price_direct_is_cheaper_by_the_fee() {
        // 0.8 M × $3/M + 40,000 × $15/M = $3.00, and 5.5 % on top.
        let told = compared(&sonnet(100), Purchase::default());
        assert_eq!(told.direct, Usd::from_cents(300));
        assert_eq!(told.here.total(), Usd::parse("3.165").unwrap());
        assert_eq!(told.verdict, Verdict::DirectByFee);
        assert_eq!(
            told.said.say(Lang::En),
            "OpenRouter passes the provider's prices on without a markup; the fee on buying credits comes on top. \
             The same tokens are $3.00 direct from Anthropic and $3.17 here with the fee: 5.5 % more here. The \
             vendor's price is a snapshot of https://platform.claude.com/docs/en/about-claude/pricing no older than \
             2026-02-05; it may have changed since."
        );
    }

    #[test]
    fn a_small_purchase_makes_direct_cheaper_by_more() {
        let five_dollars = Purchase {
            credits: Usd::from_cents(500),
            ..Purchase::default()
        };
        let told = compared(&sonnet(100), five_dollars);
        assert_eq!(told.here.total(), Usd::from_cents(348));
        assert!(told.said.say(Lang::Zh).contains("这里贵 16 %"));
    }

    #[test]
    fn where_the_prices_differ_no_percentage_is_claimed() {
        for (percent, verdict) in [
            (110, Verdict::Direct),
            (98, Verdict::Direct),
            (50, Verdict::OpenRouter),
        ] {
            let told = compared(&sonnet(percent), Purchase::default());
            assert_eq!(told.verdict, verdict, "{percent}");
            let said = told.said.say(Lang::En);
            assert!(
                said.contains("may have changed") && !said.contains('%'),
                "{said}"
            );
        }
    }

    #[test]
    fn a_price_for_the_cache_on_one_side_alone_is_no_difference() {
        let tokens = Tokens {
            cached: 500_000,
            ..LARGE_JOB
        };
        let without = compare(&sonnet(100), tokens, Purchase::default(), snapshot()).unwrap();
        assert_eq!(without.verdict, Verdict::DirectByFee);
        let with = ModelCard {
            cache_read_price: Usd::parse("0.0000003"),
            ..sonnet(100)
        };
        let with = compare(&with, tokens, Purchase::default(), snapshot()).unwrap();
        // 0.3 M × $3/M + 0.5 M × $0.30/M + 40,000 × $15/M
        assert_eq!(with.direct, Usd::from_cents(165));
        assert_eq!(with.verdict, Verdict::DirectByFee);
    }

    #[test]
    fn a_purchase_of_next_to_nothing_makes_no_panic() {
        let purchase = Purchase {
            credits: Usd::parse("1e-28").unwrap(),
            ..Purchase::default()
        };
        let told = compared(&sonnet(100), purchase);
        assert_eq!(told.verdict, Verdict::DirectByFee);
    }

    #[test]
    fn what_is_not_known_is_not_compared() {
        let purchase = Purchase::default();
        let unknown = ModelCard {
            id: "nobody/nothing".into(),
            ..sonnet(100)
        };
        assert_eq!(compare(&unknown, LARGE_JOB, purchase, snapshot()), None);
        let nothing = Tokens::default();
        assert_eq!(compare(&sonnet(100), nothing, purchase, snapshot()), None);
    }
}
