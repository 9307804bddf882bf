//! The change of the .env step as it is shown: before it is written, and after.

use std::path::PathBuf;

use super::{findings, words};
use crate::diagnosis;
use crate::domain::leak::Leak;
use crate::domain::sighting::short_path;
use crate::domain::symptom::Symptom;
use crate::flow::Facts;
use crate::flow::env::EnvReview;
use crate::screens::setup::shared::Shared;
use crate::ui::page::{Block, Page};
use crate::ui::theme::Tone;

/// The file holds the key already.
pub(super) fn is_unchanged(review: &EnvReview) -> bool {
    review.files.iter().all(|file| file.lines.is_empty())
}

/// There is more to say about the file.
pub(super) fn has_findings(review: &EnvReview) -> bool {
    !review.findings.is_empty()
}

/// The change before it is written.
pub(super) fn write_review<'a>(page: &mut Page<'a>, review: &'a EnvReview, facts: &Facts) {
    let lang = facts.lang;
    if is_unchanged(review) {
        page.tell(Tone::Good, words::UNCHANGED.say(lang));
        if let Some(file) = review.files.first() {
            page.say(file.path.display().to_string());
        }
    } else {
        page.say(words::WILL_WRITE.say(lang));
        for file in review.files.iter().filter(|file| !file.lines.is_empty()) {
            page.push(Block::Change(file));
        }
        page.gap();
    }
    if review.is_tracked {
        page.tell(Tone::Trouble, words::TRACKED.say(lang));
    }
    for warning in review.warnings.iter().chain(&review.shadowed_by) {
        page.tell(Tone::Warn, format!("! {}", warning.say(lang)));
    }
    findings::write_worst(page, &review.findings, facts);
}

/// What stands below the choices: it calms, and must not push the change off a small screen.
pub(super) fn write_notes(page: &mut Page<'_>, review: &EnvReview, facts: &Facts) {
    page.gap();
    let is_new = review.files.first().is_some_and(|file| file.is_new);
    if !is_unchanged(review) {
        let note = if is_new {
            words::NEW_FILE
        } else {
            words::NOTHING_ELSE
        };
        page.tell(Tone::Quiet, note.say(facts.lang));
    }
    if facts.is_sandbox {
        page.tell(Tone::Quiet, words::SANDBOX.say(facts.lang));
    }
}

/// The change once it is written.
pub(super) fn write_saved(page: &mut Page<'_>, shared: &Shared, facts: &Facts) {
    let lang = facts.lang;
    let Some(saved) = &shared.saved else { return };
    page.tell(Tone::Good, words::SAVED.say(lang));
    page.say(words::WROTE.fill(lang, &[&saved.path.display(), &saved.line]));
    for path in &saved.also {
        page.say(words::ALSO.fill(lang, &[&path.display()]));
    }
    page.tell(Tone::Quiet, words::UNDO_NOTE.say(lang));
}

/// Keys that stand elsewhere in the project. The file on this page, `here`, speaks for itself.
pub(super) fn write_leaks(
    page: &mut Page<'_>,
    here: Option<&PathBuf>,
    shared: &Shared,
    facts: &Facts,
) {
    let lang = facts.lang;
    let is_elsewhere = |leak: &&Leak| !leak.is_env_file || Some(&leak.path) != here;
    let mut leaks = shared.leaks.iter().filter(is_elsewhere);
    let Some(leak) = leaks.next() else { return };
    let found = diagnosis::explain(&Symptom::Leaked(Box::new(leak.clone())));
    let path = short_path(&leak.path, &facts.folder);
    page.gap();
    let title = found.title.say(lang);
    let key = &leak.key_masked;
    let words = words::LEAK.fill(lang, &[&title, &path, &leak.line, &leak.vendor.name(), key]);
    page.tell(Tone::Warn, words);
    let more = leaks.count();
    if more > 0 {
        page.tell(Tone::Warn, words::MORE_LEAKS.fill(lang, &[&more]));
    }
    if let Some(first) = found.fixes.first() {
        page.say(words::LEAK_REMEDY.fill(lang, &[&first.words.say(lang)]));
    }
}
