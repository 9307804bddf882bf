//! The API test: stages in order, each with its time and one line of evidence.
//!
//! The quick one asks for one tiny answer, which proves the whole way. The full one takes the way apart:
//! what does not depend on each other runs side by side, and what depends on something that failed is
//! left out and says so.

mod account;
mod answers;
mod board;
mod early;
mod model;
mod way;
mod words;

use std::path::PathBuf;
use std::sync::Arc;

use futures_util::future::join;
use jiff::Timestamp;

use crate::domain::account::KeyFacts;
use crate::domain::diagnosis::TroubleKind;
use crate::domain::figures::Known;
use crate::domain::model_card::{DEFAULT_MODEL, DEFAULT_OPENAI_MODEL, FREE_ROUTER, ModelCard};
use crate::domain::secret::Secret;
use crate::domain::sighting::{Place, Sighting};
use crate::domain::stage::{Stage, StageId};
use crate::domain::symptom::Symptom;
use crate::flow::effect::TestPlan;
use crate::jobs::access::{self, BaseSighting, InSight};
use crate::jobs::recorder::Recorder;
use crate::jobs::retirement;
use crate::jobs::scene::Scene;
use crate::openrouter::{BaseUrl, Dialect, OpenRouter};
use crate::project::Project;
pub(in crate::jobs) use account::CLOCKS_AGREE;
use board::Board;
pub use early::impossible;

/// What is to be tested.
#[derive(Clone, Debug)]
pub struct Check {
    /// Every stage, not only what a quick test needs.
    pub is_full: bool,
    /// The server.
    pub server: BaseUrl,
    /// The key; `None` for a server that may need none.
    pub key: Option<Secret>,
    /// Where the key came from; `None`: just pasted.
    pub place: Option<Place>,
    /// Other keys of the same name, which this one hides.
    pub shadowed: Vec<Sighting>,
    /// The base URL as it is written where it was set; `None`: nowhere.
    pub base: Option<BaseSighting>,
    /// A management key for this server, where one is known: it may ask for the balance.
    pub management_key: Option<Secret>,
    /// The model to ask; `None` leaves the choice to the test.
    pub model: Option<String>,
    /// The longest answer to ask for, in tokens; `None`: a tiny one.
    pub max_tokens: Option<u32>,
    /// The server's list of models, where it is at hand.
    pub listed: Option<Arc<Known<Vec<ModelCard>>>>,
    /// The folder that paths are told from.
    pub folder: PathBuf,
    /// Where its requests are written down; `None`: nowhere.
    pub recorder: Option<Recorder>,
    /// When this is.
    pub now: Timestamp,
}

/// How it ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// A model answered.
    Works,
    /// The first trouble, in the order of the stages.
    Fails(TroubleKind),
}

impl Check {
    /// Runs the test. Each stage is told when it begins and when it ended; stages that run side by
    /// side end in any order. Dropping the future stops it.
    pub async fn run(&self, client: &OpenRouter, tell: impl FnMut(Stage)) -> Verdict {
        let run = Run {
            check: self,
            client,
            board: Board::new(client, self.is_full, self.now, tell),
        };
        if self.is_full {
            run.full().await;
        } else {
            run.quick().await;
        }
        run.board.verdict()
    }
}

/// Runs a test as the screen planned it. One that cannot begin is told as its first stage.
pub async fn run_plan(
    scene: &Scene,
    plan: TestPlan,
    now: Timestamp,
    recorder: Option<Recorder>,
    tell: impl FnMut(Stage),
) {
    let is_full = plan.is_full;
    let place = plan.place.clone();
    let begun = BaseUrl::parse(&plan.server).and_then(|server| {
        let (key, place) = match plan.secret {
            Some(secret) => (Some(secret), plan.place),
            None => in_force(scene, &server),
        };
        let client = OpenRouter::new(server.clone(), key.clone(), &scene.network)?;
        Ok((server, key, place, client))
    });
    let (server, key, known_place, client) = match begun {
        Ok(begun) => begun,
        Err(symptom) => {
            let place = place.map(|place| place.said(&scene.folder));
            impossible(&symptom, place, is_full)
                .into_iter()
                .for_each(tell);
            return;
        }
    };
    let (shadowed, base) = in_the_way(scene, key.as_ref());
    let listed = plan.listed.or_else(|| {
        let kept = retirement::kept_list(scene, &server, key.as_ref(), now);
        kept.map(Arc::new)
    });
    let check = Check {
        is_full: plan.is_full,
        listed,
        // Without it only the account's balance goes unasked.
        management_key: access::management_key(scene, &server, base.as_ref())
            .ok()
            .flatten(),
        server,
        key,
        place: known_place,
        shadowed,
        base,
        model: Some(plan.model),
        max_tokens: plan.max_tokens,
        folder: scene.folder.clone(),
        recorder,
        now,
    };
    check.run(&client, tell).await;
}

