//! What a conversation costs on its way to the screen: long answers as they stream, long ones to scroll, and a key while
//! tokens come: `cargo bench --bench transcript`.

use std::cell::Cell;
use std::io::{self, Write};
use std::path::PathBuf;
use std::rc::Rc;
use std::time::{Duration, Instant};

use jiff::tz::TimeZone;
use onramp::app::App;
use onramp::domain::chat::Delta;
use onramp::flow::talk::Composed;
use onramp::flow::{Effect, Event, Facts, Reply, ScreenName};
use onramp::insight::alerts::AlertSettings;
use onramp::keymap::{Chord, Key};
use onramp::runtime::scrolling::Scrolling;
use onramp::settings::{ColorDepth, Ground};
use onramp::text::Lang;
use onramp::ui::Canvas;
use onramp::ui::theme::Theme;
use onramp::ui::transcript::{Entry, Transcript};
use ratatui::backend::TestBackend;
use ratatui::layout::{Rect, Size};
use ratatui::{Terminal, TerminalOptions, Viewport};

const COLUMNS: u16 = 120;
const ROWS: u16 = 40;
/// Bytes of a token.
const TOKEN: usize = 4;
/// Tokens between two frames when they come as fast as they can: thirty frames a second, and 0.7 s for 20,000.
const FULL_SPEED: usize = 950;

fn main() {
    full_speed();
    flatness();
    scrolling();
    echo();
    written();
    reopening();
}

fn full_speed() {
    let text = mixed(20_000);
    let took = best(3, || {
        let mut stage = Stage::new();
        for (number, token) in tokens(&text).enumerate() {
            stage.transcript.push_str(0, token);
            if number % FULL_SPEED == 0 {
                stage.draw();
            }
        }
        stage.draw();
    });
    println!(
        "20,000 tokens at full speed          {}   goal 500",
        ms(took)
    );
    let took = best(1, || {
        let mut stage = Stage::new();
        for token in tokens(&text) {
            stage.transcript.push_str(0, token);
            stage.draw();
        }
    });
    println!("the same, a frame for each token     {}", ms(took));
}

