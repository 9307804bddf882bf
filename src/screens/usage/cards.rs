//! The cards at the top, as content: the key in use, and the account it spends from.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::words;
use crate::domain::count::grouped;
use crate::domain::figures::{AccountFigures, KeyFigures, Known, Untold};
use crate::domain::money::Usd;
use crate::flow::Facts;
use crate::flow::usage::UsageTold;
use crate::insight::forecast::Forecast;
use crate::insight::month::Month;
use crate::insight::reset;
use crate::text::{Lang, Phrase};
use crate::ui::theme::Tone;
use crate::ui::wrap::width;

/// A card as content.
#[derive(Clone, Debug, Default)]
pub(super) struct Card {
    pub(super) title: String,
    /// When its figures were learned.
    pub(super) age: String,
    pub(super) rows: Vec<CardRow>,
}

/// A row of a card.
#[derive(Clone, Debug)]
pub(super) struct CardRow {
    pub(super) name: String,
    pub(super) tone: Tone,
    pub(super) value: String,
    /// A bar before the value, filled to this share.
    pub(super) bar: Option<f64>,
}

/// Values up to this width fit on a card of half of 80 columns.
const FITS: usize = 26;

/// A value, and the range that it lies in.
type Ranged = (String, Option<String>);

impl Card {
    /// A value with its range behind it, or below it where that is too long.
    fn fitting(&mut self, name: &str, (value, range): Ranged) {
        let Some(range) = range else {
            return self.row(name, value);
        };
        let together = format!("{value} ({range})");
        if width(&together) <= FITS {
            return self.row(name, together);
        }
        self.row(name, value);
        self.row("", range);
    }

    fn row(&mut self, name: &str, value: String) {
        self.toned(name, Tone::Plain, value);
    }

    fn toned(&mut self, name: &str, tone: Tone, value: String) {
        self.rows.push(CardRow {
            name: name.to_owned(),
            tone,
            value,
            bar: None,
        });
    }
}

/// A card in so many rows where there is no room for the other one: what the key spent stays.
pub(super) fn in_brief(cards: &[Card], shown: &Card, rows: usize, lang: Lang) -> Card {
    let spent = words::SPENT.say(lang);
    let is_spent = |row: &&CardRow| row.name == spent;
    let mut brief = shown.clone();
    let has_room = brief.rows.len() < rows;
    let others = cards.iter().flat_map(|card| &card.rows).find(is_spent);
    let Some(own) = others.filter(|_| !brief.rows.iter().any(|row| row.name == spent)) else {
        return brief;
    };
    if !has_room {
        // How fast it goes shows in when it ends.
        let pace = words::PACE.say(lang);
        brief.rows.retain(|row| row.name != pace);
        brief.rows.truncate(rows.saturating_sub(1));
    }
    brief.rows.push(CardRow {
        name: words::KEY.say(lang).to_owned(),
        ..own.clone()
    });
    brief
}

/// The key in use.
pub(super) fn key(told: &UsageTold, facts: &Facts) -> Option<Card> {
    let lang = facts.lang;
    let known = told.gathered.figures.key.as_ref()?;
    let key = &known.value;
    let mut card = Card {
        title: words::CARD_KEY.fill(lang, &[&key.label]),
        age: age(known, told.at),
        rows: Vec::new(),
    };
    limit_rows(&mut card, known, told, lang);
    spent_rows(&mut card, known, told.at, lang);
    if !key.byok_usage.is_zero() {
        let apart = words::OWN_KEYS_OF.fill(lang, &[&key.byok_usage]);
        card.row(words::OWN_KEYS.say(lang), apart);
    }
    free_rows(&mut card, known, told.at, facts);
    if let Some(at) = key.expires_at {
        let day = at.strftime("%Y-%m-%d %H:%M UTC").to_string();
        card.row(words::EXPIRES.say(lang), day);
    }
    Some(card)
}

