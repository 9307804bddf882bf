//! Standard input, read beside the work: a read cannot be given up, and Ctrl+C must be heard while it
//! waits.

use std::io::{self, BufRead, Read, StdinLock};

use super::beside::beside;
use crate::text::{Phrase, Said};

/// Everything up to its end. What cannot be read is as good as not there.
///
/// # Errors
/// It has more than so many bytes: nobody waits for an input without an end.
pub(super) async fn bytes(most: usize) -> Result<Vec<u8>, Said> {
    const TOO_MUCH: Phrase = Phrase::new(
        "standard input holds more than {} KiB",
        "标准输入超过 {} KiB",
    );
    let limit = most as u64 + 1;
    let bytes = read(move |input, bytes| drop(input.take(limit).read_to_end(bytes))).await;
    if bytes.len() > most {
        return Err(Said::new(TOO_MUCH, &[&(most / 1024)]));
    }
    Ok(bytes)
}

/// The same of a text.
///
/// # Errors
/// It is none, or too long.
pub(super) async fn text(most: usize) -> Result<String, Said> {
    const NOT_TEXT: Phrase = Phrase::new(
        "standard input is not text (UTF-8)",
        "标准输入不是文本（UTF-8）",
    );
    String::from_utf8(bytes(most).await?).map_err(|_| NOT_TEXT.into())
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
