//! A key of the account in words: what its limit leaves, when it ends, how old it is.

use jiff::Timestamp;
use rust_decimal::Decimal;

use super::page::{Fact, fact};
use crate::domain::account::ManagedKey;
use crate::domain::money::Usd;
use crate::insight::key_advice::age_days;
use crate::insight::reset;
use crate::text::{Lang, Phrase};

/// The bar of a limit, in cells.
const BAR: usize = 10;

/// The masked key.
pub const KEY: Phrase = Phrase::new("key", "密钥");
/// What was spent on this UTC day, in this week, in this month, in all: the heads of these amounts.
pub const SPENT: [Phrase; 4] = [
    Phrase::new("today", "今日"),
    Phrase::new("week", "本周"),
    Phrase::new("month", "本月"),
    Phrase::new("all", "累计"),
];
const DISABLED: Phrase = Phrase::new("switched off", "已停用");
const NO_LIMIT: Phrase = Phrase::new("no limit", "无限额");
const USED_OF: Phrase = Phrase::new("{} of {} used", "已用 {}，共 {}");
const LIMIT_OF: Phrase = Phrase::new("limit {}", "限额 {}");
const RESETS: Phrase = Phrase::new("resets {}", "重置：{}");
const EXPIRES: Phrase = Phrase::new("expires {}", "{} 到期");
const EXPIRED: Phrase = Phrase::new("expired {}", "{} 已过期");
const AGE: Phrase = Phrase::new("{} days old", "创建 {} 天");
const NEW: Phrase = Phrase::new("made today", "今天创建");

/// What it spent, in the order of [`SPENT`].
pub fn spent(key: &ManagedKey) -> [Usd; 4] {
    let spend = &key.usage;
    [spend.daily, spend.weekly, spend.monthly, spend.total]
}

/// All that the server says of it, as names and values.
pub fn facts(key: &ManagedKey, is_own: bool, now: Timestamp, lang: Lang) -> Vec<Fact> {
    const HASH: Phrase = Phrase::new("hash", "哈希");
    const HERE: Phrase = Phrase::new("in use here", "此处使用");
    const YES: Phrase = Phrase::new("yes", "是");
    const STATE: Phrase = Phrase::new("state", "状态");
    const OWN_KEYS: Phrase = Phrase::new("own keys", "自带密钥");
    const MADE: Phrase = Phrase::new("made", "创建于");
    const CHANGED: Phrase = Phrase::new("changed", "修改于");
    let row = |name: Phrase, value: String| fact(name.say(lang), value);
    let mut rows = vec![
        row(KEY, key.label.to_string()),
        row(HASH, key.hash.to_string()),
    ];
    if is_own {
        rows.push(row(HERE, YES.say(lang).to_owned()));
    }
    rows.push(row(STATE, state(key, now, lang)));
    let amounts = SPENT.into_iter().zip(spent(key));
    rows.extend(amounts.map(|(name, amount)| row(name, amount.to_string())));
    if !key.byok_usage.total.is_zero() {
        rows.push(row(OWN_KEYS, key.byok_usage.total.to_string()));
    }
    for (name, at) in [(MADE, key.created_at), (CHANGED, key.updated_at)] {
        rows.extend(at.map(|at| row(name, moment(at))));
    }
    rows
}

/// Whether it works, what its limit leaves, when that begins anew, when the key ends, how old it is.
pub fn state(key: &ManagedKey, now: Timestamp, lang: Lang) -> String {
    let mut parts = Vec::new();
    if key.disabled {
        parts.push(DISABLED.say(lang).to_owned());
    }
    parts.push(limit(key, lang));
    if let (Some(word), Some(_)) = (&key.limit_reset, key.limit) {
        parts.push(RESETS.fill(lang, &[&reset::short(word).say(lang)]));
    }
    if let Some(end) = key.expires_at {
        let words = if end <= now { EXPIRED } else { EXPIRES };
        parts.push(words.fill(lang, &[&moment(end)]));
    }
    parts.extend(age_days(key, now).map(|days| match days {
        0 => NEW.say(lang).to_owned(),
        days => AGE.fill(lang, &[&days]),
    }));
    parts.join(" · ")
}

/// What its limit leaves.
pub fn limit(key: &ManagedKey, lang: Lang) -> String {
    let Some(limit) = key.limit else {
        return NO_LIMIT.say(lang).to_owned();
    };
    let Some(left) = key.limit_remaining else {
        return LIMIT_OF.fill(lang, &[&limit]);
    };
    let used = limit - left;
    let words = USED_OF.fill(lang, &[&used, &limit]);
    format!("{} {words}", bar(used, limit))
}

/// A limit and when it begins anew: `$20.00, monthly (UTC)`.
pub fn cap(limit: Option<Usd>, reset: Option<&str>, lang: Lang) -> String {
    const NONE: Phrase = Phrase::new("none", "无");
    const EACH: Phrase = Phrase::new("{}, {}", "{}，{}");
    match (limit, reset) {
        (None, _) => NONE.say(lang).to_owned(),
        (Some(limit), None) => limit.to_string(),
        (Some(limit), Some(word)) => EACH.fill(lang, &[&limit, &reset::short(word).say(lang)]),
    }
}

/// How much of a limit is used; of a limit of nothing, all.
fn bar(used: Usd, limit: Usd) -> String {
    let share = used.over(limit).unwrap_or(Decimal::ONE);
    let share = share.clamp(Decimal::ZERO, Decimal::ONE);
    let cells = (share * Decimal::from(BAR)).ceil();
    let cells = usize::try_from(cells.mantissa()).unwrap_or(BAR).min(BAR);
    format!("{}{}", "█".repeat(cells), "░".repeat(BAR - cells))
}

fn moment(at: Timestamp) -> String {
    at.strftime("%Y-%m-%d %H:%M UTC").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_is_as_full_as_the_limit_and_never_fuller() {
        let bar = |used, limit| bar(Usd::from_cents(used), Usd::from_cents(limit));
        assert_eq!(bar(0, 500), "░░░░░░░░░░");
        assert_eq!(bar(1, 500), "█░░░░░░░░░");
        assert_eq!(bar(250, 500), "█████░░░░░");
        assert_eq!(bar(600, 500), "██████████");
        assert_eq!(bar(0, 0), "██████████");
        assert_eq!(bar(-5, 500), "░░░░░░░░░░");
    }
}
