//! Figures: what is left, when it ends, what was spent and on what; the everyday home.
//!
//! ```text
//! UsageTold ─┬─ cards    the key in use, the account
//!            ├─ chart    spend by day
//!            ├─ tables   days, models, providers, keys, requests, the review, prices
//!            └─ notes    one request, one model's prices, alerts and forecasts in sentences
//! ```

mod banner;
mod cards;
mod chart;
mod head;
mod headline;
mod key_days;
mod keys;
mod lead;
mod looking;
mod notes;
mod nothing;
mod place;
mod prices;
mod request;
mod state;
mod tables;
mod update;
mod view;
mod words;

use ratatui::layout::Rect;

pub use keys::{Action, BINDINGS};
pub use place::{Range, Source, View};
pub use state::Usage;

use super::screen::Screen;
use super::sheet::Given;
use crate::flow::{Facts, Reply, Step};
use crate::keymap::{Chord, Hint};
use crate::text::Phrase;
use crate::ui::page::{Block, Page, TableRow};
use crate::ui::theme::Tone;
use crate::ui::{Canvas, Touch};

impl Screen for Usage {
    fn title(&self) -> Phrase {
        words::TITLE
    }

    fn hints(&self, facts: &Facts) -> Vec<Hint> {
        self.offered(facts)
    }

    fn start(&mut self, facts: &Facts) -> Step {
        self.on_start(facts)
    }

    fn resume(&mut self, facts: &Facts) -> Step {
        self.on_resume(facts)
    }

    fn leave(&mut self) -> Step {
        self.on_leave()
    }

    fn focus(&mut self, has_focus: bool, facts: &Facts) -> Step {
        self.on_focus(has_focus, facts)
    }

    fn press(&mut self, chord: Chord, facts: &Facts) -> Step {
        self.on_press(chord, facts)
    }

    fn press_named(&mut self, chord: Chord, facts: &Facts) -> Step {
        self.on_press_named(chord, facts)
    }

    fn run(&mut self, name: &'static str, facts: &Facts) -> Step {
        self.on_run(name, facts)
    }

    fn paste(&mut self, text: &str, facts: &Facts) -> Step {
        self.on_paste(text, facts)
    }

    fn touch(&mut self, touch: Touch, facts: &Facts) -> Step {
        self.on_touch(touch, facts)
    }

    fn answer(&mut self, name: &'static str, given: &Given, facts: &Facts) -> Step {
        self.on_answer(name, given, facts)
    }

    fn wheel(&mut self, rows: i16) -> Step {
        self.on_wheel(rows)
    }

    fn receive(&mut self, reply: &Reply, facts: &Facts) -> Step {
        self.on_receive(reply, facts)
    }

    fn draw(&mut self, canvas: &mut Canvas<'_, '_>, area: Rect, facts: &Facts) -> u16 {
        self.price(facts);
        self.draw_on(canvas, area, facts);
        0
    }

    fn set_scroll_limit(&mut self, _rows: u16) {}

    fn page(&self, facts: &Facts) -> Page<'_> {
        let lang = facts.lang;
        let mut page = Page::new(words::TITLE.say(lang));
        for line in self.banner(lang) {
            page.tell(line.tone, format!("{}{}", line.words.trim(), line.tail));
        }
        page.tell(Tone::Quiet, self.head(lang, usize::MAX));
        let table = self.table(facts);
        if let Some(empty) = table.empty.clone().filter(|_| table.targets.is_empty()) {
            page.say(empty.say(lang));
        }
        let rows = table.grid.rows.into_iter().map(|row| TableRow {
            tone: row.tone,
            cells: row.cells,
        });
        page.push(Block::Table(rows.collect()));
        page
    }

    fn is_ready(&self) -> bool {
        self.told.is_some() && self.looking.learning.is_none()
    }

    fn is_typing(&self) -> bool {
        self.is_searching
    }
}
