//! What wants the person's word before anything is sent or paid for.

use jiff::Timestamp;

use super::Failed;
use super::deliver::{self, Agreed};
use super::ready::Ready;
use crate::cli::args::AskFlags;
use crate::cli::confirm;
use crate::cli::context::Context;
use crate::cli::output;
use crate::diagnosis;
use crate::domain::symptom::Symptom;
use crate::flow::code_out::CodePlan;
use crate::jobs::budget::Allowed;
use crate::jobs::{Access, budget, code_out, estimate};
use crate::text::Phrase;

const SEND_SECRET: Phrase = Phrase::new("Send it all the same?", "仍要发送吗？");
const GO_OVER: Phrase = Phrase::new("Send it all the same?", "仍要发送吗？");

/// Whether the answer could be written where it is to go: told before it costs anything. Where somebody is
/// there, the difference is shown to them when there is one.
pub(super) fn target(context: &Context, flags: &AskFlags) -> Result<(), Failed> {
    let Some(path) = &flags.answer_file else {
        return Ok(());
    };
    let nothing = CodePlan {
        path: path.clone(),
        ..CodePlan::default()
    };
    let (review, _) = code_out::review(&context.scene, &nothing)?;
    match deliver::lacking(&review, Agreed::to_typed(flags)) {
        Some(diagnosis) if !confirm::is_somebody_there() => Err(diagnosis.into()),
        _ => Ok(()),
    }
}

/// Whether a question may go: without a secret in it, and within the budget, or with the person's word.
pub(super) async fn to_send(
    context: &Context,
    flags: &AskFlags,
    ready: &Ready,
    access: &Access,
) -> Result<(), Failed> {
    if !ready.secrets.is_empty() && !flags.allow_secrets {
        let symptom = Symptom::SecretsOutgoing(ready.secrets.clone());
        agreed(context, symptom, SEND_SECRET).await?;
    }
    if !flags.over_budget
        && let Some(symptom) = over_budget(context, ready, access)?
    {
        agreed(context, symptom, GO_OVER).await?;
    }
    Ok(())
}

/// The budget that a request would pass.
pub(super) fn over_budget(
    context: &Context,
    ready: &Ready,
    access: &Access,
) -> Result<Option<Symptom>, Failed> {
    let scene = &context.scene;
    if context.budget.is_unset() {
        return Ok(None);
    }
    let cost = estimate::estimate(scene, &access.server, &ready.request, &ready.cards).dearest;
    let (budget, lists) = (context.budget, ready.lists_prices);
    let allowed = budget::allow(scene, access, budget, cost, lists, Timestamp::now());
    match allowed.map_err(Symptom::File)? {
        Allowed::Yes => Ok(None),
        Allowed::Asks(reached) => Ok(Some(Symptom::BudgetReached(reached))),
    }
}

/// Asks the person, where one is there; without a yes it is the trouble.
async fn agreed(context: &Context, symptom: Symptom, question: Phrase) -> Result<(), Failed> {
    if !confirm::is_somebody_there() {
        return Err(symptom.into());
    }
    let told = diagnosis::explain(&symptom);
    let lines = [told.title.say(context.lang), told.cause.say(context.lang)];
    output::complain(&format!("{}\n", lines.join("\n")));
    if confirm::ask_beside(context, question, false).await {
        return Ok(());
    }
    Err(symptom.into())
}
