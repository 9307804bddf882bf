//! Hosts with addresses of both families, one of which leads nowhere.

use std::net::{Ipv6Addr, SocketAddr, TcpListener, TcpStream};
use std::time::Duration;

use onramp::openrouter::{BaseUrl, Network, OpenRouter};

use crate::ways::{ANSWER, reply};
use crate::{PATIENT, test_key};

/// A server on 127.0.0.1 and, at the same port of `::1`, an address that says nothing: its queue of
/// connections is full and nobody takes any. `None` on a machine without IPv6.
fn half_silent() -> Option<(Silent, [SocketAddr; 2])> {
    let four = TcpListener::bind("127.0.0.1:0").unwrap();
    let answers = four.local_addr().unwrap();
    let six = TcpListener::bind((Ipv6Addr::LOCALHOST, answers.port())).ok()?;
    let silent = six.local_addr().unwrap();
    std::thread::spawn(move || {
        for stream in four.incoming().flatten() {
            reply(stream, ANSWER);
        }
    });
    let mut waiting = Vec::new();
    while let Ok(stream) = TcpStream::connect_timeout(&silent, Duration::from_millis(200)) {
        waiting.push(stream);
    }
    let held = Silent {
        _listener: six,
        _waiting: waiting,
    };
    Some((held, [silent, answers]))
}

/// What keeps an address silent for as long as it is held.
struct Silent {
    _listener: TcpListener,
    _waiting: Vec<TcpStream>,
}

fn client(addresses: &[SocketAddr]) -> OpenRouter {
    let port = addresses[0].port();
    let base = BaseUrl::parse(&format!("http://localhost:{port}/api/v1")).unwrap();
    let network = Network {
        addresses: addresses.to_vec(),
        ..PATIENT.into()
    };
    OpenRouter::new(base, Some(test_key()), &network).unwrap()
}

#[tokio::test]
async fn where_ipv6_says_nothing_ipv4_is_taken() {
    let Some((_held, addresses)) = half_silent() else {
        return;
    };
    let client = client(&addresses);
    assert_eq!(client.key().await.unwrap().label.as_str(), "it");
}

#[tokio::test]
async fn the_silent_family_is_named() {
    let Some((_held, addresses)) = half_silent() else {
        return;
    };
    let client = client(&addresses);
    let found = client.look_up().await.unwrap();
    let reached = client.reach(&found).await.unwrap();
    assert_eq!(reached.address, addresses[1]);
    assert_eq!(reached.silent, Some(Ipv6Addr::LOCALHOST.into()));
}

#[tokio::test]
async fn a_family_that_refuses_at_once_is_nothing_to_speak_of() {
    let four = TcpListener::bind("127.0.0.1:0").unwrap();
    let answers = four.local_addr().unwrap();
    let refuses = SocketAddr::new(Ipv6Addr::LOCALHOST.into(), answers.port());
    let reached = client(&[refuses, answers])
        .reach(&[refuses, answers])
        .await
        .unwrap();
    assert_eq!((reached.address, reached.silent), (answers, None));
}
