//! Work of several steps over several rooms: no screen, no channel of its own. Dropping a job's
//! future stops it.

pub mod access;
pub mod answer;
pub mod asked_once;
pub mod attach;
pub mod budget;
pub mod check;
pub mod clipboard;
pub mod code_out;
pub mod compose;
pub mod doctor;
pub mod env_change;
pub mod env_init;
pub mod estimate;
pub mod guard;
mod hashed;
pub mod hygiene;
pub mod ignored_settings;
pub mod keeping;
pub mod kept_talks;
pub mod keys;
pub mod look;
pub mod models;
pub mod near_models;
pub mod recorder;
pub mod retirement;
pub mod rotation;
pub mod scene;
pub mod secrets;
pub mod sign_in;
pub mod talk;
pub mod talk_out;
pub mod templates;
pub mod unfinished;
pub mod usage;
pub mod wrong_path;

pub use access::Access;
pub use scene::Scene;
