//! The figures for a person: what is left first, then where it went.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::Shown;
use super::paper::{print_heading, say};
use crate::cli::budget;
use crate::cli::context::Context;
use crate::cli::output::room;
use crate::domain::count::grouped;
use crate::domain::figures::{
    AccountFigures, DayFigures, KeyDays, KeyFigures, Known, Source, Told,
};
use crate::domain::money::Usd;
use crate::domain::spend::Used;
use crate::insight::{ranking, reset};
use crate::text::{Lang, Phrase};
use crate::ui::table::aligned;

const KEY: Phrase = Phrase::new("Key {}", "密钥 {}");
const SPENT: Phrase = Phrase::new("spent", "已花费");
const TODAY_OF: Phrase = Phrase::new("{} today", "今日 {}");
const DAY_OF: Phrase = Phrase::new("{} on {}", "{}（{}）");
const WEEK_OF: Phrase = Phrase::new("{} this week", "本周 {}");
const THAT_WEEK_OF: Phrase = Phrase::new("{} that week", "当周 {}");
const MONTH_OF: Phrase = Phrase::new("{} this month", "本月 {}");
const THAT_MONTH_OF: Phrase = Phrase::new("{} in {}", "{}（{}）");
const IN_ALL_OF: Phrase = Phrase::new("{} in all (UTC)", "累计 {}（UTC）");
const LIMIT: Phrase = Phrase::new("limit", "限额");
const NO_LIMIT: Phrase = Phrase::new("none", "无");
const LEFT_OF: Phrase = Phrase::new("{} left of {}", "剩余 {}，共 {}");
const RESETS: Phrase = Phrase::new("{} left of {}, resets {}", "剩余 {}，共 {}，重置周期：{}");
const OWN_KEYS: Phrase = Phrase::new("own keys", "自带密钥");
const OWN_KEYS_OF: Phrase = Phrase::new(
    "{} on your own provider keys, not in the sums above",
    "通过自带供应商密钥花费 {}，不计入以上合计",
);
const EXPIRES: Phrase = Phrase::new("expires", "到期");
const FREE: Phrase = Phrase::new("free models", "免费模型");
const LEFT_UNKNOWN: Phrase = Phrase::new(
    "{}; what is left of it is not known: it began anew since {}",
    "{}；剩余未知：自 {} 以来已重新开始",
);
const FREE_OF: Phrase = Phrase::new(
    "{} of {} requests used today, {} left, resets 00:00 UTC{}",
    "今日已用 {} 次，共 {} 次，剩余 {} 次，00:00 UTC 重置{}",
);
const FREE_ON: Phrase = Phrase::new("{} of {} requests used on {}", "已用 {} 次，共 {} 次（{}）");
const HERE: Phrase = Phrase::new(" ({} here)", "（本地 {}）");
const UNREAD: Phrase = Phrase::new("not known: its ledger cannot be read", "未知：无法读取账本");
const OPEN: Phrase = Phrase::new(
    "cost not known yet: {} of these requests",
    "其中 {} 次请求的费用尚未得知",
);
const ACCOUNT: Phrase = Phrase::new("Account", "账户");
const BALANCE: Phrase = Phrase::new("balance", "余额");
const BALANCE_OF: Phrase = Phrase::new("{} left of {} bought", "剩余 {}，累计充值 {}");
const BY_DAY: Phrase = Phrase::new(
    "Spend by day (account, completed UTC days)",
    "每日花费（账户，已结束的 UTC 日）",
);
const BY_MODEL: Phrase = Phrase::new("By model", "按模型");
const BY_PROVIDER: Phrase = Phrase::new("By provider", "按供应商");
const BY_KEY: Phrase = Phrase::new(
    "By key (completed UTC days, 30 at most)",
    "按密钥（已结束的 UTC 日，最多 30 天）",
);
const BY_KEY_FURTHER: Phrase =
    Phrase::new("By key (completed UTC days)", "按密钥（已结束的 UTC 日）");
