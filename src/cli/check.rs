//! `onramp check`: the API test, as lines or as JSON.

use jiff::Timestamp;
use serde::Serialize;

use super::args::CheckFlags;
use super::context::Context;
use super::output::{self, DiagnosisJson, Failure, Outcome, print_json, print_line};
use crate::domain::sighting::{Place, Sighting};
use crate::domain::spend::Purpose;
use crate::domain::stage::{self, Stage, StageStatus};
use crate::jobs::check::{self, Check, Verdict};
use crate::jobs::{Access, access};
use crate::openrouter::{BaseUrl, OpenRouter};
use crate::text::Lang;
use crate::ui::page::{Block, stage_mark};
use crate::ui::plain::block_lines;

pub(super) async fn run(context: &Context, flags: CheckFlags) -> Outcome {
    let mut report = Report::default();
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
    let access = match context.access() {
        Ok(access) => access,
        Err(symptom) => {
            let stage = check::impossible(&symptom);
            let failure = Failure::Silent(super::diagnosed(&symptom).exit_code());
            tell(stage);
            if flags.json {
                print_json(&report.json(context, None, None));
            }
            return Err(failure);
        }
    };
    let test = begin(context, &access, flags.full, flags.model);
    let client = access.client(&context.scene.network);
    let verdict = match &client {
        Ok(client) => test.run(client, &mut tell).await,
        Err(symptom) => {
            tell(check::impossible(symptom));
            Verdict::Fails(crate::diagnosis::explain(symptom).kind)
        }
    };
    // Those that ran side by side ended in any order.
    report.stages.sort_by_key(|stage| stage.id);
    if flags.json {
        // Once the server was asked, an address given without a path is known whole.
        let server = client
            .as_ref()
            .map_or(&access.server, OpenRouter::known_base);
        print_json(&report.json(context, Some(server), Some(&access)));
    }
    if !flags.json {
        let words = stage::verdict(&report.stages).say(context.lang);
        print_line(&format!("\n{words}"));
    }
    match verdict {
        Verdict::Works => Ok(()),
        Verdict::Fails(kind) => Err(Failure::Silent(kind.exit_code())),
    }
}

fn begin(context: &Context, access: &Access, is_full: bool, model: Option<String>) -> Check {
    Check {
        is_full,
        server: access.server.clone(),
        key: access.secret(),
        place: access.key.as_ref().map(|key| key.place.clone()),
        shadowed: access.shadowed.clone(),
        base: access.base.clone(),
        management_key: access::management_key(
            &context.scene,
            &access.server,
            access.base.as_ref(),
        ),
        max_tokens: None,
        model: model.or_else(|| context.chosen_model(access)),
        folder: context.scene.folder.clone(),
        recorder: Some(context.recorder(Purpose::Test)),
        now: Timestamp::now(),
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
    fn json(
        &self,
        context: &Context,
        server: Option<&BaseUrl>,
        access: Option<&Access>,
    ) -> CheckJson {
        let lang = context.lang;
        let key = access.and_then(|access| access.key.as_ref());
        CheckJson {
            ok: self
                .stages
                .iter()
                .all(|stage| stage.status != StageStatus::Fail),
            base_url: server.map(ToString::to_string),
            source: SourceJson {
                shadowed: access.map_or(Vec::new(), |access| {
                    access.shadowed.iter().map(PlaceJson::of).collect()
                }),
                place: key.map_or_else(PlaceJson::nowhere, PlaceJson::of),
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
            Place::Store(path) => (Some(path.display().to_string()), None, None),
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
