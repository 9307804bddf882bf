//! The editor of a question: many lines, wrapped softly, undone step by step, with what was asked before.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use ratatui::widgets::Widget;
use tui_textarea::{CursorMove, CursorRenderMode, TextArea, WrapMode};

use super::editor::input_of;
use crate::keymap::{Chord, Key};

/// Questions that are remembered.
pub const MOST_REMEMBERED: usize = 200;

/// The editor.
#[derive(Debug)]
pub struct Prompt {
    area: TextArea<'static>,
    /// What was asked before, the last one last.
    asked: Vec<String>,
    /// The number of the remembered question that stands here, and what stood here before it.
    recalled: Option<(usize, String)>,
    /// How often something was done that may have changed the text.
    changes: u64,
    /// The state in which all of it had just been replaced, which the widget undoes in two steps.
    replaced: Option<u64>,
}

impl Default for Prompt {
    fn default() -> Self {
        Self {
            area: empty(),
            asked: Vec::new(),
            recalled: None,
            changes: 0,
            replaced: None,
        }
    }
}

fn empty() -> TextArea<'static> {
    let mut area = TextArea::default();
    area.set_cursor_line_style(Style::new());
    area.set_cursor_render_mode(CursorRenderMode::Hidden);
    area.set_wrap_mode(WrapMode::WordOrGlyph);
    area.set_undo_coalescing(true);
    area
}

impl Prompt {
    /// What stands in it.
    pub fn text(&self) -> String {
        self.area.lines().join("\n")
    }

    /// Nothing stands in it.
    pub fn is_empty(&self) -> bool {
        self.area.is_empty()
    }

    /// Another number whenever the text may be another one: for what is worked out from it.
    pub fn changes(&self) -> u64 {
        self.changes
    }

    /// The number of the remembered question that stands in it, or was recalled last.
    pub fn recalled(&self) -> Option<usize> {
        self.recalled.as_ref().map(|(number, _)| *number)
    }

    /// Its text begins with this.
    pub fn begins_with(&self, c: char) -> bool {
        let first = self.area.lines().first();
        first.is_some_and(|line| line.starts_with(c))
    }

    /// The text of the line the caret is in, up to the caret.
    pub fn before_caret(&self) -> String {
        let (row, column) = self.area.cursor();
        let line = self.area.lines().get(row).map_or("", String::as_str);
        line.chars().take(column).collect()
    }

    /// Replaces what stands in it; the caret goes to the end. It can be undone.
    pub fn set(&mut self, text: &str) {
        self.changes += 1;
        let was_empty = self.area.is_empty();
        self.area.select_all();
        self.area.cut();
        self.area.set_yank_text("");
        self.area.insert_str(plain(text));
        self.area.move_cursor(CursorMove::Bottom);
        self.area.move_cursor(CursorMove::End);
        // What is replaced by nothing is one change, not two.
        let is_two = !was_empty && !text.is_empty();
        self.replaced = is_two.then_some(self.changes);
    }

    /// Replaces so many characters before the caret.
    pub fn complete(&mut self, typed: usize, text: &str) {
        self.changes += 1;
        for _ in 0..typed {
            self.area.delete_char();
        }
        self.area.insert_str(text);
    }

    /// Takes what stands in it away, to be asked; it is remembered.
    pub fn take(&mut self) -> String {
        let text = self.text();
        self.changes += 1;
        self.area = empty();
        self.remember(&text);
        text
    }

    /// Remembers a question, the last one asked.
    pub fn remember(&mut self, text: &str) {
        self.recalled = None;
        if text.trim().is_empty() {
            return;
        }
        self.asked.retain(|asked| asked != text);
        self.asked.push(text.to_owned());
        let surplus = self.asked.len().saturating_sub(MOST_REMEMBERED);
        self.asked.drain(..surplus);
    }

    /// Remembers what was asked before all that is remembered, the last one last.
    pub fn remember_earlier(&mut self, earlier: &[String]) {
        let later = std::mem::take(&mut self.asked);
        for text in earlier.iter().chain(&later) {
            self.remember(text);
        }
    }