const TOLD_BY: Phrase = Phrase::new("{}  ({})", "{}（{}）");
const TODAY: Phrase = Phrase::new("Today so far (account, UTC)", "今日至今（账户，UTC）");
const TODAY_OF_KEY: Phrase = Phrase::new("Today so far (this key, UTC)", "今日至今（此密钥，UTC）");
const IN_ALL: Phrase = Phrase::new("in all", "合计");
const UNKNOWN: Phrase = Phrase::new("(not told)", "（未知）");
const LOCAL: Phrase = Phrase::new(
    "Made by this program (its own ledger, not in the sums above)",
    "由本程序发出（自己的账本，不计入以上合计）",
);
const REQUEST: Phrase = Phrase::new("{} request", "{} 次请求");
const REQUESTS: Phrase = Phrase::new("{} requests", "{} 次请求");
const TOKENS: Phrase = Phrase::new("{} tokens in, {} out", "输入 {} token，输出 {}");
const OWN: Phrase = Phrase::new("{} on own provider keys", "自带密钥 {}");
const UNKNOWN_SINCE: Phrase = Phrase::new("from {} on: not known", "{} 起：未知");
const NOTHING: Phrase = Phrase::new("nothing", "无");
const SOURCE: Phrase = Phrase::new("source: {}", "来源：{}");
const AGE: Phrase = Phrase::new("as of {}", "截至 {}");

/// The longest bar, in cells.
const BAR: usize = 30;

/// Prints everything that is known, with its source.
pub(super) fn figures(context: &Context, shown: &Shown<'_>) {
    let lang = context.lang;
    let figures = shown.figures;
    if let Some(key) = &figures.key {
        let head = KEY.fill(lang, &[&key.value.label]);
        heading(context, &head, key.as_of, Source::Key, shown.now);
        rows(&key_rows(key, shown.now, lang));
    }
    if let Some(account) = &figures.account {
        let head = ACCOUNT.say(lang);
        heading(context, head, account.as_of, Source::Credits, shown.now);
        rows(&[account_row(account.value, lang)]);
    }
    if shown.days.is_some() {
        today(context, shown);
    }
    // The running day is no completed one.
    let has_completed = shown.first < day_of(shown.now);
    if let Some(told) = shown.days.filter(|_| has_completed) {
        let head = BY_DAY.say(lang);
        heading(context, head, told.as_of, told.source, shown.now);
        rows(&day_rows(&told, shown, lang));
        if is_known(told.as_of, shown) {
            plain_heading(context, BY_MODEL);
            rows(&ranked(ranking::by_model(told.days), str::to_owned, lang));
        }
        let providers = ranking::by_provider(told.days);
        if providers.iter().any(|(name, _)| name.is_some()) {
            plain_heading(context, BY_PROVIDER);
            let name = |name: Option<&str>| name.unwrap_or(UNKNOWN.say(lang)).to_owned();
            rows(&ranked(providers, name, lang));
        }
    }
    let by_key = figures.key_days.as_ref().filter(|_| has_completed);
    if let (Some(by_key), Some(teller)) = (by_key, shown.teller_of_keys()) {
        let head = match teller {
            Source::Analytics => BY_KEY_FURTHER,
            _ => BY_KEY,
        };
        let head = head.say(lang);
        heading(context, head, by_key.as_of, teller, shown.now);
        if is_known(by_key.as_of, shown) {
            rows(&key_day_rows(&by_key.value, shown, lang));
        } else {
            rows(&[unknown_since(by_key.as_of, lang)]);
        }
    }
    plain_heading(context, LOCAL);
    match shown.local {
        Some(local) => rows(&ranked(ranking::by_model(local), str::to_owned, lang)),
        None => say(UNREAD.say(lang)),
    }
    if let Some(open) = shown.open_requests.filter(|open| *open > 0) {
        say(&OPEN.fill(lang, &[&open]));
    }
    if let Some(figures) = shown.budget {
        plain_heading(context, budget::HEAD);
        rows(&budget::rows(figures, lang));
    }
}

