//! `onramp login` and `onramp logout`.

use clap::Args;

/// `onramp login`
#[derive(Args, Clone, Copy, Debug)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a flag of the command line"
)]
pub(in crate::cli) struct LoginFlags {
    /// Open no browser: its page shows a code on any device, to be pasted here
    #[arg(long, conflicts_with = "management")]
    pub(in crate::cli) no_browser: bool,
    /// Keep a management key instead: pasted unseen, or read with --stdin
    #[arg(long)]
    pub(in crate::cli) management: bool,
    /// Read the management key from standard input
    #[arg(long = "stdin", requires = "management")]
    pub(in crate::cli) key_from_stdin: bool,
    /// Print JSON
    #[arg(long)]
    pub(in crate::cli) json: bool,
}

/// `onramp logout`
#[derive(Args, Clone, Copy, Debug)]
pub(in crate::cli) struct LogoutFlags {
    /// Forget the keys of every server
    #[arg(long = "all")]
    pub(in crate::cli) all_servers: bool,
    /// Print JSON
    #[arg(long)]
    pub(in crate::cli) json: bool,
}
