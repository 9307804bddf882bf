//! `GET /analytics/meta` and `POST /analytics/query`: counts as texts, a table inside `data`, and a column
//! of time that has two names.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::account::{word, words};
use super::scalars::{Count, Flag, Money, Text};
use super::shapes::{Fields, Rows};
use crate::domain::analytics::{Analysed, AnalyticsQuestion, Offer};
use crate::domain::clean_text::CleanText;
use crate::domain::spend::{DayRow, Used};

/// The sums that are asked for, where they are offered. Each is told for up to a year.
const METRICS: [&str; 7] = [
    "request_count",
    "tokens_prompt",
    "tokens_completion",
    "reasoning_tokens",
    "cached_tokens",
    "credits_usage",
    "byok_usage",
];
/// The most rows that one answer holds. Source: the documentation of `POST /analytics/query`.
const MOST_ROWS: u32 = 10_000;

#[derive(Default, Deserialize)]
#[serde(default)]
pub(in crate::openrouter) struct MetaWire {
    metrics: Rows<NamedWire>,
    dimensions: Rows<NamedWire>,
    granularities: Rows<NamedWire>,
    operators: Rows<NamedWire>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct NamedWire {
    name: Text,
}

impl MetaWire {
    /// `None` where no metrics are named: then this is something else.
    pub(in crate::openrouter) fn offer(self) -> Option<Offer> {
        Some(Offer {
            metrics: names(self.metrics.0?),
            dimensions: names(self.dimensions.0.unwrap_or_default()),
            granularities: names(self.granularities.0.unwrap_or_default()),
            operators: names(self.operators.0.unwrap_or_default()),
        })
    }
}

fn names(rows: Vec<NamedWire>) -> Vec<CleanText> {
    rows.into_iter().filter_map(|row| word(row.name)).collect()
}

/// The body of `POST /analytics/query`.
#[derive(Serialize)]
pub(in crate::openrouter) struct QuestionBody<'a> {
    metrics: Vec<&'static str>,
    dimensions: Vec<&'static str>,
    granularity: &'static str,
    time_range: RangeBody,
    #[serde(skip_serializing_if = "Option::is_none")]
    filters: Option<[FilterBody<'a>; 1]>,
    limit: u32,
}

#[derive(Serialize)]
struct FilterBody<'a> {
    field: &'static str,
    operator: &'static str,
    value: &'a str,
}

#[derive(Serialize)]
struct RangeBody {
    start: Timestamp,
    end: Timestamp,
}

impl<'a> QuestionBody<'a> {
    /// Asks for what is offered of it.
    pub(in crate::openrouter) fn of(offer: &Offer, asked: AnalyticsQuestion<'a>) -> Self {
        let metrics = METRICS.into_iter();
        // Rows name a key by the name it was given, a filter takes its hash.
        let of_key = asked.of_key.map(|hash| FilterBody {
            field: "api_key_id",
            operator: "eq",
            value: hash,
        });
        Self {
            metrics: metrics.filter(|name| offer.has_metric(name)).collect(),
            dimensions: if asked.by_provider && offer.splits_by("provider") {
                vec!["model", "provider"]
            } else {
                vec!["model"]
            },
            granularity: "day",
            time_range: RangeBody {
                start: asked.from,
                end: asked.to,
            },
            filters: of_key.map(|filter| [filter]),
            limit: MOST_ROWS,
        }
    }
}

/// The table inside `data`.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(in crate::openrouter) struct TableWire {
    data: Rows<RowWire>,
    metadata: Fields<AboutWire>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct AboutWire {
    truncated: Flag,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct RowWire {
    #[serde(rename = "date__day")]
    date_day: Text,
    #[serde(rename = "created_at__day")]
    created_at_day: Text,
    date: Text,
    model: Text,
    provider: Text,
    request_count: Count,
    tokens_prompt: Count,
    tokens_completion: Count,
    reasoning_tokens: Count,
    cached_tokens: Count,
    credits_usage: Money,
    byok_usage: Money,
}

impl TableWire {
    /// The rows; else what is missing in them.
    pub(in crate::openrouter) fn analysed(self) -> Result<Analysed, &'static str> {
        let rows = self.data.0.ok_or("no rows")?;
        let rows: Option<Vec<DayRow>> = rows.into_iter().map(RowWire::row).collect();
        Ok(Analysed {
            rows: rows.ok_or("a row without a day")?,
            is_truncated: self.metadata.0.is_some_and(|about| about.truncated.0),
        })
    }
}

