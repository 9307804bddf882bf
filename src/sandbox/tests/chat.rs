//! Answers that come in one piece, and requests that get none.

use super::*;

#[tokio::test]
async fn an_answer_has_a_text_an_id_and_an_exact_price() {
    let visitor = visit().await;
    let seen = visitor.ask("inference", json!({})).await;
    assert_eq!(seen.status, 200);
    let body = seen.json();
    assert_eq!(seen.header("x-generation-id"), body["id"].as_str().unwrap());
    assert!(body["id"].as_str().unwrap().starts_with("gen-1795521600-"));
    assert_eq!(body["model"], "openai/gpt-4o-mini");
    assert_eq!(body["provider"], "OpenAI");
    assert_eq!(body["choices"][0]["finish_reason"], "stop");
    assert!(
        body["choices"][0]["message"]["content"]
            .as_str()
            .unwrap()
            .contains("In short")
    );
    let usage = &body["usage"];
    let tokens = |name: &str| usage[name].as_f64().unwrap();
    let cost = tokens("prompt_tokens") * 0.15e-6 + tokens("completion_tokens") * 0.6e-6;
    assert!((usage["cost"].as_f64().unwrap() - cost).abs() < 1e-12);
    assert!(seen.header("x-ratelimit-limit").is_empty());
}

#[tokio::test]
async fn max_tokens_cuts_the_answer() {
    let visitor = visit().await;
    let body = visitor
        .ask("inference", json!({"max_tokens": 7}))
        .await
        .json();
    assert_eq!(body["choices"][0]["finish_reason"], "length");
    assert_eq!(body["usage"]["completion_tokens"], 7);
}

#[tokio::test]
async fn a_reasoning_model_thinks_aloud_unless_told_not_to() {
    let visitor = visit().await;
    let ask = async |reasoning: Value| {
        let more = json!({"model": "anthropic/claude-sonnet-4.5", "reasoning": reasoning});
        visitor.ask("inference", more).await.json()
    };
    let usual = ask(Value::Null).await;
    let message = &usual["choices"][0]["message"];
    let details = &message["reasoning_details"][0];
    assert_eq!(message["reasoning"], details["text"]);
    assert_eq!(details["format"], "anthropic-claude-v1");
    let tokens = &usual["usage"]["completion_tokens_details"]["reasoning_tokens"];
    assert!(tokens.as_u64().unwrap() > 0);
    let off = ask(json!({"effort": "none"})).await;
    assert!(off["choices"][0]["message"]["reasoning"].is_null());
    assert_eq!(
        off["usage"]["completion_tokens_details"]["reasoning_tokens"],
        0
    );
    let hidden = ask(json!({"exclude": true})).await;
    assert!(hidden["choices"][0]["message"]["reasoning"].is_null());
    assert_eq!(
        &hidden["usage"]["completion_tokens_details"]["reasoning_tokens"],
        tokens
    );
}

#[tokio::test]
async fn the_answer_keeps_the_shape_that_is_demanded() {
    let visitor = visit().await;
    let schema = json!({"type": "object", "properties": {"ok": {"type": "boolean"}}});
    let format = json!({"type": "json_schema", "json_schema": {"name": "x", "schema": schema}});
    let body = visitor
        .ask("inference", json!({"response_format": format}))
        .await
        .json();
    assert_eq!(body["choices"][0]["message"]["content"], "{\"ok\":true}");
    let tool = json!({"type": "function", "function": {"name": "look", "parameters": schema}});
    let more = json!({"tools": [tool], "tool_choice": "required"});
    let body = visitor.ask("inference", more).await.json();
    let call = &body["choices"][0]["message"]["tool_calls"][0];
    assert_eq!(body["choices"][0]["finish_reason"], "tool_calls");
    assert_eq!(
        call["function"],
        json!({"name": "look", "arguments": "{\"ok\":true}"})
    );
}

