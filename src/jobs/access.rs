//! Which key goes to which server: flag, then environment, then .env, then the credential store.
//!
//! A key never goes to a server that was not meant for it: another vendor's key not to OpenRouter,
//! and no key of the person's to a far host that only a file of the project names.

use std::path::{Path, PathBuf};

use super::scene::Scene;
use crate::domain::clean_text::CleanText;
use crate::domain::pasted_key::Shape;
use crate::domain::secret::Secret;
use crate::domain::sighting::{Place, Sighting};
use crate::domain::symptom::{FileProblem, FileTrouble, Refusal, Symptom, Whose};
use crate::openrouter::{BaseUrl, Network, OpenRouter};
use crate::project::Project;
use crate::{dotenv, files};

/// The variable that holds an OpenRouter key.
pub const KEY: &str = "OPENROUTER_API_KEY";
/// The variable that holds a management key.
pub const MANAGEMENT_KEY: &str = "OPENROUTER_MANAGEMENT_KEY";
/// The variables that hold a base URL; the first is the one this program writes.
pub const BASES: [&str; 2] = ["OPENROUTER_API_BASE", "OPENROUTER_BASE_URL"];
/// The variable that holds a key of OpenAI, the fallback.
pub const OPENAI_KEY: &str = "OPENAI_API_KEY";
/// The variables that hold OpenAI's base URL.
pub const OPENAI_BASES: [&str; 2] = ["OPENAI_BASE_URL", "OPENAI_API_BASE"];

/// A key, a server, and where both came from.
#[derive(Clone, Debug)]
pub struct Access {
    /// The server.
    pub server: BaseUrl,
    /// The key; `None` for a server that may need none.
    pub key: Option<Sighting>,
    /// Other keys of the same name, which this one hides.
    pub shadowed: Vec<Sighting>,
    /// Where the base URL was set, and how it is written there; `None`: nowhere.
    pub base: Option<BaseSighting>,
}

impl Access {
    /// The secret to send, if there is one.
    pub fn secret(&self) -> Option<Secret> {
        self.key.as_ref().map(|sighting| sighting.secret.clone())
    }

    /// A client for this server with this key. Nothing is sent yet.
    ///
    /// # Errors
    /// The key cannot be this server's: another vendor's, or a template's placeholder. A server of
    /// one's own may take any word for a key, so there a placeholder is one.
    pub fn client(&self, network: &Network) -> Result<OpenRouter, Symptom> {
        let key = self.secret();
        let wants_a_real_one = self.server.is_openrouter() || self.server.is_openai();
        if wants_a_real_one && key.as_ref().map(Shape::of) == Some(Shape::Placeholder) {
            return Err(Symptom::PlaceholderKey);
        }
        OpenRouter::new(self.server.clone(), key, network)
    }
}

/// A management key for this server: the environment's, else the one that is stored for it. None goes to
/// a host that is not OpenRouter and that only a file of the project names, unless it was stored for that
/// very host.
///
/// # Errors
/// One is stored, and cannot be had.
pub fn management_key(
    scene: &Scene,
    server: &BaseUrl,
    base: Option<&BaseSighting>,
) -> Result<Option<Secret>, FileTrouble> {
    if let Some(key) = named_management_key(scene, server, base) {
        return Ok(Some(key));
    }
    let held = scene.store().management_key(&server.origin())?;
    Ok(held.map(|held| held.secret))
}

/// Whether there is one. A keyring is not asked for it.
pub fn has_management_key(scene: &Scene, server: &BaseUrl, base: Option<&BaseSighting>) -> bool {
    named_management_key(scene, server, base).is_some()
        || scene.store().has_management_key(&server.origin())
}

/// The management key that the environment names, or the sandbox's own.
fn named_management_key(
    scene: &Scene,
    server: &BaseUrl,
    base: Option<&BaseSighting>,
) -> Option<Secret> {
    if let Some(sandbox) = &scene.sandbox {
        return Some(sandbox.management_key.clone());
    }
    let is_files = base.is_some_and(|base| matches!(base.place, Place::Dotenv { .. }));
    let is_meant = server.is_openrouter() || (server.is_loopback() && !is_files);
    let named = scene.environment.get(MANAGEMENT_KEY);
    let named = named.filter(|key| is_meant && !key.trim().is_empty());
    named.map(|key| Secret::new(key.trim()))
}

