//! How a test stands on the page: its stages, and what came of it.

use super::{Mode, Test, words};
use crate::domain::stage::{self, StageStatus};
use crate::screens::setup::page_parts;
use crate::text::Lang;
use crate::ui::page::{Block, Page, stage_mark};
use crate::ui::theme::Tone;

impl Test {
    pub(super) fn write_stages(&self, page: &mut Page<'_>, lang: Lang) {
        // Of a long test that failed, what went well is one line: what did not must be seen.
        let is_long = self.trouble().is_some() && self.way.is_full;
        if is_long {
            let titles = |status| {
                let those = self
                    .stages
                    .iter()
                    .filter(move |stage| stage.status == status);
                those
                    .map(|stage| stage.id.title().say(lang))
                    .collect::<Vec<_>>()
            };
            let passed = titles(StageStatus::Pass);
            if !passed.is_empty() {
                let (mark, _) = stage_mark(StageStatus::Pass);
                page.tell(Tone::Good, format!("{mark} {}", passed.join(" · ")));
            }
            let skipped = titles(StageStatus::Skip);
            if !skipped.is_empty() {
                let words = words::SKIPPED.fill(lang, &[&skipped.join(" · ")]);
                let (mark, _) = stage_mark(StageStatus::Skip);
                page.tell(Tone::Quiet, format!("{mark} {words}"));
            }
        }
        for stage in &self.stages {
            if is_long && matches!(stage.status, StageStatus::Pass | StageStatus::Skip) {
                continue;
            }
            page.push(Block::Stage {
                status: stage.status,
                title: stage.id.title().say(lang).into(),
                took: match stage.status {
                    StageStatus::Running | StageStatus::Skip => String::new(),
                    _ => page_parts::took(stage.took),
                },
                detail: stage.detail.say(lang),
            });
        }
    }

    pub(super) fn write_end(&self, page: &mut Page<'_>, lang: Lang) {
        match (&self.mode, self.trouble()) {
            (Mode::Stopped, _) => page.say(words::STOPPED.say(lang)),
            (Mode::Waiting(wait), _) => wait.write(page, lang),
            (Mode::Ended, Some(diagnosis)) => {
                page.tell(Tone::Quiet, words::FAILS.say(lang));
                page_parts::why(page, diagnosis, lang);
            }
            (Mode::Ended, None) => {
                let verdict = stage::verdict(&self.stages).say(lang);
                page.tell(Tone::Good, format!("✓ {verdict}"));
                for diagnosis in self.remarks() {
                    page.gap();
                    page.tell(Tone::Warn, format!("! {}", diagnosis.title.say(lang)));
                    page_parts::why(page, diagnosis, lang);
                }
            }
            (Mode::Idle | Mode::Running(_) | Mode::Addressing(_), _) => {}
        }
    }
}
