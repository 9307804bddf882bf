//! How a command ends and how it speaks: exit codes, the error line and its hint.

use std::io::{ErrorKind, IsTerminal, Write};
use std::sync::OnceLock;

use serde::Serialize;

use crate::diagnosis;
use crate::domain::clean_text::CleanText;
use crate::domain::diagnosis::{Act, Diagnosis, Fix};
use crate::domain::json;
use crate::domain::page::Page;
use crate::domain::symptom::{FileProblem, FileTrouble, Symptom};
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
            Self::Usage(words) => format!("{}{}\n", ERROR.say(lang), words.say(lang)),
            Self::Silent(_) | Self::Interrupted => String::new(),
        }
    }
}

impl From<Box<Diagnosis>> for Failure {
    fn from(diagnosis: Box<Diagnosis>) -> Self {
        Self::Diagnosed(diagnosis)
    }
}

impl From<Diagnosis> for Failure {
    fn from(diagnosis: Diagnosis) -> Self {
        Self::Diagnosed(Box::new(diagnosis))
    }
}

const ERROR: crate::text::Phrase = crate::text::Phrase::new("error: ", "错误：");
const SEEN: crate::text::Phrase =
    crate::text::Phrase::new("What was seen, for a report:", "所见内容，可用于反馈：");
const IN_BRACKETS: crate::text::Phrase = crate::text::Phrase::new("{} ({})", "{}（{}）");
const HINT: crate::text::Phrase = crate::text::Phrase::new("hint: ", "提示：");

fn report_diagnosis(diagnosis: &Diagnosis, lang: Lang) -> String {
    let title = diagnosis.title.say(lang);
    let rest = cause_and_hints(diagnosis, lang);
    format!("{}{title}\n{rest}", ERROR.say(lang))
}

/// What stands below the title of a diagnosis, as lines: why, and the hints.
pub fn cause_and_hints(diagnosis: &Diagnosis, lang: Lang) -> String {
    let mut text = String::new();
    let cause = diagnosis.cause.say(lang);
    if !cause.is_empty() {
        text.push_str(&cause);
        text.push('\n');
    }
    text.push('\n');
    let hint = HINT.say(lang);
    for fix in &diagnosis.fixes {
        text.push_str(&format!("{hint}{}\n", fix_words(fix, lang)));
    }
    // What nobody foresaw is shown as it came: the person sees more in it than this program does.
    if diagnosis::is_unknown(diagnosis) && !diagnosis.raw.is_empty() {
        text.push_str(&format!(
            "\n{}\n{}\n",
            SEEN.say(lang),
            diagnosis.raw.trim_end()
        ));
    }
    text
}

/// How wide the terminal is; `None`: the lines go elsewhere, where whole ones are wanted.
pub(super) fn room() -> Option<usize> {
    if !std::io::stdout().is_terminal() {
        return None;
    }
    let (columns, _) = crossterm::terminal::size().ok()?;
    (columns > 0).then_some(columns.into())
}

/// A fix as a sentence that works without a keypress.
pub(super) fn fix_words(fix: &Fix, lang: Lang) -> String {
    match &fix.act {
        Act::Open(page) => IN_BRACKETS.fill(lang, &[&fix.words.say(lang), &page.url()]),
        Act::LowerMaxTokens(tokens) => IN_BRACKETS.fill(
            lang,
            &[&fix.words.say(lang), &format!("--max-tokens {tokens}")],
        ),
        Act::UseModel(model) => {
            let flag = CleanText::line(&format!("-m {model}"));
            IN_BRACKETS.fill(lang, &[&fix.words.say(lang), &flag])
        }
        _ => fix.with_command().say(lang),
    }
}

/// A diagnosis as scripts read it: a contract.
#[derive(Debug, Serialize)]
pub struct DiagnosisJson {
    id: &'static str,
    title: String,
    cause: String,
    fixes: Vec<String>,
    links: Vec<String>,
    /// What was seen, for a report; null where nothing was.
    raw: Option<String>,
}

impl DiagnosisJson {
    /// Its words in a language.
    pub fn of(diagnosis: &Diagnosis, lang: Lang) -> Self {
        Self {
            id: diagnosis.id,
            title: diagnosis.title.say(lang),
            cause: diagnosis.cause.say(lang),
            fixes: diagnosis
                .fixes
                .iter()
                .map(|fix| fix_words(fix, lang))
                .collect(),
            links: diagnosis.links.iter().map(Page::url).collect(),
            raw: (!diagnosis.raw.is_empty()).then(|| diagnosis.raw.to_string()),
        }
    }
}

/// Says what went wrong, on stderr.
pub fn complain(words: &str) {
    // A stderr that is closed hears nothing; the exit code still tells.
    let _ = std::io::stderr().write_all(words.as_bytes());
}

/// Why a part of the results is lost. Standard output is one for the whole process, and so is this.
static LOST: OnceLock<FileTrouble> = OnceLock::new();

/// Writes to stdout; false when nobody reads any more. A closed pipe is the reader's choice and not an
/// error; what else comes in the way is kept for the end ([`lost`]).
pub fn put(text: &str) -> bool {
    let mut out = std::io::stdout().lock();
    let Err(error) = out.write_all(text.as_bytes()).and_then(|()| out.flush()) else {
        return true;
    };
    if error.kind() != ErrorKind::BrokenPipe {
        LOST.get_or_init(|| FileTrouble {
            path: "stdout".into(),
            kind: FileProblem::Output,
            detail: CleanText::line(&error.to_string()),
        });
    }
    false
}

/// What came in the way of a result, if anything did.
pub fn lost() -> Option<Symptom> {
    LOST.get().cloned().map(Symptom::File)
}

/// Prints one line of a result.
pub fn print_line(line: &str) {
    put(&format!("{line}\n"));
}

/// Prints a value as JSON on one line of stdout, harmless to a terminal.
pub fn print_json(value: &impl serde::Serialize) {
    print_line(&json::line(value));
}
