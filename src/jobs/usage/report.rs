//! The figures as JSON: what scripts read, a contract. Each part is null where it is not known; members
//! may be added.

mod of_keys;

use jiff::Timestamp;
use jiff::civil::Date;
use serde::Serialize;

use self::of_keys::{AccountKeyJson, KeyJson};
use crate::domain::budget::{Budget, BudgetFigures, SpentHere};
use crate::domain::clean_text::CleanText;
use crate::domain::figures::{AccountFigures, DayFigures, Figures, KeyDays, Source, Told};
use crate::domain::money::Usd;
use crate::domain::spend::Used;
use crate::insight::alerts::Alert;
use crate::insight::forecast::Forecast;
use crate::insight::month::Month;
use crate::insight::outlook::Outlook;
use crate::insight::review::Review;
use crate::text::Lang;

/// What is shown, in whichever form: the same figures in each.
#[derive(Clone, Copy, Debug)]
pub struct Shown<'a> {
    /// The server's scheme, host and port.
    pub server: &'a str,
    /// A sandbox tells them, within this program or beside it: no figure is real.
    pub is_simulated: bool,
    /// Of the days that were asked for.
    pub figures: &'a Figures,
    /// The first of these days, UTC.
    pub first: Date,
    /// The account's completed days.
    pub days: Option<Told<'a>>,
    /// Its running day, by model.
    pub today: Option<&'a [DayFigures]>,
    /// What this program asked; `None`: its ledger cannot be read.
    pub local: Option<&'a [DayFigures]>,
    /// How many of these requests have no cost or no end yet.
    pub open_requests: Option<u64>,
    /// The person's own budget; `None` where none is set.
    pub budget: Option<BudgetFigures>,
    /// What it means.
    pub outlook: &'a Outlook,
    /// When it was put together.
    pub now: Timestamp,
}

impl<'a> Shown<'a> {
    /// The completed days of a key, those that were asked for.
    pub fn days_of(&self, key: &'a KeyDays) -> &'a [DayFigures] {
        let told = self.figures.key_days_back_to(&key.hash, self.first);
        told.map_or(&key.days, |told| told.days)
    }

    /// Who tells the days of the keys; `None` where nobody does.
    pub fn teller_of_keys(&self) -> Option<Source> {
        let keys = &self.figures.key_days.as_ref()?.value;
        let mut told = keys
            .iter()
            .filter_map(|key| self.figures.key_days_back_to(&key.hash, self.first));
        Some(told.next().map_or(Source::Activity, |told| told.source))
    }
}

/// Everything.
#[derive(Serialize)]
pub struct Report<'a> {
    as_of: Timestamp,
    /// Who was asked.
    server: &'a str,
    /// Nothing in here is real money.
    simulated: bool,
    key: Option<KeyJson<'a>>,
    account: Option<&'a AccountFigures>,
    /// The account's completed days, all from one source.
    daily: Option<&'a [DayFigures]>,
    /// The account's running day, which is not among them.
    today: Option<TodayJson<'a>>,
    keys: Option<Vec<AccountKeyJson<'a>>>,
    /// The completed days key by key; the same money as in `daily`.
    by_key: Option<Vec<ByKeyJson<'a>>>,
    /// What this program asked; the same money again. Null where its ledger cannot be read.
    local: Option<&'a [DayFigures]>,
    /// Of these, requests whose cost or end is not known yet.
    local_open: Option<u64>,
    /// The person's own budget for this program; null where none is set.
    budget: Option<BudgetJson>,
    /// When the account's credits run out.
    forecast: Option<ForecastJson>,
    /// When the limit of the key in use runs out.
    limit_forecast: Option<ForecastJson>,
    month: Option<MonthJson>,
    review: Option<ReviewJson<'a>>,
    alerts: Vec<AgedAlertJson>,
    /// Who told each part.
    sources: Sources,
    /// When each part was learned: a part may be older than `as_of`.
    ages: Ages,
}

impl<'a> Report<'a> {
    /// The figures in this language's words.
    pub fn of(shown: &'a Shown<'_>, lang: Lang) -> Self {
        let figures = shown.figures;
        let outlook = shown.outlook;
        let learned = &outlook.learned;
        let forecast = |forecast: &Option<Forecast>, as_of| {
            let forecast = forecast.as_ref();
            forecast.map(|forecast| ForecastJson::of(forecast, as_of, lang))
        };
        let alerts = outlook.judgement.alerts.iter();
        Self {
            as_of: shown.now,
            server: shown.server,
            simulated: shown.is_simulated,
            key: figures
                .key
                .as_ref()
                .map(|known| KeyJson::of(known, shown.now)),
            account: figures.account.as_ref().map(|known| &known.value),
            daily: shown.days.map(|told| told.days),
            today: TodayJson::of(shown),
            keys: figures
                .keys
                .as_ref()
                .map(|known| AccountKeyJson::all(known, shown.now)),
            by_key: by_key(shown),
            local: shown.local,
            local_open: shown.open_requests,
            budget: shown.budget.map(BudgetJson::of),
            forecast: forecast(&outlook.credits, learned.balance),
            limit_forecast: forecast(&outlook.limit, learned.key),
            month: outlook
                .month
                .as_ref()
                .map(|month| MonthJson::of(month, lang)),
            review: outlook
                .review
                .as_ref()
                .map(|review| ReviewJson::of(review, lang)),
            alerts: alerts
                .map(|alert| AgedAlertJson {
                    alert: AlertJson::of(alert, lang),
                    as_of: learned.of_alert(alert),
                })
                .collect(),
            sources: Sources::of(shown),
            ages: Ages::of(shown),
        }
    }
}

