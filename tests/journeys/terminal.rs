//! The real program in a real terminal: keys in, frames out, and waiting for what a person would wait
//! for.

use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::{Duration, Instant};

use crate::server::Server;
use portable_pty::{CommandBuilder, MasterPty, PtySize, native_pty_system};

/// How long a person would wait before calling it broken; the machine may be busy.
const PATIENCE: Duration = Duration::from_secs(30);

/// A program in a terminal.
pub struct Terminal {
    seen: Arc<(Mutex<Seen>, Condvar)>,
    keyboard: Box<dyn Write + Send>,
    child: Box<dyn portable_pty::Child + Send + Sync>,
    master: Box<dyn MasterPty + Send>,
}

struct Seen {
    parser: vt100::Parser,
    /// Every byte the program ever wrote.
    bytes: Vec<u8>,
    is_over: bool,
}

/// A folder to start in, a home of its own, and the environment.
pub struct Desk {
    pub folder: tempfile::TempDir,
    pub home: tempfile::TempDir,
    environment: Vec<(String, String)>,
}

impl Desk {
    /// A project with a repository, as a newcomer has one.
    pub fn new() -> Self {
        let desk = Self::bare();
        let made = std::process::Command::new("git")
            .args(["init", "--quiet"])
            .current_dir(desk.folder.path())
            .status();
        assert!(made.expect("git can be run").success());
        desk
    }

    /// A newcomer's desk beside a server.
    pub fn beside(server: &Server) -> Self {
        Self::new().with("OPENROUTER_API_BASE", &server.base_url)
    }

    /// A folder with nothing in it.
    pub fn bare() -> Self {
        Self {
            folder: tempfile::tempdir().expect("a folder can be made"),
            home: tempfile::tempdir().expect("a folder can be made"),
            environment: Vec::new(),
        }
    }

    /// With a variable in the environment.
    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.environment.push((name.into(), value.into()));
        self
    }

    /// A file of the project.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// What stands in a file of the project.
    pub fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.path(name)).unwrap_or_default()
    }

    /// Writes a file of the project.
    pub fn write(&self, name: &str, text: &str) {
        std::fs::write(self.path(name), text).expect("a file can be written");
    }

    /// The whole environment of the program: nothing of the machine's leaks in.
    pub fn variables(&self) -> Vec<(String, String)> {
        let path = std::env::var("PATH").unwrap_or_default();
        let mut all = vec![
            ("PATH".to_owned(), path),
            ("HOME".to_owned(), text(self.home.path())),
            (
                "ONRAMP_HOME".to_owned(),
                text(&self.home.path().join("onramp")),
            ),
            ("TERM".to_owned(), "xterm-256color".to_owned()),
            ("LANG".to_owned(), "en_US.UTF-8".to_owned()),
            // Nothing is opened in the browser of whoever runs the tests.
            ("BROWSER".to_owned(), "true".to_owned()),
        ];
        for (name, value) in &self.environment {
            all.retain(|(other, _)| other != name);
            all.push((name.clone(), value.clone()));
        }
        all
    }

    /// Starts the program in a terminal of 80 × 24.
    pub fn start(&self, arguments: &[&str]) -> Terminal {
        self.start_sized(arguments, 80, 24)
    }

    /// Starts the program in a terminal.
    pub fn start_sized(&self, arguments: &[&str], columns: u16, rows: u16) -> Terminal {
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_onramp"));
        command.args(arguments);
        self.start_command(command, columns, rows)
    }

    /// Starts the program in a folder of the project.
    pub fn start_in(&self, folder: &str, arguments: &[&str]) -> Terminal {
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_onramp"));
        command.args(arguments);
        command.cwd(self.path(folder));
        self.start_command(command, 80, 24)
    }

    /// Runs git in the project.
    pub fn git(&self, arguments: &[&str]) {
        let run = std::process::Command::new("git")
            .args(arguments)
            .current_dir(self.folder.path())
            .status();
        assert!(run.expect("git can be run").success());
    }

    /// Starts any program in a terminal.
    pub fn start_command(&self, mut command: CommandBuilder, columns: u16, rows: u16) -> Terminal {
        command.env_clear();
        for (name, value) in self.variables() {
            command.env(name, value);
        }
        if command.get_cwd().is_none() {
            command.cwd(self.folder.path());
        }
        Terminal::start(command, columns, rows)
    }
}

