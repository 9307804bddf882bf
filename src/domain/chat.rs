//! A request for an answer, and the answer as it arrives.

use super::clean_text::CleanText;
use super::media::Media;
use super::model_card::ModelCard;
use super::money::Usd;
use super::routing::Routing;
use super::symptom::Symptom;
use super::tuning::{Thinking, Tuning};
use crate::text::Phrase;

/// Who speaks a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// The rules for the model.
    System,
    /// The person.
    User,
    /// The model.
    Assistant,
}

/// One message of a conversation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// Who speaks.
    pub role: Role,
    /// What is said, verbatim.
    pub content: String,
    /// Pictures and documents that go along.
    pub media: Vec<Media>,
}

impl Message {
    /// A message of words.
    pub fn of(role: Role, content: impl Into<String>) -> Self {
        Self {
            role,
            content: content.into(),
            media: Vec::new(),
        }
    }

    /// Rules for the model.
    pub fn system(content: impl Into<String>) -> Self {
        Self::of(Role::System, content)
    }

    /// A question.
    pub fn user(content: impl Into<String>) -> Self {
        Self::of(Role::User, content)
    }

    /// An answer.
    pub fn assistant(content: impl Into<String>) -> Self {
        Self::of(Role::Assistant, content)
    }

    /// The same with pictures and documents.
    #[must_use]
    pub fn with_media(mut self, media: Vec<Media>) -> Self {
        self.media = media;
        self
    }
}

/// What is asked of a model. Source: `POST /chat/completions`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChatRequest {
    /// The model's id, variant suffix included.
    pub model: String,
    /// The conversation so far.
    pub messages: Vec<Message>,
    /// The longest answer, in tokens. Always sent: without it the server's credit check assumes the
    /// model's maximum.
    pub max_tokens: u32,
    /// Models that answer when the first one cannot, in this order; the one that answers is paid.
    pub fallbacks: Vec<String>,
    /// How it is to answer.
    pub tuning: Tuning,
    /// Who may answer.
    pub routing: Routing,
    /// The conversation's name, 256 characters at most: its requests go to the same provider, whose
    /// cache then knows them.
    pub session: Option<String>,
}

impl ChatRequest {
    /// A request with nothing but what every request has.
    pub fn new(model: impl Into<String>, messages: Vec<Message>, max_tokens: u32) -> Self {
        Self {
            model: model.into(),
            messages,
            max_tokens,
            fallbacks: Vec::new(),
            tuning: Tuning::default(),
            routing: Routing::default(),
            session: None,
        }
    }

    /// What it wishes that only OpenRouter can fulfil, by the API's names. Other servers are not sent it.
    pub fn only_openrouters(&self) -> Vec<&'static str> {
        let wishes = [
            ("models", !self.fallbacks.is_empty()),
            ("provider", !self.routing.is_default()),
            ("session_id", self.session.is_some()),
        ];
        let set = wishes.into_iter().filter(|(_, is_wished)| *is_wished);
        set.map(|(name, _)| name).collect()
    }

    /// Leaves out what the model does not take, and gives back the names of that.
    pub fn leave_out_unsupported(&mut self, card: &ModelCard) -> Vec<&'static str> {
        let left_out = unsupported(card, self);
        for name in &left_out {
            let tuning = &mut self.tuning;
            match *name {
                "temperature" => tuning.temperature = None,
                "top_p" => tuning.top_p = None,
                "seed" => tuning.seed = None,
                "stop" => tuning.stop.clear(),
                "reasoning.effort" => tuning.thinking = None,
                _ => {
                    tuning.thinking = None;
                    tuning.hides_reasoning = false;
                }
            }
        }
        left_out
    }
}

