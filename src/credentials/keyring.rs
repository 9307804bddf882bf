//! The keyring of the system: Secret Service on Linux, Keychain on macOS, Credential Manager on Windows.

use std::fmt;
use std::sync::Arc;
use std::sync::mpsc::{RecvTimeoutError, sync_channel};
use std::time::Duration;

use keyring::{Entry, Error};

use crate::domain::clean_text::CleanText;
use crate::domain::environment::Environment;
use crate::domain::secret::Secret;

/// The variable that says whether the keyring is used: `never`, or as is usual.
pub const KEYRING: &str = "ONRAMP_KEYRING";
/// The name of this program in the keyring.
const SERVICE: &str = "onramp";
/// A keyring that is locked asks the person by a window of its own. Longer nobody waits for it.
const LIMIT: Duration = Duration::from_secs(20);

/// Why a keyring did not do what it was asked, in its own words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyringTrouble(pub CleanText);

/// Keeps secrets by name. Its functions block.
pub trait Keyring: fmt::Debug + Send + Sync {
    /// The secret of this name; `None`: there is none.
    ///
    /// # Errors
    /// It is locked, or it does not answer; so for everything here.
    fn get(&self, name: &str) -> Result<Option<Secret>, KeyringTrouble>;

    /// Keeps a secret under this name, in place of one that was there.
    fn set(&self, name: &str, secret: &Secret) -> Result<(), KeyringTrouble>;

    /// Forgets the secret of this name, where there is one.
    fn delete(&self, name: &str) -> Result<(), KeyringTrouble>;
}

/// The keyring of the system, where the environment says that there may be one and the person does not say no.
pub fn of_system(environment: &Environment) -> Option<Arc<dyn Keyring>> {
    let is_unwanted = environment.get(KEYRING).is_some_and(|it| it == "never");
    // A bus is looked for nowhere else: to start one is not this program's business.
    let may_be_there = cfg!(any(target_os = "macos", windows))
        || environment.get("DBUS_SESSION_BUS_ADDRESS").is_some();
    (may_be_there && !is_unwanted).then(|| Arc::new(SystemKeyring) as Arc<dyn Keyring>)
}

#[derive(Debug)]
struct SystemKeyring;

impl Keyring for SystemKeyring {
    fn get(&self, name: &str) -> Result<Option<Secret>, KeyringTrouble> {
        let got = within_limit(name, |entry| entry.get_password().map(Secret::new));
        or_nothing(got)
    }

    fn set(&self, name: &str, secret: &Secret) -> Result<(), KeyringTrouble> {
        let secret = secret.clone();
        within_limit(name, move |entry| entry.set_password(secret.expose())).map_err(trouble)
    }

    fn delete(&self, name: &str) -> Result<(), KeyringTrouble> {
        or_nothing(within_limit(name, Entry::delete_credential)).map(drop)
    }
}

/// What a keyring does takes as long as it likes: it is asked on a thread of its own, which is left behind when the time
/// is up.
fn within_limit<T: Send + 'static>(
    name: &str,
    ask: impl FnOnce(&Entry) -> Result<T, Error> + Send + 'static,
) -> Result<T, Error> {
    let entry = Entry::new(SERVICE, name)?;
    let (told, hear) = sync_channel(1);
    let asking = std::thread::Builder::new().name("keyring".into());
    let started = asking.spawn(move || {
        // Nobody hears it when the time is up.
        let _ = told.send(ask(&entry));
    });
    started.map_err(|error| Error::PlatformFailure(Box::new(error)))?;
    match hear.recv_timeout(LIMIT) {
        Ok(outcome) => outcome,
        Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => {
            Err(Error::NoStorageAccess("it does not answer".into()))
        }
    }
}

fn or_nothing<T>(outcome: Result<T, Error>) -> Result<Option<T>, KeyringTrouble> {
    match outcome {
        Ok(got) => Ok(Some(got)),
        Err(Error::NoEntry) => Ok(None),
        Err(error) => Err(trouble(error)),
    }
}

#[expect(clippy::needless_pass_by_value, reason = "it is mapped over")]
fn trouble(error: Error) -> KeyringTrouble {
    let words = match &error {
        // What stands before the words of the system says nothing.
        Error::PlatformFailure(error) | Error::NoStorageAccess(error) => error.to_string(),
        // The bytes that are no text may be a secret.
        error => error.to_string(),
    };
    KeyringTrouble(CleanText::line(&words))
}

/// A keyring in memory, for tests.
#[cfg(test)]
pub(crate) mod fake {
    use std::collections::BTreeMap;
    use std::sync::Mutex;

    use super::{CleanText, Keyring, KeyringTrouble, Secret};

    #[derive(Debug, Default)]
    pub(crate) struct FakeKeyring {
        pub(crate) kept: Mutex<BTreeMap<String, Secret>>,
        pub(crate) is_locked: Mutex<bool>,
    }

    impl FakeKeyring {
        pub(crate) fn lock(&self, is_locked: bool) {
            *self.is_locked.lock().unwrap() = is_locked;
        }

        pub(crate) fn names(&self) -> Vec<String> {
            self.kept.lock().unwrap().keys().cloned().collect()
        }

        fn open(&self) -> Result<(), KeyringTrouble> {
            if *self.is_locked.lock().unwrap() {
                return Err(KeyringTrouble(CleanText::new("it is locked")));
            }
            Ok(())
        }
    }

    impl Keyring for FakeKeyring {
        fn get(&self, name: &str) -> Result<Option<Secret>, KeyringTrouble> {
            self.open()?;
            Ok(self.kept.lock().unwrap().get(name).cloned())
        }

        fn set(&self, name: &str, secret: &Secret) -> Result<(), KeyringTrouble> {
            self.open()?;
            let mut kept = self.kept.lock().unwrap();
            kept.insert(name.to_owned(), secret.clone());
            Ok(())
        }

        fn delete(&self, name: &str) -> Result<(), KeyringTrouble> {
            self.open()?;
            self.kept.lock().unwrap().remove(name);
            Ok(())
        }
    }
}
