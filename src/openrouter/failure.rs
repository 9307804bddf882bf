//! What a failed connection was about, told from the chain of causes beneath an error.

use std::error::Error;
use std::io::ErrorKind;

use rustls::{CertificateError, OtherError};

use crate::domain::symptom::NetworkTrouble;

/// What is known of a failed request beside its causes.
#[derive(Clone, Copy, Debug, Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a fact of its own about one request"
)]
pub(super) struct Phase {
    /// No connection had been made.
    pub(super) is_connecting: bool,
    /// A time limit ran out.
    pub(super) is_timeout: bool,
    /// The connection was to be made by way of a proxy.
    pub(super) by_proxy: bool,
    /// The way stood, a proxy's tunnel included, and the host was greeted.
    pub(super) has_greeted: bool,
}

impl Phase {
    pub(super) fn of(error: &reqwest::Error, by_proxy: bool) -> Self {
        Self {
            is_connecting: error.is_connect(),
            is_timeout: error.is_timeout(),
            by_proxy,
            has_greeted: false,
        }
    }

    /// What was waited for in vain.
    fn silence(self) -> NetworkTrouble {
        match (self.is_connecting, self.has_greeted) {
            (true, true) => NetworkTrouble::HandshakeTimeout,
            (true, false) => NetworkTrouble::ConnectTimeout,
            (false, _) => NetworkTrouble::IdleTimeout,
        }
    }
}

/// How libraries say that the far end hung up.
const CLOSED: [&str; 5] = [
    "connection closed",
    "connection error",
    "stream error",
    "end of file",
    "unexpected EOF",
];

