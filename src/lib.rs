//! onramp: from "no key" to "my project calls a model through OpenRouter, and I know what it costs".
//!
//! The house, from the roof down. A module uses lower floors only; neighbours on one floor do not
//! know each other. `tests/layers.rs` holds every path in the code against this table.
//!
//! ```text
//! 9 main
//! 8 cli            one command each: gather, call, print
//! 7 runtime        the terminal, every started task, every performed effect
//! 6 app            one state, events in, effects out
//! 5 screens        what a person meets
//! 4 ui             ratatui lives here
//! 3 jobs · flow · controls · settings
//! 2 openrouter · dotenv · credentials · project · sandbox · diagnosis · keymap
//! 1 domain · text
//! ```

pub mod app;
pub mod cli;
pub mod controls;
pub mod credentials;
pub mod diagnosis;
pub mod domain;
pub mod dotenv;
pub mod flow;
pub mod jobs;
pub mod keymap;
pub mod openrouter;
pub mod project;
pub mod runtime;
pub mod sandbox;
pub mod screens;
pub mod settings;
pub mod text;
pub mod ui;
