//! The usage screen.

use std::path::Path;
use std::time::Duration;

use jiff::civil::{Date, date};
use jiff::{Timestamp, ToSpan};
use onramp::domain::clean_text::CleanText;
use onramp::domain::figures::{
    AccountFigures, AccountKey, DayFigures, Figures, Gathered, History, KeyDays, KeyFigures, Known,
    Part, Untold,
};
use onramp::domain::model_card::ModelCard;
use onramp::domain::money::Usd;
use onramp::domain::spend::{Ending, NewRequest, Outcome, Purpose, Recorded, RequestId};
use onramp::domain::symptom::{FileProblem, FileTrouble, NetworkTrouble, Symptom};
use onramp::flow::Reply;
use onramp::flow::usage::UsageTold;
use onramp::insight::alerts::Thresholds;
use onramp::insight::outlook::{Outlook, Seen};

use super::{Make, Rehearsal};

/// The states by name.
pub fn states() -> Vec<(&'static str, Make)> {
    [states_with_figures(), states_that_lack_some()].concat()
}

fn states_with_figures() -> Vec<(&'static str, Make)> {
    vec![
        ("usage-days", |s| {
            s.keys("2").learn(told(figures()));
        }),
        ("usage-models-of-a-day", |s| {
            s.keys("2").learn(told(figures())).keys("down enter");
        }),
        ("usage-providers", |s| {
            s.keys("2").learn(told(figures())).keys("tab tab");
        }),
        ("usage-keys", |s| {
            s.keys("2").learn(told(figures())).keys("tab tab tab");
        }),
        ("usage-requests", |s| {
            s.keys("2")
                .learn(told(figures()))
                .keys("tab tab tab tab")
                .look_up(requests());
        }),
        ("usage-request", |s| {
            s.keys("2")
                .learn(told(figures()))
                .keys("tab tab tab tab")
                .look_up(requests())
                .keys("down enter");
        }),
        ("usage-no-request-found", |s| {
            s.keys("2")
                .learn(told(figures()))
                .keys("tab tab tab tab / x")
                .look_up(Vec::new());
        }),
        ("usage-review", |s| {
            s.keys("2")
                .learn(told(figures()))
                .keys("tab tab tab tab tab down");
        }),
        ("usage-prices", |s| {
            s.keys("2")
                .learn(told(figures()))
                .keys("tab tab tab tab tab tab down");
        }),
        ("usage-price-of-one", |s| {
            s.keys("2")
                .learn(told(figures()))
                .keys("tab tab tab tab tab tab enter");
        }),
        ("usage-alerts", |s| {
            s.keys("2").learn(told(nearly_used_up())).keys("a");
        }),
        ("usage-asking-again", |s| {
            s.keys("2").learn(told(analysed())).keys("f5");
        }),
        ("usage-ninety-days-of-a-key", |s| {
            s.keys("2")
                .learn(told(analysed()))
                .keys("tab tab tab enter r f5");
        }),
        ("usage-providers-of-ninety-days", |s| {
            s.keys("2").learn(told(analysed())).keys("tab tab r");
        }),
        ("usage-search", |s| {
            s.keys("2").learn(told(figures())).keys("tab / g p t");
        }),
    ]
}

fn states_that_lack_some() -> Vec<(&'static str, Make)> {
    vec![
        ("usage-loading", |s| {
            s.keys("2");
        }),
        ("usage-ordinary-key", |s| {
            s.keys("2").learn(told(of_ordinary_key())).keys("s");
        }),
        ("usage-offline", |s| {
            s.keys("2").learn(offline());
        }),
        ("usage-offline-eight-days", |s| {
            s.keys("2").learn(offline_since(192));
        }),
        ("usage-what-to-do", |s| {
            s.keys("2").learn(offline()).keys("t");
        }),
        ("usage-asked-in-part", |s| {
            s.keys("2").learn(UsageTold {
                is_unfinished: true,
                ..told(Gathered::default())
            });
        }),
        ("usage-days-of-a-key", |s| {
            s.keys("2")
                .learn(told(figures()))
                .keys("tab tab tab down enter r");
        }),
        ("usage-review-of-this-program", |s| {
            s.keys("2")
                .learn(told(of_ordinary_key()))
                .keys("tab tab tab tab tab");
        }),
        ("usage-broken-ledger", |s| {
            let lost = Symptom::File(FileTrouble::new(
                Path::new("/home/ada/.local/state/onramp/ledger.sqlite3"),
                FileProblem::NoPermission,
                "permission denied",
            ));
            let trouble = Box::new(onramp::diagnosis::explain(&lost));
            s.keys("2").learn(told(figures())).keys("tab tab tab tab");
            let ticket = s.ticket();
            let requests = Err(trouble);
            s.reply(Reply::LedgerTold { ticket, requests });
        }),
        ("usage-no-key", |s| {
            s.keys("2").learn(without_key());
        }),
        ("usage-ninety-days", |s| {
            s.keys("2").learn(told(figures())).keys("r");
        }),
    ]
}

