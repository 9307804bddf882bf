//! What the keys of the Keys screen do.

use super::form::{Form, Outcome, called};
use super::keys::{Action, BINDINGS, MADE_BINDINGS, MadeAction};
use super::state::{Doing, Keys, Whose};
use super::view::wants_management_key;
use super::words;
use crate::domain::account::{KeyChange, ManagedKey};
use crate::domain::diagnosis::Diagnosis;
use crate::domain::guardrail::Guardrail;
use crate::domain::page::Page as WebPage;
use crate::flow::keys::{KeyDeed, KeyDone, KeyMade};
use crate::flow::menu::Menu;
use crate::flow::note::Note;
use crate::flow::usage::Account;
use crate::flow::{Effect, Fact, Facts, Intent, Notice, Reply, Step};
use crate::keymap::{self, Chord, Key};
use crate::screens::sheet::Given;
use crate::text::{Lang, Said};
use crate::ui::Touch;
use crate::ui::editor::Field;
use crate::ui::managed_key;

/// The name of the question whether the key in use is to be switched off.
const SWITCH_OFF: &str = "switch-off";
/// Rows of a page.
const PAGE: isize = 8;

impl Keys {
    /// Asks for the keys.
    pub(super) fn list(&mut self, facts: &Facts) -> Step {
        let ticket = self.tickets.take();
        let before = self.listing.take();
        let of = whose(facts);
        if self.of.as_ref() != Some(&of) {
            self.forget();
            self.of = Some(of);
        }
        self.listing = Some(ticket);
        let asked = Step::effect(Effect::ListKeys {
            ticket,
            account: Box::new(account(facts)),
        });
        match before {
            Some(before) => asked.and_effect(Effect::Cancel(before)),
            None => asked,
        }
    }

    pub(super) fn on_resume(&mut self, facts: &Facts) -> Step {
        if self.of.as_ref() != Some(&whose(facts))
            || (self.ring.is_none() && self.listing.is_none())
        {
            return self.list(facts);
        }
        Step::changed()
    }

    pub(super) fn on_press(&mut self, chord: Chord, facts: &Facts) -> Step {
        if let Some(made) = &self.made {
            return match (keymap::action(MADE_BINDINGS, chord), &made.shown) {
                (Some(MadeAction::Close), _) => {
                    self.made = None;
                    Step::changed()
                }
                (Some(MadeAction::Copy), Some(key)) => {
                    Step::effect(Effect::Copy(key.expose().to_owned()))
                }
                _ => Step::idle(),
            };
        }
        if self.rotation.is_some() {
            return self.press_rotation(chord, facts);
        }
        if self.form.is_some() {
            return self.press_form(chord, facts);
        }
        if self.is_searching {
            return self.press_search(chord, facts);
        }
        match keymap::action(BINDINGS, chord) {
            Some(action) => self.act(action, facts),
            None => Step::idle(),
        }
    }

    fn press_form(&mut self, chord: Chord, facts: &Facts) -> Step {
        let (Some(form), Some(ring)) = (&mut self.form, &self.ring) else {
            return Step::idle();
        };
        let outcome = form.press(chord, ring);
        self.came_of_form(outcome, facts)
    }

    fn came_of_form(&mut self, outcome: Outcome, facts: &Facts) -> Step {
        match outcome {
            Outcome::Unused => Step::idle(),
            Outcome::Stays => Step::changed(),
            Outcome::Closed => {
                self.form = None;
                Step::changed()
            }
            Outcome::Done(deed) => self.perform(deed, facts),
        }
    }

    fn press_search(&mut self, chord: Chord, facts: &Facts) -> Step {
        match chord.key {
            Key::Esc => {
                self.search = None;
                self.is_searching = false;
                self.found_anew()
            }
            Key::Enter => {
                self.is_searching = false;
                self.act(Action::Open, facts)
            }
            Key::Up => self.move_by(-1),
            Key::Down => self.move_by(1),
            _ => {
                let field = self.search.as_mut();
                if field.is_some_and(|field| field.press(chord)) {
                    return self.found_anew();
                }
                Step::idle()
            }
        }
    }

