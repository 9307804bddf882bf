//! How a request is written down: when it begins, when its answer begins, when it ends, and once more when
//! the server says what became of it.

use std::time::Duration;

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Transaction, params};

use super::Ledger;
use crate::domain::chat::AnswerHead;
use crate::domain::clean_text::CleanText;
use crate::domain::money::Usd;
use crate::domain::secret::redact;
use crate::domain::spend::{Ending, LOST, NewRequest, Outcome, RequestId};
use crate::domain::symptom::{FileProblem, FileTrouble};

/// The longest name that is kept, in characters: a server may call a model anything.
const LONGEST: usize = 200;
/// The greatest count of tokens that is kept. Nothing real comes near it, and nine million of them still
/// have a sum.
const MOST_TOKENS: u64 = 1_000_000_000_000;

impl Ledger {
    /// Writes a request down as it begins. When this returns, the entry outlives this program's sudden
    /// death. The time is kept to the microsecond; names are kept on one line, what looks like a key
    /// masked.
    ///
    /// # Errors
    /// The file could not be written. Nothing of it is there then.
    pub fn begin(&self, request: &NewRequest) -> Result<RequestId, FileTrouble> {
        self.database.told(self.insert(request))
    }

    /// Notes who answers, as soon as that is known: a request that is killed later can be asked for by
    /// its generation id.
    ///
    /// # Errors
    /// The file could not be written, or there is no such request.
    pub fn note_started(&self, id: RequestId, head: &AnswerHead) -> Result<(), FileTrouble> {
        self.change(id, |all| {
            let (model, provider) = answered_by(all, head.model.as_ref(), head.provider.as_ref())?;
            let generation = generation_id(head.generation_id.as_ref());
            all.prepare_cached(
                "UPDATE request SET generation = coalesce(?2, generation), model = coalesce(?3, model), \
                 provider = coalesce(?4, provider) WHERE id = ?1",
            )?
            .execute(params![id.0, generation, model, provider])
        })
    }

    /// Writes down how a request ended, by its own word, which stands above what was known before. What
    /// it does not say stays as it was; said twice, it changes nothing.
    ///
    /// # Errors
    /// The file could not be written, or there is no such request.
    pub fn finish(&self, id: RequestId, ending: &Ending) -> Result<(), FileTrouble> {
        self.change(id, |all| end(all, id, ending, OWN_WORD))
    }

    /// Adds what others know of a request, such as the server afterwards. What the request itself said
    /// stands; only one that still counts as running takes the outcome over.
    ///
    /// # Errors
    /// The file could not be written, or there is no such request.
    pub fn complete(&self, id: RequestId, ending: &Ending) -> Result<(), FileTrouble> {
        self.change(id, |all| end(all, id, ending, HEARSAY))
    }

    /// Stops waiting for more about a request. One that still counts as running has failed for
    /// [`LOST`].
    ///
    /// # Errors
    /// The file could not be written, or there is no such request.
    pub fn give_up(&self, id: RequestId) -> Result<(), FileTrouble> {
        self.change(id, |all| {
            let lost = number(all, LOST)?;
            all.prepare_cached(
                "UPDATE request SET is_open = 0, reason = iif(outcome = 'running', ?2, reason), \
                 outcome = iif(outcome = 'running', 'failed', outcome) WHERE id = ?1",
            )?
            .execute(params![id.0, lost])
        })
    }

    /// Stops waiting for more about all requests to a server that began before a time and that it cannot be asked
    /// for: nobody told their generation id. Those that still count as running have failed for [`LOST`].
    ///
    /// # Errors
    /// The file could not be written.
    pub fn give_up_unnamed(&self, server: &str, before: Timestamp) -> Result<(), FileTrouble> {
        self.database.told(self.close_unnamed(server, before))
    }

