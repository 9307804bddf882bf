//! The command line: its commands and flags. The doc comments here are the English help; the Chinese
//! stands in `chinese`, row by row, and a test holds the two together.

use std::path::PathBuf;

use clap::{Args, CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum};

mod ask;
pub(super) mod chinese;
mod env;
pub(super) mod keys;
pub(super) mod login;
pub(super) mod sessions;

pub(super) use self::ask::{AskFlags, SortName};
pub(super) use self::env::{
    EnvDoctorFlags, EnvInitFlags, EnvScanFlags, EnvSetFlags, EnvShowFlags, EnvUndoFlags,
    EnvUnsetFlags, EnvVerb, FileFlag, GuardFlags, GuardVerb, TemplateName,
};

use crate::domain::money::Usd;
use crate::settings::{LangChoice, ThemeChoice};
use crate::text::Lang;

/// From no key to a tested OpenRouter key in your project's .env, in the terminal
#[derive(Debug, Parser)]
#[command(name = "onramp", version, disable_help_subcommand = true)]
pub(super) struct CommandLine {
    #[command(flatten)]
    pub(super) global: GlobalFlags,
    #[command(subcommand)]
    pub(super) verb: Option<Verb>,
}

/// Flags that every command takes
#[derive(Args, Clone, Debug)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a flag of the command line"
)]
pub(super) struct GlobalFlags {
    /// The .env file to read and write
    #[arg(long, global = true, value_name = "FILE")]
    pub(super) env_file: Option<PathBuf>,
    /// The server; with or without /api/v1
    #[arg(long, global = true, value_name = "URL")]
    pub(super) base_url: Option<String>,
    /// The language: en, zh-CN or auto
    #[arg(long, global = true, default_value = "auto", hide_default_value = true)]
    pub(super) lang: LangChoice,
    /// The colours: auto, dark, light or mono
    #[arg(long, global = true, default_value = "auto", hide_default_value = true)]
    pub(super) theme: ThemeChoice,
    /// Use a simulated OpenRouter inside this program: no account, no network, no money
    #[arg(long, global = true)]
    pub(super) sandbox: bool,
    /// No colour, as with `NO_COLOR`
    #[arg(long, global = true)]
    pub(super) no_color: bool,
    /// Plain lines instead of a full screen
    #[arg(long, global = true)]
    pub(super) plain: bool,
    /// Give up when the network says nothing for so many seconds
    #[arg(long, global = true, value_name = "SECS", value_parser = clap::value_parser!(u64).range(1..=3600))]
    pub(super) timeout: Option<u64>,
    /// Trust the authorities in this PEM file, too: a company's filter signs with its own
    #[arg(long, global = true, value_name = "FILE")]
    pub(super) ca_file: Option<PathBuf>,
    /// Keep nothing of conversations; the ledger still keeps what requests cost, without their words
    #[arg(long, global = true)]
    pub(super) no_history: bool,
    /// Write a log of requests to this file, secrets masked
    #[arg(long, global = true, value_name = "FILE")]
    pub(super) log: Option<PathBuf>,
    /// Say nothing but results and errors
    #[arg(long, short, global = true)]
    pub(super) quiet: bool,
}

/// The commands
#[derive(Debug, Subcommand)]
pub(super) enum Verb {
    /// The wizard: from no key to a tested one, in six steps
    Setup,
    /// Sign in with the browser: it makes a key, which is kept for this server
    Login(login::LoginFlags),
    /// Forget the keys that are kept here; on OpenRouter they stay until they are deleted there
    Logout(login::LogoutFlags),
    /// Test key, server and model; say what is wrong and how to mend it
    Check(CheckFlags),
    /// Show what was spent and what is left
    Usage(UsageFlags),
    /// Show or set what this program may spend by your own word: a day, a month
    Budget(BudgetFlags),
    /// Say what a trouble means and how it is mended; without an id, list the troubles
    Explain(ExplainFlags),
    /// Talk with a model about code, on the full screen
    Chat(ChatFlags),
    /// Ask a model one question; the answer goes to standard output
    Ask(Box<AskFlags>),
    /// List the models with their prices
    Models(ModelsFlags),
    /// The account's keys, by a management key: what each spent, may spend, and when it ends
    Keys(keys::KeysCommand),
    /// Read and change .env files, every other byte left as it is
    Env {
        #[command(subcommand)]
        verb: EnvVerb,
    },
    /// Kept conversations: list, find, show, export, rename, delete for good
    Sessions {
        #[command(subcommand)]
        verb: sessions::SessionsVerb,
    },
    /// Serve a simulated OpenRouter on this machine
    Sandbox(SandboxFlags),
}

