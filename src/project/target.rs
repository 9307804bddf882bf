//! The files a key could go into, and what speaks for each.
//!
//! First the file that already holds the name and wins; else the one that the framework keeps out of
//! git; else `.env`. The rest follows, so that the person can choose another.

use std::path::{Path, PathBuf};

use super::env_files::{self, ReadingOrder, mode};
use super::kind::Kind;
use crate::domain::clean_text::CleanText;
use crate::files;
use crate::text::{Phrase, Said};

/// The variable that decides which file already holds a key.
const NAME: &str = "OPENROUTER_API_KEY";

/// A file the key could go into.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// The file, absolute.
    pub path: PathBuf,
    /// It stands already.
    pub exists: bool,
    /// What speaks for it, or what to know about it.
    pub why: Said,
}

const HOLDS: Phrase = Phrase::new("already holds {}", "已有 {}");
const HOLDS_FOR: Phrase = Phrase::new("already holds {}, for {} only", "已有 {}，仅用于 {}");
const OUTDONE: Phrase = Phrase::new("holds {} too, but {} wins", "也有 {}，但 {} 优先");
const LOCAL: Phrase = Phrase::new(
    "{} reads it, and its template keeps it out of git",
    "{} 会读取它，其模板默认不把它提交到 git",
);
const READ_BY: Phrase = Phrase::new("{} reads it", "{} 会读取它");
const PROGRAMS_READ: Phrase = Phrase::new("what {} programs read", "{} 程序读取它");
const NEAREST: Phrase = Phrase::new("the .env that programs here read", "此处的程序读取的 .env");
const USUAL: Phrase = Phrase::new("what most programs read", "大多数程序读取它");
const BY_NAME: Phrase = Phrase::new(
    "only for programs that ask for it by name",
    "仅用于指名读取它的程序",
);
const FOR_MODE: Phrase = Phrase::new("for {} only", "仅用于 {}");
const COMMITTED: Phrase = Phrase::new(
    "{} projects commit it to git: not a place for a key",
    "{} 项目会把它提交到 git：不适合放密钥",
);
const ELSEWHERE: Phrase = Phrase::new("in another folder of the project", "在项目的另一个目录中");

/// The targets in these folders, from the current one up to the root; the recommended one first.
pub(super) fn in_project(folders: &[&Path]) -> Vec<Target> {
    let Some(home) = Home::find(folders) else {
        return Vec::new();
    };
    let mut targets = home.targets();
    for folder in folders.iter().filter(|folder| **folder != home.folder) {
        let kinds = Kind::of_folder(folder);
        for path in env_files::in_folder(folder, &kinds) {
            targets.push(Target {
                why: if holds_name(&path) {
                    Said::new(HOLDS, &[&NAME])
                } else {
                    ELSEWHERE.into()
                },
                exists: true,
                path,
            });
        }
    }
    targets
}

/// The folder whose files programs started here read.
struct Home<'a> {
    folder: &'a Path,
    order: ReadingOrder,
    /// The framework whose order it is.
    framework: Option<Kind>,
    /// What the folder is made with, where nothing there has an order of its own.
    kind: Option<Kind>,
}

