//! US dollars, exact: decimal, never binary floating point.

use std::fmt;
use std::ops::{Add, Mul, Sub};

use rust_decimal::prelude::ToPrimitive;
use rust_decimal::{Decimal, RoundingStrategy};
use serde::de::Error as _;
use serde::ser::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::value::RawValue;

use super::count::digits_grouped;

/// An amount in US dollars. OpenRouter's "credits" are dollars one to one.
///
/// Reckoning ends at the greatest amount there is instead of failing: a server may write any price.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Usd(Decimal);

/// How many digits after the point a pico-dollar is.
const PICO_DIGITS: u32 = 12;
/// Millionths of a millionth in one dollar.
const PICOS_OF_A_DOLLAR: Decimal = Decimal::from_parts(0xD4A5_1000, 0xE8, 0, false, 0);

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

    /// The amount that a person typed, such as `5`, `$2.50` or `2.5 USD`; `None` when it is none, is below
    /// nothing, or has a comma: what stands behind one may be thousands or cents.
    pub fn typed(text: &str) -> Option<Self> {
        let text = text.trim();
        let text = text.strip_prefix(['$', '＄']).unwrap_or(text);
        let units = ["USD", "usd", "美元"];
        let bare = units.iter().find_map(|unit| text.strip_suffix(unit));
        let text = bare.unwrap_or(text).trim();
        let is_plain = text
            .bytes()
            .all(|byte| byte.is_ascii_digit() || byte == b'.');
        Self::parse(text).filter(|_| is_plain)
    }

    /// An amount in whole cents.
    pub fn from_cents(cents: i64) -> Self {
        Self(Decimal::new(cents, 2))
    }

    /// An amount in millionths of a millionth of a dollar; ends at the greatest amount there is.
    pub fn from_picos(picos: i128) -> Self {
        let most = Decimal::try_from_i128_with_scale(picos, PICO_DIGITS);
        Self(
            most.unwrap_or(if picos < 0 {
                Decimal::MIN
            } else {
                Decimal::MAX
            })
            .normalize(),
        )
    }

    /// The amount in millionths of a millionth of a dollar, rounded where it is finer still; one that
    /// does not fit (nine million dollars) is the greatest that does.
    pub fn to_picos(self) -> i64 {
        // First the whole dollars: a price of 28 digits would overflow on its way to a saturated number.
        let most = Decimal::from(i64::MAX) / PICOS_OF_A_DOLLAR;
        if self.0 >= most {
            return i64::MAX;
        }
        if self.0 <= -most {
            return -i64::MAX;
        }
        let picos = (self.0 * PICOS_OF_A_DOLLAR).round();
        picos.to_i64().unwrap_or(i64::MAX)
    }

    /// The exact decimal.
    pub fn decimal(self) -> Decimal {
        self.0
    }

    /// Below zero: a debt, or, in a price, "depends on the routed model".
    pub fn is_negative(self) -> bool {
        self.0.is_sign_negative() && !self.0.is_zero()
    }

    /// Rounded for the eye, finer than usual: the price of one small job, which is cents. Below a dollar two digits more
    /// are shown where they are not naught (`$0.0142`, `$0.50`).
    pub fn finely(self) -> String {
        let amount = self.0.abs();
        if amount >= Decimal::ONE || amount < Decimal::new(1, 2) {
            return self.to_string();
        }
        let sign = if self.is_negative() { "-" } else { "" };
        let fine = rounded(amount, 4).normalize();
        if fine.scale() < 2 {
            return format!("{sign}${fine:.2}");
        }
        format!("{sign}${fine}")
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
    /// count (`$12,345.00`, `$12.40`, `$0.0021`, `$0.00000025`). Thousands are set apart from ten thousand on.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.is_negative() { "-" } else { "" };
        let amount = self.0.abs();
        if amount.is_zero() || amount >= Decimal::new(1, 2) {
            let amount = format!("{:.2}", rounded(amount, 2));
            let (whole, cents) = amount.split_once('.').unwrap_or((&amount, "00"));
            // Four digits are read at a glance.
            let whole = if whole.len() > 4 {
                digits_grouped(whole)
            } else {
                whole.to_owned()
            };
            return write!(f, "{sign}${whole}.{cents}");
        }
        let mut digits = 2;
        let mut scaled = amount * Decimal::ONE_HUNDRED;
        while scaled < Decimal::TEN && digits < 18 {
            scaled *= Decimal::TEN;
            digits += 1;
        }
        write!(f, "{sign}${}", rounded(amount, digits).normalize())
    }
}

