//! What the chat asks of the world, and what it is told while a model answers.

use std::time::Duration;

use jiff::Timestamp;

use super::usage::Account;
use crate::domain::account::Generation;
use crate::domain::chat::ChatRequest;
use crate::domain::diagnosis::Diagnosis;
use crate::domain::media::Media;
use crate::domain::model_card::ModelCard;
use crate::domain::source::Source;
use crate::text::{Lang, Said};

/// A question to a model.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Talk {
    /// Whose money.
    pub account: Account,
    /// The question.
    pub request: ChatRequest,
}

/// What a person wants of the chat before its first frame: from the command line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Opening {
    /// The model to ask, whole or a part of its name; `None`: the project's.
    pub model: Option<String>,
    /// The archive's name of the conversation to go on with.
    pub resume: Option<String>,
    /// The first question.
    pub question: Option<String>,
}

/// How an answer ended.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TalkEnded {
    /// From the request to the first piece of text or reasoning; `None` where none came.
    pub first_token: Option<Duration>,
    /// From the request to its end.
    pub took: Duration,
    /// What went wrong; what had come before stands.
    pub trouble: Option<Box<Diagnosis>>,
}

/// What a server says of the cost of an answer that came without it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Bill {
    /// This, a cost included.
    Told(Box<Generation>),
    /// Nothing yet, or it could not be asked.
    NotYet,
    /// Nothing, now or later.
    Never,
}

/// A question as the person typed it, on its way to be asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// Whose money.
    pub account: Account,
    /// The words.
    pub text: String,
    /// Rules that go along for the first time.
    pub new_rules: Option<String>,
    /// The models it goes to: one, or two at once.
    pub asked: Vec<Asked>,
    /// Models that may answer in the place of each.
    pub fallbacks: Vec<Asked>,
    /// Whether the server's list names prices; `None`: there is no list.
    pub lists_prices: Option<bool>,
    /// About how many tokens go with it that were said before.
    pub tokens_before: u64,
    /// The longest answer that is asked for, of each model, in tokens.
    pub max_tokens: u32,
}

/// A model that is to be asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// Its name.
    pub model: String,
    /// What the list tells of it: whether pictures can go along, and what it costs.
    pub card: Option<ModelCard>,
}

/// A question that can be asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Composed {
    /// When it was composed.
    pub at: Timestamp,
    /// A name for a conversation that begins with it.
    pub fresh_id: String,
    /// The root of the project round here.
    pub project: Option<String>,
    /// The words with the texts of the named files behind them: what is sent.
    pub sent: String,
    /// Pictures and documents beside them.
    pub media: Vec<Media>,
    /// About how many tokens it takes to be read, with all that was said before.
    pub tokens: u64,
    /// The names of the files that go along.
    pub attached: Vec<String>,
    /// Named files that do not go along, and why.
    pub refused: Vec<Said>,
    /// Files of named folders that do not go along, and why.
    pub passed_over: Vec<Said>,
    /// What is said of words with `@` that look like a path and lead to nothing.
    pub absent: Option<Said>,
    /// A budget of the person's own that is reached, and by what; or why that cannot be told.
    pub over_budget: Option<Said>,
    /// What looks secret in what would be sent, and where.
    pub secrets: Vec<Said>,
}

/// A template of a question, to be filled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TemplateWanted {
    /// Its name.
    pub name: String,
    /// What was typed behind the name: a file may be named in it by `@path`.
    pub typed: String,
    /// What goes into `{{input}}` behind that: standard input.
    pub piped: String,
    /// What was named beside it to go along.
    pub sources: Vec<Source>,
    /// The person's language.
    pub lang: Lang,
}
