//! The way to the server, step by step: its name, a connection, its certificate. Each step is taken by
//! itself, so that what fails is known by its own name. No key travels here.

use std::net::{IpAddr, SocketAddr};
use std::pin::pin;
use std::time::{Duration, Instant};

use futures_util::future::select;
use jiff::SignedDuration;
use reqwest::Method;
use tokio::net::{TcpStream, lookup_host};
use tokio::time::timeout;

use super::client::OpenRouter;
use super::failure::{Phase, trouble_of};
use super::transport::{Awaited, Route};
use crate::domain::clean_text::CleanText;
use crate::domain::symptom::{NetworkTrouble, Symptom};

/// How long the other family of addresses may take once one has answered. A connection that works
/// takes less; programs that try IPv6 first wait longer than this for one that does not.
const GRACE: Duration = Duration::from_secs(2);

/// The largest list of models, in bytes.
const LIST_SIZE: usize = 32 * 1024 * 1024;

/// A connection that was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reached {
    /// To where.
    pub address: SocketAddr,
    /// How long it took.
    pub took: Duration,
    /// An address of the other family that neither answered nor refused.
    pub silent: Option<IpAddr>,
}

/// A certificate that was accepted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Encrypted {
    /// Who issued it, where that could be read.
    pub issuer: Option<CleanText>,
}

impl OpenRouter {
    /// The proxy on the way there, its password left out.
    pub fn proxy(&self) -> Option<&CleanText> {
        let proxy = self.transport().route().proxy.as_ref();
        proxy.map(|proxy| &proxy.shown)
    }

    /// How long a tiny answer may take in all: as long as its beginning and a silence after it.
    pub fn patience(&self) -> Duration {
        let timeouts = self.network().timeouts;
        timeouts.first_byte + timeouts.idle
    }

    /// An answer that would not end.
    pub fn endless(&self, words: &str) -> Symptom {
        self.transport()
            .route()
            .network(NetworkTrouble::IdleTimeout, words)
    }

    /// How far ahead of this machine's clock the server's was when it last answered; zero until it
    /// has told the time.
    pub fn skew(&self) -> SignedDuration {
        self.transport().route().skew()
    }

    /// The name or address that is connected to: the proxy's, where one leads there.
    pub fn end_point_host(&self) -> CleanText {
        CleanText::line(&self.end_point().0)
    }

    /// The address under which the API answers, where that is another path of the same host than the
    /// one given. The key is not sent.
    pub async fn right_path(&self) -> Option<String> {
        let given = self.base().as_url().path().trim_end_matches('/').to_owned();
        // Someone pasted an endpoint's address.
        let parent = given.rsplit_once('/').map_or("", |(parent, _)| parent);
        let guesses = [
            (format!("{given}/api/v1"), "key"),
            (format!("{given}/v1"), "models"),
            ("/api/v1".to_owned(), "key"),
            ("/v1".to_owned(), "models"),
            (parent.to_owned(), "models"),
        ];
        let mut seen = vec![given];
        for (path, endpoint) in guesses {
            if seen.contains(&path) {
                continue;
            }
            let guess = self.base().under(&path);
            seen.push(path);
            let request = self.request_at(&guess, Method::GET, &[endpoint]);
            let Ok(arriving) = self.transport().send(request, Awaited::Soon).await else {
                continue;
            };
            let Ok(answer) = arriving.whole(LIST_SIZE).await else {
                continue;
            };
            if matches!(answer.status, 200 | 401 | 403) && answer.is_json() {
                return Some(guess.to_string());
            }
        }
        None
    }

    /// The host and the port that are connected to: the proxy's, where one leads there.
    fn end_point(&self) -> (String, u16) {
        if let Some(proxy) = &self.transport().route().proxy {
            return (proxy.host.clone(), proxy.port);
        }
        let url = self.base().as_url();
        let host = self.base().host().trim_matches(['[', ']']);
        (host.to_owned(), url.port_or_known_default().unwrap_or(443))
    }

    /// Whether there is a name to look up: an address needs none.
    pub fn has_name(&self) -> bool {
        self.end_point().0.parse::<IpAddr>().is_err()
    }

