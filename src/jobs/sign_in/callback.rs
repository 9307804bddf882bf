//! The listener the browser comes back to, and the page it shows there.

use std::io;

use axum::Router;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Deserialize;
use tokio::net::TcpListener;
use tokio::sync::mpsc::UnboundedSender;

use super::Arrived;
use crate::domain::clean_text::CleanText;
use crate::domain::secret::Secret;

/// A listener on loopback, waiting for one visit.
#[derive(Debug)]
pub(super) struct Callback {
    listener: TcpListener,
    host: String,
    nonce: String,
}

#[derive(Clone)]
struct Expected {
    host: String,
    nonce: String,
    codes: UnboundedSender<Arrived>,
    visited: std::sync::Arc<std::sync::atomic::AtomicBool>,
}

#[derive(Deserialize)]
struct Visit {
    code: Option<String>,
    error: Option<String>,
    error_description: Option<String>,
}

impl Callback {
    pub(super) fn new(listener: TcpListener) -> io::Result<Self> {
        let host = listener.local_addr()?.to_string();
        let mut bytes = [0; 24];
        getrandom::fill(&mut bytes).map_err(|_| io::ErrorKind::Other)?;
        Ok(Self {
            listener,
            host,
            nonce: URL_SAFE_NO_PAD.encode(bytes),
        })
    }

    /// Where the browser is to come back to.
    pub(super) fn url(&self) -> String {
        format!("http://{}/callback/{}", self.host, self.nonce)
    }

    /// Answers visits until it is dropped; the first good one is passed on.
    pub(super) async fn serve(self, codes: UnboundedSender<Arrived>) {
        let expected = Expected {
            host: self.host,
            nonce: self.nonce,
            codes,
            visited: std::sync::Arc::default(),
        };
        let router = Router::new()
            .route("/callback/{nonce}", get(visit))
            .fallback(async || page(StatusCode::NOT_FOUND, UNKNOWN))
            .with_state(expected);
        let _ = axum::serve(self.listener, router).await;
    }
}

async fn visit(
    State(expected): State<Expected>,
    Path(nonce): Path<String>,
    headers: HeaderMap,
    visit: Result<Query<Visit>, QueryRejection>,
) -> Response {
    use std::sync::atomic::Ordering;

    // A page elsewhere whose name was made to point here must not reach the listener.
    let host = headers
        .get(header::HOST)
        .and_then(|host| host.to_str().ok());
    if host != Some(expected.host.as_str()) || nonce != expected.nonce {
        return page(StatusCode::NOT_FOUND, UNKNOWN);
    }
    let Ok(Query(visit)) = visit else {
        return page(StatusCode::BAD_REQUEST, NO_CODE);
    };
    if let Some(error) = visit.error {
        let words = visit.error_description.unwrap_or(error);
        let _ = expected
            .codes
            .send(Arrived::Denied(CleanText::line(&words).shortened(200)));
        return page(StatusCode::OK, DENIED);
    }
    let Some(code) = visit.code.filter(|code| is_code(code)) else {
        return page(StatusCode::BAD_REQUEST, NO_CODE);
    };
    if expected.visited.swap(true, Ordering::SeqCst) {
        return page(StatusCode::GONE, USED);
    }
    let _ = expected.codes.send(Arrived::Code(Secret::new(code)));
    page(StatusCode::OK, DONE)
}

/// The shape of a code. Source: OpenRouter's own clients.
fn is_code(code: &str) -> bool {
    (1..=256).contains(&code.len())
        && code
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.'))
}

/// What a page says: English, then Chinese.
type Words = (&'static str, &'static str);

const DONE: Words = (
    "Signed in. You can close this tab and go back to the terminal.",
    "登录成功。可以关闭此标签页，回到终端。",
);
const DENIED: Words = (
    "Not signed in: the request was declined. Nothing was changed. You can close this tab.",
    "未登录：请求已被拒绝，没有任何改动。可以关闭此标签页。",
);
const USED: Words = (
    "This sign-in was used already. Go back to the terminal.",
    "本次登录已使用过。请回到终端。",
);
const NO_CODE: Words = (
    "This visit brought no sign-in code. Go back to the terminal and start again.",
    "此次访问没有带来登录代码。请回到终端重新开始。",
);
const UNKNOWN: Words = ("There is nothing here.", "此处没有内容。");

