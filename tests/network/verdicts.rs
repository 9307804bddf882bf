//! What a person is told when the network is as bad as it gets: the program itself, against faults on raw
//! sockets. For each the diagnosis, the exit code, an end, and no key in anything that is said.

use std::net::{TcpListener, TcpStream};
use std::process::Output;
use std::time::Duration;

use serde_json::Value;

use crate::scripted::{Act, HELLO, STOP, STREAM, Server, answer, json, stream};
use crate::test_key;
use crate::ways::{authority, refusing_port, reply, serve, tls_server, write};

/// Far longer than any of these takes: what has not ended by then hangs.
const PATIENCE: Duration = Duration::from_secs(50);
/// Longer than the silence that the program is told to bear, which is one second.
const TOO_SLOW: Duration = Duration::from_secs(4);

/// What the program said and how it ended.
pub(crate) struct Told {
    code: Option<i32>,
    out: String,
    pub(crate) all: String,
}

impl Told {
    fn of(output: Output) -> Self {
        let out = String::from_utf8(output.stdout).unwrap();
        let err = String::from_utf8(output.stderr).unwrap();
        Self {
            code: output.status.code(),
            all: format!("{out}\n{err}"),
            out,
        }
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {}", self.all))
    }
}

/// Runs the program at this address, in a home of its own, with these words and this environment.
pub(crate) fn run(words: &[&str], base: &str, environment: &[(&str, &str)]) -> Told {
    let home = tempfile::tempdir().unwrap();
    let log = home.path().join("log");
    let output = assert_cmd::Command::new(env!("CARGO_BIN_EXE_onramp"))
        .args(words)
        .args(["--base-url", base, "--timeout", "1", "--log"])
        .arg(&log)
        .env_clear()
        .env("ONRAMP_HOME", home.path())
        .env("ONRAMP_KEYRING", "never")
        .env("OPENROUTER_API_KEY", test_key().expose())
        .envs(environment.iter().copied())
        .current_dir(home.path())
        .timeout(PATIENCE)
        .output()
        .unwrap();
    let told = Told::of(output);
    for said in [&told.all, &read(&log)] {
        assert!(!said.contains("deadbeefdeadbeef"), "{said}");
        assert!(!said.contains("hunter2"), "{said}");
    }
    told
}

/// Asks a question there; the exit code, and the id of the diagnosis, empty where an answer came.
pub(crate) fn ask(base: &str, environment: &[(&str, &str)]) -> (Option<i32>, String) {
    let told = run(&["ask", "--json", "-m", "a/b", "hi"], base, environment);
    let id = told.json()["error"]["id"].as_str().map(str::to_owned);
    (told.code, id.unwrap_or_default())
}

/// The same against a server that does this to every connection.
async fn ask_scripted(script: Vec<Act>) -> (Option<i32>, String) {
    let server = Server::always(script).await;
    let base = format!("{}/api/v1", server.origin);
    tokio::task::spawn_blocking(move || ask(&base, &[]))
        .await
        .unwrap()
}

fn chunked(body: &str) -> String {
    format!(
        "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n{body}"
    )
}

/// The stream of [`HELLO`] and [`STOP`] with `[DONE]`, as gzip packs it.
const GZIPPED: [u8; 131] = [
    31, 139, 8, 0, 0, 0, 0, 0, 2, 3, 133, 140, 49, 14, 194, 48, 16, 4, 123, 191, 2, 182, 14, 66,
    180, 174, 65, 162, 130, 7, 68, 17, 58, 236, 131, 88, 50, 119, 40, 118, 103, 249, 239, 185, 34,
    5, 29, 229, 140, 118, 39, 82, 37, 191, 107, 72, 17, 30, 111, 150, 195, 9, 3, 62, 26, 57, 27,
    211, 241, 105, 20, 102, 77, 129, 11, 252, 216, 96, 190, 18, 124, 67, 80, 169, 44, 213, 70, 87,
    206, 89, 209, 251, 212, 157, 139, 91, 237, 207, 101, 143, 62, 224, 149, 36, 149, 249, 177, 48,
    21, 21, 147, 165, 234, 23, 63, 149, 241, 124, 191, 93, 38, 231, 86, 161, 117, 32, 9, 162, 0, 0,
    0,
];

