//! Where an alert begins, and where it ends again.

use rust_decimal::Decimal;

use crate::domain::money::Usd;

/// The bounds. `None` switches a rule off; that nothing is left, or that a key has expired, is told
/// together with the rule that warns of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Thresholds {
    /// Balance of the account, USD: an alert below it. $5.
    pub balance: Option<Usd>,
    /// What a key's limit leaves, USD: an alert below it. $1. A limit that is no greater than this
    /// from the beginning is judged by its share alone, unless [`Self::judges_small_limits`].
    pub limit_left: Option<Usd>,
    /// A limit that is no greater than the amount it is to leave is judged by it, too: who names the amount for this very
    /// look means it. No.
    pub judges_small_limits: bool,
    /// Share of a key's limit that is used, %: an alert from it on. 80 %.
    pub limit_share: Option<u32>,
    /// What one UTC day must cost at least to be unusual, USD. $1.
    pub day_spend: Option<Usd>,
    /// How many times the usual distance from the median (the MAD) a day must lie above the median to
    /// be unusual. 6. It must also be twice the median: where every day costs the same, one cent more
    /// is no event.
    pub day_spend_distance: u32,
    /// Days to a key's expiry: an alert from it on. 7 days.
    pub expiry_days: Option<u32>,
    /// Age of a key, days: an alert above it. 180 days.
    pub key_age_days: Option<u32>,
    /// Days to the retirement of a model in use: an alert from it on. 30 days.
    pub retirement_days: Option<u32>,
}

impl Thresholds {
    /// Every rule is switched off.
    pub const OFF: Self = Self {
        balance: None,
        limit_left: None,
        judges_small_limits: false,
        limit_share: None,
        day_spend: None,
        day_spend_distance: 6,
        expiry_days: None,
        key_age_days: None,
        retirement_days: None,
    };

    /// Whether every rule is switched off.
    pub fn are_off(&self) -> bool {
        let off = Self {
            day_spend_distance: self.day_spend_distance,
            judges_small_limits: self.judges_small_limits,
            ..Self::OFF
        };
        *self == off
    }
}

impl Default for Thresholds {
    fn default() -> Self {
        Self {
            balance: Some(Usd::from_cents(500)),
            limit_left: Some(Usd::from_cents(100)),
            judges_small_limits: false,
            limit_share: Some(80),
            day_spend: Some(Usd::from_cents(100)),
            day_spend_distance: 6,
            expiry_days: Some(7),
            key_age_days: Some(180),
            retirement_days: Some(30),
        }
    }
}

/// The bounds as a rule reads them: exactly, or moved a little so that a figure that has just crossed
/// one still counts as crossed.
pub(super) struct Bounds<'a> {
    /// As the person set them.
    pub(super) set: &'a Thresholds,
    is_near: bool,
}

/// An amount of nothing left is past only when this much is there again.
const SOMETHING_CENTS: i64 = 10;

impl<'a> Bounds<'a> {
    pub(super) fn exact(set: &'a Thresholds) -> Self {
        Self {
            set,
            is_near: false,
        }
    }

    pub(super) fn near(set: &'a Thresholds) -> Self {
        Self { set, is_near: true }
    }

    /// Nothing is left.
    pub(super) fn is_gone(&self, left: Usd) -> bool {
        if self.is_near {
            left < Usd::from_cents(SOMETHING_CENTS)
        } else {
            left <= Usd::ZERO
        }
    }

    /// Less is left than `bound`; near: than a tenth more.
    pub(super) fn is_low(&self, left: Usd, bound: Usd) -> bool {
        left < bound * self.percent(100, 110)
    }

    /// `used` of `whole` is `percent` or more; near: five points less.
    pub(super) fn is_share(&self, used: Usd, whole: Usd, percent: u32) -> bool {
        let percent = if self.is_near {
            percent.saturating_sub(5)
        } else {
            percent
        };
        used.times(100) >= whole.times(u64::from(percent)) && !used.is_zero()
    }

    /// A day's spend is above `bound`; near: above nine tenths of it.
    pub(super) fn is_above(&self, spent: Usd, bound: Usd) -> bool {
        spent > bound * self.percent(100, 90)
    }

    fn percent(&self, exact: i64, near: i64) -> Decimal {
        Decimal::new(if self.is_near { near } else { exact }, 2)
    }
}
