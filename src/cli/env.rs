//! `onramp env`: a .env file read and changed from the shell.

use std::path::PathBuf;

use super::args::{EnvVerb, FileFlag};
use super::context::Context;
use super::output::Outcome;
use crate::project::Project;

mod change;
mod doctor;
mod guard;
mod init;
mod leaks;
mod progress;
mod scan;
mod sheet;
mod show;
mod table;

pub(super) fn run(context: Context, verb: EnvVerb) -> Outcome {
    match verb {
        EnvVerb::Show(flags) => show::run(&context, &flags),
        EnvVerb::Set(flags) => context.block_on(async |context| change::set(context, &flags).await),
        EnvVerb::Unset(flags) => change::unset(&context, &flags),
        EnvVerb::Init(flags) => init::run(&context, &flags),
        EnvVerb::Doctor(flags) => doctor::run(&context, &flags),
        EnvVerb::Undo(flags) => change::undo(&context, &flags),
        // Ctrl+C stops it and the git programs it has started.
        EnvVerb::Scan(flags) => context.block_on(async |context| scan::run(context, flags).await),
        EnvVerb::Guard { verb } => guard::run(&context, &verb),
    }
}

/// The file meant: the one named, else the project's nearest, else a new one here.
fn file(context: &Context, flag: &FileFlag) -> PathBuf {
    let named = flag.file.as_ref().or(context.scene.env_file.as_ref());
    match named {
        Some(path) => context.scene.folder.join(path),
        None => Project::at(&context.scene.folder)
            .nearest_env()
            .unwrap_or_else(|| context.scene.folder.join(".env")),
    }
}