impl<'a> Home<'a> {
    fn find(folders: &[&'a Path]) -> Option<Self> {
        let described = folders
            .iter()
            .map(|folder| (*folder, Kind::of_folder(folder)))
            .find(|(_, kinds)| !kinds.is_empty());
        let (folder, kinds) = match described {
            Some(described) => described,
            None => (*folders.first()?, Vec::new()),
        };
        let (order, framework) = ReadingOrder::of(&kinds);
        // dotenvy and python-dotenv go upwards to the nearest `.env`; the others stay in one folder.
        let goes_upwards = framework.is_none()
            && kinds
                .iter()
                .all(|kind| matches!(kind, Kind::Rust | Kind::Python | Kind::Compose));
        let nearest = folders
            .iter()
            .find(|folder| env_files::is_there(&folder.join(".env")))
            .filter(|_| goes_upwards);
        Some(Self {
            folder: nearest.copied().unwrap_or(folder),
            order,
            framework,
            kind: kinds.first().copied(),
        })
    }

    fn targets(&self) -> Vec<Target> {
        let holder = self.winning_holder();
        let recommended = holder.unwrap_or_else(|| self.usual_name());
        let mut names = vec![recommended.to_owned()];
        names.extend(self.offered().iter().map(ToString::to_string));
        let existing = env_files::in_folder(self.folder, self.framework.as_slice());
        names.extend(existing.iter().filter_map(|path| file_name(path)));
        let mut targets: Vec<Target> = Vec::new();
        for name in names {
            let path = self.folder.join(&name);
            if targets.iter().all(|target| target.path != path) {
                targets.push(Target {
                    exists: env_files::is_there(&path),
                    why: self.why(&name, holder),
                    path,
                });
            }
        }
        targets
    }

    /// The file with the name that wins when a program is started by hand.
    fn winning_holder(&self) -> Option<&'static str> {
        let mut names = self.order.read_by_hand().iter().copied();
        names.find(|name| holds_name(&self.folder.join(name)))
    }

    /// Where a key goes that stands nowhere yet.
    fn usual_name(&self) -> &'static str {
        let local_is_there = env_files::is_there(&self.folder.join(".env.local"));
        if self.order != ReadingOrder::Plain && (self.template_ignores_local() || local_is_there) {
            ".env.local"
        } else {
            ".env"
        }
    }

    /// Astro's template ignores `.env` and `.env.production`, the others `.env.local` or every `.env`.
    fn template_ignores_local(&self) -> bool {
        self.order != ReadingOrder::Plain && self.framework != Some(Kind::Astro)
    }

    /// What can be chosen besides, whether it exists or not.
    fn offered(&self) -> &'static [&'static str] {
        if self.order == ReadingOrder::Symfony {
            return &[".env.local", ".env.dev.local", ".env.prod.local"];
        }
        &[
            ".env",
            ".env.local",
            ".env.development",
            ".env.staging",
            ".env.production",
        ]
    }

    fn why(&self, name: &str, holder: Option<&str>) -> Said {
        let mode = mode(name).map(CleanText::line);
        if holds_name(&self.folder.join(name)) {
            return match (holder, mode) {
                (Some(holder), _) if holder == name => Said::new(HOLDS, &[&NAME]),
                (Some(holder), None) => Said::new(OUTDONE, &[&NAME, &holder]),
                (_, Some(mode)) => Said::new(HOLDS_FOR, &[&NAME, &mode]),
                (None, None) => Said::new(HOLDS, &[&NAME]),
            };
        }
        if let Some(mode) = mode {
            let is_committed =
                self.order == ReadingOrder::Symfony && name.strip_suffix(".local").is_none();
            return if is_committed {
                Said::new(COMMITTED, &[&Kind::Symfony.name()])
            } else {
                Said::new(FOR_MODE, &[&mode])
            };
        }
        match (name, self.framework) {
            (".env", Some(Kind::Symfony)) => Said::new(COMMITTED, &[&Kind::Symfony.name()]),
            (".env.local", Some(kind)) if self.template_ignores_local() => {
                Said::new(LOCAL, &[&kind.name()])
            }
            (".env.local", _) if self.order == ReadingOrder::Plain => BY_NAME.into(),
            (_, Some(kind)) => Said::new(READ_BY, &[&kind.name()]),
            (".env", None) if self.kind.is_some() => {
                let kind = self.kind.map_or("", Kind::name);
                Said::new(PROGRAMS_READ, &[&kind])
            }
            _ if env_files::is_there(&self.folder.join(name)) => NEAREST.into(),
            _ => USUAL.into(),
        }
    }
}

fn file_name(path: &Path) -> Option<String> {
    Some(path.file_name()?.to_str()?.to_owned())
}

