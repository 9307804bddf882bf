//! `onramp sandbox`: the simulated OpenRouter, until it is told to stop.

use serde::Serialize;

use super::args::SandboxFlags;
use super::context::Context;
use super::output::{Failure, Outcome, print_json, print_line};
use crate::domain::clean_text::CleanText;
use crate::runtime::signals::{Signal, Signals};
use crate::sandbox::{self, Fault, Options, Sandbox};
use crate::text::Phrase;
use crate::ui::wrap::{pad, width};

const LISTENS: Phrase = Phrase::new(
    "A simulated OpenRouter listens. Nothing here is real money.",
    "模拟的 OpenRouter 正在运行，不涉及真实费用。",
);
const STOP: Phrase = Phrase::new("Ctrl+C stops it.", "按 Ctrl+C 停止。");
const NO_SUCH_FAULT: Phrase = Phrase::new(
    "there is no fault named {}; onramp sandbox --faults lists them",
    "没有名为 {} 的故障；onramp sandbox --faults 可列出全部",
);

pub(super) async fn run(context: &Context, flags: SandboxFlags) -> Outcome {
    if flags.faults {
        list_faults(context);
        return Ok(());
    }
    let fault = match &flags.fault {
        None => None,
        Some(name) => Some(name.parse::<Fault>().map_err(|_| {
            let name = CleanText::line(name);
            Failure::Usage(crate::text::Said::new(NO_SUCH_FAULT, &[&name]))
        })?),
    };
    let mut options = Options {
        port: flags.port,
        fault,
        ..Options::default()
    };
    if let Some(rate) = flags.rate {
        options.tokens_per_second = rate;
    }
    // From here on a signal is heard, not obeyed: the address is told only by a server that can end.
    let mut signals = Signals::listen().map_err(|error| super::listen_trouble(&error))?;
    let sandbox = Sandbox::start(options)
        .await
        .map_err(|error| super::listen_trouble(&error))?;
    if flags.json {
        print_json(&Line {
            base_url: &sandbox.base_url(),
            api_key: sandbox.api_key().expose(),
            management_key: sandbox.management_key().expose(),
            pid: std::process::id(),
        });
    } else {
        introduce(&sandbox, context);
    }
    while let Signal::Continued = signals.next().await {}
    sandbox.stop().await;
    Ok(())
}

fn introduce(sandbox: &Sandbox, context: &Context) {
    print_line(LISTENS.say(context.lang));
    // Its keys are simulated and the same for everybody: they are shown whole to be copied.
    print_line(&format!("OPENROUTER_API_BASE={}", sandbox.base_url()));
    print_line(&format!(
        "OPENROUTER_API_KEY={}",
        sandbox.api_key().expose()
    ));
    print_line(&format!(
        "OPENROUTER_MANAGEMENT_KEY={}",
        sandbox.management_key().expose()
    ));
    context.note(STOP.say(context.lang));
}

fn list_faults(context: &Context) {
    let names = sandbox::faults().iter().map(|row| width(row.name));
    let columns = names.max().unwrap_or(0);
    for row in sandbox::faults() {
        let name = pad(row.name, columns);
        print_line(&format!("{name}  {}", row.words.say(context.lang)));
    }
}

/// What scripts read: a contract.
#[derive(Serialize)]
struct Line<'a> {
    base_url: &'a str,
    api_key: &'a str,
    management_key: &'a str,
    pid: u32,
}
