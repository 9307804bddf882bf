//! `/keys`: what the list says, and what is asked of it.

use serde::{Deserialize, Serialize, Serializer};

use super::account::{spend, word, words};
use super::scalars::{Flag, Moment, Money, Text};
use super::shapes::Fields;
use crate::domain::account::{Change, KeyChange, ManagedKey, NewKey};
use crate::domain::money::Usd;
use crate::openrouter::scrub::Scrub;

#[derive(Default, Deserialize)]
#[serde(default)]
pub(in crate::openrouter) struct ManagedKeyWire {
    hash: Text,
    name: Text,
    label: Text,
    disabled: Flag,
    limit: Money,
    limit_remaining: Money,
    limit_reset: Text,
    include_byok_in_limit: Flag,
    usage: Money,
    usage_daily: Money,
    usage_weekly: Money,
    usage_monthly: Money,
    byok_usage: Money,
    byok_usage_daily: Money,
    byok_usage_weekly: Money,
    byok_usage_monthly: Money,
    created_at: Moment,
    updated_at: Moment,
    expires_at: Moment,
    /// One page of the documentation shows the new key in here.
    key: Text,
}

impl ManagedKeyWire {
    pub(in crate::openrouter) fn managed_key(self, scrub: &Scrub) -> ManagedKey {
        ManagedKey {
            hash: words(self.hash),
            name: scrub.line(&self.name.0.unwrap_or_default()),
            label: scrub.line(&self.label.0.unwrap_or_default()),
            disabled: self.disabled.0,
            limit: self.limit.0,
            limit_remaining: self.limit_remaining.0,
            limit_reset: word(self.limit_reset),
            include_byok_in_limit: self.include_byok_in_limit.0,
            usage: spend([
                self.usage,
                self.usage_daily,
                self.usage_weekly,
                self.usage_monthly,
            ]),
            byok_usage: spend([
                self.byok_usage,
                self.byok_usage_daily,
                self.byok_usage_weekly,
                self.byok_usage_monthly,
            ]),
            created_at: self.created_at.0,
            updated_at: self.updated_at.0,
            expires_at: self.expires_at.0,
        }
    }
}

/// The answer to `POST /keys`: the new key beside the object or inside it.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(in crate::openrouter) struct CreatedWire {
    pub(in crate::openrouter) data: Fields<ManagedKeyWire>,
    key: Text,
}

impl CreatedWire {
    /// The key itself; taken out, it is here no more.
    pub(in crate::openrouter) fn take_key(&mut self) -> Option<String> {
        let inside = self.data.0.as_mut().and_then(|data| data.key.0.take());
        self.key.0.take().or(inside).filter(|key| !key.is_empty())
    }
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(in crate::openrouter) struct DeletedWire {
    pub(in crate::openrouter) deleted: Flag,
}

/// The body of `POST /keys`.
#[derive(Serialize)]
pub(in crate::openrouter) struct NewKeyBody<'a> {
    name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    limit: Option<Usd>,
    #[serde(skip_serializing_if = "Option::is_none")]
    limit_reset: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    expires_at: Option<String>,
}

impl<'a> NewKeyBody<'a> {
    pub(in crate::openrouter) fn of(key: &'a NewKey) -> Self {
        Self {
            name: &key.name,
            limit: key.limit,
            limit_reset: key.limit_reset.as_deref(),
            // The server takes UTC only, and jiff writes a timestamp with `Z`.
            expires_at: key.expires_at.map(|when| when.to_string()),
        }
    }
}

/// The body of `PATCH /keys/{hash}`: an absent field stays, null clears.
#[derive(Serialize)]
pub(in crate::openrouter) struct KeyChangeBody<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    disabled: Option<bool>,
    #[serde(skip_serializing_if = "is_kept", serialize_with = "set_or_null")]
    limit: &'a Change<Usd>,
    #[serde(skip_serializing_if = "is_kept", serialize_with = "set_or_null")]
    limit_reset: &'a Change<String>,
}

