//! Standard input, read beside the work: a read cannot be given up, and Ctrl+C must be heard while it
//! waits.

use std::io::{self, BufRead, Read, StdinLock};

use tokio::sync::oneshot;

/// Everything up to its end. What cannot be read is as good as not there.
pub(super) async fn all() -> Vec<u8> {
    beside(|input, bytes| drop(input.read_to_end(bytes))).await
}

/// One line, its end included.
pub(super) async fn line() -> Vec<u8> {
    beside(|input, bytes| drop(input.read_until(b'\n', bytes))).await
}

/// Reads on a thread of its own, which the end of the process takes along.
async fn beside(
    read: impl FnOnce(&mut StdinLock<'static>, &mut Vec<u8>) + Send + 'static,
) -> Vec<u8> {
    let (done, bytes) = oneshot::channel();
    std::thread::spawn(move || {
        let mut bytes = Vec::new();
        read(&mut io::stdin().lock(), &mut bytes);
        let _ = done.send(bytes);
    });
    bytes.await.unwrap_or_default()
}
