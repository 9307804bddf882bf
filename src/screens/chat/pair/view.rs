//! How two answers look: beside each other where there is room, else one above the other, or one alone.

use ratatui::layout::{Constraint, Layout, Rect};

use super::super::keys::{Action, BINDINGS};
use super::super::state::Chat;
use super::super::words::{WAITING, YOU};
use super::{Pair, words};
use crate::domain::clean_text::CleanText;
use crate::flow::Facts;
use crate::keymap::Chord;
use crate::text::Lang;
use crate::ui::theme::Tone;
use crate::ui::wrap::{clip, width};
use crate::ui::{Canvas, Touch};

/// From so many columns on the answers stand beside each other.
const BESIDE: u16 = 100;
/// What stands in the rule of a side besides its name and how to choose it: lines, number, dots and blanks.
const RULE_COLUMNS: usize = 12;
/// So many characters of a question are looked at for each column of its row.
const SURPLUS: usize = 8;

impl Chat {
    /// Draws the question and its two answers.
    pub(in super::super) fn draw_pair(
        &self,
        canvas: &mut Canvas<'_, '_>,
        area: Rect,
        pair: &Pair,
        lang: Lang,
    ) {
        let [top, below] =
            Layout::vertical([Constraint::Length(1), Constraint::Min(0)]).areas(area);
        self.draw_question(canvas, top, pair.question, lang);
        let heads = pair.turns().map(|turn| Head {
            name: self.answers(turn),
            waits: self.is_silent(turn),
        });
        if pair.is_alone {
            pair.draw_side(canvas, below, pair.front, &heads[pair.front], lang);
            return;
        }
        let halves = if area.width >= BESIDE {
            let [left, _, right] = Layout::horizontal([
                Constraint::Fill(1),
                Constraint::Length(2),
                Constraint::Fill(1),
            ])
            .areas(below);
            [left, right]
        } else {
            Layout::vertical([Constraint::Fill(1), Constraint::Fill(1)]).areas(below)
        };
        for (side, half) in halves.into_iter().enumerate() {
            pair.draw_side(canvas, half, side, &heads[side], lang);
        }
    }

    /// Who gives an answer, as far as that is known.
    fn answers(&self, turn: usize) -> CleanText {
        let Some(reply) = self.talk.turns[turn].reply() else {
            return CleanText::default();
        };
        let asked = CleanText::line(&reply.asked);
        reply.model.clone().unwrap_or(asked)
    }

    /// An answer is on its way, and nothing of it has come yet.
    pub(in super::super) fn is_silent(&self, turn: usize) -> bool {
        let answer = &self.talk.turns[turn];
        let thinks = answer
            .reply()
            .is_some_and(|reply| !reply.reasoning.is_empty());
        self.is_coming(turn) && answer.text.is_empty() && !thinks
    }

    fn draw_question(&self, canvas: &mut Canvas<'_, '_>, area: Rect, turn: usize, lang: Lang) {
        let you = YOU.say(lang);
        let style = canvas.theme.tone(Tone::Strong);
        canvas.buffer().set_string(area.x, area.y, you, style);
        let taken = width(you) + 2;
        let room = usize::from(area.width).saturating_sub(taken);
        // Cleaning joins words and takes characters out: of a text that is cut so, enough is left for the row.
        let mut ends = self.talk.turns[turn].text.char_indices();
        let end = ends.nth(room.saturating_mul(SURPLUS)).map(|(end, _)| end);
        let text = &self.talk.turns[turn].text;
        let question = CleanText::line(end.map_or(text, |end| text.split_at(end).0));
        let x = area
            .x
            .saturating_add(u16::try_from(taken).unwrap_or(area.width));
        let style = canvas.theme.tone(Tone::Plain);
        let words = clip(&question, room);
        canvas.buffer().set_string(x, area.y, words, style);
    }

    /// What is going on with a pair, for the line above the editor.
    pub(in super::super) fn doing_with_pair(&self, pair: &Pair, facts: &Facts) -> (Tone, String) {
        let lang = facts.lang;
        let coming = pair.turns().map(|turn| self.is_coming(turn));
        let (tone, words) = match coming {
            [true, true] => (Tone::Accent, words::BOTH_COMING),
            [false, false] => (Tone::Accent, words::CHOOSE),
            _ => (Tone::Accent, words::ONE_COMING),
        };
        let mut parts = vec![format!("▸ {}", words.say(lang))];
        parts.extend(self.queued(lang));
        (tone, parts.join(" · "))
    }
}

/// What is said of a side above it.
struct Head {
    /// Who answers.
    name: CleanText,
    /// Nothing of it has come yet.
    waits: bool,
}

impl Pair {
    /// Draws a side under its rule: a heavy one where keys go.
    fn draw_side(
        &self,
        canvas: &mut Canvas<'_, '_>,
        area: Rect,
        side: usize,
        head: &Head,
        lang: Lang,
    ) {
        let [rule, text] =
            Layout::vertical([Constraint::Length(1), Constraint::Min(0)]).areas(area);
        let is_front = side == self.front;
        let (line, tone) = if is_front {
            ("━", Tone::Accent)
        } else {
            ("─", Tone::Quiet)
        };
        let shown = &self.sides[side].shown;
        shown.draw(canvas, text);
        let columns = usize::from(rule.width);
        let chord = choosing(side);
        let takes = chord.map(|chord| words::TAKES_IT.fill(lang, &[&chord]));
        let mut parts = vec![(side + 1).to_string()];
        // The name above the answer may be out of sight; how to choose it stays in sight.
        if shown.transcript.top_row() > 0 {
            let beside = takes.as_deref().map_or(0, width) + RULE_COLUMNS;
            parts.push(clip(&head.name, columns.saturating_sub(beside)));
        }
        parts.extend(takes);
        parts.extend(head.waits.then(|| WAITING.say(lang).to_owned()));
        let name = format!("{line}{line} {} ", parts.join(" · "));
        let rest = line.repeat(columns.saturating_sub(width(&name)));
        let words = clip(&format!("{name}{rest}"), columns);
        let style = canvas.theme.tone(tone);
        canvas.buffer().set_string(rule.x, rule.y, words, style);
        if let Some(chord) = chord {
            canvas.note(rule, Touch::Press(chord));
        }
    }
}

/// The chord that goes on with a side.
fn choosing(side: usize) -> Option<Chord> {
    let action = [Action::First, Action::Second][side];
    let row = BINDINGS.iter().find(|row| row.action == action)?;
    row.chords.first().copied()
}
