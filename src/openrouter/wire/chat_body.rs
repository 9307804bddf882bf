//! `POST /chat/completions`: the request, in the dialect of the server. What is not set is not sent.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use rust_decimal::Decimal;
use serde::{Serialize, Serializer};
use serde_json::value::RawValue;

use crate::domain::chat::{ChatRequest, Message, Role};
use crate::domain::media::Media;
use crate::domain::money::Usd;
use crate::domain::routing::{MaxPrice, Routing, SortProviders};
use crate::domain::tuning::{Thinking, Tuning};

/// What a server understands besides the plain request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::openrouter) enum Speaks {
    /// Fallbacks, providers, sessions, `reasoning`. It always reports usage.
    OpenRouter,
    /// `reasoning_effort`; its newer models refuse `max_tokens` and unknown members.
    OpenAi,
    /// What both of them know, `max_tokens` included.
    Compatible,
}

/// The body of the request.
#[derive(Serialize)]
pub(in crate::openrouter) struct ChatBody<'a> {
    model: &'a str,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    models: Vec<&'a str>,
    messages: Vec<MessageBody<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    max_tokens: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    max_completion_tokens: Option<u32>,
    stream: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    stream_options: Option<StreamOptions>,
    #[serde(skip_serializing_if = "Option::is_none")]
    temperature: Option<Number>,
    #[serde(skip_serializing_if = "Option::is_none")]
    top_p: Option<Number>,
    #[serde(skip_serializing_if = "Option::is_none")]
    seed: Option<i64>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    stop: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    reasoning: Option<ReasoningBody>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reasoning_effort: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    provider: Option<ProviderBody<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    session_id: Option<&'a str>,
}

impl<'a> ChatBody<'a> {
    pub(in crate::openrouter) fn of(
        request: &'a ChatRequest,
        stream: bool,
        speaks: Speaks,
    ) -> Self {
        let (is_openai, is_openrouter) = (speaks == Speaks::OpenAi, speaks == Speaks::OpenRouter);
        let tuning = &request.tuning;
        Self {
            model: &request.model,
            models: if is_openrouter {
                // A model is no fallback of its own: it would take the place of one.
                let all = request.fallbacks.iter().map(String::as_str);
                all.filter(|model| *model != request.model).collect()
            } else {
                Vec::new()
            },
            messages: request.messages.iter().map(MessageBody::of).collect(),
            max_tokens: (!is_openai).then_some(request.max_tokens),
            max_completion_tokens: is_openai.then_some(request.max_tokens),
            stream,
            // OpenRouter always reports usage, the others only when they are asked.
            stream_options: (stream && !is_openrouter).then_some(StreamOptions {
                include_usage: true,
            }),
            temperature: tuning.temperature.map(Number),
            top_p: tuning.top_p.map(Number),
            seed: tuning.seed,
            stop: &tuning.stop,
            reasoning: ReasoningBody::of(tuning).filter(|_| is_openrouter),
            reasoning_effort: effort(tuning).filter(|_| !is_openrouter),
            provider: ProviderBody::of(&request.routing).filter(|_| is_openrouter),
            session_id: request.session.as_deref().filter(|_| is_openrouter),
        }
    }
}

#[derive(Serialize)]
struct StreamOptions {
    include_usage: bool,
}

/// A number as the person wrote it, never through binary floating point.
struct Number(Decimal);

impl Serialize for Number {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        RawValue::from_string(self.0.to_string())
            .map_err(serde::ser::Error::custom)?
            .serialize(serializer)
    }
}

#[derive(Serialize)]
struct MessageBody<'a> {
    role: &'static str,
    content: Content<'a>,
}

