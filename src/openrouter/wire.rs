//! The JSON that is sent and understood. Every field may be absent, null, or of another type: then
//! it was not said. Unknown fields are ignored.

pub(super) mod account;
pub(super) mod analytics;
pub(super) mod catalogue;
pub(super) mod chat;
pub(super) mod chat_body;
pub(super) mod guardrail;
mod json;
pub(super) mod key;
pub(super) mod management;
pub(super) mod model_detail;
mod scalars;
mod shapes;

use serde::Deserialize;

pub(super) use json::from_json;
pub(super) use scalars::moment_of;
pub(super) use shapes::{Fields, Rows};

/// `{ "data": {…} }`.
#[derive(Deserialize)]
#[serde(bound = "T: Deserialize<'de>", default)]
pub(super) struct One<T> {
    pub(super) data: Fields<T>,
}

/// `{ "data": […] }`.
#[derive(Deserialize)]
#[serde(bound = "T: Deserialize<'de>", default)]
pub(super) struct Many<T> {
    pub(super) data: Rows<T>,
}

impl<T> Default for One<T> {
    fn default() -> Self {
        Self {
            data: Fields::default(),
        }
    }
}

impl<T> Default for Many<T> {
    fn default() -> Self {
        Self {
            data: Rows::default(),
        }
    }
}
