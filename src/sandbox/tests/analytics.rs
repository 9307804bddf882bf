//! What the analytics tell, and what they refuse.

use super::super::ids::sha256_hex;
use super::*;

/// The question that a dashboard asks: by day and model, over so many days to noon of the 24th.
fn by_day(start: &str) -> Value {
    json!({
        "metrics": ["request_count", "tokens_prompt", "cached_tokens", "credits_usage", "usage_web"],
        "dimensions": ["model"],
        "granularity": "day",
        "time_range": { "start": start, "end": "2026-11-24T12:00:00Z" },
        "limit": 10_000,
    })
}

impl Visitor {
    async fn query(&self, body: Value) -> Seen {
        self.post("/analytics/query", "management", body).await
    }
}

fn sum(rows: &Value, member: &str, is_counted: impl Fn(&Value) -> bool) -> f64 {
    let rows = rows
        .as_array()
        .unwrap()
        .iter()
        .filter(|row| is_counted(row));
    let amounts = rows.map(|row| match &row[member] {
        Value::String(text) => text.parse().unwrap(),
        number => number.as_f64().unwrap(),
    });
    amounts.sum()
}

#[tokio::test]
async fn a_table_lies_in_data_of_data_with_counts_as_texts_and_money_as_numbers() {
    let visitor = visit().await;
    let seen = visitor.query(by_day("2026-11-01T00:00:00Z")).await;
    assert_eq!(seen.status, 200);
    let data = seen.json()["data"].clone();
    let row = &data["data"][0];
    assert_eq!(row["date__day"], "2026-11-01");
    assert!(row["request_count"].is_string() && row["credits_usage"].is_number());
    assert!(row["usage_web"].is_null(), "an unused component");
    assert_eq!(data["metadata"]["truncated"], false);
    let rows = data["data"].as_array().unwrap();
    assert_eq!(data["metadata"]["row_count"], rows.len());
    assert!(data.get("warnings").is_none());
}

#[tokio::test]
async fn the_analytics_agree_with_the_activity_and_tell_today_and_the_months_before() {
    let visitor = visit().await;
    let activity = visitor.get("/activity", "management").await.json()["data"].clone();
    let told = visitor.query(by_day("2026-08-26T00:00:00Z")).await.json();
    let rows = told["data"]["data"].clone();
    let last_month = |row: &Value| {
        let day = row["date__day"].as_str().unwrap();
        ("2026-10-25".."2026-11-24").contains(&day)
    };
    let same = |analysed: &str, told: &str| {
        let difference = sum(&rows, analysed, last_month) - sum(&activity, told, |_| true);
        assert!(difference.abs() < 1e-9, "{analysed}: {difference}");
    };
    same("credits_usage", "usage");
    same("request_count", "requests");
    same("tokens_prompt", "prompt_tokens");
    same("cached_tokens", "cached_tokens");
    assert_eq!(rows[0]["date__day"], "2026-08-26");
    let today = |row: &Value| row["date__day"] == "2026-11-24";
    let keys = visitor
        .get("/keys?include_disabled=true", "management")
        .await;
    let by_key = sum(&keys.json()["data"], "usage_daily", |_| true);
    assert!((sum(&rows, "credits_usage", today) - by_key).abs() < 1e-9);
}

#[tokio::test]
async fn what_is_asked_for_by_the_offer_is_answered() {
    let visitor = visit().await;
    let meta = visitor.get("/analytics/meta", "management").await.json()["data"].clone();
    let names = |list: &str| {
        let rows = meta[list].as_array().unwrap().clone();
        rows.into_iter()
            .map(|row| row["name"].clone())
            .collect::<Vec<_>>()
    };
    assert!(names("granularities").contains(&json!("month")));
    assert_eq!(names("operators").len(), 8);
    for metric in names("metrics") {
        let seen = visitor.query(json!({ "metrics": [metric] })).await;
        assert_eq!(seen.status, 200, "{metric}");
        let rows = seen.json()["data"]["data"].clone();
        assert_eq!(rows.as_array().unwrap().len(), 1, "one sum of a week");
    }
    for dimension in names("dimensions") {
        let body = json!({ "metrics": ["request_count"], "dimensions": [dimension] });
        let seen = visitor.query(body).await;
        assert_eq!(seen.status, 200, "{dimension}");
    }
}

#[tokio::test]
async fn keys_come_back_as_names_and_are_asked_for_by_hash() {
    let visitor = visit().await;
    let asked = |filters: Value| json!({ "metrics": ["credits_usage"], "dimensions": ["api_key_id"], "filters": filters });
    let names = async |filters: Value| {
        let told = visitor.query(asked(filters)).await.json()["data"].clone();
        let rows = told["data"].as_array().unwrap().clone();
        let mut names: Vec<String> = rows
            .iter()
            .map(|row| row["api_key_id"].as_str().unwrap().to_owned())
            .collect();
        names.sort();
        (names, told["warnings"].clone())
    };
    let (all, _) = names(json!([])).await;
    assert_eq!(all, ["capped", "expiring", "inference", "uncapped"]);
    let hash = sha256_hex(&key("capped"));
    let one = json!([{ "field": "api_key_id", "operator": "eq", "value": hash }]);
    assert_eq!(names(one).await.0, ["capped"]);
    let others = json!([{ "field": "api_key_id", "operator": "not_in", "value": [hash] }]);
    assert_eq!(names(others).await.0, ["expiring", "inference", "uncapped"]);
    let lost = json!([{ "field": "api_key_id", "operator": "in", "value": ["capped"] }]);
    let (none, warnings) = names(lost).await;
    assert!(none.is_empty() && warnings.as_array().unwrap().len() == 1);
}

