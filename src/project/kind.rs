//! What a folder is made with, as far as its files tell: languages, frameworks, Compose.
//!
//! Only names of files and the dependencies in `package.json`, `composer.json` and `Gemfile` are looked
//! at; nothing is run.

use std::path::Path;

use super::manifest;

/// A language, a framework or a tool that decides how a project reads its environment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// Next.js.
    Next,
    /// `SvelteKit`.
    SvelteKit,
    /// Astro.
    Astro,
    /// Nuxt.
    Nuxt,
    /// Vite.
    Vite,
    /// Create React App.
    CreateReactApp,
    /// Bun.
    Bun,
    /// Node.js, or another runtime that reads `package.json`.
    Node,
    /// Ruby on Rails.
    Rails,
    /// Ruby.
    Ruby,
    /// Symfony.
    Symfony,
    /// PHP.
    Php,
    /// Python.
    Python,
    /// Rust.
    Rust,
    /// Go.
    Go,
    /// Docker Compose.
    Compose,
}

impl Kind {
    /// Its name, as its makers write it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Next => "Next.js",
            Self::SvelteKit => "SvelteKit",
            Self::Astro => "Astro",
            Self::Nuxt => "Nuxt",
            Self::Vite => "Vite",
            Self::CreateReactApp => "Create React App",
            Self::Bun => "Bun",
            Self::Node => "Node.js",
            Self::Rails => "Rails",
            Self::Ruby => "Ruby",
            Self::Symfony => "Symfony",
            Self::Php => "PHP",
            Self::Python => "Python",
            Self::Rust => "Rust",
            Self::Go => "Go",
            Self::Compose => "Docker Compose",
        }
    }

    /// What this one folder is made with, what decides most first; empty when nothing tells.
    pub fn of_folder(folder: &Path) -> Vec<Self> {
        let has = |names: &[&str]| names.iter().any(|name| folder.join(name).is_file());
        let mut kinds = Vec::new();
        let packages = manifest::node_packages(folder);
        for (package, kind) in NODE_FRAMEWORKS {
            if packages.iter().any(|name| name == package) {
                kinds.push(*kind);
            }
        }
        if has(&["bun.lock", "bun.lockb", "bunfig.toml"]) {
            kinds.push(Self::Bun);
        }
        if has(&["package.json"]) {
            kinds.push(Self::Node);
        }
        if has(&["Gemfile"]) {
            if manifest::gems(folder).iter().any(|gem| gem == "rails") {
                kinds.push(Self::Rails);
            }
            kinds.push(Self::Ruby);
        }
        if has(&["composer.json"]) {
            let mut packages = manifest::php_packages(folder).into_iter();
            if packages.any(|name| name.starts_with("symfony/framework-bundle")) {
                kinds.push(Self::Symfony);
            }
            kinds.push(Self::Php);
        }
        for (files, kind) in LANGUAGES {
            if has(files) {
                kinds.push(*kind);
            }
        }
        kinds
    }
}

/// The package that gives a framework away. Those that bring Vite along stand before Vite.
const NODE_FRAMEWORKS: &[(&str, Kind)] = &[
    ("next", Kind::Next),
    ("@sveltejs/kit", Kind::SvelteKit),
    ("astro", Kind::Astro),
    ("nuxt", Kind::Nuxt),
    ("react-scripts", Kind::CreateReactApp),
    ("vite", Kind::Vite),
];

const LANGUAGES: &[(&[&str], Kind)] = &[
    (
        &[
            "pyproject.toml",
            "requirements.txt",
            "setup.py",
            "Pipfile",
            "manage.py",
        ],
        Kind::Python,
    ),
    (&["Cargo.toml"], Kind::Rust),
    (&["go.mod"], Kind::Go),
    (
        &[
            "compose.yaml",
            "compose.yml",
            "docker-compose.yaml",
            "docker-compose.yml",
        ],
        Kind::Compose,
    ),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files;

    fn kinds(contents: &[(&str, &str)]) -> Vec<Kind> {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in contents {
            files::save_private(&folder.path().join(name), text.as_bytes()).unwrap();
        }
        Kind::of_folder(folder.path())
    }

    #[test]
    fn an_empty_folder_tells_nothing() {
        assert_eq!(kinds(&[]), []);
    }

    #[test]
    fn frameworks_are_known_by_their_packages() {
        let package =
            r#"{"dependencies":{"next":"16","react":"19"},"devDependencies":{"vite":"8"}}"#;
        assert_eq!(
            kinds(&[("package.json", package), ("bun.lock", "")]),
            [Kind::Next, Kind::Vite, Kind::Bun, Kind::Node]
        );
        let composer = r#"{"require":{"symfony/framework-bundle":"7.*"}}"#;
        assert_eq!(
            kinds(&[("composer.json", composer)]),
            [Kind::Symfony, Kind::Php]
        );
        let gems = "source 'https://rubygems.org'\n  gem \"rails\", '~> 8'\n";
        assert_eq!(kinds(&[("Gemfile", gems)]), [Kind::Rails, Kind::Ruby]);
    }

    #[test]
    fn languages_are_known_by_their_files() {
        assert_eq!(
            kinds(&[
                ("requirements.txt", ""),
                ("go.mod", ""),
                ("compose.yaml", "")
            ]),
            [Kind::Python, Kind::Go, Kind::Compose]
        );
    }

    #[test]
    fn a_broken_package_file_still_means_node() {
        assert_eq!(kinds(&[("package.json", "{")]), [Kind::Node]);
        assert_eq!(
            kinds(&[("package.json", r#"{"dependencies":[1]}"#)]),
            [Kind::Node]
        );
    }
}
