//! A rotation as it is told: the plan, each step, the end; for people and for scripts.

use serde::Serialize;

use crate::cli::context::Context;
use crate::cli::output::{DiagnosisJson, Failure, Outcome, print_json, print_line};
use crate::domain::clean_text::CleanText;
use crate::domain::diagnosis::{Diagnosis, TroubleKind};
use crate::domain::money::Usd;
use crate::jobs::rotation::{
    self, Ended, Plan, Progress, Resumed, Retire, Step, Successor, Why, told,
};
use crate::text::{Phrase, Said};

/// The plan as the result of `--dry-run`.
pub(super) fn planned(context: &Context, plan: &Plan, is_json: bool) {
    if is_json {
        let mut told = Told::of("planned");
        told.plan(context, plan);
        print_json(&told);
        return;
    }
    for line in lines(context, plan) {
        print_line(&line.say(context.lang));
    }
}

/// The plan before it is carried out: beside the result.
pub(super) fn announce(context: &Context, plan: &Plan) {
    for line in lines(context, plan) {
        context.note(&line.say(context.lang));
    }
}

fn lines(context: &Context, plan: &Plan) -> impl Iterator<Item = Said> {
    let lines = told::plan(&context.scene, plan);
    lines.into_iter().chain(plan.notes.iter().map(told::note))
}

/// A step that has ended, as a line.
pub(super) fn line(context: &Context, step: &Step, progress: Progress) -> Option<String> {
    const DONE: Phrase = Phrase::new("  done    {}", "  完成  {}");
    const FAILED: Phrase = Phrase::new("  failed  {}", "  失败  {}");
    let what = told::step(&context.scene, step, progress)?;
    let phrase = match progress {
        Progress::Failed => FAILED,
        Progress::Running | Progress::Done => DONE,
    };
    Some(phrase.fill(context.lang, &[&what.say(context.lang)]))
}

/// How a rotation ended, and with it the command.
pub(super) fn ended(context: &Context, plan: &Plan, ended: &Ended, is_json: bool) -> Outcome {
    if is_json {
        let mut told = Told::of(id(&ended.outcome));
        told.plan(context, plan);
        told.end(context, ended);
        print_json(&told);
        return silent(&ended.outcome);
    }
    print_line(&told::end(plan, ended).say(context.lang));
    rest(context, ended)
}

/// How an earlier rotation ended now, and with it the command.
pub(super) fn resumed(context: &Context, resumed: &Resumed, is_json: bool) -> Outcome {
    let Resumed { old, name, ended } = resumed;
    if is_json {
        let mut told = Told::of(id(&ended.outcome));
        told.is_resumed = true;
        told.old.hash.clone_from(old);
        told.old.name = CleanText::line(name);
        told.end(context, ended);
        print_json(&told);
        return silent(&ended.outcome);
    }
    print_line(&told::resumed_end(resumed).say(context.lang));
    rest(context, ended)
}

/// What follows the first line: what is left, the notes, and why.
fn rest(context: &Context, ended: &Ended) -> Outcome {
    let lang = context.lang;
    if let rotation::Outcome::Unfinished { left, .. } = &ended.outcome {
        for said in left {
            print_line(&format!("  {}", said.say(lang)));
        }
    }
    for note in &ended.notes {
        context.note(&told::note(note).say(lang));
    }
    match why(&ended.outcome) {
        Some(Why::Failed(diagnosis)) => Err(diagnosis.clone().into()),
        Some(Why::Stopped) => Err(Failure::Interrupted),
        Some(Why::Killed) => Err(Failure::Silent(TroubleKind::Alert.exit_code())),
        None => Ok(()),
    }
}

/// The exit code after JSON, which has told the rest.
fn silent(outcome: &rotation::Outcome) -> Outcome {
    match why(outcome) {
        None => Ok(()),
        Some(Why::Failed(diagnosis)) => Err(Failure::Silent(diagnosis.kind.exit_code())),
        Some(Why::Stopped) => Err(Failure::Interrupted),
        Some(Why::Killed) => Err(Failure::Silent(TroubleKind::Alert.exit_code())),
    }
}

