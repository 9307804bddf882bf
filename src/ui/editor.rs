//! The text area crate behind one door: a field of one line, open or masked.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use ratatui::widgets::Widget;
use tui_textarea::{CursorRenderMode, Input, Key as AreaKey, TextArea};

use crate::keymap::{Chord, Key};

/// What stands for a character of a secret.
const DOT: char = '∙';
/// A paste larger than this is cut off: drawing hundreds of kilobytes in a field serves nobody.
const MOST_CHARS: usize = 20_000;

/// A field of one line.
#[derive(Debug)]
pub struct Field {
    area: TextArea<'static>,
    is_masked: bool,
}

impl Field {
    /// An empty field that shows what is typed.
    pub fn open() -> Self {
        Self::new(false)
    }

    /// An empty field that shows dots.
    pub fn masked() -> Self {
        Self::new(true)
    }

    fn new(is_masked: bool) -> Self {
        let mut area = TextArea::default();
        area.set_cursor_line_style(Style::new());
        area.set_cursor_render_mode(CursorRenderMode::Hidden);
        if is_masked {
            area.set_mask_char(DOT);
            area.set_max_histories(0);
        }
        Self { area, is_masked }
    }

    /// Whether it shows dots.
    pub fn is_masked(&self) -> bool {
        self.is_masked
    }

    /// What stands in it.
    pub fn text(&self) -> &str {
        self.area.lines().first().map_or("", String::as_str)
    }

    /// Empties it.
    pub fn clear(&mut self) {
        let masked = self.is_masked;
        *self = Self::new(masked);
    }

    /// Replaces what stands in it; the caret goes to the end.
    pub fn set(&mut self, text: &str) {
        self.clear();
        self.paste(text);
    }

    /// Takes a paste, on one line. True when it was cut because it was too long.
    pub fn paste(&mut self, text: &str) -> bool {
        let room = MOST_CHARS.saturating_sub(self.text().chars().count());
        let line: String = text
            .chars()
            .map(|c| {
                if matches!(c, '\n' | '\r' | '\t') {
                    ' '
                } else {
                    c
                }
            })
            .filter(|c| !c.is_control())
            .take(room)
            .collect();
        self.area.insert_str(&line);
        text.chars().count() > room
    }

    /// Takes a key press. False when the field has no use for it.
    pub fn press(&mut self, chord: Chord) -> bool {
        if matches!(chord.key, Key::Up | Key::Down) {
            return false;
        }
        // As in a shell; the widget's own meaning of it is another.
        if chord == Chord::ctrl('u') {
            return self.area.delete_line_by_head();
        }
        let Some(input) = input_of(chord) else {
            return false;
        };
        let before = (self.area.cursor(), self.text().len());
        self.area.input(input);
        // Some of the crate's chords break the line; a field has one.
        if self.area.lines().len() > 1 {
            let joined = self.area.lines().concat();
            self.set(&joined);
        }
        chord.typed().is_some() || (self.area.cursor(), self.text().len()) != before
    }

    /// Draws it and tells where the caret stands.
    pub fn draw(&self, area: Rect, buffer: &mut Buffer) -> Option<Position> {
        (&self.area).render(area, buffer);
        self.area.rendered_cursor_position()
    }
}

/// A chord as the crate knows it; `None`: none of an editor's.
pub(super) fn input_of(chord: Chord) -> Option<Input> {
    let key = match chord.key {
        Key::Char(c) => AreaKey::Char(c),
        Key::Backspace => AreaKey::Backspace,
        Key::Delete => AreaKey::Delete,
        Key::Up => AreaKey::Up,
        Key::Down => AreaKey::Down,
        Key::Left => AreaKey::Left,
        Key::Right => AreaKey::Right,
        Key::Home => AreaKey::Home,
        Key::End => AreaKey::End,
        Key::Enter | Key::Esc | Key::Tab | Key::PageUp | Key::PageDown | Key::F(_) => return None,
    };
    Some(Input {
        key,
        ctrl: chord.ctrl,
        alt: chord.alt,
        shift: chord.shift,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(field: &Field) -> (String, Option<Position>) {
        let area = Rect::new(0, 0, 12, 1);
        let mut buffer = Buffer::empty(area);
        let caret = field.draw(area, &mut buffer);
        (
            buffer
                .content
                .iter()
                .map(ratatui::buffer::Cell::symbol)
                .collect(),
            caret,
        )
    }

    #[test]
    fn a_masked_field_draws_dots_and_the_caret_behind_them() {
        let mut field = Field::masked();
        field.paste("secret");
        let (line, caret) = drawn(&field);
        assert_eq!(line.trim_end(), "∙∙∙∙∙∙");
        assert_eq!(caret, Some(Position::new(6, 0)));
        assert_eq!(field.text(), "secret");
    }

    #[test]
    fn a_paste_of_many_lines_stays_on_one() {
        let mut field = Field::open();
        assert!(!field.paste("a\r\nb"));
        assert_eq!(field.text(), "a  b");
    }

    #[test]
    fn the_caret_counts_wide_characters_as_two() {
        let mut field = Field::open();
        field.paste("密钥");
        assert_eq!(drawn(&field).1, Some(Position::new(4, 0)));
    }

    #[test]
    fn a_paste_too_long_is_cut_and_says_so() {
        let mut field = Field::masked();
        assert!(field.paste(&"x".repeat(MOST_CHARS + 1)));
    }

    #[test]
    fn enter_is_not_for_the_field() {
        assert!(!Field::open().press(Chord::plain(Key::Enter)));
        assert!(Field::open().press(Chord::char('x')));
    }
}