/// A server that turns away a request without a key asks for one; with a key the symptom stands.
pub fn or_no_key<Key>(symptom: Symptom, key: Option<&Key>) -> Symptom {
    match symptom {
        symptom if key.is_some() => symptom,
        Symptom::Refused(refusal) if refusal.status == 401 => match refusal.whose {
            Whose::OpenRouter => Symptom::NoKey,
            Whose::OpenAi | Whose::Another => Symptom::KeyWanted(refusal),
        },
        Symptom::NotJson {
            status: 401,
            is_html,
            snippet,
            whose,
        } => Symptom::KeyWanted(Box::new(Refusal {
            status: 401,
            // The words of a page say nothing in one line.
            message: if is_html {
                CleanText::default()
            } else {
                snippet.clone()
            },
            raw: snippet,
            whose,
            ..Refusal::default()
        })),
        symptom => symptom,
    }
}

/// A base URL and where it was set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BaseSighting {
    /// Where.
    pub place: Place,
    /// What, as written.
    pub url: String,
}

/// Every key and base URL in sight, the strongest first.
#[derive(Debug, Default)]
pub struct InSight {
    /// Keys named as OpenRouter's.
    pub keys: Vec<Sighting>,
    /// Base URLs named as OpenRouter's.
    pub bases: Vec<BaseSighting>,
    /// Keys named as OpenAI's.
    pub openai_keys: Vec<Sighting>,
    /// Base URLs named as OpenAI's.
    pub openai_bases: Vec<BaseSighting>,
    /// Files that could not be read.
    pub troubles: Vec<FileTrouble>,
}

impl InSight {
    /// Looks at the environment and at the .env files; the credential store is asked later, when the
    /// server is known.
    pub fn of(scene: &Scene, project: &Project) -> Self {
        let mut seen = Self::default();
        seen.look_at_environment(scene);
        let env_files = match &scene.env_file {
            Some(file) => vec![absolute(&scene.folder, file)],
            None => project.env_files(),
        };
        for path in env_files {
            seen.look_at_file(&path, scene.env_file.is_some());
        }
        seen
    }

    fn look_at_environment(&mut self, scene: &Scene) {
        let get = |name: &str| scene.environment.get(name).map(str::to_owned);
        let place = |name: &str| Place::Environment(name.into());
        if let Some(key) = get(KEY) {
            self.keys.push(sighting(place(KEY), &key));
        }
        if let Some(key) = get(OPENAI_KEY) {
            self.openai_keys.push(sighting(place(OPENAI_KEY), &key));
        }
        for name in BASES {
            self.bases.extend(get(name).map(|url| BaseSighting {
                place: place(name),
                url,
            }));
        }
        for name in OPENAI_BASES {
            self.openai_bases.extend(get(name).map(|url| BaseSighting {
                place: place(name),
                url,
            }));
        }
    }

    fn look_at_file(&mut self, path: &Path, must_exist: bool) {
        let bytes = match files::read(path) {
            Ok(files::Snapshot {
                bytes: Some(bytes), ..
            }) => bytes,
            Ok(_) if must_exist => {
                self.troubles.push(FileTrouble {
                    path: path.into(),
                    kind: crate::domain::symptom::FileProblem::Missing,
                    detail: CleanText::default(),
                });
                return;
            }
            Ok(_) => return,
            Err(trouble) => {
                self.troubles.push(trouble);
                return;
            }
        };
        for binding in dotenv::bindings(&bytes) {
            if binding.value.expose().trim().is_empty() {
                continue;
            }
            let name = binding.name.as_str();
            let place = Place::Dotenv {
                path: path.into(),
                line: binding.line,
                name: name.into(),
            };
            if name == KEY {
                self.keys.push(sighting(place, binding.value.expose()));
            } else if name == OPENAI_KEY {
                self.openai_keys
                    .push(sighting(place, binding.value.expose()));
            } else if BASES.contains(&name) {
                self.bases.push(BaseSighting {
                    place,
                    url: binding.value.expose().to_owned(),
                });
            } else if OPENAI_BASES.contains(&name) {
                self.openai_bases.push(BaseSighting {
                    place,
                    url: binding.value.expose().to_owned(),
                });
            }
        }
    }
}

