//! The account's keys, by its management key: listed, found, made, changed, deleted.
//!
//! ```text
//! ListKeys ─> ring ─ search ─> found ─┬─ view   the list; one key
//!                                     ├─ form ─> DoToKey ─> ring
//!                                     └─ rotate ─> PlanRotation ─> Rotate ─> list
//! ```

mod form;
mod keys;
mod rotate;
mod rotation;
mod state;
mod update;
mod view;
mod words;

use ratatui::layout::Rect;

pub use keys::{Action, BINDINGS};
pub use state::Keys;

use self::rotation::Rotation;
use super::screen::Screen;
use super::sheet::Given;
use crate::flow::{Facts, Reply, Step};
use crate::keymap::{self, Chord, Hint, hints};
use crate::text::Phrase;
use crate::ui::page::Page;
use crate::ui::{Canvas, Touch};

impl Screen for Keys {
    fn title(&self) -> Phrase {
        words::TITLE
    }

    fn hints(&self, _facts: &Facts) -> Vec<Hint> {
        if let Some(made) = &self.made {
            let all = hints(keys::MADE_BINDINGS);
            let has_copy = made.shown.is_some();
            return all.filter(|it| has_copy || it.name != "copy-key").collect();
        }
        if let Some(rotation) = &self.rotation {
            return rotation.hints();
        }
        if let Some(form) = &self.form {
            return form.hints();
        }
        let rows = hints(BINDINGS).zip(BINDINGS);
        rows.filter(|(_, row)| self.can(row.action))
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
        match keymap::action(BINDINGS, chord) {
            Some(action) => self.act(action, facts),
            None => Step::idle(),
        }
    }

    fn interrupt(&mut self, facts: &Facts) -> Option<Step> {
        // Once more leaves; what is not put back by then the next run puts back.
        let can_stop = self.rotation.as_ref().is_some_and(Rotation::can_stop);
        can_stop.then(|| self.leave_rotation(facts))
    }

    fn run(&mut self, name: &'static str, facts: &Facts) -> Step {
        match keymap::named(BINDINGS, name) {
            Some(action) => self.act(action, facts),
            None => Step::idle(),
        }
    }

    fn paste(&mut self, text: &str, _facts: &Facts) -> Step {
        self.on_paste(text)
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
        self.pages(facts)
    }

    fn is_ready(&self) -> bool {
        let is_running = self.rotation.as_ref().is_some_and(Rotation::is_running);
        self.listing.is_none() && self.doing.is_none() && !is_running
    }

    fn is_typing(&self) -> bool {
        // A form is left by Esc, a key that is shown this once by Enter: no letter on the way ends the program.
        let shows_key = self.made.as_ref().is_some_and(|made| made.shown.is_some());
        // Nor is what is being rotated left by the way.
        self.is_searching || self.form.is_some() || shows_key || self.rotation.is_some()
    }
}
