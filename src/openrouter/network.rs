//! How requests travel: how long each thing may take, and whom to trust beside the system.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;

use crate::domain::ignored_setting::IgnoredSetting;

/// How requests travel.
#[derive(Clone, Debug, Default)]
pub struct Network {
    /// How long to wait for what.
    pub timeouts: Timeouts,
    /// Certificates that are trusted beside those of the system.
    pub trusted: Trusted,
    /// Where the host is, in place of what its name says; empty: the name is looked up. The ports count
    /// in a test of the way only.
    pub addresses: Vec<SocketAddr>,
    /// Variables that were to say how requests travel, and cannot be used.
    pub ignored: Arc<[IgnoredSetting]>,
}

impl From<Timeouts> for Network {
    fn from(timeouts: Timeouts) -> Self {
        Self {
            timeouts,
            ..Self::default()
        }
    }
}

/// How long to wait for what.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Timeouts {
    /// For a connection, name look-up and encryption included.
    pub connect: Duration,
    /// Then for the first byte of the answer, and again for the first byte of its body. Five times
    /// as long for a completion that is not streamed: it is written whole before it is sent.
    pub first_byte: Duration,
    /// Then for something more: an event of a stream, or some hundred bytes. A body that is not a
    /// stream may take five times as long as a whole.
    pub idle: Duration,
}

impl Default for Timeouts {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(10),
            first_byte: Duration::from_mins(1),
            idle: Duration::from_mins(1),
        }
    }
}

impl Timeouts {
    /// No silence longer than this, and no longer than usual for a connection.
    pub fn within(silence: Duration) -> Self {
        Self {
            connect: silence.min(Self::default().connect),
            first_byte: silence,
            idle: silence,
        }
    }
}

/// Certificates of authorities that are trusted beside those of the system. Cheap to clone.
#[derive(Clone, Default)]
pub struct Trusted(Arc<[CertificateDer<'static>]>);

impl Trusted {
    /// The certificates in a PEM file; `None` when it holds none, or one that cannot be read.
    pub fn from_pem(pem: &[u8]) -> Option<Self> {
        let certificates: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(pem).collect();
        let certificates = certificates.ok().filter(|found| !found.is_empty())?;
        Some(Self(certificates.into()))
    }

    /// Whether a PEM file holds any certificate.
    pub fn is_any_in(pem: &[u8]) -> bool {
        CertificateDer::pem_slice_iter(pem).any(|certificate| certificate.is_ok())
    }

    pub(super) fn certificates(&self) -> &[CertificateDer<'static>] {
        &self.0
    }
}

impl std::fmt::Debug for Trusted {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} certificates", self.0.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_without_a_certificate_is_none() {
        assert!(Trusted::from_pem(b"").is_none());
        assert!(Trusted::from_pem(b"hello\n").is_none());
        let cut = b"-----BEGIN CERTIFICATE-----\nAAAA\n";
        assert!(Trusted::from_pem(cut).is_none());
    }

    #[test]
    fn a_connection_is_never_waited_for_longer_than_usual() {
        let within = |secs| Timeouts::within(Duration::from_secs(secs));
        assert_eq!(within(3).connect, Duration::from_secs(3));
        assert_eq!(within(300).connect, Timeouts::default().connect);
        assert_eq!(within(300).idle, Duration::from_mins(5));
    }
}
