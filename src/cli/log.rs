//! `--log FILE`: what was asked of which server and how it ended, secrets masked.

use std::io::{self, Write};
use std::path::Path;
use std::sync::Mutex;

use tracing_subscriber::filter::{LevelFilter, Targets};
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;

use super::output::Failure;
use crate::domain::clean_text::CleanText;
use crate::domain::secret::redact;
use crate::domain::symptom::{FileProblem, FileTrouble, Symptom};

/// Starts writing the log; the file is the person's alone and is added to.
pub(super) fn start(path: &Path) -> Result<(), Failure> {
    let file = open(path).map_err(|error| {
        super::diagnosed(&Symptom::File(FileTrouble {
            path: path.into(),
            kind: match error.kind() {
                io::ErrorKind::PermissionDenied => FileProblem::NoPermission,
                io::ErrorKind::NotFound => FileProblem::Missing,
                io::ErrorKind::IsADirectory => FileProblem::NotARegularFile,
                _ => FileProblem::Other,
            },
            detail: CleanText::line(&error.to_string()),
        }))
    })?;
    let lines = tracing_subscriber::fmt::layer()
        .with_ansi(false)
        .with_writer(Mutex::new(Masked(file)));
    // Only this program's own words: a library's could quote a header.
    let own = Targets::new().with_target("onramp", LevelFilter::DEBUG);
    // A second start in one process would be a mistake of this program; the first log goes on.
    let _ = tracing_subscriber::registry()
        .with(own)
        .with(lines)
        .try_init();
    Ok(())
}

fn open(path: &Path) -> io::Result<std::fs::File> {
    let mut options = std::fs::OpenOptions::new();
    options.create(true).append(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    options.open(path)
}

/// A writer that lets no key through. The subscriber hands over whole lines.
struct Masked(std::fs::File);

impl Write for Masked {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        let text = String::from_utf8_lossy(line);
        self.0.write_all(redact(&text).as_bytes())?;
        Ok(line.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}
