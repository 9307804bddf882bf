//! Choosing a model by a part of its name, laid over the screen that asks for one.

use ratatui::layout::{Constraint, Layout, Rect};

use super::model_rows::{List, Names, grid, row};
use super::sheet::{self, Given, Verdict};
use crate::domain::diagnosis::Diagnosis;
use crate::domain::model_card::{ModelCard, per_million, sought};
use crate::domain::own_models::OwnModels;
use crate::flow::Facts;
use crate::keymap::{self, Binding, Chord};
use crate::text::{Lang, Phrase};
use crate::ui::Canvas;
use crate::ui::editor::Field;
use crate::ui::page::Page;
use crate::ui::theme::Tone;
use crate::ui::wrap::{clip, wrap};

const TITLE: Phrase = Phrase::new("Choose a model", "选择模型");
const NONE: Phrase = Phrase::new(
    "No model has that in its name. Enter takes it as it is typed.",
    "没有匹配的模型。按 Enter 则按输入的名称使用。",
);
const NONE_AND_NO_NAME: Phrase = Phrase::new(
    "No model has that in its name, and no name has blanks in it.",
    "没有匹配的模型；模型名称中也不含空格。",
);
const LOADING: Phrase = Phrase::new("loading the list of models…", "正在加载模型列表…");
const NO_LIST: Phrase = Phrase::new("There is no list of models: {}.", "没有模型列表：{}。");
const NAME_OR_RETRY: Phrase = Phrase::new(
    "Ctrl+R tries again; Enter takes a name as it is typed.",
    "按 Ctrl+R 重试；按 Enter 则按输入的名称使用。",
);
const BY_LINES: Phrase = Phrase::new(
    "/model NAME takes one by its name; /model tries again.",
    "/model 名称 直接指定；/model 重试。",
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
    /// Ask for the list again, where there is none.
    Retry,
}

/// The keys of this sheet besides those of every sheet.
pub const BINDINGS: &[Binding<Action>] = &[
    Binding::new(
        "favourite",
        &[Chord::ctrl('f')],
        Action::Favour,
        Phrase::new("favourite", "收藏"),
        2,
    ),
    Binding::new(
        "retry",
        &[Chord::ctrl('r')],
        Action::Retry,
        Phrase::new("try again", "重试"),
        1,
    ),
];

/// The sheet.
#[derive(Debug)]
pub struct ModelPicker {
    /// What the asking screen knows the answer by.
    name: &'static str,
    stock: Stock,
    query: Field,
    /// The numbers of what was found; the person's own first while nothing is typed.
    found: Vec<usize>,
    chosen: usize,
    /// The person's own as they were when it opened: rows do not run away under a hand.
    own: OwnModels,
}

/// What there is to choose from.
#[derive(Debug)]
enum Stock {
    /// The list is on its way.
    Coming,
    /// It did not come.
    Missing(Box<Diagnosis>),
    /// It is here, with the names that its models are found by.
    Listed(List, Names),
}

impl ModelPicker {
    /// A picker that waits for the list; these models will stand at the top while nothing is typed.
    pub fn waiting(name: &'static str, own: &OwnModels) -> Self {
        Self {
            name,
            stock: Stock::Coming,
            query: Field::open(),
            found: Vec::new(),
            chosen: 0,
            own: own.clone(),
        }
    }

    /// A picker over a list.
    pub fn new(name: &'static str, models: List, own: &OwnModels) -> Self {
        let mut picker = Self::waiting(name, own);
        picker.take_list(models);
        picker
    }

    /// The list came. One that is here already stays: rows do not run away under a hand.
    pub fn take_list(&mut self, models: List) {
        if matches!(self.stock, Stock::Listed(..)) {
            return;
        }
        let names = Names::of(&models.value);
        self.stock = Stock::Listed(models, names);
        self.typed();
    }

    /// The list did not come, and why.
    pub fn miss_list(&mut self, trouble: &Diagnosis) {
        if matches!(self.stock, Stock::Coming) {
            self.stock = Stock::Missing(Box::new(trouble.clone()));
        }
    }

    /// It is asked for again.
    pub fn wait_again(&mut self) {
        self.stock = Stock::Coming;
    }

    /// The list is on its way.
    pub fn is_waiting(&self) -> bool {
        matches!(self.stock, Stock::Coming)
    }

    /// There is none, and none is on its way.
    pub fn lacks_list(&self) -> bool {
        matches!(self.stock, Stock::Missing(_))
    }

    fn cards(&self) -> &[ModelCard] {
        match &self.stock {
            Stock::Listed(models, _) => &models.value,
            Stock::Coming | Stock::Missing(_) => &[],
        }
    }

    /// The same, looking for a part of a name already.
    #[must_use]
    pub fn looking_for(mut self, words: &str) -> Self {
        self.look_for(words);
        self
    }

