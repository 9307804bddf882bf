//! What Unix knows about files beyond the standard library.

use std::fs::{File, Metadata, OpenOptions, Permissions};
use std::io;
use std::os::unix::fs::{
    DirBuilderExt, FileExt, FileTypeExt, MetadataExt, OpenOptionsExt, PermissionsExt, fchown,
};
use std::path::Path;

use rustix::fs::{Access, AtFlags, CWD, OFlags};
use rustix::io::Errno;

/// What a file is, apart from its bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Meta {
    device: u64,
    inode: u64,
    owner: u32,
    group: u32,
    /// Its permissions, without the kind of file.
    mode: u32,
    links: u64,
}

impl Meta {
    pub(super) fn of(metadata: &Metadata) -> Self {
        Self {
            device: metadata.dev(),
            inode: metadata.ino(),
            owner: metadata.uid(),
            group: metadata.gid(),
            mode: metadata.mode() & 0o7777,
            links: metadata.nlink(),
        }
    }

    #[expect(clippy::unnecessary_wraps, reason = "other systems have no modes")]
    pub(super) fn mode(&self) -> Option<u32> {
        Some(self.mode)
    }

    pub(super) fn has_other_names(&self) -> bool {
        self.links > 1
    }

    /// Nobody may write it, not even its owner.
    pub(super) fn is_read_only(&self) -> bool {
        self.mode & 0o222 == 0
    }
}

/// What a path leads to when it is no regular file.
pub(super) fn kind_of(metadata: &Metadata) -> &'static str {
    let kind = metadata.file_type();
    if kind.is_dir() {
        "a directory"
    } else if kind.is_fifo() {
        "a pipe; a password manager may serve it"
    } else if kind.is_socket() {
        "a socket"
    } else {
        "a device"
    }
}

/// Opens a file for reading; a pipe that took its place does not block.
pub(super) fn open(path: &Path) -> io::Result<File> {
    let flags = OFlags::NONBLOCK | OFlags::NOFOLLOW | OFlags::NOCTTY;
    OpenOptions::new()
        .read(true)
        .custom_flags(flags.bits().cast_signed())
        .open(path)
}

/// Opens a file to write over its bytes.
pub(super) fn open_to_overwrite(path: &Path) -> io::Result<File> {
    let flags = OFlags::NONBLOCK | OFlags::NOFOLLOW | OFlags::NOCTTY;
    let mut options = OpenOptions::new();
    options
        .read(true)
        .write(true)
        .custom_flags(flags.bits().cast_signed())
        .open(path)
}

/// Opens a folder, to lock and to sync it.
pub(super) fn open_folder(path: &Path) -> io::Result<File> {
    let flags = OFlags::DIRECTORY | OFlags::NONBLOCK;
    OpenOptions::new()
        .read(true)
        .custom_flags(flags.bits().cast_signed())
        .open(path)
}

/// Creates a file that only its owner can read, from birth on.
pub(super) fn create_private(path: &Path) -> io::Result<File> {
    let file = OpenOptions::new()
        .read(true)
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path)?;
    // A strange umask may have taken rights from the owner, too.
    file.set_permissions(Permissions::from_mode(0o600))?;
    Ok(file)
}

/// Creates a folder and the ones above it that are missing, for their owner only.
pub(super) fn create_private_folders(path: &Path) -> io::Result<()> {
    std::fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(path)
}

/// Whether this process may write the file; what cannot be found out is left to the writing.
pub(super) fn may_write(path: &Path) -> bool {
    let answer = rustix::fs::accessat(CWD, path, Access::WRITE_OK, AtFlags::EACCESS);
    !matches!(answer, Err(Errno::ACCESS | Errno::PERM | Errno::ROFS))
}

/// Gives a new file the owner, the mode and the attributes of the one it replaces.
pub(super) fn adopt(new: &File, old: &File) -> io::Result<()> {
    let (wanted, have) = (old.metadata()?, new.metadata()?);
    if (wanted.uid(), wanted.gid()) != (have.uid(), have.gid()) {
        fchown(new, Some(wanted.uid()), Some(wanted.gid()))?;
    }
    new.set_permissions(Permissions::from_mode(wanted.mode() & 0o7777))?;
    #[cfg(target_os = "linux")]
    copy_attributes(new, old);
    Ok(())
}

