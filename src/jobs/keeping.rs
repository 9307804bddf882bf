//! Keeps conversations while they are held. What cannot be kept is said once and stops no answer.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

use jiff::Timestamp;

use crate::archive::{Archive, Beginning, Pen, Piece};
use crate::diagnosis;
use crate::domain::diagnosis::Diagnosis;
use crate::domain::kept::Shelf;
use crate::domain::symptom::{FileProblem, FileTrouble, Symptom};
use crate::flow::Ticket;
use crate::flow::keeping::TalkDeed;
use crate::openrouter::BaseUrl;
use crate::text::{Phrase, Said};

/// How long pieces of an answer are gathered before they are written: at most this much is lost when the
/// program is killed.
const GATHER: Duration = Duration::from_millis(250);

/// A deed, and where it belongs.
#[derive(Clone, Debug)]
pub struct Told {
    /// With real models, or with the sandbox inside this program.
    pub shelf: Shelf,
    /// The deed.
    pub deed: TalkDeed,
}

/// What is told while conversations are kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum News {
    /// Something is in the way.
    Trouble(Said),
    /// A conversation has its id.
    Begun {
        /// The name the chat gave it.
        talk: String,
        /// Its id in the archive.
        kept: String,
    },
    /// A conversation was deleted, or could not be.
    Deleted {
        /// Who waits.
        ticket: Ticket,
        /// What came of it.
        outcome: Result<(), Box<Diagnosis>>,
    },
}

/// Does the deeds that arrive until nobody can send any more. `tell` is told what a person should know.
pub fn keep_talks(told: &Receiver<Told>, state: &Path, mut tell: impl FnMut(News)) {
    let mut desk = Desk::default();
    loop {
        let next = match desk.due {
            None => told.recv().map_err(|_| RecvTimeoutError::Disconnected),
            Some(due) => told.recv_timeout(due.saturating_duration_since(Instant::now())),
        };
        let outcome = match next {
            Ok(told) => desk.do_deed(told, state, &mut tell),
            Err(RecvTimeoutError::Timeout) => desk.write_pieces(),
            Err(RecvTimeoutError::Disconnected) => {
                let _ = desk.write_pieces();
                return;
            }
        };
        if let Err(trouble) = outcome
            && !std::mem::replace(&mut desk.is_in_trouble, true)
        {
            tell(News::Trouble(said(&trouble)));
        }
    }
}

/// What is open on the desk.
#[derive(Default)]
struct Desk {
    open: Option<(Shelf, Archive)>,
    pen: Option<Pen>,
    /// What came of answers since it was written last, by turn.
    gathered: BTreeMap<usize, (String, String)>,
    /// When that is to be written.
    due: Option<Instant>,
    /// It was said that something cannot be kept.
    is_in_trouble: bool,
}

impl Desk {
    fn do_deed(
        &mut self,
        told: Told,
        state: &Path,
        tell: &mut impl FnMut(News),
    ) -> Result<(), FileTrouble> {
        if let TalkDeed::Grow {
            turn,
            text,
            reasoning,
        } = told.deed
        {
            let (texts, thoughts) = self.gathered.entry(turn).or_default();
            texts.push_str(&text);
            thoughts.push_str(&reasoning);
            self.due.get_or_insert_with(|| Instant::now() + GATHER);
            return Ok(());
        }
        if let TalkDeed::Delete { ticket, id } = told.deed {
            let outcome = self.delete(told.shelf, &id, state, tell);
            let outcome = outcome.map_err(|trouble| explained(&trouble));
            tell(News::Deleted { ticket, outcome });
            return Ok(());
        }
        self.write_pieces()?;
        if let TalkDeed::Open { server, talk } = told.deed {
            self.pen = None;
            let archive = self.archive(told.shelf, state, tell)?;
            let kept = if talk.turns.is_empty() {
                None
            } else {
                archive.load(&talk.id)?
            };
            let pen = match kept {
                Some((_, pen)) => pen,
                None => archive.begin(&Beginning {
                    project: talk.project.clone(),
                    server: BaseUrl::parse(&server).map_or(server, |base| base.origin()),
                    title: talk.title.clone(),
                    system: talk.system.clone(),
                    at: talk.begun,
                })?,
            };
            tell(News::Begun {
                talk: talk.id.clone(),
                kept: pen.id().to_owned(),
            });
            self.pen = Some(pen);
            return Ok(());
        }
        let (Some((_, archive)), Some(pen)) = (&self.open, &mut self.pen) else {
            return Ok(());
        };
        match told.deed {
            TalkDeed::Add(turn) => archive.add(pen, &turn).map(|_| ()),
            TalkDeed::Finish { turn, whole, at } => archive.finish(pen, turn, &whole, at),
            TalkDeed::Show(tip) => archive.show(pen, tip),
            TalkDeed::Rules(rules) => archive.set_system(pen, rules.as_deref()),
            TalkDeed::Title(title) => archive.rename(pen.id(), &title),
            TalkDeed::Open { .. } | TalkDeed::Grow { .. } | TalkDeed::Delete { .. } => Ok(()),
        }
    }

