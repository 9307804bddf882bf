//! Every action by name, found by typing a part of it.

use ratatui::layout::Rect;

use super::sheet::{self, Verdict};
use crate::controls::fuzzy;
use crate::flow::Facts;
use crate::keymap::{self, Chord, Hint};
use crate::text::{Lang, Phrase};
use crate::ui::editor::Field;
use crate::ui::page::{Block, Page};
use crate::ui::theme::Tone;
use crate::ui::{Canvas, page_layout};

const TITLE: Phrase = Phrase::new("Actions", "操作");
const ASK: Phrase = Phrase::new("Type a part of the name", "输入名称的一部分");
const NONE: Phrase = Phrase::new("No action has that name.", "没有匹配的操作。");

/// The palette.
#[derive(Debug)]
pub struct Palette {
    actions: Vec<Action>,
    query: Field,
    chosen: usize,
}

/// Something that can be done here.
#[derive(Debug)]
enum Action {
    /// A choice of the page, by its number and its words.
    Choice(usize, String),
    /// A key.
    Key(Hint),
}

impl Palette {
    /// A palette over what a page offers and what these keys do.
    pub fn new(page: &Page<'_>, keys: Vec<Hint>) -> Self {
        let labels = page.blocks.iter().filter_map(|block| match block {
            Block::Choice { label, .. } => Some(label.clone()),
            _ => None,
        });
        let choices = labels
            .enumerate()
            .map(|(number, label)| Action::Choice(number, label));
        let keys = keys.into_iter().map(Action::Key);
        Self {
            actions: choices.chain(keys).collect(),
            query: Field::open(),
            chosen: 0,
        }
    }

    /// The actions that match, the best first. A key's name matches in both languages: one known in
    /// either is found whatever the screen speaks. So is a command by its name.
    fn found(&self) -> Vec<&Action> {
        let names = self.actions.iter().map(|action| match action {
            Action::Choice(_, label) => label.clone(),
            Action::Key(hint) => {
                let (en, zh) = (hint.words.say(Lang::En), hint.words.say(Lang::Zh));
                format!("{} {en} {zh}", hint.name)
            }
        });
        let names: Vec<String> = names.collect();
        fuzzy::rank(self.query.text(), &names)
            .into_iter()
            .map(|at| &self.actions[at])
            .collect()
    }

    pub(super) fn press(&mut self, chord: Chord) -> Verdict {
        let rows = self.found().len();
        match keymap::action(sheet::BINDINGS, chord) {
            Some(sheet::Action::Close) => Verdict::Close,
            Some(sheet::Action::Take) => self.choose(self.chosen),
            Some(sheet::Action::Up | sheet::Action::PageUp) => {
                self.chosen = self.chosen.saturating_sub(1);
                Verdict::Changed
            }
            Some(sheet::Action::Down | sheet::Action::PageDown) => {
                self.chosen = (self.chosen + 1).min(rows.saturating_sub(1));
                Verdict::Changed
            }
            None if self.query.press(chord) => {
                self.chosen = 0;
                Verdict::Changed
            }
            None => Verdict::Idle,
        }
    }

    pub(super) fn paste(&mut self, text: &str) -> Verdict {
        self.query.paste(text);
        self.chosen = 0;
        Verdict::Changed
    }

    pub(super) fn choose(&mut self, choice: usize) -> Verdict {
        match self.found().get(choice) {
            Some(Action::Choice(number, _)) => Verdict::CloseChoose(*number),
            Some(Action::Key(hint)) => Verdict::Run(hint.name),
            None => Verdict::Idle,
        }
    }

    pub(super) fn draw(&self, canvas: &mut Canvas<'_, '_>, area: Rect, facts: &Facts) {
        let lang = facts.lang;
        let mut page = Page::new(TITLE.say(lang));
        page.push(Block::Field {
            label: ASK.say(lang).into(),
            field: &self.query,
            has_focus: true,
        });
        page.gap();
        let found = self.found();
        if found.is_empty() {
            page.tell(Tone::Quiet, NONE.say(lang));
        }
        for action in found {
            match action {
                Action::Choice(_, label) => page.choice(label, ""),
                Action::Key(hint) => page.choice(hint.words.say(lang), &hint.chords),
            }
        }
        page.chosen = self.chosen;
        let inside = sheet::frame(canvas, area, TITLE.say(lang), (60, 20));
        // The field stays in sight: rows before the chosen one leave only when they must.
        let room = usize::from(inside.height).saturating_sub(4);
        let scroll = u16::try_from((self.chosen + 1).saturating_sub(room)).unwrap_or(0);
        page_layout::draw(canvas, inside, &page, Some(scroll));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keymap::Key;

    fn palette() -> Palette {
        let hint = |name, words, chord| Hint {
            name,
            chord: Some(chord),
            chords: String::new(),
            words,
            rank: 1,
        };
        let mut page = Page::new("");
        page.choice("Show the link as a QR code", "");
        let keys = vec![
            hint("quit", Phrase::new("quit", "退出"), Chord::char('q')),
            hint("skip", Phrase::new("skip", "跳过"), Chord::char('s')),
        ];
        Palette::new(&page, keys)
    }

    #[test]
    fn what_the_page_offers_is_found_too() {
        let mut palette = palette();
        palette.paste("qr");
        assert_eq!(
            palette.press(Chord::plain(Key::Enter)),
            Verdict::CloseChoose(0)
        );
    }

    #[test]
    fn a_part_of_a_name_finds_the_action_in_either_language() {
        for (typed, name) in [("sk", "skip"), ("退", "quit")] {
            let mut palette = palette();
            palette.paste(typed);
            assert_eq!(palette.press(Chord::plain(Key::Enter)), Verdict::Run(name));
        }
    }

    #[test]
    fn a_name_nobody_has_does_nothing() {
        let mut palette = palette();
        palette.paste("zzz");
        assert_eq!(palette.press(Chord::plain(Key::Enter)), Verdict::Idle);
    }
}
