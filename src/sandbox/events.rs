//! The events of a streamed answer as they stand on the wire. Source: section 5.4.

use serde_json::{Value, json};

use super::answer::{Answer, Piece};
use super::completion::{broken, native, reasoning_format};
use super::fault_row::{BrokenCode, Twist};
use super::replies::Call;

/// A sign of life without content.
pub(super) const COMMENT: &str = ": OPENROUTER PROCESSING\n\n";

/// The end of every stream.
pub(super) const DONE: &str = "data: [DONE]\n\n";

/// Writes the events of one answer. What is the same in each is prepared once: a benchmark reads
/// tens of thousands.
#[derive(Debug)]
pub(super) struct Events {
    /// Everything before the choices of a chunk, `data:` included.
    head: String,
    /// Everything before the content of a text chunk.
    open: String,
    format: &'static str,
    twist: Option<Twist>,
}

/// Everything behind the delta of a chunk that does not end the answer.
const CLOSE: &str =
    "},\"finish_reason\":null,\"native_finish_reason\":null,\"logprobs\":null}]}\n\n";

impl Events {
    /// The writer for one answer.
    pub(super) fn of(answer: &Answer) -> Self {
        let head = format!(
            "data: {{\"id\":{},\"provider\":{},\"model\":{},\"object\":\"chat.completion.chunk\",\
             \"created\":{},",
            json!(answer.id),
            json!(answer.route.endpoint.provider.name),
            json!(answer.route.answers_as),
            answer.created.as_second()
        );
        let open = format!("{head}\"choices\":[{{\"index\":0,\"delta\":{{\"role\":\"assistant\",");
        Self {
            head,
            open,
            format: reasoning_format(answer),
            twist: answer.twist,
        }
    }

    /// The first chunk: a role and no text.
    pub(super) fn begin(&self, out: &mut String) {
        let content = if self.twist == Some(Twist::OddChunks) {
            "null"
        } else {
            "\"\""
        };
        self.delta(out, &[("content", content)]);
    }

    /// One piece.
    pub(super) fn piece(&self, out: &mut String, piece: &Piece) {
        match piece {
            Piece::Text(text) => self.delta(out, &[("content", &quoted(text))]),
            Piece::Reasoning(text) => self.reasoning(out, text),
            Piece::Call(call) => self.call(out, call),
        }
    }

    /// The chunk that says why the answer ends; a peculiar server puts the last text beside it.
    pub(super) fn finish(&self, out: &mut String, answer: &Answer, last: Option<&Piece>) {
        let content = match last {
            Some(Piece::Text(text)) => text.as_str(),
            _ => "",
        };
        self.chunk(
            out,
            &json!({
                "choices": [{
                    "index": 0,
                    "delta": { "role": "assistant", "content": content },
                    "finish_reason": answer.finish.word(),
                    "native_finish_reason": native(answer),
                    "logprobs": null,
                }],
            }),
        );
    }

    /// The chunk that says what was used.
    pub(super) fn usage(&self, out: &mut String, answer: &Answer) {
        let choices = if self.twist == Some(Twist::UsageWithChoice) {
            json!([{ "index": 0, "delta": { "role": "assistant", "content": "" },
                "finish_reason": null, "native_finish_reason": null, "logprobs": null }])
        } else {
            json!([])
        };
        self.chunk(out, &json!({ "choices": choices, "usage": answer.usage() }));
    }

    /// The chunk with the routing facts.
    pub(super) fn metadata(&self, out: &mut String, answer: &Answer) {
        let facts = answer.route.metadata();
        self.chunk(out, &json!({ "choices": [], "openrouter_metadata": facts }));
    }

    /// The chunk of an error in the middle: nothing follows it.
    pub(super) fn broken(&self, out: &mut String, status: u16, code: BrokenCode) {
        let mut error = broken(status);
        let choice = json!({ "index": 0, "delta": { "content": "" }, "finish_reason": "error",
            "native_finish_reason": "error" });
        match code {
            BrokenCode::Number => {
                self.chunk(out, &json!({ "error": error, "choices": [choice] }));
            }
            BrokenCode::Word => {
                error["code"] = json!("server_error");
                self.chunk(out, &json!({ "error": error, "choices": [choice] }));
            }
            BrokenCode::Bare => self.chunk(out, &json!({ "error": error })),
        }
    }

    /// Reasoning, under its two names; a peculiar server adds a third.
    fn reasoning(&self, out: &mut String, text: &str) {
        let text = quoted(text);
        let details = format!(
            "[{{\"type\":\"reasoning.text\",\"text\":{text},\"format\":\"{}\",\"index\":0}}]",
            self.format
        );
        let mut members = vec![
            ("content", "\"\""),
            ("reasoning", text.as_str()),
            ("reasoning_details", details.as_str()),
        ];
        if self.twist == Some(Twist::ReasoningTwin) {
            members.push(("reasoning_content", text.as_str()));
        }
        self.delta(out, &members);
    }

    /// A call: its name first, then its arguments in two halves, as models write them.
    fn call(&self, out: &mut String, call: &Call) {
        let middle = call
            .arguments
            .char_indices()
            .nth(call.arguments.chars().count() / 2);
        let (first, second) = call.arguments.split_at(middle.map_or(0, |(at, _)| at));
        let opening = json!([{ "index": 0, "id": call.id, "type": "function",
            "function": { "name": call.name, "arguments": "" } }]);
        self.delta(
            out,
            &[("content", "null"), ("tool_calls", &opening.to_string())],
        );
        for half in [first, second] {
            let part = json!([{ "index": 0, "function": { "arguments": half } }]);
            self.delta(
                out,
                &[("content", "null"), ("tool_calls", &part.to_string())],
            );
        }
    }

    /// A chunk whose delta has these members, each already written as JSON.
    fn delta(&self, out: &mut String, members: &[(&str, &str)]) {
        out.push_str(&self.open);
        for (at, (name, value)) in members.iter().enumerate() {
            if at > 0 {
                out.push(',');
            }
            out.push('"');
            out.push_str(name);
            out.push_str("\":");
            out.push_str(value);
        }
        out.push_str(CLOSE);
    }

    /// A chunk with these members behind the usual ones.
    fn chunk(&self, out: &mut String, members: &Value) {
        out.push_str(&self.head);
        let members = members.to_string();
        out.push_str(members.strip_prefix('{').unwrap_or(&members));
        out.push_str("\n\n");
    }
}

/// A text as JSON writes it.
fn quoted(text: &str) -> String {
    // A text always has a form in JSON.
    serde_json::to_string(text).unwrap_or_default()
}
