//! What in a .env file some program would read otherwise than its author meant, line by line, and
//! the smallest change that mends it.
//!
//! The readers disagree on almost everything but `NAME=plainvalue`; what each makes of which line
//! was measured. Nothing is decided here about files, only about their bytes: whether others may
//! read one, or git tracks it, is for `jobs::doctor` to find out.

mod keys;
mod layout;
mod mend;
mod remarks;
mod swallow;
mod trap;

#[cfg(test)]
mod tests;

use std::fmt::Display;

use super::refusal::Reason;
use super::syntax::{Scan, trouble};
use crate::domain::env_reader::EnvReader;
use crate::domain::finding::{Cure, Finding, Severity};
use crate::text::Said;

pub use keys::is_key;
pub use mend::{Mend, mended, mended_where_possible};
use trap::{Trap, notation};

/// Something about one line.
#[derive(Clone, Debug)]
pub struct Noticed {
    /// Its stable name.
    pub id: &'static str,
    /// How much it matters to the programs in use.
    pub severity: Severity,
    /// Its line, from 1.
    pub line: usize,
    /// What there is, and who is affected.
    pub words: Said,
    /// What mends it.
    pub advice: Said,
    /// The change that mends it, where the program can make it.
    pub mend: Option<Mend>,
}

impl Noticed {
    /// As a finding of a file.
    pub fn finding(&self, path: &std::path::Path) -> Finding {
        let finding = Finding::new(
            self.id,
            self.severity,
            self.words.clone(),
            self.advice.clone(),
        )
        .at(path, Some(self.line));
        match &self.mend {
            Some(mend) if mend.is_safe() => finding.curable(Cure::Safe),
            Some(_) => finding.curable(Cure::NeedsConsent),
            None => finding,
        }
    }
}

/// Examines a file for the programs in use: what troubles none of them is only a note. Without a
/// sign of any program each counts. In the order of the lines.
pub fn examine(bytes: &[u8], in_use: &[EnvReader]) -> Vec<Noticed> {
    let mut notes = Notes::new(in_use);
    if let Err(refusal) = trouble(bytes) {
        let at = refusal.line.unwrap_or(1);
        notes.say(&notation::NOT_TEXT, at, &[&""], None);
        if let Some(noticed) = notes.all.last_mut() {
            noticed.words = refusal.reason.said();
        }
        // Programs differ on where its lines end, or see no text at all: there is no more to say.
        if matches!(refusal.reason, Reason::Utf16 | Reason::Nul) {
            return notes.all;
        }
    }
    let scan = Scan::new(bytes);
    layout::examine(&scan, &mut notes);
    remarks::examine(&scan, &mut notes);
    swallow::examine(&scan, &mut notes);
    keys::examine(&scan, &mut notes);
    notes.all.sort_by_key(|noticed| noticed.line);
    notes.all
}

/// Examines a template, which is committed to be copied: a real key in it is the one thing to find.
pub fn examine_template(bytes: &[u8]) -> Vec<Noticed> {
    let mut notes = Notes::new(&[]);
    if !bytes.contains(&0) {
        keys::examine_template(&Scan::new(bytes), &mut notes);
    }
    notes.all
}

/// Examines a key that stands in no file: what it holds, wherever it came from. Lines mean nothing.
pub fn examine_key(name: &str, value: &str) -> Vec<Noticed> {
    let mut notes = Notes::new(&[]);
    keys::key(name, value, 0, None, &mut notes);
    notes.all
}

/// What was noticed so far.
struct Notes<'a> {
    in_use: &'a [EnvReader],
    all: Vec<Noticed>,
}

impl<'a> Notes<'a> {
    fn new(in_use: &'a [EnvReader]) -> Self {
        Self {
            in_use,
            all: Vec::new(),
        }
    }

    /// Notes a trap at a line. The parts go into the blanks of its words and of its advice.
    fn say(&mut self, trap: &Trap, line: usize, parts: &[&dyn Display], mend: Option<Mend>) {
        if let Some(severity) = trap.severity(self.in_use) {
            self.push(trap, severity, line, parts, mend);
        }
    }

    /// Notes a trap as a mere note, whoever is in use.
    fn mention(&mut self, trap: &Trap, line: usize, parts: &[&dyn Display], mend: Option<Mend>) {
        self.push(trap, Severity::Note, line, parts, mend);
    }

    fn push(
        &mut self,
        trap: &Trap,
        severity: Severity,
        line: usize,
        parts: &[&dyn Display],
        mend: Option<Mend>,
    ) {
        self.all.push(Noticed {
            id: trap.id,
            severity,
            line,
            words: Said::new(trap.words, parts),
            advice: Said::new(trap.advice, parts),
            mend,
        });
    }
}
