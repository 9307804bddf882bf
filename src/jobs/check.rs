//! The API test: stages in order, each with its time and one line of evidence.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use jiff::{SignedDuration, Timestamp};

use super::access;
use super::answer::{self, Heard};
use crate::diagnosis;
use crate::domain::account::KeyFacts;
use crate::domain::chat::{ChatRequest, FinishReason, Message, Role};
use crate::domain::clean_text::CleanText;
use crate::domain::diagnosis::TroubleKind;
use crate::domain::model_card::{DEFAULT_MODEL, DEFAULT_OPENAI_MODEL, FREE_ROUTER};
use crate::domain::secret::Secret;
use crate::domain::sighting::{Place, Sighting};
use crate::domain::stage::{Stage, StageId, StageStatus};
use crate::domain::symptom::{Refusal, Symptom};
use crate::openrouter::{BaseUrl, Dialect, OpenRouter};
use crate::text::{Phrase, Said};

mod words;

/// Enough for a word after a little reasoning, and affordable on nearly nothing.
const TINY: u32 = 64;
/// A key that dies sooner than this deserves a word.
const SOON: SignedDuration = SignedDuration::from_hours(7 * 24);

/// What is to be tested.
#[derive(Clone, Debug)]
pub struct Check {
    /// The server.
    pub server: BaseUrl,
    /// The key; `None` for a server that may need none.
    pub key: Option<Secret>,
    /// Where the key came from; `None`: just pasted.
    pub place: Option<Place>,
    /// Other keys of the same name, which this one hides.
    pub shadowed: Vec<Sighting>,
    /// The model to ask; `None` leaves the choice to the test.
    pub model: Option<String>,
    /// The folder that paths are told from.
    pub folder: PathBuf,
    /// When this is.
    pub now: Timestamp,
}

/// How it ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// A model answered.
    Works,
    /// The first trouble found.
    Fails(TroubleKind),
}

impl Check {
    /// Runs the quick test: one tiny answer proves the whole way. Each stage is told when it begins
    /// and when it ended. Dropping the future stops it.
    pub async fn run(&self, client: &OpenRouter, mut tell: impl FnMut(Stage)) -> Verdict {
        let mut tell = |stage: Stage| {
            log(&stage, client);
            tell(stage);
        };
        let mut run = Run {
            check: self,
            client,
            tell: &mut tell,
            verdict: Verdict::Works,
        };
        run.all().await;
        run.verdict
    }
}

struct Run<'a, F> {
    check: &'a Check,
    client: &'a OpenRouter,
    tell: &'a mut F,
    verdict: Verdict,
}