/// To so many digits behind the point, halves up, as on a bill.
fn rounded(amount: Decimal, digits: u32) -> Decimal {
    amount.round_dp_with_strategy(digits, RoundingStrategy::MidpointAwayFromZero)
}

impl Serialize for Usd {
    /// A JSON number with every digit of the amount, and always with a point: a whole amount is no count.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let amount = self.0.normalize();
        let digits = match amount.scale() {
            0 => format!("{amount}.0"),
            _ => amount.to_string(),
        };
        let digits = RawValue::from_string(digits);
        digits.map_err(S::Error::custom)?.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Usd {
    /// Reads the digits themselves: no amount goes through binary floating point.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let digits = Box::<RawValue>::deserialize(deserializer)?;
        Self::parse(digits.get()).ok_or_else(|| D::Error::custom("not an amount"))
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
    fn what_a_person_types_is_an_amount_or_nothing() {
        for (text, cents) in [("5", 500), (" $2.50 ", 250), ("2.5 USD", 250), ("0", 0)] {
            assert_eq!(Usd::typed(text), Some(Usd::from_cents(cents)), "{text}");
        }
        assert_eq!(Usd::typed("3美元"), Some(Usd::from_cents(300)));
        for text in [
            "", "$", "-1", "1,50", "1e3", "five", "1.2.3", "\"5\"", "$ $5", ".",
        ] {
            assert_eq!(Usd::typed(text), None, "{text}");
        }
    }

    #[test]
    fn json_holds_every_digit() {
        for digits in [
            "0.1",
            "0.00000025",
            "61.20417",
            "-3.5",
            "0.0",
            "25.0",
            "12345678901234.567891",
        ] {
            let amount: Usd = serde_json::from_str(digits).unwrap();
            assert_eq!(serde_json::to_string(&amount).unwrap(), digits);
        }
        assert!(serde_json::from_str::<Usd>("\"free\"").is_err());
        assert!(serde_json::from_str::<Usd>("[1]").is_err());
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
    fn picos_are_exact_and_end_at_the_greatest_that_fits() {
        let picos = |text: &str| Usd::parse(text).unwrap().to_picos();
        assert_eq!(picos("1"), 1_000_000_000_000);
        assert_eq!(picos("0.000000000001"), 1);
        assert_eq!(picos("-0.00000015"), -150_000);
        assert_eq!(picos("1e-13"), 0);
        assert_eq!(picos("9223372.036854775806"), i64::MAX - 1);
        for (text, end) in [("9223373", i64::MAX), ("-9223373", -i64::MAX)] {
            assert_eq!(picos(text), end, "{text}");
        }
        assert_eq!(picos("79228162514264337593543950335"), i64::MAX);
        assert_eq!(picos("-79228162514264337593543950335"), -i64::MAX);
        let price = Usd::parse("0.00000015").unwrap();
        assert_eq!(Usd::from_picos(price.to_picos().into()), price);
        let most = Usd::parse("79228162514264337593543950335").unwrap();
        assert_eq!(Usd::from_picos(i128::MAX), most);
        assert_eq!(Usd::from_picos(i128::MIN), Usd::ZERO - most);
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
        assert_eq!(show("0.165"), "$0.17");
        assert_eq!(show("0"), "$0.00");
        assert_eq!(show("0.002134"), "$0.0021");
        assert_eq!(show("0.00000025"), "$0.00000025");
        assert_eq!(show("-3.5"), "-$3.50");
    }

    #[test]
    fn the_price_of_a_small_job_has_two_digits_more() {
        let show = |text: &str| Usd::parse(text).unwrap().finely();
        assert_eq!(show("0.0142425"), "$0.0142");
        assert_eq!(show("0.5"), "$0.50");
        assert_eq!(show("0.00074"), "$0.00074");
        assert_eq!(show("3.165"), "$3.17");
        assert_eq!(show("-0.0135"), "-$0.0135");
        assert_eq!(show("0"), "$0.00");
    }

    #[test]
    fn thousands_are_set_apart_from_ten_thousand_on() {
        let show = |text: &str| Usd::parse(text).unwrap().to_string();
        assert_eq!(show("9999.99"), "$9999.99");
        assert_eq!(show("9999.999"), "$10,000.00");
        assert_eq!(show("-123456.789"), "-$123,456.79");
        assert_eq!(show("18570196.48"), "$18,570,196.48");
    }
}
