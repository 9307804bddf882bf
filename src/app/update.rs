//! What happens to the app: keys that work everywhere, then the top overlay, then the screen.

use ratatui::layout::Position;

use super::keys::{Action, BINDINGS};
use super::model::{App, Leaving};
use crate::flow::step::Fact;
use crate::flow::{Effect, Event, ScreenName, Step};
use crate::keymap::{self, Chord, Hint, hints};
use crate::screens::help::Help;
use crate::screens::overlay::Overlay;
use crate::screens::palette::Palette;
use crate::screens::screen::Pointer;
use crate::screens::sheet::{Given, Verdict};
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
    pub(super) fn join(&mut self, other: Self) {
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
        let before = self.active;
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
        let mut outcome = self.follow(left, before);
        outcome.join(self.follow(came, at));
        // Whatever the screen itself has to do: another one is to be seen.
        outcome.is_changed |= at != before;
        if follows != followed {
            outcome.effects.insert(0, Effect::FollowMouse(follows));
        }
        outcome
    }

    pub(super) fn go(&mut self, name: ScreenName) -> Outcome {
        let at = self.screens.iter().position(|stage| stage.name == name);
        match at {
            Some(at) if at != self.active => {
                self.may_yield = false;
                // Another screen is in front, whether or not it has anything to do for that.
                Outcome {
                    is_changed: true,
                    ..self.come_to(at)
                }
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
                if let Some(top) = self.overlay_mut() {
                    let verdict = top.take_line(&line);
                    return self.close_or_stay(&verdict);
                }
                let stage = &mut self.screens[self.active];
                let step = stage.screen.take_line(&line, &self.facts);
                self.follow(step, self.active)
            }
            Event::Focus(has_focus) => {
                let step = self.screens[self.active]
                    .screen
                    .focus(has_focus, &self.facts);
                self.follow(step, self.active)
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
        self.follow(step, self.active)
    }

    fn wheel(&mut self, rows: i16) -> Outcome {
        if let Some(top) = self.overlay_mut() {
            let verdict = top.wheel(rows);
            return self.close_or_stay(&verdict);
        }
        let step = self.screens[self.active].screen.wheel(rows);
        self.follow(step, self.active)
    }

    fn press(&mut self, chord: Chord) -> Outcome {
        let had_notice = self.notice.take().is_some();
        let mut outcome = self.press_through(chord);
        outcome.is_changed |= had_notice;
        outcome
    }

    fn press_through(&mut self, chord: Chord) -> Outcome {
        let types_here = chord.typed().is_some()
            && match self.overlay() {
                Some(overlay) => overlay.is_typing(),
                None => self.screen().is_typing(),
            };
        if !types_here
            && let Some(action) = keymap::action(BINDINGS, chord)
            && let Some(outcome) = self.act(action)
        {
            return outcome;
        }
        if let Some(top) = self.overlay_mut() {
            let verdict = top.press(chord);
            return self.close_or_stay(&verdict);
        }
        let step = self.screens[self.active].screen.press(chord, &self.facts);
        self.follow(step, self.active)
    }

    /// `None`: not in this place.
    fn act(&mut self, action: Action) -> Option<Outcome> {
        let changed = Outcome {
            is_changed: true,
            ..Outcome::default()
        };
        match action {
            Action::Interrupt => {
                let is_open = self.overlays.is_empty();
                let screen = &mut self.screens[self.active].screen;
                let given_up = is_open.then(|| screen.interrupt(&self.facts)).flatten();
                match given_up {
                    Some(step) => return Some(self.follow(step, self.active)),
                    None => self.leaving = Some(Leaving::Interrupt),
                }
            }
            Action::Quit if self.overlays.is_empty() => self.leaving = Some(Leaving::Quit),
            Action::Quit => {
                let verdict = self.overlay().map_or(Verdict::Idle, Overlay::close);
                return Some(self.close_or_stay(&verdict));
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
                self.show_help(self.active);
            }
            Action::Palette if self.overlays.is_empty() => {
                let mut actions = self.screen_hints();
                actions.extend(hints(BINDINGS));
                let page = self.screen().page(&self.facts);
                let palette = Palette::new(&page, actions);
                self.lay(Overlay::Palette(palette), self.active);
            }
            Action::Help | Action::Palette | Action::Go(_) => return None,
        }
        Some(changed)
    }

    /// Every key of the screen in front and of the program.
    pub(super) fn show_help(&mut self, by: usize) {
        let everywhere = hints(BINDINGS).collect();
        let sheet = Help::new(self.screen_hints(), everywhere, self.screen().remarks());
        self.lay(Overlay::Help(sheet), by);
    }

    fn screen_hints(&self) -> Vec<Hint> {
        self.screen().hints(&self.facts)
    }

    /// What the last line shows now.
    pub(super) fn bar(&self) -> Vec<Hint> {
        if let Some(top) = self.overlay() {
            top.hints()
        } else {
            let mut bar = self.screen_hints();
            for hint in bar.iter_mut().filter(|hint| hint.rank > 0) {
                hint.rank = hint.rank.saturating_add(1);
            }
            bar.extend(hints(BINDINGS));
            if self.screen().is_typing() {
                // What would be typed into the field is no key here; the list of all actions is the way out then, and only
                // the keys that a moment is about stay longer.
                bar.retain(|hint| hint.chord.is_some_and(|chord| chord.typed().is_none()));
                let palette = bar.iter_mut().filter(|hint| hint.name == "palette");
                palette.for_each(|hint| hint.rank = 2);
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
                // Whichever screen is in front by now: the answer is for the one that asked.
                let asker = self.overlays.pop().map_or(self.active, |laid| laid.by);
                let screen = &mut self.screens[asker].screen;
                let step = screen.answer(name, given, &self.facts);
                let mut outcome = self.follow(step, asker);
                outcome.is_changed = true;
                outcome
            }
            Verdict::Seek(name, ref words) => {
                let asker = self.overlays.last().map_or(self.active, |laid| laid.by);
                let screen = &mut self.screens[asker].screen;
                let step = screen.answer(name, &Given::Text(words.clone()), &self.facts);
                let mut outcome = self.follow(step, asker);
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
            Verdict::ListModels => {
                if let Some(Overlay::Models(picker)) = self.overlay_mut() {
                    picker.wait_again();
                }
                Outcome {
                    effects: vec![self.list_models()],
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
        self.follow(step, self.active)
    }

    /// A chord that stands for an action by name: it is never typed into a field.
    fn press_named(&mut self, chord: Chord) -> Outcome {
        if let Some(action) = keymap::action(BINDINGS, chord) {
            return self.act(action).unwrap_or_default();
        }
        let step = self.screens[self.active]
            .screen
            .press_named(chord, &self.facts);
        self.follow(step, self.active)
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
        if let Some(top) = self.overlay_mut() {
            let Touch::Choice(choice) = touch else {
                return Outcome::default();
            };
            let verdict = top.choose(choice);
            return self.close_or_stay(&verdict);
        }
        let step = self.screens[self.active].screen.touch(touch, &self.facts);
        self.follow(step, self.active)
    }

    fn paste(&mut self, text: &str) -> Outcome {
        self.notice = None;
        if let Some(top) = self.overlay_mut() {
            let verdict = top.paste(text);
            return self.close_or_stay(&verdict);
        }
        let step = self.screens[self.active].screen.paste(text, &self.facts);
        self.follow(step, self.active)
    }
}
