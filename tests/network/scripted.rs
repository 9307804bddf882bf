//! A server that does to each connection exactly what its script says.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Notify;

/// One thing done to a connection. After the last one it is closed in good order.
#[derive(Clone, Debug)]
pub(crate) enum Act {
    /// Send these bytes.
    Send(Vec<u8>),
    /// Send them one by one, this long apart.
    Drip(Vec<u8>, Duration),
    /// Tear the connection down.
    Reset,
    /// Say nothing more until the client hangs up, and tell the test when it does.
    Hang,
    /// Go on when the test says so.
    Await(Arc<Notify>),
}

/// One request as it came.
#[derive(Clone, Debug)]
pub(crate) struct Request {
    /// Request line and headers.
    pub(crate) head: String,
    /// The body.
    pub(crate) body: String,
}

impl Request {
    /// Method and path.
    pub(crate) fn line(&self) -> &str {
        let line = self.head.lines().next().unwrap_or_default();
        line.strip_suffix(" HTTP/1.1").unwrap_or(line)
    }

    /// A header's value.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().find_map(|line| {
            let (key, value) = line.split_once(':')?;
            key.eq_ignore_ascii_case(name).then(|| value.trim())
        })
    }
}

/// A listening server. It stops when the test's runtime does.
pub(crate) struct Server {
    /// `http://127.0.0.1:port`.
    pub(crate) origin: String,
    log: Arc<Log>,
}

#[derive(Default)]
struct Log {
    requests: Mutex<Vec<Request>>,
    hang_up: Notify,
}

impl Server {
    /// Serves one connection per script, one request on each. The last script serves all that
    /// follow.
    pub(crate) async fn start(scripts: Vec<Vec<Act>>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let origin = format!("http://{}", listener.local_addr().unwrap());
        let kept = Arc::new(Log::default());
        let log = Arc::clone(&kept);
        start(async move {
            for turn in 0.. {
                let Ok((stream, _)) = listener.accept().await else {
                    return;
                };
                let script = scripts.get(turn).or(scripts.last()).cloned();
                let log = Arc::clone(&log);
                start(async move {
                    // The client may hang up in the middle of anything.
                    let _ = serve(stream, script.unwrap_or_default(), &log).await;
                });
            }
        });
        Self { origin, log: kept }
    }

    /// Serves every connection by one script.
    pub(crate) async fn always(script: Vec<Act>) -> Self {
        Self::start(vec![script]).await
    }

    /// Serves every connection with these bytes.
    pub(crate) async fn saying(bytes: impl Into<Vec<u8>>) -> Self {
        Self::always(vec![Act::Send(bytes.into())]).await
    }

    /// Everything it was asked so far.
    pub(crate) fn requests(&self) -> Vec<Request> {
        self.log.requests.lock().unwrap().clone()
    }

    /// Waits until a client has hung up on [`Act::Hang`].
    pub(crate) async fn hang_up(&self) {
        self.log.hang_up.notified().await;
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "the one door to tasks in these tests"
)]
fn start(task: impl Future<Output = ()> + Send + 'static) {
    tokio::spawn(task);
}

async fn serve(mut stream: TcpStream, script: Vec<Act>, log: &Log) -> std::io::Result<()> {
    stream.set_nodelay(true)?;
    let request = read_request(&mut stream).await?;
    log.requests.lock().unwrap().push(request);
    for act in script {
        match act {
            Act::Send(bytes) => stream.write_all(&bytes).await?,
            Act::Drip(bytes, pause) => {
                for byte in bytes {
                    stream.write_all(&[byte]).await?;
                    tokio::time::sleep(pause).await;
                }
            }
            Act::Reset => {
                stream.set_zero_linger()?;
                return Ok(());
            }
            Act::Hang => {
                while stream.read(&mut [0; 512]).await.is_ok_and(|read| read > 0) {}
                log.hang_up.notify_one();
                return Ok(());
            }
            Act::Await(signal) => signal.notified().await,
        }
    }
    stream.shutdown().await
}

async fn read_request(stream: &mut TcpStream) -> std::io::Result<Request> {
    let mut bytes = Vec::new();
    let end = loop {
        if let Some(end) = bytes.windows(4).position(|four| four == b"\r\n\r\n") {
            break end + 4;
        }
        if stream.read_buf(&mut bytes).await? == 0 {
            return Err(std::io::ErrorKind::UnexpectedEof.into());
        }
    };
    let (head, body) = bytes.split_at(end);
    let mut request = Request {
        head: String::from_utf8_lossy(head).into_owned(),
        body: String::new(),
    };
    let mut body = body.to_vec();
    let length = request
        .header("content-length")
        .map_or(0, |length| length.parse().unwrap());
    while body.len() < length {
        if stream.read_buf(&mut body).await? == 0 {
            break;
        }
    }
    request.body = String::from_utf8_lossy(&body).into_owned();
    Ok(request)
}

/// An answer with a length.
pub(crate) fn answer(status: u16, content_type: &str, body: &str) -> Vec<u8> {
    format!(
        "HTTP/1.1 {status} X\r\ncontent-type: {content_type}\r\ncontent-length: {}\r\n\
         connection: close\r\n\r\n{body}",
        body.len()
    )
    .into_bytes()
}

/// An answer of JSON.
pub(crate) fn json(status: u16, body: &str) -> Vec<u8> {
    answer(status, "application/json", body)
}

/// The head of a stream that ends with the connection.
pub(crate) const STREAM: &str =
    "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\nconnection: close\r\n\r\n";

/// A stream of these events and its head.
pub(crate) fn stream(events: &[&str]) -> Vec<u8> {
    let mut bytes = STREAM.to_owned();
    for event in events {
        bytes.push_str(&format!("data: {event}\n\n"));
    }
    bytes.into_bytes()
}

/// One event with a piece of text.
pub(crate) const HELLO: &str =
    r#"{"id":"gen-1","model":"a/b","choices":[{"index":0,"delta":{"content":"Hello"}}]}"#;
/// The last event of an answer.
pub(crate) const STOP: &str =
    r#"{"id":"gen-1","choices":[{"index":0,"delta":{"content":"!"},"finish_reason":"stop"}]}"#;
