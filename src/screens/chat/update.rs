//! What the keys and commands of the chat do.

use super::keys::{Action, BINDINGS};
use super::plain::Told;
use super::state::{Chat, Whom, nothing_said};
use super::wishes::Wishes;
use super::{
    asking, choosing, code_out, keeping, marking, mending, pair, templates, wishes, words,
};
use crate::flow::{Effect, Facts, Intent, Notice, Reply, Step};
use crate::keymap::{self, Chord, Key};
use crate::screens::sheet::Given;
use crate::text::Said;

/// The name of the question which model is to be asked; other screens answer it, too.
pub const MODEL: &str = "model";

impl Chat {
    pub(super) fn on_press(&mut self, chord: Chord, facts: &Facts) -> Step {
        if let Some(step) = self.press_marking(chord) {
            return step;
        }
        if let Some(step) = self.press_completion(chord, facts) {
            return step;
        }
        if chord == Chord::plain(Key::Tab) && self.pair.is_none() {
            return self.complete(facts);
        }
        if let Some(action) = keymap::action(BINDINGS, chord) {
            return self.act(action, "", facts);
        }
        let recalled = self.prompt.recalled();
        if !self.prompt.press(chord) {
            return Step::idle();
        }
        if self.prompt.recalled() != recalled {
            // What was asked before is not being typed: the arrows go on through it.
            self.offer_nothing();
            return Step::changed();
        }
        self.typed(facts)
    }

    pub(super) fn on_press_named(&mut self, chord: Chord, facts: &Facts) -> Step {
        // While text is marked or something is offered, the last line shows what is done then.
        if let Some(step) = self.press_marking(chord) {
            return step;
        }
        if let Some(step) = self.press_completion(chord, facts) {
            return step;
        }
        match keymap::action(BINDINGS, chord) {
            Some(action) => self.act(action, "", facts),
            None => Step::idle(),
        }
    }

    pub(super) fn on_answer(&mut self, name: &str, given: &Given, facts: &Facts) -> Step {
        match (name, given) {
            (MODEL, Given::Text(model)) => self.take_model(model),
            (pair::COMPARE, Given::Text(model)) => self.take_rival(model, facts),
            (choosing::PROJECT_MODEL, Given::Text(model)) => self.use_in_project(model, facts),
            (wishes::WISHES, given) => self.wish_chosen(given),
            (mending::MEND, given) => self.mended(given, facts),
            (asking::SEND_ANYWAY, given) => self.agreed(given, facts),
            (code_out::WRITE, Given::Choice(choice)) => self.write(*choice == 0),
            (code_out::WRITE_DOUBTFUL, Given::Choice(choice)) => self.write(*choice == 1),
            // What was to be written after it is not either.
            (code_out::WRITE | code_out::WRITE_DOUBTFUL, _) => {
                self.leave_saving();
                Step::changed()
            }
            (keeping::TALKS, given) => self.take_talk(given),
            (templates::TEMPLATES, given) => self.take_template(given, facts),
            (templates::FILLED, given) => self.send_filled(given, facts),
            (keeping::DELETE, given) => self.deleted(given, facts),
            _ => Step::idle(),
        }
    }

    pub(super) fn on_run(&mut self, name: &str, facts: &Facts) -> Step {
        if let Some(deed) = keymap::named(marking::BINDINGS, name) {
            return self.mark(deed, false);
        }
        match keymap::named(BINDINGS, name) {
            // What needs a word more is begun in the editor.
            Some(Action::System) => {
                let rules = self.talk.system.clone().unwrap_or_default();
                self.set_prompt(&format!("/{name} {rules}"));
                Step::changed()
            }
            Some(Action::Budget | Action::MaxTokens | Action::Title) => {
                self.set_prompt(&format!("/{name} "));
                Step::changed()
            }
            Some(action) => self.act(action, "", facts),
            None => Step::idle(),
        }
    }

    pub(super) fn on_paste(&mut self, text: &str, facts: &Facts) -> Step {
        self.prompt.paste(text);
        let typed = self.typed(facts);
        // What it names is weighed before it is sent.
        if text.contains('@') {
            return typed.then(self.ask_for_files());
        }
        typed
    }

