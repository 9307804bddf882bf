//! What is told of a request is written, and trouble with the ledger is said once.
#![expect(clippy::disallowed_methods, reason = "a test may look anywhere")]

use std::path::Path;
use std::pin::pin;
use std::sync::mpsc::{Receiver, channel};

use futures_util::FutureExt;
use futures_util::future::select;

use super::*;
use crate::domain::chat::ChatRequest;
use crate::domain::secret::Secret;
use crate::domain::spend::Outcome;
use crate::domain::symptom::Symptom;
use crate::jobs::answer::{Heard, ask};
use crate::ledger::{FILE, Ledger};
use crate::openrouter::{BaseUrl, Network};
use crate::text::Lang;

const SERVER: &str = "http://127.0.0.1:1";

fn client() -> OpenRouter {
    client_of(SERVER)
}

fn client_of(base: &str) -> OpenRouter {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let base = BaseUrl::parse(base).unwrap();
    let key = Secret::new("letmein-2026/secret");
    OpenRouter::new(base, Some(key), &Network::default()).unwrap()
}

fn request(model: &str) -> ChatRequest {
    ChatRequest::new(model, Vec::new(), 9)
}

fn timed() -> tokio::runtime::Runtime {
    let mut runtime = tokio::runtime::Builder::new_current_thread();
    runtime.enable_all().build().unwrap()
}

fn recorder() -> (Recorder, Receiver<Word>) {
    let (words, told) = channel();
    (Recorder::new(words), told)
}

/// Writes all that was told, and returns what was said meanwhile.
fn written(recorder: &Recorder, told: &Receiver<Word>, state: &Path) -> Vec<String> {
    recorder.close();
    let mut said = Vec::new();
    write_down(told, state, state, |words| said.push(words.say(Lang::En)));
    said
}

fn rows(state: &Path, server: &str) -> Vec<Recorded> {
    Ledger::open(state)
        .unwrap()
        .ledger
        .latest(server, 99)
        .unwrap()
}

#[test]
fn a_request_that_is_dropped_was_stopped() {
    let folder = tempfile::tempdir().unwrap();
    let (recorder, told) = recorder();
    let client = client();
    let of_test = recorder.of(Purpose::Test, false);
    let mut entry = Entry::begin(Some(&of_test), &client, &request("m"));
    entry.started(&AnswerHead {
        generation_id: Some("gen-1".into()),
        ..AnswerHead::default()
    });
    entry.spoke();
    drop(entry);
    assert_eq!(
        written(&recorder, &told, folder.path()),
        Vec::<String>::new()
    );
    let rows = rows(folder.path(), SERVER);
    assert_eq!(rows.len(), 1);
    assert_eq!(rows[0].begun.purpose, Purpose::Test);
    assert_eq!(rows[0].ending.outcome, Outcome::Stopped);
    assert_eq!(rows[0].ending.generation_id.as_deref(), Some("gen-1"));
    assert!(rows[0].ending.first_token.is_some());
}

#[test]
fn dropping_the_future_of_an_answer_is_recorded_as_stopped() {
    let folder = tempfile::tempdir().unwrap();
    let (recorder, told) = recorder();
    let (client, request) = (client(), request("m"));
    let mut asking = Box::pin(ask(&client, &request, Some(&recorder), |_| {}));
    let waker = futures_util::task::noop_waker();
    let runtime = timed();
    let inside = runtime.enter();
    assert!(
        asking
            .as_mut()
            .poll(&mut std::task::Context::from_waker(&waker))
            .is_pending()
    );
    drop(asking);
    drop(inside);
    written(&recorder, &told, folder.path());
    assert_eq!(
        rows(folder.path(), SERVER)[0].ending.outcome,
        Outcome::Stopped
    );
}

#[test]
fn nothing_leaves_before_it_is_written() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    listener.set_nonblocking(true).unwrap();
    let (recorder, told) = recorder();
    let client = client_of(&format!("http://{}/v1", listener.local_addr().unwrap()));
    let request = request("m");
    timed().block_on(async {
        let asking = pin!(ask(&client, &request, Some(&recorder), |_| {}));
        let watching = pin!(async {
            // Long enough for a request that does not wait to be on its way.
            for _ in 0..1000 {
                tokio::task::yield_now().await;
            }
            assert!(listener.accept().is_err(), "it left too early");
            let Word::Begun(_, _, confirm) = told.recv().unwrap() else {
                panic!("something else was told first");
            };
            confirm.send(()).unwrap();
            while listener.accept().is_err() {
                tokio::task::yield_now().await;
            }
        });
        select(asking, watching).await;
    });
}