/// The running day, whoever tells it.
fn today(context: &Context, shown: &Shown<'_>) {
    let lang = context.lang;
    let Some((spent, source)) = shown.figures.spent_today(shown.now) else {
        return;
    };
    let head = match source {
        Source::Key => TODAY_OF_KEY,
        _ => TODAY,
    };
    heading(context, head.say(lang), spent.as_of, source, shown.now);
    let all = vec![IN_ALL.say(lang).to_owned(), spent.value.to_string()];
    let by_model = shown.today.filter(|_| source == Source::Analytics);
    let by_model = ranking::by_model(by_model.unwrap_or_default());
    let by_model = by_model
        .into_iter()
        .map(|(name, used)| used_row(name.to_owned(), &used, lang));
    rows(&[all].into_iter().chain(by_model).collect::<Vec<_>>());
}

fn plain_heading(context: &Context, words: Phrase) {
    print_heading(context, words.say(context.lang));
}

fn heading(context: &Context, words: &str, as_of: Timestamp, source: Source, now: Timestamp) {
    let lang = context.lang;
    // A figure of this minute needs no date.
    let is_old = now.duration_since(as_of).as_secs() > 60;
    let age = is_old.then(|| as_of.strftime("%Y-%m-%d %H:%M UTC").to_string());
    let age = age.map(|at| format!(" · {}", AGE.fill(lang, &[&at])));
    let source = SOURCE.fill(lang, &[&source.word()]);
    let told = source + &age.unwrap_or_default();
    print_heading(context, &TOLD_BY.fill(lang, &[&words, &told]));
}

fn rows(rows: &[Vec<String>]) {
    let room = room().map_or(usize::MAX, |columns| columns.saturating_sub(2));
    for line in aligned(rows, room).into_iter().flatten() {
        say(&line);
    }
}

fn key_rows(known: &Known<KeyFigures>, now: Timestamp, lang: Lang) -> Vec<Vec<String>> {
    let row = |name: Phrase, value: String| vec![name.say(lang).to_owned(), value];
    let key = &known.value;
    let mut rows = vec![row(LIMIT, limit_words(known, now, lang))];
    rows.push(row(SPENT, spent_words(known, now, lang)));
    if !key.byok_usage.is_zero() {
        rows.push(row(OWN_KEYS, OWN_KEYS_OF.fill(lang, &[&key.byok_usage])));
    }
    if let Some(at) = key.expires_at {
        rows.push(row(EXPIRES, at.strftime("%Y-%m-%d %H:%M UTC").to_string()));
    }
    if let Some(free) = key.free_requests() {
        let [used, limit, left] = [free.used, free.limit, free.left()].map(grouped);
        let words = if known.is_of_today(now) {
            let here = reset::midnight_here(now, &TimeZone::system());
            let here = here.map_or_else(String::new, |at| HERE.fill(lang, &[&at]));
            FREE_OF.fill(lang, &[&used, &limit, &left, &here])
        } else {
            let day = known.as_of.strftime("%Y-%m-%d").to_string();
            FREE_ON.fill(lang, &[&used, &limit, &day])
        };
        rows.push(row(FREE, words));
    }
    rows
}