    /// Does something; `rest` is what stands behind the command.
    pub(super) fn act(&mut self, action: Action, rest: &str, facts: &Facts) -> Step {
        match action {
            Action::Send => self.send(facts),
            Action::BreakLine => {
                self.prompt.break_line();
                self.typed(facts)
            }
            Action::Editor => self.lend_to_editor(),
            Action::TakeWaiting => self.take_waiting(facts),
            Action::Stop => self.stop_or_leave(rest, facts),
            Action::Model => self.choose_model(rest, facts),
            Action::New => self.begin_anew(facts),
            Action::Undo | Action::Redo => self.undo(action == Action::Redo, facts),
            Action::Regenerate => self.answer_anew(rest, facts),
            Action::Retry => self.retry(facts),
            Action::Edit => self.edit(rest),
            Action::Branch => self.other_branch(rest, facts),
            Action::Continue => self.go_on(facts),
            Action::Copy => self.copy(rest),
            Action::CopyAll => self.copy_all(),
            Action::Save => self.save(rest),
            Action::SaveAll => self.save_all(),
            Action::CopyAnswer => self.copy_answer(),
            Action::Reasoning => {
                self.on_show_mut().turn_reasoning();
                Step::changed()
            }
            Action::Fold => self.fold(rest),
            Action::Mark => self.begin_marking(),
            Action::Talks => self.list_talks(rest),
            Action::Title => self.rename(rest, facts),
            Action::Export => self.export(rest, facts),
            Action::Template => self.template(rest, facts),
            Action::ProjectModel => self.choose_in_project(rest, facts),
            Action::Delete => self.ask_delete(),
            Action::System => self.set_system(rest, facts),
            Action::Budget => self.set_budget(rest),
            Action::MaxTokens => self.set_max_tokens(rest),
            Action::Set => self.set_wish(rest, facts),
            Action::Mend => self.mend(facts),
            Action::PageUp => self.on_show_mut().scroll_pages(false),
            Action::PageDown => self.on_show_mut().scroll_pages(true),
            Action::Top => self.on_show_mut().go_to_top(),
            Action::Bottom => self.on_show_mut().go_to_bottom(),
            Action::PreviousTurn => self.on_show_mut().go_to_question(false),
            Action::NextTurn => self.on_show_mut().go_to_question(true),
            Action::Compare => self.compare(rest, facts),
            Action::First => self.choose_side(0, facts),
            Action::Second => self.choose_side(1, facts),
            Action::OtherSide => self.face_other(),
            Action::Alone => self.show_alone(),
        }
    }

    /// Takes the last change in the editor back, or makes it once more.
    fn undo(&mut self, is_redo: bool, facts: &Facts) -> Step {
        let is_changed = if is_redo {
            self.prompt.redo()
        } else {
            self.prompt.undo()
        };
        if is_changed {
            return self.typed(facts);
        }
        Step::idle()
    }

    fn lend_to_editor(&mut self) -> Step {
        let ticket = self.tickets.take();
        self.lent = Some(ticket);
        let text = self.prompt.text();
        Step::effect(Effect::EditElsewhere { ticket, text })
    }

    fn edited(&mut self, outcome: &Result<String, Said>) -> Step {
        self.lent = None;
        match outcome {
            Ok(text) => {
                self.set_prompt(text);
                Step::changed()
            }
            Err(said) => trouble(said.clone()),
        }
    }

    /// Sends what stands in the editor: a question, or a command.
    pub(super) fn send(&mut self, facts: &Facts) -> Step {
        if self.sends_waiting(facts) {
            return self.ask_next(facts);
        }
        let text = self.prompt.text();
        if text.trim().is_empty() {
            return Step::idle();
        }
        if let Some(command) = text.strip_prefix('/')
            && !command.starts_with(['/', ' '])
        {
            let command = command.to_owned();
            self.take_prompt();
            return self.command(&command, facts);
        }
        // The words stay where they are.
        if self.must_choose() {
            return trouble(pair::words::CHOOSE_FIRST);
        }
        self.take_prompt();
        self.on_show_mut().go_to_bottom();
        self.submit(text, facts)
    }

    fn command(&mut self, typed: &str, facts: &Facts) -> Step {
        let (name, rest) = typed.split_once(char::is_whitespace).unwrap_or((typed, ""));
        match keymap::named(BINDINGS, name) {
            None if name == "help" => Step::intent(Intent::Help),
            None if name == "quit" => Step::intent(Intent::Quit),
            Some(Action::Send | Action::BreakLine | Action::Undo | Action::Redo) | None => {
                let name = crate::domain::clean_text::CleanText::line(name).shortened(40);
                trouble(Said::new(words::NO_SUCH_COMMAND, &[&name]))
            }
            Some(action) => self.act(action, rest.trim(), facts),
        }
    }

    /// Everything that belongs to the conversation on show and to nothing else is put away.
    pub(super) fn leave_talk(&mut self, facts: &Facts) -> Step {
        let stopped = self.stop_all(facts).then(self.wait_no_longer());
        let stopped = stopped.then(self.leave_bills()).then(self.leave_limits());
        self.kept_id = None;
        self.composing = None;
        self.asked_about = None;
        self.pair = None;
        self.wishes.rival = None;
        self.listing = None;
        self.reading = None;
        self.shown.clear();
        self.queue.clear();
        self.editing = None;
        self.troubles.clear();
        self.media.clear();
        self.told = Told::default();
        stopped
    }