/// The key that commands would send to this server, and its place.
fn in_force(scene: &Scene, server: &BaseUrl) -> (Option<Secret>, Option<Place>) {
    let mut seen = InSight::of(scene, &Project::at(&scene.folder));
    let chosen = access::choose(scene, &mut seen).ok();
    let chosen = chosen.filter(|access| access.server.origin() == server.origin());
    let key = chosen.and_then(|access| access.key);
    key.map_or((None, None), |key| (Some(key.secret), Some(key.place)))
}

/// Other keys in sight than this one, and the base URL that is set; in the sandbox neither counts.
fn in_the_way(scene: &Scene, key: Option<&Secret>) -> (Vec<Sighting>, Option<BaseSighting>) {
    if scene.sandbox.is_some() {
        return (Vec::new(), None);
    }
    let seen = InSight::of(scene, &Project::at(&scene.folder));
    let others = seen.keys.into_iter();
    let others = others.filter(|other| Some(&other.secret) != key);
    (others.collect(), seen.bases.into_iter().next())
}

/// A test under way.
struct Run<'a, F> {
    check: &'a Check,
    client: &'a OpenRouter,
    board: Board<'a, F>,
}

impl<F: FnMut(Stage)> Run<'_, F> {
    async fn quick(&self) {
        self.config();
        let Some(dialect) = self.auth().await else {
            let rest = [StageId::Limit, StageId::Credits, StageId::Completion];
            return self.board.skip_all(&rest, words::NEEDS_KEY);
        };
        let known = self.facts(dialect);
        let why = match (&known, &self.check.management_key) {
            (Some(_), Some(_)) => words::LEFT_TO_FULL,
            (known, _) => account::why_no_credits(known.as_deref()),
        };
        self.board.skip(StageId::Credits, why);
        match self.model(known.as_deref()).await {
            Ok(model) => {
                self.remind(&model);
                self.quick_answer(&model).await;
            }
            Err(symptom) => self.board.fail_at_once(StageId::Completion, &symptom),
        }
    }

    async fn full(&self) {
        self.config();
        if !self.way().await {
            return self.board.skip_all(&BEHIND_THE_WAY, words::NEEDS_WAY);
        }
        let (dialect, list) = if self.client.is_settled() {
            // Anybody may read the list, so it need not wait for the key.
            join(self.auth(), self.list()).await
        } else {
            // The first question finds out where the endpoints are; one that failed is not asked twice.
            let dialect = self.auth().await;
            if dialect.is_none() && !self.client.is_settled() {
                let rest = [StageId::Limit, StageId::Credits, StageId::Models];
                self.board.skip_all(&rest, words::NEEDS_KEY);
                return self.board.skip_all(&ANSWERS, words::NEEDS_KEY);
            }
            (dialect, self.list().await)
        };
        let speaks_openrouter = matches!(dialect, Some(Dialect::OpenRouter(_)));
        let Some(dialect) = dialect else {
            let rest = [StageId::Limit, StageId::Credits];
            self.board.skip_all(&rest, words::NEEDS_KEY);
            self.models(list, self.check.model.as_deref(), speaks_openrouter)
                .await;
            return self.board.skip_all(&ANSWERS, words::NEEDS_KEY);
        };
        let known = self.facts(dialect);
        join(
            self.credits(known.as_deref()),
            self.everything_about_answers(known.as_deref(), list, speaks_openrouter),
        )
        .await;
    }

    async fn everything_about_answers(
        &self,
        known: Option<&KeyFacts>,
        list: model::List,
        speaks_openrouter: bool,
    ) {
        let model = match self.model(known).await {
            Ok(model) => model,
            Err(symptom) => {
                self.board.fail_at_once(StageId::Models, &symptom);
                return self.board.skip_all(&ANSWERS, words::NEEDS_MODEL);
            }
        };
        match self.models(list, Some(&model), speaks_openrouter).await {
            Some(cards) => self.answers(&model, &cards).await,
            None => self.board.skip_all(&ANSWERS, words::NEEDS_MODEL),
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
}

/// The stages of the way to the server, which only the full test takes apart.
const WAY: [StageId; 3] = [StageId::Dns, StageId::Connect, StageId::Tls];
/// What the full test looks at behind them.
const BEHIND_THE_WAY: [StageId; 7] = [
    StageId::Auth,
    StageId::Limit,
    StageId::Credits,
    StageId::Models,
    StageId::Completion,
    StageId::Stream,
    StageId::Cost,
];
/// The stages that need a model.
const ANSWERS: [StageId; 3] = [StageId::Completion, StageId::Stream, StageId::Cost];

/// Words in the names of models that do not answer in words.
const NO_CHAT: [&str; 5] = ["embed", "rerank", "whisper", "tts", "moderation"];

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
    let chats = |id: &str| !NO_CHAT.iter().any(|word| id.to_lowercase().contains(word));
    let ids: Vec<String> = models
        .into_iter()
        .map(|model| model.id.into_string())
        .collect();
    let first = ids.iter().find(|id| chats(id)).or(ids.first());
    // A server that lists nothing may still answer under any name, as llama.cpp does.
    Ok(first.cloned().unwrap_or_else(|| "default".into()))
}
