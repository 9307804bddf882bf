//! What a killed run has left is taken up: forward where its successor works, else back.

use super::forward::{Run, judged};
use super::journal::Desk;
use super::patience::is_refused;
use super::stop::Stop;
use super::{Outcome, Progress, Resumed, Step, Why, World, words};
use crate::domain::symptom::FileTrouble;

pub(super) async fn resume(
    desk: &Desk,
    world: &World<'_>,
    tell: &mut impl AsyncFnMut(&Step, Progress),
    stop: &mut Stop<'_>,
) -> Result<Option<Resumed>, FileTrouble> {
    let Some((journal, keys)) = desk.read()? else {
        return Ok(None);
    };
    let (old, name) = (journal.old.clone(), journal.name.clone());
    let is_undoing = journal.undoing;
    let has_keys = keys.is_some();
    let mut run = Run::again(desk, world, journal, keys, tell, stop);
    // How far it came is not known.
    run.may_be_orphan = true;
    run.may_be_retired = true;
    let outcome = if !has_keys || is_undoing {
        run.back(Why::Killed).await
    } else {
        match run.try_successor().await {
            Ok(()) => match run.onward().await {
                Ok(()) => Outcome::Rotated,
                Err(why) => run.back(why).await,
            },
            Err(symptom) if is_refused(&symptom) => {
                run.is_successor_dead = true;
                run.back(Why::Killed).await
            }
            Err(symptom) => {
                let trouble = judged(&symptom);
                let left = vec![words::not_looked_at(&trouble.title)];
                let why = Why::Failed(trouble);
                Outcome::Unfinished { why, left }
            }
        }
    };
    let ended = run.ended(outcome);
    Ok(Some(Resumed { old, name, ended }))
}