/// Words alone are a text, as every server takes it; pictures and documents make it a list.
#[derive(Serialize)]
#[serde(untagged)]
enum Content<'a> {
    Text(&'a str),
    Parts(Vec<Part<'a>>),
}

#[derive(Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
enum Part<'a> {
    Text { text: &'a str },
    ImageUrl { image_url: Url },
    File { file: FileBody<'a> },
}

#[derive(Serialize)]
struct Url {
    url: String,
}

#[derive(Serialize)]
struct FileBody<'a> {
    filename: &'a str,
    file_data: String,
}

impl<'a> MessageBody<'a> {
    fn of(message: &'a Message) -> Self {
        let text = message.content.as_str();
        Self {
            role: match message.role {
                Role::System => "system",
                Role::User => "user",
                Role::Assistant => "assistant",
            },
            content: if message.media.is_empty() {
                Content::Text(text)
            } else {
                // OpenRouter's documentation: the text first, then what it is about.
                let words = (!text.is_empty()).then_some(Part::Text { text });
                let media = message.media.iter().map(Part::of);
                Content::Parts(words.into_iter().chain(media).collect())
            },
        }
    }
}

impl<'a> Part<'a> {
    fn of(media: &'a Media) -> Self {
        let mut url = format!("data:{};base64,", media.kind.mime());
        STANDARD.encode_string(&media.bytes, &mut url);
        if media.kind.is_image() {
            return Self::ImageUrl {
                image_url: Url { url },
            };
        }
        Self::File {
            file: FileBody {
                filename: &media.name,
                file_data: url,
            },
        }
    }
}

#[derive(Serialize)]
struct ReasoningBody {
    #[serde(skip_serializing_if = "Option::is_none")]
    effort: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    max_tokens: Option<u32>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    exclude: bool,
}

impl ReasoningBody {
    fn of(tuning: &Tuning) -> Option<Self> {
        let is_set = tuning.thinking.is_some() || tuning.hides_reasoning;
        is_set.then(|| Self {
            effort: effort(tuning),
            max_tokens: match tuning.thinking {
                Some(Thinking::Tokens(most)) => Some(most),
                _ => None,
            },
            exclude: tuning.hides_reasoning,
        })
    }
}

fn effort(tuning: &Tuning) -> Option<&'static str> {
    match tuning.thinking {
        Some(Thinking::Effort(effort)) => Some(effort.word()),
        _ => None,
    }
}

/// `provider`: nothing but its known members, since unknown ones are refused.
#[derive(Serialize)]
struct ProviderBody<'a> {
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    order: &'a [String],
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    only: &'a [String],
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    ignore: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    sort: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    allow_fallbacks: Option<bool>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    require_parameters: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    data_collection: Option<&'static str>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    zdr: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    max_price: Option<MaxPriceBody>,
}

/// Texts, as the schema has them.
#[derive(Serialize)]
struct MaxPriceBody {
    #[serde(skip_serializing_if = "Option::is_none")]
    prompt: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    completion: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    request: Option<String>,
}

