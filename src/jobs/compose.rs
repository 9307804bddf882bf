//! A question made ready to be asked: the files it names read, and what looks secret in it found.

use jiff::Timestamp;

use super::budget::{self, Allowed};
use super::scene::Scene;
use super::{access, attach, secrets};
use crate::controls::mention;
use crate::diagnosis;
use crate::domain::outgoing::SecretSpot;
use crate::domain::source::Source;
use crate::domain::symptom::Symptom;
use crate::flow::attach::NotAttached;
use crate::flow::talk::{Composed, Draft};
use crate::project::Project;
use crate::text::Said;

/// Makes a question ready. It reads files: it blocks.
pub fn compose(scene: &Scene, draft: &Draft, now: Timestamp) -> Composed {
    let project = Project::at(&scene.folder);
    let mentions = mention::mentions(&draft.text, |path| attach::is_there(&project, path));
    let sources: Vec<Source> = mentions.into_iter().map(|mention| mention.source).collect();
    let gathered = attach::gather(&project, &scene.environment, &sources, draft.card.as_ref());
    let typed = secrets::find_secrets(&draft.text, None);
    let spots = typed.iter().chain(&gathered.secrets);
    let (sent, media) = gathered.with_question(&draft.text);
    let attached = gathered.attached.iter().map(|it| it.name.clone());
    Composed {
        at: now,
        fresh_id: fresh_id(now),
        project: Some(project.root.to_string_lossy().into_owned()),
        over_budget: over_budget(scene, draft, now),
        secrets: spots.map(SecretSpot::said).collect(),
        refused: gathered.refused.iter().map(NotAttached::said).collect(),
        attached: attached.collect(),
        sent,
        media,
    }
}

/// What a budget that is reached says. What the request itself will cost is not known yet: one that is used up
/// already is told.
fn over_budget(scene: &Scene, draft: &Draft, now: Timestamp) -> Option<Said> {
    let account = &draft.account;
    let access = access::in_use(scene, account.key.as_ref(), &account.server).ok()?;
    let symptom = match budget::allow(scene, &access, None, now) {
        Ok(Allowed::Yes) => return None,
        Ok(Allowed::Asks(reached)) => Symptom::BudgetReached(reached),
        Err(trouble) => Symptom::File(trouble),
    };
    Some(diagnosis::explain_at(&symptom, now).cause)
}

/// A name that sorts by time and that no other conversation has.
fn fresh_id(now: Timestamp) -> String {
    let mut random = [0_u8; 4];
    // Without randomness two conversations of the same microsecond share a name.
    let _ = getrandom::fill(&mut random);
    let random = random.map(|byte| format!("{byte:02x}")).concat();
    format!("{}-{random}", now.strftime("%Y%m%dT%H%M%S%6f"))
}
