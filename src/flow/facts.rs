//! What every screen may read.

use std::path::PathBuf;
use std::sync::Arc;

use jiff::tz::TimeZone;

use crate::domain::account::{FreeRequests, KeyFacts};
use crate::domain::budget::Budget;
use crate::domain::figures::Known;
use crate::domain::model_card::ModelCard;
use crate::domain::own_models::OwnModels;
use crate::domain::secret::Secret;
use crate::domain::sighting::Place;
use crate::insight::alerts::AlertSettings;
use crate::text::Lang;

/// What every screen may read. Only the app changes it; screens ask by `Intent::Adopt`.
#[derive(Clone, Debug)]
pub struct Facts {
    /// The person's language.
    pub lang: Lang,
    /// The server is the sandbox within this program: it keeps nothing, and nothing of the person's own is looked at.
    pub is_sandbox: bool,
    /// Whether a server on this machine says of its answers that they are simulated, once it was listened to.
    pub says_simulated: Option<bool>,
    /// Where requests go, `/api/v1` included.
    pub base_url: String,
    /// The folder the program was started in.
    pub folder: PathBuf,
    /// The terminal is far away (SSH) or has no browser beside it.
    pub is_remote: bool,
    /// The person's time zone, UTC until it is known: times are UTC unless they are told to be local.
    pub zone: TimeZone,
    /// The key in use, once there is one.
    pub key: Option<KeyInUse>,
    /// The model that tests and questions go to.
    pub model: String,
    /// The server's list of models, as it was learned last.
    pub models: Option<Arc<Known<Vec<ModelCard>>>>,
    /// Requests to free models on the UTC day this was learned, over all of the account's keys.
    pub free_requests: Option<Known<FreeRequests>>,
    /// Favourites, and models used lately.
    pub own_models: OwnModels,
    /// What this program may spend by the person's own word.
    pub budget: Budget,
    /// Which alerts the person wants, and how the terminal tells of them.
    pub alerts: AlertSettings,
    /// How conversations are held here.
    pub talks: TalkFacts,
}

impl Facts {
    /// Nothing that the server answers is real, be it the sandbox within this program or one beside it.
    pub fn is_simulated(&self) -> bool {
        self.is_sandbox || self.says_simulated == Some(true)
    }
}

/// How conversations are held here.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TalkFacts {
    /// Nothing that is said is kept: the person wants it so.
    pub is_unkept: bool,
    /// This project's rules for models: a conversation begins with them.
    pub rules: Option<String>,
}

/// The key in use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyInUse {
    /// The key.
    pub secret: Secret,
    /// Where it came from.
    pub origin: Origin,
    /// What the server said about it; `None` on servers that have no `GET /key`.
    pub facts: Option<KeyFacts>,
}

/// How the key in use came here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// It was there.
    Found(Place),
    /// It was pasted or typed just now; it is nowhere but in memory yet.
    Pasted,
    /// The browser sign-in made it, and it rests in the credential store.
    SignedIn {
        /// The store; `None` where it rests nowhere yet.
        kept: Option<Place>,
    },
}

impl Origin {
    /// The place it was found at, where it was found.
    pub fn place(&self) -> Option<&Place> {
        match self {
            Self::Found(place) => Some(place),
            Self::Pasted | Self::SignedIn { .. } => None,
        }
    }
}
