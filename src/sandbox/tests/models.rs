//! Lists of models, searched, sorted and paged.

use super::*;

async fn ids(visitor: &Visitor, path: &str) -> Vec<String> {
    let rows = visitor.get(path, "inference").await.json()["data"].clone();
    let rows = rows.as_array().unwrap().iter();
    rows.map(|row| row["id"].as_str().unwrap().to_owned())
        .collect()
}

#[tokio::test]
async fn the_whole_list_comes_in_one_answer_and_has_every_kind_of_row() {
    let visitor = visit().await;
    let list = visitor.get("/models", "inference").await.json();
    let rows = list["data"].as_array().unwrap();
    assert_eq!(list["total_count"], rows.len());
    assert!(rows.len() > 420 && list["links"]["next"].is_null());
    let any = |is: fn(&Value) -> bool| rows.iter().any(is);
    assert!(any(|row| row["pricing"]["prompt"] == "-1"));
    assert!(any(|row| row["pricing"]["overrides"].is_array()));
    assert!(any(|row| row["context_length"].is_null()));
    assert!(any(|row| row["expiration_date"].is_string()));
    assert!(any(|row| row["alias_target"].is_object()));
    assert!(any(|row| row["pricing"]["prompt"] == "0"));
    assert!(any(|row| row["default_parameters"]["temperature"].is_null()));
    let mini = rows
        .iter()
        .find(|row| row["id"] == "openai/gpt-5-mini")
        .unwrap();
    assert_eq!(mini["pricing"]["prompt"], "0.00000025");
    assert_eq!(mini["canonical_slug"], "openai/gpt-5-mini-2025-08-07");
    assert_eq!(mini["reasoning"]["mandatory"], true);
}

#[tokio::test]
async fn pages_join_to_the_whole() {
    let visitor = visit().await;
    let all = ids(&visitor, "/models?q=qwen").await;
    let mut joined = Vec::new();
    let mut next = Some("/api/v1/models?q=qwen&limit=25".to_owned());
    while let Some(path) = next {
        let page = visitor
            .get(path.strip_prefix("/api/v1").unwrap(), "inference")
            .await
            .json();
        let rows = page["data"].as_array().unwrap().iter();
        joined.extend(rows.map(|row| row["id"].as_str().unwrap().to_owned()));
        assert_eq!(page["total_count"], all.len());
        next = page["links"]["next"].as_str().map(str::to_owned);
    }
    assert_eq!(joined, all);
}

#[tokio::test]
async fn filters_filter_and_sorts_sort() {
    let visitor = visit().await;
    let free = "/models?max_price=0&max_output_price=0&min_price=0";
    let free = visitor.get(free, "inference").await.json()["data"].clone();
    let free = free.as_array().unwrap();
    assert!(free.len() > 20);
    assert!(free.iter().all(|row| row["pricing"]["completion"] == "0"));
    let claude = ids(
        &visitor,
        "/models?model_authors=anthropic&supported_parameters=reasoning",
    )
    .await;
    assert!(claude.len() > 5 && claude.iter().all(|id| id.starts_with("anthropic/")));
    let embeddings = ids(&visitor, "/models?output_modalities=embeddings").await;
    assert!(embeddings.contains(&"openai/text-embedding-3-small".to_owned()));
    assert!(!ids(&visitor, "/models").await.contains(&embeddings[0]));
    let dear = ids(&visitor, "/models?sort=pricing-high-to-low&limit=1").await;
    assert_eq!(dear, ["openai/o1-pro"]);
    let popular = ids(&visitor, "/models?sort=most-popular&limit=1").await;
    assert_eq!(popular, ["anthropic/claude-sonnet-5.5"]);
    for path in [
        "/models?sort=best",
        "/models?category=cooking",
        "/models?limit=0",
        "/models?limit=x",
    ] {
        assert_eq!(visitor.get(path, "inference").await.status, 400, "{path}");
    }
}

#[tokio::test]
async fn a_model_that_the_privacy_settings_exclude_is_not_offered_and_not_answered_by() {
    let visitor = visit().await;
    let stealth = "stealth/crouton-alpha".to_owned();
    assert!(ids(&visitor, "/models").await.contains(&stealth));
    assert!(!ids(&visitor, "/models/user").await.contains(&stealth));
    let error = visitor
        .ask("inference", json!({ "model": stealth }))
        .await
        .error();
    assert_eq!(error["availability"]["code"], "privacy_restricted");
}

#[tokio::test]
async fn one_model_is_found_with_its_variant_or_by_its_alias() {
    let visitor = visit().await;
    for id in [
        "meta-llama/llama-3.3-70b-instruct:free",
        "~anthropic/claude-sonnet-latest",
        "openai/gpt-5-mini:nitro",
        "sandbox/402",
        "sandbox/tokens-5",
    ] {
        let seen = visitor.get(&format!("/model/{id}"), "inference").await;
        assert_eq!(seen.status, 200, "{id}");
    }
    let path = "/models/meta-llama/llama-3.3-70b-instruct/endpoints";
    let data = visitor.get(path, "inference").await.json()["data"].clone();
    assert_eq!(data["endpoints"].as_array().unwrap().len(), 4);
    assert_eq!(visitor.get("/model/no/body", "inference").await.status, 404);
}
