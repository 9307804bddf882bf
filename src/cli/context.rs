//! What every command knows: where it stands, how it speaks, what it may use.

use std::cell::OnceCell;
use std::io::{IsTerminal, Write};
use std::path::Path;
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use super::args::GlobalFlags;
use super::output::{Failure, Outcome};
use crate::credentials::keyring;
use crate::domain::budget::Budget;
use crate::domain::environment::Environment;
use crate::domain::own_models::OwnModels;
use crate::domain::spend::Purpose;
use crate::domain::symptom::{FileProblem, FileTrouble, Symptom};
use crate::files;
use crate::insight::alerts::AlertSettings;
use crate::jobs::access::{self, InSight};
use crate::jobs::asked_once::AskedOnce;
use crate::jobs::ignored_settings;
use crate::jobs::recorder::Recorder;
use crate::jobs::{Access, Scene};
use crate::openrouter::{BaseUrl, Network, Timeouts, Trusted};
use crate::project::{Project, memory::Progress};
use crate::runtime::scribe::Scribe;
use crate::sandbox::{self, Sandbox};
use crate::settings::{
    LangChoice, Look, LookWishes, Machine, NoHome, Paths, Preferences, Remote, choose_language,
    system_locale,
};
use crate::text::{Lang, Phrase, Said};
use crate::ui::theme::{Theme, Tone, printed};

const NO_FOLDER: Phrase = Phrase::new(
    "the folder this was started in is gone",
    "启动时所在的目录已不存在",
);

/// What every command knows.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a fact of its own about the person's wishes or their machine"
)]
pub(super) struct Context {
    /// The person's language.
    pub(super) lang: Lang,
    /// Where it stands.
    pub(super) scene: Scene,
    /// How much the terminal can show.
    pub(super) look: Look,
    /// `--sandbox` was given.
    pub(super) wants_sandbox: bool,
    /// No browser is beside the terminal.
    pub(super) is_remote: bool,
    /// Which alerts the person wants.
    pub(super) alerts: AlertSettings,
    /// Nothing that is said in conversations is kept.
    pub(super) is_unkept: bool,
    /// Favourites, and models used lately.
    pub(super) own_models: OwnModels,
    /// What this program may spend.
    pub(super) budget: Budget,
    is_quiet: bool,
    /// The project round the folder, and what is remembered of it, once they are asked for.
    project: OnceCell<Project>,
    progress: OnceCell<Progress>,
    /// The simulated server, while it runs.
    pub(super) sandbox: Option<Sandbox>,
    /// Who writes the ledger, once there is something to write; and what it has to say.
    scribe: OnceCell<(Scribe, Receiver<Said>)>,
}

impl Context {
    pub(super) fn new(
        flags: GlobalFlags,
        environment: Environment,
        chosen: Chosen,
    ) -> Result<Self, Failure> {
        let Chosen {
            paths,
            preferences,
            trouble,
        } = chosen;
        let paths = paths.ok_or(Failure::Usage(NoHome::WORDS.into()))?;
        let folder = std::env::current_dir().map_err(|_| Failure::Usage(NO_FOLDER.into()))?;
        let lang = choose_language(flags.lang, preferences.lang, &environment, system_locale);
        let wishes = LookWishes {
            theme: flags.theme,
            no_color: flags.no_color,
            plain: flags.plain,
        };
        if let Some(path) = &flags.log {
            super::log::start(path)?;
        }
        let network = Network {
            ignored: ignored_settings::find(&environment).into(),
            ..network(flags.timeout, flags.ca_file.as_deref())?
        };
        let context = Self {
            lang,
            look: Look::choose(wishes, &environment),
            wants_sandbox: flags.sandbox,
            // Who names a browser has one, wherever this runs.
            is_remote: !environment.has("BROWSER")
                && Remote::find(&environment, Machine::here()).is_some(),
            alerts: preferences.alerts,
            is_unkept: flags.no_history || preferences.is_history_off,
            own_models: preferences.models,
            budget: preferences.budget,
            project: OnceCell::new(),
            progress: OnceCell::new(),
            is_quiet: flags.quiet,
            sandbox: None,
            scribe: OnceCell::new(),
            scene: Scene {
                folder,
                keyring: keyring::of_system(&environment),
                environment,
                paths,
                env_file: flags.env_file,
                base_url: flags.base_url,
                network,
                sandbox: None,
                asked_once: AskedOnce::default(),
            },
        };
        if let Some(trouble) = trouble {
            context.note(&trouble.say(lang));
        }
        Ok(context)
    }