/// Whether a line of the file gives the name a value, even an empty one. Only for choosing between
/// files; what is written is decided by a real reading.
fn holds_name(path: &Path) -> bool {
    let Ok(snapshot) = files::read(path) else {
        return false;
    };
    let bytes = snapshot.bytes.unwrap_or_default();
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes);
    text.split(|&byte| byte == b'\n').any(|line| {
        let line = line.trim_ascii_start();
        let line = match line.strip_prefix(b"export") {
            Some(rest) if rest.starts_with(b" ") || rest.starts_with(b"\t") => rest,
            _ => line,
        };
        line.trim_ascii_start()
            .strip_prefix(NAME.as_bytes())
            .is_some_and(|rest| rest.trim_ascii_start().starts_with(b"="))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Lang;

    fn write(folder: &Path, name: &str, text: &str) {
        files::save_private(&folder.join(name), text.as_bytes()).unwrap();
    }

    /// The targets of one folder with these files: name, existence, reason.
    fn targets(contents: &[(&str, &str)]) -> Vec<(String, bool, String)> {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in contents {
            write(folder.path(), name, text);
        }
        in_project(&[folder.path()])
            .into_iter()
            .map(|target| {
                let name = file_name(&target.path).unwrap();
                (name, target.exists, target.why.say(Lang::En))
            })
            .collect()
    }

    fn first(contents: &[(&str, &str)]) -> (String, bool, String) {
        targets(contents).remove(0)
    }

    fn why(contents: &[(&str, &str)], name: &str) -> Option<String> {
        let mut all = targets(contents).into_iter();
        all.find(|target| target.0 == name).map(|target| target.2)
    }

    const NEXT: (&str, &str) = ("package.json", r#"{"dependencies":{"next":"16"}}"#);
    const VITE: (&str, &str) = ("package.json", r#"{"devDependencies":{"vite":"8"}}"#);
    const ASTRO: (&str, &str) = ("package.json", r#"{"dependencies":{"astro":"6"}}"#);
    const SYMFONY: (&str, &str) = (
        "composer.json",
        r#"{"require":{"symfony/framework-bundle":"7.*"}}"#,
    );
    const HELD: &str = "A=1\nexport OPENROUTER_API_KEY = \n";

    #[test]
    fn an_empty_folder_is_offered_env_and_one_file_per_environment() {
        let names: Vec<String> = targets(&[]).into_iter().map(|target| target.0).collect();
        assert_eq!(
            names,
            [
                ".env",
                ".env.local",
                ".env.development",
                ".env.staging",
                ".env.production"
            ]
        );
        let expected = (
            ".env".to_owned(),
            false,
            "what most programs read".to_owned(),
        );
        assert_eq!(first(&[]), expected);
    }

    #[test]
    fn a_framework_gets_the_file_it_keeps_out_of_git() {
        assert_eq!(
            first(&[NEXT, (".env", "A=1\n")]),
            (
                ".env.local".to_owned(),
                false,
                "Next.js reads it, and its template keeps it out of git".to_owned()
            )
        );
        assert_eq!(first(&[VITE]).0, ".env.local");
        assert_eq!(first(&[SYMFONY, (".env", "A=1\n")]).0, ".env.local");
        assert_eq!(first(&[ASTRO]).0, ".env");
        assert_eq!(first(&[ASTRO, (".env.local", "")]).0, ".env.local");
    }

    #[test]
    fn each_kind_of_project_is_named_with_its_file() {
        for (description, file, kind) in [
            (("package.json", "{}"), ".env", "Node.js"),
            (("pyproject.toml", ""), ".env", "Python"),
            (("requirements.txt", ""), ".env", "Python"),
            (("Cargo.toml", ""), ".env", "Rust"),
            (("go.mod", ""), ".env", "Go"),
            (("docker-compose.yml", ""), ".env", "Docker Compose"),
            (("Gemfile", ""), ".env", "Ruby"),
            (("composer.json", "{}"), ".env", "PHP"),
        ] {
            let (name, exists, reason) = first(&[description]);
            assert_eq!((name.as_str(), exists), (file, false));
            assert_eq!(reason, format!("what {kind} programs read"));
        }
        let rails = ("Gemfile", "gem 'rails'\n");
        assert_eq!(first(&[rails]).0, ".env.local");
        assert!(first(&[rails]).2.starts_with("Rails reads it"));
    }

    #[test]
    fn the_file_that_already_holds_the_key_wins_over_the_usual_one() {
        let (name, exists, reason) = first(&[NEXT, (".env", HELD), (".env.local", "A=1\n")]);
        assert_eq!((name.as_str(), exists), (".env", true));
        assert_eq!(reason, "already holds OPENROUTER_API_KEY");
    }

    #[test]
    fn of_two_holders_the_one_that_the_framework_reads_first_is_recommended() {
        let both = [(".env.development", HELD), (".env.local", HELD)];
        assert_eq!(first(&[NEXT, both[0], both[1]]).0, ".env.local");
        assert_eq!(first(&[VITE, both[0], both[1]]).0, ".env.development");
        assert_eq!(
            why(&[NEXT, (".env", HELD), both[1]], ".env").unwrap(),
            "holds OPENROUTER_API_KEY too, but .env.local wins"
        );
    }

    #[test]
    fn a_key_for_production_does_not_decide_where_one_for_every_day_goes() {
        let files = [NEXT, (".env.production", HELD)];
        assert_eq!(first(&files).0, ".env.local");
        assert_eq!(
            why(&files, ".env.production").unwrap(),
            "already holds OPENROUTER_API_KEY, for production only"
        );
    }

    #[test]
    fn symfony_is_told_which_files_are_committed() {
        let committed = "Symfony projects commit it to git: not a place for a key";
        let files = [SYMFONY, (".env", ""), (".env.prod", "")];
        assert_eq!(why(&files, ".env").unwrap(), committed);
        assert_eq!(why(&files, ".env.prod").unwrap(), committed);
        assert_eq!(why(&files, ".env.prod.local").unwrap(), "for prod only");
        assert_eq!(why(&files, ".env.production"), None);
    }

    #[test]
    fn a_plain_program_finds_the_nearest_env_upwards_a_node_program_does_not() {
        let root = tempfile::tempdir().unwrap();
        let package = root.path().join("package");
        write(root.path(), ".env", "");
        let recommended = || in_project(&[&package, root.path()])[0].path.clone();
        write(&package, "Cargo.toml", "");
        assert_eq!(recommended(), root.path().join(".env"));
        write(&package, "package.json", "{}");
        assert_eq!(recommended(), package.join(".env"));
    }

    #[test]
    fn from_a_folder_of_sources_the_described_folder_above_is_meant() {
        let root = tempfile::tempdir().unwrap();
        let sources = root.path().join("src");
        write(&sources, ".env", HELD);
        write(root.path(), NEXT.0, NEXT.1);
        let targets = in_project(&[&sources, root.path()]);
        assert_eq!(targets[0].path, root.path().join(".env.local"));
        assert_eq!(targets.last().unwrap().path, sources.join(".env"));
    }

    #[test]
    fn templates_are_never_offered() {
        assert_eq!(
            why(&[(".env.example", HELD), (".env.dist", "")], ".env.example"),
            None
        );
        assert_eq!(first(&[(".env.example", HELD)]).0, ".env");
    }

    #[test]
    fn a_mention_of_the_name_is_not_a_line_of_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(".env");
        for (text, holds) in [
            ("OPENROUTER_API_KEY=x", true),
            ("\u{feff}OPENROUTER_API_KEY=x", true),
            ("A=1\r\n  OPENROUTER_API_KEY=\r\n", true),
            ("# OPENROUTER_API_KEY=x", false),
            ("OPENROUTER_API_KEY_OLD=x", false),
            ("MY_OPENROUTER_API_KEY=x", false),
            ("exportOPENROUTER_API_KEY=x", false),
        ] {
            write(folder.path(), ".env", text);
            assert_eq!(holds_name(&path), holds, "{text}");
        }
    }
}
