//! The figures for a person: what is left first, then where it went.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::Date;

use crate::cli::context::Context;
use crate::cli::output::print_line;
use crate::domain::figures::{AccountFigures, DayFigures, Figures, KeyFigures, Known};
use crate::domain::money::Usd;
use crate::domain::spend::Used;
use crate::insight::outlook::Outlook;
use crate::insight::reset;
use crate::text::{Lang, Phrase};
use crate::ui::table::aligned;
use crate::ui::theme::Tone;

const KEY: Phrase = Phrase::new("Key {}", "密钥 {}");
const SPENT: Phrase = Phrase::new("spent", "已花费");
const SPENT_OF: Phrase = Phrase::new(
    "{} today · {} this week · {} this month · {} in all (UTC)",
    "今日 {} · 本周 {} · 本月 {} · 累计 {}（UTC）",
);
const LIMIT: Phrase = Phrase::new("limit", "限额");
const NO_LIMIT: Phrase = Phrase::new("none", "无");
const LEFT_OF: Phrase = Phrase::new("{} left of {}", "剩余 {}，共 {}");
const RESETS: Phrase = Phrase::new("{} left of {}, resets {}", "剩余 {}，共 {}，重置周期：{}");
const OWN_KEYS: Phrase = Phrase::new("own keys", "自带密钥");
const OWN_KEYS_OF: Phrase = Phrase::new(
    "{} on your own provider keys, not in the sums above",
    "通过自带服务商密钥花费 {}，不计入以上合计",
);
const EXPIRES: Phrase = Phrase::new("expires", "到期");
const FREE: Phrase = Phrase::new("free today", "今日免费");
const FREE_OF: Phrase = Phrase::new(
    "{} of {} requests to free models used",
    "免费模型请求已用 {}，共 {}",
);
const ACCOUNT: Phrase = Phrase::new("Account", "账户");
const BALANCE: Phrase = Phrase::new("balance", "余额");
const BALANCE_OF: Phrase = Phrase::new("{} left of {} bought", "剩余 {}，累计充值 {}");
const BY_DAY: Phrase = Phrase::new(
    "Spend by day (account, completed UTC days)",
    "每日花费（账户，已结束的 UTC 日）",
);
const BY_MODEL: Phrase = Phrase::new("By model", "按模型");
const LOCAL: Phrase = Phrase::new(
    "Made by this program (its own ledger, not in the sums above)",
    "由本程序发出（自己的账本，不计入以上合计）",
);
const REQUESTS: Phrase = Phrase::new("{} requests", "{} 次请求");
const TOKENS: Phrase = Phrase::new("{} tokens in, {} out", "输入 {} token，输出 {}");
const NOTHING: Phrase = Phrase::new("nothing", "无");
const OUTLOOK: Phrase = Phrase::new("When the credits run out", "余额何时用完");
const AGE: Phrase = Phrase::new("as of {}", "截至 {}");

/// The longest bar, in cells.
const BAR: usize = 30;

/// Prints everything that is known.
pub(super) fn figures(context: &Context, figures: &Figures, local: &[DayFigures], now: Timestamp) {
    let lang = context.lang;
    if let Some(key) = &figures.key {
        let head = KEY.fill(lang, &[&key.value.label]);
        heading(context, &head, key, now);
        rows(&key_rows(&key.value, lang));
    }
    if let Some(account) = &figures.account {
        heading(context, ACCOUNT.say(lang), account, now);
        rows(&[account_row(account.value, lang)]);
    }
    if let Some(daily) = &figures.daily {
        heading(context, BY_DAY.say(lang), daily, now);
        rows(&day_rows(&daily.value, lang));
        print_line(&context.paint(Tone::Strong, &format!("\n{}", BY_MODEL.say(lang))));
        rows(&model_rows(&daily.value, lang));
    }
    print_line(&context.paint(Tone::Strong, &format!("\n{}", LOCAL.say(lang))));
    rows(&model_rows(local, lang));
}

/// Prints when the money ends and what deserves a word.
pub(super) fn outlook(context: &Context, outlook: &Outlook) {
    let lang = context.lang;
    if let Some(credits) = &outlook.credits {
        print_line(&context.paint(Tone::Strong, &format!("\n{}", OUTLOOK.say(lang))));
        print_line(&format!("  {}", credits.say().say(lang)));
        if let Some(pace) = credits.pace() {
            print_line(&context.paint(Tone::Quiet, &format!("  {}", pace.method().say(lang))));
        }
    }
    for alert in &outlook.judgement.alerts {
        let line = format!("! {}", alert.message.say(lang));
        print_line(&context.paint(Tone::Warn, &line));
    }
}

