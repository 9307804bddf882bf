//! No answer at all: what the network said.

use super::words::{self, Rule};
use crate::diagnosis::catalogue::{answer, network, secure};
use crate::diagnosis::trouble::Trouble;
use crate::domain::symptom::NetworkTrouble;

/// The row.
pub(super) fn judge(trouble: NetworkTrouble, has_proxy: bool, detail: &str) -> &'static Trouble {
    match trouble {
        // With a proxy in use it is the proxy that is looked up and connected to.
        NetworkTrouble::Dns | NetworkTrouble::ConnectRefused | NetworkTrouble::ConnectTimeout
            if has_proxy =>
        {
            &network::PROXY_UNREACHABLE
        }
        NetworkTrouble::Dns => &network::DNS,
        NetworkTrouble::ConnectRefused => &network::REFUSED,
        NetworkTrouble::ConnectTimeout => &network::CONNECT_TIMEOUT,
        NetworkTrouble::Certificate => {
            words::pick(detail, CERTIFICATES).unwrap_or(&secure::UNTRUSTED)
        }
        NetworkTrouble::Tls => &secure::TLS,
        NetworkTrouble::Proxy => words::pick(detail, PROXIES).unwrap_or(&network::PROXY_FAILED),
        NetworkTrouble::ProxyAuth => &network::PROXY_AUTH,
        NetworkTrouble::FirstByteTimeout => &network::FIRST_BYTE,
        NetworkTrouble::IdleTimeout => &answer::STREAM_IDLE,
        NetworkTrouble::Reset => &network::RESET,
        NetworkTrouble::Other => &network::OTHER,
    }
}

/// Source: the words of rustls, and of OpenSSL where a proxy passes them on.
const CERTIFICATES: &[Rule] = &[
    (&["not valid yet"], &secure::CLOCK),
    (&["notvalidyet"], &secure::CLOCK),
    (&["not yet valid"], &secure::CLOCK),
    (&["not valid for name"], &secure::WRONG_NAME),
    (&["notvalidforname"], &secure::WRONG_NAME),
    (&["name mismatch"], &secure::WRONG_NAME),
    (&["expired"], &secure::EXPIRED),
];

const PROXIES: &[Rule] = &[
    (&["407"], &network::PROXY_AUTH),
    (&["authentication required"], &network::PROXY_AUTH),
    (&["refused"], &network::PROXY_UNREACHABLE),
    (&["dns"], &network::PROXY_UNREACHABLE),
    (&["lookup"], &network::PROXY_UNREACHABLE),
    (&["timed out"], &network::PROXY_UNREACHABLE),
];
