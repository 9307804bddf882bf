//! A question laid over the screen that asks it.

use ratatui::layout::{Constraint, Layout, Rect};

use super::sheet::{self, Given, Scroll, Verdict};
use crate::flow::Facts;
use crate::flow::menu::Menu;
use crate::keymap::{self, Chord};
use crate::text::{Lang, Phrase};
use crate::ui::editor::Field;
use crate::ui::page::{Block, Page};
use crate::ui::{Canvas, page_layout};

/// How high a sheet is into which words are typed, in rows.
const FINDING: u16 = 18;
const FIND: Phrase = Phrase::new("Find: ", "查找：");

/// The sheet.
#[derive(Debug)]
pub struct MenuSheet {
    menu: Menu,
    chosen: usize,
    /// How far what is asked about is scrolled; the answers stay in sight.
    scroll: Scroll,
    /// The words that are looked for, where answers are found by words.
    query: Option<Field>,
}

impl MenuSheet {
    /// A sheet for a question.
    pub fn new(menu: Menu) -> Self {
        let query = menu.found_by.as_ref().map(|words| {
            let mut field = Field::open();
            field.set(words);
            field
        });
        Self {
            menu,
            chosen: 0,
            scroll: Scroll::default(),
            query,
        }
    }

    /// Whether words are typed into it.
    pub fn is_typing(&self) -> bool {
        self.query.is_some()
    }

    /// The same question with other answers takes the place of this one, with what was typed meanwhile; false: it is
    /// another question.
    pub(crate) fn renew(&mut self, menu: &Menu) -> bool {
        let is_same = self.query.is_some() && self.menu.name == menu.name;
        if is_same {
            self.menu = menu.clone();
            self.chosen = 0;
        }
        is_same
    }

    /// The question.
    pub fn menu(&self) -> &Menu {
        &self.menu
    }

    pub(super) fn press(&mut self, chord: Chord) -> Verdict {
        let last = self.menu.answers.len().saturating_sub(1);
        // A digit answers at once, where it is none of a word.
        let typed = chord.typed().filter(|_| self.query.is_none());
        let digit = typed.and_then(|typed| typed.to_digit(10));
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
            None => self.type_into(|query| query.press(chord)),
        }
    }

    pub(super) fn paste(&mut self, text: &str) -> Verdict {
        self.type_into(|query| {
            query.paste(text);
            true
        })
    }

    /// Changes the words that are looked for; what they find takes the place of the answers.
    fn type_into(&mut self, change: impl FnOnce(&mut Field) -> bool) -> Verdict {
        let Some(query) = &mut self.query else {
            return Verdict::Idle;
        };
        let before = query.text().to_owned();
        if !change(query) {
            return Verdict::Idle;
        }
        if query.text() == before {
            return Verdict::Changed;
        }
        Verdict::Seek(self.menu.name, query.text().to_owned())
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
        let mut words = self.words(facts.lang);
        if let Some(query) = &self.query {
            let field = Block::Field {
                label: FIND.say(facts.lang).into(),
                field: query,
                has_focus: true,
            };
            words.blocks.insert(0, field);
        }
        let answers = self.answers(facts.lang);
        // Lines of a file are cut where a sentence would be wrapped.
        let most = if self.menu.change.is_some() { 110 } else { 76 };
        let columns = most.min(area.width);
        let height =
            |page: &Page<'_>| page_layout::height(page, columns.saturating_sub(4), canvas.theme);
        let (above, below) = (height(&words), height(&answers));
        let gap = u16::from(above > 0);
        let height = above.saturating_add(below).saturating_add(gap + 2);
        // What is found by more and more letters is of many sizes; the sheet is of one.
        let height = self.query.as_ref().map_or(height, |_| height.max(FINDING));
        let size = (columns, height);
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
            Constraint::Length(gap),
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
