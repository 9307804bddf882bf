//! Once for each crossing and listener, whoever restarts and whatever the file looks like.
#![expect(clippy::disallowed_methods, reason = "a test may look anywhere")]

use std::thread;

use jiff::Timestamp;

use super::*;
use crate::domain::secret::Secret;
use crate::domain::sighting::{Place, Sighting};
use crate::insight::alerts::{Figures, Thresholds, judge};
use crate::jobs::scene::SandboxAccess;
use crate::openrouter::BaseUrl;

const WATCH: Listener<'static> = Listener::Watch {
    hook: None,
    min_credit: None,
};

fn access(key: &str) -> Access {
    Access {
        server: BaseUrl::default(),
        key: Some(Sighting {
            place: Place::Flag,
            secret: Secret::new(key),
        }),
        shadowed: Vec::new(),
        base: None,
    }
}

fn with_balance(cents: i64) -> Judgement {
    let figures = Figures {
        now: Timestamp::UNIX_EPOCH,
        balance: Some(Usd::from_cents(cents)),
        keys: None,
        spend: None,
        models: None,
    };
    judge(&figures, &Thresholds::default())
}

/// What is told by a program that starts now.
fn after_restart(scene: &Scene, listener: Listener<'_>, cents: i64) -> Vec<&'static str> {
    ids(&Told::default().news(scene, &access("k"), listener, &with_balance(cents)))
}

fn ids(news: &News) -> Vec<&'static str> {
    news.new.iter().map(|alert| alert.id).collect()
}

/// The only file that is kept.
fn file(scene: &Scene) -> PathBuf {
    let mut files = std::fs::read_dir(scene.paths.state.join("alerts")).unwrap();
    let path = files.next().unwrap().unwrap().path();
    assert!(files.next().is_none());
    path
}

#[test]
fn a_restart_repeats_nothing_and_a_new_crossing_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let scene = Scene::in_folder(folder.path());
    assert_eq!(after_restart(&scene, WATCH, 900), [""; 0]);
    assert_eq!(after_restart(&scene, WATCH, 400), ["balance-low"]);
    assert_eq!(after_restart(&scene, WATCH, 390), [""; 0]);
    assert_eq!(after_restart(&scene, WATCH, 900), [""; 0]);
    assert_eq!(after_restart(&scene, WATCH, 400), ["balance-low"]);
    assert_eq!(after_restart(&scene, WATCH, 0), ["balance-gone"]);
}

#[test]
fn each_listener_and_each_key_hears_for_itself() {
    let folder = tempfile::tempdir().unwrap();
    let scene = Scene::in_folder(folder.path());
    let hooked = Listener::Watch {
        hook: Some("mail"),
        min_credit: None,
    };
    for listener in [Listener::Screen, WATCH, hooked] {
        assert_eq!(after_restart(&scene, listener, 400), ["balance-low"]);
        assert_eq!(after_restart(&scene, listener, 400), [""; 0]);
    }
    let other = Told::default().news(&scene, &access("other"), WATCH, &with_balance(400));
    assert_eq!(ids(&other), ["balance-low"]);
}

/// What a watch that names this bound and starts now tells of a balance, both in dollars.
fn by_bound(scene: &Scene, bound: Option<i64>, balance: i64) -> Vec<&'static str> {
    let min_credit = bound.map(|dollars| Usd::from_cents(dollars * 100));
    let set = Thresholds::default();
    let thresholds = Thresholds {
        balance: min_credit.or(set.balance),
        ..set
    };
    let figures = Figures {
        now: Timestamp::UNIX_EPOCH,
        balance: Some(Usd::from_cents(balance * 100)),
        keys: None,
        spend: None,
        models: None,
    };
    let listener = Listener::Watch {
        hook: None,
        min_credit,
    };
    let judgement = judge(&figures, &thresholds);
    ids(&Told::default().news(scene, &access("k"), listener, &judgement))
}

