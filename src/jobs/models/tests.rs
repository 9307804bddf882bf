//! When a list is asked for, and what is shown when nobody answers.

use super::*;
use crate::sandbox::{Options, Sandbox};

struct Home {
    _folder: tempfile::TempDir,
    scene: Scene,
}

impl Home {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let scene = Scene::in_folder(folder.path());
        Self {
            _folder: folder,
            scene,
        }
    }

    fn keep(&self, server: &BaseUrl, as_of: Timestamp) {
        let card = ModelCard {
            id: "kept/model".into(),
            name: "kept".into(),
            ..ModelCard::default()
        };
        let value = vec![card];
        keep(&self.scene, server, None, &Known { as_of, value });
    }
}

fn url(text: &str) -> BaseUrl {
    BaseUrl::parse(text).unwrap()
}

fn now() -> Timestamp {
    "2026-11-25T12:00:00Z".parse().unwrap()
}

fn ago(minutes: i64) -> Timestamp {
    now() - SignedDuration::from_mins(minutes)
}

#[tokio::test]
async fn a_young_list_is_shown_without_asking() {
    let home = Home::new();
    // A host that no request would ever reach.
    let server = url("https://models.invalid/api/v1");
    home.keep(&server, ago(59));
    let listed = list(&home.scene, &server, None, now()).await.unwrap();
    assert_eq!(listed.models.value[0].id.as_str(), "kept/model");
    assert_eq!((listed.models.as_of, listed.trouble), (ago(59), None));
}

#[tokio::test]
async fn an_old_list_is_shown_with_its_age_where_nobody_answers() {
    let home = Home::new();
    let server = url("http://127.0.0.1:1/api/v1");
    let none = list(&home.scene, &server, None, now()).await;
    assert!(matches!(none, Err(Symptom::Network { .. })), "{none:?}");
    home.keep(&server, ago(61));
    let listed = list(&home.scene, &server, None, now()).await.unwrap();
    assert_eq!(listed.models.as_of, ago(61));
    assert!(matches!(listed.trouble, Some(Symptom::Network { .. })));
}

#[tokio::test]
async fn a_server_on_this_machine_is_asked_each_time_and_its_list_kept() {
    let home = Home::new();
    let sandbox = Sandbox::start(Options::default()).await.unwrap();
    let server = url(&sandbox.base_url());
    home.keep(&server, ago(1));
    let listed = list(&home.scene, &server, None, now()).await.unwrap();
    assert!(listed.models.value.len() > 400);
    assert_eq!(listed.models.as_of, now());
    assert_eq!(kept(&home.scene, &server, None), Some(listed.models));
}

#[tokio::test]
async fn nothing_simulated_is_kept() {
    let mut home = Home::new();
    let sandbox = Sandbox::start(Options::default()).await.unwrap();
    home.scene.sandbox = Some(crate::jobs::scene::SandboxAccess::of(&sandbox));
    let server = url(&sandbox.base_url());
    list(&home.scene, &server, None, now()).await.unwrap();
    assert!(!home.scene.paths.cache.exists());
    assert_eq!(kept(&home.scene, &server, None), None);
}

#[test]
fn each_server_has_its_own_list_and_only_openrouters_is_the_same_for_every_key() {
    let home = Home::new();
    let [one, other] = ["one", "other"].map(|key| Some(Secret::new(key)));
    let file =
        |server: &str, key: &Option<Secret>| file(&home.scene, &url(server), key.as_ref()).unwrap();
    let openrouter = "https://openrouter.ai/api/v1";
    assert_eq!(file(openrouter, &one), file(openrouter, &None));
    let gateway = "https://gateway.example.com/v1";
    assert_ne!(file(gateway, &one), file(gateway, &other));
    assert_ne!(file(gateway, &None), file(openrouter, &None));
    assert_ne!(
        file(gateway, &None),
        file("https://gateway.example.com/v2", &None)
    );
    let name = file(gateway, &one);
    assert!(!name.to_string_lossy().contains("gateway"));
}
