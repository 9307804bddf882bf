//! Which readers of `.env` files a project shows signs of: by what it is made with, and by what its
//! scripts do with the file.
//!
//! Scripts are only looked through for a few telling words; nothing is run.

use std::path::Path;

use super::kind::Kind;
use super::manifest;
use crate::domain::env_reader::EnvReader;

/// Folders beside a project's description where scripts stand.
const SCRIPT_FOLDERS: &[&str] = &["scripts", "script", "bin", "deploy", "ops"];
/// No more files than this are looked through in one folder.
const MOST_SCRIPTS: usize = 200;

pub(super) fn readers(folders: &[&Path]) -> Vec<EnvReader> {
    let mut readers = Vec::new();
    for folder in folders {
        for kind in Kind::of_folder(folder) {
            readers.extend(of_kind(kind));
        }
        of_names(folder, &mut readers);
        of_scripts(folder, &mut readers);
        for scripts in SCRIPT_FOLDERS {
            of_scripts(&folder.join(scripts), &mut readers);
        }
    }
    readers.sort_unstable();
    readers.dedup();
    readers
}

fn of_kind(kind: Kind) -> &'static [EnvReader] {
    match kind {
        Kind::Next => &[EnvReader::Npm, EnvReader::Next],
        Kind::SvelteKit | Kind::Astro | Kind::Vite => &[EnvReader::Vite],
        Kind::Nuxt | Kind::CreateReactApp => &[EnvReader::Npm],
        Kind::Bun => &[EnvReader::Bun],
        Kind::Node => &[EnvReader::Npm, EnvReader::Node],
        Kind::Rails | Kind::Ruby => &[EnvReader::Ruby],
        Kind::Symfony | Kind::Php => &[EnvReader::Php],
        Kind::Python => &[EnvReader::PythonDotenv],
        Kind::Rust => &[EnvReader::Dotenvy],
        Kind::Go => &[EnvReader::Go],
        Kind::Compose => &[EnvReader::Compose],
    }
}

fn of_names(folder: &Path, readers: &mut Vec<EnvReader>) {
    let has = |names: &[&str]| names.iter().any(|name| folder.join(name).is_file());
    if has(&["deno.json", "deno.jsonc", "deno.lock"]) {
        readers.push(EnvReader::Deno);
    }
    if has(&["uv.lock"]) {
        readers.push(EnvReader::Dotenvy);
    }
    let by_lines = ["requirements.txt", "pyproject.toml", "Pipfile"].iter();
    let mut texts = by_lines.filter_map(|name| manifest::text(&folder.join(name)));
    if texts.any(|text| {
        ["python-decouple", "django-environ", "starlette", "fastapi"]
            .iter()
            .any(|package| text.contains(package))
    }) {
        readers.push(EnvReader::Decouple);
    }
}

fn of_scripts(folder: &Path, readers: &mut Vec<EnvReader>) {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return;
    };
    for entry in entries.filter_map(Result::ok).take(MOST_SCRIPTS) {
        let Ok(name) = entry.file_name().into_string() else {
            continue;
        };
        if !is_script(&name) {
            continue;
        }
        if let Some(text) = manifest::text(&entry.path()) {
            readers.extend(told_by(&name, &text));
        }
    }
}

fn is_script(name: &str) -> bool {
    const NAMES: &[&str] = &[
        "Makefile",
        "makefile",
        "GNUmakefile",
        "justfile",
        "Justfile",
        ".envrc",
        "Procfile",
        "package.json",
        "compose.yaml",
        "compose.yml",
        "docker-compose.yaml",
        "docker-compose.yml",
    ];
    let extension = Path::new(name).extension();
    let is_script = extension.is_some_and(|it| {
        ["sh", "bash", "zsh", "service"]
            .iter()
            .any(|known| it == *known)
    });
    is_script || NAMES.contains(&name)
}

/// What a script does with a `.env` file.
fn told_by(name: &str, text: &str) -> Vec<EnvReader> {
    let mut readers = Vec::new();
    for line in text.lines().map(str::trim) {
        if line.starts_with('#') {
            continue;
        }
        let has = |words: &[&str]| words.iter().any(|word| line.contains(word));
        if name.ends_with("akefile")
            && line.trim_start_matches('-').starts_with("include ")
            && line.contains(".env")
        {
            readers.push(EnvReader::Make);
        }
        if line.starts_with("EnvironmentFile=") {
            readers.push(EnvReader::Systemd);
        }
        if has(&["docker run", "podman run"]) && line.contains("--env-file")
            || line == "format: raw"
        {
            readers.push(EnvReader::DockerRun);
        } else if has(&["node --env-file", "node --watch --env-file"]) {
            readers.push(EnvReader::Node);
        }
        let sources = ["source .env", "source ./.env", ". .env", ". ./.env"];
        let is_sourced = sources.iter().any(|words| {
            line.split(words).next().is_some_and(|before| {
                before.len() < line.len()
                    && !before.ends_with(|c: char| c.is_alphanumeric() || c == '.')
            })
        });
        if is_sourced || line.contains("grep -v '^#' .env") {
            readers.push(EnvReader::Shell);
        }
    }
    readers
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files;

    fn of(contents: &[(&str, &str)]) -> Vec<EnvReader> {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in contents {
            files::save_private(&folder.path().join(name), text.as_bytes()).unwrap();
        }
        readers(&[folder.path()])
    }

    #[test]
    fn an_empty_folder_shows_no_signs() {
        assert_eq!(of(&[]), []);
    }

    #[test]
    fn languages_bring_their_readers() {
        assert_eq!(of(&[("Cargo.toml", "")]), [EnvReader::Dotenvy]);
        assert_eq!(of(&[("go.mod", "")]), [EnvReader::Go]);
        assert_eq!(
            of(&[("pyproject.toml", "dependencies = [\"starlette\"]")]),
            [EnvReader::PythonDotenv, EnvReader::Decouple]
        );
        assert_eq!(of(&[("deno.json", "{}")]), [EnvReader::Deno]);
    }

    #[test]
    fn scripts_tell_what_they_do_with_the_file() {
        for (name, text, reader) in [
            ("run.sh", "set -a\n. ./.env\n", EnvReader::Shell),
            (
                "scripts/run.sh",
                "set -a; source .env; set +a\n",
                EnvReader::Shell,
            ),
            ("Makefile", "-include .env\nexport\n", EnvReader::Make),
            (
                "shop.service",
                "[Service]\nEnvironmentFile=/srv/.env\n",
                EnvReader::Systemd,
            ),
            (
                "run.sh",
                "docker run --env-file .env shop\n",
                EnvReader::DockerRun,
            ),
        ] {
            assert_eq!(of(&[(name, text)]), [reader], "{text}");
        }
        assert_eq!(of(&[("run.sh", "# source .env\ncp .env .env.local\n")]), []);
    }
}
