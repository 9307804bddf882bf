//! A spending cap as a body changes it: of a key, or of every key by a guardrail. What is left out stays, null clears.

use serde_json::Value;

use super::body::wrong;
use super::refusal::Refusal;
use super::spending::Period;
use crate::domain::account::Change;
use crate::domain::money::Usd;

/// What a body says of a cap.
#[derive(Clone)]
pub(super) struct CapChange {
    limit: Change<Usd>,
    period: Option<Period>,
}

impl CapChange {
    /// Reads the members of these names. `takes_zero`: a cap of nothing is one.
    pub(super) fn read(
        body: &Value,
        [limit, reset]: [&str; 2],
        takes_zero: bool,
    ) -> Result<Self, Refusal> {
        Ok(Self {
            limit: read_limit(body, limit, takes_zero)?,
            period: read_period(body, reset)?,
        })
    }

    /// Changes a cap.
    pub(super) fn apply(&self, limit: &mut Option<Usd>, period: &mut Period) {
        self.limit.clone().apply(limit);
        if let Some(wanted) = self.period {
            *period = wanted;
        }
    }
}

fn read_limit(body: &Value, name: &str, takes_zero: bool) -> Result<Change<Usd>, Refusal> {
    match body.get(name) {
        None => Ok(Change::Keep),
        Some(Value::Null) => Ok(Change::Clear),
        Some(Value::Number(number)) => {
            let is_fit = |limit: &Usd| *limit > Usd::ZERO || takes_zero && limit.is_zero();
            let bound = if takes_zero { "or equal to " } else { "" };
            let limit = Usd::parse(&number.to_string()).filter(is_fit);
            limit.map(Change::Set).ok_or_else(|| {
                let words = format!("{name}: Number must be greater than {bound}0");
                Refusal::bad_request(words)
            })
        }
        Some(other) => Err(wrong(name, "number", other)),
    }
}

fn read_period(body: &Value, name: &str) -> Result<Option<Period>, Refusal> {
    match body.get(name) {
        None => Ok(None),
        Some(Value::Null) => Ok(Some(Period::Ever)),
        Some(Value::String(word)) => Period::named(word).map(Some).ok_or_else(|| {
            let one_of = r#"expected one of "daily"|"weekly"|"monthly""#;
            Refusal::bad_request(format!("{name}: Invalid option: {one_of}"))
        }),
        Some(other) => Err(wrong(name, "string", other)),
    }
}
