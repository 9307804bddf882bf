//! How a conversation is read again: its turns, and the pieces of an answer that did not end.

use std::collections::HashMap;

use jiff::Timestamp;
use rusqlite::types::Type;
use rusqlite::{Connection, OptionalExtension, Row, params};

use super::{Archive, Pen};
use crate::domain::conversation::{Conversation, Speaker, Turn};
use crate::domain::symptom::FileTrouble;

impl Archive {
    /// A conversation of this shelf by its whole id, and a pen to go on with it; `None` where there is
    /// none. An answer whose program was ended is as long as it came, and counts as still coming.
    ///
    /// # Errors
    /// The file could not be read.
    pub fn load(&self, id: &str) -> Result<Option<(Conversation, Pen)>, FileTrouble> {
        // One moment for all of it: an answer that ends meanwhile turns its pieces into a text.
        let read = self.database.reading().and_then(|all| {
            let found = all
                .prepare_cached(
                    "SELECT id, name, title, project, begun, touched, system, tip \
                     FROM conversation WHERE name = ?1 AND is_simulated = ?2",
                )?
                .query_row(params![id, self.is_simulated()], begun)
                .optional()?;
            let Some((row, mut conversation, tip)) = found else {
                return Ok(None);
            };
            let turns = turns(&all, row, &mut conversation)?;
            let number = |row: i64| turns.iter().position(|other| *other == row);
            conversation.tip = tip.and_then(number);
            let pen = Pen {
                id: conversation.id.clone(),
                conversation: row,
                turns,
            };
            Ok(Some((conversation, pen)))
        });
        self.database.told(read)
    }
}

/// The conversation without its turns, and the row of the last one on show.
fn begun(row: &Row<'_>) -> rusqlite::Result<(i64, Conversation, Option<i64>)> {
    let conversation = Conversation {
        id: row.get(1)?,
        title: row.get(2)?,
        project: row.get(3)?,
        begun: time(row, 4)?,
        touched: time(row, 5)?,
        system: row.get(6)?,
        turns: Vec::new(),
        tip: None,
    };
    Ok((row.get(0)?, conversation, row.get(7)?))
}

/// Fills the turns in, and tells where each stands.
fn turns(
    all: &Connection,
    conversation: i64,
    into: &mut Conversation,
) -> rusqlite::Result<Vec<i64>> {
    let mut asked = all.prepare_cached(
        "SELECT id, parent, at, about, text, reasoning FROM turn WHERE conversation = ?1 ORDER BY id",
    )?;
    let mut rows = asked.query([conversation])?;
    let mut numbers = HashMap::new();
    let mut order = Vec::new();
    while let Some(row) = rows.next()? {
        let id: i64 = row.get(0)?;
        numbers.insert(id, order.len());
        order.push(id);
        let parent: Option<i64> = row.get(1)?;
        into.turns.push(Turn {
            parent: parent.and_then(|parent| numbers.get(&parent).copied()),
            at: time(row, 2)?,
            speaker: speaker(row)?,
            text: row.get(4)?,
        });
    }
    let mut asked = all.prepare_cached(
        "SELECT turn, text, reasoning FROM piece \
         WHERE turn IN (SELECT id FROM turn WHERE conversation = ?1) ORDER BY turn, number",
    )?;
    let mut rows = asked.query([conversation])?;
    while let Some(row) = rows.next()? {
        let Some(turn) = numbers
            .get(&row.get(0)?)
            .and_then(|at| into.turns.get_mut(*at))
        else {
            continue;
        };
        turn.text.push_str(row.get_ref(1)?.as_str()?);
        if let Speaker::Model(reply) = &mut turn.speaker {
            reply.reasoning.push_str(row.get_ref(2)?.as_str()?);
        }
    }
    Ok(order)
}

/// The text and the reasoning of a turn with its pieces; `None` where it is gone.
pub(super) fn so_far(all: &Connection, turn: i64) -> rusqlite::Result<Option<(String, String)>> {
    let both = |row: &Row<'_>| Ok((row.get(0)?, row.get(1)?));
    let begun: Option<(String, String)> = all
        .prepare_cached("SELECT text, reasoning FROM turn WHERE id = ?1")?
        .query_row([turn], both)
        .optional()?;
    let Some((mut text, mut reasoning)) = begun else {
        return Ok(None);
    };
    let mut asked =
        all.prepare_cached("SELECT text, reasoning FROM piece WHERE turn = ?1 ORDER BY number")?;
    let mut rows = asked.query([turn])?;
    while let Some(row) = rows.next()? {
        text.push_str(row.get_ref(0)?.as_str()?);
        reasoning.push_str(row.get_ref(1)?.as_str()?);
    }
    Ok(Some((text, reasoning)))
}

fn speaker(row: &Row<'_>) -> rusqlite::Result<Speaker> {
    let about = row.get_ref(3)?.as_str()?;
    let mut speaker: Speaker = serde_json::from_str(about)
        .map_err(|error| rusqlite::Error::FromSqlConversionFailure(3, Type::Text, error.into()))?;
    if let Speaker::Model(reply) = &mut speaker {
        reply.reasoning = row.get(5)?;
    }
    Ok(speaker)
}

/// A time of a row.
pub(super) fn time(row: &Row<'_>, column: usize) -> rusqlite::Result<Timestamp> {
    let micros: i64 = row.get(column)?;
    Timestamp::from_microsecond(micros)
        .map_err(|_| rusqlite::Error::IntegralValueOutOfRange(column, micros))
}
