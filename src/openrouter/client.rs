//! One server and one key: what every endpoint has in common.

use std::sync::Arc;

use reqwest::header::{ACCEPT, HeaderMap, HeaderValue};
use reqwest::{Method, RequestBuilder, Url};
use serde::Serialize;
use tokio::sync::OnceCell;

use super::base_url::BaseUrl;
use super::network::Network;
use super::scrub::Scrub;
use super::transport::{Awaited, Transport, Whole};
use super::wire::One;
use super::wire::from_json;
use crate::domain::clean_text::CleanText;
use crate::domain::pasted_key::{self, Shape};
use crate::domain::secret::Secret;
use crate::domain::symptom::{Symptom, Whose};

/// The largest answer that is not a list, in bytes.
const SMALL: usize = 4 * 1024 * 1024;
/// The largest list, in bytes. OpenRouter's list of models is near one megabyte.
const LARGE: usize = 32 * 1024 * 1024;

/// A server that speaks OpenRouter's or OpenAI's dialect, and the key for it. Cheap to clone.
#[derive(Clone, Debug)]
pub struct OpenRouter {
    shared: Arc<Shared>,
    names_app: bool,
}

#[derive(Debug)]
struct Shared {
    transport: Transport,
    network: Network,
    base: BaseUrl,
    key: Option<Secret>,
    authorization: Option<HeaderValue>,
    /// Where the endpoints are, once that is known.
    settled: OnceCell<BaseUrl>,
    /// Whether it answers as OpenRouter does, once that is known.
    spoken: OnceCell<bool>,
}

/// How large an answer may be.
#[derive(Clone, Copy, Debug)]
pub(super) enum Size {
    Small,
    Large,
}

impl OpenRouter {
    /// A client. No request is made yet.
    ///
    /// Refused: a key that is known to belong elsewhere ([`Symptom::WrongVendor`]), and one that no
    /// header can carry.
    pub fn new(base: BaseUrl, key: Option<Secret>, network: &Network) -> Result<Self, Symptom> {
        let key = fit(&base, key)?;
        let transport = Transport::new(&base, network, Scrub::new(key.clone()))?;
        Self::over(transport, network.clone(), base, key)
    }

    /// A client of the same server by the same way, with another key.
    ///
    /// # Errors
    /// As for [`OpenRouter::new`].
    pub fn with_key(&self, key: Secret) -> Result<Self, Symptom> {
        let base = self.base().clone();
        let key = fit(&base, Some(key))?;
        let transport = self.transport().carrying(Scrub::new(key.clone()));
        Self::over(transport, self.network().clone(), base, key)
    }

    fn over(
        transport: Transport,
        network: Network,
        base: BaseUrl,
        key: Option<Secret>,
    ) -> Result<Self, Symptom> {
        let authorization = match &key {
            Some(key) => Some(authorization(key)?),
            None => None,
        };
        Ok(Self {
            names_app: base.is_openrouter() || base.is_loopback(),
            shared: Arc::new(Shared {
                transport,
                network,
                base,
                key,
                authorization,
                settled: OnceCell::new(),
                spoken: OnceCell::new(),
            }),
        })
    }

    /// The same client, which does not tell OpenRouter the name of this program. Named apps appear
    /// in its public rankings, with the sum of their requests.
    #[must_use]
    pub fn without_attribution(mut self) -> Self {
        self.names_app = false;
        self
    }

    /// The address as it was given.
    pub fn base(&self) -> &BaseUrl {
        &self.shared.base
    }

    /// The address with the path where the endpoints are. For a host given without one this asks
    /// the server, once.
    pub async fn settled_base(&self) -> Result<BaseUrl, Symptom> {
        if self.shared.base.settled().is_some() {
            return Ok(self.shared.base.clone());
        }
        let settled = &self.shared.settled;
        settled.get_or_try_init(|| self.find_path()).await.cloned()
    }

    /// The address as far as it is known without asking.
    pub fn known_base(&self) -> &BaseUrl {
        self.shared.settled.get().unwrap_or(&self.shared.base)
    }

    /// Whose server it is, as far as its address and its answers have told.
    pub fn whose(&self) -> Whose {
        self.transport().route().whose()
    }

    /// Whether it is known where the endpoints are.
    pub fn is_settled(&self) -> bool {
        self.known_base().settled().is_some()
    }

