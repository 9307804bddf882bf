//! A note laid over the screen.

use ratatui::layout::Rect;

use super::sheet::{self, Scroll, Verdict};
use crate::flow::Facts;
use crate::flow::note::{Note, NotePart};
use crate::keymap::Chord;
use crate::ui::page::{Block, Fact, Page, fact};
use crate::ui::{Canvas, page_layout};

/// The sheet.
#[derive(Debug)]
pub struct NoteSheet {
    note: Note,
    scroll: Scroll,
}

impl NoteSheet {
    /// A sheet for a note.
    pub fn new(note: Note) -> Self {
        Self {
            note,
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
            ..Page::new(self.note.title.say(lang))
        };
        let mut names: Vec<Fact> = Vec::new();
        for part in &self.note.parts {
            if let NotePart::Fact(name, value) = part {
                names.push(fact(name.say(lang), value.say(lang)));
                continue;
            }
            page.facts(std::mem::take(&mut names));
            page.gap();
            match part {
                NotePart::Text(words) => page.say(words.say(lang)),
                NotePart::Link(web) => page.push(Block::Link(web.url())),
                NotePart::Fact(..) => {}
            }
        }
        page.facts(names);
        page
    }

    pub(super) fn draw(&self, canvas: &mut Canvas<'_, '_>, area: Rect, facts: &Facts) {
        let page = self.page(facts);
        // No larger than what it says.
        let columns = 90.min(area.width);
        let rows = page_layout::height(&page, columns.saturating_sub(4), canvas.theme);
        let size = (columns, rows.saturating_add(2));
        let inside = sheet::frame(canvas, area, &page.title, size);
        page_layout::draw(canvas, inside, &page, Some(self.scroll.0));
    }
}
