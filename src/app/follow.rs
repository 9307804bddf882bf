//! What a screen asks of the app.

use super::model::App;
use super::update::Outcome;
use crate::flow::step::Fact;
use crate::flow::{Effect, Intent, Notice, ScreenName, Step};
use crate::screens::chat;
use crate::screens::menu_sheet::MenuSheet;
use crate::screens::model_picker::ModelPicker;
use crate::screens::note_sheet::NoteSheet;
use crate::screens::overlay::Overlay;
use crate::screens::qr_sheet::QrSheet;
use crate::screens::sheet::Given;
use crate::screens::trouble_sheet::TroubleSheet;
use crate::text::Phrase;

impl App {
    /// Does what the screen with this number asks, in its order.
    pub(super) fn follow(&mut self, step: Step, by: usize) -> Outcome {
        const NO_LIST: Phrase = Phrase::new(
            "the list of models is not here yet; /model NAME takes one by its name",
            "还没有模型列表；可用 /model 名称 指定",
        );
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
                Intent::Ask(menu) => self.lay(Overlay::Menu(MenuSheet::new(menu)), by),
                Intent::PickModel { name, query } => {
                    let own = &self.facts.own_models;
                    let models = self.facts.models.clone();
                    let picker = models
                        .map(|models| ModelPicker::new(name, models, own).looking_for(&query));
                    match picker {
                        Some(picker) => self.lay(Overlay::Models(picker), by),
                        None => self.notice = Some(Notice::trouble(NO_LIST)),
                    }
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
                Intent::Quit => self.is_over = true,
            }
        }
        outcome
    }

    /// Takes a fact over; some are to be kept beyond this run.
    pub(super) fn adopt(&mut self, fact: Fact) -> Option<Effect> {
        let effect = self.take_over(fact);
        // Nothing that is simulated is kept.
        self.farewell.has_kept |= effect.is_some() && !self.facts.is_sandbox;
        effect
    }

    fn take_over(&mut self, fact: Fact) -> Option<Effect> {
        match fact {
            Fact::Key(key) => self.facts.key = Some(*key),
            Fact::Wrote(said) => self.farewell.wrote.push(said),
            Fact::KeyWritten(has_key) => self.farewell.has_key = has_key,
            Fact::BaseUrl(url) => self.facts.base_url = url,
            Fact::Model(model) => {
                self.facts.model.clone_from(&model);
                if !self.facts.is_sandbox {
                    self.farewell.model = Some(model.clone());
                }
                return Some(Effect::KeepModel(model));
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
                let is_news = self.facts.own_models.recent.first() != Some(&model);
                self.facts.own_models.used(&model);
                return is_news.then_some(Effect::KeepRecent(model));
            }
            Fact::FreeRequests(free) => self.facts.free_requests = free,
            Fact::Alerts(alerts) => {
                self.facts.alerts = alerts;
                return Some(Effect::KeepAlerts(alerts));
            }
        }
        None
    }
}
