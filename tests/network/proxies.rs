//! Proxies: taken as the environment says, named in what goes wrong, their passwords never.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::sync::mpsc::{Receiver, channel};

use crate::verdicts;
use crate::ways::{ANSWER, ask, authority, refusing_port, reply, serve, tls_server, write};

/// A host that is reached by no other way.
const FAR: &str = "https://gateway.example.com/v1";

#[test]
fn a_proxy_is_named_without_its_password() {
    let refused = refusing_port();
    let wants_name = serve(|stream| {
        reply(
            stream,
            b"HTTP/1.1 407 Proxy Authentication Required\r\ncontent-length: 0\r\n\r\n",
        );
    });
    let fails = serve(|stream| reply(stream, b"HTTP/1.1 502 Bad Gateway\r\n\r\n"));
    let mut held = Vec::new();
    let mute = serve(move |stream| held.push(stream));
    for (port, trouble) in [
        (refused, "ProxyUnreachable"),
        (wants_name, "ProxyAuth"),
        (fails, "Proxy"),
        (mute, "ProxySilent"),
    ] {
        let proxy = format!("http://me:hunter2@127.0.0.1:{port}");
        let seen = ask(FAR, &[("HTTPS_PROXY", &proxy)]);
        assert!(
            seen.contains(&format!("trouble: {trouble},")),
            "{trouble}: {seen}"
        );
        let named = format!("proxy: Some(CleanText(\"http://127.0.0.1:{port}\"))");
        assert!(seen.contains(&named), "{seen}");
        assert!(!seen.contains("hunter2"), "{seen}");
    }
    let socks = format!("socks5h://me:hunter2@127.0.0.1:{refused}");
    let seen = ask(FAR, &[("ALL_PROXY", &socks)]);
    assert!(
        seen.contains("trouble: ProxyUnreachable,") && !seen.contains("hunter2"),
        "{seen}"
    );
}

/// A SOCKS5 proxy that takes nobody: the answers to the greeting, and to a name and a password.
fn refusing_socks(greeting: &'static [u8], word: &'static [u8]) -> u16 {
    serve(move |mut stream| {
        counted(&mut stream, 1);
        stream.write_all(greeting).unwrap();
        if !word.is_empty() {
            counted(&mut stream, 1);
            counted(&mut stream, 0);
            stream.write_all(word).unwrap();
        }
        // It waits for the other end to go.
        let _ = stream.read(&mut [0]);
    })
}

#[test]
fn a_socks_proxy_that_takes_no_name_says_so_like_any_other() {
    let wrong = refusing_socks(&[5, 2], &[1, 1]);
    let proxy = format!("socks5h://me:hunter2@127.0.0.1:{wrong}");
    let told = verdicts::ask(FAR, &[("ALL_PROXY", &proxy)]);
    assert_eq!(told, (Some(7), "proxy-auth".to_owned()));
    let nameless = refusing_socks(&[5, 0xff], &[]);
    let proxy = format!("socks5h://127.0.0.1:{nameless}");
    let told = verdicts::ask(FAR, &[("ALL_PROXY", &proxy)]);
    assert_eq!(told, (Some(7), "proxy-auth".to_owned()));
}

#[test]
fn no_proxy_stands_between_this_machine_and_itself() {
    let server = serve(|stream| reply(stream, ANSWER));
    let proxy = format!("http://127.0.0.1:{}", refusing_port());
    let all = ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"].map(|name| (name, proxy.as_str()));
    let seen = ask(&format!("http://127.0.0.1:{server}/v1"), &all);
    assert!(seen.starts_with("Ok("), "{seen}");
}

/// An encrypted server as `gateway.example.com`, and the file of the authority that vouches for it.
pub(crate) fn far_server(folder: &tempfile::TempDir) -> (u16, String) {
    let known = authority("known");
    let roots = folder.path().join("roots.pem");
    write(&roots, &known.pem());
    let port = tls_server(&known, "gateway.example.com", 2100);
    (port, roots.to_str().unwrap().to_owned())
}

/// Passes bytes on between the two until one of them hangs up.
fn pass_on(client: TcpStream, target: u16) {
    let server = TcpStream::connect(("127.0.0.1", target)).unwrap();
    let (mut from, mut to) = (client.try_clone().unwrap(), server.try_clone().unwrap());
    std::thread::spawn(move || {
        let _ = std::io::copy(&mut from, &mut to);
    });
    let (mut from, mut to) = (server, client);
    std::thread::spawn(move || {
        let _ = std::io::copy(&mut from, &mut to);
    });
}

/// A proxy that opens tunnels to `target`, whatever host is asked for, and tells each request for one.
pub(crate) fn http_proxy(target: u16) -> (u16, Receiver<String>) {
    let (tell, told) = channel();
    let port = serve(move |mut stream| {
        let head = head(&mut stream);
        if head.is_empty() {
            return;
        }
        tell.send(head).unwrap();
        stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n").unwrap();
        pass_on(stream, target);
    });
    (port, told)
}

