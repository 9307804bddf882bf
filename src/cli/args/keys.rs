//! `onramp keys`: its commands and flags.

use clap::{Args, Subcommand};

/// `onramp keys`
#[derive(Args, Debug)]
#[command(args_conflicts_with_subcommands = true)]
pub(in crate::cli) struct KeysCommand {
    #[command(subcommand)]
    pub(in crate::cli) verb: Option<KeysVerb>,
    #[command(flatten)]
    pub(in crate::cli) shown: ShownFlags,
}

/// The commands of `onramp keys`
#[derive(Debug, Subcommand)]
pub(in crate::cli) enum KeysVerb {
    /// List the account's keys, the newest first
    List(ShownFlags),
    /// Tell everything about one key, and what deserves a word
    Show(KeysShowFlags),
}

/// How a result is shown
#[derive(Args, Debug)]
pub(in crate::cli) struct ShownFlags {
    /// Print JSON
    #[arg(long)]
    pub(in crate::cli) json: bool,
}

/// One key
#[derive(Args, Debug)]
pub(in crate::cli) struct KeyFlag {
    /// The key: its name or a part of it, its masked label, the beginning of its hash; this is the one in use here
    #[arg(value_name = "KEY")]
    pub(in crate::cli) key: String,
}

/// `onramp keys show`
#[derive(Args, Debug)]
pub(in crate::cli) struct KeysShowFlags {
    #[command(flatten)]
    pub(in crate::cli) which: KeyFlag,
    #[command(flatten)]
    pub(in crate::cli) shown: ShownFlags,
}
