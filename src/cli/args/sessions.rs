//! `onramp sessions`: its commands and flags.

use clap::{Args, Subcommand, ValueEnum};

/// `onramp sessions`
#[derive(Debug, Subcommand)]
pub(in crate::cli) enum SessionsVerb {
    /// List the kept conversations of this project, the latest first
    List(SessionsListFlags),
    /// Find conversations by words that were said in them
    Search(SessionsSearchFlags),
    /// Show a conversation as text
    Show(SessionsShowFlags),
    /// Write a conversation as Markdown or JSON
    Export(SessionsExportFlags),
    /// Give a conversation another title
    Rename(SessionsRenameFlags),
    /// Delete conversations for good
    Delete(SessionsDeleteFlags),
}

/// Which conversations are listed, and how
#[derive(Args, Debug)]
pub(in crate::cli) struct ListedFlags {
    /// Those of every project
    #[arg(long = "all")]
    pub(in crate::cli) all_projects: bool,
    /// At most so many
    #[arg(long, short = 'n', value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub(in crate::cli) limit: Option<u32>,
    /// Print JSON
    #[arg(long)]
    pub(in crate::cli) json: bool,
}

/// `onramp sessions list`
#[derive(Args, Debug)]
pub(in crate::cli) struct SessionsListFlags {
    #[command(flatten)]
    pub(in crate::cli) listed: ListedFlags,
}

/// `onramp sessions search`
#[derive(Args, Debug)]
pub(in crate::cli) struct SessionsSearchFlags {
    /// The words; all of them must stand in a question, an answer or a title
    #[arg(required = true, value_name = "WORD")]
    pub(in crate::cli) words: Vec<String>,
    #[command(flatten)]
    pub(in crate::cli) listed: ListedFlags,
}

/// `onramp sessions show`
#[derive(Args, Debug)]
pub(in crate::cli) struct SessionsShowFlags {
    #[command(flatten)]
    pub(in crate::cli) which: TalkFlag,
    /// Every branch, not only the one on show; JSON always holds all
    #[arg(long)]
    pub(in crate::cli) all_branches: bool,
    /// Print JSON
    #[arg(long)]
    pub(in crate::cli) json: bool,
}

/// One conversation
#[derive(Args, Debug)]
pub(in crate::cli) struct TalkFlag {
    /// The conversation: its id, the beginning of it, or the letters at its end
    #[arg(value_name = "ID")]
    pub(in crate::cli) talk: String,
}

/// `onramp sessions export`
#[derive(Args, Debug)]
pub(in crate::cli) struct SessionsExportFlags {
    #[command(flatten)]
    pub(in crate::cli) which: TalkFlag,
    /// md or json; by the ending of the file where none is named
    #[arg(long, value_enum, value_name = "FORMAT", hide_possible_values = true)]
    pub(in crate::cli) format: Option<TalkFormat>,
    /// Write to this file; what would change in one that is there is shown first
    #[arg(long, short, value_name = "FILE")]
    pub(in crate::cli) output: Option<String>,
    /// Every branch, not only the one on show; JSON always holds all
    #[arg(long)]
    pub(in crate::cli) all_branches: bool,
    /// Do not ask
    #[arg(long, short)]
    pub(in crate::cli) yes: bool,
}

/// `onramp sessions export --format`
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum TalkFormat {
    /// Markdown
    Md,
    /// JSON
    Json,
}

/// `onramp sessions rename`
#[derive(Args, Debug)]
pub(in crate::cli) struct SessionsRenameFlags {
    #[command(flatten)]
    pub(in crate::cli) which: TalkFlag,
    /// The title
    #[arg(required = true, value_name = "TITLE")]
    pub(in crate::cli) title: Vec<String>,
}

/// `onramp sessions delete`
#[derive(Args, Debug)]
pub(in crate::cli) struct SessionsDeleteFlags {
    /// The conversations: ids, beginnings of ids, or the letters at their end
    #[arg(required = true, value_name = "ID")]
    pub(in crate::cli) talks: Vec<String>,
    /// Do not ask
    #[arg(long, short)]
    pub(in crate::cli) yes: bool,
}
