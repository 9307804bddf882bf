//! Keeps conversations on a thread of its own, to the last word.

use std::path::PathBuf;
use std::sync::mpsc::{Sender, channel};
use std::thread::JoinHandle;

use crate::jobs::keeping::{News, Told, keep_talks};

/// The thread that keeps conversations. Nothing is opened before the first deed. Dropping this waits until
/// all is written.
#[derive(Debug, Default)]
pub(super) struct Archivist {
    running: Option<(Sender<Told>, JoinHandle<()>)>,
}

impl Archivist {
    /// Has something kept; what a person should know is told from the thread.
    pub(super) fn keep(
        &mut self,
        told: Told,
        state: PathBuf,
        tell: impl FnMut(News) + Send + 'static,
    ) {
        let (queue, _) = self.running.get_or_insert_with(|| {
            let (queue, arriving) = channel();
            let thread = std::thread::spawn(move || keep_talks(&arriving, &state, tell));
            (queue, thread)
        });
        // The thread lives as long as its queue.
        let _ = queue.send(told);
    }
}

impl Drop for Archivist {
    fn drop(&mut self) {
        if let Some((queue, thread)) = self.running.take() {
            drop(queue);
            let _ = thread.join();
        }
    }
}