impl<F: FnMut(Stage)> Run<'_, F> {
    async fn all(&mut self) {
        self.config();
        let known = match self.auth().await {
            Some(Dialect::OpenRouter(known)) => {
                self.limit(&known);
                self.skip(StageId::Credits, words::ONLY_MANAGEMENT);
                Some(known)
            }
            Some(Dialect::OpenAiCompatible) => {
                self.skip(StageId::Limit, words::NOT_OPENROUTER);
                self.skip(StageId::Credits, words::NOT_OPENROUTER);
                None
            }
            None => {
                for id in [StageId::Limit, StageId::Credits, StageId::Completion] {
                    self.skip(id, words::NEEDS_KEY);
                }
                return;
            }
        };
        self.completion(known.as_deref()).await;
    }

    fn config(&mut self) {
        let check = self.check;
        let place = match (&check.key, &check.place) {
            (None, _) => words::NO_KEY.into(),
            (Some(_), None) => words::PASTED.into(),
            (Some(_), Some(place)) => place.said(&check.folder),
        };
        let server = check.server.to_string();
        let is_openrouters = check
            .key
            .as_ref()
            .is_some_and(|key| key.expose().starts_with("sk-or-"));
        let goes_astray =
            is_openrouters && !check.server.is_openrouter() && !check.server.is_loopback();
        let (status, detail) = if goes_astray {
            let detail = Said::new(words::FOREIGN_HOST, &[&check.server.host()]);
            (StageStatus::Warn, detail)
        } else if let Some(other) = check.other_key() {
            let other = other.place.said(&check.folder);
            let detail = Said::joined(words::SHADOWS, &[place, other]);
            (StageStatus::Warn, detail)
        } else {
            let server = Said::verbatim(CleanText::line(&server));
            (
                StageStatus::Pass,
                Said::joined(words::KEY_AT, &[place, server]),
            )
        };
        self.tell(StageId::Config, status, Duration::ZERO, detail);
    }

    async fn auth(&mut self) -> Option<Dialect> {
        self.begin(StageId::Auth, words::ASKING);
        let began = Instant::now();
        let outcome = self.client.identify().await;
        let took = began.elapsed();
        match outcome {
            Ok(Dialect::OpenRouter(known)) if known.is_management_key => {
                self.fail(StageId::Auth, took, &Symptom::ManagementKey);
                None
            }
            Ok(dialect) => {
                let detail = match &dialect {
                    Dialect::OpenRouter(known) => Said::new(words::ACCEPTED, &[&known.label]),
                    Dialect::OpenAiCompatible => words::COMPATIBLE.into(),
                };
                self.tell(StageId::Auth, StageStatus::Pass, took, detail);
                Some(dialect)
            }
            Err(symptom) => {
                let symptom = access::or_no_key(symptom, self.check.key.as_ref());
                self.fail(StageId::Auth, took, &symptom);
                None
            }
        }
    }

    fn limit(&mut self, known: &KeyFacts) {
        let (status, detail) = judge_limit(known, self.check.now);
        let mut stage = stage(StageId::Limit, status, Duration::ZERO, detail);
        if known
            .limit_remaining
            .is_some_and(|left| left.is_zero() || left.is_negative())
        {
            let seen = Symptom::Refused(Box::new(Refusal {
                status: 402,
                limit_source: Some(CleanText::new("openrouter_key_limit")),
                ..Refusal::default()
            }));
            stage.diagnosis = Some(diagnosis::explain(&seen));
        }
        (self.tell)(stage);
    }

    async fn completion(&mut self, known: Option<&KeyFacts>) {
        let model = match self.model(known).await {
            Ok(model) => model,
            Err(symptom) => return self.fail(StageId::Completion, Duration::ZERO, &symptom),
        };
        let shown = CleanText::line(&model);
        let asking = Said::new(words::ASKING_MODEL, &[&shown]);
        (self.tell)(stage(
            StageId::Completion,
            StageStatus::Running,
            Duration::ZERO,
            asking,
        ));
        let request = ChatRequest {
            model,
            messages: vec![Message {
                role: Role::User,
                content: "Reply with ok".into(),
            }],
            max_tokens: TINY,
        };
        let began = Instant::now();
        match answer::ask(self.client, &request, |_| {}).await {
            Ok(heard) => {
                let (status, detail) = evidence(&heard, &shown);
                self.tell(StageId::Completion, status, heard.took, detail);
            }
            Err((symptom, _)) => {
                let symptom = access::or_no_key(symptom, self.check.key.as_ref());
                self.fail(StageId::Completion, began.elapsed(), &symptom);
            }
        }
    }

    /// The model to ask: the person's, else one that this account and this server can answer with.
    async fn model(&self, known: Option<&KeyFacts>) -> Result<String, Symptom> {
        if let Some(model) = &self.check.model {
            return Ok(model.clone());
        }
        if self.check.server.is_openai() {
            return Ok(DEFAULT_OPENAI_MODEL.into());
        }
        default_model(self.client, known).await
    }

    fn begin(&mut self, id: StageId, words: Phrase) {
        self.tell(id, StageStatus::Running, Duration::ZERO, words.into());
    }

    fn skip(&mut self, id: StageId, why: Phrase) {
        self.tell(id, StageStatus::Skip, Duration::ZERO, why.into());
    }

    fn tell(&mut self, id: StageId, status: StageStatus, took: Duration, detail: Said) {
        (self.tell)(stage(id, status, took, detail));
    }

    fn fail(&mut self, id: StageId, took: Duration, symptom: &Symptom) {
        let diagnosis = diagnosis::explain(symptom);
        if self.verdict == Verdict::Works {
            self.verdict = Verdict::Fails(diagnosis.kind);
        }
        (self.tell)(Stage {
            diagnosis: Some(diagnosis.clone()),
            ..stage(id, StageStatus::Fail, took, diagnosis.title)
        });
    }
}

