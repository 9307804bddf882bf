//! Looks again and again, and tells only what is new.
//!
//! ```text
//! look ─> Gathered ─ take ─> Round { news } ─> whoever watches ─ wait ─> look
//!                     │
//!                     └ what was before: figures, troubles, alerts told
//! ```

use std::ops::ControlFlow;
use std::time::Duration;

use jiff::tz::Offset;
use jiff::{Timestamp, ToSpan};

use super::alerts::{Listener, Told};
use super::glance::Glances;
use super::keep;
use crate::controls::rhythm::{self, Rhythm, is_passing};
use crate::diagnosis;
use crate::domain::diagnosis::Diagnosis;
use crate::domain::figures::{DayFigures, Figures, Gathered, Part, Untold};
use crate::domain::symptom::{FileTrouble, Symptom};
use crate::insight::alerts::{Alert, Judgement, Thresholds};
use crate::insight::changes::{Change, changes};
use crate::insight::outlook::{Outlook, Seen, TOLD_DAYS};
use crate::jobs::access::Access;
use crate::jobs::scene::Scene;
use crate::ledger::Ledger;

/// What is wanted of a watch.
#[derive(Clone, Copy, Debug)]
pub struct Wishes<'a> {
    /// How far apart the looks are, while all is well.
    pub interval: Duration,
    /// The bounds.
    pub thresholds: Thresholds,
    /// The model of this project: a word about its end is one to its person.
    pub model: Option<&'a str>,
    /// Who is told.
    pub listener: Listener<'a>,
}

/// Something that is new.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum News {
    /// The first figures are there.
    Began,
    /// A figure changed.
    Changed(Change),
    /// A bound was crossed.
    Crossed(Alert),
    /// Something is in the way: from here on a part of the figures is older.
    InTheWay(Part, Box<Diagnosis>),
    /// Nothing is in the way any more.
    Well,
    /// What was told cannot be written down: a restart would tell it again.
    Forgetful(FileTrouble),
}

/// What one look brought.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Round {
    /// The figures now; of those in the way, the last ones.
    pub figures: Figures,
    /// What is new, in the order in which it is to be told. It may be nothing.
    pub news: Vec<News>,
    /// What the server does not tell, and to whom it would.
    pub untold: Vec<Untold>,
    /// A sandbox tells it, within this program or beside it: nothing is real.
    pub is_simulated: bool,
    /// When.
    pub at: Timestamp,
}

/// Why there is nothing to watch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Vain {
    /// The server is not OpenRouter: it tells no figures.
    NotOpenRouter,
    /// What is in the way does not pass by itself: a key that is refused, an address that is none.
    Trouble(Box<Symptom>),
}

/// The interval as it is kept: on a server that is not this machine's own, no shorter than is polite.
pub fn polite(wished: Duration, scene: &Scene, access: &Access) -> Duration {
    if scene.sandbox.is_some() || access.server.is_loopback() {
        wished
    } else {
        wished.max(rhythm::SHORTEST)
    }
}

/// Watches until `tell` has had enough; it hears of every look.
///
/// # Errors
/// There is nothing to watch, as the first look shows.
pub async fn watch<End>(
    scene: &Scene,
    access: &Access,
    wishes: Wishes<'_>,
    mut tell: impl AsyncFnMut(Round) -> ControlFlow<End>,
) -> Result<End, Vain> {
    let own = access.secret().map(|key| key.hash());
    let told = Told::default();
    let mut glances = Glances::default();
    let mut sight = Sight::default();
    let mut rhythm = Rhythm::of(wishes.interval);
    loop {
        let now = Timestamp::now();
        let gathered = glances.look(scene, access, now, &mut |_| {}).await;
        if sight.is_first() {
            refuse_vain(&gathered)?;
        }
        // Not to be able to keep them is no reason not to watch.
        let _ = keep(scene, access, &gathered.figures);
        // A word about a model is one about those in use: the days, the ledger and the project tell which they are.
        let local = own_days(scene, access, now);
        let is_used = local.as_ref().is_some_and(|rows| !rows.is_empty());
        let names_models = gathered.figures.daily.is_some() || is_used || wishes.model.is_some();
        let asks = gathered.troubles.is_empty() && names_models;
        let seen = glances.models(scene, access, asks, now).await;
        let outlook = Outlook::of(&Seen {
            own_hash: own.as_deref(),
            local: local.as_deref(),
            model: wishes.model,
            models: seen.list.as_ref().map(|list| list.value.as_slice()),
            ..Seen::of(&gathered.figures, &wishes.thresholds, now)
        });
        let wait = rhythm.wait(&gathered.troubles, now);
        let judge = |judgement: &Judgement| told.news(scene, access, wishes.listener, judgement);
        let mut round = sight.take(gathered, &outlook.judgement, judge, now);
        round.is_simulated = scene.sandbox.is_some() || round.figures.is_simulated;
        if let ControlFlow::Break(end) = tell(round).await {
            return Ok(end);
        }
        tokio::time::sleep(wait).await;
    }
}

