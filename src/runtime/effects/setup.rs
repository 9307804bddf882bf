//! What the wizard asks of the world.

use jiff::Timestamp;
use tokio::sync::mpsc::unbounded_channel;

use super::{World, beside, explained, last_of};
use crate::domain::finding::Finding;
use crate::domain::secret::Secret;
use crate::domain::spend::Purpose;
use crate::domain::symptom::Symptom;
use crate::flow::effect::{LimitPlan, TestPlan};
use crate::flow::env::EnvPlan;
use crate::flow::{Reply, SignInWay, Ticket};
use crate::jobs::Scene;
use crate::jobs::asked_once::Asker;
use crate::jobs::doctor::cure;
use crate::jobs::sign_in::{self, SignIn};
use crate::jobs::wrong_path::or_wrong_path;
use crate::jobs::{check, env_change, keys, look};
use crate::openrouter::{BaseUrl, Dialect, OpenRouter};

impl World {
    /// Looks round, and then listens to what stands on this machine.
    pub(super) fn look_around(&self) {
        let (scene, replies) = (self.scene.clone(), self.replies.clone());
        beside(async move {
            let here = scene.clone();
            let Ok(around) = tokio::task::spawn_blocking(move || look::look(&here)).await else {
                return;
            };
            let server = around.server.clone().unwrap_or_default();
            // Whoever asks about the key hears it by the way.
            let is_asked_about = !around.keys.is_empty();
            let _ = replies.send(Reply::Surroundings(Box::new(around)));
            let local = BaseUrl::parse(&server).ok().filter(BaseUrl::is_loopback);
            let local = local.filter(|_| !is_asked_about);
            if let (None, Some(base)) = (&scene.sandbox, local) {
                let says_simulated = look::is_simulated(&scene, &base).await;
                let _ = replies.send(Reply::ServerHeard {
                    server,
                    says_simulated,
                });
            }
        });
    }

    pub(super) fn check_key(&mut self, ticket: Ticket, secret: Secret, server: String) {
        let replies = self.replies.clone();
        let scene = self.scene.clone();
        self.start(ticket, async move {
            let asked = ask_about(&scene, secret, &server).await;
            let (server, says_simulated, outcome) = match asked {
                Ok(heard) => (heard.server, heard.says_simulated, Ok(heard.dialect)),
                Err(symptom) => (server, None, Err(symptom)),
            };
            let verdict = match outcome {
                Ok(Dialect::OpenRouter(known)) => Ok(Some(*known)),
                Ok(Dialect::OpenAiCompatible) => Ok(None),
                Err(symptom) => Err(Box::new(explained(&symptom))),
            };
            let _ = replies.send(Reply::KeyChecked {
                ticket,
                server: server.clone(),
                verdict,
            });
            if let Some(says_simulated) = says_simulated {
                let _ = replies.send(Reply::ServerHeard {
                    server,
                    says_simulated,
                });
            }
        });
    }

    pub(super) fn limit_key(&mut self, ticket: Ticket, plan: LimitPlan) {
        let replies = self.replies.clone();
        let scene = self.scene.clone();
        self.start(ticket, async move {
            let limited = keys::limit(&scene, &plan).await;
            let verdict = limited.map(|known| Some(*known));
            let verdict = verdict.map_err(|symptom| Box::new(explained(&symptom)));
            let _ = replies.send(Reply::KeyChecked {
                ticket,
                server: plan.server,
                verdict,
            });
        });
    }

    pub(super) fn sign_in(&mut self, ticket: Ticket, way: SignInWay, server: String) {
        let replies = self.replies.clone();
        let (to_sign_in, typed) = unbounded_channel();
        self.codes.insert(ticket, to_sign_in);
        let scene = self.scene.clone();
        self.start(ticket, async move {
            let failed = |diagnosis, is_over| Reply::SignInFailed {
                ticket,
                diagnosis: Box::new(diagnosis),
                is_over,
            };
            let listens = way == SignInWay::Loopback;
            let begun = async {
                let base = BaseUrl::parse(&server)?;
                let sign_in = SignIn::here(&scene, &base, listens).await?;
                Ok((base, sign_in))
            };
            let (base, sign_in) = match begun.await {
                Ok(begun) => begun,
                Err(symptom) => {
                    let _ = replies.send(failed(explained(&symptom), true));
                    return;
                }
            };
            let _ = replies.send(Reply::SignInReady {
                ticket,
                url: sign_in.url().to_owned(),
                listens: sign_in.listens(),
            });
            let refused = |refused: crate::jobs::sign_in::Refused| {
                let _ = replies.send(failed(refused.diagnosis, refused.is_over));
            };
            match sign_in.wait(typed, refused).await {
                Ok(secret) => {
                    let key = secret.clone();
                    let keeping = move || sign_in::keep(&scene, &base, &key);
                    let put = tokio::task::spawn_blocking(keeping).await;
                    let put = put.ok().and_then(Result::ok).flatten();
                    let kept = put.map(|put| put.place());
                    let _ = replies.send(Reply::SignedIn {
                        ticket,
                        secret,
                        kept,
                    });
                }
                Err(end) => {
                    let _ = replies.send(failed(end.diagnosis, end.is_over));
                }
            }
        });
    }

