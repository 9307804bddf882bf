//! Wizard and chat as plain lines, for screen readers, logs and terminals that can do no more.
//!
//! The same app, the same pages, the same choices: each page is printed when it has settled, and one
//! line of input names a choice or fills the field. In the chat a line is a question or a command.

use std::collections::HashSet;
use std::io::{self, IsTerminal, Write};

use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

use super::Ending;
use super::effects::World;
use super::signals::{Signal, Signals};
use crate::app::App;
use crate::domain::clean_text::CleanText;
use crate::domain::stage::StageStatus;
use crate::flow::{Effect, Event, Reply};
use crate::keymap::{Chord, Key};
use crate::text::Phrase;
use crate::ui::editor::Field;
use crate::ui::page::{Block, Page};
use crate::ui::plain::{block_lines, page_lines};

mod chat;
mod input;

use self::chat::ChatLines;
use super::echo::Echo;

const ASK: Phrase = Phrase::new(
    "number, or: b back, s skip, c chat, l 中文, ? help, q quit",
    "输入编号，或：b 返回，s 跳过，c 对话，l English，? 帮助，q 退出",
);
const ASK_FIELD: Phrase = Phrase::new(
    "type it here, or a number, or: b back, s skip, c chat, l 中文, ? help, q quit",
    "在此输入，或输入编号，或：b 返回，s 跳过，c 对话，l English，? 帮助，q 退出",
);
const NO_SUCH: Phrase = Phrase::new("There is no choice {}.", "没有选项 {}。");

/// What the plain lines listen to and what they move.
pub struct Plain<'a> {
    /// The program's state.
    pub app: &'a mut App,
    /// The world that effects go to.
    pub world: &'a mut World,
    /// The world's answers.
    pub replies: UnboundedReceiver<Reply>,
    /// Signals of the system.
    pub signals: Signals,
    printed: Printed,
    chat: ChatLines,
    /// What lies round here is known: before that, the chat would ask the wrong model.
    has_looked: bool,
}

/// What was printed of the current page already.
#[derive(Default)]
struct Printed {
    /// The whole page, as it was printed last.
    page: Vec<String>,
    /// Lines of progress.
    progress: HashSet<String>,
}

/// What one line of input asks for.
enum Asked {
    Leave,
    Events(Vec<Event>),
    Nothing(String),
}

impl<'a> Plain<'a> {
    /// Plain lines.
    pub fn new(
        app: &'a mut App,
        world: &'a mut World,
        replies: UnboundedReceiver<Reply>,
        signals: Signals,
    ) -> Self {
        Self {
            app,
            world,
            replies,
            signals,
            printed: Printed::default(),
            chat: ChatLines::default(),
            has_looked: false,
        }
    }

    /// Runs until the person leaves or the input ends.
    ///
    /// # Errors
    /// The output cannot be written to.
    pub async fn run(mut self) -> io::Result<Ending> {
        let (lines, mut typed) = unbounded_channel();
        input::read_lines(lines);
        // A person may stop or add to what is under way; a pipe says all at once and waits its turn.
        let is_person = io::stdin().is_terminal();
        let started = self.app.start();
        self.perform(started.effects).await;
        loop {
            if self.app.is_over() {
                return Ok(Ending::Quit);
            }
            let is_settled = self.print()?;
            let is_heard = is_settled || (is_person && self.is_chat());
            // A secret is typed unseen.
            let field = self.app.screen().page(self.app.facts()).field();
            let hides = field.is_some_and(Field::is_masked);
            let _echo = hides.then(Echo::off);
            tokio::select! {
                biased;
                signal = self.signals.next() => {
                    if let Signal::Ends(number) = signal
                        && !self.stops(number).await
                    {
                        return Ok(Ending::Signal(number));
                    }
                }
                Some(reply) = self.replies.recv() => {
                    self.has_looked |= matches!(reply, Reply::Surroundings(_));
                    // A countdown is told once: nobody wants a line every second read out.
                    if !matches!(reply, Reply::Counted { left: 1.., .. }) {
                        self.update(Event::Reply(reply)).await;
                    }
                }
                // While something is under way there is nothing to answer yet.
                line = typed.recv(), if is_heard => {
                    let Some(line) = line else { return Ok(Ending::Quit) };
                    if self.is_chat() && !is_person {
                        // Nobody's Enter has ended the line.
                        put("\n")?;
                    }
                    let asked = self.understand(&line);
                    match asked {
                        Asked::Leave => return Ok(Ending::Quit),
                        Asked::Nothing(words) => say(&words)?,
                        Asked::Events(events) => {
                            self.printed = Printed::default();
                            for event in events {
                                self.update(event).await;
                            }
                        }
                    }
                }
            }
        }
    }

    fn is_chat(&self) -> bool {
        chat::is_in_front(self.app)
    }

