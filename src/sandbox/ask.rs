//! What is asked of a model: the body of `POST /chat/completions`, read strictly.

use serde_json::Value;

use super::body::{flag, list, text, texts, whole, wrong};
use super::part::Parts;
use super::provider_wish::ProviderWish;
use super::refusal::Refusal;
use super::tokens;

/// A request for an answer.
#[derive(Clone, Debug)]
pub(super) struct Ask {
    /// The models to try, in order; at least one.
    pub(super) models: Vec<String>,
    /// The conversation.
    pub(super) messages: Vec<Said>,
    /// The answer is to come in events.
    pub(super) is_stream: bool,
    /// The longest answer, where the request names one.
    pub(super) max_tokens: Option<u64>,
    /// What is wished of the reasoning.
    pub(super) reasoning: ReasoningWish,
    /// Functions that the model may call, and whether it must.
    pub(super) tools: Vec<Tool>,
    /// Whether it may or must call one.
    pub(super) tool_choice: ToolChoice,
    /// The shape of the answer.
    pub(super) format: Format,
    /// Which providers may answer.
    pub(super) provider: ProviderWish,
    /// Tokens of the whole question.
    pub(super) prompt_tokens: u64,
    /// The person behind the client.
    pub(super) user: Option<String>,
    /// The conversation's name.
    pub(super) session_id: Option<String>,
}

/// One message.
#[derive(Clone, Debug)]
pub(super) struct Said {
    /// Who said it.
    pub(super) role: String,
    /// The text of it, and its pictures and documents.
    pub(super) parts: Parts,
}

/// What is wished of the reasoning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct ReasoningWish {
    /// None is wished.
    pub(super) is_off: bool,
    /// It is not to be shown.
    pub(super) is_hidden: bool,
    /// How long it should be, in percent of the usual.
    pub(super) share: u64,
}

/// A function that the model may call.
#[derive(Clone, Debug)]
pub(super) struct Tool {
    /// Its name.
    pub(super) name: String,
    /// The JSON schema of its arguments.
    pub(super) parameters: Value,
}

/// Whether a tool may or must be called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum ToolChoice {
    /// The model decides.
    Auto,
    /// None may be called.
    None,
    /// One must be called.
    Required,
    /// This one must be called.
    Named(String),
}

/// The shape of an answer.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Format {
    /// Any text.
    Text,
    /// A JSON object.
    Json,
    /// JSON of this schema.
    Schema(Value),
}

/// The model that answers when the request names none: the account's default.
const DEFAULT_MODEL: &str = "openrouter/auto";

/// Numbers and the range each must lie in.
const RANGES: [(&str, f64, f64); 8] = [
    ("temperature", 0.0, 2.0),
    ("top_p", 0.0, 1.0),
    ("min_p", 0.0, 1.0),
    ("top_a", 0.0, 1.0),
    ("frequency_penalty", -2.0, 2.0),
    ("presence_penalty", -2.0, 2.0),
    ("repetition_penalty", 0.0, 2.0),
    ("top_logprobs", 0.0, 20.0),
];

/// Characters of a conversation's name.
const MOST_SESSION: usize = 256;

const ROLES: [&str; 5] = ["system", "developer", "user", "assistant", "tool"];

impl Ask {
    /// Reads the body. What the API does not know is ignored, what it knows must fit.
    pub(super) fn read(body: &Value) -> Result<Self, Refusal> {
        for (name, least, most) in RANGES {
            check_range(body, name, least, most)?;
        }
        if list_or_text(body, "stop")? > 4 {
            return Err(Refusal::bad_request(
                "stop: Array must contain at most 4 element(s)",
            ));
        }
        if !matches!(&body["seed"], Value::Null) && body["seed"].as_i64().is_none() {
            return Err(wrong("seed", "integer", &body["seed"]));
        }
        let session_id = text(body, "session_id")?.map(str::to_owned);
        if session_id
            .as_ref()
            .is_some_and(|id| id.chars().count() > MOST_SESSION)
        {
            return Err(Refusal::bad_request(format!(
                "session_id: String must contain at most {MOST_SESSION} character(s)"
            )));
        }
        let messages = read_messages(body)?;
        let tools = read_tools(body)?;
        let prompt_tokens = count(&messages, body);
        Ok(Self {
            models: read_models(body)?,
            messages,
            is_stream: flag(body, "stream")?.unwrap_or(false),
            max_tokens: whole(body, "max_completion_tokens", 1)?.or(whole(body, "max_tokens", 1)?),
            reasoning: ReasoningWish::read(body)?,
            tools,
            tool_choice: read_tool_choice(body)?,
            format: read_format(body)?,
            provider: ProviderWish::read(body)?,
            prompt_tokens,
            user: text(body, "user")?.map(str::to_owned),
            session_id,
        })
    }

    /// The last thing the person said.
    pub(super) fn question(&self) -> &str {
        let mut said = self.messages.iter().rev();
        said.find(|message| message.role == "user")
            .map_or("", |message| &message.parts.text)
    }