    /// Asks for `GET {origin}/api/v1/key`: who has OpenRouter's endpoint has OpenRouter's paths.
    async fn find_path(&self) -> Result<BaseUrl, Symptom> {
        let base = &self.shared.base;
        let guess = base.under("/api/v1");
        let request = self.authorized(self.request_at(&guess, Method::GET, &["key"]));
        let arriving = match self.transport().send(request, Awaited::Soon).await {
            // A web page's way to say "not here".
            Err(Symptom::Redirected { .. }) => return Ok(base.under("/v1")),
            arriving => arriving?,
        };
        let answer = arriving.whole(SMALL).await?;
        let speaks_openrouter = match answer.status {
            404 | 405 | 501 => false,
            // It may be another one tomorrow, so nothing is concluded from it today.
            500.. => return Err(answer.refused()),
            // Some servers answer 200 to any path, and say in the body that they do not know it.
            200..300 => from_json::<One<serde::de::IgnoredAny>>(&answer.text)
                .is_ok_and(|envelope| envelope.data.0.is_some()),
            _ => answer.is_json(),
        };
        Ok(base.under(if speaks_openrouter { "/api/v1" } else { "/v1" }))
    }

    /// An answer to a GET request with the key, whole, its status fine.
    pub(super) async fn get(
        &self,
        path: &[&str],
        query: &[(&str, &str)],
        size: Size,
    ) -> Result<Whole, Symptom> {
        let request = self.request(Method::GET, path).await?.query(query);
        self.fetch(self.authorized(request), size).await
    }

    /// An answer to a request with the key and a body, whole, its status fine.
    pub(super) async fn send(
        &self,
        method: Method,
        path: &[&str],
        body: &impl Serialize,
    ) -> Result<Whole, Symptom> {
        let request = self.request(method, path).await?.json(body);
        self.fetch(self.authorized(request), Size::Small).await
    }

    /// An answer to a DELETE request with the key, whole, its status fine.
    pub(super) async fn delete(&self, path: &[&str]) -> Result<Whole, Symptom> {
        let request = self.request(Method::DELETE, path).await?;
        self.fetch(self.authorized(request), Size::Small).await
    }

    async fn fetch(&self, request: RequestBuilder, size: Size) -> Result<Whole, Symptom> {
        let request = request.header(ACCEPT, "application/json");
        let arriving = self.transport().send(request, Awaited::Soon).await?;
        let longest = match size {
            Size::Small => SMALL,
            Size::Large => LARGE,
        };
        arriving.whole(longest).await?.accepted()
    }

    /// A request to an endpoint, without the key.
    pub(super) async fn request(
        &self,
        method: Method,
        path: &[&str],
    ) -> Result<RequestBuilder, Symptom> {
        let base = self.settled_base().await?;
        Ok(self.request_at(&base, method, path))
    }

    pub(super) fn request_at(
        &self,
        base: &BaseUrl,
        method: Method,
        path: &[&str],
    ) -> RequestBuilder {
        let url = endpoint(base.as_url(), path);
        self.transport().client.request(method, url)
    }

    /// The request with the key, where there is one: a server of one's own may want none.
    pub(super) fn authorized(&self, request: RequestBuilder) -> RequestBuilder {
        match &self.shared.authorization {
            Some(value) => request.header(reqwest::header::AUTHORIZATION, value.clone()),
            None => request,
        }
    }

    /// The headers that name this program to OpenRouter; none for anybody else.
    pub(super) fn attribution(&self) -> HeaderMap {
        let mut headers = HeaderMap::new();
        if !self.names_app {
            return headers;
        }
        // An app is known by its address; while the project has none, none is made up.
        let address = env!("CARGO_PKG_REPOSITORY");
        if !address.is_empty() {
            headers.insert("HTTP-Referer", HeaderValue::from_static(address));
        }
        headers.insert("X-OpenRouter-Title", HeaderValue::from_static("onramp"));
        headers.insert(
            "X-OpenRouter-Categories",
            HeaderValue::from_static("cli-agent"),
        );
        headers
    }

    /// [`Symptom::NoKey`] where a request without a key could only fail.
    pub(super) fn needs_key(&self) -> Result<(), Symptom> {
        let base = &self.shared.base;
        if self.shared.key.is_none() && (base.is_openrouter() || base.is_openai()) {
            return Err(Symptom::NoKey);
        }
        Ok(())
    }

    /// A foreign text on one line, with this client's key masked wherever it stands in it.
    pub fn without_secrets(&self, foreign: &str) -> CleanText {
        self.scrub().line(foreign)
    }

    /// Where it is kept whether the server answers as OpenRouter does.
    pub(super) fn spoken(&self) -> &OnceCell<bool> {
        &self.shared.spoken
    }

    pub(super) fn network(&self) -> &Network {
        &self.shared.network
    }

    pub(super) fn transport(&self) -> &Transport {
        &self.shared.transport
    }

    /// What keeps this client's key out of reports.
    pub(super) fn scrub(&self) -> Scrub {
        Scrub::new(self.shared.key.clone())
    }
}

