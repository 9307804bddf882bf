//! All models: found, compared, looked at, taken.
//!
//! ```text
//! Facts::models ─> stock ─ search, filters ─> found ─┬─ view     the list
//!                                                    └─ detail   one model: facts, endpoints, variants
//! ```

mod detail;
mod endpoints;
mod filters;
mod keys;
mod state;
mod update;
mod variants;
mod view;
mod words;

use ratatui::layout::Rect;

pub use keys::{Action, BINDINGS};
pub use state::Models;

use self::state::Open;
use super::model_rows::{columns, row};
use super::screen::Screen;
use super::sheet::Given;
use crate::flow::models::ModelShown;
use crate::flow::{Facts, Reply, Step};
use crate::keymap::{Chord, Hint, hints};
use crate::text::Phrase;
use crate::ui::page::{Block, Page, TableRow};
use crate::ui::theme::Tone;
use crate::ui::{Canvas, Touch};

/// How many rows the plain lines tell.
const PLAIN_ROWS: usize = 40;
/// How wide the plain lines are.
const PLAIN_COLUMNS: usize = 100;

/// Everything about one model of the list in the facts, as the screen tells it; for who has no screen.
pub fn describe(id: &str, told: ModelShown, facts: &Facts) -> Page<'static> {
    let mut models = Models::default();
    models.take_list(facts);
    models.told.insert(id.to_owned(), told);
    models.detail(&Open::of(id.to_owned(), None), facts, PLAIN_COLUMNS)
}

impl Screen for Models {
    fn title(&self) -> Phrase {
        words::TITLE
    }

    fn hints(&self, _facts: &Facts) -> Vec<Hint> {
        hints(BINDINGS)
            .zip(BINDINGS)
            .filter(|(_, row)| self.can(row.action))
            .map(|(hint, _)| hint)
            .collect()
    }

    fn start(&mut self, facts: &Facts) -> Step {
        self.list(facts)
    }

    fn resume(&mut self, facts: &Facts) -> Step {
        self.on_resume(facts)
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
        self.draw_on(canvas, area, facts);
        0
    }

    fn set_scroll_limit(&mut self, _rows: u16) {}

    fn page(&self, facts: &Facts) -> Page<'_> {
        let lang = facts.lang;
        if let Some(open) = &self.open {
            return self.detail(open, facts, PLAIN_COLUMNS);
        }
        let mut page = Page::new(words::TITLE.say(lang));
        page.tell(Tone::Quiet, self.head(lang));
        page.tell(Tone::Trouble, self.trouble_line(lang).unwrap_or_default());
        if let Some(words) = self.nothing(lang) {
            page.say(words);
            return page;
        }
        let heads = columns(lang).into_iter().map(|column| column.head);
        let heads = TableRow {
            tone: Tone::Quiet,
            cells: heads.collect(),
        };
        let shown = self.found.iter().take(PLAIN_ROWS);
        let rows = shown.map(|&place| row(&self.cards()[place], self.suffix(), facts));
        let rows = rows.map(|row| TableRow {
            tone: row.tone,
            cells: row.cells,
        });
        page.push(Block::Table(std::iter::once(heads).chain(rows).collect()));
        page
    }

    fn is_ready(&self) -> bool {
        !self.is_listing
    }

    fn is_typing(&self) -> bool {
        self.is_searching
    }
}
