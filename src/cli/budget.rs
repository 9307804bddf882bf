//! `onramp budget`: what this program may spend by the person's own word, and what it spent.

use jiff::Timestamp;
use serde::Serialize;

use super::args::{Bound, BudgetFlags};
use super::context::Context;
use super::output::{Outcome, print_json, print_line};
use crate::domain::budget::{Budget, BudgetFigures, SpentHere};
use crate::domain::money::Usd;
use crate::domain::symptom::{FileTrouble, Symptom};
use crate::jobs::budget;
use crate::settings::Preferences;
use crate::text::{Lang, Phrase};
use crate::ui::table::aligned;

/// What stands above the figures.
pub(super) const HEAD: Phrase = Phrase::new(
    "Your budget for this program (UTC)",
    "您为本程序设置的预算（UTC）",
);
const UNSET: Phrase = Phrase::new(
    "no budget is set: onramp budget --day 5 --month 50",
    "未设置预算：onramp budget --day 5 --month 50",
);
const TODAY: Phrase = Phrase::new("today", "今日");
const MONTH: Phrase = Phrase::new("this month", "本月");
const OF: Phrase = Phrase::new("{} of {}", "{}，预算 {}");
const NO_BOUND: Phrase = Phrase::new("{}, no bound", "{}，无上限");

pub(super) fn run(context: &Context, flags: &BudgetFlags) -> Outcome {
    let failed = |trouble: FileTrouble| super::diagnosed(&Symptom::File(trouble));
    let config = &context.scene.paths.config;
    let (mut preferences, _) = Preferences::load(config);
    let wanted = Budget {
        day: set(flags.day, preferences.budget.day),
        month: set(flags.month, preferences.budget.month),
    };
    if wanted != preferences.budget {
        preferences.budget = wanted;
        preferences.save(config).map_err(failed)?;
    }
    let server = context.server().unwrap_or_default();
    let spent = budget::spent(&context.scene, &server, Timestamp::now()).map_err(failed)?;
    if flags.json {
        print_json(&BudgetJson {
            budget: wanted,
            spent,
        });
        return Ok(());
    }
    if wanted.is_unset() {
        context.note(UNSET.say(context.lang));
    }
    let figures = BudgetFigures {
        budget: wanted,
        spent,
    };
    for line in aligned(&rows(figures, context.lang), usize::MAX).concat() {
        print_line(&line);
    }
    Ok(())
}

/// What was spent of each bound, for people.
pub(super) fn rows(figures: BudgetFigures, lang: Lang) -> Vec<Vec<String>> {
    let BudgetFigures { budget, spent } = figures;
    let row = |name: Phrase, spent: Usd, bound: Option<Usd>| {
        let words = match bound {
            Some(bound) => OF.fill(lang, &[&spent, &bound]),
            None => NO_BOUND.fill(lang, &[&spent]),
        };
        vec![name.say(lang).to_owned(), words]
    };
    vec![
        row(TODAY, spent.day, budget.day),
        row(MONTH, spent.month, budget.month),
    ]
}

fn set(flag: Option<Bound>, before: Option<Usd>) -> Option<Usd> {
    match flag {
        None => before,
        Some(Bound::Off) => None,
        Some(Bound::At(amount)) => Some(amount),
    }
}

/// What scripts read: a contract.
#[derive(Serialize)]
struct BudgetJson {
    #[serde(flatten)]
    budget: Budget,
    spent: SpentHere,
}
