//! The words of the trade as plain values: no file, no network, no clock, no terminal.

pub mod account;
pub mod chat;
pub mod clean_text;
pub mod code_block;
pub mod conversation;
pub mod count;
pub mod diagnosis;
pub mod env_reader;
pub mod environment;
pub mod figures;
pub mod finding;
pub mod key_table;
pub mod leak;
pub mod markdown;
pub mod model_card;
pub mod money;
pub mod notify;
pub mod page;
pub mod pasted_key;
pub mod secret;
pub mod service_group;
pub mod sighting;
pub mod spend;
pub mod stage;
pub mod symptom;
