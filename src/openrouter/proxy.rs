//! The proxy that requests take.

use std::time::Duration;

use hyper_util::client::proxy::matcher::Matcher;
use reqwest::header::HeaderValue;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;

use super::base_url::BaseUrl;
use crate::domain::clean_text::CleanText;

/// The longest line that a proxy's refusal begins with, in bytes.
const FIRST_LINE: usize = 512;

/// A proxy; its name and password are told to nobody but itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Proxy {
    /// Its address, for a person.
    pub(super) shown: CleanText,
    pub(super) host: String,
    pub(super) port: u16,
    /// It speaks HTTP without encryption.
    is_plain_http: bool,
    /// Name and password as HTTP sends them; marked as sensitive, so that no log shows them.
    authorization: Option<HeaderValue>,
    /// Where it is to lead, as `host:port`.
    there: String,
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
        let far_port = base.as_url().port_or_known_default().unwrap_or(443);
        Some(Self {
            shown: CleanText::line(&format!("{scheme}://{host}{port}")),
            host: host.trim_matches(['[', ']']).to_owned(),
            port: named.unwrap_or(match scheme {
                "https" => 443,
                "http" => 80,
                _ => 1080,
            }),
            is_plain_http: scheme == "http",
            authorization: proxy.basic_auth().cloned(),
            there: format!("{}:{far_port}", base.host()),
        })
    }

    /// Whether it takes a connection within this wait.
    pub(super) async fn takes_connections(&self, wait: Duration) -> bool {
        self.open(wait).await.is_some()
    }

    /// What it answers when it is asked to lead there: `HTTP/1.1 403 Forbidden`. `None` where it leads there
    /// after all, says nothing, or does not speak plain HTTP.
    pub(super) async fn refusal(&self, wait: Duration) -> Option<String> {
        if !self.is_plain_http {
            return None;
        }
        let line = timeout(wait, self.first_line(wait)).await.ok().flatten()?;
        let mut words = line.split_whitespace();
        let is_http = words.next().is_some_and(|word| word.starts_with("HTTP/"));
        let leads_there = words.next()? == "200";
        (is_http && !leads_there).then_some(line)
    }

    async fn first_line(&self, wait: Duration) -> Option<String> {
        let there = &self.there;
        let mut request = format!("CONNECT {there} HTTP/1.1\r\nHost: {there}\r\n").into_bytes();
        if let Some(authorization) = &self.authorization {
            request.extend_from_slice(b"Proxy-Authorization: ");
            request.extend_from_slice(authorization.as_bytes());
            request.extend_from_slice(b"\r\n");
        }
        request.extend_from_slice(b"\r\n");
        let mut stream = self.open(wait).await?;
        stream.write_all(&request).await.ok()?;
        let mut came = Vec::new();
        while !came.contains(&b'\n') && came.len() < FIRST_LINE {
            if stream.read_buf(&mut came).await.ok()? == 0 {
                break;
            }
        }
        let line = came.split(|byte| *byte == b'\n').next()?;
        Some(String::from_utf8_lossy(line).trim().to_owned())
    }

    async fn open(&self, wait: Duration) -> Option<TcpStream> {
        let opening = TcpStream::connect((self.host.as_str(), self.port));
        timeout(wait, opening).await.ok()?.ok()
    }
}
