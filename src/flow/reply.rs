//! What the world may answer.

use super::attach::{FileNames, ReadAgain};
use super::code_out::{CodeReview, CodeSaved};
use super::effect::Ticket;
use super::env::{CureReview, EnvReview, EnvSaved};
use super::keys::{KeyDone, KeyRing};
use super::models::ModelShown;
use super::rotation::RotationTold;
use super::surroundings::Surroundings;
use super::talk::{Bill, Composed, TalkEnded};
use super::usage::{OwnUsage, UsageTold};
use crate::domain::account::KeyFacts;
use crate::domain::chat::Delta;
use crate::domain::clean_text::CleanText;
use crate::domain::conversation::Conversation;
use crate::domain::diagnosis::Diagnosis;
use crate::domain::figures::Known;
use crate::domain::kept::Kept;
use crate::domain::key_table::KeyTable;
use crate::domain::leak::TreeLook;
use crate::domain::model_card::ModelCard;
use crate::domain::page::Page;
use crate::domain::secret::Secret;
use crate::domain::sighting::Place;
use crate::domain::spend::Recorded;
use crate::domain::stage::Stage;
use crate::domain::template::{Filled, Listed};
use crate::text::Said;
use std::sync::Arc;

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
    /// What a server on this machine says of its answers.
    ServerHeard {
        /// The server's base URL.
        server: String,
        /// They are simulated.
        says_simulated: bool,
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
        kept: Option<Place>,
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
    /// What this program asked, and its budget.
    OwnUsageSummed {
        /// Who waited.
        ticket: Ticket,
        /// It.
        own: Box<OwnUsage>,
    },
    /// What there is to tell about spend.
    UsageLearned {
        /// Who waited.
        ticket: Ticket,
        /// What was learned.
        told: Box<UsageTold>,
    },
    /// The account's keys.
    KeysListed {
        /// Who waited.
        ticket: Ticket,
        /// They, or why they are not told.
        ring: Result<Box<KeyRing>, Box<Diagnosis>>,
    },
    /// What was to be done about a key was done, or not.
    KeyDealtWith {
        /// Who waited.
        ticket: Ticket,
        /// What was done.
        done: Result<KeyDone, Box<Diagnosis>>,
    },
    /// What is told of a rotation.
    RotationTold {
        /// Who waited, or waits on.
        ticket: Ticket,
        /// What.
        told: RotationTold,
    },
    /// A server's list of models.
    ModelsListed {
        /// The address that was asked.
        server: String,
        /// The list, or why there is none.
        listed: Result<Arc<Known<Vec<ModelCard>>>, Box<Diagnosis>>,
    },
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
    /// How many tokens the last answers of models took, by the names of the models.
    LengthsTold {
        /// Who waited.
        ticket: Ticket,
        /// The answers of each, the latest first; none of a model that did not answer yet.
        lengths: Vec<(String, Vec<u64>)>,
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
    /// What was asked in this project lately, the last one last.
    QuestionsRecalled {
        /// Who waited.
        ticket: Ticket,
        /// The questions, as they were typed.
        questions: Vec<String>,
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
    /// What a server says of the cost of an answer.
    BillTold {
        /// Who waited.
        ticket: Ticket,
        /// What it says.
        bill: Bill,
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
    Copied {
        /// How many control and invisible characters are in it.
        unseen: usize,
    },
    /// No clipboard took the text: there is no terminal, and no program for it.
    NotCopied,
    /// The ledger is in trouble; requests go on.
    LedgerTrouble(Said),
}