fn sighting(place: Place, key: &str) -> Sighting {
    Sighting {
        place,
        secret: Secret::new(key.trim()),
    }
}

pub(super) fn absolute(folder: &Path, path: &Path) -> PathBuf {
    folder.join(path)
}

/// Chooses key and server from what is in sight. `seen.keys` gains the store's key.
///
/// # Errors
/// A base URL that cannot be used, or no key at all where one is needed.
pub fn choose(scene: &Scene, seen: &mut InSight) -> Result<Access, Symptom> {
    if let Some(sandbox) = &scene.sandbox {
        return Ok(Access {
            server: BaseUrl::parse(&sandbox.base_url)?,
            key: Some(Sighting {
                place: Place::Sandbox,
                secret: sandbox.api_key.clone(),
            }),
            shadowed: Vec::new(),
            base: None,
        });
    }
    // Who names a file means it: what stands elsewhere is no answer to one that cannot be read.
    if let Some(trouble) = scene.env_file.as_ref().and(seen.troubles.first()) {
        return Err(Symptom::File(trouble.clone()));
    }
    let Server { url: server, set } = server_in_force(scene, seen)?;
    if let Some(first) = seen.keys.first() {
        return Ok(Access {
            server,
            key: Some(first.clone()),
            shadowed: hidden(&seen.keys),
            base: set,
        });
    }
    // There is a key for this server, and nothing takes its place unasked.
    let mut troubles = seen.troubles.iter();
    if let Some(locked) = troubles.find(|trouble| trouble.kind == FileProblem::Keyring) {
        return Err(Symptom::File(locked.clone()));
    }
    openai_fallback(seen, server, set.as_ref())
}

/// Key and server in force while a screen is used: what is in sight, unless the person has shown another
/// key since, which goes to the server it was accepted by.
///
/// # Errors
/// As for [`choose`].
pub fn in_use(scene: &Scene, shown: Option<&Secret>, server: &str) -> Result<Access, Symptom> {
    let mut seen = InSight::of(scene, &Project::at(&scene.folder));
    let chosen = choose(scene, &mut seen);
    let Some(shown) = shown else { return chosen };
    let server = BaseUrl::parse(server)?;
    let base = match chosen {
        Ok(access) if access.server.origin() == server.origin() => {
            if access.secret().as_ref() == Some(shown) {
                return Ok(access);
            }
            access.base
        }
        _ => None,
    };
    Ok(Access {
        server,
        key: Some(Sighting {
            place: Place::Flag,
            secret: shown.clone(),
        }),
        shadowed: Vec::new(),
        base,
    })
}

/// The same, where only the account's management key is wanted: no key will do, too.
///
/// # Errors
/// As for [`choose`], but for what only stands in the way of a key.
pub fn in_use_or_none(
    scene: &Scene,
    shown: Option<&Secret>,
    server: &str,
) -> Result<Access, Symptom> {
    let parsed = BaseUrl::parse(server);
    or_without_key(in_use(scene, shown, server), scene, || {
        parsed.unwrap_or_default()
    })
}

/// What is in force; without a key where there is none, or where only a file is in its way that nobody named.
///
/// # Errors
/// As for [`choose`].
pub fn or_without_key(
    chosen: Result<Access, Symptom>,
    scene: &Scene,
    server: impl FnOnce() -> BaseUrl,
) -> Result<Access, Symptom> {
    let is_without = match &chosen {
        Err(Symptom::NoKey) => true,
        Err(Symptom::File(_)) => scene.env_file.is_none(),
        _ => false,
    };
    if !is_without {
        return chosen;
    }
    Ok(Access {
        server: server(),
        key: None,
        shadowed: Vec::new(),
        base: None,
    })
}

