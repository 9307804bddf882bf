//! The doors of signing in: the page, its two buttons, and the exchange of the code.

use axum::Json;
use axum::extract::{Query, State};
use axum::http::header::{ACCEPT_LANGUAGE, LOCATION};
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde_json::{Value, json};

use super::auth_page;
use super::body::{self, read_json};
use super::refusal::Refusal;
use super::server::Shared;
use super::sign_in::{Method, Wish};
use crate::domain::money::Usd;
use crate::text::Lang;

/// What the page may be called with. Source: section 7.1.
#[derive(Debug, Deserialize)]
pub(super) struct Asked {
    callback_url: Option<String>,
    code_challenge: Option<String>,
    code_challenge_method: Option<String>,
    key_label: Option<String>,
    limit: Option<String>,
    state: Option<String>,
    lang: Option<String>,
}

/// What a button of the page brings.
#[derive(Debug, Deserialize)]
pub(super) struct Pressed {
    ticket: String,
    lang: Option<String>,
}

/// `GET /auth`: asks the person.
pub(super) async fn ask(State(server): State<Shared>, headers: HeaderMap, uri: Uri) -> Response {
    let asked = match Query::<Asked>::try_from_uri(&uri) {
        Ok(Query(asked)) => asked,
        Err(error) => return auth_page::refused(&error.body_text(), language(None, &headers)),
    };
    let lang = language(asked.lang.as_deref(), &headers);
    match read_wish(asked) {
        Ok(wish) => {
            let ticket = server.world().sign_ins.ask(wish.clone());
            auth_page::question(&wish, &ticket, lang)
        }
        Err(reason) => auth_page::refused(reason, lang),
    }
}

/// `POST /auth/grant`: the person said yes.
pub(super) async fn grant(
    State(server): State<Shared>,
    headers: HeaderMap,
    Query(pressed): Query<Pressed>,
) -> Response {
    let lang = language(pressed.lang.as_deref(), &headers);
    let now = server.now();
    let mut world = server.world();
    let Some(wish) = world.sign_ins.take(&pressed.ticket) else {
        return auth_page::refused("ticket", lang);
    };
    let code = world.sign_ins.grant(wish.clone(), now);
    match &wish.callback {
        Some(url) => send_back(
            url,
            &[("code", Some(&code)), ("state", wish.state.as_ref())],
        ),
        None => auth_page::code(&code, lang),
    }
}

/// `POST /auth/deny`: the person said no.
pub(super) async fn deny(
    State(server): State<Shared>,
    headers: HeaderMap,
    Query(pressed): Query<Pressed>,
) -> Response {
    let lang = language(pressed.lang.as_deref(), &headers);
    let Some(wish) = server.world().sign_ins.take(&pressed.ticket) else {
        return auth_page::refused("ticket", lang);
    };
    let (error, words) = (
        "access_denied".to_owned(),
        "The user denied access".to_owned(),
    );
    match &wish.callback {
        Some(url) => send_back(
            url,
            &[
                ("error", Some(&error)),
                ("error_description", Some(&words)),
                ("state", wish.state.as_ref()),
            ],
        ),
        None => auth_page::denied(lang),
    }
}

/// `POST /auth/keys`: the code becomes a key.
pub(super) async fn exchange(
    State(server): State<Shared>,
    body: axum::body::Body,
) -> Result<Json<Value>, Refusal> {
    let body = read_json(body).await?;
    let code = body::text(&body, "code")?
        .ok_or_else(|| Refusal::bad_request("code: Required"))?
        .to_owned();
    let method = match body::text(&body, "code_challenge_method")? {
        Some(word) => Some(
            Method::named(word)
                .ok_or_else(|| Refusal::new(400, "Invalid code_challenge_method"))?,
        ),
        None => None,
    };
    let verifier = body::text(&body, "code_verifier")?;
    let now = server.now();
    let mut world = server.world();
    let granted = world.sign_ins.exchange(&code, verifier, method, now)?;
    let name = granted.key_label.unwrap_or_else(|| "Signed in".to_owned());
    let hash = world.keys.mint(&name, 0, now);
    let user_id = world.accounts.first().map(|account| account.user_id);
    let key = world.keys.by_hash_mut(&hash).map(|key| {
        key.limit = granted.limit;
        key.secret.clone()
    });
    let key = key.ok_or_else(|| Refusal::new(500, "Internal Server Error"))?;
    Ok(Json(json!({ "key": key.expose(), "user_id": user_id })))
}

/// Reads the page's parameters; an error names the one that is wrong.
fn read_wish(asked: Asked) -> Result<Wish, &'static str> {
    let callback = asked.callback_url;
    if callback.as_deref().is_some_and(|url| !is_callback(url)) {
        return Err("callback_url");
    }
    let method = match asked.code_challenge_method.as_deref() {
        None => Method::S256,
        Some(word) => Method::named(word).ok_or("code_challenge_method")?,
    };
    let challenge = asked.code_challenge.map(|challenge| (challenge, method));
    if challenge
        .as_ref()
        .is_some_and(|(text, _)| !is_challenge(text))
    {
        return Err("code_challenge");
    }
    // A code that is shown could be seen: without a challenge anybody could use it.
    if callback.is_none() && challenge.is_none() {
        return Err("code_challenge");
    }
    let limit = match asked.limit.as_deref() {
        None | Some("") => None,
        Some(text) => Some(
            Usd::parse(text)
                .filter(|limit| !limit.is_negative())
                .ok_or("limit")?,
        ),
    };
    if asked
        .key_label
        .as_deref()
        .is_some_and(|label| label.chars().count() > 100)
    {
        return Err("key_label");
    }
    Ok(Wish {
        callback,
        challenge,
        key_label: asked.key_label,
        limit,
        state: asked.state,
    })
}

/// Where an answer may go: any https address, or this machine over http.
fn is_callback(url: &str) -> bool {
    let Ok(uri) = url.parse::<Uri>() else {
        return false;
    };
    let host = uri.host().unwrap_or_default();
    match uri.scheme_str() {
        Some("https") => !host.is_empty(),
        Some("http") => matches!(host, "localhost" | "127.0.0.1" | "[::1]"),
        _ => false,
    }
}

/// Characters that the standard allows in a challenge.
fn is_challenge(text: &str) -> bool {
    let is_fine = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '_' | '~');
    (16..=128).contains(&text.len()) && text.chars().all(is_fine)
}

/// Sends the browser to the callback, with more parameters in its query.
fn send_back(url: &str, parameters: &[(&str, Option<&String>)]) -> Response {
    let (base, fragment) = url.split_once('#').unwrap_or((url, ""));
    let mut address = base.to_owned();
    for (name, value) in parameters {
        if let Some(value) = value {
            address.push(if address.contains('?') { '&' } else { '?' });
            address.push_str(&format!("{name}={}", percent(value)));
        }
    }
    if !fragment.is_empty() {
        address.push_str(&format!("#{fragment}"));
    }
    (StatusCode::SEE_OTHER, [(LOCATION, address)]).into_response()
}

/// A value as it stands in a query.
fn percent(value: &str) -> String {
    let mut safe = String::with_capacity(value.len());
    for byte in value.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            safe.push(char::from(byte));
        } else {
            safe.push_str(&format!("%{byte:02X}"));
        }
    }
    safe
}

/// The language of the page: as the address says, else as the browser prefers.
fn language(asked: Option<&str>, headers: &HeaderMap) -> Lang {
    let preferred = headers.get(ACCEPT_LANGUAGE).and_then(|v| v.to_str().ok());
    Lang::from_locale(asked.or(preferred).unwrap_or_default())
}
