//! What the usage screen asks of the world, and what it is told.

use std::path::PathBuf;

use jiff::Timestamp;
use jiff::civil::Date;

use crate::domain::budget::BudgetFigures;
use crate::domain::diagnosis::Diagnosis;
use crate::domain::figures::{DayFigures, Gathered, Known};
use crate::domain::model_card::ModelCard;
use crate::domain::secret::Secret;
use crate::insight::alerts::Alert;
use crate::insight::outlook::Outlook;
use crate::text::Lang;

/// How many UTC days of the ledger are told, today included.
pub const LEDGER_DAYS: i64 = 90;

/// At most so many requests of the ledger are shown in one list.
pub const MOST_REQUESTS: usize = 500;

/// Whose figures are meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// The key in use; `None`: the one that is found here, if any.
    pub key: Option<Secret>,
    /// The server's base URL.
    pub server: String,
}

/// Everything there is to tell about spend at one time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UsageTold {
    /// When.
    pub at: Timestamp,
    /// Whose they are: the server's base URL and the key's hash; `None` where nobody could be asked.
    pub of: Option<(String, Option<String>)>,
    /// The server is still being asked: some of its figures are those that were learned another time, or
    /// missing.
    pub is_unfinished: bool,
    /// The server's figures, and what became of asking for them.
    pub gathered: Gathered,
    /// What they mean.
    pub outlook: Outlook,
    /// What this program asked of the server, by its own ledger; [`LEDGER_DAYS`] days.
    pub local: Result<Vec<DayFigures>, Box<Diagnosis>>,
    /// How many of this program's requests have a cost or an end that is not known yet.
    pub open_requests: u64,
    /// The person's own budget for this program and what stands against it; `None` where none is set.
    pub budget: Option<BudgetFigures>,
    /// Where a damaged ledger was moved to: what it held is not in `local`.
    pub set_aside: Option<PathBuf>,
    /// The server's list of models, as it was learned last.
    pub models: Option<Known<Vec<ModelCard>>>,
    /// The alerts that were not told before.
    pub crossed: Vec<Alert>,
}

/// What this program itself asked of a server, by its ledger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnUsage {
    /// As in [`UsageTold`]; so the others.
    pub local: Result<Vec<DayFigures>, Box<Diagnosis>>,
    /// How many requests may still be told a cost or an end.
    pub open_requests: u64,
    /// The budget.
    pub budget: Option<BudgetFigures>,
    /// Where a damaged ledger was moved to.
    pub set_aside: Option<PathBuf>,
}

/// Figures on their way into a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Export {
    /// In which form.
    pub form: ExportForm,
    /// The server's scheme, host and port.
    pub server: String,
    /// Nothing of it is real.
    pub is_simulated: bool,
    /// The first UTC day.
    pub first: Date,
    /// In whose words.
    pub lang: Lang,
    /// The figures, as they stand on the screen.
    pub told: UsageTold,
}

/// A form of figures in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExportForm {
    /// As `onramp usage --csv`.
    Csv,
    /// As `onramp usage --json`.
    Json,
}

/// Which requests of the ledger are asked for; all of one server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LedgerQuestion {
    /// The latest.
    Latest,
    /// Those of a UTC day, of one model or provider or of all.
    OfDay {
        /// The day.
        day: Date,
        /// The model.
        model: Option<String>,
        /// The provider; `Some(None)`: one that nobody named.
        provider: Option<Option<String>>,
    },
    /// Those whose model, provider, project or generation id holds a text.
    Containing(String),
}
