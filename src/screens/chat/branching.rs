//! Other wordings of a question and other answers to it: marked where they are, made, and turned to. What is meant is the
//! question that is pointed at or before the reader, or the one whose number is named.

use super::keeping::keep;
use super::state::Chat;
use super::update::trouble;
use super::words;
use crate::flow::keeping::TalkDeed;
use crate::flow::{Facts, Step};
use crate::text::{Phrase, Said};

const NO_SUCH_QUESTION: Phrase = Phrase::new(
    "there is no question {}: there are {}",
    "没有第 {} 个问题：共有 {} 个",
);

impl Chat {
    /// The questions on show, in their order.
    fn questions(&self) -> Vec<usize> {
        let branch = self.talk.branch().into_iter();
        branch.filter(|turn| !self.talk.is_answer(*turn)).collect()
    }

    /// The question of a number, from 1; without one the question before the reader, where they look at one.
    fn question_meant(&self, typed: &str) -> Result<Option<usize>, Step> {
        let Some(typed) = typed.split_whitespace().next() else {
            return Ok(self.shown.question_in_sight());
        };
        let questions = self.questions();
        let number = typed.parse::<usize>().ok();
        let at = number.and_then(|number| number.checked_sub(1));
        let question = at.and_then(|at| questions.get(at)).copied();
        let typed = crate::domain::clean_text::CleanText::line(typed).shortened(20);
        let said = Said::new(NO_SUCH_QUESTION, &[&typed, &questions.len()]);
        question.map(Some).ok_or_else(|| trouble(said))
    }

    /// `/regenerate [NUMBER]`: another answer to a question, the last one unless another one is pointed at.
    pub(super) fn answer_anew(&mut self, typed: &str, facts: &Facts) -> Step {
        if self.pair.is_some() || self.is_busy() {
            return self.answer_again(facts);
        }
        let meant = match self.question_meant(typed) {
            Err(refused) => return refused,
            Ok(meant) => meant.filter(|_| !typed.is_empty() || self.shown.points()),
        };
        match meant.or_else(|| self.last_question()) {
            Some(question) => {
                let is_last = self.last_question() == Some(question);
                let told = self.may_be_charged(self.last_answer().filter(|_| is_last));
                told.then(self.ask_again(question, self.whom(facts), facts))
            }
            None => trouble(words::NOTHING_TO_DO_AGAIN),
        }
    }

    /// `/edit [NUMBER]`: puts a question back into the editor; what is sent stands beside it.
    pub(super) fn edit(&mut self, typed: &str) -> Step {
        if self.is_busy() {
            return trouble(words::BUSY);
        }
        let meant = match self.question_meant(typed) {
            Err(refused) => return refused,
            Ok(meant) => meant,
        };
        let Some(question) = meant.or_else(|| self.last_question()) else {
            return trouble(words::NOTHING_TO_DO_AGAIN);
        };
        let waited = self.wait_no_longer();
        self.editing = Some(question);
        let text = self.talk.turns[question].text.clone();
        self.set_prompt(&text);
        waited
    }

    /// `/branch [NUMBER]`: the next of the wordings and answers of a question; of the last one that has several, unless
    /// the reader looks at another one.
    pub(super) fn other_branch(&mut self, typed: &str, facts: &Facts) -> Step {
        if self.pair.is_some() {
            return self.face_other();
        }
        if self.is_busy() {
            return trouble(words::BUSY);
        }
        let meant = match self.question_meant(typed) {
            Err(refused) => return refused,
            Ok(meant) => meant,
        };
        let before = self.talk.branch();
        let has_several = |question: &usize| self.talk.ways(*question).len() > 1;
        let question = match meant {
            Some(question) => Some(question).filter(has_several),
            None => self.questions().into_iter().rfind(has_several),
        };
        let Some(question) = question else {
            return trouble(words::NO_BRANCH);
        };
        let waited = self.wait_no_longer();
        let ways = self.talk.ways(question);
        let at = ways.iter().rposition(|way| before.contains(way));
        let next = at.map_or(0, |at| (at + 1) % ways.len());
        self.talk.switch_to(ways[next]);
        let after = self.talk.branch();
        let same = before
            .iter()
            .zip(&after)
            .take_while(|(one, other)| one == other);
        let first = after.get(same.count()).or(after.last());
        if let Some(first) = first {
            self.told.show_from(*first, self.talk.turns.len());
        }
        self.show_branch(facts);
        waited.then(keep(TalkDeed::Show(self.talk.tip), facts))
    }
}
