//! The person's own bounds on what this program spends, held against its ledger before each request.
//!
//! What counts: requests to every server that may charge. A server on this machine stands for itself: what is
//! simulated or free there spends nobody's money elsewhere, and the sandbox inside this program counts never.

use jiff::tz::Offset;
use jiff::{Timestamp, ToSpan};

use super::access::Access;
use super::scene::Scene;
use crate::domain::budget::{Budget, BudgetFigures, Next, Reached, SpentHere};
use crate::domain::money::Usd;
use crate::domain::symptom::FileTrouble;
use crate::ledger::Ledger;
use crate::openrouter::BaseUrl;
use crate::settings::Preferences;

/// Whether a request may go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Allowed {
    /// It may.
    Yes,
    /// A bound is reached: only with the person's word.
    Asks(Reached),
}

/// Whether a request may go that costs about `estimate`, by the bounds of a budget. What may cost anything asks; but
/// where the server's list names no prices at all (`lists_prices`; `None`: there is no list), nothing could be told of
/// any request.
///
/// # Errors
/// A bound is set, and the ledger cannot be read.
pub fn allow(
    scene: &Scene,
    access: &Access,
    budget: Budget,
    estimate: Option<Usd>,
    lists_prices: Option<bool>,
    now: Timestamp,
) -> Result<Allowed, FileTrouble> {
    if scene.sandbox.is_some() || budget.is_unset() {
        return Ok(Allowed::Yes);
    }
    let spent = spent(scene, &access.server, now)?;
    let next = match estimate {
        Some(cost) => Next::About(cost),
        None if lists_prices.unwrap_or(!access.server.is_loopback()) => Next::Open,
        None => Next::Untold,
    };
    Ok(match budget.reached(spent, next) {
        Some(reached) => Allowed::Asks(reached),
        None => Allowed::Yes,
    })
}

/// The bounds that are set and what stands against them; `None` where none is set.
///
/// # Errors
/// The ledger cannot be read.
pub fn figures(
    scene: &Scene,
    server: &BaseUrl,
    now: Timestamp,
) -> Result<Option<BudgetFigures>, FileTrouble> {
    let budget = budget(scene);
    if budget.is_unset() {
        return Ok(None);
    }
    let spent = spent(scene, server, now)?;
    Ok(Some(BudgetFigures { budget, spent }))
}

/// The bounds that are set in the preferences.
pub fn budget(scene: &Scene) -> Budget {
    Preferences::load(&scene.paths.config).0.budget
}

/// What this program spent today and this month that counts for requests to a server.
///
/// # Errors
/// The ledger cannot be read.
pub fn spent(scene: &Scene, server: &BaseUrl, now: Timestamp) -> Result<SpentHere, FileTrouble> {
    let ledger = Ledger::open(&scene.paths.state)?.ledger;
    let today = Offset::UTC.to_datetime(now).date();
    // Whoever reads across a change of months means the one that runs.
    let first = today.first_of_month();
    let own = scene.name_in_ledger(server);
    let servers = if server.is_loopback() || scene.sandbox.is_some() {
        vec![own]
    } else {
        let mut all = ledger.servers()?;
        all.retain(|name| may_charge(name));
        all
    };
    let mut spent = SpentHere::default();
    for server in servers {
        // A request that began before midnight is booked on its day: tomorrow is nobody's.
        for row in ledger.days(&server, first, today.saturating_add(1.day()))? {
            spent.month = spent.month + row.used.cost;
            if row.day >= today {
                spent.day = spent.day + row.used.cost;
            }
        }
    }
    Ok(spent)
}

/// Whether a server of the ledger is one that takes money: not the sandbox, and none on this machine.
fn may_charge(name: &str) -> bool {
    BaseUrl::parse(name).is_ok_and(|server| !server.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::spend::{Ending, NewRequest, Outcome, Purpose};
    use crate::files::save_private;

    fn now() -> Timestamp {
        "2026-11-25T12:00:00Z".parse().unwrap()
    }

    fn book(scene: &Scene, at: &str, server: &str, cost: &str) {
        let ledger = Ledger::open(&scene.paths.state).unwrap().ledger;
        let id = ledger
            .begin(&NewRequest {
                at: at.parse().unwrap(),
                purpose: Purpose::Ask,
                project: None,
                server: server.into(),
                model: "a/b".into(),
            })
            .unwrap();
        let ending = Ending {
            cost: Usd::parse(cost),
            ..Ending::of(Outcome::Done)
        };
        ledger.finish(id, &ending).unwrap();
    }

    fn access(server: &str) -> Access {
        Access {
            server: BaseUrl::parse(server).unwrap(),
            key: None,
            shadowed: Vec::new(),
            base: None,
        }
    }

    fn scene(folder: &tempfile::TempDir) -> Scene {
        let scene = Scene::in_folder(folder.path());
        let text = r#"{"budget": {"day_usd": 1, "month_usd": "3.00"}}"#;
        save_private(
            &scene.paths.config.join("preferences.json"),
            text.as_bytes(),
        )
        .unwrap();
        for (at, server, cost) in [
            ("2026-10-31T23:59:59Z", "https://openrouter.ai", "90"),
            ("2026-11-01T00:00:00Z", "https://openrouter.ai", "1.50"),
            ("2026-11-25T00:00:00Z", "https://openrouter.ai", "0.40"),
            ("2026-11-25T01:00:00Z", "https://api.openai.com", "0.20"),
            ("2026-11-25T02:00:00Z", "sandbox", "50"),
            ("2026-11-25T03:00:00Z", "http://127.0.0.1:9", "70"),
        ] {
            book(&scene, at, server, cost);
        }
        scene
    }

    #[test]
    fn what_counts_is_the_money_of_real_servers_by_utc_days() {
        let folder = tempfile::tempdir().unwrap();
        let scene = scene(&folder);
        let usd = |text: &str| Usd::parse(text).unwrap();
        let server = BaseUrl::default();
        let spent = spent(&scene, &server, now()).unwrap();
        assert_eq!((spent.day, spent.month), (usd("0.6"), usd("2.1")));
        let allowed = |estimate: &str| {
            let estimate = Usd::parse(estimate);
            let access = access(BaseUrl::DEFAULT);
            allow(&scene, &access, budget(&scene), estimate, Some(true), now()).unwrap()
        };
        assert_eq!(allowed("0.40"), Allowed::Yes);
        assert!(matches!(allowed("0.41"), Allowed::Asks(_)));
        let Allowed::Asks(open) = allowed("unknown") else {
            panic!("a price that nobody knows passes no bound unasked");
        };
        assert_eq!(open.next, Next::Open);
    }

    #[test]
    fn a_server_on_this_machine_stands_for_itself_and_the_sandbox_never_counts() {
        let folder = tempfile::tempdir().unwrap();
        let mut scene = scene(&folder);
        let here = access("http://127.0.0.1:9/api/v1");
        let free = access("http://127.0.0.1:8/api/v1");
        assert!(matches!(
            allow(&scene, &here, budget(&scene), None, None, now()),
            Ok(Allowed::Asks(_))
        ));
        assert_eq!(
            allow(&scene, &free, budget(&scene), None, None, now()),
            Ok(Allowed::Yes)
        );
        scene.sandbox = Some(crate::jobs::scene::SandboxAccess {
            base_url: "http://127.0.0.1:9/api/v1".into(),
            api_key: crate::domain::secret::Secret::new("k"),
            management_key: crate::domain::secret::Secret::new("m"),
        });
        assert_eq!(
            allow(&scene, &here, budget(&scene), None, None, now()),
            Ok(Allowed::Yes)
        );
    }
}
