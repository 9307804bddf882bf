//! What the app may ask of the world.

use jiff::Timestamp;

use super::code_out::CodePlan;
use super::env::EnvPlan;
use super::keeping::{TalkDeed, TalkExport};
use super::keys::KeyDeed;
use super::rotation::RotationWish;
use super::surroundings::Memory;
use super::talk::{Draft, Talk, TemplateWanted};
use super::usage::{Account, Export, LedgerQuestion};
use crate::domain::account::KeyChange;
use crate::domain::budget::Budget;
use crate::domain::clean_text::CleanText;
use crate::domain::figures::Known;
use crate::domain::finding::Finding;
use crate::domain::model_card::ModelCard;
use crate::domain::notify::NotifyBy;
use crate::domain::page::Page;
use crate::domain::secret::Secret;
use crate::domain::sighting::Place;
use crate::insight::alerts::{AlertSettings, Thresholds};
use crate::text::Lang;
use std::path::PathBuf;
use std::sync::Arc;

/// Names a running request. A reply whose ticket nobody waits for any more is dropped.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Ticket(pub u64);

/// A wait before something is tried again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StatedWait {
    /// How long, in seconds.
    pub secs: u64,
    /// Since when; `None`: from now on.
    pub since: Option<Timestamp>,
}

/// What may be asked of the world.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Look for keys, for the files a key could go into, and for what is remembered of this project.
    LookAround,
    /// Look over the project's files for keys that others may read, as far as a moment allows.
    LookOverTree,
    /// Ask a server about a key.
    CheckKey {
        /// Who waits.
        ticket: Ticket,
        /// The key.
        secret: Secret,
        /// The server's base URL.
        server: String,
    },
    /// List the account's keys, by its management key.
    ListKeys {
        /// Who waits.
        ticket: Ticket,
        /// Whose.
        account: Box<Account>,
    },
    /// Make, change or delete a key of the account. What has begun is not given up.
    DoToKey {
        /// Who waits.
        ticket: Ticket,
        /// Whose.
        account: Box<Account>,
        /// What.
        deed: KeyDeed,
    },
    /// Work out what would be done to give a key a successor. Nothing is changed.
    PlanRotation {
        /// Who waits.
        ticket: Ticket,
        /// Whose.
        account: Box<Account>,
        /// The hash of the key.
        hash: String,
    },
    /// Give a key a successor as it was agreed to; `None`: only end what an earlier run has left. What has begun is ended or put
    /// back whole.
    Rotate {
        /// Who waits.
        ticket: Ticket,
        /// Whose.
        account: Box<Account>,
        /// What was agreed to.
        wish: Option<Box<RotationWish>>,
    },
    /// Stop the rotation under this ticket; everything is put back.
    StopRotation(Ticket),
    /// Set what a key may spend, by the account's management key, and ask the server about the key then.
    LimitKey {
        /// Who waits.
        ticket: Ticket,
        /// Which key, and what it may spend.
        plan: Box<LimitPlan>,
    },
    /// Begin a sign-in with the browser.
    SignIn {
        /// Who waits.
        ticket: Ticket,
        /// With a browser here, or with one anywhere.
        way: SignInWay,
        /// The server's base URL.
        server: String,
    },
    /// Hand the code that a sign-in page showed to the sign-in that waits.
    SubmitCode {
        /// The sign-in's ticket.
        ticket: Ticket,
        /// The code.
        code: Secret,
    },
    /// Prepare a change of a .env file and show it.
    ReviewEnv {
        /// Who waits, and under which name the change is kept until it is written.
        ticket: Ticket,
        /// What is wanted.
        plan: EnvPlan,
    },
    /// Write the change that was shown under this ticket.
    WriteEnv {
        /// The review's ticket.
        ticket: Ticket,
    },
    /// Take the last written change back.
    UndoEnv {
        /// Who waits.
        ticket: Ticket,
        /// The file.
        path: PathBuf,
    },
    /// Work out what mends a finding and show it.
    ReviewCure {
        /// Who waits, and under which name the change is kept until it is made.
        ticket: Ticket,
        /// The finding.
        finding: Box<Finding>,
    },
    /// Make the change that was shown under this ticket.
    ApplyCure {
        /// The review's ticket.
        ticket: Ticket,
    },
    /// Find every place where a key stands, and which of them each kind of program reads.
    FindWinners {
        /// Who waits.
        ticket: Ticket,
    },
    /// Run the API test.
    RunTest {
        /// Who waits.
        ticket: Ticket,
        /// What is to be tested.
        plan: TestPlan,
    },
    /// Count down, and tell every second how many are left.
    CountDown {
        /// Who waits.
        ticket: Ticket,
        /// What is waited for.
        wait: StatedWait,
    },
    /// Say when so many seconds have passed, once.
    Wait {
        /// Who waits.
        ticket: Ticket,
        /// How many seconds.
        secs: u64,
    },
    /// Sum up this program's own requests anew, without asking anybody.
    SumOwnUsage {
        /// Who waits.
        ticket: Ticket,
        /// Whose.
        account: Account,
    },
    /// Learn everything about spend.
    LearnUsage {
        /// Who waits.
        ticket: Ticket,
        /// Whose.
        account: Account,
        /// The bounds of alerts.
        thresholds: Thresholds,
        /// The model of this project.
        model: String,
        /// Tell what was learned another time before asking.
        recalls: bool,
    },
    /// Tell the server's list of models, first the one that is kept.
    ListModels(Box<Account>),
    /// Tell everything about one model.
    ShowModel {
        /// Who waits.
        ticket: Ticket,
        /// Whose.
        account: Box<Account>,
        /// Its id.
        id: String,
    },
    /// Make a question ready to be asked.
    Compose {
        /// Who waits.
        ticket: Ticket,
        /// The question.
        draft: Box<Draft>,
    },
    /// Tell how long the last answers of models were.
    TellLengths {
        /// Who waits.
        ticket: Ticket,
        /// Whose money.
        account: Account,
        /// The models, by the names that they are asked by.
        models: Vec<String>,
    },
    /// Tell what files there are round here.
    ListFiles {
        /// Who waits.
        ticket: Ticket,
    },
    /// Read the pictures and documents of earlier questions again.
    ReadAgain {
        /// Who waits.
        ticket: Ticket,
        /// The root of the project that they belong to.
        project: Option<String>,
        /// Their names, by the turns of their questions.
        wanted: Vec<(usize, Vec<String>)>,
    },
    /// Keep something of a conversation.
    KeepTalk {
        /// What.
        deed: TalkDeed,
    },
    /// Tell which conversations are kept: the latest, or those in which words are found.
    ListTalks {
        /// Who waits.
        ticket: Ticket,
        /// The words; empty: the latest.
        words: String,
    },
    /// Tell what was asked in this project lately.
    RecallQuestions {
        /// Who waits.
        ticket: Ticket,
        /// At most so many.
        most: usize,
    },
    /// Tell a kept conversation whole.
    LoadTalk {
        /// Who waits.
        ticket: Ticket,
        /// Its id.
        id: String,
    },
    /// Work out what code would change in a file, and show it.
    ReviewCode {
        /// Who waits, and under which name the change is kept until it is made.
        ticket: Ticket,
        /// The code and its place.
        plan: CodePlan,
    },
    /// Work out the file that a conversation goes into, and show what would change there.
    ReviewTalk {
        /// Who waits, and under which name the change is kept until it is made.
        ticket: Ticket,
        /// The conversation.
        export: TalkExport,
    },
    /// Tell which templates of questions there are.
    ListTemplates {
        /// Who waits.
        ticket: Ticket,
    },
    /// Fill the blanks of a template.
    FillTemplate {
        /// Who waits.
        ticket: Ticket,
        /// The template, and what stands behind its name.
        wanted: TemplateWanted,
    },
    /// Write the change that was shown under this ticket.
    WriteCode {
        /// The review's ticket.
        ticket: Ticket,
    },
    /// Ask a model, and tell its answer piece by piece.
    Converse {
        /// Who waits.
        ticket: Ticket,
        /// The question.
        talk: Box<Talk>,
    },
    /// Tell what an answer cost that came without its bill.
    AskBill {
        /// Who waits.
        ticket: Ticket,
        /// Whose money.
        account: Account,
        /// The answer's id, `gen-…`.
        generation: String,
    },
    /// Write figures into a new file.
    ExportUsage(Box<Export>),
    /// Look requests up in the ledger.
    AskLedger {
        /// Who waits.
        ticket: Ticket,
        /// Whose.
        account: Account,
        /// Which.
        question: LedgerQuestion,
    },
    /// Stop what runs under this ticket.
    Cancel(Ticket),
    /// Open a page in the browser.
    OpenPage(Page),
    /// Keep what the wizard should remember of this project. The model and the rules that were kept stay.
    Remember(Memory),
    /// Keep the model the person chose for this project.
    KeepModel {
        /// Its name.
        model: String,
        /// The base URL of the server that knows it by this name.
        server: String,
    },
    /// Keep the person's rules for models in this project, or that there are none.
    KeepRules(Option<String>),
    /// Keep that a model is one of the person's favourites, or is none.
    KeepFavourite {
        /// Its id.
        model: String,
        /// It is one.
        is_one: bool,
    },
    /// Keep that a model was used just now.
    KeepRecent(String),
    /// Keep the language the person switched to.
    KeepLang(Lang),
    /// Keep which alerts the person wants.
    KeepAlerts(AlertSettings),
    /// Keep what this program may spend by the person's own word.
    KeepBudget(Budget),
    /// Have the terminal call its person, who may look elsewhere.
    Notify {
        /// How.
        by: NotifyBy,
        /// What there is to say.
        words: CleanText,
    },
    /// Start the sandbox inside this program.
    StartSandbox,
    /// Put text on the clipboard.
    Copy(String),
    /// Be told of the mouse while its button is down, too, or no longer.
    FollowMouse(bool),
    /// Give the terminal back to the shell for a while.
    Suspend,
    /// Give a text and the terminal to the person's own editor until it ends.
    EditElsewhere {
        /// Who waits.
        ticket: Ticket,
        /// The text.
        text: String,
    },
}

