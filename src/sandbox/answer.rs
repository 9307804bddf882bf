//! One answer to one request: what is said, what it costs, and how it is booked.

use std::time::{Duration, Instant};

use jiff::Timestamp;
use serde_json::{Value, json};

use super::ask::Ask;
use super::client::Client;
use super::clock::day_of;
use super::fault_row::{Act, Twist};
use super::generation::{Generation, new_id};
use super::history::{Amount, Use};
use super::model::Thinking;
use super::price::Cost;
use super::replies::{Call, Reply, reply};
use super::route::Route;
use super::samples::{HOSTILE, long_text};
use super::server::{Caller, Server};
use super::tokens;
use crate::domain::money::Usd;

/// One answer to one request.
#[derive(Clone, Debug)]
pub(super) struct Answer {
    /// `gen-…`.
    pub(super) id: String,
    /// When it began.
    pub(super) created: Timestamp,
    /// Who answers.
    pub(super) route: Route,
    /// What is said, a token each.
    pub(super) pieces: Vec<Piece>,
    /// Why it ends after the last of them.
    pub(super) finish: Finish,
    /// What is to be different about its events.
    pub(super) twist: Option<Twist>,
    /// Tokens a second; 0 is as fast as it goes.
    pub(super) rate: u32,
    /// Reasoning is thought, billed, and not shown.
    pub(super) hides_reasoning: bool,
    prompt_tokens: u64,
    cached: u64,
    is_streamed: bool,
    caller: Caller,
    client: Client,
    user: Option<String>,
    session_id: Option<String>,
    began: Instant,
}

/// A token of an answer, or a whole call.
#[derive(Clone, Debug)]
pub(super) enum Piece {
    /// Of the reasoning.
    Reasoning(String),
    /// Of the text.
    Text(String),
    /// A call of a tool.
    Call(Call),
}

/// Why an answer ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Finish {
    /// It is done.
    Stop,
    /// It reached the longest length.
    Length,
    /// It wants a tool run.
    ToolCalls,
    /// A filter stopped it.
    ContentFilter,
    /// It failed.
    Error,
    /// It says nothing of it.
    Blank,
}

impl Finish {
    /// The word of the API; none where nothing is said.
    pub(super) fn word(self) -> Option<&'static str> {
        match self {
            Self::Stop => Some("stop"),
            Self::Length => Some("length"),
            Self::ToolCalls => Some("tool_calls"),
            Self::ContentFilter => Some("content_filter"),
            Self::Error => Some("error"),
            Self::Blank => None,
        }
    }
}

/// How an answer came to its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    /// All of it was told.
    Told,
    /// The client left after so many pieces.
    Left(usize),
}

impl Answer {
    /// Thinks of an answer. `cached` of the question's tokens came from a cache.
    pub(super) fn compose(
        ask: &Ask,
        route: Route,
        caller: Caller,
        client: Client,
        cached: u64,
        server: &Server,
    ) -> Self {
        let twist = match route.fault.map(|fault| fault.row().act) {
            Some(Act::Twist(twist)) => Some(twist),
            _ => None,
        };
        let (pieces, finish) = think(ask, &route, twist);
        let created = server.now();
        Self {
            id: new_id(created),
            created,
            pieces,
            finish,
            twist,
            rate: route
                .bench
                .map_or(server.options.tokens_per_second, |bench| bench.rate),
            hides_reasoning: ask.reasoning.is_hidden,
            prompt_tokens: ask.prompt_tokens,
            cached,
            is_streamed: ask.is_stream,
            caller,
            client,
            user: ask.user.clone(),
            session_id: ask.session_id.clone(),
            began: Instant::now(),
            route,
        }
    }

    /// Whether the client asked for the routing facts.
    pub(super) fn wants_metadata(&self) -> bool {
        self.client.wants_metadata
    }

    /// How long all of it takes at its rate.
    pub(super) fn length_in_time(&self) -> Duration {
        match self.rate {
            0 => Duration::ZERO,
            rate => {
                let pieces = u32::try_from(self.pieces.len()).unwrap_or(u32::MAX);
                self.first_token_after() + Duration::from_secs(1) * pieces / rate
            }
        }
    }

    /// How long it thinks before the first token.
    pub(super) fn first_token_after(&self) -> Duration {
        let millis = self.route.endpoint.latency.min(400);
        Duration::from_millis(if self.rate == 0 { 0 } else { millis })
    }

    /// `usage` of the whole answer.
    pub(super) fn usage(&self) -> Value {
        let amount = self.amount(self.pieces.len());
        let cost = self.cost(&amount);
        let is_byok = self.is_byok();
        json!({
            "prompt_tokens": amount.prompt,
            "completion_tokens": amount.completion,
            "total_tokens": amount.prompt + amount.completion,
            "cost": if is_byok { Usd::ZERO } else { cost.total() },
            "is_byok": is_byok,
            "prompt_tokens_details": { "cached_tokens": amount.cached, "audio_tokens": 0 },
            "completion_tokens_details": { "reasoning_tokens": amount.reasoning },
            "cost_details": {
                "upstream_inference_cost": is_byok.then(|| cost.total()),
                "upstream_inference_prompt_cost": cost.prompt,
                "upstream_inference_completions_cost": cost.completion,
            },
        })
    }

