//! Everything the usage screen shows, learned in one go.

use futures_util::future::join;
use jiff::tz::Offset;
use jiff::{SignedDuration, Timestamp, ToSpan};

use super::alerts::{Listener, Told};
use super::glance::Glances;
use super::holding::is_within;
use super::{complete, keep, kept};
use crate::diagnosis;
use crate::domain::diagnosis::Diagnosis;
use crate::domain::figures::{DayFigures, Gathered, Known, Part};
use crate::domain::model_card::ModelCard;
use crate::domain::spend::Recorded;
use crate::domain::symptom::Symptom;
use crate::flow::usage::{
    Account, LEDGER_DAYS, LedgerQuestion, MOST_REQUESTS, OwnUsage, UsageTold,
};
use crate::insight::alerts::Thresholds;
use crate::insight::outlook::{Outlook, Seen};
use crate::jobs::access::{self, Access};
use crate::jobs::budget;
use crate::jobs::models;
use crate::jobs::recorder::Recorder;
use crate::jobs::scene::Scene;
use crate::ledger::Ledger;
use crate::openrouter::BaseUrl;

/// How long until it is asked again what became of requests that were cut off.
const OPEN_WAITS: SignedDuration = SignedDuration::from_mins(5);

/// Whose figures are wanted, and by what they are judged.
#[derive(Clone, Copy, Debug)]
pub struct Wanted<'a> {
    /// Whose.
    pub account: &'a Account,
    /// The bounds of alerts.
    pub thresholds: &'a Thresholds,
    /// The model of this project.
    pub model: Option<&'a str>,
}

/// Looks at figures again and again, for a screen: what was asked for lately is not asked for anew, and an
/// alert is told once.
#[derive(Debug, Default)]
pub struct Looks {
    /// Whose figures the glances were at.
    of: Option<Account>,
    glances: Glances,
    told: Told,
    /// When it was asked what became of requests that were cut off.
    completed: Option<Timestamp>,
}

impl Looks {
    /// Asks the server and the ledger, and judges what they say. What could not be learned is told with its
    /// reason, beside what was learned before. `tell` hears what is known on the way. Requests that were cut
    /// off are completed by `recorder`.
    pub async fn learn(
        &mut self,
        scene: &Scene,
        wanted: Wanted<'_>,
        recorder: Option<&Recorder>,
        now: Timestamp,
        mut tell: impl FnMut(UsageTold) + Send,
    ) -> UsageTold {
        let account = wanted.account;
        let access = match access::in_use(scene, account.key.as_ref(), &account.server) {
            Ok(access) => access,
            Err(symptom) => {
                let gathered = Gathered {
                    troubles: vec![(Part::Key, symptom)],
                    ..Gathered::default()
                };
                return told(scene, None, wanted, (gathered, None), now);
            }
        };
        if self.of.as_ref() != Some(account) {
            self.of = Some(account.clone());
            self.glances = Glances::default();
            self.completed = None;
        }
        let list = models::kept(scene, &access.server, access.secret().as_ref());
        let mut tell_part = |gathered: &Gathered| {
            let known = (gathered.clone(), list.clone());
            let told = told(scene, Some(&access), wanted, known, now);
            tell(UsageTold {
                is_unfinished: true,
                ..told
            });
        };
        let completing = complete_now(&mut self.completed, scene, &access, recorder, now);
        let looking = self.glances.look(scene, &access, now, &mut tell_part);
        let (mut gathered, ()) = join(looking, completing).await;
        // Not to be able to keep them is no reason not to show them.
        let _ = keep(scene, &access, &gathered.figures);
        // The prices are worth their place for every key, once the server answers at all.
        let is_there = !gathered.troubles.iter().any(|(part, _)| *part == Part::Key);
        if is_there {
            tell_part(&gathered);
        }
        let seen = self.glances.models(scene, &access, is_there, now).await;
        let trouble = seen.trouble.map(|symptom| (Part::Models, symptom));
        gathered.troubles.extend(trouble);
        let mut told = told(scene, Some(&access), wanted, (gathered, seen.list), now);
        // Figures of another time raise no alarm.
        if is_there {
            let judgement = &told.outlook.judgement;
            let news = self.told.news(scene, &access, Listener::Screen, judgement);
            told.crossed = news.new;
        }
        told
    }
}

