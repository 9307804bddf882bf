//! What the keys of the Models screen do.

use super::keys::{Action, BINDINGS};
use super::state::{Models, Open};
use super::{variants, words};
use crate::domain::clean_text::CleanText;
use crate::domain::model_card::base_id;
use crate::flow::usage::Account;
use crate::flow::{Effect, Fact, Facts, Intent, Notice, Reply, Step};
use crate::keymap::{self, Chord, Key};
use crate::screens::model_rows;
use crate::screens::sheet::Given;
use crate::text::Said;
use crate::ui::Touch;
use crate::ui::editor::Field;

/// Rows of a page.
const PAGE: isize = 8;

impl Models {
    /// Asks for the list; what is kept of it comes at once.
    pub(super) fn list(&mut self, facts: &Facts) -> Step {
        self.take_list(facts);
        self.is_listing = true;
        Step::effect(Effect::ListModels(Box::new(account(facts))))
    }

    pub(super) fn on_resume(&mut self, facts: &Facts) -> Step {
        if facts.models.is_none() && !self.is_listing {
            return self.list(facts);
        }
        self.take_list(facts);
        // Another screen may have changed what is in use or was used lately.
        Step::changed()
    }

    pub(super) fn on_press(&mut self, chord: Chord, facts: &Facts) -> Step {
        if self.is_searching {
            return self.press_search(chord, facts);
        }
        self.on_press_named(chord, facts)
    }

    pub(super) fn on_press_named(&mut self, chord: Chord, facts: &Facts) -> Step {
        match keymap::action(BINDINGS, chord) {
            Some(action) => self.act(action, facts),
            None => Step::idle(),
        }
    }