#[test]
fn another_bound_tells_nothing_anew_that_was_below_both() {
    let folder = tempfile::tempdir().unwrap();
    let scene = Scene::in_folder(folder.path());
    assert_eq!(by_bound(&scene, Some(20), 4), ["balance-low"]);
    // The bound that is set is $5; below it, too.
    for bound in [Some(10), None, Some(30), Some(20)] {
        assert_eq!(by_bound(&scene, bound, 4), [""; 0], "{bound:?}");
    }
    // Above this one it is not low, and falling below it is news.
    assert_eq!(by_bound(&scene, Some(3), 4), [""; 0]);
    assert_eq!(by_bound(&scene, Some(3), 2), ["balance-low"]);
    assert_eq!(by_bound(&scene, Some(3), 2), [""; 0]);
    // What the new bound alone makes low is news.
    assert_eq!(by_bound(&scene, Some(3), 50), [""; 0]);
    assert_eq!(by_bound(&scene, Some(60), 50), ["balance-low"]);
}

#[test]
fn two_watches_with_two_bounds_do_not_disturb_each_other() {
    let folder = tempfile::tempdir().unwrap();
    let scene = Scene::in_folder(folder.path());
    let both = |balance| [Some(20), Some(5)].map(|bound| by_bound(&scene, bound, balance).len());
    assert_eq!(both(10), [1, 0]);
    assert_eq!(both(10), [0, 0]);
    assert_eq!(both(4), [0, 1]);
    assert_eq!(both(4), [0, 0]);
}

#[test]
fn a_file_that_nobody_understands_begins_anew() {
    let folder = tempfile::tempdir().unwrap();
    let scene = Scene::in_folder(folder.path());
    after_restart(&scene, WATCH, 400);
    std::fs::write(file(&scene), "[{\"id\": 7").unwrap();
    assert_eq!(after_restart(&scene, WATCH, 400), ["balance-low"]);
    assert_eq!(after_restart(&scene, WATCH, 400), [""; 0]);
}

#[test]
fn what_cannot_be_written_down_is_said_and_still_told_once() {
    let folder = tempfile::tempdir().unwrap();
    let scene = Scene::in_folder(folder.path());
    std::fs::write(&scene.paths.state, "in the way").unwrap();
    let told = Told::default();
    let news = told.news(&scene, &access("k"), WATCH, &with_balance(400));
    assert_eq!(ids(&news), ["balance-low"]);
    assert!(news.trouble.is_some());
    let again = told
        .clone()
        .news(&scene, &access("k"), WATCH, &with_balance(400));
    assert_eq!(ids(&again), [""; 0]);
}

#[test]
fn the_sandbox_leaves_no_trace_and_tells_once_too() {
    let folder = tempfile::tempdir().unwrap();
    let scene = Scene {
        sandbox: Some(SandboxAccess {
            base_url: "http://127.0.0.1:1/api/v1".into(),
            api_key: Secret::new("k"),
            management_key: Secret::new("m"),
        }),
        ..Scene::in_folder(folder.path())
    };
    let told = Told::default();
    let news = || told.news(&scene, &access("k"), Listener::Screen, &with_balance(400));
    assert_eq!(ids(&news()), ["balance-low"]);
    assert_eq!(ids(&news()), [""; 0]);
    assert!(!scene.paths.state.exists());
}

#[test]
fn of_many_at_once_one_is_told_and_the_file_stays_whole() {
    let folder = tempfile::tempdir().unwrap();
    let scene = Scene::in_folder(folder.path());
    let heard: Vec<usize> = thread::scope(|scope| {
        let programs: Vec<_> = (0..4)
            .map(|_| {
                scope.spawn(|| {
                    // Each as a program of its own: nothing is shared but the file.
                    let told = Told::default();
                    let look = |cents| {
                        let news = told.news(&scene, &access("k"), WATCH, &with_balance(cents));
                        assert_eq!(news.trouble, None);
                        news.new.len()
                    };
                    (0..5).map(|_| look(400)).sum()
                })
            })
            .collect();
        let heard = programs.into_iter().map(|program| program.join().unwrap());
        heard.collect()
    });
    assert_eq!(heard.iter().sum::<usize>(), 1, "{heard:?}");
    let bytes = std::fs::read(file(&scene)).unwrap();
    assert_eq!(bytes, br#"[{"told":[{"id":"balance-low"}]}]"#);
}
