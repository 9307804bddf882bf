//! The keys that alerts are about.

use jiff::Timestamp;

use super::super::alerts;
use super::super::reset::is_past;
use crate::domain::clean_text::CleanText;
use crate::domain::figures::{AccountKey, Figures, KeyFigures, Known};

/// The account's keys where they are told, else the key in use.
pub(super) fn watched(
    figures: &Figures,
    own_hash: Option<&str>,
    now: Timestamp,
) -> Option<Vec<alerts::KeyFigures>> {
    if let Some(keys) = &figures.keys {
        let enabled = keys.value.iter().filter(|key| !key.disabled);
        let known = enabled.map(|key| of_account_key(key, keys.as_of, now));
        return Some(known.collect());
    }
    let key = figures.key.as_ref()?;
    Some(vec![of_own_key(key, own_hash, now)])
}

fn of_account_key(key: &AccountKey, as_of: Timestamp, now: Timestamp) -> alerts::KeyFigures {
    let is_past = is_past(key.limit_reset.as_deref(), as_of, now);
    alerts::KeyFigures {
        id: CleanText::line(&key.hash),
        name: CleanText::line(&key.name),
        limit: key.limit,
        limit_remaining: key.limit_remaining.filter(|_| !is_past),
        created_at: key.created_at,
        expires_at: key.expires_at,
    }
}

/// By the same id as in the account's list: what was told once is not told again when the list comes.
fn of_own_key(
    known: &Known<KeyFigures>,
    own_hash: Option<&str>,
    now: Timestamp,
) -> alerts::KeyFigures {
    let key = &known.value;
    let name = CleanText::line(&key.label);
    let is_past = is_past(key.limit_reset.as_deref(), known.as_of, now);
    alerts::KeyFigures {
        id: own_hash.map_or_else(|| name.clone(), CleanText::line),
        name,
        limit: key.limit,
        limit_remaining: key.limit_remaining.filter(|_| !is_past),
        created_at: None,
        expires_at: key.expires_at,
    }
}
