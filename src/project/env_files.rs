//! Which of a folder's `.env` files programs read, and in which order: the strongest first.
//!
//! What each tool does was measured; where no mode is given, it is the one of a program started by hand
//! (`development`, for Symfony `dev`).

use std::path::{Path, PathBuf};

use super::kind::Kind;

/// How a project's tool reads its files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ReadingOrder {
    /// `.env.MODE.local`, `.env.local`, `.env.MODE`, `.env`: Next.js, Bun, Create React App, and Rails
    /// with dotenv.
    LocalFirst,
    /// `.env.MODE.local`, `.env.MODE`, `.env.local`, `.env`: Vite and what is built on it.
    ModeFirst,
    /// As Vite, with the mode `dev`: Symfony.
    Symfony,
    /// `.env` alone. The others are read where a program asks for them by name.
    Plain,
}

impl ReadingOrder {
    /// The order of the first kind that has one of its own, with that kind.
    pub(super) fn of(kinds: &[Kind]) -> (Self, Option<Kind>) {
        kinds
            .iter()
            .find_map(|&kind| {
                let order = match kind {
                    Kind::Next | Kind::Bun | Kind::CreateReactApp | Kind::Rails => Self::LocalFirst,
                    Kind::Vite | Kind::SvelteKit | Kind::Astro => Self::ModeFirst,
                    Kind::Symfony => Self::Symfony,
                    // Nuxt is built on Vite and reads `.env` alone.
                    Kind::Nuxt => Self::Plain,
                    _ => return None,
                };
                Some((order, Some(kind)))
            })
            .unwrap_or((Self::Plain, None))
    }

    /// The files a program started by hand reads, the strongest first. In a plain project `.env.local`
    /// stands last: who made one has a program that reads it.
    pub(super) fn read_by_hand(self) -> &'static [&'static str] {
        match self {
            Self::LocalFirst => &[
                ".env.development.local",
                ".env.local",
                ".env.development",
                ".env",
            ],
            Self::ModeFirst => &[
                ".env.development.local",
                ".env.development",
                ".env.local",
                ".env",
            ],
            Self::Symfony => &[".env.dev.local", ".env.dev", ".env.local", ".env"],
            Self::Plain => &[".env", ".env.local"],
        }
    }

    /// The files that a program of this order reads in a mode, the strongest first. In a plain project
    /// only what is asked for by name.
    pub(super) fn read_in(self, mode: &str) -> Vec<String> {
        let of_mode = [format!(".env.{mode}.local"), format!(".env.{mode}")];
        let [mode_local, mode_shared] = of_mode;
        let (local, shared) = (".env.local".to_owned(), ".env".to_owned());
        let mut names = match self {
            Self::LocalFirst => vec![mode_local, local, mode_shared, shared],
            Self::ModeFirst | Self::Symfony => vec![mode_local, mode_shared, local, shared],
            Self::Plain => return vec![mode_local, mode_shared],
        };
        // A test must read alike on every machine; Vite alone does not care.
        if mode == "test" && self != Self::ModeFirst {
            names.retain(|name| name != ".env.local");
        }
        names
    }

    /// What the mode of a program started by hand is called.
    pub(super) fn mode_by_hand(self) -> Option<&'static str> {
        match self {
            Self::LocalFirst | Self::ModeFirst => Some("development"),
            Self::Symfony => Some("dev"),
            Self::Plain => None,
        }
    }
}

/// The mode a file is for: `production` in `.env.production.local`.
pub(super) fn mode(name: &str) -> Option<&str> {
    let variant = name.strip_prefix(".env.")?;
    let mode = variant.strip_suffix(".local").unwrap_or(variant);
    (mode != "local").then_some(mode)
}

/// The `.env` files in `folder` that programs read, the strongest first; then those of other modes, by
/// name.
pub(super) fn in_folder(folder: &Path, kinds: &[Kind]) -> Vec<PathBuf> {
    let (order, _) = ReadingOrder::of(kinds);
    let mut names = names(folder);
    let place = |name: &str| {
        let known = order.read_by_hand().iter().position(|known| *known == name);
        known.unwrap_or(usize::MAX)
    };
    names.sort_by(|one, other| {
        place(one)
            .cmp(&place(other))
            .then_with(|| by_mode(one, other))
    });
    names.into_iter().map(|name| folder.join(name)).collect()
}

/// By mode; within one the local file first, as all tools read them.
fn by_mode(one: &str, other: &str) -> std::cmp::Ordering {
    fn key(name: &str) -> (&str, bool) {
        match name.strip_suffix(".local") {
            Some(mode) => (mode, false),
            None => (name, true),
        }
    }
    key(one).cmp(&key(other))
}

/// The names of `folder`'s own files that programs read, in no order. Links that lead nowhere and
/// folders are left out: a Python environment may be called `.env`.
fn names(folder: &Path) -> Vec<String> {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return Vec::new();
    };
    entries
        .filter_map(Result::ok)
        .filter_map(|entry| entry.file_name().into_string().ok())
        .filter(|name| is_read(name) && is_there(&folder.join(name)))
        .collect()
}

