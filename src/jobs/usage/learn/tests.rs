//! What a look tells its screen.

use super::*;
use crate::domain::figures::{AccountFigures, Figures};
use crate::domain::money::Usd;
use crate::domain::secret::Secret;

#[tokio::test]
async fn figures_of_another_time_raise_no_alarm() {
    let folder = tempfile::tempdir().unwrap();
    let scene = Scene::in_folder(folder.path());
    let account = Account {
        key: Some(Secret::new("k")),
        // Nobody listens there.
        server: "http://127.0.0.1:1/api/v1".into(),
    };
    let thresholds = Thresholds::default();
    let wanted = Wanted {
        account: &account,
        thresholds: &thresholds,
        model: None,
    };
    let now: Timestamp = "2026-11-25T14:03:00Z".parse().unwrap();
    let access = access::in_use(&scene, account.key.as_ref(), &account.server).unwrap();
    let figures = Figures {
        account: Some(Known {
            as_of: now,
            value: AccountFigures {
                total_credits: Usd::from_cents(1_000),
                total_usage: Usd::from_cents(999),
                balance: Usd::from_cents(1),
            },
        }),
        ..Figures::default()
    };
    keep(&scene, &access, &figures).unwrap();
    let mut looks = Looks::default();
    let told = looks.learn(&scene, wanted, None, now, |_| {}).await;
    assert_eq!(told.gathered.troubles.first().unwrap().0, Part::Key);
    assert_eq!(told.outlook.judgement.alerts[0].id, "balance-low");
    assert!(told.crossed.is_empty(), "{:?}", told.crossed);
}
