//! What Esc does: one thing at a time, the nearest first. The last line says which.

use super::state::Chat;
use super::update::news;
use super::words;
use crate::flow::{Facts, Step};
use crate::text::Phrase;

/// What stands behind `/stop` when all that is under way is meant.
const EVERYTHING: &str = "all";

/// What Esc does now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Escape {
    /// Stop an answer.
    Stop,
    /// Wait no longer before a question is asked again.
    WaitNoLonger,
    /// Leave the question that is being edited as it was.
    LeaveQuestion,
    /// Take the question back that is being made ready.
    TakeBack,
    /// Ask one model only.
    AskOne,
    /// Take the first question that waits into the editor.
    TakeWaiting,
}

impl Escape {
    /// What it is called.
    pub(super) fn words(self) -> Phrase {
        match self {
            Self::Stop => const { Phrase::new("stop", "停止") },
            Self::WaitNoLonger => const { Phrase::new("wait no longer", "不再等待") },
            Self::LeaveQuestion => const { Phrase::new("leave it as it was", "放弃修改") },
            Self::TakeBack => const { Phrase::new("take it back", "撤回") },
            Self::AskOne => const { Phrase::new("ask one model only", "只问一个模型") },
            Self::TakeWaiting => words::TAKE_WAITING,
        }
    }
}

impl Chat {
    /// What Esc does now; `None`: nothing.
    pub(super) fn escape(&self) -> Option<Escape> {
        let all = [
            (!self.coming.is_empty(), Escape::Stop),
            (self.waiting.is_some(), Escape::WaitNoLonger),
            (self.editing.is_some(), Escape::LeaveQuestion),
            (self.composing.is_some(), Escape::TakeBack),
            (
                self.wishes.rival.is_some() && self.pair.is_none(),
                Escape::AskOne,
            ),
            (!self.queue.is_empty(), Escape::TakeWaiting),
        ];
        let now = all.into_iter().find(|(is_so, _)| *is_so);
        now.map(|(_, escape)| escape)
    }

    /// Esc, or `/stop [1|2|all]`.
    pub(super) fn stop_or_leave(&mut self, named: &str, facts: &Facts) -> Step {
        if named == EVERYTHING {
            return self.stop_everything(facts);
        }
        let Some(escape) = self.escape() else {
            self.leave_saving();
            return Step::idle();
        };
        match escape {
            Escape::Stop if self.pair.is_some() => self.stop_side(named, facts),
            // What waits goes on waiting: nobody who stops an answer asks for the next one by it.
            Escape::Stop => self.stop_all(facts),
            Escape::WaitNoLonger => self.wait_no_longer(),
            Escape::LeaveQuestion => {
                self.editing = None;
                self.set_prompt("");
                Step::changed()
            }
            Escape::TakeBack => self.take_back(facts),
            Escape::AskOne => self.drop_rival(),
            Escape::TakeWaiting => self.take_waiting(facts),
        }
    }

    /// Ctrl+C: what is under way is stopped first, then what is being typed is put away, and only then the program is left.
    pub(super) fn give_up(&mut self, facts: &Facts) -> Option<Step> {
        if !self.coming.is_empty() || self.waiting.is_some() {
            return Some(self.stop_all(facts).then(self.wait_no_longer()));
        }
        if self.composing.is_some() {
            return Some(self.take_back(facts));
        }
        if self.prompt.is_empty() {
            return None;
        }
        self.editing = None;
        self.set_prompt("");
        Some(news(words::PUT_AWAY))
    }

    /// Whatever is coming, waits or is being asked: nothing goes on by itself behind it.
    fn stop_everything(&mut self, facts: &Facts) -> Step {
        self.queue.clear();
        self.listing = None;
        self.leave_saving();
        let stopped = self.stop_all(facts).then(self.wait_no_longer());
        stopped.then(self.take_back(facts))
    }
}
