//! Answers that were gone on with, and all that stands in one place of a conversation.
//!
//! ```text
//! question ─ answer, cut ─ its rest          an answer behind an answer goes on with it: both are one
//! ```

use super::{Conversation, Reply, ReplyState, Speaker, Turn};
use crate::domain::clean_text::CleanText;
use crate::domain::money::Usd;

impl Conversation {
    /// Whether a turn goes on with the answer before it.
    pub fn goes_on(&self, number: usize) -> bool {
        let parent = self.turns.get(number).and_then(|turn| turn.parent);
        self.is_answer(number) && parent.is_some_and(|parent| self.is_answer(parent))
    }

    /// The parts of an answer up to this one, in their order; of a question itself alone.
    pub fn parts(&self, number: usize) -> Vec<usize> {
        let mut parts = vec![number];
        let mut at = number;
        while self.goes_on(at)
            && let Some(parent) = self.turns[at].parent
            && parts.len() <= self.turns.len()
        {
            parts.push(parent);
            at = parent;
        }
        parts.reverse();
        parts
    }

    /// Of these turns, which follow each other, those that are the last part of what is said in them.
    pub fn ends(&self, turns: &[usize]) -> Vec<usize> {
        let next = turns.iter().skip(1).map(Some).chain([None]);
        let ends = turns.iter().zip(next);
        let ends = ends.filter(|(_, next)| next.is_none_or(|next| !self.goes_on(*next)));
        ends.map(|(turn, _)| *turn).collect()
    }

    /// An answer with everything it goes on with, as one turn; a question as it is. `None`: there is no such turn.
    pub fn joined(&self, number: usize) -> Option<Turn> {
        let mut parts = self.parts(number).into_iter();
        let mut whole = self.turns.get(parts.next()?)?.clone();
        for part in parts {
            let part = self.turns.get(part)?;
            whole.text.push_str(&part.text);
            if let (Speaker::Model(reply), Some(next)) = (&mut whole.speaker, part.reply()) {
                reply.join(next);
            }
        }
        Some(whole)
    }

    /// What stands in the place of a turn, this one among it: of a question its wordings, of an answer every one that was
    /// given, each by its last part.
    pub fn versions(&self, number: usize) -> Vec<usize> {
        let parts = self.parts(number);
        let first = parts.first().copied().unwrap_or(number);
        let is_answer = self.is_answer(first);
        let beside = self.siblings(first).into_iter();
        let beside = beside.filter(|other| self.is_answer(*other) == is_answer);
        if !is_answer {
            return beside.collect();
        }
        let mut ends = Vec::new();
        for answer in beside {
            self.put_ends(answer, &mut ends);
        }
        ends
    }

    /// Every wording of a question with every answer it got: the turns that these end with.
    pub fn ways(&self, question: usize) -> Vec<usize> {
        let mut ways = Vec::new();
        for wording in self.versions(question) {
            let answer = self.behind(wording).find(|number| self.is_answer(*number));
            match answer {
                Some(answer) => ways.extend(self.versions(answer)),
                None => ways.push(wording),
            }
        }
        ways
    }

    /// Whether a turn is a model's.
    pub fn is_answer(&self, number: usize) -> bool {
        let turn = self.turns.get(number);
        turn.is_some_and(|turn| turn.reply().is_some())
    }

    /// The turns that follow one, in their order.
    pub(super) fn behind(&self, number: usize) -> impl DoubleEndedIterator<Item = usize> {
        let later = (number + 1).min(self.turns.len())..self.turns.len();
        later.filter(move |at| self.turns[*at].parent == Some(number))
    }

    /// The last parts of an answer: it may be gone on with in several ways. One that was asked on behind is one, too.
    fn put_ends(&self, answer: usize, ends: &mut Vec<usize>) {
        let (further, asked): (Vec<usize>, Vec<usize>) =
            self.behind(answer).partition(|next| self.is_answer(*next));
        if further.is_empty() || !asked.is_empty() {
            ends.push(answer);
        }
        for part in further {
            self.put_ends(part, ends);
        }
    }
}

impl Reply {
    /// The model that answered, else the one that was asked.
    pub fn name(&self) -> CleanText {
        let asked = || CleanText::line(&self.asked);
        self.model.clone().unwrap_or_else(asked)
    }

