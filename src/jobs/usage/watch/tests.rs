//! What of each look is told.

use super::super::alerts;
use super::*;
use crate::domain::figures::{AccountFigures, Known};
use crate::domain::money::Usd;
use crate::domain::secret::Secret;
use crate::domain::symptom::{FileProblem, NetworkTrouble, Refusal};
use crate::insight::alerts::Crossings;
use crate::insight::changes::Figure;
use crate::jobs::scene::SandboxAccess;
use crate::openrouter::BaseUrl;

const NOW: Timestamp = Timestamp::UNIX_EPOCH;

fn with_balance(cents: i64) -> Gathered {
    let mut gathered = Gathered::default();
    gathered.figures.account = Some(Known {
        as_of: NOW,
        value: AccountFigures {
            total_credits: Usd::from_cents(cents),
            total_usage: Usd::ZERO,
            balance: Usd::from_cents(cents),
        },
    });
    gathered
}

fn torn(mut gathered: Gathered, troubles: &[(Part, Symptom)]) -> Gathered {
    gathered.troubles = troubles.to_vec();
    gathered
}

fn offline() -> Symptom {
    Symptom::Network {
        trouble: NetworkTrouble::ConnectRefused,
        host: "openrouter.ai".into(),
        proxy: None,
        detail: "".into(),
        ignored: Vec::new(),
    }
}

fn refused(status: u16) -> Symptom {
    Symptom::Refused(Box::new(Refusal {
        status,
        ..Refusal::default()
    }))
}

/// Somebody who watches, and what was told.
#[derive(Default)]
struct Watcher {
    sight: Sight,
    crossings: Crossings,
    trouble: Option<FileTrouble>,
}

impl Watcher {
    fn look(&mut self, gathered: Gathered) -> Vec<String> {
        let thresholds = Thresholds::default();
        let outlook = Outlook::of(&Seen::of(&gathered.figures, &thresholds, NOW));
        let crossings = &mut self.crossings;
        let trouble = self.trouble.clone();
        let judge = |judgement: &Judgement| alerts::News {
            new: crossings.take(judgement),
            trouble,
        };
        let round = self.sight.take(gathered, &outlook.judgement, judge, NOW);
        round.news.iter().map(told).collect()
    }
}

fn told(news: &News) -> String {
    match news {
        News::Began => "began".into(),
        News::Changed(change) => {
            assert_eq!(change.figure, Figure::Balance);
            let shown = |amount: Option<Usd>| amount.map_or("?".into(), |usd| usd.to_string());
            format!("{} to {}", shown(change.from), shown(change.to))
        }
        News::Crossed(alert) => alert.id.into(),
        News::InTheWay(part, seen) => format!("{part:?}: {}", seen.id),
        News::Well => "well".into(),
        News::Forgetful(_) => "forgetful".into(),
    }
}

#[test]
fn only_what_changes_is_told_and_each_crossing_once() {
    let mut watcher = Watcher::default();
    assert_eq!(watcher.look(with_balance(900)), ["began"]);
    assert_eq!(watcher.look(with_balance(900)), [""; 0]);
    assert_eq!(
        watcher.look(with_balance(400)),
        ["$9.00 to $4.00", "balance-low"]
    );
    assert_eq!(watcher.look(with_balance(390)), ["$4.00 to $3.90"]);
    assert_eq!(watcher.look(Gathered::default()), ["$3.90 to ?"]);
    assert_eq!(watcher.look(with_balance(390)), ["? to $3.90"]);
}

#[test]
fn what_is_in_the_way_is_told_once_and_so_is_its_end() {
    let mut watcher = Watcher::default();
    watcher.look(with_balance(900));
    let lost = || torn(with_balance(900), &[(Part::Key, offline())]);
    assert_eq!(watcher.look(lost()), ["Key: connection-refused"]);
    assert_eq!(watcher.look(lost()), [""; 0]);
    // Another trouble is news, and so is the part that is still torn.
    let other = torn(with_balance(900), &[(Part::Key, refused(401))]);
    let said = watcher.look(other);
    assert!(
        said.len() == 1 && said[0] != "Key: connection-refused",
        "{said:?}"
    );
    assert_eq!(watcher.look(with_balance(900)), ["well"]);
    assert_eq!(watcher.look(with_balance(900)), [""; 0]);
}

#[test]
fn who_begins_without_a_network_begins_when_there_is_one() {
    let mut watcher = Watcher::default();
    // What is kept from another day is no news, and raises no alarm.
    let lost = || torn(with_balance(400), &[(Part::Key, offline())]);
    assert_eq!(watcher.look(lost()), ["Key: connection-refused"]);
    assert_eq!(watcher.look(lost()), [""; 0]);
    assert_eq!(
        watcher.look(with_balance(300)),
        ["well", "began", "balance-low"]
    );
}

#[test]
fn that_nothing_can_be_written_down_is_told_once() {
    let trouble = FileTrouble::new("state".as_ref(), FileProblem::Full, "full");
    let mut watcher = Watcher {
        trouble: Some(trouble),
        ..Watcher::default()
    };
    assert_eq!(watcher.look(with_balance(900)), ["began", "forgetful"]);
    assert_eq!(watcher.look(with_balance(900)), [""; 0]);
}

#[test]
fn what_does_not_pass_by_itself_ends_a_watch_at_its_first_look() {
    let of_key = |symptom| refuse_vain(&torn(Gathered::default(), &[(Part::Key, symptom)]));
    assert_eq!(of_key(offline()), Ok(()));
    assert_eq!(of_key(refused(429)), Ok(()));
    assert_eq!(of_key(refused(503)), Ok(()));
    let wanted = Symptom::KeyWanted(Box::default());
    for symptom in [
        refused(401),
        Symptom::NoKey,
        wanted,
        Symptom::PlaceholderKey,
    ] {
        let vain = Vain::Trouble(Box::new(symptom.clone()));
        assert_eq!(of_key(symptom), Err(vain));
    }
    let mute = Gathered {
        untold: vec![Untold::NotOpenRouter],
        ..Gathered::default()
    };
    assert_eq!(refuse_vain(&mute), Err(Vain::NotOpenRouter));
    // A management key that is refused leaves the key's own figures to watch.
    let torn = torn(Gathered::default(), &[(Part::Account, refused(401))]);
    assert_eq!(refuse_vain(&torn), Ok(()));
}

#[test]
fn only_this_machines_own_servers_are_asked_every_second() {
    let mut scene = Scene::in_folder(std::path::Path::new("/nowhere"));
    let access = |base: &str| Access {
        server: BaseUrl::parse(base).unwrap(),
        key: None,
        shadowed: Vec::new(),
        base: None,
    };
    let second = Duration::from_secs(1);
    let minute = Duration::from_mins(1);
    let far = access("https://openrouter.ai/api/v1");
    assert_eq!(polite(second, &scene, &far), rhythm::SHORTEST);
    assert_eq!(polite(minute, &scene, &far), minute);
    let here = access("http://127.0.0.1:8080/v1");
    assert_eq!(polite(second, &scene, &here), second);
    scene.sandbox = Some(SandboxAccess {
        base_url: "http://127.0.0.1:1/api/v1".into(),
        api_key: Secret::new("k"),
        management_key: Secret::new("m"),
    });
    assert_eq!(polite(second, &scene, &far), second);
}