/// `onramp check`
#[derive(Args, Debug)]
pub(super) struct CheckFlags {
    /// Every stage: name, connection, certificate, key, limit, credits, model, answer, stream, cost
    #[arg(long)]
    pub(super) full: bool,
    /// The model to ask
    #[arg(long, short, value_name = "MODEL", value_parser = model_name)]
    pub(super) model: Option<String>,
    /// Print JSON
    #[arg(long)]
    pub(super) json: bool,
}

/// `onramp chat`
#[derive(Args, Debug)]
pub(super) struct ChatFlags {
    /// The first question; without one, the chat waits for it
    #[arg(value_name = "PROMPT")]
    pub(super) prompt: Vec<String>,
    /// The model to ask
    #[arg(long, short, value_name = "MODEL", value_parser = model_name)]
    pub(super) model: Option<String>,
    /// Go on with this kept conversation: its id, the beginning of it, or the letters at its end
    #[arg(long, value_name = "ID")]
    pub(super) resume: Option<String>,
    /// Go on with the latest conversation of this project
    #[arg(long, conflicts_with = "resume")]
    pub(super) last: bool,
}

/// `onramp usage`
#[derive(Args, Debug)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a flag of the command line"
)]
pub(super) struct UsageFlags {
    /// How many UTC days to show, today included; 31 unless told otherwise
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=400))]
    pub(super) days: Option<u16>,
    /// Print JSON
    #[arg(long, conflicts_with_all = ["csv", "line"])]
    pub(super) json: bool,
    /// Print the days as CSV
    #[arg(long, conflicts_with = "line")]
    pub(super) csv: bool,
    /// Print one line for a status bar, from what was learned last; with --watch whenever it changes
    #[arg(long)]
    pub(super) line: bool,
    /// End in 11 when balance or limit leave less than so many USD; with --watch the bound of its alerts
    #[arg(long, value_name = "USD", value_parser = amount)]
    pub(super) min_credit: Option<Usd>,
    /// Look every so many seconds and print what changes: a line each, with --json an object
    #[arg(long, value_name = "SECS", conflicts_with_all = ["csv", "days", "rebuild"], value_parser = clap::value_parser!(u64).range(1..=86_400))]
    pub(super) watch: Option<u64>,
    /// Run this command for each new alert, the facts in its environment
    #[arg(long, value_name = "COMMAND", requires = "watch")]
    pub(super) hook: Option<String>,
    /// End in 11 at the first new alert
    #[arg(long, requires = "watch")]
    pub(super) exit_on_alert: bool,
    /// Reckon the sums of this program's own ledger anew
    #[arg(long, conflicts_with_all = ["json", "csv", "line"])]
    pub(super) rebuild: bool,
}

/// `onramp budget`
#[derive(Args, Debug)]
pub(super) struct BudgetFlags {
    /// USD a UTC day; off takes the bound away
    #[arg(long, value_name = "USD", value_parser = bound)]
    pub(super) day: Option<Bound>,
    /// USD a UTC month; off takes the bound away
    #[arg(long, value_name = "USD", value_parser = bound)]
    pub(super) month: Option<Bound>,
    /// Print JSON
    #[arg(long)]
    pub(super) json: bool,
}

/// A bound as it is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Bound {
    /// None any more.
    Off,
    /// So much.
    At(Usd),
}

fn bound(text: &str) -> Result<Bound, String> {
    if text == "off" {
        return Ok(Bound::Off);
    }
    Usd::typed(text)
        .map(Bound::At)
        .ok_or_else(|| "an amount in US dollars, such as 5 or 2.50, or off".into())
}

