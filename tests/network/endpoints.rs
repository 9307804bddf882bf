//! Every endpoint: what is asked, and what is made of the answer.

use onramp::domain::account::{Change, KeyChange, NewKey};
use onramp::domain::analytics::AnalyticsQuestion;
use onramp::domain::money::Usd;
use onramp::domain::secret::Secret;
use onramp::domain::symptom::Symptom;
use onramp::openrouter::Pkce;

use crate::scripted::{Act, HELLO, STOP, Server, json, stream};
use crate::{client_of, question, test_key};

/// A server with one answer after the other.
async fn answering(answers: Vec<Vec<u8>>) -> Server {
    let scripts = answers.into_iter().map(|bytes| vec![Act::Send(bytes)]);
    Server::start(scripts.collect()).await
}

fn lines(server: &Server) -> Vec<String> {
    let requests = server.requests();
    requests
        .iter()
        .map(|request| request.line().to_owned())
        .collect()
}

#[tokio::test]
async fn the_key_travels_in_one_header_and_the_program_gives_its_name() {
    let server = answering(vec![stream(&[HELLO, STOP])]).await;
    client_of(&server).complete(&question()).await.unwrap();
    client_of(&server)
        .without_attribution()
        .complete(&question())
        .await
        .unwrap();
    let requests = server.requests();
    assert_eq!(requests[0].line(), "POST /api/v1/chat/completions");
    let bearer = format!("Bearer {}", test_key().expose());
    assert_eq!(requests[0].header("authorization"), Some(bearer.as_str()));
    assert!(!requests[0].line().contains("sk-or") && !requests[0].body.contains("sk-or"));
    let title = |turn: usize| requests[turn].header("x-openrouter-title");
    assert_eq!((title(0), title(1)), (Some("onramp"), None));
    let body: serde_json::Value = serde_json::from_str(&requests[0].body).unwrap();
    assert_eq!(body["max_tokens"], 16);
}

#[tokio::test]
async fn the_analytics_are_asked_for_what_they_offer_and_read_with_their_oddities() {
    let server = answering(vec![
        json(
            200,
            r#"{"data":{"metrics":[{"name":"request_count"},{"name":"credits_usage"}],
                "dimensions":[{"name":"model"}],"granularities":[{"name":"day"}]}}"#,
        ),
        json(
            200,
            r#"{"data":{"data":[{"date__day":"2026-08-21","model":"a/b","request_count":"37",
                "credits_usage":0.6121}],"metadata":{"truncated":true}}}"#,
        ),
        json(200, r#"{"data":{"data":[{"model":"a/b"}]}}"#),
        json(200, r#"{"data":{"rows":1}}"#),
        json(
            403,
            r#"{"error":{"code":403,"message":"Only management keys"}}"#,
        ),
        json(404, "<html>404</html>"),
    ])
    .await;
    let client = client_of(&server);
    let offer = client.analytics_offer().await.unwrap();
    let asked = AnalyticsQuestion {
        from: "2026-08-01T00:00:00Z".parse().unwrap(),
        to: "2026-08-21T10:00:00Z".parse().unwrap(),
        by_provider: false,
        of_key: None,
    };
    let analysed = client.analytics_by_day(&offer, asked).await.unwrap();
    assert!(analysed.is_truncated);
    assert_eq!(analysed.rows[0].used.requests, 37);
    assert_eq!(analysed.rows[0].used.cost, Usd::parse("0.6121").unwrap());
    for missing in ["a row without a day", "no rows"] {
        let odd = client.analytics_by_day(&offer, asked).await.unwrap_err();
        let Symptom::Misshapen { detail, .. } = odd else {
            panic!("{odd:?}");
        };
        assert!(detail.starts_with(missing), "{detail}");
    }
    let refused = client.analytics_offer().await.unwrap_err();
    assert!(matches!(refused, Symptom::Refused(refusal) if refusal.status == 403));
    let absent = client.analytics_offer().await.unwrap_err();
    assert!(matches!(absent, Symptom::NotJson { status: 404, .. }));
    let requests = server.requests();
    assert_eq!(requests[0].line(), "GET /api/v1/analytics/meta");
    assert_eq!(requests[1].line(), "POST /api/v1/analytics/query");
    assert!(
        requests[1]
            .body
            .contains(r#""metrics":["request_count","credits_usage"]"#)
    );
}

