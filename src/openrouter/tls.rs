//! Whose certificates are trusted; and of one that is not, who issued it: behind a company's filter
//! that name says more than "unknown issuer".

use std::error::Error;
use std::fmt;
use std::sync::Arc;

use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::client::{Resumption, WebPkiServerVerifier};
use rustls::crypto::CryptoProvider;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{
    CertificateError, ClientConfig, DigitallySignedStruct, OtherError, RootCertStore,
    SignatureScheme,
};

use super::greeting::{Greeting, TellsGreetings};
use super::network::Trusted;

/// TLS as this program speaks it: the system's certificates, and these beside them. What is seen of a
/// greeting is told to `greeting`.
pub(super) fn config(
    trusted: &Trusted,
    greeting: &Arc<Greeting>,
) -> Result<ClientConfig, rustls::Error> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let verifier = NamesIssuer {
        inner: verifier(trusted, &provider)?,
        greeting: Arc::clone(greeting),
    };
    let mut config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(verifier))
        .with_no_client_auth();
    config.resumption = Resumption::store(Arc::new(TellsGreetings::to(greeting)));
    config.alpn_protocols = vec!["http/1.1".into()];
    Ok(config)
}

/// The system's own judgement; without a certificate store, the roots that browsers agree on.
fn verifier(
    trusted: &Trusted,
    provider: &Arc<CryptoProvider>,
) -> Result<Arc<dyn ServerCertVerifier>, rustls::Error> {
    let extra = trusted.certificates();
    let system = rustls_platform_verifier::Verifier::new_with_extra_roots(
        extra.iter().cloned(),
        Arc::clone(provider),
    );
    if let Ok(system) = system {
        return Ok(Arc::new(system));
    }
    let mut roots = RootCertStore::empty();
    roots.add_parsable_certificates(
        webpki_root_certs::TLS_SERVER_ROOT_CERTS
            .iter()
            .cloned()
            .chain(extra.iter().cloned()),
    );
    let built =
        WebPkiServerVerifier::builder_with_provider(Arc::new(roots), Arc::clone(provider)).build();
    match built {
        Ok(verifier) => Ok(verifier),
        Err(error) => Err(rustls::Error::General(error.to_string())),
    }
}

/// Judges as another does, and names the issuer: of what is turned away in the error, of what is accepted to
/// the greeting.
#[derive(Debug)]
struct NamesIssuer {
    inner: Arc<dyn ServerCertVerifier>,
    greeting: Arc<Greeting>,
}

impl ServerCertVerifier for NamesIssuer {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        self.inner
            .verify_server_cert(end_entity, intermediates, server_name, ocsp_response, now)
            .inspect(|_| self.greeting.accepted(server_name, issuer(end_entity)))
            .map_err(|error| match (error, issuer(end_entity)) {
                (rustls::Error::InvalidCertificate(cause), Some(issuer)) => {
                    let named = Rejected { cause, issuer };
                    let named = CertificateError::Other(OtherError(Arc::new(named)));
                    rustls::Error::InvalidCertificate(named)
                }
                (error, _) => error,
            })
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        self.inner.verify_tls12_signature(message, cert, dss)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        self.inner.verify_tls13_signature(message, cert, dss)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.inner.supported_verify_schemes()
    }
}

/// A certificate that was turned away, and who issued it.
#[derive(Debug)]
struct Rejected {
    cause: CertificateError,
    issuer: String,
}

impl fmt::Display for Rejected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.cause {
            CertificateError::Other(OtherError(cause)) => write!(f, "{cause}")?,
            cause => write!(f, "{cause}")?,
        }
        write!(f, "; issued by {}", self.issuer)
    }
}

impl Error for Rejected {}

/// The names of a certificate's issuer, in the order in which they stand in it.
fn issuer(certificate: &CertificateDer<'_>) -> Option<String> {
    let parsed = webpki::EndEntityCert::try_from(certificate).ok()?;
    let mut names = Vec::new();
    texts(parsed.issuer(), NAME_DEPTH, &mut names);
    // A country's two letters name nobody.
    names.retain(|name| name.chars().count() > 2);
    names.dedup();
    (!names.is_empty()).then(|| names.join(", "))
}

/// How deep a name is: a sequence of sets of pairs.
const NAME_DEPTH: usize = 4;

/// The texts in DER, in their order: of a name only these matter here. What is not well formed, or
/// deeper than a name, is left out.
fn texts(der: &[u8], depth: usize, found: &mut Vec<String>) {
    const UTF8: u8 = 0x0c;
    const PRINTABLE: u8 = 0x13;
    const TELETEX: u8 = 0x14;
    const IA5: u8 = 0x16;
    const SEQUENCE: u8 = 0x30;
    const SET: u8 = 0x31;
    let mut rest = der;
    while let Some((tag, content, after)) = element(rest) {
        rest = after;
        match tag {
            SEQUENCE | SET if depth > 0 => texts(content, depth - 1, found),
            UTF8 | PRINTABLE | TELETEX | IA5 => {
                found.push(String::from_utf8_lossy(content).into_owned());
            }
            _ => {}
        }
    }
}

/// The first element of DER: its tag, its content, and what follows it.
fn element(der: &[u8]) -> Option<(u8, &[u8], &[u8])> {
    let (&tag, rest) = der.split_first()?;
    let (&first, rest) = rest.split_first()?;
    let (length, rest) = match first {
        ..=0x7f => (usize::from(first), rest),
        0x81 => {
            let (&length, rest) = rest.split_first()?;
            (usize::from(length), rest)
        }
        0x82 => {
            let (length, rest) = rest.split_first_chunk::<2>()?;
            (usize::from(u16::from_be_bytes(*length)), rest)
        }
        // No name is as long as that.
        _ => return None,
    };
    let (content, after) = rest.split_at_checked(length)?;
    Some((tag, content, after))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rcgen::{BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair};

    use super::*;

    fn issued_by(organisation: &str, name: &str) -> CertificateDer<'static> {
        let mut authority = CertificateParams::default();
        authority.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        authority.distinguished_name.push(DnType::CountryName, "US");
        authority
            .distinguished_name
            .push(DnType::OrganizationName, organisation);
        authority.distinguished_name.push(DnType::CommonName, name);
        let issuer = Issuer::new(authority, KeyPair::generate().unwrap());
        let own = KeyPair::generate().unwrap();
        let params = CertificateParams::new(vec!["openrouter.ai".to_owned()]).unwrap();
        params.signed_by(&own, &issuer).unwrap().der().clone()
    }

    #[test]
    fn the_issuer_is_named_by_organisation_and_name() {
        let certificate = issued_by("Zscaler Inc.", "Zscaler Root CA");
        let named = issuer(&certificate).unwrap();
        assert_eq!(named, "Zscaler Root CA, Zscaler Inc.");
        let certificate = issued_by("某公司", "某公司");
        assert_eq!(issuer(&certificate).unwrap(), "某公司");
    }

    #[test]
    fn what_is_no_certificate_names_nobody() {
        assert_eq!(issuer(&CertificateDer::from(vec![])), None);
        assert_eq!(issuer(&CertificateDer::from(b"hello".to_vec())), None);
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_without_a_panic(bytes in any::<Vec<u8>>()) {
            texts(&bytes, NAME_DEPTH, &mut Vec::new());
        }

        #[test]
        fn a_certificate_with_a_wrong_byte_is_read_without_a_panic(at in 0usize..400, byte in any::<u8>()) {
            let mut bytes = issued_by("Example", "Example Root").to_vec();
            let place = at % bytes.len();
            bytes[place] = byte;
            issuer(&CertificateDer::from(bytes));
        }
    }
}
