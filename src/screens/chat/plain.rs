//! The chat as plain lines, for screen readers, logs and terminals that can do no more: what is new since it was said
//! last. Answers are said as they come, word by word; of two that come at once the second is said when the first has
//! ended, for nobody can listen to both.

use std::fmt::Write as _;

use super::keys::{Action, BINDINGS};
use super::state::Chat;
use super::update::trouble;
use super::{figures, mending, pair, shown, words};
use crate::domain::clean_text::CleanText;
use crate::domain::conversation::{Reply, Speaker};
use crate::domain::count::grouped;
use crate::flow::{Facts, Step, Ticket};
use crate::keymap::Binding;
use crate::text::{Lang, Phrase, Said};
use crate::ui::transcript::unseen_said;

/// What was said already.
#[derive(Debug, Default)]
pub(super) struct Told {
    /// All turns before this one were said.
    next: usize,
    /// That turn was named.
    is_named: bool,
    /// Bytes of its text that were said.
    text: usize,
    /// The line that was said last has no end yet.
    is_open: bool,
    /// The branch on show is to be said anew, from this turn on.
    anew: Option<usize>,
    /// The question that is being changed, and was said.
    editing: Option<usize>,
    /// That two answers wait to be chosen from was said.
    choice: bool,
    /// The reasoning of this answer was said.
    reasoning: Option<usize>,
    /// The wait under this ticket was said.
    waiting: Option<Ticket>,
    /// How many questions were said to wait.
    queued: usize,
    /// So many were said to wait until an empty line asks them.
    resting: Option<usize>,
    /// The line that was typed last.
    typed: String,
}

impl Told {
    /// Everything that stands in a conversation of so many turns is known; what is on show from `first` on is said.
    pub(super) fn show_from(&mut self, first: usize, turns: usize) {
        *self = Self {
            next: turns,
            anew: Some(first),
            ..Self::default()
        };
    }
}

/// The commands that mean something where nothing is drawn.
pub fn commands() -> impl Iterator<Item = &'static Binding<Action>> {
    BINDINGS.iter().filter(|row| {
        !matches!(
            row.action,
            Action::Send
                | Action::BreakLine
                | Action::Undo
                | Action::Redo
                | Action::Editor
                | Action::PageUp
                | Action::PageDown
                | Action::Top
                | Action::Bottom
                | Action::PreviousTurn
                | Action::NextTurn
                | Action::Alone
                | Action::Mark
        )
    })
}

/// The name of a command that a line stands for and that means nothing here.
fn lost_command(line: &str) -> Option<&str> {
    let name = line.strip_prefix('/')?.split_whitespace().next()?;
    let is_known = BINDINGS.iter().any(|row| row.name == name);
    let means_something = commands().any(|row| row.name == name);
    (is_known && !means_something).then_some(name)
}

impl Chat {
    /// A line was typed: a question or a command.
    pub(super) fn on_line(&mut self, line: &str, facts: &Facts) -> Step {
        line.clone_into(&mut self.told.typed);
        self.is_by_lines = true;
        self.set_prompt(line);
        let step = match lost_command(line) {
            Some(name) => trouble(Said::new(words::NO_SUCH_COMMAND, &[&name])),
            None => self.send(facts),
        };
        // What was not taken was said, and is typed anew.
        self.set_prompt("");
        step
    }

    /// What is new since this was asked last, in lines; the last one may be open while an answer comes.
    pub(super) fn news_in_lines(&mut self, facts: &Facts) -> String {
        let lang = facts.lang;
        let mut said = String::new();
        if let Some(first) = self.told.anew.take() {
            self.say_branch(&mut said, first, lang);
        }
        while self.told.next < self.talk.turns.len() {
            if !self.say_turn(&mut said, self.told.next, lang) {
                break;
            }
            self.told.next += 1;
            self.told.is_named = false;
            self.told.text = 0;
        }
        let mut around = String::new();
        self.say_reasoning(&mut around, lang);
        self.say_state(&mut around, facts);
        if !around.is_empty() {
            self.end_line(&mut said);
            said.push_str(&around);
        }
        said
    }