    /// Takes a paste, its lines kept.
    pub fn paste(&mut self, text: &str) {
        self.changes += 1;
        self.area.insert_str(plain(text));
    }

    /// Breaks the line.
    pub fn break_line(&mut self) {
        self.changes += 1;
        self.area.insert_newline();
    }

    /// Takes a key press. False when the editor has no use for it.
    pub fn press(&mut self, chord: Chord) -> bool {
        // Terminals send Ctrl+/ and Ctrl+_ as one byte, which is read as Ctrl+7.
        if chord.ctrl && matches!(chord.key, Key::Char('z' | '/' | '_' | '7')) {
            return self.undo();
        }
        self.changes += 1;
        match chord.key {
            // As in a shell; the widget's own meaning of it is another.
            Key::Char('u') if chord.ctrl => return self.area.delete_line_by_head(),
            Key::Char('y') if chord.ctrl => return self.area.redo(),
            _ => {}
        }
        let Some(input) = input_of(chord) else {
            return false;
        };
        let before = (self.area.cursor(), self.area.lines().len());
        let is_changed = self.area.input(input);
        if is_changed || (self.area.cursor(), self.area.lines().len()) != before {
            return true;
        }
        // In the first and the last row, as they are drawn, there is nowhere to go.
        match chord.key {
            Key::Up => self.recall_older(),
            Key::Down => self.recall_newer(),
            _ => false,
        }
    }

    /// Takes the last change back; whether there was one.
    pub fn undo(&mut self) -> bool {
        let is_replaced = self.replaced == Some(self.changes);
        self.changes += 1;
        let is_undone = self.area.undo();
        if is_replaced {
            self.area.undo();
        }
        is_undone
    }

    /// Makes a change once more that was taken back; whether there was one.
    pub fn redo(&mut self) -> bool {
        self.changes += 1;
        self.area.redo()
    }

    /// What was asked before what stands here; from the first row only, so that Up stays a move.
    fn recall_older(&mut self) -> bool {
        let (older, kept) = match &self.recalled {
            Some((0, _)) => return false,
            Some((number, kept)) => (number - 1, kept.clone()),
            None if self.asked.is_empty() => return false,
            None => (self.asked.len() - 1, self.text()),
        };
        self.stand(older, kept);
        true
    }

    fn recall_newer(&mut self) -> bool {
        let Some((number, kept)) = self.recalled.take() else {
            return false;
        };
        if number + 1 < self.asked.len() {
            self.stand(number + 1, kept);
        } else {
            self.set(&kept);
        }
        true
    }

    fn stand(&mut self, number: usize, kept: String) {
        let text = self.asked[number].clone();
        self.set(&text);
        self.recalled = Some((number, kept));
    }

    /// How many rows it wants at a width.
    pub fn rows(&mut self, columns: u16) -> u16 {
        self.area.measure(columns).content_rows.max(1)
    }

    /// Draws it and tells where the caret stands.
    pub fn draw(&self, area: Rect, buffer: &mut Buffer) -> Option<Position> {
        (&self.area).render(area, buffer);
        self.area.rendered_cursor_position()
    }
}

