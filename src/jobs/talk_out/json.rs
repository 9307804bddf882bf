//! A conversation as JSON: a contract.

use jiff::Timestamp;
use serde::Serialize;

use super::Telling;
use crate::domain::conversation::{ReplyState, Speaker, Turn};
use crate::domain::json;
use crate::domain::money::Usd;

/// The conversation as one JSON object in one line: every turn, those of other branches included.
///
/// Members: `id`, `title`, `project`, `server`, `begun`, `touched`, `system`, `cost_usd`; `shown`, the numbers of
/// the turns on show; `turns`, each with `number`, `parent`, `at`, `role` (`user` or `assistant`), `text`. A
/// question has `attached` and `sent` too, an answer what is known of it. An answer whose `parent` is an answer goes on
/// with it. Facts that are not known are null.
pub fn json(telling: &Telling<'_>) -> String {
    let talk = telling.talk;
    let whole = TalkJson {
        id: &talk.id,
        title: &talk.title,
        project: talk.project.as_deref(),
        server: telling.server,
        begun: talk.begun,
        touched: talk.touched,
        system: talk.system.as_deref(),
        cost_usd: talk.cost(),
        shown: talk.branch(),
        turns: talk.turns.iter().enumerate().map(TurnJson::of).collect(),
    };
    json::line(&whole) + "\n"
}

#[derive(Serialize)]
struct TalkJson<'a> {
    id: &'a str,
    title: &'a str,
    project: Option<&'a str>,
    server: &'a str,
    begun: Timestamp,
    touched: Timestamp,
    system: Option<&'a str>,
    cost_usd: Option<Usd>,
    shown: Vec<usize>,
    turns: Vec<TurnJson<'a>>,
}

#[derive(Serialize)]
struct TurnJson<'a> {
    number: usize,
    parent: Option<usize>,
    at: Timestamp,
    text: &'a str,
    #[serde(flatten)]
    role: RoleJson<'a>,
}

#[derive(Serialize)]
#[serde(tag = "role")]
enum RoleJson<'a> {
    #[serde(rename = "user")]
    Person {
        attached: &'a [String],
        sent: Option<&'a str>,
    },
    #[serde(rename = "assistant")]
    Model(Box<AnswerJson<'a>>),
}

#[derive(Serialize)]
struct AnswerJson<'a> {
    reasoning: Option<&'a str>,
    asked: &'a str,
    model: Option<&'a str>,
    provider: Option<&'a str>,
    generation_id: Option<&'a str>,
    /// `whole`, `cut`, `stopped`, `filtered`, `odd` (the server's word for its end is not known), `broken`, or
    /// `unfinished`: the program was ended in its midst.
    state: &'static str,
    /// The id of the trouble it broke off with.
    trouble: Option<&'a str>,
    usage: UsageJson,
    ttft_ms: Option<u64>,
    duration_ms: u64,
}

#[derive(Serialize)]
struct UsageJson {
    prompt_tokens: Option<u64>,
    completion_tokens: Option<u64>,
    reasoning_tokens: Option<u64>,
    cached_tokens: Option<u64>,
    cost_usd: Option<Usd>,
}

impl<'a> TurnJson<'a> {
    fn of((number, turn): (usize, &'a Turn)) -> Self {
        Self {
            number,
            parent: turn.parent,
            at: turn.at,
            text: &turn.text,
            role: RoleJson::of(&turn.speaker),
        }
    }
}

impl<'a> RoleJson<'a> {
    fn of(speaker: &'a Speaker) -> Self {
        let reply = match speaker {
            Speaker::Person { attached, sent } => {
                return Self::Person {
                    attached,
                    sent: sent.as_deref(),
                };
            }
            Speaker::Model(reply) => reply,
        };
        let (state, trouble) = state(&reply.state);
        Self::Model(Box::new(AnswerJson {
            reasoning: (!reply.reasoning.is_empty()).then_some(reply.reasoning.as_str()),
            asked: &reply.asked,
            model: reply.model.as_deref(),
            provider: reply.provider.as_deref(),
            generation_id: reply.generation_id.as_deref(),
            state,
            trouble,
            usage: UsageJson {
                prompt_tokens: reply.prompt_tokens,
                completion_tokens: reply.completion_tokens,
                reasoning_tokens: reply.reasoning_tokens,
                cached_tokens: reply.cached_tokens,
                cost_usd: reply.cost,
            },
            ttft_ms: reply.first_token_ms,
            duration_ms: reply.took_ms,
        }))
    }
}

fn state(state: &ReplyState) -> (&'static str, Option<&str>) {
    match state {
        ReplyState::Coming => ("unfinished", None),
        ReplyState::Whole => ("whole", None),
        ReplyState::Cut => ("cut", None),
        ReplyState::Stopped => ("stopped", None),
        ReplyState::Filtered => ("filtered", None),
        ReplyState::Odd(_) => ("odd", None),
        ReplyState::Broken(id) => ("broken", Some(id)),
    }
}
