//! Every trouble, asked for by the name of a model or told to the whole server.

use super::super::fault::faults;
use super::super::fault_row::Act;
use super::*;

#[tokio::test]
async fn every_refusal_can_be_asked_for_by_name_and_has_its_shape() {
    let visitor = visit().await;
    for row in faults()
        .iter()
        .filter(|row| matches!(row.act, Act::Refuse(_)))
    {
        let model = format!("sandbox/{}", row.name);
        let seen = visitor.listen(json!({ "model": model })).await;
        assert!(seen.status >= 400, "{model}");
        let error = seen.error();
        assert!(error["message"].is_string(), "{model}");
        match row.name {
            "capacity-bare" => assert!(error["code"].is_null()),
            "word-code" => assert!(error["code"].is_string()),
            _ => assert_eq!(error["code"], seen.status, "{model}"),
        }
        // Who is not let in has no name.
        assert_eq!(
            seen.json()["user_id"].is_string(),
            seen.status != 401,
            "{model}"
        );
    }
}

#[tokio::test]
async fn the_waits_are_where_the_real_service_puts_them() {
    let visitor = visit().await;
    let wait = async |name: &str| {
        let seen = visitor
            .listen(json!({"model": format!("sandbox/{name}")}))
            .await;
        seen.header("retry-after").to_owned()
    };
    assert_eq!(wait("in-flight").await, "5");
    assert_eq!(wait("503").await, "5");
    assert_eq!(wait("capacity").await, "20");
    assert_eq!(wait("free-day").await, "");
    assert_eq!(wait("429").await, "");
}

#[tokio::test]
async fn a_stream_breaks_off_with_each_kind_of_code() {
    let visitor = visit().await;
    let last = async |name: &str| {
        let seen = visitor
            .listen(json!({"model": format!("sandbox/{name}")}))
            .await;
        assert_eq!(seen.status, 200, "{name}");
        assert!(!seen.text.contains("[DONE]"), "{name}");
        seen.events().pop().unwrap()
    };
    let number = last("mid-stream").await;
    assert_eq!(number["error"]["code"], 502);
    assert_eq!(number["choices"][0]["finish_reason"], "error");
    assert_eq!(last("mid-stream-429").await["error"]["code"], 429);
    assert_eq!(
        last("mid-stream-word").await["error"]["code"],
        "server_error"
    );
    assert!(last("mid-stream-bare").await["choices"].is_null());
    let whole = visitor
        .ask("inference", json!({"model": "sandbox/mid-stream"}))
        .await
        .json();
    assert_eq!(whole["choices"][0]["error"]["code"], 502);
    assert_eq!(whole["usage"]["cost"], 0.0);
}

#[tokio::test]
async fn harm_on_the_wire_changes_bytes_and_not_words() {
    let visitor = visit().await;
    let words = |seen: &Seen| {
        let events = seen.events();
        let texts = events
            .iter()
            .map(|event| event["choices"][0]["delta"]["content"].clone());
        texts
            .filter_map(|text| text.as_str().map(str::to_owned))
            .collect::<String>()
    };
    let plain = words(&visitor.listen(json!({})).await);
    for name in [
        "crlf",
        "one-byte",
        "slow",
        "no-done",
        "no-usage",
        "odd-chunks",
        "clock-skew",
    ] {
        let seen = visitor
            .listen(json!({"model": format!("sandbox/{name}")}))
            .await;
        assert_eq!(words(&seen), plain, "{name}");
        assert_eq!(seen.text.contains("\r\n\r\n"), name == "crlf", "{name}");
        assert_eq!(seen.text.contains("[DONE]"), name != "no-done", "{name}");
        assert_eq!(
            seen.text.contains("\"usage\""),
            name != "no-usage",
            "{name}"
        );
    }
}

