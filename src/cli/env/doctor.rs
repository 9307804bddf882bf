//! `onramp env doctor`: where the keys stand, which program reads which, and what stands in the way.
//!
//! Ends well when nothing worse than a note is left; else in 10 when a file could not be read, in 3
//! when there is no key, in 11 when something deserves a look.

mod json;

use std::collections::HashMap;
use std::io::Write;

use jiff::Timestamp;

use crate::cli::args::EnvDoctorFlags;
use crate::cli::confirm;
use crate::cli::context::Context;
use crate::cli::output::{Failure, Outcome, print_json, print_line};
use crate::domain::finding::{Cure, Finding, Severity};
use crate::domain::key_table::KeyTable;
use crate::domain::sighting::short_path;
use crate::jobs::doctor::cure::{self, Treatment};
use crate::jobs::doctor::{self, Checkup};
use crate::text::{Phrase, Said};
use crate::ui::plain::change_lines;
use crate::ui::table::aligned;
use crate::ui::theme::Tone;

/// A finding of this kind is printed so often; then their number.
const MOST_ALIKE: usize = 3;

const FINDINGS: Phrase = Phrase::new("What deserves a word", "需要注意");
const NONE: Phrase = Phrase::new("  nothing", "  无");
const ALIKE: Phrase = Phrase::new(
    "… and {} more of this kind (--json lists them)",
    "……此类还有 {} 处（--json 可全部列出）",
);
const CURABLE: Phrase = Phrase::new(
    "onramp env doctor --fix mends {} of them, each shown before.",
    "onramp env doctor --fix 可修正其中 {} 处，每处都先显示。",
);
const APPLY: Phrase = Phrase::new("Make this change?", "要做此改动吗？");
const NOBODY: Phrase = Phrase::new(
    "nobody is here to agree to the changes. For the safe ones: onramp env doctor --fix --yes",
    "没有终端可供确认。只做安全的修正：onramp env doctor --fix --yes",
);
const LEFT_OUT: Phrase = Phrase::new(
    "left out: only a person can tell whether it is meant ({})",
    "已略过：是否有意为之只有人能判断（{}）",
);

pub(super) fn run(context: &Context, flags: &EnvDoctorFlags) -> Outcome {
    let only = flags.only_file.as_deref();
    let mut checkup = doctor::examine(&context.scene, only);
    let mut mended = Vec::new();
    if flags.fix {
        if !flags.safe_only && !confirm::is_somebody_there() {
            return Err(Failure::Usage(NOBODY.into()));
        }
        mended = mend(context, flags, &checkup.findings)?;
        checkup = doctor::examine(&context.scene, only);
    }
    if flags.json {
        print_json(&json::Report::of(&checkup, &mended, context.lang));
    } else {
        print(context, &checkup);
    }
    match exit_code(&checkup) {
        0 => Ok(()),
        code => Err(Failure::Silent(code)),
    }
}

fn exit_code(checkup: &Checkup) -> u8 {
    if checkup.is_incomplete {
        return 10;
    }
    if !checkup.has_key {
        return 3;
    }
    match checkup.worst() {
        None | Some(Severity::Note) => 0,
        Some(Severity::Warning | Severity::Trouble) => 11,
    }
}

/// Shows each change and makes those that are agreed to; what they mended.
fn mend(
    context: &Context,
    flags: &EnvDoctorFlags,
    findings: &[Finding],
) -> Result<Vec<Finding>, Failure> {
    let lang = context.lang;
    // With --yes the safe mends of a file are one change, whatever else it would need.
    let (wanted, left): (Vec<Finding>, Vec<Finding>) = findings
        .iter()
        .filter(|finding| finding.cure.is_some())
        .cloned()
        .partition(|finding| !flags.safe_only || finding.cure == Some(Cure::Safe));
    for finding in left.iter().take(MOST_ALIKE) {
        context.note(&LEFT_OUT.fill(lang, &[&head(finding, context)]));
    }
    if let more @ 1.. = left.len().saturating_sub(MOST_ALIKE) {
        context.note(&ALIKE.fill(lang, &[&more]));
    }
    let mut mended = Vec::new();
    for treatment in in_turn(context, flags, &wanted) {
        let treatment = match treatment {
            Ok(treatment) => treatment,
            Err(diagnosis) => {
                crate::cli::output::complain(&Failure::from(diagnosis).report(lang));
                continue;
            }
        };
        show(&treatment, context, flags.json);
        if flags.safe_only || confirm::ask(context, APPLY, treatment.is_safe()) {
            let said = cure::apply(&context.scene, &treatment, Timestamp::now())?;
            context.note(&said.say(lang));
            mended.extend(treatment.mends);
        }
    }
    Ok(mended)
}

type Worked = Result<Treatment, Box<crate::domain::diagnosis::Diagnosis>>;