impl RowWire {
    /// `None` where its day cannot be read.
    fn row(self) -> Option<DayRow> {
        let day = [self.date_day, self.created_at_day, self.date];
        let day = day.into_iter().find_map(|day| day.0)?;
        // A full timestamp is cut to its day.
        let day: Date = day.get(..10)?.parse().ok()?;
        Some(DayRow {
            day,
            model: words(self.model),
            provider: word(self.provider),
            used: Used {
                requests: self.request_count.0.unwrap_or_default(),
                prompt_tokens: self.tokens_prompt.0.unwrap_or_default(),
                completion_tokens: self.tokens_completion.0.unwrap_or_default(),
                reasoning_tokens: self.reasoning_tokens.0.unwrap_or_default(),
                cached_tokens: self.cached_tokens.0.unwrap_or_default(),
                cost: self.credits_usage.0.unwrap_or_default(),
                byok_cost: self.byok_usage.0.unwrap_or_default(),
            },
        })
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::super::{One, from_json};
    use super::*;
    use crate::domain::money::Usd;

    fn read(json: &str) -> Result<Analysed, &'static str> {
        let wire: One<TableWire> = from_json(json).unwrap();
        wire.data.0.unwrap().analysed()
    }

    #[test]
    fn counts_are_texts_and_the_time_has_two_names_and_two_lengths() {
        let analysed = read(
            r#"{"data":{"data":[
                {"date__day":"2026-08-21","model":"openai/gpt-5.2","provider":"OpenAI","request_count":"37",
                 "tokens_prompt":"180000","tokens_completion":2340,"reasoning_tokens":null,
                 "cached_tokens":"90000","credits_usage":0.6121,"byok_usage":null},
                {"created_at__day":"2026-08-22T00:00:00.000Z","model":null,"credits_usage":"0.5"}, null],
               "metadata":{"query_time_ms":41,"row_count":2,"truncated":true},"cachedAt":1.7e12}}"#,
        )
        .unwrap();
        assert!(analysed.is_truncated);
        let [one, other] = analysed.rows.try_into().unwrap();
        let used = Used {
            requests: 37,
            prompt_tokens: 180_000,
            completion_tokens: 2340,
            cached_tokens: 90_000,
            cost: Usd::parse("0.6121").unwrap(),
            ..Used::default()
        };
        assert_eq!((one.day, one.used), (date(2026, 8, 21), used));
        assert_eq!(one.model.as_str(), "openai/gpt-5.2");
        assert_eq!(one.provider.as_deref(), Some("OpenAI"));
        assert_eq!(other.provider, None);
        assert_eq!(other.day, date(2026, 8, 22));
        assert_eq!(other.used.cost, Usd::from_cents(50));
    }

    #[test]
    fn a_table_with_a_row_of_no_day_is_none() {
        let row = |time: &str| format!(r#"{{"data":{{"data":[{{{time}"credits_usage":1}}]}}}}"#);
        for time in [
            "",
            r#""date__day":"someday","#,
            r#""date__hour":"2026-08-21","#,
        ] {
            assert_eq!(read(&row(time)), Err("a row without a day"), "{time}");
        }
        assert_eq!(read(r#"{"data":{"data":{}}}"#), Err("no rows"));
        assert_eq!(read(r#"{"data":{"data":[]}}"#), Ok(Analysed::default()));
    }

    #[test]
    fn only_what_is_offered_is_asked_for() {
        let meta = r#"{"data":{"metrics":[{"name":"request_count"},{"name":"credits_usage"},
            {"name":"mood"},{}],"dimensions":[{"name":"model"}],"granularities":[{"name":"day"}]}}"#;
        let wire: One<MetaWire> = from_json(meta).unwrap();
        let offer = wire.data.0.unwrap().offer().unwrap();
        assert!(offer.splits_by_model_and_day());
        let at = |text: &str| text.parse().unwrap();
        let asked = AnalyticsQuestion {
            from: at("2026-08-01T00:00:00Z"),
            to: at("2026-08-21T10:00:00Z"),
            by_provider: true,
            of_key: None,
        };
        let body = QuestionBody::of(&offer, asked);
        assert_eq!(
            serde_json::to_string(&body).unwrap(),
            r#"{"metrics":["request_count","credits_usage"],"dimensions":["model"],"granularity":"day","#
                .to_owned()
                + r#""time_range":{"start":"2026-08-01T00:00:00Z","end":"2026-08-21T10:00:00Z"},"limit":10000}"#
        );
        let offer = Offer {
            dimensions: vec!["model".into(), "provider".into()],
            ..offer
        };
        let dimensions = |by_provider| {
            let asked = AnalyticsQuestion {
                by_provider,
                ..asked
            };
            QuestionBody::of(&offer, asked).dimensions
        };
        assert_eq!(dimensions(true), ["model", "provider"]);
        assert_eq!(dimensions(false), ["model"]);
        let of_key = AnalyticsQuestion {
            of_key: Some("9f2c"),
            ..asked
        };
        let body = serde_json::to_string(&QuestionBody::of(&offer, of_key)).unwrap();
        let filter = r#""filters":[{"field":"api_key_id","operator":"eq","value":"9f2c"}]"#;
        assert!(body.contains(filter), "{body}");
        let none: One<MetaWire> = from_json(r#"{"data":{"label":"it"}}"#).unwrap();
        assert_eq!(none.data.0.unwrap().offer(), None);
    }
}
