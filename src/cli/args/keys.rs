//! `onramp keys`: its commands and flags.

use std::path::{Path, PathBuf};

use clap::{ArgGroup, Args, Subcommand, ValueEnum};
use jiff::Timestamp;

use super::{Bound, bound};
use crate::flow::keys::Haven;

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
    /// Make a key and put it where you say; it is told this once
    Create(KeysCreateFlags),
    /// Give a key another name or another limit
    Update(KeysUpdateFlags),
    /// Switch a key on again
    Enable(KeysEnableFlags),
    /// Switch a key off; it can be switched on again
    Disable(KeysDisableFlags),
    /// Delete a key for good, after its name was typed
    Delete(KeysDeleteFlags),
    /// Show or set what every key of the account's own workspace may spend, whatever limit it has itself
    Cap(KeysCapFlags),
    /// Put a successor in a key's place: made, written into every .env of the project, tested; then the old key is switched off
    Rotate(KeysRotateFlags),
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
    /// The key: its name, its masked label, the beginning of its hash; this is the one in use here
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

/// `onramp keys create`
#[derive(Args, Debug)]
#[command(group(ArgGroup::new("haven").required(true).args(["to_env", "to_store", "print_key"])))]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a flag of the command line"
)]
pub(in crate::cli) struct KeysCreateFlags {
    /// Its name; where none is given, the project's, and the environment of the file
    #[arg(id = "new_key", value_name = "NAME")]
    pub(in crate::cli) name: Option<String>,
    /// What it may spend, USD
    #[arg(id = "spend_limit", long = "limit", value_name = "USD", value_parser = bound)]
    pub(in crate::cli) limit: Option<Bound>,
    /// When the limit begins anew (UTC): daily, weekly, monthly or never
    #[arg(
        long,
        value_enum,
        value_name = "WHEN",
        hide_possible_values = true,
        requires = "spend_limit"
    )]
    pub(in crate::cli) reset: Option<ResetName>,
    /// When it dies, which cannot be moved later: 90d, 2027-03-01 or never
    #[arg(long, value_name = "WHEN", value_parser = expiry)]
    pub(in crate::cli) expires: Option<Expiry>,
    /// Write it into this .env file
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) to_env: Option<PathBuf>,
    /// Keep it in onramp's own store
    #[arg(id = "to_store", long = "store")]
    pub(in crate::cli) to_store: bool,
    /// Print it to standard output, this once
    #[arg(id = "print_key", long = "print")]
    pub(in crate::cli) print_key: bool,
    /// Make one more of a name that is there already
    #[arg(long)]
    pub(in crate::cli) another: bool,
    /// Write it into a file that git tracks; replace a key that the store holds
    #[arg(id = "force_haven", long = "force")]
    pub(in crate::cli) force: bool,
    #[command(flatten)]
    pub(in crate::cli) shown: ShownFlags,
}

impl KeysCreateFlags {
    /// Where the key goes; one of the three is given.
    pub(in crate::cli) fn haven(&self, folder: &Path) -> Haven {
        match &self.to_env {
            Some(path) => Haven::Env(folder.join(path)),
            None if self.to_store => Haven::Store,
            None => Haven::Hands,
        }
    }
}

/// `onramp keys update`
#[derive(Args, Debug)]
pub(in crate::cli) struct KeysUpdateFlags {
    #[command(flatten)]
    pub(in crate::cli) which: KeyFlag,
    /// Its new name
    #[arg(id = "new_name", long = "name", value_name = "NAME")]
    pub(in crate::cli) name: Option<String>,
    /// What it may spend, USD; off takes the limit away
    #[arg(id = "new_limit", long = "limit", value_name = "USD", value_parser = bound)]
    pub(in crate::cli) limit: Option<Bound>,
    /// When the limit begins anew (UTC): daily, weekly, monthly or never
    #[arg(long, value_enum, value_name = "WHEN", hide_possible_values = true)]
    pub(in crate::cli) reset: Option<ResetName>,
    #[command(flatten)]
    pub(in crate::cli) shown: ShownFlags,
}

/// `onramp keys cap`
#[derive(Args, Debug)]
pub(in crate::cli) struct KeysCapFlags {
    /// What each key may spend, USD; off takes the cap away
    #[arg(id = "cap", long = "limit", value_name = "USD", value_parser = bound)]
    pub(in crate::cli) limit: Option<Bound>,
    /// When the cap begins anew (UTC): daily, weekly, monthly or never
    #[arg(
        id = "cap_reset",
        long = "reset",
        value_enum,
        value_name = "WHEN",
        hide_possible_values = true
    )]
    pub(in crate::cli) reset: Option<ResetName>,
    /// Do not ask
    #[arg(long, short)]
    pub(in crate::cli) yes: bool,
    #[command(flatten)]
    pub(in crate::cli) shown: ShownFlags,
}

