//! A little web server that is not OpenRouter, and that remembers what it was asked.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex, PoisonError};

use serde_json::{Value, json};

/// One request as it came.
#[derive(Clone, Debug, Default)]
pub struct Request {
    /// Method and path: `GET /v1/models`.
    pub line: String,
    /// `Authorization`, where it came.
    pub authorization: Option<String>,
    /// The body.
    pub body: String,
}

/// A listening server. Its thread ends with the tests.
pub struct Web {
    /// `http://127.0.0.1:port`.
    pub origin: String,
    asked: Arc<Mutex<Vec<Request>>>,
}

/// What a server asks of itself to learn that everything before was served.
const PROBE: &str = "GET /probe";

impl Web {
    /// Serves every request with what `answer` makes of it, one after the other.
    pub fn start(answer: impl Fn(&Request) -> String + Send + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = listener.local_addr().expect("it has an address");
        let asked: Arc<Mutex<Vec<Request>>> = Arc::default();
        let log = asked.clone();
        std::thread::spawn(move || {
            for mut stream in listener.incoming().filter_map(Result::ok) {
                let Some(request) = read(&stream) else {
                    continue;
                };
                let answer = if request.line == PROBE {
                    reply(204, "text/plain", "")
                } else {
                    let answer = answer(&request);
                    let mut log = log.lock().unwrap_or_else(PoisonError::into_inner);
                    log.push(request);
                    answer
                };
                // The client may have hung up.
                let _ = stream.write_all(answer.as_bytes());
            }
        });
        Self {
            origin: format!("http://{address}"),
            asked,
        }
    }

    /// A server as llama.cpp and vLLM are: OpenAI's paths under `/v1`, one model, no prices.
    /// `key`: the only key that it takes; `None`: it asks for none.
    pub fn compatible(key: Option<&'static str>) -> Self {
        let wanted = key.map(|key| format!("Bearer {key}"));
        Self::start(move |request| {
            if wanted.is_some() && request.authorization != wanted {
                return error(401, "Incorrect API key provided", "invalid_api_key");
            }
            match request.line.as_str() {
                "GET /v1/models" => {
                    let list =
                        json!({"object": "list", "data": [{"id": "tiny", "object": "model"}]});
                    reply(200, "application/json", &list.to_string())
                }
                "POST /v1/chat/completions" => completion(&request.body),
                _ => error(404, "File Not Found", "not_found_error"),
            }
        })
    }

    /// A proxy that lets nothing through. Who goes to a far host over it names the host first.
    pub fn proxy() -> Self {
        Self::start(|_| reply(502, "text/plain", "no way out"))
    }

    /// Everything it was asked until now.
    pub fn asked(&self) -> Vec<Request> {
        // Connections are served in their order: when this one was, so were all before it.
        let address = self.origin.strip_prefix("http://").expect("it is http");
        let mut stream = TcpStream::connect(address).expect("it listens");
        write!(stream, "{PROBE} HTTP/1.1\r\n\r\n").expect("it reads");
        let _ = stream.read_to_end(&mut Vec::new());
        let asked = self.asked.lock().unwrap_or_else(PoisonError::into_inner);
        asked.clone()
    }

    /// The ways it was asked for until now, each once: a way that was refused is asked for again, to hear the
    /// words of the refusal.
    pub fn ways(&self) -> Vec<String> {
        let mut ways = self.lines();
        ways.dedup();
        ways
    }

    /// The lines of what it was asked until now.
    pub fn lines(&self) -> Vec<String> {
        self.asked().into_iter().map(|asked| asked.line).collect()
    }
}

fn read(stream: &TcpStream) -> Option<Request> {
    let mut input = BufReader::new(stream);
    let mut request = Request::default();
    let mut length = 0;
    let mut line = String::new();
    input.read_line(&mut line).ok()?;
    let first = line.trim_end().strip_suffix(" HTTP/1.1")?;
    first.clone_into(&mut request.line);
    loop {
        line.clear();
        input.read_line(&mut line).ok()?;
        let Some((name, value)) = line.trim_end().split_once(':') else {
            break;
        };
        match name.to_ascii_lowercase().as_str() {
            "authorization" => request.authorization = Some(value.trim().to_owned()),
            "content-length" => length = value.trim().parse().ok()?,
            _ => {}
        }
    }
    let mut body = vec![0; length];
    input.read_exact(&mut body).ok()?;
    request.body = String::from_utf8(body).ok()?;
    Some(request)
}

fn completion(body: &str) -> String {
    let asked: Value = serde_json::from_str(body).unwrap_or_default();
    if asked["stream"] != true {
        let whole = json!({
            "id": "one", "object": "chat.completion", "model": asked["model"],
            "choices": [{"index": 0, "finish_reason": "stop",
                "message": {"role": "assistant", "content": "hello"}}],
        });
        return reply(200, "application/json", &whole.to_string());
    }
    let piece = |delta: Value, finish: Option<&str>| {
        let chunk = json!({
            "id": "one", "object": "chat.completion.chunk", "model": asked["model"],
            "choices": [{"index": 0, "delta": delta, "finish_reason": finish}],
        });
        format!("data: {chunk}\n\n")
    };
    let stream = [
        piece(json!({"role": "assistant", "content": "hel"}), None),
        piece(json!({"content": "lo"}), None),
        piece(json!({}), Some("stop")),
        "data: [DONE]\n\n".to_owned(),
    ];
    reply(200, "text/event-stream", &stream.concat())
}

pub fn error(status: u16, message: &str, code: &str) -> String {
    let body =
        json!({"error": {"message": message, "type": "invalid_request_error", "code": code}});
    reply(status, "application/json", &body.to_string())
}

pub fn reply(status: u16, content_type: &str, body: &str) -> String {
    format!(
        "HTTP/1.1 {status} X\r\ncontent-type: {content_type}\r\ncontent-length: {}\r\n\
         connection: close\r\n\r\n{body}",
        body.len()
    )
}
