//! A month of plausible use before the sandbox began, and of two keys the months before it, which only the
//! analytics tell: the same shape every time.

use jiff::civil::{Date, Weekday};
use jiff::{Timestamp, ToSpan};

use super::catalog::catalog;
use super::clock::day_of;
use super::endpoint::Endpoint;
use super::history::{Amount, Use};
use super::ids::number_of;
use super::model::Thinking;
use super::seeded::{SeededKey, seeded_keys};
use super::world::World;
use crate::domain::money::Usd;

/// A habit: a key that asks a model now and then.
struct Habit {
    key: &'static str,
    model: &'static str,
    /// Requests on an ordinary day.
    requests: u64,
    /// Tokens of a question, and of its answer.
    prompt: u64,
    completion: u64,
}

const HABITS: &[Habit] = &[
    habit("inference", "anthropic/claude-sonnet-4.5", 11, 2600, 420),
    habit("inference", "openai/gpt-5-mini", 24, 1800, 610),
    habit("inference", "google/gemini-2.5-flash", 9, 5200, 380),
    habit("uncapped", "deepseek/deepseek-v3.2", 46, 3900, 540),
    habit("uncapped", "qwen/qwen3-coder", 17, 6100, 720),
    habit("uncapped", "openai/gpt-4o-mini", 60, 900, 210),
    habit("capped", "z-ai/glm-5.1", 7, 3100, 800),
    habit(
        "capped",
        "meta-llama/llama-3.3-70b-instruct:free",
        5,
        700,
        300,
    ),
    habit("expiring", "moonshotai/kimi-k2.5", 4, 4200, 510),
    habit(
        "free-tier",
        "meta-llama/llama-3.3-70b-instruct:free",
        14,
        800,
        350,
    ),
    habit("free-tier", "openai/gpt-oss-120b:free", 8, 1100, 640),
];

/// This key's requests go to a provider key of the account's own on some days.
const OWN_PROVIDER: &str = "expiring";

const fn habit(
    key: &'static str,
    model: &'static str,
    requests: u64,
    prompt: u64,
    completion: u64,
) -> Habit {
    Habit {
        key,
        model,
        requests,
        prompt,
        completion,
    }
}

/// The world as every sandbox begins, with a month of use behind it.
pub(super) fn seeded_world(now: Timestamp) -> World {
    let mut world = World::new(now);
    live_through(&mut world, now);
    world
}

/// The days that the activity tells of.
const MONTH: i64 = 30;
/// The days on record.
const RECORD: i64 = 100;

/// Writes the completed days, and a part of today, into a new world.
fn live_through(world: &mut World, now: Timestamp) {
    let today = day_of(now);
    for days_ago in (0..=RECORD).rev() {
        let day = today.saturating_sub(days_ago.days());
        for habit in HABITS {
            let key = seeded_keys().iter().find(|key| key.name == habit.key);
            // The others spent nothing before.
            let key = key.filter(|key| days_ago <= MONTH || key.spent_before > 0);
            if let Some(seeded) = key {
                live_a_day(world, habit, seeded, day, days_ago);
            }
        }
    }
}

fn live_a_day(world: &mut World, habit: &Habit, seeded: &SeededKey, day: Date, days_ago: i64) {
    let Some(model) = catalog().find(habit.model) else {
        return;
    };
    let endpoints = Endpoint::all_of(model);
    // A few requests of every day land at the second provider, as they do when the first is busy.
    for (place, endpoint) in endpoints.iter().take(2).enumerate() {
        let salt = format!("{} {} {days_ago} {place}", habit.key, habit.model);
        let share = [100, 18][place];
        let requests = habit.requests * mood(day, days_ago, &salt) * share / 10_000;
        if requests == 0 {
            continue;
        }
        let vary = |tokens: u64, what: &str| {
            tokens * requests * (70 + number_of(&format!("{salt} {what}"), 60)) / 100
        };
        let prompt = vary(habit.prompt, "prompt");
        let completion = vary(habit.completion, "completion");
        let cached = match endpoint.price.cache_read {
            Some(_) => prompt * number_of(&salt, 45) / 100,
            None => 0,
        };
        let reasoning = match model.thinking {
            Thinking::Always => completion * 2 / 5,
            Thinking::Usual => completion / 6,
            Thinking::None => 0,
        };
        // Each question is short, so that the prices of long prompts do not apply.
        let cost = endpoint.price.cost_of_many(prompt, cached, completion);
        let is_own = habit.key == OWN_PROVIDER && days_ago % 5 == 2;
        let amount = Amount {
            requests,
            prompt,
            completion,
            reasoning,
            cached,
            usage: if is_own { Usd::ZERO } else { cost },
            byok: if is_own { cost } else { Usd::ZERO },
        };
        let what = Use {
            day,
            account: seeded.account(),
            key: seeded.hash(),
            model: model.id.clone(),
            permaslug: model.canonical.clone(),
            provider: endpoint.provider.name,
            endpoint: endpoint.id(),
        };
        if days_ago > MONTH {
            // What a key spent before the last month is booked on it as one sum.
            world.history.record(what, &amount);
        } else {
            world.charge(what, &amount);
        }
    }
}

