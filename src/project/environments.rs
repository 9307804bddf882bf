//! The environments a project has files for: development, staging, production, whatever it calls them.

use std::path::{Path, PathBuf};

use super::env_files::{self, ReadingOrder, mode};
use super::kind::Kind;

/// An environment with its files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EnvironmentFiles {
    /// What it is called; `None` for a program that knows none.
    pub mode: Option<String>,
    /// The existing files that a program reads in it, the strongest first.
    pub files: Vec<PathBuf>,
    /// Programs read them only where they are told to by name.
    pub is_by_name: bool,
}

/// The environments of the nearest folder that has `.env` files.
pub(super) fn all(folders: &[&Path]) -> Vec<EnvironmentFiles> {
    let mut with_files = folders.iter().map(|folder| {
        let kinds = Kind::of_folder(folder);
        let files = env_files::in_folder(folder, &kinds);
        (*folder, kinds, files)
    });
    let Some((folder, kinds, files)) = with_files.find(|(_, _, files)| !files.is_empty()) else {
        return Vec::new();
    };
    let (order, _) = ReadingOrder::of(&kinds);
    let there = |names: Vec<String>| -> Vec<PathBuf> {
        let paths = names.iter().map(|name| folder.join(name));
        paths.filter(|path| files.contains(path)).collect()
    };
    let by_hand = order.mode_by_hand();
    let first = EnvironmentFiles {
        mode: by_hand.map(str::to_owned),
        files: match by_hand {
            Some(mode) => there(order.read_in(mode)),
            None => there(vec![".env".into()]),
        },
        is_by_name: false,
    };
    let mut environments = vec![first];
    for path in &files {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let Some(mode) = mode(&name) else { continue };
        let is_known = environments
            .iter()
            .any(|known| known.mode.as_deref() == Some(mode));
        if !is_known {
            environments.push(EnvironmentFiles {
                mode: Some(mode.to_owned()),
                files: there(order.read_in(mode)),
                is_by_name: order == ReadingOrder::Plain,
            });
        }
    }
    environments
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files;

    fn told(names: &[(&str, &str)]) -> Vec<String> {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in names {
            files::save_private(&folder.path().join(name), text.as_bytes()).unwrap();
        }
        let name = |path: &PathBuf| path.file_name().unwrap().to_str().unwrap().to_owned();
        let environments = all(&[folder.path()]).into_iter();
        environments
            .map(|it| {
                let files: Vec<String> = it.files.iter().map(name).collect();
                format!("{} {}", it.mode.unwrap_or_default(), files.join(" > "))
            })
            .collect()
    }

    const FILES: [(&str, &str); 4] = [
        (".env", ""),
        (".env.local", ""),
        (".env.production", ""),
        (".env.test", ""),
    ];

    #[test]
    fn a_framework_has_an_order_for_each_mode() {
        let next = ("package.json", r#"{"dependencies":{"next":"16"}}"#);
        assert_eq!(
            told(&[&[next], &FILES[..]].concat()),
            [
                "development .env.local > .env",
                "production .env.local > .env.production > .env",
                "test .env.test > .env",
            ]
        );
        let vite = ("package.json", r#"{"devDependencies":{"vite":"8"}}"#);
        assert_eq!(
            told(&[&[vite], &FILES[..]].concat())[1],
            "production .env.production > .env.local > .env"
        );
    }

    #[test]
    fn a_plain_program_reads_env_and_the_rest_by_name() {
        assert_eq!(
            told(&FILES),
            [" .env", "production .env.production", "test .env.test"]
        );
        assert_eq!(told(&[]), Vec::<String>::new());
    }
}
