//! Which of several keys each kind of program reads.

use std::path::{Path, PathBuf};

use crate::domain::sighting::Place;
use crate::dotenv;
use crate::jobs::access::KEY;
use crate::project::{Program, Project};

use super::places::Places;
use super::standing::{NAMES, Standing};

/// What a kind of program reads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Winner {
    /// The program's stable name.
    pub program: &'static str,
    /// Its name for people.
    pub title: &'static str,
    /// The project shows signs of it.
    pub is_used: bool,
    /// The variable.
    pub name: &'static str,
    /// What it reads; `None` where it finds the variable nowhere.
    pub standing: Option<Standing>,
}

/// This program among the others.
pub(super) const ONRAMP: &str = "onramp";

/// The programs of a project, this one last; of one file, where only that is examined.
pub(super) fn programs(project: &Project, only: Option<&[PathBuf]>) -> Vec<Program> {
    let onramp = |files: Vec<PathBuf>| Program {
        id: ONRAMP,
        name: ONRAMP,
        files,
        first_wins: true,
        is_used: true,
    };
    if let Some(files) = only {
        return vec![onramp(files.to_vec())];
    }
    let mut all = project.programs();
    all.push(onramp(project.env_files()));
    all
}

/// What each program reads: the key in any case, the other variables where they stand.
pub(super) fn all(places: &Places, programs: &[Program]) -> Vec<Winner> {
    let mut winners = Vec::new();
    for program in programs {
        for &name in NAMES {
            let standing = read_by(program, places, name).cloned();
            if name == KEY || standing.is_some() {
                winners.push(Winner {
                    program: program.id,
                    title: program.name,
                    is_used: program.is_used,
                    name,
                    standing,
                });
            }
        }
    }
    winners
}

/// What a program reads under a name: the environment, then its files, the strongest first.
pub(super) fn read_by<'a>(
    program: &Program,
    places: &'a Places,
    name: &str,
) -> Option<&'a Standing> {
    let from_environment = places
        .standing
        .iter()
        .find(|it| it.name == name && matches!(it.place, Place::Environment(_)));
    let from_files = || {
        let mut files = program.files.iter();
        files.find_map(|file| in_file(program, places, name, file))
    };
    // Only this program keeps a store.
    let from_store = || {
        let mut all = places.standing.iter();
        all.find(|it| it.name == name && matches!(it.place, Place::Store(_)))
            .filter(|_| program.id == ONRAMP)
    };
    from_environment.or_else(from_files).or_else(from_store)
}

/// What a program reads in one file.
pub(super) fn in_file<'a>(
    program: &Program,
    places: &'a Places,
    name: &str,
    file: &Path,
) -> Option<&'a Standing> {
    let mut all = places.in_file(file).filter(|it| it.name == name);
    if program.id == ONRAMP {
        // This program passes over an empty value.
        return all.find(|it| !it.secret.expose().trim().is_empty());
    }
    if program.first_wins {
        all.next()
    } else {
        all.last()
    }
}

impl Winner {
    /// The value, as it may be shown; empty where there is none.
    pub fn shown(&self) -> String {
        self.standing
            .as_ref()
            .map_or_else(String::new, Standing::shown)
    }
}

impl Standing {
    /// The value, as it may be shown.
    pub fn shown(&self) -> String {
        dotenv::shown_value(self.name, self.secret.expose()).into_string()
    }
}
