//! Standard input, read beside the work: a read cannot be given up, and Ctrl+C must be heard while it
//! waits.

use std::io::{self, BufRead, Read, StdinLock};

use super::beside::beside;

/// Everything up to its end. What cannot be read is as good as not there.
pub(super) async fn all() -> Vec<u8> {
    read(|input, bytes| drop(input.read_to_end(bytes))).await
}

/// One line, its end included.
pub(super) async fn line() -> Vec<u8> {
    read(|input, bytes| drop(input.read_until(b'\n', bytes))).await
}

async fn read(
    read: impl FnOnce(&mut StdinLock<'static>, &mut Vec<u8>) + Send + 'static,
) -> Vec<u8> {
    beside(move || {
        let mut bytes = Vec::new();
        read(&mut io::stdin().lock(), &mut bytes);
        bytes
    })
    .await
}
