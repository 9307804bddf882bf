//! One question to two models at once: both answers come side by side, each with its own figures, and the one that is
//! chosen goes on. The other stays beside it, as a branch.
//!
//! ```text
//! /compare MODEL ─> the next question goes to both ─> a pair on show ─> chosen ─> one conversation
//! ```

mod view;
pub(super) mod words;

use super::keeping::keep;
use super::shown::Shown;
use super::state::{Chat, Whom};
use super::update::{news, trouble};
use crate::domain::clean_text::CleanText;
use crate::flow::keeping::TalkDeed;
use crate::flow::{Facts, Step};
use crate::text::Said;

/// The name of the question which model is to be compared with.
pub(super) const COMPARE: &str = "compare";

/// Two answers to one question while none of them was chosen.
#[derive(Debug)]
pub(super) struct Pair {
    question: usize,
    sides: [Side; 2],
    /// The side that keys go to.
    front: usize,
    /// That side alone is shown, on the whole screen.
    is_alone: bool,
}

#[derive(Debug)]
struct Side {
    turn: usize,
    shown: Shown,
}

impl Pair {
    /// The turns of the answers.
    pub(super) fn turns(&self) -> [usize; 2] {
        self.sides.each_ref().map(|side| side.turn)
    }

    /// The turn of the question.
    pub(super) fn question(&self) -> usize {
        self.question
    }

    /// The number of the side that keys go to, from 0.
    pub(super) fn front(&self) -> usize {
        self.front
    }

    /// Whether one of the answers is this turn.
    pub(super) fn has(&self, turn: usize) -> bool {
        self.turns().contains(&turn)
    }

    /// The number of the side of a turn, from 0.
    pub(super) fn side_of(&self, turn: usize) -> Option<usize> {
        self.turns().iter().position(|other| *other == turn)
    }

    /// The side that keys go to.
    pub(super) fn shown(&self) -> &Shown {
        &self.sides[self.front].shown
    }

    /// The same, to be moved.
    pub(super) fn shown_mut(&mut self) -> &mut Shown {
        &mut self.sides[self.front].shown
    }

    /// What is on the screen of both: a side that is hidden is not.
    pub(super) fn visible_mut(&mut self) -> impl Iterator<Item = &mut Shown> {
        let alone = self.is_alone.then_some(self.front);
        let sides = self.sides.iter_mut().enumerate();
        let visible = sides.filter(move |(side, _)| alone.is_none_or(|front| front == *side));
        visible.map(|(_, side)| &mut side.shown)
    }

    /// The side of a turn.
    pub(super) fn shown_of(&mut self, turn: usize) -> Option<&mut Shown> {
        let mut sides = self.sides.iter_mut();
        let side = sides.find(|side| side.turn == turn)?;
        Some(&mut side.shown)
    }

    fn other(&self) -> usize {
        1 - self.front
    }
}

impl Chat {
    /// `/compare [MODEL [QUESTION]]`: the next question goes to this model, too; with a question it goes now.
    pub(super) fn compare(&mut self, rest: &str, facts: &Facts) -> Step {
        if self.pair.is_some() {
            return trouble(words::CHOOSE_FIRST);
        }
        let (model, question) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
        let question = question.trim();
        if question.starts_with('/') && !question.starts_with("//") {
            return trouble(words::COMMAND_BEHIND);
        }
        if let Some(found) = self.choose_rival(model, question, facts) {
            return found;
        }
        let armed = self.take_rival(model, facts);
        if model == self.model(facts) {
            return armed;
        }
        if question.is_empty() {
            return armed;
        }
        let both = Some(self.whom(facts));
        let is_busy = self.is_busy();
        let asked = self.ask_of(question.to_owned(), both, facts);
        if is_busy {
            return armed.then(asked);
        }
        self.shown.go_to_bottom();
        asked
    }

    /// This model gets the next question, too.
    pub(super) fn take_rival(&mut self, model: &str, facts: &Facts) -> Step {
        if model == self.model(facts) {
            return trouble(Said::new(words::SAME_MODEL, &[&CleanText::line(model)]));
        }
        self.wishes.rival = Some(model.to_owned());
        self.addressed = None;
        let names = [self.model(facts), model].map(CleanText::line);
        news(Said::new(words::ARMED, &[&names[0], &names[1]]))
    }

