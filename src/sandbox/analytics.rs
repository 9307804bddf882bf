//! The doors of analytics: what can be asked, and the question itself. Source: section 3.2 of the API's
//! documentation.

use axum::Json;
use axum::body::Body;
use axum::extract::State;
use axum::http::HeaderMap;
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use super::analytics_filter::Filter;
use super::analytics_names::{DIMENSIONS, Dimension, METRICS, Metric, meta_json};
use super::analytics_table::table;
use super::body::{list, read_json, text, texts, whole, wrong};
use super::fault_row::Listing;
use super::refusal::Refusal;
use super::server::Shared;

/// Requests in any sixty seconds.
const PER_MINUTE: u64 = 64;
/// A year.
const LONGEST: SignedDuration = SignedDuration::from_hours(24 * 365);
/// What some sums and some ways to split them are told for.
const SHORT: SignedDuration = SignedDuration::from_hours(24 * 31);
/// What minutes are told for.
const MINUTES: SignedDuration = SignedDuration::from_hours(3);
/// What is told where nobody says.
const USUAL: SignedDuration = SignedDuration::from_hours(24 * 7);
const USUAL_ROWS: u64 = 1_000;
const MOST_ROWS: u64 = 10_000;
const MOST_DIMENSIONS: usize = 2;
const MOST_FILTERS: usize = 20;
/// How many rows a truncated answer holds in the trouble that is told to truncate.
const CUT_TO: usize = 3;

/// How time is split.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Granularity {
    Minute,
    Hour,
    Day,
    Week,
    Month,
}

impl Granularity {
    /// All of them, with their names.
    pub(super) const ALL: [(&'static str, Self); 5] = [
        ("minute", Self::Minute),
        ("hour", Self::Hour),
        ("day", Self::Day),
        ("week", Self::Week),
        ("month", Self::Month),
    ];

    /// Its name.
    pub(super) fn name(self) -> &'static str {
        let found = Self::ALL.iter().find(|(_, it)| *it == self);
        found.map_or("", |(name, _)| name)
    }
}

/// What is asked.
pub(super) struct Question {
    pub(super) metrics: Vec<&'static Metric>,
    pub(super) dimensions: Vec<&'static Dimension>,
    pub(super) granularity: Option<Granularity>,
    /// From here on.
    pub(super) start: Timestamp,
    /// And before this.
    pub(super) end: Timestamp,
    pub(super) filters: Vec<Filter>,
    /// A column, and whether the greatest comes first.
    pub(super) order: Option<(String, bool)>,
    pub(super) limit: usize,
    /// The column of time has its other name, and times in place of days.
    pub(super) is_odd: bool,
}

/// `GET /analytics/meta`.
pub(super) async fn meta(
    State(server): State<Shared>,
    headers: HeaderMap,
) -> Result<Json<Value>, Refusal> {
    count(&server, &headers)?;
    Ok(Json(json!({ "data": meta_json() })))
}

/// `POST /analytics/query`.
pub(super) async fn query(
    State(server): State<Shared>,
    headers: HeaderMap,
    body: Body,
) -> Result<Json<Value>, Refusal> {
    let account = count(&server, &headers)?;
    let body = read_json(body).await?;
    let mut question = Question::read(&body, server.now())?;
    let length = question.end.duration_since(question.start);
    if server.lists_oddly(Listing::SlowAnalytics) && length > SHORT {
        return Err(Refusal::new(
            408,
            "Operation timed out. Please try again later.",
        ));
    }
    question.is_odd = server.lists_oddly(Listing::OddAnalytics);
    if server.lists_oddly(Listing::CutAnalytics) {
        question.limit = question.limit.min(CUT_TO);
    }
    let world = server.world();
    let data = table(&question, &world, account);
    Ok(Json(json!({ "data": data })))
}

/// Who asks, counted: the account whose management key it is.
fn count(server: &Shared, headers: &HeaderMap) -> Result<usize, Refusal> {
    if server.lists_oddly(Listing::NoAnalytics) {
        return Err(Refusal::not_found("Not Found"));
    }
    let caller = server.manager(headers)?;
    let now = server.now();
    let mut world = server.world();
    if let Some(account) = world.accounts.get_mut(caller.account)
        && account.analytics.count(now) > PER_MINUTE
    {
        return Err(Refusal::new(429, "Rate limit exceeded").kind("rate_limit_exceeded"));
    }
    Ok(caller.account)
}

