//! The only place that performs an [`Effect`]; its outcomes come back as replies.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use tokio::sync::Mutex;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::task::AbortHandle;

use super::archivist::Archivist;
use super::keeper::{Keep, Keeper};
use super::terminal;
use crate::credentials::Store;
use crate::diagnosis;
use crate::domain::chat::Delta;
use crate::domain::diagnosis::Diagnosis;
use crate::domain::finding::Finding;
use crate::domain::page::Page;
use crate::domain::secret::Secret;
use crate::domain::spend::Purpose;
use crate::domain::symptom::Symptom;
use crate::flow::code_out::CodeReview;
use crate::flow::effect::TestPlan;
use crate::flow::env::EnvPlan;
use crate::flow::keeping::TalkDeed;
use crate::flow::talk::{Talk, TemplateWanted};
use crate::flow::usage::{Account, LedgerQuestion};
use crate::flow::{Effect, Reply, SignInWay, Ticket};
use crate::insight::alerts::Thresholds;
use crate::jobs::doctor::cure::{self, Treatment};
use crate::jobs::env_change::{self, Prepared};
use crate::jobs::recorder::Recorder;
use crate::jobs::scene::SandboxAccess;
use crate::jobs::sign_in::SignIn;
use crate::jobs::{
    Scene, check, code_out, compose, doctor, hygiene, keeping, kept_talks, look, models, talk,
    talk_out, templates, usage,
};
use crate::openrouter::{BaseUrl, Dialect, Network, OpenRouter};
use crate::project::Project;
use crate::sandbox::{self, Sandbox};

/// Performs effects and remembers what runs.
#[derive(Debug)]
pub struct World {
    scene: Scene,
    replies: UnboundedSender<Reply>,
    running: HashMap<Ticket, AbortHandle>,
    /// Where codes typed for a waiting sign-in go.
    codes: HashMap<Ticket, UnboundedSender<Secret>>,
    /// Changes that were worked out and shown, on their way here; only the last can be written.
    worked_out: (UnboundedSender<Worked>, UnboundedReceiver<Worked>),
    /// The same for what mends a finding.
    cures: (UnboundedSender<Cured>, UnboundedReceiver<Cured>),
    /// The same for code of an answer.
    programs: (UnboundedSender<Coded>, UnboundedReceiver<Coded>),
    keeper: Keeper,
    archivist: Archivist,
    /// Where requests are written down; `None`: nowhere.
    recorder: Option<Recorder>,
    /// What the usage screen was told before.
    looks: Arc<Mutex<usage::Looks>>,
    /// The simulated server, once it was started.
    sandbox: Option<Sandbox>,
}

/// A change under the ticket of its review.
type Worked = (Ticket, Prepared);
/// What mends a finding, under the ticket of its review.
type Cured = (Ticket, Treatment);
/// Code of an answer, under the ticket of its review.
type Coded = (Ticket, code_out::Prepared);

impl World {
    /// A world for a scene; replies go there.
    pub fn new(scene: Scene, sandbox: Option<Sandbox>, replies: UnboundedSender<Reply>) -> Self {
        Self {
            scene,
            replies,
            running: HashMap::new(),
            codes: HashMap::new(),
            worked_out: unbounded_channel(),
            cures: unbounded_channel(),
            programs: unbounded_channel(),
            keeper: Keeper::default(),
            archivist: Archivist::default(),
            recorder: None,
            looks: Arc::default(),
            sandbox,
        }
    }

    /// The same world, whose requests are written down there.
    #[must_use]
    pub fn recording(mut self, recorder: Recorder) -> Self {
        self.recorder = Some(recorder);
        self
    }

    /// In debug builds a test can ask for a panic, to see the terminal given back.
    #[cfg(debug_assertions)]
    pub fn asked_to_panic(&self) -> Option<&str> {
        self.scene.environment.get("ONRAMP_PANIC_WITH")
    }

