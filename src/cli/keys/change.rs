//! `onramp keys update`, `enable` and `disable`.

use super::Ring;
use crate::cli::args::Bound;
use crate::cli::args::keys::{KeysDisableFlags, KeysEnableFlags, KeysUpdateFlags, ResetName};
use crate::cli::confirm;
use crate::cli::context::Context;
use crate::cli::output::{Failure, Outcome, print_json, print_line};
use crate::domain::account::{Change, KeyChange, ManagedKey};
use crate::domain::clean_text::CleanText;
use crate::text::{Phrase, Said};
use crate::ui::managed_key;

const NOTHING: Phrase = Phrase::new(
    "what is to change? --name, --limit, --reset",
    "要修改什么？--name、--limit、--reset",
);
const NO_NAME: Phrase = Phrase::new("the name is empty", "名称为空");
const IS_THERE: Phrase = Phrase::new(
    "another key is called “{}” already",
    "已有另一个名为“{}”的密钥",
);
const RENAMED: Phrase = Phrase::new("{} is called {} now", "{} 现在名为 {}");
const LIMIT: Phrase = Phrase::new("{}: limit {} → {}", "{}：限额 {} → {}");
const UNCHANGED: Phrase = Phrase::new("{} is so already", "{} 已经是这样");
const ENABLED: Phrase = Phrase::new("{} is switched on", "{} 已启用");
const DISABLED: Phrase = Phrase::new(
    "{} is switched off; onramp keys enable takes it back",
    "{} 已停用；可用 onramp keys enable 恢复",
);
const IN_USE: Phrase = Phrase::new(
    "This key is in use here: without it every request is refused. Switch it off?",
    "此处正在使用这个密钥：停用后所有请求都会被拒绝。要停用吗？",
);
const NOBODY: Phrase = Phrase::new(
    "this key is in use here and nobody is here to agree; --yes switches it off",
    "此处正在使用这个密钥，且没有终端可确认；--yes 可直接停用",
);
const LEFT: Phrase = Phrase::new("nothing was changed", "没有改动");

pub(super) async fn update(context: &Context, flags: &KeysUpdateFlags) -> Outcome {
    if flags.name.is_none() && flags.limit.is_none() && flags.reset.is_none() {
        return Err(Failure::Usage(NOTHING.into()));
    }
    let name = flags.name.as_deref().map(str::trim);
    if name.is_some_and(str::is_empty) {
        return Err(Failure::Usage(NO_NAME.into()));
    }
    let ring = Ring::open(context).await?;
    let before = ring.find(&flags.which.key)?;
    let is_others = |key: &ManagedKey| key.hash != before.hash && name == Some(key.name.as_str());
    if ring.keys.iter().any(is_others) {
        let name = CleanText::line(name.unwrap_or_default());
        return Err(Failure::Usage(Said::new(IS_THERE, &[&name])));
    }
    let change = KeyChange {
        name: name.map(str::to_owned),
        limit: match flags.limit {
            None => Change::Keep,
            Some(Bound::Off) => Change::Clear,
            Some(Bound::At(limit)) => Change::Set(limit),
        },
        limit_reset: match flags.reset.map(ResetName::word) {
            None => Change::Keep,
            Some(None) => Change::Clear,
            Some(Some(word)) => Change::Set(word),
        },
        ..KeyChange::default()
    };
    let after = apply(context, &ring, &before, &change, flags.shown.json).await?;
    if flags.shown.json {
        return Ok(());
    }
    let lang = context.lang;
    if before.name != after.name {
        print_line(&RENAMED.fill(lang, &[&before.name, &after.name]));
    }
    let (old, new) = (limit_of(context, &before), limit_of(context, &after));
    if old != new {
        print_line(&LIMIT.fill(lang, &[&after.name, &old, &new]));
    }
    if before.name == after.name && old == new {
        print_line(&UNCHANGED.fill(lang, &[&after.name]));
    }
    Ok(())
}

pub(super) async fn enable(context: &Context, flags: &KeysEnableFlags) -> Outcome {
    let ring = Ring::open(context).await?;
    let key = ring.find(&flags.which.key)?;
    switch(context, &ring, &key, false, flags.shown.json).await
}

pub(super) async fn disable(context: &Context, flags: &KeysDisableFlags) -> Outcome {
    let ring = Ring::open(context).await?;
    let key = ring.find(&flags.which.key)?;
    if ring.manager.is_own(&key) && !key.disabled && !flags.yes {
        if !confirm::is_somebody_there() {
            return Err(Failure::Usage(NOBODY.into()));
        }
        if !confirm::ask_beside(context, IN_USE, false).await {
            context.note(LEFT.say(context.lang));
            return Ok(());
        }
    }
    switch(context, &ring, &key, true, flags.shown.json).await
}

async fn switch(
    context: &Context,
    ring: &Ring,
    key: &ManagedKey,
    off: bool,
    json: bool,
) -> Outcome {
    let change = KeyChange {
        disabled: Some(off),
        ..KeyChange::default()
    };
    let after = apply(context, ring, key, &change, json).await?;
    if !json {
        let words = match off {
            _ if key.disabled == off => UNCHANGED,
            true => DISABLED,
            false => ENABLED,
        };
        print_line(&words.fill(context.lang, &[&after.name]));
    }
    Ok(())
}

/// Makes the change, and prints the key as it is then for a script.
async fn apply(
    context: &Context,
    ring: &Ring,
    key: &ManagedKey,
    change: &KeyChange,
    json: bool,
) -> Result<ManagedKey, Failure> {
    let after = ring.manager.update(key, change).await;
    let after = after.map_err(|symptom| crate::cli::diagnosed(&symptom))?;
    if json {
        print_json(&ring.json(context, &after));
    }
    Ok(after)
}

fn limit_of(context: &Context, key: &ManagedKey) -> String {
    managed_key::cap(key.limit, key.limit_reset.as_deref(), context.lang)
}
