//! The usual kinds of programs, and which `.env` files each would read here.
//!
//! What each tool does was measured. A program is started by hand: its mode is `development`.

use std::path::{Path, PathBuf};

use super::env_files::{self, ReadingOrder};
use super::kind::Kind;

/// A kind of program with the files it reads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Program {
    /// Its stable name.
    pub id: &'static str,
    /// Its name for people.
    pub name: &'static str,
    /// The existing files it reads, the strongest first.
    pub files: Vec<PathBuf>,
    /// Of a name that stands twice in one file the first occurrence counts; else the last.
    pub first_wins: bool,
    /// The project shows signs of it.
    pub is_used: bool,
}

/// Where a program looks.
#[derive(Clone, Copy)]
enum Where {
    /// In the folder that its description stands in.
    Home(ReadingOrder),
    /// The nearest `.env` upwards.
    Upwards,
    /// `.env` in the folder it is started in.
    Here,
    /// `.env` beside the Compose file.
    BesideCompose,
}

/// A row of the table of programs.
struct Row {
    id: &'static str,
    name: &'static str,
    signs: &'static [Kind],
    looks: Where,
    first_wins: bool,
    /// Told only where the project shows signs of it.
    is_rare: bool,
}

impl Row {
    const fn new(
        id: &'static str,
        name: &'static str,
        signs: &'static [Kind],
        looks: Where,
    ) -> Self {
        Self {
            id,
            name,
            signs,
            looks,
            first_wins: false,
            is_rare: false,
        }
    }

    const fn rare(mut self) -> Self {
        self.is_rare = true;
        self
    }

    const fn first_wins(mut self) -> Self {
        self.first_wins = true;
        self
    }
}

const LOCAL_FIRST: Where = Where::Home(ReadingOrder::LocalFirst);
const MODE_FIRST: Where = Where::Home(ReadingOrder::ModeFirst);

const ROWS: &[Row] = &[
    Row::new(
        "next",
        "Next.js, Bun",
        &[Kind::Next, Kind::Bun],
        LOCAL_FIRST,
    ),
    Row::new(
        "vite",
        "Vite, SvelteKit, Astro",
        &[Kind::Vite, Kind::SvelteKit, Kind::Astro],
        MODE_FIRST,
    ),
    Row::new(
        "cra",
        "Create React App",
        &[Kind::CreateReactApp],
        LOCAL_FIRST,
    )
    .rare(),
    Row::new("rails", "Rails (dotenv-rails)", &[Kind::Rails], LOCAL_FIRST).rare(),
    Row::new(
        "symfony",
        "Symfony",
        &[Kind::Symfony],
        Where::Home(ReadingOrder::Symfony),
    )
    .rare(),
    Row::new(
        "dotenv",
        "dotenv (npm), node --env-file",
        &[Kind::Node, Kind::Nuxt],
        Where::Here,
    ),
    Row::new(
        "python-dotenv",
        "python-dotenv",
        &[Kind::Python],
        Where::Upwards,
    ),
    Row::new("dotenvy", "dotenvy (Rust)", &[Kind::Rust], Where::Upwards).first_wins(),
    Row::new(
        "compose",
        "Docker Compose (${…} in its file)",
        &[Kind::Compose],
        Where::BesideCompose,
    ),
    Row::new("godotenv", "godotenv (Go)", &[Kind::Go], Where::Here).rare(),
    Row::new("ruby-dotenv", "dotenv (Ruby)", &[Kind::Ruby], Where::Here).rare(),
    Row::new("phpdotenv", "phpdotenv, Laravel", &[Kind::Php], Where::Here).rare(),
];

/// The programs, those in use first.
pub(super) fn all(folders: &[&Path]) -> Vec<Program> {
    let described = folders
        .iter()
        .map(|folder| (*folder, Kind::of_folder(folder)))
        .find(|(_, kinds)| !kinds.is_empty());
    let here = folders.first().copied().unwrap_or(Path::new("."));
    let (home, kinds) = described.unwrap_or((here, Vec::new()));
    let of_compose = folders
        .iter()
        .find(|folder| Kind::of_folder(folder).contains(&Kind::Compose));
    let mut programs: Vec<Program> = ROWS
        .iter()
        .map(|row| Program {
            id: row.id,
            name: row.name,
            first_wins: row.first_wins,
            is_used: row.signs.iter().any(|sign| kinds.contains(sign))
                || row.signs.contains(&Kind::Compose) && of_compose.is_some(),
            files: match row.looks {
                Where::Home(order) => in_order(home, order.read_by_hand()),
                Where::Here => in_order(home, &[".env"]),
                Where::Upwards => nearest(folders),
                Where::BesideCompose => in_order(of_compose.unwrap_or(&home), &[".env"]),
            },
        })
        .zip(ROWS)
        .filter(|(program, row)| program.is_used || !row.is_rare)
        .map(|(program, _)| program)
        .collect();
    programs.sort_by_key(|program| !program.is_used);
    programs
}

fn in_order(folder: &Path, names: &[&str]) -> Vec<PathBuf> {
    let paths = names.iter().map(|name| folder.join(name));
    paths.filter(|path| env_files::is_there(path)).collect()
}

fn nearest(folders: &[&Path]) -> Vec<PathBuf> {
    let mut paths = folders.iter().map(|folder| folder.join(".env"));
    paths
        .find(|path| env_files::is_there(path))
        .into_iter()
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files;

    fn write(folder: &Path, name: &str, text: &str) {
        files::save_private(&folder.join(name), text.as_bytes()).unwrap();
    }

    fn files_of(id: &str, folders: &[&Path]) -> Vec<String> {
        let program = all(folders).into_iter().find(|it| it.id == id).unwrap();
        let names = program.files.iter().map(|path| {
            let name = path.file_name().unwrap().to_str().unwrap();
            name.to_owned()
        });
        names.collect()
    }

    #[test]
    fn what_the_project_shows_signs_of_comes_first() {
        let folder = tempfile::tempdir().unwrap();
        let first = || all(&[folder.path()])[0].id;
        write(folder.path(), "Cargo.toml", "");
        assert_eq!(first(), "dotenvy");
        write(
            folder.path(),
            "package.json",
            r#"{"dependencies":{"next":"16"}}"#,
        );
        assert_eq!(first(), "next");
        assert!(all(&[folder.path()]).iter().all(|it| it.id != "symfony"));
        assert_eq!(all(&[folder.path()]).len(), 6);
    }

    #[test]
    fn each_program_has_its_own_order() {
        let folder = tempfile::tempdir().unwrap();
        for name in [".env", ".env.local", ".env.development", ".env.production"] {
            write(folder.path(), name, "");
        }
        let of = |id| files_of(id, &[folder.path()]);
        assert_eq!(of("next"), [".env.local", ".env.development", ".env"]);
        assert_eq!(of("vite"), [".env.development", ".env.local", ".env"]);
        assert_eq!(of("dotenv"), [".env"]);
    }

    #[test]
    fn some_look_upwards_and_compose_looks_beside_its_file() {
        let root = tempfile::tempdir().unwrap();
        let inner = root.path().join("inner");
        write(root.path(), ".env", "");
        write(root.path(), "compose.yaml", "");
        write(&inner, "package.json", "{}");
        let folders = [inner.as_path(), root.path()];
        assert_eq!(files_of("python-dotenv", &folders), [".env"]);
        assert_eq!(files_of("compose", &folders), [".env"]);
        assert_eq!(files_of("dotenv", &folders), Vec::<String>::new());
        assert!(
            all(&folders)
                .iter()
                .any(|it| it.id == "compose" && it.is_used)
        );
    }
}
