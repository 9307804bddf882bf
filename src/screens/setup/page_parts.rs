//! Pieces that several steps put on their pages.

use std::path::Path;

use crate::domain::diagnosis::{Act, Diagnosis, Fix};
use crate::domain::sighting::Place;
use crate::text::Lang;
use crate::ui::page::{Block, Page};
use crate::ui::theme::Tone;

pub(super) use crate::screens::fixing::{
    authority, doable, has_openrouters_pages, is_doable, may_go_to, may_want_no_key, open,
};
pub(super) use crate::ui::key_facts::key_facts;

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
        page.say(format!("- {}", fix.with_command().say(lang)));
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

/// Something is under way.
pub(super) fn working(page: &mut Page<'_>, words: impl Into<String>) {
    page.push(Block::Working(words.into()));
}
