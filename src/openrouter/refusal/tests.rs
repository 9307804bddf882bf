//! Every shape of an error that section 6.1 of the API and the servers of section 13 know.

use super::*;

const RECEIVED: Timestamp = Timestamp::constant(1_787_184_000, 0);

fn read_with(status: u16, headers: &[(&'static str, &str)], body: &str) -> Option<Refusal> {
    let headers = headers
        .iter()
        .map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap()))
        .collect();
    let at = Circumstances {
        status,
        headers: &headers,
        received: RECEIVED,
        mid_stream: false,
    };
    let body = serde_json::from_str(body).unwrap();
    if status < 400 {
        described_in(&body, &at, &Scrub::default())
    } else {
        Some(of_status(&body, &at, &Scrub::default()))
    }
}

fn read_body(status: u16, body: &str) -> Refusal {
    read_with(status, &[], body).unwrap()
}

fn texts(words: &[&str]) -> Vec<CleanText> {
    words.iter().copied().map(CleanText::from).collect()
}

#[test]
fn an_error_of_openrouter_is_read_without_its_user() {
    let refusal = read_body(
        402,
        r#"{ "error": { "code": 402, "message": "Insufficient credits.", "metadata": { "provider_name": null } },
            "user_id": "user_2aBcD3eFgH4iJkL5mNoP6" }"#,
    );
    let expected = Refusal {
        status: 402,
        message: "Insufficient credits.".into(),
        raw: r#"{"error":{"code":402,"message":"Insufficient credits.","metadata":{"provider_name":null}}}"#
            .into(),
        ..Refusal::default()
    };
    assert_eq!(refusal, expected);
}

