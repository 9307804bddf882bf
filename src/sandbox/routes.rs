//! Every address of the sandbox, and what stands before them: only this machine comes in.

use axum::Router;
use axum::extract::{Request, State};
use axum::http::header::{
    ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS, ACCESS_CONTROL_ALLOW_ORIGIN,
    ACCESS_CONTROL_EXPOSE_HEADERS, HOST, ORIGIN, VARY,
};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode};
use axum::middleware::{Next, from_fn, from_fn_with_state, map_response};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};

use super::activity;
use super::analytics;
use super::chat;
use super::fault::Fault;
use super::fault_row::{Act, Harm, Reach, Scene};
use super::guardrail_routes as guardrails;
use super::key_routes as keys;
use super::model_routes as models;
use super::refusal::Refusal;
use super::server::Shared;
use super::sign_in_routes as sign_in;
use super::wire;
use crate::domain::simulated::SANDBOX_HEADER;

/// The whole server.
pub(super) fn router(server: Shared) -> Router {
    let api = Router::new()
        .route("/key", get(keys::own))
        .route("/auth/key", get(keys::own))
        .route("/credits", get(keys::credits))
        .route("/keys", get(keys::list).post(keys::create))
        .route(
            "/keys/{hash}",
            get(keys::show).patch(keys::change).delete(keys::delete),
        )
        .route("/workspaces", get(guardrails::workspaces))
        .route("/workspaces/{id}", get(guardrails::workspace))
        .route(
            "/guardrails/{id}",
            get(guardrails::show).patch(guardrails::change),
        )
        .route("/activity", get(activity::activity))
        .route("/analytics/meta", get(analytics::meta))
        .route("/analytics/query", post(analytics::query))
        .route("/generation", get(activity::generation))
        .route("/models", get(models::list))
        .route("/models/user", get(models::usable))
        .route("/models/count", get(models::count))
        .route("/model/{author}/{slug}", get(models::show))
        .route("/models/{author}/{slug}/endpoints", get(models::endpoints))
        .route("/providers", get(models::all_providers))
        .route("/endpoints/zdr", get(models::zero_retention))
        .route("/chat/completions", post(chat::complete))
        .route("/auth/keys", post(sign_in::exchange))
        .layer(from_fn_with_state(server.clone(), troubled));
    Router::new()
        .nest("/api/v1", api)
        .route("/auth", get(sign_in::ask))
        .route("/auth/grant", post(sign_in::grant))
        .route("/auth/deny", post(sign_in::deny))
        .fallback(nowhere)
        .method_not_allowed_fallback(wrong_method)
        .layer(from_fn(only_from_here))
        .layer(map_response(says_what_it_is))
        .with_state(server)
}

/// Every answer says that it is simulated, so that clients need not guess it.
async fn says_what_it_is(mut response: Response) -> Response {
    let simulated = HeaderValue::from_static("1");
    response.headers_mut().insert(SANDBOX_HEADER, simulated);
    response
}

async fn nowhere() -> Refusal {
    Refusal::not_found("Not Found")
}

async fn wrong_method() -> Refusal {
    Refusal::new(405, "Method Not Allowed")
}

/// The trouble that every request of this server is in.
async fn troubled(State(server): State<Shared>, request: Request, next: Next) -> Response {
    let everywhere = |fault: &Fault| fault.row().reach == Reach::Everything;
    let Some(fault) = server.fault().filter(everywhere) else {
        return next.run(request).await;
    };
    match fault.row().act {
        Act::Refuse(refusal) => refusal(&Scene {
            model: "openai/gpt-5-mini".to_owned(),
            now: server.now(),
        })
        .into_response(),
        Act::Instead(response) => response(),
        Act::Harm(Harm::Hang) => wire::never(&server).await,
        Act::Harm(harm) => wire::harm(next.run(request).await, harm, &server),
        Act::Twist(_) | Act::Odd(_) => next.run(request).await,
    }
}

/// Refuses names and pages that are not of this machine: a foreign page could otherwise reach the
/// sandbox through the person's browser, by its address or under a name that resolves to it.
/// Pages served from this machine may use it, as they may use the real service.
async fn only_from_here(request: Request, next: Next) -> Response {
    let headers = request.headers();
    let host = headers
        .get(HOST)
        .and_then(|host| host.to_str().ok())
        .or_else(|| {
            request
                .uri()
                .authority()
                .map(axum::http::uri::Authority::as_str)
        })
        .unwrap_or_default();
    let origin = headers.get(ORIGIN).cloned();
    let is_own = origin
        .as_ref()
        .is_none_or(|origin| origin.to_str().is_ok_and(is_local_origin));
    if !is_loopback(host) || !is_own {
        return Refusal::new(403, "The sandbox answers only to this machine").into_response();
    }
    let is_preflight = request.method() == Method::OPTIONS && origin.is_some();
    let mut response = if is_preflight {
        StatusCode::NO_CONTENT.into_response()
    } else {
        next.run(request).await
    };
    if let Some(origin) = origin {
        allow(response.headers_mut(), origin);
    }
    response
}

fn allow(headers: &mut HeaderMap, origin: HeaderValue) {
    headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, origin);
    headers.insert(VARY, HeaderValue::from_static("origin"));
    let any = |text| HeaderValue::from_static(text);
    headers.insert(
        ACCESS_CONTROL_ALLOW_METHODS,
        any("GET, POST, PATCH, DELETE, OPTIONS"),
    );
    // A star would not cover Authorization.
    headers.insert(
        ACCESS_CONTROL_ALLOW_HEADERS,
        any("*, authorization, content-type"),
    );
    headers.insert(ACCESS_CONTROL_EXPOSE_HEADERS, any("*"));
}

fn is_local_origin(origin: &str) -> bool {
    origin
        .split_once("://")
        .is_some_and(|(_, host)| is_loopback(host))
}

/// Whether a host, with or without a port, is this machine.
fn is_loopback(host: &str) -> bool {
    let name = match host.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or_default(),
        None => host.split(':').next().unwrap_or_default(),
    };
    let is_named = name.eq_ignore_ascii_case("localhost") || name.ends_with(".localhost");
    let is_address = name
        .parse()
        .is_ok_and(|address: std::net::IpAddr| address.is_loopback());
    is_named || is_address
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_of_this_machine_are_let_in() {
        for host in [
            "127.0.0.1:4100",
            "localhost",
            "LOCALHOST:1",
            "[::1]:80",
            "127.9.9.9",
        ] {
            assert!(is_loopback(host), "{host}");
        }
        for host in [
            "evil.example",
            "127.0.0.1.evil.example",
            "10.0.0.1",
            "",
            "localhost.evil",
        ] {
            assert!(!is_loopback(host), "{host}");
        }
        assert!(is_local_origin("http://localhost:5173"));
        assert!(!is_local_origin("null"));
    }
}
