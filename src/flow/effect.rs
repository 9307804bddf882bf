//! What the app may ask of the world, and what the world may answer.

use std::path::PathBuf;
use std::sync::Arc;

use super::attach::{FileNames, ReadAgain};
use super::code_out::{CodePlan, CodeReview, CodeSaved};
use super::env::{CureReview, EnvPlan, EnvReview, EnvSaved, EnvTarget};
use super::keeping::{TalkDeed, TalkExport};
use super::models::ModelShown;
use super::talk::{Composed, Draft, Talk, TalkEnded, TemplateWanted};
use super::usage::{Account, Export, LedgerQuestion, UsageTold};
use crate::domain::account::KeyFacts;
use crate::domain::chat::Delta;
use crate::domain::clean_text::CleanText;
use crate::domain::conversation::Conversation;
use crate::domain::diagnosis::Diagnosis;
use crate::domain::figures::Known;
use crate::domain::finding::Finding;
use crate::domain::kept::Kept;
use crate::domain::key_table::KeyTable;
use crate::domain::leak::TreeLook;
use crate::domain::model_card::ModelCard;
use crate::domain::notify::NotifyBy;
use crate::domain::page::Page;
use crate::domain::secret::Secret;
use crate::domain::sighting::{Place, Sighting};
use crate::domain::spend::Recorded;
use crate::domain::stage::Stage;
use crate::domain::template::{Filled, Listed};
use crate::insight::alerts::{AlertSettings, Thresholds};
use crate::keymap::Chord;
use crate::text::{Lang, Said};

/// Names a running request. A reply whose ticket nobody waits for any more is dropped.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Ticket(pub u64);

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
        /// From how many seconds.
        secs: u64,
    },
    /// Say when so many seconds have passed, once.
    Wait {
        /// Who waits.
        ticket: Ticket,
        /// How many seconds.
        secs: u64,
    },
    /// Learn everything about spend.
    LearnUsage {
        /// Who waits.
        ticket: Ticket,
        /// Whose.
        account: Account,
        /// The bounds of alerts.
        thresholds: Thresholds,
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
        /// Whom it is held with.
        server: String,
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
    /// Tell a kept conversation whole.
    LoadTalk {
        /// Who waits.
        ticket: Ticket,
        /// Its id.
        id: String,
    },
    /// Delete a kept conversation for good.
    DeleteTalk {
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
    KeepModel(String),
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
            Self::RunTest { plan, .. } => Some(&mut plan.server),
            _ => None,
        }
    }

    /// The ticket of a request that goes to a server.
    pub fn ticket(&self) -> Option<Ticket> {
        match self {
            Self::CheckKey { ticket, .. }
            | Self::SignIn { ticket, .. }
            | Self::RunTest { ticket, .. } => Some(*ticket),
            _ => None,
        }
    }
}

/// What the API test is to look at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TestPlan {
    /// Every stage, not only what a quick test needs.
    pub is_full: bool,
    /// The key.
    pub secret: Secret,
    /// Where the key came from, for the evidence.
    pub place: Option<Place>,
    /// The model.
    pub model: String,
    /// The longest answer to ask for, in tokens; `None`: a tiny one.
    pub max_tokens: Option<u32>,
    /// The server's base URL.
    pub server: String,
}

/// How a sign-in reaches the browser.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignInWay {
    /// A browser on this machine; the answer comes to a listener on loopback. A pasted code wins too.
    Loopback,
    /// A browser anywhere; its page shows a code to paste here.
    ShownCode,
}