    /// Deletes a conversation for good. Whoever waits for it is told, whatever became of what was gathered.
    fn delete(
        &mut self,
        wanted: Shelf,
        id: &str,
        state: &Path,
        tell: &mut impl FnMut(News),
    ) -> Result<(), FileTrouble> {
        let _ = self.write_pieces();
        if self.pen.as_ref().is_some_and(|pen| pen.id() == id) {
            self.pen = None;
        }
        self.archive(wanted, state, tell)?.delete(id).map(|_| ())
    }

    fn write_pieces(&mut self) -> Result<(), FileTrouble> {
        self.due = None;
        let gathered = std::mem::take(&mut self.gathered);
        let (Some((_, archive)), Some(pen)) = (&self.open, &self.pen) else {
            return Ok(());
        };
        for (turn, (text, reasoning)) in gathered {
            let piece = Piece {
                text: &text,
                reasoning: &reasoning,
            };
            archive.grow(pen, turn, piece, Timestamp::now())?;
        }
        Ok(())
    }

    fn archive(
        &mut self,
        wanted: Shelf,
        state: &Path,
        tell: &mut impl FnMut(News),
    ) -> Result<&Archive, FileTrouble> {
        const SET_ASIDE: Phrase = Phrase::new(
            "The kept conversations were damaged and begin anew; the old file: {}",
            "保存的对话已损坏，已重新开始；旧文件：{}",
        );
        if self.open.as_ref().is_none_or(|(of, _)| *of != wanted) {
            let opened = Archive::open(state, wanted)?;
            if let Some(aside) = opened.set_aside {
                let said = Said::new(SET_ASIDE, &[&aside.display()]);
                tell(News::Trouble(said));
            }
            self.open = Some((wanted, opened.archive));
        }
        let (_, archive) = self.open.as_ref().expect("it was opened just now");
        Ok(archive)
    }
}

fn said(trouble: &FileTrouble) -> Said {
    const NOT_KEPT: Phrase =
        Phrase::new("This conversation cannot be kept: {}", "无法保存此对话：{}");
    const DELETED: Phrase = Phrase::new(
        "This conversation was deleted elsewhere: what follows is not kept",
        "此对话已在别处删除：之后的内容不会保存",
    );
    if trouble.kind == FileProblem::Missing {
        return DELETED.into();
    }
    Said::joined(NOT_KEPT, &[explained(trouble).title])
}

