//! Everything the sandbox remembers: accounts, keys, use, answers, sign-ins.

use jiff::Timestamp;

use super::account::Account;
use super::clock::day_of;
use super::free_meter::FreeMeter;
use super::generation::Generations;
use super::history::{Amount, History, Use};
use super::key_ring::KeyRing;
use super::per_minute::PerMinute;
use super::prompt_cache::PromptCache;
use super::seeded::seeded_keys;
use super::sign_in::SignIns;
use super::spending::Spending;
use crate::domain::money::Usd;

/// Everything the sandbox remembers. It is gone when the sandbox stops.
#[derive(Debug)]
pub(super) struct World {
    /// In the order of `Purse`.
    pub(super) accounts: Vec<Account>,
    /// Every key.
    pub(super) keys: KeyRing,
    /// Every use.
    pub(super) history: History,
    /// Every answer of this run.
    pub(super) generations: Generations,
    /// Sign-ins under way.
    pub(super) sign_ins: SignIns,
    /// What providers still remember of prompts.
    pub(super) prompts: PromptCache,
}

impl World {
    /// The world as every sandbox begins: a few accounts and a key for each situation.
    pub(super) fn new(now: Timestamp) -> Self {
        let mut keys = KeyRing::default();
        for (serial, seeded) in seeded_keys().iter().rev().enumerate() {
            keys.add(seeded.grow(seeded_keys().len() - serial, now));
        }
        Self {
            accounts: accounts(now),
            keys,
            history: History::default(),
            generations: Generations::default(),
            sign_ins: SignIns::default(),
            prompts: PromptCache::default(),
        }
    }

    /// Books a use on its key, its account and its day.
    pub(super) fn charge(&mut self, what: Use, amount: &Amount) {
        if let Some(key) = self.keys.by_hash_mut(&what.key) {
            key.spending.add(what.day, amount.usage);
            key.byok.add(what.day, amount.byok);
        }
        if let Some(account) = self.accounts.get_mut(what.account) {
            account.spending.add(what.day, amount.usage);
        }
        self.history.record(what, amount);
    }
}

/// The accounts in the order of `Purse`: main, free tier, empty, debt.
fn accounts(now: Timestamp) -> Vec<Account> {
    let today = day_of(now);
    let account = |user_id, bought, used, free| Account {
        user_id,
        bought: Usd::from_cents(bought),
        spending: Spending::starting_at(Usd::from_cents(used)),
        free,
        guardrail: None,
        analytics: PerMinute::default(),
    };
    vec![
        account(
            "user_2aBcD3eFgH4iJkL5mNoP6",
            11_000,
            3_421,
            FreeMeter::new(1000, 12, today),
        ),
        account(
            "user_2fReE0tIeR1nEvEr2bOuG",
            0,
            0,
            FreeMeter::new(50, 22, today),
        ),
        account(
            "user_2zErO4cReD5iTs6eMpTy7",
            2_000,
            2_000,
            FreeMeter::new(1000, 0, today),
        ),
        account(
            "user_2dEbT8oVeR9dRaWn0mIn",
            2_000,
            2_042,
            FreeMeter::new(1000, 3, today),
        ),
    ]
}