/// What the world may answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reply {
    /// What was found round here.
    Surroundings(Box<Surroundings>),
    /// What a look over the project's files found.
    LookedOverTree(TreeLook),
    /// What the server says about a key; `None` where it has no `GET /key` but accepts requests.
    KeyChecked {
        /// Who waited.
        ticket: Ticket,
        /// The server's base URL, complete: one given without a path is known only now.
        server: String,
        /// The verdict.
        verdict: Result<Option<KeyFacts>, Box<Diagnosis>>,
    },
    /// The sign-in is ready: this page is to be opened.
    SignInReady {
        /// Who waits.
        ticket: Ticket,
        /// The page.
        url: String,
        /// A listener waits on loopback.
        listens: bool,
    },
    /// The sign-in made a key.
    SignedIn {
        /// Who waited.
        ticket: Ticket,
        /// The key.
        secret: Secret,
        /// The store it rests in now; a simulated key is kept nowhere.
        kept: Option<PathBuf>,
    },
    /// The sign-in did not work; it still waits when `is_over` is false.
    SignInFailed {
        /// Who waited.
        ticket: Ticket,
        /// Why.
        diagnosis: Box<Diagnosis>,
        /// No answer can come any more.
        is_over: bool,
    },
    /// A change to look at.
    EnvReviewed {
        /// Who waited.
        ticket: Ticket,
        /// The change.
        review: Result<Box<EnvReview>, Box<Diagnosis>>,
    },
    /// A change was written, or not.
    EnvWritten {
        /// Who waited.
        ticket: Ticket,
        /// What was written.
        saved: Result<EnvSaved, Box<Diagnosis>>,
    },
    /// A change was taken back, or not.
    EnvUndone {
        /// Who waited.
        ticket: Ticket,
        /// What happened.
        outcome: Result<Said, Box<Diagnosis>>,
    },
    /// What mends a finding, to look at.
    CureReviewed {
        /// Who waited.
        ticket: Ticket,
        /// The change.
        review: Result<Box<CureReview>, Box<Diagnosis>>,
    },
    /// A finding was mended, or not.
    CureApplied {
        /// Who waited.
        ticket: Ticket,
        /// What was done.
        outcome: Result<Said, Box<Diagnosis>>,
    },
    /// Where the keys stand, and which program reads which.
    WinnersFound {
        /// Who waited.
        ticket: Ticket,
        /// What was found.
        table: Box<KeyTable>,
    },
    /// A stage of the test began or ended.
    Staged {
        /// Who waits.
        ticket: Ticket,
        /// The stage.
        stage: Box<Stage>,
    },
    /// The test is over.
    TestEnded {
        /// Who waited.
        ticket: Ticket,
    },
    /// A second of a countdown has passed.
    Counted {
        /// Who waits.
        ticket: Ticket,
        /// How many seconds are left; 0: it is over.
        left: u64,
    },
    /// The time that was waited for has come.
    Waited {
        /// Who waited.
        ticket: Ticket,
    },
    /// What there is to tell about spend.
    UsageLearned {
        /// Who waited.
        ticket: Ticket,
        /// What was learned.
        told: Box<UsageTold>,
    },
    /// The server's list of models, or why there is none.
    ModelsListed(Result<Arc<Known<Vec<ModelCard>>>, Box<Diagnosis>>),
    /// Everything about one model.
    ModelShown {
        /// Who waited.
        ticket: Ticket,
        /// The model, or why it is not told.
        shown: Result<ModelShown, Box<Diagnosis>>,
    },
    /// A question is ready to be asked.
    Composed {
        /// Who waited.
        ticket: Ticket,
        /// The question.
        composed: Box<Composed>,
    },
    /// The files round here.
    FilesListed {
        /// Who waited.
        ticket: Ticket,
        /// The files.
        files: Arc<FileNames>,
    },
    /// Pictures and documents of earlier questions.
    ReadAgain {
        /// Who waited.
        ticket: Ticket,
        /// What could be read, and what not.
        again: ReadAgain,
    },
    /// Conversations that are kept, the latest first.
    TalksListed {
        /// Who waited.
        ticket: Ticket,
        /// The conversations.
        kept: Result<Vec<Kept>, Box<Diagnosis>>,
    },
    /// A kept conversation.
    TalkLoaded {
        /// Who waited.
        ticket: Ticket,
        /// The conversation; `None` where it is gone.
        talk: Result<Option<Box<Conversation>>, Box<Diagnosis>>,
    },
    /// A conversation is kept from here on.
    TalkBegun {
        /// The name the chat gave it.
        talk: String,
        /// Its id in the archive.
        kept: String,
    },
    /// A kept conversation was deleted, or not.
    TalkDeleted {
        /// Who waited.
        ticket: Ticket,
        /// Why not.
        outcome: Result<(), Box<Diagnosis>>,
    },
    /// What code would change.
    CodeReviewed {
        /// Who waited.
        ticket: Ticket,
        /// The change.
        review: Result<Box<CodeReview>, Box<Diagnosis>>,
    },
    /// Code was written, or not.
    CodeWritten {
        /// Who waited.
        ticket: Ticket,
        /// What was written.
        saved: Result<CodeSaved, Box<Diagnosis>>,
    },
    /// The templates of questions, the person's own first; and what is wrong with files that are none.
    TemplatesListed {
        /// Who waited.
        ticket: Ticket,
        /// The templates.
        templates: Vec<Listed>,
        /// The troubles.
        troubles: Vec<Said>,
    },
    /// A template is filled, or why it is not.
    TemplateFilled {
        /// Who waited.
        ticket: Ticket,
        /// The question.
        filled: Result<Filled, Said>,
    },
    /// A piece of an answer came.
    Spoken {
        /// Who waits.
        ticket: Ticket,
        /// The piece.
        delta: Delta,
    },
    /// An answer ended.
    SpokenOut {
        /// Who waited.
        ticket: Ticket,
        /// How.
        ended: TalkEnded,
    },
    /// The name of the file that figures were written to.
    UsageExported(Result<CleanText, Box<Diagnosis>>),
    /// Requests of the ledger.
    LedgerTold {
        /// Who waited.
        ticket: Ticket,
        /// The requests, the latest first.
        requests: Result<Vec<Recorded>, Box<Diagnosis>>,
    },
    /// A page was opened in the browser, or could not be.
    PageOpened {
        /// The page.
        page: Page,
        /// A browser took it.
        opened: bool,
    },
    /// The sandbox answers from here on.
    SandboxStarted {
        /// Its base URL, or why it could not start.
        base_url: Result<String, Box<Diagnosis>>,
    },
    /// The person's own editor has ended.
    Edited {
        /// Who waited.
        ticket: Ticket,
        /// The text as it left the editor, or why there is none.
        outcome: Result<String, Said>,
    },
    /// Text is on the clipboard.
    Copied,
    /// The ledger is in trouble; requests go on.
    LedgerTrouble(Said),
}

