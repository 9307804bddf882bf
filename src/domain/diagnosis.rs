//! What is wrong, why, and how it is mended: the judgement, once, for every front door.

use std::time::Duration;

use jiff::Timestamp;

use super::clean_text::CleanText;
use super::page::Page;
use crate::text::{Phrase, Said};

/// A judged trouble.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnosis {
    /// Its stable name, as in `onramp explain <id>` and in JSON.
    pub id: &'static str,
    /// What happened, in one line.
    pub title: Said,
    /// Why.
    pub cause: Said,
    /// What to do, the likeliest first.
    pub fixes: Vec<Fix>,
    /// Pages that help.
    pub links: Vec<Page>,
    /// What was seen, for a report; secrets masked.
    pub raw: CleanText,
    /// Which exit code it leads to.
    pub kind: TroubleKind,
    /// When it was judged, where a clock was at hand: a wait before trying again counts from then.
    pub judged_at: Option<Timestamp>,
}

/// One way to mend a trouble.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// The words for it.
    pub words: Said,
    /// What the program can do about it at a keypress.
    pub act: Act,
}

impl Fix {
    /// The words, and behind them what to type where a command does it.
    pub fn with_command(&self) -> Said {
        const BEHIND: Phrase = Phrase::new("{}: {}", "{}：{}");
        match self.act.command() {
            Some(command) => {
                let command = Said::verbatim(CleanText::line(&command));
                Said::joined(BEHIND, &[self.words.clone(), command])
            }
            None => self.words.clone(),
        }
    }
}

/// What a program can do about a trouble.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Act {
    /// Nothing: the person does it.
    Advice,
    /// Open a page.
    Open(Page),
    /// Try again, after the stated wait.
    Retry(Duration),
    /// Ask for a shorter answer, of so many tokens.
    LowerMaxTokens(u32),
    /// Take this model instead.
    UseModel(String),
    /// Take a free model.
    UseFreeModel,
    /// Enter another key.
    AnotherKey,
    /// Sign in with the browser.
    SignIn,
    /// Change the base URL to this.
    UseBaseUrl(String),
    /// Let the person change the base URL.
    EditBaseUrl,
    /// Choose another file for the key.
    OtherFile,
    /// Run this command.
    Run(String),
}

impl Act {
    /// What to type on a command line for it; `None` where no command does it.
    pub fn command(&self) -> Option<String> {
        match self {
            Self::Run(command) => Some(command.clone()),
            Self::AnotherKey => Some("onramp env set OPENROUTER_API_KEY".into()),
            Self::SignIn => Some("onramp login".into()),
            Self::UseFreeModel => Some("onramp models --free".into()),
            Self::EditBaseUrl => Some("onramp env set OPENROUTER_API_BASE".into()),
            Self::UseBaseUrl(url) => Some(format!("onramp env set OPENROUTER_API_BASE={url}")),
            Self::Advice
            | Self::OtherFile
            | Self::Open(_)
            | Self::Retry(_)
            | Self::LowerMaxTokens(_)
            | Self::UseModel(_) => None,
        }
    }
}

/// Trouble by who can mend it: one exit code each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TroubleKind {
    /// A defect of this program, or something nobody foresaw.
    Unexpected,
    /// No key anywhere.
    NotConfigured,
    /// The key was refused.
    Auth,
    /// Credits or a limit are used up.
    Credits,
    /// Too many requests for now.
    RateLimited,
    /// The network between here and there.
    Network,
    /// The provider or the server.
    Server,
    /// The request itself: model, policy, moderation, parameters.
    Refused,
    /// A file could not be read or written.
    File,
    /// Nothing failed; what was found deserves attention.
    Alert,
}

impl TroubleKind {
    /// The exit code: a contract with scripts.
    pub fn exit_code(self) -> u8 {
        match self {
            Self::Unexpected => 1,
            Self::NotConfigured => 3,
            Self::Auth => 4,
            Self::Credits => 5,
            Self::RateLimited => 6,
            Self::Network => 7,
            Self::Server => 8,
            Self::Refused => 9,
            Self::File => 10,
            Self::Alert => 11,
        }
    }
}
