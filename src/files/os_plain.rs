//! Files where there are no modes, owners or pipes in folders: Windows. A new file inherits the
//! access list of its folder, so inside a profile it is private enough.

use std::fs::{File, Metadata, OpenOptions};
use std::io::{self, Seek, SeekFrom, Write};
use std::path::Path;
use std::time::{Duration, SystemTime};

/// How often, and how long apart, a rename is tried while another program holds the file: editors,
/// virus scanners and file synchronisers do for a moment.
const TRIES: u32 = 20;
const PAUSE: Duration = Duration::from_millis(50);

/// What a file is, apart from its bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Meta {
    size: u64,
    modified: Option<SystemTime>,
    is_read_only: bool,
}

impl Meta {
    pub(super) fn of(metadata: &Metadata) -> Self {
        Self {
            size: metadata.len(),
            modified: metadata.modified().ok(),
            is_read_only: metadata.permissions().readonly(),
        }
    }

    pub(super) fn mode(&self) -> Option<u32> {
        None
    }

    pub(super) fn has_other_names(&self) -> bool {
        false
    }

    pub(super) fn is_read_only(&self) -> bool {
        self.is_read_only
    }
}

pub(super) fn kind_of(metadata: &Metadata) -> &'static str {
    if metadata.is_dir() {
        "a directory"
    } else {
        "a device"
    }
}

pub(super) fn open(path: &Path) -> io::Result<File> {
    OpenOptions::new().read(true).open(path)
}

pub(super) fn open_to_overwrite(path: &Path) -> io::Result<File> {
    OpenOptions::new().read(true).write(true).open(path)
}

/// Folders cannot be opened here, so they are neither locked nor synced.
pub(super) fn open_folder(_path: &Path) -> io::Result<File> {
    Err(io::ErrorKind::Unsupported.into())
}

pub(super) fn create_private(path: &Path) -> io::Result<File> {
    OpenOptions::new()
        .read(true)
        .write(true)
        .create_new(true)
        .open(path)
}

pub(super) fn create_private_folders(path: &Path) -> io::Result<()> {
    std::fs::DirBuilder::new().recursive(true).create(path)
}

pub(super) fn may_write(_path: &Path) -> bool {
    true
}

pub(super) fn adopt(_new: &File, _old: &File) -> io::Result<()> {
    Ok(())
}

#[expect(clippy::disallowed_methods, reason = "the one door to files")]
pub(super) fn rename(from: &Path, to: &Path) -> io::Result<()> {
    for _ in 1..TRIES {
        match std::fs::rename(from, to) {
            Err(error) if error.kind() == io::ErrorKind::PermissionDenied => {
                std::thread::sleep(PAUSE);
            }
            answer => return answer,
        }
    }
    std::fs::rename(from, to)
}

#[expect(clippy::disallowed_methods, reason = "the one door to files")]
pub(super) fn rename_to_free(from: &Path, to: &Path) -> io::Result<()> {
    match std::fs::hard_link(from, to) {
        Ok(()) => std::fs::remove_file(from),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Err(error),
        Err(_) => {
            drop(create_private(to)?);
            rename(from, to)
        }
    }
}

pub(super) fn is_mounted(_error: &io::Error) -> bool {
    false
}

pub(super) fn is_link_loop(_error: &io::Error) -> bool {
    false
}

pub(super) fn write_from_start(mut file: &File, bytes: &[u8]) -> io::Result<()> {
    file.seek(SeekFrom::Start(0))?;
    file.write_all(bytes)
}

/// A new file has its folder's rights already.
pub(super) fn share_as(_file: &File, _folder: &Path) -> io::Result<()> {
    Ok(())
}

/// Whatever its name allows can be run here.
pub(super) fn make_runnable(_file: &File) -> io::Result<()> {
    Ok(())
}

pub(super) fn make_private(_file: &File) -> io::Result<()> {
    Ok(())
}

#[expect(clippy::unnecessary_wraps, reason = "other systems have modes")]
pub(super) fn keep_private(_path: &Path, _metadata: &Metadata) -> io::Result<()> {
    Ok(())
}

/// Nothing here names a file but its name. One that is open is not moved either.
pub(super) fn identity(_metadata: &Metadata) -> Option<(u64, u64)> {
    None
}
