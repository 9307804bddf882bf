//! What a month of the person's own use comes to in tokens.

use jiff::ToSpan;
use jiff::civil::Date;
use jiff::tz::Offset;

use super::ranking;
use super::span::Span;
use super::tokens::Tokens;
use crate::domain::figures::{DayFigures, Figures, Source, Told};
use crate::domain::spend::Used;

/// The days that count, at most.
const DAYS: i64 = 30;
/// A ledger that is younger counts as so many days old: one busy day is no month.
const FEWEST_LEDGER_DAYS: i64 = 7;

/// A month like the last days.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnMonth {
    /// What it comes to.
    pub tokens: Tokens,
    /// The days it was reckoned from, UTC.
    pub span: Span,
    /// Who told them: the activity, the analytics or the ledger.
    pub source: Source,
    /// The models that were used, the dearest first.
    pub models: Vec<String>,
}

impl OwnMonth {
    /// By the account's completed days as they were told; `None` where nothing was used.
    pub fn of_account(figures: &Figures) -> Option<Self> {
        let told = figures
            .days_with_cache()
            .or(figures.days_back_to(Date::MAX));
        Self::of_told(&told?)
    }

    fn of_told(told: &Told<'_>) -> Option<Self> {
        let end = Offset::UTC.to_datetime(told.as_of).date();
        let first = told.first.max(end.saturating_sub(DAYS.days()));
        let span = Span::new(first, end.saturating_sub(1.day()));
        month(told.days, span, told.source)
    }

    /// By what this program asked itself since its first day, today included; `None` where that is nothing.
    pub fn of_ledger(rows: &[DayFigures], first_day: Date, today: Date) -> Option<Self> {
        month(
            rows,
            Self::of_ledger_since(first_day, today),
            Source::Ledger,
        )
    }

    /// The days that a ledger which began on a day tells of, today the last: seven of them at least, with none used
    /// before it began.
    pub fn of_ledger_since(first_day: Date, today: Date) -> Span {
        let latest = today.saturating_sub((FEWEST_LEDGER_DAYS - 1).days());
        Span::new(first_day.clamp(Self::first_in_ledger(today), latest), today)
    }

    /// The first day of the ledger that counts, at the earliest.
    pub fn first_in_ledger(today: Date) -> Date {
        today.saturating_sub((DAYS - 1).days())
    }
}

fn month(rows: &[DayFigures], span: Span, source: Source) -> Option<OwnMonth> {
    let within = || rows.iter().filter(|row| span.holds(row.date));
    let used: Used = within().map(DayFigures::used).sum();
    let models = ranking::by_model(within()).into_iter();
    (used.requests > 0).then(|| OwnMonth {
        tokens: Tokens::a_month(&used, span),
        span,
        source,
        models: models.map(|(model, _)| model.to_owned()).collect(),
    })
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::domain::money::Usd;

    fn row(date: Date, model: &str, cents: i64) -> DayFigures {
        DayFigures {
            date,
            model: model.into(),
            provider: None,
            requests: 1,
            prompt_tokens: 1_000,
            completion_tokens: 100,
            reasoning_tokens: 0,
            cached_tokens: 200,
            cost_usd: Usd::from_cents(cents),
            byok_usd: Usd::ZERO,
        }
    }

    fn told(days: &[DayFigures], first: Date) -> Told<'_> {
        Told {
            as_of: "2026-11-25T12:00:00Z".parse().unwrap(),
            source: Source::Analytics,
            first,
            days,
        }
    }

    #[test]
    fn the_last_thirty_days_make_a_month_and_earlier_ones_do_not_count() {
        let days = [
            row(date(2026, 10, 25), "a/old", 900),
            row(date(2026, 10, 26), "a/cheap", 1),
            row(date(2026, 11, 24), "a/dear", 9),
        ];
        let month = OwnMonth::of_told(&told(&days, date(2026, 8, 27))).unwrap();
        assert_eq!(month.span.days(), 30);
        assert_eq!(month.models, ["a/dear", "a/cheap"]);
        let tokens = Tokens {
            requests: 2,
            prompt: 2_000,
            cached: 400,
            completion: 200,
        };
        assert_eq!(month.tokens, tokens);
        // Ten known days are a third of it.
        let month = OwnMonth::of_told(&told(&days[2..], date(2026, 11, 15))).unwrap();
        assert_eq!((month.span.days(), month.tokens.requests), (10, 3));
        assert_eq!(OwnMonth::of_told(&told(&[], date(2026, 8, 27))), None);
    }

    #[test]
    fn a_ledger_of_one_busy_day_is_no_month_of_such_days() {
        let today = date(2026, 11, 25);
        let days = [row(today, "a/dear", 9)];
        let month = OwnMonth::of_ledger(&days, today, today).unwrap();
        assert_eq!((month.span.days(), month.tokens.requests), (7, 4));
        let older = OwnMonth::of_ledger(&days, date(2026, 11, 1), today).unwrap();
        assert_eq!((older.span.days(), older.tokens.requests), (25, 1));
    }
}
