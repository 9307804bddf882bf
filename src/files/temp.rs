//! The private neighbour that a file is written to before it takes the file's place.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::os;

/// How a neighbour's name begins: the usual rule `.env*` ignores it, and its leading dot hides it.
pub(super) const TEMP_PREFIX: &str = ".env.tmp-";
/// How the name of a copy begins, which an in-place write keeps until it has succeeded.
pub(super) const COPY_PREFIX: &str = ".env.copy-";

/// The neighbours that exist right now. A global, because a signal knows no other way to them.
static LIVE: Mutex<Vec<PathBuf>> = Mutex::new(Vec::new());

fn live() -> MutexGuard<'static, Vec<PathBuf>> {
    LIVE.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Removes every neighbour that a save in progress has written: for the task that ends the program
/// on SIGINT or SIGTERM. The save itself then fails and leaves the file as it was.
pub fn remove_temps() {
    for path in std::mem::take(&mut *live()) {
        remove(&path);
    }
}

/// A private neighbour. It goes with this value, unless it took the file's place.
#[derive(Debug)]
pub(super) struct Temp {
    pub(super) path: PathBuf,
    pub(super) file: File,
    /// The end of its name, shared with the copy of an in-place write.
    pub(super) id: String,
    is_left: bool,
}

impl Temp {
    /// Creates one in the folder, for the owner's eyes only.
    pub(super) fn create(folder: &Path) -> io::Result<Self> {
        loop {
            let id = format!("{:016x}", getrandom::u64().map_err(io::Error::other)?);
            let path = folder.join(format!("{TEMP_PREFIX}{id}"));
            // Listed before it exists, so that no moment is left in which nobody would remove it.
            live().push(path.clone());
            match os::create_private(&path) {
                Ok(file) => {
                    let is_left = false;
                    return Ok(Self {
                        path,
                        file,
                        id,
                        is_left,
                    });
                }
                Err(error) => {
                    forget(&path);
                    if error.kind() != io::ErrorKind::AlreadyExists {
                        return Err(error);
                    }
                }
            }
        }
    }

    /// From here on the neighbour must outlive a signal: an in-place write has begun.
    pub(super) fn outlive_signals(&self) {
        forget(&self.path);
    }

    /// Leaves the neighbour where it is, for the next save to mend with.
    pub(super) fn leave(mut self) {
        self.is_left = true;
    }
}

impl Drop for Temp {
    fn drop(&mut self) {
        forget(&self.path);
        if !self.is_left {
            // After a rename nothing is there any more.
            remove(&self.path);
        }
    }
}

fn forget(path: &Path) {
    live().retain(|listed| listed != path);
}

/// The id in the name of a neighbour or a copy; `None` for any other name.
pub(super) fn id_of<'a>(file_name: &'a str, prefix: &str) -> Option<&'a str> {
    let id = file_name.strip_prefix(prefix)?;
    (id.len() == 16 && id.bytes().all(|byte| byte.is_ascii_hexdigit())).then_some(id)
}

/// Removes a file of ours; one that is gone, or may not be removed, is left to the next save.
#[expect(clippy::disallowed_methods, reason = "the one door to files")]
pub(super) fn remove(path: &Path) {
    let _ = std::fs::remove_file(path);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_neighbour_goes_with_its_value_unless_it_is_left() {
        let folder = tempfile::tempdir().unwrap();
        let temp = Temp::create(folder.path()).unwrap();
        let path = temp.path.clone();
        assert!(path.exists() && live().contains(&path));
        drop(temp);
        assert!(!path.exists() && !live().contains(&path));
        let temp = Temp::create(folder.path()).unwrap();
        let path = temp.path.clone();
        temp.leave();
        assert!(path.exists() && !live().contains(&path));
    }

    #[test]
    fn names_of_neighbours_are_known_exactly() {
        assert_eq!(
            id_of(".env.tmp-0123456789abcdef", TEMP_PREFIX),
            Some("0123456789abcdef")
        );
        for name in [
            ".env.tmp-",
            ".env.tmp-mine",
            ".env.tmp-0123456789abcdef0",
            ".env.local",
        ] {
            assert_eq!(id_of(name, TEMP_PREFIX), None, "{name}");
        }
    }

    #[test]
    fn a_signal_leaves_no_neighbour_behind() {
        // In a process of its own, so that no other test's save loses its neighbour.
        let alone = "files::temp::tests::alone_every_neighbour_is_removed";
        let program = std::env::current_exe().unwrap();
        let mut command = std::process::Command::new(program);
        let outcome = command
            .args(["--exact", alone, "--ignored"])
            .output()
            .unwrap();
        assert!(outcome.status.success(), "{outcome:?}");
        assert!(String::from_utf8_lossy(&outcome.stdout).contains("1 passed"));
    }

    #[test]
    #[ignore = "run in a process of its own by the test above"]
    fn alone_every_neighbour_is_removed() {
        let folder = tempfile::tempdir().unwrap();
        let temps: Vec<Temp> = (0..3)
            .map(|_| Temp::create(folder.path()).unwrap())
            .collect();
        temps[0].outlive_signals();
        remove_temps();
        let is_there: Vec<bool> = temps.iter().map(|temp| temp.path.exists()).collect();
        assert_eq!(is_there, [true, false, false]);
    }
}