/// What was found round here.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Surroundings {
    /// The base URL that is set here, where it can be used.
    pub server: Option<String>,
    /// OpenRouter keys, the one that a program would read first.
    pub keys: Vec<Sighting>,
    /// Keys of OpenAI, the fallback.
    pub openai_keys: Vec<Sighting>,
    /// Files that could not be read, in words.
    pub troubles: Vec<Said>,
    /// The files a key could go into, the recommended one first.
    pub env_files: Vec<EnvTarget>,
    /// The project's name.
    pub project: String,
    /// What is remembered of this project.
    pub memory: Memory,
}

/// What the wizard remembers of a project. What facts can prove is never taken from here.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Memory {
    /// The names of the steps that were skipped.
    pub skipped: Vec<String>,
    /// The step the person was at.
    pub at: Option<String>,
    /// The model the person chose for this project.
    pub model: Option<String>,
    /// The person's rules for models in this project.
    pub rules: Option<String>,
    /// The steps whose page was confirmed, where no fact can prove them.
    pub confirmed: Vec<String>,
}

/// Everything that can happen to the app.
#[derive(Debug)]
#[expect(
    clippy::large_enum_variant,
    reason = "events are handled one at a time; a box would save nothing"
)]
pub enum Event {
    /// A key was pressed.
    Press(Chord),
    /// The mouse was clicked at this column and row.
    Click(u16, u16),
    /// The mouse moved to this column and row with its button down.
    Drag(u16, u16),
    /// The button of the mouse went up.
    Release,
    /// An action was named by its chord: it is never typed into a field.
    Act(Chord),
    /// A choice of the page was named by its number, from 0.
    Choose(usize),
    /// The wheel was turned; positive is down.
    Wheel(i16),
    /// Text was pasted, whole.
    Paste(String),
    /// A line was typed, where lines are all there is.
    Line(String),
    /// The window got the keyboard, or lost it; terminals that do not tell never send this.
    Focus(bool),
    /// The window has this many columns and rows now.
    Resized(u16, u16),
    /// The world answered.
    Reply(Reply),
}
