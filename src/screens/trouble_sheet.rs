//! A trouble, whole: what happened, why, what to do, and what was seen, for a report.

use ratatui::layout::Rect;

use super::sheet::{self, Scroll, Verdict};
use crate::domain::diagnosis::Diagnosis;
use crate::flow::Facts;
use crate::keymap::Chord;
use crate::text::Phrase;
use crate::ui::page::{Block, Page, fact};
use crate::ui::theme::Tone;
use crate::ui::{Canvas, page_layout};

const TITLE: Phrase = Phrase::new("What was seen", "原始信息");
const SEEN: Phrase = Phrase::new("Seen, secrets masked:", "收到的内容（密钥已遮蔽）：");
const NOTHING: Phrase = Phrase::new("(nothing more than that)", "（没有更多内容）");

/// The sheet.
#[derive(Debug)]
pub struct TroubleSheet {
    diagnosis: Diagnosis,
    scroll: Scroll,
}

impl TroubleSheet {
    /// A sheet for a trouble.
    pub fn new(diagnosis: Diagnosis) -> Self {
        Self {
            diagnosis,
            scroll: Scroll::default(),
        }
    }

    pub(super) fn press(&mut self, chord: Chord) -> Verdict {
        self.scroll.press(chord)
    }

    /// What it says.
    pub(super) fn page(&self, facts: &Facts) -> Page<'static> {
        let lang = facts.lang;
        let mut page = Page {
            chosen: usize::MAX,
            ..Page::new(TITLE.say(lang))
        };
        page.tell(Tone::Trouble, self.diagnosis.title.say(lang));
        page.say(self.diagnosis.cause.say(lang));
        page.gap();
        page.facts(vec![fact("id", self.diagnosis.id)]);
        for link in &self.diagnosis.links {
            page.push(Block::Link(link.url()));
        }
        page.gap();
        page.tell(Tone::Quiet, SEEN.say(lang));
        let raw = self.diagnosis.raw.as_str();
        page.say(if raw.is_empty() {
            NOTHING.say(lang)
        } else {
            raw
        });
        page
    }

    pub(super) fn draw(&self, canvas: &mut Canvas<'_, '_>, area: Rect, facts: &Facts) {
        let page = self.page(facts);
        let inside = sheet::frame(canvas, area, TITLE.say(facts.lang), (90, 30));
        page_layout::draw(canvas, inside, &page, Some(self.scroll.0));
    }
}
