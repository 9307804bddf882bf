//! No answer at all: what the network said.

use super::words::{self, Rule};
use crate::diagnosis::catalogue::{answer, network, secure};
use crate::diagnosis::trouble::Trouble;
use crate::domain::symptom::NetworkTrouble;

/// The row.
pub(super) fn judge(trouble: NetworkTrouble, has_proxy: bool, detail: &str) -> &'static Trouble {
    match trouble {
        NetworkTrouble::Dns => &network::DNS,
        NetworkTrouble::ConnectRefused => &network::REFUSED,
        NetworkTrouble::ConnectTimeout => &network::CONNECT_TIMEOUT,
        NetworkTrouble::HandshakeTimeout => &network::HANDSHAKE_SILENT,
        NetworkTrouble::Certificate => {
            let usual = if has_proxy {
                &secure::INTERCEPTED
            } else {
                &secure::UNTRUSTED
            };
            words::pick(detail, CERTIFICATES).unwrap_or(usual)
        }
        NetworkTrouble::Tls => &secure::TLS,
        NetworkTrouble::ProxyUnreachable => &network::PROXY_UNREACHABLE,
        NetworkTrouble::ProxySilent => &network::PROXY_SILENT,
        NetworkTrouble::Proxy => words::pick(detail, PROXIES).unwrap_or(&network::PROXY_FAILED),
        NetworkTrouble::ProxyAuth => &network::PROXY_AUTH,
        NetworkTrouble::FirstByteTimeout => &network::FIRST_BYTE,
        NetworkTrouble::IdleTimeout => &answer::STREAM_IDLE,
        NetworkTrouble::Reset => &network::RESET,
        NetworkTrouble::NotHttp => &network::NOT_HTTP,
        NetworkTrouble::Other => &network::OTHER,
    }
}

/// Source: the words of rustls, and of OpenSSL where a proxy passes them on; the names that filters and
/// virus scanners give their own authorities.
const CERTIFICATES: &[Rule] = &[
    (&["not valid yet"], &secure::CLOCK),
    (&["notvalidyet"], &secure::CLOCK),
    (&["not yet valid"], &secure::CLOCK),
    (&["not valid for name"], &secure::WRONG_NAME),
    (&["notvalidforname"], &secure::WRONG_NAME),
    (&["name mismatch"], &secure::WRONG_NAME),
    (&["expired"], &secure::EXPIRED),
    (&["issued by", "zscaler"], &secure::INTERCEPTED),
    (&["issued by", "netskope"], &secure::INTERCEPTED),
    (&["issued by", "fortinet"], &secure::INTERCEPTED),
    (&["issued by", "fortigate"], &secure::INTERCEPTED),
    (&["issued by", "palo alto"], &secure::INTERCEPTED),
    (&["issued by", "umbrella"], &secure::INTERCEPTED),
    (&["issued by", "bluecoat"], &secure::INTERCEPTED),
    (&["issued by", "blue coat"], &secure::INTERCEPTED),
    (&["issued by", "forcepoint"], &secure::INTERCEPTED),
    (&["issued by", "sophos"], &secure::INTERCEPTED),
    (&["issued by", "check point"], &secure::INTERCEPTED),
    (&["issued by", "skyhigh"], &secure::INTERCEPTED),
    (&["issued by", "sangfor"], &secure::INTERCEPTED),
    (&["issued by", "kaspersky"], &secure::INTERCEPTED),
    (&["issued by", "eset ssl"], &secure::INTERCEPTED),
    (&["issued by", "avast"], &secure::INTERCEPTED),
    (&["issued by", "avg web"], &secure::INTERCEPTED),
    (&["issued by", "bitdefender"], &secure::INTERCEPTED),
    (&["issued by", "adguard"], &secure::INTERCEPTED),
    (&["issued by", "mitmproxy"], &secure::INTERCEPTED),
    (&["issued by", "portswigger"], &secure::INTERCEPTED),
    (&["issued by", "charles proxy"], &secure::INTERCEPTED),
    (&["issued by", "fiddler"], &secure::INTERCEPTED),
    (&["issued by", "squid"], &secure::INTERCEPTED),
    (&["issued by", "proxy"], &secure::INTERCEPTED),
    (&["issued by", "firewall"], &secure::INTERCEPTED),
];

const PROXIES: &[Rule] = &[
    (&["407"], &network::PROXY_AUTH),
    (&["authentication required"], &network::PROXY_AUTH),
    (&["authentication"], &network::PROXY_AUTH),
    (&["acceptable"], &network::PROXY_AUTH),
    (&["credentials"], &network::PROXY_AUTH),
];
