//! The doors of keys: what a key knows of itself, what a management key does with the others.

use axum::Json;
use axum::body::Body;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use serde::Deserialize;
use serde_json::{Value, json};

use super::body::{flag, read_json, text};
use super::cap::CapChange;
use super::fault_row::Listing;
use super::key::{Key, Kind, WORKSPACE};
use super::key_ring::KeyRing;
use super::refusal::Refusal;
use super::server::{Caller, Shared};

/// Rows of one page of keys.
const PAGE: usize = 100;

/// `GET /key`: what a key knows of itself.
pub(super) async fn own(
    State(server): State<Shared>,
    headers: HeaderMap,
) -> Result<Json<Value>, Refusal> {
    let caller = server.caller(&headers)?;
    let (now, today) = (server.now(), server.today());
    let mut guard = server.world();
    let world = &mut *guard;
    let key = world.keys.by_hash(&caller.key).ok_or_else(gone)?;
    let account = world.accounts.get_mut(key.account).ok_or_else(gone)?;
    let mut data = key.own_json(now, today, account);
    if server.lists_oddly(Listing::OldKey) {
        make_old(&mut data);
    }
    Ok(Json(json!({ "data": data })))
}

/// `GET /credits`.
pub(super) async fn credits(
    State(server): State<Shared>,
    headers: HeaderMap,
) -> Result<Json<Value>, Refusal> {
    let caller = match server.manager(&headers) {
        Err(refusal) if refusal.status() == 403 && server.lists_oddly(Listing::ZeroCredits) => {
            return Ok(Json(
                json!({ "data": { "total_credits": 0, "total_usage": 0 } }),
            ));
        }
        caller => caller?,
    };
    let world = server.world();
    let account = world.accounts.get(caller.account).ok_or_else(gone)?;
    Ok(Json(json!({
        "data": { "total_credits": account.bought, "total_usage": account.spending.total() }
    })))
}

/// What a list of keys may be asked for.
#[derive(Debug, Deserialize)]
pub(super) struct Listed {
    include_disabled: Option<String>,
    include_expired: Option<String>,
    offset: Option<String>,
    workspace_id: Option<String>,
}

/// `GET /keys`: the newest first, a hundred at a time.
pub(super) async fn list(
    State(server): State<Shared>,
    headers: HeaderMap,
    Query(asked): Query<Listed>,
) -> Result<Json<Value>, Refusal> {
    let caller = server.manager(&headers)?;
    let offset = match asked.offset.as_deref() {
        None | Some("" | "null") => 0,
        Some(text) => text
            .parse()
            .map_err(|_| Refusal::bad_request("offset: Expected a whole number from 0"))?,
    };
    let is_true = |word: &Option<String>| word.as_deref() == Some("true");
    let wants_expired = asked.include_expired.as_deref() != Some("false");
    if asked.workspace_id.is_some_and(|id| id != WORKSPACE) {
        return Ok(Json(json!({ "data": [] })));
    }
    let (now, today) = (server.now(), server.today());
    let world = server.world();
    let account = world.accounts.get(caller.account).ok_or_else(gone)?;
    let rows: Vec<Value> = world
        .keys
        .of_account(caller.account)
        .filter(|key| is_true(&asked.include_disabled) || !key.is_disabled)
        .filter(|key| wants_expired || !key.is_expired(now))
        .skip(offset)
        .take(PAGE)
        .map(|key| key.to_json(today, account))
        .collect();
    Ok(Json(json!({ "data": rows })))
}

