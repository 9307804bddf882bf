//! The question: the words of the command line, standard input behind them, and the files that are named.

use std::io::{self, IsTerminal};

use crate::cli::args::AskFlags;
use crate::cli::beside::beside;
use crate::cli::context::Context;
use crate::cli::output::Failure;
use crate::cli::stdin;
use crate::domain::clean_text::CleanText;
use crate::domain::diagnosis::Diagnosis;
use crate::domain::outgoing::SecretSpot;
use crate::domain::source::{CLIPBOARD, Source};
use crate::domain::symptom::{FileProblem, FileTrouble, Symptom};
use crate::flow::attach::{Gathered, NotAttached, absent_said};
use crate::jobs::{attach, secrets};
use crate::text::{Phrase, Said};

const NOTHING_ASKED: Phrase = Phrase::new(
    "there is no question. Ask one: onramp ask \"What is a monad?\"",
    "没有问题内容。请这样提问：onramp ask \"什么是单子？\"",
);
const ONLY_NAMES: Phrase = Phrase::new(
    "there is no question, only names of files: {}. A glob goes into quotes, -f 'src/*.rs', and each file behind a -f of its own",
    "没有问题内容，只有文件名：{}。通配符请加引号：-f 'src/*.rs'；多个文件请各用一个 -f",
);
const A_NAME: Phrase = Phrase::new(
    "{} is in the question as a word; to send that file along: -f {}",
    "{} 只作为文字放进了问题；要随问题发送该文件：-f {}",
);
/// How a secret's place in standard input is told.
const STDIN: &str = "stdin";
/// The same for the rules.
const SYSTEM: &str = "--system";

/// What was typed, and what was piped in.
#[derive(Debug)]
pub(super) struct Words {
    /// Of the command line. Only here are files named by `@`: what is piped in is somebody else's text.
    pub(super) typed: String,
    pub(super) piped: String,
    /// The question that a template made of them.
    pub(super) made: Option<String>,
    /// The files that it names.
    pub(super) named: Vec<Source>,
}

impl Words {
    pub(super) async fn read(context: &Context, flags: &AskFlags) -> Result<Self, Failure> {
        let typed = flags.prompt.join(" ");
        let mut piped = String::new();
        if !io::stdin().is_terminal() {
            piped = stdin::text(attach::MOST_TEXT)
                .await
                .map_err(Failure::Usage)?;
            piped.truncate(piped.trim_end_matches('\n').len());
        }
        let words = Self {
            typed,
            piped,
            made: None,
            named: Vec::new(),
        };
        let has_files = !flags.sources.is_empty();
        let may_be_empty = flags.template.is_some() || (flags.estimate && has_files);
        if words.is_empty() && !may_be_empty {
            return Err(Failure::Usage(NOTHING_ASKED.into()));
        }
        if has_files {
            words.without_expanded_glob(context, flags)?;
        }
        Ok(words)
    }

    fn is_empty(&self) -> bool {
        self.typed.trim().is_empty() && self.piped.trim().is_empty()
    }

    /// A glob without quotes: the shell has put its other names where the question belongs.
    fn without_expanded_glob(&self, context: &Context, flags: &AskFlags) -> Result<(), Failure> {
        let folder = &context.scene.folder;
        let is_name = |word: &&String| {
            word.contains(['.', '/']) && !word.contains(' ') && folder.join(word).is_file()
        };
        let names: Vec<CleanText> = flags
            .prompt
            .iter()
            .filter(is_name)
            .map(|word| CleanText::line(word))
            .collect();
        let Some(first) = names.first() else {
            return Ok(());
        };
        if names.len() == flags.prompt.len() && self.piped.trim().is_empty() {
            return Err(Failure::Usage(Said::new(ONLY_NAMES, &[first])));
        }
        context.note(&A_NAME.fill(context.lang, &[first, first]));
        Ok(())
    }