    /// The addresses of the host; of the proxy, where one leads there.
    ///
    /// # Errors
    /// [`NetworkTrouble::Dns`]; for a proxy [`NetworkTrouble::ProxyUnreachable`].
    pub async fn look_up(&self) -> Result<Vec<SocketAddr>, Symptom> {
        let route = self.transport().route();
        let trouble = if route.proxy.is_some() {
            NetworkTrouble::ProxyUnreachable
        } else {
            NetworkTrouble::Dns
        };
        let unknown = |words: &str| Err(route.network(trouble, words));
        let known = &self.network().addresses;
        if !known.is_empty() && route.proxy.is_none() {
            return Ok(known.clone());
        }
        let (host, port) = self.end_point();
        let wait = route.timeouts.connect;
        match timeout(wait, lookup_host((host, port))).await {
            Ok(Ok(found)) => {
                let found: Vec<SocketAddr> = found.collect();
                if found.is_empty() {
                    return unknown("the name has no address");
                }
                Ok(found)
            }
            Ok(Err(error)) => unknown(&error.to_string()),
            Err(_) => unknown(&format!("no name server answered within {wait:?}")),
        }
    }

    /// Connects to one of the addresses, both families side by side, and hangs up.
    ///
    /// # Errors
    /// What came of it when no address answered.
    pub async fn reach(&self, addresses: &[SocketAddr]) -> Result<Reached, Symptom> {
        let route = self.transport().route();
        let wait = route.timeouts.connect;
        let (six, four): (Vec<SocketAddr>, Vec<SocketAddr>) =
            addresses.iter().partition(|address| address.is_ipv6());
        let began = Instant::now();
        let (six, four) = (
            pin!(first_answer(&six, wait)),
            pin!(first_answer(&four, wait)),
        );
        let (first, other) = select(six, four).await.factor_first();
        let (address, took, other) = match first {
            Attempt::Made(address) => {
                let took = began.elapsed();
                let other = timeout(GRACE, other).await;
                (address, took, other.unwrap_or(Attempt::Silent))
            }
            first => match other.await {
                Attempt::Made(address) => (address, began.elapsed(), first),
                other => return Err(no_connection(route, first, other)),
            },
        };
        let of_other_family = addresses
            .iter()
            .find(|other| other.is_ipv6() != address.is_ipv6());
        Ok(Reached {
            address,
            took,
            silent: of_other_family
                .filter(|_| matches!(other, Attempt::Silent))
                .map(SocketAddr::ip),
        })
    }

    /// Makes an encrypted connection and asks for something public, without the key: any answer at
    /// all proves the way. `None` where the address is not encrypted.
    ///
    /// # Errors
    /// What went wrong on the way.
    pub async fn knock(&self) -> Result<Option<Encrypted>, Symptom> {
        if self.base().as_url().scheme() == "http" {
            return Ok(None);
        }
        let request = self.request_at(self.base(), Method::GET, &["models", "count"]);
        match self.transport().send(request, Awaited::Soon).await {
            // Whoever sends elsewhere has been reached.
            Ok(_) | Err(Symptom::Redirected { .. }) => {}
            Err(symptom) => return Err(symptom),
        }
        let issuer = self.transport().route().greeting.issuer();
        Ok(Some(Encrypted {
            issuer: issuer.map(|issuer| CleanText::line(&issuer).shortened(100)),
        }))
    }

    /// When the way to the server stood, a proxy's tunnel included, and the encrypted greeting left; `None`
    /// where that did not happen since then.
    pub fn greeted_since(&self, earlier: Instant) -> Option<Instant> {
        self.transport().route().greeting.begun_since(earlier)
    }
}

/// How an attempt to connect ended.
enum Attempt {
    Made(SocketAddr),
    Failed(std::io::Error),
    /// No word within the wait.
    Silent,
    /// There was no address to try.
    None,
}

/// Tries one address after the other, for this long in all.
async fn first_answer(addresses: &[SocketAddr], wait: Duration) -> Attempt {
    let mut last = Attempt::None;
    let each = wait / u32::try_from(addresses.len()).unwrap_or(u32::MAX).max(1);
    for &address in addresses {
        match timeout(each, TcpStream::connect(address)).await {
            Ok(Ok(_)) => return Attempt::Made(address),
            Ok(Err(error)) => last = Attempt::Failed(error),
            Err(_) => last = Attempt::Silent,
        }
    }
    last
}

/// What is told when no attempt came to anything: a refusal says more than silence.
fn no_connection(route: &Route, one: Attempt, other: Attempt) -> Symptom {
    let (trouble, words) = match (one, other) {
        (Attempt::Failed(error), _) | (_, Attempt::Failed(error)) => {
            let connecting = Phase {
                is_connecting: true,
                ..Phase::default()
            };
            (trouble_of(&error, connecting), error.to_string())
        }
        _ => (
            NetworkTrouble::ConnectTimeout,
            format!("no connection within {:?}", route.timeouts.connect),
        ),
    };
    match route.proxy {
        Some(_) => route.network(NetworkTrouble::ProxyUnreachable, &words),
        None => route.network(trouble, &words),
    }
}