    fn found_anew(&mut self) -> Step {
        self.chosen = 0;
        self.find();
        Step::changed()
    }

    pub(super) fn on_paste(&mut self, text: &str) -> Step {
        if let Some(form) = &mut self.form {
            form.paste(text);
            return Step::changed();
        }
        match &mut self.search {
            Some(field) if self.is_searching => {
                field.paste(text);
                self.found_anew()
            }
            _ => Step::idle(),
        }
    }

    pub(super) fn act(&mut self, action: Action, facts: &Facts) -> Step {
        if !self.can(action) {
            return Step::idle();
        }
        match action {
            Action::Up => self.move_by(-1),
            Action::Down => self.move_by(1),
            Action::PageUp => self.move_by(-PAGE),
            Action::PageDown => self.move_by(PAGE),
            Action::Open => {
                self.open = self.meant().map(|key| (key.hash.to_string(), 0));
                Step::changed()
            }
            Action::Back => {
                if self.open.take().is_none() {
                    self.search = None;
                    return self.found_anew();
                }
                Step::changed()
            }
            Action::Search => {
                self.search.get_or_insert_with(Field::open);
                self.is_searching = true;
                Step::changed()
            }
            Action::New => {
                let lodgings = self.ring.as_ref().map(|ring| ring.lodgings.as_slice());
                self.ask(Form::create(lodgings.unwrap_or_default()))
            }
            Action::Rename => self.ask_about(Form::rename),
            Action::Limit => self.ask_about(Form::limit),
            Action::Delete => {
                let own = self.ring.as_ref().and_then(|ring| ring.own.clone());
                self.ask_about(|key| {
                    let is_own = own.as_deref() == Some(key.hash.as_str());
                    Form::delete(key, is_own)
                })
            }
            Action::Cap => match self.guardrail().cloned() {
                Some(guardrail) => self.ask(Form::cap(guardrail)),
                None => Step::idle(),
            },
            Action::Switch => self.switch(facts),
            Action::Rotate => match self.meant().cloned() {
                Some(key) => self.plan_rotation(&key, facts),
                None => Step::idle(),
            },
            Action::Management => Step::effect(Effect::OpenPage(WebPage::ManagementKeys)),
            Action::Refresh => self.list(facts),
        }
    }

    /// Whether an action does anything now: what does nothing is not offered.
    pub(super) fn can(&self, action: Action) -> bool {
        if self.form.is_some() || self.made.is_some() || self.rotation.is_some() {
            return false;
        }
        match action {
            Action::Open | Action::Search => self.open.is_none() && self.meant().is_some(),
            Action::Back => self.open.is_some() || self.search.is_some(),
            Action::New => self.ring.is_some(),
            Action::Cap => self.open.is_none() && self.guardrail().is_some(),
            Action::Rename | Action::Limit | Action::Delete | Action::Switch | Action::Rotate => {
                self.meant().is_some()
            }
            Action::Management => {
                let trouble = self.trouble.as_deref();
                self.ring.is_none() && trouble.is_some_and(wants_management_key)
            }
            Action::Up | Action::Down | Action::PageUp | Action::PageDown => {
                let is_long = self.open.is_some() && self.most > 0;
                is_long || self.open.is_none() && self.found().len() > 1
            }
            Action::Refresh => true,
        }
    }

    /// What every key may spend, where the server tells.
    fn guardrail(&self) -> Option<&Guardrail> {
        self.ring.as_ref()?.guardrail.as_ref()
    }

    fn ask(&mut self, form: Form) -> Step {
        self.form = Some(form);
        Step::changed()
    }

    fn ask_about(&mut self, form: impl FnOnce(ManagedKey) -> Form) -> Step {
        match self.meant().cloned() {
            Some(key) => self.ask(form(key)),
            None => Step::idle(),
        }
    }