#[tokio::test]
async fn an_answer_is_found_by_its_id_a_moment_later_and_only_by_its_account() {
    let clock = Clock::standing(noon());
    let sandbox = Sandbox::start(Options {
        tokens_per_second: 0,
        clock: clock.clone(),
        ..Options::default()
    });
    let visitor = Visitor {
        sandbox: sandbox.await.unwrap(),
        clock,
        ..visit().await
    };
    let more = json!({"user": "u1", "session_id": "s1"});
    let answer = visitor.ask("inference", more).await.json();
    let path = format!("/generation?id={}", answer["id"].as_str().unwrap());
    assert_eq!(visitor.get(&path, "inference").await.status, 404);
    visitor.clock.advance(Duration::from_secs(1));
    let found = visitor.get(&path, "inference").await.json()["data"].clone();
    assert_eq!(found["total_cost"], answer["usage"]["cost"]);
    assert_eq!(found["cancelled"], false);
    assert_eq!(
        (&found["external_user"], &found["session_id"]),
        (&json!("u1"), &json!("s1"))
    );
    assert_eq!(visitor.get(&path, "management").await.status, 200);
    assert_eq!(visitor.get(&path, "free-tier").await.status, 404);
    assert_eq!(visitor.get("/generation", "inference").await.status, 400);
}

#[tokio::test]
async fn the_next_model_answers_when_the_first_cannot() {
    let visitor = visit().await;
    let more = json!({"model": "sandbox/503", "models": ["openai/nonsense", "openai/gpt-4o-mini"]});
    let body = visitor.ask("inference", more).await.json();
    assert_eq!(body["model"], "openai/gpt-4o-mini");
    let more = json!({"model": "sandbox/503", "models": ["sandbox/502"]});
    let error = visitor.ask("inference", more).await.error();
    assert_eq!(error["code"], 502);
    assert_eq!(error["metadata"]["previous_errors"][0]["status"], 503);
}

#[tokio::test]
async fn a_picture_is_for_models_that_see() {
    let visitor = visit().await;
    // The eight bytes that every PNG begins with.
    let url = "data:image/png;base64,iVBORw0KGgo=";
    let content = json!([
        {"type": "text", "text": "what is this?"},
        {"type": "image_url", "image_url": {"url": url}},
    ]);
    let ask = async |model: &str| {
        let messages = json!([{"role": "user", "content": content}]);
        let more = json!({"model": model, "messages": messages});
        visitor.ask("inference", more).await
    };
    let seen = ask("openai/gpt-4o-mini").await;
    assert_eq!(seen.status, 200);
    assert!(seen.json()["usage"]["prompt_tokens"].as_u64().unwrap() > 700);
    let error = ask("meta-llama/llama-3.3-70b-instruct").await.error();
    assert_eq!(error["code"], 404);
    assert_eq!(
        error["message"],
        "No endpoints found that support image input"
    );
}

#[tokio::test]
async fn money_is_checked_before_the_answer_and_its_lack_is_told_apart() {
    let visitor = visit().await;
    let refused = async |name: &str, more: Value| {
        let error = visitor.ask(name, more).await.error();
        let source = &error["metadata"]["limit_source"];
        (
            error["code"].as_u64().unwrap(),
            source.as_str().unwrap_or_default().to_owned(),
            error["message"].as_str().unwrap().to_owned(),
        )
    };
    let (code, source, words) = refused("zero-credits", json!({})).await;
    assert_eq!((code, source.as_str()), (402, "openrouter_credits"));
    assert!(words.starts_with("Insufficient credits. Add more"));
    let (_, _, words) = refused("free-tier", json!({})).await;
    assert!(words.contains("never purchased"), "{words}");
    let free = json!({"model": "meta-llama/llama-3.3-70b-instruct:free"});
    let (_, _, words) = refused("in-debt", free.clone()).await;
    assert!(words.contains("negative balance"), "{words}");
    assert_eq!(visitor.ask("zero-credits", free.clone()).await.status, 200);
    let (_, source, words) = refused("exhausted", json!({})).await;
    assert_eq!(source, "openrouter_key_limit");
    assert!(words.contains("Key limit exceeded"), "{words}");
    let (_, source, words) = refused(
        "almost-used-up",
        json!({"model": "anthropic/claude-sonnet-4.5", "max_tokens": 60000}),
    )
    .await;
    assert_eq!(source, "openrouter_key_limit");
    let afford = words
        .split("can only afford ")
        .nth(1)
        .unwrap()
        .split('.')
        .next()
        .unwrap();
    let afford: u64 = afford.parse().unwrap();
    let again = json!({"model": "anthropic/claude-sonnet-4.5", "max_tokens": afford});
    assert_eq!(visitor.ask("almost-used-up", again).await.status, 200);
    let (_, source, words) = refused(
        "uncapped",
        json!({"model": "openai/o1-pro", "max_tokens": 190_000}),
    )
    .await;
    assert_eq!(source, "openrouter_credits");
    assert!(words.contains("settings/credits"), "{words}");
}