impl<'a> ProviderBody<'a> {
    fn of(routing: &'a Routing) -> Option<Self> {
        if routing.is_default() {
            return None;
        }
        let most = routing.max_price;
        let text =
            |price: Option<Usd>| price.map(|price: Usd| price.decimal().normalize().to_string());
        Some(Self {
            order: &routing.order,
            only: &routing.only,
            ignore: &routing.ignore,
            sort: routing.sort.map(SortProviders::word),
            allow_fallbacks: routing.no_fallbacks.then_some(false),
            require_parameters: routing.require_parameters,
            data_collection: routing.denies_collection.then_some("deny"),
            zdr: routing.zdr,
            max_price: (most != MaxPrice::default()).then(|| MaxPriceBody {
                prompt: text(most.prompt),
                completion: text(most.completion),
                request: text(most.request),
            }),
        })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::domain::media::MediaKind;
    use crate::domain::tuning::{Effort, temperature, top_p};

    fn question() -> ChatRequest {
        ChatRequest::new("a/b", vec![Message::user("hi")], 16)
    }

    fn body(request: &ChatRequest, stream: bool, speaks: Speaks) -> String {
        serde_json::to_string(&ChatBody::of(request, stream, speaks)).unwrap()
    }

    fn sent(request: &ChatRequest, speaks: Speaks) -> Value {
        let mut sent: Value = serde_json::from_str(&body(request, false, speaks)).unwrap();
        let plain = [
            "model",
            "messages",
            "max_tokens",
            "max_completion_tokens",
            "stream",
        ];
        for name in plain {
            sent.as_object_mut().unwrap().remove(name);
        }
        sent
    }

    #[test]
    fn each_server_gets_the_fields_it_knows() {
        let start = r#"{"model":"a/b","messages":[{"role":"user","content":"hi"}],"#;
        let usage = r#""stream_options":{"include_usage":true}}"#;
        let request = question();
        assert_eq!(
            body(&request, true, Speaks::OpenRouter),
            format!(r#"{start}"max_tokens":16,"stream":true}}"#)
        );
        assert_eq!(
            body(&request, true, Speaks::Compatible),
            format!(r#"{start}"max_tokens":16,"stream":true,{usage}"#)
        );
        assert_eq!(
            body(&request, true, Speaks::OpenAi),
            format!(r#"{start}"max_completion_tokens":16,"stream":true,{usage}"#)
        );
        assert_eq!(
            body(&request, false, Speaks::OpenAi),
            format!(r#"{start}"max_completion_tokens":16,"stream":false}}"#)
        );
    }

    #[test]
    fn only_openrouter_is_told_what_only_it_knows() {
        let mut request = question();
        request.fallbacks = vec![request.model.clone(), "c/d".into()];
        request.session = Some("talk-1".into());
        request.tuning = Tuning {
            temperature: temperature("0.70"),
            top_p: top_p("0.9"),
            seed: Some(7),
            stop: vec!["END".into()],
            thinking: Some(Thinking::Effort(Effort::Low)),
            hides_reasoning: true,
        };
        request.routing = Routing {
            sort: Some(SortProviders::Throughput),
            ignore: vec!["groq".into()],
            no_fallbacks: true,
            denies_collection: true,
            zdr: true,
            max_price: MaxPrice {
                prompt: Usd::parse("2.50"),
                ..MaxPrice::default()
            },
            ..Routing::default()
        };
        let shared = json!({"temperature": 0.7, "top_p": 0.9, "seed": 7, "stop": ["END"]});
        let mut to_openrouter = shared.clone();
        for (name, value) in [
            ("models", json!(["c/d"])),
            ("session_id", json!("talk-1")),
            ("reasoning", json!({"effort": "low", "exclude": true})),
            (
                "provider",
                json!({
                    "ignore": ["groq"], "sort": "throughput", "allow_fallbacks": false,
                    "data_collection": "deny", "zdr": true, "max_price": {"prompt": "2.5"},
                }),
            ),
        ] {
            to_openrouter[name] = value;
        }
        assert_eq!(sent(&request, Speaks::OpenRouter), to_openrouter);
        let mut to_others = shared;
        to_others["reasoning_effort"] = json!("low");
        assert_eq!(sent(&request, Speaks::OpenAi), to_others);
        assert_eq!(sent(&request, Speaks::Compatible), to_others);
    }

    #[test]
    fn thinking_by_tokens_names_no_effort() {
        let mut request = question();
        request.tuning.thinking = Some(Thinking::Tokens(2048));
        assert_eq!(
            sent(&request, Speaks::OpenRouter),
            json!({"reasoning": {"max_tokens": 2048}})
        );
        assert_eq!(sent(&request, Speaks::OpenAi), json!({}));
    }

    #[test]
    fn pictures_and_documents_follow_the_words() {
        let media = |name: &str, kind, bytes: &[u8]| Media {
            name: name.into(),
            kind,
            bytes: bytes.into(),
        };
        let mut request = question();
        request.messages[0].media = vec![
            media("a.png", MediaKind::Png, b"png"),
            media("b.pdf", MediaKind::Pdf, b"%PDF-"),
        ];
        let body: Value = serde_json::from_str(&body(&request, false, Speaks::OpenRouter)).unwrap();
        assert_eq!(
            body["messages"][0]["content"],
            json!([
                {"type": "text", "text": "hi"},
                {"type": "image_url", "image_url": {"url": "data:image/png;base64,cG5n"}},
                {"type": "file", "file": {
                    "filename": "b.pdf", "file_data": "data:application/pdf;base64,JVBERi0=",
                }},
            ])
        );
    }
}
