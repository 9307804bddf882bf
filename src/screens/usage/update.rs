//! What the keys of the usage screen mean, and what each does.

use super::keys::{Action, BINDINGS};
use super::place::View;
use super::state::{Requests, Usage};
use super::{notes, words};
use crate::domain::page::Page as WebPage;
use crate::flow::menu::Menu;
use crate::flow::note::Note;
use crate::flow::usage::{Account, Export, ExportForm};
use crate::flow::{Effect, Fact, Facts, Intent, Notice, Reply, Step};
use crate::keymap::{self, Chord, Key};
use crate::screens::sheet::Given;
use crate::text::Said;
use crate::ui::Touch;
use crate::ui::editor::Field;

/// The name of the question into which form figures are exported.
const EXPORT: &str = "export";
/// Rows of a page.
const PAGE: usize = 8;

impl Usage {
    pub(super) fn on_press(&mut self, chord: Chord, facts: &Facts) -> Step {
        if self.is_searching {
            return self.press_search(chord, facts);
        }
        self.on_press_named(chord, facts)
    }

    pub(super) fn on_run(&mut self, name: &str, facts: &Facts) -> Step {
        match keymap::named(BINDINGS, name) {
            Some(action) => self.act(action, facts),
            None => Step::idle(),
        }
    }

    pub(super) fn on_press_named(&mut self, chord: Chord, facts: &Facts) -> Step {
        match keymap::action(BINDINGS, chord) {
            Some(action) => self.act(action, facts),
            None => Step::idle(),
        }
    }

    fn press_search(&mut self, chord: Chord, facts: &Facts) -> Step {
        let arrows = [Key::Up, Key::Down, Key::PageUp, Key::PageDown];
        match chord.key {
            Key::Esc => {
                self.search = None;
                self.is_searching = false;
                self.place.chosen = 0;
                self.ask_ledger(facts)
            }
            Key::Enter => {
                self.is_searching = false;
                Step::changed()
            }
            key if arrows.contains(&key) => self.on_press_named(chord, facts),
            _ => {
                let field = self.search.as_mut();
                if field.is_some_and(|field| field.press(chord)) {
                    return self.sought_anew(facts);
                }
                Step::idle()
            }
        }
    }

    fn sought_anew(&mut self, facts: &Facts) -> Step {
        self.place.chosen = 0;
        self.ask_ledger(facts)
    }

    pub(super) fn on_paste(&mut self, text: &str, facts: &Facts) -> Step {
        match &mut self.search {
            Some(field) if self.is_searching => {
                field.paste(text);
                self.sought_anew(facts)
            }
            _ => Step::idle(),
        }
    }

    fn act(&mut self, action: Action, facts: &Facts) -> Step {
        match action {
            Action::Up => self.move_by(-1),
            Action::Down => self.move_by(1),
            Action::PageUp => self.move_by(-PAGE.cast_signed()),
            Action::PageDown => self.move_by(PAGE.cast_signed()),
            Action::Open => self.open_row(self.place.chosen, facts),
            Action::Back => self.back(facts),
            Action::NextView => self.change_view(self.place.view.stepped(1), facts),
            Action::PreviousView => {
                self.change_view(self.place.view.stepped(View::ALL.len() - 1), facts)
            }
            action if !self.can(action, facts) => Step::idle(),
            Action::Range => {
                self.range = self.range.next();
                Step::changed()
            }
            Action::Source => {
                self.source = Some(self.source().other());
                self.place.chosen = 0;
                Step::changed()
            }
            Action::Search => {
                self.search = Some(Field::open());
                self.is_searching = true;
                Step::changed()
            }
            Action::Refresh => self.learn(facts, false),
            Action::Export if self.told.as_ref().is_some_and(|told| told.is_unfinished) => {
                Step::intent(Intent::Tell(Notice::news(words::EXPORT_LATER)))
            }
            Action::Export if self.told.is_some() => Step::intent(Intent::Ask(
                Menu::new(EXPORT, words::EXPORT_TITLE)
                    .say(words::EXPORT_WHAT)
                    .answer(words::EXPORT_CSV, None)
                    .answer(words::EXPORT_JSON, None),
            )),
            Action::Export => Step::idle(),
            Action::Alerts => match &self.told {
                Some(told) => Step::intent(Intent::ShowNote(notes::outlook(told))),
                None => Step::idle(),
            },
            Action::Trouble => match self.troubles() {
                Some(note) => Step::intent(Intent::ShowNote(note)),
                None => Step::idle(),
            },
            Action::Management => Step::effect(Effect::OpenPage(WebPage::ManagementKeys)),
        }
    }

