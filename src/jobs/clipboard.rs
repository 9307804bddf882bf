//! What is on the clipboard, and what is put there, by the program that this system has for it.
//!
//! The program is named here and by nobody else, is run without a shell and without the keys, and has a time limit:
//! the owner of a selection may have hung up.

use std::io::Read;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::time::Duration;

use tokio::io::AsyncWriteExt;
use tokio::time::timeout;

use super::access;
use crate::domain::environment::Environment;
use crate::flow::attach::NoClipboard;
use crate::settings::{Machine, Remote};

/// How long a program may take.
const PATIENCE: Duration = Duration::from_secs(3);

/// What Windows' shell is asked. Its own encoding is one of the machine's.
const POWERSHELL: &[&str] = &[
    "-NoProfile",
    "-NonInteractive",
    "-Command",
    "[Console]::OutputEncoding=[Text.Encoding]::UTF8; Get-Clipboard -Raw",
];

/// What it is told, so that it takes what it hears.
const POWERSHELL_TAKES: &[&str] = &[
    "-NoProfile",
    "-NonInteractive",
    "-Command",
    "[Console]::InputEncoding=[Text.Encoding]::UTF8; Set-Clipboard -Value ([Console]::In.ReadToEnd())",
];

/// A program that reads or writes the clipboard, and its words.
type Keeper = (&'static str, &'static [&'static str]);

/// What is on the clipboard, at most so many bytes and one: text, or a picture where the program gives one.
///
/// Blocks, for some seconds at most.
///
/// # Errors
/// Why there is nothing.
pub fn read(environment: &Environment, most: usize) -> Result<Vec<u8>, NoClipboard> {
    let readers = readers(environment);
    if readers.is_empty() {
        return Err(NoClipboard::NoScreen);
    }
    let mut why = NoClipboard::NoProgram;
    for reader in readers {
        match ask(reader, most) {
            Ok(bytes) => return Ok(bytes),
            // What another program says is not undone by one that is not there.
            Err(NoClipboard::NoProgram) => {}
            Err(other) => why = other,
        }
    }
    Err(why)
}

/// The programs that may read it here, the likeliest first; none without a screen.
fn readers(environment: &Environment) -> Vec<Keeper> {
    if cfg!(windows) {
        return vec![("powershell", POWERSHELL)];
    }
    if cfg!(target_os = "macos") {
        return vec![("pbpaste", &[])];
    }
    let mut readers: Vec<Keeper> = Vec::new();
    if environment.has("WAYLAND_DISPLAY") {
        readers.push(("wl-paste", &["--no-newline"]));
    }
    if environment.has("DISPLAY") {
        readers.push(("xclip", &["-selection", "clipboard", "-out"]));
        readers.push(("xsel", &["--clipboard", "--output"]));
    }
    if environment.has("WSL_DISTRO_NAME") {
        readers.push(("powershell.exe", POWERSHELL));
    }
    readers
}

/// Puts text on the clipboard of this machine; true when a program took it. Over SSH that clipboard is not the
/// person's, and is left alone.
pub async fn write(environment: &Environment, text: &str) -> bool {
    if Remote::find(environment, Machine::default()) == Some(Remote::Ssh) {
        return false;
    }
    for writer in writers(environment) {
        if let Ok(Ok(true)) = timeout(PATIENCE, tell(writer, text)).await {
            return true;
        }
    }
    false
}

/// The programs that may write it here, the likeliest first.
fn writers(environment: &Environment) -> Vec<Keeper> {
    let writer_of = |(reader, words): Keeper| match reader {
        "pbpaste" => ("pbcopy", words),
        "wl-paste" => ("wl-copy", &[][..]),
        "xclip" => ("xclip", &["-selection", "clipboard", "-in"][..]),
        "xsel" => ("xsel", &["--clipboard", "--input"][..]),
        powershell => (powershell, POWERSHELL_TAKES),
    };
    readers(environment).into_iter().map(writer_of).collect()
}

fn ask(reader: Keeper, most: usize) -> Result<Vec<u8>, NoClipboard> {
    let child = command(reader)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .map_err(|_| NoClipboard::NoProgram)?;
    let bytes = output(child, most, PATIENCE)?;
    if bytes.is_empty() {
        return Err(NoClipboard::Empty);
    }
    Ok(bytes)
}

/// Has a program hear a text; true when it ended well.
async fn tell(writer: Keeper, text: &str) -> std::io::Result<bool> {
    let mut command = tokio::process::Command::from(command(writer));
    // One that stays to hand the selection out must hold nothing of ours open.
    command.stdin(Stdio::piped()).stdout(Stdio::null());
    let mut child = command.kill_on_drop(true).spawn()?;
    if let Some(mut hears) = child.stdin.take() {
        hears.write_all(text.as_bytes()).await?;
    }
    Ok(child.wait().await?.success())
}

fn command((program, words): Keeper) -> Command {
    let mut command = Command::new(program);
    command.args(words).stderr(Stdio::null());
    for name in [access::KEY, access::MANAGEMENT_KEY, access::OPENAI_KEY] {
        command.env_remove(name);
    }
    command
}

/// What a program writes, at most so many bytes and one; nothing where it fails.
fn output(mut child: Child, most: usize, patience: Duration) -> Result<Vec<u8>, NoClipboard> {
    let (done, came) = mpsc::channel();
    let Some(out) = child.stdout.take() else {
        return Err(NoClipboard::Empty);
    };
    std::thread::spawn(move || {
        let mut bytes = Vec::new();
        let read = out.take(most as u64 + 1).read_to_end(&mut bytes);
        // Nobody waits any more when it took too long.
        let _ = done.send(read.map(|_| bytes));
    });
    let came = came.recv_timeout(patience);
    let is_whole = matches!(&came, Ok(Ok(bytes)) if bytes.len() <= most);
    if !is_whole {
        let _ = child.kill();
    }
    let ended = child.wait();
    match came {
        Err(_) => Err(NoClipboard::TooLong),
        Ok(Ok(bytes)) if !is_whole || ended.is_ok_and(|status| status.success()) => Ok(bytes),
        Ok(_) => Err(NoClipboard::Empty),
    }
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use super::*;

    fn of_shell(line: &str, most: usize, patience: Duration) -> Result<Vec<u8>, NoClipboard> {
        let mut shell = Command::new("sh");
        let shell = shell.args(["-c", line]).stdout(Stdio::piped());
        output(shell.spawn().unwrap(), most, patience)
    }

    #[test]
    fn a_program_gives_what_it_has_and_no_more_than_is_wanted() {
        let usual = |line| of_shell(line, 10, Duration::from_mins(1));
        assert_eq!(usual("printf 'a\\nb'").as_deref(), Ok(&b"a\nb"[..]));
        assert_eq!(usual("printf x; exit 1"), Err(NoClipboard::Empty));
        assert_eq!(usual("yes").map(|bytes| bytes.len()), Ok(11));
        let hangs = of_shell("exec sleep 600", 10, Duration::from_millis(20));
        assert_eq!(hangs, Err(NoClipboard::TooLong));
    }

    #[test]
    fn without_a_screen_there_is_no_clipboard() {
        let linux = cfg!(not(target_os = "macos"));
        let bare = read(&Environment::default(), 10);
        assert!(!linux || bare == Err(NoClipboard::NoScreen));
        let both = Environment::new([("WAYLAND_DISPLAY", "wayland-0"), ("DISPLAY", ":0")]);
        let names = |all: Vec<Keeper>| all.into_iter().map(|(name, _)| name).collect::<Vec<_>>();
        assert!(!linux || names(readers(&both)) == ["wl-paste", "xclip", "xsel"]);
        assert!(!linux || names(writers(&both)) == ["wl-copy", "xclip", "xsel"]);
    }
}
