//! Tells an answer event by event, at its rate, and notices when nobody listens any more.

use std::convert::Infallible;
use std::time::{Duration, Instant};

use axum::body::{Body, Bytes};
use futures_util::stream;

use super::answer::{Answer, End, Piece};
use super::events::{COMMENT, DONE, Events};
use super::fault_row::Twist;
use super::server::Shared;

/// At full speed so many tokens travel in one write.
const BURST: usize = 64;

/// The body of a streamed answer.
pub(super) fn body(answer: Answer, server: Shared) -> Body {
    let teller = Teller::new(answer, server);
    Body::from_stream(stream::unfold(teller, |mut teller| async move {
        let bytes = teller.next().await?;
        Some((Ok::<_, Infallible>(bytes), teller))
    }))
}

/// Tells one answer. Dropped before its end, it books what was told so far as cancelled.
struct Teller {
    server: Shared,
    answer: Answer,
    events: Events,
    stage: Stage,
    /// Pieces told.
    told: usize,
    /// When the first piece was due.
    began: Instant,
    is_booked: bool,
}

/// How far it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    /// Comments; so many more to come.
    Waiting(u32),
    Beginning,
    Telling,
    Ending,
    Over,
}

impl Teller {
    fn new(answer: Answer, server: Shared) -> Self {
        let comments = if answer.twist == Some(Twist::LateStart) {
            10
        } else {
            2
        };
        Self {
            events: Events::of(&answer),
            server,
            answer,
            stage: Stage::Waiting(comments),
            told: 0,
            began: Instant::now(),
            is_booked: false,
        }
    }

    /// The next bytes; `None` at the end.
    async fn next(&mut self) -> Option<Bytes> {
        let mut out = String::new();
        match self.stage {
            Stage::Waiting(0) => {
                self.server.pause(self.answer.first_token_after()).await;
                self.stage = Stage::Beginning;
                out.push_str(COMMENT);
            }
            Stage::Waiting(more) => {
                if self.answer.twist == Some(Twist::LateStart) {
                    self.server.pause(Duration::from_secs(1)).await;
                }
                self.stage = Stage::Waiting(more - 1);
                out.push_str(COMMENT);
            }
            Stage::Beginning => {
                self.events.begin(&mut out);
                self.began = Instant::now();
                self.stage = Stage::Telling;
            }
            Stage::Telling => self.tell(&mut out).await,
            Stage::Ending => self.end(&mut out),
            Stage::Over => return None,
        }
        Some(Bytes::from(out))
    }

    /// The pieces that are due: at a rate those whose time has come, without one a burst.
    async fn tell(&mut self, out: &mut String) {
        let spoken = self.spoken();
        let due = match self.answer.rate {
            0 => self.told + BURST,
            rate => {
                let at = Duration::from_secs(1) * u32::try_from(self.told).unwrap_or(u32::MAX);
                let wait = (at / rate).saturating_sub(self.began.elapsed());
                self.server.pause(wait).await;
                let passed = self.began.elapsed().as_millis() * u128::from(rate) / 1000;
                usize::try_from(passed)
                    .unwrap_or(usize::MAX)
                    .saturating_add(1)
            }
        };
        while self.told < due.min(spoken) {
            let piece = &self.answer.pieces[self.told];
            let is_hidden = self.answer.hides_reasoning && matches!(piece, Piece::Reasoning(_));
            if is_hidden {
                out.push_str(COMMENT);
            } else {
                self.events.piece(out, piece);
            }
            self.told += 1;
        }
        if self.told >= spoken {
            self.stage = Stage::Ending;
        }
    }

    /// Pieces that are told one by one: all, but for a server that keeps the last one for the end.
    fn spoken(&self) -> usize {
        let keeps_last = self.answer.twist == Some(Twist::OddChunks);
        self.answer
            .pieces
            .len()
            .saturating_sub(usize::from(keeps_last))
    }

    /// Why it ends, what it used, and the end itself.
    fn end(&mut self, out: &mut String) {
        self.stage = Stage::Over;
        self.book(End::Told);
        if let Some(Twist::Breaks(status, code)) = self.answer.twist {
            self.events.broken(out, status, code);
            return;
        }
        let last = self.answer.pieces.get(self.told);
        self.events.finish(out, &self.answer, last);
        if self.answer.twist != Some(Twist::NoUsage) {
            self.events.usage(out, &self.answer);
        }
        if self.answer.wants_metadata() {
            self.events.metadata(out, &self.answer);
        }
        if self.answer.twist != Some(Twist::NoDone) {
            out.push_str(DONE);
        }
    }

    fn book(&mut self, end: End) {
        if !self.is_booked {
            self.is_booked = true;
            self.answer.book(&self.server, end);
        }
    }
}

impl Drop for Teller {
    fn drop(&mut self) {
        self.book(End::Left(self.told));
    }
}
