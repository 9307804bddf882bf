//! What a person is told when the way stops half way: a proxy that hangs, refuses or cuts, an encryption that
//! nobody answers. Each on raw sockets, by the program itself.

use std::io::{Read, Write};
use std::net::TcpStream;

use serde_json::Value;

use crate::proxies::{far_server, head, http_proxy};
use crate::verdicts::{ask, run};
use crate::ways::{refusing_port, serve};

/// A host that only a proxy leads to.
const FAR: &str = "https://nowhere.invalid/v1";

/// A server that does this to every connection and keeps it open; its port.
fn holding(mut act: impl FnMut(&mut TcpStream) + Send + 'static) -> u16 {
    let mut held = Vec::new();
    serve(move |mut stream| {
        act(&mut stream);
        held.push(stream);
    })
}

fn says(stream: &mut TcpStream, words: &str) {
    // The client may have hung up.
    let _ = stream.write_all(words.as_bytes());
}

const OPEN: &str = "HTTP/1.1 200 OK\r\n\r\n";

/// Proxies, and what is told of each: the diagnosis, and the stage that fails.
fn proxies() -> Vec<(&'static str, u16, &'static str, &'static str)> {
    let answering = |words: &'static str| {
        serve(move |mut stream| {
            head(&mut stream);
            says(&mut stream, words);
        })
    };
    let hangs_up_in_the_greeting = serve(|mut stream| {
        head(&mut stream);
        says(&mut stream, OPEN);
        // The first byte of the greeting: the client has sent it, and hears the end.
        let _ = stream.read(&mut [0]);
    });
    let silent_in_the_greeting = holding(|stream| {
        head(stream);
        says(stream, OPEN);
    });
    vec![
        ("refuses", refusing_port(), "proxy-unreachable", "connect"),
        ("hangs", holding(|_| {}), "proxy-silent", "connect"),
        ("hangs up", answering(""), "proxy-failed", "connect"),
        (
            "forbids",
            answering("HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\n\r\n"),
            "proxy-failed",
            "connect",
        ),
        (
            "cannot go on",
            answering("HTTP/1.1 504 Gateway Timeout\r\ncontent-length: 0\r\n\r\n"),
            "proxy-failed",
            "connect",
        ),
        (
            "wants a name",
            answering("HTTP/1.1 407 Proxy Authentication Required\r\n\r\n"),
            "proxy-auth",
            "connect",
        ),
        ("cuts", hangs_up_in_the_greeting, "connection-reset", "tls"),
        (
            "is a hole",
            silent_in_the_greeting,
            "handshake-silent",
            "tls",
        ),
    ]
}

fn by(port: u16) -> String {
    format!("http://me:hunter2@127.0.0.1:{port}")
}

#[test]
fn each_fault_of_a_proxy_and_behind_it_has_its_name() {
    for (name, port, id, _) in proxies() {
        let told = ask(FAR, &[("HTTPS_PROXY", &by(port))]);
        assert_eq!(told, (Some(7), id.to_owned()), "a proxy that {name}");
    }
}

fn full(environment: &[(&str, &str)]) -> Value {
    run(&["check", "--full", "--json"], FAR, environment).json()
}

fn stage<'a>(report: &'a Value, id: &str) -> &'a Value {
    let stages = report["stages"].as_array().unwrap();
    stages.iter().find(|stage| stage["id"] == id).unwrap()
}

#[test]
fn the_test_says_at_which_stage_a_proxy_stops_it() {
    for (name, port, id, failing) in proxies() {
        let report = full(&[("HTTPS_PROXY", &by(port))]);
        let failed = stage(&report, failing);
        assert_eq!(failed["status"], "fail", "a proxy that {name}: {report}");
        assert_eq!(failed["diagnosis"]["id"], id, "a proxy that {name}");
        let (connect, tls) = (stage(&report, "connect"), stage(&report, "tls"));
        let both = (connect["status"].as_str(), tls["status"].as_str());
        let expected = match failing {
            "connect" => (Some("fail"), Some("skip")),
            _ => (Some("pass"), Some("fail")),
        };
        assert_eq!(both, expected, "a proxy that {name}");
        assert_eq!(stage(&report, "auth")["status"], "skip");
    }
}