impl Rehearsal {
    /// The world tells what it learned.
    pub fn learn(&mut self, told: UsageTold) -> &mut Self {
        let ticket = self.ticket();
        let told = Box::new(told);
        self.reply(Reply::UsageLearned { ticket, told })
    }

    /// The ledger tells what it found.
    pub fn look_up(&mut self, found: Vec<Recorded>) -> &mut Self {
        let ticket = self.ticket();
        let requests = Ok(found);
        self.reply(Reply::LedgerTold { ticket, requests })
    }
}

/// The hash of the key in use.
pub const OWN: &str = "9f2c4be7d1a0835c6e4f1b2a7d8c9e0f3a5b6c7d8e9f0a1b2c3d4e5f60718293";

pub fn now() -> Timestamp {
    "2026-11-25T14:03:00Z".parse().expect("a time")
}

/// What the world tells of these figures.
pub fn told(gathered: Gathered) -> UsageTold {
    let models = models();
    let thresholds = Thresholds::default();
    let local = days(3);
    let outlook = Outlook::of(&Seen {
        own_hash: Some(OWN),
        local: Some(&local),
        models: Some(&models),
        ..Seen::of(&gathered.figures, &thresholds, now())
    });
    UsageTold {
        at: now(),
        of: None,
        is_unfinished: false,
        gathered,
        outlook,
        local: Ok(local),
        open_requests: 2,
        budget: None,
        set_aside: None,
        models: Some(known(models)),
        crossed: Vec::new(),
    }
}

/// An account that tells everything.
pub fn figures() -> Gathered {
    Gathered {
        figures: Figures {
            key: Some(known(key())),
            account: Some(known(AccountFigures {
                total_credits: Usd::from_cents(11_000),
                total_usage: Usd::from_cents(8_120),
                balance: Usd::from_cents(2_880),
            })),
            daily: Some(known(days(30))),
            keys: Some(known(keys())),
            is_simulated: false,
            keys_lack_own: false,
            key_days: Some(known(vec![KeyDays {
                hash: OWN.into(),
                days: days(12),
                ..KeyDays::default()
            }])),
            history: None,
            today: None,
            key_totals: Vec::new(),
        },
        ..Gathered::default()
    }
}

/// The same where the analytics tell ninety days and today, of each key as well.
pub fn analysed() -> Gathered {
    let mut gathered = figures();
    let today = vec![DayFigures {
        date: date(2026, 11, 25),
        ..days(1).remove(0)
    }];
    // Who ran a model is told for the last days only.
    let first = date(2026, 11, 25).saturating_sub(90.days());
    let named = date(2026, 11, 25).saturating_sub(30.days());
    let far = days(90).into_iter().map(|row| DayFigures {
        provider: row.provider.filter(|_| row.date >= named),
        ..row
    });
    let history = History {
        first,
        days: far.collect(),
    };
    let nameless = |rows: Vec<DayFigures>| {
        let rows = rows.into_iter().map(|row| DayFigures {
            provider: None,
            ..row
        });
        rows.collect()
    };
    let figures = &mut gathered.figures;
    figures.history = Some(known(history));
    figures.today = Some(known(today.clone()));
    figures.key_days = Some(known(vec![KeyDays {
        hash: OWN.into(),
        days: days(30),
        history: Some(History {
            first,
            days: nameless(days(60)),
        }),
        today: Some(nameless(today)),
    }]));
    gathered
}