fn why(outcome: &rotation::Outcome) -> Option<&Why> {
    match outcome {
        rotation::Outcome::Rotated => None,
        rotation::Outcome::RolledBack(why) | rotation::Outcome::Unfinished { why, .. } => Some(why),
    }
}

fn id(outcome: &rotation::Outcome) -> &'static str {
    match outcome {
        rotation::Outcome::Rotated => "rotated",
        rotation::Outcome::RolledBack(_) => "rolled_back",
        rotation::Outcome::Unfinished { .. } => "unfinished",
    }
}

/// A rotation as scripts read it: a contract.
#[derive(Serialize)]
struct Told {
    /// `planned`, `rotated`, `rolled_back`, `unfinished`.
    outcome: &'static str,
    /// An earlier, interrupted rotation was taken up.
    #[serde(rename = "resumed")]
    is_resumed: bool,
    old: OldJson,
    /// Null where none was made.
    successor: Option<SuccessorJson>,
    /// What the successor is asked to be; null where an earlier rotation was taken up.
    asked: Option<AskedJson>,
    files: Vec<FileJson>,
    store: bool,
    notes: Vec<String>,
    /// What could not be put back.
    left: Vec<String>,
    trouble: Option<DiagnosisJson>,
}

#[derive(Default, Serialize)]
struct OldJson {
    hash: String,
    name: CleanText,
    label: CleanText,
}

#[derive(Serialize)]
struct SuccessorJson {
    hash: String,
    label: String,
}

#[derive(Serialize)]
struct AskedJson {
    limit: Option<Usd>,
    limit_reset: Option<String>,
    expires_at: Option<String>,
    old_key: Retire,
}

#[derive(Serialize)]
struct FileJson {
    path: CleanText,
    variables: Vec<VariableJson>,
}

#[derive(Serialize)]
struct VariableJson {
    name: CleanText,
    line: usize,
}

impl Told {
    fn of(outcome: &'static str) -> Self {
        Self {
            outcome,
            is_resumed: false,
            old: OldJson::default(),
            successor: None,
            asked: None,
            files: Vec::new(),
            store: false,
            notes: Vec::new(),
            left: Vec::new(),
            trouble: None,
        }
    }

    fn plan(&mut self, context: &Context, plan: &Plan) {
        self.old = OldJson {
            hash: plan.old.hash.to_string(),
            name: plan.old.name.clone(),
            label: plan.old.label.clone(),
        };
        self.asked = Some(AskedJson {
            limit: plan.successor.limit,
            limit_reset: plan.successor.limit_reset.clone(),
            expires_at: plan.successor.expires_at.map(|end| end.to_string()),
            old_key: plan.retire,
        });
        self.files = plan
            .files
            .iter()
            .map(|file| FileJson {
                path: CleanText::line(&file.path.display().to_string()),
                variables: file
                    .names
                    .iter()
                    .map(|(name, line)| VariableJson {
                        name: CleanText::line(name),
                        line: *line,
                    })
                    .collect(),
            })
            .collect();
        self.store = plan.in_store;
        self.notes = say(context, &plan.notes);
    }

    fn end(&mut self, context: &Context, ended: &Ended) {
        let successor = ended.successor.as_ref();
        self.successor = successor.map(|Successor { hash, mask }| SuccessorJson {
            hash: hash.clone(),
            label: mask.clone(),
        });
        self.notes.extend(say(context, &ended.notes));
        if let rotation::Outcome::Unfinished { left, .. } = &ended.outcome {
            self.left = say(context, left);
        }
        if let Some(Why::Failed(diagnosis)) = why(&ended.outcome) {
            let diagnosis: &Diagnosis = diagnosis;
            self.trouble = Some(DiagnosisJson::of(diagnosis, context.lang));
        }
    }
}

fn say(context: &Context, said: &[Said]) -> Vec<String> {
    said.iter().map(|said| said.say(context.lang)).collect()
}
