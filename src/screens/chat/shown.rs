//! The branch on show, laid out.

use ratatui::layout::Rect;
use ratatui::style::Style;

use super::{figures, words};
use crate::domain::clean_text::CleanText;
use crate::domain::code_block;
use crate::domain::conversation::{Conversation, Speaker, Turn};
use crate::domain::diagnosis::Diagnosis;
use crate::flow::Step;
use crate::text::Lang;
use crate::ui::Canvas;
use crate::ui::theme::Tone;
use crate::ui::wrap::wrap;

/// What is shown of a conversation.
#[derive(Debug, Default)]
pub(super) struct Shown {
    entries: Vec<Entry>,
    /// Rows above the last one that the reader went up; `None`: at the end.
    up: usize,
    page: usize,
    /// What models thought is shown whole.
    is_unfolded: bool,
}

#[derive(Debug, Default)]
struct Entry {
    turn: usize,
    head: String,
    is_question: bool,
    text: String,
    reasoning: String,
    figures: String,
    trouble: Vec<String>,
}

impl Shown {
    /// Lays a conversation out anew.
    pub(super) fn show(&mut self, talk: &Conversation, lang: Lang) {
        self.up = 0;
        let turns = talk.branch().into_iter();
        self.entries = turns
            .map(|number| entry(number, &talk.turns[number], lang))
            .collect();
    }

    fn entry(&mut self, turn: usize) -> Option<&mut Entry> {
        self.entries.iter_mut().rev().find(|it| it.turn == turn)
    }

    pub(super) fn text(&mut self, turn: usize, piece: &str) {
        if let Some(entry) = self.entry(turn) {
            entry.text.push_str(&CleanText::new(piece));
        }
    }

    pub(super) fn reasoning(&mut self, turn: usize, piece: &str) {
        if let Some(entry) = self.entry(turn) {
            entry.reasoning.push_str(&CleanText::new(piece));
        }
    }

    pub(super) fn name(&mut self, turn: usize, talk: &Conversation, lang: Lang) {
        let head = head(&talk.turns[turn], lang);
        if let Some(entry) = self.entry(turn) {
            entry.head = head;
        }
    }

    pub(super) fn end(&mut self, turn: usize, line: String) {
        if let Some(entry) = self.entry(turn) {
            entry.figures = line;
        }
    }

    pub(super) fn trouble(&mut self, turn: usize, trouble: &Diagnosis, lang: Lang) {
        if let Some(entry) = self.entry(turn) {
            entry.trouble = super::mending::lines(trouble, lang);
        }
    }

    pub(super) fn turn_reasoning(&mut self) {
        self.is_unfolded = !self.is_unfolded;
    }

    pub(super) fn code(&self, number: usize) -> Option<String> {
        let answers = self.entries.iter().filter(|entry| !entry.is_question);
        let mut blocks = answers.flat_map(|entry| code_block::find(&entry.text));
        blocks.nth(number.checked_sub(1)?).map(|block| block.code)
    }

    pub(super) fn last_code(&self) -> Option<String> {
        let answers = self.entries.iter().filter(|entry| !entry.is_question);
        let blocks = answers.flat_map(|entry| code_block::find(&entry.text));
        blocks.last().map(|block| block.code)
    }

    pub(super) fn scroll(&mut self, rows: isize) -> Step {
        self.up = self.up.saturating_add_signed(-rows);
        Step::changed()
    }

    pub(super) fn scroll_pages(&mut self, pages: isize) -> Step {
        let page = self.page.max(1).cast_signed();
        self.scroll(pages * page)
    }

    pub(super) fn go_to_top(&mut self) -> Step {
        self.up = usize::MAX;
        Step::changed()
    }

    pub(super) fn go_to_bottom(&mut self) -> Step {
        self.up = 0;
        Step::changed()
    }

    pub(super) fn go_to_question(&mut self, is_next: bool) -> Step {
        self.scroll_pages(if is_next { 1 } else { -1 })
    }

    pub(super) fn draw(&mut self, canvas: &mut Canvas<'_, '_>, area: Rect) {
        let columns = usize::from(area.width.saturating_sub(4));
        let tone = |tone| canvas.theme.tone(tone);
        let (strong, quiet, bad) = (tone(Tone::Strong), tone(Tone::Quiet), tone(Tone::Trouble));
        let mut rows: Vec<(String, Style)> = Vec::new();
        for entry in &self.entries {
            rows.push((entry.head.clone(), strong));
            if self.is_unfolded {
                let lines = wrap(&entry.reasoning, columns).into_iter();
                rows.extend(lines.map(|line| (format!("  {line}"), quiet)));
            } else if !entry.reasoning.is_empty() {
                rows.push((format!("  ▸ {}", words::REASONED.say(canvas.lang)), quiet));
            }
            let lines = wrap(&entry.text, columns).into_iter();
            rows.extend(lines.map(|line| (format!("  {line}"), Style::new())));
            if !entry.figures.is_empty() {
                rows.push((format!("  {}", entry.figures), quiet));
            }
            for line in &entry.trouble {
                let lines = wrap(line, columns).into_iter();
                rows.extend(lines.map(|line| (format!("  {line}"), bad)));
            }
            rows.push((String::new(), quiet));
        }
        let height = usize::from(area.height);
        self.page = height.saturating_sub(2);
        let most = rows.len().saturating_sub(height);
        self.up = self.up.min(most);
        let first = most - self.up;
        for ((line, style), y) in rows.iter().skip(first).zip(area.y..area.bottom()) {
            canvas.buffer().set_string(area.x + 1, y, line, *style);
        }
    }
}

fn entry(number: usize, turn: &Turn, lang: Lang) -> Entry {
    Entry {
        turn: number,
        head: head(turn, lang),
        is_question: turn.reply().is_none(),
        text: CleanText::new(&turn.text).into_string(),
        reasoning: turn.reply().map_or_else(String::new, |reply| {
            CleanText::new(&reply.reasoning).into_string()
        }),
        figures: match turn.reply() {
            Some(reply) if reply.took_ms > 0 => figures::line(reply, lang),
            _ => String::new(),
        },
        trouble: Vec::new(),
    }
}

fn head(turn: &Turn, lang: Lang) -> String {
    match &turn.speaker {
        Speaker::Person { .. } => words::YOU.say(lang).to_owned(),
        Speaker::Model(reply) => {
            let asked = CleanText::line(&reply.asked);
            let model = reply.model.as_ref().unwrap_or(&asked);
            model.to_string()
        }
    }
}
