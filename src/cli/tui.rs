//! The full screen, and the same as plain lines.

use std::io::IsTerminal;

use tokio::sync::mpsc::unbounded_channel;

use super::context::{self, Context};
use super::output::{self, Failure, Outcome};
use crate::app::{App, Farewell};
use crate::domain::clean_text::CleanText;
use crate::domain::model_card::DEFAULT_MODEL;
use crate::domain::own_models::OwnModels;
use crate::flow::talk::Opening;
use crate::flow::{Facts, Reply, ScreenName, TalkFacts};
use crate::openrouter::BaseUrl;
use crate::runtime::effects::World;
use crate::runtime::plain::Plain;
use crate::runtime::scribe::Scribe;
use crate::runtime::signals::Signals;
use crate::runtime::terminal::Screen;
use crate::runtime::{Ending, Loop};
use crate::text::{Lang, Phrase};
use crate::ui::theme::Theme;

const UNCHANGED: Phrase = Phrase::new("onramp: nothing was changed", "onramp：没有任何改动");
const WROTE: Phrase = Phrase::new("onramp: {}", "onramp：{}");
const MODEL: Phrase = Phrase::new(
    "onramp: this project's model is {} now",
    "onramp：此项目现在使用模型 {}",
);
const GO_ON: Phrase = Phrase::new(
    "onramp: onramp chat --resume {} goes on with the last conversation",
    "onramp：onramp chat --resume {} 可继续最近的对话",
);
const SIMULATED: Phrase = Phrase::new(
    "onramp: the key written here is simulated and its server has ended with this program; `onramp sandbox` starts one, \
     `onramp env undo` takes it back",
    "onramp：写入的密钥是模拟的，其服务器已随本程序结束；`onramp sandbox` 可再次启动，`onramp env undo` 可撤销写入",
);
const NO_TERMINAL: Phrase = Phrase::new(
    "the terminal cannot be used: {}; --plain works without",
    "无法使用终端：{}；可改用 --plain",
);

/// Somebody sits there: both what is typed and what is shown go by way of a terminal.
pub(super) fn has_terminal() -> bool {
    std::io::stdin().is_terminal() && std::io::stdout().is_terminal()
}

/// Runs the full screen until the person leaves, this screen first; `None`: the wizard, or the figures
/// where a key works already.
pub(super) fn run(context: Context, first: Option<ScreenName>) -> Outcome {
    open(context, first, Opening::default())
}

/// The same, with a chat that begins with this.
pub(super) fn open(mut context: Context, first: Option<ScreenName>, opening: Opening) -> Outcome {
    let (replies, answers) = unbounded_channel();
    // Outlives the tasks of the runtime: those that are cut off say so while they are dropped.
    let scribe = {
        let replies = replies.clone();
        // Nobody hears it when the loop has ended.
        Scribe::start(&context.scene, move |said| {
            let _ = replies.send(Reply::LedgerTrouble(said));
        })
    };
    let runtime = context::runtime()?;
    let outcome = runtime.block_on(async {
        context.start_sandbox().await?;
        let takes_sequences = takes_sequences(&context);
        let mut app =
            App::new(facts(&context), theme(&context, takes_sequences), first).opening(opening);
        let signals = Signals::listen().map_err(|error| no_terminal(&error))?;
        let is_plain = context.look.is_plain;
        let mut world = World::new(context.scene, context.sandbox.take(), replies)
            .recording(scribe.recorder().clone());
        let ending = if is_plain {
            let plain = Plain::new(&mut app, &mut world, answers, signals);
            plain.run().await.map_err(|error| no_terminal(&error))?
        } else {
            let mut screen = Screen::take(takes_sequences).map_err(|error| no_terminal(&error))?;
            #[cfg(debug_assertions)]
            super::panic_if_asked();
            let whole = Loop::new(&mut app, &mut world, answers, signals, &mut screen);
            // A terminal that cannot be drawn on any more is gone.
            let ended = whole.run().await;
            drop(screen);
            ended.unwrap_or(Ending::Hangup)
        };
        // What is being written is written to its end: a temporary file taken away now would lose it.
        world.end().await;
        say_goodbye(&app, is_plain && first == Some(ScreenName::Chat));
        match ending {
            Ending::Quit => Ok(()),
            Ending::Interrupt => Err(Failure::Interrupted),
            Ending::Signal(number) => Err(Failure::Silent(128 + number)),
            Ending::Hangup => Err(Failure::Silent(129)),
        }
    });
    drop(runtime);
    drop(scribe);
    outcome
}