    fn close_unnamed(&self, server: &str, before: Timestamp) -> rusqlite::Result<()> {
        let those = "server = (SELECT id FROM name WHERE text = ?1) AND is_open AND at < ?2 \
             AND coalesce(generation, '') NOT GLOB 'gen-*'";
        let values = params![server, before.as_microsecond()];
        let asked = format!("SELECT 1 FROM request WHERE {those}");
        let mut asked = self.database.connection().prepare_cached(&asked)?;
        // Most have none, and a write would wait for other programs.
        if !asked.exists(values)? {
            return Ok(());
        }
        let all = self.database.writing()?;
        let lost = number(&all, LOST)?;
        let sql = format!(
            "UPDATE request SET is_open = 0, reason = iif(outcome = 'running', ?3, reason), \
             outcome = iif(outcome = 'running', 'failed', outcome) WHERE {those}"
        );
        all.execute(&sql, params![server, before.as_microsecond(), lost])?;
        all.commit()
    }

    /// Notes that the server was asked about a request, and knew nothing of it.
    ///
    /// # Errors
    /// The file could not be written, or there is no such request.
    pub fn note_looked_up(&self, id: RequestId, at: Timestamp) -> Result<(), FileTrouble> {
        self.change(id, |all| {
            all.prepare_cached("UPDATE request SET looked_up = ?2 WHERE id = ?1")?
                .execute(params![id.0, at.as_microsecond()])
        })
    }

    /// Reckons the sums anew from the requests, all at once; how many requests there are.
    ///
    /// # Errors
    /// The file could not be read or written. The sums are as they were then.
    pub fn rebuild(&self) -> Result<u64, FileTrouble> {
        self.database.told(self.reckon_anew())
    }

    fn reckon_anew(&self) -> rusqlite::Result<u64> {
        let all = self.database.writing()?;
        all.execute("DELETE FROM daily", [])?;
        all.execute(
            "INSERT INTO daily (server, day, model, provider, requests, prompt_tokens, completion_tokens, \
             reasoning_tokens, cached_tokens, dollars, picos, byok_dollars, byok_picos) \
             SELECT server, day, model, provider, count(*), sum(prompt_tokens), \
             sum(completion_tokens), sum(reasoning_tokens), sum(cached_tokens), sum(dollars), sum(picos), \
             sum(byok_dollars), sum(byok_picos) FROM counted GROUP BY server, day, model, provider",
            [],
        )?;
        let requests: i64 = all.query_row("SELECT count(*) FROM request", [], |row| row.get(0))?;
        all.commit()?;
        Ok(u64::try_from(requests).unwrap_or_default())
    }

    fn insert(&self, request: &NewRequest) -> rusqlite::Result<RequestId> {
        let all = self.database.writing()?;
        let project = request.project.as_deref();
        let project = project.map(|project| number(&all, project)).transpose()?;
        let values = params![
            request.at.as_microsecond(),
            request.purpose.name(),
            number(&all, &request.server)?,
            project,
            number(&all, &name(&request.model))?,
        ];
        all.prepare_cached(
            "INSERT INTO request (at, purpose, server, project, asked, outcome, is_open) \
             VALUES (?1, ?2, ?3, ?4, ?5, 'running', 1)",
        )?
        .execute(values)?;
        let id = RequestId(all.last_insert_rowid());
        all.commit()?;
        Ok(id)
    }

