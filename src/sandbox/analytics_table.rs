//! The answer of the analytics: rows of sums. What was used is known by the day, so a use of a day counts
//! as one of its first moment, however finely time is split.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use jiff::civil::{Date, Weekday};
use jiff::{Timestamp, ToSpan};
use serde_json::{Map, Value, json};

use super::analytics::{Granularity, Question};
use super::clock::{day_of, start_of};
use super::history::{Amount, Use};
use super::world::World;

/// `data` of `POST /analytics/query`: the table is a `data` of its own.
pub(super) fn table(question: &Question, world: &World, account: usize) -> Value {
    let mut rows = grouped(question, world, account);
    sort(&mut rows, question);
    let is_truncated = rows.len() > question.limit;
    rows.truncate(question.limit);
    let warnings = question.filters.iter().flat_map(|it| it.warnings(world));
    let warnings: Vec<String> = warnings.collect();
    let rows: Vec<Value> = rows
        .into_iter()
        .map(|row| Value::Object(row.told))
        .collect();
    let mut data = json!({
        "metadata": { "query_time_ms": 41, "row_count": rows.len(), "truncated": is_truncated },
        "data": rows,
    });
    if !warnings.is_empty() {
        data["warnings"] = json!(warnings);
    }
    data
}

/// What one row sums up: a span of time by its first day, and the values it is split by.
type Group = (Option<Date>, Vec<String>);

/// A row, and what it is sorted by.
struct Row {
    day: Option<Date>,
    requests: u64,
    told: Map<String, Value>,
}

fn grouped(question: &Question, world: &World, account: usize) -> Vec<Row> {
    let mut sums: BTreeMap<Group, (&Use, Amount)> = BTreeMap::new();
    let (first, last) = days(question);
    for (what, amount) in world.history.uses(account, first, last) {
        if !question.filters.iter().all(|it| it.admits(what, world)) {
            continue;
        }
        let bucket = question.granularity.map(|it| bucket(what.day, it));
        let split = question.dimensions.iter();
        let split = split
            .map(|by| (by.shown)(what, world).to_string())
            .collect();
        let sum = sums.entry((bucket, split));
        sum.or_insert((what, Amount::default())).1.add(amount);
    }
    let rows = sums.into_iter();
    rows.map(|((day, _), (what, amount))| row(question, world, day, what, &amount))
        .collect()
}

fn row(question: &Question, world: &World, day: Option<Date>, what: &Use, amount: &Amount) -> Row {
    let mut told = Map::new();
    if let (Some(day), Some(granularity)) = (day, question.granularity) {
        let (name, value) = time(day, granularity, question.is_odd);
        told.insert(name, value);
    }
    for dimension in &question.dimensions {
        told.insert(dimension.name.to_owned(), (dimension.shown)(what, world));
        if dimension.name == "user" {
            told.insert("user_email".to_owned(), json!("user@sandbox.invalid"));
        }
    }
    for metric in &question.metrics {
        told.insert(metric.name.to_owned(), (metric.value)(amount));
    }
    Row {
        day,
        requests: amount.requests,
        told,
    }
}

/// The days whose first moment lies in the range.
fn days(question: &Question) -> (Date, Date) {
    let start = day_of(question.start);
    let first = if start_of(start) < question.start {
        start.saturating_add(1.day())
    } else {
        start
    };
    let before_end = question.end.checked_sub(1.nanosecond());
    (first, day_of(before_end.unwrap_or(Timestamp::MIN)))
}

/// The first day of the span of time that a day belongs to.
fn bucket(day: Date, granularity: Granularity) -> Date {
    match granularity {
        Granularity::Minute | Granularity::Hour | Granularity::Day => day,
        Granularity::Week => {
            let since_monday = day.weekday().since(Weekday::Monday);
            day.saturating_sub(i64::from(since_monday).days())
        }
        Granularity::Month => day.first_of_month(),
    }
}

/// The column of time: a date, or a full timestamp for what is finer than a day.
fn time(day: Date, granularity: Granularity, is_odd: bool) -> (String, Value) {
    let head = if is_odd { "created_at" } else { "date" };
    let is_fine = matches!(granularity, Granularity::Minute | Granularity::Hour);
    let value = if is_odd || is_fine {
        start_of(day).strftime("%Y-%m-%dT%H:%M:%S.000Z").to_string()
    } else {
        day.to_string()
    };
    (format!("{head}__{}", granularity.name()), json!(value))
}

/// By the column that is asked for, else by time and then by requests, the most first.
fn sort(rows: &mut [Row], question: &Question) {
    let usual = |one: &Row, other: &Row| {
        let by_time = one.day.cmp(&other.day);
        by_time.then(other.requests.cmp(&one.requests))
    };
    rows.sort_by(|one, other| {
        let Some((field, is_descending)) = &question.order else {
            return usual(one, other);
        };
        let by_field = match field.as_str() {
            "date" => one.day.cmp(&other.day),
            "request_count" => one.requests.cmp(&other.requests),
            field => compare(&one.told[field], &other.told[field]),
        };
        let by_field = if *is_descending {
            by_field.reverse()
        } else {
            by_field
        };
        by_field.then_with(|| usual(one, other))
    });
}

/// Counts are numbers though they are written as texts.
fn compare(one: &Value, other: &Value) -> Ordering {
    let number = |value: &Value| match value {
        Value::String(text) => text.parse::<f64>().ok(),
        value => value.as_f64(),
    };
    match (number(one), number(other)) {
        (Some(one), Some(other)) => one.total_cmp(&other),
        _ => one.to_string().cmp(&other.to_string()),
    }
}