    fn switch(&mut self, facts: &Facts) -> Step {
        let Some(key) = self.meant().cloned() else {
            return Step::idle();
        };
        let is_own = self.ring.as_ref().is_some_and(|ring| ring.is_own(&key));
        if !key.disabled && is_own {
            let menu = Menu::new(SWITCH_OFF, Said::new(words::SWITCH_OFF, &[&called(&key)]))
                .say(words::IN_USE)
                .answer(words::LEAVE_IT, None)
                .answer(words::DO_SWITCH, None)
                .yes(1);
            self.asked_about = Some(key);
            return Step::intent(Intent::Ask(menu));
        }
        self.do_switch(key, facts)
    }

    fn do_switch(&mut self, key: ManagedKey, facts: &Facts) -> Step {
        let change = KeyChange {
            disabled: Some(!key.disabled),
            ..KeyChange::default()
        };
        self.perform(KeyDeed::Change(Box::new(key), change), facts)
    }

    /// Has it done; one thing at a time.
    fn perform(&mut self, deed: KeyDeed, facts: &Facts) -> Step {
        if self.doing.is_some() {
            return Step::intent(Intent::Tell(Notice::trouble(words::IS_BUSY)));
        }
        let ticket = self.tickets.take();
        self.doing = Some(Doing {
            ticket,
            of: self.of.clone(),
        });
        Step::effect(Effect::DoToKey {
            ticket,
            account: Box::new(account(facts)),
            deed,
        })
    }

    fn move_by(&mut self, rows: isize) -> Step {
        if let Some((_, scroll)) = &mut self.open {
            let rows = i16::try_from(rows).unwrap_or(0);
            let to = scroll.saturating_add_signed(rows).min(self.most);
            let is_moved = std::mem::replace(scroll, to) != to;
            return if is_moved {
                Step::changed()
            } else {
                Step::idle()
            };
        }
        let last = self.found().len().saturating_sub(1);
        let to = self.chosen.saturating_add_signed(rows).min(last);
        if std::mem::replace(&mut self.chosen, to) == to {
            return Step::idle();
        }
        Step::changed()
    }

    pub(super) fn on_answer(&mut self, name: &str, given: &Given, facts: &Facts) -> Step {
        let asked_about = self.asked_about.take();
        match (name, given, asked_about) {
            (SWITCH_OFF, Given::Choice(1), Some(key)) => self.do_switch(key, facts),
            _ => Step::idle(),
        }
    }

    pub(super) fn on_touch(&mut self, touch: Touch, facts: &Facts) -> Step {
        let Touch::Choice(row) = touch else {
            return Step::idle();
        };
        if self.made.take().is_some() {
            return Step::changed();
        }
        if self.rotation.is_some() {
            return self.take_choice(row, facts);
        }
        if let (Some(form), Some(ring)) = (&mut self.form, &self.ring) {
            let outcome = form.click(ring);
            return self.came_of_form(outcome, facts);
        }
        if self.open.is_some() {
            return Step::idle();
        }
        let last = self.found().len().saturating_sub(1);
        self.chosen = row.min(last);
        self.act(Action::Open, facts)
    }

    pub(super) fn on_wheel(&mut self, rows: i16) -> Step {
        self.move_by(rows.into())
    }

    pub(super) fn on_receive(&mut self, reply: &Reply, facts: &Facts) -> Step {
        match reply {
            Reply::KeysListed { ticket, ring } if self.listing == Some(*ticket) => {
                self.listing = None;
                match ring {
                    Ok(ring) => {
                        let chosen = self.meant().map(|key| key.hash.clone());
                        self.ring = Some(ring.clone());
                        self.trouble = None;
                        self.find();
                        let place = |hash| self.found().position(|key| key.hash == hash);
                        self.chosen = chosen.and_then(place).unwrap_or(0);
                        if self.meant().is_none() {
                            self.open = None;
                        }
                    }
                    Err(diagnosis) => self.trouble = Some(diagnosis.clone()),
                }
                Step::changed()
            }
            Reply::KeyDealtWith { ticket, done }
                if self.doing.as_ref().is_some_and(|it| it.ticket == *ticket) =>
            {
                let doing = self.doing.take();
                let is_theirs = doing.is_some_and(|doing| self.of == doing.of);
                match done {
                    Ok(done) if is_theirs => self.done(done, facts),
                    // The keys on show are others; a key that is told this once is shown all the same.
                    Ok(KeyDone::Created(made)) => {
                        self.made = Some(made.clone());
                        was_made(made)
                    }
                    Ok(_) => Step::idle(),
                    Err(diagnosis) => self.failed(diagnosis, facts),
                }
            }
            Reply::RotationTold { ticket, told } => self.hear_rotation(*ticket, told, facts),
            // Another server: what was told belongs to the old one.
            Reply::SandboxStarted { base_url: Ok(_) } => {
                self.forget();
                Step::idle()
            }
            _ => Step::idle(),
        }
    }

