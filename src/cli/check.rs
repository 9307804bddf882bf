//! `onramp check`: the API test, as lines or as JSON.

use std::sync::Arc;

use jiff::Timestamp;
use serde::Serialize;

use super::args::CheckFlags;
use super::context::Context;
use super::output::{self, DiagnosisJson, Failure, Outcome, print_json, print_line};
use crate::domain::sighting::{Place, Sighting};
use crate::domain::spend::Purpose;
use crate::domain::stage::{self, Stage, StageStatus};
use crate::domain::symptom::Symptom;
use crate::jobs::access::InSight;
use crate::jobs::check::{self, Check, Verdict};
use crate::jobs::{Access, access, retirement};
use crate::openrouter::BaseUrl;
use crate::text::{Lang, Phrase, Said};
use crate::ui::page::{Block, stage_mark};
use crate::ui::plain::block_lines;

pub(super) async fn run(context: &Context, flags: CheckFlags) -> Outcome {
    let mut report = Report::default();
    let stopped = SayStopped { context };
    let waiting = Waiting {
        is_seen: context.shows_progress(),
    };
    let mut tell = |stage: Stage| {
        if stage.status == StageStatus::Running {
            waiting.show(&stage, context.lang);
            return;
        }
        waiting.clear();
        if !flags.json {
            print_stage(&stage, context);
            print_cure(&stage, &report.stages, context);
        }
        report.stages.push(stage);
    };
    let access = context.access();
    let seen;
    let mut server = None;
    let verdict = match &access {
        Ok(access) => {
            seen = Source::of(access);
            server = Some(access.server.clone());
            match access.client(&context.scene.network) {
                Ok(client) => {
                    let test = begin(context, access, flags.full, flags.model);
                    let verdict = test.run(&client, &mut tell).await;
                    // Once the server was asked, an address given without a path is known whole.
                    server = Some(client.known_base().clone());
                    verdict
                }
                Err(symptom) => {
                    let place = seen.key.as_ref().map(|key| &key.place);
                    let place = place.map(|place| place.said(&context.scene.folder));
                    tell_early(&symptom, place, flags.full, &mut tell)
                }
            }
        }
        Err(symptom) => {
            let (source, base) = Source::in_sight(context);
            seen = source;
            let is_about_address = matches!(
                symptom,
                Symptom::BadBaseUrl { .. } | Symptom::UrlNamedByFile { .. }
            );
            let place = base.filter(|_| is_about_address);
            let place = place.map(|place| place.said(&context.scene.folder));
            tell_early(symptom, place, flags.full, &mut tell)
        }
    };
    std::mem::forget(stopped);
    // Those that ran side by side ended in any order.
    report.stages.sort_by_key(|stage| stage.id);
    if flags.json {
        print_json(&report.json(context, server.as_ref(), &seen));
    } else {
        let words = stage::verdict(&report.stages).say(context.lang);
        print_line(&format!("\n{words}"));
    }
    match verdict {
        Verdict::Works => Ok(()),
        Verdict::Fails(kind) => Err(Failure::Silent(kind.exit_code())),
    }
}

/// Tells that no test could begin.
fn tell_early(
    symptom: &Symptom,
    place: Option<Said>,
    is_full: bool,
    tell: impl FnMut(Stage),
) -> Verdict {
    let stages = check::impossible(symptom, place, is_full);
    stages.into_iter().for_each(tell);
    Verdict::Fails(crate::diagnosis::explain(symptom).kind)
}

/// The key that is tested, and those that it hides.
struct Source {
    key: Option<Sighting>,
    shadowed: Vec<Sighting>,
}

impl Source {
    fn of(access: &Access) -> Self {
        Self {
            key: access.key.clone(),
            shadowed: access.shadowed.clone(),
        }
    }

    /// What is in sight where nothing can be chosen, and where the base URL stands.
    fn in_sight(context: &Context) -> (Self, Option<Place>) {
        let seen = InSight::of(&context.scene, context.project());
        let flag = context.scene.base_url.as_ref().map(|_| Place::Flag);
        let base = flag.or_else(|| seen.bases.first().map(|base| base.place.clone()));
        let mut keys = seen.keys.into_iter();
        let source = Self {
            key: keys.next(),
            shadowed: keys.collect(),
        };
        (source, base)
    }
}

fn begin(context: &Context, access: &Access, is_full: bool, model: Option<String>) -> Check {
    let (now, key) = (Timestamp::now(), access.secret());
    // The full test asks for the list.
    let listed = (!is_full)
        .then(|| retirement::kept_list(&context.scene, &access.server, key.as_ref(), now));
    Check {
        is_full,
        server: access.server.clone(),
        listed: listed.flatten().map(Arc::new),
        key,
        place: access.key.as_ref().map(|key| key.place.clone()),
        shadowed: access.shadowed.clone(),
        base: access.base.clone(),
        management_key: access::management_key(
            &context.scene,
            &access.server,
            access.base.as_ref(),
        )
        .ok()
        .flatten(),
        max_tokens: None,
        model: model.or_else(|| context.chosen_model(access)),
        folder: context.scene.folder.clone(),
        recorder: Some(context.recorder(Purpose::Test)),
        now,
    }
}

