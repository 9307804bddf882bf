//! What a row in the table of troubles is made of.

use axum::response::Response;
use jiff::Timestamp;

use super::refusal::Refusal;
use crate::text::Phrase;

/// One row of the table of troubles.
#[derive(Clone, Copy, Debug)]
pub struct FaultRow {
    /// Its name: a contract with scripts.
    pub name: &'static str,
    /// Other names for it, such as a status.
    pub aliases: &'static [&'static str],
    /// What happens.
    pub words: Phrase,
    /// What it happens to when the whole server is told to have it.
    pub reach: Reach,
    /// How it is done.
    pub(super) act: Act,
}

/// What a trouble of the whole server happens to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// Requests for answers.
    Inference,
    /// Every request.
    Everything,
    /// One list or one set of facts, named by its path under the base URL. A model cannot ask for it.
    Listing(&'static str),
}

impl Reach {
    /// Words for it.
    pub fn words(self) -> Phrase {
        match self {
            Self::Inference => Phrase::new("answers", "回答请求"),
            Self::Everything => Phrase::new("every request", "所有请求"),
            Self::Listing(_) => Phrase::new("one list", "某个列表"),
        }
    }
}

/// How a trouble is done.
#[derive(Clone, Copy, Debug)]
pub(super) enum Act {
    /// An error as the service describes it.
    Refuse(fn(&Scene) -> Refusal),
    /// Something else altogether in place of the answer.
    Instead(fn() -> Response),
    /// The true answer, harmed on the wire.
    Harm(Harm),
    /// The true answer, told in other events.
    Twist(Twist),
    /// A list or facts of another shape.
    Odd(Listing),
}

/// What is known when a trouble strikes.
#[derive(Clone, Debug)]
pub(super) struct Scene {
    /// The model that was asked for.
    pub(super) model: String,
    /// Now.
    pub(super) now: Timestamp,
}

/// What happens to an answer on the wire.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Harm {
    /// Never a first byte.
    Hang,
    /// Half of it, then silence.
    Stall,
    /// Half of it, then the connection is closed.
    Cut,
    /// Every byte by itself.
    OneByte,
    /// One byte a second.
    Slow,
    /// Lines that end in CR LF.
    Crlf,
    /// Blank lines before a JSON body.
    LeadingSpace,
    /// A Date header a day ahead.
    Skew,
}

/// What happens to the events of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Twist {
    /// An error among them: its status, and how its code is written.
    Breaks(u16, BrokenCode),
    /// No `[DONE]`.
    NoDone,
    /// No usage.
    NoUsage,
    /// Usage beside a choice without a finish reason.
    UsageWithChoice,
    /// Reasoning under each of its three names.
    ReasoningTwin,
    /// A tool call that nobody asked for.
    ToolCall,
    /// Text that would drive a terminal.
    Hostile,
    /// A filter stops it halfway.
    Filtered,
    /// No text at all.
    Nothing,
    /// It ran on the account's own key at the provider: its cost is no credits.
    OwnKey,
    /// Keep-alive comments for ten seconds before the first token.
    LateStart,
    /// Null content, a repeated role, the last text beside the finish reason.
    OddChunks,
    /// One JSON body although a stream was asked for.
    Whole,
}

/// How the code of an error among the events is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum BrokenCode {
    /// A number, as documented.
    Number,
    /// A word.
    Word,
    /// A number, and no `choices` beside the error.
    Bare,
}

/// What is listed oddly.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Listing {
    /// `GET /key` of an older service, with members nobody knows.
    OldKey,
    /// `GET /credits` says zeros to an inference key.
    ZeroCredits,
    /// `GET /models` with unknown words and missing members.
    OddModels,
    /// `GET /models` whose next page is itself.
    EndlessModels,
    /// `GET /activity` with times behind the dates.
    LongDates,
    /// `GET /activity` without a row.
    NoActivity,
    /// `/analytics` is not there.
    NoAnalytics,
    /// `POST /analytics/query` gives up on more than a month.
    SlowAnalytics,
    /// `POST /analytics/query` tells a few rows of many.
    CutAnalytics,
    /// `POST /analytics/query` with the other name for the time, and times in place of days.
    OddAnalytics,
}

impl FaultRow {
    /// It can be asked for by the name of a model.
    pub(super) fn by_model(&self) -> bool {
        !matches!(self.reach, Reach::Listing(_))
    }
}