/// How busy a day is, in percent: weekends are quiet, one day of the month is not, today is young.
fn mood(day: Date, days_ago: i64, salt: &str) -> u64 {
    let usual = 60 + number_of(salt, 80);
    match (days_ago, day.weekday()) {
        (0, _) => usual / 3,
        (9, _) => usual * 3,
        (_, Weekday::Saturday | Weekday::Sunday) => usual / 4,
        _ => usual,
    }
}

#[cfg(test)]
mod tests {
    use super::super::account::Account;
    use super::super::key::Kind;
    use super::super::spending::Period;
    use super::*;

    #[test]
    fn a_new_world_is_solvent_where_it_should_be_and_nowhere_else() {
        let now = "2026-11-30T22:00:00Z".parse().unwrap();
        let world = seeded_world(now);
        let balances: Vec<Usd> = world.accounts.iter().map(Account::balance).collect();
        assert!(balances[0] > Usd::from_cents(2000), "{balances:?}");
        assert_eq!(balances[1], Usd::ZERO);
        assert_eq!(balances[2], Usd::ZERO);
        assert_eq!(balances[3], Usd::from_cents(-42));
        let today = day_of(now);
        for seeded in seeded_keys() {
            let key = world.keys.by_hash(&seeded.hash()).unwrap();
            let is_spent = key.remaining(today).is_some_and(Usd::is_negative);
            assert_eq!(is_spent, seeded.name == "exhausted", "{}", seeded.name);
        }
    }

    #[test]
    fn what_is_on_record_of_the_months_before_is_no_more_than_was_spent_before() {
        let now = "2026-11-24T12:00:00Z".parse().unwrap();
        let world = seeded_world(now);
        let last = day_of(now).saturating_sub((MONTH + 1).days());
        for seeded in seeded_keys() {
            let uses = world.history.uses(seeded.account(), Date::MIN, last);
            let own = uses.filter(|(what, _)| what.key == seeded.hash());
            let spent = own.fold(Usd::ZERO, |sum, (_, amount)| sum + amount.usage);
            let before = Usd::from_cents(seeded.spent_before);
            assert!(spent <= before, "{}: {spent} of {before}", seeded.name);
        }
    }

    #[test]
    fn some_days_ran_on_an_own_provider_key_and_cost_no_credits() {
        let now = "2026-11-24T12:00:00Z".parse().unwrap();
        let world = seeded_world(now);
        let uses = world.history.uses(0, Date::MIN, day_of(now));
        let own: Vec<_> = uses.filter(|(_, amount)| amount.byok > Usd::ZERO).collect();
        assert!(own.len() > 3, "{}", own.len());
        assert!(own.iter().all(|(_, amount)| amount.usage.is_zero()));
    }

    #[test]
    fn the_account_and_its_keys_agree_on_what_was_spent() {
        let now = "2026-11-24T12:00:00Z".parse().unwrap();
        let world = seeded_world(now);
        let total = |period| {
            let keys = world
                .keys
                .of_account(0)
                .filter(|key| key.kind == Kind::Inference);
            keys.fold(Usd::ZERO, |sum, key| {
                sum + key.spending.within(period, day_of(now))
            })
        };
        assert_eq!(total(Period::Ever), world.accounts[0].spending.total());
        assert!(total(Period::Day) > Usd::ZERO);
    }
}
