//! How a test stands on the page: its stages, and what came of it.

use super::{Mode, Test, words};
use crate::domain::count::span;
use crate::domain::stage::{self, Stage, StageStatus};
use crate::screens::setup::page_parts;
use crate::text::Lang;
use crate::ui::page::{Block, Brief, Page, stage_mark};
use crate::ui::theme::Tone;

impl Test {
    pub(super) fn write_stages(&self, page: &mut Page<'_>, lang: Lang) {
        let first = page.blocks.len();
        page.blocks
            .extend(self.stages.iter().map(|stage| row(stage, lang)));
        if self.trouble().is_some() {
            page.brief = Some(Brief {
                of: first..page.blocks.len(),
                blocks: self.in_brief(lang),
            });
        }
    }

    /// Of a test that failed, where there is no room: what went well is one line, what was left out one for each reason.
    /// What did not go well must be seen.
    fn in_brief(&self, lang: Lang) -> Vec<Block<'static>> {
        let with = |status| self.stages.iter().filter(move |it| it.status == status);
        let titles = |stages: &[&Stage]| {
            let titles = stages.iter().map(|stage| stage.id.title().say(lang));
            titles.collect::<Vec<_>>().join(" · ")
        };
        let mut blocks = Vec::new();
        let passed: Vec<&Stage> = with(StageStatus::Pass).collect();
        if !passed.is_empty() {
            let (mark, _) = stage_mark(StageStatus::Pass);
            let words = format!("{mark} {}", titles(&passed));
            blocks.push(Block::Text(Tone::Good, words));
        }
        let skipped: Vec<&Stage> = with(StageStatus::Skip).collect();
        for alike in skipped.chunk_by(|one, other| one.detail == other.detail) {
            let (mark, _) = stage_mark(StageStatus::Skip);
            let why = alike[0].detail.say(lang);
            let words = format!("{mark} {}: {why}", titles(alike));
            blocks.push(Block::Text(Tone::Quiet, words));
        }
        let told = |stage: &&Stage| !matches!(stage.status, StageStatus::Pass | StageStatus::Skip);
        let others = self.stages.iter().filter(told);
        blocks.extend(others.map(|stage| row(stage, lang)));
        blocks
    }

    pub(super) fn write_end(&self, page: &mut Page<'_>, lang: Lang) {
        match (&self.mode, self.trouble()) {
            (Mode::Stopped, _) => page.say(words::STOPPED.say(lang)),
            (Mode::Waiting(wait), _) => wait.write(page, lang),
            (Mode::Ended, Some(diagnosis)) => {
                let verdict = stage::verdict(&self.stages).say(lang);
                page.tell(Tone::Trouble, format!("✗ {verdict}"));
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

/// A stage as a row of the page.
fn row(stage: &Stage, lang: Lang) -> Block<'static> {
    Block::Stage {
        status: stage.status,
        title: stage.id.title().say(lang).into(),
        took: match stage.status {
            StageStatus::Running | StageStatus::Skip => String::new(),
            _ => span(u64::try_from(stage.took.as_millis()).unwrap_or(u64::MAX)),
        },
        detail: stage.detail.say(lang),
    }
}
