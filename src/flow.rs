//! What travels between the app and the world: effects out, replies in, steps and facts between.
//!
//! ```text
//! chord ─> screen.press ─> Step { effects, intents } ─> app ─> Effect ─> runtime ─> the world
//! screen.receive <─ app <─ Event::Reply <─────────────────────────────────────────────┘
//! ```

pub mod answer_figures;
pub mod attach;
pub mod code_out;
pub mod effect;
pub mod env;
pub mod event;
pub mod facts;
pub mod keeping;
pub mod keys;
pub mod menu;
pub mod models;
pub mod note;
pub mod reply;
pub mod rotation;
pub mod step;
pub mod surroundings;
pub mod talk;
pub mod usage;

pub use effect::{Effect, SignInWay, Ticket};
pub use event::Event;
pub use facts::{Facts, KeyInUse, TalkFacts};
pub use reply::Reply;
pub use step::{Fact, Intent, Notice, ScreenName, Step};
