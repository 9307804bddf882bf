//! What a screen asks of the app.

use super::model::{App, Leaving};
use super::update::Outcome;
use crate::flow::menu::Menu;
use crate::flow::step::Fact;
use crate::flow::usage::Account;
use crate::flow::{Effect, Intent, ScreenName, Step};
use crate::screens::chat;
use crate::screens::menu_sheet::MenuSheet;
use crate::screens::model_picker::ModelPicker;
use crate::screens::note_sheet::NoteSheet;
use crate::screens::overlay::Overlay;
use crate::screens::qr_sheet::QrSheet;
use crate::screens::sheet::Given;
use crate::screens::trouble_sheet::TroubleSheet;

impl App {
    /// Does what the screen with this number asks, in its order.
    pub(super) fn follow(&mut self, step: Step, by: usize) -> Outcome {
        let lists = |effect: &Effect| matches!(effect, Effect::ListModels(_));
        self.is_listing |= step.effects.iter().any(lists);
        let mut outcome = Outcome {
            effects: step.effects,
            is_changed: !step.is_idle,
        };
        for intent in step.intents {
            match intent {
                Intent::Tell(notice) => self.notice = Some(notice),
                Intent::Adopt(fact) => outcome.effects.extend(self.adopt(fact)),
                Intent::ShowQr(page) => self.lay(Overlay::Qr(QrSheet::new(&page)), by),
                Intent::ShowTrouble(diagnosis) => {
                    let sheet = TroubleSheet::new(*diagnosis);
                    self.lay(Overlay::Trouble(sheet), by);
                }
                Intent::Ask(menu) => self.ask(menu, by),
                Intent::PickModel { name, query } => {
                    outcome.effects.extend(self.pick_model(name, &query, by));
                }
                Intent::AskModel(model) => {
                    outcome.join(self.go(ScreenName::Chat));
                    let screen = &mut self.screens[self.active].screen;
                    let given = Given::Text(model);
                    let step = screen.answer(chat::MODEL, &given, &self.facts);
                    outcome.join(self.follow(step, self.active));
                }
                Intent::Help => self.show_help(by),
                Intent::ShowNote(note) => self.lay(Overlay::Note(NoteSheet::new(note)), by),
                Intent::Go(name) => outcome.join(self.go(name)),
                Intent::Attend(act) => {
                    outcome.join(self.go(ScreenName::Setup));
                    let screen = &mut self.screens[self.active].screen;
                    let step = screen.attend(&act, &self.facts);
                    outcome.join(self.follow(step, self.active));
                }
                Intent::Yield(name) if self.may_yield => outcome.join(self.go(name)),
                Intent::Yield(_) => {}
                Intent::Quit => self.leaving = Some(Leaving::Quit),
            }
        }
        outcome
    }

    /// Asks the person something; what other words find takes the place of what earlier ones found.
    fn ask(&mut self, menu: Menu, by: usize) {
        if let Some(Overlay::Menu(sheet)) = self.overlay_mut()
            && sheet.renew(&menu)
        {
            return;
        }
        self.lay(Overlay::Menu(MenuSheet::new(menu)), by);
    }

    /// Lets the person choose a model. Where there is no list yet it waits for one, and asks where nobody does.
    fn pick_model(&mut self, name: &'static str, query: &str, by: usize) -> Option<Effect> {
        let own = &self.facts.own_models;
        let picker = match self.facts.models.clone() {
            Some(models) => ModelPicker::new(name, models, own),
            None => ModelPicker::waiting(name, own),
        };
        let is_waiting = picker.is_waiting();
        self.lay(Overlay::Models(picker.looking_for(query)), by);
        (is_waiting && !self.is_listing).then(|| self.list_models())
    }

    /// Has the server asked for its list of models.
    pub(super) fn list_models(&mut self) -> Effect {
        self.is_listing = true;
        Effect::ListModels(Box::new(Account {
            key: self.facts.key.as_ref().map(|key| key.secret.clone()),
            server: self.facts.base_url.clone(),
        }))
    }

    /// Takes a fact over; some are to be kept beyond this run.
    pub(super) fn adopt(&mut self, fact: Fact) -> Option<Effect> {
        let is_address = matches!(fact, Fact::BaseUrl(_));
        let effect = self.take_over(fact);
        // Nothing that is simulated is kept.
        self.farewell.has_kept |= effect.is_some() && !is_address && !self.facts.is_sandbox;
        effect
    }

    fn take_over(&mut self, fact: Fact) -> Option<Effect> {
        match fact {
            Fact::Key(key) => self.facts.key = Some(*key),
            Fact::Talk(kept) => self.farewell.talk = kept,
            Fact::Wrote(said) => self.farewell.wrote.push(said),
            Fact::KeyWritten(has_key) => self.farewell.has_key = has_key,
            Fact::BaseUrl(url) => return self.turn_to(&url),
            Fact::Model(model) => {
                self.facts.model.clone_from(&model);
                let server = self.facts.base_url.clone();
                if !self.facts.is_sandbox {
                    self.farewell.model = Some(model.clone());
                }
                return Some(Effect::KeepModel { model, server });
            }
            Fact::Rules(rules) => {
                self.facts.talks.rules.clone_from(&rules);
                return Some(Effect::KeepRules(rules));
            }
            Fact::Favourite { model, is_one } => {
                self.facts.own_models.favour(&model, is_one);
                return Some(Effect::KeepFavourite { model, is_one });
            }
            Fact::Recent(model) => {
                // The question was asked and paid for, whether its model is news or not.
                self.farewell.has_kept |= !self.facts.is_sandbox;
                let is_news = self.facts.own_models.recent.first() != Some(&model);
                self.facts.own_models.used(&model);
                return is_news.then_some(Effect::KeepRecent(model));
            }
            Fact::FreeRequests(free) => self.facts.free_requests = free,
            Fact::Budget(budget) => {
                self.facts.budget = budget;
                return Some(Effect::KeepBudget(budget));
            }
            Fact::Alerts(alerts) => {
                self.facts.alerts = alerts;
                return Some(Effect::KeepAlerts(alerts));
            }
        }
        None
    }
}