/// `onramp keys enable`
#[derive(Args, Debug)]
pub(in crate::cli) struct KeysEnableFlags {
    #[command(flatten)]
    pub(in crate::cli) which: KeyFlag,
    #[command(flatten)]
    pub(in crate::cli) shown: ShownFlags,
}

/// `onramp keys disable`
#[derive(Args, Debug)]
pub(in crate::cli) struct KeysDisableFlags {
    #[command(flatten)]
    pub(in crate::cli) which: KeyFlag,
    /// Do not ask
    #[arg(long, short)]
    pub(in crate::cli) yes: bool,
    #[command(flatten)]
    pub(in crate::cli) shown: ShownFlags,
}

/// `onramp keys delete`
#[derive(Args, Debug)]
pub(in crate::cli) struct KeysDeleteFlags {
    #[command(flatten)]
    pub(in crate::cli) which: KeyFlag,
    /// Its whole name, in place of typing it when asked
    #[arg(id = "yes_name", long = "yes", value_name = "NAME")]
    pub(in crate::cli) yes_name: Option<String>,
    #[command(flatten)]
    pub(in crate::cli) shown: ShownFlags,
}

/// `onramp keys rotate`
#[derive(Args, Debug)]
pub(in crate::cli) struct KeysRotateFlags {
    /// The key, as for `show`; the one in use here where none is named
    #[arg(value_name = "KEY")]
    pub(in crate::cli) key: Option<String>,
    /// Show what would happen and change nothing
    #[arg(long)]
    pub(in crate::cli) dry_run: bool,
    /// Delete the old key for good at the end; without this it is switched off
    #[arg(long)]
    pub(in crate::cli) delete_old: bool,
    /// Do not ask
    #[arg(long, short)]
    pub(in crate::cli) yes: bool,
    #[command(flatten)]
    pub(in crate::cli) shown: ShownFlags,
}

impl KeysCommand {
    /// It hears Ctrl+C itself: what it has begun is put back first.
    pub(in crate::cli) fn hears_interrupts(&self) -> bool {
        matches!(self.verb, Some(KeysVerb::Rotate(_)))
    }
}

/// When a limit begins anew
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum ResetName {
    /// At 00:00 UTC
    Daily,
    /// On Mondays, at 00:00 UTC
    Weekly,
    /// On the first of each month, at 00:00 UTC
    Monthly,
    /// It never does
    Never,
}

impl ResetName {
    /// The server's word for it; none means never.
    pub(in crate::cli) fn word(self) -> Option<String> {
        let word = match self {
            Self::Daily => "daily",
            Self::Weekly => "weekly",
            Self::Monthly => "monthly",
            Self::Never => return None,
        };
        Some(word.to_owned())
    }
}

/// When a key dies, as it was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::cli) enum Expiry {
    /// It does not.
    Never,
    /// So many days from now.
    In(u32),
    /// At this moment.
    At(Timestamp),
}

fn expiry(text: &str) -> Result<Expiry, String> {
    if text == "never" {
        return Ok(Expiry::Never);
    }
    if let Some(days) = text.strip_suffix('d').and_then(|days| days.parse().ok()) {
        return Ok(Expiry::In(days));
    }
    let midnight = text.parse::<jiff::civil::Date>().ok();
    let midnight = midnight.and_then(|day| format!("{day}T00:00:00Z").parse().ok());
    // What is finer than a day is a moment with its offset.
    let moment = text.parse().ok().or(midnight.filter(|_| text.len() == 10));
    moment
        .map(Expiry::At)
        .ok_or_else(|| "a number of days such as 90d, a day such as 2027-03-01, or never".into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_end_is_a_number_of_days_a_day_or_a_moment() {
        let at = |text: &str| Ok(Expiry::At(text.parse().unwrap()));
        assert_eq!(expiry("never"), Ok(Expiry::Never));
        assert_eq!(expiry("90d"), Ok(Expiry::In(90)));
        assert_eq!(expiry("2027-03-01"), at("2027-03-01T00:00:00Z"));
        assert_eq!(
            expiry("2027-03-01T10:00:00+02:00"),
            at("2027-03-01T08:00:00Z")
        );
        for odd in ["", "d", "-3d", "soon", "2027-02-30", "3 months"] {
            assert!(expiry(odd).is_err(), "{odd}");
        }
    }
}
