//! What the chat remembers.

use std::collections::{HashMap, VecDeque};

use super::bills::Billed;
use super::budget::Counted;
use super::code_out::Saving;
use super::completion::{Completion, Mentions};
use super::continuing::Seam;
use super::keeping::OfferedTalks;
use super::lengths::Lengths;
use super::opening::Opened;
use super::pair::Pair;
use super::plain::Told;
use super::shown::Shown;
use super::templates::Templates;
use super::wishes::Wishes;
use crate::controls::fuzzy::Matcher;
use crate::domain::chat::{Message, Role};
use crate::domain::code_block::{self, CodeBlock};
use crate::domain::conversation::{Conversation, Reply, Speaker, Turn};
use crate::domain::diagnosis::Diagnosis;

use crate::domain::media::Media;
use crate::domain::model_card::{self, ModelCard};
use crate::domain::money::Usd;
use crate::domain::token_estimate;
use crate::flow::step::Tickets;
use crate::flow::talk::Composed;
use crate::flow::{Facts, Ticket};
use crate::ui::prompt::Prompt;

/// The chat.
#[derive(Debug)]
pub struct Chat {
    pub(super) tickets: Tickets,
    pub(super) talk: Conversation,
    /// The same, laid out.
    pub(super) shown: Shown,
    pub(super) prompt: Prompt,
    /// The question that is being made ready.
    pub(super) composing: Option<(Ticket, Question)>,
    /// About how many tokens everything on show takes when it is sent again.
    pub(super) tokens_said: u64,
    /// What stands in the editor, counted.
    pub(super) counted: Counted,
    /// How long models answered lately.
    pub(super) lengths: Lengths,
    /// The budgets of conversations that were left, by their ids.
    pub(super) budgets: HashMap<String, Usd>,
    /// Whether a key was found round here; `None` before anybody looked.
    pub(super) has_key_in_sight: Option<bool>,
    /// A question that was made ready and that the person has to agree to.
    pub(super) asked_about: Option<Box<Composed>>,
    /// The rules that went along with a question: nobody is asked about them again.
    pub(super) agreed_rules: Option<String>,
    /// Pictures and documents of questions, by turn: not they are kept, but their names.
    pub(super) media: HashMap<usize, Vec<Media>>,
    /// The person's own editor has the question.
    pub(super) lent: Option<Ticket>,
    /// The answers that are coming, in the order they were asked for.
    pub(super) coming: Vec<Coming>,
    /// Bills of answers that came without their cost.
    pub(super) bills: Vec<Billed>,
    /// Two answers to the last question, side by side, while none of them was chosen.
    pub(super) pair: Option<Pair>,
    /// What is to be asked when the answer is there.
    pub(super) queue: VecDeque<Queued>,
    /// Whom what stands in the editor goes to, where that was settled before it came back there.
    pub(super) addressed: Option<Whom>,
    /// The question that is being changed.
    pub(super) editing: Option<usize>,
    pub(super) saving: Saving,
    pub(super) wishes: Wishes,
    pub(super) completion: Option<Completion>,
    pub(super) templates: Templates,
    /// The files that `@` may be followed by.
    pub(super) mentions: Mentions,
    /// Finds what is offered; its memory is taken with the first letter.
    pub(super) matcher: Option<Matcher>,
    /// Pictures and documents of a conversation that was resumed, being read again.
    pub(super) reading: Option<Ticket>,
    /// What was asked in this project in earlier conversations, on its way to the editor.
    pub(super) recalling: Option<Ticket>,
    /// What the archive was asked.
    pub(super) listing: Option<Ticket>,
    /// A conversation is being deleted.
    pub(super) deleting: Option<Ticket>,
    /// The kept conversations that were offered.
    pub(super) listed: OfferedTalks,
    /// The archive's name of this conversation, once it is there.
    pub(super) kept_id: Option<String>,
    /// A wait before the last question is asked again.
    pub(super) waiting: Option<Waiting>,
    /// What went wrong with answers, by their turns.
    pub(super) troubles: HashMap<usize, Box<Diagnosis>>,
    /// The person types lines and sees no editor.
    pub(super) is_by_lines: bool,
    /// What was said of all this in plain lines.
    pub(super) told: Told,
    /// What was said on the command line.
    pub(super) opened: Opened,
}

