//! Which of several keys each kind of program reads.

use std::path::{Path, PathBuf};

use crate::diagnosis;
use crate::domain::key_table::{KeyTable, Unread, Winner};
use crate::domain::sighting::Place;
use crate::domain::symptom::{FileTrouble, Symptom};
use crate::jobs::access::KEY;
use crate::project::{Program, Project};

use super::places::Places;
use super::standing::{NAMES, Standing};

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

/// The places, and what each program reads of them.
pub(super) fn table(places: &Places, programs: &[Program]) -> KeyTable {
    KeyTable {
        standing: places.standing.iter().map(Standing::masked).collect(),
        unread: places.troubles.iter().map(unread).collect(),
        winners: all(places, programs),
    }
}

fn unread(trouble: &FileTrouble) -> Unread {
    Unread {
        path: trouble.path.clone(),
        why: diagnosis::explain(&Symptom::File(trouble.clone())).title,
    }
}

/// What each program reads: the key in any case, the other variables where they stand.
fn all(places: &Places, programs: &[Program]) -> Vec<Winner> {
    let mut winners = Vec::new();
    for program in programs {
        for &name in NAMES {
            let standing = read_by(program, places, name).map(Standing::masked);
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