/// No key of OpenRouter's: OpenAI's own server with OpenAI's key, or a server that needs none.
fn openai_fallback(
    seen: &InSight,
    server: BaseUrl,
    set: Option<&BaseSighting>,
) -> Result<Access, Symptom> {
    let named = set.filter(|base| base.place == Place::Flag);
    if let Some(first) = seen.openai_keys.first()
        && (server.is_openrouter() && named.is_none() || !server.is_openrouter() && named.is_some())
    {
        let (server, set) = match (named, seen.openai_bases.first()) {
            (Some(base), _) => (server, Some(base)),
            (None, Some(base)) => (BaseUrl::parse(&base.url)?, Some(base)),
            (None, None) => (BaseUrl::parse(BaseUrl::OPENAI)?, None),
        };
        guard(set, &server, &first.place)?;
        return Ok(Access {
            server,
            key: Some(first.clone()),
            shadowed: hidden(&seen.openai_keys),
            base: set.cloned(),
        });
    }
    if server.is_openrouter() {
        // A file that could not be read explains the missing key better than "no key" does.
        let unread = seen.troubles.first().cloned();
        return Err(unread.map_or(Symptom::NoKey, Symptom::File));
    }
    // A server that the person named may ask for no key at all.
    Ok(Access {
        server,
        key: None,
        shadowed: Vec::new(),
        base: set.cloned(),
    })
}

/// The server in force for OpenRouter keys, and where it was set; `None` there: nowhere.
pub(super) struct Server {
    pub(super) url: BaseUrl,
    pub(super) set: Option<BaseSighting>,
}

/// The server in force, key or not.
///
/// # Errors
/// A base URL that cannot be used.
pub fn server(scene: &Scene, seen: &mut InSight) -> Result<BaseUrl, Symptom> {
    if let Some(sandbox) = &scene.sandbox {
        return BaseUrl::parse(&sandbox.base_url);
    }
    server_in_force(scene, seen).map(|server| server.url)
}

/// Finds the server in force; `seen.keys` gains the key that the credential store holds for it.
pub(super) fn server_in_force(scene: &Scene, seen: &mut InSight) -> Result<Server, Symptom> {
    let flag = scene.base_url.as_ref().map(|url| BaseSighting {
        place: Place::Flag,
        url: url.clone(),
    });
    let set = flag.or_else(|| seen.bases.first().cloned());
    let url = match &set {
        Some(base) => BaseUrl::parse(&base.url)?,
        None => BaseUrl::default(),
    };
    let store = scene.store();
    // A keyring may ask the person: it is asked only for a key that would be used.
    let held = if seen.keys.is_empty() {
        store.key(&url.origin())
    } else {
        store.key_on_file(&url.origin())
    };
    match held {
        Ok(held) => seen.keys.extend(held.map(|held| Sighting {
            place: Place::Store(held.rest),
            secret: held.secret,
        })),
        Err(trouble) => seen.troubles.push(trouble),
    }
    if let Some(first) = seen.keys.first() {
        guard(set.as_ref(), &url, &first.place)?;
    }
    Ok(Server { url, set })
}

fn hidden(keys: &[Sighting]) -> Vec<Sighting> {
    keys.iter().skip(1).cloned().collect()
}

/// A cloned project's .env must not draw the person's own key to a host of its choosing: a far host
/// that only a file names gets only the key of that file.
fn guard(set: Option<&BaseSighting>, server: &BaseUrl, key: &Place) -> Result<(), Symptom> {
    let Some(BaseSighting {
        place: Place::Dotenv { path, line, .. },
        ..
    }) = set
    else {
        return Ok(());
    };
    let is_harmless = server.is_openrouter() || server.is_openai() || server.is_loopback();
    let same_file = matches!(key, Place::Dotenv { path: of_key, .. } if of_key == path);
    if is_harmless || same_file {
        return Ok(());
    }
    Err(Symptom::UrlNamedByFile {
        url: CleanText::line(&server.to_string()),
        path: path.clone(),
        line: *line,
    })
}
