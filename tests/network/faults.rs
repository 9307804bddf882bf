//! Connections that break, stall, lie or lead elsewhere.

use std::sync::Arc;
use std::time::Duration;

use onramp::domain::account::NewKey;
use onramp::domain::chat::Delta;
use onramp::domain::symptom::{NetworkTrouble, Symptom, Whose};
use onramp::openrouter::{OpenRouter, Timeouts};
use tokio::sync::Notify;

use crate::scripted::{Act, HELLO, STOP, STREAM, Server, answer, json, stream};
use crate::{PATIENT, client_at, client_of, hear, question, test_key, told};

fn trouble(symptom: &Symptom) -> NetworkTrouble {
    match symptom {
        Symptom::Network { trouble, host, .. } => {
            assert_eq!(host.as_str(), "127.0.0.1");
            *trouble
        }
        other => panic!("{other:?}"),
    }
}

fn had_text(symptom: Option<Symptom>) -> bool {
    match symptom {
        Some(Symptom::StreamCut { had_text, .. }) => had_text,
        other => panic!("{other:?}"),
    }
}

fn impatient(server: &Server, first_byte: u64, idle: u64) -> OpenRouter {
    let timeouts = Timeouts {
        connect: Duration::from_millis(500),
        first_byte: Duration::from_millis(first_byte),
        idle: Duration::from_millis(idle),
    };
    client_at(&format!("{}/api/v1", server.origin), timeouts)
}

#[tokio::test]
async fn a_port_where_nobody_listens_refuses() {
    let gone = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let origin = format!("http://{}/api/v1", gone.local_addr().unwrap());
    drop(gone);
    let client = client_at(&origin, PATIENT);
    let seen = client.key().await.unwrap_err();
    assert_eq!(trouble(&seen), NetworkTrouble::ConnectRefused);
    let Symptom::Network { detail, proxy, .. } = seen else {
        unreachable!()
    };
    assert!(detail.contains("refused"), "{detail}");
    assert_eq!(proxy, None);
}

#[tokio::test]
async fn a_server_that_hangs_up_without_a_word_is_a_closed_connection() {
    for script in [vec![], vec![Act::Reset]] {
        let server = Server::always(script).await;
        let seen = client_of(&server).key().await.unwrap_err();
        assert_eq!(trouble(&seen), NetworkTrouble::Reset);
        let seen = told(&hear(&client_of(&server)).await).1.unwrap();
        assert_eq!(trouble(&seen), NetworkTrouble::Reset);
        assert_eq!(server.requests().len(), 2, "nothing is asked twice");
    }
}

#[tokio::test]
async fn silence_before_the_first_byte_is_told_from_silence_after_it() {
    let mute = Server::always(vec![Act::Hang]).await;
    let client = impatient(&mute, 50, 20_000);
    let seen = client.key().await.unwrap_err();
    assert_eq!(trouble(&seen), NetworkTrouble::FirstByteTimeout);
    let seen = told(&hear(&client).await).1.unwrap();
    assert_eq!(trouble(&seen), NetworkTrouble::FirstByteTimeout);

    // The head is no answer yet.
    let bare = Server::always(vec![Act::Send(STREAM.into()), Act::Hang]).await;
    let seen = told(&hear(&impatient(&bare, 50, 20_000)).await).1.unwrap();
    assert_eq!(trouble(&seen), NetworkTrouble::FirstByteTimeout);

    let commented = format!("{STREAM}: OPENROUTER PROCESSING\n\n");
    let quiet = Server::always(vec![Act::Send(commented.into()), Act::Hang]).await;
    let deltas = hear(&impatient(&quiet, 20_000, 50)).await;
    assert_eq!(deltas[0], Delta::KeepAlive);
    assert_eq!(
        trouble(&told(&deltas).1.unwrap()),
        NetworkTrouble::IdleTimeout
    );

    let begun = Server::always(vec![Act::Send(stream(&[HELLO])), Act::Hang]).await;
    let (text, symptom) = told(&hear(&impatient(&begun, 20_000, 50)).await);
    assert_eq!(text, "Hello");
    assert!(had_text(symptom), "what came is kept");
}

#[tokio::test]
async fn one_byte_a_second_is_too_slow_for_a_short_limit_and_fine_for_a_long_one() {
    let slow = Act::Drip(stream(&[HELLO, STOP]), Duration::from_secs(1));
    let server = Server::always(vec![slow]).await;
    let seen = told(&hear(&impatient(&server, 50, 50)).await).1.unwrap();
    assert_eq!(trouble(&seen), NetworkTrouble::FirstByteTimeout);

    let head_first = vec![
        Act::Send(format!("{STREAM}:").into()),
        Act::Drip(b" a comment\n\n".to_vec(), Duration::from_secs(1)),
    ];
    let server = Server::always(head_first).await;
    let seen = told(&hear(&impatient(&server, 20_000, 50)).await)
        .1
        .unwrap();
    assert_eq!(trouble(&seen), NetworkTrouble::IdleTimeout);

    let steady = Act::Drip(stream(&[HELLO, STOP, "[DONE]"]), Duration::from_millis(1));
    let server = Server::always(vec![steady]).await;
    assert_eq!(
        told(&hear(&client_of(&server)).await),
        ("Hello!".into(), None)
    );
}

