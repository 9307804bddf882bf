//! What the Keys screen has done.

use jiff::Timestamp;
use tokio::runtime::Builder;
use tokio::sync::oneshot;

use super::{World, beside};
use crate::flow::keys::{KeyDeed, KeyDone};
use crate::flow::rotation::RotationWish;
use crate::flow::usage::Account;
use crate::flow::{Effect, Reply, Ticket};
use crate::jobs::keys::{self, rotating};

impl World {
    /// Performs what is wanted of keys; nothing else is handed here.
    pub(super) fn see_to_keys(&mut self, effect: Effect) {
        match effect {
            Effect::ListKeys { ticket, account } => self.list_keys(ticket, *account),
            Effect::DoToKey {
                ticket,
                account,
                deed,
            } => self.do_to_key(ticket, *account, deed),
            Effect::PlanRotation {
                ticket,
                account,
                hash,
            } => self.plan_rotation(ticket, *account, hash),
            Effect::Rotate {
                ticket,
                account,
                wish,
            } => self.rotate(ticket, *account, wish.map(|wish| *wish)),
            Effect::StopRotation(ticket) => self.stop_rotation(ticket),
            _ => {}
        }
    }

    fn list_keys(&mut self, ticket: Ticket, account: Account) {
        let (scene, replies) = (self.scene.clone(), self.replies.clone());
        self.start(ticket, async move {
            let ring = keys::ring(&scene, &account, Timestamp::now()).await;
            let _ = replies.send(Reply::KeysListed { ticket, ring });
        });
    }

    /// A key that is being made must not be given up: the server tells it once.
    fn do_to_key(&mut self, ticket: Ticket, account: Account, deed: KeyDeed) {
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

    fn plan_rotation(&mut self, ticket: Ticket, account: Account, hash: String) {
        let (scene, replies) = (self.scene.clone(), self.replies.clone());
        self.start(ticket, async move {
            let told = rotating::plan(&scene, &account, &hash, Timestamp::now()).await;
            let _ = replies.send(Reply::RotationTold { ticket, told });
        });
    }

    /// What a rotation has begun must not be given up either: it is ended, or put back whole.
    fn rotate(&mut self, ticket: Ticket, account: Account, wish: Option<RotationWish>) {
        let (scene, replies) = (self.scene.clone(), self.replies.clone());
        let (stop, stopped) = oneshot::channel();
        self.rotation = Some((ticket, stop));
        self.deeds.retain(|deed| !deed.is_finished());
        let tell = move |told| {
            let _ = replies.send(Reply::RotationTold { ticket, told });
        };
        let (ended, end) = oneshot::channel::<()>();
        let rotate = move || {
            // Dropped with the last word, or where the thread cannot begin.
            let _ended = ended;
            let stop = async {
                if stopped.await.is_err() {
                    std::future::pending::<()>().await;
                }
            };
            let told = match Builder::new_current_thread().enable_all().build() {
                Ok(runtime) => {
                    let rotated = rotating::rotate(&scene, &account, wish, &tell, stop);
                    runtime.block_on(rotated)
                }
                Err(error) => rotating::impossible(&error),
            };
            tell(told);
        };
        // Its steps wait for the disk, and the program can end without it: a thread and a runtime of its own.
        let thread = std::thread::Builder::new().name("rotation".into());
        if let Err(error) = thread.spawn(rotate) {
            let told = rotating::impossible(&error);
            let _ = self.replies.send(Reply::RotationTold { ticket, told });
        }
        self.deeds.push(beside(async move {
            let _ = end.await;
        }));
    }

    /// Has a rotation put everything back; what ends by itself meanwhile has ended.
    fn stop_rotation(&mut self, ticket: Ticket) {
        let of = self.rotation.take_if(|(of, _)| *of == ticket);
        if let Some((_, stop)) = of {
            let _ = stop.send(());
        }
    }
}
