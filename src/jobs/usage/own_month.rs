//! What a month of the person's own use comes to in tokens: by the account's completed days as they were
//! learned last, else by this program's own ledger. Nobody is asked.

use jiff::tz::Offset;
use jiff::{Timestamp, ToSpan};

use super::kept;
use crate::domain::figures::{DayFigures, Source, Told};
use crate::domain::spend::Used;
use crate::domain::symptom::FileTrouble;
use crate::insight::ranking;
use crate::insight::span::Span;
use crate::insight::tokens::Tokens;
use crate::jobs::access::Access;
use crate::jobs::scene::Scene;
use crate::ledger::Ledger;

/// The days that count, at most.
const DAYS: i64 = 30;

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

/// The person's own month on this server; `None` where nothing was used.
///
/// # Errors
/// The ledger cannot be read.
pub fn own_month(
    scene: &Scene,
    access: &Access,
    now: Timestamp,
) -> Result<Option<OwnMonth>, FileTrouble> {
    let figures = kept(scene, access).unwrap_or_default();
    let told = figures
        .days_with_cache()
        .or(figures.days_back_to(jiff::civil::Date::MAX));
    if let Some(month) = told.and_then(|told| of_account(&told)) {
        return Ok(Some(month));
    }
    of_ledger(scene, access, now)
}

fn of_account(told: &Told<'_>) -> Option<OwnMonth> {
    let end = Offset::UTC.to_datetime(told.as_of).date();
    let first = told.first.max(end.saturating_sub(DAYS.days()));
    let span = Span::new(first, end.saturating_sub(1.day()));
    month(told.days, span, told.source)
}

fn of_ledger(
    scene: &Scene,
    access: &Access,
    now: Timestamp,
) -> Result<Option<OwnMonth>, FileTrouble> {
    let ledger = Ledger::open(&scene.paths.state)?.ledger;
    let server = scene.name_in_ledger(&access.server);
    let Some(first) = ledger.first_day(&server)? else {
        return Ok(None);
    };
    let today = Offset::UTC.to_datetime(now).date();
    let first = first.max(today.saturating_sub((DAYS - 1).days()));
    let rows = ledger.days(&server, first, today)?;
    let rows: Vec<DayFigures> = rows.iter().map(DayFigures::from).collect();
    Ok(month(&rows, Span::new(first, today), Source::Ledger))
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
    use jiff::civil::{Date, date};

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
        let month = of_account(&told(&days, date(2026, 8, 27))).unwrap();
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
        let month = of_account(&told(&days[2..], date(2026, 11, 15))).unwrap();
        assert_eq!((month.span.days(), month.tokens.requests), (10, 3));
        assert_eq!(of_account(&told(&[], date(2026, 8, 27))), None);
    }
}
