//! What happens to the app: keys that work everywhere, then the top overlay, then the screen.

use ratatui::layout::Position;

use super::keys::{Action, BINDINGS};
use super::model::App;
use crate::domain::page::Page as WebPage;
use crate::flow::step::Fact;
use crate::flow::usage::Account;
use crate::flow::{Effect, Event, Intent, Notice, Reply, ScreenName, Step};
use crate::keymap::{self, Chord, Hint, hints};
use crate::screens::chat;
use crate::screens::help::Help;
use crate::screens::menu_sheet::MenuSheet;
use crate::screens::model_picker::ModelPicker;
use crate::screens::note_sheet::NoteSheet;
use crate::screens::overlay::Overlay;
use crate::screens::palette::Palette;
use crate::screens::qr_sheet::QrSheet;
use crate::screens::screen::Pointer;
use crate::screens::sheet::{Given, Verdict};
use crate::screens::trouble_sheet::TroubleSheet;
use crate::text::{Phrase, Said};
use crate::ui::Touch;
use crate::ui::canvas::touched;

/// What came of an event.
#[derive(Debug, Default)]
pub struct Outcome {
    /// What the world is asked to do.
    pub effects: Vec<Effect>,
    /// Something visible changed.
    pub is_changed: bool,
}

impl Outcome {
    fn join(&mut self, other: Self) {
        self.effects.extend(other.effects);
        self.is_changed |= other.is_changed;
    }
}

/// The chord that a click on a screen's name stands for.
pub(super) fn go_chord(at: usize) -> Chord {
    Chord::char(char::from_digit(u32::try_from(at).unwrap_or_default() + 1, 10).unwrap_or('1'))
}

impl App {
    /// The program begins. What is found round here is every screen's concern.
    pub fn start(&mut self) -> Outcome {
        let mut outcome = self.come_to(self.active);
        outcome.effects.insert(0, Effect::LookAround);
        outcome
    }

    /// Brings a screen to the front.
    fn come_to(&mut self, at: usize) -> Outcome {
        let facts = &self.facts;
        let left = if at == self.active {
            Step::idle()
        } else {
            self.screens[self.active].screen.leave()
        };
        let followed = at != self.active && self.screen().follows_mouse();
        self.active = at;
        let stage = &mut self.screens[at];
        let came = if stage.is_started {
            stage.screen.resume(facts)
        } else {
            stage.is_started = true;
            stage.screen.start(facts)
        };
        let follows = stage.screen.follows_mouse();
        let mut outcome = self.follow(left.then(came));
        if follows != followed {
            outcome.effects.insert(0, Effect::FollowMouse(follows));
        }
        outcome
    }

    fn go(&mut self, name: ScreenName) -> Outcome {
        let at = self.screens.iter().position(|stage| stage.name == name);
        match at {
            Some(at) if at != self.active => {
                self.may_yield = false;
                self.come_to(at)
            }
            _ => Outcome::default(),
        }
    }

    /// Something happened.
    pub fn update(&mut self, event: Event) -> Outcome {
        match event {
            Event::Press(chord) => self.press(chord),
            Event::Click(x, y) => match touched(&self.hits, Position { x, y }) {
                Some(touch) => self.touch(touch),
                None => self.pointer(Pointer::Down(x, y)),
            },
            Event::Drag(x, y) => self.pointer(Pointer::Drag(x, y)),
            Event::Release => self.pointer(Pointer::Up),
            Event::Act(chord) => self.press_named(chord),
            Event::Choose(choice) => self.touch(Touch::Choice(choice)),
            Event::Wheel(rows) => self.wheel(rows),
            Event::Paste(text) => self.paste(&text),
            Event::Line(line) => {
                if let Some(top) = self.overlays.last_mut() {
                    let verdict = top.take_line(&line);
                    return self.close_or_stay(&verdict);
                }
                let stage = &mut self.screens[self.active];
                let step = stage.screen.take_line(&line, &self.facts);
                self.follow(step)
            }
            Event::Focus(has_focus) => {
                let step = self.screens[self.active]
                    .screen
                    .focus(has_focus, &self.facts);
                self.follow(step)
            }
            Event::Resized(..) => Outcome {
                is_changed: true,
                ..Outcome::default()
            },
            Event::Reply(reply) => self.receive(&reply),
        }
    }

