//! Which groups of the service template go into the file.

use super::words;
use crate::domain::service_group::ServiceGroup;
use crate::text::{Lang, Phrase};
use crate::ui::page::Page;

/// Puts the groups on the page, each with a switch, and the way back to the change.
pub(super) fn write(page: &mut Page<'_>, chosen: &[ServiceGroup], lang: Lang) {
    page.say(words::WHICH_GROUPS.say(lang));
    page.gap();
    for group in ServiceGroup::ALL {
        let (name, what) = words_of(group);
        let switch = words::switch(chosen.contains(&group)).say(lang);
        page.choice(name.say(lang), format!("{switch}  {what}"));
    }
    page.choice(words::BACK_TO_CHANGE.say(lang), "");
}

/// Turns the group with this number on or off; false where it is none.
pub(super) fn toggle(chosen: &mut Vec<ServiceGroup>, at: usize) -> bool {
    let Some(&group) = ServiceGroup::ALL.get(at) else {
        return false;
    };
    if chosen.contains(&group) {
        chosen.retain(|other| *other != group);
    } else {
        chosen.push(group);
    }
    true
}

/// The chosen groups by name, in the template's order.
pub(super) fn names(chosen: &[ServiceGroup], lang: Lang) -> String {
    let all = ServiceGroup::ALL.into_iter();
    let names: Vec<&str> = all
        .filter(|group| chosen.contains(group))
        .map(|group| words_of(group).0.say(lang))
        .collect();
    names.join(words::AND.say(lang))
}

/// A group's name, and the variables in it.
fn words_of(group: ServiceGroup) -> (Phrase, &'static str) {
    match group {
        ServiceGroup::OpenAi => (words::OPENAI, "# OPENAI_API_KEY"),
        ServiceGroup::Database => (words::DATABASE, "DATABASE_URL"),
        ServiceGroup::Redis => (words::REDIS, "REDIS_HOST, REDIS_PORT, …"),
        ServiceGroup::Signing => (words::SIGNING, "SECRET_KEY, ALGORITHM …"),
        ServiceGroup::Environment => (words::ENVIRONMENT, "ENVIRONMENT"),
    }
}
