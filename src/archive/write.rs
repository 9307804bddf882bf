//! How a conversation is written: turn by turn, an answer piece by piece.

use jiff::Timestamp;
use rusqlite::{OptionalExtension, Transaction, params};

use super::{Archive, names, words};
use crate::domain::conversation::{Speaker, Turn, title_of};
use crate::domain::kept::Shelf;
use crate::domain::money::Usd;
use crate::domain::spend::SANDBOX;
use crate::domain::symptom::{FileProblem, FileTrouble};

/// How a conversation begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Beginning {
    /// The root of the project.
    pub project: Option<String>,
    /// The server it is held with: scheme, host and port. On the shelf of the simulated ones it is
    /// `sandbox`, whatever stands here.
    pub server: String,
    /// What it is called; empty: by its first question.
    pub title: String,
    /// Rules for the model.
    pub system: Option<String>,
    /// When.
    pub at: Timestamp,
}

/// Writes into one conversation: knows which of its turns, by their numbers in `Conversation::turns`,
/// stands where in the file. Turns that another program adds meanwhile have no number here, and are
/// branches of the conversation when it is loaded again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pen {
    pub(super) id: String,
    pub(super) conversation: i64,
    pub(super) turns: Vec<i64>,
}

impl Pen {
    /// The id of the conversation.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// How many turns it knows; the next one gets this number.
    pub fn turns(&self) -> usize {
        self.turns.len()
    }
}

/// What came of an answer since the last piece. Either text may be empty.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Piece<'a> {
    /// A piece of the answer.
    pub text: &'a str,
    /// A piece of what it thought before.
    pub reasoning: &'a str,
}

impl Archive {
    /// Begins a conversation in which nothing was said yet.
    ///
    /// # Errors
    /// The file could not be written; so for everything here.
    pub fn begin(&self, beginning: &Beginning) -> Result<Pen, FileTrouble> {
        let at = beginning.at.as_microsecond();
        let server = match self.shelf {
            Shelf::Real => beginning.server.as_str(),
            Shelf::Simulated => SANDBOX,
        };
        let begun = self.database.writing().and_then(|all| {
            let id = names::free(&all, beginning.at)?;
            all.prepare_cached(
                "INSERT INTO conversation (name, is_simulated, server, title, project, begun, touched, \
                 system) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?6, ?7)",
            )?
            .execute(params![
                id,
                self.is_simulated(),
                server,
                beginning.title,
                beginning.project,
                at,
                beginning.system,
            ])?;
            let conversation = all.last_insert_rowid();
            all.commit()?;
            Ok(Pen {
                id,
                conversation,
                turns: Vec::new(),
            })
        });
        self.database.told(begun)
    }

    /// Adds a turn and shows it: a question as it is sent, an answer as it begins; its number. When this
    /// returns, it outlives this program's sudden death.
    ///
    /// # Errors
    /// There is no turn of the number it follows, or the conversation was deleted (`Missing`).
    pub fn add(&self, pen: &mut Pen, turn: &Turn) -> Result<usize, FileTrouble> {
        let parent = turn
            .parent
            .map(|number| self.row(pen, number))
            .transpose()?;
        let conversation = pen.conversation;
        let row = self.change(|all| {
            if !touch(all, conversation, turn.at)? {
                return Ok(None);
            }
            if matches!(turn.speaker, Speaker::Person { .. }) {
                all.prepare_cached(
                    "UPDATE conversation SET title = ?2 WHERE id = ?1 AND title = ''",
                )?
                .execute(params![conversation, title_of(&turn.text)])?;
            }
            let (about, reasoning) = about(&turn.speaker);
            all.prepare_cached(
                "INSERT INTO turn (conversation, parent, at, model, cost, about, text, reasoning) \
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
            )?
            .execute(params![
                conversation,
                parent,
                turn.at.as_microsecond(),
                model(&turn.speaker),
                cost(&turn.speaker),
                about,
                turn.text,
                reasoning,
            ])?;
            let row = all.last_insert_rowid();
            words::put(all, row, &turn.text)?;
            show(all, conversation, Some(row))?;
            Ok(Some(row))
        })?;
        pen.turns.push(row);
        Ok(pen.turns.len() - 1)
    }

    /// Adds what came of an answer since the last time. The cost does not depend on how long the answer
    /// is; call it a few times a second, not for each token.
    ///
    /// # Errors
    /// There is no such turn, or it was deleted (`Missing`).
    pub fn grow(
        &self,
        pen: &Pen,
        number: usize,
        piece: Piece<'_>,
        now: Timestamp,
    ) -> Result<(), FileTrouble> {
        let row = self.row(pen, number)?;
        self.change(|all| {
            let added = all
                .prepare_cached(
                    "INSERT INTO piece (turn, number, at, text, reasoning) \
                     SELECT id, 1 + coalesce((SELECT max(number) FROM piece WHERE turn = ?1), 0), \
                     ?2, ?3, ?4 FROM turn WHERE id = ?1",
                )?
                .execute(params![
                    row,
                    now.as_microsecond(),
                    piece.text,
                    piece.reasoning
                ])?;
            Ok((added > 0).then_some(()))
        })
    }

    /// Writes down how an answer ended: all of it, as it is now. The pieces go.
    ///
    /// # Errors
    /// There is no such turn, or it was deleted (`Missing`).
    pub fn finish(
        &self,
        pen: &Pen,
        number: usize,
        turn: &Turn,
        now: Timestamp,
    ) -> Result<(), FileTrouble> {
        let row = self.row(pen, number)?;
        let conversation = pen.conversation;
        self.change(|all| {
            let (about, reasoning) = about(&turn.speaker);
            let is_there = replace(all, row, &turn.text, &reasoning)?;
            all.prepare_cached("UPDATE turn SET model = ?2, cost = ?3, about = ?4 WHERE id = ?1")?
                .execute(params![
                    row,
                    model(&turn.speaker),
                    cost(&turn.speaker),
                    about
                ])?;
            Ok((is_there && touch(all, conversation, now)?).then_some(()))
        })
    }

