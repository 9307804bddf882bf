//! What crossed a bound.
//!
//! ```text
//! Figures, Thresholds ─ judge ─> Judgement ─ Crossings::take ─> alerts that are new
//! ```
//!
//! [`judge`] tells what holds now and knows nothing of before; [`Crossings`] remembers, so that each
//! crossing is told once. Both are plain values.

mod crossings;
mod keys;
mod money;
mod settings;
mod thresholds;

use std::collections::BTreeSet;

use jiff::Timestamp;

pub use crossings::{Crossing, Crossings};
pub use keys::KeyFigures;
pub use settings::AlertSettings;
pub use thresholds::Thresholds;

use self::thresholds::Bounds;
use super::daily::DailySpend;
use crate::domain::model_card::ModelCard;
use crate::domain::money::Usd;
use crate::text::Said;

/// What is known at a moment. `None` is "not known", which neither raises an alert nor ends one.
#[derive(Clone, Copy, Debug)]
pub struct Figures<'a> {
    /// The moment.
    pub now: Timestamp,
    /// The account's balance, USD. Source: `GET /credits`.
    pub balance: Option<Usd>,
    /// The keys that are watched.
    pub keys: Option<&'a [KeyFigures]>,
    /// Spend by day.
    pub spend: Option<&'a DailySpend>,
    /// The models in use, as the list has them now.
    pub models: Option<&'a [ModelCard]>,
}

/// How much an alert matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Good to know; nothing stops.
    Notice,
    /// Something will stop, or may be wrong.
    Warning,
    /// Something has stopped.
    Critical,
}

impl Severity {
    /// Its name in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Notice => "notice",
            Self::Warning => "warning",
            Self::Critical => "critical",
        }
    }
}

/// A bound that is crossed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alert {
    /// Which rule; stable, for scripts.
    pub id: &'static str,
    /// What it is about, where there may be several: a key, a model, a day.
    pub subject: Option<String>,
    /// How much it matters.
    pub severity: Severity,
    /// The sentence.
    pub message: Said,
}

impl Alert {
    fn crossing(&self) -> Crossing {
        Crossing::new(self.id, self.subject.clone())
    }
}

/// What holds at a moment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Judgement {
    /// What to show: the gravest first, and nothing twice: "used up" is not also "low".
    pub alerts: Vec<Alert>,
    /// All bounds that are crossed, those included that another alert covers.
    crossed: BTreeSet<Crossing>,
    /// Bounds that are crossed or so near that a step back counts for nothing.
    near: BTreeSet<Crossing>,
    /// Rules that could not be judged: their figures are not known.
    unjudged: BTreeSet<&'static str>,
}

/// One rule: every bound of it that is crossed; `None` where its figures are not known.
struct Rule {
    ids: &'static [&'static str],
    crossed: fn(&Figures<'_>, &Bounds<'_>) -> Option<Vec<Alert>>,
}

const RULES: &[Rule] = &[
    Rule {
        ids: &["balance-gone", "balance-low"],
        crossed: money::balance,
    },
    Rule {
        ids: &["limit-gone", "limit-low", "limit-share"],
        crossed: keys::limit,
    },
    Rule {
        ids: &["day-spend"],
        crossed: money::day_spend,
    },
    Rule {
        ids: &["key-expired", "key-expires"],
        crossed: keys::expiry,
    },
    Rule {
        ids: &["key-old"],
        crossed: keys::age,
    },
    Rule {
        ids: &["model-retires"],
        crossed: money::retirement,
    },
];

/// The first says all that the second says, about the same subject.
const COVERS: &[(&str, &str)] = &[
    ("balance-gone", "balance-low"),
    ("limit-gone", "limit-low"),
    ("limit-gone", "limit-share"),
    ("limit-low", "limit-share"),
    ("key-expired", "key-expires"),
];

/// Judges every rule.
pub fn judge(figures: &Figures<'_>, thresholds: &Thresholds) -> Judgement {
    let mut judgement = Judgement::default();
    for rule in RULES {
        let crossed = (rule.crossed)(figures, &Bounds::exact(thresholds));
        let near = (rule.crossed)(figures, &Bounds::near(thresholds));
        let (Some(crossed), Some(near)) = (crossed, near) else {
            judgement.unjudged.extend(rule.ids);
            continue;
        };
        judgement.near.extend(near.iter().map(Alert::crossing));
        judgement
            .crossed
            .extend(crossed.iter().map(Alert::crossing));
        judgement.alerts.extend(crossed);
    }
    let crossed = &judgement.crossed;
    judgement.alerts.retain(|alert| {
        !COVERS.iter().any(|(greater, lesser)| {
            *lesser == alert.id && crossed.contains(&Crossing::new(greater, alert.subject.clone()))
        })
    });
    judgement
        .alerts
        .sort_by_key(|alert| std::cmp::Reverse(alert.severity));
    judgement
}

#[cfg(test)]
mod tests;