impl Check {
    /// A hidden key that is another than the one in use; the same key twice is no conflict.
    fn other_key(&self) -> Option<&Sighting> {
        self.shadowed
            .iter()
            .find(|hidden| Some(&hidden.secret) != self.key.as_ref())
    }
}

/// The model for a person who named none: a free one where nothing was ever bought, the server's own
/// first one where the server is not OpenRouter. `known` are the key's facts where they were asked for.
///
/// # Errors
/// The server, or its list, could not be asked.
pub async fn default_model(
    client: &OpenRouter,
    known: Option<&KeyFacts>,
) -> Result<String, Symptom> {
    if let Some(known) = known {
        let model = if known.is_free_tier {
            FREE_ROUTER
        } else {
            DEFAULT_MODEL
        };
        return Ok(model.into());
    }
    let models = client.models().await?;
    // A server that lists nothing may still answer under any name, as llama.cpp does.
    Ok(models
        .into_iter()
        .next()
        .map_or_else(|| "default".into(), |model| model.id.into_string()))
}

fn judge_limit(known: &KeyFacts, now: Timestamp) -> (StageStatus, Said) {
    if let Some(left) = known.limit_remaining
        && (left.is_zero() || left.is_negative())
    {
        return (StageStatus::Warn, words::LIMIT_USED_UP.into());
    }
    if let Some(at) = known.expires_at
        && at.duration_since(now) < SOON
    {
        let day = at.strftime("%Y-%m-%d %H:%M UTC").to_string();
        return (StageStatus::Warn, Said::new(words::EXPIRES_SOON, &[&day]));
    }
    match (known.limit_remaining, known.is_free_tier) {
        (Some(left), _) => (StageStatus::Pass, Said::new(words::LEFT, &[&left])),
        (None, true) => (StageStatus::Warn, words::FREE_TIER.into()),
        (None, false) => (StageStatus::Pass, words::NO_LIMIT.into()),
    }
}

fn evidence(heard: &Heard, asked: &CleanText) -> (StageStatus, Said) {
    let answer = &heard.answer;
    let model = answer.head.model.as_ref().unwrap_or(asked);
    let said = CleanText::line(&answer.text).shortened(24);
    let first = heard.first_token.unwrap_or(heard.took).as_millis();
    let usage = heard.usage();
    // Thoughts may stay hidden and still use up the few tokens there are.
    let thought = !answer.reasoning.is_empty()
        || usage.reasoning_tokens.is_some_and(|tokens| tokens > 0)
        || answer.finish == Some(FinishReason::Length);
    if said.is_empty() && !thought {
        let detail = match &answer.finish {
            Some(finish) => {
                let finish = CleanText::line(finish.as_str());
                Said::new(words::WORDLESS_SINCE, &[model, &finish])
            }
            None => Said::new(words::WORDLESS, &[model]),
        };
        return (StageStatus::Warn, detail);
    }
    let detail = match (said.is_empty(), usage.cost) {
        (false, Some(cost)) => Said::new(words::ANSWERED_FOR, &[model, &said, &cost, &first]),
        (false, None) => Said::new(words::ANSWERED, &[model, &said, &first]),
        (true, Some(cost)) => Said::new(words::THOUGHT_FOR, &[model, &cost, &first]),
        (true, None) => Said::new(words::THOUGHT, &[model, &first]),
    };
    (StageStatus::Pass, detail)
}

/// How a stage ended, for the log.
fn log(stage: &Stage, client: &OpenRouter) {
    if stage.status == StageStatus::Running {
        return;
    }
    tracing::debug!(
        server = %client.base(),
        stage = stage.id.name(),
        status = stage.status.name(),
        ms = stage.took.as_millis(),
        trouble = stage.diagnosis.as_ref().map(|diagnosis| diagnosis.id),
        "tested"
    );
}

/// The first stage, failed: no test could begin.
pub fn impossible(symptom: &Symptom) -> Stage {
    let diagnosis = diagnosis::explain(symptom);
    Stage {
        diagnosis: Some(diagnosis.clone()),
        ..stage(
            StageId::Config,
            StageStatus::Fail,
            Duration::ZERO,
            diagnosis.title,
        )
    }
}

fn stage(id: StageId, status: StageStatus, took: Duration, detail: Said) -> Stage {
    Stage {
        id,
        status,
        took,
        detail,
        diagnosis: None,
    }
}