/// What a token costs, laid out and drawn, behind 1,000 others and behind 100,000.
fn flatness() {
    type Kind = (&'static str, fn(usize) -> String);
    let kinds: [Kind; 5] = [
        ("all elements", mixed),
        ("one paragraph", |count| {
            "some **words** and more, ".repeat(count / 6)
        }),
        ("one line of code", |count| {
            format!("```rust\n{}", "let a = b; ".repeat(count / 2))
        }),
        ("one block of code", |count| {
            format!("```rust\n{}", "    let a = \"b\"; // c\n".repeat(count / 5))
        }),
        ("one table", |count| {
            format!(
                "a|b|c\n-|-|-\n{}",
                "some words|`code`|1,000\n".repeat(count / 6)
            )
        }),
    ];
    for (name, text) in kinds {
        let cost = |count: usize| {
            let text = text(count + 400);
            let (before, last) = text.split_at(text.len() - 400 * TOKEN);
            best(5, || {
                let mut stage = Stage::new();
                stage.transcript.push_str(0, before);
                stage.draw();
                let began = Instant::now();
                for token in tokens(last) {
                    stage.transcript.push_str(0, token);
                    stage.draw();
                }
                stage.took = Some(began.elapsed());
                stage
            })
        };
        let (short, long) = (cost(1_000), cost(100_000));
        let ratio = long.as_secs_f64() / short.as_secs_f64();
        println!(
            "a token behind 1,000 and 100,000, {name:17} {:6.1} µs {:6.1} µs   ratio {ratio:.2}, goal 1.3",
            short.as_secs_f64() * 1e6 / 400.0,
            long.as_secs_f64() * 1e6 / 400.0,
        );
    }
}

fn scrolling() {
    let mut stage = Stage::new();
    while stage.transcript.rows() < 100_000 {
        stage
            .transcript
            .push(Entry::question("You", "And what else?"));
        stage
            .transcript
            .push(Entry::answer("a/model", &mixed(5_000)));
        stage.draw();
    }
    let mut frames: Vec<Duration> = Vec::new();
    stage.transcript.to_start();
    for number in 0..2_000 {
        let began = Instant::now();
        stage
            .transcript
            .scroll(if number % 40 == 39 { 1_777 } else { 3 });
        stage.draw();
        frames.push(began.elapsed());
    }
    frames.sort();
    println!(
        "a scrolled frame of {:7} rows     {}   at worst {}   goal 4",
        stage.transcript.rows(),
        ms(frames[1_000]),
        ms(frames[1_999])
    );
}

/// A key while 1,000 tokens a second come: what came since the last frame is taken in, then the key, then all is drawn.
fn echo() {
    let text = mixed(20_000);
    let mut app = App::new(facts(), theme(), Some(ScreenName::Chat));
    app.start();
    let mut terminal =
        Terminal::new(TestBackend::new(COLUMNS, ROWS)).expect("a terminal in memory");
    app.update(Event::Paste("Go on".into()));
    let asked = app.update(Event::Press(Chord::plain(Key::Enter)));
    let ticket = asked.effects.iter().find_map(|effect| match effect {
        Effect::Compose { ticket, .. } => Some(*ticket),
        _ => None,
    });
    let ticket = ticket.expect("a question is made ready");
    let composed = Box::new(Composed {
        sent: "Go on".into(),
        media: Vec::new(),
        tokens: 0,
        attached: Vec::new(),
        refused: Vec::new(),
        passed_over: vec![],
        absent: None,
        over_budget: None,
        secrets: Vec::new(),
        at: "2026-11-25T14:00:00Z".parse().expect("a time"),
        fresh_id: "20261125T140300-abcd".into(),
        project: None,
    });
    let sent = app.update(Event::Reply(Reply::Composed { ticket, composed }));
    let ticket = sent.effects.iter().find_map(|effect| match effect {
        Effect::Converse { ticket, .. } => Some(*ticket),
        _ => None,
    });
    let ticket = ticket.expect("a question is sent");
    let mut echoes: Vec<Duration> = Vec::new();
    let all: Vec<&str> = tokens(&text).collect();
    for (number, some) in all.chunks(33).enumerate() {
        let began = Instant::now();
        for token in some {
            let delta = Delta::Text((*token).to_owned());
            app.update(Event::Reply(Reply::Spoken { ticket, delta }));
        }
        let key = if number % 60 == 59 {
            Chord::ctrl('u')
        } else {
            Chord::char('x')
        };
        app.update(Event::Press(key));
        terminal
            .draw(|frame| app.draw(frame))
            .expect("a frame in memory");
        echoes.push(began.elapsed());
    }
    echoes.sort();
    let worst = echoes.last().copied().unwrap_or_default();
    println!(
        "key to echo, 1,000 tokens/s stream   {}   at worst {}   goal 8",
        ms(echoes[echoes.len() / 2]),
        ms(worst)
    );
}

/// What reaches the terminal of 6,000 tokens at 300 a second.
fn written() {
    let count = Rc::new(Cell::new(0));
    let options = TerminalOptions {
        viewport: Viewport::Fixed(Rect::new(0, 0, COLUMNS, ROWS)),
    };
    let backend = Scrolling::new(Counter(Rc::clone(&count))).blank(Size::new(COLUMNS, ROWS));
    let mut terminal = Terminal::with_options(backend, options).expect("a terminal that counts");
    let mut transcript = Transcript::new();
    transcript.push(Entry::answer("a/model", ""));
    let text = mixed(6_000);
    for (number, token) in tokens(&text).enumerate() {
        transcript.push_str(0, token);
        if number % 10 == 9 {
            let drawn = terminal.draw(|frame| {
                let mut canvas = Canvas::new(frame, theme(), Lang::En);
                let area = canvas.area();
                transcript.draw(&mut canvas, area);
            });
            drawn.expect("a frame that is counted");
        }
    }
    println!(
        "bytes written of 6,000 tokens        {:8.1} KB   goal 150",
        f64::from(count.get()) / 1_000.0
    );
}

fn reopening() {
    let text = mixed(20_000);
    let took = best(5, || {
        let mut stage = Stage::empty();
        stage
            .transcript
            .push(Entry::question("You", "Tell me all."));
        stage.transcript.push(Entry::answer("a/model", &text));
        stage.draw();
    });
    println!(
        "20,000 tokens opened again           {}   goal 60",
        ms(took)
    );
}

/// A transcript in front of a terminal in memory.
struct Stage {
    transcript: Transcript,
    terminal: Terminal<TestBackend>,
    /// What of a run counts, where not all of it does.
    took: Option<Duration>,
}

impl Stage {
    fn empty() -> Self {
        let terminal = Terminal::new(TestBackend::new(COLUMNS, ROWS));
        Self {
            transcript: Transcript::new(),
            terminal: terminal.expect("a terminal in memory"),
            took: None,
        }
    }

    fn new() -> Self {
        let mut stage = Self::empty();
        stage.transcript.push(Entry::answer("a/model", ""));
        stage
    }

    fn draw(&mut self) {
        let drawn = self.terminal.draw(|frame| {
            let mut canvas = Canvas::new(frame, theme(), Lang::En);
            let area = canvas.area();
            self.transcript.draw(&mut canvas, area);
        });
        drawn.expect("a frame in memory");
    }
}

/// Counts what is written.
struct Counter(Rc<Cell<u32>>);

impl Write for Counter {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0
            .set(self.0.get() + u32::try_from(bytes.len()).unwrap_or(u32::MAX));
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// How long a run took.
trait Took {
    fn took(self, whole: Duration) -> Duration;
}

impl Took for () {
    fn took(self, whole: Duration) -> Duration {
        whole
    }
}

impl Took for Stage {
    fn took(self, whole: Duration) -> Duration {
        self.took.unwrap_or(whole)
    }
}

/// The best of some runs.
fn best<T: Took>(runs: usize, mut work: impl FnMut() -> T) -> Duration {
    let took = (0..runs).map(|_| {
        let began = Instant::now();
        let done = work();
        let whole = began.elapsed();
        done.took(whole)
    });
    took.min().unwrap_or_default()
}

fn ms(took: Duration) -> String {
    format!("{:8.2} ms", took.as_secs_f64() * 1e3)
}

fn theme() -> Theme {
    Theme::new(ColorDepth::True, Ground::Dark)
}

/// A text of about so many tokens with every element of Markdown.
fn mixed(count: usize) -> String {
    const PARTS: [&str; 2] = [
        include_str!("../assets/showcase.md"),
        include_str!("../assets/showcase.zh.md"),
    ];
    let mut text = String::new();
    let mut parts = PARTS.iter().cycle();
    while text.len() < count * TOKEN {
        text.push_str(parts.next().expect("a cycle never ends"));
        text.push('\n');
    }
    text.truncate(text.floor_char_boundary(count * TOKEN));
    text
}

fn tokens(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let (token, behind) = rest.split_at_checked(rest.ceil_char_boundary(TOKEN))?;
        rest = behind;
        (!token.is_empty()).then_some(token)
    })
}

fn facts() -> Facts {
    Facts {
        lang: Lang::En,
        is_sandbox: true,
        says_simulated: None,
        base_url: "https://openrouter.ai/api/v1".into(),
        folder: PathBuf::from("/home/ada/shop"),
        is_remote: false,
        zone: TimeZone::UTC,
        key: None,
        model: "openai/gpt-5-mini".into(),
        models: None,
        free_requests: None,
        own_models: onramp::domain::own_models::OwnModels::default(),
        budget: onramp::domain::budget::Budget::default(),
        alerts: AlertSettings::default(),
        talks: onramp::flow::TalkFacts::default(),
    }
}