    pub(super) fn on_run(&mut self, name: &str, facts: &Facts) -> Step {
        match keymap::named(BINDINGS, name) {
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
                self.found_anew(facts)
            }
            Key::Enter => {
                self.is_searching = false;
                self.act(Action::Open, facts)
            }
            Key::Tab => {
                self.is_searching = false;
                Step::changed()
            }
            key if arrows.contains(&key) => self.on_press_named(chord, facts),
            _ if chord == Chord::ctrl('f') => self.act(Action::Favour, facts),
            _ => {
                let field = self.search.as_mut();
                if field.is_some_and(|field| field.press(chord)) {
                    return self.found_anew(facts);
                }
                Step::idle()
            }
        }
    }

    pub(super) fn on_paste(&mut self, text: &str, facts: &Facts) -> Step {
        match &mut self.search {
            Some(field) if self.is_searching => {
                field.paste(text);
                self.found_anew(facts)
            }
            _ => Step::idle(),
        }
    }

    fn found_anew(&mut self, facts: &Facts) -> Step {
        self.find(facts);
        Step::changed()
    }

    fn act(&mut self, action: Action, facts: &Facts) -> Step {
        match action {
            Action::Up => self.move_by(-1),
            Action::Down => self.move_by(1),
            Action::PageUp => self.move_by(-PAGE),
            Action::PageDown => self.move_by(PAGE),
            Action::Open => self.open_row(self.chosen, facts),
            Action::Back => self.back(facts),
            Action::Search if self.open.is_none() => {
                self.search.get_or_insert_with(Field::open);
                self.is_searching = true;
                Step::changed()
            }
            Action::Use => self.with_meant(|id| take(id, facts)),
            Action::Ask => self.with_meant(|id| Step::intent(Intent::AskModel(id))),
            Action::Variants => {
                let menu = self.meant().map(|id| variants::menu(&id, self.cards()));
                menu.map_or_else(Step::idle, |menu| Step::intent(Intent::Ask(menu)))
            }
            Action::Favour => self.with_meant(|id| favour(base_id(&id).to_owned(), facts)),
            Action::All if self.open.is_none() => {
                self.search = None;
                self.filters = super::filters::Filters::default();
                self.found_anew(facts)
            }
            Action::Refresh => match self.open.take() {
                Some(open) => self.ask_about(open.id, facts),
                None => self.list(facts),
            },
            action if self.open.is_none() && self.filters.turn(action) => self.found_anew(facts),
            _ => Step::idle(),
        }
    }

    /// Whether an action does anything now: what does nothing is not offered.
    pub(super) fn can(&self, action: Action) -> bool {
        let is_list = self.open.is_none();
        match action {
            Action::Open => is_list && self.meant().is_some(),
            Action::Search | Action::All => is_list,
            Action::Back => !is_list || self.search.is_some() || !self.filters.is_open(),
            Action::Use | Action::Ask | Action::Variants | Action::Favour => self.meant().is_some(),
            action if super::keys::FILTERS.contains(&action) => is_list,
            _ => true,
        }
    }

    fn with_meant(&self, act: impl FnOnce(String) -> Step) -> Step {
        self.meant().map_or_else(Step::idle, act)
    }

    fn move_by(&mut self, rows: isize) -> Step {
        if let Some(open) = &mut self.open {
            let rows = i16::try_from(rows).unwrap_or(0);
            let to = open.scroll.saturating_add_signed(rows).min(open.most);
            let is_moved = to != open.scroll;
            open.scroll = to;
            return if is_moved {
                Step::changed()
            } else {
                Step::idle()
            };
        }
        let last = self.found.len().saturating_sub(1);
        let to = self.chosen.saturating_add_signed(rows).min(last);
        if to == self.chosen {
            return Step::idle();
        }
        self.chosen = to;
        Step::changed()
    }

    fn back(&mut self, facts: &Facts) -> Step {
        if let Some(open) = self.open.take() {
            let left = Step::changed();
            return match open.asked {
                Some(ticket) => left.and_effect(Effect::Cancel(ticket)),
                None => left,
            };
        }
        if self.search.take().is_some() {
            return self.found_anew(facts);
        }
        if self.filters.is_open() {
            return Step::idle();
        }
        self.filters.wanted = crate::controls::wanted::Wanted::default();
        self.filters.mine = false;
        self.found_anew(facts)
    }

    fn open_row(&mut self, row: usize, facts: &Facts) -> Step {
        if self.open.is_some() {
            return Step::idle();
        }
        let Some(id) = self.card_at(row).map(|card| card.id.to_string()) else {
            return Step::idle();
        };
        self.chosen = row;
        self.ask_about(id, facts)
    }

    /// Shows a model, and asks the server about it; what it told before stays on show meanwhile.
    fn ask_about(&mut self, id: String, facts: &Facts) -> Step {
        let ticket = self.tickets.take();
        self.open = Some(Open::of(id.clone(), Some(ticket)));
        Step::effect(Effect::ShowModel {
            ticket,
            account: Box::new(account(facts)),
            id,
        })
    }

    pub(super) fn on_answer(&self, name: &str, given: &Given, facts: &Facts) -> Step {
        let (variants::MENU, Given::Choice(choice)) = (name, given) else {
            return Step::idle();
        };
        let variants = self.meant().map(|id| variants::of(&id, self.cards()));
        match variants.and_then(|all| all.into_iter().nth(*choice)) {
            Some(variant) => take(variant.id, facts),
            None => Step::idle(),
        }
    }

    pub(super) fn on_touch(&mut self, touch: Touch, facts: &Facts) -> Step {
        match touch {
            Touch::Choice(row) => self.open_row(row, facts),
            Touch::Rail(_) | Touch::Tab(_) | Touch::Press(_) | Touch::Language => Step::idle(),
        }
    }

    pub(super) fn on_wheel(&mut self, rows: i16) -> Step {
        self.move_by(rows.into())
    }

    pub(super) fn on_receive(&mut self, reply: &Reply, facts: &Facts) -> Step {
        match reply {
            Reply::ModelsListed { listed, .. } => {
                self.is_listing = false;
                self.trouble = listed.as_ref().err().cloned();
                self.take_list(facts);
                Step::changed()
            }
            Reply::ModelShown { ticket, shown } => {
                let open = self.open.as_mut();
                let Some(open) = open.filter(|open| open.asked == Some(*ticket)) else {
                    return Step::idle();
                };
                open.asked = None;
                match shown {
                    Ok(shown) => {
                        self.told.insert(open.id.clone(), shown.clone());
                    }
                    Err(diagnosis) => open.trouble = Some(diagnosis.clone()),
                }
                Step::changed()
            }
            // Another server: what was told belongs to the old one.
            Reply::SandboxStarted { base_url: Ok(_) } => {
                *self = Self::default();
                self.is_listing = true;
                Step::idle()
            }
            _ => Step::idle(),
        }
    }
}

/// Makes a model the project's.
fn take(model: String, facts: &Facts) -> Step {
    if model == facts.model {
        let shown = CleanText::line(&model);
        return news(Said::new(words::IS_TAKEN, &[&shown]));
    }
    let said = model_rows::taken(&model, facts);
    Step::intent(Intent::Adopt(Fact::Model(model))).then(news(said))
}

fn favour(model: String, facts: &Facts) -> Step {
    let is_one = !facts.own_models.is_favourite(&model);
    let words = if is_one {
        words::MARKED
    } else {
        words::UNMARKED
    };
    let said = Said::new(words, &[&model]);
    Step::intent(Intent::Adopt(Fact::Favourite { model, is_one })).then(news(said))
}

fn news(words: Said) -> Step {
    Step::intent(Intent::Tell(Notice::news(words)))
}

/// Whose list is meant.
fn account(facts: &Facts) -> Account {
    Account {
        key: facts.key.as_ref().map(|key| key.secret.clone()),
        server: facts.base_url.clone(),
    }
}
