//! The program's own credential store: keys it made or was given, by server, in one private file.
//!
//! The file is JSON that a person can read, mode 0600 in a folder of mode 0700. It is written whole and
//! atomically. One that cannot be understood is an error with words and is never overwritten: it may
//! hold the only copy of a key. Of two programs that write in the same instant, the later one wins.

mod layout;
mod origin;

use std::path::{Path, PathBuf};

use crate::domain::clean_text::CleanText;
use crate::domain::secret::Secret;
use crate::domain::symptom::{FileProblem, FileTrouble};
use crate::files;
use layout::Layout;
use origin::normal;

/// The credential store of one person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Store {
    path: PathBuf,
}

/// What is stored for one server.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stored {
    /// The API key.
    pub key: Option<Secret>,
    /// The management key, which makes and limits API keys and never answers a model call.
    pub management_key: Option<Secret>,
    /// Other users of this machine may read the file. The next write mends it; until then it
    /// deserves a word. Always false on Windows, where a profile's folder is private by inheritance.
    pub is_exposed: bool,
}

impl Store {
    /// The store in the program's config folder. Nothing is read or made yet.
    pub fn at(config: &Path) -> Self {
        Self {
            path: config.join("credentials.json"),
        }
    }

    /// The file, whether it exists or not.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// What is stored for the server at `origin`, such as `https://openrouter.ai`. Case, a default
    /// port, a path and a slash at the end make no difference; the host and the scheme do.
    pub fn load(&self, origin: &str) -> Result<Stored, FileTrouble> {
        let layout = self.read()?;
        let (key, management_key) = layout.keys(&normal(origin));
        Ok(Stored {
            key,
            management_key,
            is_exposed: is_exposed(&self.path),
        })
    }

    /// Keeps the API key for this server, in place of one that was there.
    pub fn keep_key(&self, origin: &str, key: &Secret) -> Result<(), FileTrouble> {
        let mut layout = self.read()?;
        layout.set_key(normal(origin), key.clone());
        self.write(&layout)
    }

    /// Keeps the management key for this server, in place of one that was there.
    pub fn keep_management_key(&self, origin: &str, key: &Secret) -> Result<(), FileTrouble> {
        let mut layout = self.read()?;
        layout.set_management_key(normal(origin), key.clone());
        self.write(&layout)
    }

    /// Forgets both keys of this server; whether there were any.
    pub fn forget(&self, origin: &str) -> Result<bool, FileTrouble> {
        let mut layout = self.read()?;
        if !layout.remove(&normal(origin)) {
            return Ok(false);
        }
        if layout.is_empty() {
            files::remove(&self.path)?;
        } else {
            self.write(&layout)?;
        }
        Ok(true)
    }

    /// Forgets every key of every server by removing the file, understood or not; whether there was
    /// one.
    pub fn forget_all(&self) -> Result<bool, FileTrouble> {
        let was_there = std::fs::symlink_metadata(&self.path).is_ok();
        if was_there {
            files::remove(&self.path)?;
        }
        Ok(was_there)
    }

    fn read(&self) -> Result<Layout, FileTrouble> {
        let Some(bytes) = files::read(&self.path)?.bytes else {
            return Ok(Layout::default());
        };
        Layout::parse(&bytes).map_err(|place| FileTrouble {
            path: self.path.clone(),
            kind: FileProblem::Unsafe,
            detail: CleanText::line(&format!(
                "line {}, column {}: not a credential store of onramp; mend the file or move it away",
                place.line, place.column
            )),
        })
    }

    fn write(&self, layout: &Layout) -> Result<(), FileTrouble> {
        files::save_private(&self.path, &layout.print())
    }
}

/// Whether others than the owner have any right to the file.
#[cfg(unix)]
fn is_exposed(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    std::fs::metadata(path).is_ok_and(|facts| facts.permissions().mode() & 0o077 != 0)
}