impl Terminal {
    fn start(command: CommandBuilder, columns: u16, rows: u16) -> Self {
        let size = PtySize {
            rows,
            cols: columns,
            pixel_width: 0,
            pixel_height: 0,
        };
        let pair = native_pty_system().openpty(size).expect("a terminal");
        let child = pair
            .slave
            .spawn_command(command)
            .expect("the program starts");
        drop(pair.slave);
        let mut output = pair.master.try_clone_reader().expect("its output");
        let keyboard = pair.master.take_writer().expect("its keyboard");
        let seen = Arc::new((
            Mutex::new(Seen {
                parser: vt100::Parser::new(
                    rows.try_into().expect("a row"),
                    columns.try_into().expect("a column"),
                    2000,
                ),
                bytes: Vec::new(),
                is_over: false,
            }),
            Condvar::new(),
        ));
        let shared = seen.clone();
        std::thread::spawn(move || {
            let mut chunk = [0; 16 * 1024];
            loop {
                let read = output.read(&mut chunk).unwrap_or(0);
                let (lock, changed) = &*shared;
                let mut seen = lock.lock().unwrap_or_else(PoisonError::into_inner);
                if read == 0 {
                    seen.is_over = true;
                    changed.notify_all();
                    return;
                }
                let new = &chunk[..read];
                seen.parser.process(new);
                seen.bytes.extend_from_slice(new);
                changed.notify_all();
            }
        });
        Self {
            seen,
            keyboard,
            child,
            master: pair.master,
        }
    }

    /// Waits until the screen shows some words.
    #[track_caller]
    pub fn see(&mut self, words: &str) -> &mut Self {
        self.wait(&format!("{words:?}"), |seen| {
            seen.parser.screen().contents().contains(words)
        });
        self
    }

    /// Waits until the screen shows some words so many times.
    #[track_caller]
    pub fn see_times(&mut self, words: &str, times: usize) -> &mut Self {
        self.wait(&format!("{words:?} {times} times"), |seen| {
            seen.parser.screen().contents().matches(words).count() >= times
        });
        self
    }

    /// Waits until the screen no longer shows some words.
    #[track_caller]
    pub fn see_no_more(&mut self, words: &str) -> &mut Self {
        self.wait(&format!("no {words:?}"), |seen| {
            !seen.parser.screen().contents().contains(words)
        });
        self
    }

    /// Waits until the program has sent some bytes, whatever the screen makes of them.
    #[track_caller]
    pub fn receive(&mut self, bytes: &str) -> &mut Self {
        self.wait(&format!("the bytes {bytes:?}"), |seen| {
            seen.bytes
                .windows(bytes.len())
                .any(|window| window == bytes.as_bytes())
        });
        self
    }

    /// Waits until something holds.
    #[track_caller]
    fn wait(&self, what: &str, holds: impl Fn(&Seen) -> bool) {
        let (lock, changed) = &*self.seen;
        let until = Instant::now() + PATIENCE;
        let mut seen = lock.lock().unwrap_or_else(PoisonError::into_inner);
        while !holds(&seen) {
            let left = until.saturating_duration_since(Instant::now());
            let can_still_come = !left.is_zero() && !seen.is_over;
            assert!(
                can_still_come,
                "waited for {what}; the screen shows:\n{}",
                seen.parser.screen().contents()
            );
            seen = changed
                .wait_timeout(seen, left)
                .unwrap_or_else(PoisonError::into_inner)
                .0;
        }
    }

    /// Types bytes.
    pub fn send(&mut self, bytes: &str) -> &mut Self {
        self.keyboard
            .write_all(bytes.as_bytes())
            .expect("the program listens");
        self.keyboard.flush().expect("the program listens");
        self
    }

