//! What there is round here before anything was asked.

use jiff::tz::TimeZone;

use super::env::EnvTarget;
use crate::domain::sighting::Sighting;
use crate::text::Said;

/// What was found round here.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Surroundings {
    /// The base URL that is set here, where it can be used.
    pub server: Option<String>,
    /// OpenRouter keys, the one that a program would read first.
    pub keys: Vec<Sighting>,
    /// Keys of OpenAI, the fallback.
    pub openai_keys: Vec<Sighting>,
    /// A management key for this server is at hand: what a key may spend can be set here.
    pub has_management_key: bool,
    /// Files that could not be read, in words.
    pub troubles: Vec<Said>,
    /// The files a key could go into, the recommended one first.
    pub env_files: Vec<EnvTarget>,
    /// The project's name.
    pub project: String,
    /// What is remembered of this project.
    pub memory: Memory,
    /// The person's time zone, where this machine tells it.
    pub zone: Option<TimeZone>,
}

/// What the wizard remembers of a project. What facts can prove is never taken from here.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Memory {
    /// The names of the steps that were skipped.
    pub skipped: Vec<String>,
    /// The step the person was at.
    pub at: Option<String>,
    /// The model the person chose for this project.
    pub model: Option<String>,
    /// The person's rules for models in this project.
    pub rules: Option<String>,
    /// The steps whose page was confirmed, where no fact can prove them.
    pub confirmed: Vec<String>,
}