fn of_ordinary_key() -> Gathered {
    Gathered {
        figures: Figures {
            key: Some(known(key())),
            ..Figures::default()
        },
        untold: vec![Untold::NeedsManagementKey],
        troubles: Vec::new(),
        says_simulated: None,
    }
}

pub fn nearly_used_up() -> Gathered {
    let mut gathered = figures();
    let figures = &mut gathered.figures;
    if let Some(account) = &mut figures.account {
        account.value.balance = Usd::from_cents(210);
    }
    if let Some(keys) = &mut figures.keys {
        keys.value[0].limit_remaining = Some(Usd::from_cents(40));
    }
    gathered
}

fn offline() -> UsageTold {
    offline_since(20)
}

/// Nobody could be asked for so many hours.
pub fn offline_since(hours: i64) -> UsageTold {
    let mut gathered = figures();
    let yesterday = now().saturating_sub(hours.hours()).expect("a time");
    let last = yesterday.strftime("%Y-%m-%d").to_string();
    let last: Date = last.parse().expect("a day");
    let figures = &mut gathered.figures;
    if let Some(key) = &mut figures.key {
        key.as_of = yesterday;
    }
    if let Some(account) = &mut figures.account {
        account.as_of = yesterday;
    }
    if let Some(keys) = &mut figures.keys {
        keys.as_of = yesterday;
    }
    if let Some(daily) = &mut figures.daily {
        daily.as_of = yesterday;
        daily.value.retain(|row| row.date < last);
    }
    if let Some(key_days) = &mut figures.key_days {
        key_days.as_of = yesterday;
        for key in &mut key_days.value {
            key.days.retain(|row| row.date < last);
        }
    }
    let unreachable = Symptom::Network {
        trouble: NetworkTrouble::Dns,
        host: "openrouter.ai".into(),
        proxy: None,
        detail: "failed to lookup address information".into(),
        ignored: Vec::new(),
    };
    gathered.troubles = vec![(Part::Key, unreachable)];
    told(gathered)
}

fn without_key() -> UsageTold {
    let mut told = told(Gathered {
        troubles: vec![(Part::Key, Symptom::NoKey)],
        ..Gathered::default()
    });
    told.local = Ok(Vec::new());
    told.models = None;
    told
}

fn known<T>(value: T) -> Known<T> {
    Known {
        as_of: now(),
        value,
    }
}

fn key() -> KeyFigures {
    KeyFigures {
        label: "sk-or-v1-7c1...e04".into(),
        limit: Some(Usd::from_cents(2_500)),
        limit_remaining: Some(Usd::from_cents(1_738)),
        limit_reset: Some("monthly".into()),
        usage: Usd::from_cents(6_120),
        usage_daily: Usd::from_cents(41),
        usage_weekly: Usd::from_cents(291),
        usage_monthly: Usd::from_cents(762),
        byok_usage: Usd::from_cents(46),
        is_free_tier: false,
        expires_at: None,
        free_requests_used: Some(12),
        free_requests_limit: Some(1_000),
    }
}

fn keys() -> Vec<AccountKey> {
    let one = |hash: &str, name: &str, month: i64| AccountKey {
        hash: hash.into(),
        name: name.into(),
        label: "sk-or-v1-7c1...e04".into(),
        disabled: false,
        limit: None,
        limit_remaining: None,
        limit_reset: None,
        usage: Usd::from_cents(month * 4),
        usage_daily: Usd::from_cents(month / 20),
        usage_weekly: Usd::from_cents(month / 4),
        usage_monthly: Usd::from_cents(month),
        byok_usage: Usd::ZERO,
        created_at: Some(now().saturating_sub(480.hours()).expect("a time")),
        expires_at: None,
    };
    let shop = AccountKey {
        limit: Some(Usd::from_cents(2_500)),
        limit_remaining: Some(Usd::from_cents(1_738)),
        limit_reset: Some("monthly".into()),
        expires_at: Some("2027-03-01T00:00:00Z".parse().expect("a time")),
        ..one(OWN, "shop, development", 762)
    };
    let ci = AccountKey {
        disabled: true,
        ..one("aa", "old CI", 0)
    };
    vec![shop, one("bb", "商店", 1_204), ci]
}

