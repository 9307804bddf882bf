//! What an answer took and cost, in words: under it on the screen, and beside it in a file.

use crate::domain::conversation::Reply;
use crate::domain::count::{grouped, span};
use crate::text::{Lang, Phrase};

const TOKENS: Phrase = Phrase::new("{} in, {} out", "输入 {}，输出 {}");
const FIRST: Phrase = Phrase::new("first word {}", "首字 {}");
const RATE: Phrase = Phrase::new("{} tokens/s", "每秒 {} token");
const COST_PENDING: Phrase = Phrase::new("cost pending", "费用待定");
const NO_COST: Phrase = Phrase::new("cost not told", "费用未知");

const TOOK: Phrase = Phrase::new("all {}", "全程 {}");

/// Who ran it, tokens, cost, the time to its first word and its speed, each as far as it is known.
pub fn parts(reply: &Reply, lang: Lang) -> Vec<String> {
    known(reply, None, lang)
}

/// The same with the time from the request to the end: what one compares two answers by.
pub fn with_time(reply: &Reply, lang: Lang) -> Vec<String> {
    let took = (reply.took_ms > 0).then(|| TOOK.fill(lang, &[&span(reply.took_ms)]));
    known(reply, took, lang)
}

fn known(reply: &Reply, took: Option<String>, lang: Lang) -> Vec<String> {
    let mut parts: Vec<String> = Vec::new();
    parts.extend(reply.provider.as_ref().map(ToString::to_string));
    if let (Some(read), Some(written)) = (reply.prompt_tokens, reply.completion_tokens) {
        parts.push(TOKENS.fill(lang, &[&grouped(read), &grouped(written)]));
    }
    // Of what never came there is no cost to be told.
    if reply.failed_at_once().is_none() {
        parts.push(cost(reply, lang));
    }
    if let Some(first) = reply.first_token_ms {
        parts.push(FIRST.fill(lang, &[&span(first)]));
    }
    parts.extend(took);
    parts.extend(rate(reply).map(|rate| RATE.fill(lang, &[&rate])));
    parts
}

fn cost(reply: &Reply, lang: Lang) -> String {
    match reply.cost {
        Some(cost) => cost.to_string(),
        // The bill of what was cut off is asked for later.
        None if reply.open_bill().is_some() => COST_PENDING.say(lang).to_owned(),
        None => NO_COST.say(lang).to_owned(),
    }
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