/// A question, whom it goes to, and its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Question {
    pub(super) text: String,
    pub(super) place: Place,
    pub(super) whom: Whom,
}

/// Whom a question goes to, by the names of models.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Whom {
    /// This model.
    One(String),
    /// These two, whose answers stand side by side.
    Both([String; 2]),
    /// This model, for this side of the pair on show: its answer there is replaced.
    Side(usize, String),
}

impl Whom {
    /// The models.
    pub(super) fn models(&self) -> &[String] {
        match self {
            Self::One(model) | Self::Side(_, model) => std::slice::from_ref(model),
            Self::Both(models) => models,
        }
    }
}

/// What was typed to be asked, and waits for its turn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Queued {
    pub(super) text: String,
    /// The question whose place it takes.
    pub(super) edited: Option<usize>,
    /// Whom it goes to; `None`: whoever will have been chosen by then, of two that answer or before it was known who is meant.
    pub(super) whom: Option<Whom>,
}

/// A wait before a question is asked again.
#[derive(Clone, Copy, Debug)]
pub(super) struct Waiting {
    pub(super) ticket: Ticket,
    /// Seconds left.
    pub(super) secs: u64,
    /// The turn of the question.
    pub(super) question: usize,
    /// The side that is asked again, of two answers that stand side by side.
    pub(super) side: Option<usize>,
}

/// Where a question goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// Behind a turn; `None`: it begins the conversation.
    Behind(Option<usize>),
    /// Beside this question, which it is another wording of.
    InsteadOf(usize),
    /// This turn stands already: a question gets one more answer, an answer is gone on with.
    Again(usize),
}

/// An answer that is coming.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Coming {
    pub(super) ticket: Ticket,
    /// Its turn.
    pub(super) turn: usize,
    /// It goes on in the midst of code, and nothing of it is known yet.
    pub(super) seam: Option<Seam>,
}

impl Default for Chat {
    fn default() -> Self {
        Self {
            tickets: Tickets::starting_at(2_000_000),
            talk: nothing_said(),
            shown: Shown::default(),
            prompt: Prompt::default(),
            composing: None,
            tokens_said: 0,
            counted: Counted::default(),
            lengths: Lengths::default(),
            budgets: HashMap::new(),
            has_key_in_sight: None,
            agreed_rules: None,
            asked_about: None,
            media: HashMap::new(),
            lent: None,
            coming: Vec::new(),
            bills: Vec::new(),
            pair: None,
            queue: VecDeque::new(),
            addressed: None,
            editing: None,
            saving: Saving::default(),
            wishes: Wishes::default(),
            completion: None,
            templates: Templates::default(),
            mentions: Mentions::default(),
            matcher: None,
            reading: None,
            recalling: None,
            listing: None,
            deleting: None,
            listed: OfferedTalks::default(),
            kept_id: None,
            waiting: None,
            troubles: HashMap::new(),
            is_by_lines: false,
            told: Told::default(),
            opened: Opened::Done,
        }
    }
}

/// A conversation that gets its name and its time with its first question.
pub(super) fn nothing_said() -> Conversation {
    Conversation::new(String::new(), None, jiff::Timestamp::UNIX_EPOCH)
}

impl Chat {
    /// The model that is asked.
    pub(super) fn model<'a>(&'a self, facts: &'a Facts) -> &'a str {
        self.wishes.model.as_deref().unwrap_or(&facts.model)
    }

    /// Whom the next question goes to.
    pub(super) fn whom(&self, facts: &Facts) -> Whom {
        let model = self.model(facts).to_owned();
        match &self.wishes.rival {
            Some(rival) => Whom::Both([model, rival.clone()]),
            None => Whom::One(model),
        }
    }

    /// Whom what stands in the editor goes to.
    pub(super) fn whom_typed(&self, facts: &Facts) -> Whom {
        let addressed = self.addressed.clone();
        addressed.unwrap_or_else(|| self.whom(facts))
    }

