//! A question made ready to be asked.

use jiff::Timestamp;

use super::scene::Scene;
use crate::flow::talk::{Composed, Draft};
use crate::project::Project;

/// Makes a question ready.
pub fn compose(scene: &Scene, draft: &Draft, now: Timestamp) -> Composed {
    let _ = draft;
    let project = Project::at(&scene.folder);
    Composed {
        at: now,
        fresh_id: fresh_id(now),
        project: Some(project.root.to_string_lossy().into_owned()),
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