#[test]
fn requests_side_by_side_are_not_mixed_up() {
    let folder = tempfile::tempdir().unwrap();
    let (recorder, told) = recorder();
    let client = client();
    let one = Entry::begin(Some(&recorder), &client, &request("one"));
    let other = Entry::begin(Some(&recorder), &client, &request("other"));
    other.ended(&Heard::default(), None);
    one.ended(&Heard::default(), Some(&Symptom::NoKey));
    written(&recorder, &told, folder.path());
    let ends: Vec<_> = rows(folder.path(), SERVER)
        .into_iter()
        .map(|row| (row.begun.model, row.ending.outcome))
        .collect();
    let failed = Outcome::Failed(crate::diagnosis::explain(&Symptom::NoKey).id.into());
    assert_eq!(
        ends,
        [("other".into(), Outcome::Done), ("one".into(), failed)]
    );
}

#[test]
fn simulated_requests_are_kept_apart() {
    let folder = tempfile::tempdir().unwrap();
    let (recorder, told) = recorder();
    let client = client();
    let simulated = recorder.of(Purpose::Ask, true);
    drop(Entry::begin(Some(&simulated), &client, &request("m")));
    written(&recorder, &told, folder.path());
    assert_eq!(rows(folder.path(), SERVER), []);
    assert_eq!(rows(folder.path(), SANDBOX).len(), 1);
}

#[test]
fn a_key_of_any_shape_that_a_server_echoes_is_not_kept() {
    let folder = tempfile::tempdir().unwrap();
    let (recorder, told) = recorder();
    let key = "letmein-2026/secret";
    let entry = Entry::begin(Some(&recorder), &client(), &request(key));
    let echo = AnswerHead {
        generation_id: Some(key.into()),
        model: Some(key.into()),
        provider: Some(format!("by {key}").as_str().into()),
    };
    entry.started(&echo);
    let mut heard = Heard::default();
    heard.answer.head = echo;
    entry.ended(&heard, None);
    written(&recorder, &told, folder.path());
    let bytes = std::fs::read(folder.path().join(FILE)).unwrap();
    assert_eq!(memchr::memmem::find(&bytes, b"letmein"), None);
}

#[test]
fn a_ledger_that_cannot_be_opened_is_said_once_and_nobody_waits_for_it() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join(FILE)).unwrap();
    let (recorder, told) = recorder();
    let client = client();
    let mut first = Entry::begin(Some(&recorder), &client, &request("m"));
    drop(Entry::begin(Some(&recorder), &client, &request("m")));
    let said = written(&recorder, &told, folder.path());
    assert_eq!(said.len(), 1, "{said:?}");
    assert!(
        said[0].contains("requests are not written down"),
        "{said:?}"
    );
    assert!(said[0].contains(FILE), "{said:?}");
    // It was told that nothing more is to be waited for.
    let runtime = timed();
    let _inside = runtime.enter();
    assert_eq!(first.written().now_or_never(), Some(()));
}

#[test]
fn a_ledger_that_nobody_writes_is_not_waited_for_for_ever() {
    let (recorder, _told) = recorder();
    let mut entry = Entry::begin(Some(&recorder), &client(), &request("m"));
    timed().block_on(entry.written());
}

#[test]
fn damage_that_shows_while_writing_makes_way_and_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let client = client();
    let (first, told) = recorder();
    for n in 0..3000 {
        drop(Entry::begin(
            Some(&first),
            &client,
            &request(&format!("model-{n}")),
        ));
    }
    written(&first, &told, folder.path());
    let path = folder.path().join(FILE);
    let mut bytes = std::fs::read(&path).unwrap();
    // Pages in the middle: where some of the names stand.
    let (from, to) = (bytes.len() / 8, bytes.len() * 7 / 8);
    bytes[from..to].fill(0xff);
    std::fs::write(&path, bytes).unwrap();
    let (second, told) = recorder();
    for n in (0..3000).step_by(100) {
        drop(Entry::begin(
            Some(&second),
            &client,
            &request(&format!("model-{n}")),
        ));
    }
    let said = written(&second, &told, folder.path());
    assert_eq!(said.len(), 1, "{said:?}");
    assert!(said[0].contains("ledger.sqlite3.damaged-"), "{said:?}");
    assert!(!rows(folder.path(), SERVER).is_empty());
}