/// A SOCKS5 proxy to `target`, which wants a name and a password; it tells the host that was asked for.
/// Source: RFC 1928 and RFC 1929.
fn socks_proxy(target: u16) -> (u16, Receiver<String>) {
    let (tell, told) = channel();
    let port = serve(move |mut stream| {
        let methods = counted(&mut stream, 1);
        assert!(methods.contains(&2), "a name and a password are offered");
        stream.write_all(&[5, 2]).unwrap();
        let name = counted(&mut stream, 1);
        let password = counted(&mut stream, 0);
        assert_eq!((&name[..], &password[..]), (&b"me"[..], &b"hunter2"[..]));
        stream.write_all(&[1, 0]).unwrap();
        // A command, a reserved byte, the kind of address: a name.
        let mut command = [0; 4];
        stream.read_exact(&mut command).unwrap();
        assert_eq!(command, [5, 1, 0, 3]);
        let host = counted(&mut stream, 0);
        stream.read_exact(&mut [0; 2]).unwrap();
        stream.write_all(&[5, 0, 0, 1, 0, 0, 0, 0, 0, 0]).unwrap();
        tell.send(String::from_utf8(host).unwrap()).unwrap();
        pass_on(stream, target);
    });
    (port, told)
}

/// Bytes behind their count, which stands behind `before` other bytes.
fn counted(stream: &mut TcpStream, before: usize) -> Vec<u8> {
    let mut start = vec![0; before + 1];
    stream.read_exact(&mut start).unwrap();
    let mut bytes = vec![0; usize::from(start[before])];
    stream.read_exact(&mut bytes).unwrap();
    bytes
}

/// The head of a request, byte by byte: nothing behind it is taken. Empty where only the connection was tried.
pub(crate) fn head(stream: &mut TcpStream) -> String {
    let mut head = Vec::new();
    let mut byte = [0];
    while !head.ends_with(b"\r\n\r\n") && stream.read_exact(&mut byte).is_ok() {
        head.push(byte[0]);
    }
    String::from_utf8(head).unwrap()
}

#[test]
fn an_http_proxy_is_taken_under_each_of_its_names_with_name_and_password() {
    let folder = tempfile::tempdir().unwrap();
    let (server, roots) = far_server(&folder);
    for name in ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"] {
        let (port, told) = http_proxy(server);
        let proxy = format!("http://me:hunter2@127.0.0.1:{port}");
        let seen = ask(FAR, &[(name, &proxy), ("SSL_CERT_FILE", &roots)]);
        assert!(seen.starts_with("Ok("), "{name}: {seen}");
        let request = told.recv().unwrap();
        assert!(request.starts_with("CONNECT gateway.example.com:443"));
        let sent = request.to_lowercase();
        // base64 of me:hunter2.
        assert!(sent.contains("proxy-authorization: basic bwu6ahvudgvymg=="));
        assert!(!sent.contains("bearer"), "the key is the server's alone");
    }
}

#[test]
fn a_socks_proxy_is_taken_and_looks_the_name_up_itself() {
    let folder = tempfile::tempdir().unwrap();
    let (server, roots) = far_server(&folder);
    let (port, told) = socks_proxy(server);
    let proxy = format!("socks5h://me:hunter2@127.0.0.1:{port}");
    let seen = ask(FAR, &[("ALL_PROXY", &proxy), ("SSL_CERT_FILE", &roots)]);
    assert!(seen.starts_with("Ok("), "{seen}");
    assert_eq!(told.recv().unwrap(), "gateway.example.com");
}

#[test]
fn a_host_that_no_proxy_names_is_asked_without_one() {
    let proxy = format!("http://127.0.0.1:{}", refusing_port());
    for name in ["NO_PROXY", "no_proxy"] {
        for hosts in ["gateway.example.com", "other.example, example.com", "*"] {
            let seen = ask(FAR, &[("HTTPS_PROXY", &proxy), (name, hosts)]);
            assert!(seen.contains("trouble: Dns,"), "{hosts}: {seen}");
            assert!(seen.contains("proxy: None"), "{hosts}: {seen}");
        }
    }
}

/// `HTTP_PROXY` is for requests without encryption. Those go to this machine only, past every proxy (above): to any
/// other host nothing is sent in plain, so this variable leads nowhere, and must not pass for one that does.
#[test]
fn http_proxy_is_asked_for_nothing_since_nothing_goes_out_in_plain() {
    let (told, heard) = channel();
    let proxy = serve(move |mut stream| told.send(head(&mut stream)).unwrap());
    let proxy = format!("http://me:hunter2@127.0.0.1:{proxy}");
    for name in ["HTTP_PROXY", "http_proxy"] {
        let environment = [(name, proxy.as_str())];
        let seen = ask(FAR, &environment);
        assert!(seen.contains("trouble: Dns,"), "{seen}");
        assert!(seen.contains("proxy: None"), "{seen}");
        let plain = FAR.replace("https:", "http:");
        let expected = (Some(3), "base-url-plain-http".to_owned());
        assert_eq!(verdicts::ask(&plain, &environment), expected);
    }
    assert!(heard.try_recv().is_err(), "nobody came by");
}