impl Effect {
    /// The server it goes to, where it goes to one.
    pub fn server_mut(&mut self) -> Option<&mut String> {
        match self {
            Self::CheckKey { server, .. } | Self::SignIn { server, .. } => Some(server),
            Self::LimitKey { plan, .. } => Some(&mut plan.server),
            Self::RunTest { plan, .. } => Some(&mut plan.server),
            _ => None,
        }
    }

    /// The ticket of a request that goes to a server.
    pub fn ticket(&self) -> Option<Ticket> {
        match self {
            Self::CheckKey { ticket, .. }
            | Self::LimitKey { ticket, .. }
            | Self::SignIn { ticket, .. }
            | Self::RunTest { ticket, .. } => Some(*ticket),
            _ => None,
        }
    }
}

/// What a key may spend, as it is to be set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LimitPlan {
    /// The key.
    pub secret: Secret,
    /// The server's base URL.
    pub server: String,
    /// The limit, and how often it begins anew.
    pub change: KeyChange,
}

/// What the API test is to look at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TestPlan {
    /// Every stage, not only what a quick test needs.
    pub is_full: bool,
    /// The key; `None`: the one in force, where one is for this server.
    pub secret: Option<Secret>,
    /// Where the key came from, for the evidence.
    pub place: Option<Place>,
    /// The model.
    pub model: String,
    /// The longest answer to ask for, in tokens; `None`: a tiny one.
    pub max_tokens: Option<u32>,
    /// The server's base URL.
    pub server: String,
    /// The server's list of models, where it is at hand.
    pub listed: Option<Arc<Known<Vec<ModelCard>>>>,
}

/// How a sign-in reaches the browser.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignInWay {
    /// A browser on this machine; the answer comes to a listener on loopback. A pasted code wins too.
    Loopback,
    /// A browser anywhere; its page shows a code to paste here.
    ShownCode,
}
