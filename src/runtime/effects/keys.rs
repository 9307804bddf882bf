//! What the Keys screen has done.

use jiff::Timestamp;

use super::{World, beside};
use crate::flow::keys::KeyDeed;
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
    pub(super) fn do_to_key(&self, ticket: Ticket, account: Account, deed: KeyDeed) {
        let (scene, replies) = (self.scene.clone(), self.replies.clone());
        beside(async move {
            let done = keys::perform(&scene, &account, deed, Timestamp::now()).await;
            let _ = replies.send(Reply::KeyDealtWith { ticket, done });
        });
    }
}
