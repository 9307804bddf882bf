//! Sign-in with the browser (OAuth PKCE): an answer on loopback and a pasted code race, the first wins.
//!
//! The listener has a random port and a path nobody can guess, answers only to its own host name,
//! takes one code, and lives ten minutes.

use std::time::Duration;

use tokio::net::TcpListener;
use tokio::sync::mpsc;

use super::Scene;
use crate::credentials::Put;
use crate::diagnosis;
use crate::domain::clean_text::CleanText;
use crate::domain::diagnosis::Diagnosis;
use crate::domain::secret::Secret;
use crate::domain::symptom::FileTrouble;
use crate::domain::symptom::{Refusal, Symptom};
use crate::openrouter::{BaseUrl, OpenRouter, Pkce, authorize_url};
use crate::project::Project;

mod callback;

use self::callback::Callback;

/// How long a code is good for. Source: OpenRouter's documentation of the flow.
pub const LIFE: Duration = Duration::from_mins(10);

/// A sign-in that waits for the person.
#[derive(Debug)]
pub struct SignIn {
    client: OpenRouter,
    pkce: Pkce,
    callback: Option<Callback>,
    url: String,
}

/// How a sign-in ended without a key, or what a code was refused for.
#[derive(Debug)]
pub struct Refused {
    /// Why.
    pub diagnosis: Diagnosis,
    /// No answer can come any more.
    pub is_over: bool,
}

impl SignIn {
    /// Prepares a sign-in for a key that is named after the project here.
    ///
    /// # Errors
    /// No client could be made.
    pub async fn here(
        scene: &Scene,
        server: &BaseUrl,
        with_listener: bool,
    ) -> Result<Self, Symptom> {
        let client = OpenRouter::new(server.clone(), None, &scene.network)?;
        let label = format!("onramp {}", Project::at(&scene.folder).name);
        Self::begin(client, server, with_listener, &label).await
    }

    /// Prepares a sign-in: with a listener on loopback, or for a page that shows a code.
    ///
    /// # Errors
    /// No client could be made.
    pub async fn begin(
        client: OpenRouter,
        server: &BaseUrl,
        with_listener: bool,
        label: &str,
    ) -> Result<Self, Symptom> {
        let pkce = Pkce::new();
        // Where no port can be had the shown code still works.
        let listener = if with_listener {
            TcpListener::bind("127.0.0.1:0").await.ok()
        } else {
            None
        };
        let callback = listener.and_then(|listener| Callback::new(listener).ok());
        let address = callback.as_ref().map(Callback::url);
        let url = authorize_url(server, address.as_deref(), &pkce.challenge, label, None);
        Ok(Self {
            client,
            pkce,
            callback,
            url,
        })
    }

    /// The page to open.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Whether a listener waits for the browser.
    pub fn listens(&self) -> bool {
        self.callback.is_some()
    }

    /// Waits for a code, from the browser or from `typed`, and exchanges it. A code that the server
    /// refuses is told and the wait goes on.
    ///
    /// # Errors
    /// The person said no, or the time is up, or the way to the server is broken.
    pub async fn wait(
        self,
        typed: mpsc::UnboundedReceiver<Secret>,
        refused: impl FnMut(Refused),
    ) -> Result<Secret, Refused> {
        let Self {
            client,
            pkce,
            callback,
            ..
        } = self;
        let (codes, arrived) = mpsc::unbounded_channel();
        let serve = async {
            match callback {
                Some(callback) => callback.serve(codes).await,
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            outcome = exchange_first(&client, &pkce, typed, arrived, refused) => outcome,
            () = serve => Err(too_late()),
            () = tokio::time::sleep(LIFE) => Err(too_late()),
        }
    }
}

/// Keeps a key that a sign-in made, at once: it was made for good, and nobody else has it. Where it was put;
/// `None`: nowhere, since it is simulated.
///
/// # Errors
/// The store cannot be read or written; it is as it was.
pub fn keep(scene: &Scene, server: &BaseUrl, secret: &Secret) -> Result<Option<Put>, FileTrouble> {
    if scene.sandbox.is_some() {
        return Ok(None);
    }
    let put = scene.store().keep_key(&server.origin(), secret)?;
    Ok(Some(put))
}

/// The code in what a person pastes: bare, or in the address where the browser ended up.
pub fn pasted_code(text: &str) -> Secret {
    let text = text.trim();
    let of_address = text.split_once("?code=").or(text.split_once("&code="));
    let code = of_address.map_or(text, |(_, rest)| {
        rest.split(['&', '#']).next().unwrap_or(rest)
    });
    Secret::new(code)
}

/// What the browser brought.
#[derive(Debug)]
pub(super) enum Arrived {
    Code(Secret),
    Denied(CleanText),
}

async fn exchange_first(
    client: &OpenRouter,
    pkce: &Pkce,
    mut typed: mpsc::UnboundedReceiver<Secret>,
    mut arrived: mpsc::UnboundedReceiver<Arrived>,
    mut refused: impl FnMut(Refused),
) -> Result<Secret, Refused> {
    loop {
        let code = tokio::select! {
            Some(code) = typed.recv() => code,
            Some(arrival) = arrived.recv() => match arrival {
                Arrived::Code(code) => code,
                Arrived::Denied(why) => return Err(denied(why)),
            },
            else => std::future::pending().await,
        };
        match client.exchange_code(&code, &pkce.verifier).await {
            Ok(key) => return Ok(key),
            Err(symptom) => refused(Refused {
                diagnosis: diagnosis::explain(&symptom),
                is_over: false,
            }),
        }
    }
}

/// The person said no on the page.
fn denied(words: CleanText) -> Refused {
    over(Refusal {
        status: 403,
        code: Some(CleanText::new("access_denied")),
        message: words,
        ..Refusal::default()
    })
}

/// The time is up: whatever the page brings from here on, the server would not take.
fn too_late() -> Refused {
    over(Refusal {
        status: 403,
        message: CleanText::new("Authorization code expired"),
        ..Refusal::default()
    })
}

fn over(refusal: Refusal) -> Refused {
    Refused {
        diagnosis: diagnosis::explain(&Symptom::Refused(Box::new(refusal))),
        is_over: true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_taken_bare_or_out_of_an_address() {
        for pasted in [
            " abc-1\n",
            "http://127.0.0.1:9/callback/x?code=abc-1",
            "http://127.0.0.1:9/callback/x?state=s&code=abc-1&y=z#f",
        ] {
            assert_eq!(pasted_code(pasted).expose(), "abc-1", "{pasted}");
        }
    }
}
