//! The days as CSV: one row for each day, model and provider; the account's and this program's own apart.

use super::report::Shown;
use crate::domain::figures::{DayFigures, Source};

const HEAD: &str = "source,date,model,provider,requests,prompt_tokens,completion_tokens,\
                    reasoning_tokens,cached_tokens,cost_usd,byok_usd";

/// The rows under their head; what is simulated says so in each row. `account` is what the activity tells, `analytics` what the analytics do:
/// never the same days of both.
pub fn text(shown: &Shown<'_>) -> String {
    let mut text = format!("{HEAD}\n");
    let mut add = |source: &str, rows: &[DayFigures]| {
        let source = if shown.is_simulated {
            format!("sandbox-{source}")
        } else {
            source.to_owned()
        };
        for row in rows {
            text.push_str(&line(&source, row));
            text.push('\n');
        }
    };
    if let Some(told) = shown.days {
        let source = match told.source {
            Source::Activity => "account",
            source => source.word(),
        };
        add(source, told.days);
    }
    add(Source::Analytics.word(), shown.today.unwrap_or_default());
    add("local", shown.local.unwrap_or_default());
    text
}

fn line(source: &str, row: &DayFigures) -> String {
    let cells = [
        source.to_owned(),
        row.date.to_string(),
        quoted(&row.model),
        quoted(row.provider.as_deref().unwrap_or_default()),
        row.requests.to_string(),
        row.prompt_tokens.to_string(),
        row.completion_tokens.to_string(),
        row.reasoning_tokens.to_string(),
        row.cached_tokens.to_string(),
        row.cost_usd.decimal().normalize().to_string(),
        row.byok_usd.decimal().normalize().to_string(),
    ];
    cells.join(",")
}

/// A cell as RFC 4180 has it. A name that a spreadsheet would take for a formula is told as text.
fn quoted(name: &str) -> String {
    let name = match name.chars().next() {
        Some('=' | '+' | '-' | '@') => format!("'{name}"),
        _ => name.to_owned(),
    };
    if name.contains([',', '"', '\n', '\r']) {
        return format!("\"{}\"", name.replace('"', "\"\""));
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_stays_one_cell_and_no_formula() {
        assert_eq!(quoted("openai/gpt-5"), "openai/gpt-5");
        assert_eq!(quoted("a,\"b\""), "\"a,\"\"b\"\"\"");
        assert_eq!(quoted("=1+1"), "'=1+1");
    }
}