#[tokio::test]
async fn a_cut_stream_ends_in_the_middle_with_an_error_of_the_connection() {
    let visitor = visit().await;
    let mut body = asked(json!({"model": "sandbox/cut"}));
    body["stream"] = json!(true);
    let request = visitor
        .http
        .post(visitor.url("/chat/completions"))
        .json(&body);
    let mut response = request.bearer_auth(key("inference")).send().await.unwrap();
    let mut bytes = 0;
    let broken = loop {
        match response.chunk().await {
            Ok(Some(chunk)) => bytes += chunk.len(),
            Ok(None) => break false,
            Err(_) => break true,
        }
    };
    assert!(broken);
    assert_eq!(bytes, 700);
}

#[tokio::test]
async fn pages_stand_where_json_should_be() {
    for (fault, status, kind) in [
        ("cdn-502", 502, "text/html"),
        ("524", 524, "text/html"),
        ("captive-portal", 200, "text/html"),
        ("empty", 200, "application/json"),
        ("bad-json", 200, "application/json"),
        ("redirect", 307, ""),
        ("error-in-200", 200, "application/json"),
    ] {
        let visitor = visit_in_trouble(fault).await;
        let seen = visitor.listen(json!({})).await;
        assert_eq!(seen.status, status, "{fault}");
        assert!(seen.header("content-type").starts_with(kind), "{fault}");
    }
}

#[tokio::test]
async fn a_server_in_trouble_refuses_what_the_table_says_and_no_more() {
    let all = visit_in_trouble("401").await;
    assert_eq!(all.get("/key", "inference").await.status, 401);
    assert_eq!(all.ask("inference", json!({})).await.status, 401);
    let answers = visit_in_trouble("402").await;
    assert_eq!(answers.get("/key", "inference").await.status, 200);
    assert_eq!(answers.ask("inference", json!({})).await.status, 402);
    let skewed = visit_in_trouble("clock-skew").await;
    let seen = skewed.get("/key", "inference").await;
    assert_eq!(seen.header("date"), "Wed, 25 Nov 2026 12:00:00 GMT");
}

#[tokio::test]
async fn lists_can_be_odd() {
    let zeros = visit_in_trouble("zero-credits").await;
    let seen = zeros.get("/credits", "inference").await;
    assert_eq!(
        seen.json()["data"],
        json!({"total_credits": 0, "total_usage": 0})
    );
    let old = visit_in_trouble("old-key").await;
    let data = old.get("/key", "inference").await.json()["data"].clone();
    assert!(data.get("is_management_key").is_none() && data.get("limit").is_some());
    let odd = visit_in_trouble("odd-models")
        .await
        .get("/models", "inference")
        .await
        .json();
    assert!(odd.get("total_count").is_none() && odd.get("links").is_none());
    let endless = visit_in_trouble("endless-models").await;
    let page = endless.get("/models?limit=500", "inference").await.json();
    assert_eq!(page["links"]["next"], "/api/v1/models?offset=0&limit=500");
    let dates = visit_in_trouble("long-dates")
        .await
        .get("/activity", "management")
        .await
        .json();
    assert_eq!(dates["data"][0]["date"], "2026-11-23 00:00:00");
    let none = visit_in_trouble("no-activity")
        .await
        .get("/activity", "management")
        .await
        .json();
    assert_eq!(none, json!({"data": []}));
}

#[tokio::test]
async fn reasoning_comes_under_three_names_and_text_that_drives_a_terminal_unchanged() {
    let visitor = visit().await;
    let twin = visitor
        .listen(json!({"model": "sandbox/reasoning-twin"}))
        .await
        .events();
    let delta = &twin[1]["choices"][0]["delta"];
    assert_eq!(delta["reasoning"], delta["reasoning_content"]);
    assert_eq!(delta["reasoning"], delta["reasoning_details"][0]["text"]);
    let hostile = visitor
        .ask("inference", json!({"model": "sandbox/hostile-text"}))
        .await
        .json();
    let text = hostile["choices"][0]["message"]["content"]
        .as_str()
        .unwrap()
        .to_owned();
    assert!(text.contains("\u{1b}]52;") && text.contains('\u{202e}'));
}
