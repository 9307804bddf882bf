//! One question of a conversation, answered.

use jiff::Timestamp;

use super::access::{self, Access};
use super::answer::{self, Heard};
use super::near_models;
use super::recorder::Recorder;
use super::scene::Scene;
use super::wrong_path::or_wrong_path;
use crate::diagnosis;
use crate::domain::chat::Delta;
use crate::domain::symptom::Symptom;
use crate::flow::talk::{Talk, TalkEnded};

/// Asks, and tells each piece as it comes. `now` is read once more when something went wrong: a reset is
/// told with the time left. Dropping the future stops the request.
pub async fn converse(
    scene: &Scene,
    talk: &Talk,
    recorder: Option<&Recorder>,
    now: impl Fn() -> Timestamp,
    tell: impl FnMut(&Delta),
) -> TalkEnded {
    let account = &talk.account;
    let access = match access::in_use(scene, account.key.as_ref(), &account.server) {
        Ok(access) => access,
        Err(symptom) => return failed(&symptom, &Heard::default(), now()),
    };
    match asked(scene, &access, talk, recorder, tell).await {
        Ok(heard) => TalkEnded {
            first_token: heard.first_token,
            took: heard.took,
            trouble: None,
        },
        Err((symptom, heard)) => {
            let symptom = access::or_no_key(symptom, access.key.as_ref());
            failed(&symptom, &heard, now())
        }
    }
}

async fn asked(
    scene: &Scene,
    access: &Access,
    talk: &Talk,
    recorder: Option<&Recorder>,
    tell: impl FnMut(&Delta),
) -> Result<Heard, (Symptom, Heard)> {
    let client = match access.client(&scene.network) {
        Ok(client) => client,
        Err(symptom) => return Err((symptom, Heard::default())),
    };
    // What a server has to promise is never dropped: then nothing is sent.
    if let Some(promise) = talk.request.routing.promise()
        && !client.speaks_openrouter().await
    {
        return Err((Symptom::NotPromised(promise), Heard::default()));
    }
    match answer::ask(&client, &talk.request, recorder, tell).await {
        Err((symptom, heard)) => {
            let model = &talk.request.model;
            let symptom = near_models::with_near(symptom, model, &client).await;
            let symptom = or_wrong_path(symptom, &client).await;
            Err((symptom, heard))
        }
        whole => whole,
    }
}

fn failed(symptom: &Symptom, heard: &Heard, now: Timestamp) -> TalkEnded {
    TalkEnded {
        first_token: heard.first_token,
        took: heard.took,
        trouble: Some(Box::new(diagnosis::explain_at(symptom, now))),
    }
}
