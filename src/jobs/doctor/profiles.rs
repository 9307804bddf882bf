//! Variables that a shell's profile sets: read so that a person knows where one comes from, and
//! never written.

use std::path::PathBuf;

use crate::domain::environment::Environment;
use crate::domain::secret::Secret;
use crate::domain::sighting::Place;
use crate::files;

use super::standing::{NAMES, Standing};

/// The profiles below the home folder; zsh's are looked for in `ZDOTDIR` as well.
const PROFILES: &[&str] = &[
    ".zshenv",
    ".zprofile",
    ".zshrc",
    ".bash_profile",
    ".bashrc",
    ".profile",
];

/// The variables of interest in the profiles of the person.
pub(super) fn standing(environment: &Environment) -> Vec<Standing> {
    let mut found = Vec::new();
    for path in paths(environment) {
        // A profile that cannot be read is the shell's to complain about.
        let Ok(snapshot) = files::read(&path) else {
            continue;
        };
        let text = String::from_utf8_lossy(snapshot.text()).into_owned();
        found.extend(assignments(&text).into_iter().map(|assigned| Standing {
            name: assigned.name,
            is_reference: is_reference(&assigned.value),
            place: Place::Profile {
                path: path.clone(),
                line: assigned.line,
                name: assigned.name.to_owned(),
            },
            secret: Secret::new(assigned.value),
        }));
    }
    found
}

fn paths(environment: &Environment) -> Vec<PathBuf> {
    let Some(home) = environment.get("HOME").map(PathBuf::from) else {
        return Vec::new();
    };
    let config = environment.get("XDG_CONFIG_HOME");
    let config = config.map_or_else(|| home.join(".config"), PathBuf::from);
    let zsh = environment.get("ZDOTDIR").map(PathBuf::from);
    let of_zsh = PROFILES.iter().filter(|name| name.starts_with(".z"));
    let moved = zsh
        .filter(|folder| *folder != home)
        .into_iter()
        .flat_map(|folder| of_zsh.clone().map(move |name| folder.join(name)));
    PROFILES
        .iter()
        .map(|name| home.join(name))
        .chain(moved)
        .chain([config.join("fish/config.fish")])
        .filter(|path| path.is_absolute())
        .collect()
}

/// A command or another variable brings the value.
fn is_reference(value: &str) -> bool {
    value.contains(['$', '`']) || value.starts_with("op://")
}

/// A variable that a profile sets.
#[derive(Debug, PartialEq, Eq)]
struct Assigned {
    name: &'static str,
    value: String,
    line: usize,
}

/// The assignments of interest in a profile, as bash, zsh and fish write them, one a line. What
/// stands in an `if` counts: whether it runs is not known here.
fn assignments(text: &str) -> Vec<Assigned> {
    let lines = text.lines().enumerate();
    lines
        .filter_map(|(at, line)| {
            let (name, value) = assignment(line.trim())?;
            Some(Assigned {
                name,
                value,
                line: at + 1,
            })
        })
        .collect()
}

fn assignment(line: &str) -> Option<(&'static str, String)> {
    let words = ["export ", "typeset -x ", "declare -x "];
    let rest = words.iter().find_map(|word| line.strip_prefix(word));
    if let Some((name, value)) = rest.unwrap_or(line).trim_start().split_once('=') {
        return Some((known(name)?, unquoted(value)));
    }
    // fish: set -gx NAME value
    let mut words = line.strip_prefix("set ")?.trim_start();
    while let Some(flag) = words.strip_prefix('-') {
        words = flag.split_once(' ')?.1.trim_start();
    }
    let (name, value) = words.split_once(' ')?;
    Some((known(name)?, unquoted(value.trim_start())))
}

fn known(name: &str) -> Option<&'static str> {
    NAMES.iter().copied().find(|known| *known == name)
}

/// The first word of a value, its quotes taken off.
fn unquoted(value: &str) -> String {
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
    if let Some(inner) = quote.and_then(|quote| value.split(quote).nth(1)) {
        return inner.to_owned();
    }
    if value.starts_with("$(") || value.starts_with('(') || value.starts_with('`') {
        return value.to_owned();
    }
    let end = value.find([' ', '\t', ';', '#']);
    end.and_then(|end| value.get(..end))
        .unwrap_or(value)
        .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(&'static str, String, usize)> {
        let found = assignments(text).into_iter();
        found.map(|it| (it.name, it.value, it.line)).collect()
    }

    #[test]
    fn every_shells_way_to_set_a_variable_is_read() {
        for line in [
            "export OPENROUTER_API_KEY=abc",
            "  export OPENROUTER_API_KEY='abc' # mine",
            "OPENROUTER_API_KEY=\"abc\"; export OPENROUTER_API_KEY",
            "typeset -x OPENROUTER_API_KEY=abc",
            "set -gx OPENROUTER_API_KEY abc",
            "set -g -x OPENROUTER_API_KEY 'abc'",
            "set --export OPENROUTER_API_KEY abc",
        ] {
            let text = format!("# a profile\n{line}\n");
            assert_eq!(
                read(&text),
                [("OPENROUTER_API_KEY", "abc".to_owned(), 2)],
                "{line}"
            );
        }
    }

    #[test]
    fn other_lines_are_passed_over() {
        for line in [
            "# export OPENROUTER_API_KEY=abc",
            "export PATH=$PATH:x",
            "export MY_OPENROUTER_API_KEY=abc",
            "echo OPENROUTER_API_KEY",
            "set -e OPENROUTER_API_KEY",
            "unset OPENROUTER_API_KEY",
        ] {
            assert_eq!(read(line), [], "{line}");
        }
    }

    #[test]
    fn a_command_that_brings_the_key_is_no_key() {
        let found = read("export OPENROUTER_API_KEY=$(op read op://dev/or/key)\n");
        assert!(is_reference(&found[0].1));
        let found = read("export OPENROUTER_API_KEY=\"$(pass or)\"\n");
        assert!(is_reference(&found[0].1));
    }

    #[test]
    fn profiles_are_looked_for_where_the_shells_look() {
        let environment = Environment::new([("HOME", "/home/ada"), ("ZDOTDIR", "/home/ada/zsh")]);
        let paths = paths(&environment);
        for path in [
            "/home/ada/.bashrc",
            "/home/ada/.zshenv",
            "/home/ada/zsh/.zshrc",
            "/home/ada/.config/fish/config.fish",
        ] {
            assert!(paths.contains(&PathBuf::from(path)), "{path}");
        }
        assert_eq!(super::paths(&Environment::default()), Vec::<PathBuf>::new());
    }
}