#[tokio::test]
async fn without_max_tokens_the_longest_answer_must_be_affordable() {
    let visitor = visit().await;
    let mut body = asked(json!({"model": "anthropic/claude-sonnet-4.5"}));
    body.as_object_mut().unwrap().remove("max_tokens");
    let seen = visitor
        .post("/chat/completions", "almost-used-up", body)
        .await;
    assert!(
        seen.message().contains("up to 64000 tokens"),
        "{}",
        seen.text
    );
}

#[tokio::test]
async fn free_models_have_a_minute_and_a_day() {
    let visitor = visit().await;
    let free = json!({"model": "meta-llama/llama-3.3-70b-instruct:free", "max_tokens": 3});
    let used = async || {
        let data = visitor.get("/key", "free-tier").await.json()["data"].clone();
        data["free_model_daily_requests"]["used"].as_u64().unwrap()
    };
    let before = used().await;
    for _ in 0..20 {
        assert_eq!(visitor.ask("free-tier", free.clone()).await.status, 200);
    }
    let minute = visitor.ask("free-tier", free.clone()).await;
    assert_eq!((minute.status, used().await), (429, before + 21));
    assert_eq!(
        minute.error()["metadata"]["limit_source"],
        "openrouter_free_tier_per_minute"
    );
    assert_eq!(minute.header("x-ratelimit-reset"), "1795521660000");
    assert!(minute.header("retry-after").is_empty());
    visitor.clock.advance(Duration::from_secs(61));
    for _ in used().await..50 {
        assert_eq!(visitor.ask("free-tier", free.clone()).await.status, 200);
    }
    let day = visitor.ask("free-tier", free).await;
    let error = day.error();
    assert_eq!(day.header("x-ratelimit-limit"), "50");
    assert_eq!(day.header("x-ratelimit-reset"), "1795564800000");
    assert_eq!(
        error["metadata"]["headers"]["X-RateLimit-Reset"],
        "1795564800000"
    );
    assert!(
        error["message"]
            .as_str()
            .unwrap()
            .contains("free-models-per-day")
    );
}

#[tokio::test]
async fn a_question_that_does_not_fit_is_refused_with_the_numbers() {
    let visitor = visit().await;
    let long = "word ".repeat(9000);
    let more = json!({"model": "openai/gpt-4", "messages": [{"role": "user", "content": long}]});
    let seen = visitor.ask("inference", more).await;
    assert_eq!(seen.status, 400);
    assert!(
        seen.message()
            .contains("maximum context length is 8191 tokens")
    );
    assert_eq!(
        seen.error()["metadata"]["error_type"],
        "context_length_exceeded"
    );
}

#[tokio::test]
async fn a_long_conversation_is_read_from_the_cache_the_second_time() {
    let visitor = visit().await;
    let long = "word ".repeat(2000);
    let more = |last: &str| json!({"messages": [{"role": "system", "content": long}, {"role": "user", "content": last}]});
    let cached = |body: &Value| body["usage"]["prompt_tokens_details"]["cached_tokens"].clone();
    let first = visitor.ask("inference", more("hi")).await.json();
    assert_eq!(cached(&first), 0);
    let second = visitor.ask("inference", more("hi")).await.json();
    assert!(cached(&second).as_u64().unwrap() >= 1024);
    assert!(second["usage"]["cost"].as_f64() < first["usage"]["cost"].as_f64());
}

#[tokio::test]
async fn routing_facts_come_when_asked_for() {
    let visitor = visit().await;
    let request = visitor
        .http
        .post(visitor.url("/chat/completions"))
        .bearer_auth(key("inference"))
        .header("x-openrouter-metadata", "enabled")
        .json(&asked(json!({"model": "openrouter/auto"})));
    let body = visitor.see(request).await.json();
    assert_eq!(body["openrouter_metadata"]["strategy"], "auto");
    assert_eq!(body["openrouter_metadata"]["requested"], "openrouter/auto");
    assert_eq!(body["model"], "openai/gpt-5-mini");
}
