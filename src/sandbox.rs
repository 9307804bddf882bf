//! A local OpenRouter: the same paths, JSON, events, errors and sign-in page, on this machine only.
//!
//! For trying without an account, for testing one's own program without spending, and for this
//! program's own tests. It writes its own JSON from the API's documentation and shares no type with
//! the client: a field that one of them misreads is found by the other.
//!
//! ```text
//! routes ─ who may come in        key_routes, activity, analytics, model_routes, sign_in_routes
//!    │                            chat ─ ask ─ route ─ budget ─ answer ─ stream or completion
//!    └ world ─ accounts, keys, history, generations, sign-ins
//! ```

mod account;
mod activity;
mod analytics;
mod analytics_filter;
mod analytics_names;
mod analytics_table;
mod answer;
mod ask;
mod auth_page;
mod body;
mod budget;
mod cap;
mod catalog;
mod chat;
mod client;
mod clock;
mod completion;
mod endpoint;
mod events;
mod example;
mod fault;
mod fault_refusals;
mod fault_refused;
mod fault_row;
mod fault_strange;
mod free_meter;
mod generation;
mod guardrail;
mod guardrail_routes;
mod history;
mod ids;
mod key;
mod key_ring;
mod key_routes;
mod model;
mod model_query;
mod model_routes;
mod options;
mod part;
mod per_minute;
mod price;
mod prompt_cache;
mod provider;
mod provider_wish;
mod refusal;
mod replies;
mod route;
mod routes;
mod samples;
mod seeded;
mod seeded_history;
mod server;
mod sign_in;
mod sign_in_routes;
mod spending;
mod stream;
mod tokens;
mod wire;
mod world;

#[cfg(test)]
mod tests;

use std::io;
use std::net::Ipv4Addr;
use std::sync::Arc;
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;

pub use clock::Clock;
pub use fault::{Fault, UnknownFault, faults};
pub use fault_row::{FaultRow, Reach};
pub use options::Options;
pub use seeded::{SeededKey, seeded_keys};

use crate::domain::secret::Secret;
use routes::router;
use server::Server;

/// A running sandbox. It stops when it is dropped.
#[derive(Debug)]
pub struct Sandbox {
    port: u16,
    /// Its end is the sign to stop.
    running: watch::Sender<()>,
    task: JoinHandle<()>,
}

/// How long connections get to end by themselves.
const GRACE: Duration = Duration::from_millis(500);

impl Sandbox {
    /// Starts a sandbox on 127.0.0.1.
    ///
    /// # Errors
    /// The port is taken or may not be used.
    #[expect(
        clippy::disallowed_methods,
        reason = "the one door to the sandbox's server task"
    )]
    pub async fn start(options: Options) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, options.port)).await?;
        let port = listener.local_addr()?.port();
        let (running, closing) = watch::channel(());
        let server = Arc::new(Server::new(options, closing));
        let app = router(server.clone());
        let task = tokio::spawn(async move {
            let serving = axum::serve(listener, app)
                .with_graceful_shutdown(async move { server.closed().await });
            // An accept that fails is tried again by axum; there is no other error.
            let _ = serving.await;
        });
        Ok(Self {
            port,
            running,
            task,
        })
    }

    /// The port it listens on.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// Where clients find it: ends in `/api/v1`.
    pub fn base_url(&self) -> String {
        format!("http://127.0.0.1:{}/api/v1", self.port)
    }

    /// The page that a sign-in opens, without its parameters.
    pub fn auth_url(&self) -> String {
        format!("http://127.0.0.1:{}/auth", self.port)
    }

    /// A key for chat.
    pub fn api_key(&self) -> Secret {
        seeded_keys()[0].secret()
    }

    /// The management key of the same account.
    pub fn management_key(&self) -> Secret {
        seeded_keys()[1].secret()
    }

    /// Stops listening and ends what is under way.
    pub async fn stop(self) {
        let Self { running, task, .. } = self;
        drop(running);
        let abort = task.abort_handle();
        if tokio::time::timeout(GRACE, task).await.is_err() {
            abort.abort();
        }
    }

    /// Serves until the process ends: for a command that does nothing else.
    pub async fn run(self) {
        let Self { running, task, .. } = self;
        // A panic of the server's task has been reported by then.
        let _ = task.await;
        drop(running);
    }
}
