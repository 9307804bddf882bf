//! onramp: from "no key" to "my project calls a model through OpenRouter, and I know what it costs".
//!
//! The house, from the roof down. A module uses lower floors only; neighbours on one floor do not
//! know each other. `tests/layers.rs` holds every path in the code against this table.
//!
//! ```text
//! main
//! cli            one command each: gather, call, print
//! runtime        the terminal, every started task, every performed effect
//! app            one state, events in, effects out
//! screens        what a person meets
//! jobs · ui      work of several steps · ratatui lives here
//! flow · controls · settings
//! openrouter · dotenv · credentials · ledger · archive · project · sandbox · insight · diagnosis · keymap
//! database       one SQLite file of the program's own
//! files          read and saved so that a crash costs nothing
//! domain · text
//! ```

pub mod app;
pub mod archive;
pub mod cli;
pub mod controls;
pub mod credentials;
pub mod database;
pub mod diagnosis;
pub mod domain;
pub mod dotenv;
pub mod files;
pub mod flow;
pub mod insight;
pub mod jobs;
pub mod keymap;
pub mod ledger;
pub mod openrouter;
pub mod project;
pub mod runtime;
pub mod sandbox;
pub mod screens;
pub mod settings;
pub mod text;
pub mod ui;
