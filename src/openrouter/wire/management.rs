//! `/keys`: a new key, and what is asked of the others.

use serde::{Deserialize, Serialize, Serializer};

use super::key::KeyWire;
use super::scalars::{Flag, Text};
use super::shapes::Fields;
use crate::domain::account::{Change, KeyChange, NewKey};
use crate::domain::money::Usd;

/// The answer to `POST /keys`: the new key beside the object or inside it.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(in crate::openrouter) struct CreatedWire {
    pub(in crate::openrouter) data: Fields<KeyWire>,
    key: Text,
}

impl CreatedWire {
    /// The key itself; taken out, it is here no more.
    pub(in crate::openrouter) fn take_key(&mut self) -> Option<String> {
        let inside = self.data.0.as_mut().and_then(KeyWire::take_key);
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
    #[serde(skip_serializing_if = "is_false")]
    include_byok_in_limit: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    expires_at: Option<String>,
}

impl<'a> NewKeyBody<'a> {
    pub(in crate::openrouter) fn of(key: &'a NewKey) -> Self {
        Self {
            name: &key.name,
            limit: key.limit,
            limit_reset: key.limit_reset.as_deref(),
            include_byok_in_limit: key.include_byok_in_limit,
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

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands it so")]
fn is_false(flag: &bool) -> bool {
    !flag
}

pub(super) fn is_kept<T>(change: &Change<T>) -> bool {
    matches!(change, Change::Keep)
}

pub(super) fn set_or_null<T: Serialize, S: Serializer>(
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
    use super::super::from_json;
    use super::*;

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
            include_byok_in_limit: true,
            expires_at: Some("2027-03-01T01:00:00+01:00".parse().unwrap()),
        };
        assert_eq!(
            serde_json::to_string(&NewKeyBody::of(&key)).unwrap(),
            r#"{"name":"laptop","limit":25.0,"limit_reset":"monthly","include_byok_in_limit":true,"expires_at":"2027-03-01T00:00:00Z"}"#
        );
    }
}