    /// Changes one request, its sums with it, or nothing.
    fn change(
        &self,
        id: RequestId,
        work: impl FnOnce(&Transaction<'_>) -> rusqlite::Result<usize>,
    ) -> Result<(), FileTrouble> {
        let outcome = self.database.writing().and_then(|all| {
            let changed = work(&all)?;
            all.commit()?;
            Ok(changed)
        });
        if self.database.told(outcome)? == 0 {
            let detail = format!("there is no request {}", id.0);
            return Err(FileTrouble::new(self.path(), FileProblem::Other, &detail));
        }
        Ok(())
    }
}

/// The new word stands above the old one.
const OWN_WORD: &str = "UPDATE request SET \
    reason = iif(?2 = 'running', reason, ?3), outcome = iif(?2 = 'running', outcome, ?2), \
    generation = coalesce(?4, generation), model = coalesce(?5, model), \
    provider = coalesce(?6, provider), prompt_tokens = coalesce(?7, prompt_tokens), \
    completion_tokens = coalesce(?8, completion_tokens), \
    reasoning_tokens = coalesce(?9, reasoning_tokens), cached_tokens = coalesce(?10, cached_tokens), \
    cost = coalesce(?11, cost), first_token = coalesce(?12, first_token), took = coalesce(?13, took), \
    byok_cost = coalesce(?14, byok_cost) WHERE id = ?1";

/// The old word stands above the new one.
const HEARSAY: &str = "UPDATE request SET \
    reason = iif(outcome = 'running', ?3, reason), outcome = iif(outcome = 'running', ?2, outcome), \
    generation = coalesce(generation, ?4), model = coalesce(model, ?5), \
    provider = coalesce(provider, ?6), prompt_tokens = coalesce(prompt_tokens, ?7), \
    completion_tokens = coalesce(completion_tokens, ?8), \
    reasoning_tokens = coalesce(reasoning_tokens, ?9), cached_tokens = coalesce(cached_tokens, ?10), \
    cost = coalesce(cost, ?11), first_token = coalesce(first_token, ?12), took = coalesce(took, ?13), \
    byok_cost = coalesce(byok_cost, ?14) WHERE id = ?1";

/// More can be learned of a request that runs, and of one whose bill OpenRouter knows and nobody told. Once
/// that is given up, it stays so.
const CLOSE: &str = "UPDATE request SET is_open = 0 WHERE id = ?1 AND is_open \
    AND NOT (outcome = 'running' OR (cost IS NULL AND coalesce(generation, '') GLOB 'gen-*'))";

fn end(
    all: &Transaction<'_>,
    id: RequestId,
    ending: &Ending,
    how: &str,
) -> rusqlite::Result<usize> {
    let (outcome, reason) = match &ending.outcome {
        Outcome::Running => ("running", None),
        Outcome::Done => ("done", None),
        Outcome::Stopped => ("stopped", None),
        Outcome::Failed(reason) => ("failed", Some(number(all, &name(reason))?)),
    };
    let (model, provider) = answered_by(all, ending.model.as_ref(), ending.provider.as_ref())?;
    let took = (!ending.took.is_zero()).then_some(ending.took);
    let changed = all.prepare_cached(how)?.execute(params![
        id.0,
        outcome,
        reason,
        generation_id(ending.generation_id.as_ref()),
        model,
        provider,
        tokens(ending.prompt_tokens),
        tokens(ending.completion_tokens),
        tokens(ending.reasoning_tokens),
        tokens(ending.cached_tokens),
        ending.cost.map(Usd::to_picos),
        ending.first_token.map(micros),
        took.map(micros),
        ending.byok_cost.map(Usd::to_picos),
    ])?;
    all.prepare_cached(CLOSE)?.execute([id.0])?;
    Ok(changed)
}

fn answered_by(
    all: &Connection,
    model: Option<&CleanText>,
    provider: Option<&CleanText>,
) -> rusqlite::Result<(Option<i64>, Option<i64>)> {
    let number = |text: Option<&CleanText>| text.map(|text| number(all, &name(text))).transpose();
    Ok((number(model)?, number(provider)?))
}

/// The number that a text is kept under; a new one where it is new.
fn number(all: &Connection, text: &str) -> rusqlite::Result<i64> {
    let known = all
        .prepare_cached("SELECT id FROM name WHERE text = ?1")?
        .query_row([text], |row| row.get(0))
        .optional()?;
    if let Some(id) = known {
        return Ok(id);
    }
    all.prepare_cached("INSERT INTO name (text) VALUES (?1)")?
        .execute([text])?;
    Ok(all.last_insert_rowid())
}

/// A foreign text as it is kept. Whoever pastes a key where a model belongs must not find it here.
pub(super) fn name(text: &str) -> String {
    CleanText::line(&redact(text))
        .shortened(LONGEST)
        .into_string()
}

/// An id that would have to be shortened is none.
fn generation_id(id: Option<&CleanText>) -> Option<String> {
    let id = id.filter(|id| id.chars().count() <= LONGEST)?;
    Some(redact(id)).filter(|id| !id.is_empty())
}

fn tokens(count: Option<u64>) -> Option<i64> {
    count.map(|count| i64::try_from(count.min(MOST_TOKENS)).unwrap_or(i64::MAX))
}

fn micros(time: Duration) -> i64 {
    i64::try_from(time.as_micros()).unwrap_or(i64::MAX)
}