    fn pointer(&mut self, pointer: Pointer) -> Outcome {
        if !self.overlays.is_empty() {
            return Outcome::default();
        }
        let step = self.screens[self.active].screen.pointer(pointer);
        self.follow(step)
    }

    fn wheel(&mut self, rows: i16) -> Outcome {
        if let Some(top) = self.overlays.last_mut() {
            let verdict = top.wheel(rows);
            return self.close_or_stay(&verdict);
        }
        let step = self.screens[self.active].screen.wheel(rows);
        self.follow(step)
    }

    fn press(&mut self, chord: Chord) -> Outcome {
        let had_notice = self.notice.take().is_some();
        let mut outcome = self.press_through(chord);
        outcome.is_changed |= had_notice;
        outcome
    }

    fn press_through(&mut self, chord: Chord) -> Outcome {
        let types_here = chord.typed().is_some()
            && match self.overlays.last() {
                Some(Overlay::Palette(_) | Overlay::Models(_)) => true,
                Some(_) => false,
                None => self.screen().is_typing(),
            };
        if !types_here
            && let Some(action) = keymap::action(BINDINGS, chord)
            && let Some(outcome) = self.act(action)
        {
            return outcome;
        }
        if let Some(top) = self.overlays.last_mut() {
            let verdict = top.press(chord);
            return self.close_or_stay(&verdict);
        }
        let step = self.screens[self.active].screen.press(chord, &self.facts);
        self.follow(step)
    }

    /// `None`: not in this place.
    fn act(&mut self, action: Action) -> Option<Outcome> {
        let changed = Outcome {
            is_changed: true,
            ..Outcome::default()
        };
        match action {
            Action::Interrupt => {
                self.is_over = true;
                self.is_interrupted = true;
            }
            Action::Quit if self.overlays.is_empty() => self.is_over = true,
            Action::Quit => {
                self.overlays.pop();
            }
            Action::Language => {
                self.facts.lang = self.facts.lang.other();
                return Some(Outcome {
                    effects: vec![Effect::KeepLang(self.facts.lang)],
                    ..changed
                });
            }
            Action::Go(name) if self.overlays.is_empty() => return Some(self.go(name)),
            Action::Suspend => {
                return Some(Outcome {
                    effects: vec![Effect::Suspend],
                    ..changed
                });
            }
            Action::Help if self.overlays.is_empty() => {
                let sheet = Help::new(self.screen_hints(), hints(BINDINGS).collect());
                self.overlays.push(Overlay::Help(sheet));
            }
            Action::Palette if self.overlays.is_empty() => {
                let mut actions = self.screen_hints();
                actions.extend(hints(BINDINGS));
                let page = self.screen().page(&self.facts);
                let palette = Palette::new(&page, actions);
                self.overlays.push(Overlay::Palette(palette));
            }
            Action::Help | Action::Palette | Action::Go(_) => return None,
        }
        Some(changed)
    }

    fn screen_hints(&self) -> Vec<Hint> {
        self.screen().hints(&self.facts)
    }

    /// What the last line shows now.
    pub(super) fn bar(&self) -> Vec<Hint> {
        if let Some(top) = self.overlays.last() {
            top.hints()
        } else {
            let mut bar = self.screen_hints();
            bar.extend(hints(BINDINGS));
            if self.screen().is_typing() {
                // What would be typed into the field is no key here.
                bar.retain(|hint| hint.chord.is_some_and(|chord| chord.typed().is_none()));
            }
            bar
        }
    }

