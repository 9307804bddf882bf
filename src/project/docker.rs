//! Whether building an image would bake a file into one of its layers.
//!
//! `.gitignore` does not protect a build context: with `COPY . .` everything in it goes along that no
//! `.dockerignore` keeps out.

use std::path::{Path, PathBuf};

use super::manifest;

/// A Dockerfile that takes a file along, and what would keep it out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taken {
    /// The Dockerfile.
    pub dockerfile: PathBuf,
    /// The line that copies everything, from 1.
    pub line: usize,
    /// The `.dockerignore` that should name the file; it need not exist.
    pub ignore_file: PathBuf,
    /// The rules that keep it out.
    pub rules: Vec<String>,
}

/// The Dockerfile beside `file`, or in one of these folders above it, that would copy it.
pub fn taken_by(file: &Path, folders: &[&Path]) -> Option<Taken> {
    folders
        .iter()
        .filter(|folder| file.starts_with(folder))
        .find_map(|folder| taken_in(file, folder))
}

fn taken_in(file: &Path, context: &Path) -> Option<Taken> {
    let inside = file
        .strip_prefix(context)
        .ok()?
        .to_str()?
        .replace('\\', "/");
    dockerfiles(context).into_iter().find_map(|dockerfile| {
        let line = copies_everything(&manifest::text(&dockerfile)?)?;
        let ignore_file = ignore_file(&dockerfile, context);
        let rules = manifest::text(&ignore_file).unwrap_or_default();
        (!is_kept_out(&inside, &rules)).then(|| Taken {
            rules: rules_for(&inside),
            dockerfile,
            line,
            ignore_file,
        })
    })
}

fn dockerfiles(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let names = entries.filter_map(|entry| entry.file_name().into_string().ok());
    let mut names: Vec<String> = names.filter(|name| is_dockerfile(name)).collect();
    names.sort();
    names.iter().map(|name| folder.join(name)).collect()
}

fn is_dockerfile(name: &str) -> bool {
    let is_one = ["Dockerfile", "Containerfile"]
        .iter()
        .any(|it| name == *it || name.starts_with(&format!("{it}.")));
    is_one && !name.ends_with(".dockerignore")
}

/// One of the Dockerfile's own comes before that of the folder.
fn ignore_file(dockerfile: &Path, context: &Path) -> PathBuf {
    let mut own = dockerfile.as_os_str().to_owned();
    own.push(".dockerignore");
    let own = PathBuf::from(own);
    if own.is_file() {
        own
    } else {
        context.join(".dockerignore")
    }
}

/// The line of `COPY . …` or `ADD . …`, in either notation. From another stage nothing is taken.
fn copies_everything(dockerfile: &str) -> Option<usize> {
    let mut lines = dockerfile.lines().enumerate();
    lines.find_map(|(at, line)| {
        let mut words = line
            .split(|c: char| c.is_whitespace() || matches!(c, '[' | ']' | ',' | '"'))
            .filter(|word| !word.is_empty());
        let verb = words.next()?.to_ascii_uppercase();
        if verb != "COPY" && verb != "ADD" || line.contains("--from=") {
            return None;
        }
        let paths: Vec<&str> = words.filter(|word| !word.starts_with("--")).collect();
        let (_, sources) = paths.split_last()?;
        let takes_all = |source: &&str| matches!(*source, "." | "./" | "/" | "*" | "./*");
        sources.iter().any(takes_all).then_some(at + 1)
    })
}

fn rules_for(inside: &str) -> Vec<String> {
    let (prefix, name) = match inside.rsplit_once('/') {
        Some((_, name)) => ("**/", name),
        None => ("", inside),
    };
    if name == ".env" || name.starts_with(".env.") {
        return vec![
            format!("{prefix}.env"),
            format!("{prefix}.env.*"),
            format!("!{prefix}.env.example"),
        ];
    }
    vec![format!("{prefix}{name}")]
}

/// Whether the last rule that speaks of the file, or of a folder above it, keeps it out.
fn is_kept_out(inside: &str, rules: &str) -> bool {
    let mut is_out = false;
    for rule in rules.lines().map(str::trim) {
        if rule.is_empty() || rule.starts_with('#') {
            continue;
        }
        let (rule, keeps_out) = match rule.strip_prefix('!') {
            Some(rule) => (rule.trim(), false),
            None => (rule, true),
        };
        if speaks_of(rule, inside) {
            is_out = keeps_out;
        }
    }
    is_out
}