/// One model runs on an own provider key now and then.
fn byok_of(model: &str, back: i64, weight: i64) -> Usd {
    if model.starts_with("deepseek/") && back % 4 == 0 {
        Usd::from_picos(i128::from(weight) * 21_000_000_000)
    } else {
        Usd::ZERO
    }
}

/// So many days: quiet weekends, one dear day.
fn days(count: i64) -> Vec<DayFigures> {
    let today = date(2026, 11, 25);
    let back = (1..=count).rev();
    let rows = back.flat_map(|back| {
        let day = today.saturating_sub(back.days());
        let weight = match (back, day.weekday().to_monday_one_offset()) {
            (9, _) => 5,
            (_, 6 | 7) => 1,
            _ => 3,
        };
        let row = |model: &str, provider: &str, milli: i64| DayFigures {
            date: day,
            model: model.into(),
            provider: Some(provider.into()),
            requests: u64::try_from(weight * 7).unwrap_or(0),
            prompt_tokens: u64::try_from(weight * 21_300).unwrap_or(0),
            completion_tokens: u64::try_from(weight * 4_100).unwrap_or(0),
            reasoning_tokens: u64::try_from(weight * 900).unwrap_or(0),
            cached_tokens: u64::try_from(weight * 5_000).unwrap_or(0),
            cost_usd: Usd::from_picos(i128::from(weight * milli) * 1_000_000_000),
            byok_usd: byok_of(model, back, weight),
        };
        [
            row("anthropic/claude-sonnet-4.5", "Anthropic", 310),
            row("openai/gpt-5-mini", "OpenAI", 24),
            row("deepseek/deepseek-v3.2", "DeepInfra", 18),
        ]
    });
    rows.collect()
}

pub fn models() -> Vec<ModelCard> {
    let one = |id: &str, prompt: &str, completion: &str| ModelCard {
        id: id.into(),
        name: id.into(),
        context_length: Some(400_000),
        prompt_price: Usd::parse(prompt),
        completion_price: Usd::parse(completion),
        input_modalities: vec!["text".into()],
        output_modalities: vec!["text".into()],
        ..ModelCard::default()
    };
    vec![
        one("anthropic/claude-haiku-4.5", "0.000001", "0.000005"),
        one("anthropic/claude-sonnet-4.5", "0.000003", "0.000015"),
        one("openai/gpt-5-mini", "0.00000025", "0.000002"),
        one("deepseek/deepseek-v3.2", "0.00000027", "0.0000004"),
        one("meta-llama/llama-3.3-70b-instruct:free", "0", "0"),
        ModelCard {
            expiration_date: Some("2026-12-31".into()),
            ..one("mistralai/mistral-old", "0.000002", "0.000006")
        },
    ]
}

pub fn requests() -> Vec<Recorded> {
    let one = |id: i64, outcome: Outcome, cost: Option<Usd>| Recorded {
        id: RequestId(id),
        is_open: outcome == Outcome::Running,
        begun: NewRequest {
            at: now().saturating_sub((id * 7).minutes()).expect("a time"),
            purpose: Purpose::Ask,
            project: Some("/home/ada/shop".into()),
            server: "https://openrouter.ai".into(),
            model: "openai/gpt-5-mini".into(),
        },
        ending: Ending {
            generation_id: Some(CleanText::line("gen-1758000000-abc")),
            model: Some(CleanText::line("openai/gpt-5-mini")),
            provider: Some(CleanText::line("OpenAI")),
            prompt_tokens: Some(1_840),
            completion_tokens: Some(512),
            reasoning_tokens: Some(128),
            cached_tokens: Some(1_024),
            cost,
            first_token: Some(Duration::from_millis(420)),
            took: Duration::from_millis(3_180),
            ..Ending::of(outcome)
        },
    };
    vec![
        one(1, Outcome::Running, None),
        one(2, Outcome::Done, Usd::parse("0.0014842")),
        one(3, Outcome::Stopped, Usd::parse("0.0009")),
        one(4, Outcome::Failed("rate-limited".into()), None),
    ]
}