/// What the day, the week and the month cost, each by its own name where it is over.
fn spent_words(known: &Known<KeyFigures>, now: Timestamp, lang: Lang) -> String {
    let key = &known.value;
    let day = known.as_of.strftime("%Y-%m-%d").to_string();
    let month = known.as_of.strftime("%Y-%m").to_string();
    let parts = [
        if known.is_of_today(now) {
            TODAY_OF.fill(lang, &[&key.usage_daily])
        } else {
            DAY_OF.fill(lang, &[&key.usage_daily, &day])
        },
        if known.is_of_this_week(now) {
            WEEK_OF.fill(lang, &[&key.usage_weekly])
        } else {
            THAT_WEEK_OF.fill(lang, &[&key.usage_weekly])
        },
        if known.is_of_this_month(now) {
            MONTH_OF.fill(lang, &[&key.usage_monthly])
        } else {
            THAT_MONTH_OF.fill(lang, &[&key.usage_monthly, &month])
        },
        IN_ALL_OF.fill(lang, &[&key.usage]),
    ];
    parts.join(" · ")
}

fn limit_words(known: &Known<KeyFigures>, now: Timestamp, lang: Lang) -> String {
    let key = &known.value;
    let is_past = reset::is_past(key.limit_reset.as_deref(), known.as_of, now);
    if let Some(limit) = key.limit.filter(|_| is_past) {
        let day = known.as_of.strftime("%Y-%m-%d").to_string();
        return LEFT_UNKNOWN.fill(lang, &[&limit, &day]);
    }
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

/// Some completed day that was asked for was over when the figures were learned.
fn is_known(as_of: Timestamp, shown: &Shown<'_>) -> bool {
    shown.first < day_of(as_of)
}

fn unknown_since(as_of: Timestamp, lang: Lang) -> Vec<String> {
    vec![UNKNOWN_SINCE.fill(lang, &[&day_of(as_of)])]
}

fn day_of(moment: Timestamp) -> Date {
    moment.to_zoned(TimeZone::UTC).date()
}

/// The days that are known, and from when on they are not.
fn day_rows(told: &Told<'_>, shown: &Shown<'_>, lang: Lang) -> Vec<Vec<String>> {
    let days = ranking::by_day(told.days);
    let most = days.iter().map(|(_, used)| used.cost).max();
    let rows = days.iter().map(|(day, used)| {
        vec![
            day.to_string(),
            used.cost.to_string(),
            bar(used.cost, most.unwrap_or_default()),
            requests(used.requests, lang),
        ]
    });
    let mut rows: Vec<Vec<String>> = rows.collect();
    if day_of(told.as_of) < day_of(shown.now) {
        rows.insert(0, unknown_since(told.as_of, lang));
    }
    or_nothing(rows, lang)
}

/// The keys whose days are told, the dearest first.
fn key_day_rows<'a>(keys: &'a [KeyDays], shown: &Shown<'a>, lang: Lang) -> Vec<Vec<String>> {
    let sums = keys.iter().map(|key| {
        let days = shown.days_of(key);
        let used: Used = days.iter().map(DayFigures::used).sum();
        (shown.figures.name_of_key(&key.hash), used)
    });
    let sums = sums.filter(|(_, used)| used.requests > 0);
    let name = |name: Option<&str>| name.unwrap_or(UNKNOWN.say(lang)).to_owned();
    ranked(ranking::ranked(sums.collect()), name, lang)
}

fn ranked<K>(sums: Vec<(K, Used)>, name: impl Fn(K) -> String, lang: Lang) -> Vec<Vec<String>> {
    let rows = sums
        .into_iter()
        .map(|(key, used)| used_row(name(key), &used, lang));
    or_nothing(rows.collect(), lang)
}

fn used_row(name: String, used: &Used, lang: Lang) -> Vec<String> {
    let tokens = [grouped(used.prompt_tokens), grouped(used.completion_tokens)];
    let mut row = vec![
        name,
        used.cost.to_string(),
        requests(used.requests, lang),
        TOKENS.fill(lang, &[&tokens[0], &tokens[1]]),
    ];
    if !used.byok_cost.is_zero() {
        row.push(OWN.fill(lang, &[&used.byok_cost]));
    }
    row
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

fn requests(count: u64, lang: Lang) -> String {
    Phrase::counted(count, REQUEST, REQUESTS).fill(lang, &[&grouped(count)])
}
