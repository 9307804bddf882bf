//! Sends a request and waits for its answer, byte by byte, and says on what it waited in vain.
//!
//! It follows no redirect, repeats nothing, and takes no proxy to this machine. A stream has no
//! limit on its whole length, only on its silences.

mod arriving;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering::Relaxed};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use reqwest::header::{DATE, HeaderMap, LOCATION};
use reqwest::{Client, Method, RequestBuilder, Response, redirect, retry};
use tokio::time::{Instant, timeout_at};

pub(super) use self::arriving::{Arriving, Whole};
use super::base_url::BaseUrl;
use super::failure::{Phase, trouble_of, words_of};
use super::greeting::Greeting;
use super::network::{Network, Timeouts};
use super::proxy::Proxy;
use super::scrub::Scrub;
use super::tls;
use crate::domain::clean_text::CleanText;
use crate::domain::ignored_setting::IgnoredSetting;
use crate::domain::simulated::SANDBOX_HEADER;
use crate::domain::symptom::{NetworkTrouble, Symptom, Whose};

/// How many times as long something whole may take.
const PATIENCE: u32 = 5;

const MOMENT: Duration = Duration::from_millis(200);

/// How long a proxy is looked at once more, to tell what was wrong with it.
const SECOND_LOOK: Duration = Duration::from_secs(2);

/// How an answer is awaited.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Awaited {
    /// It begins at once.
    Soon,
    /// It is written whole before its first byte.
    Whole,
}

/// The way to one host.
#[derive(Clone, Debug)]
pub(super) struct Transport {
    pub(super) client: Client,
    route: Arc<Route>,
}

/// What is told of the way when something happens on it.
#[derive(Debug)]
pub(super) struct Route {
    pub(super) host: CleanText,
    /// The proxy that leads there.
    pub(super) proxy: Option<Proxy>,
    pub(super) timeouts: Timeouts,
    /// How far encrypted connections came.
    pub(super) greeting: Arc<Greeting>,
    /// Variables that were to say how requests travel, and cannot be used.
    ignored: Arc<[IgnoredSetting]>,
    /// Whose server it is, as far as its address tells.
    whose: Whose,
    /// It is on this machine, where an address tells nothing.
    is_here: bool,
    /// Its last answer said that it is simulated.
    is_simulated: AtomicBool,
    scrub: Scrub,
    /// How far ahead of this machine's clock the server's was when it last answered, in seconds.
    skew: AtomicI64,
}

impl Transport {
    pub(super) fn new(base: &BaseUrl, network: &Network, scrub: Scrub) -> Result<Self, Symptom> {
        let route = Route {
            host: CleanText::line(base.host()),
            proxy: (!base.is_loopback()).then(|| Proxy::to(base)).flatten(),
            timeouts: network.timeouts,
            greeting: Arc::new(Greeting::of(base.host())),
            // Nothing of these is asked on the way to this machine without encryption.
            ignored: if base.as_url().scheme() == "http" {
                Arc::default()
            } else {
                Arc::clone(&network.ignored)
            },
            whose: base.whose(),
            is_here: base.is_loopback(),
            is_simulated: AtomicBool::new(false),
            scrub,
            skew: AtomicI64::new(0),
        };
        let no_way = |words: &str| Err(route.network(NetworkTrouble::Tls, words));
        let builder = Client::builder()
            .user_agent(concat!("onramp/", env!("CARGO_PKG_VERSION")))
            .redirect(redirect::Policy::none())
            .retry(retry::never())
            .connect_timeout(network.timeouts.connect);
        let builder = if base.is_loopback() {
            builder.no_proxy()
        } else {
            builder
        };
        let builder = if network.addresses.is_empty() {
            builder
        } else {
            builder.resolve_to_addrs(base.host(), &network.addresses)
        };
        let builder = if base.as_url().scheme() == "http" {
            // Loading the system's certificates takes longer than everything else at the start.
            let _ = rustls::crypto::ring::default_provider().install_default();
            builder.tls_certs_only([])
        } else {
            match tls::config(&network.trusted, &route.greeting) {
                Ok(config) => builder.tls_backend_preconfigured(config),
                Err(error) => return no_way(&error.to_string()),
            }
        };
        match builder.build() {
            Ok(client) => Ok(Self {
                client,
                route: Arc::new(route),
            }),
            Err(error) => no_way(&words_of(&error)),
        }
    }

    pub(super) fn route(&self) -> &Route {
        &self.route
    }

    /// The same way, with other secrets on it.
    pub(super) fn carrying(&self, scrub: Scrub) -> Self {
        let Route {
            host,
            proxy,
            timeouts,
            greeting,
            ignored,
            whose,
            is_here,
            is_simulated,
            skew,
            ..
        } = &*self.route;
        let route = Route {
            host: host.clone(),
            proxy: proxy.clone(),
            timeouts: *timeouts,
            greeting: Arc::clone(greeting),
            ignored: Arc::clone(ignored),
            whose: *whose,
            is_here: *is_here,
            is_simulated: AtomicBool::new(is_simulated.load(Relaxed)),
            scrub,
            skew: AtomicI64::new(skew.load(Relaxed)),
        };
        Self {
            client: self.client.clone(),
            route: Arc::new(route),
        }
    }