/// Access lists and other extended attributes, as far as this process may copy them.
#[cfg(target_os = "linux")]
fn copy_attributes(new: &File, old: &File) {
    let mut names = vec![0_u8; 64 * 1024];
    let Ok(length) = rustix::fs::flistxattr(old, names.as_mut_slice()) else {
        return;
    };
    let mut value = vec![0_u8; 64 * 1024];
    for name in names[..length]
        .split(|&byte| byte == 0)
        .filter(|name| !name.is_empty())
    {
        if let Ok(length) = rustix::fs::fgetxattr(old, name, value.as_mut_slice()) {
            let flags = rustix::fs::XattrFlags::empty();
            // What the file system or the policy does not allow stays as the new file has it.
            let _ = rustix::fs::fsetxattr(new, name, &value[..length], flags);
        }
    }
}

/// Renames over what stands there.
#[expect(clippy::disallowed_methods, reason = "the one door to files")]
pub(super) fn rename(from: &Path, to: &Path) -> io::Result<()> {
    std::fs::rename(from, to)
}

/// Renames, unless something stands there already.
#[expect(clippy::disallowed_methods, reason = "the one door to files")]
pub(super) fn rename_to_free(from: &Path, to: &Path) -> io::Result<()> {
    #[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
    {
        let flags = rustix::fs::RenameFlags::NOREPLACE;
        match rustix::fs::renameat_with(CWD, from, CWD, to, flags) {
            // Not every file system knows how.
            Err(Errno::INVAL | Errno::NOSYS | Errno::OPNOTSUPP) => {}
            answer => return Ok(answer?),
        }
    }
    match std::fs::hard_link(from, to) {
        Ok(()) => std::fs::remove_file(from),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Err(error),
        // No links here, either: an empty file of our own keeps the place.
        Err(_) => {
            create_private(to)?;
            std::fs::rename(from, to)
        }
    }
}

/// Whether a rename failed because something is mounted on the file: a container's single file.
pub(super) fn is_mounted(error: &io::Error) -> bool {
    matches!(Errno::from_io_error(error), Some(Errno::BUSY | Errno::XDEV))
}

pub(super) fn is_link_loop(error: &io::Error) -> bool {
    Errno::from_io_error(error) == Some(Errno::LOOP)
}

/// Writes all bytes from the beginning of the file on.
pub(super) fn write_from_start(file: &File, bytes: &[u8]) -> io::Result<()> {
    file.write_all_at(bytes, 0)
}

/// Lets those read a file who may see its folder.
pub(super) fn share_as(file: &File, folder: &Path) -> io::Result<()> {
    let mode = std::fs::metadata(folder)?.mode() & 0o644 | 0o600;
    file.set_permissions(Permissions::from_mode(mode))
}

/// Lets those run a file who may read it.
pub(super) fn make_runnable(file: &File) -> io::Result<()> {
    let mode = file.metadata()?.mode() & 0o7777;
    file.set_permissions(Permissions::from_mode(mode | (mode & 0o444) >> 2))
}

/// Takes reading and writing from everybody but the owner.
pub(super) fn make_private(file: &File) -> io::Result<()> {
    let mode = file.metadata()?.mode() & 0o7700;
    file.set_permissions(Permissions::from_mode(mode))
}

/// Takes every right from everybody but the owner, where others have one; by the name, without opening.
pub(super) fn keep_private(path: &Path, metadata: &Metadata) -> io::Result<()> {
    let mode = metadata.mode() & 0o7777;
    if mode & 0o077 != 0 {
        std::fs::set_permissions(path, Permissions::from_mode(mode & 0o7700))?;
    }
    Ok(())
}

/// Which file it is, whatever its name.
#[expect(clippy::unnecessary_wraps, reason = "other systems do not say")]
pub(super) fn identity(metadata: &Metadata) -> Option<(u64, u64)> {
    Some((metadata.dev(), metadata.ino()))
}