    /// Performs an effect. What takes time runs beside the loop and answers later.
    pub async fn perform(&mut self, effect: Effect) {
        match effect {
            Effect::LookAround => self.look_around(),
            Effect::LookOverTree => {
                self.here(|scene| Reply::LookedOverTree(hygiene::quick_look(scene)));
            }
            Effect::CheckKey {
                ticket,
                secret,
                server,
            } => self.check_key(ticket, secret, server),
            Effect::SignIn {
                ticket,
                way,
                server,
            } => self.sign_in(ticket, way, server),
            Effect::SubmitCode { ticket, code } => self.submit_code(ticket, code),
            Effect::ReviewEnv { ticket, plan } => self.review_env(ticket, plan),
            Effect::WriteEnv { ticket } => self.write_env(ticket),
            Effect::UndoEnv { ticket, path } => self.here(move |scene| Reply::EnvUndone {
                ticket,
                outcome: env_change::undo(scene, &path, Timestamp::now()),
            }),
            Effect::ReviewCure { ticket, finding } => self.review_cure(ticket, *finding),
            Effect::ApplyCure { ticket } => self.apply_cure(ticket),
            Effect::FindWinners { ticket } => self.here(move |scene| Reply::WinnersFound {
                ticket,
                table: Box::new(doctor::key_table(scene)),
            }),
            Effect::RunTest { ticket, plan } => self.run_test(ticket, plan),
            Effect::CountDown { ticket, secs } => self.count_down(ticket, secs),
            Effect::Wait { ticket, secs } => self.wait(ticket, secs),
            Effect::LearnUsage {
                ticket,
                account,
                thresholds,
                recalls,
            } => self.learn_usage(ticket, account, thresholds, recalls),
            Effect::ListModels(account) => self.list_models(*account),
            Effect::Compose { ticket, draft } => self.here(move |scene| Reply::Composed {
                ticket,
                composed: Box::new(compose::compose(scene, &draft, Timestamp::now())),
            }),
            Effect::KeepTalk { server, deed } => self.keep_talk(server, deed),
            Effect::ListTalks { ticket, words } => self.here(move |scene| Reply::TalksListed {
                ticket,
                kept: kept_talks::list(scene, &words),
            }),
            Effect::LoadTalk { ticket, id } => self.here(move |scene| Reply::TalkLoaded {
                ticket,
                talk: kept_talks::load(scene, &id).map(|talk| talk.map(Box::new)),
            }),
            Effect::DeleteTalk { ticket, id } => self.here(move |scene| Reply::TalkDeleted {
                ticket,
                outcome: kept_talks::delete(scene, &id),
            }),
            Effect::ReviewCode { ticket, plan } => {
                self.review_shown(ticket, move |scene| code_out::review(scene, &plan));
            }
            Effect::ReviewTalk { ticket, export } => {
                self.review_shown(ticket, move |scene| talk_out::review(scene, &export));
            }
            Effect::ListTemplates { ticket } => self.list_templates(ticket),
            Effect::FillTemplate { ticket, wanted } => self.fill_template(ticket, wanted),
            Effect::WriteCode { ticket } => self.write_code(ticket),
            Effect::Converse { ticket, talk } => self.converse(ticket, *talk),
            Effect::ExportUsage(export) => {
                self.here(move |scene| Reply::UsageExported(usage::export(scene, &export)));
            }
            Effect::AskLedger {
                ticket,
                account,
                question,
            } => self.ask_ledger(ticket, account, question),
            Effect::Cancel(ticket) => {
                self.codes.remove(&ticket);
                if let Some(task) = self.running.remove(&ticket) {
                    task.abort();
                }
            }
            Effect::OpenPage(page) => self.open_page(page),
            Effect::Remember(memory) => self.keep(Keep::Progress(memory)),
            Effect::KeepModel(model) => self.keep(Keep::Model(model)),
            Effect::KeepRules(rules) => self.keep(Keep::Rules(rules)),
            Effect::KeepLang(lang) => self.keep(Keep::Lang(lang)),
            Effect::KeepAlerts(alerts) => self.keep(Keep::Alerts(alerts)),
            // Who cannot be called looks here sooner or later.
            Effect::Notify { by, words } => {
                let _ = terminal::notify(by, &words, &self.scene.environment);
            }
            Effect::StartSandbox => self.start_sandbox().await,
            Effect::Copy(text) => {
                // A terminal that is gone takes no copy; there is nobody to tell.
                if terminal::copy(&text).is_ok() {
                    self.answer(Reply::Copied);
                }
            }
            // The loop itself gives the terminal away: see `runtime`.
            Effect::Suspend => {}
        }
    }