#[test]
fn the_code_may_be_a_number_a_numeric_word_a_word_or_absent() {
    let status = |http, body: &str| (read_body(http, body).status, read_body(http, body).code);
    let word = |text: &str| Some(CleanText::from(text));
    for (http, body, expected) in [
        (200, r#"{"error":{"code":429}}"#, (429, None)),
        (200, r#"{"error":{"code":429.0}}"#, (429, None)),
        (
            200,
            r#"{"error":{"code":"429","type":"None","param":"None"}}"#,
            (429, None),
        ),
        (
            400,
            r#"{"error":{"code":null,"http_status":404}}"#,
            (404, None),
        ),
        (
            401,
            r#"{"error":{"code":"invalid_api_key"}}"#,
            (401, word("invalid_api_key")),
        ),
        (
            200,
            r#"{"error":{"code":"server_error"}}"#,
            (500, word("server_error")),
        ),
        (
            200,
            r#"{"error":{"metadata":{"error_type":"provider_overloaded"}}}"#,
            (503, None),
        ),
        (502, r#"{"error":{"code":20012}}"#, (502, None)),
        (200, r#"{"error":{"code":"odd"}}"#, (200, word("odd"))),
        (
            400,
            r#"{"object":"error","message":"no","code":400}"#,
            (400, None),
        ),
    ] {
        assert_eq!(status(http, body), expected, "{body}");
    }
}

#[test]
fn every_place_for_the_words_is_known() {
    for (body, message) in [
        (r#"{"error":{"message":"a"}}"#, "a"),
        (r#"{"error":"b"}"#, "b"),
        (r#"{"detail":"Not Found"}"#, "Not Found"),
        (
            r#"{"detail":[{"loc":["body"],"msg":"field required"},{"msg":"c"}]}"#,
            "field required; c",
        ),
        (r#"{"object":"error","message":"d","code":400}"#, "d"),
        (r#"{"message":"e"}"#, "e"),
        (r#"[{"error":{"message":"f"}}]"#, "f"),
        (r#"{"errors":[{"message":"g"}]}"#, "g"),
        (r#"{"error":{"message":"h"},"message":"other"}"#, "h"),
        (r#"{"error":{},"message":"i"}"#, "i"),
        (
            r#"{"type":"error","error":{"type":"overloaded_error","message":"j"}}"#,
            "j",
        ),
    ] {
        assert_eq!(read_body(400, body).message.as_str(), message, "{body}");
    }
}

#[test]
fn an_answer_is_not_an_error() {
    for body in [
        r#"{"choices":[],"error":null}"#,
        r#"{"data":{"x":1},"message":"ok"}"#,
        r#"{"error":false}"#,
        r#"{"error":""}"#,
        r#"{"type":"message_start","message":{"id":"x"}}"#,
        r#"{"message":"loading the model"}"#,
        "{}",
        "[]",
        "5",
    ] {
        assert_eq!(read_with(200, &[], body), None, "{body}");
    }
}

#[test]
fn a_provider_is_quoted_where_its_words_were_only_passed_on() {
    for (raw, message) in [
        (r#""{\"error\":{\"message\":\"quota\"}}""#, "quota"),
        (r#""{\"detail\":\"busy\"}""#, "busy"),
        (r#"{"message":"object"}"#, "object"),
        (r#""plain\u001b[31m words""#, "plain␛[31m words"),
        (r#""""#, "Provider returned error"),
        ("null", "Provider returned error"),
    ] {
        let body = format!(
            r#"{{"error":{{"code":429,"message":"Provider returned error",
               "metadata":{{"provider_name":"Z","raw":{raw}}}}}}}"#
        );
        let refusal = read_body(429, &body);
        assert_eq!(refusal.message.as_str(), message);
        assert_eq!(refusal.provider.as_deref(), Some("Z"));
    }
}

#[test]
fn availability_says_what_else_could_be_had() {
    let refusal = read_body(
        429,
        r#"{ "error": { "message": "All providers are at capacity.", "error_type": "rate_limit_exceeded",
            "http_status": 429, "availability": { "code": "capacity_exhausted", "retryable": true,
            "retry_after": 20, "fallback_models": ["z-ai/glm-5"], "excluded_by": ["data_policy:zdr"],
            "constraint": { "field": "max_price", "detail": "x" } } } }"#,
    );
    assert_eq!(refusal.error_type.as_deref(), Some("rate_limit_exceeded"));
    assert_eq!(refusal.retry_after, Some(Duration::from_secs(20)));
    let availability = Availability {
        code: "capacity_exhausted".into(),
        retryable: true,
        fallback_models: texts(&["z-ai/glm-5"]),
        excluded_by: texts(&["data_policy:zdr"]),
        constraint: Some("max_price".into()),
    };
    assert_eq!(refusal.availability, Some(availability));
}

#[test]
fn a_limit_says_when_it_resets_in_a_header_or_in_the_body() {
    let reset = Some("2026-08-22T00:00:00Z".parse::<Timestamp>().unwrap());
    let body = r#"{ "error": { "message": "Rate limit exceeded: free-models-per-day.", "code": 429,
        "metadata": { "headers": { "X-RateLimit-Reset": "1787356800000" },
        "limit_source": "openrouter_free_tier_daily" } } }"#;
    let refusal = read_body(429, body);
    assert_eq!(refusal.resets_at, reset);
    assert_eq!(
        refusal.limit_source.as_deref(),
        Some("openrouter_free_tier_daily")
    );
    let plain = r#"{"error":{"code":429}}"#;
    let told = |value: &str| {
        let headers = [("x-ratelimit-reset", value)];
        read_with(429, &headers, plain).unwrap().resets_at
    };
    assert_eq!(told("1787356800000"), reset);
    assert_eq!(told("1787356800"), reset);
    assert_eq!(
        told("60"),
        RECEIVED.checked_add(Duration::from_mins(1)).ok()
    );
    assert_eq!(told("soon"), None);
    let budget = r#"{"error":{"code":403,"metadata":{"resets_at":"2026-08-22T00:00:00Z","reasons":["a","b"]}}}"#;
    assert_eq!(read_body(403, budget).resets_at, reset);
    assert_eq!(read_body(403, budget).reasons, texts(&["a", "b"]));
}

#[test]
fn a_wait_is_told_in_seconds_or_by_a_date_on_the_servers_clock() {
    let plain = r#"{"error":{"code":503}}"#;
    let wait = |headers: &[(&'static str, &str)]| {
        let refusal = read_with(503, headers, plain).unwrap();
        refusal.retry_after.map(|wait| wait.as_millis())
    };
    assert_eq!(wait(&[("retry-after", "7")]), Some(7000));
    assert_eq!(wait(&[("retry-after", "0.5")]), Some(500));
    assert_eq!(
        wait(&[("retry-after-ms", "250"), ("retry-after", "1")]),
        Some(250)
    );
    let date = ("retry-after", "Thu, 20 Aug 2026 00:01:30 GMT");
    assert_eq!(wait(&[date]), Some(90_000));
    let clock = ("date", "Thu, 20 Aug 2026 00:01:00 GMT");
    assert_eq!(wait(&[date, clock]), Some(30_000));
    let past = ("retry-after", "Wed, 19 Aug 2026 00:00:00 GMT");
    assert_eq!(wait(&[past]), Some(0));
    for odd in ["-1", "soon", "1e300", "NaN", ""] {
        assert_eq!(wait(&[("retry-after", odd)]), None, "{odd}");
    }
}

#[test]
fn a_hostile_error_is_made_harmless_and_short() {
    let key = format!("sk-or-v1-{}", "deadbeef".repeat(8));
    let body = serde_json::json!({
        "error": {
            "code": "c".repeat(5000),
            "message": format!("\u{1b}]0;x\u{7}bad key {key} {}", "m".repeat(5000)),
            "metadata": { "reasons": vec!["r"; 5000], "user_id": "user_2aBcD3eFgH4iJkL5mNoP6" },
        },
    });
    let refusal = read_body(401, &body.to_string());
    let shown = format!("{refusal:?}");
    assert!(!shown.contains(&key) && !shown.contains("user_id"));
    assert!(!shown.contains("user_2a"));
    assert!(
        refusal
            .message
            .starts_with("␛]0;x␇bad key sk-or-v1-dea…eef")
    );
    assert!(shown.chars().count() < 6000, "{}", shown.len());
}
