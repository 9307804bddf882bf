//! Leaked keys as lines and as JSON: where each stands, and once for each kind what to do.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::cli::context::Context;
use crate::cli::output::{DiagnosisJson, fix_words, print_line};
use crate::diagnosis;
use crate::domain::clean_text::CleanText;
use crate::domain::diagnosis::Diagnosis;
use crate::domain::leak::{Leak, Standing};
use crate::domain::sighting::short_path;
use crate::domain::symptom::Symptom;
use crate::text::{Lang, Phrase};
use crate::ui::theme::Tone;

const PAST: Phrase = Phrase::new("  commit {} of {}", "  提交 {}（{}）");

/// Prints leaks by kind: `path:line:column`, whose key, its mask; then the remedies in their order.
pub(super) fn print_leaks(context: &Context, leaks: &[Leak]) {
    let lang = context.lang;
    let mut kinds: BTreeMap<Option<usize>, Vec<(&Leak, Diagnosis)>> = BTreeMap::new();
    for leak in leaks {
        let diagnosis = judged(leak);
        // The catalogue begins with what weighs most.
        let weight = diagnosis::all().position(|row| row.id == diagnosis.id);
        kinds.entry(weight).or_default().push((leak, diagnosis));
    }
    for (at, cases) in kinds.values().enumerate() {
        if at > 0 {
            print_line("");
        }
        if let Some((_, first)) = cases.first() {
            print_line(&context.paint(Tone::Strong, &first.title.say(lang)));
            if let Some(row) = diagnosis::find(first.id) {
                print_line(row.cause.say(lang));
            }
        }
        for (leak, _) in cases {
            print_line(&format!("  {}", place(leak, context)));
        }
        for words in remedies(cases, lang) {
            print_line(&format!("- {words}"));
        }
    }
}

fn place(leak: &Leak, context: &Context) -> String {
    let commit = match &leak.standing {
        Standing::Past { commit, day } => {
            let short: String = commit.chars().take(10).collect();
            PAST.fill(context.lang, &[&short, day])
        }
        _ => String::new(),
    };
    format!(
        "{}:{}:{}  {}  {}{commit}",
        short_path(&leak.path, &context.scene.folder),
        leak.line,
        leak.column,
        leak.vendor.name(),
        leak.key_masked,
    )
}

/// The remedies of cases of one kind, which all have the same ones in the same order, each said once.
fn remedies(cases: &[(&Leak, Diagnosis)], lang: Lang) -> Vec<String> {
    let most = cases.iter().map(|(_, it)| it.fixes.len()).max();
    let mut said: Vec<String> = Vec::new();
    for at in 0..most.unwrap_or(0) {
        for fix in cases.iter().filter_map(|(_, it)| it.fixes.get(at)) {
            let words = fix_words(fix, lang);
            if !said.contains(&words) {
                said.push(words);
            }
        }
    }
    said
}

fn judged(leak: &Leak) -> Diagnosis {
    diagnosis::explain(&Symptom::Leaked(Box::new(leak.clone())))
}

/// A leak as scripts read it: a contract.
#[derive(Serialize)]
pub(super) struct LeakJson {
    vendor: &'static str,
    key_masked: String,
    path: CleanText,
    line: usize,
    column: usize,
    /// Null where git cannot tell or was not asked.
    tracked: Option<bool>,
    ignored: Option<bool>,
    staged: bool,
    commit: Option<String>,
    committed_on: Option<String>,
    diagnosis: Option<DiagnosisJson>,
}

impl LeakJson {
    /// A leak with what to do about it.
    pub(super) fn of(leak: &Leak, lang: Lang) -> Self {
        Self {
            diagnosis: Some(DiagnosisJson::of(&judged(leak), lang)),
            ..Self::plain(leak)
        }
    }

    /// What only looks like one.
    pub(super) fn plain(leak: &Leak) -> Self {
        let (tracked, ignored) = match leak.standing {
            Standing::Tracked { is_ignored } => (Some(true), Some(is_ignored)),
            Standing::Loose => (Some(false), Some(false)),
            Standing::Staged => (Some(true), None),
            Standing::Outside | Standing::Past { .. } => (None, None),
        };
        let (commit, committed_on) = match &leak.standing {
            Standing::Past { commit, day } => (Some(commit.clone()), Some(day.clone())),
            _ => (None, None),
        };
        Self {
            vendor: leak.vendor.id(),
            key_masked: leak.key_masked.clone(),
            path: CleanText::line(&leak.path.display().to_string()),
            line: leak.line,
            column: leak.column,
            tracked,
            ignored,
            staged: leak.standing == Standing::Staged,
            commit,
            committed_on,
            diagnosis: None,
        }
    }
}