    /// Whom a question goes to that waits behind what is under way. Two are asked by one question only: what is typed
    /// behind it goes to the one that is chosen.
    pub(super) fn whom_behind(&self, facts: &Facts) -> Option<Whom> {
        let is_both = |whom: &Whom| matches!(whom, Whom::Both(_));
        let composing = self.composing.iter().map(|(_, question)| &question.whom);
        let queued = self.queue.iter().filter_map(|queued| queued.whom.as_ref());
        let asks_both = self.pair.is_some() || composing.chain(queued).any(is_both);
        (!asks_both).then(|| self.whom_typed(facts))
    }

    /// Two answers are there, and nothing can be asked behind both.
    pub(super) fn must_choose(&self) -> bool {
        self.pair.is_some() && !self.is_busy() && self.editing.is_none()
    }

    /// The turn that a question comes behind.
    pub(super) fn before(&self, place: Place) -> Option<usize> {
        match place {
            Place::Behind(parent) => parent,
            Place::Again(turn) if self.talk.is_answer(turn) => Some(turn),
            Place::InsteadOf(turn) | Place::Again(turn) => self.talk.turns.get(turn)?.parent,
        }
    }

    /// An answer is coming, or a question is on its way.
    pub(super) fn is_busy(&self) -> bool {
        !self.coming.is_empty() || self.composing.is_some()
    }

    /// The look round is not over that tells which server, model and rules are meant here.
    pub(super) fn is_unsettled(&self, facts: &Facts) -> bool {
        self.has_key_in_sight.is_none() && !facts.is_sandbox
    }

    /// What is asked now waits.
    pub(super) fn asks_later(&self, facts: &Facts) -> bool {
        self.is_busy() || self.is_unsettled(facts)
    }

    /// The answer of this turn is coming.
    pub(super) fn is_coming(&self, turn: usize) -> bool {
        self.coming.iter().any(|coming| coming.turn == turn)
    }

    /// The turn of the answer that a request brings.
    pub(super) fn turn_of(&self, ticket: Ticket) -> Option<usize> {
        let coming = self.coming.iter().find(|coming| coming.ticket == ticket)?;
        Some(coming.turn)
    }

    /// What went wrong with the last answer on show.
    pub(super) fn trouble(&self) -> Option<&Diagnosis> {
        if let Some(trouble) = self.troubles.get(&self.last_answer()?) {
            return Some(trouble);
        }
        // Of two answers side by side either may have gone wrong.
        let mut turns = self.pair.as_ref()?.turns().into_iter();
        turns.find_map(|turn| self.troubles.get(&turn).map(Box::as_ref))
    }

    /// What is before the reader: the branch on show, or the side of a pair that keys go to.
    pub(super) fn on_show(&self) -> &Shown {
        match &self.pair {
            Some(pair) => pair.shown(),
            None => &self.shown,
        }
    }

    /// The same, to be moved.
    pub(super) fn on_show_mut(&mut self) -> &mut Shown {
        match &mut self.pair {
            Some(pair) => pair.shown_mut(),
            None => &mut self.shown,
        }
    }

    /// Where the answer of a turn is laid out.
    pub(super) fn shown_of(&mut self, turn: usize) -> &mut Shown {
        match &mut self.pair {
            Some(pair) => pair.shown_of(turn).unwrap_or(&mut self.shown),
            None => &mut self.shown,
        }
    }

    /// The turns that lead to one and say something, with their numbers: an answer of which nothing came does not.
    fn said(&self, tip: Option<usize>) -> impl Iterator<Item = (usize, &Turn)> {
        let turns = self.talk.branch_to(tip).into_iter();
        let turns = turns.filter_map(|number| Some((number, self.talk.turns.get(number)?)));
        turns.filter(|(_, turn)| !turn.text.is_empty())
    }

    /// About how many tokens the words take that lead to a turn, the rules among them.
    pub(super) fn tokens_to(&self, tip: Option<usize>) -> u64 {
        let rules = self.talk.system.iter().map(String::as_str);
        let said = self.said(tip).map(|(_, turn)| turn.sent());
        rules.chain(said).map(token_estimate::of_text).sum()
    }