#[tokio::test]
async fn an_answer_that_never_completes_is_given_up() {
    let head = "HTTP/1.1 200 OK\r\ncontent-length: 100000\r\n\r\n";
    let endless = vec![
        Act::Send(head.into()),
        Act::Drip(vec![b' '; 100_000], Duration::from_millis(10)),
    ];
    let server = Server::always(endless).await;
    let seen = impatient(&server, 50, 60).key().await.unwrap_err();
    assert_eq!(trouble(&seen), NetworkTrouble::IdleTimeout);
}

#[tokio::test]
async fn a_reset_in_the_middle_keeps_what_came() {
    // A reset may overtake bytes, so it waits until they were read.
    let was_read = Arc::new(Notify::new());
    let server = Server::always(vec![
        Act::Send(stream(&[HELLO])),
        Act::Await(Arc::clone(&was_read)),
        Act::Reset,
    ])
    .await;
    let mut stream = client_of(&server).chat(&question()).await.unwrap();
    let mut deltas = Vec::new();
    while let Some(delta) = stream.next().await {
        if matches!(delta, Delta::Text(_)) {
            was_read.notify_one();
        }
        deltas.push(delta);
    }
    let (text, symptom) = told(&deltas);
    assert_eq!(text, "Hello");
    assert!(had_text(symptom));
}

#[tokio::test]
async fn a_body_that_stops_short_is_never_taken_for_whole() {
    let chunked = "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n\
                   transfer-encoding: chunked\r\n\r\n";
    let event = format!("data: {HELLO}\n\n");
    let torn = format!(
        "{chunked}{:x}\r\n{event}\r\nff\r\ndata: {{\"cho",
        event.len()
    );
    let server = Server::saying(torn).await;
    let (text, symptom) = told(&hear(&client_of(&server)).await);
    assert_eq!(text, "Hello");
    assert!(had_text(symptom));

    let short = "HTTP/1.1 200 OK\r\ncontent-length: 500\r\n\r\n{\"data\":{";
    let server = Server::saying(short).await;
    let seen = client_of(&server).key().await.unwrap_err();
    assert_eq!(trouble(&seen), NetworkTrouble::Reset);

    let unfinished = "HTTP/1.0 200 OK\r\n\r\n{\"data\":{\"label\":\"x\"";
    let server = Server::saying(unfinished).await;
    let seen = client_of(&server).key().await.unwrap_err();
    assert!(
        matches!(seen, Symptom::Misshapen { status: 200, .. }),
        "{seen:?}"
    );
}

#[tokio::test]
async fn an_answer_as_old_as_http_1_0_ends_with_its_connection() {
    let events = format!("data: {HELLO}\r\n\r\ndata: {STOP}\r\n\r\ndata: [DONE]");
    let server = Server::saying(format!(
        "HTTP/1.0 200 OK\r\nContent-Type: text/event-stream; charset=utf-8\r\n\r\n{events}"
    ))
    .await;
    assert_eq!(
        told(&hear(&client_of(&server)).await),
        ("Hello!".into(), None)
    );
}

#[tokio::test]
async fn a_redirect_is_told_and_the_key_goes_nowhere() {
    let elsewhere = Server::saying(json(200, "{}")).await;
    for status in [301, 302, 303, 307, 308] {
        let head = format!(
            "HTTP/1.1 {status} Moved\r\nlocation: {}/api/v1/key\r\ncontent-length: 0\r\n\
             connection: close\r\n\r\n",
            elsewhere.origin
        );
        let server = Server::saying(head).await;
        let client = client_of(&server);
        let expected = Symptom::Redirected {
            status,
            to: format!("{}/api/v1/key", elsewhere.origin).as_str().into(),
        };
        assert_eq!(client.key().await, Err(expected.clone()));
        assert_eq!(client.complete(&question()).await, Err(expected));
    }
    assert!(elsewhere.requests().is_empty());
}

#[tokio::test]
async fn pages_and_empty_bodies_are_told_as_they_are() {
    let not_json = |status, is_html, snippet: &str| Symptom::NotJson {
        status,
        is_html,
        snippet: snippet.into(),
        whose: Whose::Another,
    };
    let page = "<!DOCTYPE html>\n<h1>Sign in to the Wi-Fi</h1>";
    let shown = "<!DOCTYPE html> <h1>Sign in to the Wi-Fi</h1>";
    for (bytes, expected) in [
        (answer(200, "text/html", page), not_json(200, true, shown)),
        (
            answer(502, "text/html; charset=UTF-8", page),
            not_json(502, true, shown),
        ),
        (
            answer(200, "text/html", "Busy"),
            not_json(200, true, "Busy"),
        ),
        (
            answer(200, "text/event-stream", page),
            not_json(200, true, shown),
        ),
        (
            answer(200, "text/plain", "it works"),
            not_json(200, false, "it works"),
        ),
        (
            answer(200, "application/json", ""),
            not_json(200, false, ""),
        ),
        (answer(500, "text/plain", ""), not_json(500, false, "")),
        (
            b"HTTP/1.1 204 No Content\r\nconnection: close\r\n\r\n".to_vec(),
            not_json(204, false, ""),
        ),
    ] {
        let server = Server::saying(bytes.clone()).await;
        let client = client_of(&server);
        let name = String::from_utf8_lossy(&bytes);
        assert_eq!(client.key().await, Err(expected.clone()), "{name}");
        assert_eq!(client.models().await, Err(expected.clone()), "{name}");
        assert_eq!(told(&hear(&client).await).1, Some(expected), "{name}");
    }
}

