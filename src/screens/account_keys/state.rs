//! What the Keys screen remembers.

use super::form::Form;
use super::rotation::Rotation;
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
    pub(super) of: Option<Whose>,
    /// The server is being asked for the keys.
    pub(super) listing: Option<Ticket>,
    /// Why there is no younger list.
    pub(super) trouble: Option<Box<Diagnosis>>,
    /// Something is being done to a key.
    pub(super) doing: Option<Doing>,
    /// What is looked for, while it is.
    pub(super) search: Option<Field>,
    /// What is typed goes into the search.
    pub(super) is_searching: bool,
    /// The places in the list of what is shown, in their order.
    found: Vec<usize>,
    /// The row that is chosen, of those that are found.
    pub(super) chosen: usize,
    /// The hash of the key that is looked at, and how many rows down.
    pub(super) open: Option<(String, u16)>,
    /// The most rows down that show anything.
    pub(super) most: u16,
    /// What is asked before something is done.
    pub(super) form: Option<Form>,
    /// A key is to get a successor, or gets it.
    pub(super) rotation: Option<Rotation>,
    /// A key that was just made.
    pub(super) made: Option<Box<KeyMade>>,
    /// The key that is asked about in a menu.
    pub(super) asked_about: Option<ManagedKey>,
}

/// Whose keys: a server's, and the key in use there.
pub(super) type Whose = (String, Option<Secret>);

/// What is being done to a key.
#[derive(Debug)]
pub(super) struct Doing {
    pub(super) ticket: Ticket,
    /// Whose keys were on show: by the time it is done others may be.
    pub(super) of: Option<Whose>,
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
            found: Vec::new(),
            chosen: 0,
            open: None,
            most: 0,
            form: None,
            rotation: None,
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

    /// Those that are found, in their order.
    pub(super) fn found(&self) -> impl ExactSizeIterator<Item = &ManagedKey> {
        self.found.iter().map(|&place| &self.all()[place])
    }

    /// Finds anew what is to be shown: by name, masked key or hash.
    pub(super) fn find(&mut self) {
        let sought = self.search.as_ref().map_or("", Field::text).trim();
        let sought = sought.to_lowercase();
        let fits = |key: &ManagedKey| {
            let mut texts = [&key.name, &key.label, &key.hash].into_iter();
            sought.is_empty() || texts.any(|text| text.to_lowercase().contains(&sought))
        };
        let all = self.all().iter().enumerate();
        self.found = all
            .filter(|(_, key)| fits(key))
            .map(|(place, _)| place)
            .collect();
        self.chosen = self.chosen.min(self.found.len().saturating_sub(1));
    }

    /// Other keys are meant from here on. A key that is shown this once stays, and so does what is under way.
    pub(super) fn forget(&mut self) {
        *self = Self {
            tickets: std::mem::replace(&mut self.tickets, Tickets::starting_at(0)),
            doing: self.doing.take(),
            made: self.made.take(),
            rotation: self.rotation.take().filter(Rotation::is_running),
            ..Self::default()
        };
    }

    /// The key that a key press is about: the one that is looked at, else the chosen one.
    pub(super) fn meant(&self) -> Option<&ManagedKey> {
        match &self.open {
            Some((hash, _)) => self.all().iter().find(|key| *key.hash == **hash),
            None => self.found().nth(self.chosen),
        }
    }

    /// A key as it is now takes the place of what the list had of it.
    pub(super) fn put(&mut self, key: ManagedKey) {
        let Some(ring) = &mut self.ring else { return };
        match ring.keys.iter_mut().find(|known| known.hash == key.hash) {
            Some(known) => *known = key,
            None => ring.keys.insert(0, key),
        }
        self.find();
    }

    /// It is in the list no more.
    pub(super) fn take_out(&mut self, hash: &str) {
        if let Some(ring) = &mut self.ring {
            ring.keys.retain(|key| *key.hash != *hash);
        }
        if self.open.as_ref().is_some_and(|(open, _)| open == hash) {
            self.open = None;
        }
        self.find();
    }
}
