//! What the Keys screen has done.

use jiff::Timestamp;

use super::{World, beside};
use crate::flow::keys::{KeyDeed, KeyDone};
use crate::flow::usage::Account;
use crate::flow::{Reply, Ticket};
use crate::jobs::keys;

impl World {
    pub(super) fn list_keys(&mut self, ticket: Ticket, account: Account) {
        let (scene, replies) = (self.scene.clone(), self.replies.clone());
        self.start(ticket, async move {
            let ring = keys::ring(&scene, &account, Timestamp::now()).await;
            let _ = replies.send(Reply::KeysListed { ticket, ring });
        });
    }

    /// A key that is being made must not be given up: the server tells it once.
    pub(super) fn do_to_key(&mut self, ticket: Ticket, account: Account, deed: KeyDeed) {
        let (scene, replies) = (self.scene.clone(), self.replies.clone());
        self.deeds.retain(|deed| !deed.is_finished());
        self.deeds.push(beside(async move {
            let done = keys::perform(&scene, &account, deed, Timestamp::now()).await;
            let unheard = replies.send(Reply::KeyDealtWith { ticket, done });
            // Who was to be shown the key has left: nobody has it.
            if let Err(unheard) = unheard
                && let Reply::KeyDealtWith {
                    done: Ok(KeyDone::Created(made)),
                    ..
                } = unheard.0
                && made.shown.is_some()
            {
                let deed = KeyDeed::Delete(Box::new(made.key));
                let _ = keys::perform(&scene, &account, deed, Timestamp::now()).await;
            }
        }));
    }
}
