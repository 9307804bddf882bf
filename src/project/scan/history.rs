//! Everything git has ever kept: each blob once, whichever commits share it.
//!
//! No difference of commits is worked out to find keys: git lists its blobs and hands them over, and only
//! the few that hold one are looked up in the history.

use std::collections::{BTreeMap, HashMap};
use std::io::BufRead;
use std::path::{Path, PathBuf};

use super::MOST_BYTES;
use super::blobs::{self, root};
use super::found::{End, Found};
use super::matcher::{self, Match};
use super::watch::{Progress, Watch};
use crate::domain::leak::Standing;
use crate::files::is_binary;
use crate::project::git::ask::{self, Repository};
use crate::project::git::hooks::path as path_of;

/// How many blobs one question about the history names.
const NAMED: usize = 200;

/// Looks for keys in every commit that a branch, a tag or a stash of the repository around `folder`
/// reaches. One key under one path is told once, by the oldest commit that brought it.
///
/// Blocks, in a large repository for minutes. `None` when git could not be asked, as where there is no
/// repository.
pub fn history(folder: &Path, watch: &Watch<'_>) -> Option<Found> {
    let root = root(folder, Repository::OfFolder)?;
    let stop = || watch.is_over();
    let mut found = Found::default();
    let Some(ids) = list(&root, watch, &mut found) else {
        return stopped(found, watch);
    };
    let mut matches: HashMap<String, Vec<Match>> = HashMap::new();
    let mut done = 0;
    let of = Some(ids.len());
    let read = blobs::read(&root, Repository::OfFolder, &ids, &stop, |(id, bytes)| {
        done += 1;
        if done % Watch::STEP == 0 {
            (watch.tell)(Progress { done, of });
        }
        match bytes {
            None => found.skipped.large += 1,
            Some(bytes) if is_binary(bytes) => found.skipped.binary += 1,
            Some(bytes) => {
                let keys = matcher::find(bytes);
                if !keys.is_empty() {
                    matches.insert(id.to_owned(), keys);
                }
            }
        }
        !watch.is_over()
    });
    found.looked_at += done;
    if read.is_none() || watch.is_over() {
        return stopped(found, watch);
    }
    let with_keys: Vec<&str> = matches.keys().map(String::as_str).collect();
    let mut oldest: BTreeMap<(PathBuf, String), (&Match, Commit)> = BTreeMap::new();
    for some in with_keys.chunks(NAMED) {
        let Some(visits) = visits(&root, some, &stop) else {
            return stopped(found, watch);
        };
        for visit in visits {
            for one in matches.get(&visit.id).into_iter().flatten() {
                // The history is told from its end: what comes later is older.
                let place = (visit.path.clone(), one.key.hash());
                let known = oldest.get(&place);
                if known.is_none_or(|(_, known)| visit.commit.at <= known.at) {
                    oldest.insert(place, (one, visit.commit.clone()));
                }
            }
        }
    }
    for ((path, _), (one, commit)) in &oldest {
        let standing = Standing::Past {
            commit: commit.id.clone(),
            day: commit.day.clone(),
        };
        found.add(one, &root.join(path), standing);
    }
    found.sort();
    Some(found)
}

/// What there is when git gave no further answer: enough if the person stopped it, else nothing.
fn stopped(mut found: Found, watch: &Watch<'_>) -> Option<Found> {
    found.end = End::Stopped;
    watch.is_over().then_some(found)
}

/// The ids of all blobs of a size worth reading, in the order in which git reads them fastest.
fn list(root: &Path, watch: &Watch<'_>, found: &mut Found) -> Option<Vec<String>> {
    let mut command = ask::command("git", root, Repository::OfFolder);
    command
        .args([
            "--no-replace-objects",
            "cat-file",
            "--batch-all-objects",
            "--unordered",
        ])
        .arg("--batch-check=%(objecttype) %(objectsize) %(objectname)");
    ask::stream(&mut command, b"", &|| watch.is_over(), |from| {
        let mut ids = Vec::new();
        let mut line = String::new();
        while from.read_line(&mut line).ok()? > 0 {
            if let Some(rest) = line.trim_end().strip_prefix("blob ")
                && let Some((size, id)) = rest.split_once(' ')
            {
                match size.parse::<usize>() {
                    Ok(size) if size <= MOST_BYTES => ids.push(id.to_owned()),
                    _ => {
                        found.looked_at += 1;
                        found.skipped.large += 1;
                    }
                }
            }
            line.clear();
        }
        Some(ids)
    })?
}

#[derive(Clone, Debug)]
struct Commit {
    id: String,
    day: String,
    /// Seconds since 1970.
    at: i64,
}

/// A blob came to a path by a commit.
struct Visit {
    id: String,
    path: PathBuf,
    commit: Commit,
}

/// Where and when these blobs came into the history.
fn visits(root: &Path, ids: &[&str], stop: &(dyn Fn() -> bool + Sync)) -> Option<Vec<Visit>> {
    let mut command = ask::command("git", root, Repository::OfFolder);
    command
        .args(["-c", "log.showRoot=true", "--no-replace-objects"])
        .args(["log", "--all", "--full-history", "--no-show-signature"])
        // What a merge alone brought counts, too.
        .args(["--diff-merges=separate", "--raw", "-z", "--no-abbrev"])
        .args(["--no-renames", "--no-ext-diff", "--no-textconv"])
        .arg("--format=%x01%H %ct %cs")
        .args(ids.iter().map(|id| format!("--find-object={id}")));
    let listed = ask::stream(&mut command, b"", stop, |from| {
        let mut whole = Vec::new();
        std::io::Read::read_to_end(from, &mut whole).ok()?;
        Some(whole)
    })??;
    let mut commit = None;
    let mut visits = Vec::new();
    let mut words = listed.split(|byte| *byte == 0);
    while let Some(word) = words.next() {
        let word = word.strip_prefix(b"\n").unwrap_or(word);
        match word {
            [1, line @ ..] => commit = read_commit(line),
            [b':', line @ ..] => {
                let path = path_of(words.next()?.to_vec())?;
                let id = std::str::from_utf8(line)
                    .ok()?
                    .split(' ')
                    .nth(3)?
                    .to_owned();
                // The other side of the line is where a blob went.
                if let Some(commit) = commit.clone()
                    && ids.contains(&id.as_str())
                {
                    visits.push(Visit { id, path, commit });
                }
            }
            _ => {}
        }
    }
    Some(visits)
}

fn read_commit(line: &[u8]) -> Option<Commit> {
    let mut words = std::str::from_utf8(line).ok()?.split(' ');
    Some(Commit {
        id: words.next()?.to_owned(),
        at: words.next()?.parse().ok()?,
        day: words.next()?.to_owned(),
    })
}
