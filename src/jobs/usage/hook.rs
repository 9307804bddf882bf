//! The person's own command, run when an alert is new.
//!
//! It is a line for the shell (`sh -c`, on Windows `cmd /C`). It gets the facts in its environment, and none
//! of the keys that this program knows. What it prints goes to stderr. It has a time limit, and goes with
//! whoever waits for it: the whole of its process group where there are such.

use std::process::Stdio;
use std::time::Duration;

use jiff::Timestamp;
use tokio::process::{Child, Command};

use crate::domain::clean_text::CleanText;
use crate::domain::environment::Environment;
use crate::domain::figures::Figures;
use crate::domain::secret::Secret;
use crate::insight::alerts::Alert;
use crate::insight::changes::Figure;
use crate::jobs::access::{self, Access};
use crate::jobs::scene::Scene;
use crate::text::Lang;

/// How long a hook may take.
pub const PATIENCE: Duration = Duration::from_secs(30);

/// What every key of OpenRouter's begins with.
const KEY_BEGINS: &str = "sk-or-";

/// A command that is run for each new alert.
#[derive(Clone, Debug)]
pub struct Hook {
    line: String,
    patience: Duration,
    /// Variables that hold a key, or a fact from a hook around this one.
    withheld: Vec<String>,
}

/// How a hook ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ended {
    /// With 0.
    Well,
    /// With another code; `None`: by a signal.
    Badly(Option<i32>),
    /// It took longer than it may, and was stopped.
    TooLong,
    /// It could not be started; the system's words.
    NotStarted(CleanText),
}

/// What a hook learns.
#[derive(Clone, Copy, Debug)]
pub struct Occasion<'a> {
    /// The alert.
    pub alert: &'a Alert,
    /// The figures at that moment.
    pub figures: &'a Figures,
    /// Nothing of it is real.
    pub is_simulated: bool,
    /// The moment.
    pub at: Timestamp,
    /// The language of the alert's sentence.
    pub lang: Lang,
}

impl Hook {
    /// A hook by the line that the person gave.
    pub fn new(line: &str, scene: &Scene, access: &Access) -> Self {
        Self {
            line: line.to_owned(),
            patience: PATIENCE,
            withheld: withheld(&scene.environment, access),
        }
    }

    /// Runs it to its end. Dropping the future stops it.
    pub async fn run(&self, occasion: &Occasion<'_>, server: &str) -> Ended {
        let mut command = shell(&self.line);
        for name in &self.withheld {
            command.env_remove(name);
        }
        for (name, fact) in facts(occasion, server) {
            match fact {
                Some(fact) => command.env(name, CleanText::line(&fact).as_str()),
                None => command.env_remove(name),
            };
        }
        command
            .stdin(Stdio::null())
            // Results alone go to stdout.
            .stdout(std::io::stderr())
            .kill_on_drop(true);
        let mut running = match command.spawn() {
            Ok(child) => Running(child),
            Err(error) => return Ended::NotStarted(CleanText::line(&error.to_string())),
        };
        match tokio::time::timeout(self.patience, running.0.wait()).await {
            Ok(Ok(status)) if status.success() => Ended::Well,
            Ok(Ok(status)) => Ended::Badly(status.code()),
            Ok(Err(error)) => Ended::NotStarted(CleanText::line(&error.to_string())),
            Err(_) => Ended::TooLong,
        }
    }
}

/// A hook under way; stopped with all that it started when this is dropped before its end.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        // It has an id until its end was taken note of, so that no other process can be meant.
        #[cfg(unix)]
        if let Some(group) = self.0.id().and_then(|id| i32::try_from(id).ok())
            && let Some(group) = rustix::process::Pid::from_raw(group)
        {
            let _ = rustix::process::kill_process_group(group, rustix::process::Signal::KILL);
        }
    }
}

/// The shell with a line to run, in a process group of its own.
#[cfg(unix)]
#[expect(
    clippy::disallowed_methods,
    reason = "the one door to the person's commands"
)]
fn shell(line: &str) -> Command {
    let mut command = Command::new("sh");
    command.arg("-c").arg(line).process_group(0);
    command
}

/// The shell with a line to run. `cmd` reads its line by its own rules, so it gets it as it is.
#[cfg(windows)]
#[expect(
    clippy::disallowed_methods,
    reason = "the one door to the person's commands"
)]
fn shell(line: &str) -> Command {
    let mut command = Command::new("cmd");
    command.raw_arg(format!("/S /C \"{line}\""));
    command
}

/// What the hook's environment tells; `None`: not known, so that nothing from before is taken for it.
fn facts(occasion: &Occasion<'_>, server: &str) -> Vec<(String, Option<String>)> {
    let Occasion {
        alert,
        figures,
        is_simulated,
        at,
        lang,
    } = occasion;
    let label = figures.key.as_ref().map(|key| key.value.label.clone());
    let mut facts: Vec<(String, Option<String>)> = [
        ("ALERT_ID", Some(alert.id.to_owned())),
        ("ALERT_SEVERITY", Some(alert.severity.name().to_owned())),
        ("ALERT_MESSAGE", Some(alert.message.say(*lang))),
        ("ALERT_SUBJECT", alert.subject.clone()),
        ("ALERT_AT", Some(format!("{at:.0}"))),
        ("SERVER", Some(server.to_owned())),
        ("KEY_LABEL", label),
        ("SIMULATED", is_simulated.then(|| "1".to_owned())),
    ]
    .map(|(name, fact)| (format!("ONRAMP_{name}"), fact))
    .into();
    facts.extend(Figure::ALL.map(|figure| {
        let name = format!("ONRAMP_{}", figure.name().to_ascii_uppercase());
        let amount = figure.of(figures);
        (
            name,
            amount.map(|usd| usd.decimal().normalize().to_string()),
        )
    }));
    facts
}

/// The variables that the hook must not see: those that this program takes keys from, and whatever else
/// holds one of its keys or one that looks like OpenRouter's.
fn withheld(environment: &Environment, access: &Access) -> Vec<String> {
    let own: Option<Secret> = access.secret();
    let holds_key = |value: &str| {
        let own = own.as_ref().map(Secret::expose);
        value.contains(KEY_BEGINS) || own.is_some_and(|key| !key.is_empty() && value.contains(key))
    };
    let mut names: Vec<String> = [access::KEY, access::MANAGEMENT_KEY, access::OPENAI_KEY]
        .map(str::to_owned)
        .into();
    names.extend(environment.names_where(holds_key).map(str::to_owned));
    names
}

#[cfg(test)]
#[cfg(unix)]
mod tests;