/// The parameters of a request that its model does not take, by the API's names; none where the list does
/// not tell what it takes. A provider would drop them without a word.
pub fn unsupported(card: &ModelCard, request: &ChatRequest) -> Vec<&'static str> {
    let tuning = &request.tuning;
    let wishes = [
        ("temperature", tuning.temperature.is_some()),
        ("top_p", tuning.top_p.is_some()),
        ("seed", tuning.seed.is_some()),
        ("stop", !tuning.stop.is_empty()),
        (
            "reasoning",
            tuning.thinking.is_some() || tuning.hides_reasoning,
        ),
    ];
    let lacking = wishes
        .into_iter()
        .filter(|(name, is_wished)| *is_wished && !card.takes(name));
    let mut lacking: Vec<&str> = lacking.map(|(name, _)| name).collect();
    if let Some(Thinking::Effort(effort)) = tuning.thinking
        && card.takes("reasoning")
        && !card.takes_effort(effort)
    {
        lacking.push("reasoning.effort");
    }
    lacking
}

/// The longest answer that a test asks for, in tokens: enough for a word after a little reasoning, and
/// affordable on nearly nothing.
pub const TINY_ANSWER: u32 = 64;

/// One thing that happened while an answer streams. Texts are verbatim: who draws them makes them
/// [`CleanText`] first, who writes them into a pipe or file does not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Delta {
    /// The server is alive and has nothing yet (an SSE comment).
    KeepAlive,
    /// The answer was given an id and a model, said once, before the first text.
    Started(AnswerHead),
    /// A piece of reasoning.
    Reasoning(String),
    /// A piece of the answer.
    Text(String),
    /// A tool call that nobody asked for; its name.
    ToolCall(CleanText),
    /// Why the model stopped.
    Finished(FinishReason),
    /// What it used. May come after `Finished`, or never.
    Usage(Usage),
    /// An error inside the running stream. What came before stands; nothing follows.
    Broke(Box<Symptom>),
    /// The stream ended as it should: `[DONE]`, or end of input after a finish reason.
    Done,
}

/// Who is answering.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AnswerHead {
    /// `gen-…`; `None` where the server names none.
    pub generation_id: Option<CleanText>,
    /// The model that really answers; may differ from the one asked.
    pub model: Option<CleanText>,
    /// The provider that runs it.
    pub provider: Option<CleanText>,
}

/// Why a model stopped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FinishReason {
    /// It was done.
    Stop,
    /// It reached `max_tokens` or its context.
    Length,
    /// It wants a tool run.
    ToolCalls,
    /// A filter stopped it.
    ContentFilter,
    /// It failed on the way.
    Error,
    /// A word not known yet.
    Other(CleanText),
}

impl FinishReason {
    /// The server's word for it.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Stop => "stop",
            Self::Length => "length",
            Self::ToolCalls => "tool_calls",
            Self::ContentFilter => "content_filter",
            Self::Error => "error",
            Self::Other(word) => word,
        }
    }
}

/// What an answer used. `None`: the server did not say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Usage {
    /// Tokens read.
    pub prompt_tokens: Option<u64>,
    /// Tokens written, reasoning included.
    pub completion_tokens: Option<u64>,
    /// Of these, tokens of reasoning.
    pub reasoning_tokens: Option<u64>,
    /// Of the tokens read, those that came from a cache.
    pub cached_tokens: Option<u64>,
    /// USD charged to the account. Absent on servers that do not charge.
    pub cost: Option<Usd>,
    /// USD that the provider charges to the person's own key there; `None` where it ran on none. No credits.
    pub byok_cost: Option<Usd>,
}

/// That a model asked for a tool that nobody offered it.
pub const UNASKED_TOOL: Phrase = Phrase::new(
    "The model called a tool that it was not offered: {}. Nothing was run.",
    "模型调用了未提供的工具：{}。没有执行任何操作。",
);