    /// Shows two answers to a question side by side.
    pub(super) fn show_pair(&mut self, question: usize, turns: [usize; 2], facts: &Facts) {
        let sides = turns.map(|turn| Side {
            turn,
            shown: Shown::only(&self.talk, turn, facts.lang),
        });
        self.pair = Some(Pair {
            question,
            sides,
            front: 0,
            is_alone: false,
        });
        self.face(0);
    }

    /// Another answer stands on one side; the one before stays in the conversation.
    pub(super) fn replace_side(&mut self, side: usize, turn: usize, facts: &Facts) {
        let shown = Shown::only(&self.talk, turn, facts.lang);
        if let Some(side) = self.pair.as_mut().and_then(|pair| pair.sides.get_mut(side)) {
            *side = Side { turn, shown };
        }
        if let Some(pair) = &self.pair {
            self.face(pair.front);
        }
    }

    /// Turns to a side: everything that is said of "the answer" means it from here on.
    fn face(&mut self, side: usize) {
        let Some(pair) = &mut self.pair else { return };
        pair.front = side;
        self.talk.tip = Some(pair.sides[side].turn);
        self.count_again();
    }

    /// Turns to the other side; without a pair the key is not for this.
    pub(super) fn face_other(&mut self) -> Step {
        let Some(pair) = &self.pair else {
            return trouble(words::NO_PAIR);
        };
        self.face(pair.other());
        Step::changed()
    }

    /// Shows the side in front alone, or both again.
    pub(super) fn show_alone(&mut self) -> Step {
        let Some(pair) = &mut self.pair else {
            return trouble(words::NO_PAIR);
        };
        pair.is_alone = !pair.is_alone;
        Step::changed()
    }

    /// The answer of a side goes on as the conversation. What is still coming on the other side is stopped, and stays
    /// as far as it came.
    pub(super) fn choose_side(&mut self, side: usize, facts: &Facts) -> Step {
        let Some(pair) = &self.pair else {
            return trouble(words::NO_PAIR);
        };
        if self.composing.is_some() {
            return trouble(super::words::BUSY);
        }
        let [chosen, left] = [pair.sides[side].turn, pair.sides[1 - side].turn];
        let waited = self.wait_no_longer();
        let stopped = self.stop(left, facts);
        self.pair = None;
        self.talk.switch_to(chosen);
        let asked = self.talk.turns[chosen].reply();
        let asked = asked.map(|reply| reply.asked.clone()).unwrap_or_default();
        let name = CleanText::line(&asked);
        self.wishes.rival = None;
        if asked != self.model(facts) {
            self.wishes.model = Some(asked);
        }
        self.show_branch(facts);
        self.shown.go_to_bottom();
        let told = news(Said::new(words::GOES_ON, &[&name]));
        let kept = keep(TalkDeed::Show(self.talk.tip), facts);
        let step = waited.then(stopped).then(kept).then(told);
        if self.trouble().is_some() {
            return step;
        }
        step.then(self.ask_next(facts))
    }

    /// A side is asked once more, of the same model or another one; the other side is left alone.
    pub(super) fn ask_side_again(
        &mut self,
        side: usize,
        model: Option<&str>,
        facts: &Facts,
    ) -> Step {
        let Some(pair) = &self.pair else {
            return Step::idle();
        };
        let (question, turn) = (pair.question, pair.sides[side].turn);
        if self.composing.is_some() || self.is_coming(turn) {
            return trouble(super::words::BUSY);
        }
        let asked = self.talk.turns[turn].reply();
        let asked = asked.map(|reply| reply.asked.clone()).unwrap_or_default();
        let model = model.map_or(asked, str::to_owned);
        let told = self.may_be_charged(Some(turn));
        told.then(self.ask_again(question, Whom::Side(side, model), facts))
    }

    /// Stops one side: that which is named by its number, else the one in front, else the other one.
    pub(super) fn stop_side(&mut self, named: &str, facts: &Facts) -> Step {
        let Some(pair) = &self.pair else {
            return Step::idle();
        };
        let turns = pair.turns();
        let named = named.parse::<usize>().ok();
        let order = match named.and_then(|number| number.checked_sub(1)) {
            Some(side @ 0..=1) => vec![turns[side]],
            _ => vec![turns[pair.front], turns[pair.other()]],
        };
        let coming = order.into_iter().find(|turn| self.is_coming(*turn));
        match coming {
            Some(turn) => self.stop(turn, facts),
            None => Step::idle(),
        }
    }

    /// The next question goes to one model only.
    pub(super) fn drop_rival(&mut self) -> Step {
        self.wishes.rival = None;
        self.addressed = None;
        Step::changed()
    }
}