    /// Says what is new of a turn; whether that was the last of it.
    fn say_turn(&mut self, said: &mut String, number: usize, lang: Lang) -> bool {
        let turn = &self.talk.turns[number];
        let Speaker::Model(reply) = &turn.speaker else {
            // What the person typed just now they know.
            if !self.told.typed.ends_with(&turn.text) {
                say_question(said, words::YOU.say(lang), &turn.text);
            }
            return true;
        };
        if !self.told.is_named {
            self.told.is_named = true;
            let side = self.pair.as_ref().and_then(|pair| pair.side_of(number));
            say_name(said, side, &reply.asked);
        }
        let is_over = !self.is_coming(number);
        let rest = turn.text.get(self.told.text..).unwrap_or_default();
        let piece = if is_over { rest } else { whole_words(rest) };
        if !piece.is_empty() {
            let clean = CleanText::new(piece);
            said.push_str(&clean);
            self.told.text += piece.len();
            self.told.is_open = !clean.ends_with('\n');
        }
        if is_over {
            self.end_line(said);
            let unseen = self.shown_of(number).unseen(number);
            if unseen > 0 {
                let _ = writeln!(said, "! {}", unseen_said(unseen, lang));
            }
            if let Some(reply) = self.talk.turns[number].reply() {
                self.say_end(said, number, reply, lang);
            }
        }
        is_over
    }

    /// What stands under an answer: what went wrong, and the figures.
    fn say_end(&self, said: &mut String, number: usize, reply: &Reply, lang: Lang) {
        if let Some(words) = self.trouble_words(number, mending::BY_COMMANDS, lang) {
            let _ = writeln!(said, "{}", CleanText::new(&words).as_str());
        }
        self.say_what_more(said, number, reply, lang);
        let _ = writeln!(said, "({})", figures::with_time(reply, lang));
    }

    /// What commands can be given about an answer: its code by the numbers, its reasoning.
    fn say_what_more(&self, said: &mut String, number: usize, reply: &Reply, lang: Lang) {
        const CODE: Phrase = Phrase::new("Code: {}", "代码：{}");
        const THOUGHT: Phrase = Phrase::new(
            "It reasoned first; /reasoning shows that",
            "回答前有推理过程，/reasoning 可查看",
        );
        const THOUGHT_SO_LONG: Phrase = Phrase::new(
            "It reasoned first, {} tokens; /reasoning shows that",
            "回答前有 {} token 的推理过程，/reasoning 可查看",
        );
        if !reply.reasoning.is_empty() && !self.on_show().is_unfolded() {
            let thought = match reply.reasoning_tokens {
                Some(tokens) => THOUGHT_SO_LONG.fill(lang, &[&grouped(tokens)]),
                None => THOUGHT.say(lang).to_owned(),
            };
            let _ = writeln!(said, "{thought}");
        }
        let codes = self.numbered_codes(number).map(|(place, code)| {
            let names = [&code.lang, &code.path].into_iter().flatten();
            let names = names.map(|name| format!(" {}", CleanText::line(name).as_str()));
            format!("[{place}]{}", names.collect::<String>())
        });
        let codes: Vec<String> = codes.collect();
        if !codes.is_empty() {
            let _ = writeln!(said, "{}", CODE.fill(lang, &[&codes.join(", ")]));
        }
    }

    fn end_line(&mut self, said: &mut String) {
        if std::mem::take(&mut self.told.is_open) {
            said.push('\n');
        }
    }

    /// The branch on show from a turn on: who said what.
    fn say_branch(&mut self, said: &mut String, first: usize, lang: Lang) {
        self.end_line(said);
        for number in self.talk.ends(&self.talk.branch()) {
            let Some(turn) = self.talk.joined(number).filter(|_| number >= first) else {
                continue;
            };
            match &turn.speaker {
                Speaker::Person { .. } => {
                    let who = shown::heading(&self.talk, number, lang);
                    say_question(said, &who, &turn.text);
                }
                Speaker::Model(reply) => {
                    say_name(said, None, &reply.asked);
                    let text = CleanText::new(&turn.text);
                    let _ = writeln!(said, "{}", text.trim_end());
                    self.say_end(said, number, reply, lang);
                }
            }
        }
    }

