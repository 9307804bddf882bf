//! The usage screen full to the brim, 90 days of 30 models by 3 providers and 1,000 models to price: what a
//! refresh and a key press cost, drawing included: `cargo bench --bench usage`.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use onramp::app::App;
use onramp::domain::figures::{DayFigures, Figures, Gathered, Known};
use onramp::domain::model_card::ModelCard;
use onramp::domain::money::Usd;
use onramp::domain::own_models::OwnModels;
use onramp::flow::usage::UsageTold;
use onramp::flow::{Effect, Event, Facts, Reply, ScreenName, TalkFacts, Ticket};
use onramp::insight::alerts::{AlertSettings, Thresholds};
use onramp::insight::outlook::{Outlook, Seen};
use onramp::keymap::{Chord, Key};
use onramp::settings::{ColorDepth, Ground};
use onramp::text::Lang;
use onramp::ui::theme::Theme;
use ratatui::Terminal;
use ratatui::backend::TestBackend;

const DAYS: i64 = 90;
const MODELS: u64 = 30;
const LISTED: u64 = 1_000;
const RUNS: usize = 21;

fn main() {
    let mut stage = Stage::new();
    let told = told();
    println!(
        "{} rows and {LISTED} models, 120 × 40; the best of {RUNS} runs",
        told.local.as_ref().map_or(0, Vec::len)
    );
    let refreshed = best(|| stage.learn(&told));
    println!("a refresh, drawn                 {}", ms(refreshed));
    stage.press(Chord::char('r'));
    let moved = best(|| stage.press(Chord::plain(Key::Down)));
    println!("a key among 90 days, drawn       {}   goal 8", ms(moved));
    stage.press(Chord::plain(Key::Tab));
    let moved = best(|| stage.press(Chord::plain(Key::Down)));
    println!("a key among 30 models, drawn     {}   goal 8", ms(moved));
    for _ in 0..5 {
        stage.press(Chord::plain(Key::Tab));
    }
    let moved = best(|| stage.press(Chord::plain(Key::Down)));
    println!("a key among 1,000 prices, drawn  {}   goal 8", ms(moved));
}

/// A program in front of a terminal in memory.
struct Stage {
    app: App,
    terminal: Terminal<TestBackend>,
    ticket: Ticket,
}

impl Stage {
    fn new() -> Self {
        let facts = Facts {
            lang: Lang::En,
            is_sandbox: false,
            says_simulated: None,
            base_url: "https://openrouter.ai/api/v1".into(),
            folder: PathBuf::from("/home/ada/shop"),
            is_remote: false,
            zone: TimeZone::UTC,
            key: None,
            model: "openai/gpt-5-mini".into(),
            models: None,
            free_requests: None,
            own_models: OwnModels::default(),
            budget: onramp::domain::budget::Budget::default(),
            alerts: AlertSettings::default(),
            talks: TalkFacts::default(),
        };
        let theme = Theme::new(ColorDepth::True, Ground::Dark);
        let mut app = App::new(facts, theme, Some(ScreenName::Usage));
        let effects = app.start().effects;
        let asked = effects.iter().find_map(|effect| match effect {
            Effect::LearnUsage { ticket, .. } => Some(*ticket),
            _ => None,
        });
        let terminal = Terminal::new(TestBackend::new(120, 40));
        Self {
            app,
            terminal: terminal.expect("a terminal in memory"),
            ticket: asked.expect("it asks for figures at once"),
        }
    }

    /// What the world tells while it is still being asked: so it can be told again.
    fn learn(&mut self, told: &UsageTold) {
        let reply = Reply::UsageLearned {
            ticket: self.ticket,
            told: Box::new(told.clone()),
        };
        self.app.update(Event::Reply(reply));
        self.draw();
    }

    fn press(&mut self, chord: Chord) {
        self.app.update(Event::Press(chord));
        self.draw();
    }

    fn draw(&mut self) {
        let drawn = self.terminal.draw(|frame| self.app.draw(frame));
        drawn.expect("a frame in memory");
    }
}

fn told() -> UsageTold {
    let now: Timestamp = "2026-11-25T14:00:00Z".parse().expect("a time");
    let known = |value| Known { as_of: now, value };
    let rows = rows(now);
    let figures = Figures {
        daily: Some(known(rows.clone())),
        ..Figures::default()
    };
    let models = models();
    let thresholds = Thresholds::default();
    let outlook = Outlook::of(&Seen {
        models: Some(&models),
        ..Seen::of(&figures, &thresholds, now)
    });
    UsageTold {
        at: now,
        of: None,
        is_unfinished: true,
        gathered: Gathered {
            figures,
            ..Gathered::default()
        },
        outlook,
        local: Ok(rows),
        open_requests: 0,
        budget: None,
        set_aside: None,
        models: Some(Known {
            as_of: now,
            value: models,
        }),
        crossed: Vec::new(),
    }
}

fn rows(now: Timestamp) -> Vec<DayFigures> {
    let today = now.to_zoned(TimeZone::UTC).date();
    let mut rows = Vec::new();
    for back in 1..=DAYS {
        for model in 0..MODELS {
            for provider in ["Anthropic", "OpenAI", "DeepInfra"] {
                rows.push(DayFigures {
                    date: today.saturating_sub(back.days()),
                    model: format!("author-{}/model-{model}", model % 7),
                    provider: Some(provider.into()),
                    requests: 3 + model,
                    prompt_tokens: 12_345 * (1 + model),
                    completion_tokens: 2_345,
                    reasoning_tokens: 345,
                    cached_tokens: 4_321,
                    cost_usd: Usd::from_picos(7_654_321_000 * i128::from(1 + model)),
                    byok_usd: Usd::ZERO,
                });
            }
        }
    }
    rows
}

fn models() -> Vec<ModelCard> {
    let models = (0..LISTED).map(|number| ModelCard {
        id: format!("author-{}/model-{number}", number % 7)
            .as_str()
            .into(),
        context_length: Some(200_000),
        prompt_price: Usd::parse("0.000003"),
        completion_price: Usd::parse("0.000015"),
        cache_read_price: Usd::parse("0.0000003"),
        input_modalities: vec!["text".into()],
        output_modalities: vec!["text".into()],
        ..ModelCard::default()
    });
    models.collect()
}

fn best(mut work: impl FnMut()) -> Duration {
    let runs = (0..RUNS).map(|_| {
        let begun = Instant::now();
        work();
        begun.elapsed()
    });
    runs.min().expect("there are runs")
}

fn ms(took: Duration) -> String {
    format!("{:8.2} ms", took.as_secs_f64() * 1_000.0)
}