fn heading<T>(context: &Context, words: &str, known: &Known<T>, now: Timestamp) {
    // A figure of this minute needs no date.
    let is_old = now.duration_since(known.as_of).as_secs() > 60;
    let age = is_old.then(|| known.as_of.strftime("%Y-%m-%d %H:%M UTC").to_string());
    let age = age.map(|at| format!("  ({})", AGE.fill(context.lang, &[&at])));
    let line = format!("\n{words}{}", age.unwrap_or_default());
    print_line(&context.paint(Tone::Strong, &line));
}

fn rows(rows: &[Vec<String>]) {
    for lines in aligned(rows, usize::MAX) {
        for line in lines {
            print_line(&format!("  {line}"));
        }
    }
}

fn key_rows(key: &KeyFigures, lang: Lang) -> Vec<Vec<String>> {
    let row = |name: Phrase, value: String| vec![name.say(lang).to_owned(), value];
    let spent: [&dyn std::fmt::Display; 4] = [
        &key.usage_daily,
        &key.usage_weekly,
        &key.usage_monthly,
        &key.usage,
    ];
    let mut rows = vec![row(LIMIT, limit_words(key, lang))];
    rows.push(row(SPENT, SPENT_OF.fill(lang, &spent)));
    if !key.byok_usage.is_zero() {
        rows.push(row(OWN_KEYS, OWN_KEYS_OF.fill(lang, &[&key.byok_usage])));
    }
    if let Some(at) = key.expires_at {
        rows.push(row(EXPIRES, at.strftime("%Y-%m-%d %H:%M UTC").to_string()));
    }
    if let (Some(used), Some(limit)) = (key.free_requests_used, key.free_requests_limit) {
        rows.push(row(FREE, FREE_OF.fill(lang, &[&used, &limit])));
    }
    rows
}

fn limit_words(key: &KeyFigures, lang: Lang) -> String {
    match (key.limit, key.limit_remaining, &key.limit_reset) {
        (Some(limit), Some(left), Some(reset)) => {
            RESETS.fill(lang, &[&left, &limit, &reset::words(reset, lang)])
        }
        (Some(limit), Some(left), None) => LEFT_OF.fill(lang, &[&left, &limit]),
        (Some(limit), None, _) => limit.to_string(),
        (None, ..) => NO_LIMIT.say(lang).to_owned(),
    }
}

fn account_row(account: AccountFigures, lang: Lang) -> Vec<String> {
    let words = BALANCE_OF.fill(lang, &[&account.balance, &account.total_credits]);
    vec![BALANCE.say(lang).to_owned(), words]
}

fn day_rows(daily: &[DayFigures], lang: Lang) -> Vec<Vec<String>> {
    let mut days: BTreeMap<Date, Used> = BTreeMap::new();
    for row in daily {
        *days.entry(row.date).or_default() += row.used();
    }
    let most = days.values().map(|used| used.cost).max();
    let rows = days.iter().rev().map(|(day, used)| {
        vec![
            day.to_string(),
            used.cost.to_string(),
            bar(used.cost, most.unwrap_or_default()),
            REQUESTS.fill(lang, &[&used.requests]),
        ]
    });
    or_nothing(rows.collect(), lang)
}

fn model_rows(daily: &[DayFigures], lang: Lang) -> Vec<Vec<String>> {
    let mut models: BTreeMap<&str, Used> = BTreeMap::new();
    for row in daily {
        *models.entry(&row.model).or_default() += row.used();
    }
    let mut models: Vec<(&str, Used)> = models.into_iter().collect();
    models.sort_by_key(|(_, used)| std::cmp::Reverse(used.cost));
    let rows = models.into_iter().map(|(model, used)| {
        vec![
            model.to_owned(),
            used.cost.to_string(),
            REQUESTS.fill(lang, &[&used.requests]),
            TOKENS.fill(lang, &[&used.prompt_tokens, &used.completion_tokens]),
        ]
    });
    or_nothing(rows.collect(), lang)
}

fn or_nothing(rows: Vec<Vec<String>>, lang: Lang) -> Vec<Vec<String>> {
    if rows.is_empty() {
        return vec![vec![NOTHING.say(lang).to_owned()]];
    }
    rows
}

/// A bar beside the greatest of its kind; any amount at all shows.
fn bar(amount: Usd, most: Usd) -> String {
    let (amount, most) = (amount.decimal(), most.decimal());
    if most <= 0.into() || amount <= 0.into() {
        return String::new();
    }
    let cells = (amount / most * rust_decimal::Decimal::from(BAR)).ceil();
    let cells = usize::try_from(i64::try_from(cells).unwrap_or(0)).unwrap_or(0);
    "█".repeat(cells.clamp(1, BAR))
}
