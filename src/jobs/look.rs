//! What is here already: keys, the files a key could go into, what is remembered of this project.

use std::time::Duration;

use jiff::tz::TimeZone;
use tokio::time::timeout;

use super::access::{InSight, has_management_key, server_in_force};
use super::scene::Scene;
use crate::diagnosis;
use crate::domain::sighting::{Place, Sighting};
use crate::domain::symptom::Symptom;
use crate::flow::env::EnvTarget;
use crate::flow::surroundings::{Memory, Surroundings};
use crate::openrouter::{BaseUrl, OpenRouter};
use crate::project::Project;
use crate::project::memory::Progress;

/// Looks round. Reads files and the credential store, asks no server.
pub fn look(scene: &Scene) -> Surroundings {
    let project = Project::at(&scene.folder);
    let progress = Progress::load(&scene.paths.state, &project.root);
    let mut around = Surroundings {
        project: project.name.clone(),
        env_files: env_files(scene, &project),
        memory: remembered(&progress),
        zone: TimeZone::try_system().ok(),
        ..Surroundings::default()
    };
    if let Some(sandbox) = &scene.sandbox {
        around.has_management_key = true;
        // Keys of the person's own are not even looked at: a simulated server has no use for them.
        around.server = Some(sandbox.base_url.clone());
        around.keys = vec![Sighting {
            place: Place::Sandbox,
            secret: sandbox.api_key.clone(),
        }];
        return around;
    }
    let mut seen = InSight::of(scene, &project);
    match server_in_force(scene, &mut seen) {
        Ok(server) => {
            let held = has_management_key(scene, &server.url, server.set.as_ref());
            around.has_management_key = held;
            let model = progress.model(&server.url.origin());
            around.memory.model = model.map(str::to_owned);
            around.server = Some(server.url.to_string());
        }
        Err(symptom) => {
            // The key stays here: it is shown, and asked about nowhere until a server is chosen.
            around.troubles.push(diagnosis::explain(&symptom).title);
            seen.keys.clear();
        }
    }
    let files = seen.troubles.into_iter().map(Symptom::File);
    around
        .troubles
        .extend(files.map(|symptom| diagnosis::explain(&symptom).title));
    around.keys = seen.keys;
    around.openai_keys = seen.openai_keys;
    around
}

/// Whether nothing that the server answers is real: it is the sandbox within this program, or one beside it, which says
/// so of its answers. It is told no key, and one that does not answer soon says nothing.
pub async fn is_simulated(scene: &Scene, server: &BaseUrl) -> bool {
    const SOON: Duration = Duration::from_millis(500);
    if scene.sandbox.is_some() {
        return true;
    }
    match OpenRouter::new(server.clone(), None, &scene.network) {
        Ok(client) => timeout(SOON, client.says_simulated())
            .await
            .unwrap_or(false),
        Err(_) => false,
    }
}

/// The files a key could go into, the recommended one first.
pub(super) fn env_files(scene: &Scene, project: &Project) -> Vec<EnvTarget> {
    let targets = project.targets().into_iter().map(|target| EnvTarget {
        path: target.path,
        exists: target.exists,
        why: target.why,
    });
    let Some(named) = &scene.env_file else {
        return targets.collect();
    };
    let path = super::access::absolute(&scene.folder, named);
    let first = EnvTarget {
        exists: path.exists(),
        why: NAMED.into(),
        path,
    };
    let others = targets.filter(|target| target.path != first.path);
    [first.clone()].into_iter().chain(others).collect()
}

const NAMED: crate::text::Phrase =
    crate::text::Phrase::new("named on the command line", "由命令行指定");

fn remembered(progress: &Progress) -> Memory {
    Memory {
        skipped: progress.skipped.clone(),
        at: progress.at.clone(),
        confirmed: progress.confirmed.clone(),
        // It belongs to a server.
        model: None,
        rules: progress.rules.clone(),
    }
}
