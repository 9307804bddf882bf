//! Choosing a model by a part of its name, laid over the screen that asks for one.

use ratatui::layout::{Constraint, Layout, Rect};

use super::model_rows::{List, Names, grid, row};
use super::sheet::{self, Given, Verdict};
use crate::domain::model_card::per_million;
use crate::domain::own_models::OwnModels;
use crate::flow::Facts;
use crate::keymap::{self, Binding, Chord};
use crate::text::Phrase;
use crate::ui::Canvas;
use crate::ui::editor::Field;
use crate::ui::page::Page;
use crate::ui::theme::Tone;
use crate::ui::wrap::clip;

const TITLE: Phrase = Phrase::new("Choose a model", "选择模型");
const NONE: Phrase = Phrase::new(
    "No model has that in its name. Enter takes it as it is typed.",
    "没有匹配的模型。按 Enter 则按输入的名称使用。",
);
const FIRST: Phrase = Phrase::new(
    "the first {} of {}; type other words to find the rest",
    "仅列出前 {} 个（共 {} 个）；输入其他词可查找其余模型",
);
const PRICES: Phrase = Phrase::new(
    "{} · ${} in, ${} out per million tokens",
    "{} · 每百万 token 输入 ${}，输出 ${}",
);
const AS_OF: Phrase = Phrase::new(
    "{} models, as of {} · :free may train on what you send",
    "{} 个模型，截至 {} · :free 可能用您的输入训练",
);

/// What a key does here and in no other sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// Mark the chosen model as a favourite, or take the mark away.
    Favour,
}

/// The keys of this sheet besides those of every sheet.
pub const BINDINGS: &[Binding<Action>] = &[Binding::new(
    "favourite",
    &[Chord::ctrl('f')],
    Action::Favour,
    Phrase::new("favourite", "收藏"),
    2,
)];

/// The sheet.
#[derive(Debug)]
pub struct ModelPicker {
    /// What the asking screen knows the answer by.
    name: &'static str,
    models: List,
    names: Names,
    query: Field,
    /// The numbers of what was found; the person's own first while nothing is typed.
    found: Vec<usize>,
    chosen: usize,
    /// The person's own as they were when it opened: rows do not run away under a hand.
    own: OwnModels,
}

impl ModelPicker {
    /// A picker over a list; these models stand at the top while nothing is typed.
    pub fn new(name: &'static str, models: List, own: &OwnModels) -> Self {
        let names = Names::of(&models.value);
        let mut picker = Self {
            name,
            names,
            query: Field::open(),
            found: Vec::new(),
            chosen: 0,
            own: own.clone(),
            models,
        };
        picker.typed();
        picker
    }

    /// The same, looking for a part of a name already.
    #[must_use]
    pub fn looking_for(mut self, words: &str) -> Self {
        self.look_for(words);
        self
    }

    fn typed(&mut self) {
        self.found = self
            .names
            .found(self.query.text(), &self.models.value, &self.own);
        self.chosen = 0;
    }

    pub(super) fn press(&mut self, chord: Chord) -> Verdict {
        if let Some(Action::Favour) = keymap::action(BINDINGS, chord) {
            return match self.found.get(self.chosen) {
                Some(&number) => Verdict::Favour(self.models.value[number].id.to_string()),
                None => Verdict::Idle,
            };
        }
        let last = self.found.len().saturating_sub(1);
        match keymap::action(sheet::BINDINGS, chord) {
            Some(sheet::Action::Close) => self.close(),
            Some(sheet::Action::Take) => self.choose(self.chosen),
            Some(sheet::Action::Up) => self.go_to(self.chosen.saturating_sub(1)),
            Some(sheet::Action::Down) => self.go_to((self.chosen + 1).min(last)),
            Some(sheet::Action::PageUp) => self.go_to(self.chosen.saturating_sub(8)),
            Some(sheet::Action::PageDown) => self.go_to((self.chosen + 8).min(last)),
            None if self.query.press(chord) => {
                self.typed();
                Verdict::Changed
            }
            None => Verdict::Idle,
        }
    }

    /// It closes without an answer.
    pub(super) fn close(&self) -> Verdict {
        Verdict::Answer(self.name, Given::Nothing)
    }

    fn go_to(&mut self, row: usize) -> Verdict {
        if row == self.chosen {
            return Verdict::Idle;
        }
        self.chosen = row;
        Verdict::Changed
    }

    pub(super) fn paste(&mut self, text: &str) -> Verdict {
        self.query.paste(text);
        self.typed();
        Verdict::Changed
    }