    /// Sends, and waits until the answer begins.
    pub(super) async fn send(
        &self,
        request: RequestBuilder,
        awaited: Awaited,
    ) -> Result<Arriving, Symptom> {
        let Timeouts {
            connect,
            first_byte,
            ..
        } = self.route.timeouts;
        let first_byte = match awaited {
            Awaited::Soon => first_byte,
            Awaited::Whole => first_byte * PATIENCE,
        };
        let request = request.build().map_err(|error| self.route.failed(&error))?;
        let asks_facts = request.method() == Method::GET;
        let what = format!("{} {}", request.method(), request.url().path());
        let began = Instant::now();
        let sent = self.client.execute(request);
        // A connection that is not made in time says so itself, a moment before.
        let longest = first_byte.max(connect) + MOMENT;
        let answered = timeout_at(began + longest, sent).await;
        let ms = began.elapsed().as_millis();
        let host = &self.route.host;
        match answered {
            Ok(Ok(response)) => {
                tracing::debug!(%host, %what, status = response.status().as_u16(), ms, "answered");
                Ok(self.arriving(response, first_byte)?.of_facts(asks_facts))
            }
            Ok(Err(error)) => {
                let symptom = self.route.unanswered(&error, began).await;
                tracing::debug!(%host, %what, ms, ?symptom, "failed");
                Err(symptom)
            }
            Err(_) => {
                tracing::debug!(%host, %what, ms, "no answer in time");
                Err(self.route.silent(0, false, longest))
            }
        }
    }

    fn arriving(&self, response: Response, first_byte: Duration) -> Result<Arriving, Symptom> {
        if let Some(to) = redirect_target(&response) {
            return Err(Symptom::Redirected {
                status: response.status().as_u16(),
                to: self.route.scrub.line(&to).shortened(200),
            });
        }
        let received = now();
        self.route.compare_clocks(response.headers(), received);
        let is_simulated = response.headers().contains_key(SANDBOX_HEADER);
        self.route.is_simulated.store(is_simulated, Relaxed);
        Ok(Arriving::of(response, &self.route, received, first_byte))
    }
}

impl Route {
    pub(super) fn ignored(&self) -> &[IgnoredSetting] {
        &self.ignored
    }

    /// Whose server it is: by its address, and on this machine, where that tells nothing, by whether its answers say
    /// that they are simulated.
    pub(super) fn whose(&self) -> Whose {
        if self.is_here && self.is_simulated.load(Relaxed) {
            Whose::OpenRouter
        } else {
            self.whose
        }
    }

    pub(super) fn network(&self, trouble: NetworkTrouble, detail: &str) -> Symptom {
        Symptom::Network {
            trouble,
            host: self.host.clone(),
            proxy: self.proxy.as_ref().map(|proxy| proxy.shown.clone()),
            detail: self.scrub.line(detail).shortened(300),
            ignored: self.ignored.to_vec(),
        }
    }

    /// What failed before an answer began. Where a proxy leads there, on which side of it: a wait that ran out
    /// says nothing of that, and of a refusal reqwest drops the proxy's words.
    async fn unanswered(&self, error: &reqwest::Error, began: Instant) -> Symptom {
        let phase = Phase {
            has_greeted: self.greeting.begun_since(began.into_std()).is_some(),
            ..Phase::of(error, self.proxy.is_some())
        };
        let trouble = trouble_of(error, phase);
        let words = words_of(error);
        let Some(proxy) = &self.proxy else {
            return self.network(trouble, &words);
        };
        let wait = self.timeouts.connect.min(SECOND_LOOK);
        match trouble {
            NetworkTrouble::ConnectTimeout if proxy.takes_connections(wait).await => {
                self.network(NetworkTrouble::ProxySilent, &words)
            }
            NetworkTrouble::ConnectTimeout => {
                self.network(NetworkTrouble::ProxyUnreachable, &words)
            }
            NetworkTrouble::Proxy => {
                let words = proxy.refusal(wait).await.unwrap_or(words);
                self.network(trouble, &words)
            }
            trouble => self.network(trouble, &words),
        }
    }

    fn failed(&self, error: &reqwest::Error) -> Symptom {
        let phase = Phase::of(error, self.proxy.is_some());
        self.network(trouble_of(error, phase), &words_of(error))
    }

    /// How far ahead the server's clock was when it last answered.
    pub(super) fn skew(&self) -> SignedDuration {
        SignedDuration::from_secs(self.skew.load(Relaxed))
    }

    fn compare_clocks(&self, headers: &HeaderMap, received: Timestamp) {
        let date = headers.get(DATE).and_then(|date| date.to_str().ok());
        if let Some(theirs) = date.and_then(http_date) {
            let ahead = theirs.duration_since(received);
            self.skew.store(ahead.as_secs(), Relaxed);
        }
    }

    fn silent(&self, dripped: usize, has_begun: bool, waited: Duration) -> Symptom {
        let trouble = if has_begun {
            NetworkTrouble::IdleTimeout
        } else {
            NetworkTrouble::FirstByteTimeout
        };
        let words = match dripped {
            0 => format!("nothing arrived for {waited:?}"),
            bytes => format!("no more than {bytes} bytes arrived in {waited:?}"),
        };
        self.network(trouble, &words)
    }
}

/// The one place where the client reads a clock: waits are told as dates and from now on.
fn now() -> Timestamp {
    Timestamp::now()
}

/// The address that a redirect points to, without its query; `None` when it is no redirect.
fn redirect_target(response: &Response) -> Option<String> {
    if !matches!(response.status().as_u16(), 301 | 302 | 303 | 307 | 308) {
        return None;
    }
    let location = response.headers().get(LOCATION)?.to_str().ok()?;
    let target = response.url().join(location).ok()?;
    // A query may hold what is nobody's business.
    let origin = target.origin().ascii_serialization();
    Some(format!("{origin}{}", target.path()))
}

/// A moment as HTTP writes it. Source: RFC 9110, section 5.6.7.
fn http_date(text: &str) -> Option<Timestamp> {
    let zoned = jiff::fmt::rfc2822::parse(text).ok()?;
    Some(zoned.timestamp())
}
