//! A checkup as scripts read it: a contract. More fields may be added; absent facts are null.

use serde::Serialize;

use crate::domain::clean_text::CleanText;
use crate::domain::finding::{Cure, Finding};
use crate::domain::key_table::MaskedStanding;
use crate::domain::sighting::Place;
use crate::jobs::doctor::Checkup;
use crate::text::Lang;

/// The whole.
#[derive(Debug, Serialize)]
pub(super) struct Report {
    /// Every place where a key or a base URL stands.
    places: Vec<PlaceJson>,
    /// Which of them each kind of program reads.
    winners: Vec<WinnerJson>,
    /// What deserves a word, the worst first.
    findings: Vec<FindingJson>,
    /// What `--fix` has mended; its lines are those from before.
    fixed: Vec<FindingJson>,
}

#[derive(Debug, Serialize)]
struct PlaceJson {
    name: &'static str,
    /// `env`, `dotenv`, `store` or `profile`.
    kind: &'static str,
    file: Option<CleanText>,
    line: Option<usize>,
    value_masked: CleanText,
    /// The value points to a secret kept elsewhere.
    is_reference: bool,
}

#[derive(Debug, Serialize)]
struct WinnerJson {
    /// `next`, `vite`, `dotenv`, `python-dotenv`, `dotenvy`, `compose`, `onramp`, …
    program: &'static str,
    title: &'static str,
    /// The project shows signs of it.
    in_use: bool,
    name: &'static str,
    /// Null where the program finds nothing.
    place: Option<PlaceJson>,
}

#[derive(Debug, Serialize)]
struct FindingJson {
    id: &'static str,
    /// `trouble`, `warning` or `note`.
    severity: &'static str,
    file: Option<CleanText>,
    line: Option<usize>,
    message: String,
    advice: String,
    /// Null where only a person can mend it.
    fix: Option<FixJson>,
}

#[derive(Debug, Serialize)]
struct FixJson {
    words: String,
    /// `--fix --yes` does it.
    safe: bool,
}

impl Report {
    pub(super) fn of(checkup: &Checkup, mended: &[Finding], lang: Lang) -> Self {
        let winners = checkup.table.winners.iter().map(|winner| WinnerJson {
            program: winner.program,
            title: winner.title,
            in_use: winner.is_used,
            name: winner.name,
            place: winner.standing.as_ref().map(PlaceJson::of),
        });
        let of_all = |findings: &[Finding]| -> Vec<FindingJson> {
            let all = findings.iter();
            all.map(|finding| FindingJson::of(finding, lang)).collect()
        };
        Self {
            places: checkup.table.standing.iter().map(PlaceJson::of).collect(),
            winners: winners.collect(),
            findings: of_all(&checkup.findings),
            fixed: of_all(mended),
        }
    }
}

impl PlaceJson {
    fn of(standing: &MaskedStanding) -> Self {
        let place = &standing.place;
        let file = match place {
            Place::Store(rest) => rest.path(),
            other => other.line().map(|(path, _)| path),
        };
        Self {
            name: standing.name,
            kind: place.kind(),
            file: file.map(|path| CleanText::line(&path.display().to_string())),
            line: place.line().map(|(_, line)| line),
            value_masked: standing.shown.clone(),
            is_reference: standing.is_reference,
        }
    }
}

impl FindingJson {
    fn of(finding: &Finding, lang: Lang) -> Self {
        let path = finding.path.as_ref();
        Self {
            id: finding.id,
            severity: finding.severity.tag(),
            file: path.map(|path| CleanText::line(&path.display().to_string())),
            line: finding.line,
            message: finding.words.say(lang),
            advice: finding.advice.say(lang),
            fix: finding.cure.map(|cure| FixJson {
                words: finding.advice.say(lang),
                safe: cure == Cure::Safe,
            }),
        }
    }
}
