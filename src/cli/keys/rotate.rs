//! `onramp keys rotate`: shown as a plan, done step by step, taken back whole where it fails or is stopped.

mod report;
mod words;

use std::future::Future;

use jiff::Timestamp;

use super::Ring;
use crate::cli::args::keys::KeysRotateFlags;
use crate::cli::confirm;
use crate::cli::context::Context;
use crate::cli::diagnosed;
use crate::cli::output::{Failure, Outcome};
use crate::domain::symptom::{FileTrouble, Symptom};
use crate::jobs::Access;
use crate::jobs::keys::Manager;
use crate::jobs::rotation::{
    self, Plan, Progress, Refused, Retire, Step, Stop, Turn, Unplanned, World, told,
};
use crate::openrouter::BaseUrl;

/// The key in use here.
const THIS: &str = "this";

pub(super) async fn run(context: &Context, flags: KeysRotateFlags) -> Outcome {
    // Until something is begun, Ctrl+C simply ends it.
    let (access, manager) = unless_interrupted(manager(context)).await?;
    let world = World {
        scene: &context.scene,
        manager: manager.client(),
        server: &access.server,
    };
    if flags.dry_run {
        tell_waiting(context, &access.server)?;
        let plan = unless_interrupted(plan(context, &access, &flags)).await?;
        report::planned(context, &plan, flags.shown.json);
        return Ok(());
    }
    let turn = Turn::take(&context.scene, &access.server).map_err(refused)?;
    if let Some(outcome) = take_up(context, &turn, &world, &flags).await? {
        return outcome;
    }
    let plan = unless_interrupted(plan(context, &access, &flags)).await?;
    if !flags.shown.json {
        report::announce(context, &plan);
    }
    if !flags.yes {
        if !confirm::is_somebody_there() {
            return Err(Failure::Usage(words::NOBODY.into()));
        }
        let answer = async { Ok(confirm::ask_beside(context, words::GO_ON, false).await) };
        if !unless_interrupted(answer).await? {
            context.note(words::LEFT.say(context.lang));
            return Ok(());
        }
    }
    let mut tell = Teller::new(context, flags.shown.json);
    let mut tell = async |step: &Step, progress: Progress| tell.hear(step, progress).await;
    let mut stop = Stop::when(interrupt());
    let ended = tokio::select! {
        biased;
        () = impatience(context) => return Err(Failure::Interrupted),
        ended = turn.run(&world, &plan, &mut tell, &mut stop) => ended,
    };
    report::ended(context, &plan, &ended, flags.shown.json)
}

/// Says which rotation an earlier run has left unfinished, if one has.
pub(super) fn tell_waiting(context: &Context, server: &BaseUrl) -> Result<(), Failure> {
    let pending = rotation::pending(&context.scene, server).map_err(file_failure)?;
    if let Some((_, name)) = pending {
        context.note(&told::waits(&name).say(context.lang));
    }
    Ok(())
}

/// What an earlier run has left is ended first, and with it this command.
async fn take_up(
    context: &Context,
    turn: &Turn,
    world: &World<'_>,
    flags: &KeysRotateFlags,
) -> Result<Option<Outcome>, Failure> {
    let mut tell = Teller::new(context, flags.shown.json);
    let mut tell = async |step: &Step, progress: Progress| tell.hear(step, progress).await;
    let mut stop = Stop::when(interrupt());
    let resumed = tokio::select! {
        biased;
        () = impatience(context) => return Err(Failure::Interrupted),
        resumed = turn.resume(world, &mut tell, &mut stop) => resumed,
    };
    let resumed = resumed.map_err(file_failure)?;
    Ok(resumed.map(|resumed| report::resumed(context, &resumed, flags.shown.json)))
}

async fn manager(context: &Context) -> Result<(Access, Manager), Failure> {
    let access = context
        .access_or_none()
        .map_err(|symptom| diagnosed(&symptom))?;
    let manager = Manager::at(&context.scene, &access).await;
    let manager = manager.map_err(|symptom| diagnosed(&symptom))?;
    Ok((access, manager))
}

async fn plan(
    context: &Context,
    access: &Access,
    flags: &KeysRotateFlags,
) -> Result<Plan, Failure> {
    let ring = Ring::open(context).await?;
    let old = ring.find(flags.key.as_deref().unwrap_or(THIS))?;
    let retire = if flags.delete_old {
        Retire::Delete
    } else {
        Retire::Disable
    };
    let plan = rotation::plan(
        &context.scene,
        &access.server,
        old,
        retire,
        Timestamp::now(),
    );
    plan.map_err(|unplanned| match unplanned {
        Unplanned::Trouble(diagnosis) => diagnosis.into(),
        Unplanned::Nowhere(said) => Failure::Usage(said),
    })
}

/// The wish to stop.
async fn interrupt() {
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending::<()>().await;
    }
}

/// A second Ctrl+C does not wait for everything to be put back.
async fn impatience(context: &Context) {
    interrupt().await;
    context.note(words::STOPPING.say(context.lang));
    interrupt().await;
}

async fn unless_interrupted<T>(
    work: impl Future<Output = Result<T, Failure>>,
) -> Result<T, Failure> {
    tokio::select! {
        biased;
        () = interrupt() => Err(Failure::Interrupted),
        done = work => done,
    }
}

fn refused(refused: Refused) -> Failure {
    told::refused(refused).into()
}

fn file_failure(trouble: FileTrouble) -> Failure {
    diagnosed(&Symptom::File(trouble))
}

/// Who tells each step as it is done.
struct Teller<'a> {
    context: &'a Context,
    is_silent: bool,
    #[cfg(debug_assertions)]
    halt: halt::Halt,
}

impl<'a> Teller<'a> {
    fn new(context: &'a Context, is_silent: bool) -> Self {
        Self {
            context,
            is_silent,
            #[cfg(debug_assertions)]
            halt: halt::Halt::asked_for(context),
        }
    }

    async fn hear(&mut self, step: &Step, progress: Progress) {
        if !self.is_silent
            && let Some(line) = report::line(self.context, step, progress)
        {
            self.context.note(&line);
        }
        #[cfg(debug_assertions)]
        self.halt.after(step, progress).await;
    }
}

/// In debug builds a test can have the program halt behind a step, to kill it there, to stop it, or to change
/// something meanwhile: `ONRAMP_HALT_AFTER=write`, or `write:2` for the second. A line on the standard input
/// lets it go on.
#[cfg(debug_assertions)]
mod halt {
    use super::{Context, Progress, Step, interrupt};
    use crate::cli::{output, stdin};

    pub(super) struct Halt {
        step: String,
        times: usize,
    }

    impl Halt {
        pub(super) fn asked_for(context: &Context) -> Self {
            let asked = context.scene.environment.get("ONRAMP_HALT_AFTER");
            let asked = asked.unwrap_or_default();
            let (step, times) = asked.split_once(':').unwrap_or((asked, "1"));
            Self {
                step: step.to_owned(),
                times: times.parse().unwrap_or(1),
            }
        }

        pub(super) async fn after(&mut self, step: &Step, progress: Progress) {
            if progress != Progress::Done || step.id() != self.step {
                return;
            }
            self.times = self.times.wrapping_sub(1);
            if self.times != 0 {
                return;
            }
            output::complain("halted\n");
            tokio::select! {
                biased;
                () = interrupt() => {}
                _ = stdin::line() => {}
            }
        }
    }
}