/// `onramp explain`
#[derive(Args, Debug)]
pub(super) struct ExplainFlags {
    /// The trouble's id; all of them where none is named
    #[arg(value_name = "ID")]
    pub(super) id: Option<String>,
    /// Print JSON
    #[arg(long)]
    pub(super) json: bool,
}

/// `onramp models`
#[derive(Args, Debug)]
#[command(args_conflicts_with_subcommands = true)]
pub(super) struct ModelsFlags {
    #[command(subcommand)]
    pub(super) verb: Option<ModelsVerb>,
    /// A part of the id or the name
    #[arg(value_name = "QUERY")]
    pub(super) query: Vec<String>,
    /// Only models that cost nothing
    #[arg(long)]
    pub(super) free: bool,
    /// What jobs cost: a small one, a large one, a month like yours; and the vendor's own price where it is known
    #[arg(long)]
    pub(super) prices: bool,
    /// Sort by price, context or new
    #[arg(long, value_enum, value_name = "BY", hide_possible_values = true)]
    pub(super) sort: Option<SortBy>,
    /// Print JSON
    #[arg(long)]
    pub(super) json: bool,
}

/// `onramp models show`
#[derive(Debug, Subcommand)]
pub(super) enum ModelsVerb {
    /// Tell everything about one model: what it costs, who runs it, how fast and how reliably
    Show {
        /// The model's id
        #[arg(value_name = "ID", value_parser = model_name)]
        model: String,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
}

/// An amount that is no debt.
fn amount(text: &str) -> Result<Usd, String> {
    Usd::typed(text).ok_or_else(|| "an amount in US dollars, such as 5 or 2.50".into())
}

/// A model's name without blanks round it; an empty one is a mistake.
fn model_name(text: &str) -> Result<String, String> {
    match text.trim() {
        "" => Err("a model has a name".into()),
        name => Ok(name.to_owned()),
    }
}

/// `onramp models --sort`
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum SortBy {
    /// The cheapest first
    Price,
    /// The longest context first
    Context,
    /// The newest first
    New,
}

/// `onramp sandbox`
#[derive(Args, Debug)]
pub(super) struct SandboxFlags {
    /// The port; any free one where none is named
    #[arg(long, default_value_t = 0, hide_default_value = true)]
    pub(super) port: u16,
    /// Fail in this way (see --faults)
    #[arg(long, value_name = "FAULT")]
    pub(super) fault: Option<String>,
    /// List the ways to fail
    #[arg(long)]
    pub(super) faults: bool,
    /// Tokens a second; 0: as fast as it goes
    #[arg(long, value_name = "TPS")]
    pub(super) rate: Option<u32>,
    /// Print one line of JSON with the address and the keys
    #[arg(long)]
    pub(super) json: bool,
}

/// Reads the command line, its help in a language.
///
/// # Errors
/// It makes no sense, or it asks for help or the version: clap's own answer.
pub(super) fn read(
    words: impl IntoIterator<Item = std::ffi::OsString>,
    lang: Lang,
) -> Result<CommandLine, clap::Error> {
    let command = match lang {
        Lang::En => CommandLine::command(),
        Lang::Zh => chinese::translate(CommandLine::command()),
    };
    let matches = command.try_get_matches_from(words)?;
    CommandLine::from_arg_matches(&matches)
}

/// The language flag among words that were not read yet: help itself is in it.
pub(super) fn lang_flag(words: &[std::ffi::OsString]) -> Option<Lang> {
    let words: Vec<&str> = words.iter().filter_map(|word| word.to_str()).collect();
    let at = words.iter().position(|word| *word == "--lang");
    let beside = at.and_then(|at| words.get(at + 1)).copied();
    let joined = words.iter().find_map(|word| word.strip_prefix("--lang="));
    beside.or(joined)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_well_made() {
        CommandLine::command().debug_assert();
    }

    #[test]
    fn the_language_flag_is_seen_before_the_rest_is_read() {
        let words = |line: &str| line.split(' ').map(Into::into).collect::<Vec<_>>();
        assert_eq!(
            lang_flag(&words("onramp --help --lang zh-CN")),
            Some(Lang::Zh)
        );
        assert_eq!(lang_flag(&words("onramp --lang=en check")), Some(Lang::En));
        assert_eq!(lang_flag(&words("onramp ask --lang")), None);
    }
}
