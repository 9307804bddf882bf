//! `onramp keys cap`: what every key may spend, by the default guardrail of the account's own workspace.

use serde::Serialize;

use super::manager;
use crate::cli::args::Bound;
use crate::cli::args::keys::{KeysCapFlags, ResetName};
use crate::cli::confirm;
use crate::cli::context::Context;
use crate::cli::output::{Failure, Outcome, print_json, print_line};
use crate::domain::account::Change;
use crate::domain::clean_text::CleanText;
use crate::domain::guardrail::Guardrail;
use crate::domain::money::Usd;
use crate::text::Phrase;
use crate::ui::managed_key;

const NOW: Phrase = Phrase::new("each key may spend: {}", "每个密钥可花费：{}");
const CHANGED: Phrase = Phrase::new(
    "each key may spend: {}; before: {}",
    "每个密钥可花费：{}；原来：{}",
);
const SO_ALREADY: Phrase = Phrase::new("that is so already: {}", "已经是这样：{}");
const EACH: Phrase = Phrase::new(
    "It counts for each key and each person by itself, in the account's own workspace; where a key has a limit of its own, the lower one holds.",
    "按每个密钥、每位成员分别计算，适用于账户的默认工作区；密钥自身另有限额时，以较低者为准。",
);
const NO_CAP: Phrase = Phrase::new("there is no cap that could begin anew", "没有可重置的上限");
const NOTHING: Phrase = Phrase::new(
    "a cap is more than $0; onramp keys disable KEY switches a key off",
    "上限须大于 $0；停用密钥请用 onramp keys disable KEY",
);
const ASK: Phrase = Phrase::new(
    "It holds at once, for every key of the account. Set it?",
    "这会立即适用于账户的每个密钥。要设置吗？",
);
const NOBODY: Phrase = Phrase::new(
    "this holds for every key of the account and nobody is here to agree; --yes sets it",
    "这会适用于账户的每个密钥，且没有终端可确认；--yes 可直接设置",
);
const LEFT: Phrase = Phrase::new("nothing was changed", "没有改动");

pub(super) async fn run(context: &Context, flags: &KeysCapFlags) -> Outcome {
    let lang = context.lang;
    if matches!(flags.limit, Some(Bound::At(limit)) if limit.is_zero()) {
        return Err(Failure::Usage(NOTHING.into()));
    }
    let manager = manager(context).await?;
    let diagnosed = |symptom| crate::cli::diagnosed(&symptom);
    let before = manager.guardrail().await.map_err(diagnosed)?;
    if flags.limit.is_none() && flags.reset.is_none() {
        tell(
            context,
            flags,
            &before,
            &NOW.fill(lang, &[&said(context, &before)]),
        );
        return Ok(());
    }
    let limit = match flags.limit {
        None => Change::Keep,
        Some(Bound::Off) => Change::Clear,
        Some(Bound::At(limit)) => Change::Set(limit),
    };
    if before.limit.is_none() && !matches!(limit, Change::Set(_)) && flags.reset.is_some() {
        return Err(Failure::Usage(NO_CAP.into()));
    }
    let reset = match flags.reset.map(ResetName::word) {
        // What is no more begins anew no more.
        None if limit == Change::Clear => Change::Clear,
        None => Change::Keep,
        Some(None) => Change::Clear,
        Some(Some(word)) => Change::Set(word),
    };
    let wanted = after(&before, &limit, &reset);
    if wanted == before {
        let words = SO_ALREADY.fill(lang, &[&said(context, &before)]);
        tell(context, flags, &before, &words);
        return Ok(());
    }
    let (old, new) = (said(context, &before), said(context, &wanted));
    if !flags.yes {
        if !confirm::is_somebody_there() {
            return Err(Failure::Usage(NOBODY.into()));
        }
        context.note(&CHANGED.fill(lang, &[&new, &old]));
        if !confirm::ask_beside(context, ASK, false).await {
            context.note(LEFT.say(lang));
            return Ok(());
        }
    }
    let now = manager.cap_every_key(&before, &limit, &reset).await;
    let now = now.map_err(diagnosed)?;
    let words = CHANGED.fill(lang, &[&said(context, &now), &old]);
    tell(context, flags, &now, &words);
    Ok(())
}

/// The guardrail as it would be.
fn after(before: &Guardrail, limit: &Change<Usd>, reset: &Change<String>) -> Guardrail {
    let mut after = before.clone();
    limit.clone().apply(&mut after.limit);
    match reset {
        Change::Keep => {}
        Change::Clear => after.limit_reset = None,
        Change::Set(word) => after.limit_reset = Some(CleanText::line(word)),
    }
    after
}

fn said(context: &Context, guardrail: &Guardrail) -> String {
    let word = guardrail.limit_reset.as_deref();
    managed_key::cap(guardrail.limit, word, context.lang)
}

fn tell(context: &Context, flags: &KeysCapFlags, guardrail: &Guardrail, words: &str) {
    if flags.shown.json {
        print_json(&CapJson {
            limit_usd: guardrail.limit,
            limit_reset: guardrail.limit_reset.as_ref(),
        });
        return;
    }
    print_line(words);
    context.note(EACH.say(context.lang));
}

/// What scripts read: a contract.
#[derive(Serialize)]
struct CapJson<'a> {
    limit_usd: Option<Usd>,
    limit_reset: Option<&'a CleanText>,
}
