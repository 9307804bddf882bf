//! US dollars, exact: decimal, never binary floating point.

use std::fmt;
use std::ops::{Add, Mul, Sub};

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use serde::{Serialize, Serializer};

/// An amount in US dollars. OpenRouter's "credits" are dollars one to one.
///
/// Reckoning ends at the greatest amount there is instead of failing: a server may write any price.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Usd(Decimal);

impl Usd {
    /// No money.
    pub const ZERO: Self = Self(Decimal::ZERO);

    /// The amount a server wrote, be it `0.1`, `1e-7`, `5` or `"0.00000025"`; `None` when it is no
    /// number.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim().trim_matches('"').trim();
        Decimal::from_str_exact(text)
            .or_else(|_| Decimal::from_scientific(text))
            .ok()
            .map(|amount| Self(amount.normalize()))
    }

    /// An amount in whole cents.
    pub fn from_cents(cents: i64) -> Self {
        Self(Decimal::new(cents, 2))
    }

    /// The exact decimal.
    pub fn decimal(self) -> Decimal {
        self.0
    }

    /// Below zero: a debt, or, in a price, "depends on the routed model".
    pub fn is_negative(self) -> bool {
        self.0.is_sign_negative() && !self.0.is_zero()
    }

    /// Exactly nothing.
    pub fn is_zero(self) -> bool {
        self.0.is_zero()
    }

    /// This amount that many times, as for a price per token.
    #[must_use]
    pub fn times(self, count: u64) -> Self {
        self * Decimal::from(count)
    }

    /// An equal share among so many, to 28 digits; `None` among nobody.
    pub fn shared(self, count: u64) -> Option<Self> {
        self.0.checked_div(Decimal::from(count)).map(Self)
    }

    /// How many times `other` goes into this; `None` for nothing, and beyond what a decimal holds.
    pub fn over(self, other: Self) -> Option<Decimal> {
        self.0.checked_div(other.0)
    }
}

impl Add for Usd {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl Sub for Usd {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }
}

impl Mul<Decimal> for Usd {
    type Output = Self;

    fn mul(self, factor: Decimal) -> Self {
        Self(self.0.saturating_mul(factor))
    }
}

impl fmt::Display for Usd {
    /// Rounded for the eye: cents from one cent on, else enough digits to show the first two that
    /// count (`$12.40`, `$0.0021`, `$0.00000025`).
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.is_negative() { "-" } else { "" };
        let amount = self.0.abs();
        if amount.is_zero() || amount >= Decimal::new(1, 2) {
            return write!(f, "{sign}${:.2}", amount.round_dp(2));
        }
        let mut digits = 2;
        let mut scaled = amount * Decimal::ONE_HUNDRED;
        while scaled < Decimal::TEN && digits < 18 {
            scaled *= Decimal::TEN;
            digits += 1;
        }
        write!(f, "{sign}${}", amount.round_dp(digits).normalize())
    }
}

impl Serialize for Usd {
    /// A JSON number, as scripts expect of an amount.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_f64(self.0.to_f64().unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_spelling_of_a_price_is_read_exactly() {
        for text in ["0.00000015", "1.5e-7", "\"0.00000015\"", " 0.000000150 "] {
            assert_eq!(
                Usd::parse(text).unwrap().decimal().to_string(),
                "0.00000015",
                "{text}"
            );
        }
        assert_eq!(Usd::parse("-1").unwrap(), Usd::from_cents(-100));
        assert_eq!(Usd::parse("free"), None);
    }

    #[test]
    fn the_greatest_amounts_end_at_the_greatest() {
        let most = Usd::parse("79228162514264337593543950335").unwrap();
        assert_eq!(most.times(1_000_000), most);
        assert_eq!(most + most, most);
        assert_eq!(Usd::ZERO - most - most, Usd::ZERO - most);
        assert!(!most.to_string().is_empty());
    }

    #[test]
    fn an_amount_is_shared_and_measured_exactly_or_not_at_all() {
        assert_eq!(Usd::from_cents(100).shared(8), Usd::parse("0.125"));
        assert_eq!(Usd::from_cents(100).shared(0), None);
        let times = Usd::from_cents(100).over(Usd::from_cents(25));
        assert_eq!(times, Some(Decimal::from(4)));
        assert_eq!(Usd::from_cents(100).over(Usd::ZERO), None);
        let most = Usd::parse("79228162514264337593543950335").unwrap();
        assert_eq!(most.over(Usd::parse("0.0001").unwrap()), None);
    }

    #[test]
    fn amounts_are_rounded_only_for_the_eye() {
        let show = |text: &str| Usd::parse(text).unwrap().to_string();
        assert_eq!(show("12.399"), "$12.40");
        assert_eq!(show("0"), "$0.00");
        assert_eq!(show("0.002134"), "$0.0021");
        assert_eq!(show("0.00000025"), "$0.00000025");
        assert_eq!(show("-3.5"), "-$3.50");
    }
}