/// Line ends as the editor knows them; nothing that drives a terminal.
fn plain(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let is_kept = |c: &char| !c.is_control() || matches!(c, '\n' | '\t');
    text.chars().filter(is_kept).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(text: &str) -> Prompt {
        let mut prompt = Prompt::default();
        for c in text.chars() {
            prompt.press(Chord::char(c));
        }
        prompt
    }

    fn press(prompt: &mut Prompt, key: Key) -> bool {
        prompt.press(Chord::plain(key))
    }

    #[test]
    fn every_change_is_counted_and_looking_is_none() {
        let mut prompt = typed("on");
        let mut before = 0;
        let changes: [&dyn Fn(&mut Prompt); 8] = [
            &|it| assert!(it.press(Chord::char('e'))),
            &|it| it.paste(" @two"),
            &|it| it.complete(4, "@three"),
            &|it| it.break_line(),
            &|it| assert!(it.press(Chord::ctrl('z'))),
            &|it| it.set("four"),
            &|it| drop(it.take()),
            &|it| assert!(it.press(Chord::plain(Key::Up))),
        ];
        for change in changes {
            let text = prompt.text();
            change(&mut prompt);
            assert_ne!(prompt.text(), text);
            assert!(prompt.changes() > before);
            before = prompt.changes();
            prompt.rows(6);
            assert!(!prompt.begins_with('/') && prompt.changes() == before);
        }
    }

    #[test]
    fn lines_of_every_system_become_lines_and_nothing_else_gets_in() {
        let mut prompt = Prompt::default();
        prompt.paste("a\r\nb\rc\n\td\x1b[31m");
        assert_eq!(prompt.text(), "a\nb\nc\n\td[31m");
    }

    #[test]
    fn what_was_asked_comes_back_and_what_was_being_typed_is_not_lost() {
        let mut prompt = typed("one");
        assert_eq!(prompt.take(), "one");
        prompt.paste("two\nlines");
        prompt.take();
        prompt.paste("three");
        assert!(press(&mut prompt, Key::Up));
        assert_eq!(prompt.text(), "two\nlines");
        // In a text of two lines Up first goes up.
        press(&mut prompt, Key::Up);
        assert_eq!(prompt.text(), "two\nlines");
        press(&mut prompt, Key::Up);
        assert_eq!(prompt.text(), "one");
        assert!(!press(&mut prompt, Key::Up));
        press(&mut prompt, Key::Down);
        press(&mut prompt, Key::Down);
        assert_eq!(prompt.text(), "three");
        assert!(!press(&mut prompt, Key::Down));
    }

    #[test]
    fn a_change_is_undone_and_done_again() {
        let mut prompt = typed("word");
        prompt.paste(" more");
        assert!(prompt.press(Chord::ctrl('z')));
        assert_eq!(prompt.text(), "word");
        assert!(prompt.press(Chord::ctrl('y')));
        assert_eq!(prompt.text(), "word more");
        assert!(prompt.press(Chord::ctrl('u')));
        assert!(prompt.is_empty());
        assert!(prompt.press(Chord::ctrl('/')));
        assert_eq!(prompt.text(), "word more");
    }

    #[test]
    fn up_and_down_move_in_a_line_that_is_wrapped() {
        let mut prompt = typed("before");
        prompt.take();
        prompt.paste("aaaa bbbb cccc");
        // How it is wrapped is known from the frame before.
        let area = Rect::new(0, 0, 6, 3);
        prompt.draw(area, &mut Buffer::empty(area));
        press(&mut prompt, Key::Up);
        prompt.press(Chord::char('!'));
        assert_eq!(prompt.text(), "aaaa bbbb! cccc");
        press(&mut prompt, Key::Up);
        press(&mut prompt, Key::Up);
        assert_eq!(prompt.text(), "before");
        press(&mut prompt, Key::Down);
        assert_eq!(prompt.text(), "aaaa bbbb! cccc");
    }

    #[test]
    fn long_lines_are_wrapped_and_counted() {
        let mut prompt = typed("aaaa bbbb cccc");
        assert_eq!(prompt.rows(6), 3);
        prompt.break_line();
        assert_eq!(prompt.rows(6), 4);
    }

    #[test]
    fn a_hundred_kilobytes_go_in_at_once() {
        let mut prompt = Prompt::default();
        let text = "a line of code\n".repeat(7_000);
        prompt.paste(&text);
        assert_eq!(prompt.text(), text);
    }

    #[test]
    fn a_completion_replaces_what_was_typed_of_it() {
        let mut prompt = typed("see @src/ma");
        assert_eq!(prompt.before_caret(), "see @src/ma");
        prompt.complete(7, "@src/main.rs ");
        assert_eq!(prompt.text(), "see @src/main.rs ");
    }
}
