//! Reads the files that a person names to go along with a question.
//!
//! Only what belongs to the project, and what its rules do not hide: the rest is refused with its reason, and
//! goes along where the person insists. Nothing is changed, and no link leads further than its place was told.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

mod mentioned;

use std::io::ErrorKind;

use super::clipboard;
use super::secrets::find_secrets;
use crate::domain::clean_text::CleanText;
use crate::domain::code_block;
use crate::domain::environment::Environment;
use crate::domain::media::{Media, MediaKind, is_binary_by_name};
use crate::domain::source::{CLIPBOARD, Lines, Source};
use crate::domain::symptom::FileProblem;
use crate::domain::token_estimate;
use crate::files::{self, is_binary};
use crate::flow::attach::{Attached, Content, FileNames, Gathered, NotAttached, ReadAgain, Why};
use crate::project::{self, Placed, Project, Standing};

/// The most files of one folder or glob.
pub const MOST_FILES: usize = 200;
/// The most names that a project is listed with, for completion and globs.
pub const MOST_NAMES: usize = 50_000;
/// The largest text, in bytes: half a million tokens, more than most models take.
pub const MOST_TEXT: usize = 2 * 1024 * 1024;
/// The largest picture, in bytes: what the strictest of the usual providers takes.
const MOST_IMAGE: usize = 5 * 1024 * 1024;
/// The largest document, in bytes. Sent, it is a third larger.
const MOST_DOCUMENT: usize = 12 * 1024 * 1024;

/// Reads what is named, each file once; whether a model reads pictures and documents is told afterwards
/// ([`Gathered::leave_out_unread`]). The environment tells where the clipboard is.
///
/// Blocks.
pub fn gather(project: &Project, environment: &Environment, sources: &[Source]) -> Gathered {
    let mut hand = Hand {
        project,
        environment,
        gathered: Gathered::default(),
        seen: BTreeSet::new(),
    };
    for source in sources {
        hand.take(source);
    }
    hand.gathered
}

/// The names that `@` may be followed by: everything in the folder that is not ignored.
pub fn names(project: &Project) -> Vec<String> {
    project::listing(&project.folder, MOST_NAMES).names
}

/// The same with the size of each, for a list to choose from.
///
/// Blocks: some ten milliseconds for 10,000 files.
pub fn names_and_sizes(project: &Project) -> FileNames {
    let mut names = names(project);
    // Nobody types such names; neither they nor files of settings would be sent without being asked about, and of
    // programs and archives nothing would be sent at all.
    names.retain(|name| {
        CleanText::line(name).as_str() == name
            && !project::is_env_file(Path::new(name))
            && !is_binary_by_name(name)
    });
    let size = |name: &String| {
        let facts = std::fs::metadata(project.folder.join(name)).ok()?;
        facts.is_file().then_some(facts.len())
    };
    let bytes = names.iter().map(size).collect();
    FileNames { names, bytes }
}

/// Reads the pictures and documents of earlier questions again, by the names that were kept of each; by the rules
/// of a question that is asked now. `of` is the root of the project that they belong to.
///
/// Blocks.
pub fn read_again(
    project: &Project,
    environment: &Environment,
    of: Option<&str>,
    wanted: &[(usize, Vec<String>)],
) -> ReadAgain {
    let is_here = of.is_some_and(|of| Path::new(of) == project.root);
    let mut again = ReadAgain::default();
    for (turn, names) in wanted {
        let mut media = Vec::new();
        for name in names {
            let source = Source {
                path: name.clone(),
                lines: None,
                is_forced: false,
            };
            let read = if is_here && !source.is_clipboard() {
                gather(project, environment, &[source]).attached.pop()
            } else {
                None
            };
            match read.map(|attached| attached.content) {
                Some(Content::Media(one)) => media.push(one),
                // Its name promised more; its words were kept.
                Some(Content::Text(_)) => {}
                None => again.missing.push(name.clone()),
            }
        }
        if !media.is_empty() {
            again.media.push((*turn, media));
        }
    }
    again
}

pub use mentioned::{Mentioned, mentioned};

/// Whether something stands where a mention leads; a glob counts where it names a file.
pub fn is_there(project: &Project, path: &str) -> bool {
    path == CLIPBOARD || is_file_there(project, path)
}

fn is_file_there(project: &Project, path: &str) -> bool {
    project.place(path).is_ok_and(|placed| placed.path.exists())
}

/// What gathers.
struct Hand<'a> {
    project: &'a Project,
    environment: &'a Environment,
    gathered: Gathered,
    seen: BTreeSet<(PathBuf, Option<String>)>,
}

