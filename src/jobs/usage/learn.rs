//! Everything the usage screen shows, learned in one go.

use jiff::tz::Offset;
use jiff::{Timestamp, ToSpan};

use super::alerts::{Listener, Told};
use super::glance::Glances;
use super::{keep, kept};
use crate::diagnosis;
use crate::domain::diagnosis::Diagnosis;
use crate::domain::figures::{DayFigures, Gathered, Known, Part};
use crate::domain::model_card::ModelCard;
use crate::domain::spend::Recorded;
use crate::domain::symptom::Symptom;
use crate::flow::usage::{Account, LEDGER_DAYS, LedgerQuestion, UsageTold};
use crate::insight::alerts::Thresholds;
use crate::insight::outlook::Outlook;
use crate::jobs::access::{self, Access};
use crate::jobs::budget;
use crate::jobs::models;
use crate::jobs::scene::Scene;
use crate::ledger::Ledger;
use crate::openrouter::BaseUrl;

/// At most so many requests of the ledger are shown in one list.
const MOST_REQUESTS: usize = 500;

/// Looks at figures again and again, for a screen: what was asked for lately is not asked for anew, and an
/// alert is told once.
#[derive(Debug, Default)]
pub struct Looks {
    /// Whose figures the glances were at.
    of: Option<Account>,
    glances: Glances,
    told: Told,
}

impl Looks {
    /// Asks the server and the ledger, and judges what they say. What could not be learned is told with its
    /// reason, beside what was learned before.
    pub async fn learn(
        &mut self,
        scene: &Scene,
        account: &Account,
        thresholds: &Thresholds,
        now: Timestamp,
    ) -> UsageTold {
        let access = match access::in_use(scene, account.key.as_ref(), &account.server) {
            Ok(access) => access,
            Err(symptom) => {
                let gathered = Gathered {
                    troubles: vec![(Part::Key, symptom)],
                    ..Gathered::default()
                };
                return told(scene, None, account, (gathered, None), thresholds, now);
            }
        };
        if self.of.as_ref() != Some(account) {
            self.of = Some(account.clone());
            self.glances = Glances::default();
        }
        let gathered = self.glances.look(scene, &access, now).await;
        // Not to be able to keep them is no reason not to show them.
        let _ = keep(scene, &access, &gathered.figures);
        // The prices are worth their place for every key, once the server answers at all.
        let is_there = !gathered.troubles.iter().any(|(part, _)| *part == Part::Key);
        let models = self.glances.models(scene, &access, is_there, now).await;
        let models = models.cloned();
        let known = (gathered, models);
        let mut told = told(scene, Some(&access), account, known, thresholds, now);
        let judgement = &told.outlook.judgement;
        let news = self.told.news(scene, &access, Listener::Screen, judgement);
        told.crossed = news.new;
        told
    }
}

/// The same from what was learned before and from the ledger, without asking anybody; `None` where
/// nothing was learned before.
pub fn recall(
    scene: &Scene,
    account: &Account,
    thresholds: &Thresholds,
    now: Timestamp,
) -> Option<UsageTold> {
    let access = access::in_use(scene, account.key.as_ref(), &account.server).ok()?;
    let figures = kept(scene, &access)?;
    let gathered = Gathered {
        figures,
        ..Gathered::default()
    };
    let models = models::kept(scene, &access.server, access.secret().as_ref());
    let known = (gathered, models);
    let told = told(scene, Some(&access), account, known, thresholds, now);
    Some(UsageTold {
        is_recalled: true,
        ..told
    })
}

/// The server's figures, and its list of models where that is at hand.
type Learned = (Gathered, Option<Known<Vec<ModelCard>>>);

fn told(
    scene: &Scene,
    access: Option<&Access>,
    account: &Account,
    (gathered, models): Learned,
    thresholds: &Thresholds,
    now: Timestamp,
) -> UsageTold {
    let own = access.and_then(Access::secret).map(|key| key.hash());
    let list = models.as_ref().map(|models| models.value.as_slice());
    let outlook = Outlook::of(&gathered.figures, own.as_deref(), list, thresholds, now);
    let (local, set_aside) = match local(scene, account, now) {
        Ok((days, aside)) => (Ok(days), aside),
        Err(symptom) => (Err(explained(&symptom, now)), None),
    };
    let server = access.map(|access| &access.server);
    let budget = server.and_then(|server| budget::figures(scene, server, now).ok());
    UsageTold {
        at: now,
        is_recalled: false,
        gathered,
        outlook,
        local,
        // A ledger that cannot be read is told beside `local`.
        budget: budget.flatten(),
        set_aside,
        models,
        crossed: Vec::new(),
    }
}

type Local = (Vec<DayFigures>, Option<std::path::PathBuf>);

fn local(scene: &Scene, account: &Account, now: Timestamp) -> Result<Local, Symptom> {
    let opened = Ledger::open(&scene.paths.state).map_err(Symptom::File)?;
    let today = Offset::UTC.to_datetime(now).date();
    let first = today.saturating_sub((LEDGER_DAYS - 1).days());
    let server = server_in_ledger(scene, account)?;
    let rows = opened.ledger.days(&server, first, today);
    let rows = rows.map_err(Symptom::File)?;
    Ok((
        rows.iter().map(DayFigures::from).collect(),
        opened.set_aside,
    ))
}

/// Looks requests up in the ledger, the latest first.
///
/// # Errors
/// The ledger cannot be read.
pub fn requests(
    scene: &Scene,
    account: &Account,
    question: &LedgerQuestion,
    now: Timestamp,
) -> Result<Vec<Recorded>, Box<Diagnosis>> {
    let found = server_in_ledger(scene, account).and_then(|server| {
        let opened = Ledger::open(&scene.paths.state).map_err(Symptom::File)?;
        let ledger = opened.ledger;
        let found = match question {
            LedgerQuestion::Latest => ledger.latest(&server, MOST_REQUESTS),
            LedgerQuestion::OfDay { day, model } => {
                ledger.requests(&server, *day, model.as_deref(), MOST_REQUESTS)
            }
            LedgerQuestion::Containing(text) => ledger.search(&server, text, MOST_REQUESTS),
        };
        found.map_err(Symptom::File)
    });
    found.map_err(|symptom| explained(&symptom, now))
}

/// The name that a server has in the ledger.
fn server_in_ledger(scene: &Scene, account: &Account) -> Result<String, Symptom> {
    let access = access::in_use(scene, account.key.as_ref(), &account.server);
    let server = match access {
        Ok(access) => access.server,
        // Without a key the server that is named still has its past.
        Err(_) => BaseUrl::parse(&account.server)?,
    };
    Ok(scene.name_in_ledger(&server))
}

fn explained(symptom: &Symptom, now: Timestamp) -> Box<Diagnosis> {
    Box::new(diagnosis::explain_at(symptom, now))
}