fn print_stage(stage: &Stage, context: &Context) {
    let lang = context.lang;
    let took = match stage.status {
        StageStatus::Skip | StageStatus::Running => String::new(),
        _ => format!("{} ms", stage.took.as_millis()),
    };
    let (_, tone) = stage_mark(stage.status);
    let block = Block::Stage {
        status: stage.status,
        title: stage.id.title().say(lang).into(),
        took,
        detail: stage.detail.say(lang),
    };
    for line in block_lines(&block) {
        print_line(&context.paint(tone, &line));
    }
}

/// What is wrong and how it is mended; of a trouble that several stages met, once.
fn print_cure(stage: &Stage, told: &[Stage], context: &Context) {
    let Some(diagnosis) = &stage.diagnosis else {
        return;
    };
    let id = |stage: &Stage| stage.diagnosis.as_ref().map(|known| known.id);
    if told.iter().any(|other| id(other) == Some(diagnosis.id)) {
        return;
    }
    for line in output::cause_and_hints(diagnosis, context.lang).lines() {
        print_line(format!("  {line}").trim_end());
    }
}

/// What is waited for, on stderr, where somebody looks at it; gone before the next result.
struct Waiting {
    is_seen: bool,
}

/// Says that the test was stopped, where it never comes to its end.
struct SayStopped<'a> {
    context: &'a Context,
}

impl Drop for SayStopped<'_> {
    fn drop(&mut self) {
        const STOPPED: Phrase = Phrase::new(
            "Stopped before the end: only what stands above was looked at.",
            "测试中途停止：仅检查了上面列出的部分。",
        );
        let is_seen = self.context.shows_progress();
        Waiting { is_seen }.clear();
        self.context.note(STOPPED.say(self.context.lang));
    }
}

impl Waiting {
    fn show(&self, stage: &Stage, lang: Lang) {
        let words = format!("{}: {}", stage.id.title().say(lang), stage.detail.say(lang));
        self.write(&format!("\r\x1b[K▸ {words}"));
    }

    fn clear(&self) {
        self.write("\r\x1b[K");
    }

    fn write(&self, words: &str) {
        if self.is_seen {
            output::complain(words);
        }
    }
}

#[derive(Default)]
struct Report {
    stages: Vec<Stage>,
}

impl Report {
    fn json(&self, context: &Context, server: Option<&BaseUrl>, source: &Source) -> CheckJson {
        let lang = context.lang;
        CheckJson {
            ok: self
                .stages
                .iter()
                .all(|stage| stage.status != StageStatus::Fail),
            base_url: server.map(ToString::to_string),
            source: SourceJson {
                shadowed: source.shadowed.iter().map(PlaceJson::of).collect(),
                place: source
                    .key
                    .as_ref()
                    .map_or_else(PlaceJson::nowhere, PlaceJson::of),
            },
            stages: self
                .stages
                .iter()
                .map(|stage| StageJson {
                    id: stage.id.name(),
                    status: stage.status.name(),
                    ms: u64::try_from(stage.took.as_millis()).unwrap_or(u64::MAX),
                    detail: stage.detail.say(lang),
                    diagnosis: stage
                        .diagnosis
                        .as_ref()
                        .map(|diagnosis| DiagnosisJson::of(diagnosis, lang)),
                })
                .collect(),
        }
    }
}

/// What scripts read: a contract.
#[derive(Serialize)]
struct CheckJson {
    ok: bool,
    base_url: Option<String>,
    source: SourceJson,
    stages: Vec<StageJson>,
}

#[derive(Serialize)]
struct SourceJson {
    #[serde(flatten)]
    place: PlaceJson,
    shadowed: Vec<PlaceJson>,
}

#[derive(Serialize)]
struct PlaceJson {
    kind: &'static str,
    path: Option<String>,
    line: Option<usize>,
    name: Option<String>,
    key: Option<String>,
}

impl PlaceJson {
    fn nowhere() -> Self {
        Self {
            kind: "none",
            path: None,
            line: None,
            name: None,
            key: None,
        }
    }

    fn of(sighting: &Sighting) -> Self {
        let (path, line, name) = match &sighting.place {
            Place::Dotenv { path, line, name } | Place::Profile { path, line, name } => (
                Some(path.display().to_string()),
                Some(*line),
                Some(name.clone()),
            ),
            Place::Store(rest) => {
                let path = rest.path().map(|path| path.display().to_string());
                (path, None, None)
            }
            Place::Environment(name) => (None, None, Some(name.clone())),
            Place::Flag => (None, None, Some(access::KEY.to_owned())),
            Place::Sandbox => (None, None, None),
        };
        Self {
            kind: sighting.place.kind(),
            path,
            line,
            name,
            key: Some(sighting.secret.mask()),
        }
    }
}

#[derive(Serialize)]
struct StageJson {
    id: &'static str,
    status: &'static str,
    ms: u64,
    detail: String,
    diagnosis: Option<DiagnosisJson>,
}
