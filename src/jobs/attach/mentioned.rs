//! The files that a question names by `@`, told from words that only look like it: `@app.route("/")`, `@types/node`.

use std::io::ErrorKind;

use super::is_there;
use crate::controls::mention;
use crate::domain::source::Source;
use crate::project::{self, Project};

/// What a question names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mentioned {
    /// What is to go along. Something stands there, or the person insists.
    pub sources: Vec<Source>,
    /// Words that look like a path and lead to nothing: worth a word, and no reason to send nothing.
    pub absent: Vec<String>,
}

/// What a text names by `@`.
///
/// Blocks.
pub fn mentioned(project: &Project, text: &str) -> Mentioned {
    let mut mentioned = Mentioned::default();
    // Nothing is looked for where nothing is named.
    if !text.contains('@') {
        return mentioned;
    }
    for mention in mention::mentions(text, |path| is_there(project, path)) {
        let source = mention.source;
        if source.is_forced || stands(project, &source) {
            mentioned.sources.push(source);
        } else if looks_like_path(project, &source) {
            mentioned.absent.push(source.path);
        }
    }
    mentioned
}

/// Whether something stands there, if only something that cannot be read, or of which these lines are none.
fn stands(project: &Project, source: &Source) -> bool {
    let is_file = |path: &str| {
        project.place(path).is_ok_and(|placed| {
            !matches!(
                std::fs::symlink_metadata(&placed.path).map_err(|error| error.kind()),
                Err(ErrorKind::NotFound | ErrorKind::NotADirectory | ErrorKind::InvalidFilename)
            )
        })
    };
    let without_lines = source.path.rsplit_once(':').map(|(path, _)| path);
    source.is_clipboard()
        || is_file(&source.path)
        || without_lines.is_some_and(|path| !path.is_empty() && is_file(path))
        || (source.is_glob() && has_match(project, &source.path))
}

fn has_match(project: &Project, glob: &str) -> bool {
    let glob = glob.strip_prefix("./").unwrap_or(glob);
    !project::matching(&project.folder, glob, &super::names(project)).is_empty()
}

/// Whether a word that leads to nothing was meant as a path: by an ending as files have it, by a folder that is there, by
/// lines, or by quotes.
fn looks_like_path(project: &Project, source: &Source) -> bool {
    /// Endings of files that are longer than four letters.
    const LONG: &str = "class gradle html ipynb jsonl scala svelte swift";
    let path = source.path.as_str();
    if path.contains(['(', ')', '{', '}', '<', '>', '=', '"']) {
        return false;
    }
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    let is_word = ending.bytes().all(|byte| byte.is_ascii_alphanumeric())
        && ending.bytes().any(|byte| byte.is_ascii_alphabetic());
    let has_ending = is_word && (ending.len() <= 4 || LONG.split(' ').any(|long| long == ending));
    has_ending
        || source.lines.is_some()
        || path.contains(' ')
        || (!folder.is_empty() && is_there(project, folder))
}