fn page(status: StatusCode, (en, zh): Words) -> Response {
    let html = format!(
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>onramp</title>\
         <style>body{{font:1.1rem/1.6 system-ui,sans-serif;max-width:36rem;margin:20vh auto;padding:0 1rem}}</style>\
         <h1>onramp</h1><p>{en}</p><p lang=\"zh-CN\">{zh}</p></html>"
    );
    let headers = [
        (header::CACHE_CONTROL, "no-store"),
        (header::REFERRER_POLICY, "no-referrer"),
        (
            header::CONTENT_SECURITY_POLICY,
            "default-src 'none'; style-src 'unsafe-inline'",
        ),
    ];
    (status, headers, Html(html)).into_response()
}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::net::TcpStream;
    use tokio::sync::mpsc::unbounded_channel;

    use super::*;

    /// What a browser sends, and the first line and the whole of the answer.
    async fn ask(host: &str, path: &str, named: &str) -> (u16, String) {
        let mut stream = TcpStream::connect(host).await.unwrap();
        let request = format!("GET {path} HTTP/1.1\r\nHost: {named}\r\nConnection: close\r\n\r\n");
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.unwrap();
        let status = answer.split(' ').nth(1).and_then(|it| it.parse().ok());
        (status.unwrap(), answer)
    }

    /// Visits a listener so often, and returns the answers and what was passed on.
    async fn visits(paths: &[&str], named: Option<&str>) -> (Vec<(u16, String)>, Vec<Arrived>) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let callback = Callback::new(listener).unwrap();
        let (host, nonce) = (callback.host.clone(), callback.nonce.clone());
        let (codes, mut arrived) = unbounded_channel();
        let mut answers = Vec::new();
        let browser = async {
            for path in paths {
                let path = path.replace("NONCE", &nonce);
                answers.push(ask(&host, &path, named.unwrap_or(&host)).await);
            }
        };
        tokio::select! {
            () = callback.serve(codes) => panic!("it serves until it is dropped"),
            () = browser => {}
        }
        let mut passed = Vec::new();
        while let Ok(one) = arrived.try_recv() {
            passed.push(one);
        }
        (answers, passed)
    }

    #[tokio::test]
    async fn the_first_visit_brings_the_code_and_the_second_is_refused_with_a_page() {
        let path = "/callback/NONCE?code=abc";
        let (answers, passed) = visits(&[path, path, "/callback/NONCE?code=other"], None).await;
        let statuses: Vec<u16> = answers.iter().map(|(status, _)| *status).collect();
        assert_eq!(statuses, [200, 410, 410]);
        assert!(answers[0].1.contains(DONE.0) && answers[0].1.contains(DONE.1));
        assert!(answers[1].1.contains(USED.0) && answers[1].1.contains(USED.1));
        let [Arrived::Code(code)] = passed.as_slice() else {
            panic!("{passed:?}");
        };
        assert_eq!(code.expose(), "abc");
    }

    #[tokio::test]
    async fn a_wrong_path_another_host_and_a_strange_code_pass_nothing_on() {
        let long = format!("/callback/NONCE?code={}", "a".repeat(257));
        let strange = [
            "/callback/guess?code=abc",
            "/callback/NONCE",
            "/callback/NONCE?code=a%0ab",
            "/callback/NONCE?code=a&code=b",
            &long,
            "/callback/NONCE/more?code=abc",
            "/favicon.ico",
        ];
        let (answers, passed) = visits(&strange, None).await;
        let statuses: Vec<u16> = answers.iter().map(|(status, _)| *status).collect();
        assert_eq!(statuses, [404, 400, 400, 400, 400, 404, 404]);
        assert!(passed.is_empty(), "{passed:?}");
        let own = ["/callback/NONCE?code=abc"];
        let (answers, passed) = visits(&own, Some("evil.example")).await;
        assert_eq!(answers[0].0, 404);
        assert!(passed.is_empty(), "{passed:?}");
    }

    #[tokio::test]
    async fn a_no_is_passed_on_and_what_it_says_becomes_no_markup() {
        let path = "/callback/NONCE?error=access_denied&error_description=%3Cb%3E%1b%5B2J";
        let (answers, passed) = visits(&[path], None).await;
        assert_eq!(answers[0].0, 200);
        assert!(answers[0].1.contains(DENIED.0) && !answers[0].1.contains("<b>"));
        let [Arrived::Denied(words)] = passed.as_slice() else {
            panic!("{passed:?}");
        };
        assert_eq!(words.as_str(), "<b>␛[2J");
    }
}
