//! A secret from the person: typed or pasted unseen.

use std::io::{self, Write};

use super::stdin;
use crate::runtime::echo::Echo;

/// Asks, and reads one line that the terminal does not show, its end taken off. Ctrl+C drops the wait, and the
/// terminal shows again what is typed. `None`: there is nobody any more.
pub(super) async fn line(question: &str) -> Option<Vec<u8>> {
    let mut err = io::stderr();
    let _ = write!(err, "{question}");
    let _ = err.flush();
    let mut line = {
        let _echo = Echo::off();
        stdin::line().await
    };
    if line.is_empty() {
        return None;
    }
    while line.pop_if(|end| matches!(end, b'\n' | b'\r')).is_some() {}
    Some(line)
}
