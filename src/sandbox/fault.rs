//! Troubles on demand: for the whole server, or for one request by the name of its model.

use std::fmt;
use std::str::FromStr;
use std::sync::LazyLock;

use axum::response::Response;
use jiff::Timestamp;

use super::fault_refused::REFUSED;
use super::fault_strange::STRANGE;
use super::refusal::Refusal;
use crate::text::Phrase;

/// A trouble that the sandbox can be told to have.
#[derive(Clone, Copy)]
pub struct Fault(&'static FaultRow);

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
}

impl FaultRow {
    /// It can be asked for by the name of a model.
    pub(super) fn by_model(&self) -> bool {
        !matches!(self.reach, Reach::Listing(_))
    }
}

/// Every trouble, in the order of its status.
pub fn faults() -> &'static [FaultRow] {
    &FAULTS
}

static FAULTS: LazyLock<Vec<FaultRow>> =
    LazyLock::new(|| REFUSED.iter().chain(STRANGE).copied().collect());

impl Fault {
    /// Its row in the table.
    pub fn row(self) -> &'static FaultRow {
        self.0
    }

    /// The trouble of that name that a model may ask for.
    pub(super) fn by_model(name: &str) -> Option<Self> {
        let fault: Self = name.parse().ok()?;
        fault.0.by_model().then_some(fault)
    }
}

impl fmt::Debug for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Fault({})", self.0.name)
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.name)
    }
}

impl PartialEq for Fault {
    fn eq(&self, other: &Self) -> bool {
        self.0.name == other.0.name
    }
}

impl Eq for Fault {}

impl FromStr for Fault {
    type Err = UnknownFault;

    fn from_str(name: &str) -> Result<Self, UnknownFault> {
        faults()
            .iter()
            .find(|row| row.name == name || row.aliases.contains(&name))
            .map(Fault)
            .ok_or_else(|| UnknownFault(name.to_owned()))
    }
}

/// A name that is no trouble's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownFault(String);

impl fmt::Display for UnknownFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the sandbox knows no fault named {}", self.0)
    }
}

impl std::error::Error for UnknownFault {}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn no_name_stands_for_two_troubles() {
        let mut seen = HashSet::new();
        for row in faults() {
            for name in std::iter::once(&row.name).chain(row.aliases) {
                assert!(seen.insert(name), "{name}");
            }
        }
        assert!(seen.len() > 90, "{}", seen.len());
    }

    #[test]
    fn the_short_names_of_the_manual_exist() {
        for name in [
            "401",
            "402",
            "429",
            "503",
            "mid-stream",
            "502",
            "524",
            "529",
        ] {
            assert!(name.parse::<Fault>().is_ok(), "{name}");
        }
        assert_eq!(
            "418".parse::<Fault>().unwrap_err().to_string(),
            "the sandbox knows no fault named 418"
        );
    }
}
