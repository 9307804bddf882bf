//! One API key and what the API says of it.

use jiff::Timestamp;
use jiff::civil::Date;
use serde_json::{Value, json};

use super::account::Account;
use super::clock::{long_form, start_of};
use super::ids::sha256_hex;
use super::spending::{Period, Spending};
use crate::domain::money::Usd;
use crate::domain::secret::Secret;

/// The one workspace of every account here.
pub(super) const WORKSPACE: &str = "0df9e665-d932-5740-b2c7-b52af166bc11";

/// What a key may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Ask models.
    Inference,
    /// Manage keys and see the account; no model answers it.
    Management,
}

/// One API key.
#[derive(Clone, Debug)]
pub(super) struct Key {
    /// The key itself.
    pub(super) secret: Secret,
    /// Its name in paths: SHA-256 in hex.
    pub(super) hash: String,
    /// The name it was given.
    pub(super) name: String,
    /// Whose it is: a place in the world's accounts.
    pub(super) account: usize,
    /// What it may do.
    pub(super) kind: Kind,
    /// It was switched off.
    pub(super) is_disabled: bool,
    /// Spending cap, USD.
    pub(super) limit: Option<Usd>,
    /// When the counting against the cap begins anew.
    pub(super) period: Period,
    /// Spend on own provider keys counts against the cap.
    pub(super) includes_byok: bool,
    /// When it was made.
    pub(super) created_at: Timestamp,
    /// When it was changed last.
    pub(super) updated_at: Option<Timestamp>,
    /// When it dies.
    pub(super) expires_at: Option<Timestamp>,
    /// When it was used last.
    pub(super) used_at: Option<Timestamp>,
    /// What it spent.
    pub(super) spending: Spending,
    /// What it spent on the account's own provider keys; apart from `spending`.
    pub(super) byok: Spending,
}

impl Key {
    /// A new key without a cap.
    pub(super) fn new(secret: Secret, name: &str, account: usize, now: Timestamp) -> Self {
        Self {
            hash: sha256_hex(secret.expose()),
            secret,
            name: name.to_owned(),
            account,
            kind: Kind::Inference,
            is_disabled: false,
            limit: None,
            period: Period::Ever,
            includes_byok: false,
            created_at: now,
            updated_at: None,
            expires_at: None,
            used_at: None,
            spending: Spending::default(),
            byok: Spending::default(),
        }
    }

    /// The mask that OpenRouter shows: twelve characters, three dots, the last three.
    pub(super) fn label(&self) -> String {
        self.secret.mask().replace('…', "...")
    }

    /// What the cap leaves, USD; `None` without a cap, negative when it was overrun.
    pub(super) fn remaining(&self, today: Date) -> Option<Usd> {
        let limit = self.limit?;
        let own = if self.includes_byok {
            self.byok.within(self.period, today)
        } else {
            Usd::ZERO
        };
        Some(limit - self.spending.within(self.period, today) - own)
    }

    /// It is past its expiry.
    pub(super) fn is_expired(&self, now: Timestamp) -> bool {
        self.expires_at.is_some_and(|end| end <= now)
    }

    /// The key as `/keys` shows it.
    pub(super) fn to_json(&self, today: Date, account: &Account) -> Value {
        let mut shown = self.common_json(today, account);
        shown["hash"] = json!(self.hash);
        shown["name"] = json!(self.name);
        shown["disabled"] = json!(self.is_disabled);
        shown["created_at"] = json!(long_form(self.created_at));
        shown["updated_at"] = json!(self.updated_at.map(long_form));
        shown["last_used_at"] = json!(self.used_at);
        shown["external_user"] = Value::Null;
        shown
    }

    /// The key as it sees itself: `GET /key`.
    pub(super) fn own_json(&self, now: Timestamp, today: Date, account: &mut Account) -> Value {
        let is_management = self.kind == Kind::Management;
        let mut shown = self.common_json(today, account);
        shown["is_free_tier"] = json!(account.is_free_tier());
        shown["is_management_key"] = json!(is_management);
        shown["is_provisioning_key"] = json!(is_management);
        shown["free_model_daily_requests"] = account.free.quota_json(now);
        shown["allowed_data_regions"] = json!(["global"]);
        shown["organization_id"] = Value::Null;
        shown["rate_limit"] = json!({
            "requests": -1,
            "interval": "10s",
            "note": "This field is deprecated and safe to ignore.",
        });
        let budget = self.budget_json(today);
        shown["budgets"] = json!(budget.iter().collect::<Vec<_>>());
        shown["effective_budget"] = json!(budget);
        shown
    }

    /// What both views share.
    fn common_json(&self, today: Date, account: &Account) -> Value {
        json!({
            "label": self.label(),
            "limit": self.limit,
            "limit_remaining": self.remaining(today),
            "limit_reset": self.limit.and_then(|_| self.period.word()),
            "include_byok_in_limit": self.includes_byok,
            "usage": self.spending.total(),
            "usage_daily": self.spending.within(Period::Day, today),
            "usage_weekly": self.spending.within(Period::Week, today),
            "usage_monthly": self.spending.within(Period::Month, today),
            "byok_usage": self.byok.total(),
            "byok_usage_daily": self.byok.within(Period::Day, today),
            "byok_usage_weekly": self.byok.within(Period::Week, today),
            "byok_usage_monthly": self.byok.within(Period::Month, today),
            "expires_at": self.expires_at,
            "creator_user_id": account.user_id,
            "workspace_id": WORKSPACE,
        })
    }

    /// The cap as a budget layer.
    fn budget_json(&self, today: Date) -> Option<Value> {
        let limit = self.limit?;
        Some(json!({
            "scope": "key_limit",
            "limit_usd": limit,
            "spend_usd": self.spending.within(self.period, today),
            "remaining_usd": self.remaining(today),
            "reset_interval": self.period.word(),
            "resets_at": self.period.next(today).map(start_of),
            "include_byok": self.includes_byok,
            "guardrail_id": null,
            "budget_id": null,
        }))
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn the_label_is_the_mask_of_the_real_service() {
        let secret = Secret::new(format!("sk-or-v1-{}", "deadbeef".repeat(8)));
        let key = Key::new(secret, "laptop", 0, Timestamp::UNIX_EPOCH);
        assert_eq!(key.label(), "sk-or-v1-dea...eef");
    }

    #[test]
    fn a_cap_counts_only_its_own_period() {
        let secret = Secret::new("sk-or-v1-x");
        let mut key = Key::new(secret, "laptop", 0, Timestamp::UNIX_EPOCH);
        key.limit = Some(Usd::from_cents(500));
        key.period = Period::Day;
        key.spending.add(date(2026, 11, 23), Usd::from_cents(400));
        key.spending.add(date(2026, 11, 24), Usd::from_cents(150));
        assert_eq!(
            key.remaining(date(2026, 11, 24)),
            Some(Usd::from_cents(350))
        );
    }
}
