//! One question or one answer of a transcript: what there is to read, before any width.

use crate::domain::clean_text::CleanText;
use crate::ui::markdown::Manner;

/// A question or an answer, with all that stands around it.
#[derive(Clone, Debug, Default)]
pub struct Entry {
    pub(super) who: CleanText,
    pub(super) manner: Manner,
    pub(super) text: CleanText,
    pub(super) thoughts: CleanText,
    pub(super) thought_tokens: Option<u64>,
    pub(super) shows_thoughts: bool,
    pub(super) unseen: usize,
    /// More of it is expected.
    pub(super) is_coming: bool,
    pub(super) trouble: CleanText,
    pub(super) figures: CleanText,
    /// The blocks of the text that are folded, by their number in it, sorted.
    pub(super) folded: Vec<usize>,
    /// Changes when something other than growing text changed.
    pub(super) edition: u64,
}

impl Entry {
    /// A question: shown as it was typed, but that fenced code is highlighted. `who` is its heading.
    pub fn question(who: &str, text: &str) -> Self {
        let mut entry = Self {
            who: CleanText::line(who),
            manner: Manner::Verbatim,
            ..Self::default()
        };
        entry.push_str(text);
        entry.end();
        entry
    }

    /// An answer, as far as it has come: Markdown. `who` is its heading, the name of the model.
    pub fn answer(who: &str, text: &str) -> Self {
        let mut entry = Self {
            who: CleanText::line(who),
            ..Self::default()
        };
        entry.push_str(text);
        entry.end();
        entry
    }

    /// The same with the reasoning that came before the text.
    #[must_use]
    pub fn with_reasoning(mut self, text: &str, tokens: Option<u64>) -> Self {
        self.push_reasoning(text);
        self.thought_tokens = tokens;
        self.end();
        self
    }

    /// The same with a row of figures below.
    #[must_use]
    pub fn with_figures(mut self, figures: &str) -> Self {
        self.set_figures(figures);
        self
    }

    /// The same with what went wrong below.
    #[must_use]
    pub fn with_trouble(mut self, trouble: &str) -> Self {
        self.set_trouble(trouble);
        self
    }

    /// Adds text at the end, cleaned.
    pub fn push_str(&mut self, text: &str) {
        self.unseen += self.text.push(text);
        self.is_coming = true;
    }

    /// Adds reasoning at its end, cleaned.
    pub fn push_reasoning(&mut self, text: &str) {
        self.unseen += self.thoughts.push(text);
        self.is_coming = true;
    }

    /// No more of it is expected: what it ends with is what it is.
    pub fn end(&mut self) {
        self.is_coming = false;
        self.edition += 1;
    }

    /// How many tokens the reasoning took; `None`: not known, its characters are counted instead.
    pub fn set_reasoning_tokens(&mut self, tokens: Option<u64>) {
        self.thought_tokens = tokens;
        self.edition += 1;
    }

    /// Another heading: the model that really answers became known.
    pub fn set_who(&mut self, who: &str) {
        self.who = CleanText::line(who);
        self.edition += 1;
    }

    /// What stands below in small: model, cost, speed. Empty: nothing.
    pub fn set_figures(&mut self, figures: &str) {
        self.figures = CleanText::new(figures);
        self.edition += 1;
    }

    /// What went wrong, and what to do. Empty: nothing.
    pub fn set_trouble(&mut self, trouble: &str) {
        self.trouble = CleanText::new(trouble);
        self.edition += 1;
    }

    /// Shows its reasoning, or folds it.
    pub fn show_reasoning(&mut self, shows: bool) {
        self.shows_thoughts = shows;
        self.edition += 1;
    }

    /// Whether its reasoning is on show.
    pub fn shows_reasoning(&self) -> bool {
        self.shows_thoughts
    }

    /// Whether it is a person's question.
    pub fn is_question(&self) -> bool {
        self.manner == Manner::Verbatim
    }

    /// The text, cleaned.
    pub fn text(&self) -> &CleanText {
        &self.text
    }

    /// The reasoning, cleaned.
    pub fn reasoning(&self) -> &CleanText {
        &self.thoughts
    }

    /// How many control characters and invisible ones stand by name in text and reasoning.
    pub fn unseen(&self) -> usize {
        self.unseen
    }

    pub(super) fn toggle_fold(&mut self, block: usize) {
        match self.folded.binary_search(&block) {
            Ok(at) => {
                self.folded.remove(at);
            }
            Err(at) => self.folded.insert(at, block),
        }
        self.edition += 1;
    }
}
