//! A gate before a server: most requests pass, some get another answer.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;

use serde_json::Value;

/// What becomes of a request.
#[derive(Clone, Copy)]
pub enum Says {
    /// The server answers.
    AsItIs,
    /// The gate answers with this status; the server hears nothing of it.
    Itself(u16),
    /// The server hears it, and its answer is lost.
    NothingBack,
}

/// A gate that listens on this machine until the test ends.
pub struct Gate;

impl Gate {
    /// The base URL of a gate before that of a server. The rule is given the first line and the body.
    pub fn before(
        base_url: &str,
        rule: impl Fn(&str, &str) -> Says + Send + Sync + 'static,
    ) -> String {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
        let port = listener.local_addr().expect("it listens").port();
        let server = host(base_url).to_owned();
        let rule = Arc::new(rule);
        std::thread::spawn(move || {
            for caller in listener.incoming().flatten() {
                let (server, rule) = (server.clone(), Arc::clone(&rule));
                std::thread::spawn(move || pass(caller, &server, &*rule));
            }
        });
        format!("http://127.0.0.1:{port}/api/v1")
    }
}

fn host(base_url: &str) -> &str {
    let rest = base_url.trim_start_matches("http://");
    rest.split('/').next().expect("it names a host")
}

fn pass(mut caller: TcpStream, server: &str, rule: &dyn Fn(&str, &str) -> Says) -> Option<()> {
    let (head, body) = message(&mut BufReader::new(caller.try_clone().ok()?))?;
    let first = head.lines().next().unwrap_or_default();
    let answer = match rule(first, &body) {
        Says::Itself(status) => refusal(status),
        says => {
            let answer = forwarded(server, &head, &body)?;
            if matches!(says, Says::NothingBack) {
                return None;
            }
            answer
        }
    };
    caller.write_all(&answer).ok()
}

/// The head of a message without its last line, and its body.
fn message(input: &mut impl BufRead) -> Option<(String, String)> {
    let mut head = String::new();
    loop {
        let mut line = String::new();
        if input.read_line(&mut line).ok()? == 0 {
            return None;
        }
        if line.trim().is_empty() {
            break;
        }
        head.push_str(&line);
    }
    let length = head.lines().find_map(|line| {
        let (name, value) = line.split_once(':')?;
        let is_length = name.eq_ignore_ascii_case("content-length");
        is_length.then(|| value.trim().parse().ok())?
    });
    let mut body = vec![0; length.unwrap_or(0)];
    input.read_exact(&mut body).ok()?;
    Some((head, String::from_utf8(body).ok()?))
}

fn forwarded(server: &str, head: &str, body: &str) -> Option<Vec<u8>> {
    let mut stream = TcpStream::connect(server).ok()?;
    let lines = head.lines().filter(|line| {
        let line = line.to_ascii_lowercase();
        !line.starts_with("connection:") && !line.starts_with("host:")
    });
    let head = lines.collect::<Vec<_>>().join("\r\n");
    let request = format!("{head}\r\nhost: {server}\r\nconnection: close\r\n\r\n{body}");
    stream.write_all(request.as_bytes()).ok()?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).ok()?;
    Some(answer)
}

fn refusal(status: u16) -> Vec<u8> {
    let body = format!(r#"{{"error":{{"code":{status},"message":"not now"}}}}"#);
    let length = body.len();
    format!(
        "HTTP/1.1 {status} No\r\ncontent-type: application/json\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{body}"
    )
    .into_bytes()
}

/// Asks a server without any of the program's own code: the status and the JSON.
pub fn ask(base_url: &str, method: &str, path: &str, key: &str, body: &str) -> (u16, Value) {
    let length = body.len();
    let head = format!(
        "{method} /api/v1{path} HTTP/1.1\r\nauthorization: Bearer {key}\r\ncontent-type: application/json\r\ncontent-length: {length}"
    );
    let answer = forwarded(host(base_url), &head, body).expect("it answers");
    let answer = String::from_utf8(answer).expect("text");
    let status = answer.split(' ').nth(1).and_then(|word| word.parse().ok());
    let from = answer.find('{').unwrap_or(answer.len());
    let until = answer.rfind('}').map_or(from, |at| at + 1);
    let json = answer.get(from..until).unwrap_or_default();
    (
        status.expect("a status"),
        serde_json::from_str(json).unwrap_or_default(),
    )
}
