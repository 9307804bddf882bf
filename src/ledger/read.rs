//! What the ledger answers: sums by day, and the requests behind them. All of it is about one server.

use std::time::Duration;

use jiff::civil::{Date, date};
use jiff::{Span, Timestamp};
use rusqlite::types::Type;
use rusqlite::{OptionalExtension, Params, Row, params};

use super::Ledger;
use crate::domain::clean_text::CleanText;
use crate::domain::money::Usd;
use crate::domain::spend::{
    DayRow, Ending, NewRequest, Outcome, Purpose, Recorded, RequestId, Used,
};
use crate::domain::symptom::FileTrouble;

/// The day that days are counted from.
const FIRST: Date = date(1970, 1, 1);
const MICROS_OF_A_DAY: i64 = 86_400_000_000;

impl Ledger {
    /// What was used of a server from one UTC day to another, both included, by day, model and provider.
    /// Requests that still run count as requests, without cost.
    ///
    /// # Errors
    /// The file could not be read; so for everything here.
    pub fn days(&self, server: &str, from: Date, to: Date) -> Result<Vec<DayRow>, FileTrouble> {
        self.database.all(
            "SELECT day, model.text, provider.text, requests, prompt_tokens, completion_tokens, \
             reasoning_tokens, cached_tokens, dollars, picos, byok_dollars, byok_picos FROM daily \
             JOIN name AS model ON model.id = daily.model \
             LEFT JOIN name AS provider ON provider.id = daily.provider \
             WHERE server = (SELECT id FROM name WHERE text = ?1) AND day BETWEEN ?2 AND ?3 \
             ORDER BY day, model.text, provider.text",
            params![server, number_of(from), number_of(to)],
            day_row,
        )
    }

    /// The first UTC day with a request to a server; `None` where there was none.
    pub fn first_day(&self, server: &str) -> Result<Option<Date>, FileTrouble> {
        let sql = "SELECT min(day) FROM daily WHERE server = (SELECT id FROM name WHERE text = ?1)";
        let first = self
            .database
            .connection()
            .prepare_cached(sql)
            .and_then(|mut asked| asked.query_row([server], |row| row.get::<_, Option<i64>>(0)));
        Ok(self.database.told(first)?.and_then(day_of))
    }

    /// The servers that requests went to, by name.
    pub fn servers(&self) -> Result<Vec<String>, FileTrouble> {
        let sql = "SELECT text FROM name WHERE id IN (SELECT server FROM daily) ORDER BY text";
        self.database.all(sql, [], |row| row.get(0))
    }

    /// At most so many requests of a UTC day, the latest first; of one model and one provider, by
    /// the names they have in [`Ledger::days`], or of all; `Some(None)`: of a provider that nobody named.
    pub fn requests(
        &self,
        server: &str,
        day: Date,
        model: Option<&str>,
        provider: Option<Option<&str>>,
        limit: usize,
    ) -> Result<Vec<Recorded>, FileTrouble> {
        let from = number_of(day).saturating_mul(MICROS_OF_A_DAY);
        let to = from.saturating_add(MICROS_OF_A_DAY);
        let number = "(SELECT id FROM name WHERE text = ?4)";
        let those = format!(
            "AND r.at >= ?2 AND r.at < ?3 AND (?4 IS NULL OR coalesce(r.model, r.asked) = {number}) \
             AND (NOT ?6 OR coalesce((SELECT text FROM name WHERE id = r.provider), '') = ?7) \
             ORDER BY r.at DESC, r.id DESC LIMIT ?5"
        );
        let (narrows, provider) = (provider.is_some(), provider.flatten().unwrap_or_default());
        let values = params![server, from, to, model, most(limit), narrows, provider];
        self.recorded(&those, values)
    }

    /// At most so many requests, the latest first.
    pub fn latest(&self, server: &str, limit: usize) -> Result<Vec<Recorded>, FileTrouble> {
        let those = "ORDER BY r.at DESC, r.id DESC LIMIT ?2";
        self.recorded(those, params![server, most(limit)])
    }

    /// The tokens of at most so many last answers of a model that came whole, the latest first; tests count
    /// not. Only the server's last few thousand requests are looked at.
    pub fn last_answers(
        &self,
        server: &str,
        model: &str,
        limit: usize,
    ) -> Result<Vec<u64>, FileTrouble> {
        let sql = "SELECT completion_tokens FROM (SELECT asked, purpose, outcome, completion_tokens, at, id \
             FROM request WHERE server = (SELECT id FROM name WHERE text = ?1) \
             ORDER BY at DESC, id DESC LIMIT 5000) \
             WHERE asked = (SELECT id FROM name WHERE text = ?2) AND outcome = 'done' \
             AND purpose != 'test' AND completion_tokens > 0 ORDER BY at DESC, id DESC LIMIT ?3";
        let values = params![server, model, most(limit)];
        self.database.all(sql, values, |row| sum(row, 0))
    }