impl<'a> KeyChangeBody<'a> {
    pub(in crate::openrouter) fn of(change: &'a KeyChange) -> Self {
        Self {
            name: change.name.as_deref(),
            disabled: change.disabled,
            limit: &change.limit,
            limit_reset: &change.limit_reset,
        }
    }
}

fn is_kept<T>(change: &Change<T>) -> bool {
    matches!(change, Change::Keep)
}

fn set_or_null<T: Serialize, S: Serializer>(
    change: &Change<T>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    match change {
        Change::Set(value) => value.serialize(serializer),
        Change::Keep | Change::Clear => serializer.serialize_none(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Many, from_json};
    use super::*;

    /// From the API's documentation.
    const KEYS: &str = r#"{ "data": [ { "hash": "9f2c4be7", "label": "sk-or-v1-7c1...e04", "name": "laptop tui",
        "disabled": false, "limit": 25, "limit_remaining": 17.3821, "limit_reset": "monthly",
        "include_byok_in_limit": true, "usage": 61.20417, "usage_daily": 0.41233, "byok_usage_monthly": 2,
        "created_at": "2026-03-02T09:14:55.120331+00:00", "updated_at": null, "expires_at": null,
        "creator_user_id": "user_2aBcD3eFgH4iJkL5mNoP6", "workspace_id": "0df9e665" } ] }"#;

    #[test]
    fn a_key_of_the_list_is_read() {
        let wire: Many<ManagedKeyWire> = from_json(KEYS).unwrap();
        let [key] = wire.data.0.unwrap().try_into().ok().unwrap();
        let key = key.managed_key(&Scrub::default());
        assert_eq!(key.hash.as_str(), "9f2c4be7");
        assert_eq!(key.name.as_str(), "laptop tui");
        assert_eq!(key.limit_reset.as_deref(), Some("monthly"));
        assert!(key.include_byok_in_limit && !key.disabled);
        assert_eq!(key.byok_usage.monthly, Usd::from_cents(200));
        assert_eq!(
            key.created_at.unwrap().to_string(),
            "2026-03-02T09:14:55.120331Z"
        );
        assert_eq!(key.updated_at, None);
        assert!(!format!("{key:?}").contains("user_"));
    }

    #[test]
    fn the_new_key_is_found_beside_the_object_or_inside_it() {
        for json in [
            r#"{"data":{"name":"a"},"key":"k"}"#,
            r#"{"data":{"name":"a","key":"k"}}"#,
        ] {
            let mut created: CreatedWire = from_json(json).unwrap();
            assert_eq!(created.take_key().unwrap(), "k", "{json}");
            assert_eq!(created.take_key(), None);
        }
        let mut none: CreatedWire = from_json(r#"{"data":{"name":"a"},"key":""}"#).unwrap();
        assert_eq!(none.take_key(), None);
    }

    #[test]
    fn a_change_says_what_changes_and_nothing_else() {
        let json = |change: &KeyChange| serde_json::to_string(&KeyChangeBody::of(change)).unwrap();
        assert_eq!(json(&KeyChange::default()), "{}");
        let change = KeyChange {
            disabled: Some(true),
            limit: Change::Set(Usd::from_cents(1050)),
            limit_reset: Change::Clear,
            ..KeyChange::default()
        };
        assert_eq!(
            json(&change),
            r#"{"disabled":true,"limit":10.5,"limit_reset":null}"#
        );
    }

    #[test]
    fn a_new_key_dies_in_utc() {
        let key = NewKey {
            name: "laptop".into(),
            limit: Some(Usd::from_cents(2500)),
            limit_reset: Some("monthly".into()),
            expires_at: Some("2027-03-01T01:00:00+01:00".parse().unwrap()),
        };
        assert_eq!(
            serde_json::to_string(&NewKeyBody::of(&key)).unwrap(),
            r#"{"name":"laptop","limit":25.0,"limit_reset":"monthly","expires_at":"2027-03-01T00:00:00Z"}"#
        );
    }
}
