//! The commands, one file each: gather, call, print. Results go to stdout, all else to stderr.

use std::ffi::OsString;
use std::process::ExitCode;

mod args;
mod ask;
mod beside;
mod budget;
mod check;
mod confirm;
mod context;
mod env;
mod explain;
mod hidden;
mod keys;
mod log;
mod login;
mod logout;
mod models;
pub mod output;
mod sandbox;
mod sessions;
mod setup;
mod stdin;
mod tui;
mod usage;

use self::args::{ChatFlags, CommandLine, Verb, chinese};
use self::context::{Chosen, Context};
use self::output::{Failure, Outcome};
use crate::flow::ScreenName;
use crate::flow::talk::Opening;
use crate::runtime::terminal;
use crate::settings;
use crate::text::Lang;

/// Runs the command that the words name, and tells how it ended.
pub fn run(words: Vec<OsString>) -> ExitCode {
    terminal::end_on_panic();
    let environment = settings::read_environment();
    let chosen = Chosen::read(&environment);
    let lang = chosen.lang(args::lang_flag(&words), &environment);
    let line = match args::read(words, lang) {
        Ok(line) => line,
        Err(answer) => {
            // Help and the version go to stdout and end well; a mistake goes to stderr and ends in 2.
            match lang {
                Lang::En => {
                    let _ = answer.print();
                }
                Lang::Zh if answer.use_stderr() => output::complain(&chinese::said(&answer)),
                Lang::Zh => {
                    output::put(&chinese::said(&answer));
                }
            }
            return ExitCode::from(u8::try_from(answer.exit_code()).unwrap_or(2));
        }
    };
    let CommandLine { global, verb } = line;
    let context = match Context::new(global, environment, chosen) {
        Ok(context) => context,
        Err(failure) => return end(Err(failure), lang),
    };
    let lang = context.lang;
    end(perform(verb, context), lang)
}

/// In debug builds a test can ask for a panic, to see what it leaves behind.
#[cfg(debug_assertions)]
fn panic_if_asked() {
    if let Some(words) = settings::read_environment().get("ONRAMP_PANIC_WITH") {
        panic!("{words}");
    }
}

fn perform(verb: Option<Verb>, context: Context) -> Outcome {
    match verb {
        None => setup::run(context, None),
        Some(Verb::Chat(flags)) => chat(context, flags),
        Some(Verb::Setup) => setup::run(context, Some(ScreenName::Setup)),
        Some(Verb::Usage(flags)) if flags.wants_screen(&context) => {
            tui::run(context, Some(ScreenName::Usage))
        }
        Some(Verb::Models(flags)) if flags.wants_screen(&context) => {
            tui::run(context, Some(ScreenName::Models))
        }
        Some(Verb::Login(flags)) => {
            context.block_on(async |context| login::run(context, flags).await)
        }
        Some(Verb::Logout(flags)) => logout::run(&context, flags),
        Some(Verb::Check(flags)) => {
            // A whole test is too large a value for the stack.
            context.block_on(async |context| Box::pin(check::run(context, flags)).await)
        }
        Some(Verb::Usage(flags)) => {
            context.block_on(async |context| usage::run(context, flags).await)
        }
        Some(Verb::Budget(flags)) => budget::run(&context, &flags),
        Some(Verb::Explain(flags)) => explain::run(&context, flags),
        Some(Verb::Ask(flags)) => context.block_on(async |context| ask::run(context, *flags).await),
        Some(Verb::Models(flags)) => {
            context.block_on(async |context| models::run(context, flags).await)
        }
        Some(Verb::Keys(flags)) if flags.hears_interrupts() => {
            context.block_on_uninterrupted(async |context| keys::run(context, flags).await)
        }
        Some(Verb::Keys(flags)) => {
            context.block_on(async |context| keys::run(context, flags).await)
        }
        Some(Verb::Env { verb }) => env::run(context, verb),
        Some(Verb::Sessions { verb }) => sessions::run(&context, verb),
        // It hears Ctrl+C itself: that is how it is meant to end.
        Some(Verb::Sandbox(flags)) => context::runtime()?.block_on(sandbox::run(&context, flags)),
    }
}

/// The chat on the full screen; where there is none, or none is wanted, line by line.
fn chat(mut context: Context, flags: ChatFlags) -> Outcome {
    context.look.is_plain |= !tui::has_terminal();
    let resume = match flags.resume {
        Some(short) => Some(sessions::named(&context, &short)?),
        None if flags.last => Some(sessions::latest(&context)?),
        None => None,
    };
    let question = flags.prompt.join(" ");
    let opening = Opening {
        model: flags.model,
        resume,
        question: (!question.trim().is_empty()).then_some(question),
    };
    tui::open(context, Some(ScreenName::Chat), opening)
}

fn end(outcome: Outcome, lang: Lang) -> ExitCode {
    // A result that did not arrive is no success.
    let outcome = outcome.and_then(|()| match output::lost() {
        None => Ok(()),
        Some(symptom) => Err(diagnosed(&symptom)),
    });
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            output::complain(&failure.report(lang));
            ExitCode::from(failure.exit_code())
        }
    }
}

/// The judgement as of now: a reset is told with the time left.
fn judged(symptom: &crate::domain::symptom::Symptom) -> crate::domain::diagnosis::Diagnosis {
    crate::diagnosis::explain_at(symptom, jiff::Timestamp::now())
}

/// A failure for a symptom, judged.
fn diagnosed(symptom: &crate::domain::symptom::Symptom) -> Failure {
    judged(symptom).into()
}

/// A failure to listen on this machine, judged.
fn listen_trouble(error: &std::io::Error) -> Failure {
    let words = crate::domain::clean_text::CleanText::line(&error.to_string());
    diagnosed(&crate::domain::symptom::Symptom::Listen(words))
}