#[tokio::test]
async fn what_is_no_http_or_far_too_much_of_it_is_a_failed_connection() {
    let huge = format!(
        "HTTP/1.1 200 OK\r\nx-huge: {}\r\n\r\n{{}}",
        "x".repeat(2_000_000)
    );
    let many = format!(
        "HTTP/1.1 200 OK\r\n{}\r\n{{}}",
        "x-many: 1\r\n".repeat(5000)
    );
    for bytes in [huge, many, "SSH-2.0-OpenSSH_9.2\r\n".to_owned()] {
        let server = Server::saying(bytes).await;
        let seen = client_of(&server).key().await.unwrap_err();
        assert!(matches!(seen, Symptom::Network { .. }), "{seen:?}");
    }
    let fits = format!(
        "HTTP/1.1 200 OK\r\nx-large: {}\r\nconnection: close\r\n\r\n{{\"data\":{{\"label\":\"x\"}}}}",
        "x".repeat(50_000)
    );
    let server = Server::saying(fits).await;
    assert_eq!(client_of(&server).key().await.unwrap().label.as_str(), "x");
}

#[tokio::test]
async fn a_body_without_end_is_cut_off() {
    let endless = "x".repeat(5 * 1024 * 1024);
    let server = Server::saying(json(200, &endless)).await;
    let seen = client_of(&server).key().await.unwrap_err();
    let Symptom::Misshapen { detail, .. } = seen else {
        panic!("{seen:?}");
    };
    assert!(detail.starts_with("larger than"), "{detail}");

    let line = format!(
        "{STREAM}data: {HELLO}\n\ndata: {}",
        "x".repeat(9 * 1024 * 1024)
    );
    let server = Server::saying(line).await;
    let (text, symptom) = told(&hear(&client_of(&server)).await);
    assert_eq!(text, "Hello");
    assert!(had_text(symptom));
}

#[tokio::test]
async fn a_dropped_stream_hangs_up() {
    let server = Server::always(vec![Act::Send(stream(&[HELLO])), Act::Hang]).await;
    let client = client_of(&server);
    let mut stream = client.chat(&question()).await.unwrap();
    assert!(matches!(stream.next().await, Some(Delta::Started(_))));
    assert_eq!(stream.next().await, Some(Delta::Text("Hello".into())));
    // Giving up a wait is no hanging up.
    tokio::select! {
        biased;
        delta = stream.next() => panic!("{delta:?}"),
        () = std::future::ready(()) => {}
    }
    drop(stream);
    server.hang_up().await;
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn no_symptom_ever_holds_the_key() {
    let key = test_key().expose().to_owned();
    let quoted = format!(
        "{{\"error\":{{\"code\":401,\"message\":\"bad {key}\",\"metadata\":{{\"raw\":\"{key}\"}}}}}}"
    );
    let escaped = quoted.replace("sk-or", "\\u0073k-or");
    let broken = format!("{{\"data\":{{\"label\":\"{key}\"");
    let page = format!("<p>{key}</p>");
    let location = format!(
        "HTTP/1.1 302 X\r\nlocation: https://{key}.example.com/{key}\r\ncontent-length: 0\r\n\r\n"
    );
    let streamed = format!("{STREAM}data: {HELLO}\n\ndata: {quoted}\n\n");
    let garbage = format!("{STREAM}data: {HELLO}\n\ndata: {{{key}\n\n");
    let stray = format!("{STREAM}error: {quoted}\n\n");
    for bytes in [
        json(401, &quoted),
        json(200, &quoted),
        json(500, &escaped),
        json(200, &broken),
        answer(403, "text/html", &page),
        answer(200, "text/plain", &key),
        location.into(),
        streamed.into(),
        garbage.into(),
        stray.into(),
    ] {
        let server = Server::saying(bytes.clone()).await;
        let client = client_of(&server);
        let seen = [
            format!("{:?}", client.key().await),
            format!("{:?}", client.models().await),
            format!("{:?}", client.create_key(&NewKey::default()).await),
            format!("{:?}", hear(&client).await),
            format!("{:?}", client.complete(&question()).await),
        ];
        for shown in seen {
            assert!(!shown.contains(&key), "{shown}");
            assert!(!shown.contains("deadbeefdeadbeef"), "{shown}");
        }
    }
}