async fn complete_now(
    completed: &mut Option<Timestamp>,
    scene: &Scene,
    access: &Access,
    recorder: Option<&Recorder>,
    now: Timestamp,
) {
    let is_young = completed.is_some_and(|at| is_within(at, OPEN_WAITS, now));
    if let Some(recorder) = recorder.filter(|_| !is_young) {
        *completed = Some(now);
        complete(scene, access, recorder, now).await;
    }
}

/// The same from what was learned before and from the ledger, without asking anybody.
pub fn recall(scene: &Scene, wanted: Wanted<'_>, now: Timestamp) -> UsageTold {
    let account = wanted.account;
    let access = access::in_use(scene, account.key.as_ref(), &account.server).ok();
    let figures = access.as_ref().and_then(|access| kept(scene, access));
    let gathered = Gathered {
        figures: figures.unwrap_or_default(),
        ..Gathered::default()
    };
    let list = |access: &Access| models::kept(scene, &access.server, access.secret().as_ref());
    let models = access.as_ref().and_then(list);
    let told = told(scene, access.as_ref(), wanted, (gathered, models), now);
    UsageTold {
        is_unfinished: true,
        ..told
    }
}

/// The server's figures, and its list of models where that is at hand.
type Learned = (Gathered, Option<Known<Vec<ModelCard>>>);

fn told(
    scene: &Scene,
    access: Option<&Access>,
    wanted: Wanted<'_>,
    (gathered, models): Learned,
    now: Timestamp,
) -> UsageTold {
    let own = access.and_then(Access::secret).map(|key| key.hash());
    let list = models.as_ref().map(|models| models.value.as_slice());
    let server = access.map(|access| &access.server);
    let OwnUsage {
        local,
        open_requests,
        budget,
        set_aside,
    } = own_of(scene, wanted.account, server, now);
    let outlook = Outlook::of(&Seen {
        figures: &gathered.figures,
        own_hash: own.as_deref(),
        local: local.as_deref().ok(),
        model: wanted.model,
        models: list,
        thresholds: wanted.thresholds,
        now,
    });
    UsageTold {
        at: now,
        of: server.map(|server| (server.to_string(), own.clone())),
        is_unfinished: false,
        gathered,
        outlook,
        local,
        open_requests,
        budget,
        set_aside,
        models,
        crossed: Vec::new(),
    }
}

/// What this program asked, and its budget, without asking anybody.
pub fn own_usage(scene: &Scene, account: &Account, now: Timestamp) -> OwnUsage {
    let access = access::in_use(scene, account.key.as_ref(), &account.server).ok();
    let server = access.as_ref().map(|access| &access.server);
    own_of(scene, account, server, now)
}

fn own_of(scene: &Scene, account: &Account, server: Option<&BaseUrl>, now: Timestamp) -> OwnUsage {
    let (local, set_aside, open_requests) = match local(scene, account, now) {
        Ok(local) => (Ok(local.days), local.set_aside, local.open),
        Err(symptom) => (Err(explained(&symptom, now)), None, 0),
    };
    // A ledger that cannot be read is told beside `local`.
    let budget = server.and_then(|server| budget::figures(scene, server, now).ok());
    OwnUsage {
        local,
        open_requests,
        budget: budget.flatten(),
        set_aside,
    }
}

struct Local {
    days: Vec<DayFigures>,
    open: u64,
    set_aside: Option<std::path::PathBuf>,
}

fn local(scene: &Scene, account: &Account, now: Timestamp) -> Result<Local, Symptom> {
    let opened = Ledger::open(&scene.paths.state).map_err(Symptom::File)?;
    let today = Offset::UTC.to_datetime(now).date();
    let first = today.saturating_sub((LEDGER_DAYS - 1).days());
    let server = server_in_ledger(scene, account)?;
    let rows = opened.ledger.days(&server, first, today);
    let rows = rows.map_err(Symptom::File)?;
    let open = opened.ledger.open_requests(&server);
    Ok(Local {
        days: rows.iter().map(DayFigures::from).collect(),
        open: open.map_err(Symptom::File)?,
        set_aside: opened.set_aside,
    })
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
            LedgerQuestion::OfDay {
                day,
                model,
                provider,
            } => {
                let provider = provider.as_ref().map(Option::as_deref);
                ledger.requests(&server, *day, model.as_deref(), provider, MOST_REQUESTS)
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

#[cfg(test)]
mod tests;
