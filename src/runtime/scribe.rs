//! Writes the ledger on a thread of its own, to the last word.

use std::sync::mpsc::channel;
use std::thread::JoinHandle;

use crate::jobs::Scene;
use crate::jobs::recorder::{Recorder, write_down};
use crate::text::Said;

/// The thread that writes the ledger. Dropping this waits until all is written that was told by then: who
/// makes requests has to be dropped before.
#[derive(Debug)]
pub struct Scribe {
    recorder: Recorder,
    thread: Option<JoinHandle<()>>,
}

impl Scribe {
    /// Starts it. Nothing is opened before the first request; what a person should know is told from the
    /// thread.
    pub fn start(scene: &Scene, tell: impl FnMut(Said) + Send + 'static) -> Self {
        let (words, told) = channel();
        let (state, folder) = (scene.paths.state.clone(), scene.folder.clone());
        let thread = std::thread::spawn(move || write_down(&told, &state, &folder, tell));
        Self {
            recorder: Recorder::new(words),
            thread: Some(thread),
        }
    }

    /// Tells it.
    pub fn recorder(&self) -> &Recorder {
        &self.recorder
    }
}

impl Drop for Scribe {
    fn drop(&mut self) {
        self.recorder.close();
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}