    fn typed(&mut self) {
        if let Stock::Listed(models, names) = &mut self.stock {
            self.found = names.found(self.query.text(), &models.value, &self.own);
        }
        self.chosen = 0;
    }

    pub(super) fn press(&mut self, chord: Chord) -> Verdict {
        match keymap::action(BINDINGS, chord) {
            Some(Action::Favour) => return self.favour(),
            Some(Action::Retry) if self.lacks_list() => return Verdict::ListModels,
            Some(Action::Retry) => return Verdict::Idle,
            None => {}
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

    fn favour(&self) -> Verdict {
        match self.found.get(self.chosen) {
            Some(&number) => Verdict::Favour(self.cards()[number].id.to_string()),
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
            Some(&number) => format!("{}{}", self.cards()[number].id, sought(typed).1),
            None if typed.is_empty() || has_blanks(typed) => return Verdict::Idle,
            None => typed.to_owned(),
        };
        Verdict::Answer(self.name, Given::Text(id))
    }

    /// What there is to say where nothing was found.
    fn none(&self) -> Phrase {
        if has_blanks(self.query.text().trim()) {
            NONE_AND_NO_NAME
        } else {
            NONE
        }
    }

    /// The first of what was found, as content: for plain lines.
    pub(super) fn page(&self, facts: &Facts) -> Page<'static> {
        const MOST: usize = 20;
        let mut page = Page::new(TITLE.say(facts.lang));
        match &self.stock {
            Stock::Missing(trouble) => {
                let title = trouble.title.say(facts.lang);
                page.say(NO_LIST.fill(facts.lang, &[&title]));
                page.say(BY_LINES.say(facts.lang));
            }
            Stock::Coming => page.say(LOADING.say(facts.lang)),
            Stock::Listed(..) if self.found.is_empty() => page.say(self.none().say(facts.lang)),
            Stock::Listed(..) => {}
        }
        if self.found.len() > MOST {
            let words = FIRST.fill(facts.lang, &[&MOST, &self.found.len()]);
            page.tell(Tone::Quiet, words);
        }
        let (_, suffix) = sought(self.query.text().trim());
        for &number in self.found.iter().take(MOST) {
            let card = &self.cards()[number];
            let prices = card.prompt_price.zip(card.completion_price);
            let note = match prices {
                Some((read, written)) => PRICES.fill(
                    facts.lang,
                    &[&card.name, &per_million(read), &per_million(written)],
                ),
                None => card.name.to_string(),
            };
            page.choice(format!("{}{suffix}", card.id), note);
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
        let Stock::Listed(models, _) = &self.stock else {
            self.draw_lack(canvas, body, lang);
            return;
        };
        if self.found.is_empty() {
            let words = clip(self.none().say(lang), usize::from(body.width));
            canvas.buffer().set_string(body.x, body.y, words, quiet);
        } else {
            let found = self.found.iter();
            let (_, suffix) = sought(self.query.text().trim());
            let rows = found.map(|&number| row(&models.value[number], suffix, facts));
            grid(rows.collect(), self.chosen, lang).draw(canvas, body);
        }
        let at = models.as_of.strftime("%m-%d %H:%M UTC").to_string();
        let words = AS_OF.fill(lang, &[&models.value.len(), &at]);
        let words = clip(&words, usize::from(foot.width));
        canvas.buffer().set_string(foot.x, foot.y, words, quiet);
    }

    /// Why there is nothing to choose from yet.
    fn draw_lack(&self, canvas: &mut Canvas<'_, '_>, area: Rect, lang: Lang) {
        let said = match &self.stock {
            Stock::Missing(trouble) => {
                let title = trouble.title.say(lang);
                let missing = format!("✗ {}", NO_LIST.fill(lang, &[&title]));
                let advice = NAME_OR_RETRY.say(lang).to_owned();
                vec![(Tone::Trouble, missing), (Tone::Quiet, advice)]
            }
            Stock::Coming | Stock::Listed(..) => {
                vec![(Tone::Quiet, format!("▸ {}", LOADING.say(lang)))]
            }
        };
        let mut rows = area.y..area.bottom();
        for (tone, words) in said {
            let style = canvas.theme.tone(tone);
            let lines = wrap(&words, usize::from(area.width));
            for (line, y) in lines.into_iter().zip(&mut rows) {
                canvas.buffer().set_string(area.x, y, line, style);
            }
        }
    }
}

/// What was typed is no name: none has blanks in it.
fn has_blanks(typed: &str) -> bool {
    typed.contains(char::is_whitespace)
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
        picker.paste(" air");
        assert_eq!(picker.press(Chord::plain(Key::Enter)), Verdict::Idle);
    }
}
