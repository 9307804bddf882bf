//! A program under test, driven by events as a person drives it.

use std::path::PathBuf;

use onramp::app::App;
use onramp::domain::notify::NotifyBy;
use onramp::domain::own_models::OwnModels;
use onramp::flow::{Effect, Event, Facts, Reply, ScreenName, TalkFacts, Ticket};
use onramp::insight::alerts::AlertSettings;
use onramp::keymap::{Chord, Key};
use onramp::settings::{ColorDepth, Ground};
use onramp::text::Lang;
use onramp::ui::theme::Theme;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::Buffer;

/// A program under test: events in, effects noted, frames out.
pub struct Rehearsal {
    pub app: App,
    pub effects: Vec<Effect>,
}

impl Rehearsal {
    pub fn new(lang: Lang, is_sandbox: bool) -> Self {
        Self::with_theme(lang, is_sandbox, Theme::new(ColorDepth::Mono, Ground::Dark))
    }

    pub fn with_theme(lang: Lang, is_sandbox: bool, theme: Theme) -> Self {
        Self::knowing(facts(lang, is_sandbox), theme)
    }

    /// A program of a person who wants the terminal to call.
    pub fn calling(notify: NotifyBy) -> Self {
        let mut facts = facts(Lang::En, false);
        facts.alerts.notify = notify;
        Self::knowing(facts, Theme::new(ColorDepth::Mono, Ground::Dark))
    }

    /// A program that keeps nothing of conversations.
    pub fn unkept(lang: Lang, is_sandbox: bool) -> Self {
        let mut facts = facts(lang, is_sandbox);
        facts.talks.is_unkept = true;
        Self::knowing(facts, Theme::new(ColorDepth::Mono, Ground::Dark))
    }

    fn knowing(facts: Facts, theme: Theme) -> Self {
        let mut app = App::new(facts, theme, Some(ScreenName::Setup));
        let effects = app.start().effects;
        Self { app, effects }
    }

    pub fn event(&mut self, event: Event) -> &mut Self {
        self.effects.extend(self.app.update(event).effects);
        self
    }

    pub fn reply(&mut self, reply: Reply) -> &mut Self {
        self.event(Event::Reply(reply))
    }

    pub fn press(&mut self, chord: Chord) -> &mut Self {
        self.event(Event::Press(chord))
    }

    /// Presses keys by name: `enter`, `down`, …, or single characters.
    pub fn keys(&mut self, keys: &str) -> &mut Self {
        for key in keys.split_whitespace() {
            let chord = match key {
                "enter" => Chord::plain(Key::Enter),
                "esc" => Chord::plain(Key::Esc),
                "down" => Chord::plain(Key::Down),
                "up" => Chord::plain(Key::Up),
                "left" => Chord::plain(Key::Left),
                "right" => Chord::plain(Key::Right),
                "tab" => Chord::plain(Key::Tab),
                "pgdn" => Chord::plain(Key::PageDown),
                "f2" => Chord::plain(Key::F(2)),
                "f5" => Chord::plain(Key::F(5)),
                "ctrl-p" => Chord::ctrl('p'),
                "ctrl-c" => Chord::ctrl('c'),
                other => Chord::char(other.chars().next().expect("a key has a name")),
            };
            self.press(chord);
        }
        self
    }

    /// Clicks on a step of the rail, from 1.
    pub fn go_to(&mut self, step: u16) -> &mut Self {
        self.frame(80, 24);
        self.event(Event::Click(4, step + 1))
    }

    pub fn paste(&mut self, text: &str) -> &mut Self {
        self.event(Event::Paste(text.into()))
    }

    /// The ticket of the last request that has one.
    pub fn ticket(&self) -> Ticket {
        self.effects
            .iter()
            .rev()
            .find_map(|effect| match effect {
                Effect::CheckKey { ticket, .. }
                | Effect::LimitKey { ticket, .. }
                | Effect::SignIn { ticket, .. }
                | Effect::ReviewEnv { ticket, .. }
                | Effect::WriteEnv { ticket }
                | Effect::UndoEnv { ticket, .. }
                | Effect::ReviewCure { ticket, .. }
                | Effect::ApplyCure { ticket }
                | Effect::FindWinners { ticket }
                | Effect::CountDown { ticket, .. }
                | Effect::LearnUsage { ticket, .. }
                | Effect::AskLedger { ticket, .. }
                | Effect::RunTest { ticket, .. } => Some(*ticket),
                _ => None,
            })
            .expect("a request was made")
    }

    /// The frame, cell by cell.
    pub fn buffer(&mut self, columns: u16, rows: u16) -> Buffer {
        let mut terminal =
            Terminal::new(TestBackend::new(columns, rows)).expect("a terminal in memory");
        terminal
            .draw(|frame| self.app.draw(frame))
            .expect("a frame in memory");
        terminal.backend().buffer().clone()
    }

    /// The frame as text, one line a row, blanks at the end of a row left out.
    pub fn frame(&mut self, columns: u16, rows: u16) -> String {
        let buffer = self.buffer(columns, rows);
        let mut text = String::new();
        for y in 0..rows {
            let mut line = String::new();
            let mut skip = 0;
            for x in 0..columns {
                if skip > 0 {
                    skip -= 1;
                    continue;
                }
                let symbol = buffer[(x, y)].symbol();
                skip = onramp::ui::wrap::width(symbol).saturating_sub(1);
                line.push_str(symbol);
            }
            text.push_str(line.trim_end());
            text.push('\n');
        }
        text
    }
}

fn facts(lang: Lang, is_sandbox: bool) -> Facts {
    Facts {
        lang,
        is_sandbox,
        says_simulated: None,
        base_url: if is_sandbox {
            "http://127.0.0.1:4711/api/v1".into()
        } else {
            "https://openrouter.ai/api/v1".into()
        },
        folder: PathBuf::from("/home/ada/shop"),
        is_remote: false,
        zone: jiff::tz::TimeZone::UTC,
        key: None,
        model: "openai/gpt-5-mini".into(),
        models: None,
        free_requests: None,
        own_models: OwnModels::default(),
        budget: onramp::domain::budget::Budget::default(),
        alerts: AlertSettings::default(),
        talks: TalkFacts::default(),
    }
}
