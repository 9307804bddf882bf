//! Where requests go: what a person typed, made into one address that a key may be sent to.

use std::fmt;
use std::net::IpAddr;

use reqwest::Url;

use crate::domain::clean_text::CleanText;
use crate::domain::symptom::{BadUrl, Symptom, Whose};

/// The address that endpoints are appended to: https, or http on this machine; no credentials, no
/// query, no trailing slash.
///
/// Another vendor's host given without a path stays open: whether its endpoints are under `/v1` or
/// `/api/v1` is found out by the first request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BaseUrl {
    url: Url,
    is_open: bool,
}

impl BaseUrl {
    /// OpenRouter.
    pub const DEFAULT: &'static str = "https://openrouter.ai/api/v1";
    /// OpenAI.
    pub const OPENAI: &'static str = "https://api.openai.com/v1";

    /// Reads what a person typed or a file holds: with blanks, quotes, a trailing slash or the
    /// pasted address of the chat endpoint.
    pub fn parse(text: &str) -> Result<Self, Symptom> {
        let bare = text.trim_matches(|c: char| {
            c.is_whitespace() || matches!(c, '"' | '\'' | '`' | '“' | '”' | '‘' | '’')
        });
        let bad = |reason| Symptom::BadBaseUrl {
            url: without_credentials(bare),
            reason,
        };
        // `localhost:8080` would parse as a scheme named localhost.
        if !bare.contains("://") {
            return Err(bad(BadUrl::NotAUrl));
        }
        let mut url = Url::parse(bare).map_err(|_| bad(BadUrl::NotAUrl))?;
        if !matches!(url.scheme(), "http" | "https") {
            return Err(bad(BadUrl::Scheme));
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(bad(BadUrl::Credentials));
        }
        if url.scheme() == "http" && !is_loopback(&url) {
            return Err(bad(BadUrl::PlainHttp));
        }
        // Neither can be part of an address that paths are appended to.
        url.set_query(None);
        url.set_fragment(None);
        let path = url.path().trim_end_matches('/');
        let path = path.strip_suffix("/chat/completions").unwrap_or(path);
        let path = path.trim_end_matches('/').to_owned();
        let host = url.host_str().unwrap_or_default().to_owned();
        let (path, is_open) = match path.as_str() {
            "" | "/api" | "/v1" if is_openrouter_host(&host) => ("/api/v1", false),
            "" if host == OPENAI_HOST => ("/v1", false),
            "" => ("", true),
            kept => (kept, false),
        };
        url.set_path(path);
        Ok(Self { url, is_open })
    }

    /// Whether a text names OpenRouter without the API's whole path: read here all the same, while a
    /// program that appends to it as it stands would miss the API.
    pub fn lacks_path(text: &str) -> bool {
        let url = text.trim().trim_matches(['"', '\'']).parse::<Url>();
        url.is_ok_and(|url| {
            let path = url.path().trim_end_matches('/');
            is_openrouter_host(url.host_str().unwrap_or_default())
                && matches!(path, "" | "/api" | "/v1")
        })
    }

    /// The host's name or address.
    pub fn host(&self) -> &str {
        self.url.host_str().unwrap_or_default()
    }

    /// Scheme, host and port: where OpenRouter's own pages are.
    pub fn origin(&self) -> String {
        self.url.origin().ascii_serialization()
    }

    /// openrouter.ai or one of its subdomains.
    pub fn is_openrouter(&self) -> bool {
        is_openrouter_host(self.host())
    }

    /// OpenAI's own API.
    pub fn is_openai(&self) -> bool {
        self.host() == OPENAI_HOST
    }

    /// Whose server it is, as far as the address tells. On this machine it tells nothing: whether a server is the
    /// sandbox is said by its answers.
    pub(super) fn whose(&self) -> Whose {
        if self.is_openrouter() {
            Whose::OpenRouter
        } else if self.is_openai() {
            Whose::OpenAi
        } else {
            Whose::Another
        }
    }

    /// This machine.
    pub fn is_loopback(&self) -> bool {
        is_loopback(&self.url)
    }

    /// The address, once it is known where the endpoints are.
    pub(super) fn settled(&self) -> Option<&Url> {
        (!self.is_open).then_some(&self.url)
    }

    /// The same host with its endpoints under this path.
    pub(super) fn under(&self, path: &str) -> Self {
        let mut url = self.url.clone();
        url.set_path(path);
        Self {
            url,
            is_open: false,
        }
    }

    /// As given; its path is still to be found out.
    pub(super) fn as_url(&self) -> &Url {
        &self.url
    }
}

impl Default for BaseUrl {
    fn default() -> Self {
        Self::parse(Self::DEFAULT).expect("a test below parses DEFAULT")
    }
}

impl fmt::Display for BaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.url.as_str().trim_end_matches('/'))
    }
}

const OPENAI_HOST: &str = "api.openai.com";

fn is_openrouter_host(host: &str) -> bool {
    host == "openrouter.ai" || host.ends_with(".openrouter.ai")
}

fn is_loopback(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default();
    let address = host.trim_start_matches('[').trim_end_matches(']');
    host == "localhost"
        || address
            .parse::<IpAddr>()
            .is_ok_and(|address| address.is_loopback())
}

