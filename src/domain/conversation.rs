//! A conversation: questions and answers as a tree, and the branch that is on show.
//!
//! ```text
//! question ─ answer ─ question ─┬─ answer            (regenerated: two answers to one question)
//!                               └─ answer ─ …        <- the branch on show ends at `tip`
//! question (edited) ─ answer                         (edited: two questions in the same place)
//! question ─ answer (cut) ─ answer                   (gone on with: both are one answer)
//! ```

mod answers;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::chat::Role;
use super::clean_text::CleanText;
use super::money::Usd;
use super::terms::Terms;

/// A conversation. Texts are verbatim: whoever draws them makes them [`CleanText`] first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Conversation {
    /// Its name in the archive: sorts by the time it began.
    pub id: String,
    /// What it is called: the person's word, else the beginning of the first question.
    pub title: String,
    /// The root of the project it was begun in.
    pub project: Option<String>,
    /// When it began.
    pub begun: Timestamp,
    /// When something was last said in it.
    pub touched: Timestamp,
    /// Rules for the model.
    pub system: Option<String>,
    /// All that was ever said, in the order it was said.
    pub turns: Vec<Turn>,
    /// The number of the last turn on show; `None` in a conversation that has none.
    pub tip: Option<usize>,
}

/// One question or one answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Turn {
    /// The number of the turn it follows; `None`: it begins the conversation.
    pub parent: Option<usize>,
    /// When.
    pub at: Timestamp,
    /// Who speaks.
    pub speaker: Speaker,
    /// What was said.
    pub text: String,
}

/// Who speaks, and what there is to know besides the words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Speaker {
    /// The person.
    Person {
        /// What was sent along: names of files and images, as the person wrote them.
        #[serde(default)]
        attached: Vec<String>,
        /// What was sent in the place of the words: the same with the texts of the files behind them.
        #[serde(default)]
        sent: Option<String>,
    },
    /// A model.
    Model(Box<Reply>),
}

/// What is known of an answer besides its words.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reply {
    /// The model that was asked.
    pub asked: String,
    /// What else was asked of it.
    #[serde(default, skip_serializing_if = "Terms::is_default")]
    pub terms: Terms,
    /// The model that answered; may differ.
    pub model: Option<CleanText>,
    /// Who ran it.
    pub provider: Option<CleanText>,
    /// `gen-…`.
    pub generation_id: Option<CleanText>,
    /// What it thought before it spoke.
    #[serde(default)]
    pub reasoning: String,
    /// The tools it called, which nobody offered it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tool_calls: Vec<CleanText>,
    /// How it stands.
    pub state: ReplyState,
    /// Tokens read.
    pub prompt_tokens: Option<u64>,
    /// Tokens written, reasoning included.
    pub completion_tokens: Option<u64>,
    /// Of these, tokens of reasoning.
    pub reasoning_tokens: Option<u64>,
    /// Of the tokens read, those from a cache.
    pub cached_tokens: Option<u64>,
    /// Credits spent, USD.
    pub cost: Option<Usd>,
    /// The cost was asked for and not told: it is not asked for again.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_untold: bool,
    /// Milliseconds from the request to the first piece of text or reasoning.
    pub first_token_ms: Option<u64>,
    /// Milliseconds from the request to its end.
    pub took_ms: u64,
}

/// How an answer stands.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReplyState {
    /// It is still coming; in the archive: the program was ended in its midst.
    #[default]
    Coming,
    /// It came whole.
    Whole,
    /// It was cut at the longest length that was asked for.
    Cut,
    /// The person stopped it.
    Stopped,
    /// A content filter stopped it.
    Filtered,
    /// It ended for a reason that is not known: the server's word for it.
    Odd(CleanText),
    /// It broke off, or never began: the id of the trouble in the catalogue.
    Broken(String),
}

impl Conversation {
    /// A conversation in which nothing was said yet.
    pub fn new(id: String, project: Option<String>, now: Timestamp) -> Self {
        Self {
            id,
            title: String::new(),
            project,
            begun: now,
            touched: now,
            system: None,
            turns: Vec::new(),
            tip: None,
        }
    }

    /// The numbers of the turns on show, from the first to the last.
    pub fn branch(&self) -> Vec<usize> {
        self.branch_to(self.tip)
    }

    /// The numbers of the turns that lead to one, that one included.
    pub fn branch_to(&self, tip: Option<usize>) -> Vec<usize> {
        let mut numbers = Vec::new();
        let mut at = tip;
        while let Some(number) = at
            && let Some(turn) = self.turns.get(number)
            && numbers.len() <= self.turns.len()
        {
            numbers.push(number);
            at = turn.parent;
        }
        numbers.reverse();
        numbers
    }

    /// Adds a turn behind another one and shows it; its number.
    pub fn add(
        &mut self,
        parent: Option<usize>,
        at: Timestamp,
        speaker: Speaker,
        text: String,
    ) -> usize {
        if self.title.is_empty() && matches!(speaker, Speaker::Person { .. }) {
            self.title = title_of(&text);
        }
        self.turns.push(Turn {
            parent,
            at,
            speaker,
            text,
        });
        let number = self.turns.len() - 1;
        self.tip = Some(number);
        self.touched = at;
        number
    }

    /// The turns that stand in the same place as one, that one included, in their order.
    pub fn siblings(&self, number: usize) -> Vec<usize> {
        let parent = self.turns.get(number).map(|turn| turn.parent);
        let all = self.turns.iter().enumerate();
        let same = all.filter(|(_, turn)| Some(turn.parent) == parent);
        same.map(|(number, _)| number).collect()
    }