#[test]
fn a_refusal_of_the_proxys_is_told_with_its_status() {
    for status in ["403 Forbidden", "502 Bad Gateway", "504 Gateway Timeout"] {
        let answer = format!("HTTP/1.1 {status}\r\ncontent-length: 0\r\n\r\n");
        let port = serve(move |mut stream| {
            let request = head(&mut stream);
            // base64 of me:hunter2: without it another refusal would be told.
            let named = "proxy-authorization: basic bwu6ahvudgvymg==";
            assert!(request.to_lowercase().contains(named), "{request}");
            says(&mut stream, &answer);
        });
        let told = run(
            &["ask", "-m", "a/b", "hi"],
            FAR,
            &[("HTTPS_PROXY", &by(port))],
        );
        let said = format!("The proxy answered: “HTTP/1.1 {status}”");
        assert!(told.all.contains(&said), "{}", told.all);
    }
}

#[test]
fn a_server_that_is_silent_in_the_greeting_is_not_called_out_of_reach() {
    let silent = format!("https://localhost:{}/v1", holding(|_| {}));
    assert_eq!(ask(&silent, &[]), (Some(7), "handshake-silent".to_owned()));
    let report = run(&["check", "--full", "--json"], &silent, &[]).json();
    assert_eq!(stage(&report, "connect")["status"], "pass");
    assert_eq!(stage(&report, "tls")["diagnosis"]["id"], "handshake-silent");
}

#[test]
fn a_name_that_socks5_looks_up_here_is_told_as_a_name() {
    let proxy = format!("socks5://me:hunter2@127.0.0.1:{}", holding(|_| {}));
    let environment = [("ALL_PROXY", proxy.as_str())];
    assert_eq!(ask(FAR, &environment), (Some(7), "dns".to_owned()));
    let told = run(&["ask", "-m", "a/b", "hi"], FAR, &environment);
    assert!(told.all.contains("socks5h://"), "{}", told.all);
    // It is set already.
    assert!(!told.all.contains("set HTTPS_PROXY"), "{}", told.all);
    // By the proxy's own look-up the same proxy is heard first.
    let proxy = proxy.replace("socks5:", "socks5h:");
    let told = ask(FAR, &[("ALL_PROXY", &proxy)]);
    assert_eq!(told, (Some(7), "proxy-silent".to_owned()));
}

#[test]
fn the_issuer_of_a_certificate_behind_a_proxy_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let (server, roots) = far_server(&folder);
    let (port, _told) = http_proxy(server);
    let environment = [("HTTPS_PROXY", by(port)), ("SSL_CERT_FILE", roots)];
    let environment = environment
        .iter()
        .map(|(name, value)| (*name, value.as_str()));
    let environment: Vec<(&str, &str)> = environment.collect();
    let base = "https://gateway.example.com/v1";
    let report = run(&["check", "--full", "--json"], base, &environment).json();
    let tls = stage(&report, "tls");
    assert_eq!(tls["status"], "pass", "{report}");
    assert_eq!(tls["detail"], "encrypted and trusted; issued by known");
}

#[test]
fn a_setting_that_cannot_be_used_is_told_and_not_advised() {
    for (name, value) in [
        ("HTTPS_PROXY", "htp://me:hunter2@proxy.invalid:1"),
        ("SSL_CERT_FILE", "/nowhere/roots.pem"),
    ] {
        // A gateway's own key: an OpenRouter key would be warned about, too.
        let key = ("OPENROUTER_API_KEY", "gw-deadbeef-deadbeef");
        let report = full(&[key, (name, value)]);
        let config = stage(&report, "config");
        assert_eq!(config["status"], "warn", "{report}");
        assert_eq!(config["diagnosis"]["id"], "setting-ignored");
        let detail = config["detail"].as_str().unwrap();
        assert!(detail.contains(name), "{detail}");
    }
    // With a key that goes astray both are told.
    let report = full(&[("SSL_CERT_FILE", "/nowhere/roots.pem")]);
    let config = stage(&report, "config");
    assert_eq!(config["diagnosis"]["id"], "setting-ignored", "{report}");
    let detail = config["detail"].as_str().unwrap();
    for part in [
        "OPENROUTER_API_KEY",
        "which is not OpenRouter",
        "SSL_CERT_FILE",
    ] {
        assert!(detail.contains(part), "{detail}");
    }
    let told = run(
        &["ask", "-m", "a/b", "hi"],
        FAR,
        &[("HTTPS_PROXY", "htp://me:hunter2@proxy.invalid:1")],
    );
    assert!(
        told.all.contains("HTTPS_PROXY is no address"),
        "{}",
        told.all
    );
    assert!(!told.all.contains("set HTTPS_PROXY"), "{}", told.all);
}
