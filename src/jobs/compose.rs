//! A question made ready to be asked: the files it names read, and what looks secret in it found.

use jiff::Timestamp;

use super::scene::Scene;
use super::{attach, secrets};
use crate::controls::mention;
use crate::domain::outgoing::SecretSpot;
use crate::domain::source::Source;
use crate::flow::attach::NotAttached;
use crate::flow::talk::{Composed, Draft};
use crate::project::Project;

/// Makes a question ready. It reads files: it blocks.
pub fn compose(scene: &Scene, draft: &Draft, now: Timestamp) -> Composed {
    let project = Project::at(&scene.folder);
    let mentions = mention::mentions(&draft.text, |path| attach::is_there(&project, path));
    let sources: Vec<Source> = mentions.into_iter().map(|mention| mention.source).collect();
    let gathered = attach::gather(&project, &sources, draft.card.as_ref());
    let typed = secrets::find_secrets(&draft.text, None);
    let spots = typed.iter().chain(&gathered.secrets);
    let (sent, media) = gathered.with_question(&draft.text);
    let attached = gathered.attached.iter().map(|it| it.name.clone());
    Composed {
        at: now,
        fresh_id: fresh_id(now),
        project: Some(project.root.to_string_lossy().into_owned()),
        secrets: spots.map(SecretSpot::said).collect(),
        refused: gathered.refused.iter().map(NotAttached::said).collect(),
        attached: attached.collect(),
        sent,
        media,
    }
}

/// A name that sorts by time and that no other conversation has.
fn fresh_id(now: Timestamp) -> String {
    let mut random = [0_u8; 4];
    // Without randomness two conversations of the same microsecond share a name.
    let _ = getrandom::fill(&mut random);
    let random = random.map(|byte| format!("{byte:02x}")).concat();
    format!("{}-{random}", now.strftime("%Y%m%dT%H%M%S%6f"))
}