    /// The model of a row; without any, the name as it was typed: a list may lack what a server has.
    pub(super) fn choose(&mut self, choice: usize) -> Verdict {
        let typed = self.query.text().trim();
        let id = match self.found.get(choice) {
            Some(&number) => self.models.value[number].id.to_string(),
            None if typed.is_empty() => return Verdict::Idle,
            None => typed.to_owned(),
        };
        Verdict::Answer(self.name, Given::Text(id))
    }

    /// The first of what was found, as content: for plain lines.
    pub(super) fn page(&self, facts: &Facts) -> Page<'static> {
        const MOST: usize = 20;
        let mut page = Page::new(TITLE.say(facts.lang));
        if self.found.is_empty() {
            page.say(NONE.say(facts.lang));
        }
        if self.found.len() > MOST {
            let words = FIRST.fill(facts.lang, &[&MOST, &self.found.len()]);
            page.tell(Tone::Quiet, words);
        }
        for &number in self.found.iter().take(MOST) {
            let card = &self.models.value[number];
            let prices = card.prompt_price.zip(card.completion_price);
            let note = match prices {
                Some((read, written)) => PRICES.fill(
                    facts.lang,
                    &[&card.name, &per_million(read), &per_million(written)],
                ),
                None => card.name.to_string(),
            };
            page.choice(card.id.to_string(), note);
        }
        page
    }

    /// Looks for other words than before.
    pub(super) fn look_for(&mut self, words: &str) {
        self.query.set(words);
        self.typed();
    }

    pub(super) fn draw(&self, canvas: &mut Canvas<'_, '_>, area: Rect, facts: &Facts) {
        let lang = facts.lang;
        let size = (100.min(area.width), 30.min(area.height));
        let inside = sheet::frame(canvas, area, TITLE.say(lang), size);
        let [field, body, foot] = Layout::vertical([
            Constraint::Length(1),
            Constraint::Min(0),
            Constraint::Length(1),
        ])
        .areas(inside);
        let accent = canvas.theme.tone(Tone::Accent);
        canvas.buffer().set_string(field.x, field.y, "> ", accent);
        let spot = Rect {
            x: field.x + 2,
            width: field.width.saturating_sub(2),
            ..field
        };
        let caret = self.query.draw(spot, canvas.buffer());
        if let Some(caret) = caret {
            canvas.set_caret(caret);
        }
        let quiet = canvas.theme.tone(Tone::Quiet);
        if self.found.is_empty() {
            let words = clip(NONE.say(lang), usize::from(body.width));
            canvas.buffer().set_string(body.x, body.y, words, quiet);
        } else {
            let found = self.found.iter();
            let rows = found.map(|&number| row(&self.models.value[number], facts));
            grid(rows.collect(), self.chosen, lang).draw(canvas, body);
        }
        let at = self.models.as_of.strftime("%m-%d %H:%M UTC").to_string();
        let words = AS_OF.fill(lang, &[&self.models.value.len(), &at]);
        let words = clip(&words, usize::from(foot.width));
        canvas.buffer().set_string(foot.x, foot.y, words, quiet);
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::domain::figures::Known;
    use crate::domain::model_card::ModelCard;
    use crate::keymap::Key;

    fn picker() -> ModelPicker {
        let models = ["a/one", "b/two", "c/three"].map(|id| ModelCard {
            id: id.into(),
            ..ModelCard::default()
        });
        let models = Arc::new(Known {
            as_of: jiff::Timestamp::UNIX_EPOCH,
            value: models.to_vec(),
        });
        let own = OwnModels {
            favourites: vec!["c/three".into()],
            recent: vec!["b/two".into(), "c/three".into()],
        };
        ModelPicker::new("model", models, &own)
    }

    fn answer(id: &str) -> Verdict {
        Verdict::Answer("model", Given::Text(id.to_owned()))
    }

    #[test]
    fn favourites_stand_first_then_what_was_used_lately_and_a_part_of_a_name_finds_the_rest() {
        let enter = Chord::plain(Key::Enter);
        assert_eq!(picker().press(enter), answer("c/three"));
        let mut picker = picker();
        picker.press(Chord::plain(Key::Down));
        assert_eq!(picker.press(enter), answer("b/two"));
        picker.paste("one");
        assert_eq!(picker.press(enter), answer("a/one"));
        let favour = picker.press(Chord::ctrl('f'));
        assert_eq!(favour, Verdict::Favour("a/one".to_owned()));
        // What was found comes back to the beginning when the query is gone.
        for _ in 0..3 {
            picker.press(Chord::plain(Key::Backspace));
        }
        assert_eq!(picker.press(enter), answer("c/three"));
    }

    #[test]
    fn a_name_that_no_list_has_is_taken_as_it_is_typed() {
        let mut picker = picker();
        picker.paste("z-ai/glm-9");
        assert_eq!(picker.press(Chord::plain(Key::Enter)), answer("z-ai/glm-9"));
    }
}