#[derive(Serialize)]
struct BudgetJson {
    #[serde(flatten)]
    budget: Budget,
    spent: SpentHere,
}

impl BudgetJson {
    fn of(figures: BudgetFigures) -> Self {
        Self {
            budget: figures.budget,
            spent: figures.spent,
        }
    }
}

#[derive(Serialize)]
struct TodayJson<'a> {
    cost_usd: Usd,
    source: &'static str,
    /// By model, where that is told.
    rows: Option<&'a [DayFigures]>,
}

impl<'a> TodayJson<'a> {
    fn of(shown: &'a Shown<'_>) -> Option<Self> {
        let (spent, source) = shown.figures.spent_today(shown.now)?;
        Some(Self {
            cost_usd: spent.value,
            source: source.word(),
            rows: shown.today,
        })
    }
}

#[derive(Serialize)]
struct ByKeyJson<'a> {
    hash: &'a str,
    /// Null for a key that is not on the account's list any more.
    name: Option<&'a str>,
    #[serde(flatten)]
    used: UsedJson,
    days: &'a [DayFigures],
}

fn by_key<'a>(shown: &Shown<'a>) -> Option<Vec<ByKeyJson<'a>>> {
    let keys = shown.figures.key_days.as_ref()?.value.iter();
    let rows = keys.map(|key| {
        let days = shown.days_of(key);
        let used: Used = days.iter().map(DayFigures::used).sum();
        ByKeyJson {
            hash: &key.hash,
            name: shown.figures.name_of_key(&key.hash),
            used: UsedJson::of(&used),
            days,
        }
    });
    Some(rows.collect())
}

#[derive(Serialize)]
struct UsedJson {
    requests: u64,
    prompt_tokens: u64,
    completion_tokens: u64,
    reasoning_tokens: u64,
    cached_tokens: u64,
    cost_usd: Usd,
    byok_usd: Usd,
}

impl UsedJson {
    fn of(used: &Used) -> Self {
        Self {
            requests: used.requests,
            prompt_tokens: used.prompt_tokens,
            completion_tokens: used.completion_tokens,
            reasoning_tokens: used.reasoning_tokens,
            cached_tokens: used.cached_tokens,
            cost_usd: used.cost,
            byok_usd: used.byok_cost,
        }
    }
}

#[derive(Serialize)]
struct ForecastJson {
    state: &'static str,
    earliest: Option<Date>,
    likely: Option<Date>,
    latest: Option<Date>,
    usd_per_day: Option<Usd>,
    /// When the amount was learned that runs out.
    as_of: Option<Timestamp>,
    message: String,
}

impl ForecastJson {
    fn of(forecast: &Forecast, as_of: Option<Timestamp>, lang: Lang) -> Self {
        let (state, earliest, likely, latest) = match *forecast {
            Forecast::Gone { .. } => ("gone", None, None, None),
            Forecast::NotEnoughDays { .. } => ("not-enough-days", None, None, None),
            Forecast::UnknownReset => ("unknown", None, None, None),
            Forecast::Lasts { earliest, .. } => ("lasts", earliest, None, None),
            Forecast::RunsOut {
                earliest,
                likely,
                latest,
                ..
            } => ("runs-out", Some(earliest), Some(likely), latest),
        };
        Self {
            state,
            earliest,
            likely,
            latest,
            usd_per_day: forecast.pace().map(|pace| pace.likely),
            as_of,
            message: forecast.say().say(lang),
        }
    }
}

/// The account's month, USD; months are UTC.
#[derive(Serialize)]
struct MonthJson {
    so_far_usd: Option<Usd>,
    last_month_by_now_usd: Option<Usd>,
    last_month_usd: Option<Usd>,
    projected_low_usd: Option<Usd>,
    projected_usd: Option<Usd>,
    projected_high_usd: Option<Usd>,
    message: Option<String>,
}