    fn answer(&self, reply: Reply) {
        // The loop has ended when nobody listens.
        let _ = self.replies.send(reply);
    }

    /// Runs blocking work in this scene beside the loop.
    fn here(&self, work: impl FnOnce(&Scene) -> Reply + Send + 'static) {
        let scene = self.scene.clone();
        self.aside(move || work(&scene));
    }

    /// Runs blocking work beside the loop.
    fn aside(&self, work: impl FnOnce() -> Reply + Send + 'static) {
        let replies = self.replies.clone();
        tokio::task::spawn_blocking(move || {
            let _ = replies.send(work());
        });
    }

    /// Runs a future beside the loop, under a ticket that can stop it.
    fn start(&mut self, ticket: Ticket, work: impl Future<Output = ()> + Send + 'static) {
        self.running.retain(|_, task| !task.is_finished());
        #[expect(clippy::disallowed_methods, reason = "the one door to started tasks")]
        let task = tokio::spawn(work);
        self.running.insert(ticket, task.abort_handle());
    }

    fn look_around(&self) {
        let scene = self.scene.clone();
        self.aside(move || Reply::Surroundings(Box::new(look::look(&scene))));
    }

    fn check_key(&mut self, ticket: Ticket, secret: Secret, server: String) {
        let replies = self.replies.clone();
        let network = self.scene.network.clone();
        self.start(ticket, async move {
            let asked = ask_about(&network, secret, &server).await;
            let (server, outcome) = match asked {
                Ok((server, dialect)) => (server, Ok(dialect)),
                Err(symptom) => (server, Err(symptom)),
            };
            let verdict = match outcome {
                Ok(Dialect::OpenRouter(known)) => Ok(Some(*known)),
                Ok(Dialect::OpenAiCompatible) => Ok(None),
                Err(symptom) => Err(Box::new(explained(&symptom))),
            };
            let _ = replies.send(Reply::KeyChecked {
                ticket,
                server,
                verdict,
            });
        });
    }

