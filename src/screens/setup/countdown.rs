//! A wait that the server asked for, counted down where the person sees it.

use std::time::Duration;

use jiff::Timestamp;

use crate::flow::effect::StatedWait;
use crate::flow::step::Tickets;
use crate::flow::{Effect, Reply, Ticket};
use crate::text::{Lang, Phrase};
use crate::ui::page::Page;

const WAITING: Phrase = Phrase::new("Trying again in {} s", "{} 秒后重试");

/// A wait under way.
#[derive(Debug)]
pub(super) struct Countdown {
    ticket: Ticket,
    /// Seconds.
    left: u64,
}

/// What a reply means to a wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Counted {
    /// It is for somebody else.
    NotMine,
    /// It goes on.
    GoesOn,
    /// It is over.
    Over,
}

impl Countdown {
    /// A wait since a trouble was judged, and what is asked of the world for it. A part of a second too long is kinder than
    /// one too short.
    pub(super) fn begin(
        wait: Duration,
        since: Option<Timestamp>,
        tickets: &mut Tickets,
    ) -> (Self, Effect) {
        let secs = wait.as_secs() + u64::from(wait.subsec_nanos() > 0);
        let ticket = tickets.take();
        let wait = Self { ticket, left: secs };
        let wait_for = StatedWait { secs, since };
        let effect = Effect::CountDown {
            ticket,
            wait: wait_for,
        };
        (wait, effect)
    }

    pub(super) fn hear(&mut self, reply: &Reply) -> Counted {
        match reply {
            Reply::Counted { ticket, left } if *ticket == self.ticket => {
                self.left = *left;
                if *left == 0 {
                    Counted::Over
                } else {
                    Counted::GoesOn
                }
            }
            _ => Counted::NotMine,
        }
    }

    /// What ends it early.
    pub(super) fn cancel(&self) -> Effect {
        Effect::Cancel(self.ticket)
    }

    pub(super) fn write(&self, page: &mut Page<'_>, lang: Lang) {
        page.say(WAITING.fill(lang, &[&self.left]));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wait_is_rounded_up_and_ends_at_nought() {
        let mut tickets = Tickets::starting_at(1);
        let (mut wait, effect) = Countdown::begin(Duration::from_millis(1200), None, &mut tickets);
        let Effect::CountDown {
            ticket,
            wait: StatedWait { secs: 2, .. },
        } = effect
        else {
            panic!("{effect:?}");
        };
        let counted = |left| Reply::Counted { ticket, left };
        assert_eq!(wait.hear(&counted(1)), Counted::GoesOn);
        assert_eq!(wait.hear(&counted(0)), Counted::Over);
        let foreign = Reply::Counted {
            ticket: Ticket(99),
            left: 0,
        };
        assert_eq!(wait.hear(&foreign), Counted::NotMine);
    }
}
