//! Which model is asked: by its name, or found by a part of it.

use super::pair;
use super::state::{Chat, card_of};
use super::update::{MODEL, news, trouble};
use super::words;
use crate::domain::clean_text::CleanText;
use crate::flow::{Facts, Intent, Step};
use crate::text::{Phrase, Said};

/// The name of the question which model is the project's.
pub(super) const PROJECT_MODEL: &str = "project-model";

const NOT_ONE_LINE: Phrase = Phrase::new(
    "a model's name is one line, and nothing else stands with it",
    "模型名称只占一行，不能带其他内容",
);

/// Whether a name may be a part of one that the list has, and is none itself. What has a `/` is a whole name: a server
/// may have models that no list tells of. None has blanks in it.
fn is_part(typed: &str, facts: &Facts) -> bool {
    let has_blanks = typed.contains(char::is_whitespace);
    has_blanks || !typed.contains('/') && card_of(typed, facts).is_none()
}

/// That more was typed than a name: nobody knows what of it is meant.
fn too_much(typed: &str) -> Option<Step> {
    let typed = typed.trim();
    typed
        .contains(char::is_control)
        .then(|| trouble(NOT_ONE_LINE))
}

fn find(name: &'static str, typed: &str) -> Step {
    Step::intent(Intent::PickModel {
        name,
        query: typed.to_owned(),
    })
}

impl Chat {
    /// `/model [NAME]`.
    pub(super) fn choose_model(&mut self, typed: &str, facts: &Facts) -> Step {
        if let Some(refused) = too_much(typed) {
            return refused;
        }
        if typed.is_empty() || is_part(typed, facts) {
            return find(MODEL, typed);
        }
        self.take_model(typed)
    }

    pub(super) fn take_model(&mut self, model: &str) -> Step {
        let shown = CleanText::line(model);
        self.wishes.model = Some(model.to_owned());
        self.addressed = None;
        news(Said::new(words::MODEL_TAKEN, &[&shown]))
    }

    /// `/project-model [NAME]`: the model of this project from now on, the one of this conversation where none is
    /// named.
    pub(super) fn choose_in_project(&mut self, typed: &str, facts: &Facts) -> Step {
        if let Some(refused) = too_much(typed) {
            return refused;
        }
        if !typed.is_empty() && is_part(typed, facts) {
            return find(PROJECT_MODEL, typed);
        }
        self.use_in_project(typed, facts)
    }

    /// The rival of `/compare`; a part of a name is looked for, and what is asked waits in the editor.
    pub(super) fn choose_rival(
        &mut self,
        typed: &str,
        question: &str,
        facts: &Facts,
    ) -> Option<Step> {
        // The question goes at once: a name that the list does not have may be the half of one.
        let is_unlisted = facts.models.is_some() && card_of(typed, facts).is_none();
        let is_half = is_part(typed, facts) || is_unlisted && !question.is_empty();
        if !typed.is_empty() && !is_half {
            return None;
        }
        if !question.is_empty() && self.prompt.is_empty() {
            self.set_prompt(question);
        }
        Some(find(pair::COMPARE, typed))
    }
}
