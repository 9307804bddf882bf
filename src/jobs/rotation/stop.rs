//! A wish to stop: heard between two steps, never in the midst of a request whose answer is needed.

use std::fmt;
use std::future::Future;
use std::pin::Pin;

/// A wish to stop that may come.
pub struct Stop<'a> {
    wish: Pin<Box<dyn Future<Output = ()> + 'a>>,
    has_come: bool,
}

impl<'a> Stop<'a> {
    /// It comes when this ends.
    pub fn when(wish: impl Future<Output = ()> + 'a) -> Self {
        Self {
            wish: Box::pin(wish),
            has_come: false,
        }
    }

    /// It never comes.
    pub fn never() -> Self {
        Self::when(std::future::pending())
    }

    /// Whether it has come by now.
    pub(super) async fn has_come(&mut self) -> bool {
        if !self.has_come {
            // The runtime gets a turn, or a signal that is there already would not be seen.
            self.has_come = tokio::select! {
                biased;
                () = self.wish.as_mut() => true,
                () = tokio::task::yield_now() => false,
            };
        }
        self.has_come
    }

    /// Waits so long, or until it comes; whether it has.
    pub(super) async fn within(&mut self, pause: std::time::Duration) -> bool {
        if !self.has_come {
            self.has_come = tokio::select! {
                biased;
                () = self.wish.as_mut() => true,
                () = tokio::time::sleep(pause) => false,
            };
        }
        self.has_come
    }
}

impl fmt::Debug for Stop<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Stop")
            .field("has_come", &self.has_come)
            .finish_non_exhaustive()
    }
}