    pub(super) fn submit_code(&mut self, ticket: Ticket, code: Secret) {
        if let Some(waiting) = self.codes.get(&ticket) {
            let _ = waiting.send(code);
        }
    }

    pub(super) fn review_env(&mut self, ticket: Ticket, plan: EnvPlan) {
        let scene = self.scene.clone();
        let worked_out = self.worked_out.0.clone();
        self.aside(move || {
            let outcome = env_change::review(&scene, &plan);
            let review = outcome.map(|(review, prepared)| {
                let _ = worked_out.send((ticket, prepared));
                Box::new(review)
            });
            Reply::EnvReviewed { ticket, review }
        });
    }

    pub(super) fn write_env(&mut self, ticket: Ticket) {
        let Some(prepared) = last_of(&mut self.worked_out.1, ticket) else {
            return;
        };
        let scene = self.scene.clone();
        let replies = self.replies.clone();
        self.aside(move || {
            let saved = env_change::write(&scene, prepared, Timestamp::now());
            // What stands in files now decides how the steps stand.
            let _ = replies.send(Reply::Surroundings(Box::new(look::look(&scene))));
            Reply::EnvWritten { ticket, saved }
        });
    }

    pub(super) fn review_cure(&mut self, ticket: Ticket, finding: Finding) {
        let scene = self.scene.clone();
        let cures = self.cures.0.clone();
        self.aside(move || {
            let outcome = cure::treatment(&scene, &finding);
            let review = outcome.map(|treatment| {
                let review = Box::new(treatment.review.clone());
                let _ = cures.send((ticket, treatment));
                review
            });
            Reply::CureReviewed { ticket, review }
        });
    }

    pub(super) fn apply_cure(&mut self, ticket: Ticket) {
        let Some(treatment) = last_of(&mut self.cures.1, ticket) else {
            return;
        };
        let scene = self.scene.clone();
        self.aside(move || {
            let outcome = cure::apply(&scene, &treatment, Timestamp::now());
            Reply::CureApplied { ticket, outcome }
        });
    }

    pub(super) fn run_test(&mut self, ticket: Ticket, plan: TestPlan) {
        let replies = self.replies.clone();
        let scene = self.scene.clone();
        let recorder = self.recorder.as_ref();
        let recorder = recorder.map(|it| it.of(Purpose::Test, scene.sandbox.is_some()));
        self.start(ticket, async move {
            let tell = |stage| {
                let stage = Box::new(stage);
                let _ = replies.send(Reply::Staged { ticket, stage });
            };
            // A whole test is a large future: it lives on the heap.
            Box::pin(check::run_plan(
                &scene,
                plan,
                Timestamp::now(),
                recorder,
                tell,
            ))
            .await;
            let _ = replies.send(Reply::TestEnded { ticket });
        });
    }
}

/// What a server said when it was asked about a key.
struct Heard {
    /// Its base URL, complete.
    server: String,
    dialect: Dialect,
    /// Whether its answers are simulated, where it stands on this machine.
    says_simulated: Option<bool>,
}

async fn ask_about(scene: &Scene, secret: Secret, server: &str) -> Result<Heard, Symptom> {
    let base = BaseUrl::parse(server)?;
    let client = OpenRouter::new(base, Some(secret.clone()), &scene.network)?;
    let asked = scene
        .asked_once
        .identify(client, Some(&secret), Asker::Proof);
    let (client, dialect) = asked.await;
    let dialect = match dialect {
        Ok(dialect) => dialect,
        Err(symptom) => return Err(or_wrong_path(symptom, &client).await),
    };
    Ok(Heard {
        server: client.settled_base().await?.to_string(),
        dialect,
        says_simulated: client.says_simulated_by_now(),
    })
}
