//! Signing in through the page, with everything that can go wrong.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};

use super::*;

const VERIFIER: &str = "a-verifier-that-is-long-enough-to-be-one-0123456789";

fn challenge() -> String {
    URL_SAFE_NO_PAD.encode(Sha256::digest(VERIFIER.as_bytes()))
}

impl Visitor {
    async fn page(&self, parameters: &[(&str, &str)]) -> Seen {
        let request = self.http.get(self.sandbox.auth_url()).query(parameters);
        self.see(request).await
    }

    /// Presses a button of a page.
    async fn press(&self, page: &Seen, button: &str) -> Seen {
        let action = page
            .text
            .split(&format!("formaction=\"/auth/{button}?"))
            .nth(1)
            .unwrap();
        let query = action.split('"').next().unwrap().replace("&amp;", "&");
        let url = format!("{}/{button}?{query}", self.sandbox.auth_url());
        self.see(self.http.post(url)).await
    }

    async fn exchange(&self, body: Value) -> Seen {
        self.see(self.http.post(self.url("/auth/keys")).json(&body))
            .await
    }
}

#[tokio::test]
async fn yes_leads_back_with_a_code_that_becomes_a_key_once() {
    let visitor = visit().await;
    let page = visitor
        .page(&[
            ("callback_url", "http://localhost:4711/cb/nonce?keep=1"),
            ("code_challenge", &challenge()),
            ("code_challenge_method", "S256"),
            ("key_label", "my <app>"),
            ("limit", "5"),
            ("state", "s t&te"),
        ])
        .await;
    assert!(page.text.contains("localhost:4711"));
    assert!(page.text.contains("my &lt;app&gt;") && page.text.contains("$5.00"));
    let back = visitor.press(&page, "grant").await;
    assert_eq!(back.status, 303);
    let location = back.header("location").to_owned();
    let rest = location
        .strip_prefix("http://localhost:4711/cb/nonce?keep=1&code=")
        .unwrap();
    let (code, state) = rest.split_once('&').unwrap();
    assert_eq!(state, "state=s%20t%26te");

    let body = json!({"code": code, "code_verifier": VERIFIER, "code_challenge_method": "S256"});
    let wrong = json!({"code": code, "code_verifier": "wrong"});
    let refused = visitor.exchange(wrong).await;
    assert_eq!(
        (refused.status, refused.message().as_str()),
        (403, "Invalid code or code_verifier")
    );
    let granted = visitor.exchange(body.clone()).await;
    assert_eq!(granted.status, 200);
    let secret = granted.json()["key"].as_str().unwrap().to_owned();
    let own = visitor
        .see(visitor.http.get(visitor.url("/key")).bearer_auth(secret))
        .await;
    assert_eq!(own.json()["data"]["limit"], 5.0);
    assert_eq!(visitor.exchange(body).await.status, 403);
    // The page's own ticket is used up too.
    assert_eq!(visitor.press(&page, "grant").await.status, 400);
}

#[tokio::test]
async fn no_leads_back_with_an_error() {
    let visitor = visit().await;
    let callback = [("callback_url", "http://127.0.0.1:9/cb"), ("state", "s")];
    let page = visitor.page(&callback).await;
    let back = visitor.press(&page, "deny").await;
    assert_eq!(
        back.header("location"),
        "http://127.0.0.1:9/cb?error=access_denied&error_description=The%20user%20denied%20access&state=s"
    );
}

#[tokio::test]
async fn without_a_callback_the_code_is_shown_in_the_readers_language() {
    let visitor = visit().await;
    let challenge = challenge();
    let asked = [
        ("code_challenge", challenge.as_str()),
        ("code_challenge_method", "S256"),
    ];
    let request = visitor.http.get(visitor.sandbox.auth_url()).query(&asked);
    let page = visitor
        .see(request.header("accept-language", "zh-CN,zh;q=0.9"))
        .await;
    assert!(page.text.contains("授权应用") && page.text.contains("lang=\"zh-CN\""));
    let shown = visitor.press(&page, "grant").await;
    assert!(shown.text.contains("您的授权码"));
    let code = shown
        .text
        .split("class=\"code\">")
        .nth(1)
        .unwrap()
        .split('<')
        .next()
        .unwrap();
    let body = json!({"code": code, "code_verifier": VERIFIER});
    assert_eq!(visitor.exchange(body).await.status, 200);
}

#[tokio::test]
async fn a_code_is_over_after_ten_minutes() {
    let visitor = visit().await;
    let challenge = challenge();
    let page = visitor.page(&[("code_challenge", &challenge)]).await;
    let shown = visitor.press(&page, "grant").await;
    let code = shown
        .text
        .split("class=\"code\">")
        .nth(1)
        .unwrap()
        .split('<')
        .next()
        .unwrap();
    visitor.clock.advance(Duration::from_secs(601));
    let late = visitor
        .exchange(json!({"code": code, "code_verifier": VERIFIER}))
        .await;
    assert_eq!(
        (late.status, late.message().as_str()),
        (403, "Authorization code expired")
    );
}

#[tokio::test]
async fn what_the_page_cannot_promise_it_refuses() {
    let visitor = visit().await;
    let challenge = challenge();
    for parameters in [
        vec![],
        vec![("callback_url", "http://evil.example/cb")],
        vec![("callback_url", "javascript:alert(1)")],
        vec![("callback_url", "http://localhost.evil.example:80/")],
        vec![
            ("code_challenge", challenge.as_str()),
            ("code_challenge_method", "S512"),
        ],
        vec![("code_challenge", "short")],
        vec![("code_challenge", challenge.as_str()), ("limit", "-3")],
    ] {
        assert_eq!(
            visitor.page(&parameters).await.status,
            400,
            "{parameters:?}"
        );
    }
    let method = json!({"code": "x", "code_challenge_method": "S512"});
    let seen = visitor.exchange(method).await;
    assert_eq!(
        (seen.status, seen.message().as_str()),
        (400, "Invalid code_challenge_method")
    );
    assert_eq!(visitor.exchange(json!({})).await.status, 400);
    let unknown = visitor
        .exchange(json!({"code": "nobody-has-this-code"}))
        .await;
    assert_eq!(unknown.status, 403);
    let get = visitor
        .see(visitor.http.get(visitor.url("/auth/keys")))
        .await;
    assert_eq!(get.status, 405);
}
