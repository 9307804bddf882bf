//! A terminal of 120 × 40 with a program in it.
#![allow(
    dead_code,
    clippy::allow_attributes,
    reason = "each benchmark uses its own part"
)]

use std::io::{Read, Write};

use portable_pty::{Child, CommandBuilder, PtySize, native_pty_system};

const ROWS: u16 = 40;
const COLUMNS: u16 = 120;

/// The program is ended with this.
pub struct Terminal {
    child: Box<dyn Child + Send + Sync>,
    output: Box<dyn Read + Send>,
    keyboard: Box<dyn Write + Send>,
    seen: vt100::Parser,
    /// Bytes that came so far.
    pub bytes: usize,
}

impl Terminal {
    pub fn start(command: CommandBuilder) -> Self {
        let size = PtySize {
            rows: ROWS,
            cols: COLUMNS,
            pixel_width: 0,
            pixel_height: 0,
        };
        let pair = native_pty_system().openpty(size).expect("a terminal");
        let output = pair.master.try_clone_reader().expect("its output");
        let keyboard = pair.master.take_writer().expect("its keyboard");
        let child = pair
            .slave
            .spawn_command(command)
            .expect("the program starts");
        let mut seen = vt100::Parser::default();
        seen.screen_mut().set_size(
            ROWS.try_into().expect("not zero"),
            COLUMNS.try_into().expect("not zero"),
        );
        Self {
            child,
            output,
            keyboard,
            seen,
            bytes: 0,
        }
    }

    pub fn send(&mut self, keys: &str) {
        self.keyboard
            .write_all(keys.as_bytes())
            .expect("it listens");
    }

    /// Waits until these words are on the screen.
    pub fn see(&mut self, words: &str) {
        let mut chunk = [0; 8192];
        while !self.seen.screen().contents().contains(words) {
            let read = self.output.read(&mut chunk).expect("it writes");
            assert!(read > 0, "the program ended early");
            self.bytes += read;
            self.seen.process(&chunk[..read]);
        }
    }

    pub fn pid(&self) -> u32 {
        self.child.process_id().expect("it runs")
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        self.child.kill().expect("it can be ended");
        self.child.wait().expect("it ends");
    }
}