    /// Books the answer: on the key, the account and the day, and among the generations.
    pub(super) fn book(&self, server: &Server, end: End) {
        let told = match end {
            End::Told => self.pieces.len(),
            // Some providers run on, and bill the whole answer.
            End::Left(_) if !self.route.endpoint.provider.stops_when_left() => self.pieces.len(),
            End::Left(told) => told,
        };
        let mut amount = self.amount(told);
        let cost = self.cost(&amount).total();
        if self.is_byok() {
            amount.byok = cost;
        } else {
            amount.usage = cost;
        }
        let model = self.route.endpoint.model;
        let what = Use {
            day: day_of(self.created),
            account: self.caller.account,
            key: self.caller.key.clone(),
            model: model.id.clone(),
            permaslug: model.canonical.clone(),
            provider: self.route.endpoint.provider.name,
            endpoint: self.route.endpoint.id(),
        };
        let generation = Generation {
            id: self.id.clone(),
            account: what.account,
            model: self.route.answers_as.clone(),
            permaslug: what.permaslug.clone(),
            provider: what.provider,
            endpoint: what.endpoint.clone(),
            created_at: self.created,
            amount,
            is_streamed: self.is_streamed,
            is_cancelled: end != End::Told,
            finish_reason: match end {
                End::Told => self.finish.word(),
                End::Left(_) => None,
            },
            latency: self.first_token_after(),
            duration: self.began.elapsed(),
            router: (self.route.requested != self.route.answers_as)
                .then(|| self.route.requested.clone()),
            referer: self.client.referer.clone(),
            user_agent: self.client.user_agent.clone(),
            external_user: self.user.clone(),
            session_id: self.session_id.clone(),
        };
        let now = server.now();
        let delay = server.options.generation_delay;
        let findable_at = now.checked_add(delay).unwrap_or(now);
        let mut world = server.world();
        world.charge(what, &amount);
        world.generations.keep(generation, findable_at);
    }

    /// What the first so many pieces use, without its price.
    fn amount(&self, told: usize) -> Amount {
        let told = &self.pieces[..told.min(self.pieces.len())];
        let reasoning = told
            .iter()
            .filter(|piece| matches!(piece, Piece::Reasoning(_)))
            .count() as u64;
        let said: u64 = told
            .iter()
            .map(|piece| match piece {
                Piece::Reasoning(_) | Piece::Text(_) => 1,
                Piece::Call(call) => tokens::count(&call.name) + tokens::count(&call.arguments),
            })
            .sum();
        Amount {
            requests: 1,
            prompt: self.prompt_tokens,
            completion: said,
            reasoning,
            cached: self.cached,
            usage: Usd::ZERO,
            byok: Usd::ZERO,
        }
    }

    /// The account's own key at the provider pays. OpenRouter's part is free up to a monthly allowance
    /// (section 10).
    fn is_byok(&self) -> bool {
        self.twist == Some(Twist::OwnKey)
    }

    /// The bill. Source: section 5.6, the insurance of empty and failed answers.
    fn cost(&self, amount: &Amount) -> Cost {
        let is_nothing = amount.completion == 0 && self.finish == Finish::Blank;
        if is_nothing || self.finish == Finish::Error {
            return Cost::default();
        }
        let price = &self.route.endpoint.price;
        price.cost(amount.prompt, amount.cached, amount.completion)
    }
}

/// What is said, and why it ends.
fn think(ask: &Ask, route: &Route, twist: Option<Twist>) -> (Vec<Piece>, Finish) {
    if let Some(bench) = route.bench {
        let pieces = long_text(bench.tokens)
            .into_iter()
            .map(Piece::Text)
            .collect();
        return (pieces, Finish::Stop);
    }
    let Reply {
        reasoning,
        text,
        call,
    } = twisted(reply(ask, share_of_reasoning(ask, route, twist)), twist);
    let mut finish = if call.is_some() {
        Finish::ToolCalls
    } else {
        Finish::Stop
    };
    let mut pieces: Vec<Piece> = Vec::new();
    pieces.extend(tokens::pieces(&reasoning).map(|piece| Piece::Reasoning(piece.to_owned())));
    pieces.extend(tokens::pieces(&text).map(|piece| Piece::Text(piece.to_owned())));
    pieces.extend(call.map(Piece::Call));
    match twist {
        Some(Twist::Breaks(..)) => {
            pieces.truncate(pieces.len() / 2);
            finish = Finish::Error;
        }
        Some(Twist::Filtered) => {
            pieces.truncate(pieces.len() / 2);
            finish = Finish::ContentFilter;
        }
        Some(Twist::Nothing) => {
            pieces.clear();
            finish = Finish::Blank;
        }
        _ => {}
    }
    let most = ask.max_tokens.and_then(|most| usize::try_from(most).ok());
    if let Some(most) = most.filter(|&most| most < pieces.len()) {
        pieces.truncate(most);
        finish = Finish::Length;
    }
    (pieces, finish)
}

/// How much a model reasons on this request, in percent of the usual.
fn share_of_reasoning(ask: &Ask, route: &Route, twist: Option<Twist>) -> u64 {
    match route.endpoint.model.thinking {
        _ if twist == Some(Twist::ReasoningTwin) => 100,
        Thinking::None => 0,
        Thinking::Usual if ask.reasoning.is_off => 0,
        Thinking::Usual | Thinking::Always => ask.reasoning.share,
    }
}

fn twisted(mut reply: Reply, twist: Option<Twist>) -> Reply {
    match twist {
        Some(Twist::Hostile) => HOSTILE.clone_into(&mut reply.text),
        Some(Twist::ToolCall) => {
            reply.text.clear();
            let arguments = json!({ "command": "ls" }).to_string();
            reply.call = Some(Call::new("run_command", arguments));
        }
        _ => {}
    }
    reply
}
