//! The loop: wait, update, start effects, draw. The terminal and every started task live here.
//!
//! Nothing changed: nothing is drawn. Nothing happens: the loop sleeps without a timer. What the person did is
//! drawn at once; what the world answers, at most every `PACE`: many tokens, one frame.

mod archivist;
pub mod browser;
pub mod echo;
mod editor;
pub mod effects;
pub mod input;
mod keeper;
mod notification;
pub mod plain;
pub mod scribe;
pub mod scrolling;
pub mod signals;
pub mod terminal;

use std::io;
use std::time::{Duration, Instant};

use crossterm::event::EventStream;
use futures_util::StreamExt;
use tokio::sync::mpsc::UnboundedReceiver;

use self::effects::World;
use self::signals::{Signal, Signals};
use self::terminal::Screen;
use crate::app::App;
use crate::flow::{Effect, Event, Reply, Ticket};

/// The shortest time between a frame and one that only shows more of what the world answers. Thirty frames a
/// second read as flowing; more cost the terminal more than they show.
const PACE: Duration = Duration::from_millis(33);

/// How the loop ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// The person left.
    Quit,
    /// The person left by Ctrl+C.
    Interrupt,
    /// A signal ended it; its number.
    Signal(u8),
    /// The terminal is gone.
    Hangup,
}

/// What the loop listens to and what it moves.
pub struct Loop<'a> {
    app: &'a mut App,
    world: &'a mut World,
    replies: UnboundedReceiver<Reply>,
    signals: Signals,
    screen: &'a mut Screen,
    inputs: EventStream,
}

impl<'a> Loop<'a> {
    /// A loop that moves `app` by what is typed and what the world answers, and draws on `screen`.
    pub fn new(
        app: &'a mut App,
        world: &'a mut World,
        replies: UnboundedReceiver<Reply>,
        signals: Signals,
        screen: &'a mut Screen,
    ) -> Self {
        Self {
            app,
            world,
            replies,
            signals,
            screen,
            inputs: EventStream::new(),
        }
    }

    /// Runs until the person leaves.
    ///
    /// # Errors
    /// The terminal cannot be drawn on.
    pub async fn run(mut self) -> io::Result<Ending> {
        // The first frame comes before anything is read from disk or network.
        self.draw()?;
        let started = self.app.start();
        let mut is_changed = self.perform(started.effects).await?;
        let mut drawn = Instant::now();
        // Something is to be drawn once its time has come.
        let mut is_due = false;
        loop {
            if self.app.is_interrupted() {
                return Ok(Ending::Interrupt);
            }
            if self.app.is_over() {
                return Ok(Ending::Quit);
            }
            if is_changed {
                self.draw()?;
                drawn = Instant::now();
                is_due = false;
            }
            is_changed = tokio::select! {
                // Signals end everything; keys before replies: a burst must not make Esc wait.
                biased;
                signal = self.signals.next() => match signal {
                    Signal::Ends(number) => return Ok(Ending::Signal(number)),
                    // Whatever drew on the terminal while the program stood still.
                    Signal::Continued => {
                        self.screen.repaint()?;
                        true
                    }
                },
                input = self.inputs.next() => match input {
                    Some(Ok(event)) => match input::translate(event) {
                        Some(event) => self.update(event).await?,
                        None => false,
                    },
                    Some(Err(_)) | None => return Ok(Ending::Hangup),
                },
                () = tokio::time::sleep_until((drawn + PACE).into()), if is_due => true,
                Some(reply) = self.replies.recv() => {
                    let is_changed = self.take_replies(reply).await?;
                    is_due |= is_changed;
                    is_changed && drawn.elapsed() >= PACE
                }
            };
        }
    }

    fn draw(&mut self) -> io::Result<()> {
        let Self { app, screen, .. } = self;
        screen.terminal.draw(|frame| app.draw(frame))?;
        Ok(())
    }

    /// Gives the terminal to the person's own editor until it ends. What the world answers waits meanwhile.
    async fn lend(&mut self, ticket: Ticket, text: &str) -> io::Result<()> {
        terminal::give_back();
        // Nobody else may read the keys now.
        self.inputs = EventStream::new();
        let outcome = editor::edit(self.world.scene(), text).await;
        self.screen.retake()?;
        // Ctrl+C was meant for the editor, whoever else heard it.
        self.signals.forget_interrupts();
        self.world.answer(Reply::Edited { ticket, outcome });
        Ok(())
    }

    /// Takes a reply and those that wait behind it: many tokens, one frame.
    async fn take_replies(&mut self, first: Reply) -> io::Result<bool> {
        const MOST: usize = 256;
        let mut is_changed = self.update(Event::Reply(first)).await?;
        for _ in 1..MOST {
            let Ok(reply) = self.replies.try_recv() else {
                break;
            };
            is_changed |= self.update(Event::Reply(reply)).await?;
        }
        Ok(is_changed)
    }

    async fn update(&mut self, event: Event) -> io::Result<bool> {
        let outcome = self.app.update(event);
        let must_draw = self.perform(outcome.effects).await?;
        Ok(outcome.is_changed || must_draw)
    }

    /// Performs effects; true when one of them left the screen to be drawn anew.
    async fn perform(&mut self, effects: Vec<Effect>) -> io::Result<bool> {
        let mut must_draw = false;
        for effect in effects {
            match effect {
                Effect::Suspend => {
                    self.screen.suspend()?;
                    must_draw = true;
                }
                Effect::EditElsewhere { ticket, text } => {
                    self.lend(ticket, &text).await?;
                    must_draw = true;
                }
                effect => self.world.perform(effect).await,
            }
        }
        Ok(must_draw)
    }
}