/// The changes to show. Safe ones of a file come as one; each that needs consent comes by itself, once
/// the ones before it were made.
fn in_turn<'a>(
    context: &'a Context,
    flags: &EnvDoctorFlags,
    wanted: &'a [Finding],
) -> Box<dyn Iterator<Item = Worked> + 'a> {
    let safe: Vec<Finding> = wanted
        .iter()
        .filter(|finding| finding.cure == Some(Cure::Safe))
        .cloned()
        .collect();
    let together = cure::treatments(&context.scene, &safe).into_iter();
    if flags.safe_only {
        return Box::new(together);
    }
    // A line may have moved by what was agreed to: what is left is looked for anew.
    let only = flags.only_file.clone();
    let mut asked: Vec<Said> = Vec::new();
    let rest = std::iter::from_fn(move || {
        let left = doctor::examine(&context.scene, only.as_deref()).findings;
        let next = left.into_iter().find(|finding| {
            finding.cure == Some(Cure::NeedsConsent) && !asked.contains(&place_and_words(finding))
        })?;
        asked.push(place_and_words(&next));
        Some(cure::treatment(&context.scene, &next))
    });
    Box::new(together.chain(rest))
}

/// What tells one finding from another when lines have moved.
fn place_and_words(finding: &Finding) -> Said {
    let path = finding.path.as_deref().map(std::path::Path::display);
    let path = path.map_or_else(String::new, |path| path.to_string());
    Said::verbatim(path).then(finding.words.clone())
}

/// The change, on stdout, or on stderr where stdout is for JSON.
fn show(treatment: &Treatment, context: &Context, is_json: bool) {
    let mut lines = Vec::new();
    for finding in &treatment.mends {
        lines.push(head(finding, context));
        lines.push(format!("    {}", finding.advice.say(context.lang)));
    }
    let mut change = change_lines(&treatment.review.change);
    if let Some(first) = change.first_mut() {
        *first = short_path(&treatment.review.change.path, &context.scene.folder).into_string();
    }
    lines.append(&mut change);
    if let Some(note) = &treatment.review.note {
        lines.push(format!("     ~ {}", note.say(context.lang)));
    }
    for line in lines {
        if is_json {
            let _ = writeln!(std::io::stderr(), "{line}");
        } else {
            print_line(&line);
        }
    }
}

fn print(context: &Context, checkup: &Checkup) {
    let lang = context.lang;
    let table = &checkup.table;
    let folder = &context.scene.folder;
    print_line(&context.paint(Tone::Strong, KeyTable::PLACES.say(lang)));
    if table.standing.is_empty() {
        print_line(&format!("  {}", KeyTable::NOWHERE.say(lang)));
    }
    print_rows(table.standing.iter().map(|standing| {
        let place = standing.place.said(folder).say(lang);
        vec![standing.name.to_owned(), place, standing.shown.to_string()]
    }));
    print_line("");
    print_line(&context.paint(Tone::Strong, KeyTable::PROGRAMS.say(lang)));
    print_rows(table.winners.iter().map(|winner| {
        let value = winner.standing.as_ref().map(|it| it.shown.to_string());
        let place = winner.source(folder).say(lang);
        let name = winner.name.to_owned();
        vec![
            winner.marked_title(),
            name,
            place,
            value.unwrap_or_default(),
        ]
    }));
    print_line("");
    print_line(&context.paint(Tone::Strong, FINDINGS.say(lang)));
    if checkup.findings.is_empty() {
        print_line(NONE.say(lang));
    }
    print_findings(context, &checkup.findings);
    let curable = checkup.findings.iter().filter(|it| it.cure.is_some());
    match curable.count() {
        0 => {}
        count => context.note(&CURABLE.fill(lang, &[&count])),
    }
}

fn print_findings(context: &Context, findings: &[Finding]) {
    let kind = |finding: &Finding| (finding.id, finding.path.clone());
    let mut left: HashMap<_, usize> = HashMap::new();
    for finding in findings {
        *left.entry(kind(finding)).or_default() += 1;
    }
    let mut printed: HashMap<_, usize> = HashMap::new();
    for finding in findings {
        let printed = printed.entry(kind(finding)).or_default();
        *printed += 1;
        if *printed > MOST_ALIKE {
            if *printed == MOST_ALIKE + 1 {
                let more = left[&kind(finding)] - MOST_ALIKE;
                print_line(&format!("  {}", ALIKE.fill(context.lang, &[&more])));
            }
            continue;
        }
        let tone = match finding.severity {
            Severity::Trouble => Tone::Trouble,
            Severity::Warning => Tone::Warn,
            Severity::Note => Tone::Plain,
        };
        print_line(&context.paint(tone, &head(finding, context)));
        print_line(&format!("    → {}", finding.advice.say(context.lang)));
    }
}

/// The mark, the place, and the words.
fn head(finding: &Finding, context: &Context) -> String {
    let words = finding.words.say(context.lang);
    let mark = finding.severity.mark();
    let path = finding
        .path
        .as_deref()
        .map(|path| short_path(path, &context.scene.folder));
    match (path, finding.line) {
        (Some(path), Some(line)) => format!("{mark} {path}:{line}  {words}"),
        (Some(path), None) => format!("{mark} {path}  {words}"),
        (None, _) => format!("{mark} {words}"),
    }
}

/// Rows with their columns aligned, set in; a terminal breaks what is too wide for it.
fn print_rows(rows: impl Iterator<Item = Vec<String>>) {
    let rows: Vec<Vec<String>> = rows.collect();
    for line in aligned(&rows, usize::MAX).concat() {
        print_line(&format!("  {line}"));
    }
}