    fn close_or_stay(&mut self, verdict: &Verdict) -> Outcome {
        match *verdict {
            Verdict::Idle => Outcome::default(),
            Verdict::Changed => Outcome {
                is_changed: true,
                ..Outcome::default()
            },
            Verdict::Close => {
                self.overlays.pop();
                Outcome {
                    is_changed: true,
                    ..Outcome::default()
                }
            }
            Verdict::CloseChoose(choice) => {
                self.overlays.pop();
                let mut outcome = self.touch(Touch::Choice(choice));
                outcome.is_changed = true;
                outcome
            }
            Verdict::Answer(name, ref given) => {
                self.overlays.pop();
                let stage = &mut self.screens[self.active];
                let step = stage.screen.answer(name, given, &self.facts);
                let mut outcome = self.follow(step);
                outcome.is_changed = true;
                outcome
            }
            Verdict::Favour(ref model) => {
                let is_one = !self.facts.own_models.is_favourite(model);
                let model = model.clone();
                let effect = self.adopt(Fact::Favourite { model, is_one });
                Outcome {
                    effects: effect.into_iter().collect(),
                    is_changed: true,
                }
            }
            Verdict::Run(name) => {
                self.overlays.pop();
                let mut outcome = self.run(name);
                outcome.is_changed = true;
                outcome
            }
        }
    }

    /// An action by its name, of the app or of the screen in front.
    fn run(&mut self, name: &'static str) -> Outcome {
        if let Some(action) = keymap::named(BINDINGS, name) {
            return self.act(action).unwrap_or_default();
        }
        let step = self.screens[self.active].screen.run(name, &self.facts);
        self.follow(step)
    }

    /// A chord that stands for an action by name: it is never typed into a field.
    fn press_named(&mut self, chord: Chord) -> Outcome {
        if let Some(action) = keymap::action(BINDINGS, chord) {
            return self.act(action).unwrap_or_default();
        }
        let step = self.screens[self.active]
            .screen
            .press_named(chord, &self.facts);
        self.follow(step)
    }

    fn touch(&mut self, touch: Touch) -> Outcome {
        self.notice = None;
        if let Touch::Press(chord) = touch {
            return if self.overlays.is_empty() {
                self.press_named(chord)
            } else {
                self.press(chord)
            };
        }
        if touch == Touch::Language {
            return self.act(Action::Language).unwrap_or_default();
        }
        if let Some(top) = self.overlays.last_mut() {
            let Touch::Choice(choice) = touch else {
                return Outcome::default();
            };
            let verdict = top.choose(choice);
            return self.close_or_stay(&verdict);
        }
        let step = self.screens[self.active].screen.touch(touch, &self.facts);
        self.follow(step)
    }

    fn paste(&mut self, text: &str) -> Outcome {
        self.notice = None;
        if let Some(top) = self.overlays.last_mut() {
            let verdict = top.paste(text);
            return self.close_or_stay(&verdict);
        }
        let step = self.screens[self.active].screen.paste(text, &self.facts);
        self.follow(step)
    }

    fn receive(&mut self, reply: &Reply) -> Outcome {
        let own = self.hear(reply);
        let mut heard = own;
        for screen in 0..self.screens.len() {
            let step = self.screens[screen].screen.receive(reply, &self.facts);
            let outcome = self.follow(step);
            heard.join(outcome);
        }
        heard
    }

