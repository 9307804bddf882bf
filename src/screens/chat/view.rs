//! How the chat looks: what was said, the line of figures, the editor.

use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::Span;
use ratatui::widgets::{Block, Widget};

use super::state::{Chat, Whom, card_of};
use super::words;
use super::{completion, pair};
use crate::domain::clean_text::CleanText;
use crate::flow::Facts;
use crate::screens::model_rows;
use crate::text::Lang;
use crate::ui::Canvas;
use crate::ui::theme::Tone;
use crate::ui::wrap::{clip, width, wrap};

/// So many characters of the project's rules are shown.
const MOST_OF_RULES: usize = 160;
/// So many of the questions that wait are shown.
const MOST_QUEUED: u16 = 3;
/// The editor grows up to this share of the height.
const MOST_OF_HEIGHT: u16 = 3;

impl Chat {
    pub(super) fn draw_on(&mut self, canvas: &mut Canvas<'_, '_>, area: Rect, facts: &Facts) {
        self.count_typed();
        let columns = area.width.saturating_sub(4);
        let wanted = self.prompt.rows(columns).min(area.height / MOST_OF_HEIGHT);
        let queued = u16::try_from(self.queue.len()).unwrap_or(u16::MAX);
        let queued = queued.min(MOST_QUEUED).min(area.height / 6);
        let [said, waiting, status, editor] = Layout::vertical([
            Constraint::Min(0),
            Constraint::Length(queued),
            Constraint::Length(1),
            Constraint::Length(wanted.max(1) + 2),
        ])
        .areas(area);
        match &self.pair {
            _ if self.talk.turns.is_empty() => self.draw_empty(canvas, said, facts),
            Some(pair) => self.draw_pair(canvas, said, pair, facts.lang),
            None => self.shown.draw(canvas, said),
        }
        self.draw_queue(canvas, waiting);
        self.draw_status(canvas, status, facts);
        self.draw_editor(canvas, editor, facts);
        if let Some(completion) = &self.completion {
            completion::draw(canvas, completion, said);
        }
    }

    /// The questions that wait, each on a row.
    fn draw_queue(&self, canvas: &mut Canvas<'_, '_>, area: Rect) {
        let style = canvas.theme.tone(Tone::Quiet);
        let room = usize::from(area.width).saturating_sub(2);
        for (queued, row) in self.queue.iter().zip(area.rows()) {
            // What is pasted can be long, and this is done for every frame.
            let begins: String = queued.text.trim_start().chars().take(room).collect();
            let words = clip(&format!("… {}", CleanText::line(&begins)), room);
            canvas.buffer().set_string(row.x + 1, row.y, words, style);
        }
    }

    /// What is going on at the left, what it costs at the right.
    fn draw_status(&self, canvas: &mut Canvas<'_, '_>, area: Rect, facts: &Facts) {
        let (tone, left) = self.doing(facts);
        let right = self.costs(facts, area.width);
        let full = self.fullness(facts);
        let tone = if full.is_some() { Tone::Warn } else { tone };
        let left = self.with_marks(full.into_iter().chain([left]), facts);
        let room = usize::from(area.width).saturating_sub(width(&right.1) + 3);
        let style = canvas.theme.tone(tone);
        let left = clip(&left, room);
        canvas.buffer().set_string(area.x + 1, area.y, left, style);
        let columns = u16::try_from(width(&right.1)).unwrap_or(0);
        let x = area.right().saturating_sub(columns + 1).max(area.x);
        let style = canvas.theme.tone(right.0);
        canvas.buffer().set_string(x, area.y, &right.1, style);
    }

    /// The same with what holds for the whole conversation: nothing of it is kept, rules go along.
    fn with_marks(&self, left: impl Iterator<Item = String>, facts: &Facts) -> String {
        let unkept = facts.talks.is_unkept.then_some(words::UNKEPT);
        let rules = self.talk.system.is_some().then_some(words::WITH_RULES);
        let say = |words: crate::text::Phrase| words.say(facts.lang).to_owned();
        let parts = unkept.map(say).into_iter().chain(left);
        parts.chain(rules.map(say)).collect::<Vec<_>>().join(" · ")
    }

