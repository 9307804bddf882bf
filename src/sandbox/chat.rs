//! `POST /chat/completions`: who asks, what is asked, who answers, whether it can be paid for.

use axum::Json;
use axum::body::Body;
use axum::extract::State;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::http::{HeaderMap, HeaderValue};
use axum::response::{IntoResponse, Response};
use serde_json::Value;

use super::answer::{Answer, End};
use super::ask::Ask;
use super::body::read_json;
use super::budget::Budget;
use super::client::Client;
use super::completion::completion;
use super::fault::Fault;
use super::fault_refusals::too_long;
use super::fault_row::{Act, Harm, Reach, Scene, Twist};
use super::refusal::Refusal;
use super::route::Route;
use super::server::{Caller, Server, Shared};
use super::stream;
use super::wire;

/// Answers one request.
pub(super) async fn complete(
    State(server): State<Shared>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Refusal> {
    let caller = server.asker(&headers)?;
    let asked = read_json(body).await.and_then(|body| Ask::read(&body));
    let ask = asked.map_err(|refusal| refusal.of_user(caller.user_id))?;
    let client = Client::read(&headers);
    try_each(&server, &ask, &caller, &client)
        .await
        .map_err(|refusal| refusal.of_user(caller.user_id))
}

/// Tries the models in order: whatever keeps one from answering, the next one is asked. Money is
/// the account's affair, and no other model helps.
async fn try_each(
    server: &Shared,
    ask: &Ask,
    caller: &Caller,
    client: &Client,
) -> Result<Response, Refusal> {
    let mut attempts: Vec<Value> = Vec::new();
    let mut last = None;
    for model in &ask.models {
        match try_one(server, ask, model, caller, client).await {
            Ok(response) => return Ok(response),
            Err(refusal) if refusal.status() == 402 => return Err(refusal),
            Err(refusal) => {
                attempts.push(refusal.as_attempt(model));
                last = Some(refusal);
            }
        }
    }
    // The last one speaks for itself.
    attempts.pop();
    let refusal = last.unwrap_or_else(|| Refusal::new(500, "Internal Server Error"));
    Err(if attempts.is_empty() {
        refusal
    } else {
        refusal.with("previous_errors", attempts)
    })
}

async fn try_one(
    server: &Shared,
    ask: &Ask,
    model: &str,
    caller: &Caller,
    client: &Client,
) -> Result<Response, Refusal> {
    let mut route = Route::find(model, ask)?;
    route.fault = route.fault.or_else(|| fault_of_all(server));
    if let Some(response) = strike(server, &route).await? {
        return Ok(response);
    }
    let cached = admit(server, ask, &route, caller)?;
    let fault = route.fault;
    let answer = Answer::compose(ask, route, caller.clone(), client.clone(), cached, server);
    let response = if ask.is_stream && answer.twist != Some(Twist::Whole) {
        streamed(server, answer)
    } else {
        whole(server, &answer).await
    };
    Ok(match fault.map(|fault| fault.row().act) {
        Some(Act::Harm(harm)) => wire::harm(response, harm, server),
        _ => response,
    })
}

/// The trouble that all answers of this server are in.
fn fault_of_all(server: &Server) -> Option<Fault> {
    let fault = server.fault()?;
    (fault.row().reach == Reach::Inference).then_some(fault)
}

/// A trouble that leaves no answer: an error, or something else in its place.
async fn strike(server: &Shared, route: &Route) -> Result<Option<Response>, Refusal> {
    match route.fault.map(|fault| fault.row().act) {
        Some(Act::Refuse(refusal)) => Err(refusal(&Scene {
            model: route.requested.clone(),
            now: server.now(),
        })),
        Some(Act::Instead(response)) => Ok(Some(response())),
        Some(Act::Harm(Harm::Hang)) => Ok(Some(wire::never(server).await)),
        _ => Ok(None),
    }
}

/// Lets a request in that fits and can be paid for. Returns the tokens that come from a cache.
fn admit(server: &Server, ask: &Ask, route: &Route, caller: &Caller) -> Result<u64, Refusal> {
    let model = route.endpoint.model;
    let wanted = ask.max_tokens.unwrap_or(1);
    if let Some(context) = model.context
        && ask.prompt_tokens + wanted > context
    {
        return Err(too_long(context, ask.prompt_tokens, wanted));
    }
    let now = server.now();
    let scene = Scene {
        model: route.requested.clone(),
        now,
    };
    let mut guard = server.world();
    let world = &mut *guard;
    let key_left = world
        .keys
        .by_hash(&caller.key)
        .and_then(|key| key.remaining(server.today()));
    let account = world
        .accounts
        .get_mut(caller.account)
        .ok_or_else(|| Refusal::new(500, "Internal Server Error"))?;
    let budget = Budget {
        balance: account.balance(),
        is_free_tier: account.is_free_tier(),
        key_left,
        price: &route.endpoint.price,
        prompt_tokens: ask.prompt_tokens,
        max_tokens: ask
            .max_tokens
            .unwrap_or_else(|| model.room_after(ask.prompt_tokens)),
    };
    budget.check(&scene)?;
    if let (Some(guardrail), Some(key)) = (&account.guardrail, world.keys.by_hash(&caller.key)) {
        guardrail.check(&key.spending, &key.byok, server.today())?;
    }
    if model.is_free() {
        account.free.count(now)?;
    }
    if route.endpoint.price.cache_read.is_none() {
        return Ok(0);
    }
    Ok(world
        .prompts
        .recall(&caller.key, &model.id, &ask.transcript()))
}

fn streamed(server: &Shared, answer: Answer) -> Response {
    let id = answer.id.clone();
    let mut response = Response::new(stream::body(answer, server.clone()));
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/event-stream"));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    name(&mut response, &id);
    response
}

/// The whole answer at once, after the time it takes.
async fn whole(server: &Shared, answer: &Answer) -> Response {
    let due = Due { server, answer };
    server.pause(answer.length_in_time()).await;
    drop(due);
    let mut response = Json(completion(answer)).into_response();
    name(&mut response, &answer.id);
    response
}

/// Every answer carries its id in a header too.
fn name(response: &mut Response, id: &str) {
    if let Ok(id) = HeaderValue::from_str(id) {
        response.headers_mut().insert("x-generation-id", id);
    }
}

/// An answer that is booked when this goes: one that is not streamed is billed in full even when
/// the client has left. Source: section 5.6.
struct Due<'a> {
    server: &'a Server,
    answer: &'a Answer,
}

impl Drop for Due<'_> {
    fn drop(&mut self) {
        self.answer.book(self.server, End::Told);
    }
}