    /// Keeps which branch is on show: the number of its last turn.
    ///
    /// # Errors
    /// There is no such turn, or the conversation was deleted (`Missing`).
    pub fn show(&self, pen: &Pen, tip: Option<usize>) -> Result<(), FileTrouble> {
        let row = tip.map(|number| self.row(pen, number)).transpose()?;
        self.change(|all| Ok(show(all, pen.conversation, row)?.then_some(())))
    }

    /// Keeps other rules for the model.
    ///
    /// # Errors
    /// The conversation was deleted (`Missing`).
    pub fn set_system(&self, pen: &Pen, system: Option<&str>) -> Result<(), FileTrouble> {
        self.change(|all| {
            let changed = all
                .prepare_cached("UPDATE conversation SET system = ?2 WHERE id = ?1")?
                .execute(params![pen.conversation, system])?;
            Ok((changed > 0).then_some(()))
        })
    }

    /// Puts the pieces of answers together that nobody has added to since then: their program was ended.
    pub(super) fn fold_older(&self, than: Timestamp) -> Result<(), FileTrouble> {
        let sql = "SELECT turn FROM piece GROUP BY turn HAVING max(at) < ?1";
        let stale = self
            .database
            .all(sql, [than.as_microsecond()], |row| row.get::<_, i64>(0))?;
        for turn in stale {
            // Another program may have folded it in the meantime: then nothing is left to do.
            let folded = self.database.writing().and_then(|all| {
                if let Some((text, reasoning)) = super::read::so_far(&all, turn)? {
                    replace(&all, turn, &text, &reasoning)?;
                }
                all.execute("DELETE FROM piece WHERE turn = ?1", [turn])?;
                all.commit()
            });
            self.database.told(folded)?;
        }
        Ok(())
    }

    /// Where a turn stands.
    fn row(&self, pen: &Pen, number: usize) -> Result<i64, FileTrouble> {
        pen.turns.get(number).copied().ok_or_else(|| {
            let detail = format!("conversation {} has no turn {number}", pen.id);
            FileTrouble::new(self.path(), FileProblem::Other, &detail)
        })
    }

    /// Changes all or nothing; nothing where what should change is gone.
    pub(super) fn change<T>(
        &self,
        work: impl FnOnce(&Transaction<'_>) -> rusqlite::Result<Option<T>>,
    ) -> Result<T, FileTrouble> {
        let outcome = self.database.writing().and_then(|all| {
            let done = work(&all)?;
            if done.is_some() {
                all.commit()?;
            }
            Ok(done)
        });
        self.database.told(outcome)?.ok_or_else(|| {
            let detail = "there is no such conversation, or it was deleted";
            FileTrouble::new(self.path(), FileProblem::Missing, detail)
        })
    }
}

/// Notes when something was last said; false where the conversation is gone.
fn touch(all: &Transaction<'_>, conversation: i64, at: Timestamp) -> rusqlite::Result<bool> {
    let changed = all
        .prepare_cached("UPDATE conversation SET touched = max(touched, ?2) WHERE id = ?1")?
        .execute(params![conversation, at.as_microsecond()])?;
    Ok(changed > 0)
}

fn show(all: &Transaction<'_>, conversation: i64, tip: Option<i64>) -> rusqlite::Result<bool> {
    let changed = all
        .prepare_cached("UPDATE conversation SET tip = ?2 WHERE id = ?1")?
        .execute(params![conversation, tip])?;
    Ok(changed > 0)
}

/// Puts whole texts in the place of what was there and of the pieces; false where the turn is gone.
fn replace(
    all: &Transaction<'_>,
    turn: i64,
    text: &str,
    reasoning: &str,
) -> rusqlite::Result<bool> {
    let old: Option<String> = all
        .prepare_cached("SELECT text FROM turn WHERE id = ?1")?
        .query_row([turn], |row| row.get(0))
        .optional()?;
    let Some(old) = old else {
        return Ok(false);
    };
    if old != text {
        words::take(all, turn, &old)?;
        words::put(all, turn, text)?;
    }
    all.prepare_cached("UPDATE turn SET text = ?2, reasoning = ?3 WHERE id = ?1")?
        .execute(params![turn, text, reasoning])?;
    all.prepare_cached("DELETE FROM piece WHERE turn = ?1")?
        .execute([turn])?;
    Ok(true)
}

/// Who speaks, as JSON, and the reasoning, which stands beside it.
fn about(speaker: &Speaker) -> (String, String) {
    let mut speaker = speaker.clone();
    let reasoning = match &mut speaker {
        Speaker::Model(reply) => std::mem::take(&mut reply.reasoning),
        Speaker::Person { .. } => String::new(),
    };
    let about = serde_json::to_string(&speaker).expect("a speaker has string keys only");
    (about, reasoning)
}

fn model(speaker: &Speaker) -> Option<&str> {
    match speaker {
        Speaker::Model(reply) => Some(reply.model.as_deref().unwrap_or(&reply.asked)),
        Speaker::Person { .. } => None,
    }
}

fn cost(speaker: &Speaker) -> Option<i64> {
    match speaker {
        Speaker::Model(reply) => reply.cost.map(Usd::to_picos),
        Speaker::Person { .. } => None,
    }
}
