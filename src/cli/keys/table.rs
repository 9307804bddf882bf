//! Keys for a person: what each spent, what its limit leaves, when it ends, what deserves a word.

use std::io::IsTerminal;

use rust_decimal::Decimal;

use super::{DIGITS, Ring};
use crate::cli::context::Context;
use crate::cli::output::print_line;
use crate::domain::account::ManagedKey;
use crate::domain::money::Usd;
use crate::insight::key_advice::{KeyAdvice, age_days};
use crate::insight::reset;
use crate::text::{Lang, Phrase};
use crate::ui::table::aligned;
use crate::ui::theme::Tone;
use crate::ui::wrap::{clip, pad, width};

/// A name is shown so wide on a terminal.
const LONGEST_NAME: usize = 24;
/// The bar of a limit, in cells.
const BAR: usize = 10;
/// What stands below a key's line is set in so far.
const INDENT: &str = "    ";

const HEAD: [Phrase; 6] = [
    Phrase::new("name", "名称"),
    Phrase::new("key", "密钥"),
    Phrase::new("today", "今日"),
    Phrase::new("week", "本周"),
    Phrase::new("month", "本月"),
    Phrase::new("all", "累计"),
];
const COUNT: Phrase = Phrase::new(
    "{} keys; amounts in USD, days are UTC; * is the key in use here",
    "{} 个密钥；金额为美元，按 UTC 计日；* 为此处使用的密钥",
);
const DISABLED: Phrase = Phrase::new("switched off", "已停用");
const NO_LIMIT: Phrase = Phrase::new("no limit", "无限额");
const USED_OF: Phrase = Phrase::new("{} of {} used", "已用 {}，共 {}");
const LIMIT_OF: Phrase = Phrase::new("limit {}", "限额 {}");
const RESETS: Phrase = Phrase::new("resets {}", "重置：{}");
const EXPIRES: Phrase = Phrase::new("expires {}", "{} 到期");
const EXPIRED: Phrase = Phrase::new("expired {}", "{} 已过期");
const AGE: Phrase = Phrase::new("{} days old", "创建 {} 天");
const NEW: Phrase = Phrase::new("made today", "今天创建");

/// All keys, each with a line of its limit and its dates.
pub(super) fn list(context: &Context, ring: &Ring) {
    let lang = context.lang;
    let mut rows: Vec<Vec<String>> = vec![HEAD.map(|head| head.say(lang).to_owned()).into()];
    rows.extend(ring.keys.iter().map(row));
    let widths = widths(&rows);
    let mut lines = rows.iter().map(|row| line(row, &widths));
    if let Some(head) = lines.next() {
        print_line(&context.paint(Tone::Quiet, &format!("  {head}")));
    }
    for (key, line) in ring.keys.iter().zip(lines) {
        let mark = if ring.manager.is_own(key) { '*' } else { ' ' };
        let tone = match () {
            () if key.disabled => Tone::Quiet,
            () if ring.manager.is_own(key) => Tone::Accent,
            () => Tone::Plain,
        };
        print_line(&context.paint(tone, &format!("{mark} {line}")));
        print_line(&format!("{INDENT}{}", state(key, ring, lang)));
        for line in advice(context, ring, key) {
            print_line(&line);
        }
    }
    context.note(&COUNT.fill(lang, &[&ring.keys.len()]));
}