    /// Ctrl+C in the chat stops what is coming, and keeps what came; whether there was something to stop.
    async fn stops(&mut self, number: u8) -> bool {
        const INTERRUPT: u8 = 2;
        if number != INTERRUPT || !self.is_chat() || self.app.screen().is_ready() {
            return false;
        }
        if self.app.overlay().is_some() {
            self.update(Event::Press(Chord::plain(Key::Esc))).await;
        }
        self.update(Event::Line(chat::STOP_ALL.to_owned())).await;
        true
    }

    async fn update(&mut self, event: Event) {
        let outcome = self.app.update(event);
        self.perform(outcome.effects).await;
    }

    async fn perform(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            match effect {
                // A program of lines is suspended by the terminal itself.
                Effect::Suspend => {}
                effect => self.world.perform(effect).await,
            }
        }
    }

    /// Prints what is new; true when the page waits for the person.
    fn print(&mut self) -> io::Result<bool> {
        if self.is_chat() {
            if self.has_looked {
                self.chat.print(self.app)?;
            }
            let asks = self.app.overlay().is_some_and(|it| !it.is_waiting());
            let waits = self.app.overlay().is_some() && !asks;
            let is_ready = asks || (!waits && self.app.screen().is_ready());
            return Ok(self.has_looked && is_ready);
        }
        let lang = self.app.facts().lang;
        while let Some(overlay) = self.app.take_overlay() {
            if let Some(page) = overlay.page(self.app.facts()) {
                say(&page_lines(&page).join("\n"))?;
            }
        }
        if let Some(notice) = self.app.take_notice() {
            say(&notice.words.say(lang))?;
        }
        if !self.app.screen().is_ready() {
            return Ok(false);
        }
        let page = self.app.screen().page(self.app.facts());
        if is_working(&page) {
            for line in progress(&page) {
                if self.printed.progress.insert(line.clone()) {
                    say(&line)?;
                }
            }
            return Ok(false);
        }
        let lines = page_lines(&page);
        if lines != self.printed.page {
            say(&format!("\n{}", lines.join("\n")))?;
            let ask = if page.field().is_some() {
                ASK_FIELD
            } else {
                ASK
            };
            prompt(ask.say(lang))?;
            self.printed.page = lines;
            self.printed.progress.clear();
        }
        Ok(true)
    }

    /// What a line means on the page as it stands. Neither a key nor a code is as short as a command or
    /// a number, so these mean themselves beside a field, too.
    fn understand(&mut self, line: &str) -> Asked {
        if self.is_chat() {
            return self.chat.understand(line, self.app);
        }
        let lang = self.app.facts().lang;
        let page = self.app.screen().page(self.app.facts());
        let word = line.trim();
        match word {
            "q" => return Asked::Leave,
            "b" => return act(Chord::plain(Key::Esc)),
            "s" => return act(Chord::char('s')),
            "l" => return act(Chord::plain(Key::F(2))),
            "?" => return act(Chord::plain(Key::F(1))),
            "c" => return act(Chord::alt('3')),
            "" => return Asked::Events(vec![Event::Choose(0)]),
            _ => {}
        }
        match word.parse::<usize>() {
            Ok(number) if (1..=page.choices()).contains(&number) => {
                Asked::Events(vec![Event::Choose(number - 1)])
            }
            _ if page.field().is_some() => {
                let enter = Event::Press(Chord::plain(Key::Enter));
                Asked::Events(vec![Event::Paste(word.to_owned()), enter])
            }
            _ => Asked::Nothing(NO_SUCH.fill(lang, &[&CleanText::line(word).shortened(40)])),
        }
    }
}

fn is_working(page: &Page<'_>) -> bool {
    page.blocks.iter().any(|block| {
        matches!(
            block,
            Block::Working(_)
                | Block::Stage {
                    status: StageStatus::Running,
                    ..
                }
        )
    })
}

/// What can be said of a page while something is under way.
fn progress(page: &Page<'_>) -> Vec<String> {
    let blocks = page
        .blocks
        .iter()
        .filter(|block| matches!(block, Block::Working(_) | Block::Stage { .. }));
    blocks.flat_map(|block| block_lines(block)).collect()
}

fn say(words: &str) -> io::Result<()> {
    let mut out = io::stdout().lock();
    writeln!(out, "{words}")?;
    out.flush()
}

fn prompt(words: &str) -> io::Result<()> {
    put(&format!("({words})\n> "))
}

/// Writes words that end no line.
fn put(words: &str) -> io::Result<()> {
    let mut out = io::stdout().lock();
    write!(out, "{words}")?;
    out.flush()
}

/// An action by its chord.
fn act(chord: Chord) -> Asked {
    Asked::Events(vec![Event::Act(chord)])
}
