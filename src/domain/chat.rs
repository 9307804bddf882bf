//! A request for an answer, and the answer as it arrives.

use super::clean_text::CleanText;
use super::money::Usd;
use super::symptom::Symptom;

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
