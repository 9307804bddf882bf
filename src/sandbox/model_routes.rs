//! The doors of models, their endpoints and providers.

use std::collections::HashMap;

use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::HeaderMap;
use serde_json::{Value, json};

use super::catalog::catalog;
use super::clock::start_of;
use super::endpoint::Endpoint;
use super::fault_row::Listing;
use super::model::Model;
use super::model_query::ModelQuery;
use super::provider::{Provider, providers};
use super::refusal::Refusal;
use super::route::{self, is_allowed};
use super::server::Shared;

type Asked = Query<HashMap<String, String>>;

/// `GET /models`: all of it in one answer, unless a page is asked for.
pub(super) async fn list(
    State(server): State<Shared>,
    Query(asked): Asked,
) -> Result<Json<Value>, Refusal> {
    let query = ModelQuery::new(asked, server.now());
    let chosen = query.choose(catalog().models())?;
    let mut answer = listed(&query, &chosen, "/api/v1/models", &server)?;
    if server.lists_oddly(Listing::OddModels) {
        make_odd(&mut answer);
    }
    if server.lists_oddly(Listing::EndlessModels) {
        answer["links"]["next"] = json!("/api/v1/models?offset=0&limit=500");
    }
    Ok(Json(answer))
}

/// `GET /models/user`: without those that the account's settings exclude.
pub(super) async fn usable(
    State(server): State<Shared>,
    headers: HeaderMap,
    Query(asked): Asked,
) -> Result<Json<Value>, Refusal> {
    server.caller(&headers)?;
    let query = ModelQuery::new(asked, server.now());
    let mut chosen = query.choose(catalog().models())?;
    chosen.retain(|model| {
        let known = catalog().find(&model.id);
        known.is_some_and(|model| is_allowed(model).is_ok())
    });
    listed(&query, &chosen, "/api/v1/models/user", &server).map(Json)
}

/// `GET /models/count`.
pub(super) async fn count(
    State(server): State<Shared>,
    Query(asked): Asked,
) -> Result<Json<Value>, Refusal> {
    let query = ModelQuery::new(asked, server.now());
    let chosen = query.choose(catalog().models())?;
    Ok(Json(json!({ "data": { "count": chosen.len() } })))
}

/// `GET /model/{author}/{slug}`: one model, variants and aliases too.
pub(super) async fn show(
    State(server): State<Shared>,
    Path((author, slug)): Path<(String, String)>,
) -> Result<Json<Value>, Refusal> {
    let model = find(&author, &slug)?;
    Ok(Json(json!({ "data": model.to_json(server.now()) })))
}

/// `GET /models/{author}/{slug}/endpoints`.
pub(super) async fn endpoints(
    State(server): State<Shared>,
    headers: HeaderMap,
    Path((author, slug)): Path<(String, String)>,
) -> Result<Json<Value>, Refusal> {
    let model = find(&author, &slug)?;
    let has_key = server.caller(&headers).is_ok();
    let rows: Vec<Value> = Endpoint::all_of(model)
        .iter()
        .map(|endpoint| endpoint.to_json(has_key))
        .collect();
    Ok(Json(json!({
        "data": {
            "id": model.id,
            "name": model.name,
            "created": start_of(model.published).as_second(),
            "description": model.description(),
            "architecture": model.architecture(),
            "endpoints": rows,
        }
    })))
}

/// `GET /endpoints/zdr`: those that keep nothing.
pub(super) async fn zero_retention(
    State(server): State<Shared>,
    headers: HeaderMap,
) -> Json<Value> {
    let has_key = server.caller(&headers).is_ok();
    let rows: Vec<Value> = catalog()
        .models()
        .iter()
        .filter(|model| model.alias_of.is_none() && model.author() != "sandbox")
        .filter(|model| !model.is_router())
        .flat_map(Endpoint::all_of)
        .filter(Endpoint::keeps_nothing)
        .map(|endpoint| endpoint.to_json(has_key))
        .collect();
    Json(json!({ "data": rows }))
}

/// `GET /providers`.
pub(super) async fn all_providers() -> Json<Value> {
    let rows: Vec<Value> = providers().iter().map(Provider::to_json).collect();
    Json(json!({ "data": rows }))
}

fn find(author: &str, slug: &str) -> Result<&'static Model, Refusal> {
    route::known(&format!("{author}/{slug}"))
        .ok_or_else(|| Refusal::not_found("Resource not found"))
}

/// The rows of a list, paged where that is asked for.
fn listed(
    query: &ModelQuery,
    chosen: &[&Model],
    path: &str,
    server: &Shared,
) -> Result<Value, Refusal> {
    let total = chosen.len();
    let (offset, limit) = query.page()?.unwrap_or((0, total));
    let now = server.now();
    let rows: Vec<Value> = chosen
        .iter()
        .skip(offset)
        .take(limit)
        .map(|model| model.to_json(now))
        .collect();
    let end = offset.saturating_add(limit);
    let next = (end < total).then(|| query.next(path, end, limit));
    Ok(json!({ "data": rows, "total_count": total, "links": { "next": next } }))
}

/// A list as a client must bear it: words and members that it does not know, prices in every
/// spelling, absent members.
fn make_odd(answer: &mut Value) {
    if let Some(list) = answer.as_object_mut() {
        list.remove("total_count");
        list.remove("links");
    }
    let Some(rows) = answer["data"].as_array_mut() else {
        return;
    };
    for (at, row) in rows.iter_mut().enumerate().take(60) {
        make_row_odd(at % 6, row);
    }
}

fn make_row_odd(way: usize, row: &mut Value) {
    let Some(row) = row.as_object_mut() else {
        return;
    };
    let mut set = |name: &str, value| row.insert(name.to_owned(), value);
    match way {
        0 => {
            let prices = json!({ "prompt": "1.5e-7", "completion": "6E-7", "thought": "1" });
            set("pricing", prices);
        }
        1 => {
            set(
                "pricing",
                json!({ "prompt": "free", "completion": "-1000000" }),
            );
        }
        2 => {
            let outputs = json!({ "modality": null, "input_modalities": [],
                "output_modalities": ["text", "smell"] });
            set("architecture", outputs);
        }
        3 => {
            set("name", json!("Evil\u{1b}]0;owned\u{7} \u{202e}ledoM"));
        }
        4 => {
            set("context_length", json!(5.0));
        }
        _ => {
            for absent in ["description", "top_provider", "context_length", "created"] {
                row.remove(absent);
            }
        }
    }
}