/// One key, whole, as lines.
pub(super) fn about(context: &Context, ring: &Ring, key: &ManagedKey) -> Vec<String> {
    const HASH: Phrase = Phrase::new("hash", "哈希");
    const HERE: Phrase = Phrase::new("in use here", "此处使用");
    const YES: Phrase = Phrase::new("yes", "是");
    const STATE: Phrase = Phrase::new("state", "状态");
    const OWN_KEYS: Phrase = Phrase::new("own keys", "自带密钥");
    const MADE: Phrase = Phrase::new("made", "创建于");
    const CHANGED: Phrase = Phrase::new("changed", "修改于");
    let lang = context.lang;
    let mut rows: Vec<(Phrase, String)> = vec![
        (HEAD[1], key.label.to_string()),
        (HASH, key.hash.to_string()),
    ];
    if ring.manager.is_own(key) {
        rows.push((HERE, YES.say(lang).to_owned()));
    }
    rows.push((STATE, state(key, ring, lang)));
    let spend = &key.usage;
    let amounts = [spend.daily, spend.weekly, spend.monthly, spend.total];
    for (name, amount) in HEAD[2..].iter().zip(amounts) {
        rows.push((*name, amount.to_string()));
    }
    if !key.byok_usage.total.is_zero() {
        rows.push((OWN_KEYS, key.byok_usage.total.to_string()));
    }
    for (name, at) in [(MADE, key.created_at), (CHANGED, key.updated_at)] {
        rows.extend(at.map(|at| (name, moment(at))));
    }
    let rows = rows
        .into_iter()
        .map(|(name, value)| vec![format!("  {}", name.say(lang)), value]);
    let mut lines = vec![context.paint(Tone::Strong, &key.name)];
    lines.extend(aligned(&rows.collect::<Vec<_>>(), usize::MAX).concat());
    lines.extend(advice(context, ring, key));
    lines
}

fn advice(context: &Context, ring: &Ring, key: &ManagedKey) -> Vec<String> {
    let line = |advice: KeyAdvice| {
        let words = format!("! {}", advice.said().say(context.lang));
        format!("{INDENT}{}", context.paint(Tone::Warn, &words))
    };
    ring.advice(context, key).into_iter().map(line).collect()
}

fn row(key: &ManagedKey) -> Vec<String> {
    // A script that reads the table wants whole names; a screen wants whole lines.
    let name = if std::io::stdout().is_terminal() {
        clip(&key.name, LONGEST_NAME)
    } else {
        key.name.to_string()
    };
    let label = if key.label.is_empty() {
        key.hash.chars().take(DIGITS).collect()
    } else {
        key.label.to_string()
    };
    let spend = &key.usage;
    let amounts = [spend.daily, spend.weekly, spend.monthly, spend.total];
    let amounts = amounts.iter().map(Usd::to_string);
    [name, label].into_iter().chain(amounts).collect()
}

fn widths(rows: &[Vec<String>]) -> Vec<usize> {
    let widest = |at: usize| rows.iter().map(|row| width(&row[at])).max().unwrap_or(0);
    (0..HEAD.len()).map(widest).collect()
}

/// Names to the left, amounts to the right.
fn line(row: &[String], widths: &[usize]) -> String {
    let cells = row.iter().zip(widths).enumerate();
    let cells = cells.map(|(at, (cell, &columns))| match at {
        0 | 1 => pad(cell, columns),
        _ => format!("{}{cell}", " ".repeat(columns.saturating_sub(width(cell)))),
    });
    cells.collect::<Vec<_>>().join("  ")
}

/// Whether it works, what its limit leaves, when that begins anew, when the key ends, how old it is.
fn state(key: &ManagedKey, ring: &Ring, lang: Lang) -> String {
    let mut parts = Vec::new();
    if key.disabled {
        parts.push(DISABLED.say(lang).to_owned());
    }
    parts.push(limit(key, lang));
    if let (Some(word), Some(_)) = (&key.limit_reset, key.limit) {
        parts.push(RESETS.fill(lang, &[&reset::short(word, lang)]));
    }
    if let Some(end) = key.expires_at {
        let words = if end <= ring.now { EXPIRED } else { EXPIRES };
        parts.push(words.fill(lang, &[&moment(end)]));
    }
    parts.extend(age_days(key, ring.now).map(|days| match days {
        0 => NEW.say(lang).to_owned(),
        days => AGE.fill(lang, &[&days]),
    }));
    parts.join(" · ")
}

fn limit(key: &ManagedKey, lang: Lang) -> String {
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

/// How much of a limit is used; of a limit of nothing, all.
fn bar(used: Usd, limit: Usd) -> String {
    let share = used.over(limit).unwrap_or(Decimal::ONE);
    let share = share.clamp(Decimal::ZERO, Decimal::ONE);
    let cells = (share * Decimal::from(BAR)).ceil();
    let cells = usize::try_from(cells.mantissa()).unwrap_or(BAR).min(BAR);
    format!("{}{}", "█".repeat(cells), "░".repeat(BAR - cells))
}

fn moment(at: jiff::Timestamp) -> String {
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
