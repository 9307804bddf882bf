//! Answers that come in events.

use super::*;

#[tokio::test]
async fn comments_reasoning_text_finish_usage_and_the_end_come_in_this_order() {
    let visitor = visit().await;
    let seen = visitor
        .listen(json!({"model": "anthropic/claude-sonnet-4.5"}))
        .await;
    assert_eq!(seen.header("content-type"), "text/event-stream");
    assert!(seen.text.starts_with(": OPENROUTER PROCESSING\n\n"));
    assert!(seen.text.ends_with("data: [DONE]\n\n"));
    let events = seen.events();
    let id = seen.header("x-generation-id");
    assert!(events.iter().all(|event| event["id"] == id));
    let delta = |event: &Value| event["choices"][0]["delta"].clone();
    assert_eq!(
        delta(&events[0]),
        json!({"role": "assistant", "content": ""})
    );
    let first_text = events.iter().skip(1).position(|event| {
        !delta(event)["content"]
            .as_str()
            .unwrap_or_default()
            .is_empty()
    });
    for event in &events[1..=first_text.unwrap()] {
        let delta = delta(event);
        assert_eq!(delta["reasoning"], delta["reasoning_details"][0]["text"]);
    }
    let [.., finish, usage] = &events[..] else {
        panic!("too few events")
    };
    assert_eq!(finish["choices"][0]["finish_reason"], "stop");
    assert_eq!(finish["choices"][0]["native_finish_reason"], "end_turn");
    assert_eq!(usage["choices"], json!([]));
    let told = events.len() as u64 - 3;
    assert_eq!(usage["usage"]["completion_tokens"], told);
}

#[tokio::test]
async fn a_stream_says_what_the_whole_answer_says() {
    let visitor = visit().await;
    let more = json!({"messages": [{"role": "user", "content": "用 Rust 写一个函数"}]});
    let text: String = visitor
        .listen(more.clone())
        .await
        .events()
        .iter()
        .filter_map(|event| {
            event["choices"][0]["delta"]["content"]
                .as_str()
                .map(str::to_owned)
        })
        .collect();
    let whole = visitor.ask("inference", more).await.json();
    assert_eq!(whole["choices"][0]["message"]["content"], text);
    assert!(text.contains("```rust\n"));
}

#[tokio::test]
async fn an_error_before_the_first_token_is_plain_json() {
    let visitor = visit().await;
    let seen = visitor.listen(json!({"model": "openai/gpt-5-mni"})).await;
    assert_eq!(seen.status, 400);
    assert_eq!(seen.header("content-type"), "application/json");
    let availability = &seen.error()["availability"];
    assert_eq!(availability["code"], "model_not_found");
    assert_eq!(availability["fallback_models"][0], "openai/gpt-5-mini");
}

#[tokio::test]
async fn a_tool_call_comes_in_parts_that_join() {
    let visitor = visit().await;
    let schema = json!({"type": "object", "properties": {"city": {"type": "string"}}});
    let tool = json!({"type": "function", "function": {"name": "weather", "parameters": schema}});
    let seen = visitor
        .listen(json!({"tools": [tool], "tool_choice": "required"}))
        .await;
    let parts: Vec<Value> = seen
        .events()
        .iter()
        .map(|event| event["choices"][0]["delta"]["tool_calls"][0].clone())
        .filter(|part| !part.is_null())
        .collect();
    assert_eq!(parts[0]["function"]["name"], "weather");
    let arguments: String = parts
        .iter()
        .map(|part| part["function"]["arguments"].as_str().unwrap())
        .collect();
    assert_eq!(arguments, "{\"city\":\"example\"}");
}

#[tokio::test]
async fn a_benchmark_gets_exactly_the_tokens_it_names() {
    let visitor = visit().await;
    let seen = visitor
        .listen(json!({"model": "sandbox/tokens-20000"}))
        .await;
    let events = seen.events();
    assert_eq!(events.len(), 20_003);
    assert_eq!(events[20_002]["usage"]["completion_tokens"], 20_000);
}

#[tokio::test]
async fn who_leaves_pays_for_what_was_told() {
    let visitor = visit().await;
    let mut body = asked(json!({"model": "sandbox/tokens-100000@5"}));
    body["stream"] = json!(true);
    let request = visitor
        .http
        .post(visitor.url("/chat/completions"))
        .json(&body);
    let mut response = request.bearer_auth(key("inference")).send().await.unwrap();
    let id = response.headers()["x-generation-id"]
        .to_str()
        .unwrap()
        .to_owned();
    while !response
        .chunk()
        .await
        .unwrap()
        .unwrap()
        .starts_with(b"data:")
    {}
    drop(response);
    let path = format!("/generation?id={id}");
    let mut found = visitor.get(&path, "inference").await;
    // The server learns of it when it next writes or reads.
    while found.status == 404 {
        tokio::task::yield_now().await;
        found = visitor.get(&path, "inference").await;
    }
    let data = found.json()["data"].clone();
    assert_eq!(data["cancelled"], true);
    assert!(data["finish_reason"].is_null());
    assert!(data["tokens_completion"].as_u64().unwrap() < 100);
}
