//! The program's own credential store: keys it made or was given, by server, in the keyring of the system where there is
//! one, else in one private file.
//!
//! The file is JSON that a person can read, mode 0600 in a folder of mode 0700. It tells of each key where it is: here, or
//! in the keyring, which is asked for no other key. The file is written whole and atomically. One that cannot be
//! understood is an error with words and is never overwritten: it may hold the only copy of a key. Of two programs that
//! write in the same instant, the later one wins.

pub mod keyring;
mod layout;
mod origin;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use self::keyring::{Keyring, KeyringTrouble};
use self::layout::{Kept, Kind, Layout};
use self::origin::normal;
use crate::domain::clean_text::CleanText;
use crate::domain::secret::Secret;
use crate::domain::sighting::{Place, Rest};
use crate::domain::symptom::{FileProblem, FileTrouble};
use crate::files;
use crate::text::{Phrase, Said};

/// The credential store of one person.
#[derive(Clone, Debug)]
pub struct Store {
    path: PathBuf,
    keyring: Option<Arc<dyn Keyring>>,
}

/// A key that is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    /// The key.
    pub secret: Secret,
    /// Where it is.
    pub rest: Rest,
}

/// Where a key was put.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Put {
    /// Where it is.
    pub rest: Rest,
    /// The keyring was asked first and did not take it, for this reason.
    pub refused: Option<KeyringTrouble>,
}

impl Put {
    /// The same as a place.
    pub fn place(&self) -> Place {
        Place::Store(self.rest.clone())
    }

    /// That the keyring did not take it, and why.
    pub fn refused_said(&self) -> Option<Said> {
        const REFUSED: Phrase = Phrase::new(
            "the keyring did not take the key ({}): it is in a private file instead",
            "系统密钥环没有接受密钥（{}）：已改为保存在私有文件中",
        );
        let KeyringTrouble(words) = self.refused.as_ref()?;
        Some(Said::new(REFUSED, &[words]))
    }
}

impl Store {
    /// The store in the program's config folder, and the keyring that goes before it, where there is one. Nothing is read
    /// or made yet.
    pub fn at(config: &Path, keyring: Option<Arc<dyn Keyring>>) -> Self {
        Self {
            path: config.join("credentials.json"),
            keyring,
        }
    }

    /// The file, whether it exists or not.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The API key that is kept for the server at `origin`, such as `https://openrouter.ai`. Case, a default
    /// port, a path and a slash at the end make no difference; the host and the scheme do.
    ///
    /// # Errors
    /// The file cannot be read, or the keyring does not hand out what it has; so for `management_key`.
    pub fn key(&self, origin: &str) -> Result<Option<Held>, FileTrouble> {
        self.held(origin, Kind::Api)
    }