    /// Presses keys by name: `enter`, `down`, `esc`, …, or types a word.
    pub fn press(&mut self, keys: &str) -> &mut Self {
        for key in keys.split_whitespace() {
            let bytes = match key {
                "enter" => "\r",
                "esc" => "\x1b",
                "up" => "\x1b[A",
                "down" => "\x1b[B",
                "right" => "\x1b[C",
                "left" => "\x1b[D",
                "f2" => "\x1bOQ",
                "ctrl-c" => "\x03",
                "ctrl-p" => "\x10",
                "ctrl-z" => "\x1a",
                other => other,
            };
            self.send(bytes);
        }
        self
    }

    /// Pastes, as a terminal does it.
    pub fn paste(&mut self, text: &str) -> &mut Self {
        self.send(&format!("\x1b[200~{text}\x1b[201~"))
    }

    /// Clicks on the first place where some words stand.
    #[track_caller]
    pub fn click(&mut self, words: &str) -> &mut Self {
        self.see(words);
        let (row, column) = self.place_of(words);
        let (row, column) = (row + 1, column + 1);
        self.send(&format!("\x1b[<0;{column};{row}M\x1b[<0;{column};{row}m"))
    }

    /// Changes the size of the window.
    pub fn resize(&mut self, columns: u16, rows: u16) -> &mut Self {
        {
            let mut seen = self.seen.0.lock().unwrap_or_else(PoisonError::into_inner);
            seen.parser.screen_mut().set_size(
                rows.try_into().expect("a row"),
                columns.try_into().expect("a column"),
            );
        }
        self.master
            .resize(PtySize {
                rows,
                cols: columns,
                pixel_width: 0,
                pixel_height: 0,
            })
            .expect("a window can be resized");
        self
    }

    /// The screen as text.
    pub fn frame(&self) -> String {
        self.seen
            .0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .parser
            .screen()
            .contents()
    }

    /// Waits until the cursor stands at this row and column, from 0.
    #[track_caller]
    pub fn see_cursor_at(&self, place: (u16, u16)) {
        self.wait(&format!("the cursor at {place:?}"), |seen| {
            seen.parser.screen().cursor_position() == place
        });
    }

    /// Whether the terminal is as a shell expects it: main screen, cursor shown, no mouse, no paste marks.
    pub fn is_restored(&self) -> bool {
        let seen = self.seen.0.lock().unwrap_or_else(PoisonError::into_inner);
        let screen = seen.parser.screen();
        !screen.alternate_screen()
            && !screen.hide_cursor()
            && !screen.bracketed_paste()
            && screen.mouse_protocol_mode() == vt100::MouseProtocolMode::None
    }

    /// Whether the terminal shows what is typed and hands over whole lines.
    #[cfg(target_os = "linux")]
    pub fn is_cooked(&self) -> bool {
        const ICANON_AND_ECHO: u32 = 0o12;
        let modes = self.master.get_termios().expect("a terminal has modes");
        modes.local_flags.bits() & ICANON_AND_ECHO == ICANON_AND_ECHO
    }

    /// The first address on the screen that holds some words, its lines put together.
    pub fn address(&self, words: &str) -> String {
        let frame = self.frame();
        let whole: String = frame.lines().map(inside).collect::<Vec<_>>().concat();
        let addresses = whole.match_indices("http").map(|(start, _)| {
            let rest = whole.split_at(start).1.chars();
            rest.take_while(char::is_ascii_graphic).collect::<String>()
        });
        let mut found = addresses.filter(|address| address.contains(words));
        found.next().expect("an address is shown")
    }

    /// Where some words stand: row and column, from 0.
    #[track_caller]
    pub fn place_of(&self, words: &str) -> (u16, u16) {
        let rows = self.rows();
        let found = rows
            .iter()
            .enumerate()
            .find(|(_, line)| line.contains(words));
        let (row, line) = found.unwrap_or_else(|| panic!("{words:?} is not on the screen"));
        let before = line.split(words).next().unwrap_or_default();
        let number = |size: usize| u16::try_from(size).expect("a screen is small");
        (number(row), number(onramp::ui::wrap::width(before)))
    }

