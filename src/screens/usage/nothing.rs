//! Why a table of days or keys has no rows: nothing was spent, or nobody tells what was.

use jiff::civil::Date;

use super::place::{Narrowed, Source, View};
use super::state::Usage;
use super::words;
use crate::domain::diagnosis::Diagnosis;
use crate::domain::figures::Untold;
use crate::flow::usage::UsageTold;
use crate::text::{Phrase, Said};

impl Usage {
    /// Why there are no rows made of days. That nothing was spent is said only of days that somebody told.
    pub(super) fn no_days(&self) -> Said {
        let Some(told) = self.told.as_deref() else {
            return words::LOADING.into();
        };
        match (self.source(), self.rows_of(self.range)) {
            (Source::Ledger, _) => match &told.local {
                Ok(_) => self.nothing_of_ledger(told),
                Err(trouble) => of_ledger_trouble(trouble),
            },
            (Source::Account, None) => self.untold_days(told).into(),
            (Source::Account, Some(_)) => self.nothing_spent(),
        }
    }

    /// Why the account's keys are not there.
    pub(super) fn no_keys(&self) -> Phrase {
        let untold = self.told.as_deref().map(why_untold);
        untold
            .unwrap_or(Some(words::LOADING))
            .unwrap_or(words::KEYS_UNKNOWN)
    }

    fn untold_days(&self, told: &UsageTold) -> Phrase {
        match why_untold(told) {
            Some(words) => words,
            None if self.key().is_some() => words::NO_DAYS_BY_KEY,
            None => words::SPEND_UNKNOWN,
        }
    }

    fn nothing_of_ledger(&self, told: &UsageTold) -> Said {
        let nothing = if self.is_narrowed() {
            words::NOT_IN_LEDGER
        } else {
            words::LEDGER_EMPTY
        };
        let is_account_told = told.gathered.figures.days_back_to(Date::MAX).is_some();
        if is_account_told {
            return nothing.into();
        }
        match why_untold(told) {
            Some(words) if words == words::LOADING => Said::from(nothing).then(words::SPEND_ASKED),
            // The account's card says it.
            Some(_) => nothing.into(),
            None => Said::from(nothing).then(words::SPEND_UNKNOWN),
        }
    }

    /// The account told its days, and no row is among them.
    fn nothing_spent(&self) -> Said {
        let (Some(today), Some(telling)) = (self.today(), self.telling()) else {
            return words::SPEND_UNKNOWN.into();
        };
        let day = self.place.narrowed.day;
        let is_of_today = self.range.days() == 1 || day == Some(today);
        if is_of_today && self.sum_of_today().is_some() {
            return words::ONLY_THE_SUM.into();
        }
        if self.knows_none_of_range() || day.is_some_and(|day| !telling.holds(day, today)) {
            return words::UNKNOWN_DAYS.into();
        }
        if self.range.days() == 1 && !telling.has_today {
            return words::TODAY_UNTOLD.into();
        }
        if self.is_narrowed() {
            return words::NOTHING_ON_THAT.into();
        }
        if telling.has_today {
            return words::NOTHING_SPENT.into();
        }
        Said::new(words::NOTHING_SPENT_UNTIL, &[&telling.last])
    }

    fn is_narrowed(&self) -> bool {
        self.place.narrowed != Narrowed::default() && self.place.view != View::Keys
    }
}

/// What a ledger that cannot be read comes to, and what to do.
pub(super) fn of_ledger_trouble(trouble: &Diagnosis) -> Said {
    const SAID: Phrase = Phrase::new("{}. {} → {}", "{}。{} → {}");
    let fix = trouble.fixes.first().map(|fix| fix.words.clone());
    let parts = [
        trouble.title.clone(),
        trouble.cause.clone(),
        fix.unwrap_or_else(|| words::SHOW_TROUBLE.into()),
    ];
    Said::joined(SAID, &parts)
}

/// Why the account's figures are not there although nothing went wrong, or while they are still asked for.
fn why_untold(told: &UsageTold) -> Option<Phrase> {
    let untold = &told.gathered.untold;
    if untold.contains(&Untold::NotOpenRouter) {
        Some(words::NO_ACCOUNT)
    } else if untold.contains(&Untold::NeedsManagementKey) {
        Some(words::NEEDS_MANAGEMENT)
    } else if told.is_unfinished {
        Some(words::LOADING)
    } else {
        None
    }
}