    /// A picture is among what was said.
    pub(super) fn has_images(&self) -> bool {
        self.messages.iter().any(|said| said.parts.has_images)
    }

    /// The last message brings the result of a tool.
    pub(super) fn has_tool_result(&self) -> bool {
        self.messages.last().is_some_and(|last| last.role == "tool")
    }

    /// The whole conversation as one text: what a provider's cache compares.
    pub(super) fn transcript(&self) -> String {
        let said = self.messages.iter();
        said.flat_map(|message| [message.role.as_str(), "\n", &message.parts.text, "\n"])
            .collect()
    }
}

impl ReasoningWish {
    fn read(body: &Value) -> Result<Self, Refusal> {
        let mut wish = Self {
            is_off: false,
            is_hidden: flag(body, "include_reasoning")? == Some(false),
            share: 100,
        };
        let reasoning = &body["reasoning"];
        if !reasoning.is_null() && !reasoning.is_object() {
            return Err(wrong("reasoning", "object", reasoning));
        }
        wish.is_hidden |= flag(reasoning, "exclude")? == Some(true);
        wish.is_off |= flag(reasoning, "enabled")? == Some(false);
        if whole(reasoning, "max_tokens", 1)?.is_some() && !reasoning["effort"].is_null() {
            return Err(Refusal::bad_request(
                "Only one of \"reasoning.effort\" and \"reasoning.max_tokens\" can be specified",
            ));
        }
        let effort = text(reasoning, "effort")?.or(text(body, "reasoning_effort")?);
        match effort {
            None | Some("medium") => {}
            Some("none") => wish.is_off = true,
            Some("minimal") => wish.share = 30,
            Some("low") => wish.share = 50,
            Some("high") => wish.share = 180,
            Some("xhigh" | "max") => wish.share = 260,
            Some(other) => {
                return Err(Refusal::bad_request(format!(
                    "reasoning.effort: Invalid option: expected one of \"max\"|\"xhigh\"|\"high\"|\
                     \"medium\"|\"low\"|\"minimal\"|\"none\", received \"{other}\""
                )));
            }
        }
        Ok(wish)
    }
}

fn read_models(body: &Value) -> Result<Vec<String>, Refusal> {
    let mut models: Vec<String> = Vec::new();
    models.extend(text(body, "model")?.map(str::to_owned));
    for model in texts(body, "models")? {
        if !models.contains(&model) {
            models.push(model);
        }
    }
    if models.is_empty() {
        models.push(DEFAULT_MODEL.to_owned());
    }
    Ok(models)
}

fn read_messages(body: &Value) -> Result<Vec<Said>, Refusal> {
    if body["messages"].is_null() {
        return Err(Refusal::bad_request(
            "Input required: specify \"prompt\" or \"messages\"",
        ));
    }
    let messages = list(body, "messages")?;
    if messages.is_empty() {
        return Err(Refusal::bad_request(
            "messages: Array must contain at least 1 element(s)",
        ));
    }
    let messages = messages.iter().enumerate();
    messages
        .map(|(at, message)| read_message(at, message))
        .collect()
}

fn read_message(at: usize, message: &Value) -> Result<Said, Refusal> {
    let name = |member: &str| format!("messages.{at}.{member}");
    let role = message["role"].as_str().unwrap_or_default();
    if !ROLES.contains(&role) {
        return Err(Refusal::bad_request(format!(
            "{}: Invalid option: expected one of \"system\"|\"developer\"|\"user\"|\"assistant\"|\
             \"tool\"",
            name("role")
        )));
    }
    let parts = match &message["content"] {
        Value::String(text) => Parts::of(text.clone()),
        Value::Array(parts) => Parts::read(&name("content"), parts)?,
        Value::Null if role == "assistant" => Parts::of(message["tool_calls"].to_string()),
        other => return Err(wrong(&name("content"), "string", other)),
    };
    Ok(Said {
        role: role.to_owned(),
        parts,
    })
}

fn read_tools(body: &Value) -> Result<Vec<Tool>, Refusal> {
    let mut tools = Vec::new();
    for (at, tool) in list(body, "tools")?.iter().enumerate() {
        // Server tools such as `openrouter:web_search` run on the other side.
        if tool["type"] != "function" {
            continue;
        }
        let function = &tool["function"];
        let name = function["name"]
            .as_str()
            .ok_or_else(|| Refusal::bad_request(format!("tools.{at}.function.name: Required")))?;
        tools.push(Tool {
            name: name.to_owned(),
            parameters: function["parameters"].clone(),
        });
    }
    Ok(tools)
}

fn read_tool_choice(body: &Value) -> Result<ToolChoice, Refusal> {
    match &body["tool_choice"] {
        Value::Null => Ok(ToolChoice::Auto),
        Value::String(word) => match word.as_str() {
            "auto" => Ok(ToolChoice::Auto),
            "none" => Ok(ToolChoice::None),
            "required" => Ok(ToolChoice::Required),
            _ => Err(Refusal::bad_request("tool_choice: Invalid input")),
        },
        choice => choice["function"]["name"]
            .as_str()
            .map(|name| ToolChoice::Named(name.to_owned()))
            .ok_or_else(|| Refusal::bad_request("tool_choice: Invalid input")),
    }
}

