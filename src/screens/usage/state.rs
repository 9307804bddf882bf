//! What the usage screen remembers.

use jiff::civil::Date;
use jiff::tz::Offset;
use jiff::{Timestamp, ToSpan};

use super::looking::Looking;
use super::place::{Narrowed, Place, Range, Source, View};
use super::prices::Priced;
use crate::domain::diagnosis::Diagnosis;
use crate::domain::figures::{DayFigures, Source as Teller};
use crate::domain::money::Usd;
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
    /// How many times something was learned.
    pub(super) learned: u64,
    /// The table of prices as it was drawn last: a thousand rows are not put into words anew for each key.
    pub(super) priced: Option<Box<Priced>>,
}

/// Who tells the days on show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Telling {
    pub(super) source: Teller,
    /// When it told them.
    pub(super) as_of: Timestamp,
    /// The first day it tells.
    pub(super) first: Date,
    /// The last completed day it tells, or today.
    pub(super) last: Date,
    /// The analytics tell today as well.
    pub(super) has_today: bool,
}

impl Telling {
    /// The day is told: without a row it cost nothing.
    pub(super) fn holds(&self, day: Date, today: Date) -> bool {
        (self.first <= day && day <= self.last) || (self.has_today && day == today)
    }
}

fn day_of(moment: Timestamp) -> Date {
    Offset::UTC.to_datetime(moment).date()
}

fn day_before(day: Date) -> Date {
    day.saturating_sub(1.day())
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
            learned: 0,
            priced: None,
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
        let rows: Vec<&DayFigures> = match (self.source(), self.key()) {
            (Source::Ledger, _) => told.local.as_ref().ok()?.iter().collect(),
            (Source::Account, None) => {
                let days = figures.days_back_to(first)?.days;
                let running = figures.rows_of_today(told.at).unwrap_or_default();
                days.iter().chain(running).collect()
            }
            (Source::Account, Some(hash)) => {
                let days = figures.key_days_back_to(hash, first)?.days;
                let running = figures.key_rows_of_today(hash, told.at);
                days.iter().chain(running.unwrap_or_default()).collect()
            }
        };
        let within = rows.into_iter();
        Some(
            within
                .filter(|row| row.date >= first && row.date <= today)
                .collect(),
        )
    }

    /// The key that the rows are narrowed to. The ledger does not tell keys apart.
    pub(super) fn key(&self) -> Option<&str> {
        let key = self.place.narrowed.key.as_deref();
        key.filter(|_| self.source() == Source::Account)
    }

    /// What the account's running day has cost so far, where only that is told and not on what.
    pub(super) fn sum_of_today(&self) -> Option<(Date, Usd)> {
        let told = self.told.as_ref()?;
        let figures = &told.gathered.figures;
        if self.source() != Source::Account || figures.rows_of_today(told.at).is_some() {
            return None;
        }
        let (spent, teller) = figures.spent_today(told.at)?;
        let is_of_account = teller == Teller::Keys && !spent.value.is_zero();
        is_of_account.then_some((self.today()?, spent.value))
    }

    /// The same where it belongs to the rows on show.
    pub(super) fn sum_on_show(&self) -> Option<(Date, Usd)> {
        let is_whole = self.place.narrowed == Narrowed::default();
        self.sum_of_today().filter(|_| is_whole)
    }

    /// Who tells the days on show, and which of them; `None` where nobody does.
    pub(super) fn telling(&self) -> Option<Telling> {
        let told = self.told.as_ref()?;
        let figures = &told.gathered.figures;
        let today = self.today()?;
        let completed = |source, as_of, first| Telling {
            source,
            as_of,
            first,
            last: day_before(day_of(as_of)).min(day_before(today)),
            has_today: false,
        };
        match (self.source(), self.key()) {
            (Source::Ledger, _) => Some(Telling {
                source: Teller::Ledger,
                as_of: told.at,
                first: Date::MIN,
                last: today,
                has_today: true,
            }),
            (Source::Account, key) => {
                let first = self.range.first(today);
                let (days, running) = match key {
                    Some(hash) => (
                        figures.key_days_back_to(hash, first)?,
                        figures.key_rows_of_today(hash, told.at),
                    ),
                    None => (figures.days_back_to(first)?, figures.rows_of_today(told.at)),
                };
                Some(Telling {
                    has_today: running.is_some(),
                    ..completed(days.source, days.as_of, days.first)
                })
            }
        }
    }

    /// None of the days on show is told: what is known was learned before them.
    pub(super) fn knows_none_of_range(&self) -> bool {
        let (Some(today), Some(telling)) = (self.today(), self.telling()) else {
            return false;
        };
        let is_old = day_of(telling.as_of) < today;
        is_old && !telling.has_today && telling.last < self.range.first(today)
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
        let Narrowed {
            day,
            model,
            provider,
            ..
        } = &self.place.narrowed;
        let sought = self.sought();
        match day {
            Some(day) => LedgerQuestion::OfDay {
                day: *day,
                model: model.clone(),
                provider: provider.as_ref().map(|host| host.0.clone()),
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
