//! What servers other than OpenRouter do. Source: section 13.2 of the API's facts.

use std::time::Duration;

use onramp::domain::chat::{Delta, FinishReason, Usage};
use onramp::domain::secret::Secret;
use onramp::domain::symptom::Symptom;
use onramp::openrouter::{BaseUrl, Dialect, OpenRouter};

use crate::scripted::{Act, HELLO, Request, STOP, STREAM, Server, answer, json, stream};
use crate::{PATIENT, client_at, client_of, hear, question, told};

const WHOLE: &str = r#"{"id":"gen-1","model":"a/b","choices":[{"index":0,"finish_reason":"stop",
    "message":{"role":"assistant","content":"Hello!"}}],"usage":{"prompt_tokens":3,"completion_tokens":2}}"#;

#[tokio::test]
async fn plain_json_where_a_stream_was_asked_for_is_understood() {
    for content_type in ["application/json", "text/event-stream", "text/html"] {
        let server = Server::saying(answer(200, content_type, &format!("\n  {WHOLE}"))).await;
        let deltas = hear(&client_of(&server)).await;
        assert_eq!(told(&deltas), ("Hello!".into(), None), "{content_type}");
        assert!(deltas.contains(&Delta::Finished(FinishReason::Stop)));
    }
}

#[tokio::test]
async fn a_stream_where_plain_json_was_asked_for_is_understood() {
    let server = Server::saying(stream(&[HELLO, STOP, "[DONE]"])).await;
    let answer = client_of(&server).complete(&question()).await.unwrap();
    assert_eq!(answer.text, "Hello!");
    assert_eq!(answer.finish, Some(FinishReason::Stop));
    assert_eq!(answer.head.generation_id.as_deref(), Some("gen-1"));
    let request = &server.requests()[0];
    assert!(request.body.contains("\"stream\":false"), "{request:?}");
}

#[tokio::test]
async fn a_stream_under_any_content_type_is_understood() {
    for content_type in ["text/plain", "application/json", "application/octet-stream"] {
        let body =
            format!("\r\n: hi\r\n\r\ndata:{HELLO}\r\n\r\ndata:{STOP}\r\n\r\ndata:[DONE]\r\n\r\n");
        let server = Server::saying(answer(200, content_type, &body)).await;
        let deltas = hear(&client_of(&server)).await;
        assert_eq!(told(&deltas), ("Hello!".into(), None), "{content_type}");
        assert_eq!(deltas[0], Delta::KeepAlive);
    }
}