fn read_format(body: &Value) -> Result<Format, Refusal> {
    let format = &body["response_format"];
    match format["type"].as_str() {
        None if format.is_null() => Ok(Format::Text),
        Some("text" | "grammar" | "python") => Ok(Format::Text),
        Some("json_object") => Ok(Format::Json),
        Some("json_schema") => {
            if format["json_schema"]["name"].as_str().is_none() {
                return Err(Refusal::bad_request(
                    "response_format.json_schema.name: Required",
                ));
            }
            Ok(Format::Schema(format["json_schema"]["schema"].clone()))
        }
        _ => Err(Refusal::bad_request("response_format.type: Invalid input")),
    }
}

fn check_range(body: &Value, name: &str, least: f64, most: f64) -> Result<(), Refusal> {
    let value = &body[name];
    if value.is_null() {
        return Ok(());
    }
    let number = value.as_f64().ok_or_else(|| wrong(name, "number", value))?;
    let (fault, border) = if number < least {
        ("greater", least)
    } else if number > most {
        ("less", most)
    } else {
        return Ok(());
    };
    Err(Refusal::bad_request(format!(
        "{name}: Number must be {fault} than or equal to {border}"
    )))
}

/// How many texts a member holds that is one text or a list of them.
fn list_or_text(body: &Value, name: &str) -> Result<usize, Refusal> {
    match &body[name] {
        Value::String(_) => Ok(1),
        _ => Ok(texts(body, name)?.len()),
    }
}

/// Tokens of a question: its words, a few for each message, and what describes the tools.
fn count(messages: &[Said], body: &Value) -> u64 {
    let words: u64 = messages
        .iter()
        .map(|message| tokens::count(&message.parts.text) + message.parts.tokens + 4)
        .sum();
    let tools = match &body["tools"] {
        Value::Null => 0,
        tools => tokens::count(&tools.to_string()),
    };
    words + tools + 3
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn read(mut more: Value) -> Result<Ask, Refusal> {
        let mut body = json!({"messages": [{"role": "user", "content": "hi"}]});
        body.as_object_mut()
            .unwrap()
            .append(more.as_object_mut().unwrap());
        Ask::read(&body)
    }

    fn complaint(more: Value) -> String {
        let body = read(more).unwrap_err().body();
        body["error"]["message"].as_str().unwrap().to_owned()
    }

    #[test]
    fn what_does_not_fit_is_named() {
        for (more, words) in [
            (
                json!({"messages": null}),
                "Input required: specify \"prompt\" or \"messages\"",
            ),
            (
                json!({"messages": []}),
                "messages: Array must contain at least 1 element(s)",
            ),
            (
                json!({"messages": [{"role": "user"}]}),
                "messages.0.content: Expected string, received null",
            ),
            (
                json!({"temperature": 3}),
                "temperature: Number must be less than or equal to 2",
            ),
            (
                json!({"max_tokens": 0}),
                "max_tokens: Number must be greater than or equal to 1",
            ),
            (
                json!({"max_tokens": "9"}),
                "max_tokens: Expected integer, received string",
            ),
            (
                json!({"stream": "yes"}),
                "stream: Expected boolean, received string",
            ),
            (
                json!({"stop": ["a", "b", "c", "d", "e"]}),
                "stop: Array must contain at most 4 element(s)",
            ),
            (
                json!({"seed": 1.5}),
                "seed: Expected integer, received number",
            ),
            (
                json!({"session_id": "x".repeat(257)}),
                "session_id: String must contain at most 256 character(s)",
            ),
            (
                json!({"reasoning": {"effort": "low", "max_tokens": 2000}}),
                "Only one of \"reasoning.effort\" and \"reasoning.max_tokens\" can be specified",
            ),
            (
                json!({"model": 7}),
                "model: Expected string, received number",
            ),
        ] {
            assert_eq!(complaint(more), words);
        }
        assert!(
            complaint(json!({"messages": [{"role": "robot", "content": "x"}]})).contains("role")
        );
    }

    #[test]
    fn nulls_are_as_if_they_were_not_there() {
        let ask =
            read(json!({"temperature": null, "max_tokens": null, "tools": null, "stop": null}));
        let ask = ask.unwrap();
        assert_eq!(ask.max_tokens, None);
        assert_eq!(ask.models, ["openrouter/auto"]);
    }

    #[test]
    fn models_are_tried_in_order_and_once() {
        let ask = read(json!({"model": "a/b", "models": ["a/b", "c/d"]})).unwrap();
        assert_eq!(ask.models, ["a/b", "c/d"]);
    }

    #[test]
    fn the_newer_name_of_max_tokens_wins() {
        let ask = read(json!({"max_tokens": 5, "max_completion_tokens": 7})).unwrap();
        assert_eq!(ask.max_tokens, Some(7));
    }
}
