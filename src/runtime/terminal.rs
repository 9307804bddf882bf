//! Taking the terminal and giving it back: on leaving, on a panic, on a signal.

use std::io::{self, IsTerminal, Write, stdout};
use std::sync::atomic::{AtomicBool, Ordering};

use crossterm::cursor::Show;
use crossterm::event::{
    DisableBracketedPaste, DisableFocusChange, EnableBracketedPaste, EnableFocusChange,
    KeyboardEnhancementFlags, PopKeyboardEnhancementFlags, PushKeyboardEnhancementFlags,
};
use crossterm::style::Print;
use crossterm::terminal::{
    EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode,
};
use crossterm::{execute, queue};
use ratatui::Terminal;
use ratatui::layout::{Position, Rect, Size};

use super::notification;
use super::scrolling::Scrolling;
use crate::domain::clean_text::CleanText;
use crate::domain::environment::Environment;
use crate::domain::notify::NotifyBy;
use crate::domain::page::PROJECT_SUPPORT;
use crate::domain::secret::redact;
use crate::files;

/// Presses and the wheel, with coordinates beyond column 223. Not every motion: a mouse that moves
/// over an idle program must not wake it.
const MOUSE_ON: &str = "\x1b[?1000h\x1b[?1006h";
const MOUSE_OFF: &str = "\x1b[?1006l\x1b[?1002l\x1b[?1000l";
/// Motions too, while a button is down; and back to presses alone. The modes exclude each other.
const DRAGS_ON: &str = "\x1b[?1002h";
const DRAGS_OFF: &str = "\x1b[?1002l\x1b[?1000h";

/// The terminal is ours. Giving it back twice must do nothing.
static IS_TAKEN: AtomicBool = AtomicBool::new(false);
/// Drags are reported, also after the terminal was given to the shell for a while.
static FOLLOWS_MOUSE: AtomicBool = AtomicBool::new(false);

/// It was asked to tell keys apart that look alike: Esc from the beginning of a sequence, Shift+Enter from Enter.
static TELLS_KEYS_APART: AtomicBool = AtomicBool::new(false);

/// The terminal, taken; given back when this is dropped.
#[derive(Debug)]
pub struct Screen {
    /// Where frames are drawn.
    pub terminal: Terminal<Scrolling<io::BufWriter<io::Stdout>>>,
    tells_keys_apart: bool,
}

impl Screen {
    /// Takes the terminal: raw, on its alternate screen, pastes and the mouse reported, and where it knows the
    /// kitty keyboard protocol, keys told apart. Terminals that do not know it ignore the wish; one that would
    /// print it must not be asked (`tells_keys_apart`).
    ///
    /// # Errors
    /// The terminal is gone.
    pub fn take(tells_keys_apart: bool) -> io::Result<Self> {
        take(tells_keys_apart)?;
        // One write per frame: a frame in pieces flickers.
        let out = io::BufWriter::with_capacity(64 * 1024, stdout());
        // The alternate screen was cleared as it was entered.
        let (columns, rows) = crossterm::terminal::size()?;
        let backend = Scrolling::new(out).blank(Size::new(columns, rows));
        Ok(Self {
            terminal: Terminal::new(backend)?,
            tells_keys_apart,
        })
    }

    /// Gives the terminal to the shell until the program is continued.
    ///
    /// # Errors
    /// The terminal cannot be taken again.
    pub fn suspend(&mut self) -> io::Result<()> {
        give_back();
        #[cfg(unix)]
        rustix::process::kill_current_process_group(rustix::process::Signal::TSTP)?;
        self.retake()
    }

    /// Takes the terminal again that was given back; the next frame paints it whole.
    ///
    /// # Errors
    /// The terminal cannot be taken.
    pub fn retake(&mut self) -> io::Result<()> {
        take(self.tells_keys_apart)?;
        self.repaint()
    }

    /// Makes the next frame paint every cell, whatever stands on the screen. `Terminal::clear` would ask the
    /// terminal where its cursor is, and the answer would go to whoever reads the keys.
    ///
    /// # Errors
    /// The terminal is gone.
    pub fn repaint(&mut self) -> io::Result<()> {
        let size = self.terminal.size()?;
        self.terminal.resize(Rect::from((Position::ORIGIN, size)))?;
        Ok(())
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        give_back();
    }
}

