//! The doors of what was used: days gone by, and single answers.

use axum::Json;
use axum::extract::{Query, State};
use axum::http::HeaderMap;
use jiff::ToSpan;
use jiff::civil::Date;
use serde::Deserialize;
use serde_json::{Value, json};

use super::fault_row::Listing;
use super::history::Question;
use super::key::WORKSPACE;
use super::refusal::Refusal;
use super::server::Shared;

/// Completed days that are told.
const DAYS: i64 = 30;

/// What `GET /activity` may be asked for.
#[derive(Debug, Deserialize)]
pub(super) struct Asked {
    date: Option<String>,
    api_key_hash: Option<String>,
    group_by: Option<String>,
    workspace_id: Option<String>,
}

/// `GET /activity`: the last thirty completed days; today is not among them.
pub(super) async fn activity(
    State(server): State<Shared>,
    headers: HeaderMap,
    Query(asked): Query<Asked>,
) -> Result<Json<Value>, Refusal> {
    let caller = server.manager(&headers)?;
    let (from, to) = window(asked.date.as_deref(), server.today())?;
    let hash = asked.api_key_hash.as_deref();
    if hash.is_some_and(|hash| hash.len() != 64 || !hash.bytes().all(|b| b.is_ascii_hexdigit())) {
        return Err(Refusal::bad_request(
            "api_key_hash: Expected a SHA-256 hash in hex",
        ));
    }
    if asked
        .group_by
        .as_deref()
        .is_some_and(|by| by != "workspace")
    {
        return Err(Refusal::bad_request(
            "group_by: Invalid option: expected \"workspace\"",
        ));
    }
    // Everything here happens in one workspace.
    let is_elsewhere = asked.workspace_id.is_some_and(|id| id != WORKSPACE);
    if is_elsewhere || server.lists_oddly(Listing::NoActivity) {
        return Ok(Json(json!({ "data": [] })));
    }
    let mut rows = server.world().history.rows(&Question {
        account: caller.account,
        from,
        to,
        key: hash,
        by_workspace: asked.group_by.is_some(),
    });
    if server.lists_oddly(Listing::LongDates) {
        for row in &mut rows {
            let date = row["date"].as_str().unwrap_or_default();
            row["date"] = json!(format!("{date} 00:00:00"));
        }
    }
    Ok(Json(json!({ "data": rows })))
}

/// The days that are asked for: all completed ones that are kept, or one of them.
fn window(date: Option<&str>, today: Date) -> Result<(Date, Date), Refusal> {
    let (first, last) = (
        today.saturating_sub(DAYS.days()),
        today.saturating_sub(1.day()),
    );
    let Some(date) = date else {
        return Ok((first, last));
    };
    let day: Date = date
        .parse()
        .map_err(|_| Refusal::bad_request("date: Expected YYYY-MM-DD"))?;
    if day < first || day > last {
        return Err(Refusal::bad_request(
            "Date must be within the last 30 (completed) UTC days",
        ));
    }
    Ok((day, day))
}

/// The answer to look up.
#[derive(Debug, Deserialize)]
pub(super) struct Wanted {
    id: Option<String>,
}

/// `GET /generation`.
pub(super) async fn generation(
    State(server): State<Shared>,
    headers: HeaderMap,
    Query(wanted): Query<Wanted>,
) -> Result<Json<Value>, Refusal> {
    let caller = server.caller(&headers)?;
    let id = wanted
        .id
        .filter(|id| !id.is_empty())
        .ok_or_else(|| Refusal::bad_request("id: Required"))?;
    let found = server
        .world()
        .generations
        .find(&id, caller.account, server.now());
    let data = found.ok_or_else(|| Refusal::not_found(&format!("Generation {id} not found")))?;
    Ok(Json(json!({ "data": data })))
}