    /// What is sent so that a turn is answered: the rules, and everything that leads to it.
    pub(super) fn messages(&self, tip: Option<usize>) -> Vec<Message> {
        let rules = self.talk.system.iter().map(Message::system);
        let mut messages: Vec<Message> = rules.collect();
        for (number, turn) in self.said(tip) {
            let role = turn.role();
            // The parts of an answer are one message.
            let before = messages.last_mut();
            if let Some(before) = before.filter(|it| it.role == role && role == Role::Assistant) {
                before.content.push_str(turn.sent());
                continue;
            }
            let media = self.media.get(&number).cloned().unwrap_or_default();
            messages.push(Message::of(role, turn.sent()).with_media(media));
        }
        messages
    }

    /// The reply of a turn, to be written on.
    pub(super) fn reply_mut(&mut self, turn: usize) -> Option<&mut Reply> {
        match &mut self.talk.turns.get_mut(turn)?.speaker {
            Speaker::Model(reply) => Some(reply),
            Speaker::Person { .. } => None,
        }
    }

    /// The last answer on show.
    pub(super) fn last_answer(&self) -> Option<usize> {
        let branch = self.talk.branch().into_iter().rev();
        branch
            .filter(|&number| self.talk.turns[number].reply().is_some())
            .max()
    }

    /// The last question on show.
    pub(super) fn last_question(&self) -> Option<usize> {
        let branch = self.talk.branch().into_iter().rev();
        branch
            .filter(|&number| self.talk.turns[number].reply().is_none())
            .max()
    }

    /// The code of the answers on show, as it came, in the order of the numbers above it.
    pub(super) fn codes(&self) -> Vec<CodeBlock> {
        let ends = self.talk.ends(self.on_show().turns()).into_iter();
        ends.flat_map(|end| self.codes_in(end)).collect()
    }

    /// The code of one answer on show with the numbers above it; none of an answer that is not on show.
    pub(super) fn numbered_codes(&self, answer: usize) -> impl Iterator<Item = (usize, CodeBlock)> {
        let last = self.on_show().last_part(answer);
        let ends = self.talk.ends(self.on_show().turns()).into_iter();
        let before = ends.take_while(|end| Some(*end) != last);
        let first: usize = before.map(|end| self.codes_in(end).len()).sum();
        let own = last.map(|last| self.codes_in(last)).unwrap_or_default();
        (first + 1..).zip(own)
    }

    /// The code of an answer that ends with this turn; a question has none.
    fn codes_in(&self, end: usize) -> Vec<CodeBlock> {
        let whole = self.talk.joined(end).filter(|turn| turn.reply().is_some());
        whole.map_or_else(Vec::new, |turn| code_block::find(&turn.text))
    }

    /// The code block of a number; without one that which the reader has before them, else the last.
    pub(super) fn code(&self, typed: &str) -> Option<CodeBlock> {
        let mut codes = self.codes();
        let number = match typed.split_whitespace().next() {
            Some(number) => number.parse().ok()?,
            None => self.on_show().code_in_sight().unwrap_or(codes.len()),
        };
        let at = usize::checked_sub(number, 1)?;
        (at < codes.len()).then(|| codes.swap_remove(at))
    }

    /// What is answered when the last answer is asked for again: its question; where it was to go on with an answer and did
    /// not, that answer.
    pub(super) fn to_answer_again(&self) -> Option<usize> {
        let last = self.last_answer().filter(|last| self.talk.goes_on(*last));
        let failed = last.and_then(|last| {
            let turn = &self.talk.turns[last];
            let reply = turn.reply()?;
            turn.parent.filter(|_| reply.is_unfinished())
        });
        failed.or_else(|| self.last_question())
    }
}

/// What the list tells of a model.
pub(super) fn card_of<'a>(model: &str, facts: &'a Facts) -> Option<&'a ModelCard> {
    model_card::card_of(&facts.models.as_ref()?.value, model)
}
