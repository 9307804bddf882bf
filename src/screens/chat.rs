//! Asking for code: questions, answers as they stream, and what they cost.
//!
//! ```text
//! prompt ─ submit ─> asking ─> Compose ─> Converse ─> Spoken … ─> shown
//!                       │  └ two at once: pair
//!                       └ mending   what went wrong, and what is done about it on a key
//! ```

mod asking;
mod bills;
mod branching;
mod budget;
mod choosing;
mod code_out;
mod completion;
mod continuing;
mod escape;
mod figures;
mod hearing;
mod keeping;
mod keys;
mod lengths;
mod limits;
mod marking;
mod mending;
mod opening;
mod pair;
pub mod plain;
mod price;
mod rules;
mod shown;
mod state;
mod templates;
mod update;
mod view;
mod wishes;
mod words;

use ratatui::layout::Rect;

pub use keys::{Action, BINDINGS};
pub use state::Chat;
pub use update::MODEL;

use self::escape::Escape;
use super::screen::{Pointer, Screen};
use super::sheet::Given;
use crate::flow::{Effect, Facts, Reply, Step};
use crate::keymap::{Chord, Hint, hints};
use crate::text::{Phrase, Said};
use crate::ui::page::Page;
use crate::ui::{Canvas, Touch};

impl Screen for Chat {
    fn title(&self) -> Phrase {
        words::TITLE
    }

    fn hints(&self, facts: &Facts) -> Vec<Hint> {
        if self.on_show().transcript.is_marking() {
            return hints(marking::BINDINGS).collect();
        }
        let now = keys::Moment {
            escape: self.escape().map(Escape::words),
            has_pair: self.pair.is_some(),
            has_queue: !self.queue.is_empty(),
            sends_waiting: self.sends_waiting(facts),
        };
        let own = hints(BINDINGS).map(|hint| keys::hint(hint, now));
        let Some(completion) = &self.completion else {
            return own.collect();
        };
        // What the keys do to what is offered is all that the last line has to say then.
        let own = own.map(|hint| Hint {
            rank: u8::from(hint.name == "send" && completion.lets_enter_through()),
            ..hint
        });
        completion.hints().chain(own).collect()
    }

    fn remarks(&self) -> Vec<Said> {
        vec![price::method()]
    }

    fn start(&mut self, facts: &Facts) -> Step {
        self.take_rules(facts);
        let models = Effect::ListModels(Box::new(asking::account(facts)));
        let recalled = self.recall_questions(facts);
        let mut started = recalled.and_effect(models);
        if !self.templates.is_awaited() {
            started = started.then(self.learn_templates());
        }
        started.then(self.open_as_said(facts))
    }

    fn resume(&mut self, facts: &Facts) -> Step {
        match facts.models {
            Some(_) => Step::changed(),
            None => self.start(facts),
        }
    }

    fn press(&mut self, chord: Chord, facts: &Facts) -> Step {
        let step = self.on_press(chord, facts);
        self.learn_lengths(facts).then(step)
    }

    fn press_named(&mut self, chord: Chord, facts: &Facts) -> Step {
        self.on_press_named(chord, facts)
    }

    fn interrupt(&mut self, facts: &Facts) -> Option<Step> {
        self.give_up(facts)
    }

    fn run(&mut self, name: &'static str, facts: &Facts) -> Step {
        self.on_run(name, facts)
    }

    fn paste(&mut self, text: &str, facts: &Facts) -> Step {
        let step = self.on_paste(text, facts);
        self.learn_lengths(facts).then(step)
    }

    fn touch(&mut self, touch: Touch, facts: &Facts) -> Step {
        match touch {
            Touch::Choice(row) => self.take_offered(row, facts),
            _ => Step::idle(),
        }
    }

    fn answer(&mut self, name: &'static str, given: &Given, facts: &Facts) -> Step {
        let step = self.on_answer(name, given, facts);
        self.learn_lengths(facts).then(step)
    }

    fn wheel(&mut self, rows: i16) -> Step {
        self.on_show_mut().scroll(rows.into())
    }

    fn pointer(&mut self, pointer: Pointer) -> Step {
        self.on_pointer(pointer)
    }

    fn follows_mouse(&self) -> bool {
        true
    }

    fn receive(&mut self, reply: &Reply, facts: &Facts) -> Step {
        let step = self.on_receive(reply, facts);
        self.learn_lengths(facts).then(step)
    }

    fn draw(&mut self, canvas: &mut Canvas<'_, '_>, area: Rect, facts: &Facts) -> u16 {
        self.draw_on(canvas, area, facts);
        0
    }

    fn set_scroll_limit(&mut self, _rows: u16) {}

    fn page(&self, facts: &Facts) -> Page<'_> {
        Page::new(words::TITLE.say(facts.lang))
    }

    fn take_line(&mut self, line: &str, facts: &Facts) -> Step {
        self.on_line(line, facts)
    }

    fn say_new(&mut self, facts: &Facts) -> String {
        self.news_in_lines(facts)
    }

    fn is_ready(&self) -> bool {
        let archive = self.listing.or(self.deleting);
        let is_looking = archive.is_some() || self.is_saving() || self.templates.is_awaited();
        !self.is_busy() && self.waiting.is_none() && !is_looking
    }

    fn is_typing(&self) -> bool {
        true
    }
}
