//! What an answer took and cost, in one line.

use super::words;
use crate::domain::conversation::{Reply, ReplyState};
use crate::domain::count::grouped;
use crate::text::{Lang, Phrase};

const TOOK: Phrase = Phrase::new("all {} s", "全程 {} 秒");

/// The line under an answer: who answered, how long it took, what it cost, and whether it is whole.
pub(super) fn line(reply: &Reply, lang: Lang) -> String {
    parts(reply, None, lang)
}

/// The same with the time from the request to the end: what one compares two answers by.
pub(super) fn with_time(reply: &Reply, lang: Lang) -> String {
    let took = (reply.took_ms > 0).then(|| TOOK.fill(lang, &[&seconds(reply.took_ms)]));
    parts(reply, took, lang)
}

fn parts(reply: &Reply, took: Option<String>, lang: Lang) -> String {
    let mut parts: Vec<String> = Vec::new();
    parts.extend(reply.provider.as_ref().map(ToString::to_string));
    if let (Some(read), Some(written)) = (reply.prompt_tokens, reply.completion_tokens) {
        parts.push(words::TOKENS.fill(lang, &[&grouped(read), &grouped(written)]));
    }
    parts.push(cost(reply, lang));
    if let Some(first) = reply.first_token_ms {
        parts.push(words::FIRST.fill(lang, &[&seconds(first)]));
    }
    parts.extend(took);
    parts.extend(rate(reply).map(|rate| words::RATE.fill(lang, &[&rate])));
    let state = match &reply.state {
        ReplyState::Coming | ReplyState::Whole => None,
        ReplyState::Cut => Some(words::CUT),
        ReplyState::Stopped => Some(words::STOPPED),
        ReplyState::Filtered => Some(words::FILTERED),
        ReplyState::Broken(_) => Some(words::BROKEN),
    };
    parts.extend(state.map(|state| state.say(lang).to_owned()));
    parts.join(" · ")
}

fn cost(reply: &Reply, lang: Lang) -> String {
    match (reply.cost, &reply.state) {
        (Some(cost), _) => cost.to_string(),
        // The bill of what was cut off is asked for later.
        (None, ReplyState::Stopped | ReplyState::Broken(_)) if reply.generation_id.is_some() => {
            words::COST_PENDING.say(lang).to_owned()
        }
        (None, _) => words::NO_COST.say(lang).to_owned(),
    }
}

fn seconds(ms: u64) -> String {
    format!("{}.{}", ms / 1000, ms % 1000 / 100)
}

/// Tokens a second from the first word to the end; `None` where that says nothing.
fn rate(reply: &Reply) -> Option<u64> {
    let span = reply.took_ms.checked_sub(reply.first_token_ms?)?;
    let tokens = reply.completion_tokens?;
    if span < 50 || tokens < 5 {
        return None;
    }
    Some(tokens.saturating_mul(1000) / span)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::money::Usd;

    #[test]
    fn an_answer_tells_what_it_took() {
        let reply = Reply {
            provider: Some("OpenAI".into()),
            prompt_tokens: Some(1_840),
            completion_tokens: Some(512),
            cost: Usd::parse("0.0014842"),
            first_token_ms: Some(420),
            took_ms: 3_180,
            state: ReplyState::Whole,
            ..Reply::default()
        };
        assert_eq!(
            line(&reply, Lang::En),
            "OpenAI · 1,840 in, 512 out · $0.0015 · first word 0.4 s · 185 tokens/s"
        );
        assert_eq!(
            with_time(&reply, Lang::En),
            "OpenAI · 1,840 in, 512 out · $0.0015 · first word 0.4 s · all 3.1 s · 185 tokens/s"
        );
        let stopped = Reply {
            generation_id: Some("gen-1".into()),
            state: ReplyState::Stopped,
            ..Reply::default()
        };
        assert_eq!(line(&stopped, Lang::En), "cost pending · stopped");
    }
}