fn take(tells_keys_apart: bool) -> io::Result<()> {
    enable_raw_mode()?;
    IS_TAKEN.store(true, Ordering::SeqCst);
    execute!(
        stdout(),
        EnterAlternateScreen,
        EnableBracketedPaste,
        EnableFocusChange,
        Print(MOUSE_ON)
    )?;
    if tells_keys_apart {
        TELLS_KEYS_APART.store(true, Ordering::SeqCst);
        let wish = KeyboardEnhancementFlags::DISAMBIGUATE_ESCAPE_CODES;
        // A console that takes no sequences refuses; its keys are told apart already.
        let _ = execute!(stdout(), PushKeyboardEnhancementFlags(wish));
    }
    if FOLLOWS_MOUSE.load(Ordering::SeqCst) {
        execute!(stdout(), Print(DRAGS_ON))?;
    }
    Ok(())
}

/// Has the terminal tell of the mouse while its button is down, too, or of presses alone.
pub fn follow_mouse(follows: bool) {
    let followed = FOLLOWS_MOUSE.swap(follows, Ordering::SeqCst);
    if followed == follows || !IS_TAKEN.load(Ordering::SeqCst) {
        return;
    }
    let mode = if follows { DRAGS_ON } else { DRAGS_OFF };
    // A terminal that is gone reports nothing; there is nobody to tell.
    let _ = execute!(stdout(), Print(mode));
}

/// Gives the terminal back as it was. Safe to call at any time, any number of times.
pub fn give_back() {
    if !IS_TAKEN.swap(false, Ordering::SeqCst) {
        return;
    }
    let mut out = stdout();
    if TELLS_KEYS_APART.swap(false, Ordering::SeqCst) {
        // Each of the two screens keeps its own list of wishes: this one belongs to the alternate screen.
        let _ = queue!(out, PopKeyboardEnhancementFlags);
    }
    // A terminal that is gone cannot be restored; there is nobody to tell.
    let _ = queue!(
        out,
        Print(MOUSE_OFF),
        DisableFocusChange,
        DisableBracketedPaste,
        LeaveAlternateScreen,
        Show
    );
    let _ = out.flush();
    let _ = disable_raw_mode();
}

/// Makes a panic give the terminal back first, show no secret in its message, and end the program
/// whichever thread it struck: who waits for that thread would hang. Nothing is unwound: what has to
/// hold afterwards holds after a SIGKILL, too.
pub fn end_on_panic() {
    std::panic::set_hook(Box::new(|panic| {
        give_back();
        files::remove_temps();
        eprintln!("onramp stopped: {}", redact(&panic.to_string()));
        eprintln!("Please report this: {PROJECT_SUPPORT}");
        std::process::exit(101);
    }));
}

/// Puts text on the clipboard of the terminal (OSC 52), wherever it runs; false where there is none. What goes to a
/// file or a pipe gets no such bytes.
///
/// # Errors
/// The terminal is gone.
pub fn copy(text: &str) -> io::Result<bool> {
    let mut bytes = String::new();
    let copy = crossterm::clipboard::CopyToClipboard::to_clipboard_from(text);
    crossterm::Command::write_ansi(&copy, &mut bytes).map_err(io::Error::other)?;
    tell(&bytes)
}

/// Has the terminal call its person, as far as it and what stands before it can.
///
/// # Errors
/// The terminal is gone.
pub fn notify(by: NotifyBy, words: &CleanText, environment: &Environment) -> io::Result<()> {
    let Some(bytes) = notification::bytes(by, words, environment) else {
        return Ok(());
    };
    tell(&bytes).map(|_| ())
}

/// Writes to the terminal; false where there is none. Where results go into a pipe, it is where the rest is said.
fn tell(bytes: &str) -> io::Result<bool> {
    if stdout().is_terminal() {
        put(&mut stdout(), bytes)?;
    } else if io::stderr().is_terminal() {
        put(&mut io::stderr(), bytes)?;
    } else {
        return Ok(false);
    }
    Ok(true)
}

fn put(terminal: &mut impl Write, bytes: &str) -> io::Result<()> {
    terminal.write_all(bytes.as_bytes())?;
    terminal.flush()
}