    fn doing(&self, facts: &Facts) -> (Tone, String) {
        let lang = facts.lang;
        if let Some(waiting) = self.waiting {
            return (
                Tone::Warn,
                words::WAITING_AGAIN.fill(lang, &[&waiting.secs]),
            );
        }
        if let Some(pair) = self.pair.as_ref().filter(|_| self.editing.is_none()) {
            return self.doing_with_pair(pair, facts);
        }
        if let Some(coming) = self.coming.first() {
            let reply = self.talk.turns[coming.turn].reply();
            let model = reply.map_or("", |reply| &reply.asked);
            let mut parts = vec![format!("▸ {}", CleanText::line(model))];
            if self.is_silent(coming.turn) {
                parts.push(words::WAITING.say(lang).to_owned());
            }
            parts.extend(self.queued(lang));
            return (Tone::Accent, parts.join(" · "));
        }
        if self.editing.is_some() {
            let editing = words::EDITING.say(lang).to_owned();
            // First: the line may be cut.
            let parts = [editing].into_iter().chain(self.queued(lang));
            return (Tone::Warn, parts.collect::<Vec<_>>().join(" · "));
        }
        // What waits though nothing is under way is easily forgotten.
        let mut parts: Vec<String> = self.queued(lang).into_iter().collect();
        let tone = if parts.is_empty() {
            Tone::Quiet
        } else {
            Tone::Warn
        };
        let model = match self.whom_typed(facts) {
            Whom::Both(models) => {
                let [one, other] = models.map(|model| CleanText::line(&model));
                parts.push(pair::words::TO_BOTH.fill(lang, &[&one, &other]));
                parts.extend(self.wishes_said(facts));
                return (Tone::Accent, parts.join(" · "));
            }
            Whom::One(model) | Whom::Side(_, model) => model,
        };
        parts.push(CleanText::line(&model).into_string());
        let ends = card_of(&model, facts).and_then(|card| model_rows::ends(card, lang));
        let tone = if ends.is_some() { Tone::Warn } else { tone };
        parts.extend(ends);
        parts.extend(self.wishes_said(facts));
        (tone, parts.join(" · "))
    }

    /// How many questions wait, where any do.
    pub(super) fn queued(&self, lang: Lang) -> Option<String> {
        let waiting = self.queue.len();
        (waiting > 0).then(|| words::QUEUED.fill(lang, &[&waiting]))
    }

    fn draw_editor(&mut self, canvas: &mut Canvas<'_, '_>, area: Rect, facts: &Facts) {
        let frame = Block::bordered().border_style(canvas.theme.border(true));
        let inside = frame.inner(area);
        frame.render(area, canvas.buffer());
        let inside = Rect {
            x: inside.x + 1,
            width: inside.width.saturating_sub(2),
            ..inside
        };
        // While text is marked the caret stands there.
        let has_caret = !self.on_show().transcript.is_marking();
        if self.prompt.is_empty() {
            let style = canvas.theme.tone(Tone::Quiet);
            let words = words::PLACEHOLDER.say(facts.lang);
            Span::styled(words, style).render(inside, canvas.buffer());
            if has_caret {
                canvas.set_caret(inside.as_position());
            }
            return;
        }
        let caret = self.prompt.draw(inside, canvas.buffer());
        if let Some(caret) = caret.filter(|_| has_caret) {
            canvas.set_caret(caret);
        }
    }

    fn draw_empty(&self, canvas: &mut Canvas<'_, '_>, area: Rect, facts: &Facts) {
        let words = match self.has_key_in_sight {
            _ if facts.key.is_some() || facts.is_sandbox => words::EMPTY,
            None => words::LOOKING,
            Some(true) => words::KEY_IN_SIGHT,
            Some(false) => words::NO_KEY,
        };
        let lang = facts.lang;
        let mut paragraphs = vec![(Tone::Quiet, words.say(lang).to_owned())];
        if facts.talks.is_unkept {
            paragraphs.push((Tone::Warn, words::UNKEPT_HERE.say(lang).to_owned()));
        }
        if let Some(rules) = &facts.talks.rules {
            let rules = CleanText::line(rules).shortened(MOST_OF_RULES);
            paragraphs.push((Tone::Quiet, words::RULES_HERE.fill(lang, &[&rules])));
        }
        let columns = usize::from(area.width.saturating_sub(4));
        let mut rows = area.y + 1..area.bottom();
        for (tone, words) in paragraphs {
            let style = canvas.theme.tone(tone);
            for (line, y) in wrap(&words, columns).into_iter().zip(&mut rows) {
                canvas.buffer().set_string(area.x + 2, y, line, style);
            }
            // An empty line between two.
            rows.next();
        }
    }
}
