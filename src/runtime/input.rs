//! Terminal events become the app's events, once.

use crossterm::event::{
    Event as TermEvent, KeyCode, KeyEvent, KeyEventKind, KeyModifiers, MouseButton, MouseEventKind,
};

use crate::flow::Event;
use crate::keymap::{Chord, Key};

/// Rows a notch of the wheel moves.
const NOTCH: i16 = 3;

/// The app's event for a terminal's; `None` for what nobody waits for.
pub fn translate(event: TermEvent) -> Option<Event> {
    match event {
        TermEvent::Key(key) if key.kind != KeyEventKind::Release => chord(key).map(Event::Press),
        TermEvent::Paste(text) => Some(Event::Paste(text)),
        TermEvent::Resize(columns, rows) => Some(Event::Resized(columns, rows)),
        TermEvent::Mouse(mouse) => match mouse.kind {
            MouseEventKind::Down(MouseButton::Left) => Some(Event::Click(mouse.column, mouse.row)),
            MouseEventKind::Drag(MouseButton::Left) => Some(Event::Drag(mouse.column, mouse.row)),
            MouseEventKind::Up(MouseButton::Left) => Some(Event::Release),
            MouseEventKind::ScrollDown => Some(Event::Wheel(NOTCH)),
            MouseEventKind::ScrollUp => Some(Event::Wheel(-NOTCH)),
            _ => None,
        },
        TermEvent::FocusGained => Some(Event::Focus(true)),
        TermEvent::FocusLost => Some(Event::Focus(false)),
        TermEvent::Key(_) => None,
    }
}

fn chord(event: KeyEvent) -> Option<Chord> {
    let key = match event.code {
        KeyCode::Char(c) => Key::Char(c),
        KeyCode::Enter => Key::Enter,
        KeyCode::Esc => Key::Esc,
        KeyCode::Tab | KeyCode::BackTab => Key::Tab,
        KeyCode::Backspace => Key::Backspace,
        KeyCode::Delete => Key::Delete,
        KeyCode::Up => Key::Up,
        KeyCode::Down => Key::Down,
        KeyCode::Left => Key::Left,
        KeyCode::Right => Key::Right,
        KeyCode::Home => Key::Home,
        KeyCode::End => Key::End,
        KeyCode::PageUp => Key::PageUp,
        KeyCode::PageDown => Key::PageDown,
        KeyCode::F(n) => Key::F(n),
        _ => return None,
    };
    let held = event.modifiers;
    let key = match key {
        // A command is the same with Shift or Caps Lock: Alt+C is written so.
        Key::Char(c) if held.intersects(KeyModifiers::CONTROL | KeyModifiers::ALT) => {
            Key::Char(c.to_ascii_lowercase())
        }
        key => key,
    };
    Some(Chord {
        key,
        ctrl: held.contains(KeyModifiers::CONTROL),
        alt: held.contains(KeyModifiers::ALT),
        shift: held.contains(KeyModifiers::SHIFT) && !matches!(key, Key::Char(_)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn press(code: KeyCode, held: KeyModifiers) -> Option<Event> {
        translate(TermEvent::Key(KeyEvent::new(code, held)))
    }

    #[test]
    fn shift_is_part_of_a_character_and_a_modifier_of_other_keys() {
        assert!(matches!(
            press(KeyCode::Char('?'), KeyModifiers::SHIFT),
            Some(Event::Press(chord)) if chord == Chord::char('?')
        ));
        assert!(matches!(
            press(KeyCode::Enter, KeyModifiers::SHIFT),
            Some(Event::Press(Chord {
                key: Key::Enter,
                shift: true,
                ..
            }))
        ));
    }

    #[test]
    fn a_command_is_the_same_with_shift() {
        let held = KeyModifiers::ALT | KeyModifiers::SHIFT;
        assert!(matches!(
            press(KeyCode::Char('C'), held),
            Some(Event::Press(chord)) if chord == Chord::alt('c')
        ));
    }

    #[test]
    fn a_released_key_is_nothing() {
        let mut event = KeyEvent::new(KeyCode::Enter, KeyModifiers::NONE);
        event.kind = KeyEventKind::Release;
        assert!(translate(TermEvent::Key(event)).is_none());
    }
}
