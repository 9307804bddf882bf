//! One line of progress on stderr, where somebody looks at it; gone before the result is printed.

use std::io::Write;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use crate::cli::context::Context;
use crate::project::scan::Progress;
use crate::text::{Lang, Phrase};

const LOOKED_AT: Phrase = Phrase::new("looked at {}", "已检查 {}");
const LOOKED_AT_OF: Phrase = Phrase::new("looked at {} of {}", "已检查 {}，共 {}");

/// How often the line is written anew.
const PAUSE: Duration = Duration::from_millis(100);

/// The line. Its clones are the same line.
#[derive(Clone)]
pub(super) struct Line {
    lang: Lang,
    /// When it was last written; `None` outside where nobody looks, inside before the first time.
    last: Option<Arc<Mutex<Option<Instant>>>>,
}

impl Line {
    pub(super) fn new(context: &Context) -> Self {
        Self {
            lang: context.lang,
            last: context.shows_progress().then(Arc::default),
        }
    }

    /// Says how far the work is, from any thread, as often as it likes.
    pub(super) fn tell(&self, progress: Progress) {
        let Some(last) = &self.last else { return };
        let mut last = last.lock().unwrap_or_else(PoisonError::into_inner);
        if last.is_some_and(|last| last.elapsed() < PAUSE) {
            return;
        }
        *last = Some(Instant::now());
        let words = match progress.of {
            Some(of) => LOOKED_AT_OF.fill(self.lang, &[&progress.done, &of]),
            None => LOOKED_AT.fill(self.lang, &[&progress.done]),
        };
        write(&format!("\r\x1b[K{words}"));
    }

    /// Takes the line away.
    pub(super) fn clear(&self) {
        let Some(last) = &self.last else { return };
        let last = last.lock().unwrap_or_else(PoisonError::into_inner);
        if last.is_some() {
            write("\r\x1b[K");
        }
    }
}

fn write(words: &str) {
    let mut err = std::io::stderr().lock();
    // Nobody hears it on a closed stderr; the work goes on.
    let _ = err.write_all(words.as_bytes());
    let _ = err.flush();
}