impl MonthJson {
    fn of(month: &Month, lang: Lang) -> Self {
        let projection = month.projection.as_ref();
        Self {
            so_far_usd: month.so_far,
            last_month_by_now_usd: month.last_by_now,
            last_month_usd: month.last_whole,
            projected_low_usd: projection.map(|it| it.low),
            projected_usd: projection.map(|it| it.likely),
            projected_high_usd: projection.map(|it| it.high),
            message: month.say().map(|said| said.say(lang)),
        }
    }
}

/// What the account's spend went to. Amounts "a month" are those of thirty days.
#[derive(Serialize)]
struct ReviewJson<'a> {
    first: Date,
    last: Date,
    cost_usd: Usd,
    byok_usd: Usd,
    blended_usd_per_mtok: Option<Usd>,
    models: Vec<ModelCostJson<'a>>,
    remarks: Vec<RemarkJson<'a>>,
}

#[derive(Serialize)]
struct ModelCostJson<'a> {
    model: &'a CleanText,
    #[serde(flatten)]
    used: UsedJson,
    usd_a_month: Usd,
    blended_usd_per_mtok: Option<Usd>,
}

#[derive(Serialize)]
struct RemarkJson<'a> {
    id: &'static str,
    model: Option<&'a CleanText>,
    /// The hash of the key that it is about.
    key: Option<&'a str>,
    instead: Option<&'a str>,
    usd_a_month: Option<Usd>,
    message: String,
}

impl<'a> ReviewJson<'a> {
    fn of(review: &'a Review, lang: Lang) -> Self {
        let models = review.models.iter().map(|cost| ModelCostJson {
            model: &cost.model,
            used: UsedJson::of(&cost.used),
            usd_a_month: cost.monthly,
            blended_usd_per_mtok: cost.blended,
        });
        let remarks = review.remarks.iter().map(|remark| RemarkJson {
            id: remark.id,
            model: remark.model.as_ref(),
            key: remark.key.as_deref(),
            instead: remark.instead.as_deref(),
            usd_a_month: remark.monthly,
            message: remark.said.say(lang),
        });
        Self {
            first: review.span.first(),
            last: review.span.last(),
            cost_usd: review.total.cost,
            byok_usd: review.own_keys.byok_cost,
            blended_usd_per_mtok: review.blended,
            models: models.collect(),
            remarks: remarks.collect(),
        }
    }
}

/// An alert.
#[derive(Serialize)]
pub struct AlertJson {
    id: &'static str,
    subject: Option<String>,
    severity: &'static str,
    message: String,
}

impl AlertJson {
    /// The alert in this language's words.
    pub fn of(alert: &Alert, lang: Lang) -> Self {
        Self {
            id: alert.id,
            subject: alert.subject.clone(),
            severity: alert.severity.name(),
            message: alert.message.say(lang),
        }
    }
}

/// An alert, and of when it is.
#[derive(Serialize)]
struct AgedAlertJson {
    #[serde(flatten)]
    alert: AlertJson,
    /// When the figure behind it was learned; null for one about a model.
    as_of: Option<Timestamp>,
}

/// `key`, `credits`, `keys`, `activity`, `analytics` or `ledger`; null with its part.
#[derive(Serialize)]
struct Sources {
    review: Option<&'static str>,
    key: Option<&'static str>,
    account: Option<&'static str>,
    daily: Option<&'static str>,
    today: Option<&'static str>,
    keys: Option<&'static str>,
    by_key: Option<&'static str>,
    local: Option<&'static str>,
}

impl Sources {
    fn of(shown: &Shown<'_>) -> Self {
        let figures = shown.figures;
        let word = |is_known: bool, source: Source| is_known.then_some(source.word());
        let today = figures.spent_today(shown.now);
        Self {
            review: shown.outlook.reviewed.map(Source::word),
            key: word(figures.key.is_some(), Source::Key),
            account: word(figures.account.is_some(), Source::Credits),
            daily: shown.days.map(|told| told.source.word()),
            today: today.map(|(_, source)| source.word()),
            keys: word(figures.keys.is_some(), Source::Keys),
            by_key: shown.teller_of_keys().map(Source::word),
            local: shown.local.map(|_| Source::Ledger.word()),
        }
    }
}

#[derive(Serialize)]
struct Ages {
    key: Option<Timestamp>,
    account: Option<Timestamp>,
    daily: Option<Timestamp>,
    today: Option<Timestamp>,
    keys: Option<Timestamp>,
    by_key: Option<Timestamp>,
}

impl Ages {
    fn of(shown: &Shown<'_>) -> Self {
        let figures = shown.figures;
        let today = figures.spent_today(shown.now);
        Self {
            key: figures.key.as_ref().map(|known| known.as_of),
            account: figures.account.as_ref().map(|known| known.as_of),
            daily: shown.days.map(|told| told.as_of),
            today: today.map(|(spent, _)| spent.as_of),
            keys: figures.keys.as_ref().map(|known| known.as_of),
            by_key: figures.key_days.as_ref().map(|known| known.as_of),
        }
    }
}
