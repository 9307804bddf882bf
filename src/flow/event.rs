//! What can happen to the app.

use super::reply::Reply;
use crate::keymap::Chord;

/// Everything that can happen to the app.
#[derive(Debug)]
#[expect(
    clippy::large_enum_variant,
    reason = "events are handled one at a time; a box would save nothing"
)]
pub enum Event {
    /// A key was pressed.
    Press(Chord),
    /// The mouse was clicked at this column and row.
    Click(u16, u16),
    /// The mouse moved to this column and row with its button down.
    Drag(u16, u16),
    /// The button of the mouse went up.
    Release,
    /// An action was named by its chord: it is never typed into a field.
    Act(Chord),
    /// A choice of the page was named by its number, from 0.
    Choose(usize),
    /// The wheel was turned; positive is down.
    Wheel(i16),
    /// Text was pasted, whole.
    Paste(String),
    /// A line was typed, where lines are all there is.
    Line(String),
    /// The window got the keyboard, or lost it; terminals that do not tell never send this.
    Focus(bool),
    /// The window has this many columns and rows now.
    Resized(u16, u16),
    /// The world answered.
    Reply(Reply),
}
