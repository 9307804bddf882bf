//! The doors of the one workspace that an account has here, and of its default guardrail: what each key may spend. Source:
//! sections 9.2 and 9.3.

use axum::Json;
use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use serde_json::{Value, json};

use super::account::Account;
use super::body::{flag, read_json, text};
use super::cap::CapChange;
use super::guardrail::{DEFAULT, Guardrail};
use super::key::WORKSPACE;
use super::refusal::Refusal;
use super::server::{Caller, Shared};
use super::spending::Period;

/// The slug of the workspace.
const SLUG: &str = "default";

/// `GET /workspaces`.
pub(super) async fn workspaces(
    State(server): State<Shared>,
    headers: HeaderMap,
) -> Result<Json<Value>, Refusal> {
    server.manager(&headers)?;
    Ok(Json(
        json!({ "data": [workspace_json()], "total_count": 1 }),
    ))
}

/// `GET /workspaces/{id or slug}`.
pub(super) async fn workspace(
    State(server): State<Shared>,
    headers: HeaderMap,
    Path(id): Path<String>,
) -> Result<Json<Value>, Refusal> {
    server.manager(&headers)?;
    if id != SLUG && id != WORKSPACE {
        return Err(Refusal::not_found("Workspace not found"));
    }
    Ok(Json(json!({ "data": workspace_json() })))
}

/// `GET /guardrails/{id}`: not found until something is written into it.
pub(super) async fn show(
    State(server): State<Shared>,
    headers: HeaderMap,
    Path(id): Path<String>,
) -> Result<Json<Value>, Refusal> {
    let caller = server.manager(&headers)?;
    let mut world = server.world();
    let guardrail = of_account(&mut world.accounts, &caller, &id)?;
    let guardrail = guardrail.as_ref().ok_or_else(not_found)?;
    Ok(Json(json!({ "data": guardrail.to_json(WORKSPACE) })))
}

/// `PATCH /guardrails/{id}`: what is left out stays, null clears; the default one is made by its first change.
pub(super) async fn change(
    State(server): State<Shared>,
    headers: HeaderMap,
    Path(id): Path<String>,
    body: Body,
) -> Result<Json<Value>, Refusal> {
    let caller = server.manager(&headers)?;
    let body = read_json(body).await?;
    if text(&body, "name")?.is_some() {
        let words = "The name of a workspace default guardrail cannot be changed";
        return Err(Refusal::bad_request(words));
    }
    let cap = CapChange::read(&body, ["limit_usd", "reset_interval"], false)?;
    let includes_byok = flag(&body, "include_byok_in_budgets")?;
    let now = server.now();
    let mut world = server.world();
    let guardrail = of_account(&mut world.accounts, &caller, &id)?;
    let is_new = guardrail.is_none();
    let guardrail = guardrail.get_or_insert(Guardrail {
        limit: None,
        period: Period::Ever,
        includes_byok: false,
        created_at: now,
        updated_at: None,
    });
    cap.apply(&mut guardrail.limit, &mut guardrail.period);
    if let Some(includes) = includes_byok {
        guardrail.includes_byok = includes;
    }
    guardrail.updated_at = (!is_new).then_some(now);
    Ok(Json(json!({ "data": guardrail.to_json(WORKSPACE) })))
}

/// The guardrail of the caller's account.
fn of_account<'a>(
    accounts: &'a mut [Account],
    caller: &Caller,
    id: &str,
) -> Result<&'a mut Option<Guardrail>, Refusal> {
    let account = accounts.get_mut(caller.account).filter(|_| id == DEFAULT);
    account.map(|it| &mut it.guardrail).ok_or_else(not_found)
}

fn not_found() -> Refusal {
    Refusal::not_found("Guardrail not found")
}

fn workspace_json() -> Value {
    json!({
        "id": WORKSPACE,
        "name": "Default Workspace",
        "slug": SLUG,
        "description": null,
        "default_guardrail_id": DEFAULT,
        "default_text_model": null,
        "default_image_model": null,
        "default_provider_sort": null,
        "include_byok_in_budgets": false,
        "is_data_discount_logging_enabled": false,
        "is_observability_broadcast_enabled": false,
        "is_observability_io_logging_enabled": false,
        "io_logging_api_key_ids": null,
        "io_logging_sampling_rate": 1,
        "created_at": "2025-08-24T10:30:00Z",
        "created_by": null,
        "updated_at": null,
    })
}
