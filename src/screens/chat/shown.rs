//! The branch on show: which entry of the transcript stands for which turn.

use ratatui::layout::Rect;

use super::{figures, marking, words};
use crate::domain::conversation::{Conversation, ReplyState, Speaker, Turn};
use crate::flow::Step;
use crate::text::Lang;
use crate::ui::Canvas;
use crate::ui::transcript::{Entry, Transcript};

/// What is shown of a conversation.
#[derive(Debug, Default)]
pub(super) struct Shown {
    pub(super) transcript: Transcript,
    turns: Vec<usize>,
    /// The entry of each turn: an answer that was gone on with has one.
    entries: Vec<usize>,
    /// What models thought is shown whole.
    is_unfolded: bool,
    /// While text is marked: the caret takes the selection along.
    pub(super) extends: bool,
}

impl Shown {
    /// Shows the branch that is on show in a conversation; what stands already stays as it is laid out.
    pub(super) fn show(&mut self, talk: &Conversation, lang: Lang) {
        let branch = talk.branch();
        let same = self.turns.iter().zip(&branch);
        let mut same = same.take_while(|(shown, turn)| shown == turn).count();
        // What goes on, or does not any more, is laid out anew as a whole.
        let is_part =
            |turns: &[usize], at: usize| turns.get(at).is_some_and(|it| talk.goes_on(*it));
        while same > 0 && (is_part(&branch, same) || is_part(&self.turns, same)) {
            same -= 1;
        }
        let entries = self.entries.get(same).copied();
        self.transcript
            .truncate(entries.unwrap_or(self.transcript.len()));
        self.turns.truncate(same);
        self.entries.truncate(same);
        for end in talk.ends(&branch[same..]) {
            if let Some(whole) = talk.joined(end) {
                let heading = heading(talk, end, lang);
                self.push(&whole, &heading, &talk.parts(end), lang);
            }
        }
        self.transcript.show_reasoning(self.is_unfolded);
    }

    /// Shows one turn alone.
    pub(super) fn only(talk: &Conversation, turn: usize, lang: Lang) -> Self {
        let mut shown = Self::default();
        let only = &talk.turns[turn];
        shown.push(only, &name(only, lang), &[turn], lang);
        shown
    }

    fn push(&mut self, whole: &Turn, heading: &str, parts: &[usize], lang: Lang) {
        self.transcript.set_fold_key(&marking::fold_key());
        let entry = self.transcript.push(entry(whole, heading, lang));
        self.turns.extend(parts);
        self.entries.resize(self.turns.len(), entry);
    }

    /// The last part, as far as it is shown, of the answer that a turn is a part of.
    pub(super) fn last_part(&self, turn: usize) -> Option<usize> {
        let entry = self.number(turn)?;
        let at = self.entries.iter().rposition(|other| *other == entry)?;
        self.turns.get(at).copied()
    }

    /// The turns that are shown, in their order.
    pub(super) fn turns(&self) -> &[usize] {
        &self.turns
    }

    /// Forgets everything: another conversation comes.
    pub(super) fn clear(&mut self) {
        self.transcript.truncate(0);
        self.transcript.to_end();
        self.turns.clear();
        self.entries.clear();
    }

    fn number(&self, turn: usize) -> Option<usize> {
        let at = self.turns.iter().rposition(|shown| *shown == turn)?;
        self.entries.get(at).copied()
    }

    fn entry(&mut self, turn: usize) -> Option<&mut Entry> {
        let number = self.number(turn)?;
        self.transcript.entry_mut(number)
    }

    /// A piece of the answer came.
    pub(super) fn text(&mut self, turn: usize, piece: &str) {
        if let Some(number) = self.number(turn) {
            self.transcript.push_str(number, piece);
        }
    }

    /// A piece of what the model thinks came.
    pub(super) fn reasoning(&mut self, turn: usize, piece: &str) {
        if let Some(number) = self.number(turn) {
            self.transcript.push_reasoning(number, piece);
        }
    }

    /// It became known who answers.
    pub(super) fn name(&mut self, turn: usize, name: &str) {
        if let Some(entry) = self.entry(turn) {
            entry.set_who(name);
        }
    }