#[tokio::test]
async fn credits_and_activity_are_read() {
    let server = answering(vec![
        json(
            200,
            r#"{"data":{"total_credits":110.0,"total_usage":61.204171}}"#,
        ),
        json(
            403,
            r#"{"error":{"code":403,"message":"Only management keys can perform this operation"}}"#,
        ),
        json(
            200,
            r#"{"data":[{"date":"2026-08-20","model":"a/b","usage":1.284,"requests":41}]}"#,
        ),
        json(200, r#"{"data":null}"#),
    ])
    .await;
    let client = client_of(&server);
    let credits = client.credits().await.unwrap();
    assert_eq!(credits.balance(), Usd::parse("48.795829").unwrap());
    let refused = client.credits().await.unwrap_err();
    assert!(matches!(refused, Symptom::Refused(refusal) if refusal.status == 403));
    assert_eq!(client.activity(Some("9f2c")).await.unwrap()[0].requests, 41);
    let odd = client.activity(None).await.unwrap_err();
    assert!(matches!(odd, Symptom::Misshapen { status: 200, .. }));
    let lines = lines(&server);
    assert_eq!(
        lines[2..],
        [
            "GET /api/v1/activity?api_key_hash=9f2c",
            "GET /api/v1/activity"
        ]
    );
}

#[tokio::test]
async fn models_are_paged_by_what_is_new_and_by_their_number() {
    let page = |ids: [&str; 2], rest: &str| {
        let [one, two] = ids;
        json(
            200,
            &format!(r#"{{"data":[{{"id":"{one}"}},{{"id":"{two}"}}]{rest}}}"#),
        )
    };
    let forever =
        r#","links":{"next":"https://elsewhere.example.com/api/v1/models?offset=2&limit=2"}"#;
    // The number is reached: no further question.
    let server = answering(vec![page(
        ["a", "b"],
        &format!(r#","total_count":2{forever}"#),
    )])
    .await;
    assert_eq!(client_of(&server).models().await.unwrap().len(), 2);
    assert_eq!(lines(&server).len(), 1);
    // No number: the first page that brings nothing new is the last, whatever it names.
    let server = answering(vec![
        page(["a", "b"], forever),
        page(["b", "c"], forever),
        page(["b", "c"], forever),
    ])
    .await;
    let models = client_of(&server).user_models().await.unwrap();
    let ids: Vec<&str> = models.iter().map(|card| card.id.as_str()).collect();
    assert_eq!(ids, ["a", "b", "c"]);
    let next = "GET /api/v1/models/user?offset=2&limit=2";
    assert_eq!(lines(&server), ["GET /api/v1/models/user", next, next]);
}

#[tokio::test]
async fn one_model_and_the_providers_are_read() {
    let server = answering(vec![
        json(
            200,
            r#"{"data":{"id":"a/b:free","pricing":{"prompt":"0","completion":"0"}}}"#,
        ),
        json(
            200,
            r#"{"data":[{"name":"OpenAI","slug":"openai","headquarters":null}]}"#,
        ),
    ])
    .await;
    let client = client_of(&server);
    assert!(client.model("a/b:free").await.unwrap().is_free());
    assert_eq!(client.providers().await.unwrap()[0].slug.as_str(), "openai");
    assert_eq!(
        lines(&server),
        ["GET /api/v1/model/a/b:free", "GET /api/v1/providers"]
    );
}

#[tokio::test]
async fn a_generation_is_asked_for_again_while_it_is_unknown() {
    let server = answering(vec![
        json(404, r#"{"error":{"code":404,"message":"not found"}}"#),
        json(
            200,
            r#"{"data":{"id":"gen-1","model":"a/b","total_cost":0.0031,"cancelled":true,
                      "native_tokens_prompt":812,"tokens_prompt":700,"finish_reason":null}}"#,
        ),
        json(401, r#"{"error":{"code":401,"message":"no"}}"#),
    ])
    .await;
    let client = client_of(&server);
    let generation = client.generation("gen-1").await.unwrap();
    assert!(generation.is_cancelled);
    assert_eq!(generation.prompt_tokens, Some(812));
    assert_eq!(generation.cost, Usd::parse("0.0031"));
    client.generation("gen-1").await.unwrap_err();
    assert_eq!(lines(&server), ["GET /api/v1/generation?id=gen-1"; 3]);
}

#[tokio::test]
async fn keys_are_listed_to_the_last_page() {
    let rows = |from: usize, count: usize| {
        let rows: Vec<String> = (from..from + count)
            .map(|number| format!(r#"{{"hash":"{number:064x}","name":"k{number}"}}"#))
            .collect();
        json(200, &format!(r#"{{"data":[{}]}}"#, rows.join(",")))
    };
    let server = answering(vec![rows(0, 100), rows(100, 1)]).await;
    assert_eq!(client_of(&server).keys().await.unwrap().len(), 101);
    let page = |offset: usize| format!("GET /api/v1/keys?include_disabled=true&offset={offset}");
    assert_eq!(lines(&server), [page(0), page(100)]);
    // A server that ignores the offset.
    let server = answering(vec![rows(0, 100)]).await;
    assert_eq!(client_of(&server).keys().await.unwrap().len(), 100);
    assert_eq!(lines(&server).len(), 2);
    let server = answering(vec![rows(0, 0)]).await;
    assert!(client_of(&server).keys().await.unwrap().is_empty());
}

#[tokio::test]
async fn a_key_is_made_changed_and_deleted() {
    let new = format!("sk-or-v1-{}", "cafe0123".repeat(8));
    let server = answering(vec![
        json(
            201,
            &format!(r#"{{"data":{{"hash":"h1","name":"laptop"}},"key":"{new}"}}"#),
        ),
        json(
            200,
            r#"{"data":{"hash":"h1","name":"laptop","limit":null}}"#,
        ),
        json(200, r#"{"data":{"hash":"h1","disabled":true}}"#),
        json(200, r#"{"deleted":true}"#),
        json(200, r#"{"deleted":false}"#),
    ])
    .await;
    let client = client_of(&server);
    let wanted = NewKey {
        name: "laptop".into(),
        ..NewKey::default()
    };
    let created = client.create_key(&wanted).await.unwrap();
    assert_eq!(created.secret.expose(), new);
    assert!(!format!("{created:?}").contains(&new));
    let change = KeyChange {
        limit: Change::Clear,
        ..KeyChange::default()
    };
    assert_eq!(client.update_key("h1", &change).await.unwrap().limit, None);
    assert!(client.managed_key("h1").await.unwrap().disabled);
    client.delete_key("h1").await.unwrap();
    client.delete_key("h1").await.unwrap_err();
    assert_eq!(
        lines(&server),
        [
            "POST /api/v1/keys",
            "PATCH /api/v1/keys/h1",
            "GET /api/v1/keys/h1",
            "DELETE /api/v1/keys/h1",
            "DELETE /api/v1/keys/h1",
        ]
    );
    assert_eq!(server.requests()[1].body, r#"{"limit":null}"#);
}

#[tokio::test]
async fn a_new_key_in_an_odd_answer_is_not_reported() {
    let new = format!("letmein-{}", "cafe0123".repeat(8));
    let server = answering(vec![
        json(201, &format!(r#"{{"data":[],"secret":"{new}"}}"#)),
        json(201, &format!(r#"{{"data":{{}},"key":"{new}"#)),
    ])
    .await;
    let client = client_of(&server);
    for _ in 0..2 {
        let seen = client.create_key(&NewKey::default()).await.unwrap_err();
        assert!(matches!(seen, Symptom::Misshapen { status: 201, .. }));
        assert!(!format!("{seen:?}").contains(&new));
    }
}

#[tokio::test]
async fn a_code_becomes_a_key_and_neither_is_shown() {
    let code = Secret::new("aB3dE5fG7hJ9kL1mN3pQ5r");
    let pkce = Pkce::new();
    let echo = format!(
        r#"{{"error":{{"code":403,"message":"Invalid code {} or code_verifier {}"}}}}"#,
        code.expose(),
        pkce.verifier.expose()
    );
    let server = answering(vec![
        json(
            200,
            &format!(r#"{{"key":"{}","user_id":"user_x"}}"#, test_key().expose()),
        ),
        json(403, &echo),
        json(200, r#"{"user_id":"user_x"}"#),
    ])
    .await;
    let client = client_of(&server);
    let key = client.exchange_code(&code, &pkce.verifier).await.unwrap();
    assert_eq!(key, test_key());
    let refused = client
        .exchange_code(&code, &pkce.verifier)
        .await
        .unwrap_err();
    let shown = format!("{refused:?}");
    assert!(
        !shown.contains(code.expose()) && !shown.contains(pkce.verifier.expose()),
        "{shown}"
    );
    assert!(matches!(refused, Symptom::Refused(refusal) if refusal.status == 403));
    let odd = client
        .exchange_code(&code, &pkce.verifier)
        .await
        .unwrap_err();
    assert!(matches!(odd, Symptom::Misshapen { .. }));
    for request in server.requests() {
        assert_eq!(request.line(), "POST /api/v1/auth/keys");
        assert_eq!(request.header("authorization"), None);
        assert!(request.body.contains(r#""code_challenge_method":"S256""#));
    }
}
