//! What a screen has done about a key that is to get a successor.

use std::future::Future;

use jiff::Timestamp;

use super::deeds::{explained, manager};
use crate::domain::diagnosis::Diagnosis;
use crate::domain::symptom::{FileProblem, FileTrouble, Symptom};
use crate::flow::facts::{KeyInUse, Origin};
use crate::flow::rotation::{RotationEnd, RotationPlan, RotationTold, RotationWish};
use crate::flow::usage::Account;
use crate::jobs::access;
use crate::jobs::rotation::{
    self, Ended, Outcome, Plan, Progress, Retire, Step, Stop, Turn, Unplanned, Why, World, told,
};
use crate::jobs::scene::Scene;
use crate::openrouter::BaseUrl;
use crate::text::Said;

/// What would be done to give a key a successor; the key is asked about anew. Nothing is changed.
pub async fn plan(scene: &Scene, account: &Account, hash: &str, now: Timestamp) -> RotationTold {
    let planned = async {
        let manager = manager(scene, account).await;
        let manager = manager.map_err(|symptom| explained(&symptom, now))?;
        if let Some(waits) = waiting(scene, manager.server())? {
            return Ok(RotationTold::Waits(waits));
        }
        let key = manager.client().managed_key(hash).await;
        let key = key.map_err(|symptom| explained(&symptom, now))?;
        let plan = rotation::plan(scene, manager.server(), key, Retire::Disable, now);
        Ok(RotationTold::Planned(Box::new(shown(
            scene,
            &plan.map_err(unplanned)?,
        ))))
    };
    planned.await.unwrap_or_else(RotationTold::Refused)
}

/// Does what was agreed to; `wish` is `None` where only an interrupted rotation is to be ended. `stop` ends when the person
/// wants it to stop: then everything is put back.
pub async fn rotate(
    scene: &Scene,
    account: &Account,
    wish: Option<RotationWish>,
    tell: impl Fn(RotationTold),
    stop: impl Future<Output = ()>,
) -> RotationTold {
    let now = Timestamp::now();
    let done = async {
        let manager = manager(scene, account).await;
        let manager = manager.map_err(|symptom| explained(&symptom, now))?;
        let world = World {
            scene,
            manager: manager.client(),
            server: manager.server(),
        };
        let turn = Turn::take(scene, manager.server()).map_err(told::refused)?;
        let mut heard = async |step: &Step, progress: Progress| {
            if let Some(said) = told::step(scene, step, progress) {
                tell(RotationTold::Step {
                    said,
                    is_done: progress == Progress::Done,
                });
            }
        };
        let mut stop = Stop::when(stop);
        let resumed = turn.resume(&world, &mut heard, &mut stop).await;
        let resumed = resumed.map_err(|trouble| explained(&Symptom::File(trouble), now))?;
        if let Some(resumed) = resumed {
            let said = told::resumed_end(&resumed);
            let in_use = successor_in_use(scene, account, &resumed.old, &resumed.ended).await;
            return Ok(ended(said, resumed.ended, in_use));
        }
        // Somebody else has ended it meanwhile.
        let Some(wish) = wish else {
            return Ok(RotationTold::Ended(Box::new(RotationEnd {
                is_rotated: false,
                said: told::nothing_waits(),
                notes: Vec::new(),
                in_use: None,
                trouble: None,
            })));
        };
        let key = manager.client().managed_key(&wish.plan.key.hash).await;
        let key = key.map_err(|symptom| explained(&symptom, now))?;
        let mut plan = rotation::plan(scene, manager.server(), key, Retire::Disable, now)
            .map_err(unplanned)?;
        let fresh = shown(scene, &plan);
        if (&fresh.lines, &fresh.notes) != (&wish.plan.lines, &wish.plan.notes) {
            return Ok(RotationTold::Planned(Box::new(fresh)));
        }
        if wish.deletes_old {
            plan.retire = Retire::Delete;
        }
        let end = turn.run(&world, &plan, &mut heard, &mut stop).await;
        let in_use = successor_in_use(scene, account, &plan.old.hash, &end).await;
        Ok(ended(told::end(&plan, &end), end, in_use))
    };
    done.await.unwrap_or_else(RotationTold::Refused)
}

/// This machine does not let it begin.
pub fn impossible(error: &std::io::Error) -> RotationTold {
    let trouble = FileTrouble::new("".as_ref(), FileProblem::Other, &error.to_string());
    RotationTold::Refused(explained(&Symptom::File(trouble), Timestamp::now()))
}

fn waiting(scene: &Scene, server: &BaseUrl) -> Result<Option<Said>, Box<Diagnosis>> {
    let pending = rotation::pending(scene, server);
    let pending =
        pending.map_err(|trouble| explained(&Symptom::File(trouble), Timestamp::now()))?;
    Ok(pending.map(|(_, name)| told::waited(&name)))
}

fn shown(scene: &Scene, plan: &Plan) -> RotationPlan {
    RotationPlan {
        key: plan.old.clone(),
        lines: told::plan(scene, plan),
        notes: plan.notes.clone(),
    }
}

/// The successor, where the old key was the one in use here: the screens go on with it.
async fn successor_in_use(
    scene: &Scene,
    account: &Account,
    old: &str,
    ended: &Ended,
) -> Option<Box<KeyInUse>> {
    let was_in_use = account.key.as_ref().is_some_and(|key| key.hash() == old);
    let successor = ended.successor.as_ref().filter(|_| was_in_use)?;
    if ended.outcome != Outcome::Rotated {
        return None;
    }
    let access = access::in_use(scene, None, &account.server).ok()?;
    let key = access.key.clone();
    let key = key.filter(|key| key.secret.hash() == successor.hash)?;
    let asked = access.client(&scene.network).ok()?.key().await;
    Some(Box::new(KeyInUse {
        secret: key.secret,
        origin: Origin::Found(key.place),
        facts: asked.ok(),
    }))
}

fn ended(said: Said, ended: Ended, in_use: Option<Box<KeyInUse>>) -> RotationTold {
    let (is_rotated, why, left) = match ended.outcome {
        Outcome::Rotated => (true, None, Vec::new()),
        Outcome::RolledBack(why) => (false, Some(why), Vec::new()),
        Outcome::Unfinished { why, left } => (false, Some(why), left),
    };
    RotationTold::Ended(Box::new(RotationEnd {
        is_rotated,
        said,
        notes: left.into_iter().chain(ended.notes).collect(),
        in_use,
        trouble: match why {
            Some(Why::Failed(diagnosis)) => Some(diagnosis),
            Some(Why::Stopped | Why::Killed) | None => None,
        },
    }))
}

fn unplanned(unplanned: Unplanned) -> Box<Diagnosis> {
    match unplanned {
        Unplanned::Trouble(diagnosis) => diagnosis,
        Unplanned::Nowhere(said) => told::nowhere(said),
    }
}