/// What the day, the week and the month cost, each by its own name where it is over.
fn spent_rows(card: &mut Card, known: &Known<KeyFigures>, now: Timestamp, lang: Lang) {
    let key = &known.value;
    let on = |form: &str| known.as_of.strftime(form).to_string();
    let day = if known.is_of_today(now) {
        words::SPENT_TODAY.fill(lang, &[&key.usage_daily])
    } else {
        words::SPENT_ON.fill(lang, &[&key.usage_daily, &on("%m-%d")])
    };
    let week = if known.is_of_this_week(now) {
        words::SPENT_WEEK
    } else {
        words::SPENT_THAT_WEEK
    };
    let week = week.fill(lang, &[&key.usage_weekly]);
    let together = format!("{day} · {week}");
    if width(&together) <= FITS {
        card.row(words::SPENT.say(lang), together);
    } else {
        card.row(words::SPENT.say(lang), day);
        card.row("", week);
    }
    let month = if known.is_of_this_month(now) {
        words::SPENT_MONTH.fill(lang, &[&key.usage_monthly])
    } else {
        words::SPENT_IN.fill(lang, &[&key.usage_monthly, &on("%Y-%m")])
    };
    let ever = words::SPENT_EVER.fill(lang, &[&key.usage]);
    card.row("", format!("{month} · {ever}"));
}

/// Requests to free models, and when their day is over, here as well.
fn free_rows(card: &mut Card, known: &Known<KeyFigures>, now: Timestamp, facts: &Facts) {
    let lang = facts.lang;
    let Some(free) = known.value.free_requests() else {
        return;
    };
    let [used, limit, left] = [free.used, free.limit, free.left()].map(grouped);
    if !known.is_of_today(now) {
        let day = known.as_of.strftime("%m-%d").to_string();
        let words = words::FREE_ON.fill(lang, &[&used, &limit, &day]);
        card.row(words::FREE_TODAY.say(lang), words);
        return;
    }
    let words = words::FREE_TODAY_OF.fill(lang, &[&used, &limit, &left]);
    card.row(words::FREE_TODAY.say(lang), words);
    let midnight = match reset::midnight_here(now, &facts.zone) {
        Some(here) => words::MIDNIGHT.fill(lang, &[&here]),
        None => words::MIDNIGHT_UTC.say(lang).to_owned(),
    };
    card.row(words::RESETS.say(lang), midnight);
}

fn limit_rows(card: &mut Card, known: &Known<KeyFigures>, told: &UsageTold, lang: Lang) {
    let key = &known.value;
    let is_past = reset::is_past(key.limit_reset.as_deref(), known.as_of, told.at);
    if let Some(limit) = key.limit.filter(|_| is_past) {
        let words = words::LEFT_UNKNOWN.fill(lang, &[&limit]);
        card.toned(words::LIMIT.say(lang), Tone::Quiet, words);
        return;
    }
    let (Some(limit), Some(left)) = (key.limit, key.limit_remaining) else {
        let none = words::NO_LIMIT.say(lang).to_owned();
        card.toned(words::LIMIT.say(lang), Tone::Quiet, none);
        return;
    };
    let used = (limit - left).over(limit).unwrap_or(Decimal::ONE);
    let share = used.to_f64().unwrap_or(1.0).clamp(0.0, 1.0);
    card.rows.push(CardRow {
        name: words::LIMIT.say(lang).to_owned(),
        tone: if share >= 0.8 {
            Tone::Warn
        } else {
            Tone::Plain
        },
        value: words::LEFT_OF.fill(lang, &[&left, &limit]),
        bar: Some(share),
    });
    if let Some(reset) = &key.limit_reset {
        card.row(words::RESETS.say(lang), reset::short(reset).say(lang));
    }
    if let Some(forecast) = &told.outlook.limit
        && let Some(words) = in_short(forecast, lang)
    {
        card.fitting(words::RUNS_OUT.say(lang), words);
    }
}

