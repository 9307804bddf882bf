//! What a screen is.

use ratatui::layout::Rect;

use super::sheet::Given;
use crate::domain::diagnosis::Act;
use crate::flow::{Facts, Reply, Step};
use crate::keymap::{Chord, Hint};
use crate::text::{Phrase, Said};
use crate::ui::page::Page;
use crate::ui::{Canvas, Touch};

/// What the left button of the mouse does, by column and row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pointer {
    /// It went down.
    Down(u16, u16),
    /// The mouse moved while it was down.
    Drag(u16, u16),
    /// It went up.
    Up,
}

/// A screen: a small state that turns chords and replies into steps, and draws itself.
///
/// It opens no file, reads no clock and sends nothing: whatever it wants stands in its [`Step`].
pub trait Screen {
    /// What its tab is called.
    fn title(&self) -> Phrase;

    /// What its keys do now: for the last line, help and the palette.
    fn hints(&self, facts: &Facts) -> Vec<Hint>;

    /// What its help tells beside the keys.
    fn remarks(&self) -> Vec<Said> {
        Vec::new()
    }

    /// It is shown for the first time.
    fn start(&mut self, facts: &Facts) -> Step;

    /// It comes to the front again.
    fn resume(&mut self, _facts: &Facts) -> Step {
        Step::changed()
    }

    /// Another screen comes to the front.
    fn leave(&mut self) -> Step {
        Step::idle()
    }

    /// The window got the keyboard, or lost it.
    fn focus(&mut self, _has_focus: bool, _facts: &Facts) -> Step {
        Step::idle()
    }

    /// A chord that nothing above had a use for.
    fn press(&mut self, chord: Chord, facts: &Facts) -> Step;

    /// A chord that stands for an action of this screen by name: from the palette or a click. It
    /// is never typed into a field.
    fn press_named(&mut self, chord: Chord, facts: &Facts) -> Step;

    /// What is given up at once, before the program itself is; `None`: nothing here, the person leaves.
    fn interrupt(&mut self, _facts: &Facts) -> Option<Step> {
        None
    }

    /// An action of this screen by the name it has in the table.
    fn run(&mut self, name: &'static str, facts: &Facts) -> Step;

    /// A paste, whole.
    fn paste(&mut self, text: &str, facts: &Facts) -> Step;

    /// A click on something it drew.
    fn touch(&mut self, touch: Touch, facts: &Facts) -> Step;

    /// The answer to what it asked under a name.
    fn answer(&mut self, _name: &'static str, _given: &Given, _facts: &Facts) -> Step {
        Step::idle()
    }

    /// Opens the page that has room for this; only the wizard has such pages.
    fn attend(&mut self, _act: &Act, _facts: &Facts) -> Step {
        Step::idle()
    }

    /// The wheel; positive is down.
    fn wheel(&mut self, rows: i16) -> Step;

    /// The mouse, where nothing that was drawn takes a click.
    fn pointer(&mut self, _pointer: Pointer) -> Step {
        Step::idle()
    }

    /// Whether it wants to be told of the mouse while its button is down.
    fn follows_mouse(&self) -> bool {
        false
    }

    /// An answer of the world.
    fn receive(&mut self, reply: &Reply, facts: &Facts) -> Step;

    /// Draws itself and returns how many rows it is too long. It may keep what it laid out: a long text is
    /// not wrapped anew for every frame.
    fn draw(&mut self, canvas: &mut Canvas<'_, '_>, area: Rect, facts: &Facts) -> u16;

    /// How many rows the last frame was too long: scrolling ends there.
    fn set_scroll_limit(&mut self, rows: u16);

    /// The same as content, for the plain lines.
    fn page(&self, facts: &Facts) -> Page<'_>;

    /// A line was typed, where lines are all there is.
    fn take_line(&mut self, _line: &str, _facts: &Facts) -> Step {
        Step::idle()
    }

    /// What is new since this was asked last, in plain lines; of screens whose page is all they say, nothing.
    fn say_new(&mut self, _facts: &Facts) -> String {
        String::new()
    }

    /// Whether what was to be found out first is known: before that, plain lines ask nothing.
    fn is_ready(&self) -> bool;

    /// Whether a chord that types a character would be typed here.
    fn is_typing(&self) -> bool;
}
