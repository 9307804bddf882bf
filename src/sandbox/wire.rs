//! Harms an answer on its way out: cut, split, slowed, silenced.

use std::io;

use axum::body::{Body, Bytes, HttpBody as _};
use axum::http::HeaderValue;
use axum::http::header::{CONTENT_LENGTH, CONTENT_TYPE, DATE};
use axum::response::Response;
use futures_util::stream::{self, BoxStream, StreamExt};
use jiff::ToSpan;

use super::fault_row::Harm;
use super::server::Shared;

type Chunks = BoxStream<'static, Result<Bytes, axum::Error>>;

/// After so many bytes of a body of unknown length even the shortest answer is begun and not over.
const HALF_OF_A_STREAM: u64 = 700;

/// The response, harmed.
pub(super) fn harm(mut response: Response, harm: Harm, server: &Shared) -> Response {
    if harm == Harm::Skew {
        let tomorrow = server.now().checked_add(24.hours()).unwrap_or_default();
        let date = tomorrow.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string();
        if let Ok(date) = HeaderValue::from_str(&date) {
            response.headers_mut().insert(DATE, date);
        }
        return response;
    }
    let is_stream = response
        .headers()
        .get(CONTENT_TYPE)
        .is_some_and(|kind| kind.as_bytes().starts_with(b"text/event-stream"));
    let (mut parts, body) = response.into_parts();
    parts.headers.remove(CONTENT_LENGTH);
    let half = body
        .size_hint()
        .exact()
        .map_or(HALF_OF_A_STREAM, |bytes| bytes / 2);
    let chunks = body.into_data_stream().boxed();
    let server = server.clone();
    let chunks = match harm {
        Harm::Hang | Harm::Stall => {
            let begin = first(chunks, if harm == Harm::Hang { 0 } else { half });
            begin.chain(silence(server)).boxed()
        }
        Harm::Cut => first(chunks, half).chain(stream::once(cut())).boxed(),
        Harm::OneByte => split(chunks).boxed(),
        Harm::Slow => slow(chunks, server),
        Harm::Crlf if is_stream => chunks.map(|chunk| chunk.map(|bytes| crlf(&bytes))).boxed(),
        Harm::LeadingSpace if !is_stream => {
            let blanks = Bytes::from_static(b"\n         \n\n         \n");
            stream::once(async { Ok(blanks) }).chain(chunks).boxed()
        }
        Harm::Crlf | Harm::LeadingSpace | Harm::Skew => chunks,
    };
    Response::from_parts(parts, Body::from_stream(chunks))
}

/// Waits until the sandbox stops, then closes the connection.
pub(super) async fn never(server: &Shared) -> Response {
    server.closed().await;
    Response::new(Body::from_stream(stream::once(async {
        Err::<Bytes, _>(closed())
    })))
}

/// The end of a connection, once what was written before has left.
async fn cut() -> Result<Bytes, axum::Error> {
    tokio::task::yield_now().await;
    Err(closed())
}

/// So many bytes, and no more.
fn first(chunks: Chunks, bytes: u64) -> Chunks {
    let left = usize::try_from(bytes).unwrap_or(usize::MAX);
    let state = (chunks, left);
    stream::unfold(state, |(mut chunks, left)| async move {
        if left == 0 {
            return None;
        }
        let chunk = chunks.next().await?;
        let chunk = chunk.map(|bytes| bytes.slice(..bytes.len().min(left)));
        let taken = chunk.as_ref().map_or(left, Bytes::len);
        Some((chunk, (chunks, left - taken)))
    })
    .boxed()
}

/// Nothing, until the sandbox stops.
fn silence(server: Shared) -> Chunks {
    stream::once(async move {
        server.closed().await;
        Err(closed())
    })
    .boxed()
}

/// Every byte by itself.
fn split(chunks: Chunks) -> Chunks {
    chunks
        .flat_map(|chunk| match chunk {
            Ok(bytes) => {
                let each: Vec<_> = (0..bytes.len())
                    .map(|at| Ok(bytes.slice(at..=at)))
                    .collect();
                stream::iter(each).boxed()
            }
            Err(error) => stream::once(async { Err(error) }).boxed(),
        })
        .boxed()
}

/// Every byte by itself, with a pause before each.
fn slow(chunks: Chunks, server: Shared) -> Chunks {
    split(chunks)
        .then(move |byte| {
            let server = server.clone();
            async move {
                if server.pause(server.options.slow_pause).await {
                    byte
                } else {
                    Err(closed())
                }
            }
        })
        .boxed()
}

/// Line ends as Windows and some proxies write them. JSON has no bare line end inside.
fn crlf(bytes: &Bytes) -> Bytes {
    let mut longer = Vec::with_capacity(bytes.len() + 64);
    for &byte in bytes {
        if byte == b'\n' {
            longer.push(b'\r');
        }
        longer.push(byte);
    }
    Bytes::from(longer)
}

fn closed() -> axum::Error {
    axum::Error::new(io::Error::new(
        io::ErrorKind::ConnectionAborted,
        "the sandbox closes the connection here",
    ))
}