/// A URL for a message: whatever stands before an `@` may be a name and a password.
fn without_credentials(url: &str) -> CleanText {
    let (scheme, rest) = url.split_once("://").unwrap_or(("", url));
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (authority, path) = rest.split_at(end);
    let path = path.split(['?', '#']).next().unwrap_or_default();
    let shown = match authority.rsplit_once('@') {
        Some((_, host)) => format!("{scheme}://•••@{host}{path}"),
        None if scheme.is_empty() => format!("{authority}{path}"),
        None => format!("{scheme}://{authority}{path}"),
    };
    CleanText::line(&crate::domain::secret::redact(&shown)).shortened(200)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        BaseUrl::parse(text).unwrap().to_string()
    }

    fn refused(text: &str) -> (String, BadUrl) {
        match BaseUrl::parse(text).unwrap_err() {
            Symptom::BadBaseUrl { url, reason } => (url.into_string(), reason),
            other => panic!("{text}: {other:?}"),
        }
    }

    #[test]
    fn every_way_to_write_openrouter_is_the_same_address() {
        for text in [
            "https://openrouter.ai",
            "https://openrouter.ai/",
            "https://openrouter.ai/api",
            "https://OpenRouter.ai/v1/",
            " \"https://openrouter.ai/api/v1/\" ",
            "https://openrouter.ai/api/v1/chat/completions",
            "https://openrouter.ai/api/v1/chat/completions/",
            "https://openrouter.ai/api/v1?x=1#top",
        ] {
            assert_eq!(shown(text), BaseUrl::DEFAULT, "{text}");
            assert!(BaseUrl::parse(text).unwrap().settled().is_some());
        }
        assert_eq!(BaseUrl::default().to_string(), BaseUrl::DEFAULT);
        assert_eq!(
            shown("https://eu.openrouter.ai"),
            "https://eu.openrouter.ai/api/v1"
        );
        assert_eq!(shown("https://api.openai.com"), BaseUrl::OPENAI);
    }

    #[test]
    fn an_address_that_other_programs_would_misread_is_known() {
        for text in [
            "https://openrouter.ai",
            "https://openrouter.ai/api/",
            "\"https://eu.openrouter.ai/v1\"",
        ] {
            assert!(BaseUrl::lacks_path(text), "{text}");
        }
        for text in [
            "https://openrouter.ai/api/v1/",
            "http://localhost:8080",
            "nonsense",
        ] {
            assert!(!BaseUrl::lacks_path(text), "{text}");
        }
    }

    #[test]
    fn another_host_keeps_its_path_and_stays_open_without_one() {
        let kept = BaseUrl::parse("https://llm.example.com/proxy/v1/chat/completions").unwrap();
        assert_eq!(kept.to_string(), "https://llm.example.com/proxy/v1");
        assert!(kept.settled().is_some());
        let open = BaseUrl::parse("http://localhost:11434/").unwrap();
        assert_eq!(open.to_string(), "http://localhost:11434");
        assert_eq!(open.settled(), None);
        assert_eq!(
            open.under("/v1").settled().unwrap().as_str(),
            "http://localhost:11434/v1"
        );
    }

    #[test]
    fn plain_http_goes_to_this_machine_only() {
        for text in [
            "http://127.0.0.1:8080",
            "http://127.8.9.10/v1",
            "http://[::1]:8080/v1",
            "http://localhost/v1",
        ] {
            assert!(BaseUrl::parse(text).unwrap().is_loopback(), "{text}");
        }
        for text in [
            "http://openrouter.ai/api/v1",
            "http://192.168.1.5:8080/v1",
            "http://localhost.example.com",
            "http://127.0.0.1.example.com",
            "http://0.0.0.0:8080",
        ] {
            assert_eq!(refused(text).1, BadUrl::PlainHttp, "{text}");
        }
        assert!(!BaseUrl::parse("https://example.com").unwrap().is_loopback());
    }

    #[test]
    fn a_neighbouring_name_is_not_openrouter() {
        for text in [
            "https://notopenrouter.ai",
            "https://openrouter.ai.example.com",
            "https://openrouter.air",
        ] {
            assert!(!BaseUrl::parse(text).unwrap().is_openrouter(), "{text}");
        }
    }

    #[test]
    fn what_is_no_base_url_is_refused_with_a_reason() {
        for text in ["", "openrouter.ai", "localhost:8080", "https://", "://x"] {
            assert_eq!(refused(text).1, BadUrl::NotAUrl, "{text}");
        }
        assert_eq!(refused("ftp://openrouter.ai").1, BadUrl::Scheme);
        assert_eq!(refused("file:///etc").1, BadUrl::Scheme);
    }

    #[test]
    fn credentials_inside_are_refused_and_never_repeated() {
        for text in [
            "https://me:hunter2@example.com/v1?token=hunter2",
            "https://hunter2@example.com/v1",
            "ftp://me:hunter2@example.com/v1#hunter2",
            "https://a@b:hunter2@example.com/v1",
        ] {
            let (url, _) = refused(text);
            assert!(!url.contains("hunter2"), "{url}");
            assert!(url.ends_with("://•••@example.com/v1"), "{url}");
        }
    }
}
