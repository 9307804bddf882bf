//! Where a command stands: its folder, its environment, and what its command line said.

use std::path::PathBuf;
use std::sync::Arc;

use crate::credentials::Store;
use crate::credentials::keyring::Keyring;
use crate::domain::environment::Environment;
use crate::domain::secret::Secret;
use crate::domain::spend::SANDBOX;
use crate::jobs::asked_once::AskedOnce;
use crate::openrouter::{BaseUrl, Network};
use crate::settings::Paths;

/// Where a command stands.
#[derive(Clone, Debug)]
pub struct Scene {
    /// The folder it was started in.
    pub folder: PathBuf,
    /// The environment it was started with.
    pub environment: Environment,
    /// The program's own folders.
    pub paths: Paths,
    /// `--env-file`.
    pub env_file: Option<PathBuf>,
    /// `--base-url`.
    pub base_url: Option<String>,
    /// How requests travel: `--timeout` and `--ca-file`.
    pub network: Network,
    /// `--sandbox`: the simulated server inside this program, and nothing else.
    pub sandbox: Option<SandboxAccess>,
    /// The keyring of the system, where there may be one.
    pub keyring: Option<Arc<dyn Keyring>>,
    /// Who is asked about a key right now.
    pub asked_once: AskedOnce,
}

/// How the sandbox inside this program is reached.
#[derive(Clone, Debug)]
pub struct SandboxAccess {
    /// Its base URL.
    pub base_url: String,
    /// Its simulated API key.
    pub api_key: Secret,
    /// Its simulated management key.
    pub management_key: Secret,
}

impl Scene {
    /// The person's stored keys: everybody comes to them by this door.
    pub fn store(&self) -> Store {
        Store::at(&self.paths.config, self.keyring.clone())
    }

    /// The name that a server has in the ledger: what is simulated inside this program has one of its own,
    /// so that nobody counts it as money.
    pub fn name_in_ledger(&self, server: &BaseUrl) -> String {
        match &self.sandbox {
            Some(_) => SANDBOX.to_owned(),
            None => server.origin(),
        }
    }
}

#[cfg(test)]
impl Scene {
    /// A scene for tests: all in one folder, and nothing set.
    pub(crate) fn in_folder(folder: &std::path::Path) -> Self {
        Self {
            folder: folder.into(),
            environment: Environment::default(),
            paths: Paths {
                config: folder.into(),
                state: folder.join("state"),
                cache: folder.join("cache"),
            },
            env_file: None,
            base_url: None,
            network: Network::default(),
            sandbox: None,
            keyring: None,
            asked_once: AskedOnce::default(),
        }
    }
}

impl SandboxAccess {
    /// How a running sandbox is reached.
    pub fn of(sandbox: &crate::sandbox::Sandbox) -> Self {
        Self {
            base_url: sandbox.base_url(),
            api_key: sandbox.api_key(),
            management_key: sandbox.management_key(),
        }
    }
}
