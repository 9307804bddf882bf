//! The places where a key is written: exchanged for another key, and nothing else touched.

use crate::domain::diagnosis::Diagnosis;
use crate::domain::secret::Secret;
use crate::domain::symptom::{FileProblem, FileTrouble};
use crate::dotenv::{self, Binding};
use crate::files::Snapshot;
use crate::jobs::env_change::{explain, unsafe_edit};
use crate::text::{Phrase, Said};

/// A file in which one key took another's place.
#[derive(Debug)]
pub(super) struct Exchanged {
    /// The whole file then.
    pub(super) bytes: Vec<u8>,
    /// The variables that held it, each with its line, from 1.
    pub(super) names: Vec<(String, usize)>,
    /// Lines that still hold it where no program reads it as a value of its own, from 1.
    pub(super) remains: Vec<usize>,
}

/// Whether a program would read this key in a file.
pub(super) fn holds(bytes: &[u8], hash: &str) -> Option<Secret> {
    let mut read = dotenv::bindings(bytes).into_iter();
    read.find(|binding| is_key(binding, hash))
        .map(|binding| Secret::new(binding.value.expose().trim()))
}

/// Exchanges one key for another in every variable that holds it.
///
/// # Errors
/// It cannot be done without risk to another value.
pub(super) fn exchange(
    file: &Snapshot,
    old: &Secret,
    new: &Secret,
) -> Result<Exchanged, Box<Diagnosis>> {
    let hash = old.hash();
    let mut bytes = file.text().to_vec();
    let mut names: Vec<(String, usize)> = Vec::new();
    // One at a time: a variable that refers to another one has followed it by then.
    while let Some(next) = next_holder(&bytes, &hash, &names) {
        let all = dotenv::occurrences(&bytes, &[next.name.as_str()]);
        if let Some(other) = all.iter().find(|one| !is_key(one, &hash)) {
            return Err(two_values(file, &next, other.line));
        }
        let change = [(next.name.as_str(), new.expose())];
        let edited = dotenv::set(&bytes, &change, false)
            .map_err(|refusal| unsafe_edit(&file.named, &refusal))?;
        bytes = edited.bytes;
        names.push((next.name, next.line));
    }
    let remains = lines_with(&bytes, old);
    Ok(Exchanged {
        bytes,
        names,
        remains,
    })
}

fn next_holder(bytes: &[u8], hash: &str, done: &[(String, usize)]) -> Option<Binding> {
    let mut read = dotenv::bindings(bytes).into_iter();
    read.find(|binding| is_key(binding, hash) && done.iter().all(|(name, _)| *name != binding.name))
}

fn is_key(binding: &Binding, hash: &str) -> bool {
    Secret::new(binding.value.expose().trim()).hash() == hash
}

fn lines_with(bytes: &[u8], key: &Secret) -> Vec<usize> {
    let text = String::from_utf8_lossy(bytes);
    let lines = text.lines().enumerate();
    lines
        .filter(|(_, line)| line.contains(key.expose()))
        .map(|(at, _)| at + 1)
        .collect()
}

fn two_values(file: &Snapshot, one: &Binding, other: usize) -> Box<Diagnosis> {
    const TWICE: Phrase = Phrase::new(
        "{} stands on line {} with this key and on line {} with another value; programs differ on which one counts. Settle it first.",
        "{} 在第 {} 行是此密钥，在第 {} 行是另一个值；不同程序采用的行不同。请先处理。",
    );
    let mut diagnosis = explain(&FileTrouble::new(&file.named, FileProblem::Unsafe, ""));
    let name = crate::domain::clean_text::CleanText::line(&one.name);
    diagnosis.cause = Said::new(TWICE, &[&name, &one.line, &other]);
    diagnosis
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files;

    fn key(word: &str) -> Secret {
        Secret::new(format!("sk-or-v1-{}", word.repeat(8)))
    }

    fn exchanged(text: &str) -> Result<(String, Exchanged), Box<Diagnosis>> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(".env");
        let old = key("deadbeef");
        files::save_private(&path, text.replace("OLD", old.expose()).as_bytes()).unwrap();
        let file = files::read(&path).unwrap();
        let done = exchange(&file, &old, &key("cafebabe"))?;
        let after = String::from_utf8(done.bytes.clone()).unwrap();
        let after = after.replace(old.expose(), "OLD");
        Ok((after.replace(key("cafebabe").expose(), "NEW"), done))
    }

    #[test]
    fn every_variable_that_holds_the_key_gets_the_successor_and_nothing_else_moves() {
        let text = "# mine\nOPENROUTER_API_KEY=\"OLD\" # a\nA=1\nexport LLM_KEY='OLD'\nB=OLD\n";
        let (after, done) = exchanged(text).unwrap();
        assert_eq!(after, text.replace("OLD", "NEW"));
        let names: Vec<_> = done
            .names
            .iter()
            .map(|(name, line)| (name.as_str(), *line))
            .collect();
        assert_eq!(names, [("OPENROUTER_API_KEY", 2), ("LLM_KEY", 4), ("B", 5)]);
    }

    #[test]
    fn a_variable_that_refers_to_another_one_follows_by_itself() {
        let (after, done) = exchanged("A=OLD\nB=$A\nC=\"${A}\"\n").unwrap();
        assert_eq!(after, "A=NEW\nB=$A\nC=\"${A}\"\n");
        assert_eq!(done.names.len(), 1);
    }

    #[test]
    fn a_comment_and_a_longer_value_are_left_and_told() {
        let (after, done) = exchanged("A=OLD\n#A=OLD\nURL=https://x/?k=OLD\n").unwrap();
        assert_eq!(after, "A=NEW\n#A=OLD\nURL=https://x/?k=OLD\n");
        assert_eq!(done.remains, [2, 3]);
    }

    #[test]
    fn a_name_with_two_values_is_refused() {
        assert!(exchanged("A=OLD\nA=other\n").is_err());
        assert_eq!(exchanged("A=OLD\nA=OLD\n").unwrap().0, "A=NEW\nA=NEW\n");
    }
}