/// A whole answer, gathered from its pieces. Texts are verbatim.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answer {
    /// Who answered.
    pub head: AnswerHead,
    /// The answer.
    pub text: String,
    /// The reasoning before it.
    pub reasoning: String,
    /// Tools it asked for, by name.
    pub tool_calls: Vec<CleanText>,
    /// Why the model stopped; `None` while it has not said.
    pub finish: Option<FinishReason>,
    /// What it used; `None` where the server did not say.
    pub usage: Option<Usage>,
}

impl Answer {
    /// Whether it ended before it was done: too long, filtered, or for a reason that nobody knows.
    pub fn is_cut_short(&self) -> bool {
        use FinishReason::{ContentFilter, Length, Other};
        matches!(self.finish, Some(Length | ContentFilter | Other(_)))
    }

    /// Takes the next piece in. Signs of life, breaks and the end change nothing: who listens to
    /// the stream acts on them.
    pub fn absorb(&mut self, delta: Delta) {
        match delta {
            Delta::Started(head) => self.head = head,
            Delta::Reasoning(piece) => self.reasoning.push_str(&piece),
            Delta::Text(piece) => self.text.push_str(&piece),
            Delta::ToolCall(name) => self.tool_calls.push(name),
            Delta::Finished(reason) => self.finish = Some(reason),
            Delta::Usage(usage) => self.usage = Some(usage),
            Delta::KeepAlive | Delta::Broke(_) | Delta::Done => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::tuning::Effort;

    #[test]
    fn what_a_model_does_not_take_is_left_out_and_named() {
        let mut request = ChatRequest::new("a/b", vec![Message::user("hi")], 16);
        request.tuning.temperature = crate::domain::tuning::temperature("0.5");
        request.tuning.stop = vec!["END".into()];
        request.tuning.hides_reasoning = true;
        assert_eq!(unsupported(&ModelCard::default(), &request), [""; 0]);
        let card = ModelCard {
            supported_parameters: ["stop", "max_tokens"].map(CleanText::line).to_vec(),
            ..ModelCard::default()
        };
        let left_out = request.leave_out_unsupported(&card);
        assert_eq!(left_out, ["temperature", "reasoning"]);
        let kept = Tuning {
            stop: vec!["END".into()],
            ..Tuning::default()
        };
        assert_eq!(request.tuning, kept);
        assert_eq!(unsupported(&card, &request), [""; 0]);
    }

    #[test]
    fn an_effort_that_the_model_has_no_word_for_is_left_out_alone() {
        let mut request = ChatRequest::new("a/b", vec![Message::user("hi")], 16);
        request.tuning.hides_reasoning = true;
        let card = ModelCard {
            efforts: ["high", "low"].map(CleanText::line).to_vec(),
            ..ModelCard::default()
        };
        for taken in [Effort::High, Effort::None] {
            request.tuning.thinking = Some(Thinking::Effort(taken));
            assert_eq!(unsupported(&card, &request), [""; 0]);
        }
        request.tuning.thinking = Some(Thinking::Effort(Effort::Max));
        assert_eq!(request.leave_out_unsupported(&card), ["reasoning.effort"]);
        assert_eq!(request.tuning.thinking, None);
        assert!(request.tuning.hides_reasoning);
        // Of a model whose list names no word nothing is known.
        request.tuning.thinking = Some(Thinking::Effort(Effort::Max));
        assert_eq!(unsupported(&ModelCard::default(), &request), [""; 0]);
    }

    #[test]
    fn an_answer_is_the_sum_of_its_pieces() {
        let mut answer = Answer::default();
        for delta in [
            Delta::KeepAlive,
            Delta::Reasoning("hm".into()),
            Delta::Text("a".into()),
            Delta::Text("b".into()),
            Delta::Finished(FinishReason::Stop),
            Delta::Done,
        ] {
            answer.absorb(delta);
        }
        let whole = Answer {
            text: "ab".into(),
            reasoning: "hm".into(),
            finish: Some(FinishReason::Stop),
            ..Answer::default()
        };
        assert_eq!(answer, whole);
    }
}