/// What failed.
pub(super) fn trouble_of(error: &(dyn Error + 'static), phase: Phase) -> NetworkTrouble {
    let causes: Vec<&(dyn Error + 'static)> = causes(error).collect();
    // A certificate is the far end's, whichever way led there.
    let from_tls = causes.iter().find_map(|cause| tls_trouble(*cause));
    if from_tls == Some(NetworkTrouble::Certificate) {
        return NetworkTrouble::Certificate;
    }
    let words: Vec<String> = causes.iter().map(ToString::to_string).collect();
    let says = |piece: &str| words.iter().any(|word| word.contains(piece));
    if says("proxy authorization required") {
        return NetworkTrouble::ProxyAuth;
    }
    if says("error resolving for socks proxy") {
        // With socks4:// and socks5:// the server's name is looked up here.
        return NetworkTrouble::Dns;
    }
    if phase.by_proxy && says("failed to create underlying connection") {
        return NetworkTrouble::ProxyUnreachable;
    }
    if says("tunnel error") || says("SOCKS error") {
        return NetworkTrouble::Proxy;
    }
    if let Some(tls) = from_tls {
        return tls;
    }
    if says("dns error") || says("failed to lookup address") {
        return NetworkTrouble::Dns;
    }
    if let Some(trouble) = causes
        .iter()
        .find_map(|cause| socket_trouble(*cause, phase))
    {
        return trouble;
    }
    if phase.is_timeout {
        return phase.silence();
    }
    if says("invalid HTTP") || says("message head is too large") {
        return NetworkTrouble::NotHttp;
    }
    if CLOSED.iter().any(|piece| says(piece)) {
        return NetworkTrouble::Reset;
    }
    NetworkTrouble::Other
}

/// The system's words: those of the deepest cause.
pub(super) fn words_of(error: &(dyn Error + 'static)) -> String {
    causes(error).last().unwrap_or(error).to_string()
}

/// The error and everything beneath it. An I/O error hides its cause one level deeper than others, and
/// one about a certificate does not name it as its cause at all.
fn causes<'a>(error: &'a (dyn Error + 'static)) -> impl Iterator<Item = &'a (dyn Error + 'static)> {
    std::iter::successors(Some(error), |error: &&'a (dyn Error + 'static)| {
        let error: &'a (dyn Error + 'static) = *error;
        let hidden = error
            .downcast_ref::<std::io::Error>()
            .and_then(std::io::Error::get_ref);
        match (hidden, error.downcast_ref::<rustls::Error>()) {
            (Some(inner), _) => Some(inner as &(dyn Error + 'static)),
            (
                _,
                Some(rustls::Error::InvalidCertificate(CertificateError::Other(OtherError(inner)))),
            ) => Some(&**inner),
            _ => error.source(),
        }
    })
    // No real chain is this long; a false one could be endless.
    .take(32)
}

fn tls_trouble(cause: &(dyn Error + 'static)) -> Option<NetworkTrouble> {
    use rustls::Error as Tls;
    Some(match cause.downcast_ref::<Tls>()? {
        Tls::InvalidCertificate(_) | Tls::NoCertificatesPresented => NetworkTrouble::Certificate,
        _ => NetworkTrouble::Tls,
    })
}

fn socket_trouble(cause: &(dyn Error + 'static), phase: Phase) -> Option<NetworkTrouble> {
    Some(match cause.downcast_ref::<std::io::Error>()?.kind() {
        // The only socket that is opened here then is the one to the proxy.
        ErrorKind::ConnectionRefused if phase.by_proxy => NetworkTrouble::ProxyUnreachable,
        ErrorKind::ConnectionRefused => NetworkTrouble::ConnectRefused,
        ErrorKind::ConnectionReset
        | ErrorKind::ConnectionAborted
        | ErrorKind::BrokenPipe
        | ErrorKind::NotConnected
        | ErrorKind::UnexpectedEof => NetworkTrouble::Reset,
        ErrorKind::TimedOut => phase.silence(),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use std::fmt;
    use std::io;

    use super::*;

    /// An error over another one.
    #[derive(Debug)]
    struct Over(&'static str, Option<Box<dyn Error + Send + Sync>>);

    impl fmt::Display for Over {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str(self.0)
        }
    }

    impl Error for Over {
        fn source(&self) -> Option<&(dyn Error + 'static)> {
            self.1
                .as_deref()
                .map(|inner| inner as &(dyn Error + 'static))
        }
    }

    fn over(words: &'static str, inner: impl Into<Box<dyn Error + Send + Sync>>) -> Over {
        Over(words, Some(inner.into()))
    }

    fn connecting() -> Phase {
        Phase {
            is_connecting: true,
            ..Phase::default()
        }
    }

    fn by_proxy() -> Phase {
        Phase {
            by_proxy: true,
            ..connecting()
        }
    }

    #[test]
    fn causes_are_told_apart_however_deep_they_lie() {
        let refused = || io::Error::from(ErrorKind::ConnectionRefused);
        let untrusted = || rustls::Error::InvalidCertificate(CertificateError::UnknownIssuer);
        let late = Phase {
            is_timeout: true,
            ..connecting()
        };
        for (error, phase, trouble) in [
            (
                over("tcp", refused()),
                connecting(),
                NetworkTrouble::ConnectRefused,
            ),
            (
                over("tcp", refused()),
                by_proxy(),
                NetworkTrouble::ProxyUnreachable,
            ),
            (
                over("request", over("dns error", io::Error::other("unknown"))),
                connecting(),
                NetworkTrouble::Dns,
            ),
            (
                over("request", io::Error::other(untrusted())),
                by_proxy(),
                NetworkTrouble::Certificate,
            ),
            (
                over("request", rustls::Error::DecryptError),
                connecting(),
                NetworkTrouble::Tls,
            ),
            (
                over(
                    "request",
                    over("tunnel error: proxy authorization required", "x"),
                ),
                by_proxy(),
                NetworkTrouble::ProxyAuth,
            ),
            (
                over("request", over("tunnel error: unsuccessful", "x")),
                by_proxy(),
                NetworkTrouble::Proxy,
            ),
            (over("slow", "x"), late, NetworkTrouble::ConnectTimeout),
            (
                over("slow", "x"),
                Phase {
                    has_greeted: true,
                    ..late
                },
                NetworkTrouble::HandshakeTimeout,
            ),
            // The tunnel stood: what closes then is behind the proxy, or the tunnel itself.
            (
                over(
                    "tls handshake eof",
                    io::Error::from(ErrorKind::UnexpectedEof),
                ),
                by_proxy(),
                NetworkTrouble::Reset,
            ),
            (
                over(
                    "tunnel error: failed to create underlying connection",
                    over("tcp connect error", refused()),
                ),
                by_proxy(),
                NetworkTrouble::ProxyUnreachable,
            ),
            (
                over(
                    "error resolving for socks proxy",
                    io::Error::other("failed to lookup address information"),
                ),
                by_proxy(),
                NetworkTrouble::Dns,
            ),
            (
                over("body", io::Error::from(ErrorKind::ConnectionReset)),
                Phase::default(),
                NetworkTrouble::Reset,
            ),
            (
                over("connection closed before message completed", "x"),
                Phase::default(),
                NetworkTrouble::Reset,
            ),
            (
                over("head too large", "x"),
                Phase::default(),
                NetworkTrouble::Other,
            ),
        ] {
            assert_eq!(trouble_of(&error, phase), trouble, "{error:?}");
        }
    }

    #[test]
    fn the_words_are_those_of_the_deepest_cause() {
        let error = over("a", io::Error::other(over("b", "c")));
        assert_eq!(words_of(&error), "c");
    }
}