    /// The most that one of so many last answers of a model cost, USD; tests count not. Only the server's last few
    /// thousand requests are looked at.
    pub fn dearest_answer(
        &self,
        server: &str,
        model: &str,
        limit: usize,
    ) -> Result<Option<Usd>, FileTrouble> {
        let sql = "SELECT max(cost) FROM (SELECT cost FROM (SELECT asked, purpose, cost, at, id \
             FROM request WHERE server = (SELECT id FROM name WHERE text = ?1) \
             ORDER BY at DESC, id DESC LIMIT 5000) \
             WHERE asked = (SELECT id FROM name WHERE text = ?2) AND cost IS NOT NULL \
             AND purpose != 'test' ORDER BY at DESC, id DESC LIMIT ?3)";
        let values = params![server, model, most(limit)];
        let costs = self.database.all(sql, values, |row| amount(row, 0))?;
        Ok(costs.into_iter().next().flatten())
    }

    /// At most so many requests, the latest first, whose model, provider, project or generation id holds
    /// a text. Case makes no difference to letters without accents.
    pub fn search(
        &self,
        server: &str,
        text: &str,
        limit: usize,
    ) -> Result<Vec<Recorded>, FileTrouble> {
        let literal = text.replace('\\', "\\\\").replace('%', "\\%");
        let pattern = format!("%{}%", literal.replace('_', "\\_"));
        // The few names are searched, not the many requests.
        let hit = "(SELECT id FROM name WHERE text LIKE ?2 ESCAPE '\\')";
        let those = format!(
            "AND (r.asked IN {hit} OR r.model IN {hit} OR r.provider IN {hit} OR r.project IN {hit} \
             OR r.generation LIKE ?2 ESCAPE '\\') ORDER BY r.at DESC, r.id DESC LIMIT ?3"
        );
        self.recorded(&those, params![server, pattern, most(limit)])
    }

    /// At most so many requests that the server can be asked for, and of which more may be learned: those that
    /// still count as running, and those whose bill was not told. They began before a time, and were not asked for
    /// since; who waited longest comes first. Without a generation id of OpenRouter's nobody can be asked.
    pub fn unfinished(
        &self,
        server: &str,
        older_than: Timestamp,
        limit: usize,
    ) -> Result<Vec<Recorded>, FileTrouble> {
        let those = "AND r.is_open AND r.generation GLOB 'gen-*' AND coalesce(r.looked_up, r.at) < ?2 \
             ORDER BY coalesce(r.looked_up, r.at), r.id LIMIT ?3";
        let before = older_than.as_microsecond();
        self.recorded(those, params![server, before, most(limit)])
    }

    /// The open requests of this generation id: one, or none.
    pub fn open_by_generation(
        &self,
        server: &str,
        generation: &str,
    ) -> Result<Vec<Recorded>, FileTrouble> {
        let those = "AND r.is_open AND r.generation = ?2 ORDER BY r.at, r.id";
        self.recorded(those, params![server, generation])
    }

    /// How many requests have no end or no bill yet, of which one may still be told.
    pub fn open_requests(&self, server: &str) -> Result<u64, FileTrouble> {
        let sql = "SELECT count(*) FROM request WHERE is_open \
             AND server = (SELECT id FROM name WHERE text = ?1)";
        let asked = self.database.connection().prepare_cached(sql);
        let count = asked.and_then(|mut asked| asked.query_row([server], |row| sum(row, 0)));
        self.database.told(count)
    }

    /// One request by its number, whichever server it went to.
    pub fn request(&self, id: RequestId) -> Result<Option<Recorded>, FileTrouble> {
        let sql = format!("{RECORDED} WHERE r.id = ?1");
        let found = self.database.connection().prepare_cached(&sql);
        let found = found.and_then(|mut asked| asked.query_row([id.0], recorded).optional());
        self.database.told(found)
    }

    fn recorded(&self, those: &str, values: impl Params) -> Result<Vec<Recorded>, FileTrouble> {
        let server = "r.server = (SELECT id FROM name WHERE text = ?1)";
        let sql = format!("{RECORDED} WHERE {server} {those}");
        self.database.all(&sql, values, recorded)
    }
}

/// A request with its names in full.
const RECORDED: &str = "SELECT r.id, r.at, r.purpose, project.text, server.text, asked.text, \
    r.outcome, reason.text, r.generation, model.text, provider.text, r.prompt_tokens, \
    r.completion_tokens, r.reasoning_tokens, r.cached_tokens, r.cost, r.first_token, r.took, r.byok_cost, r.is_open \
    FROM request AS r \
    LEFT JOIN name AS server ON server.id = r.server \
    LEFT JOIN name AS asked ON asked.id = r.asked \
    LEFT JOIN name AS project ON project.id = r.project \
    LEFT JOIN name AS reason ON reason.id = r.reason \
    LEFT JOIN name AS model ON model.id = r.model \
    LEFT JOIN name AS provider ON provider.id = r.provider";