    /// Runs an async command to its end, or until Ctrl+C. With `--sandbox` the simulated server runs
    /// beside it.
    pub(super) fn block_on(self, command: impl AsyncFnOnce(&Self) -> Outcome) -> Outcome {
        // Where Ctrl+C cannot be heard, it ends the program by itself.
        let interrupted = async {
            if tokio::signal::ctrl_c().await.is_err() {
                std::future::pending::<()>().await;
            }
        };
        self.drive(interrupted, command)
    }

    /// The same for a command that hears Ctrl+C itself.
    pub(super) fn block_on_uninterrupted(
        self,
        command: impl AsyncFnOnce(&Self) -> Outcome,
    ) -> Outcome {
        self.drive(std::future::pending(), command)
    }

    fn drive(
        mut self,
        interrupted: impl Future<Output = ()>,
        command: impl AsyncFnOnce(&Self) -> Outcome,
    ) -> Outcome {
        let runtime = runtime()?;
        let outcome = runtime.block_on(async {
            self.start_sandbox().await?;
            #[cfg(debug_assertions)]
            super::panic_if_asked();
            let outcome = tokio::select! {
                // From the very beginning: what the person sees may be answered with Ctrl+C at once.
                biased;
                () = interrupted => Err(Failure::Interrupted),
                outcome = command(&self) => outcome,
            };
            if let Some(sandbox) = self.sandbox.take() {
                sandbox.stop().await;
            }
            outcome
        });
        // Whatever was still under way is gone now, and the ledger knows that it was stopped.
        drop(runtime);
        self.close_ledger();
        outcome
    }

    /// Where the requests of this command are written down.
    pub(super) fn recorder(&self, purpose: Purpose) -> Recorder {
        let (scribe, _) = self.scribe.get_or_init(|| {
            let (words, said) = channel();
            let scribe = Scribe::start(&self.scene, move |word| {
                // Nobody hears it when the program ends.
                let _ = words.send(word);
            });
            (scribe, said)
        });
        scribe.recorder().of(purpose, self.scene.sandbox.is_some())
    }

    /// Waits until all is written, and says what was in the way: after the answer, not in its midst.
    fn close_ledger(&mut self) {
        let Some((scribe, said)) = self.scribe.take() else {
            return;
        };
        drop(scribe);
        for words in said {
            self.note(&words.say(self.lang));
        }
    }

    /// Starts the simulated server where it is wanted.
    pub(super) async fn start_sandbox(&mut self) -> Result<(), Failure> {
        if !self.wants_sandbox {
            return Ok(());
        }
        let sandbox = Sandbox::start(sandbox::Options::default())
            .await
            .map_err(|error| super::listen_trouble(&error))?;
        self.scene.sandbox = Some(crate::jobs::scene::SandboxAccess::of(&sandbox));
        self.sandbox = Some(sandbox);
        Ok(())
    }

    /// The key and the server in force here.
    pub(super) fn access(&self) -> Result<Access, Symptom> {
        let mut seen = InSight::of(&self.scene, self.project());
        access::choose(&self.scene, &mut seen)
    }

    /// The same for what needs no key: the server alone, where there is none.
    pub(super) fn access_or_none(&self) -> Result<Access, Symptom> {
        access::or_without_key(self.access(), &self.scene, || {
            self.server().unwrap_or_default()
        })
    }