    /// With what went on with it: sums, as far as both are known, and the end of the later one.
    fn join(&mut self, next: &Self) {
        let name = both_names(&self.name(), &next.name());
        self.model = Some(name);
        self.provider = match (self.provider.take(), &next.provider) {
            (Some(one), Some(other)) => Some(both_names(&one, other)),
            (one, other) => one.or_else(|| other.clone()),
        };
        // Of two bills the one that is open.
        if self.cost.is_some() {
            self.generation_id.clone_from(&next.generation_id);
            self.is_untold = next.is_untold;
        }
        let sum = |one: Option<u64>, other: Option<u64>| Some(one?.saturating_add(other?));
        self.cost = self
            .cost
            .zip(next.cost)
            .map(|(one, other): (Usd, Usd)| one + other);
        self.prompt_tokens = sum(self.prompt_tokens, next.prompt_tokens);
        self.completion_tokens = sum(self.completion_tokens, next.completion_tokens);
        self.reasoning_tokens = sum(self.reasoning_tokens, next.reasoning_tokens);
        self.cached_tokens = sum(self.cached_tokens, next.cached_tokens);
        self.reasoning.push_str(&next.reasoning);
        self.tool_calls.extend(next.tool_calls.iter().cloned());
        self.took_ms = self.took_ms.saturating_add(next.took_ms);
        self.state = next.state.clone();
    }

    /// Whether more of it could have come: it did not end as it should.
    pub fn is_unfinished(&self) -> bool {
        self.state != ReplyState::Whole
    }
}

fn both_names(one: &CleanText, other: &CleanText) -> CleanText {
    if one.split(", ").any(|name| name == other.as_str()) {
        return one.clone();
    }
    CleanText::line(&format!("{}, {}", one.as_str(), other.as_str()))
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;

    fn part(state: ReplyState, cents: Option<i64>) -> Speaker {
        Speaker::Model(Box::new(Reply {
            asked: "a/b".into(),
            state,
            cost: cents.map(Usd::from_cents),
            completion_tokens: Some(10),
            ..Reply::default()
        }))
    }

    fn cut_and_gone_on_with() -> Conversation {
        let now = Timestamp::UNIX_EPOCH;
        let mut talk = Conversation::new("c".into(), None, now);
        let question = talk.add(None, now, Speaker::person(), "how?".into());
        let cut = talk.add(
            Some(question),
            now,
            part(ReplyState::Cut, Some(1)),
            "```\nfn".into(),
        );
        talk.add(
            Some(cut),
            now,
            part(ReplyState::Whole, Some(2)),
            " a\n```\n".into(),
        );
        talk
    }

    #[test]
    fn an_answer_that_was_gone_on_with_is_one() {
        let talk = cut_and_gone_on_with();
        assert_eq!(talk.ends(&talk.branch()), [0, 2]);
        let whole = talk.joined(2).unwrap();
        assert_eq!(whole.text, "```\nfn a\n```\n");
        let reply = whole.reply().unwrap();
        assert_eq!(reply.state, ReplyState::Whole);
        assert_eq!(reply.cost, Some(Usd::from_cents(3)));
        assert_eq!(reply.completion_tokens, Some(20));
        assert_eq!(reply.name().as_str(), "a/b");
        assert_eq!(talk.joined(0).unwrap().text, "how?");
    }

    #[test]
    fn what_it_cost_is_known_when_every_part_is() {
        let mut talk = cut_and_gone_on_with();
        if let Speaker::Model(reply) = &mut talk.turns[1].speaker {
            reply.cost = None;
            reply.generation_id = Some("gen-1".into());
        }
        let whole = talk.joined(2).unwrap();
        assert_eq!(whole.reply().unwrap().open_bill(), Some("gen-1"));
    }

    #[test]
    fn every_way_of_a_question_is_within_reach() {
        let mut talk = cut_and_gone_on_with();
        let now = Timestamp::UNIX_EPOCH;
        let again = talk.add(Some(0), now, part(ReplyState::Whole, None), "so".into());
        let edited = talk.add(None, now, Speaker::person(), "why?".into());
        let thus = talk.add(
            Some(edited),
            now,
            part(ReplyState::Whole, None),
            "thus".into(),
        );
        let further = talk.add(Some(1), now, part(ReplyState::Stopped, None), " b".into());
        assert_eq!(talk.versions(0), [0, edited]);
        assert_eq!(talk.versions(1), [2, further, again]);
        assert_eq!(talk.ways(edited), [2, further, again, thus]);
        for way in talk.ways(0) {
            talk.switch_to(way);
            assert_eq!(talk.branch().last(), Some(&way));
        }
        // A question behind the cut answer leads past what it was gone on with.
        let past = talk.add(Some(1), now, Speaker::person(), "and?".into());
        assert_eq!(talk.versions(1), [1, 2, further, again]);
        talk.switch_to(1);
        assert_eq!(talk.branch(), [0, 1, past]);
    }
}
