//! A cut answer goes on: its rest is a part of it, so that a block of code that was cut in two is one.

use super::state::{Chat, Whom};
use super::update::trouble;
use super::{pair, words};
use crate::domain::code_block;
use crate::flow::{Facts, Step};
use crate::text::{Lang, Phrase};

/// A line that opens a block again is no longer than this, in bytes.
const LONGEST_FENCE: usize = 120;

const GO_ON: Phrase = Phrase::new(
    "Continue exactly where you stopped, without repeating anything.",
    "请从刚才中断处继续，不要重复。",
);
const GO_ON_IN_CODE: Phrase = Phrase::new(
    "Continue exactly where you stopped, in the midst of the code: repeat nothing, and do not open the block of code \
     again.",
    "请从刚才中断的代码处继续：不要重复，也不要重新开始代码块。",
);
const NOT_CUT: Phrase = Phrase::new("the last answer came whole", "上一个回答是完整的");
const NO_WORDS: Phrase = Phrase::new(
    "there are no words to go on with; Ctrl+T (/retry) asks again",
    "没有可以继续的内容；Ctrl+T（/retry）重试",
);

impl Chat {
    /// Lets the last answer go on, where it did not come to its end.
    pub(super) fn go_on(&mut self, facts: &Facts) -> Step {
        if self.pair.is_some() {
            return trouble(pair::words::CHOOSE_FIRST);
        }
        if self.is_busy() {
            return trouble(words::BUSY);
        }
        let Some(answer) = self
            .last_answer()
            .filter(|last| self.talk.tip == Some(*last))
        else {
            return trouble(NOT_CUT);
        };
        // A try to go on of which nothing came is left beside.
        let parts = self.talk.parts(answer).into_iter().rev();
        let said = parts
            .into_iter()
            .find(|part| !self.talk.turns[*part].text.trim().is_empty());
        let last = self.talk.turns[said.unwrap_or(answer)].reply();
        if last.is_none_or(|reply| !reply.is_unfinished()) {
            return trouble(NOT_CUT);
        }
        let Some(answer) = said else {
            return trouble(NO_WORDS);
        };
        // It goes behind the answer, whichever question was being changed.
        self.editing = None;
        let whom = Whom::One(self.model(facts).to_owned());
        self.ask_again(answer, whom, facts)
    }

    /// What a model is told so that it goes on with an answer.
    pub(super) fn go_on_words(&self, answer: usize, lang: Lang) -> String {
        let words = if self.leaves_code_open(answer) {
            GO_ON_IN_CODE
        } else {
            GO_ON
        };
        words.say(lang).to_owned()
    }

    /// Where an answer that goes on with another one begins in the midst of code.
    pub(super) fn seam(&self, before: usize) -> Option<Seam> {
        let is_in_code = self.talk.is_answer(before) && self.leaves_code_open(before);
        is_in_code.then(Seam::default)
    }

    fn leaves_code_open(&self, answer: usize) -> bool {
        let whole = self.talk.joined(answer);
        whole.is_some_and(|whole| code_block::closing_fence(&whole.text).is_some())
    }
}

/// The beginning of an answer that goes on in the midst of code. Models like to open the block once more, which would
/// close it: such a line is left out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Seam {
    held: String,
}

impl Seam {
    /// Takes a piece, and gives what there is to add to the answer once that is known.
    pub(super) fn take(&mut self, piece: &str) -> Option<String> {
        self.held.push_str(piece);
        let begun = self.held.trim_start();
        let may_open = begun.len() < 3 && ("```".starts_with(begun) || "~~~".starts_with(begun));
        let is_fence = begun.starts_with("```") || begun.starts_with("~~~");
        if !may_open && !is_fence {
            return Some(self.rest());
        }
        match begun.split_once('\n') {
            // A fence with nothing behind it closes.
            Some((line, _)) if line.trim().trim_matches(['`', '~']).is_empty() => Some(self.rest()),
            Some((_, code)) => Some(code.to_owned()),
            None if begun.len() > LONGEST_FENCE => Some(self.rest()),
            None => None,
        }
    }

    /// What was held back: no more comes.
    pub(super) fn rest(&mut self) -> String {
        std::mem::take(&mut self.held)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(pieces: &[&str]) -> String {
        let mut seam = Some(Seam::default());
        let mut text = String::new();
        for piece in pieces {
            match &mut seam {
                Some(held) => {
                    if let Some(known) = held.take(piece) {
                        text.push_str(&known);
                        seam = None;
                    }
                }
                None => text.push_str(piece),
            }
        }
        text + &seam.map(|mut held| held.rest()).unwrap_or_default()
    }

    #[test]
    fn a_block_that_is_opened_once_more_stays_one() {
        for (pieces, text) in [
            (&["rn 1", "\n```\n"][..], "rn 1\n```\n"),
            (&["``", "`", "py", "\nrn ", "1\n```\n"], "rn 1\n```\n"),
            (&["\n```rust src/a.rs\n", "    b();\n"], "    b();\n"),
            (&["```", "\n", "That is all."], "```\nThat is all."),
            (&["\n", "    ", "b();"], "\n    b();"),
            (&["`a` is"], "`a` is"),
            (&["```py"], "```py"),
        ] {
            assert_eq!(all(pieces), text, "{pieces:?}");
        }
    }
}
