//! What the usage screen remembers.

use jiff::civil::Date;
use jiff::tz::Offset;

use super::looking::Looking;
use super::place::{Narrowed, Place, Range, Source, View};
use crate::domain::diagnosis::Diagnosis;
use crate::domain::figures::{DayFigures, Source as Teller};
use crate::domain::spend::Recorded;
use crate::flow::Ticket;
use crate::flow::step::Tickets;
use crate::flow::usage::{LedgerQuestion, UsageTold};
use crate::ui::editor::Field;

/// Figures: what is left, what was spent, and on what.
#[derive(Debug)]
pub struct Usage {
    pub(super) tickets: Tickets,
    /// What was learned last.
    pub(super) told: Option<Box<UsageTold>>,
    pub(super) looking: Looking,
    pub(super) place: Place,
    /// The places one came from, the last one last.
    pub(super) trail: Vec<Place>,
    pub(super) range: Range,
    /// `None`: the account's where it is told, else the ledger's.
    pub(super) source: Option<Source>,
    /// What is looked for, while it is.
    pub(super) search: Option<Field>,
    /// What is typed goes into the search.
    pub(super) is_searching: bool,
    pub(super) requests: Requests,
}

/// Requests of the ledger on show.
#[derive(Debug, Default)]
pub(super) struct Requests {
    /// What was asked.
    pub(super) asked: Option<(Ticket, LedgerQuestion)>,
    /// What came.
    pub(super) found: Option<Result<Vec<Recorded>, Box<Diagnosis>>>,
}

impl Default for Usage {
    fn default() -> Self {
        Self {
            tickets: Tickets::starting_at(1_000_000),
            told: None,
            looking: Looking::default(),
            place: Place::default(),
            trail: Vec::new(),
            range: Range::default(),
            source: None,
            search: None,
            is_searching: false,
            requests: Requests::default(),
        }
    }
}

impl Usage {
    /// The UTC day of what was learned last.
    pub(super) fn today(&self) -> Option<Date> {
        let told = self.told.as_ref()?;
        Some(Offset::UTC.to_datetime(told.at).date())
    }

    /// Whose figures stand below.
    pub(super) fn source(&self) -> Source {
        let is_told = self
            .told
            .as_ref()
            .is_some_and(|told| told.gathered.figures.days_back_to(Date::MAX).is_some());
        self.source.unwrap_or(if is_told {
            Source::Account
        } else {
            Source::Ledger
        })
    }

    /// The rows of so many days, today the last; `None` where nobody told them.
    pub(super) fn rows_of(&self, range: Range) -> Option<Vec<&DayFigures>> {
        let told = self.told.as_ref()?;
        let today = self.today()?;
        let first = range.first(today);
        let figures = &told.gathered.figures;
        let rows: Vec<&DayFigures> = match (self.source(), &self.place.narrowed.key) {
            (Source::Ledger, _) => told.local.as_ref().ok()?.iter().collect(),
            (Source::Account, None) => {
                let days = figures.days_back_to(first)?.days;
                let running = figures.rows_of_today(told.at).unwrap_or_default();
                days.iter().chain(running).collect()
            }
            (Source::Account, Some(hash)) => {
                let keys = &figures.key_days.as_ref()?.value;
                let key = keys.iter().find(|days| days.hash == *hash)?;
                key.days.iter().collect()
            }
        };
        let within = rows.into_iter();
        Some(
            within
                .filter(|row| row.date >= first && row.date <= today)
                .collect(),
        )
    }

    /// Who tells the account's days on show.
    pub(super) fn teller(&self) -> Option<Teller> {
        let told = self.told.as_ref()?;
        let figures = &told.gathered.figures;
        let days = figures.days_back_to(self.range.first(self.today()?))?;
        Some(days.source)
    }

    /// The rows of the days on show that the narrowing leaves.
    pub(super) fn rows(&self) -> Vec<&DayFigures> {
        let rows = self.rows_of(self.range).unwrap_or_default().into_iter();
        rows.filter(|row| self.place.narrowed.holds(row)).collect()
    }

    /// What the search looks for, in lower case; empty: everything.
    pub(super) fn sought(&self) -> String {
        let text = self.search.as_ref().map(Field::text);
        text.unwrap_or_default().trim().to_lowercase()
    }

    /// Which requests belong here.
    pub(super) fn question(&self) -> LedgerQuestion {
        let Narrowed { day, model, .. } = &self.place.narrowed;
        let sought = self.sought();
        match day {
            Some(day) => LedgerQuestion::OfDay {
                day: *day,
                model: model.clone(),
            },
            None if !sought.is_empty() => LedgerQuestion::Containing(sought),
            None => match model {
                Some(model) => LedgerQuestion::Containing(model.clone()),
                None => LedgerQuestion::Latest,
            },
        }
    }

    /// Goes to a place, remembering this one.
    pub(super) fn open(&mut self, view: View, narrowed: Narrowed) {
        let next = Place {
            view,
            narrowed,
            chosen: 0,
        };
        let left = std::mem::replace(&mut self.place, next);
        self.trail.push(left);
        self.search = None;
        self.is_searching = false;
    }

    /// Shows another table, from its beginning and not narrowed.
    pub(super) fn show(&mut self, view: View) {
        self.place = Place {
            view,
            ..Place::default()
        };
        self.trail.clear();
        self.search = None;
        self.is_searching = false;
    }
}
