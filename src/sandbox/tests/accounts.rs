//! Keys, credits and what was used.

use super::super::ids::sha256_hex;
use super::*;

#[tokio::test]
async fn a_key_knows_its_limit_its_spend_and_its_account() {
    let visitor = visit().await;
    let data = visitor.get("/key", "inference").await.json()["data"].clone();
    assert_eq!(data["label"], "sk-or-v1-5a4...0c5");
    assert_eq!(data["limit"], 25.0);
    assert_eq!(data["limit_reset"], "monthly");
    assert_eq!(data["is_management_key"], false);
    let left = data["limit_remaining"].as_f64().unwrap();
    let spent = data["usage_monthly"].as_f64().unwrap();
    assert!((left + spent - 25.0).abs() < 1e-9, "{left} {spent}");
    assert!(data["usage"].as_f64().unwrap() > spent);
    assert_eq!(data["free_model_daily_requests"]["limit"], 1000);
    let legacy = visitor.get("/auth/key", "inference").await;
    assert_eq!(legacy.json()["data"]["label"], data["label"]);
}

#[tokio::test]
async fn every_situation_has_a_key() {
    let visitor = visit().await;
    let facts = async |name| visitor.get("/key", name).await.json()["data"].clone();
    assert!(facts("uncapped").await["limit"].is_null());
    assert!(
        facts("exhausted").await["limit_remaining"]
            .as_f64()
            .unwrap()
            < 0.0
    );
    assert_eq!(
        facts("expiring").await["expires_at"],
        "2026-11-26T14:00:00Z"
    );
    let free = facts("free-tier").await;
    assert_eq!(free["is_free_tier"], true);
    assert_eq!(free["free_model_daily_requests"]["limit"], 50);
    assert_eq!(facts("management").await["is_management_key"], true);
    let debt = visitor.get("/credits", "management-in-debt").await.json()["data"].clone();
    assert_eq!(debt, json!({"total_credits": 20.0, "total_usage": 20.42}));
}

#[tokio::test]
async fn a_created_key_works_until_it_is_disabled_and_is_gone_once_deleted() {
    let visitor = visit().await;
    let body = json!({"name": "laptop", "limit": 25, "limit_reset": "monthly",
        "expires_at": "2027-03-01T00:00:00Z"});
    let created = visitor.post("/keys", "management", body).await;
    assert_eq!(created.status, 201);
    let secret = created.json()["key"].as_str().unwrap().to_owned();
    let hash = created.json()["data"]["hash"].as_str().unwrap().to_owned();
    assert_eq!(hash, sha256_hex(&secret));
    let own = || visitor.http.get(visitor.url("/key")).bearer_auth(&secret);
    assert_eq!(visitor.see(own()).await.status, 200);

    let url = visitor.url(&format!("/keys/{hash}"));
    let manage = |request: reqwest::RequestBuilder| request.bearer_auth(key("management"));
    let patch = |body: Value| manage(visitor.http.patch(&url)).json(&body);
    let changed = visitor
        .see(patch(json!({"limit": null, "name": "desk"})))
        .await;
    let data = changed.json()["data"].clone();
    assert_eq!(
        (&data["limit"], &data["limit_reset"]),
        (&Value::Null, &Value::Null)
    );
    assert_eq!(data["name"], "desk");
    assert_eq!(data["expires_at"], "2027-03-01T00:00:00Z");
    visitor.see(patch(json!({"disabled": true}))).await;
    assert_eq!(visitor.see(own()).await.status, 401);
    visitor.see(patch(json!({"disabled": false}))).await;
    assert_eq!(visitor.see(own()).await.status, 200);

    let deleted = visitor.see(manage(visitor.http.delete(&url))).await;
    assert_eq!(deleted.json(), json!({"deleted": true}));
    assert_eq!(visitor.see(own()).await.status, 401);
    assert_eq!(
        visitor.see(manage(visitor.http.get(&url))).await.status,
        404
    );
}

#[tokio::test]
async fn an_expiry_comes_true() {
    let visitor = visit().await;
    let body = json!({"name": "short", "expires_at": "2026-11-24T12:01:00Z"});
    let created = visitor.post("/keys", "management", body).await.json();
    let secret = created["key"].as_str().unwrap().to_owned();
    let own = || visitor.http.get(visitor.url("/key")).bearer_auth(&secret);
    assert_eq!(visitor.see(own()).await.status, 200);
    visitor.clock.advance(Duration::from_mins(1));
    assert_eq!(visitor.see(own()).await.status, 401);
}

#[tokio::test]
async fn what_a_key_cannot_be_is_refused() {
    let visitor = visit().await;
    for body in [
        json!({}),
        json!({"name": ""}),
        json!({"name": "x", "limit": -1}),
        json!({"name": "x", "limit": "ten"}),
        json!({"name": "x", "limit_reset": "yearly"}),
        json!({"name": "x", "expires_at": "2027-03-01T00:00:00+02:00"}),
        json!({"name": "x", "expires_at": "2020-03-01T00:00:00Z"}),
    ] {
        let seen = visitor.post("/keys", "management", body.clone()).await;
        assert_eq!(seen.status, 400, "{body}");
    }
}

#[tokio::test]
async fn a_hundred_and_one_keys_are_two_pages_the_newest_first() {
    let visitor = visit().await;
    let listed = async |offset: usize| {
        let path = format!("/keys?include_disabled=true&offset={offset}");
        let rows = visitor.get(&path, "management").await.json()["data"].clone();
        rows.as_array().unwrap().clone()
    };
    let before = listed(0).await.len();
    for number in before..101 {
        let body = json!({"name": format!("key {number}")});
        assert_eq!(visitor.post("/keys", "management", body).await.status, 201);
    }
    let (first, second, third) = (listed(0).await, listed(100).await, listed(200).await);
    assert_eq!((first.len(), second.len(), third.len()), (100, 1, 0));
    assert_eq!(first[0]["name"], "key 100");
    let bad = visitor.get("/keys?offset=-1", "management").await;
    assert_eq!(bad.status, 400);
}

