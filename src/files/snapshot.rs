//! A file as it was read: its bytes, and what it takes to see that it has not changed since.

use std::fmt;
use std::fs::File;
use std::io::{self, ErrorKind, Read};
use std::path::{Path, PathBuf};

use super::os::{self, Meta};
use super::trouble;
use crate::domain::symptom::{FileProblem, FileTrouble};

/// Larger files are no text that a person edits.
const MOST_BYTES: u64 = 64 * 1024 * 1024;

/// How much of a file is compared at once.
const COMPARED_AT_ONCE: usize = 256 * 1024;

/// A file as it was read. Its `Debug` shows no bytes: they are somebody's secrets.
#[derive(Clone, PartialEq, Eq)]
pub struct Snapshot {
    /// The path that was asked for, absolute.
    pub named: PathBuf,
    /// The file itself, every link on the way resolved. Where `named` is no link and nothing else
    /// on the way is one, the same path.
    pub target: PathBuf,
    /// `named` itself is a link.
    pub is_link: bool,
    /// The bytes; `None` where there is no file yet.
    pub bytes: Option<Vec<u8>>,
    /// What the file is, apart from its bytes.
    pub(super) meta: Option<Meta>,
}

impl Snapshot {
    /// The permission bits of the file; `None` where there is no file, or no modes are known.
    pub fn mode(&self) -> Option<u32> {
        self.meta.and_then(|meta| meta.mode())
    }

    /// The bytes, empty where there is no file yet.
    pub fn text(&self) -> &[u8] {
        self.bytes.as_deref().unwrap_or_default()
    }

    /// The folder that holds the file.
    pub(super) fn folder(&self) -> &Path {
        self.target.parent().unwrap_or(Path::new("/"))
    }
}

impl fmt::Debug for Snapshot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Snapshot")
            .field("target", &self.target)
            .field("length", &self.bytes.as_ref().map(Vec::len))
            .field("meta", &self.meta)
            .finish_non_exhaustive()
    }
}

/// Reads a file. Links are followed; a file that does not exist is a snapshot without bytes.
///
/// Anything but a regular file is refused before it is opened, so that a pipe cannot block; so is a
/// link that leads nowhere, and a file of more than 64 MiB.
pub fn read(path: &Path) -> Result<Snapshot, FileTrouble> {
    let place = Place::of(path)?;
    let (bytes, meta) = if place.is_there {
        let (bytes, meta) = read_regular(&place.target)?;
        (Some(bytes), Some(meta))
    } else {
        (None, None)
    };
    Ok(Snapshot {
        named: place.named,
        target: place.target,
        is_link: place.is_link,
        bytes,
        meta,
    })
}

/// Whether a file still is what was read: the same file with the same bytes, mode and owner, at the
/// end of the same links.
pub(super) fn is_unchanged(before: &Snapshot) -> Result<bool, FileTrouble> {
    let now = Place::of(&before.named)?;
    let is_same_place = now.target == before.target && now.is_link == before.is_link;
    if !now.is_there {
        return Ok(is_same_place && before.bytes.is_none());
    }
    let (file, meta) = open_regular(&now.target)?;
    match &before.bytes {
        Some(bytes) if is_same_place && before.meta == Some(meta) => {
            holds(&file, bytes).map_err(|error| trouble::of(&now.target, &error))
        }
        _ => Ok(false),
    }
}

/// Where a path leads to.
struct Place {
    named: PathBuf,
    target: PathBuf,
    is_link: bool,
    is_there: bool,
}

impl Place {
    fn of(path: &Path) -> Result<Self, FileTrouble> {
        let named = std::path::absolute(path).map_err(|error| trouble::of(path, &error))?;
        let is_link = match std::fs::symlink_metadata(&named) {
            Ok(metadata) => metadata.is_symlink(),
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Self::absent(named)),
            Err(error) => return Err(trouble::of(&named, &error)),
        };
        let target = match named.canonicalize() {
            Ok(target) => target,
            Err(error) if is_link && is_broken_link(&error) => {
                return Err(FileTrouble::new(
                    &named,
                    FileProblem::BrokenLink,
                    &error.to_string(),
                ));
            }
            Err(error) => return Err(trouble::of(&named, &error)),
        };
        Ok(Self {
            named,
            target,
            is_link,
            is_there: true,
        })
    }

    /// A file that does not exist; the links of its folder are resolved where that one exists.
    fn absent(named: PathBuf) -> Self {
        let resolved = match (named.parent(), named.file_name()) {
            (Some(folder), Some(name)) => {
                folder.canonicalize().map(|folder| folder.join(name)).ok()
            }
            _ => None,
        };
        Self {
            target: resolved.unwrap_or_else(|| named.clone()),
            named,
            is_link: false,
            is_there: false,
        }
    }
}

fn is_broken_link(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory)
        || os::is_link_loop(error)
}

/// The bytes of a regular file; the path is no link.
pub(super) fn read_regular(path: &Path) -> Result<(Vec<u8>, Meta), FileTrouble> {
    let (file, meta) = open_regular(path)?;
    let bytes = read_open(&file).map_err(|error| trouble::of(path, &error))?;
    Ok((bytes, meta))
}

/// Opens a regular file; the path is no link.
pub(super) fn open_regular(path: &Path) -> Result<(File, Meta), FileTrouble> {
    let failed = |error: io::Error| trouble::of(path, &error);
    refuse_special(path, &std::fs::symlink_metadata(path).map_err(failed)?)?;
    let file = os::open(path).map_err(failed)?;
    let metadata = file.metadata().map_err(failed)?;
    // Something else may have taken the path's place meanwhile.
    refuse_special(path, &metadata)?;
    if metadata.len() > MOST_BYTES {
        return Err(FileTrouble::new(
            path,
            FileProblem::Other,
            "larger than 64 MiB",
        ));
    }
    Ok((file, Meta::of(&metadata)))
}

/// The bytes of an open file from where it stands.
fn read_open(mut file: &File) -> io::Result<Vec<u8>> {
    // Memory for all of it at once: growing would copy a big file several times.
    let length = file.metadata()?.len().min(MOST_BYTES);
    let mut bytes = Vec::with_capacity(usize::try_from(length).unwrap_or_default() + 1);
    file.by_ref().take(MOST_BYTES + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Whether an open file holds exactly these bytes from where it stands on. Its own are not kept.
fn holds(mut file: &File, bytes: &[u8]) -> io::Result<bool> {
    let mut buffer = vec![0; COMPARED_AT_ONCE];
    let mut rest = bytes;
    loop {
        let read = match file.read(&mut buffer) {
            Ok(0) => return Ok(rest.is_empty()),
            Ok(read) => read,
            Err(error) if error.kind() == ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        match rest.split_at_checked(read) {
            Some((same, left)) if *same == buffer[..read] => rest = left,
            _ => return Ok(false),
        }
    }
}

/// Refuses what is no regular file.
pub(super) fn refuse_special(path: &Path, metadata: &std::fs::Metadata) -> Result<(), FileTrouble> {
    if metadata.is_file() {
        return Ok(());
    }
    let kind = os::kind_of(metadata);
    Err(FileTrouble::new(path, FileProblem::NotARegularFile, kind))
}

/// The bytes of a file as they are on the disk, for comparing.
pub(super) fn bytes_of(path: &Path) -> Option<Vec<u8>> {
    read_regular(path).ok().map(|(bytes, _)| bytes)
}
