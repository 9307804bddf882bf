//! Tells the ledger of a request: when it begins, when somebody answers, when it ends.
//!
//! A ledger blocks, and an answer must not wait for it. So a request is told in words to the one who
//! writes ([`write_down`]), on a thread of its own; only the first word is waited for, and not for long.
//! Trouble with the ledger is said once and stops no answer.
//!
//! ```text
//! answer::ask ── Entry ── Word ──> write_down ──> Ledger
//!                  └ dropped before the end: stopped
//! ```

mod entry;
mod scribe;

#[cfg(test)]
mod tests;

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::Sender;

use jiff::Timestamp;
use tokio::sync::oneshot;

pub use self::scribe::write_down;
use crate::domain::chat::AnswerHead;
use crate::domain::spend::{Ending, NewRequest, Purpose, Recorded, RequestId, SANDBOX};
use crate::openrouter::OpenRouter;

pub(super) use self::entry::Entry;

/// What the one who writes is told. Requests on their way are named by a number of this program's.
#[derive(Debug)]
pub enum Word {
    /// A request is about to leave; the answer comes when it is written, or cannot be.
    Begun(u64, Box<NewRequest>, oneshot::Sender<()>),
    /// Somebody answers.
    Started(u64, AnswerHead),
    /// It ended.
    Ended(u64, Box<Ending>),
    /// Which requests to a server may be asked for now? See [`crate::ledger::Ledger::unfinished`].
    Unfinished(String, Timestamp, oneshot::Sender<Vec<Recorded>>),
    /// Which open requests to a server have this generation id?
    OpenBy(String, String, oneshot::Sender<Vec<Recorded>>),
    /// The server does not know one, asked at a time.
    LookedUp(RequestId, Timestamp),
    /// Nothing more will be learned of those to a server that began before a time and cannot be asked for.
    UnnamedGivenUp(String, Timestamp),
    /// Everything before this is written.
    Written(oneshot::Sender<()>),
    /// What the server knows of one.
    Learned(RequestId, Box<Ending>),
    /// Nothing more will be learned of one.
    GivenUp(RequestId),
    /// Nothing more will be told.
    Close,
}

/// Tells the one who writes. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Recorder {
    words: Sender<Word>,
    numbers: Arc<AtomicU64>,
    purpose: Purpose,
    is_simulated: bool,
}

impl Recorder {
    /// A recorder whose words go there.
    pub fn new(words: Sender<Word>) -> Self {
        Self {
            words,
            numbers: Arc::default(),
            purpose: Purpose::Ask,
            is_simulated: false,
        }
    }

    /// The same for requests that are made for this; simulated ones go to the sandbox inside this
    /// program, and are kept apart from all others.
    #[must_use]
    pub fn of(&self, purpose: Purpose, is_simulated: bool) -> Self {
        Self {
            purpose,
            is_simulated,
            ..self.clone()
        }
    }

    /// Says that nothing more will be told: what was, is written to its end.
    pub fn close(&self) {
        self.tell(Word::Close);
    }

    /// At most so many requests to the client's server that are open and were neither begun nor asked for since a time.
    pub(super) async fn unfinished(
        &self,
        client: &OpenRouter,
        older_than: Timestamp,
    ) -> Vec<Recorded> {
        let (answer, answered) = oneshot::channel();
        self.tell(Word::Unfinished(self.server(client), older_than, answer));
        answered.await.unwrap_or_default()
    }

    /// The open requests to the client's server with this generation id.
    pub(super) async fn open_by(&self, client: &OpenRouter, generation: &str) -> Vec<Recorded> {
        let (answer, answered) = oneshot::channel();
        let server = self.server(client);
        self.tell(Word::OpenBy(server, generation.to_owned(), answer));
        answered.await.unwrap_or_default()
    }

    /// Waits until all that was told by now is written.
    pub(super) async fn written(&self) {
        let (answer, answered) = oneshot::channel();
        self.tell(Word::Written(answer));
        // Whoever wrote has gone: nothing will be.
        let _ = answered.await;
    }

    pub(super) fn looked_up(&self, id: RequestId, at: Timestamp) {
        self.tell(Word::LookedUp(id, at));
    }

    /// Of requests to the client's server that began before a time and have no id to ask by.
    pub(super) fn unnamed_given_up(&self, client: &OpenRouter, before: Timestamp) {
        self.tell(Word::UnnamedGivenUp(self.server(client), before));
    }

    pub(super) fn learned(&self, id: RequestId, ending: Ending) {
        self.tell(Word::Learned(id, Box::new(ending)));
    }

    pub(super) fn given_up(&self, id: RequestId) {
        self.tell(Word::GivenUp(id));
    }

    /// The server's name in the ledger.
    fn server(&self, client: &OpenRouter) -> String {
        if self.is_simulated {
            // Its port is another one each time.
            return SANDBOX.to_owned();
        }
        client.base().origin()
    }

    fn next_number(&self) -> u64 {
        self.numbers.fetch_add(1, Ordering::Relaxed)
    }

    fn tell(&self, word: Word) {
        // Whoever wrote has gone: the program ends.
        let _ = self.words.send(word);
    }
}