#[cfg(not(unix))]
fn is_exposed(_: &Path) -> bool {
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    const SERVER: &str = "https://openrouter.ai";
    const SANDBOX: &str = "http://127.0.0.1:4711";

    fn secret(word: &str) -> Secret {
        Secret::new(format!("sk-or-v1-{}", word.repeat(8)))
    }

    fn store() -> (tempfile::TempDir, Store) {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::at(folder.path());
        (folder, store)
    }

    fn text(store: &Store) -> Option<String> {
        let bytes = files::read(store.path()).unwrap().bytes?;
        Some(String::from_utf8(bytes).unwrap())
    }

    #[test]
    fn an_empty_store_holds_nothing_and_makes_no_file() {
        let (_folder, store) = store();
        assert_eq!(store.load(SERVER), Ok(Stored::default()));
        assert_eq!(store.forget(SERVER), Ok(false));
        assert_eq!(store.forget_all(), Ok(false));
        assert_eq!(text(&store), None);
    }

    #[test]
    fn keys_are_kept_by_server_and_by_kind() {
        let (_folder, store) = store();
        store.keep_key(SERVER, &secret("deadbeef")).unwrap();
        store
            .keep_management_key(SERVER, &secret("feedface"))
            .unwrap();
        store.keep_key(SANDBOX, &secret("cafebabe")).unwrap();
        let stored = store.load("HTTPS://OpenRouter.ai/api/v1/").unwrap();
        assert_eq!(stored.key, Some(secret("deadbeef")));
        assert_eq!(stored.management_key, Some(secret("feedface")));
        assert_eq!(store.load(SANDBOX).unwrap().key, Some(secret("cafebabe")));
        assert_eq!(store.load("http://openrouter.ai").unwrap().key, None);
    }

    #[test]
    fn a_new_key_takes_the_place_of_the_old_one_only() {
        let (_folder, store) = store();
        store.keep_key(SERVER, &secret("deadbeef")).unwrap();
        store
            .keep_management_key(SERVER, &secret("feedface"))
            .unwrap();
        store.keep_key(SERVER, &secret("cafebabe")).unwrap();
        let stored = store.load(SERVER).unwrap();
        assert_eq!(stored.key, Some(secret("cafebabe")));
        assert_eq!(stored.management_key, Some(secret("feedface")));
        assert!(!text(&store).unwrap().contains("deadbeef"));
    }

    #[test]
    fn forgetting_one_server_leaves_the_others_and_the_last_takes_the_file_along() {
        let (_folder, store) = store();
        store.keep_key(SERVER, &secret("deadbeef")).unwrap();
        store.keep_key(SANDBOX, &secret("cafebabe")).unwrap();
        assert_eq!(store.forget(SERVER), Ok(true));
        assert_eq!(store.load(SERVER).unwrap().key, None);
        assert_eq!(store.load(SANDBOX).unwrap().key, Some(secret("cafebabe")));
        assert_eq!(store.forget(SANDBOX), Ok(true));
        assert_eq!(text(&store), None);
    }

    #[test]
    fn a_broken_file_is_an_error_and_stays_as_it_is() {
        let (_folder, store) = store();
        let broken = format!("{{\"servers\": \"{}\"", secret("deadbeef").expose());
        files::save_private(store.path(), broken.as_bytes()).unwrap();
        let trouble = store.load(SERVER).unwrap_err();
        assert_eq!(trouble.path, store.path());
        assert!(trouble.detail.starts_with("line 1, column "));
        // serde's own words would quote the value that did not fit.
        assert!(!format!("{trouble:?}").contains("deadbeef"));
        assert!(store.keep_key(SERVER, &secret("cafebabe")).is_err());
        assert!(store.forget(SERVER).is_err());
        assert_eq!(text(&store), Some(broken));
    }

    #[test]
    fn forgetting_everything_removes_even_a_broken_file() {
        let (_folder, store) = store();
        files::save_private(store.path(), b"{").unwrap();
        assert_eq!(store.forget_all(), Ok(true));
        assert_eq!(text(&store), None);
    }

    #[cfg(unix)]
    #[test]
    fn a_file_that_others_may_read_is_noticed_and_mended_by_the_next_write() {
        use std::os::unix::fs::PermissionsExt;
        let (_folder, store) = store();
        store.keep_key(SERVER, &secret("deadbeef")).unwrap();
        assert!(!store.load(SERVER).unwrap().is_exposed);
        let everyone = std::fs::Permissions::from_mode(0o644);
        std::fs::set_permissions(store.path(), everyone).unwrap();
        assert!(store.load(SERVER).unwrap().is_exposed);
        store.keep_key(SERVER, &secret("cafebabe")).unwrap();
        assert!(!store.load(SERVER).unwrap().is_exposed);
    }

    #[test]
    fn debug_shows_masks_only() {
        let (_folder, store) = store();
        store.keep_key(SERVER, &secret("deadbeef")).unwrap();
        let shown = format!("{:?} {store:?}", store.load(SERVER));
        assert!(!shown.contains("deadbeef"));
    }
}
