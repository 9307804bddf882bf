//! When the figures were learned that alerts and forecasts rest on: what is judged may be of another day.

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};

use crate::domain::figures::Figures;
use crate::insight::alerts::Alert;

/// A figure that is younger needs no age: whoever looks every minute has none that is much younger.
const YOUNG: SignedDuration = SignedDuration::from_mins(2);

/// When each was learned; `None` where it is not known at all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Learned {
    /// The account's balance.
    pub balance: Option<Timestamp>,
    /// The key in use.
    pub key: Option<Timestamp>,
    /// The keys that alerts are about.
    pub keys: Option<Timestamp>,
    /// The days, or the running one where that is known.
    pub spend: Option<Timestamp>,
}

impl Learned {
    pub(super) fn of(figures: &Figures, now: Timestamp) -> Self {
        let key = figures.key.as_ref().map(|known| known.as_of);
        let days = figures.days_back_to(Date::MAX).map(|told| told.as_of);
        let today = figures.spent_today(now).map(|(known, _)| known.as_of);
        Self {
            balance: figures.account.as_ref().map(|known| known.as_of),
            key,
            keys: figures.keys.as_ref().map(|known| known.as_of).or(key),
            spend: today.or(days).or(key),
        }
    }

    /// When the figure behind an alert was learned; `None` for the list of models, which is no figure.
    pub fn of_alert(&self, alert: &Alert) -> Option<Timestamp> {
        match alert.id {
            "balance-gone" | "balance-low" => self.balance,
            "day-spend" => self.spend,
            id if id.starts_with("limit-") || id.starts_with("key-") => self.keys,
            _ => None,
        }
    }
}

/// The same moment where it is long enough ago to be said.
pub fn if_old(learned: Option<Timestamp>, now: Timestamp) -> Option<Timestamp> {
    learned.filter(|at| now.duration_since(*at) > YOUNG)
}
