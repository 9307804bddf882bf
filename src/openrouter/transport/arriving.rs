//! An answer as it comes, byte by byte, and one that is here as a whole.

use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use reqwest::Response;
use reqwest::header::HeaderMap;
use tokio::time::{Instant, timeout_at};

use super::{PATIENCE, Route};
use crate::domain::symptom::{NetworkTrouble, Symptom, Whose};
use crate::openrouter::network::Timeouts;
use crate::openrouter::scrub::Scrub;

/// So many bytes are no silence, whatever they are.
const ENOUGH: usize = 512;

/// An answer whose head is here.
#[derive(Debug)]
pub(in crate::openrouter) struct Arriving {
    response: Response,
    route: Arc<Route>,
    /// When the silence is too long; moved by what comes on. Kept here and not in the waiting, which
    /// may be given up and begun anew.
    deadline: Instant,
    waits_for: Duration,
    has_begun: bool,
    /// Bytes since the deadline was last moved.
    dripped: usize,
    received: Timestamp,
    /// Facts were asked for, not an answer of a model.
    is_of_facts: bool,
}

impl Arriving {
    /// What begins to answer now; its body may be silent for so long before its first byte.
    pub(super) fn of(
        response: Response,
        route: &Arc<Route>,
        received: Timestamp,
        first_byte: Duration,
    ) -> Self {
        Self {
            deadline: Instant::now() + first_byte,
            waits_for: first_byte,
            has_begun: false,
            dripped: 0,
            received,
            is_of_facts: false,
            route: Arc::clone(route),
            response,
        }
    }

    /// The same, by whether facts were asked for.
    pub(super) fn of_facts(self, is_of_facts: bool) -> Self {
        Self {
            is_of_facts,
            ..self
        }
    }

    pub(in crate::openrouter) fn status(&self) -> u16 {
        self.response.status().as_u16()
    }

    pub(in crate::openrouter) fn headers(&self) -> &HeaderMap {
        self.response.headers()
    }

    pub(in crate::openrouter) fn whose(&self) -> Whose {
        self.route.whose()
    }

    pub(in crate::openrouter) fn received(&self) -> Timestamp {
        self.received
    }

    pub(in crate::openrouter) fn scrub(&self) -> &Scrub {
        &self.route.scrub
    }

    /// The next bytes; `None` at the end. May be dropped while it waits.
    pub(in crate::openrouter) async fn chunk(
        &mut self,
    ) -> Result<Option<impl AsRef<[u8]> + use<>>, Symptom> {
        loop {
            match timeout_at(self.deadline, self.response.chunk()).await {
                Ok(Ok(Some(bytes))) => {
                    self.dripped += bytes.len();
                    // Blanks say that an answer is being worked on.
                    let is_sign_of_life = bytes.iter().all(u8::is_ascii_whitespace);
                    if !self.has_begun || is_sign_of_life || self.dripped >= ENOUGH {
                        self.has_begun = true;
                        self.waits_for = self.route.timeouts.idle;
                        self.came_on();
                    }
                    if !bytes.is_empty() {
                        return Ok(Some(bytes));
                    }
                }
                Ok(Ok(None)) => return Ok(None),
                Ok(Err(error)) => return Err(self.route.failed(&error)),
                Err(_) => {
                    let silent = self
                        .route
                        .silent(self.dripped, self.has_begun, self.waits_for);
                    return Err(silent);
                }
            }
        }
    }

    /// Something whole has come: the silence begins anew. Single bytes do not end it, else a server
    /// that drips could hold a request for ever.
    pub(in crate::openrouter) fn came_on(&mut self) {
        self.dripped = 0;
        self.deadline = Instant::now() + self.waits_for;
    }

    /// Everything, up to `longest` bytes.
    pub(in crate::openrouter) async fn whole(mut self, longest: usize) -> Result<Whole, Symptom> {
        let Timeouts {
            first_byte, idle, ..
        } = self.route.timeouts;
        let patience = first_byte.max(idle) * PATIENCE;
        let end = Instant::now() + patience;
        let mut body = Vec::new();
        loop {
            let Ok(chunk) = timeout_at(end, self.chunk()).await else {
                let words = format!("the answer was not complete after {patience:?}");
                return Err(self.route.network(NetworkTrouble::IdleTimeout, &words));
            };
            let Some(chunk) = chunk? else { break };
            if body.len() + chunk.as_ref().len() > longest {
                let words = format!("larger than {longest} bytes");
                return Err(Symptom::Misshapen {
                    status: self.status(),
                    detail: self.route.scrub.line(&words),
                    whose: self.whose(),
                });
            }
            body.extend_from_slice(chunk.as_ref());
        }
        Ok(self.as_whole(String::from_utf8_lossy(&body).into_owned()))
    }

    /// This answer with a body that was read from it.
    pub(in crate::openrouter) fn as_whole(&self, text: String) -> Whole {
        Whole {
            status: self.status(),
            headers: self.headers().clone(),
            received: self.received,
            text,
            whose: self.whose(),
            is_of_facts: self.is_of_facts,
            scrub: self.route.scrub.clone(),
        }
    }
}

/// An answer that is here as a whole.
#[derive(Debug)]
pub(in crate::openrouter) struct Whole {
    pub(in crate::openrouter) status: u16,
    pub(in crate::openrouter) headers: HeaderMap,
    pub(in crate::openrouter) received: Timestamp,
    pub(in crate::openrouter) text: String,
    pub(in crate::openrouter) whose: Whose,
    /// Facts were asked for, not an answer of a model.
    pub(in crate::openrouter) is_of_facts: bool,
    pub(in crate::openrouter) scrub: Scrub,
}
