//! A question laid over the screen that asks it.

use ratatui::layout::{Constraint, Layout, Rect};

use super::sheet::{self, Given, Scroll, Verdict};
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
    /// How far what is asked about is scrolled; the answers stay in sight.
    scroll: Scroll,
}

impl MenuSheet {
    /// A sheet for a question.
    pub fn new(menu: Menu) -> Self {
        Self {
            menu,
            chosen: 0,
            scroll: Scroll::default(),
        }
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
            Some(sheet::Action::Up) => self.go_to(self.chosen.checked_sub(1)),
            Some(sheet::Action::Down) => {
                self.go_to(Some(self.chosen + 1).filter(|&row| row <= last))
            }
            Some(sheet::Action::PageUp | sheet::Action::PageDown) => self.scroll.press(chord),
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
        let mut page = self.words(lang);
        page.gap();
        let answers = self.answers(lang);
        page.chosen = answers.chosen;
        page.blocks.extend(answers.blocks);
        page
    }

    /// What it asks about.
    fn words(&self, lang: Lang) -> Page<'_> {
        let mut page = Page::new(self.menu.title.say(lang));
        for words in &self.menu.words {
            page.say(words.say(lang));
        }
        if let Some(change) = &self.menu.change {
            page.push(Block::Change(change));
        }
        page
    }

    fn answers(&self, lang: Lang) -> Page<'_> {
        let mut page = Page::new("");
        page.chosen = self.chosen;
        for answer in &self.menu.answers {
            let note = answer.note.as_ref().map(|note| note.say(lang));
            page.choice(answer.label.say(lang), note.unwrap_or_default());
        }
        page.chosen = self.chosen;
        page
    }

    pub(super) fn draw(&self, canvas: &mut Canvas<'_, '_>, area: Rect, facts: &Facts) {
        let words = self.words(facts.lang);
        let answers = self.answers(facts.lang);
        // Lines of a file are cut where a sentence would be wrapped.
        let most = if self.menu.change.is_some() { 110 } else { 76 };
        let columns = most.min(area.width);
        let height =
            |page: &Page<'_>| page_layout::height(page, columns.saturating_sub(4), canvas.theme);
        let (above, below) = (height(&words), height(&answers));
        let size = (columns, above.saturating_add(below).saturating_add(3));
        let inside = sheet::frame(canvas, area, &words.title, size);
        // In a small window half is for the words at least; the answers follow what is chosen.
        let above = above.min(
            inside
                .height
                .saturating_sub(below + 1)
                .max(inside.height / 2),
        );
        let [spot, _, foot] = Layout::vertical([
            Constraint::Length(above),
            Constraint::Length(1),
            Constraint::Min(0),
        ])
        .areas(inside);
        page_layout::draw(canvas, spot, &words, Some(self.scroll.0));
        page_layout::draw(canvas, foot, &answers, None);
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
