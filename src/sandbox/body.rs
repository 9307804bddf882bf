//! Reading what a request brings, with a limit and clear words.

use axum::body::Body;
use futures_util::StreamExt;
use serde_json::Value;

use super::refusal::Refusal;

/// The largest body that is read.
pub(super) const MOST_BYTES: usize = 20 * 1024 * 1024;

/// A client that sends more than this is cut off rather than heard out.
const PATIENCE: usize = 4 * MOST_BYTES;

/// The body as one JSON object.
pub(super) async fn read_json(body: Body) -> Result<Value, Refusal> {
    let bytes = read(body).await?;
    let value: Value = serde_json::from_slice(&bytes)
        .map_err(|error| Refusal::bad_request(format!("Invalid JSON in request body: {error}")))?;
    if value.is_object() {
        Ok(value)
    } else {
        Err(Refusal::bad_request("Request body must be a JSON object"))
    }
}

/// The whole body, or 413. A body that is too large is read to its end all the same, since a client
/// that is still sending does not see an answer.
async fn read(body: Body) -> Result<Vec<u8>, Refusal> {
    let mut chunks = body.into_data_stream();
    let mut bytes = Vec::new();
    let mut seen = 0;
    while let Some(chunk) = chunks.next().await {
        let chunk =
            chunk.map_err(|_| Refusal::bad_request("The request body could not be read"))?;
        seen += chunk.len();
        if seen <= MOST_BYTES {
            bytes.extend_from_slice(&chunk);
        } else if seen > PATIENCE {
            break;
        }
    }
    if seen > MOST_BYTES {
        return Err(too_large());
    }
    Ok(bytes)
}

/// The body is larger than the server reads.
pub(super) fn too_large() -> Refusal {
    Refusal::new(413, "Request payload too large").kind("payload_too_large")
}

/// A member that must be text where it is there; null is as if it were not.
pub(super) fn text<'a>(object: &'a Value, name: &str) -> Result<Option<&'a str>, Refusal> {
    match &object[name] {
        Value::Null => Ok(None),
        Value::String(text) => Ok(Some(text)),
        other => Err(wrong(name, "string", other)),
    }
}

/// A member that must be true or false where it is there.
pub(super) fn flag(object: &Value, name: &str) -> Result<Option<bool>, Refusal> {
    match &object[name] {
        Value::Null => Ok(None),
        Value::Bool(flag) => Ok(Some(*flag)),
        other => Err(wrong(name, "boolean", other)),
    }
}

/// A member that must be a whole number, at least `least`, where it is there.
pub(super) fn whole(object: &Value, name: &str, least: u64) -> Result<Option<u64>, Refusal> {
    match &object[name] {
        Value::Null => Ok(None),
        value => match value.as_u64() {
            Some(number) if number >= least => Ok(Some(number)),
            Some(_) => Err(Refusal::bad_request(format!(
                "{name}: Number must be greater than or equal to {least}"
            ))),
            None => Err(wrong(name, "integer", value)),
        },
    }
}

/// A member that must be a list where it is there; an absent one is empty.
pub(super) fn list<'a>(object: &'a Value, name: &str) -> Result<&'a [Value], Refusal> {
    match &object[name] {
        Value::Null => Ok(&[]),
        Value::Array(list) => Ok(list),
        other => Err(wrong(name, "array", other)),
    }
}

/// A list of texts.
pub(super) fn texts(object: &Value, name: &str) -> Result<Vec<String>, Refusal> {
    let items = list(object, name)?.iter();
    items
        .map(|item| match item {
            Value::String(text) => Ok(text.clone()),
            other => Err(wrong(name, "string", other)),
        })
        .collect()
}

/// A member of another type than the API's.
pub(super) fn wrong(name: &str, expected: &str, found: &Value) -> Refusal {
    let found = match found {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    };
    Refusal::bad_request(format!("{name}: Expected {expected}, received {found}"))
}
