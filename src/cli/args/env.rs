//! The flags of `onramp env`.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

use crate::domain::service_group::ServiceGroup;

/// `onramp env`
#[derive(Debug, Subcommand)]
pub(in crate::cli) enum EnvVerb {
    /// Show the variables of the .env files side by side, values masked; of one with --file
    Show(EnvShowFlags),
    /// Set variables: NAME asks for the value unseen, --stdin NAME reads it, NAME=VALUE takes it as it is
    Set(EnvSetFlags),
    /// Remove variables
    Unset(EnvUnsetFlags),
    /// Make the project's .env file: from its template, else from the service template
    Init(EnvInitFlags),
    /// Which key would my program read, what stands in its way, and what mends it
    Doctor(EnvDoctorFlags),
    /// Take the last change of the file back
    Undo(EnvUndoFlags),
    /// Look for API keys that others may read: in the project's files, with --history in every commit
    Scan(EnvScanFlags),
    /// A check before each commit that no API key is in it
    Guard {
        #[command(subcommand)]
        verb: GuardVerb,
    },
}

/// `onramp env scan`
#[derive(Args, Debug)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a flag of the command line"
)]
pub(in crate::cli) struct EnvScanFlags {
    /// Folders or files; the whole project where none is named
    #[arg(value_name = "PATH")]
    pub(in crate::cli) paths: Vec<PathBuf>,
    /// Look through every commit, too
    #[arg(long)]
    pub(in crate::cli) history: bool,
    /// Add the rules to .gitignore and .dockerignore that keep .env files out; the change is shown
    #[arg(long)]
    pub(in crate::cli) mend: bool,
    /// Show the change and write nothing
    #[arg(long, requires = "mend")]
    pub(in crate::cli) dry_run: bool,
    /// Print JSON
    #[arg(long, conflicts_with = "mend")]
    pub(in crate::cli) json: bool,
}

/// `onramp env guard`
#[derive(Debug, Subcommand)]
pub(in crate::cli) enum GuardVerb {
    /// Add the check to this repository's pre-commit hook; the change is shown
    Install(GuardFlags),
    /// Take the check out of the hook, which is then as it was before
    Remove(GuardFlags),
    /// Tell whether the check is installed
    Status,
    /// Look for API keys in what is staged: what the hook runs
    Check,
}

/// `onramp env guard install` and `remove`
#[derive(Args, Debug)]
pub(in crate::cli) struct GuardFlags {
    /// Show the change and write nothing
    #[arg(long)]
    pub(in crate::cli) dry_run: bool,
}

/// `onramp env show`
#[derive(Args, Debug)]
pub(in crate::cli) struct EnvShowFlags {
    #[command(flatten)]
    pub(in crate::cli) file: FileFlag,
    /// Print JSON
    #[arg(long)]
    pub(in crate::cli) json: bool,
}

/// `--file`
#[derive(Args, Debug)]
pub(in crate::cli) struct FileFlag {
    /// The file; the nearest .env of the project where none is named
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) file: Option<PathBuf>,
}

/// `onramp env set`
#[derive(Args, Debug)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a flag of the command line"
)]
pub(in crate::cli) struct EnvSetFlags {
    /// NAME or NAME=VALUE
    #[arg(required = true, value_name = "NAME[=VALUE]")]
    pub(in crate::cli) assignments: Vec<String>,
    /// Read the value from standard input
    #[arg(long)]
    pub(in crate::cli) stdin: bool,
    /// Show the change and write nothing
    #[arg(long)]
    pub(in crate::cli) dry_run: bool,
    /// Write although git tracks the file, or over a reference to a password manager
    #[arg(long)]
    pub(in crate::cli) force: bool,
    #[command(flatten)]
    pub(in crate::cli) file: FileFlag,
    /// Print JSON
    #[arg(long)]
    pub(in crate::cli) json: bool,
}

/// `onramp env unset`
#[derive(Args, Debug)]
pub(in crate::cli) struct EnvUnsetFlags {
    /// The variables
    #[arg(required = true, value_name = "NAME")]
    pub(in crate::cli) names: Vec<String>,
    /// Show the change and write nothing
    #[arg(long)]
    pub(in crate::cli) dry_run: bool,
    #[command(flatten)]
    pub(in crate::cli) file: FileFlag,
}

/// `onramp env init`
#[derive(Args, Debug)]
pub(in crate::cli) struct EnvInitFlags {
    /// From this template, although the project has one of its own; an existing file gets what it lacks
    #[arg(long = "template", value_name = "TEMPLATE", num_args = 0..=1, default_missing_value = "service", value_enum, hide_possible_values = true)]
    pub(in crate::cli) env_template: Option<TemplateName>,
    /// Only these groups of the service template: openai, database, redis, signing, environment
    #[arg(
        long,
        value_name = "GROUP,…",
        value_delimiter = ',',
        value_enum,
        hide_possible_values = true
    )]
    pub(in crate::cli) groups: Vec<GroupName>,
    /// Make .env.example too, with no secret in it
    #[arg(long)]
    pub(in crate::cli) example: bool,
    /// Show the change and write nothing
    #[arg(long)]
    pub(in crate::cli) dry_run: bool,
    /// Do not ask
    #[arg(long, short)]
    pub(in crate::cli) yes: bool,
    /// The file to make; the one that suits the project where none is named
    #[arg(long = "file", value_name = "FILE")]
    pub(in crate::cli) new_file: Option<PathBuf>,
}

/// `onramp env init --template`
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum TemplateName {
    /// The settings of a small service
    Service,
}

/// `onramp env init --groups`
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum GroupName {
    #[value(name = "openai")]
    OpenAi,
    Database,
    Redis,
    Signing,
    Environment,
}

impl GroupName {
    pub(in crate::cli) fn group(self) -> ServiceGroup {
        match self {
            Self::OpenAi => ServiceGroup::OpenAi,
            Self::Database => ServiceGroup::Database,
            Self::Redis => ServiceGroup::Redis,
            Self::Signing => ServiceGroup::Signing,
            Self::Environment => ServiceGroup::Environment,
        }
    }
}

/// `onramp env doctor`
#[derive(Args, Debug)]
pub(in crate::cli) struct EnvDoctorFlags {
    /// Only this file
    #[arg(long = "file", value_name = "FILE")]
    pub(in crate::cli) only_file: Option<PathBuf>,
    /// Mend what the program can mend, each change shown before
    #[arg(long)]
    pub(in crate::cli) fix: bool,
    /// With --fix: do not ask, and make only the changes that are safe
    #[arg(long = "yes", short = 'y', requires = "fix")]
    pub(in crate::cli) safe_only: bool,
    /// Print JSON
    #[arg(long)]
    pub(in crate::cli) json: bool,
}

/// `onramp env undo`
#[derive(Args, Debug)]
pub(in crate::cli) struct EnvUndoFlags {
    #[command(flatten)]
    pub(in crate::cli) file: FileFlag,
}