    /// The same, without a word to the keyring: a key that is there is not told.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn key_on_file(&self, origin: &str) -> Result<Option<Held>, FileTrouble> {
        match self.read()?.kept(&normal(origin), Kind::Api) {
            Some(Kept::Here(secret)) => Ok(Some(self.here(secret))),
            Some(Kept::InKeyring) | None => Ok(None),
        }
    }

    /// The management key that is kept for this server: it makes and limits API keys, and never answers a model call.
    ///
    /// # Errors
    /// As for `key`.
    pub fn management_key(&self, origin: &str) -> Result<Option<Held>, FileTrouble> {
        self.held(origin, Kind::Management)
    }

    /// Whether a management key is kept for this server. The keyring is not asked.
    pub fn has_management_key(&self, origin: &str) -> bool {
        let layout = self.read().ok();
        layout.is_some_and(|it| it.kept(&normal(origin), Kind::Management).is_some())
    }

    /// Keeps the API key for this server, in place of one that was there.
    ///
    /// # Errors
    /// The file cannot be read or written; all is as it was. So for `keep_management_key`.
    pub fn keep_key(&self, origin: &str, key: &Secret) -> Result<Put, FileTrouble> {
        self.keep(origin, Kind::Api, key)
    }

    /// Keeps the management key for this server, in place of one that was there.
    ///
    /// # Errors
    /// As for `keep_key`.
    pub fn keep_management_key(&self, origin: &str, key: &Secret) -> Result<Put, FileTrouble> {
        self.keep(origin, Kind::Management, key)
    }

    /// Forgets both keys of this server; whether there were any.
    ///
    /// # Errors
    /// The file cannot be read or written, or the keyring does not let go; what it still has stays told in the file.
    pub fn forget(&self, origin: &str) -> Result<bool, FileTrouble> {
        let mut layout = self.read()?;
        let origin = normal(origin);
        self.take_out(&layout, &origin)?;
        if !layout.remove(&origin) {
            return Ok(false);
        }
        if layout.is_empty() {
            files::remove(&self.path)?;
        } else {
            self.write(&layout)?;
        }
        Ok(true)
    }

    /// Forgets every key of every server, and removes the file, understood or not; whether there was one.
    ///
    /// # Errors
    /// The file cannot be removed, or the keyring does not let go: the file stays then.
    pub fn forget_all(&self) -> Result<bool, FileTrouble> {
        if let Ok(layout) = self.read() {
            for origin in layout.servers() {
                self.take_out(&layout, origin)?;
            }
        }
        let was_there = std::fs::symlink_metadata(&self.path).is_ok();
        if was_there {
            files::remove(&self.path)?;
        }
        Ok(was_there)
    }

    fn held(&self, origin: &str, kind: Kind) -> Result<Option<Held>, FileTrouble> {
        let origin = normal(origin);
        match self.read()?.kept(&origin, kind) {
            None => Ok(None),
            Some(Kept::Here(secret)) => Ok(Some(self.here(secret))),
            Some(Kept::InKeyring) => {
                let keyring = self.keyring.as_ref().ok_or_else(|| self.unasked())?;
                let secret = keyring.get(&name(&origin, kind));
                // Who took it out of the keyring by hand meant it.
                let secret = secret.map_err(|trouble| self.locked(trouble))?;
                Ok(secret.map(|secret| Held {
                    secret,
                    rest: Rest::Keyring,
                }))
            }
        }
    }

    fn keep(&self, origin: &str, kind: Kind, key: &Secret) -> Result<Put, FileTrouble> {
        let origin = normal(origin);
        // What cannot be understood is found before anything is changed.
        let mut layout = self.read()?;
        let name = name(&origin, kind);
        let asked = self.keyring.as_ref().map(|it| (it, it.set(&name, key)));
        let (kept, put) = match asked {
            Some((_, Ok(()))) => {
                let rest = Rest::Keyring;
                (
                    Kept::InKeyring,
                    Put {
                        rest,
                        refused: None,
                    },
                )
            }
            refused => {
                let rest = Rest::File(self.path.clone());
                let refused = refused.and_then(|(_, outcome)| outcome.err());
                (Kept::Here(key.clone()), Put { rest, refused })
            }
        };
        if layout.kept(&origin, kind) == Some(&kept) {
            return Ok(put);
        }
        let is_in_keyring = kept == Kept::InKeyring;
        layout.set(origin, kind, kept);
        let written = self.write(&layout);
        if let (Err(_), true, Some(keyring)) = (&written, is_in_keyring, &self.keyring) {
            // Nothing tells of it: nobody would find it again.
            let _ = keyring.delete(&name);
        }
        written.map(|()| put)
    }

    /// Has the keyring forget what it holds for a server.
    fn take_out(&self, layout: &Layout, origin: &str) -> Result<(), FileTrouble> {
        for kind in [Kind::Api, Kind::Management] {
            if layout.kept(origin, kind) != Some(&Kept::InKeyring) {
                continue;
            }
            let keyring = self.keyring.as_ref().ok_or_else(|| self.unasked())?;
            let deleted = keyring.delete(&name(origin, kind));
            deleted.map_err(|trouble| self.locked(trouble))?;
        }
        Ok(())
    }

    fn here(&self, secret: &Secret) -> Held {
        Held {
            secret: secret.clone(),
            rest: Rest::File(self.path.clone()),
        }
    }

    fn locked(&self, trouble: KeyringTrouble) -> FileTrouble {
        FileTrouble {
            path: self.path.clone(),
            kind: FileProblem::Keyring,
            detail: trouble.0,
        }
    }

    /// The key is in the keyring, and this run has none.
    fn unasked(&self) -> FileTrouble {
        self.locked(KeyringTrouble(CleanText::new("no keyring is in reach")))
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

/// What a key is called in the keyring.
fn name(origin: &str, kind: Kind) -> String {
    let kind = match kind {
        Kind::Api => "API key",
        Kind::Management => "management key",
    };
    format!("{kind} for {origin}")
}

#[cfg(test)]
mod tests {
    use super::keyring::fake::FakeKeyring;
    use super::*;

    const SERVER: &str = "https://openrouter.ai";
    const SANDBOX: &str = "http://127.0.0.1:4711";

    fn secret(word: &str) -> Secret {
        Secret::new(format!("sk-or-v1-{}", word.repeat(8)))
    }

    fn store() -> (tempfile::TempDir, Store) {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::at(folder.path(), None);
        (folder, store)
    }

    fn key(store: &Store, origin: &str) -> Option<Secret> {
        store.key(origin).unwrap().map(|held| held.secret)
    }

    fn text(store: &Store) -> Option<String> {
        let bytes = files::read(store.path()).unwrap().bytes?;
        Some(String::from_utf8(bytes).unwrap())
    }

    #[test]
    fn an_empty_store_holds_nothing_and_makes_no_file() {
        let (_folder, store) = store();
        assert_eq!(store.key(SERVER), Ok(None));
        assert_eq!(store.management_key(SERVER), Ok(None));
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
        assert_eq!(
            key(&store, "HTTPS://OpenRouter.ai/api/v1/"),
            Some(secret("deadbeef"))
        );
        let held = store
            .management_key("https://openrouter.ai/")
            .unwrap()
            .unwrap();
        assert_eq!(held.secret, secret("feedface"));
        assert_eq!(held.rest, Rest::File(store.path().into()));
        assert_eq!(key(&store, SANDBOX), Some(secret("cafebabe")));
        assert_eq!(key(&store, "http://openrouter.ai"), None);
    }

    #[test]
    fn a_new_key_takes_the_place_of_the_old_one_only() {
        let (_folder, store) = store();
        store.keep_key(SERVER, &secret("deadbeef")).unwrap();
        store
            .keep_management_key(SERVER, &secret("feedface"))
            .unwrap();
        store.keep_key(SERVER, &secret("cafebabe")).unwrap();
        assert_eq!(key(&store, SERVER), Some(secret("cafebabe")));
        let management = store.management_key(SERVER).unwrap();
        assert_eq!(management.map(|it| it.secret), Some(secret("feedface")));
        assert!(!text(&store).unwrap().contains("deadbeef"));
    }

    #[test]
    fn forgetting_one_server_leaves_the_others_and_the_last_takes_the_file_along() {
        let (_folder, store) = store();
        store.keep_key(SERVER, &secret("deadbeef")).unwrap();
        store.keep_key(SANDBOX, &secret("cafebabe")).unwrap();
        assert_eq!(store.forget(SERVER), Ok(true));
        assert_eq!(key(&store, SERVER), None);
        assert_eq!(key(&store, SANDBOX), Some(secret("cafebabe")));
        assert_eq!(store.forget(SANDBOX), Ok(true));
        assert_eq!(text(&store), None);
    }

    #[test]
    fn a_broken_file_is_an_error_and_stays_as_it_is() {
        let (_folder, store) = store();
        let broken = format!("{{\"servers\": \"{}\"", secret("deadbeef").expose());
        files::save_private(store.path(), broken.as_bytes()).unwrap();
        let trouble = store.key(SERVER).unwrap_err();
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

    fn with_keyring() -> (tempfile::TempDir, Store, Arc<FakeKeyring>) {
        let folder = tempfile::tempdir().unwrap();
        let keyring = Arc::new(FakeKeyring::default());
        let store = Store::at(folder.path(), Some(keyring.clone()));
        (folder, store, keyring)
    }

    #[test]
    fn the_keyring_goes_before_the_file_and_is_forgotten_with_it() {
        let (folder, store, keyring) = with_keyring();
        let put = store.keep_key(SERVER, &secret("deadbeef")).unwrap();
        assert_eq!(put.rest, Rest::Keyring);
        store
            .keep_management_key(SERVER, &secret("feedface"))
            .unwrap();
        assert_eq!(key(&store, SERVER), Some(secret("deadbeef")));
        let on_file = text(&store).unwrap();
        assert!(
            !on_file.contains("deadbeef") && !on_file.contains("feedface"),
            "{on_file}"
        );
        // Without a word to the keyring nothing is told, and without a keyring it is said what is missing.
        assert_eq!(store.key_on_file(SERVER), Ok(None));
        let trouble = Store::at(folder.path(), None).key(SERVER).unwrap_err();
        assert_eq!(trouble.kind, FileProblem::Keyring);
        assert_eq!(keyring.names().len(), 2);
        assert_eq!(store.forget(SERVER), Ok(true));
        assert_eq!(keyring.names(), [""; 0]);
        assert_eq!(text(&store), None);
    }

    #[test]
    fn a_key_on_file_moves_into_the_keyring_with_the_next_write() {
        let (folder, store, _keyring) = with_keyring();
        let before = Store::at(folder.path(), None);
        before.keep_key(SERVER, &secret("deadbeef")).unwrap();
        assert_eq!(key(&store, SERVER), Some(secret("deadbeef")));
        store.keep_key(SERVER, &secret("cafebabe")).unwrap();
        let on_file = text(&store).unwrap();
        assert!(
            !on_file.contains("deadbeef") && !on_file.contains("cafebabe"),
            "{on_file}"
        );
        assert_eq!(key(&store, SERVER), Some(secret("cafebabe")));
    }

    #[test]
    fn a_locked_keyring_costs_no_key() {
        let (_folder, store, keyring) = with_keyring();
        keyring.lock(true);
        let put = store.keep_key(SERVER, &secret("deadbeef")).unwrap();
        assert_eq!(put.rest, Rest::File(store.path().into()));
        assert!(put.refused_said().is_some(), "it is said why");
        assert_eq!(key(&store, SERVER), Some(secret("deadbeef")));
        keyring.lock(false);
        store.keep_key(SERVER, &secret("cafebabe")).unwrap();
        keyring.lock(true);
        let trouble = store.key(SERVER).unwrap_err();
        assert_eq!(trouble.kind, FileProblem::Keyring);
        assert_eq!(trouble.detail.as_str(), "it is locked");
        // What cannot be forgotten is not said to be.
        assert!(store.forget(SERVER).is_err() && store.forget_all().is_err());
        keyring.lock(false);
        assert_eq!(key(&store, SERVER), Some(secret("cafebabe")));
        assert_eq!(store.forget_all(), Ok(true));
        assert_eq!(keyring.names(), [""; 0]);
    }

    /// A keyring beside which the file can be written no more once it was asked.
    #[derive(Debug)]
    struct Spoiler {
        inner: Arc<FakeKeyring>,
        folder: PathBuf,
    }

    impl Keyring for Spoiler {
        fn get(&self, name: &str) -> Result<Option<Secret>, KeyringTrouble> {
            self.inner.get(name)
        }

        #[expect(clippy::disallowed_methods, reason = "a test may spoil its own folder")]
        fn set(&self, name: &str, secret: &Secret) -> Result<(), KeyringTrouble> {
            std::fs::remove_dir_all(&self.folder).unwrap();
            std::fs::write(&self.folder, b"in the way").unwrap();
            self.inner.set(name, secret)
        }

        fn delete(&self, name: &str) -> Result<(), KeyringTrouble> {
            self.inner.delete(name)
        }
    }

    #[test]
    fn a_key_that_no_file_tells_of_is_not_left_in_the_keyring() {
        let root = tempfile::tempdir().unwrap();
        let folder = root.path().join("config");
        files::save_private(&folder.join("other"), b"").unwrap();
        let inner = Arc::new(FakeKeyring::default());
        let spoiler = Spoiler {
            inner: inner.clone(),
            folder: folder.clone(),
        };
        let store = Store::at(&folder, Some(Arc::new(spoiler)));
        assert!(store.keep_key(SERVER, &secret("deadbeef")).is_err());
        assert_eq!(inner.names(), [""; 0]);
    }

    #[test]
    fn debug_shows_masks_only() {
        let (_folder, store) = store();
        store.keep_key(SERVER, &secret("deadbeef")).unwrap();
        let shown = format!("{:?} {store:?}", store.key(SERVER));
        assert!(!shown.contains("deadbeef"));
    }
}