    fn done(&mut self, done: &KeyDone, facts: &Facts) -> Step {
        self.form = None;
        match done {
            KeyDone::Created(made) => {
                self.open = None;
                self.search = None;
                self.chosen = 0;
                self.put(made.key.clone());
                self.made = Some(made.clone());
                was_made(made)
            }
            KeyDone::Changed(after) => {
                let before = self.all().iter().find(|key| key.hash == after.hash);
                let said = before.map(|before| changed(before, after, facts.lang));
                self.put((**after).clone());
                said.map_or_else(Step::changed, done_and_told)
            }
            KeyDone::Capped(guardrail) => {
                let word = guardrail.limit_reset.as_deref();
                let cap = managed_key::cap(guardrail.limit, word, facts.lang);
                if let Some(ring) = &mut self.ring {
                    ring.guardrail = Some(guardrail.clone());
                }
                done_and_told(Said::new(words::CAPPED, &[&cap]))
            }
            KeyDone::Deleted { hash, was_there } => {
                let key = self.all().iter().find(|key| *key.hash == **hash);
                let words = if *was_there {
                    words::DELETED
                } else {
                    words::WAS_GONE
                };
                let said = key.map(|key| Said::new(words, &[&called(key)]));
                self.take_out(hash);
                said.map_or_else(Step::changed, done_and_told)
            }
        }
    }

    /// It could not be done. How things stand is asked anew: an answer that was lost may hide a change.
    pub(super) fn failed(&mut self, diagnosis: &Diagnosis, facts: &Facts) -> Step {
        let mut note = Note::new(diagnosis.title.clone());
        note.say(diagnosis.cause.clone());
        for fix in &diagnosis.fixes {
            note.say(fix.with_command());
        }
        Step::intent(Intent::ShowNote(note)).then(self.list(facts))
    }
}

/// What a change came to.
fn changed(before: &ManagedKey, after: &ManagedKey, lang: Lang) -> Said {
    let name = called(after);
    if before.disabled != after.disabled {
        let words = if after.disabled {
            words::IS_OFF
        } else {
            words::IS_ON
        };
        return Said::new(words, &[&name]);
    }
    if before.name != after.name {
        return Said::new(words::RENAMED, &[&called(before), &name]);
    }
    Said::new(words::LIMITED, &[&name, &managed_key::limit(after, lang)])
}

/// It is told now, and once more when the program ends.
fn done_and_told(words: Said) -> Step {
    let told = Step::intent(Intent::Tell(Notice::news(words.clone())));
    told.and_intent(Intent::Adopt(Fact::Wrote(words)))
}

/// A key was made. It may stand in a file now: the wizard looks again.
fn was_made(made: &KeyMade) -> Step {
    let key = &made.key;
    let said = Said::new(words::WAS_MADE, &[&called(key), &key.label]);
    let said = match &made.place {
        Some(place) => Said::joined(words::AND_IS_IN, &[said, place.clone()]),
        None => said,
    };
    let looks = Step::effect(Effect::LookAround).and_intent(Intent::Adopt(Fact::Wrote(said)));
    match made.place {
        Some(_) => looks.and_intent(Intent::Adopt(Fact::KeyWritten(true))),
        None => looks,
    }
}

/// Whose keys are meant.
pub(super) fn account(facts: &Facts) -> Account {
    let (server, key) = whose(facts);
    Account { key, server }
}

fn whose(facts: &Facts) -> Whose {
    let key = facts.key.as_ref().map(|key| key.secret.clone());
    (facts.base_url.clone(), key)
}
