//! The members of a JSON object, each as it was written: what is not understood is kept to the byte, and
//! no amount goes through binary floating point.

use std::collections::BTreeMap;

use serde::de::Deserializer;
use serde::ser::{Error as _, Serializer};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

/// Members by name. Of one that is given twice the last counts.
pub(super) type Members = BTreeMap<String, Json>;

/// A value as it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Json(String);

impl Json {
    /// The value that something is in JSON.
    pub(super) fn of(value: &impl Serialize) -> Self {
        Self(serde_json::to_string(value).expect("settings are numbers, texts and maps of them"))
    }

    /// The text in it; `None` where it is something else.
    pub(super) fn text(&self) -> Option<String> {
        serde_json::from_str(&self.0).ok()
    }

    /// The texts of a list; `None` where it is something else.
    pub(super) fn texts(&self) -> Option<Vec<String>> {
        serde_json::from_str(&self.0).ok()
    }

    /// The members in it; `None` where it is no object.
    pub(super) fn members(&self) -> Option<Members> {
        serde_json::from_str(&self.0).ok()
    }

    /// As it was written.
    pub(super) fn as_written(&self) -> &str {
        &self.0
    }
}

impl<'de> Deserialize<'de> for Json {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let raw = Box::<RawValue>::deserialize(deserializer)?;
        Ok(Self(raw.get().to_owned()))
    }
}

impl Serialize for Json {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let raw = RawValue::from_string(self.0.clone()).map_err(S::Error::custom)?;
        raw.serialize(serializer)
    }
}
