//! Every known trouble, family by family.

pub(super) mod account;
pub(super) mod answer;
pub(super) mod file;
pub(super) mod key;
pub(super) mod leak;
pub(super) mod model;
pub(super) mod network;
pub(super) mod own_file;
pub(super) mod policy;
pub(super) mod rate;
pub(super) mod request;
pub(super) mod secure;
pub(super) mod server;
pub(super) mod settings;
pub(super) mod unknown;

use super::trouble::Trouble;
use crate::domain::diagnosis::{Diagnosis, TroubleKind};

const FAMILIES: [&[&Trouble]; 15] = [
    key::ALL,
    account::ALL,
    model::ALL,
    policy::ALL,
    request::ALL,
    rate::ALL,
    server::ALL,
    answer::ALL,
    network::ALL,
    secure::ALL,
    settings::ALL,
    file::ALL,
    own_file::ALL,
    leak::ALL,
    unknown::ALL,
];

/// Every row of the catalogue.
pub fn all() -> impl Iterator<Item = &'static Trouble> {
    FAMILIES.into_iter().flatten().copied()
}

/// Whether a diagnosis only says that nothing fits: then what was seen is worth showing.
pub fn is_unknown(diagnosis: &Diagnosis) -> bool {
    unknown::ALL.iter().any(|row| row.id == diagnosis.id)
}

/// Troubles of the way at which no request was sent yet.
const UNSENT: [&str; 15] = [
    "address-family-silent",
    "captive-portal",
    "certificate-expired",
    "certificate-intercepted",
    "certificate-untrusted",
    "certificate-wrong-name",
    "connect-timeout",
    "connection-refused",
    "dns",
    "handshake-silent",
    "http-to-https-port",
    "proxy-auth",
    "proxy-failed",
    "proxy-unreachable",
    "tls",
];

/// Whether a request that met this trouble before anything of an answer came costs nothing: it was not sent, it was
/// refused, or it failed at the server. Source: OpenRouter's zero completion insurance.
pub fn costs_nothing(id: &str) -> bool {
    find(id).is_some_and(|trouble| match trouble.kind {
        TroubleKind::Network => UNSENT.contains(&id),
        TroubleKind::Unexpected => false,
        _ => true,
    })
}

/// The row with this id.
pub fn find(id: &str) -> Option<&'static Trouble> {
    all().find(|trouble| trouble.id == id)
}
