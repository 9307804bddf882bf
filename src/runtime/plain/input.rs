//! Lines of standard input, read beside the loop.

use std::io::{BufRead, Read};

use tokio::sync::mpsc::UnboundedSender;

/// A line longer than this is cut: nothing that is asked for is nearly as long.
const MOST_BYTES: u64 = 64 * 1024;

/// Reads lines until the input ends. A thread of its own: reading cannot be interrupted, and the
/// program must be able to end all the same.
pub(super) fn read_lines(lines: UnboundedSender<String>) {
    std::thread::spawn(move || {
        let mut input = std::io::stdin().lock();
        loop {
            let mut line = Vec::new();
            let read = (&mut input).take(MOST_BYTES).read_until(b'\n', &mut line);
            match read {
                Ok(1..) => {
                    let line = String::from_utf8_lossy(&line).into_owned();
                    if lines.send(line).is_err() {
                        return;
                    }
                }
                Ok(0) | Err(_) => return,
            }
        }
    });
}