fn explained(trouble: &FileTrouble) -> Box<Diagnosis> {
    Box::new(diagnosis::explain(&Symptom::File(trouble.clone())))
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::channel;

    use super::*;
    use crate::archive::Which;
    use crate::domain::conversation::{Conversation, Reply, ReplyState, Speaker, Turn};

    fn deeds(state: &Path, deeds: Vec<TalkDeed>) -> Vec<News> {
        let (to, from) = channel();
        for deed in deeds {
            let told = Told {
                shelf: Shelf::Real,
                deed,
            };
            to.send(told).unwrap();
        }
        drop(to);
        let mut said = Vec::new();
        keep_talks(&from, state, |words| said.push(words));
        said
    }

    fn turn(parent: Option<usize>, speaker: Speaker, text: &str) -> Turn {
        Turn {
            parent,
            at: Timestamp::UNIX_EPOCH,
            speaker,
            text: text.into(),
        }
    }

    fn question(text: &str) -> TalkDeed {
        let person = Speaker::person();
        TalkDeed::Add(Box::new(turn(None, person, text)))
    }

    fn coming() -> TalkDeed {
        let model = Speaker::Model(Box::default());
        TalkDeed::Add(Box::new(turn(Some(0), model, "")))
    }

    fn grow(text: &str) -> TalkDeed {
        TalkDeed::Grow {
            turn: 1,
            text: text.into(),
            reasoning: String::new(),
        }
    }

    fn fresh() -> TalkDeed {
        open(Conversation::new(
            String::new(),
            None,
            Timestamp::UNIX_EPOCH,
        ))
    }

    fn open(talk: Conversation) -> TalkDeed {
        TalkDeed::Open {
            server: "https://openrouter.ai/api/v1".into(),
            talk: Box::new(talk),
        }
    }

    fn only(state: &Path) -> Conversation {
        let archive = Archive::open(state, Shelf::Real).unwrap().archive;
        let kept = archive.list(Which::All, 0, 9).unwrap();
        assert_eq!(kept.len(), 1);
        archive.load(&kept[0].id).unwrap().unwrap().0
    }

    #[test]
    fn an_answer_that_never_ended_is_kept_as_far_as_it_came() {
        let folder = tempfile::tempdir().unwrap();
        let said = deeds(
            folder.path(),
            vec![
                fresh(),
                question("how?"),
                coming(),
                grow("so "),
                grow("far"),
            ],
        );
        let talk = only(folder.path());
        let kept = talk.id.clone();
        let talk_of_chat = String::new();
        assert_eq!(
            said,
            [News::Begun {
                talk: talk_of_chat,
                kept
            }]
        );
        assert_eq!(talk.turns[1].text, "so far");
        assert_eq!(talk.turns[1].reply().unwrap().state, ReplyState::Coming);
    }

    #[test]
    fn what_is_gone_on_with_stays_one_conversation() {
        let folder = tempfile::tempdir().unwrap();
        let whole = turn(
            Some(0),
            Speaker::Model(Box::new(Reply {
                state: ReplyState::Whole,
                ..Reply::default()
            })),
            "so it is",
        );
        let finish = TalkDeed::Finish {
            turn: 1,
            whole: Box::new(whole),
            at: Timestamp::UNIX_EPOCH,
        };
        deeds(
            folder.path(),
            vec![fresh(), question("how?"), coming(), finish],
        );
        let talk = only(folder.path());
        let more = TalkDeed::Add(Box::new(turn(Some(1), Speaker::person(), "and?")));
        deeds(folder.path(), vec![open(talk), more]);
        let texts: Vec<String> = only(folder.path())
            .turns
            .into_iter()
            .map(|it| it.text)
            .collect();
        assert_eq!(texts, ["how?", "so it is", "and?"]);
    }

    #[test]
    fn what_is_deleted_while_it_grows_leaves_nothing_behind() {
        let folder = tempfile::tempdir().unwrap();
        let (to, from) = channel();
        let told = |deed| Told {
            shelf: Shelf::Real,
            deed,
        };
        for deed in [fresh(), question("how?"), coming(), grow("so far")] {
            to.send(told(deed)).unwrap();
        }
        let ticket = Ticket(7);
        let (outcomes, outcome) = channel();
        std::thread::scope(|scope| {
            let state = folder.path();
            scope.spawn(move || {
                keep_talks(&from, state, |news| {
                    let _ = outcomes.send(news);
                });
            });
            let Ok(News::Begun { kept: id, .. }) = outcome.recv() else {
                panic!("it begins")
            };
            // Behind what was kept before, and before what comes late.
            to.send(told(TalkDeed::Delete { ticket, id })).unwrap();
            to.send(told(grow("and more"))).unwrap();
            let news = outcome.recv().unwrap();
            let expected = News::Deleted {
                ticket,
                outcome: Ok(()),
            };
            assert_eq!(news, expected);
            // Nobody can send any more: it ends.
            drop(to);
        });
        let archive = Archive::open(folder.path(), Shelf::Real).unwrap().archive;
        assert_eq!(archive.list(Which::All, 0, 9).unwrap().len(), 0);
    }

    #[test]
    fn what_cannot_be_deleted_is_told_to_whom_waits() {
        let folder = tempfile::tempdir().unwrap();
        let ticket = Ticket(7);
        let id = "20261125-140300-none".to_owned();
        let said = deeds(folder.path(), vec![TalkDeed::Delete { ticket, id }]);
        assert!(matches!(
            said[..],
            [News::Deleted {
                outcome: Err(_),
                ..
            }]
        ));
    }

    #[test]
    fn what_cannot_be_kept_is_said_once() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("no folder");
        crate::files::save_private(&file, b"x").unwrap();
        let said = deeds(
            &file,
            vec![fresh(), question("how?"), fresh(), question("and?")],
        );
        assert_eq!(said.len(), 1);
    }
}
