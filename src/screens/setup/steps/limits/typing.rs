//! A bound that is being typed.

use super::words;
use crate::domain::clean_text::CleanText;
use crate::text::{Lang, Phrase};
use crate::ui::editor::Field;
use crate::ui::page::{Block, Page};
use crate::ui::theme::Tone;

/// The longest piece of what was typed that a complaint repeats.
const MOST_SHOWN: usize = 24;

/// A bound that can be asked for.
pub(super) trait Asked: Copy {
    /// What is asked.
    fn question(self) -> Phrase;
    /// What is typed.
    fn unit(self) -> Phrase;
    /// What is said of what cannot be meant.
    fn refusal(self) -> Phrase;
}

/// It, as far as it is typed.
#[derive(Debug)]
pub(super) struct Typing<B> {
    pub(super) bound: B,
    field: Field,
    /// What was entered cannot be understood; it still stands in the field.
    is_refused: bool,
}

impl<B: Asked> Typing<B> {
    pub(super) fn of(bound: B) -> Self {
        Self {
            bound,
            field: Field::open(),
            is_refused: false,
        }
    }

    /// Asks for it; `now` is how it stands.
    pub(super) fn write<'a>(&'a self, page: &mut Page<'a>, now: &str, lang: Lang) {
        page.say(self.bound.question().say(lang));
        page.gap();
        page.push(Block::Field {
            label: self.bound.unit().say(lang).into(),
            field: &self.field,
            has_focus: true,
        });
        if self.is_refused {
            let typed = CleanText::line(self.text()).shortened(MOST_SHOWN);
            page.tell(Tone::Warn, self.bound.refusal().fill(lang, &[&typed]));
        }
        page.tell(Tone::Quiet, words::NOW.fill(lang, &[&now]));
    }

    pub(super) fn text(&self) -> &str {
        self.field.text()
    }

    pub(super) fn refuse(&mut self) {
        self.is_refused = true;
    }

    pub(super) fn field(&mut self) -> &mut Field {
        &mut self.field
    }

    /// What was refused is being mended.
    pub(super) fn typed(&mut self) {
        self.is_refused = false;
    }

    /// A paste is a whole bound: what was refused before it must not stand in its way.
    pub(super) fn take_paste(&mut self, text: &str) {
        self.field.set(text.trim());
        self.is_refused = false;
    }
}
