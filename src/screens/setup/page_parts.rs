//! Pieces that several steps put on their pages.

use std::path::Path;
use std::time::Duration;

use crate::domain::account::KeyFacts;
use crate::domain::diagnosis::{Act, Diagnosis, Fix};
use crate::domain::sighting::Place;
use crate::insight::reset;
use crate::text::{Lang, Phrase};
use crate::ui::page::{Block, Fact, Page, fact};
use crate::ui::theme::Tone;

pub(super) use crate::screens::fixing::{doable, is_doable, is_openrouter, may_go_to, open};

use super::step_name::StepName;
use super::words;

/// A page of a step, with the step's number in its heading.
pub(super) fn step_page<'a>(step: StepName, lang: Lang) -> Page<'a> {
    let name = step.title().say(lang);
    Page::new(words::STEP_OF.fill(lang, &[&(step.index() + 1), &name]))
}

/// A trouble: what happened, why, what to do.
pub(super) fn trouble(page: &mut Page<'_>, diagnosis: &Diagnosis, lang: Lang) {
    page.tell(Tone::Trouble, format!("✗ {}", diagnosis.title.say(lang)));
    why(page, diagnosis, lang);
}

/// A trouble whose name stands on the page already: why, what to do.
pub(super) fn why(page: &mut Page<'_>, diagnosis: &Diagnosis, lang: Lang) {
    page.say(diagnosis.cause.say(lang));
    let advice = diagnosis.fixes.iter().filter(|fix| !is_doable(fix));
    for fix in advice {
        let words = match &fix.act {
            Act::Run(_) => fix.with_command(lang),
            _ => fix.words.say(lang),
        };
        page.say(format!("- {words}"));
    }
    page.gap();
}

/// A fix as a choice: its words, and where it leads.
pub(super) fn fix_words(fix: &Fix, lang: Lang) -> (String, String) {
    let note = match &fix.act {
        Act::Open(web) => web.url(),
        _ => String::new(),
    };
    (fix.words.say(lang), note)
}

/// A place, as a person would say it.
pub(super) fn place(place: &Place, folder: &Path, lang: Lang) -> String {
    place.said(folder).say(lang)
}

/// What the server says about a key.
pub(super) fn key_facts(key: &KeyFacts, lang: Lang) -> Vec<Fact> {
    const LABEL: Phrase = Phrase::new("label", "标签");
    const LIMIT: Phrase = Phrase::new("limit", "限额");
    const NO_LIMIT: Phrase = Phrase::new("none", "无");
    const LIMIT_LEFT: Phrase = Phrase::new("{} of {} left", "剩余 {}，共 {}");
    const RESETS: Phrase = Phrase::new("{}, resets {}", "{}，重置周期：{}");
    const USED: Phrase = Phrase::new("used", "已用");
    const USED_OF: Phrase = Phrase::new(
        "{} today, {} in all (UTC days)",
        "今日 {}，累计 {}（按 UTC 计日）",
    );
    const EXPIRES: Phrase = Phrase::new("expires", "到期");
    const NEVER: Phrase = Phrase::new("never", "永不");
    const FREE: Phrase = Phrase::new("free requests", "免费请求");
    const FREE_OF: Phrase = Phrase::new("{} of {} used today", "今日已用 {}，共 {}");

    let limit = match (key.limit, key.limit_remaining) {
        (Some(limit), Some(left)) => LIMIT_LEFT.fill(lang, &[&left, &limit]),
        (Some(limit), None) => limit.to_string(),
        (None, _) => NO_LIMIT.say(lang).into(),
    };
    let limit = match &key.limit_reset {
        Some(reset) if key.limit.is_some() => {
            RESETS.fill(lang, &[&limit, &reset::words(reset, lang)])
        }
        _ => limit,
    };
    let mut facts = vec![
        fact(LABEL.say(lang), key.label.as_str()),
        fact(LIMIT.say(lang), limit),
        fact(
            USED.say(lang),
            USED_OF.fill(lang, &[&key.usage.daily, &key.usage.total]),
        ),
        fact(
            EXPIRES.say(lang),
            key.expires_at
                .map_or_else(|| NEVER.say(lang).into(), |at| format!("{at:.0}")),
        ),
    ];
    if let Some(free) = key.free_requests {
        facts.push(fact(
            FREE.say(lang),
            FREE_OF.fill(lang, &[&free.used, &free.limit]),
        ));
    }
    facts
}

/// A duration as a stage shows it: `84 ms`, `1.3 s`.
pub(super) fn took(duration: Duration) -> String {
    let ms = duration.as_millis();
    if ms < 1000 {
        format!("{ms} ms")
    } else {
        format!("{:.1} s", duration.as_secs_f64())
    }
}

/// Something is under way.
pub(super) fn working(page: &mut Page<'_>, words: impl Into<String>) {
    page.push(Block::Working(words.into()));
}