/// The account, or why there is nothing to say of it.
pub(super) fn account(told: &UsageTold, lang: Lang) -> Option<Card> {
    let known = told.gathered.figures.account.as_ref()?;
    let mut card = Card {
        title: words::CARD_ACCOUNT.say(lang).to_owned(),
        age: age(known, told.at),
        rows: Vec::new(),
    };
    balance_row(&mut card, known.value, lang);
    if let Some(forecast) = &told.outlook.credits {
        if let Some(pace) = forecast.pace() {
            let likely = words::PACE_OF.fill(lang, &[&pace.likely]);
            let range = format!("{}–{}", pace.slow, pace.fast);
            card.fitting(words::PACE.say(lang), (likely, Some(range)));
        }
        let in_words = || (forecast.say().say(lang), None);
        let short = in_short(forecast, lang).unwrap_or_else(in_words);
        card.fitting(words::RUNS_OUT.say(lang), short);
    }
    if let Some(month) = &told.outlook.month {
        month_rows(&mut card, month, lang);
    }
    Some(card)
}

fn balance_row(card: &mut Card, account: AccountFigures, lang: Lang) {
    let tone = if account.balance <= Usd::ZERO {
        Tone::Trouble
    } else {
        Tone::Strong
    };
    let words = words::BALANCE_OF.fill(lang, &[&account.balance, &account.total_credits]);
    card.toned(words::BALANCE.say(lang), tone, words);
}

fn month_rows(card: &mut Card, month: &Month, lang: Lang) {
    let Some(so_far) = month.so_far else { return };
    let words = words::MONTH_OF.fill(lang, &[&so_far]);
    card.row(words::MONTH.say(lang), words);
    if let Some(last) = month.last_by_now {
        card.row("", words::MONTH_AGAINST.fill(lang, &[&last]));
    }
    if let Some(projection) = month.projection {
        let words = words::MONTH_COMES_TO.fill(lang, &[&projection.likely]);
        card.row("", words);
    }
}

/// The day in few words, and its bounds; `None` where it takes a sentence.
fn in_short(forecast: &Forecast, lang: Lang) -> Option<Ranged> {
    const FROM: Phrase = Phrase::new("from {} on", "最早 {}");
    const LASTS: Phrase = Phrase::new("not at this pace", "按目前的速度不会");
    const GONE: Phrase = Phrase::new("nothing is left", "已经用完");
    match forecast {
        Forecast::RunsOut {
            earliest,
            likely,
            latest,
            ..
        } => {
            // The year is said once where it is the same.
            let short = |day: &Date| {
                let form = if day.year() == likely.year() {
                    "%m-%d"
                } else {
                    "%Y-%m-%d"
                };
                day.strftime(form).to_string()
            };
            let range = match latest {
                Some(latest) => format!("{}–{}", short(earliest), short(latest)),
                None => FROM.fill(lang, &[&short(earliest)]),
            };
            Some((likely.to_string(), Some(range)))
        }
        Forecast::Lasts { .. } => Some((LASTS.say(lang).to_owned(), None)),
        Forecast::Gone { .. } => Some((GONE.say(lang).to_owned(), None)),
        Forecast::NotEnoughDays { .. } | Forecast::UnknownReset => None,
    }
}

/// What stands in the place of the account's card.
pub(super) fn no_account(told: &UsageTold, lang: Lang) -> Option<&'static str> {
    let untold = &told.gathered.untold;
    let words = if untold.contains(&Untold::NotOpenRouter) {
        words::NOT_OPENROUTER
    } else if untold.contains(&Untold::NeedsManagementKey) {
        words::NEEDS_MANAGEMENT
    } else {
        return None;
    };
    Some(words.say(lang))
}

/// The time that figures are from.
fn age<T>(known: &Known<T>, now: Timestamp) -> String {
    format!(" · {}", time_of(known.as_of, now))
}

/// A time as short as it can be told: today's without its day.
pub(super) fn time_of(at: Timestamp, now: Timestamp) -> String {
    let form = if day(at) == day(now) {
        "%H:%M UTC"
    } else if day(at).year() == day(now).year() {
        "%m-%d %H:%M UTC"
    } else {
        "%Y-%m-%d %H:%M UTC"
    };
    at.strftime(form).to_string()
}

fn day(at: Timestamp) -> jiff::civil::Date {
    at.to_zoned(TimeZone::UTC).date()
}
