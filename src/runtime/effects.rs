//! The only place that performs an [`Effect`]; its outcomes come back as replies.

mod chat;
mod keys;
mod questions;
mod setup;
mod usage;

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use tokio::sync::Mutex;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::sync::oneshot;
use tokio::task::{AbortHandle, JoinHandle};

use super::archivist::Archivist;
use super::browser;
use super::keeper::{Keep, Keeper};
use super::terminal;
use crate::diagnosis;
use crate::domain::clean_text::count_unseen;
use crate::domain::diagnosis::Diagnosis;
use crate::domain::figures::Known;
use crate::domain::page::Page;
use crate::domain::secret::Secret;
use crate::domain::symptom::Symptom;
use crate::flow::effect::StatedWait;
use crate::flow::usage::Account;
use crate::flow::{Effect, Reply, Ticket};
use crate::jobs::doctor::cure::Treatment;
use crate::jobs::env_change::{self, Prepared};
use crate::jobs::recorder::Recorder;
use crate::jobs::scene::SandboxAccess;
use crate::jobs::usage::Looks;
use crate::jobs::{Scene, clipboard, code_out, doctor, hygiene, models, talk_out};
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
    looks: Arc<Mutex<Looks>>,
    /// What is being done to keys.
    deeds: Vec<JoinHandle<()>>,
    /// The rotation under way, and how it is stopped.
    rotation: Option<(Ticket, oneshot::Sender<()>)>,
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
            deeds: Vec::new(),
            rotation: None,
            sandbox,
        }
    }

    /// Waits for what must not be given up: a key that is being made is told once. Not for ever: a server that says
    /// nothing may have made none.
    pub async fn end(mut self) {
        const PATIENCE: Duration = Duration::from_secs(10);
        // A rotation is put back whole; where that takes longer, the next run does it.
        if let Some((_, stop)) = self.rotation.take() {
            let _ = stop.send(());
        }
        for deed in std::mem::take(&mut self.deeds) {
            let _ = tokio::time::timeout(PATIENCE, deed).await;
        }
    }

    /// The same world, whose requests are written down there.
    #[must_use]
    pub fn recording(mut self, recorder: Recorder) -> Self {
        self.recorder = Some(recorder);
        self
    }

    /// Where the program works.
    pub fn scene(&self) -> &Scene {
        &self.scene
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
            Effect::ListKeys { .. }
            | Effect::DoToKey { .. }
            | Effect::PlanRotation { .. }
            | Effect::Rotate { .. }
            | Effect::StopRotation(_) => self.see_to_keys(effect),
            Effect::LimitKey { ticket, plan } => self.limit_key(ticket, *plan),
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
            Effect::CountDown { ticket, wait } => self.count_down(ticket, wait),
            Effect::Wait { ticket, secs } => self.wait(ticket, secs),
            Effect::SumOwnUsage { .. }
            | Effect::LearnUsage { .. }
            | Effect::ExportUsage(_)
            | Effect::AskLedger { .. } => self.see_to_usage(effect),
            Effect::ListModels(account) => self.list_models(*account),
            Effect::ShowModel {
                ticket,
                account,
                id,
            } => self.show_model(ticket, *account, id),
            Effect::Compose { .. }
            | Effect::TellLengths { .. }
            | Effect::ListFiles { .. }
            | Effect::ReadAgain { .. } => self.see_to_question(effect),
            Effect::KeepTalk { deed } => self.keep_talk(deed),
            Effect::ListTalks { ticket, words } => self.list_talks(ticket, words),
            Effect::RecallQuestions { ticket, most } => self.recall_questions(ticket, most),
            Effect::LoadTalk { ticket, id } => self.load_talk(ticket, id),
            Effect::ReviewCode { ticket, plan } => {
                self.review_shown(ticket, move |scene| code_out::review(scene, &plan));
            }
            Effect::ReviewTalk { ticket, export } => {
                self.review_shown(ticket, move |scene| talk_out::review(scene, &export));
            }
            Effect::ListTemplates { ticket } => self.list_templates(ticket),
            Effect::FillTemplate { ticket, wanted } => self.fill_template(ticket, wanted),
            Effect::WriteCode { ticket } => self.write_code(ticket),
            Effect::Converse { .. } | Effect::AskBill { .. } => self.see_to_answer(effect),
            Effect::Cancel(ticket) => {
                self.codes.remove(&ticket);
                if let Some(task) = self.running.remove(&ticket) {
                    task.abort();
                }
            }
            Effect::OpenPage(page) => self.open_page(page),
            effect @ (Effect::Remember(_)
            | Effect::KeepModel { .. }
            | Effect::KeepFavourite { .. }
            | Effect::KeepRecent(_)
            | Effect::KeepRules(_)
            | Effect::KeepLang(_)
            | Effect::KeepBudget(_)
            | Effect::KeepAlerts(_)) => self.keep_what(effect),
            // Who cannot be called looks here sooner or later.
            Effect::Notify { by, words } => {
                let _ = terminal::notify(by, &words, &self.scene.environment);
            }
            Effect::StartSandbox => self.start_sandbox().await,
            Effect::Copy(text) => self.copy(text).await,
            Effect::FollowMouse(follows) => terminal::follow_mouse(follows),
            // The loop itself gives the terminal away: see `runtime`.
            Effect::Suspend | Effect::EditElsewhere { .. } => {}
        }
    }

    /// Gives an answer to the loop.
    pub(super) fn answer(&self, reply: Reply) {
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

    /// Puts text on the clipboard of the terminal and of this machine: not every terminal takes one, and none tells.
    async fn copy(&self, text: String) {
        let unseen = count_unseen(&text);
        let scene = self.scene.clone();
        if terminal::copy(&text).is_ok_and(|is_told| is_told) {
            self.answer(Reply::Copied { unseen });
            beside(async move {
                clipboard::write(&scene.environment, &text).await;
            });
        } else {
            // Without a terminal nobody waits for a frame.
            let is_taken = clipboard::write(&scene.environment, &text).await;
            self.answer(if is_taken {
                Reply::Copied { unseen }
            } else {
                Reply::NotCopied
            });
        }
    }

    fn count_down(&mut self, ticket: Ticket, wait: StatedWait) {
        let secs = left_of(wait, Timestamp::now());
        let replies = self.replies.clone();
        self.start(ticket, async move {
            for left in (0..=secs).rev() {
                let _ = replies.send(Reply::Counted { ticket, left });
                if left > 0 {
                    tokio::time::sleep(Duration::from_secs(1)).await;
                }
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

    fn list_models(&self, account: Account) {
        let replies = self.replies.clone();
        let scene = self.scene.clone();
        let server = account.server.clone();
        let tell = move |listed| {
            let server = server.clone();
            let _ = replies.send(Reply::ModelsListed { server, listed });
        };
        beside(async move {
            let listed = models::listed(&scene, &account, Timestamp::now(), |models| {
                tell(Ok(Arc::new(models)));
            });
            if let Err(symptom) = listed.await {
                tell(Err(Box::new(explained(&symptom))));
            }
        });
    }

    fn show_model(&mut self, ticket: Ticket, account: Account, id: String) {
        let replies = self.replies.clone();
        let scene = self.scene.clone();
        self.start(ticket, async move {
            let asked = models::detail(&scene, &account, &id).await;
            let as_of = Timestamp::now();
            let shown = match asked {
                Ok(detail) => Ok(detail.map(|value| Box::new(Known { as_of, value }))),
                Err(symptom) => Err(Box::new(explained(&symptom))),
            };
            let _ = replies.send(Reply::ModelShown { ticket, shown });
        });
    }

    fn open_page(&self, page: Page) {
        self.here(move |scene| {
            let opened = browser::open(&scene.environment, &page.url());
            Reply::PageOpened { page, opened }
        });
    }

    /// Keeps what an effect asks to keep beyond this run.
    fn keep_what(&mut self, effect: Effect) {
        self.keep(match effect {
            Effect::Remember(memory) => Keep::Progress(memory),
            Effect::KeepModel { model, server } => Keep::Model { model, server },
            Effect::KeepFavourite { model, is_one } => Keep::Favourite(model, is_one),
            Effect::KeepRecent(model) => Keep::Recent(model),
            Effect::KeepRules(rules) => Keep::Rules(rules),
            Effect::KeepLang(lang) => Keep::Lang(lang),
            Effect::KeepAlerts(alerts) => Keep::Alerts(alerts),
            Effect::KeepBudget(budget) => Keep::Budget(budget),
            _ => return,
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
fn beside(work: impl Future<Output = ()> + Send + 'static) -> JoinHandle<()> {
    #[expect(clippy::disallowed_methods, reason = "the one door to started tasks")]
    tokio::spawn(work)
}

/// How many seconds of a wait are left, a part of one counted whole. A clock that was set meanwhile makes no
/// wait longer.
fn left_of(wait: StatedWait, now: Timestamp) -> u64 {
    let passed = wait
        .since
        .map_or(0, |since| now.duration_since(since).as_secs());
    wait.secs.saturating_sub(u64::try_from(passed).unwrap_or(0))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wait_counts_from_the_answer_and_no_clock_makes_it_longer() {
        let second = |secs| Timestamp::from_second(secs).unwrap();
        let left_of = |since, now| left_of(StatedWait { secs: 57, since }, second(now));
        assert_eq!(left_of(None, 1_000), 57);
        for (now, left) in [(1_000, 57), (1_020, 37), (1_057, 0), (9_000, 0), (500, 57)] {
            assert_eq!(left_of(Some(second(1_000)), now), left, "{now}");
        }
    }
}
