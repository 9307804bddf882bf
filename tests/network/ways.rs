//! The way to the server: names, certificates, proxies. They depend on the environment, so the
//! client runs in a process of its own, with an environment of its own.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpListener;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::time::Duration;

use onramp::openrouter::Timeouts;
use rcgen::{
    BasicConstraints, CertificateParams, CertifiedIssuer, DnType, IsCa, KeyPair, date_time_ymd,
};
use rustls::pki_types::PrivateKeyDer;
use rustls::{ServerConfig, ServerConnection, StreamOwned};

use crate::{client_at, test_key};

pub(crate) const ANSWER: &[u8] = b"HTTP/1.1 200 OK\r\ncontent-length: 23\r\nconnection: close\r\n\r\n{\"data\":{\"label\":\"it\"}}";
const BASE: &str = "ONRAMP_TEST_BASE";

/// What the client below says in its own process.
#[test]
#[ignore = "the other tests here run it in a process of its own"]
fn the_key_is_asked_for() {
    #[expect(
        clippy::disallowed_methods,
        reason = "how a test tells its child where to ask"
    )]
    let base = std::env::var(BASE).unwrap();
    let timeouts = Timeouts {
        connect: Duration::from_secs(3),
        ..Timeouts::default()
    };
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let seen = runtime.block_on(async { client_at(&base, timeouts).key().await });
    println!("seen: {seen:?}");
}

/// Runs the client above at this address, and gives back what it says.
pub(crate) fn ask(base: &str, environment: &[(&str, &str)]) -> String {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command
        .args([
            "--ignored",
            "--exact",
            "ways::the_key_is_asked_for",
            "--nocapture",
        ])
        .env(BASE, base);
    for name in ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"] {
        command.env_remove(name).env_remove(name.to_lowercase());
    }
    let output = command.envs(environment.iter().copied()).output().unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    let seen = said.lines().find_map(|line| line.strip_prefix("seen: "));
    let seen = seen.unwrap_or_else(|| panic!("{said}")).to_owned();
    assert!(!seen.contains(test_key().expose()), "{seen}");
    seen
}

/// A server on its own thread, which does this to every connection; its port.
pub(crate) fn serve(mut act: impl FnMut(std::net::TcpStream) + Send + 'static) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    std::thread::spawn(move || listener.incoming().flatten().for_each(&mut act));
    port
}

/// Reads a request and sends these bytes.
pub(crate) fn reply(mut stream: impl Read + Write, bytes: &[u8]) {
    let mut lines = BufReader::new(&mut stream).lines();
    while lines
        .next()
        .is_some_and(|line| line.is_ok_and(|line| !line.is_empty()))
    {}
    let _ = stream.write_all(bytes).and_then(|()| stream.flush());
}

pub(crate) fn refusing_port() -> u16 {
    TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap()
        .port()
}

pub(crate) fn authority(name: &str) -> CertifiedIssuer<'static, KeyPair> {
    let mut params = CertificateParams::default();
    params.distinguished_name.push(DnType::CommonName, name);
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap()
}

/// An encrypted server with a certificate for `name` until `year`, by this authority.
pub(crate) fn tls_server(authority: &CertifiedIssuer<'_, KeyPair>, name: &str, year: i32) -> u16 {
    let mut params = CertificateParams::new(vec![name.to_owned()]).unwrap();
    params.not_after = date_time_ymd(year, 1, 1);
    let key = KeyPair::generate().unwrap();
    let certificate = params.signed_by(&key, authority).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(
            vec![certificate.der().clone()],
            PrivateKeyDer::Pkcs8(key.serialize_der().into()),
        )
        .unwrap();
    let config = Arc::new(config);
    serve(move |stream| {
        let connection = ServerConnection::new(Arc::clone(&config)).unwrap();
        let mut stream = StreamOwned::new(connection, stream);
        reply(&mut stream, ANSWER);
        stream.conn.send_close_notify();
        let _ = stream.flush();
    })
}

#[test]
fn a_certificate_is_told_from_a_broken_encryption_and_its_fault_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let known = authority("known");
    let roots = folder.path().join("roots.pem");
    write(&roots, &known.pem());
    let trusting = [("SSL_CERT_FILE", roots.to_str().unwrap())];
    let at = |port: u16| format!("https://localhost:{port}/v1");

    let fine = ask(&at(tls_server(&known, "localhost", 2100)), &trusting);
    assert!(
        fine.starts_with("Ok(KeyFacts { label: CleanText(\"it\")"),
        "{fine}"
    );
    for (port, fault) in [
        (
            tls_server(&authority("unknown"), "localhost", 2100),
            "UnknownIssuer",
        ),
        (tls_server(&known, "localhost", 2020), "expired"),
        (
            tls_server(&known, "elsewhere.example.com", 2100),
            "not valid for name",
        ),
    ] {
        let seen = ask(&at(port), &trusting);
        assert!(seen.contains("trouble: Certificate"), "{seen}");
        assert!(seen.contains(fault), "{fault}: {seen}");
    }
    let plain = ask(&at(serve(|stream| reply(stream, ANSWER))), &trusting);
    assert!(plain.contains("trouble: Tls"), "{plain}");
}

/// On Linux the system's store is what these two variables name, else the system's own files, by one and the same
/// code: what stands there is trusted without a word to this program, and nothing beside it.
#[test]
fn what_the_systems_store_holds_is_trusted_and_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let known = authority("the system's");
    // A folder of certificates names them by hashes.
    let hashed = folder.path().join("5ed36f99.0");
    write(&hashed, &known.pem());
    let ours = format!(
        "https://localhost:{}/v1",
        tls_server(&known, "localhost", 2100)
    );
    let stranger = authority("nobody's");
    let theirs = tls_server(&stranger, "localhost", 2100);
    let theirs = format!("https://localhost:{theirs}/v1");
    for store in [
        ("SSL_CERT_FILE", hashed.to_str().unwrap()),
        ("SSL_CERT_DIR", folder.path().to_str().unwrap()),
    ] {
        let seen = ask(&ours, &[store]);
        assert!(seen.starts_with("Ok("), "{store:?}: {seen}");
        let seen = ask(&theirs, &[store]);
        assert!(seen.contains("UnknownIssuer"), "{store:?}: {seen}");
    }
    // Without them the same authority is nobody: the system's own files count.
    let seen = ask(&ours, &[]);
    assert!(seen.contains("UnknownIssuer"), "{seen}");
}

#[test]
fn a_system_without_certificates_trusts_what_browsers_trust() {
    let folder = tempfile::tempdir().unwrap();
    let none = folder.path().join("none.pem");
    write(&none, "");
    let port = tls_server(&authority("unknown"), "localhost", 2100);
    let seen = ask(
        &format!("https://localhost:{port}/v1"),
        &[
            ("SSL_CERT_FILE", none.to_str().unwrap()),
            ("SSL_CERT_DIR", folder.path().to_str().unwrap()),
        ],
    );
    assert!(seen.contains("trouble: Certificate"), "{seen}");
    assert!(seen.contains("UnknownIssuer"), "{seen}");
}

#[test]
fn a_name_that_does_not_exist_is_told() {
    let seen = ask("https://nowhere.invalid/v1", &[]);
    assert!(
        seen.contains("trouble: Dns, host: CleanText(\"nowhere.invalid\")"),
        "{seen}"
    );
}

#[expect(
    clippy::disallowed_methods,
    reason = "the one door to files in these tests"
)]
pub(crate) fn write(path: &Path, text: &str) {
    std::fs::write(path, text).unwrap();
}
