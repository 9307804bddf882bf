//! A question laid over the screen that asks it.

use ratatui::layout::Rect;

use super::sheet::{self, Given, Verdict};
use crate::flow::Facts;
use crate::flow::menu::Menu;
use crate::keymap::{self, Chord};
use crate::text::Lang;
use crate::ui::page::{Block, Page};
use crate::ui::{Canvas, page_layout};

/// The sheet.
#[derive(Debug)]
pub struct MenuSheet {
    menu: Menu,
    chosen: usize,
}

impl MenuSheet {
    /// A sheet for a question.
    pub fn new(menu: Menu) -> Self {
        Self { menu, chosen: 0 }
    }

    /// The question.
    pub fn menu(&self) -> &Menu {
        &self.menu
    }

    pub(super) fn press(&mut self, chord: Chord) -> Verdict {
        let last = self.menu.answers.len().saturating_sub(1);
        // A digit answers at once.
        let digit = chord.typed().and_then(|typed| typed.to_digit(10));
        if let Some(number) = digit.and_then(|digit| usize::try_from(digit).ok())
            && (1..=last + 1).contains(&number)
        {
            return self.choose(number - 1);
        }
        match keymap::action(sheet::BINDINGS, chord) {
            Some(sheet::Action::Close) => self.close(),
            Some(sheet::Action::Take) => self.choose(self.chosen),
            Some(sheet::Action::Up | sheet::Action::PageUp) => {
                self.go_to(self.chosen.checked_sub(1))
            }
            Some(sheet::Action::Down | sheet::Action::PageDown) => {
                self.go_to(Some(self.chosen + 1).filter(|&row| row <= last))
            }
            None => Verdict::Idle,
        }
    }

    /// It closes without an answer.
    pub(super) fn close(&self) -> Verdict {
        Verdict::Answer(self.menu.name, Given::Nothing)
    }

    fn go_to(&mut self, row: Option<usize>) -> Verdict {
        match row {
            Some(row) => {
                self.chosen = row;
                Verdict::Changed
            }
            None => Verdict::Idle,
        }
    }

    pub(super) fn choose(&mut self, choice: usize) -> Verdict {
        if choice < self.menu.answers.len() {
            Verdict::Answer(self.menu.name, Given::Choice(choice))
        } else {
            Verdict::Idle
        }
    }

    /// What it asks.
    pub(super) fn page(&self, lang: Lang) -> Page<'_> {
        let mut page = Page::new(self.menu.title.say(lang));
        for words in &self.menu.words {
            page.say(words.say(lang));
        }
        if let Some(change) = &self.menu.change {
            page.push(Block::Change(change));
        }
        page.gap();
        for answer in &self.menu.answers {
            let note = answer.note.as_ref().map(|note| note.say(lang));
            page.choice(answer.label.say(lang), note.unwrap_or_default());
        }
        page.chosen = self.chosen;
        page
    }

    pub(super) fn draw(&self, canvas: &mut Canvas<'_, '_>, area: Rect, facts: &Facts) {
        let page = self.page(facts.lang);
        let columns = 76.min(area.width);
        let rows = page_layout::height(&page, columns.saturating_sub(4), canvas.theme);
        let size = (columns, rows.saturating_add(2));
        let inside = sheet::frame(canvas, area, &page.title, size);
        page_layout::draw(canvas, inside, &page, None);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keymap::Key;
    use crate::text::Said;

    fn sheet() -> MenuSheet {
        let menu = Menu::new("which", Said::verbatim("Which?"));
        let menu = menu.answer(Said::verbatim("one"), None);
        MenuSheet::new(menu.answer(Said::verbatim("two"), None))
    }

    #[test]
    fn an_answer_is_chosen_by_row_by_digit_or_not_at_all() {
        let enter = Chord::plain(Key::Enter);
        assert_eq!(
            sheet().press(enter),
            Verdict::Answer("which", Given::Choice(0))
        );
        assert_eq!(
            sheet().press(Chord::char('2')),
            Verdict::Answer("which", Given::Choice(1))
        );
        assert_eq!(sheet().press(Chord::char('3')), Verdict::Idle);
        assert_eq!(
            sheet().press(Chord::plain(Key::Esc)),
            Verdict::Answer("which", Given::Nothing)
        );
        let mut moved = sheet();
        moved.press(Chord::plain(Key::Down));
        assert_eq!(moved.press(Chord::plain(Key::Down)), Verdict::Idle);
        assert_eq!(
            moved.press(enter),
            Verdict::Answer("which", Given::Choice(1))
        );
    }
}
