//! The keys in sight: the one in use, and what else was found here.

use super::{Key, words};
use crate::domain::sighting::{Place, Rest, Sighting, short_path};
use crate::flow::Facts;
use crate::flow::facts::Origin;
use crate::screens::setup::page_parts;
use crate::screens::setup::shared::Shared;
use crate::ui::page::{Page, fact};
use crate::ui::theme::Tone;

impl Key {
    /// Puts them on the page.
    pub(super) fn write_in_sight(&self, page: &mut Page<'_>, shared: &Shared, facts: &Facts) {
        let lang = facts.lang;
        if let Some(key) = shared.accepted_key(facts).filter(|_| !self.wants_other) {
            page.tell(Tone::Good, words::ACCEPTED.say(lang));
            let origin = match &key.origin {
                Origin::Found(place) => page_parts::place(place, &facts.folder, lang),
                Origin::Pasted => words::PASTED.say(lang).into(),
                Origin::SignedIn { kept } => match kept {
                    Some(Place::Store(Rest::File(path))) => {
                        words::SIGNED_IN.fill(lang, &[&short_path(path, &facts.folder)])
                    }
                    Some(Place::Store(Rest::Keyring)) => words::SIGNED_IN_KEYRING.say(lang).into(),
                    _ => words::SIGNED_IN_ONLY.say(lang).into(),
                },
            };
            let mut rows = vec![
                fact(words::KEY.say(lang), key.secret.mask()),
                fact(words::FROM.say(lang), origin),
            ];
            match &key.facts {
                Some(known) => rows.extend(page_parts::key_facts(known, lang)),
                None => rows.push(fact(words::KIND.say(lang), words::NOT_OPENROUTER.say(lang))),
            }
            page.facts(rows);
        } else if self.trouble.is_none() {
            page.say(words::QUESTION.say(lang));
        }
        let Some(around) = &shared.around else { return };
        for trouble in &around.troubles {
            page.tell(Tone::Warn, format!("! {}", trouble.say(lang)));
        }
        write_conflict(page, &around.keys, facts);
        if around.keys.is_empty() && !around.openai_keys.is_empty() && facts.key.is_none() {
            page.gap();
            page.tell(Tone::Quiet, words::OPENAI_FOUND.say(lang));
        }
    }
}

/// Two different keys in sight: which one a program would really read.
fn write_conflict(page: &mut Page<'_>, keys: &[Sighting], facts: &Facts) {
    let Some(first) = keys.first() else { return };
    if keys.iter().all(|key| key.secret == first.secret) {
        return;
    }
    let lang = facts.lang;
    page.gap();
    let place = page_parts::place(&first.place, &facts.folder, lang);
    page.tell(Tone::Warn, words::CONFLICT.fill(lang, &[&place]));
    page.facts(
        keys.iter()
            .map(|key| {
                fact(
                    page_parts::place(&key.place, &facts.folder, lang),
                    key.secret.mask(),
                )
            })
            .collect(),
    );
}
