//! The proxy that requests take.

use hyper_util::client::proxy::matcher::Matcher;

use super::base_url::BaseUrl;
use crate::domain::clean_text::CleanText;

/// A proxy, without its name and password.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Proxy {
    /// Its address, for a person.
    pub(super) shown: CleanText,
    pub(super) host: String,
    pub(super) port: u16,
}

impl Proxy {
    /// The one that reqwest will take to there, found by the same rules: `HTTPS_PROXY`, `ALL_PROXY`,
    /// `NO_PROXY` and their small spellings, or the system's settings.
    pub(super) fn to(base: &BaseUrl) -> Option<Self> {
        let there = base.to_string().parse().ok()?;
        let proxy = Matcher::from_system().intercept(&there)?;
        let uri = proxy.uri();
        let scheme = uri.scheme_str().unwrap_or("http");
        let host = uri.host().unwrap_or_default();
        let named = uri.port_u16();
        let port = named.map(|port| format!(":{port}")).unwrap_or_default();
        Some(Self {
            shown: CleanText::line(&format!("{scheme}://{host}{port}")),
            host: host.trim_matches(['[', ']']).to_owned(),
            port: named.unwrap_or(match scheme {
                "https" => 443,
                "http" => 80,
                _ => 1080,
            }),
        })
    }
}
