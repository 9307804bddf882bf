//! What the Keys screen remembers.

use super::form::Form;
use crate::domain::account::ManagedKey;
use crate::domain::diagnosis::Diagnosis;
use crate::domain::secret::Secret;
use crate::flow::Ticket;
use crate::flow::keys::{KeyMade, KeyRing};
use crate::flow::step::Tickets;
use crate::ui::editor::Field;

/// The account's keys: listed, found, made, changed, deleted.
#[derive(Debug)]
pub struct Keys {
    pub(super) tickets: Tickets,
    pub(super) ring: Option<Box<KeyRing>>,
    /// Whose keys they are: the server, and the key in use.
    pub(super) of: Option<(String, Option<Secret>)>,
    /// The server is being asked for the keys.
    pub(super) listing: Option<Ticket>,
    /// Why there is no younger list.
    pub(super) trouble: Option<Box<Diagnosis>>,
    /// Something is being done to a key.
    pub(super) doing: Option<Ticket>,
    /// What is looked for, while it is.
    pub(super) search: Option<Field>,
    /// What is typed goes into the search.
    pub(super) is_searching: bool,
    /// The row that is chosen, of those that are found.
    pub(super) chosen: usize,
    /// The hash of the key that is looked at, and how many rows down.
    pub(super) open: Option<(String, u16)>,
    /// The most rows down that show anything.
    pub(super) most: u16,
    /// What is asked before something is done.
    pub(super) form: Option<Form>,
    /// A key that was just made.
    pub(super) made: Option<Box<KeyMade>>,
    /// The key that is asked about in a menu.
    pub(super) asked_about: Option<ManagedKey>,
}

impl Default for Keys {
    fn default() -> Self {
        Self {
            tickets: Tickets::starting_at(4_000_000),
            ring: None,
            of: None,
            listing: None,
            trouble: None,
            doing: None,
            search: None,
            is_searching: false,
            chosen: 0,
            open: None,
            most: 0,
            form: None,
            made: None,
            asked_about: None,
        }
    }
}

impl Keys {
    /// All keys of the list.
    pub(super) fn all(&self) -> &[ManagedKey] {
        self.ring.as_ref().map_or(&[], |ring| &ring.keys)
    }

    /// Those that are found, in their order: by name, masked key or hash.
    pub(super) fn found(&self) -> Vec<&ManagedKey> {
        let sought = self.search.as_ref().map_or("", Field::text).trim();
        let sought = sought.to_lowercase();
        let fits = |key: &&ManagedKey| {
            let texts = [&key.name, &key.label, &key.hash];
            texts
                .iter()
                .any(|text| text.to_lowercase().contains(&sought))
        };
        self.all().iter().filter(fits).collect()
    }

    /// The key that a key press is about: the one that is looked at, else the chosen one.
    pub(super) fn meant(&self) -> Option<&ManagedKey> {
        match &self.open {
            Some((hash, _)) => self.all().iter().find(|key| *key.hash == **hash),
            None => self.found().get(self.chosen).copied(),
        }
    }

    /// A key as it is now takes the place of what the list had of it.
    pub(super) fn put(&mut self, key: ManagedKey) {
        let Some(ring) = &mut self.ring else { return };
        match ring.keys.iter_mut().find(|known| known.hash == key.hash) {
            Some(known) => *known = key,
            None => ring.keys.insert(0, key),
        }
    }

    /// It is in the list no more.
    pub(super) fn take_out(&mut self, hash: &str) {
        if let Some(ring) = &mut self.ring {
            ring.keys.retain(|key| *key.hash != *hash);
        }
        if self.open.as_ref().is_some_and(|(open, _)| open == hash) {
            self.open = None;
        }
        self.chosen = self.chosen.min(self.found().len().saturating_sub(1));
    }
}