    /// What the model thought, once it is asked for.
    fn say_reasoning(&mut self, said: &mut String, lang: Lang) {
        const REASONING: Phrase = Phrase::new("Reasoning:", "推理过程：");
        let Some(answer) = self.last_answer().filter(|turn| !self.is_coming(*turn)) else {
            return;
        };
        if !self.on_show().is_unfolded() || self.told.reasoning == Some(answer) {
            return;
        }
        self.told.reasoning = Some(answer);
        let whole = self.talk.joined(answer);
        let reply = whole.as_ref().and_then(|whole| whole.reply());
        let thought = reply.map_or("", |reply| &reply.reasoning).trim_end();
        if !thought.is_empty() {
            let thought = CleanText::new(thought);
            let _ = writeln!(said, "{}\n{}", REASONING.say(lang), thought.as_str());
        }
    }

    /// What the next line will mean, where that is not as usual.
    fn say_state(&mut self, said: &mut String, facts: &Facts) {
        const EDITING: Phrase = Phrase::new(
            "The next line takes the place of: {}",
            "下一行将替换这个问题：{}",
        );
        let lang = facts.lang;
        if self.editing != self.told.editing {
            self.told.editing = self.editing;
            if let Some(turn) = self.editing.and_then(|turn| self.talk.turns.get(turn)) {
                let text = CleanText::line(&turn.text);
                let _ = writeln!(said, "{}", EDITING.fill(lang, &[&text]));
            }
        }
        if self.queue.len() > self.told.queued {
            let _ = writeln!(said, "{}", words::QUEUED.fill(lang, &[&self.queue.len()]));
            // When it is asked at last, it is said what was asked.
            self.told.typed.clear();
        }
        self.told.queued = self.queue.len();
        let resting = self.sends_waiting(facts).then_some(self.queue.len());
        if let Some(count) = resting.filter(|_| resting != self.told.resting) {
            let _ = writeln!(said, "{}", words::RESTING.fill(lang, &[&count]));
        }
        self.told.resting = resting;
        let waiting = self.waiting.map(|waiting| waiting.ticket);
        if let Some(waiting) = self.waiting.filter(|_| waiting != self.told.waiting) {
            let _ = writeln!(
                said,
                "{}",
                words::WAITING_AGAIN.fill(lang, &[&waiting.secs])
            );
        }
        self.told.waiting = waiting;
        let must_choose = self.pair.is_some() && !self.is_busy();
        if must_choose && !self.told.choice {
            let _ = writeln!(said, "{}", pair::words::CHOOSE_BY_COMMAND.say(lang));
        }
        self.told.choice = must_choose;
    }
}

fn say_question(said: &mut String, who: &str, text: &str) {
    let text = CleanText::new(text);
    let _ = writeln!(said, "{who}:\n{}", text.trim_end());
}

/// Who speaks, on a line of its own; of two answers, which one it is.
fn say_name(said: &mut String, side: Option<usize>, model: &str) {
    let model = CleanText::line(model);
    let _ = match side {
        Some(side) => writeln!(said, "[{}] {}:", side + 1, model.as_str()),
        None => writeln!(said, "{}:", model.as_str()),
    };
}

/// As much of what came as ends with a whole word: half a word is read out as another one.
fn whole_words(text: &str) -> &str {
    let ends = |(_, c): &(usize, char)| c.is_whitespace() || !c.is_ascii();
    let last = text.char_indices().rfind(ends);
    let whole = last.and_then(|(at, c)| text.get(..at + c.len_utf8()));
    whole.unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_said_when_it_is_whole() {
        for (text, expected) in [
            ("", ""),
            ("hal", ""),
            ("half a wo", "half a "),
            ("line\n", "line\n"),
            ("你好", "你好"),
            ("按 Ctrl", "按 "),
        ] {
            assert_eq!(whole_words(text), expected);
        }
    }
}
