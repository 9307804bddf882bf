//! The stages of the way to the server: its name, a connection, its certificate.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use super::{Run, words};
use crate::domain::stage::{Stage, StageId};
use crate::domain::symptom::Symptom;
use crate::openrouter::{Encrypted, Reached};
use crate::text::Said;

impl<F: FnMut(Stage)> Run<'_, F> {
    /// Takes the way step by step; whether it leads there.
    pub(super) async fn way(&self) -> bool {
        let Some(addresses) = self.dns().await else {
            let rest = [StageId::Connect, StageId::Tls];
            self.board.skip_all(&rest, words::NEEDS_NAME);
            return false;
        };
        self.board.begin(StageId::Connect, words::CONNECTING);
        let began = Instant::now();
        match self.client.reach(&addresses).await {
            Ok(reached) if self.client.proxy().is_some() => self.tunnel(reached).await,
            Ok(reached) => {
                self.connected(&reached);
                self.board.begin(StageId::Tls, words::GREETING);
                let began = Instant::now();
                let answered = self.client.knock().await;
                self.greeted(answered, began.elapsed())
            }
            Err(symptom) => self.not_connected(&symptom, began.elapsed()),
        }
    }

    /// The rest of the way where a proxy leads there: it is a connection when the server can be greeted.
    async fn tunnel(&self, mut reached: Reached) -> bool {
        let began = Instant::now();
        let answered = self.client.knock().await;
        let took = began.elapsed();
        let opened = match (self.client.greeted_since(began), &answered) {
            (Some(greeted), _) => greeted.duration_since(began),
            (None, Ok(_)) => took,
            (None, Err(symptom)) => return self.not_connected(symptom, reached.took + took),
        };
        reached.took += opened;
        self.connected(&reached);
        self.greeted(answered, took.saturating_sub(opened))
    }

    async fn dns(&self) -> Option<Vec<SocketAddr>> {
        let host = self.client.end_point_host();
        self.board
            .begin(StageId::Dns, Said::new(words::LOOKING_UP, &[&host]));
        let began = Instant::now();
        match self.client.look_up().await {
            Ok(addresses) => {
                let first = addresses.first().map(SocketAddr::ip);
                let first = first.map(|address| address.to_string()).unwrap_or_default();
                let detail = if !self.client.has_name() {
                    Said::new(words::NO_NAME, &[&host])
                } else if addresses.len() == 1 {
                    Said::new(words::FOUND, &[&host, &first])
                } else {
                    let more = addresses.len() - 1;
                    Said::new(words::FOUND_MORE, &[&host, &first, &more])
                };
                self.board.pass(StageId::Dns, began.elapsed(), detail);
                Some(addresses)
            }
            Err(symptom) => {
                self.board.fail(StageId::Dns, began.elapsed(), &symptom);
                None
            }
        }
    }

    fn not_connected(&self, symptom: &Symptom, took: Duration) -> bool {
        self.board.fail(StageId::Connect, took, symptom);
        self.board.skip(StageId::Tls, words::NEEDS_CONNECTION);
        false
    }

    fn connected(&self, reached: &Reached) {
        let detail = match self.client.proxy() {
            Some(proxy) => Said::new(words::REACHED_PROXY, &[proxy, &reached.address]),
            None => Said::new(words::REACHED, &[&reached.address]),
        };
        let took = reached.took;
        match reached.silent {
            None => self.board.pass(StageId::Connect, took, detail),
            Some(silent) => {
                let symptom = Symptom::SilentFamily {
                    host: self.client.end_point_host(),
                    silent,
                    answered: reached.address.ip(),
                };
                let detail = Said::new(words::HALF_SILENT, &[&reached.address, &silent]);
                self.board.warn_of(StageId::Connect, took, detail, &symptom);
            }
        }
    }

    /// What came of the greeting; whether the way leads there.
    fn greeted(&self, answered: Result<Option<Encrypted>, Symptom>, took: Duration) -> bool {
        match answered {
            Ok(None) => self.board.skip(StageId::Tls, words::NOT_ENCRYPTED),
            Ok(Some(encrypted)) => {
                let detail = match &encrypted.issuer {
                    Some(issuer) => Said::new(words::TRUSTED_BY, &[issuer]),
                    None => words::TRUSTED.into(),
                };
                self.board.pass(StageId::Tls, took, detail);
            }
            Err(symptom) => {
                self.board.fail(StageId::Tls, took, &symptom);
                return false;
            }
        }
        true
    }
}
