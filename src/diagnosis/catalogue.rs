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
use crate::domain::diagnosis::Diagnosis;

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

/// The row with this id.
pub fn find(id: &str) -> Option<&'static Trouble> {
    all().find(|trouble| trouble.id == id)
}
