//! Ids of conversations: when they began, and a few letters that make them one of a kind.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use rusqlite::{Connection, params};

use super::Archive;
use crate::domain::symptom::FileTrouble;

/// Letters and digits that are not taken for one another.
const LETTERS: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";
/// How many bits choose one of them.
const LETTER_BITS: usize = 5;
/// How many of them end an id.
const RANDOM: usize = 4;
/// How many ids are told of when a short one fits several.
const MOST_NAMED: i64 = 5;

/// What a shortened id names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Named {
    /// This conversation.
    One(String),
    /// Several; some of their ids.
    Several(Vec<String>),
    /// None.
    Nothing,
}

impl Archive {
    /// The whole id of a conversation of this shelf that is named by a beginning of its id, or by the
    /// letters at its end.
    ///
    /// # Errors
    /// The file could not be read.
    pub fn named(&self, short: &str) -> Result<Named, FileTrouble> {
        let short = short.trim().to_ascii_lowercase();
        let is_one = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
        if short.is_empty() || !short.bytes().all(is_one) {
            return Ok(Named::Nothing);
        }
        for (from, pattern) in [
            (short.as_str(), format!("{short}*")),
            ("", format!("*-{short}")),
        ] {
            // Ids hold letters, digits and dashes only, so nothing in them is a pattern.
            let mut ids = self.database.all(
                "SELECT name FROM conversation \
                 WHERE name >= ?1 AND name GLOB ?2 AND is_simulated = ?3 ORDER BY name LIMIT ?4",
                params![from, pattern, self.is_simulated(), MOST_NAMED],
                |row| row.get::<_, String>(0),
            )?;
            match ids.len() {
                0 => {}
                1 => return Ok(Named::One(ids.remove(0))),
                _ if ids.contains(&short) => return Ok(Named::One(short.clone())),
                _ => return Ok(Named::Several(ids)),
            }
        }
        Ok(Named::Nothing)
    }
}

/// An id that no conversation has.
pub(super) fn free(all: &Connection, at: Timestamp) -> rusqlite::Result<String> {
    let mut asked = all.prepare_cached("SELECT 1 FROM conversation WHERE name = ?1")?;
    let mut chance = getrandom::u32().unwrap_or_default();
    loop {
        let name = name(at, chance);
        if !asked.exists([&name])? {
            return Ok(name);
        }
        chance = chance.wrapping_add(1);
    }
}

/// `20260903-101530-k7mq`: sorts by time (UTC), to the second.
fn name(at: Timestamp, chance: u32) -> String {
    let begun = at.to_zoned(TimeZone::UTC).strftime("%Y%m%d-%H%M%S");
    let letters = (0..RANDOM).map(|place| {
        let at = (chance >> (place * LETTER_BITS)) as usize % LETTERS.len();
        char::from(*LETTERS.get(at).expect("the rest is below the length"))
    });
    format!("{begun}-{}", letters.collect::<String>())
}
