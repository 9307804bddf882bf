//! Every path in the code points down: a module uses lower floors only, and neighbours on one floor do
//! not know each other. The floors are those of `src/lib.rs`.
#![expect(clippy::disallowed_methods, reason = "a test may look anywhere")]

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};

/// The rooms, the lowest floor first.
const FLOORS: &[&[&str]] = &[
    &["domain", "text"],
    &["files"],
    &["database"],
    &[
        "openrouter",
        "dotenv",
        "credentials",
        "ledger",
        "archive",
        "project",
        "sandbox",
        "insight",
        "diagnosis",
        "keymap",
    ],
    &["flow", "controls", "settings"],
    &["jobs", "ui"],
    &["screens"],
    &["app"],
    &["runtime"],
    &["cli"],
    &["main"],
];

/// Paths that would point down and are still not wanted: a screen is pure and asks by effects.
const NEVER: &[(&str, &[&str])] = &[
    (
        "screens",
        &[
            "openrouter",
            "dotenv",
            "credentials",
            "ledger",
            "archive",
            "project",
            "sandbox",
            "files",
            "database",
            "jobs",
            "settings",
        ],
    ),
    (
        "app",
        &[
            "openrouter",
            "dotenv",
            "credentials",
            "ledger",
            "archive",
            "project",
            "sandbox",
            "files",
            "database",
            "jobs",
            "settings",
        ],
    ),
    ("diagnosis", &["files", "database"]),
    ("insight", &["files", "database"]),
    ("openrouter", &["files", "database"]),
    ("sandbox", &["files", "database"]),
    ("keymap", &["files", "database"]),
];

/// Crates that open a door to the world and the floors that may know them.
const KEPT: &[(&str, &[&str])] = &[
    ("ratatui", &["ui", "screens", "app", "runtime"]),
    ("crossterm", &["ui", "runtime", "cli"]),
    ("tui_textarea", &["ui"]),
    ("reqwest", &["openrouter"]),
    ("axum", &["sandbox", "jobs"]),
    ("ignore", &["project"]),
    ("aho_corasick", &["project"]),
    ("rusqlite", &["database", "ledger", "archive"]),
];

#[test]
fn every_path_points_down() {
    let floor: HashMap<&str, usize> = FLOORS
        .iter()
        .enumerate()
        .flat_map(|(floor, rooms)| rooms.iter().map(move |room| (*room, floor)))
        .collect();
    let mut wrong = Vec::new();
    for (file, room) in sources() {
        let own = *floor
            .get(room.as_str())
            .unwrap_or_else(|| panic!("{room} stands on no floor"));
        for (number, line) in code(&file) {
            for other in rooms_named(&line) {
                let Some(&theirs) = floor.get(other.as_str()) else {
                    continue;
                };
                let is_forbidden = NEVER
                    .iter()
                    .any(|(who, whom)| *who == room && whom.contains(&other.as_str()));
                if other != room && (theirs > own || is_forbidden || (theirs == own && own > 0)) {
                    wrong.push(format!("{}:{number}: {room} uses {other}", file.display()));
                }
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "paths that do not point down:\n{}",
        wrong.join("\n")
    );
}

#[test]
fn crates_of_the_world_stay_in_their_rooms() {
    let mut wrong = Vec::new();
    for (file, room) in sources() {
        if file.to_string_lossy().contains("tests") {
            continue;
        }
        for (number, line) in code(&file) {
            for (name, rooms) in KEPT {
                if line.contains(&format!("{name}::")) && !rooms.contains(&room.as_str()) {
                    wrong.push(format!("{}:{number}: {room} uses {name}", file.display()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Where other programs are started; the browser is the `open` crate's.
const STARTS_PROGRAMS: &[&str] = &[
    "project/git/ask.rs",
    "jobs/usage/hook.rs",
    "runtime/editor.rs",
    "jobs/clipboard.rs",
];

#[test]
fn only_the_keepers_start_programs() {
    let mut wrong = Vec::new();
    for (file, _) in sources() {
        let path = file.to_string_lossy();
        if path.contains("tests") || STARTS_PROGRAMS.iter().any(|keeper| path.ends_with(keeper)) {
            continue;
        }
        let lines = code(&file).into_iter();
        // Tests at the foot of a file may.
        let lines = lines.take_while(|(_, line)| !line.contains("#[cfg(test)]"));
        let starts = lines.filter(|(_, line)| line.contains("Command::new("));
        wrong.extend(starts.map(|(number, _)| format!("{}:{number}", file.display())));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn no_child_uses_its_face() {
    let mut wrong = Vec::new();
    for (file, room) in sources() {
        let path = file.to_string_lossy();
        // Tests of a room may come in by its door.
        if !path.contains(&format!("{room}/")) || path.contains("tests") {
            continue;
        }
        for (number, line) in code(&file) {
            // `crate::room::Name` where `Name` is a type: it was re-exported by the face.
            let through_face = line
                .split(&format!("crate::{room}::"))
                .skip(1)
                .any(|rest| rest.starts_with(|c: char| c.is_uppercase() || c == '{'));
            if through_face && !FACES_HOLD_TYPES.contains(&room.as_str()) {
                wrong.push(format!("{}:{number}", file.display()));
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "children that use their face:\n{}",
        wrong.join("\n")
    );
}

/// Rooms whose face is where its central types are defined, not only named.
const FACES_HOLD_TYPES: &[&str] = &[
    "project",
    "credentials",
    "keymap",
    "cli",
    "runtime",
    "files",
    "text",
];

/// Every source file with the room it stands in.
fn sources() -> Vec<(PathBuf, String)> {
    let sources = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    walk(&sources, &mut found);
    found
        .into_iter()
        .filter_map(|file| {
            let inside = file.strip_prefix(&sources).ok()?;
            let first = inside.components().next()?.as_os_str().to_string_lossy();
            let room = first.trim_end_matches(".rs").to_owned();
            (room != "lib").then_some((file, room))
        })
        .collect()
}

fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
    let mut entries: Vec<PathBuf> = fs::read_dir(folder)
        .expect("the sources can be listed")
        .map(|entry| entry.expect("an entry can be read").path())
        .collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            walk(&path, found);
        } else if path.extension().is_some_and(|it| it == "rs") {
            found.push(path);
        }
    }
}

/// The lines of a file that are code, with their numbers.
fn code(file: &Path) -> Vec<(usize, String)> {
    let text = fs::read_to_string(file).expect("a source can be read");
    text.lines()
        .enumerate()
        .filter(|(_, line)| !line.trim_start().starts_with("//"))
        .map(|(at, line)| (at + 1, line.to_owned()))
        .collect()
}

/// The rooms that a line names: `crate::room::…`, also inside `use crate::{…}`.
fn rooms_named(line: &str) -> Vec<String> {
    let word = |text: &str| -> String {
        text.chars()
            .take_while(|c| c.is_ascii_lowercase() || *c == '_')
            .collect()
    };
    let mut rooms = Vec::new();
    for rest in line.split("crate::").skip(1) {
        match rest.strip_prefix('{') {
            Some(list) => rooms.extend(list.split([',', '}']).map(|part| word(part.trim()))),
            None => rooms.push(word(rest)),
        }
    }
    rooms.retain(|room| !room.is_empty());
    rooms
}