    /// What the app itself makes of a reply.
    fn hear(&mut self, reply: &Reply) -> Outcome {
        const OPENED: Phrase = Phrase::new("opened in the browser: {}", "已在浏览器中打开：{}");
        const NOT_OPENED: Phrase = Phrase::new(
            "no browser could be opened; the address is {}",
            "无法打开浏览器，地址是 {}",
        );
        const SANDBOX: Phrase = Phrase::new(
            "the sandbox answers from here on: nothing is real money",
            "现在由沙盒应答：不涉及真实费用",
        );
        const COPIED: Phrase = Phrase::new("copied", "已复制");
        match reply {
            Reply::PageOpened { page, opened } => {
                let words = if *opened { OPENED } else { NOT_OPENED };
                let said = Said::new(words, &[&shown_url(page)]);
                self.notice = Some(if *opened {
                    Notice::news(said)
                } else {
                    Notice::trouble(said)
                });
            }
            Reply::SandboxStarted {
                base_url: Ok(base_url),
            } => {
                self.facts.is_sandbox = true;
                self.facts.base_url.clone_from(base_url);
                self.facts.key = None;
                self.notice = Some(Notice::news(SANDBOX));
                // The list of another server says nothing about this one.
                self.facts.models = None;
                let server = base_url.clone();
                let account = Account { key: None, server };
                return Outcome {
                    effects: vec![Effect::ListModels(Box::new(account))],
                    is_changed: true,
                };
            }
            Reply::SandboxStarted {
                base_url: Err(diagnosis),
            } => {
                self.notice = Some(Notice::trouble(diagnosis.title.clone()));
            }
            Reply::ModelsListed(Ok(models)) => self.facts.models = Some(models.clone()),
            Reply::Copied => self.notice = Some(Notice::news(COPIED)),
            Reply::LedgerTrouble(said) => self.notice = Some(Notice::trouble(said.clone())),
            // An address is taken over once a key was accepted there.
            Reply::KeyChecked {
                server,
                verdict: Ok(_),
                ..
            } => self.facts.base_url.clone_from(server),
            Reply::Surroundings(around) => {
                if let Some(server) = &around.server {
                    self.facts.base_url.clone_from(server);
                }
                self.facts.talks.rules.clone_from(&around.memory.rules);
                if let Some(model) = &around.memory.model {
                    self.facts.model.clone_from(model);
                }
            }
            _ => return Outcome::default(),
        }
        Outcome {
            is_changed: true,
            ..Outcome::default()
        }
    }

    fn follow(&mut self, step: Step) -> Outcome {
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
                Intent::ShowQr(page) => self.overlays.push(Overlay::Qr(QrSheet::new(&page))),
                Intent::ShowTrouble(diagnosis) => {
                    self.overlays
                        .push(Overlay::Trouble(TroubleSheet::new(*diagnosis)));
                }
                Intent::Ask(menu) => self.overlays.push(Overlay::Menu(MenuSheet::new(menu))),
                Intent::PickModel(name) => {
                    let own = &self.facts.own_models;
                    let models = self.facts.models.clone();
                    let picker = models.map(|models| ModelPicker::new(name, models, own));
                    match picker {
                        Some(picker) => self.overlays.push(Overlay::Models(picker)),
                        None => self.notice = Some(Notice::trouble(NO_LIST)),
                    }
                }
                Intent::AskModel(model) => {
                    outcome.join(self.go(ScreenName::Chat));
                    let screen = &mut self.screens[self.active].screen;
                    let given = Given::Text(model);
                    let step = screen.answer(chat::MODEL, &given, &self.facts);
                    outcome.join(self.follow(step));
                }
                Intent::ShowNote(note) => self.overlays.push(Overlay::Note(NoteSheet::new(note))),
                Intent::Go(name) => outcome.join(self.go(name)),
                Intent::Attend(act) => {
                    outcome.join(self.go(ScreenName::Setup));
                    let screen = &mut self.screens[self.active].screen;
                    let step = screen.attend(&act, &self.facts);
                    outcome.join(self.follow(step));
                }
                Intent::Yield(name) if self.may_yield => outcome.join(self.go(name)),
                Intent::Yield(_) => {}
                Intent::Quit => self.is_over = true,
            }
        }
        outcome
    }

    /// Takes a fact over; some are to be kept beyond this run.
    fn adopt(&mut self, fact: Fact) -> Option<Effect> {
        match fact {
            Fact::Key(key) => self.facts.key = Some(*key),
            Fact::Wrote(said) => self.farewell.wrote.push(said),
            Fact::BaseUrl(url) => self.facts.base_url = url,
            Fact::Model(model) => {
                self.facts.model.clone_from(&model);
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
            Fact::Alerts(alerts) => {
                self.facts.alerts = alerts;
                return Some(Effect::KeepAlerts(alerts));
            }
        }
        None
    }
}

/// An address for a notice: a sign-in's query says nothing to a person.
fn shown_url(page: &WebPage) -> String {
    let url = page.url();
    url.split('?').next().unwrap_or(&url).to_owned()
}