impl Question {
    fn read(body: &Value, now: Timestamp) -> Result<Self, Refusal> {
        let (start, end) = range(body, now)?;
        let length = end.duration_since(start);
        if length > LONGEST {
            return Err(Refusal::bad_request(
                "time_range: Must not be longer than 365 days",
            ));
        }
        let granularity = granularity(body)?;
        if granularity == Some(Granularity::Minute) && length > MINUTES {
            return Err(Refusal::bad_request(
                "granularity: minute is available for up to 3 hours",
            ));
        }
        let metrics = metrics(body)?;
        let dimensions = dimensions(body)?;
        let short = metrics.iter().find(|metric| metric.is_short);
        let short = short.map(|metric| metric.name).or_else(|| {
            let short = dimensions.iter().find(|dimension| dimension.is_short);
            short.map(|dimension| dimension.name)
        });
        if let Some(name) = short.filter(|_| length > SHORT) {
            return Err(Refusal::bad_request(format!(
                "{name}: Not available for ranges longer than 31 days"
            )));
        }
        Ok(Self {
            order: order(body, &metrics, &dimensions)?,
            metrics,
            dimensions,
            granularity,
            start,
            end,
            filters: filters(body)?,
            limit: limit(body)?,
            is_odd: false,
        })
    }
}

fn range(body: &Value, now: Timestamp) -> Result<(Timestamp, Timestamp), Refusal> {
    let range = &body["time_range"];
    if range.is_null() {
        let start = now.checked_sub(USUAL).unwrap_or(Timestamp::MIN);
        return Ok((start, now));
    }
    let moment = |name: &str| {
        let moment = text(range, name)?.and_then(|text| text.parse::<Timestamp>().ok());
        moment
            .ok_or_else(|| Refusal::bad_request(format!("time_range.{name}: Invalid ISO datetime")))
    };
    let (start, end) = (moment("start")?, moment("end")?);
    if start >= end {
        return Err(Refusal::bad_request("time_range: start must be before end"));
    }
    Ok((start, end))
}

fn granularity(body: &Value) -> Result<Option<Granularity>, Refusal> {
    let Some(name) = text(body, "granularity")? else {
        return Ok(None);
    };
    let found = Granularity::ALL.into_iter().find(|(it, _)| *it == name);
    match found {
        Some((_, granularity)) => Ok(Some(granularity)),
        None => Err(unknown("granularity", name)),
    }
}

fn metrics(body: &Value) -> Result<Vec<&'static Metric>, Refusal> {
    let names = texts(body, "metrics")?;
    if names.is_empty() {
        return Err(Refusal::bad_request(
            "metrics: Array must contain at least 1 element(s)",
        ));
    }
    let find = |name: &String| {
        let metric = METRICS.iter().find(|metric| metric.name == name);
        metric.ok_or_else(|| unknown("metrics", name))
    };
    names.iter().map(find).collect()
}

fn dimensions(body: &Value) -> Result<Vec<&'static Dimension>, Refusal> {
    let names = texts(body, "dimensions")?;
    if names.len() > MOST_DIMENSIONS {
        return Err(Refusal::bad_request(
            "dimensions: Array must contain at most 2 element(s)",
        ));
    }
    names
        .iter()
        .map(|name| dimension("dimensions", name))
        .collect()
}

fn dimension(place: &str, name: &str) -> Result<&'static Dimension, Refusal> {
    let found = DIMENSIONS.iter().find(|dimension| dimension.name == name);
    found.ok_or_else(|| unknown(place, name))
}

fn filters(body: &Value) -> Result<Vec<Filter>, Refusal> {
    let filters = list(body, "filters")?;
    if filters.len() > MOST_FILTERS {
        return Err(Refusal::bad_request(
            "filters: Array must contain at most 20 element(s)",
        ));
    }
    let read = |filter: &Value| {
        if !filter.is_object() {
            return Err(wrong("filters", "object", filter));
        }
        let field = text(filter, "field")?.unwrap_or_default();
        Filter::read(dimension("filters.field", field)?, filter)
    };
    filters.iter().map(read).collect()
}

/// A sum that is asked for (or the count of requests), a way it is split, or the time.
fn order(
    body: &Value,
    metrics: &[&'static Metric],
    dimensions: &[&'static Dimension],
) -> Result<Option<(String, bool)>, Refusal> {
    let order = &body["order_by"];
    if order.is_null() {
        return Ok(None);
    }
    let field = text(order, "field")?.unwrap_or_default();
    let is_known = matches!(field, "date" | "request_count")
        || metrics.iter().any(|metric| metric.name == field)
        || dimensions.iter().any(|dimension| dimension.name == field);
    if !is_known {
        return Err(unknown("order_by.field", field));
    }
    match text(order, "direction")? {
        Some("asc") => Ok(Some((field.to_owned(), false))),
        Some("desc") => Ok(Some((field.to_owned(), true))),
        other => Err(unknown("order_by.direction", other.unwrap_or_default())),
    }
}

fn limit(body: &Value) -> Result<usize, Refusal> {
    let limit = whole(body, "limit", 1)?.unwrap_or(USUAL_ROWS);
    if limit > MOST_ROWS {
        return Err(Refusal::bad_request(
            "limit: Number must be less than or equal to 10000",
        ));
    }
    Ok(usize::try_from(limit).unwrap_or(usize::MAX))
}

/// A word that the service does not know there.
pub(super) fn unknown(place: &str, name: &str) -> Refusal {
    Refusal::bad_request(format!("{place}: Invalid option: \"{name}\""))
}
