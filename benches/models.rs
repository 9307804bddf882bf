//! The Models screen with 1,000 models: what a letter of the search costs, alone and drawn, and what filters and
//! movement cost: `cargo bench --bench models`.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use jiff::Timestamp;
use jiff::tz::TimeZone;
use onramp::app::App;
use onramp::domain::figures::Known;
use onramp::domain::model_card::ModelCard;
use onramp::domain::money::Usd;
use onramp::domain::own_models::OwnModels;
use onramp::flow::{Event, Facts, Reply, ScreenName, TalkFacts};
use onramp::insight::alerts::AlertSettings;
use onramp::keymap::{Chord, Key};
use onramp::settings::{ColorDepth, Ground};
use onramp::text::Lang;
use onramp::ui::theme::Theme;
use ratatui::Terminal;
use ratatui::backend::TestBackend;

const LISTED: usize = 1_000;
const RUNS: usize = 31;
/// Typed letter by letter, the shortest query finds the most.
const QUERY: &str = "claude sonnet";

fn main() {
    println!("{LISTED} models, 120 × 40; the best of {RUNS} runs, the dearest letter of “{QUERY}”");
    let mut stage = Stage::new();
    let found = stage.dearest_letter(Stage::press);
    println!("a letter of the search           {}   goal 1", ms(found));
    let drawn = stage.dearest_letter(|stage, chord| {
        stage.press(chord);
        stage.draw();
    });
    println!("a letter of the search, drawn    {}   goal 8", ms(drawn));
    let sorted = best(|| stage.press(Chord::char('s')));
    println!("another order                    {}   goal 8", ms(sorted));
    let moved = best(|| {
        stage.press(Chord::plain(Key::Down));
        stage.draw();
    });
    println!("a row further, drawn             {}   goal 8", ms(moved));
}

/// A program in front of a terminal in memory.
struct Stage {
    app: App,
    terminal: Terminal<TestBackend>,
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
        let mut app = App::new(facts, theme, Some(ScreenName::Models));
        app.start();
        let list = Known {
            as_of: Timestamp::UNIX_EPOCH,
            value: models(),
        };
        let reply = Reply::ModelsListed {
            server: app.facts().base_url.clone(),
            listed: Ok(Arc::new(list)),
        };
        app.update(Event::Reply(reply));
        let terminal = Terminal::new(TestBackend::new(120, 40));
        Self {
            app,
            terminal: terminal.expect("a terminal in memory"),
        }
    }

    fn press(&mut self, chord: Chord) {
        self.app.update(Event::Press(chord));
    }

    fn draw(&mut self) {
        let drawn = self.terminal.draw(|frame| self.app.draw(frame));
        drawn.expect("a frame in memory");
    }

    /// Of each letter the best run, of these the dearest.
    fn dearest_letter(&mut self, type_one: impl Fn(&mut Self, Chord)) -> Duration {
        let mut letters = vec![Duration::MAX; QUERY.chars().count()];
        for _ in 0..RUNS {
            self.press(Chord::char('/'));
            for (letter, best) in QUERY.chars().zip(&mut letters) {
                let began = Instant::now();
                type_one(self, Chord::char(letter));
                *best = (*best).min(began.elapsed());
            }
            self.press(Chord::plain(Key::Esc));
        }
        letters.into_iter().max().unwrap_or_default()
    }
}

fn models() -> Vec<ModelCard> {
    let authors = ["anthropic", "openai", "google", "meta-llama", "mistralai"];
    let families = ["claude-sonnet", "gpt", "gemini-flash", "llama-instruct"];
    let one = |number: usize| {
        let (author, family) = (authors[number % 5], families[number % 4]);
        let price = Usd::parse(&format!("0.00000{}", number % 97)).unwrap_or_default();
        ModelCard {
            id: format!("{author}/{family}-{number}").as_str().into(),
            name: format!("{author}: {family} {number} preview")
                .as_str()
                .into(),
            context_length: Some(8_000 * (1 + number as u64 % 50)),
            prompt_price: Some(price),
            completion_price: Some(price.times(4)),
            input_modalities: vec!["text".into(), "image".into()],
            output_modalities: vec!["text".into()],
            supported_parameters: vec!["tools".into(), "seed".into()],
            created: i64::try_from(number).ok(),
            ..ModelCard::default()
        }
    };
    (0..LISTED).map(one).collect()
}

fn best(mut act: impl FnMut()) -> Duration {
    let once = |_| {
        let began = Instant::now();
        act();
        began.elapsed()
    };
    (0..RUNS).map(once).min().unwrap_or_default()
}

fn ms(time: Duration) -> String {
    format!("{:7.2} ms", time.as_secs_f64() * 1e3)
}
