//! The one who writes: opens the ledger with the first word, and says once what is wrong with it.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::mpsc::Receiver;

use super::Word;
use crate::diagnosis;
use crate::domain::clean_text::CleanText;
use crate::domain::spend::{NewRequest, RequestId};
use crate::domain::symptom::{FileTrouble, Symptom};
use crate::ledger::{Ledger, Opened};
use crate::project::Project;
use crate::text::{Phrase, Said};

const UNWRITTEN: Phrase = Phrase::new(
    "requests are not written down: {} ({})",
    "请求未能记入账本：{}（{}）",
);
const SET_ASIDE: Phrase = Phrase::new(
    "the ledger was damaged, and a new one was begun; nothing was deleted, the old one is {}",
    "账本已损坏，已新建一个；旧账本没有删除，现位于 {}",
);
/// How many open requests are told of at once: each is a question to the server.
const MOST_OPEN: usize = 20;

/// Writes down what it is told, until it is told to close or nobody is left to tell. What a person should
/// know is said on the way. This blocks: it wants a thread of its own.
pub fn write_down(
    words: &Receiver<Word>,
    state: &Path,
    folder: &Path,
    tell: impl FnMut(Said) + Send,
) {
    let mut scribe = Scribe {
        state,
        folder,
        tell,
        ledger: None,
        is_new: false,
        project: None,
        under_way: HashMap::new(),
        has_complained: false,
    };
    for word in words {
        match word {
            Word::Close => return,
            word => scribe.hear(word),
        }
    }
}

struct Scribe<'a, F> {
    state: &'a Path,
    folder: &'a Path,
    tell: F,
    ledger: Option<Ledger>,
    /// It was opened just now.
    is_new: bool,
    project: Option<PathBuf>,
    /// Where the requests that are under way stand in the ledger.
    under_way: HashMap<u64, RequestId>,
    has_complained: bool,
}

impl<F: FnMut(Said)> Scribe<'_, F> {
    fn hear(&mut self, word: Word) {
        match word {
            Word::Begun(number, request, confirm) => {
                if let Some(id) = self.begin(*request) {
                    self.under_way.insert(number, id);
                }
                // Whoever waited may have stopped waiting.
                let _ = confirm.send(());
            }
            Word::Started(number, head) => {
                if let Some(id) = self.under_way.get(&number).copied() {
                    self.write(|ledger| ledger.note_started(id, &head));
                }
            }
            Word::Ended(number, ending) => {
                if let Some(id) = self.under_way.remove(&number) {
                    self.write(|ledger| ledger.finish(id, &ending));
                }
            }
            Word::Unfinished(server, before, answer) => {
                self.open();
                let found = self.write(|ledger| ledger.unfinished(&server, before, MOST_OPEN));
                let _ = answer.send(found.unwrap_or_default());
            }
            Word::OpenBy(server, generation, answer) => {
                self.open();
                let found = self.write(|ledger| ledger.open_by_generation(&server, &generation));
                let _ = answer.send(found.unwrap_or_default());
            }
            Word::LookedUp(id, at) => {
                self.write(|ledger| ledger.note_looked_up(id, at));
            }
            Word::UnnamedGivenUp(server, before) => {
                self.open();
                self.write(|ledger| ledger.give_up_unnamed(&server, before));
            }
            Word::Written(confirm) => {
                let _ = confirm.send(());
            }
            Word::Learned(id, ending) => {
                self.write(|ledger| ledger.complete(id, &ending));
            }
            Word::GivenUp(id) => {
                self.write(|ledger| ledger.give_up(id));
            }
            Word::Close => {}
        }
    }

    fn begin(&mut self, mut request: NewRequest) -> Option<RequestId> {
        let folder = self.folder;
        let root = self.project.get_or_insert_with(|| Project::at(folder).root);
        request.project = Some(root.display().to_string());
        self.open();
        self.is_new = false;
        let begun = self.write(|ledger| ledger.begin(&request));
        if begun.is_none() && self.is_new {
            return self.write(|ledger| ledger.begin(&request));
        }
        begun
    }

    /// Writes into the ledger that is open. One that turns out to be damaged makes way for a new one, in
    /// which nothing of what is under way stands.
    fn write<T>(&mut self, work: impl FnOnce(&Ledger) -> Result<T, FileTrouble>) -> Option<T> {
        let ledger = self.ledger.take()?;
        match work(&ledger) {
            Ok(done) => {
                self.ledger = Some(ledger);
                Some(done)
            }
            Err(_) if ledger.is_damaged() => {
                self.under_way.clear();
                let anew = ledger.begin_anew();
                self.take(anew);
                None
            }
            Err(trouble) => {
                // Perhaps the disk was full, or another program had it locked: the next word may do.
                self.ledger = Some(ledger);
                self.complain(&trouble);
                None
            }
        }
    }

    /// Opens the ledger, where that was not possible or not wanted before.
    fn open(&mut self) {
        if self.ledger.is_none() {
            let opened = Ledger::open(self.state);
            self.take(opened);
        }
    }

    fn take(&mut self, opened: Result<Opened, FileTrouble>) {
        match opened {
            Ok(Opened { ledger, set_aside }) => {
                self.ledger = Some(ledger);
                self.is_new = true;
                if let Some(aside) = set_aside {
                    let shown = CleanText::line(&aside.display().to_string());
                    (self.tell)(Said::new(SET_ASIDE, &[&shown]));
                }
            }
            Err(trouble) => self.complain(&trouble),
        }
    }

    fn complain(&mut self, trouble: &FileTrouble) {
        if std::mem::replace(&mut self.has_complained, true) {
            return;
        }
        let title = diagnosis::explain(&Symptom::File(trouble.clone())).title;
        let place = CleanText::line(&trouble.path.display().to_string());
        let detail = Some(&trouble.detail).filter(|detail| !detail.is_empty());
        let seen = match detail {
            Some(detail) => format!("{place}: {detail}"),
            None => place.into_string(),
        };
        let seen = Said::verbatim(seen);
        (self.tell)(Said::joined(UNWRITTEN, &[title, seen]));
    }
}