    /// Shows another turn in the place of one, and what followed it last.
    pub fn switch_to(&mut self, number: usize) {
        let mut tip = number;
        // What it is gone on with is another version of it, where it was asked on behind, too.
        let asked = self
            .behind(tip)
            .rfind(|next| self.turns[*next].reply().is_none());
        let mut next = asked.or_else(|| self.behind(tip).next_back());
        while let Some(later) = next {
            tip = later;
            next = self.behind(tip).next_back();
        }
        self.tip = Some(tip);
    }

    /// What all its answers cost together, those of other branches included: they were paid for, too.
    /// `None` where no answer named a cost.
    pub fn cost(&self) -> Option<Usd> {
        let costs = self.turns.iter().filter_map(|turn| match &turn.speaker {
            Speaker::Model(reply) => reply.cost,
            Speaker::Person { .. } => None,
        });
        costs.reduce(|sum, cost| sum + cost)
    }

    /// Something came of an answer whose cost is not known, or not yet: all of them together cost more than
    /// [`Conversation::cost`] tells.
    pub fn has_open_cost(&self) -> bool {
        let mut replies = self.turns.iter().filter_map(Turn::reply);
        replies.any(|reply| {
            let has_begun = reply.generation_id.is_some() || reply.first_token_ms.is_some();
            reply.cost.is_none() && reply.state != ReplyState::Coming && has_begun
        })
    }
}

/// What a conversation is called that nobody gave a name: the beginning of its first question.
pub fn title_of(question: &str) -> String {
    CleanText::line(question).shortened(60).into_string()
}

impl Reply {
    /// The id that its cost can still be asked by; `None` where it is coming or known, or where nobody knows more:
    /// only OpenRouter tells bills later, by `gen-…`. Source: `GET /generation`.
    pub fn open_bill(&self) -> Option<&str> {
        let id = self.generation_id.as_deref()?;
        let is_open = self.cost.is_none() && !self.is_untold && self.state != ReplyState::Coming;
        (is_open && id.starts_with("gen-")).then_some(id)
    }

    /// It failed before anything of it came: the id of the trouble in the catalogue.
    pub fn failed_at_once(&self) -> Option<&str> {
        let has_begun = self.generation_id.is_some()
            || self.first_token_ms.is_some()
            || self.completion_tokens.is_some()
            || self.cost.is_some();
        match &self.state {
            ReplyState::Broken(id) if !has_begun => Some(id),
            _ => None,
        }
    }
}

impl Speaker {
    /// A person who sends nothing along.
    pub fn person() -> Self {
        Self::Person {
            attached: Vec::new(),
            sent: None,
        }
    }
}

impl Turn {
    /// What is sent of it.
    pub fn sent(&self) -> &str {
        match &self.speaker {
            Speaker::Person {
                sent: Some(sent), ..
            } => sent,
            _ => &self.text,
        }
    }

    /// Who speaks, for a request.
    pub fn role(&self) -> Role {
        match self.speaker {
            Speaker::Person { .. } => Role::User,
            Speaker::Model(_) => Role::Assistant,
        }
    }

    /// What is known of it, where it is an answer.
    pub fn reply(&self) -> Option<&Reply> {
        match &self.speaker {
            Speaker::Model(reply) => Some(reply),
            Speaker::Person { .. } => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn person() -> Speaker {
        Speaker::person()
    }

    fn model(cents: i64) -> Speaker {
        Speaker::Model(Box::new(Reply {
            cost: Some(Usd::from_cents(cents)),
            state: ReplyState::Whole,
            ..Reply::default()
        }))
    }

    fn talk() -> Conversation {
        let now = Timestamp::UNIX_EPOCH;
        let mut talk = Conversation::new("c".into(), None, now);
        let first = talk.add(None, now, person(), "how?\nand why?".into());
        talk.add(Some(first), now, model(1), "so".into());
        talk.add(Some(first), now, model(2), "thus".into());
        talk
    }

    #[test]
    fn a_regenerated_answer_stands_beside_the_first_one_and_both_were_paid() {
        let mut talk = talk();
        assert_eq!(talk.branch(), [0, 2]);
        assert_eq!(talk.siblings(2), [1, 2]);
        talk.switch_to(1);
        assert_eq!(talk.branch(), [0, 1]);
        assert_eq!(talk.cost(), Some(Usd::from_cents(3)));
        assert_eq!(talk.title, "how? and why?");
    }

    #[test]
    fn switching_back_shows_what_followed_last() {
        let mut talk = talk();
        let now = Timestamp::UNIX_EPOCH;
        let next = talk.add(Some(2), now, person(), "go on".into());
        talk.switch_to(1);
        assert_eq!(talk.branch(), [0, 1]);
        talk.switch_to(2);
        assert_eq!(talk.branch(), [0, 2, next]);
    }

    #[test]
    fn a_tree_that_bites_its_tail_ends() {
        let mut talk = talk();
        talk.turns[0].parent = Some(2);
        assert!(talk.branch().len() <= talk.turns.len() + 1);
    }

    #[test]
    fn it_is_the_same_after_json() {
        let talk = talk();
        let json = serde_json::to_string(&talk).unwrap();
        assert_eq!(serde_json::from_str::<Conversation>(&json).unwrap(), talk);
    }
}