    /// The server in force where there is no key.
    pub(super) fn server(&self) -> Result<BaseUrl, Symptom> {
        let mut seen = InSight::of(&self.scene, self.project());
        access::server(&self.scene, &mut seen)
    }

    /// The project round the folder.
    pub(super) fn project(&self) -> &Project {
        self.project.get_or_init(|| Project::at(&self.scene.folder))
    }

    fn progress(&self) -> &Progress {
        let load = || Progress::load(&self.scene.paths.state, &self.project().root);
        self.progress.get_or_init(load)
    }

    /// The model the person chose for this project, of the server in force.
    pub(super) fn chosen_model(&self, access: &Access) -> Option<String> {
        if self.scene.sandbox.is_some() {
            return None;
        }
        let model = self.progress().model(&access.server.origin());
        model.map(str::to_owned)
    }

    /// The person's rules for models in this project.
    pub(super) fn chosen_rules(&self) -> Option<String> {
        self.progress().rules.clone()
    }

    /// Says something beside the result: to stderr, unless the person asked for quiet.
    pub(super) fn note(&self, words: &str) {
        if !self.is_quiet {
            let _ = writeln!(std::io::stderr(), "{words}");
        }
    }

    /// Whether progress may be shown: somebody looks at stderr, and has not asked for quiet.
    pub(super) fn shows_progress(&self) -> bool {
        !self.is_quiet && !self.look.is_plain && std::io::stderr().is_terminal()
    }

    /// Words in a tone for stdout: painted only where a terminal shows it.
    pub(super) fn paint(&self, tone: Tone, words: &str) -> String {
        if !std::io::stdout().is_terminal() || self.look.is_plain {
            return words.to_owned();
        }
        let theme = Theme::new(self.look.depth, self.look.ground);
        printed(theme.tone(tone)).apply(words).to_string()
    }
}

/// How requests travel, by the flags.
fn network(timeout: Option<u64>, ca_file: Option<&Path>) -> Result<Network, Failure> {
    let timeouts = timeout.map_or_else(Timeouts::default, |secs| {
        Timeouts::within(Duration::from_secs(secs))
    });
    let trusted = match ca_file {
        Some(path) => {
            authorities(path).map_err(|trouble| super::diagnosed(&Symptom::File(trouble)))?
        }
        None => Trusted::default(),
    };
    Ok(Network {
        timeouts,
        trusted,
        ..Network::default()
    })
}

/// The certificates in a PEM file.
fn authorities(path: &Path) -> Result<Trusted, FileTrouble> {
    let trouble = |kind, detail: &str| FileTrouble {
        path: path.into(),
        kind,
        detail: detail.into(),
    };
    let Some(pem) = files::read(path)?.bytes else {
        return Err(trouble(FileProblem::Missing, ""));
    };
    Trusted::from_pem(&pem)
        .ok_or_else(|| trouble(FileProblem::Other, "it holds no certificate in PEM form"))
}

/// One thread is enough: the work is waiting.
pub(super) fn runtime() -> Result<tokio::runtime::Runtime, Failure> {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| super::listen_trouble(&error))
}

/// What the person chose once for all, read before the command line is: help has a language, too.
pub(super) struct Chosen {
    /// Where the program's own files are; `None`: there is no home.
    paths: Option<Paths>,
    preferences: Preferences,
    /// What is wrong with the file.
    trouble: Option<Said>,
}

impl Chosen {
    pub(super) fn read(environment: &Environment) -> Self {
        let paths = Paths::find(environment).ok();
        let read = paths.as_ref().map(|paths| Preferences::load(&paths.config));
        let (preferences, trouble) = read.unwrap_or_default();
        Self {
            paths,
            preferences,
            trouble,
        }
    }

    /// The language for help and for mistakes.
    pub(super) fn lang(&self, flag: Option<Lang>, environment: &Environment) -> Lang {
        let choice = flag.map_or(LangChoice::Auto, LangChoice::Fixed);
        choose_language(choice, self.preferences.lang, environment, system_locale)
    }
}