    /// All of the words as they are sent.
    pub(super) fn joined(&self) -> String {
        if let Some(made) = &self.made {
            return made.clone();
        }
        let parts = [self.typed.as_str(), self.piped.as_str()];
        let parts = parts.into_iter().filter(|part| !part.trim().is_empty());
        parts.collect::<Vec<_>>().join("\n\n")
    }

    /// What in the words looks secret.
    pub(super) fn secrets(&self, system: Option<&str>) -> Vec<SecretSpot> {
        let mut spots = Vec::new();
        if let Some(made) = &self.made {
            spots.extend(secrets::find_secrets(made, None));
        } else {
            spots.extend(secrets::find_secrets(&self.typed, None));
            spots.extend(secrets::find_secrets(&self.piped, Some(STDIN)));
        }
        spots.extend(system.map_or(Vec::new(), |text| secrets::find_secrets(text, Some(SYSTEM))));
        spots
    }
}

/// What the command line and the question name, each with the person's consent where it was given.
pub(super) fn sources(context: &Context, flags: &AskFlags, words: &Words) -> Vec<Source> {
    // Nothing is looked for where nothing is named.
    if flags.sources.is_empty() && words.named.is_empty() && !words.typed.contains('@') {
        return Vec::new();
    }
    let is_there = |path: &str| attach::is_there(context.project(), path);
    let named = flags.sources.iter().map(|text| named(text, is_there));
    let mentioned = attach::mentioned(context.project(), &words.typed);
    if let Some(said) = absent_said(&mentioned.absent) {
        context.note(&said.say(context.lang));
    }
    let mut all: Vec<Source> = named.chain(mentioned.sources).collect();
    // What was typed stands in the question of the template, too.
    let is_new = |source: &&Source| !all.contains(source);
    let more: Vec<Source> = words.named.iter().filter(is_new).cloned().collect();
    all.extend(more);
    for source in &mut all {
        source.is_forced |= flags.any_file;
    }
    all
}

fn named(text: &str, is_there: impl Fn(&str) -> bool) -> Source {
    let as_it_is = |path: &str| Source {
        path: path.to_owned(),
        lines: None,
        is_forced: false,
    };
    match text {
        "@clipboard" => as_it_is(CLIPBOARD),
        // Without the sign it is a file.
        CLIPBOARD => as_it_is("./clipboard"),
        text if is_there(text) => as_it_is(text),
        text => Source::read(text),
    }
}

/// Reads what is named. It waits beside the work, so that Ctrl+C is heard.
pub(super) async fn gather(context: &Context, sources: Vec<Source>) -> Gathered {
    if sources.is_empty() {
        return Gathered::default();
    }
    let (project, environment) = (context.project().clone(), context.scene.environment.clone());
    beside(move || attach::gather(&project, &environment, &sources)).await
}

/// Says what of folders does not go along.
pub(super) fn tell_passed_over(context: &Context, gathered: &Gathered) {
    for said in gathered.passed_over_said() {
        context.note(&said.say(context.lang));
    }
}

/// What was named and does not go along: nothing is sent then. `readers` tells of models that read it.
pub(super) fn refused(gathered: &Gathered, readers: Option<Said>) -> Result<(), Box<Diagnosis>> {
    const BOTH: Phrase = Phrase::new("{}\n{}", "{}\n{}");
    let Some(first) = gathered.refused.first() else {
        return Ok(());
    };
    let mut diagnosis = crate::cli::judged(&Symptom::File(FileTrouble::new(
        std::path::Path::new(CleanText::line(&first.name).as_str()),
        FileProblem::NotSent,
        "",
    )));
    let said = gathered
        .refused
        .iter()
        .map(NotAttached::said)
        .chain(readers);
    if let Some(all) = said.reduce(|all, one| Said::joined(BOTH, &[all, one])) {
        diagnosis.cause = all;
    }
    Err(Box::new(diagnosis))
}
