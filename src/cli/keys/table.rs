//! Keys for a person: what each spent, what its limit leaves, when it ends, what deserves a word.

use super::{DIGITS, Ring};
use crate::cli::context::Context;
use crate::cli::output::{print_line, room};
use crate::domain::account::ManagedKey;
use crate::insight::key_advice::KeyAdvice;
use crate::text::Phrase;
use crate::ui::managed_key;
use crate::ui::table::aligned;
use crate::ui::theme::Tone;
use crate::ui::wrap::{clip, pad, width};

/// A name is shown so wide on a terminal.
const LONGEST_NAME: usize = 24;
/// And no narrower than this, be the terminal what it is.
const SHORTEST_NAME: usize = 8;
/// Between two columns.
const GAP: &str = "  ";
/// What stands before a line, in columns.
const MARK: usize = 2;
/// What stands below a key's line is set in so far.
const INDENT: &str = "    ";

const NAME: Phrase = Phrase::new("name", "名称");
const COUNT: Phrase = Phrase::new(
    "{} keys; amounts in USD, days are UTC; * is the key in use here",
    "{} 个密钥；金额为美元，按 UTC 计日；* 为此处使用的密钥",
);

/// All keys, each with a line of its limit and its dates.
pub(super) fn list(context: &Context, ring: &Ring) {
    let lang = context.lang;
    let heads = [NAME, managed_key::KEY]
        .into_iter()
        .chain(managed_key::SPENT);
    let mut rows: Vec<Vec<String>> = vec![heads.map(|head| head.say(lang).to_owned()).collect()];
    rows.extend(ring.keys.iter().map(row));
    let mut widths = widths(&rows);
    // A screen wants whole lines, a script that reads the table whole names.
    if let (Some(room), Some((names, others))) = (room(), widths.split_first_mut()) {
        let others: usize = others.iter().map(|columns| columns + GAP.len()).sum();
        let left = room.saturating_sub(MARK + others);
        *names = (*names).min(left.clamp(SHORTEST_NAME, LONGEST_NAME));
    }
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
        print_line(&format!(
            "{INDENT}{}",
            managed_key::state(key, ring.now, lang)
        ));
        for line in advice(context, ring, key) {
            print_line(&line);
        }
    }
    context.note(&COUNT.fill(lang, &[&ring.keys.len()]));
}

/// One key, whole, as lines.
pub(super) fn about(context: &Context, ring: &Ring, key: &ManagedKey) -> Vec<String> {
    let facts = managed_key::facts(key, ring.manager.is_own(key), ring.now, context.lang);
    let rows = facts
        .into_iter()
        .map(|fact| vec![format!("  {}", fact.name), fact.value]);
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
    let label = if key.label.is_empty() {
        key.hash.chars().take(DIGITS).collect()
    } else {
        key.label.to_string()
    };
    let amounts = managed_key::spent(key).map(|amount| amount.to_string());
    [key.name.to_string(), label]
        .into_iter()
        .chain(amounts)
        .collect()
}

fn widths(rows: &[Vec<String>]) -> Vec<usize> {
    let widest = |at: usize| rows.iter().map(|row| width(&row[at])).max().unwrap_or(0);
    let columns = rows.first().map_or(0, Vec::len);
    (0..columns).map(widest).collect()
}

/// Names to the left, amounts to the right.
fn line(row: &[String], widths: &[usize]) -> String {
    let cells = row.iter().zip(widths).enumerate();
    let cells = cells.map(|(at, (cell, &columns))| match at {
        0 | 1 => pad(&clip(cell, columns), columns),
        _ => format!("{}{cell}", " ".repeat(columns.saturating_sub(width(cell)))),
    });
    cells.collect::<Vec<_>>().join(GAP)
}