impl Hand<'_> {
    fn take(&mut self, source: &Source) {
        if let Err(why) = self.try_take(source) {
            let name = match source.lines {
                Some(lines) => format!("{}:{lines}", source.path),
                None => source.path.clone(),
            };
            self.gathered.refused.push(NotAttached { name, why });
        }
    }

    fn try_take(&mut self, source: &Source) -> Result<(), Why> {
        if source.is_clipboard() {
            return self.take_clipboard();
        }
        let is_literal = is_file_there(self.project, &source.path);
        if source.is_glob() && !is_literal {
            return self.take_glob(source);
        }
        let placed = self.project.place(&source.path).map_err(|_| Why::OddPath)?;
        let real = self.admitted(&placed, source)?;
        if real.is_dir() {
            return self.take_folder(&placed.path);
        }
        let attached = self.read(&placed, &real, source.lines, source.is_forced)?;
        self.add(attached, real, source.lines);
        Ok(())
    }

    fn take_clipboard(&mut self) -> Result<(), Why> {
        let name = PathBuf::from(CLIPBOARD);
        let bytes = clipboard::read(self.environment, MOST_DOCUMENT).map_err(Why::Clipboard)?;
        let attached = match MediaKind::of(&bytes) {
            Some(kind) => self.media(&name, kind, &bytes)?,
            None => self.text(CLIPBOARD, &bytes, None, false)?,
        };
        self.add(attached, name, None);
        Ok(())
    }

    /// The file behind a place, where it may go along.
    fn admitted(&self, placed: &Placed, source: &Source) -> Result<PathBuf, Why> {
        let is_forced = source.is_forced;
        let refusal = match placed.standing {
            Standing::Inside => None,
            Standing::EnvFile => Some(Why::EnvFile),
            Standing::VersionControl => Some(Why::VersionControl),
            Standing::LinkedOut => Some(Why::LinkedOut),
            Standing::Outside => Some(Why::Outside),
        };
        let real = placed.real.clone().filter(|real| real.exists());
        let Some(real) = real else {
            return Err(nowhere(self.project, placed, &source.path));
        };
        let is_ignored = || project::is_ignored(&self.project.root, &placed.path);
        match refusal {
            Some(why) if !is_forced => Err(why),
            None if !is_forced && is_ignored() => Err(Why::Ignored),
            _ => Ok(real),
        }
    }

    fn take_folder(&mut self, folder: &Path) -> Result<(), Why> {
        match std::fs::read_dir(folder) {
            Err(error) if error.kind() == ErrorKind::PermissionDenied => return Err(Why::Locked),
            _ => {}
        }
        let listing = project::listing(folder, MOST_NAMES);
        let files = listing.names.iter().filter(|name| !name.ends_with('/'));
        let files: Vec<PathBuf> = files.map(|name| folder.join(name)).collect();
        self.take_each(&files)
    }

    fn take_glob(&mut self, source: &Source) -> Result<(), Why> {
        let folder = &self.project.folder;
        let names = names(self.project);
        let glob = source.path.strip_prefix("./").unwrap_or(&source.path);
        let files = project::matching(folder, glob, &names);
        if files.is_empty() {
            return Err(Why::Missing);
        }
        self.take_each(&files)
    }

    /// Files that were not named one by one: what does not go along is counted, not told.
    fn take_each(&mut self, files: &[PathBuf]) -> Result<(), Why> {
        if files.len() > MOST_FILES {
            return Err(Why::Many(MOST_FILES));
        }
        let mut is_any = false;
        for file in files {
            let placed = self.project.place_of(file.clone());
            let taken = match (&placed.standing, placed.real.clone()) {
                (Standing::Inside | Standing::Outside, Some(real)) => {
                    let attached = self.read(&placed, &real, None, false);
                    attached.map(|it| (it, real))
                }
                (Standing::EnvFile, Some(_)) => Err(Why::EnvFile),
                _ => Err(nowhere(self.project, &placed, "")),
            };
            match taken {
                Ok((attached, real)) => {
                    is_any = true;
                    let is_named = false;
                    self.add(
                        Attached {
                            is_named,
                            ..attached
                        },
                        real,
                        None,
                    );
                }
                Err(why) => {
                    let name = placed.shown;
                    self.gathered.passed_over.push(NotAttached { name, why });
                }
            }
        }
        if is_any {
            Ok(())
        } else {
            Err(Why::NothingInIt)
        }
    }

    fn add(&mut self, attached: Attached, real: PathBuf, lines: Option<Lines>) {
        let lines = lines.map(|lines| lines.to_string());
        if self.seen.insert((real, lines)) {
            self.gathered.attached.push(attached);
        }
    }

    fn read(
        &mut self,
        placed: &Placed,
        real: &Path,
        lines: Option<Lines>,
        is_forced: bool,
    ) -> Result<Attached, Why> {
        let length = std::fs::metadata(real).map_or(0, |facts| facts.len());
        if length > MOST_DOCUMENT as u64 {
            return Err(Why::Large(MOST_DOCUMENT));
        }
        let snapshot = files::read(real).map_err(|trouble| match trouble.kind {
            FileProblem::Forbidden => Why::Locked,
            _ => Why::Unreadable(trouble.detail),
        })?;
        let bytes = snapshot.bytes.ok_or(Why::Missing)?;
        match MediaKind::of(&bytes) {
            Some(_) if lines.is_some() => Err(Why::NoLines),
            Some(kind) => self.media(real, kind, &bytes),
            None => self.text(&placed.shown, &bytes, lines, is_forced),
        }
    }

    fn media(&self, real: &Path, kind: MediaKind, bytes: &[u8]) -> Result<Attached, Why> {
        let most = if kind.is_image() {
            MOST_IMAGE
        } else {
            MOST_DOCUMENT
        };
        if bytes.len() > most {
            return Err(Why::Large(most));
        }
        let name = real.file_name().unwrap_or_default().to_string_lossy();
        let media = Media {
            name: CleanText::line(&name).into_string(),
            kind,
            bytes: bytes.into(),
        };
        Ok(Attached {
            name: self.project.shown(real),
            bytes: bytes.len(),
            tokens: token_estimate::of_media(&media),
            is_named: true,
            content: Content::Media(media),
        })
    }

    fn text(
        &mut self,
        shown: &str,
        bytes: &[u8],
        lines: Option<Lines>,
        is_forced: bool,
    ) -> Result<Attached, Why> {
        if bytes.len() > MOST_TEXT {
            return Err(Why::Large(MOST_TEXT));
        }
        let whole = match decoded(bytes) {
            _ if is_binary(bytes) && !is_forced => return Err(Why::Binary),
            Some(text) => text,
            None if is_forced => String::from_utf8_lossy(bytes).into_owned(),
            None => return Err(Why::Encoding),
        };
        // Servers refuse it, whatever stands round it.
        let whole = whole.replace('\0', "\u{fffd}");
        let (text, name, above) = match lines {
            None => (whole, shown.to_owned(), 0),
            Some(lines) => {
                let count = whole.lines().count();
                if lines.first > count {
                    return Err(Why::Lines(count));
                }
                // Its name tells what is sent.
                let last = lines.last.map(|last| last.min(count));
                let lines = Lines { last, ..lines };
                let part = part(&whole, lines);
                (part, format!("{shown}:{lines}"), lines.first - 1)
            }
        };
        for mut spot in find_secrets(&text, Some(shown)) {
            spot.line += above;
            if !self.gathered.secrets.contains(&spot) {
                self.gathered.secrets.push(spot);
            }
        }
        let extension = Path::new(shown).extension().unwrap_or_default();
        let lang = extension.to_string_lossy().to_ascii_lowercase();
        let is_word = lang.bytes().all(|byte| byte.is_ascii_alphanumeric());
        let lang = if is_word { lang.as_str() } else { "" };
        let fenced = code_block::fenced(lang, &name, &text);
        Ok(Attached {
            name,
            bytes: text.len(),
            tokens: token_estimate::of_text(&fenced),
            is_named: true,
            content: Content::Text(fenced),
        })
    }
}

