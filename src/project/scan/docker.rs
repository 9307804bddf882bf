//! Docker's way out: what `.gitignore` hides, `COPY . .` still bakes into an image.

use std::path::{Path, PathBuf};

use ignore::gitignore::GitignoreBuilder;

use crate::files;
use crate::project::env_files;

/// A `.env` file that a build takes into the image.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DockerGap {
    /// The Dockerfile that copies the whole folder.
    pub dockerfile: PathBuf,
    /// The `.dockerignore` beside it, which does not name the file or is not there.
    pub ignore_file: PathBuf,
    /// The `.env` file.
    pub env_file: PathBuf,
}

/// The gap in a folder, if its Dockerfile copies everything and its `.dockerignore` lets a `.env` file pass.
pub fn docker_gap(folder: &Path) -> Option<DockerGap> {
    let dockerfile = ["Dockerfile", "Containerfile"]
        .map(|name| folder.join(name))
        .into_iter()
        .find(|path| text(path).is_some_and(|text| copies_all(&text)))?;
    let ignore_file = folder.join(".dockerignore");
    let rules = text(&ignore_file).unwrap_or_default();
    let env_file = env_files::in_folder(folder, &[])
        .into_iter()
        .find(|env| !is_ignored(&rules, folder, env))?;
    Some(DockerGap {
        dockerfile,
        ignore_file,
        env_file,
    })
}

fn text(path: &Path) -> Option<String> {
    let bytes = files::read(path).ok()?.bytes?;
    Some(String::from_utf8_lossy(&bytes).into_owned())
}

/// Whether a Dockerfile copies its whole context: `COPY . /app`, with or without flags.
fn copies_all(dockerfile: &str) -> bool {
    dockerfile.lines().any(|line| {
        let mut words = line.split_whitespace();
        let is_copy = words.next().is_some_and(|word| {
            ["COPY", "ADD"]
                .iter()
                .any(|it| word.eq_ignore_ascii_case(it))
        });
        let words: Vec<&str> = words.collect();
        // From another stage, not from the context.
        let is_from = words.iter().any(|word| word.starts_with("--from"));
        let sources = words.split_last().map_or(&[][..], |(_, sources)| sources);
        let sources = sources.iter().filter(|word| !word.starts_with("--"));
        is_copy
            && !is_from
            && sources
                .into_iter()
                .any(|word| matches!(*word, "." | "./" | "/"))
    })
}

/// Whether the rules leave a file of the context's own folder out. There Docker's rules and git's mean the
/// same.
fn is_ignored(rules: &str, folder: &Path, file: &Path) -> bool {
    let mut builder = GitignoreBuilder::new(folder);
    for rule in rules.lines() {
        // A rule that Docker cannot read ends the build; here it hides nothing.
        let _ = builder.add_line(None, rule.trim());
    }
    builder
        .build()
        .is_ok_and(|rules| rules.matched(file, false).is_ignore())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gap(dockerfile: &str, ignore: Option<&str>) -> bool {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| {
            files::save_private(&folder.path().join(name), text.as_bytes()).unwrap();
        };
        write(".env", "A=1\n");
        write("Dockerfile", dockerfile);
        if let Some(ignore) = ignore {
            write(".dockerignore", ignore);
        }
        docker_gap(folder.path()).is_some()
    }

    #[test]
    fn a_build_that_copies_everything_takes_the_env_file() {
        for all in ["FROM x\nCOPY . .\n", "copy --chown=a:a ./ /app", "ADD . /"] {
            assert!(gap(all, None), "{all}");
        }
        for part in ["COPY src /app", "COPY --from=build . .", "# COPY . .", ""] {
            assert!(!gap(part, None), "{part}");
        }
    }

    #[test]
    fn a_rule_closes_it_and_an_exception_opens_it_again() {
        for closed in [".env", ".env*", "**/.env", "*\n!src", ".*"] {
            assert!(!gap("COPY . .", Some(closed)), "{closed}");
        }
        for open in ["", "node_modules", ".env\n!.env", "# .env"] {
            assert!(gap("COPY . .", Some(open)), "{open}");
        }
    }
}