/// `POST /keys`: the key itself is told here and never again.
pub(super) async fn create(
    State(server): State<Shared>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Refusal> {
    let caller = server.manager(&headers)?;
    let body = read_json(body).await?;
    let name = text(&body, "name")?
        .filter(|name| !name.is_empty())
        .ok_or_else(|| Refusal::bad_request("name: Required"))?
        .to_owned();
    let expires_at = match text(&body, "expires_at")? {
        Some(text) => Some(read_expiry(text, server.now())?),
        None => None,
    };
    let changes = Changes::read(&body)?;
    let (now, today) = (server.now(), server.today());
    let mut guard = server.world();
    let world = &mut *guard;
    let hash = world.keys.mint(&name, caller.account, now);
    let key = world.keys.by_hash_mut(&hash).ok_or_else(gone)?;
    changes.apply(key);
    key.expires_at = expires_at;
    let account = world.accounts.get(caller.account).ok_or_else(gone)?;
    let answer = json!({ "data": key.to_json(today, account), "key": key.secret.expose() });
    Ok((StatusCode::CREATED, Json(answer)).into_response())
}

/// `GET /keys/{hash}`.
pub(super) async fn show(
    State(server): State<Shared>,
    headers: HeaderMap,
    Path(hash): Path<String>,
) -> Result<Json<Value>, Refusal> {
    let caller = server.manager(&headers)?;
    let today = server.today();
    let mut world = server.world();
    let account = world
        .accounts
        .get(caller.account)
        .cloned()
        .ok_or_else(gone)?;
    let key = managed(&mut world.keys, &hash, &caller)?;
    Ok(Json(json!({ "data": key.to_json(today, &account) })))
}

/// `PATCH /keys/{hash}`: what is left out stays, null clears.
pub(super) async fn change(
    State(server): State<Shared>,
    headers: HeaderMap,
    Path(hash): Path<String>,
    body: Body,
) -> Result<Json<Value>, Refusal> {
    let caller = server.manager(&headers)?;
    let body = read_json(body).await?;
    let changes = Changes::read(&body)?;
    let name = text(&body, "name")?.map(str::to_owned);
    let is_disabled = flag(&body, "disabled")?;
    let (now, today) = (server.now(), server.today());
    let mut world = server.world();
    let account = world
        .accounts
        .get(caller.account)
        .cloned()
        .ok_or_else(gone)?;
    let key = managed(&mut world.keys, &hash, &caller)?;
    changes.apply(key);
    if let Some(name) = name {
        key.name = name;
    }
    if let Some(is_disabled) = is_disabled {
        key.is_disabled = is_disabled;
    }
    key.updated_at = Some(now);
    Ok(Json(json!({ "data": key.to_json(today, &account) })))
}

/// `DELETE /keys/{hash}`.
pub(super) async fn delete(
    State(server): State<Shared>,
    headers: HeaderMap,
    Path(hash): Path<String>,
) -> Result<Json<Value>, Refusal> {
    let caller = server.manager(&headers)?;
    let mut world = server.world();
    managed(&mut world.keys, &hash, &caller)?;
    world.keys.delete(&hash);
    Ok(Json(json!({ "deleted": true })))
}

/// What a body says of a key's limits. `None` leaves a member as it is.
struct Changes {
    cap: CapChange,
    includes_byok: Option<bool>,
}

impl Changes {
    fn read(body: &Value) -> Result<Self, Refusal> {
        Ok(Self {
            cap: CapChange::read(body, ["limit", "limit_reset"], true)?,
            includes_byok: flag(body, "include_byok_in_limit")?,
        })
    }

    fn apply(&self, key: &mut Key) {
        self.cap.apply(&mut key.limit, &mut key.period);
        if let Some(includes) = self.includes_byok {
            key.includes_byok = includes;
        }
    }
}

/// An expiry in UTC, in the future. Other offsets are refused. Source: section 2.2.
fn read_expiry(text: &str, now: Timestamp) -> Result<Timestamp, Refusal> {
    let is_utc = text.ends_with('Z') || text.ends_with("+00:00");
    let moment = text.parse::<Timestamp>().ok().filter(|_| is_utc);
    let moment = moment
        .ok_or_else(|| Refusal::bad_request("expires_at: Invalid ISO datetime, UTC expected"))?;
    if moment <= now {
        return Err(Refusal::bad_request("expires_at: Must be in the future"));
    }
    Ok(moment)
}

/// The key of that hash, where the manager's account owns it.
fn managed<'a>(keys: &'a mut KeyRing, hash: &str, caller: &Caller) -> Result<&'a mut Key, Refusal> {
    keys.by_hash_mut(hash)
        .filter(|key| key.account == caller.account && key.kind == Kind::Inference)
        .ok_or_else(|| Refusal::not_found("API key not found"))
}

fn gone() -> Refusal {
    Refusal::new(500, "Internal Server Error")
}

/// Key facts as an older service told them, with members that nobody knows.
fn make_old(data: &mut Value) {
    if let Some(facts) = data.as_object_mut() {
        for newer in [
            "is_management_key",
            "creator_user_id",
            "expires_at",
            "free_model_daily_requests",
            "allowed_data_regions",
            "budgets",
            "effective_budget",
            "organization_id",
            "workspace_id",
        ] {
            facts.remove(newer);
        }
        facts.insert("mood".to_owned(), json!({ "weather": ["mild"] }));
    }
}
