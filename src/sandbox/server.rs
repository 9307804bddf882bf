//! What every request shares: the world, the options, the time, and the sign to stop.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use axum::http::HeaderMap;
use jiff::Timestamp;
use jiff::civil::Date;
use tokio::sync::watch;

use super::clock::day_of;
use super::fault::Fault;
use super::fault_row::{Act, Listing};
use super::key::{Key, Kind};
use super::key_ring::{not_inference, not_management};
use super::options::Options;
use super::refusal::Refusal;
use super::seeded_history::seeded_world;
use super::world::World;

/// How handlers hold the server.
pub(super) type Shared = Arc<Server>;

/// What every request shares.
#[derive(Debug)]
pub(super) struct Server {
    /// How it is to behave.
    pub(super) options: Options,
    world: Mutex<World>,
    /// Its sender is gone once the sandbox stops.
    closing: watch::Receiver<()>,
}

/// Who asks.
#[derive(Clone, Debug)]
pub(super) struct Caller {
    /// The hash of the key.
    pub(super) key: String,
    /// The account it belongs to.
    pub(super) account: usize,
    /// The account's user.
    pub(super) user_id: &'static str,
}

impl Server {
    /// A server with a new world.
    pub(super) fn new(options: Options, closing: watch::Receiver<()>) -> Self {
        let world = Mutex::new(seeded_world(options.clock.now()));
        Self {
            options,
            world,
            closing,
        }
    }

    /// The world, for a moment: never across a wait.
    pub(super) fn world(&self) -> MutexGuard<'_, World> {
        self.world.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What time it is.
    pub(super) fn now(&self) -> Timestamp {
        self.options.clock.now()
    }

    /// The UTC day.
    pub(super) fn today(&self) -> Date {
        day_of(self.now())
    }

    /// The trouble that the whole server is in.
    pub(super) fn fault(&self) -> Option<Fault> {
        self.options.fault
    }

    /// The whole server lists something oddly.
    pub(super) fn lists_oddly(&self, listing: Listing) -> bool {
        let act = self.fault().map(|fault| fault.row().act);
        matches!(act, Some(Act::Odd(odd)) if odd == listing)
    }

    /// Who brings any valid key.
    pub(super) fn caller(&self, headers: &HeaderMap) -> Result<Caller, Refusal> {
        let now = self.now();
        let mut world = self.world();
        let key = world.keys.admit(headers, now)?;
        let (key, account) = (key.hash.clone(), key.account);
        let user_id = world.accounts.get(account).map_or("", |a| a.user_id);
        Ok(Caller {
            key,
            account,
            user_id,
        })
    }

    /// Who brings a management key.
    pub(super) fn manager(&self, headers: &HeaderMap) -> Result<Caller, Refusal> {
        let caller = self.caller(headers)?;
        match self.kind_of(&caller) {
            Some(Kind::Management) => Ok(caller),
            _ => Err(not_management()),
        }
    }

    /// Who brings an inference key.
    pub(super) fn asker(&self, headers: &HeaderMap) -> Result<Caller, Refusal> {
        let caller = self.caller(headers)?;
        match self.kind_of(&caller) {
            Some(Kind::Inference) => Ok(caller),
            _ => Err(not_inference().of_user(caller.user_id)),
        }
    }

    fn kind_of(&self, caller: &Caller) -> Option<Kind> {
        self.world().keys.by_hash(&caller.key).map(kind)
    }

    /// Waits so long, or until the sandbox stops; whether it still runs.
    pub(super) async fn pause(&self, time: Duration) -> bool {
        if time.is_zero() {
            return true;
        }
        tokio::select! {
            () = tokio::time::sleep(time) => true,
            () = self.closed() => false,
        }
    }

    /// Waits until the sandbox stops.
    pub(super) async fn closed(&self) {
        let mut closing = self.closing.clone();
        while closing.changed().await.is_ok() {}
    }
}

fn kind(key: &Key) -> Kind {
    key.kind
}
