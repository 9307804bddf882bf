//! An account: what it bought, what it used, and its free requests.

use super::free_meter::FreeMeter;
use super::guardrail::Guardrail;
use super::per_minute::PerMinute;
use super::spending::Spending;
use crate::domain::money::Usd;

/// One account. Its place in the world's list is its name there.
#[derive(Clone, Debug)]
pub(super) struct Account {
    /// `user_…`.
    pub(super) user_id: &'static str,
    /// Everything ever bought or granted, USD.
    pub(super) bought: Usd,
    /// Everything ever used, all keys together.
    pub(super) spending: Spending,
    /// Its requests to free models.
    pub(super) free: FreeMeter,
    /// The default guardrail of its workspace; `None` until something is written into it.
    pub(super) guardrail: Option<Guardrail>,
    /// Its questions to the analytics.
    pub(super) analytics: PerMinute,
}

impl Account {
    /// What is left, USD; negative is a debt.
    pub(super) fn balance(&self) -> Usd {
        self.bought - self.spending.total()
    }

    /// Credits were never bought.
    pub(super) fn is_free_tier(&self) -> bool {
        self.bought.is_zero()
    }
}
