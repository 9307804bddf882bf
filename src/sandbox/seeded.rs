//! The keys that every sandbox begins with, one for each situation.
//!
//! They never change, so that a .env written against one sandbox works against the next.

use jiff::{Timestamp, ToSpan};

use super::ids::sha256_hex;
use super::key::{Key, Kind};
use super::spending::{Period, Spending};
use crate::domain::money::Usd;
use crate::domain::secret::Secret;
use crate::text::Phrase;

/// A key that every sandbox begins with.
#[derive(Clone, Copy, Debug)]
pub struct SeededKey {
    /// Its name, for scripts.
    pub name: &'static str,
    /// What it is for.
    pub words: Phrase,
    /// Eight hex digits; the key repeats them eight times.
    digits: &'static str,
    account: Purse,
    kind: Kind,
    is_disabled: bool,
    /// Cap in cents, and its period.
    limit: Option<(i64, Period)>,
    /// Spend in cents from before the last month.
    pub(super) spent_before: i64,
    /// Hours from the start until it dies; negative is over.
    hours_left: Option<i32>,
}

/// Whose a seeded key is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Purse {
    /// An account in good order.
    Main,
    /// One that never bought credits.
    FreeTier,
    /// One whose credits are used up to the cent.
    Empty,
    /// One that overdrew.
    Debt,
}

impl SeededKey {
    /// The key itself: of the real shape, low in entropy, worth nothing.
    pub fn secret(&self) -> Secret {
        Secret::new(format!("sk-or-v1-{}", self.digits.repeat(8)))
    }

    /// Its name in paths.
    pub(super) fn hash(&self) -> String {
        sha256_hex(self.secret().expose())
    }

    /// Whose it is: a place in the world's accounts.
    pub(super) fn account(&self) -> usize {
        self.account as usize
    }

    /// The key as the world keeps it. `serial` sets the order in which they were made.
    pub(super) fn grow(&self, serial: usize, now: Timestamp) -> Key {
        let age = i64::try_from(serial).unwrap_or_default() * 37 + 24 * 9;
        let born = now.checked_sub((age).hours()).unwrap_or(now);
        let mut key = Key::new(self.secret(), self.name, self.account(), born);
        key.kind = self.kind;
        key.is_disabled = self.is_disabled;
        if let Some((cents, period)) = self.limit {
            key.limit = Some(Usd::from_cents(cents));
            key.period = period;
        }
        key.spending = Spending::starting_at(Usd::from_cents(self.spent_before));
        key.expires_at = self
            .hours_left
            .and_then(|hours| now.checked_add(i64::from(hours).hours()).ok());
        key
    }

    const fn plain(name: &'static str, digits: &'static str, words: Phrase) -> Self {
        Self {
            name,
            words,
            digits,
            account: Purse::Main,
            kind: Kind::Inference,
            is_disabled: false,
            limit: None,
            spent_before: 0,
            hours_left: None,
        }
    }
}

/// The keys that every sandbox begins with. The first is the inference key, the second the
/// management key of the same account.
pub fn seeded_keys() -> &'static [SeededKey] {
    SEEDED
}

const SEEDED: &[SeededKey] = &[
    SeededKey {
        limit: Some((2500, Period::Month)),
        spent_before: 2140,
        ..SeededKey::plain(
            "inference",
            "5a4db0c5",
            Phrase::new("for chat: 25 dollars a month", "用于聊天：每月 25 美元"),
        )
    },
    SeededKey {
        kind: Kind::Management,
        ..SeededKey::plain(
            "management",
            "5a4dad31",
            Phrase::new("manages the keys of the same account", "管理同一账户的密钥"),
        )
    },
    SeededKey {
        spent_before: 980,
        ..SeededKey::plain(
            "uncapped",
            "0ca9ca91",
            Phrase::new("without a limit", "没有限额"),
        )
    },
    SeededKey {
        limit: Some((500, Period::Week)),
        ..SeededKey::plain(
            "capped",
            "5ca99ed1",
            Phrase::new("5 dollars a week", "每周 5 美元"),
        )
    },
    SeededKey {
        limit: Some((1, Period::Ever)),
        ..SeededKey::plain(
            "almost-used-up",
            "a1305701",
            Phrase::new("a limit of one cent", "限额只有一美分"),
        )
    },
    SeededKey {
        limit: Some((300, Period::Ever)),
        spent_before: 301,
        ..SeededKey::plain(
            "exhausted",
            "e4a05733",
            Phrase::new("its limit is used up", "限额已用完"),
        )
    },
    SeededKey {
        hours_left: Some(50),
        limit: Some((1000, Period::Day)),
        ..SeededKey::plain(
            "expiring",
            "e4914150",
            Phrase::new("expires in two days", "两天后过期"),
        )
    },
    SeededKey {
        hours_left: Some(-30),
        ..SeededKey::plain("expired", "e49143d0", Phrase::new("expired", "已过期"))
    },
    SeededKey {
        is_disabled: true,
        ..SeededKey::plain(
            "disabled",
            "d15ab13d",
            Phrase::new("switched off", "已停用"),
        )
    },
    SeededKey {
        account: Purse::FreeTier,
        ..SeededKey::plain(
            "free-tier",
            "f4ee713a",
            Phrase::new(
                "of an account that never bought credits",
                "账户从未购买过额度",
            ),
        )
    },
    SeededKey {
        account: Purse::Empty,
        ..SeededKey::plain(
            "zero-credits",
            "2e40c4ed",
            Phrase::new("of an account without credits", "账户余额为零"),
        )
    },
    SeededKey {
        account: Purse::Debt,
        ..SeededKey::plain(
            "in-debt",
            "1debdeb1",
            Phrase::new("of an account that overdrew", "账户已透支"),
        )
    },
    SeededKey {
        account: Purse::Debt,
        kind: Kind::Management,
        ..SeededKey::plain(
            "management-in-debt",
            "adebad31",
            Phrase::new("manages the account that overdrew", "管理透支的账户"),
        )
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_seeded_key_has_the_real_shape_and_its_own_digits() {
        let mut seen = std::collections::HashSet::new();
        for seeded in seeded_keys() {
            let secret = seeded.secret();
            let digits = secret.expose().strip_prefix("sk-or-v1-").unwrap();
            assert_eq!(digits.len(), 64, "{}", seeded.name);
            let is_hex = |c: char| c.is_ascii_digit() || ('a'..='f').contains(&c);
            assert!(digits.chars().all(is_hex), "{}", seeded.name);
            assert!(seen.insert(digits.to_owned()), "{}", seeded.name);
        }
    }
}