/// The key without blanks round it; an empty one is none. Refused: one that belongs elsewhere, and one
/// that OpenRouter could never know.
fn fit(base: &BaseUrl, key: Option<Secret>) -> Result<Option<Secret>, Symptom> {
    let key = key
        .map(|key| Secret::new(key.expose().trim()))
        .filter(|key| !key.is_empty());
    if let Some(vendor) = key.as_ref().and_then(|key| strange_vendor(base, key)) {
        return Err(Symptom::WrongVendor { vendor });
    }
    // Other servers may take any word for a key.
    let flawed = key.as_ref().filter(|_| base.is_openrouter());
    if let Some((key, around)) = flawed.and_then(|key| Some((key, pasted_key::flaw(key)?))) {
        let chars = key.chars();
        return Err(Symptom::MalformedKey { chars, around });
    }
    Ok(key)
}

/// Whose key this is, when it certainly does not belong to the server.
fn strange_vendor(base: &BaseUrl, key: &Secret) -> Option<&'static str> {
    match Shape::of(key) {
        Shape::Vendor(vendor) if base.is_openrouter() => Some(vendor),
        Shape::OpenRouter | Shape::OpenRouterOdd(_) if base.is_openai() => Some("OpenRouter"),
        _ => None,
    }
}

fn authorization(key: &Secret) -> Result<HeaderValue, Symptom> {
    let mut value = HeaderValue::try_from(format!("Bearer {}", key.expose())).map_err(|_| {
        Symptom::MalformedKey {
            chars: key.chars(),
            around: Vec::new(),
        }
    })?;
    value.set_sensitive(true);
    Ok(value)
}

/// The address of an endpoint. Every part is one segment of the path, whatever it holds.
fn endpoint(base: &Url, path: &[&str]) -> Url {
    let mut url = base.clone();
    if let Ok(mut segments) = url.path_segments_mut() {
        segments.pop_if_empty().extend(path);
    }
    url
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(text: &str) -> Secret {
        Secret::new(text)
    }

    fn client(base: &str, secret: &str) -> Result<OpenRouter, Symptom> {
        let base = BaseUrl::parse(base).unwrap();
        OpenRouter::new(base, Some(key(secret)), &Network::default())
    }

    #[test]
    fn a_key_is_not_sent_to_a_vendor_it_does_not_belong_to() {
        let ours = format!("sk-or-v1-{}", "deadbeef".repeat(8));
        let wrong = |base, secret: &str| match client(base, secret).unwrap_err() {
            Symptom::WrongVendor { vendor } => vendor,
            other => panic!("{other:?}"),
        };
        assert_eq!(wrong(BaseUrl::DEFAULT, "sk-ant-api03-abc"), "Anthropic");
        assert_eq!(wrong(BaseUrl::OPENAI, &ours), "OpenRouter");
        for base in [
            BaseUrl::DEFAULT,
            "http://localhost:8080",
            "https://gateway.example.com/v1",
        ] {
            client(base, &ours).unwrap();
        }
        client("https://gateway.example.com/v1", "sk-1234").unwrap();
    }

    #[test]
    fn a_key_that_no_header_can_carry_is_told_without_being_shown() {
        let seen = client(BaseUrl::DEFAULT, "hunter2\nhunter2hunter2hunter2").unwrap_err();
        assert!(matches!(seen, Symptom::MalformedKey { .. }));
        assert!(!format!("{seen:?}").contains("hunter2"));
    }

    #[test]
    fn nothing_printed_of_a_client_shows_its_key() {
        let secret = format!("sk-or-v1-{}", "deadbeef".repeat(8));
        let shown = format!("{:?}", client("http://127.0.0.1:1/v1", &secret).unwrap());
        assert!(!shown.contains(&secret), "{shown}");
    }

    #[test]
    fn a_part_of_a_path_cannot_leave_its_place() {
        let base = Url::parse("https://openrouter.ai/api/v1").unwrap();
        assert_eq!(
            endpoint(&base, &["model", "a", "b:free"]).as_str(),
            "https://openrouter.ai/api/v1/model/a/b:free"
        );
        assert_eq!(
            endpoint(&base, &["keys", "x/../y?z#%"]).path(),
            "/api/v1/keys/x%2F..%2Fy%3Fz%23%25"
        );
        assert_eq!(
            endpoint(&Url::parse("http://localhost:1/").unwrap(), &["key"]).path(),
            "/key"
        );
    }

    #[test]
    fn only_openrouter_and_this_machine_learn_the_programs_name() {
        let named = |base: &str| {
            let base = BaseUrl::parse(base).unwrap();
            let client = OpenRouter::new(base, None, &Network::default()).unwrap();
            (
                client.attribution().contains_key("x-openrouter-title"),
                client.without_attribution().attribution().is_empty(),
            )
        };
        assert_eq!(named(BaseUrl::DEFAULT), (true, true));
        assert_eq!(named("http://127.0.0.1:8080"), (true, true));
        assert_eq!(named(BaseUrl::OPENAI), (false, true));
        assert_eq!(named("https://gateway.example.com/v1"), (false, true));
    }
}
