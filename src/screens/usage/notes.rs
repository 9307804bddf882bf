//! What the figures come to, in sentences: alerts, forecasts with their method, the month.

use jiff::Timestamp;

use super::cards::time_of;
use super::words;
use crate::domain::diagnosis::Diagnosis;
use crate::flow::note::Note;
use crate::flow::usage::UsageTold;
use crate::insight::month::Month;
use crate::insight::outlook::if_old;
use crate::text::{Phrase, Said};

/// What went wrong: what, why, and what to do, the likeliest first; `None` where nothing did.
pub(super) fn troubles(seen: &[(Phrase, Diagnosis)]) -> Option<Note> {
    const PART: Phrase = Phrase::new("{}: {}", "{}：{}");
    const FIX: Phrase = Phrase::new("→ {}", "→ {}");
    const COMMAND: Phrase = Phrase::new("→ {}: {}", "→ {}：{}");
    let mut note = Note::new(words::TROUBLE);
    for (part, trouble) in seen {
        note.say(Said::joined(PART, &[(*part).into(), trouble.title.clone()]));
        note.say(trouble.cause.clone());
        for fix in &trouble.fixes {
            let words = fix.words.clone();
            note.say(match fix.act.command() {
                Some(command) => Said::joined(COMMAND, &[words, Said::verbatim(command)]),
                None => Said::joined(FIX, &[words]),
            });
        }
        for link in &trouble.links {
            note.link(link.clone());
        }
    }
    (!seen.is_empty()).then_some(note)
}

/// All of it.
pub(super) fn outlook(told: &UsageTold) -> Note {
    const CREDITS: Phrase = Phrase::new("Credits:", "余额：");
    const LIMIT: Phrase = Phrase::new("The key's limit:", "密钥限额：");
    const MONTH: Phrase = Phrase::new("This month (UTC):", "本月（UTC）：");
    const LEARNED: Phrase = Phrase::new(
        "Asked {}; days, weeks and months are UTC. Amounts are US dollars.",
        "查询时间 {}；日、周、月均按 UTC 计算，金额为美元。",
    );
    const LEARNED_IN_PART: Phrase = Phrase::new(
        "Asked {}, not all of it was answered: what bears a time is from then. Days, weeks and months are UTC. Amounts are US dollars.",
        "查询时间 {}，有的未得到答复：带时间的是当时的数据。日、周、月均按 UTC 计算，金额为美元。",
    );
    const METHOD: Phrase = Phrase::new("How that is reckoned: {}.", "计算方法：{}。");
    let mut note = Note::new(words::ALERTS);
    let alerts = &told.outlook.judgement.alerts;
    if alerts.is_empty() {
        note.say(words::NO_ALERTS);
    }
    for alert in alerts {
        const MARKED: Phrase = Phrase::new("! {}", "! {}");
        let said = Said::joined(MARKED, std::slice::from_ref(&alert.message));
        let learned = told.outlook.learned.of_alert(alert);
        note.say(with_age(said, learned, told.at));
    }
    let outlook = &told.outlook;
    for (name, forecast, learned) in [
        (CREDITS, &outlook.credits, outlook.learned.balance),
        (LIMIT, &outlook.limit, outlook.learned.key),
    ] {
        if let Some(forecast) = forecast {
            let said = Said::from(name).then(forecast.say());
            note.say(with_age(said, learned, told.at));
            if let Some(pace) = forecast.pace() {
                note.say(Said::joined(METHOD, &[pace.method()]));
            }
        }
    }
    if let Some(month) = outlook.month.as_ref().and_then(Month::say) {
        note.say(Said::from(MONTH).then(month));
    }
    let learned = if told.gathered.troubles.is_empty() {
        LEARNED
    } else {
        LEARNED_IN_PART
    };
    note.say(Said::new(learned, &[&time_of(told.at, told.at)]));
    note
}

/// A sentence, and of when its figure is where that is not of now.
pub(super) fn with_age(said: Said, learned: Option<Timestamp>, now: Timestamp) -> Said {
    const OF: Phrase = Phrase::new("(as of {})", "（截至 {}）");
    match if_old(learned, now) {
        Some(at) => said.then(Said::new(OF, &[&time_of(at, now)])),
        None => said,
    }
}