/// What this program asked in the days that tell which models are in use. Where the ledger cannot be read nothing is
/// said of them.
fn own_days(scene: &Scene, access: &Access, now: Timestamp) -> Option<Vec<DayFigures>> {
    let ledger = Ledger::open(&scene.paths.state).ok()?.ledger;
    let today = Offset::UTC.to_datetime(now).date();
    let first = today.saturating_sub(TOLD_DAYS.days());
    let rows = ledger.days(&scene.name_in_ledger(&access.server), first, today);
    Some(rows.ok()?.iter().map(DayFigures::from).collect())
}

fn refuse_vain(gathered: &Gathered) -> Result<(), Vain> {
    if gathered.untold.contains(&Untold::NotOpenRouter) {
        return Err(Vain::NotOpenRouter);
    }
    let of_key = gathered
        .troubles
        .iter()
        .find(|(part, _)| *part == Part::Key);
    match of_key {
        Some((_, symptom)) if !is_passing(symptom) => Err(Vain::Trouble(Box::new(symptom.clone()))),
        _ => Ok(()),
    }
}

/// What was seen last, and what was said of it.
#[derive(Debug, Default)]
struct Sight {
    has_looked: bool,
    /// The figures, from the first look on that brought any.
    figures: Option<Figures>,
    /// The troubles that were said, by the id of their diagnosis.
    ailing: Vec<(Part, &'static str)>,
    is_forgetful: bool,
}

impl Sight {
    fn is_first(&self) -> bool {
        !self.has_looked
    }

    /// What is new in a look. `judge` tells which alerts are; it is not asked while no figure of the key was
    /// ever seen, so that figures from another day raise no alarm.
    fn take(
        &mut self,
        gathered: Gathered,
        judgement: &Judgement,
        judge: impl FnOnce(&Judgement) -> super::alerts::News,
        at: Timestamp,
    ) -> Round {
        self.has_looked = true;
        let is_blind = gathered.troubles.iter().any(|(part, _)| *part == Part::Key);
        let mut round = Round {
            news: self.troubles(&gathered.troubles, at),
            figures: gathered.figures,
            untold: gathered.untold,
            is_simulated: false,
            at,
        };
        let news = &mut round.news;
        match &self.figures {
            Some(before) => {
                let changes = changes(before, &round.figures);
                news.extend(changes.into_iter().map(News::Changed));
            }
            None if is_blind => return round,
            None => news.push(News::Began),
        }
        self.figures = Some(round.figures.clone());
        let crossed = judge(judgement);
        news.extend(crossed.new.into_iter().map(News::Crossed));
        match crossed.trouble {
            Some(trouble) if !self.is_forgetful => {
                self.is_forgetful = true;
                news.push(News::Forgetful(trouble));
            }
            Some(_) => {}
            None => self.is_forgetful = false,
        }
        round
    }

    /// What is newly in the way, or no more.
    fn troubles(&mut self, troubles: &[(Part, Symptom)], at: Timestamp) -> Vec<News> {
        let judged: Vec<(Part, Diagnosis)> = troubles
            .iter()
            .map(|(part, symptom)| (*part, diagnosis::explain_at(symptom, at)))
            .collect();
        let was_ailing = !self.ailing.is_empty();
        let before = std::mem::take(&mut self.ailing);
        self.ailing = judged.iter().map(|(part, seen)| (*part, seen.id)).collect();
        if was_ailing && judged.is_empty() {
            return vec![News::Well];
        }
        let new = judged
            .into_iter()
            .filter(|(part, seen)| !before.contains(&(*part, seen.id)));
        new.map(|(part, seen)| News::InTheWay(part, Box::new(seen)))
            .collect()
    }
}

#[cfg(test)]
mod tests;
