//! The names in a folder.

use std::path::Path;

/// At most so many names of what stands in a folder, sorted; names that are no text are left out. A folder that
/// is not there, or cannot be read, has none.
pub fn names(folder: &Path, most: usize) -> Vec<String> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut names: Vec<String> = entries
        .filter_map(|entry| entry.file_name().into_string().ok())
        .collect();
    names.sort_unstable();
    names.truncate(most);
    names
}