fn recorded(row: &Row<'_>) -> rusqlite::Result<Recorded> {
    let purpose: String = row.get(2)?;
    Ok(Recorded {
        id: RequestId(row.get(0)?),
        begun: NewRequest {
            at: Timestamp::from_microsecond(row.get(1)?).map_err(|_| strange(1, "at"))?,
            purpose: Purpose::named(&purpose).ok_or_else(|| strange(2, "purpose"))?,
            project: row.get(3)?,
            server: row.get(4)?,
            model: row.get(5)?,
        },
        ending: Ending {
            outcome: outcome(row)?,
            generation_id: text(row, 8)?,
            model: text(row, 9)?,
            provider: text(row, 10)?,
            prompt_tokens: count(row, 11)?,
            completion_tokens: count(row, 12)?,
            reasoning_tokens: count(row, 13)?,
            cached_tokens: count(row, 14)?,
            cost: amount(row, 15)?,
            byok_cost: amount(row, 18)?,
            first_token: time(row, 16)?,
            took: time(row, 17)?.unwrap_or_default(),
        },
        is_open: row.get(19)?,
    })
}

fn outcome(row: &Row<'_>) -> rusqlite::Result<Outcome> {
    match row.get_ref(6)?.as_str()? {
        "running" => Ok(Outcome::Running),
        "done" => Ok(Outcome::Done),
        "stopped" => Ok(Outcome::Stopped),
        "failed" => Ok(Outcome::Failed(text(row, 7)?.unwrap_or_default())),
        _ => Err(strange(6, "outcome")),
    }
}

fn day_row(row: &Row<'_>) -> rusqlite::Result<DayRow> {
    Ok(DayRow {
        day: day_of(row.get(0)?).ok_or_else(|| strange(0, "day"))?,
        model: text(row, 1)?.unwrap_or_default(),
        provider: text(row, 2)?,
        used: Used {
            requests: sum(row, 3)?,
            prompt_tokens: sum(row, 4)?,
            completion_tokens: sum(row, 5)?,
            reasoning_tokens: sum(row, 6)?,
            cached_tokens: sum(row, 7)?,
            cost: amounts(row, 8)?,
            byok_cost: amounts(row, 10)?,
        },
    })
}

/// A text on its way to the screen: whoever wrote the file may have been somebody else.
fn text(row: &Row<'_>, column: usize) -> rusqlite::Result<Option<CleanText>> {
    let text: Option<String> = row.get(column)?;
    Ok(text.map(|text| CleanText::line(&text)))
}

/// An amount of one request.
fn amount(row: &Row<'_>, column: usize) -> rusqlite::Result<Option<Usd>> {
    let picos: Option<i64> = row.get(column)?;
    Ok(picos.map(|picos| Usd::from_picos(picos.into())))
}

/// A sum of amounts: its dollars in one column, its picos in the next.
fn amounts(row: &Row<'_>, column: usize) -> rusqlite::Result<Usd> {
    let (dollars, picos): (i64, i64) = (row.get(column)?, row.get(column + 1)?);
    let picos = i128::from(dollars) * 1_000_000_000_000 + i128::from(picos);
    Ok(Usd::from_picos(picos))
}

fn time(row: &Row<'_>, column: usize) -> rusqlite::Result<Option<Duration>> {
    Ok(count(row, column)?.map(Duration::from_micros))
}

/// A number that is never below zero.
fn count(row: &Row<'_>, column: usize) -> rusqlite::Result<Option<u64>> {
    let count: Option<i64> = row.get(column)?;
    Ok(count.map(|count| u64::try_from(count).unwrap_or_default()))
}

fn sum(row: &Row<'_>, column: usize) -> rusqlite::Result<u64> {
    Ok(count(row, column)?.unwrap_or_default())
}

/// A value that this program never writes.
fn strange(column: usize, name: &str) -> rusqlite::Error {
    rusqlite::Error::InvalidColumnType(column, name.to_owned(), Type::Text)
}

/// The number of a day.
fn number_of(day: Date) -> i64 {
    day.duration_since(FIRST).as_hours() / 24
}

/// The day of a number; `None` beyond the calendar.
fn day_of(number: i64) -> Option<Date> {
    FIRST.checked_add(Span::new().try_days(number).ok()?).ok()
}

fn most(limit: usize) -> i64 {
    i64::try_from(limit).unwrap_or(i64::MAX)
}
