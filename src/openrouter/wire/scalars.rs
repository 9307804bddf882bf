//! JSON numbers, texts, claims and times as servers really write them: counts as `5.0` or `"5"`,
//! amounts as numbers or strings, times in four notations, null anywhere. What does not fit was not
//! said.

use std::borrow::Cow;
use std::fmt;

use jiff::Timestamp;
use jiff::civil;
use jiff::tz::TimeZone;
use rust_decimal::Decimal;
use serde::de::{Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;

use crate::domain::money::Usd;

/// A value that is not an object or a list.
enum Scalar<'a> {
    Nothing,
    Bool(bool),
    Number(f64),
    Text(Cow<'a, str>),
}

impl<'de> Deserialize<'de> for Scalar<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ScalarVisitor)
    }
}

struct ScalarVisitor;

impl<'de> Visitor<'de> for ScalarVisitor {
    type Value = Scalar<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any JSON value")
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Self::Value, E> {
        Ok(Scalar::Bool(value))
    }

    #[expect(
        clippy::cast_precision_loss,
        reason = "counts and times stay far below 2^53"
    )]
    fn visit_i64<E: Error>(self, value: i64) -> Result<Self::Value, E> {
        Ok(Scalar::Number(value as f64))
    }

    #[expect(
        clippy::cast_precision_loss,
        reason = "counts and times stay far below 2^53"
    )]
    fn visit_u64<E: Error>(self, value: u64) -> Result<Self::Value, E> {
        Ok(Scalar::Number(value as f64))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Self::Value, E> {
        Ok(Scalar::Number(value))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Self::Value, E> {
        Ok(Scalar::Text(Cow::Owned(value.to_owned())))
    }

    fn visit_borrowed_str<E: Error>(self, value: &'de str) -> Result<Self::Value, E> {
        Ok(Scalar::Text(Cow::Borrowed(value)))
    }

    fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
        Ok(Scalar::Nothing)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
        while seq.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Scalar::Nothing)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Scalar::Nothing)
    }
}

/// A string; a number is taken by its digits.
#[derive(Debug, Default, PartialEq)]
pub(in crate::openrouter) struct Text(pub(in crate::openrouter) Option<String>);

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Self(match Scalar::deserialize(deserializer)? {
            Scalar::Text(text) => Some(text.into_owned()),
            Scalar::Number(number) => Some(number.to_string()),
            Scalar::Nothing | Scalar::Bool(_) => None,
        }))
    }
}

/// A whole number, zero or more.
#[derive(Debug, Default, PartialEq)]
pub(in crate::openrouter) struct Count(pub(in crate::openrouter) Option<u64>);

impl<'de> Deserialize<'de> for Count {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Self(whole_number(&Scalar::deserialize(deserializer)?)))
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the range is checked"
)]
fn whole_number(scalar: &Scalar<'_>) -> Option<u64> {
    let number = number(scalar)?;
    (0.0..9e15).contains(&number).then_some(number as u64)
}

fn number(scalar: &Scalar<'_>) -> Option<f64> {
    match scalar {
        Scalar::Number(number) => Some(*number),
        Scalar::Text(text) => text.trim().parse().ok(),
        Scalar::Nothing | Scalar::Bool(_) => None,
    }
    .filter(|number| number.is_finite())
}

/// A claim; false when it was not made.
#[derive(Debug, Default, PartialEq)]
pub(in crate::openrouter) struct Flag(pub(in crate::openrouter) bool);

impl<'de> Deserialize<'de> for Flag {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Self(match Scalar::deserialize(deserializer)? {
            Scalar::Bool(value) => value,
            Scalar::Number(number) => number != 0.0,
            Scalar::Text(text) => text.eq_ignore_ascii_case("true"),
            Scalar::Nothing => false,
        }))
    }
}

/// A point in time: RFC 3339, a date alone (its UTC midnight), Unix seconds or milliseconds.
#[derive(Debug, Default, PartialEq)]
pub(in crate::openrouter) struct Moment(pub(in crate::openrouter) Option<Timestamp>);

impl<'de> Deserialize<'de> for Moment {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Self(match Scalar::deserialize(deserializer)? {
            Scalar::Text(text) => moment_of(&text),
            Scalar::Number(number) => unix(number),
            Scalar::Nothing | Scalar::Bool(_) => None,
        }))
    }
}

/// The point in time that a text names, as in [`Moment`].
pub(in crate::openrouter) fn moment_of(text: &str) -> Option<Timestamp> {
    let text = text.trim();
    let utc = |when: civil::DateTime| Some(when.to_zoned(TimeZone::UTC).ok()?.timestamp());
    text.parse::<Timestamp>()
        .ok()
        .or_else(|| utc(text.parse::<civil::DateTime>().ok()?))
        .or_else(|| unix(text.parse().ok()?))
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "a cast from f64 saturates, and jiff refuses what is out of its range"
)]
fn unix(number: f64) -> Option<Timestamp> {
    // Seconds reach this number in the year 5138.
    let millis = if number.abs() < 1e11 {
        number * 1e3
    } else {
        number
    };
    Timestamp::from_millisecond(millis as i64).ok()
}

