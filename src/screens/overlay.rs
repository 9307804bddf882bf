//! What may lie over a screen: one at a time on top, each closed by Esc.

use ratatui::layout::Rect;

use super::help::Help;
use super::menu_sheet::MenuSheet;
use super::model_picker::{self, ModelPicker};
use super::model_rows::List;
use super::note_sheet::NoteSheet;
use super::palette::Palette;
use super::qr_sheet::QrSheet;
use super::sheet::{self, Verdict};
use super::trouble_sheet::TroubleSheet;
use crate::domain::diagnosis::Diagnosis;
use crate::flow::Facts;
use crate::keymap::{Chord, Hint, Key, hints};
use crate::ui::Canvas;
use crate::ui::page::Page;

/// Something that lies over a screen.
#[derive(Debug)]
pub enum Overlay {
    /// Every key of the screen beneath.
    Help(Help),
    /// Every action by name.
    Palette(Palette),
    /// A page's address as a QR code.
    Qr(QrSheet),
    /// A trouble, whole.
    Trouble(TroubleSheet),
    /// Something to read.
    Note(NoteSheet),
    /// A question.
    Menu(MenuSheet),
    /// Choosing a model.
    Models(ModelPicker),
}

impl Overlay {
    /// A chord.
    pub fn press(&mut self, chord: Chord) -> Verdict {
        match self {
            Self::Help(sheet) => sheet.press(chord),
            Self::Palette(sheet) => sheet.press(chord),
            Self::Qr(_) => QrSheet::press(chord),
            Self::Trouble(sheet) => sheet.press(chord),
            Self::Note(sheet) => sheet.press(chord),
            Self::Menu(sheet) => sheet.press(chord),
            Self::Models(sheet) => sheet.press(chord),
        }
    }

    /// It is to close, by a key that is not its own.
    pub fn close(&self) -> Verdict {
        match self {
            Self::Menu(sheet) => sheet.close(),
            Self::Models(sheet) => sheet.close(),
            Self::Help(_) | Self::Palette(_) | Self::Qr(_) | Self::Trouble(_) | Self::Note(_) => {
                Verdict::Close
            }
        }
    }

    /// A paste.
    pub fn paste(&mut self, text: &str) -> Verdict {
        match self {
            Self::Palette(sheet) => sheet.paste(text),
            Self::Models(sheet) => sheet.paste(text),
            Self::Menu(sheet) => sheet.paste(text),
            Self::Help(_) | Self::Qr(_) | Self::Trouble(_) | Self::Note(_) => Verdict::Idle,
        }
    }

    /// Whether letters are typed into it.
    pub fn is_typing(&self) -> bool {
        match self {
            Self::Palette(_) | Self::Models(_) => true,
            Self::Menu(sheet) => sheet.is_typing(),
            Self::Help(_) | Self::Qr(_) | Self::Trouble(_) | Self::Note(_) => false,
        }
    }

    /// A line was typed, where lines are all there is: other words to look for.
    pub fn take_line(&mut self, line: &str) -> Verdict {
        match self {
            Self::Models(sheet) => {
                sheet.look_for(line);
                Verdict::Changed
            }
            _ => Verdict::Idle,
        }
    }

    /// The choice with this number was clicked.
    pub fn choose(&mut self, choice: usize) -> Verdict {
        match self {
            Self::Palette(sheet) => sheet.choose(choice),
            Self::Menu(sheet) => sheet.choose(choice),
            Self::Models(sheet) => sheet.choose(choice),
            Self::Help(_) | Self::Qr(_) | Self::Trouble(_) | Self::Note(_) => Verdict::Idle,
        }
    }

    /// What its keys do, for the last line.
    pub fn hints(&self) -> Vec<Hint> {
        // On a sheet that is only read there is nothing to take.
        let is_read = matches!(
            self,
            Self::Help(_) | Self::Qr(_) | Self::Trouble(_) | Self::Note(_)
        );
        let mut all: Vec<Hint> = hints(sheet::BINDINGS).collect();
        all.retain(|hint| !is_read || hint.name != "take");
        if let Self::Models(picker) = self {
            let own = hints(model_picker::BINDINGS);
            // Each of the two means something where the other one does not.
            all.extend(own.filter(|hint| (hint.name == "retry") == picker.lacks_list()));
        }
        all
    }

    /// What it asks about is still on its way.
    pub fn is_waiting(&self) -> bool {
        matches!(self, Self::Models(picker) if picker.is_waiting())
    }

    /// What the server says of its list of models.
    pub fn hear_list(&mut self, listed: &Result<List, Box<Diagnosis>>) {
        let Self::Models(picker) = self else { return };
        match listed {
            Ok(models) => picker.take_list(models.clone()),
            Err(trouble) => picker.miss_list(trouble),
        }
    }

    /// The wheel.
    pub fn wheel(&mut self, rows: i16) -> Verdict {
        let chord = Chord::plain(if rows > 0 { Key::Down } else { Key::Up });
        self.press(chord)
    }

    /// The same as content, for the plain lines; `None` for what only a screen can show.
    pub fn page(&self, facts: &Facts) -> Option<Page<'_>> {
        match self {
            Self::Help(sheet) => Some(sheet.page(facts)),
            Self::Qr(sheet) => Some(sheet.page(facts)),
            Self::Trouble(sheet) => Some(sheet.page(facts)),
            Self::Note(sheet) => Some(sheet.page(facts)),
            Self::Menu(sheet) => Some(sheet.page(facts.lang)),
            Self::Models(sheet) => Some(sheet.page(facts)),
            Self::Palette(_) => None,
        }
    }

    /// Draws it over what is there.
    pub fn draw(&self, canvas: &mut Canvas<'_, '_>, area: Rect, facts: &Facts) {
        canvas.cover();
        match self {
            Self::Help(sheet) => sheet.draw(canvas, area, facts),
            Self::Palette(sheet) => sheet.draw(canvas, area, facts),
            Self::Qr(sheet) => sheet.draw(canvas, area, facts),
            Self::Trouble(sheet) => sheet.draw(canvas, area, facts),
            Self::Note(sheet) => sheet.draw(canvas, area, facts),
            Self::Menu(sheet) => sheet.draw(canvas, area, facts),
            Self::Models(sheet) => sheet.draw(canvas, area, facts),
        }
    }
}