fn speaks_of(rule: &str, inside: &str) -> bool {
    let rule: Vec<&str> = rule
        .split('/')
        .filter(|part| !part.is_empty() && *part != ".")
        .collect();
    let path: Vec<&str> = inside.split('/').collect();
    // A rule for a folder speaks of all that is in it.
    (1..=path.len()).any(|length| parts_match(&rule, &path[..length]))
}

fn parts_match(rule: &[&str], path: &[&str]) -> bool {
    match (rule.split_first(), path.split_first()) {
        (None, None) => true,
        (Some((&"**", rest)), _) => {
            parts_match(rest, path)
                || path
                    .split_first()
                    .is_some_and(|(_, deeper)| parts_match(rule, deeper))
        }
        (Some((first, rest)), Some((part, deeper))) => {
            part_matches(first.as_bytes(), part.as_bytes()) && parts_match(rest, deeper)
        }
        _ => false,
    }
}

/// `*` stands for any signs, `?` for one. A class in brackets is taken as it stands: it may warn in
/// vain, and never keeps silent wrongly.
fn part_matches(rule: &[u8], part: &[u8]) -> bool {
    let (mut at, mut read) = (0, 0);
    // Where the last star stood, and how far it reaches: only that one need ever reach further.
    let mut star: Option<(usize, usize)> = None;
    while read < part.len() {
        match rule.get(at) {
            Some(b'*') => {
                star = Some((at, read));
                at += 1;
            }
            Some(&sign) if sign == b'?' || sign == part[read] => {
                at += 1;
                read += 1;
            }
            _ => {
                let Some((stood, reached)) = star else {
                    return false;
                };
                star = Some((stood, reached + 1));
                (at, read) = (stood + 1, reached + 1);
            }
        }
    }
    rule[at..].iter().all(|&sign| sign == b'*')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files;

    fn taken(contents: &[(&str, &str)], file: &str) -> Option<Taken> {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in contents {
            files::save_private(&folder.path().join(name), text.as_bytes()).unwrap();
        }
        taken_by(&folder.path().join(file), &[folder.path()])
    }

    const ALL: (&str, &str) = ("Dockerfile", "FROM node\nCOPY . .\n");

    #[test]
    fn copying_everything_takes_the_file_along() {
        let found = taken(&[ALL], ".env").unwrap();
        assert_eq!(found.line, 2);
        assert_eq!(found.rules, [".env", ".env.*", "!.env.example"]);
        for line in [
            "ADD ./ /app",
            "COPY --chown=me . /app",
            "copy [\".\", \"/app\"]",
        ] {
            assert!(taken(&[("Dockerfile", line)], ".env").is_some(), "{line}");
        }
    }

    #[test]
    fn copying_something_else_does_not() {
        for line in [
            "COPY src /app",
            "COPY --from=build . .",
            "# COPY . .",
            "RUN cp . x",
        ] {
            assert_eq!(taken(&[("Dockerfile", line)], ".env"), None, "{line}");
        }
        assert_eq!(taken(&[], ".env"), None);
    }

    #[test]
    fn a_rule_keeps_it_out_and_a_later_one_brings_it_back() {
        for (rules, is_out) in [
            (".env", true),
            (".env*", true),
            (".e*v", true),
            (".*.x", false),
            (".e?v", true),
            (&"*a".repeat(40), false),
            ("*", true),
            ("**/.env", true),
            ("/.env\r\n", true),
            ("# .env", false),
            ("node_modules", false),
            ("*\n!.env", false),
            ("!.env\n.env", true),
            ("src/.env", false),
        ] {
            let found = taken(&[ALL, (".dockerignore", rules)], ".env");
            assert_eq!(found.is_none(), is_out, "{rules:?}");
        }
    }

    #[test]
    fn a_file_in_a_folder_needs_a_rule_for_every_folder() {
        assert!(taken(&[ALL, (".dockerignore", ".env")], "app/.env").is_some());
        assert!(taken(&[ALL, (".dockerignore", "app")], "app/.env").is_none());
        let rules = taken(&[ALL], "app/.env").unwrap().rules;
        let with = [ALL, (".dockerignore", &rules.join("\n"))];
        assert!(taken(&with, "app/.env").is_none());
    }

    #[test]
    fn the_rules_that_are_offered_keep_it_out() {
        for file in [".env", ".env.local", "secrets.env"] {
            let rules = taken(&[ALL], file).unwrap().rules.join("\n");
            assert_eq!(taken(&[ALL, (".dockerignore", &rules)], file), None);
        }
    }
}