    /// The figures of an answer, and how many tokens it thought.
    pub(super) fn figures(&mut self, turn: usize, figures: &str, thought: Option<u64>) {
        if let Some(entry) = self.entry(turn) {
            entry.set_figures(figures);
            entry.set_reasoning_tokens(thought);
        }
    }

    /// The answer will not grow any more.
    pub(super) fn end(&mut self, turn: usize) {
        if let Some(entry) = self.entry(turn) {
            entry.end();
        }
    }

    /// Something went wrong with it.
    pub(super) fn trouble(&mut self, turn: usize, words: &str) {
        if let Some(entry) = self.entry(turn) {
            entry.set_trouble(words);
        }
    }

    /// How many control and invisible characters were taken out of a turn.
    pub(super) fn unseen(&self, turn: usize) -> usize {
        let entry = self.number(turn).and_then(|at| self.transcript.entry(at));
        entry.map_or(0, Entry::unseen)
    }

    /// What models thought is shown whole.
    pub(super) fn is_unfolded(&self) -> bool {
        self.is_unfolded
    }

    /// Unfolds what models thought, or folds it.
    pub(super) fn turn_reasoning(&mut self) {
        self.is_unfolded = !self.is_unfolded;
        self.transcript.show_reasoning(self.is_unfolded);
    }

    /// The question that the reader points at, else the one before them; none at the end, where the last one is meant.
    pub(super) fn question_in_sight(&self) -> Option<usize> {
        let entry = self.transcript.question_in_sight()?;
        let at = self.entries.iter().position(|other| *other == entry)?;
        self.turns.get(at).copied()
    }

    /// The reader points at a question.
    pub(super) fn points(&self) -> bool {
        self.transcript.pointed().is_some()
    }

    /// The number of the code block that the reader has before them.
    pub(super) fn code_in_sight(&self) -> Option<usize> {
        self.transcript.code_in_sight()
    }

    pub(super) fn scroll(&mut self, rows: isize) -> Step {
        self.transcript.scroll(rows);
        Step::changed()
    }

    pub(super) fn scroll_pages(&mut self, is_down: bool) -> Step {
        if is_down {
            self.transcript.page_down();
        } else {
            self.transcript.page_up();
        }
        Step::changed()
    }

    pub(super) fn go_to_top(&mut self) -> Step {
        self.transcript.to_start();
        Step::changed()
    }

    pub(super) fn go_to_bottom(&mut self) -> Step {
        self.transcript.to_end();
        Step::changed()
    }

    pub(super) fn go_to_question(&mut self, is_next: bool) -> Step {
        if is_next {
            self.transcript.next_question();
        } else {
            self.transcript.previous_question();
        }
        Step::changed()
    }

    pub(super) fn draw(&self, canvas: &mut Canvas<'_, '_>, area: Rect) {
        self.transcript.draw(canvas, area);
    }
}

fn entry(turn: &Turn, heading: &str, lang: Lang) -> Entry {
    match &turn.speaker {
        Speaker::Person { .. } => Entry::question(heading, &turn.text),
        Speaker::Model(reply) => {
            let entry = Entry::answer(heading, &turn.text);
            let entry = entry.with_reasoning(&reply.reasoning, reply.reasoning_tokens);
            if reply.state == ReplyState::Coming {
                entry
            } else {
                entry.with_figures(&figures::line(reply, lang))
            }
        }
    }
}

/// Who speaks.
pub(super) fn name(turn: &Turn, lang: Lang) -> String {
    match turn.reply() {
        Some(reply) => reply.name().into_string(),
        None => words::YOU.say(lang).to_owned(),
    }
}

/// The same, and which of several versions this is: "You · 2/3".
pub(super) fn heading(talk: &Conversation, turn: usize, lang: Lang) -> String {
    let whole = talk.joined(turn);
    let name = whole.map_or_else(String::new, |whole| name(&whole, lang));
    let versions = talk.versions(turn);
    match versions.iter().position(|version| *version == turn) {
        Some(at) if versions.len() > 1 => format!("{name} · {}/{}", at + 1, versions.len()),
        _ => name,
    }
}