#[tokio::test(flavor = "multi_thread")]
async fn what_is_odd_and_whole_is_an_answer() {
    let whole = stream(&[HELLO, STOP, "[DONE]"]);
    let text = String::from_utf8(whole.clone()).unwrap();
    let crlf = text.replace("\r\n", "\n").replace('\n', "\r\n");
    let old = text.replace("HTTP/1.1", "HTTP/1.0");
    let mistyped = text.replace("text/event-stream", "application/octet-stream");
    let event = format!("data: {HELLO}\n\ndata: {STOP}\n\n");
    let in_pieces = chunked(&format!("{:x}\r\n{event}\r\n0\r\n\r\n", event.len()));
    let mut gzipped = STREAM
        .replace("connection", "content-encoding: gzip\r\nconnection")
        .into_bytes();
    gzipped.extend(GZIPPED);
    for (name, script) in [
        ("CRLF", vec![Act::Send(crlf.into())]),
        ("HTTP/1.0", vec![Act::Send(old.into())]),
        ("wrong content type", vec![Act::Send(mistyped.into())]),
        ("chunked, without [DONE]", vec![Act::Send(in_pieces.into())]),
        ("gzip", vec![Act::Send(gzipped)]),
        (
            "byte by byte",
            vec![Act::Drip(whole, Duration::from_millis(1))],
        ),
    ] {
        assert_eq!(
            ask_scripted(script).await,
            (Some(0), String::new()),
            "{name}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_breaks_on_the_way_has_its_name_and_its_exit_code() {
    let event = format!("data: {HELLO}\n\n");
    let torn = chunked(&format!("{:x}\r\n{event}\r\nff\r\ndata: {{", event.len()));
    let read_first = Act::Drip(b": read this first\n\n".to_vec(), Duration::from_millis(20));
    let huge = format!(
        "HTTP/1.1 200 OK\r\nx-huge: {}\r\n\r\n",
        "x".repeat(2_000_000)
    );
    let page = "<!DOCTYPE html><title>Hotel Wi-Fi login</title>";
    let elsewhere =
        "HTTP/1.1 302 Found\r\nlocation: http://elsewhere.example/\r\ncontent-length: 0\r\n\r\n";
    let slow_body = vec![
        Act::Send(format!("{STREAM}:").into()),
        Act::Drip(b" on and on\n\n".to_vec(), TOO_SLOW),
    ];
    for (name, script, id) in [
        (
            "reset in the middle",
            vec![Act::Send(stream(&[HELLO])), read_first, Act::Reset],
            "stream-cut",
        ),
        ("reset at once", vec![Act::Reset], "connection-reset"),
        ("closed without a word", vec![], "connection-reset"),
        ("torn chunk", vec![Act::Send(torn.into())], "stream-cut"),
        (
            "a byte now and then",
            vec![Act::Drip(stream(&[HELLO, STOP]), TOO_SLOW)],
            "first-byte-timeout",
        ),
        ("a slow body", slow_body, "stream-idle"),
        (
            "silence after the beginning",
            vec![Act::Send(stream(&[HELLO])), Act::Hang],
            "stream-idle",
        ),
        ("silence", vec![Act::Hang], "first-byte-timeout"),
        ("huge headers", vec![Act::Send(huge.into())], "not-http"),
        (
            "not HTTP",
            vec![Act::Send("SSH-2.0-OpenSSH_9.2\r\n".into())],
            "not-http",
        ),
        (
            "a redirect",
            vec![Act::Send(elsewhere.into())],
            "redirected",
        ),
        (
            "a portal's page",
            vec![Act::Send(answer(200, "text/html", page))],
            "captive-portal",
        ),
    ] {
        let expected = (Some(7), id.to_owned());
        assert_eq!(ask_scripted(script).await, expected, "{name}");
    }
    let half = vec![Act::Send(json(200, "{\"choices\":["))];
    let expected = (Some(8), "misshapen-answer".to_owned());
    assert_eq!(ask_scripted(half).await, expected);
}

/// Tests a server that takes the key and then does this to the question; the exit code, and the ids of
/// the diagnoses.
async fn check_scripted(script: Vec<Act>) -> (Option<i32>, Vec<String>) {
    let key = json(200, r#"{"data":{"label":"it","limit":null,"usage":0}}"#);
    let server = Server::start(vec![vec![Act::Send(key)], script]).await;
    let base = format!("{}/api/v1", server.origin);
    let checked = move || {
        let told = run(&["check", "--json", "-m", "a/b"], &base, &[]);
        let report = told.json();
        let stages = report["stages"].as_array().unwrap();
        let ids = stages
            .iter()
            .filter_map(|stage| stage["diagnosis"]["id"].as_str());
        (told.code, ids.map(str::to_owned).collect())
    };
    tokio::task::spawn_blocking(checked).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_test_ends_whatever_a_server_goes_on_sending() {
    let expected = (Some(7), vec!["stream-idle".to_owned()]);
    for piece in [": still here\n\n".to_owned(), format!("data: {HELLO}\n\n")] {
        let endless = vec![
            Act::Send(STREAM.into()),
            Act::Drip(piece.repeat(20_000).into_bytes(), Duration::from_millis(1)),
        ];
        assert_eq!(check_scripted(endless).await, expected, "{piece}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_that_says_at_its_end_that_it_failed_is_no_answer() {
    let failed = r#"{"id":"gen-1","choices":[{"index":0,"delta":{},"finish_reason":"error"}]}"#;
    let script = vec![Act::Send(stream(&[HELLO, failed, "[DONE]"]))];
    let expected = (Some(8), vec!["stream-error".to_owned()]);
    assert_eq!(check_scripted(script).await, expected);
}

#[test]
fn a_way_that_leads_nowhere_has_its_name() {
    let told = |base: &str| ask(base, &[]);
    let expected = |id: &str| (Some(7), id.to_owned());
    let refused = format!("http://127.0.0.1:{}/api/v1", refusing_port());
    assert_eq!(told(&refused), expected("connection-refused"));
    assert_eq!(told("https://nowhere.invalid/v1"), expected("dns"));

    // Its queue is full, and nobody takes a connection out of it.
    let hole = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = hole.local_addr().unwrap();
    let mut waiting = Vec::new();
    while let Ok(stream) = TcpStream::connect_timeout(&address, Duration::from_millis(200)) {
        waiting.push(stream);
    }
    let base = format!("http://{address}/api/v1");
    assert_eq!(told(&base), expected("connect-timeout"));
}

#[test]
fn each_certificate_has_its_verdict_and_a_file_of_authorities_mends_it() {
    let folder = tempfile::tempdir().unwrap();
    let known = authority("Example Filter CA");
    let roots = folder.path().join("roots.pem");
    write(&roots, &known.pem());
    let roots = roots.to_str().unwrap();
    let at = |port: u16| format!("https://localhost:{port}/v1");
    for (port, id) in [
        (
            tls_server(&authority("unknown"), "localhost", 2100),
            "certificate-untrusted",
        ),
        (
            tls_server(&authority("Zscaler Root CA"), "localhost", 2100),
            "certificate-intercepted",
        ),
        (tls_server(&known, "localhost", 2020), "certificate-expired"),
        (
            tls_server(&known, "elsewhere.example", 2100),
            "certificate-wrong-name",
        ),
        (serve(|stream| reply(stream, b"no TLS here\r\n")), "tls"),
    ] {
        let environment = [("SSL_CERT_FILE", roots)];
        assert_eq!(ask(&at(port), &environment), (Some(7), id.to_owned()));
    }

    let fine = at(tls_server(&known, "localhost", 2100));
    let stage = |words: &[&str]| {
        let told = run(
            &[&["check", "--full", "--json"], words].concat(),
            &fine,
            &[],
        );
        let stages = told.json()["stages"].as_array().unwrap().clone();
        stages
            .into_iter()
            .find(|stage| stage["id"] == "tls")
            .unwrap()
    };
    let trusted = stage(&["--ca-file", roots]);
    assert_eq!(trusted["status"], "pass", "{trusted}");
    let detail = trusted["detail"].as_str().unwrap();
    assert!(detail.contains("Example Filter CA"), "{detail}");
    let untrusted = stage(&[]);
    assert_eq!(untrusted["diagnosis"]["id"], "certificate-untrusted");
    let cause = untrusted["diagnosis"]["cause"].as_str().unwrap();
    assert!(cause.contains("issued by Example Filter CA"), "{cause}");
}

#[test]
fn a_file_of_authorities_that_holds_none_is_told_before_anything_is_sent() {
    let folder = tempfile::tempdir().unwrap();
    let empty = folder.path().join("empty.pem");
    write(&empty, "nothing\n");
    for (file, id) in [
        (empty.to_str().unwrap(), "it holds no certificate"),
        ("/nowhere/roots.pem", "not there"),
    ] {
        let told = run(&["models", "--ca-file", file], "http://127.0.0.1:1", &[]);
        assert_eq!(told.code, Some(10), "{}", told.all);
        assert!(told.all.contains(id), "{}", told.all);
    }
}

#[test]
fn the_proxy_is_named_in_the_evidence_and_its_password_is_not() {
    let mute = refusing_port();
    let proxy = format!("http://me:hunter2@127.0.0.1:{mute}");
    let far = "https://gateway.example.com/v1";
    let environment = [("HTTPS_PROXY", proxy.as_str())];
    assert_eq!(
        ask(far, &environment),
        (Some(7), "proxy-unreachable".to_owned())
    );
    let told = run(&["check", "--full", "--json"], far, &environment);
    let report = told.json();
    let stages = report["stages"].as_array().unwrap();
    let connect = stages.iter().find(|stage| stage["id"] == "connect");
    let cause = connect.unwrap()["diagnosis"]["cause"].as_str().unwrap();
    let named = format!("http://127.0.0.1:{mute}");
    assert!(cause.contains(&named), "{cause}");
    // What depends on the way was not looked at.
    let auth = stages.iter().find(|stage| stage["id"] == "auth").unwrap();
    assert_eq!(auth["status"], "skip");
}

#[expect(clippy::disallowed_methods, reason = "a door to files in these tests")]
fn read(path: &std::path::Path) -> String {
    std::fs::read_to_string(path).unwrap_or_default()
}
