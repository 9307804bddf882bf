//! The wizard: six steps from no key to a tested one, and what to do next.

mod address;
mod countdown;
mod keys;
mod page_parts;
mod shared;
mod state;
mod step_name;
pub mod steps;
mod update;
mod view;
mod words;

use ratatui::layout::Rect;

pub use keys::{Action, BINDINGS};
pub use state::Setup;
pub use step_name::StepName;

use super::screen::Screen;
use crate::domain::diagnosis::Act;
use crate::flow::{Facts, Reply, Step};
use crate::keymap::{Chord, Hint, hints};
use crate::text::Phrase;
use crate::ui::page::Page;
use crate::ui::{Canvas, Touch};

impl Screen for Setup {
    fn title(&self) -> Phrase {
        words::TITLE
    }

    fn hints(&self, _facts: &Facts) -> Vec<Hint> {
        hints(BINDINGS).collect()
    }

    fn start(&mut self, facts: &Facts) -> Step {
        self.on_start(facts)
    }

    fn press(&mut self, chord: Chord, facts: &Facts) -> Step {
        let step = self.on_press(chord, facts);
        self.hold_back(step)
    }

    fn press_named(&mut self, chord: Chord, facts: &Facts) -> Step {
        let step = self.on_press_named(chord, facts);
        self.hold_back(step)
    }

    fn run(&mut self, name: &'static str, facts: &Facts) -> Step {
        let step = self.on_run(name, facts);
        self.hold_back(step)
    }

    fn paste(&mut self, text: &str, facts: &Facts) -> Step {
        self.on_paste(text, facts)
    }

    fn touch(&mut self, touch: Touch, facts: &Facts) -> Step {
        let step = self.on_touch(touch, facts);
        self.hold_back(step)
    }

    fn attend(&mut self, act: &Act, facts: &Facts) -> Step {
        self.on_attend(act, facts)
    }

    fn wheel(&mut self, rows: i16) -> Step {
        self.on_wheel(rows)
    }

    fn receive(&mut self, reply: &Reply, facts: &Facts) -> Step {
        self.on_receive(reply, facts)
    }

    fn draw(&mut self, canvas: &mut Canvas<'_, '_>, area: Rect, facts: &Facts) -> u16 {
        self.draw_on(canvas, area, facts)
    }

    fn set_scroll_limit(&mut self, rows: u16) {
        self.scroll_limit = rows;
    }

    fn page(&self, facts: &Facts) -> Page<'_> {
        let mut page = self.step(self.at).page(&self.shared, facts);
        page.chosen = self.chosen;
        page
    }

    fn is_ready(&self) -> bool {
        self.shared.around.is_some() && self.proving.is_none()
    }

    fn is_typing(&self) -> bool {
        self.has_field()
    }
}
