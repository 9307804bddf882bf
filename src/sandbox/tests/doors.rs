//! Who comes in, and what the doors say to those who do not.

use super::*;

#[tokio::test]
async fn without_a_key_or_with_a_wrong_one_nobody_comes_in() {
    let visitor = visit().await;
    let url = visitor.url("/key");
    let none = visitor.see(visitor.http.get(&url)).await;
    assert_eq!(none.status, 401);
    assert_eq!(
        none.json(),
        json!({"error": {"code": 401, "message": "Missing Authentication header"}})
    );
    let foreign = format!("sk-or-v1-{}", "deadbeef".repeat(8));
    let wrong = visitor
        .see(visitor.http.get(&url).bearer_auth(foreign))
        .await;
    assert_eq!(
        (wrong.status, wrong.message().as_str()),
        (401, "User not found.")
    );
    for name in ["disabled", "expired"] {
        let seen = visitor.get("/key", name).await;
        assert_eq!(seen.status, 401, "{name}");
        assert!(seen.message().contains(name), "{}", seen.text);
    }
}

#[tokio::test]
async fn each_kind_of_key_has_its_own_doors() {
    let visitor = visit().await;
    for path in ["/credits", "/keys", "/activity"] {
        let seen = visitor.get(path, "inference").await;
        assert_eq!(seen.status, 403, "{path}");
        assert_eq!(
            seen.message(),
            "Only management keys can perform this operation"
        );
        assert_eq!(visitor.get(path, "management").await.status, 200, "{path}");
    }
    let seen = visitor.ask("management", json!({})).await;
    assert_eq!(seen.status, 403);
    assert!(
        seen.json()["user_id"]
            .as_str()
            .unwrap()
            .starts_with("user_")
    );
}

#[tokio::test]
async fn lists_are_open_to_everybody() {
    let visitor = visit().await;
    for path in [
        "/models",
        "/models/count",
        "/model/openai/gpt-5-mini",
        "/models/openai/gpt-5-mini/endpoints",
        "/providers",
        "/endpoints/zdr",
    ] {
        let seen = visitor.see(visitor.http.get(visitor.url(path))).await;
        assert_eq!(seen.status, 200, "{path}");
    }
    let user = visitor
        .see(visitor.http.get(visitor.url("/models/user")))
        .await;
    assert_eq!(user.status, 401);
}

#[tokio::test]
async fn what_is_not_there_and_what_is_not_done_is_said_in_json() {
    let visitor = visit().await;
    let root = visitor.sandbox.base_url().replace("/api/v1", "");
    for address in [
        visitor.url("/nowhere"),
        root.clone(),
        format!("{root}/chat/completions"),
    ] {
        let seen = visitor.see(visitor.http.get(&address)).await;
        assert_eq!(
            (seen.status, seen.error()["code"].clone()),
            (404, json!(404)),
            "{address}"
        );
    }
    let seen = visitor
        .see(visitor.http.get(visitor.url("/chat/completions")))
        .await;
    assert_eq!(
        (seen.status, seen.message().as_str()),
        (405, "Method Not Allowed")
    );
}

#[tokio::test]
async fn a_body_that_is_no_json_or_too_large_is_refused() {
    let visitor = visit().await;
    let post = |body: Vec<u8>| {
        let url = visitor.url("/chat/completions");
        visitor
            .http
            .post(url)
            .bearer_auth(key("inference"))
            .body(body)
    };
    let broken = visitor.see(post(b"{\"model\": ".to_vec())).await;
    assert_eq!(broken.status, 400);
    assert!(
        broken.message().starts_with("Invalid JSON"),
        "{}",
        broken.text
    );
    let large = visitor.see(post(vec![b' '; 20 * 1024 * 1024 + 1])).await;
    assert_eq!(large.status, 413);
    assert_eq!(large.error()["metadata"]["error_type"], "payload_too_large");
}

#[tokio::test]
async fn names_and_pages_of_elsewhere_are_kept_out() {
    let visitor = visit().await;
    let get = || visitor.http.get(visitor.url("/models/count"));
    let rebound = visitor.see(get().header("host", "evil.example:80")).await;
    assert_eq!(rebound.status, 403);
    let foreign = visitor
        .see(get().header("origin", "https://evil.example"))
        .await;
    assert_eq!(foreign.status, 403);
    let own = visitor
        .see(get().header("origin", "http://localhost:5173"))
        .await;
    assert_eq!(own.status, 200);
    assert_eq!(
        own.header("access-control-allow-origin"),
        "http://localhost:5173"
    );
}

#[tokio::test]
async fn a_stopped_sandbox_lets_go_of_its_port_even_with_a_request_hanging() {
    let visitor = visit_in_trouble("hang").await;
    let port = visitor.sandbox.port();
    let request = visitor.http.get(visitor.url("/key"));
    let (answer, ()) = tokio::join!(request.send(), async {
        tokio::task::yield_now().await;
        visitor.sandbox.stop().await;
    });
    let has_bytes = match answer {
        Ok(response) => response.bytes().await.is_ok(),
        Err(_) => false,
    };
    assert!(!has_bytes);
    assert!(
        tokio::net::TcpListener::bind(("127.0.0.1", port))
            .await
            .is_ok()
    );
}
