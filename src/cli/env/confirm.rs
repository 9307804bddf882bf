//! A yes or a no from the person at the terminal, after a change was shown.

use std::io::{self, IsTerminal, Write};

use crate::cli::context::Context;
use crate::text::Phrase;

/// Whether somebody is there to ask.
pub(in crate::cli) fn is_somebody_there() -> bool {
    io::stdin().is_terminal() && io::stderr().is_terminal()
}

/// Asks; only a plain yes is one, and so is Enter where `default` says so.
pub(in crate::cli) fn ask(context: &Context, question: Phrase, default: bool) -> bool {
    let choices = if default { "[Y/n]" } else { "[y/N]" };
    let mut err = io::stderr();
    let _ = write!(err, "{} {choices} ", question.say(context.lang));
    let _ = err.flush();
    let mut answer = String::new();
    if !matches!(io::stdin().read_line(&mut answer), Ok(1..)) {
        return false;
    }
    match answer.trim().to_lowercase().as_str() {
        "" => default,
        "y" | "yes" | "是" => true,
        _ => false,
    }
}