#[tokio::test]
async fn an_error_under_a_200_is_an_error() {
    let refusal = |symptom: Option<Symptom>| match symptom {
        Some(Symptom::Refused(refusal)) => (
            refusal.status,
            refusal.message.to_string(),
            refusal.mid_stream,
        ),
        other => panic!("{other:?}"),
    };
    for (body, status, message) in [
        (
            r#"{"error":{"code":402,"message":"no money"},"user_id":"u"}"#,
            402,
            "no money",
        ),
        (r#"{"error":"no model loaded"}"#, 200, "no model loaded"),
        (r#"{"detail":"Not Found"}"#, 200, "Not Found"),
        (
            r#"{"choices":[{"error":{"code":502,"message":"gone"},"finish_reason":"error","message":{}}]}"#,
            502,
            "gone",
        ),
    ] {
        let server = Server::saying(json(200, body)).await;
        let client = client_of(&server);
        let expected = (status, message.to_owned(), false);
        assert_eq!(refusal(told(&hear(&client).await).1), expected);
        assert_eq!(refusal(client.complete(&question()).await.err()), expected);
        let server = Server::saying(stream(&[HELLO, body])).await;
        let expected = (status, message.to_owned(), true);
        assert_eq!(refusal(told(&hear(&client_of(&server)).await).1), expected);
    }
    let old_llama =
        format!("{STREAM}data: {HELLO}\n\nerror: {{\"code\":500,\"message\":\"ctx\"}}\n\n");
    let server = Server::saying(old_llama).await;
    let (text, symptom) = told(&hear(&client_of(&server)).await);
    assert_eq!(
        (text, refusal(symptom)),
        ("Hello".into(), (500, "ctx".into(), true))
    );
}

#[tokio::test]
async fn a_refusal_before_the_stream_keeps_its_status_and_wait() {
    let body = r#"{"error":{"message":"busy","code":"429","type":"None"}}"#;
    let head = format!(
        "HTTP/1.1 429 X\r\nretry-after: 7\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}",
        body.len()
    );
    let server = Server::saying(head).await;
    let Some(Symptom::Refused(refusal)) = told(&hear(&client_of(&server)).await).1 else {
        panic!();
    };
    assert_eq!((refusal.status, refusal.mid_stream), (429, false));
    assert_eq!(refusal.retry_after.unwrap().as_secs(), 7);
    assert_eq!(server.requests().len(), 1, "a completion is never repeated");
}

#[tokio::test]
async fn an_emoji_split_over_reads_and_many_events_in_one_read_are_put_together() {
    let event = r#"{"choices":[{"delta":{"content":"a🚀"},"finish_reason":"stop"}]}"#;
    let bytes = stream(&[HELLO, event, "[DONE]"]);
    for act in [Act::Drip(bytes.clone(), Duration::ZERO), Act::Send(bytes)] {
        let server = Server::always(vec![act]).await;
        assert_eq!(
            told(&hear(&client_of(&server)).await),
            ("Helloa🚀".into(), None)
        );
    }
}

#[tokio::test]
async fn a_server_without_a_key_gets_no_authorization() {
    let server = Server::saying(stream(&[HELLO, STOP])).await;
    let base = BaseUrl::parse(&format!("{}/v1", server.origin)).unwrap();
    for key in [None, Some(Secret::new(" "))] {
        let client = OpenRouter::new(base.clone(), key, &PATIENT.into()).unwrap();
        assert_eq!(told(&hear(&client).await), ("Hello!".into(), None));
    }
    for request in server.requests() {
        assert_eq!(request.header("authorization"), None);
        assert!(request.body.contains("\"include_usage\":true"));
        assert_eq!(request.header("accept-encoding"), Some("identity"));
    }
    let openrouter = OpenRouter::new(BaseUrl::default(), None, &PATIENT.into()).unwrap();
    assert_eq!(openrouter.key().await, Err(Symptom::NoKey));
    assert_eq!(openrouter.identify().await, Err(Symptom::NoKey));
    assert_eq!(openrouter.complete(&question()).await, Err(Symptom::NoKey));
}

const MODELS: &str = r#"{"object":"list","data":[{"id":"llama"}]}"#;
const KEY: &str = r#"{"data":{"label":"sk-or-v1-dea...eef","usage":1}}"#;

#[tokio::test]
async fn a_host_without_a_path_is_asked_once_where_its_endpoints_are() {
    for (probe, path) in [
        (json(200, KEY), "/api/v1"),
        (
            json(401, r#"{"error":{"code":401,"message":"no"}}"#),
            "/api/v1",
        ),
        (json(404, r#"{"detail":"Not Found"}"#), "/v1"),
        (json(405, "{}"), "/v1"),
        (answer(200, "text/html", "<html>"), "/v1"),
        (answer(401, "text/plain", "no"), "/v1"),
        // LM Studio.
        (
            json(
                200,
                r#"{"error":"Unexpected endpoint or method. (GET /api/v1/key)"}"#,
            ),
            "/v1",
        ),
    ] {
        let server = Server::start(vec![
            vec![Act::Send(probe)],
            vec![Act::Send(json(200, MODELS))],
        ])
        .await;
        let client = client_at(&server.origin, PATIENT);
        client.models().await.unwrap();
        client.models().await.unwrap();
        let asked = server.requests();
        let lines: Vec<&str> = asked.iter().map(Request::line).collect();
        let models = format!("GET {path}/models");
        assert_eq!(lines, ["GET /api/v1/key", &models, &models]);
        assert!(asked[0].header("authorization").is_some());
        let settled = client.settled_base().await.unwrap().to_string();
        assert_eq!(settled, format!("{}{path}", server.origin));
    }
}

#[tokio::test]
async fn a_server_that_is_loading_is_asked_again_the_next_time() {
    let loading = json(503, r#"{"error":{"code":503,"message":"Loading model"}}"#);
    let server = Server::start(vec![
        vec![Act::Send(loading)],
        vec![Act::Send(json(404, "{}"))],
        vec![Act::Send(json(200, MODELS))],
    ])
    .await;
    let client = client_at(&server.origin, PATIENT);
    let seen = client.models().await.unwrap_err();
    assert!(matches!(seen, Symptom::Refused(refusal) if refusal.status == 503));
    assert_eq!(client.models().await.unwrap().len(), 1);
}

#[tokio::test]
async fn a_server_is_known_by_its_answer_to_the_key() {
    let identify = async |key: Vec<u8>, models: Vec<u8>| {
        let server = Server::start(vec![vec![Act::Send(key)], vec![Act::Send(models)]]).await;
        client_of(&server).identify().await
    };
    let refused = r#"{"error":{"code":401,"message":"no"}}"#;
    let is_401 = |seen: &Result<Dialect, Symptom>| matches!(seen, Err(Symptom::Refused(refusal)) if refusal.status == 401);
    let openrouter = identify(json(200, KEY), json(200, MODELS)).await;
    assert!(matches!(openrouter, Ok(Dialect::OpenRouter(facts)) if facts.label.contains("dea")));
    for key in [
        json(404, r#"{"detail":"Not Found"}"#),
        json(405, "{}"),
        json(200, r#"{"data":{"id":7}}"#),
        json(200, r#"{"error":"Unexpected endpoint"}"#),
        answer(200, "text/html", "<html>"),
        answer(404, "text/plain", "404 page not found"),
    ] {
        let seen = identify(key.clone(), json(200, MODELS)).await;
        assert_eq!(seen, Ok(Dialect::OpenAiCompatible));
        assert!(is_401(&identify(key, json(401, refused)).await));
    }
    assert!(is_401(
        &identify(json(401, refused), json(200, MODELS)).await
    ));
    let broken = identify(answer(502, "text/html", "<html>"), json(200, MODELS)).await;
    assert!(matches!(broken, Err(Symptom::NotJson { status: 502, .. })));
}

#[tokio::test]
async fn usage_on_a_chunk_of_its_own_is_told_before_the_end() {
    let server = Server::saying(stream(&[
        HELLO,
        STOP,
        r#"{"choices":[],"usage":{"prompt_tokens":3,"completion_tokens":2,"cost":null}}"#,
    ]))
    .await;
    let usage = Usage {
        prompt_tokens: Some(3),
        completion_tokens: Some(2),
        ..Usage::default()
    };
    let deltas = hear(&client_of(&server)).await;
    assert_eq!(
        deltas[deltas.len() - 2..],
        [Delta::Usage(usage), Delta::Done]
    );
}