/// The templates in a folder, the usual name first.
pub(super) fn templates(folder: &Path) -> Vec<PathBuf> {
    const NAMES: &[&str] = &[
        ".env.example",
        ".env.sample",
        ".env.template",
        ".env.dist",
        ".env.defaults",
    ];
    let paths = NAMES.iter().map(|name| folder.join(name));
    paths.filter(|path| path.is_file()).collect()
}

/// Whether there is something to read. Pipes count: password managers serve `.env` by one.
pub(super) fn is_there(path: &Path) -> bool {
    std::fs::metadata(path).is_ok_and(|facts| !facts.is_dir())
}

/// Whether a file of this name is read by programs: `.env` and its variants, not templates, not what
/// tools for secrets keep beside it, not what editors leave behind.
pub(super) fn is_read(name: &str) -> bool {
    const NOT_READ: &[&str] = &[
        // Templates; they are committed.
        "example",
        "examples",
        "sample",
        "template",
        "tpl",
        "dist",
        "default",
        "defaults",
        "schema",
        // Of dotenv-vault and dotenvx.
        "vault",
        "keys",
        "me",
        "previous",
        // Encrypted as a whole, and copies.
        "enc",
        "encrypted",
        "gpg",
        "age",
        "bak",
        "backup",
        "old",
        "orig",
        "save",
        "swp",
        "swo",
        "tmp",
    ];
    let Some(rest) = name.strip_prefix(".env") else {
        return false;
    };
    let Some(variant) = rest.strip_prefix('.') else {
        // `.envrc` is a shell script of direnv, `.env~` a copy.
        return rest.is_empty();
    };
    let is_odd = |part: &str| {
        let part = part.to_ascii_lowercase();
        NOT_READ.contains(&part.as_str()) || part.starts_with("tmp-") || part.ends_with('~')
    };
    !variant.is_empty() && !variant.split('.').any(is_odd)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files;

    fn listed(names: &[&str], kinds: &[Kind]) -> Vec<String> {
        let folder = tempfile::tempdir().unwrap();
        for name in names {
            files::save_private(&folder.path().join(name), b"").unwrap();
        }
        in_folder(folder.path(), kinds)
            .iter()
            .map(|path| path.file_name().unwrap().to_str().unwrap().to_owned())
            .collect()
    }

    const ALL: &[&str] = &[
        ".env",
        ".env.development",
        ".env.development.local",
        ".env.local",
        ".env.production",
        ".env.production.local",
        ".env.staging",
    ];

    #[test]
    fn next_reads_the_local_file_before_the_mode() {
        assert_eq!(
            listed(ALL, &[Kind::Next, Kind::Node]),
            [
                ".env.development.local",
                ".env.local",
                ".env.development",
                ".env",
                ".env.production.local",
                ".env.production",
                ".env.staging",
            ]
        );
    }

    #[test]
    fn vite_reads_the_mode_before_the_local_file() {
        let order = listed(ALL, &[Kind::Vite, Kind::Bun, Kind::Node]);
        assert_eq!(
            order[..4],
            [
                ".env.development.local",
                ".env.development",
                ".env.local",
                ".env"
            ]
        );
    }

    #[test]
    fn symfony_calls_its_modes_by_other_names() {
        let names = [
            ".env",
            ".env.dev",
            ".env.dev.local",
            ".env.local",
            ".env.prod",
        ];
        assert_eq!(
            listed(&names, &[Kind::Symfony, Kind::Php]),
            [
                ".env.dev.local",
                ".env.dev",
                ".env.local",
                ".env",
                ".env.prod"
            ]
        );
    }

    #[test]
    fn plain_programs_read_env_alone_so_it_comes_first() {
        for kinds in [&[][..], &[Kind::Rust], &[Kind::Nuxt, Kind::Vite]] {
            assert_eq!(
                listed(&[".env.local", ".env", ".env.development"], kinds),
                [".env", ".env.local", ".env.development"]
            );
        }
    }

    #[test]
    fn what_programs_do_not_read_is_not_listed() {
        let names = [
            ".env.example",
            ".env.sample",
            ".env.template",
            ".env.dist",
            ".env.defaults",
            ".env.vault",
            ".env.keys",
            ".env.local.example",
            ".env.EXAMPLE",
            ".envrc",
            ".env~",
            ".env.bak",
            ".env.tmp-1a2b",
            ".env.",
            ".environment",
            "env",
            "x.env",
        ];
        assert_eq!(listed(&names, &[]), Vec::<String>::new());
    }

    #[test]
    fn a_folder_called_env_is_not_listed() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join(".env")).unwrap();
        assert_eq!(in_folder(folder.path(), &[]), Vec::<PathBuf>::new());
    }

    #[cfg(unix)]
    #[test]
    fn a_link_counts_when_it_leads_somewhere() {
        let folder = tempfile::tempdir().unwrap();
        let there = folder.path().join("there");
        files::save_private(&there, b"").unwrap();
        std::os::unix::fs::symlink(&there, folder.path().join(".env")).unwrap();
        std::os::unix::fs::symlink("nowhere", folder.path().join(".env.local")).unwrap();
        assert_eq!(in_folder(folder.path(), &[]), [folder.path().join(".env")]);
    }
}