    /// What went wrong, why, and what to do about it.
    fn troubles(&self) -> Option<Note> {
        let told = self.told.as_ref()?;
        notes::troubles(&self.diagnosed(told))
    }

    fn move_by(&mut self, rows: isize) -> Step {
        let last = self.count().saturating_sub(1);
        let to = self
            .place
            .chosen
            .min(last)
            .saturating_add_signed(rows)
            .min(last);
        if to == self.place.chosen {
            return Step::idle();
        }
        self.place.chosen = to;
        Step::changed()
    }

    fn change_view(&mut self, view: View, facts: &Facts) -> Step {
        self.show(view);
        self.ask_ledger(facts)
    }

    fn back(&mut self, facts: &Facts) -> Step {
        if self.search.take().is_some() {
            return self.sought_anew(facts);
        }
        match self.trail.pop() {
            Some(place) => {
                self.place = place;
                self.ask_ledger(facts)
            }
            None => Step::idle(),
        }
    }

    pub(super) fn on_answer(&self, name: &str, given: &Given, facts: &Facts) -> Step {
        let form = match (name, given) {
            (EXPORT, Given::Choice(0)) => ExportForm::Csv,
            (EXPORT, Given::Choice(1)) => ExportForm::Json,
            _ => return Step::idle(),
        };
        let (Some(told), Some(today)) = (&self.told, self.today()) else {
            return Step::idle();
        };
        Step::effect(Effect::ExportUsage(Box::new(Export {
            form,
            server: facts.base_url.clone(),
            is_simulated: facts.is_simulated(),
            first: self.range.first(today),
            lang: facts.lang,
            told: (**told).clone(),
        })))
    }

    pub(super) fn on_touch(&mut self, touch: Touch, facts: &Facts) -> Step {
        match touch {
            Touch::Choice(row) => self.open_row(row, facts),
            Touch::Tab(at) => match View::ALL.get(at) {
                Some(&view) => self.change_view(view, facts),
                None => Step::idle(),
            },
            Touch::Rail(_) | Touch::Press(_) | Touch::Language => Step::idle(),
        }
    }

    pub(super) fn on_wheel(&mut self, rows: i16) -> Step {
        self.move_by(rows.into())
    }

    pub(super) fn on_receive(&mut self, reply: &Reply, facts: &Facts) -> Step {
        match reply {
            Reply::UsageLearned { ticket, told } if self.looking.learning == Some(*ticket) => {
                self.take(told, facts)
            }
            Reply::OwnUsageSummed { ticket, own } if self.looking.summing == Some(*ticket) => {
                self.take_own(own)
            }
            Reply::KeyChecked { verdict: Ok(_), .. } => self.on_key_checked(),
            Reply::Waited { ticket } if self.looking.waiting == Some(*ticket) => {
                self.on_waited(facts)
            }
            Reply::UsageExported(Ok(path)) => {
                let said = Said::new(words::EXPORTED, &[path]);
                Step::intent(Intent::Adopt(Fact::Wrote(said.clone())))
                    .and_intent(Intent::Tell(Notice::news(said)))
            }
            Reply::UsageExported(Err(trouble)) => {
                Step::intent(Intent::Tell(Notice::trouble(trouble.title.clone())))
            }
            Reply::LedgerTold { ticket, requests } => match &self.requests.asked {
                Some((asked, _)) if asked == ticket => {
                    self.requests.found = Some(requests.clone());
                    Step::changed()
                }
                _ => Step::idle(),
            },
            // Another server, another key: what was learned belongs to the old one.
            Reply::SandboxStarted { base_url: Ok(_) } => {
                *self = Self::default();
                Step::idle()
            }
            _ => Step::idle(),
        }
    }

    /// Looks up the requests that belong to this place, where requests are on show.
    pub(super) fn ask_ledger(&mut self, facts: &Facts) -> Step {
        if self.place.view != View::Requests {
            return Step::changed();
        }
        let ticket = self.tickets.take();
        let question = self.question();
        let is_same = matches!(&self.requests.asked, Some((_, asked)) if *asked == question);
        self.requests = Requests {
            asked: Some((ticket, question.clone())),
            // What is looked up anew stays on show meanwhile.
            found: self.requests.found.take().filter(|_| is_same),
        };
        Step::effect(Effect::AskLedger {
            ticket,
            account: account(facts),
            question,
        })
    }
}

/// Whose figures are meant.
pub(super) fn account(facts: &Facts) -> Account {
    Account {
        key: facts.key.as_ref().map(|key| key.secret.clone()),
        server: facts.base_url.clone(),
    }
}