/// What is known before anything was read: the first frame waits for nothing.
pub(super) fn facts(context: &Context) -> Facts {
    let named = context.scene.base_url.as_deref();
    let base_url = match &context.scene.sandbox {
        Some(sandbox) => sandbox.base_url.clone(),
        None => named
            .and_then(|url| BaseUrl::parse(url).ok())
            .unwrap_or_default()
            .to_string(),
    };
    Facts {
        lang: context.lang,
        is_sandbox: context.scene.sandbox.is_some(),
        says_simulated: None,
        base_url,
        folder: context.scene.folder.clone(),
        is_remote: context.is_remote,
        // The person's own is learned beside the first frame: finding it reads a folder of some hundred names.
        zone: jiff::tz::TimeZone::UTC,
        key: None,
        model: DEFAULT_MODEL.into(),
        models: None,
        free_requests: None,
        own_models: if context.scene.sandbox.is_some() {
            // The sandbox has other models, and leaves no trace.
            OwnModels::default()
        } else {
            context.own_models.clone()
        },
        budget: context.budget,
        alerts: context.alerts,
        talks: TalkFacts {
            is_unkept: context.is_unkept,
            rules: None,
        },
    }
}

fn theme(context: &Context, takes_sequences: bool) -> Theme {
    let theme = Theme::new(context.look.depth, context.look.ground);
    if takes_sequences {
        theme.with_links()
    } else {
        theme
    }
}

/// The terminal passes over sequences that it does not know. The console of Linux prints their parts.
fn takes_sequences(context: &Context) -> bool {
    context.scene.environment.get("TERM") != Some("linux")
}

fn say_goodbye(app: &App, is_talk: bool) {
    let facts = app.facts();
    for line in last_lines(app.farewell(), facts.lang, facts.is_sandbox, is_talk) {
        output::print_line(&line);
    }
}

/// The last lines on the ordinary screen: what was written, or, unless `is_talk` was all there was, that nothing
/// was.
fn last_lines(farewell: &Farewell, lang: Lang, is_sandbox: bool, is_talk: bool) -> Vec<String> {
    let wrote = farewell.wrote.iter();
    let mut lines: Vec<String> = wrote
        .map(|said| WROTE.fill(lang, &[&said.say(lang)]))
        .collect();
    if let Some(model) = &farewell.model {
        let model = CleanText::line(model);
        lines.push(MODEL.fill(lang, &[&model]));
    }
    if let Some(talk) = farewell.talk.as_ref().filter(|_| !is_sandbox) {
        lines.push(GO_ON.fill(lang, &[talk]));
    }
    if lines.is_empty() && !farewell.has_kept && !is_talk {
        lines.push(UNCHANGED.say(lang).to_owned());
    }
    if is_sandbox && farewell.has_key {
        lines.push(SIMULATED.say(lang).to_owned());
    }
    lines
}

fn no_terminal(error: &std::io::Error) -> Failure {
    let words = CleanText::line(&error.to_string());
    Failure::Usage(crate::text::Said::new(NO_TERMINAL, &[&words]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Said;

    const FILE: Phrase = Phrase::new("wrote {}", "已写入 {}");

    fn lines(lang: Lang, is_sandbox: bool, farewell: &Farewell) -> Vec<String> {
        last_lines(farewell, lang, is_sandbox, false)
    }

    #[test]
    fn only_a_key_that_was_written_is_said_to_be_simulated() {
        let mut farewell = Farewell {
            wrote: vec![Said::new(FILE, &[&"src/a.rs"])],
            ..Farewell::default()
        };
        let code = lines(Lang::En, true, &farewell);
        assert_eq!(code, ["onramp: wrote src/a.rs"]);
        assert_eq!(
            lines(Lang::Zh, true, &farewell),
            ["onramp：已写入 src/a.rs"]
        );
        farewell.has_key = true;
        assert_eq!(lines(Lang::En, true, &farewell).len(), 2);
        assert_eq!(lines(Lang::En, false, &farewell).len(), 1);
    }

    #[test]
    fn nothing_was_changed_only_where_nothing_was() {
        let said = |farewell: &Farewell| lines(Lang::En, false, farewell).join("|");
        let mut farewell = Farewell::default();
        assert_eq!(said(&farewell), "onramp: nothing was changed");
        farewell.has_kept = true;
        assert_eq!(said(&farewell), "");
        farewell.model = Some("openai/gpt-5".into());
        assert_eq!(
            said(&farewell),
            "onramp: this project's model is openai/gpt-5 now"
        );
    }
}
