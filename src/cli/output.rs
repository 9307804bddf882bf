//! How a command ends and how it speaks: exit codes, the error line and its hint.

use std::io::Write;

use crate::domain::diagnosis::{Act, Diagnosis};
use crate::text::{Lang, Said};

/// How a command ends.
pub type Outcome = Result<(), Failure>;

/// Why a command did not do what it was asked.
#[derive(Debug)]
pub enum Failure {
    /// A judged trouble.
    Diagnosed(Box<Diagnosis>),
    /// The command line does not make sense; what would.
    Usage(Said),
    /// Already said; only the exit code is left.
    Silent(u8),
    /// Stopped by the person.
    Interrupted,
}

impl Failure {
    /// The exit code: a contract with scripts.
    pub fn exit_code(&self) -> u8 {
        match self {
            Self::Diagnosed(diagnosis) => diagnosis.kind.exit_code(),
            Self::Usage(_) => 2,
            Self::Silent(code) => *code,
            Self::Interrupted => 130,
        }
    }

    /// The error line and its hints, for stderr.
    pub fn report(&self, lang: Lang) -> String {
        match self {
            Self::Diagnosed(diagnosis) => report_diagnosis(diagnosis, lang),
            Self::Usage(words) => format!("{}: {}\n", ERROR.say(lang), words.say(lang)),
            Self::Silent(_) | Self::Interrupted => String::new(),
        }
    }
}

impl From<Diagnosis> for Failure {
    fn from(diagnosis: Diagnosis) -> Self {
        Self::Diagnosed(Box::new(diagnosis))
    }
}

const ERROR: crate::text::Phrase = crate::text::Phrase::new("error", "错误");
const HINT: crate::text::Phrase = crate::text::Phrase::new("hint", "提示");

fn report_diagnosis(diagnosis: &Diagnosis, lang: Lang) -> String {
    let mut text = format!("{}: {}\n", ERROR.say(lang), diagnosis.title.say(lang));
    let cause = diagnosis.cause.say(lang);
    if !cause.is_empty() {
        text.push_str(&cause);
        text.push('\n');
    }
    text.push('\n');
    for fix in &diagnosis.fixes {
        let hint = HINT.say(lang);
        let words = fix.words.say(lang);
        match &fix.act {
            Act::Open(page) => text.push_str(&format!("{hint}: {words} ({})\n", page.url())),
            Act::Run(command) => text.push_str(&format!("{hint}: {words}: {command}\n")),
            _ => text.push_str(&format!("{hint}: {words}\n")),
        }
    }
    text
}

/// What every command needs to know.
#[derive(Clone, Debug)]
pub struct Globals {
    /// The person's language.
    pub lang: Lang,
    /// Say nothing on stderr but errors.
    pub quiet: bool,
    /// Colour may be used on stdout.
    pub colour: bool,
}

impl Globals {
    /// Says something beside the result: to stderr, unless the person asked for quiet.
    pub fn note(&self, words: &str) {
        if !self.quiet {
            let _ = writeln!(std::io::stderr(), "{words}");
        }
    }
}

/// Prints one line of a result. A closed pipe is the reader's choice, not an error.
pub fn print_line(line: &str) {
    let mut out = std::io::stdout().lock();
    let _ = writeln!(out, "{line}");
}

/// Prints a value as JSON on one line of stdout.
pub fn print_json(value: &impl serde::Serialize) {
    print_line(&serde_json::to_string(value).expect("our own values have string keys"));
}