    fn sign_in(&mut self, ticket: Ticket, way: SignInWay, server: String) {
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
            let begun = begin_sign_in(&scene, way, &server).await;
            let (base, sign_in) = match begun {
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
                    let kept = keep(&scene, &base, &secret);
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

    fn submit_code(&mut self, ticket: Ticket, code: Secret) {
        if let Some(waiting) = self.codes.get(&ticket) {
            let _ = waiting.send(code);
        }
    }

    fn review_env(&mut self, ticket: Ticket, plan: EnvPlan) {
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

    fn write_env(&mut self, ticket: Ticket) {
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

    fn review_cure(&mut self, ticket: Ticket, finding: Finding) {
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

    fn apply_cure(&mut self, ticket: Ticket) {
        let Some(treatment) = last_of(&mut self.cures.1, ticket) else {
            return;
        };
        let scene = self.scene.clone();
        self.aside(move || {
            let outcome = cure::apply(&scene, &treatment, Timestamp::now());
            Reply::CureApplied { ticket, outcome }
        });
    }

    /// Works a file out that is to be shown before it is written.
    fn review_shown(
        &mut self,
        ticket: Ticket,
        work: impl FnOnce(&Scene) -> Result<(CodeReview, code_out::Prepared), Box<Diagnosis>>
        + Send
        + 'static,
    ) {
        let programs = self.programs.0.clone();
        self.here(move |scene| {
            let review = work(scene).map(|(review, prepared)| {
                let _ = programs.send((ticket, prepared));
                Box::new(review)
            });
            Reply::CodeReviewed { ticket, review }
        });
    }

    fn write_code(&mut self, ticket: Ticket) {
        let Some(prepared) = last_of(&mut self.programs.1, ticket) else {
            return;
        };
        self.here(move |scene| {
            let saved = code_out::write(scene, prepared, Timestamp::now());
            Reply::CodeWritten { ticket, saved }
        });
    }

    fn run_test(&mut self, ticket: Ticket, plan: TestPlan) {
        let replies = self.replies.clone();
        let scene = self.scene.clone();
        let recorder = self.recorder.as_ref();
        let recorder = recorder.map(|it| it.of(Purpose::Test, scene.sandbox.is_some()));
        self.start(ticket, async move {
            let tell = |stage| {
                let stage = Box::new(stage);
                let _ = replies.send(Reply::Staged { ticket, stage });
            };
            check::run_plan(&scene, plan, Timestamp::now(), recorder, tell).await;
            let _ = replies.send(Reply::TestEnded { ticket });
        });
    }

    fn count_down(&mut self, ticket: Ticket, secs: u64) {
        let replies = self.replies.clone();
        self.start(ticket, async move {
            for left in (0..secs).rev() {
                tokio::time::sleep(Duration::from_secs(1)).await;
                let _ = replies.send(Reply::Counted { ticket, left });
            }
        });
    }

    fn wait(&mut self, ticket: Ticket, secs: u64) {
        let replies = self.replies.clone();
        self.start(ticket, async move {
            tokio::time::sleep(Duration::from_secs(secs)).await;
            let _ = replies.send(Reply::Waited { ticket });
        });
    }

    fn learn_usage(
        &mut self,
        ticket: Ticket,
        account: Account,
        thresholds: Thresholds,
        recalls: bool,
    ) {
        let replies = self.replies.clone();
        let looks = Arc::clone(&self.looks);
        let scene = self.scene.clone();
        self.start(ticket, async move {
            let learned = |told| Reply::UsageLearned {
                ticket,
                told: Box::new(told),
            };
            let now = Timestamp::now();
            if recalls && let Some(told) = usage::recall(&scene, &account, &thresholds, now) {
                let _ = replies.send(learned(told));
            }
            let mut looks = looks.lock().await;
            let told = looks.learn(&scene, &account, &thresholds, now).await;
            let _ = replies.send(learned(told));
        });
    }

    fn list_models(&self, account: Account) {
        let replies = self.replies.clone();
        let scene = self.scene.clone();
        beside(async move {
            let listed = models::listed(&scene, &account, Timestamp::now(), |models| {
                let _ = replies.send(Reply::ModelsListed(Ok(Arc::new(models))));
            });
            if let Err(symptom) = listed.await {
                let trouble = Box::new(explained(&symptom));
                let _ = replies.send(Reply::ModelsListed(Err(trouble)));
            }
        });
    }

    fn keep_talk(&mut self, server: String, deed: TalkDeed) {
        let told = keeping::Told {
            shelf: kept_talks::shelf(&self.scene),
            server: BaseUrl::parse(&server).map_or(server, |base| base.origin()),
            deed,
        };
        let replies = self.replies.clone();
        let state = self.scene.paths.state.clone();
        self.archivist.keep(told, state, move |news| {
            let _ = replies.send(match news {
                keeping::News::Trouble(said) => Reply::LedgerTrouble(said),
                keeping::News::Begun { talk, kept } => Reply::TalkBegun { talk, kept },
            });
        });
    }

    fn converse(&mut self, ticket: Ticket, talk: Talk) {
        let replies = self.replies.clone();
        let scene = self.scene.clone();
        let recorder = self.recorder.as_ref();
        let recorder = recorder.map(|it| it.of(Purpose::Chat, scene.sandbox.is_some()));
        self.start(ticket, async move {
            let tell = |delta: &Delta| {
                let delta = delta.clone();
                let _ = replies.send(Reply::Spoken { ticket, delta });
            };
            let ended = talk::converse(&scene, &talk, recorder.as_ref(), Timestamp::now, tell);
            let ended = ended.await;
            let _ = replies.send(Reply::SpokenOut { ticket, ended });
        });
    }

    fn list_templates(&self, ticket: Ticket) {
        self.here(move |scene| {
            let (templates, troubles) = templates::list(scene);
            Reply::TemplatesListed {
                ticket,
                templates,
                troubles,
            }
        });
    }

    fn fill_template(&self, ticket: Ticket, wanted: TemplateWanted) {
        self.here(move |scene| Reply::TemplateFilled {
            ticket,
            filled: templates::fill(scene, &wanted),
        });
    }

    fn ask_ledger(&self, ticket: Ticket, account: Account, question: LedgerQuestion) {
        self.here(move |scene| Reply::LedgerTold {
            ticket,
            requests: usage::requests(scene, &account, &question, Timestamp::now()),
        });
    }

    fn open_page(&self, page: Page) {
        // By custom a list of programs; VS Code and others name the one beside the person there.
        let browser = self.scene.environment.get("BROWSER");
        let browser = browser.and_then(|list| list.split(':').next().map(str::to_owned));
        self.aside(move || {
            let opened = match browser {
                Some(browser) => open::with_detached(page.url(), browser),
                None => open::that_detached(page.url()),
            };
            let opened = opened.is_ok();
            Reply::PageOpened { page, opened }
        });
    }

    /// The sandbox leaves no trace in what is remembered of the person.
    fn keep(&mut self, what: Keep) {
        if self.scene.sandbox.is_none() || matches!(what, Keep::Lang(_)) {
            self.keeper
                .keep(what, &self.scene.paths, &self.scene.folder);
        }
    }

    /// Starts the simulated server; from here on the scene is its.
    async fn start_sandbox(&mut self) {
        let base_url = match Sandbox::start(sandbox::Options::default()).await {
            Ok(sandbox) => {
                let access = SandboxAccess::of(&sandbox);
                let base_url = access.base_url.clone();
                self.scene.sandbox = Some(access);
                self.sandbox = Some(sandbox);
                Ok(base_url)
            }
            Err(error) => {
                let symptom = Symptom::Listen(crate::domain::clean_text::CleanText::line(
                    &error.to_string(),
                ));
                Err(Box::new(diagnosis::explain(&symptom)))
            }
        };
        self.answer(Reply::SandboxStarted { base_url });
    }
}

/// Runs a future beside the loop that nobody needs to stop.
fn beside(work: impl Future<Output = ()> + Send + 'static) {
    #[expect(clippy::disallowed_methods, reason = "the one door to started tasks")]
    tokio::spawn(work);
}

/// The last thing that was worked out, if it is this ticket's: only what is shown can be done.
fn last_of<T>(worked_out: &mut UnboundedReceiver<(Ticket, T)>, ticket: Ticket) -> Option<T> {
    let mut last = None;
    while let Ok(worked) = worked_out.try_recv() {
        last = Some(worked);
    }
    last.filter(|(of, _)| *of == ticket).map(|(_, work)| work)
}

/// The judgement as of now: a reset is told with the time left.
fn explained(symptom: &Symptom) -> Diagnosis {
    diagnosis::explain_at(symptom, Timestamp::now())
}

async fn ask_about(
    network: &Network,
    secret: Secret,
    server: &str,
) -> Result<(String, Dialect), Symptom> {
    let base = BaseUrl::parse(server)?;
    let client = OpenRouter::new(base, Some(secret), network)?;
    let dialect = client.identify().await?;
    Ok((client.settled_base().await?.to_string(), dialect))
}

async fn begin_sign_in(
    scene: &Scene,
    way: SignInWay,
    server: &str,
) -> Result<(BaseUrl, SignIn), Symptom> {
    let base = BaseUrl::parse(server)?;
    let client = OpenRouter::new(base.clone(), None, &scene.network)?;
    let label = format!("onramp {}", Project::at(&scene.folder).name);
    let with_listener = way == SignInWay::Loopback;
    let sign_in = SignIn::begin(client, &base, with_listener, &label).await?;
    Ok((base, sign_in))
}

/// A key that a sign-in made is kept at once: it was made for good, and nobody else has it.
fn keep(scene: &Scene, base: &BaseUrl, secret: &Secret) -> Option<std::path::PathBuf> {
    if scene.sandbox.is_some() {
        return None;
    }
    let store = Store::at(&scene.paths.config);
    store.keep_key(&base.origin(), secret).ok()?;
    Some(store.path().into())
}