/// An amount in USD, read from its digits, never through binary floating point.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(in crate::openrouter) struct Money(pub(in crate::openrouter) Option<Usd>);

impl Money {
    /// The amount as a price per unit: a negative one means "depends on the routed model".
    pub(in crate::openrouter) fn price(self) -> Option<Usd> {
        // Far above any price, and small enough to be multiplied by any count.
        let dearest = Decimal::from(1_000_000);
        self.0
            .filter(|price| !price.is_negative() && price.decimal() <= dearest)
    }
}

impl<'de> Deserialize<'de> for Money {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let digits = <&'de RawValue>::deserialize(deserializer)?.get();
        // Sums of absurd amounts would overflow.
        let greatest = Decimal::from(1_000_000_000_000_i64);
        let amount = Usd::parse(digits).filter(|amount| amount.decimal().abs() <= greatest);
        Ok(Self(amount))
    }
}

/// A figure that is no money, zero or more: percent, milliseconds, tokens a second. Read from its digits.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(in crate::openrouter) struct Figure(pub(in crate::openrouter) Option<Decimal>);

impl<'de> Deserialize<'de> for Figure {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let figure = Money::deserialize(deserializer)?.0.map(Usd::decimal);
        Ok(Self(figure.filter(|figure| !figure.is_sign_negative())))
    }
}

/// Whether a field holds anything: neither null nor false.
#[derive(Debug, Default, PartialEq)]
pub(in crate::openrouter) struct Presence(pub(in crate::openrouter) bool);

impl<'de> Deserialize<'de> for Presence {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let raw = <&'de RawValue>::deserialize(deserializer)?.get();
        Ok(Self(!matches!(raw, "null" | "false" | "\"\"")))
    }
}

#[cfg(test)]
mod tests {
    use serde::de::DeserializeOwned;

    use super::super::json::from_json;
    use super::*;

    fn read<T: DeserializeOwned>(json: &str) -> T {
        from_json(json).unwrap()
    }

    #[test]
    fn a_count_is_read_from_every_notation() {
        for (json, count) in [
            ("5", Some(5)),
            ("5.0", Some(5)),
            ("\"5\"", Some(5)),
            ("\" 1523 \"", Some(1523)),
            ("-1", None),
            ("null", None),
            ("\"many\"", None),
            ("[5]", None),
            ("{\"n\":5}", None),
            ("1e300", None),
        ] {
            assert_eq!(read::<Count>(json).0, count, "{json}");
        }
    }

    #[test]
    fn an_amount_is_read_exactly_and_an_absurd_one_not_at_all() {
        for (json, amount) in [
            ("0.1", "0.1"),
            ("1e-7", "0.0000001"),
            ("\"0.00000025\"", "0.00000025"),
            ("-3.5", "-3.5"),
            ("61.204171", "61.204171"),
        ] {
            let read = read::<Money>(json).0.unwrap().decimal().to_string();
            assert_eq!(read, amount, "{json}");
        }
        for json in [
            "null", "\"\"", "true", "{}", "[1]", "1e300", "\"NaN\"", "1e20",
        ] {
            assert_eq!(read::<Money>(json).0, None, "{json}");
        }
        assert_eq!(read::<Money>("\"-1\"").price(), None);
        assert_eq!(read::<Money>("\"0\"").price(), Some(Usd::ZERO));
        assert_eq!(read::<Money>("1e7").price(), None);
        // Smaller than the smallest: whatever it is taken for, nothing breaks.
        read::<Money>("\"1e-999999999\"");
        read::<Money>("1e-400");
    }

    #[test]
    fn a_time_is_read_from_every_notation() {
        let expected: Timestamp = "2026-08-20T00:00:00Z".parse().unwrap();
        for json in [
            "\"2026-08-20T00:00:00Z\"",
            "\"2026-08-20T00:00:00.000000+00:00\"",
            "\"2026-08-20T02:00:00+02:00\"",
            "\"2026-08-20T00:00:00\"",
            "\"2026-08-20\"",
            "1787184000",
            "1787184000.0",
            "1787184000000",
            "\"1787184000000\"",
        ] {
            assert_eq!(read::<Moment>(json).0, Some(expected), "{json}");
        }
        for json in ["null", "\"soon\"", "1e300", "[]", "\"\""] {
            assert_eq!(read::<Moment>(json).0, None, "{json}");
        }
    }
}
