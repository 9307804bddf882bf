//! The person's own editor, on a text of theirs.
//!
//! `VISUAL`, else `EDITOR`, is a line for the shell, as git and crontab take it. The text lies meanwhile in a file of
//! this program's own that only its owner may read.

use std::path::{Path, PathBuf};
use std::process::ExitStatus;

use jiff::Timestamp;
use tokio::process::Command;

use crate::domain::clean_text::CleanText;
use crate::domain::environment::Environment;
use crate::domain::symptom::FileTrouble;
use crate::files;
use crate::jobs::Scene;
use crate::text::{Phrase, Said};

/// What there is where the person has named none.
const USUAL: &str = if cfg!(windows) { "notepad" } else { "vi" };

const NOT_STARTED: Phrase = Phrase::new(
    "the editor “{}” could not be started; VISUAL or EDITOR names another",
    "无法启动编辑器“{}”；可用 VISUAL 或 EDITOR 指定",
);
const FAILED: Phrase = Phrase::new(
    "the editor “{}” ended with an error; the text stays as it was",
    "编辑器“{}”出错退出；文本保持原样",
);
const NO_FILE: Phrase = Phrase::new(
    "the text could not be handed to the editor: {}",
    "无法把文本交给编辑器：{}",
);

/// Lets the person edit a text; what it is when the editor has ended.
///
/// # Errors
/// The editor cannot be started or ended badly, or the file could not be written or read.
pub(super) async fn edit(scene: &Scene, text: &str) -> Result<String, Said> {
    let line = named(&scene.environment);
    let file = Handed::over(fresh_name(&scene.paths.state), text).map_err(|it| no_file(&it))?;
    let shown = CleanText::line(line).shortened(60);
    let status = run(line, &file.0)
        .await
        .map_err(|_| Said::new(NOT_STARTED, &[&shown]))?;
    match status.code() {
        Some(0) => file.taken_back().map_err(|it| no_file(&it)),
        // What a shell says of a program that it does not find, or that it may not run.
        Some(126 | 127) => Err(Said::new(NOT_STARTED, &[&shown])),
        _ => Err(Said::new(FAILED, &[&shown])),
    }
}

fn named(environment: &Environment) -> &str {
    let named = environment.get("VISUAL").or(environment.get("EDITOR"));
    named.unwrap_or(USUAL)
}

fn no_file(trouble: &FileTrouble) -> Said {
    Said::new(NO_FILE, &[&trouble.detail])
}

/// Two programs that edit at once have a file each.
fn fresh_name(state: &Path) -> PathBuf {
    let moment = Timestamp::now().as_nanosecond();
    state.join(format!("question-{}-{moment}.md", std::process::id()))
}

#[expect(
    clippy::disallowed_methods,
    reason = "the person's own editor, on the terminal they sit at"
)]
async fn run(line: &str, file: &Path) -> std::io::Result<ExitStatus> {
    let mut command = if cfg!(windows) {
        let mut command = Command::new("cmd");
        command.arg("/C").arg(line).arg(file);
        command
    } else {
        let mut command = Command::new("sh");
        // The line is the shell's to read; the file's name is not.
        command.arg("-c").arg(format!("{line} \"$1\""));
        command.arg("sh").arg(file);
        command
    };
    command.kill_on_drop(true).status().await
}

/// The file that is handed over; taken away when this is dropped.
struct Handed(PathBuf);

impl Handed {
    fn over(path: PathBuf, text: &str) -> Result<Self, FileTrouble> {
        files::save_private(&path, text.as_bytes())?;
        Ok(Self(path))
    }

    fn taken_back(&self) -> Result<String, FileTrouble> {
        let bytes = files::read(&self.0)?;
        let text = String::from_utf8_lossy(bytes.text());
        // Editors end the last line; nobody typed that.
        Ok(text.strip_suffix('\n').unwrap_or(&text).to_owned())
    }
}

impl Drop for Handed {
    fn drop(&mut self) {
        // What cannot be taken away is readable by its owner alone.
        let _ = files::remove(&self.0);
    }
}
