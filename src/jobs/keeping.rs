//! Keeps conversations while they are held. What cannot be kept is said once and stops no answer.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

use jiff::Timestamp;

use crate::archive::{Archive, Beginning, Pen, Piece};
use crate::diagnosis;
use crate::domain::kept::Shelf;
use crate::domain::symptom::{FileTrouble, Symptom};
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
            TalkDeed::Open { .. } | TalkDeed::Grow { .. } => Ok(()),
        }
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
    let diagnosis = diagnosis::explain(&Symptom::File(trouble.clone()));
    Said::joined(NOT_KEPT, &[diagnosis.title])
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