/// Why there is nothing where a path leads.
fn nowhere(project: &Project, placed: &Placed, written: &str) -> Why {
    let path = &placed.path;
    match std::fs::metadata(path).map_err(|error| error.kind()) {
        Err(ErrorKind::PermissionDenied) => return Why::Locked,
        _ if path.is_symlink() => return Why::BrokenLink,
        _ if placed.standing == Standing::LinkedOut => return Why::LinkedOut,
        _ => {}
    }
    let file = written.rsplit_once(':').map(|(file, _)| file);
    match file.filter(|file| !file.is_empty()) {
        Some(file) if is_file_there(project, file) => Why::OddLines,
        _ => Why::Missing,
    }
}

/// The text of UTF-8, or of UTF-16 that says so.
fn decoded(bytes: &[u8]) -> Option<String> {
    let wide = |rest: &[u8], unit: fn([u8; 2]) -> u16| {
        let units: Vec<u16> = rest.as_chunks().0.iter().map(|pair| unit(*pair)).collect();
        String::from_utf16(&units).ok()
    };
    match bytes {
        [0xff, 0xfe, rest @ ..] => wide(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => wide(rest, u16::from_be_bytes),
        [0xef, 0xbb, 0xbf, rest @ ..] => String::from_utf8(rest.to_vec()).ok(),
        _ => String::from_utf8(bytes.to_vec()).ok(),
    }
}

fn part(text: &str, lines: Lines) -> String {
    let wanted = text.split_inclusive('\n').skip(lines.first - 1);
    match lines.last {
        Some(last) => wanted.take(last - lines.first + 1).collect(),
        None => wanted.collect(),
    }
}

#[cfg(test)]
mod tests;
