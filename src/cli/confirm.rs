//! A yes or a no from the person at the terminal, after a change was shown.

use std::io::{self, IsTerminal, Write};

use super::context::Context;
use super::stdin;
use crate::text::Phrase;

/// Whether somebody is there to ask.
pub(super) fn is_somebody_there() -> bool {
    io::stdin().is_terminal() && io::stderr().is_terminal()
}

/// Asks; only a plain yes is one, and so is Enter where `default` says so.
pub(super) fn ask(context: &Context, question: Phrase, default: bool) -> bool {
    put(context, question, default);
    let mut answer = String::new();
    if !matches!(io::stdin().read_line(&mut answer), Ok(1..)) {
        return false;
    }
    is_yes(&answer, default)
}

/// The same beside the work, so that Ctrl+C is heard while the answer is awaited.
pub(super) async fn ask_beside(context: &Context, question: Phrase, default: bool) -> bool {
    put(context, question, default);
    let answer = stdin::line().await;
    !answer.is_empty() && is_yes(&String::from_utf8_lossy(&answer), default)
}

fn put(context: &Context, question: Phrase, default: bool) {
    let choices = if default { "[Y/n]" } else { "[y/N]" };
    let mut err = io::stderr();
    let _ = write!(err, "{} {choices} ", question.say(context.lang));
    let _ = err.flush();
}

fn is_yes(answer: &str, default: bool) -> bool {
    match answer.trim().to_lowercase().as_str() {
        "" => default,
        "y" | "yes" | "是" => true,
        _ => false,
    }
}
