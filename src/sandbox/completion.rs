//! An answer as one JSON body.

use serde_json::{Value, json};

use super::answer::{Answer, Finish, Piece};
use super::fault_row::Twist;

/// The body of an answer that is not streamed. Source: section 5.3.
pub(super) fn completion(answer: &Answer) -> Value {
    let mut choice = json!({
        "index": 0,
        "finish_reason": answer.finish.word(),
        "native_finish_reason": native(answer),
        "logprobs": null,
        "message": message(answer),
    });
    if let Some(Twist::Breaks(status, _)) = answer.twist {
        choice["error"] = broken(status);
    }
    let mut body = json!({
        "id": answer.id,
        "object": "chat.completion",
        "created": answer.created.as_second(),
        "model": answer.route.answers_as,
        "provider": answer.route.endpoint.provider.name,
        "system_fingerprint": null,
        "choices": [choice],
    });
    if answer.twist != Some(Twist::NoUsage) {
        body["usage"] = answer.usage();
    }
    if answer.wants_metadata() {
        body["openrouter_metadata"] = answer.route.metadata();
    }
    body
}

/// The error of an answer that broke off.
pub(super) fn broken(status: u16) -> Value {
    let (message, kind) = match status {
        429 => ("Rate limit exceeded upstream", "rate_limit_exceeded"),
        500 => ("Internal error while generating", "server"),
        503 => ("Provider overloaded", "provider_overloaded"),
        _ => ("Provider disconnected unexpectedly", "provider_unavailable"),
    };
    json!({ "code": status, "message": message, "metadata": { "error_type": kind } })
}

/// The provider's own word for the end.
pub(super) fn native(answer: &Answer) -> Option<&'static str> {
    let is_claude = answer.route.endpoint.model.author() == "anthropic";
    match answer.finish {
        Finish::Stop if is_claude => Some("end_turn"),
        Finish::Length if is_claude => Some("max_tokens"),
        Finish::ToolCalls if is_claude => Some("tool_use"),
        other => other.word(),
    }
}

/// The format of reasoning details: the model's maker has one.
pub(super) fn reasoning_format(answer: &Answer) -> &'static str {
    match answer.route.endpoint.model.author() {
        "openai" => "openai-responses-v1",
        "anthropic" => "anthropic-claude-v1",
        "google" => "google-gemini-v1",
        "x-ai" => "xai-responses-v1",
        _ => "unknown",
    }
}

fn message(answer: &Answer) -> Value {
    let mut reasoning = String::new();
    let mut text = String::new();
    let mut calls = Vec::new();
    for piece in &answer.pieces {
        match piece {
            Piece::Reasoning(piece) => reasoning.push_str(piece),
            Piece::Text(piece) => text.push_str(piece),
            Piece::Call(call) => calls.push(json!({
                "id": call.id,
                "type": "function",
                "function": { "name": call.name, "arguments": call.arguments },
            })),
        }
    }
    let is_told = !reasoning.is_empty() && !answer.hides_reasoning;
    let mut message = json!({
        "role": "assistant",
        "content": text,
        "refusal": null,
        "reasoning": is_told.then_some(&reasoning),
    });
    if is_told {
        message["reasoning_details"] = json!([{
            "type": "reasoning.text",
            "text": reasoning,
            "format": reasoning_format(answer),
            "index": 0,
        }]);
        if answer.twist == Some(Twist::ReasoningTwin) {
            message["reasoning_content"] = json!(reasoning);
        }
    }
    if !calls.is_empty() {
        message["content"] = Value::Null;
        message["tool_calls"] = json!(calls);
    }
    message
}