#[tokio::test]
async fn time_is_split_and_sorted_as_asked() {
    let visitor = visit().await;
    let split = async |granularity: &str, order: Value| {
        let body = json!({
            "metrics": ["request_count"],
            "granularity": granularity,
            "time_range": { "start": "2026-10-01T00:00:00Z", "end": "2026-11-24T12:00:00Z" },
            "order_by": order,
        });
        let rows = visitor.query(body).await.json()["data"]["data"].clone();
        let column = format!("date__{granularity}");
        let rows = rows.as_array().unwrap().clone();
        rows.into_iter()
            .map(|row| row[&column].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(
        split("month", json!(null)).await,
        ["2026-10-01", "2026-11-01"]
    );
    let newest_first = json!({ "field": "date", "direction": "desc" });
    let weeks = split("week", newest_first).await;
    assert_eq!(weeks[..2], ["2026-11-23", "2026-11-16"]);
    let hours = split("hour", json!(null)).await;
    assert_eq!(hours[0], "2026-10-01T00:00:00.000Z");
}

#[tokio::test]
async fn what_cannot_be_asked_is_refused() {
    let visitor = visit().await;
    let range = |start: &str, end: &str| json!({ "start": start, "end": end });
    let two_months = range("2026-09-24T00:00:00Z", "2026-11-24T00:00:00Z");
    let day = range("2026-11-23T00:00:00Z", "2026-11-24T00:00:00Z");
    let filter = |filter: Value| json!({ "metrics": ["request_count"], "filters": [filter] });
    for body in [
        json!({}),
        json!({ "metrics": [] }),
        json!({ "metrics": "request_count" }),
        json!({ "metrics": ["mood"] }),
        json!({ "metrics": ["request_count"], "dimensions": ["weather"] }),
        json!({ "metrics": ["request_count"], "dimensions": ["model", "user", "app"] }),
        json!({ "metrics": ["request_count"], "granularity": "year" }),
        json!({ "metrics": ["request_count"], "granularity": "minute", "time_range": day }),
        json!({ "metrics": ["request_count"], "limit": 0 }),
        json!({ "metrics": ["request_count"], "limit": 10_001 }),
        json!({ "metrics": ["request_count"], "time_range": range("yesterday", "today") }),
        json!({ "metrics": ["request_count"],
            "time_range": range("2026-11-24T00:00:00Z", "2026-11-24T00:00:00Z") }),
        json!({ "metrics": ["request_count"],
            "time_range": range("2025-11-23T00:00:00Z", "2026-11-24T00:00:00Z") }),
        json!({ "metrics": ["p50_latency"], "time_range": two_months }),
        json!({ "metrics": ["request_count"], "dimensions": ["provider"], "time_range": two_months }),
        json!({ "metrics": ["request_count"], "order_by": { "field": "mood", "direction": "asc" } }),
        json!({ "metrics": ["request_count"], "order_by": { "field": "date", "direction": "up" } }),
        filter(json!({ "field": "weather", "operator": "eq", "value": "x" })),
        filter(json!({ "field": "model", "operator": "like", "value": "x" })),
        filter(json!({ "field": "model", "operator": "in", "value": "x" })),
        filter(json!({ "field": "model", "operator": "eq", "value": ["x"] })),
        filter(json!("model")),
    ] {
        let seen = visitor.query(body.clone()).await;
        assert_eq!(seen.status, 400, "{body}");
    }
    let body = json!({ "metrics": ["request_count"] });
    let ordinary = visitor.post("/analytics/query", "inference", body).await;
    assert_eq!(ordinary.status, 403);
    assert_eq!(
        visitor.get("/analytics/meta", "inference").await.status,
        403
    );
}

#[tokio::test]
async fn a_minute_holds_sixty_four_questions() {
    let visitor = visit().await;
    for _ in 0..64 {
        assert_eq!(
            visitor.get("/analytics/meta", "management").await.status,
            200
        );
    }
    let seen = visitor.get("/analytics/meta", "management").await;
    assert_eq!(seen.status, 429);
    // Another account's questions are counted apart.
    let other = visitor.get("/analytics/meta", "management-in-debt").await;
    assert_eq!(other.status, 200);
    visitor.clock.advance(Duration::from_mins(1));
    assert_eq!(
        visitor.get("/analytics/meta", "management").await.status,
        200
    );
}

#[tokio::test]
async fn the_analytics_can_be_absent_slow_cut_and_odd() {
    let asked =
        async |fault: &str, start: &str| visit_in_trouble(fault).await.query(by_day(start)).await;
    let far = "2026-08-26T00:00:00Z";
    assert_eq!(asked("no-analytics", far).await.status, 404);
    assert_eq!(asked("slow-analytics", far).await.status, 408);
    let near = asked("slow-analytics", "2026-10-25T00:00:00Z").await;
    assert_eq!(near.status, 200);
    let cut = asked("cut-analytics", far).await.json()["data"].clone();
    assert_eq!(
        cut["metadata"],
        json!({"query_time_ms": 41, "row_count": 3, "truncated": true})
    );
    let odd = asked("odd-analytics", far).await.json();
    assert_eq!(
        odd["data"]["data"][0]["created_at__day"],
        "2026-08-26T00:00:00.000Z"
    );
}