    fn rows(&self) -> Vec<String> {
        let seen = self.seen.0.lock().unwrap_or_else(PoisonError::into_inner);
        let screen = seen.parser.screen();
        screen.rows(0, screen.size().1.get()).collect()
    }

    /// Waits until the program has been still for a while.
    pub fn settle(&self) {
        const STILL: Duration = Duration::from_millis(300);
        let until = Instant::now() + PATIENCE;
        let mut seen = (self.bytes(), self.wakeups());
        while Instant::now() < until {
            std::thread::sleep(STILL);
            let now = (self.bytes(), self.wakeups());
            if now == seen {
                return;
            }
            seen = now;
        }
    }

    /// How often the threads of the program were woken so far.
    pub fn wakeups(&self) -> u64 {
        let Ok(threads) = std::fs::read_dir(format!("/proc/{}/task", self.pid())) else {
            return 0;
        };
        threads
            .flatten()
            .filter_map(|thread| std::fs::read_to_string(thread.path().join("status")).ok())
            .filter_map(|status| {
                let line = status
                    .lines()
                    .find_map(|line| line.strip_prefix("voluntary_ctxt_switches:"))?;
                line.trim().parse::<u64>().ok()
            })
            .sum()
    }

    /// Waits until the terminal no longer shows what is typed.
    #[track_caller]
    pub fn see_hidden_typing(&self) {
        let until = Instant::now() + PATIENCE;
        while self.is_cooked() {
            assert!(Instant::now() < until, "what is typed is shown");
            std::thread::yield_now();
        }
    }

    /// Every byte the program ever wrote, as text.
    pub fn everything(&self) -> String {
        String::from_utf8_lossy(
            &self
                .seen
                .0
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .bytes,
        )
        .into_owned()
    }

    /// How many bytes the program wrote so far.
    pub fn bytes(&self) -> usize {
        self.seen
            .0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .bytes
            .len()
    }

    /// The process.
    pub fn pid(&self) -> u32 {
        self.child.process_id().expect("it runs")
    }

    /// Sends a signal to the program.
    #[cfg(unix)]
    pub fn signal(&mut self, signal: rustix::process::Signal) -> &mut Self {
        let pid = i32::try_from(self.pid())
            .ok()
            .and_then(rustix::process::Pid::from_raw);
        rustix::process::kill_process(pid.expect("a process"), signal).expect("it runs");
        self
    }

    /// Kills it: nothing of it runs any more.
    pub fn kill(&mut self) {
        self.child.kill().expect("it runs");
        self.wait_for_end_of_output();
    }

    /// Waits for the end and returns the exit code.
    #[track_caller]
    pub fn end(&mut self) -> u32 {
        self.wait_for_end_of_output();
        self.child.wait().expect("it ends").exit_code()
    }

    #[track_caller]
    fn wait_for_end_of_output(&self) {
        let (lock, changed) = &*self.seen;
        let until = Instant::now() + PATIENCE;
        let mut seen = lock.lock().unwrap_or_else(PoisonError::into_inner);
        while !seen.is_over {
            let left = until.saturating_duration_since(Instant::now());
            assert!(
                !left.is_zero(),
                "the program does not end; the screen shows:\n{}",
                seen.parser.screen().contents()
            );
            seen = changed
                .wait_timeout(seen, left)
                .unwrap_or_else(PoisonError::into_inner)
                .0;
        }
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn text(path: &Path) -> String {
    path.to_str().expect("a path of a test is UTF-8").to_owned()
}

/// A line of the screen without the rail and the frame.
fn inside(line: &str) -> &str {
    let mut parts = line.rsplitn(3, '│');
    let (_, text) = (parts.next(), parts.next());
    text.unwrap_or_default().trim()
}
