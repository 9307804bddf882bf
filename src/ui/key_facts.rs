//! What the server says about a key, as rows.

use super::page::{Fact, fact};
use crate::domain::account::KeyFacts;
use crate::insight::reset;
use crate::text::{Lang, Phrase};

/// The rows: label, limit, what was used, when it expires, free requests.
pub fn key_facts(key: &KeyFacts, lang: Lang) -> Vec<Fact> {
    const LABEL: Phrase = Phrase::new("label", "标签");
    const LIMIT: Phrase = Phrase::new("limit", "限额");
    const NO_LIMIT: Phrase = Phrase::new("none", "无");
    const LIMIT_LEFT: Phrase = Phrase::new("{} of {} left", "剩余 {}，共 {}");
    const RESETS: Phrase = Phrase::new("{}, resets {}", "{}，重置周期：{}");
    const USED: Phrase = Phrase::new("used", "已用");
    const USED_OF: Phrase = Phrase::new(
        "{} today, {} in all (UTC days)",
        "今日 {}，累计 {}（按 UTC 计日）",
    );
    const EXPIRES: Phrase = Phrase::new("expires", "到期");
    const NEVER: Phrase = Phrase::new("never", "永不");
    const FREE: Phrase = Phrase::new("free requests", "免费请求");
    const FREE_OF: Phrase = Phrase::new("{} of {} used today", "今日已用 {}，共 {}");

    let limit = match (key.limit, key.limit_remaining) {
        (Some(limit), Some(left)) => LIMIT_LEFT.fill(lang, &[&left, &limit]),
        (Some(limit), None) => limit.to_string(),
        (None, _) => NO_LIMIT.say(lang).into(),
    };
    let limit = match &key.limit_reset {
        Some(reset) if key.limit.is_some() => {
            RESETS.fill(lang, &[&limit, &reset::words(reset, lang)])
        }
        _ => limit,
    };
    let mut facts = vec![
        fact(LABEL.say(lang), key.label.as_str()),
        fact(LIMIT.say(lang), limit),
        fact(
            USED.say(lang),
            USED_OF.fill(lang, &[&key.usage.daily, &key.usage.total]),
        ),
        fact(
            EXPIRES.say(lang),
            key.expires_at
                .map_or_else(|| NEVER.say(lang).into(), |at| format!("{at:.0}")),
        ),
    ];
    if let Some(free) = key.free_requests {
        facts.push(fact(
            FREE.say(lang),
            FREE_OF.fill(lang, &[&free.used, &free.limit]),
        ));
    }
    facts
}