    pub(super) fn begin_anew(&mut self, facts: &Facts) -> Step {
        let left = self.leave_talk(facts);
        self.talk = nothing_said();
        self.take_rules(facts);
        self.show_branch(facts);
        Step::changed().then(left)
    }

    /// Another server answers from here on. What is being typed stays; wishes were for real models.
    fn begin_simulated(&mut self, facts: &Facts) -> Step {
        let taken_back = match self.composing {
            Some(_) => self.take_back(facts),
            None => Step::idle(),
        };
        self.wishes = Wishes::default();
        self.listed = keeping::OfferedTalks::default();
        taken_back.then(self.begin_anew(facts))
    }

    /// Another answer to the last question, beside the one that is there; where an answer did not go on, once more that.
    pub(super) fn answer_again(&mut self, facts: &Facts) -> Step {
        if let Some(pair) = &self.pair {
            return self.ask_side_again(pair.front(), None, facts);
        }
        if self.is_busy() {
            return trouble(words::BUSY);
        }
        let Some(question) = self.to_answer_again() else {
            return trouble(words::NOTHING_TO_DO_AGAIN);
        };
        // What was to go on with one answer goes on with it once.
        let whom = if self.talk.is_answer(question) {
            Whom::One(self.model(facts).to_owned())
        } else {
            self.whom(facts)
        };
        let told = self.may_be_charged(self.last_answer());
        told.then(self.ask_again(question, whom, facts))
    }

    fn copy(&mut self, rest: &str) -> Step {
        if rest.eq_ignore_ascii_case("all") {
            return self.copy_all();
        }
        match self.code(rest) {
            Some(block) => Step::effect(Effect::Copy(block.code)),
            None => trouble(words::NO_CODE),
        }
    }

    /// Every code block on show, an empty line between two.
    fn copy_all(&self) -> Step {
        let codes = self.codes().into_iter();
        let codes: Vec<String> = codes.map(|block| block.code).collect();
        if codes.is_empty() {
            return trouble(words::NO_CODE);
        }
        let mut all = String::new();
        for code in codes {
            if !all.is_empty() {
                all.push_str(if all.ends_with('\n') { "\n" } else { "\n\n" });
            }
            all.push_str(&code);
        }
        Step::effect(Effect::Copy(all))
    }

    fn copy_answer(&mut self) -> Step {
        match self
            .last_answer()
            .and_then(|answer| self.talk.joined(answer))
        {
            Some(answer) => Step::effect(Effect::Copy(answer.text)),
            None => trouble(words::NOTHING_TO_DO_AGAIN),
        }
    }

    pub(super) fn on_receive(&mut self, reply: &Reply, facts: &Facts) -> Step {
        match reply {
            Reply::Composed { ticket, composed }
                if self.composing.as_ref().is_some_and(|(of, _)| of == ticket) =>
            {
                self.composed(composed, facts)
            }
            Reply::Spoken { ticket, delta } => self.spoken(*ticket, delta, facts),
            Reply::SpokenOut { ticket, ended } => self.spoken_out(*ticket, ended, facts),
            Reply::Edited { ticket, outcome } if self.lent == Some(*ticket) => self.edited(outcome),
            Reply::Counted { ticket, left } => self.counted(*ticket, *left, facts),
            Reply::Waited { ticket } => self.ask_bill(*ticket, facts),
            Reply::BillTold { ticket, bill } => self.bill_told(*ticket, bill, facts),
            Reply::TalksListed { .. }
            | Reply::QuestionsRecalled { .. }
            | Reply::TalkLoaded { .. }
            | Reply::TalkDeleted { .. }
            | Reply::TalkBegun { .. } => self.hear_archive(reply, facts),
            Reply::CodeReviewed { .. } | Reply::CodeWritten { .. } => self.hear_files(reply),
            Reply::TemplatesListed { .. } | Reply::TemplateFilled { .. } => {
                self.hear_templates(reply, facts)
            }
            Reply::Surroundings(around) => {
                self.has_key_in_sight = Some(!around.keys.is_empty());
                self.take_rules(facts);
                // What was asked before anybody looked waits for the server, the model and the rules that are meant.
                let opened = self.open_as_said(facts);
                opened.then(self.ask_next(facts))
            }
            Reply::LengthsTold { ticket, lengths } => self.lengths_told(*ticket, lengths),
            Reply::FilesListed { ticket, files } => self.files_listed(*ticket, files, facts),
            Reply::ReadAgain { ticket, again } => self.read_again(*ticket, again),
            // Nothing simulated stands in a real conversation, and the other way round.
            Reply::SandboxStarted { base_url: Ok(_) } => self.begin_simulated(facts),
            _ => Step::idle(),
        }
    }
}

pub(super) fn news(words: impl Into<Said>) -> Step {
    Step::intent(Intent::Tell(Notice::news(words)))
}

pub(super) fn trouble(words: impl Into<Said>) -> Step {
    Step::intent(Intent::Tell(Notice::trouble(words)))
}
