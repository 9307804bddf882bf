//! Work that blocks, done beside the waiting, so that Ctrl+C is heard.

use tokio::sync::oneshot;

/// What the work gives, done on a thread of its own, which the end of the process takes along.
///
/// # Panics
/// The work did.
pub(super) async fn beside<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> T {
    let (done, given) = oneshot::channel();
    std::thread::spawn(move || {
        let _ = done.send(work());
    });
    given.await.expect("work that ends gives something")
}