#[tokio::test]
async fn disabled_keys_are_listed_only_when_asked_for() {
    let visitor = visit().await;
    let names = async |path| {
        let rows = visitor.get(path, "management").await.json()["data"].clone();
        rows.as_array()
            .unwrap()
            .iter()
            .map(|row| row["name"].to_string())
            .collect::<Vec<_>>()
    };
    let disabled = "\"disabled\"".to_owned();
    assert!(!names("/keys").await.contains(&disabled));
    assert!(
        names("/keys?include_disabled=true")
            .await
            .contains(&disabled)
    );
}

#[tokio::test]
async fn thirty_days_were_used_and_today_is_not_among_them() {
    let visitor = visit().await;
    let rows = visitor.get("/activity", "management").await.json()["data"].clone();
    let rows = rows.as_array().unwrap();
    let mut days: Vec<&str> = rows
        .iter()
        .map(|row| row["date"].as_str().unwrap())
        .collect();
    days.dedup();
    assert_eq!(days.len(), 30);
    assert_eq!((days[0], days[29]), ("2026-11-23", "2026-10-25"));
    let model = |row: &&Value| row["date"] == days[3] && row["model"] == "openai/gpt-5-mini";
    let providers: Vec<&Value> = rows.iter().filter(model).collect();
    assert!(providers.len() > 1, "several providers a day are usual");
    for path in [
        "/activity?date=2026-11-24",
        "/activity?date=yesterday",
        "/activity?group_by=x",
    ] {
        assert_eq!(visitor.get(path, "management").await.status, 400, "{path}");
    }
}

#[tokio::test]
async fn the_activity_of_a_key_is_its_own() {
    let visitor = visit().await;
    let hash = sha256_hex(&key("capped"));
    let path = format!("/activity?api_key_hash={hash}&group_by=workspace");
    let rows = visitor.get(&path, "management").await.json()["data"].clone();
    let mut models: Vec<&str> = rows
        .as_array()
        .unwrap()
        .iter()
        .map(|row| row["model"].as_str().unwrap())
        .collect();
    models.sort_unstable();
    models.dedup();
    assert_eq!(
        models,
        ["meta-llama/llama-3.3-70b-instruct:free", "z-ai/glm-5.1"]
    );
    assert!(rows[0]["workspace_id"].is_string());
}

#[tokio::test]
async fn an_answer_is_paid_by_the_key_the_account_and_the_day() {
    let visitor = visit().await;
    let spent = async || {
        let own = visitor.get("/key", "inference").await.json()["data"].clone();
        let all = visitor.get("/credits", "management").await.json()["data"].clone();
        (
            own["usage_daily"].as_f64().unwrap(),
            all["total_usage"].as_f64().unwrap(),
        )
    };
    let (key_before, account_before) = spent().await;
    let answer = visitor.ask("inference", json!({})).await.json();
    let cost = answer["usage"]["cost"].as_f64().unwrap();
    let (key_after, account_after) = spent().await;
    assert!(cost > 0.0);
    assert!((key_after - key_before - cost).abs() < 1e-9);
    assert!((account_after - account_before - cost).abs() < 1e-9);
    // The day is told once it is over.
    visitor.clock.advance(Duration::from_hours(24));
    let path = "/activity?date=2026-11-24";
    let rows = visitor.get(path, "management").await.json()["data"].clone();
    assert!(
        rows.as_array()
            .unwrap()
            .iter()
            .any(|row| row["model"] == "openai/gpt-4o-mini")
    );
}

#[tokio::test]
async fn what_runs_on_an_own_provider_key_is_booked_apart_from_credits() {
    let visitor = visit().await;
    let spent = async || {
        let own = visitor.get("/key", "inference").await.json()["data"].clone();
        let all = visitor.get("/credits", "management").await.json()["data"].clone();
        (own, all["total_usage"].clone())
    };
    let (key_before, account_before) = spent().await;
    let answer = visitor
        .ask("inference", json!({ "model": "sandbox/byok" }))
        .await
        .json();
    let usage = &answer["usage"];
    assert_eq!(
        (&usage["cost"], &usage["is_byok"]),
        (&json!(0.0), &json!(true))
    );
    let upstream = usage["cost_details"]["upstream_inference_cost"]
        .as_f64()
        .unwrap();
    assert!(upstream > 0.0);
    let (key, account) = spent().await;
    assert_eq!(account, account_before, "no credits");
    assert_eq!(key["usage"], key_before["usage"]);
    assert_eq!(key["byok_usage_daily"].as_f64(), Some(upstream));
    let id = answer["id"].as_str().unwrap();
    let known = visitor
        .get(&format!("/generation?id={id}"), "inference")
        .await;
    let known = known.json()["data"].clone();
    assert_eq!(
        (&known["is_byok"], &known["usage"]),
        (&json!(true), &json!(0.0))
    );
    assert_eq!(known["upstream_inference_cost"].as_f64(), Some(upstream));
    let body = json!({ "metrics": ["byok_usage"],
        "time_range": { "start": "2026-11-24T00:00:00Z", "end": "2026-11-24T13:00:00Z" } });
    let told = visitor
        .post("/analytics/query", "management", body)
        .await
        .json();
    assert_eq!(
        told["data"]["data"][0]["byok_usage"].as_f64(),
        Some(upstream)
    );
}
