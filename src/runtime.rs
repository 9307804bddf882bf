//! The loop: wait, update, start effects, draw. The terminal and every started task live here.
//!
//! Nothing changed: nothing is drawn. Nothing happens: the loop sleeps without a timer.

pub mod echo;
pub mod effects;
pub mod input;
mod keeper;
pub mod plain;
pub mod signals;
pub mod terminal;

use std::io;

use crossterm::event::Event as TermEvent;
use futures_util::{Stream, StreamExt};
use ratatui::Terminal;
use ratatui::backend::Backend;
use tokio::sync::mpsc::UnboundedReceiver;

use self::effects::World;
use self::signals::{Signal, Signals};
use crate::app::App;
use crate::flow::{Effect, Event, Reply};

/// How the loop ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// The person left.
    Quit,
    /// A signal ended it; its number.
    Signal(u8),
    /// The terminal is gone.
    Hangup,
}

/// What the loop listens to and what it moves.
pub struct Loop<'a, S> {
    /// The program's state.
    pub app: &'a mut App,
    /// The world that effects go to.
    pub world: &'a mut World,
    /// Keys, clicks, pastes, sizes.
    pub inputs: S,
    /// The world's answers.
    pub replies: UnboundedReceiver<Reply>,
    /// Signals of the system.
    pub signals: Signals,
}

impl<S> Loop<'_, S>
where
    S: Stream<Item = io::Result<TermEvent>> + Unpin,
{
    /// Runs until the person leaves. `suspend` gives the terminal to the shell for a while.
    ///
    /// # Errors
    /// The terminal cannot be drawn on.
    pub async fn run<B>(
        mut self,
        terminal: &mut Terminal<B>,
        mut suspend: impl FnMut(&mut Terminal<B>) -> io::Result<()>,
    ) -> io::Result<Ending>
    where
        B: Backend,
        io::Error: From<B::Error>,
    {
        // The first frame comes before anything is read from disk or network.
        terminal.draw(|frame| self.app.draw(frame))?;
        let started = self.app.start();
        let mut is_changed = self
            .perform(started.effects, terminal, &mut suspend)
            .await?;
        loop {
            if self.app.is_over() {
                return Ok(Ending::Quit);
            }
            if is_changed {
                terminal.draw(|frame| self.app.draw(frame))?;
            }
            is_changed = tokio::select! {
                // Signals end everything; keys before replies: a burst must not make Esc wait.
                biased;
                signal = self.signals.next() => match signal {
                    Signal::Ends(number) => return Ok(Ending::Signal(number)),
                    // Whatever drew on the terminal while the program stood still.
                    Signal::Continued => {
                        terminal::repaint(terminal)?;
                        true
                    }
                },
                input = self.inputs.next() => match input {
                    Some(Ok(event)) => match input::translate(event) {
                        Some(event) => self.update(event, terminal, &mut suspend).await?,
                        None => false,
                    },
                    Some(Err(_)) | None => return Ok(Ending::Hangup),
                },
                Some(reply) = self.replies.recv() => {
                    self.take_replies(reply, terminal, &mut suspend).await?
                }
            };
        }
    }

    /// Takes a reply and those that wait behind it: many tokens, one frame.
    async fn take_replies<B>(
        &mut self,
        first: Reply,
        terminal: &mut Terminal<B>,
        suspend: &mut impl FnMut(&mut Terminal<B>) -> io::Result<()>,
    ) -> io::Result<bool>
    where
        B: Backend,
        io::Error: From<B::Error>,
    {
        const MOST: usize = 256;
        let mut is_changed = false;
        let mut next = Some(first);
        for _ in 0..MOST {
            let Some(reply) = next.take() else { break };
            is_changed |= self.update(Event::Reply(reply), terminal, suspend).await?;
            next = self.replies.try_recv().ok();
        }
        // One may be left in hand when the burst was longer.
        if let Some(reply) = next {
            is_changed |= self.update(Event::Reply(reply), terminal, suspend).await?;
        }
        Ok(is_changed)
    }

    async fn update<B>(
        &mut self,
        event: Event,
        terminal: &mut Terminal<B>,
        suspend: &mut impl FnMut(&mut Terminal<B>) -> io::Result<()>,
    ) -> io::Result<bool>
    where
        B: Backend,
        io::Error: From<B::Error>,
    {
        let outcome = self.app.update(event);
        let redrawn = self.perform(outcome.effects, terminal, suspend).await?;
        Ok(outcome.is_changed || redrawn)
    }

    /// Performs effects; true when one of them left the screen to be drawn anew.
    async fn perform<B>(
        &mut self,
        effects: Vec<Effect>,
        terminal: &mut Terminal<B>,
        suspend: &mut impl FnMut(&mut Terminal<B>) -> io::Result<()>,
    ) -> io::Result<bool>
    where
        B: Backend,
        io::Error: From<B::Error>,
    {
        let mut must_draw = false;
        for effect in effects {
            if effect == Effect::Suspend {
                suspend(terminal)?;
                must_draw = true;
            } else {
                self.world.perform(effect).await;
            }
        }
        Ok(must_draw)
    }
}
