//! Requests of this program whose end or whose bill is not known yet.

use jiff::Timestamp;

use crate::jobs::access::Access;
use crate::jobs::recorder::Recorder;
use crate::jobs::scene::Scene;
use crate::jobs::unfinished::complete_unfinished;
use crate::ledger::Ledger;

/// Asks the server for what is open, and waits until what it told is written down. Nothing is asked where
/// nothing is open, or the ledger cannot be read.
pub async fn complete(scene: &Scene, access: &Access, recorder: &Recorder, now: Timestamp) {
    let server = scene.name_in_ledger(&access.server);
    let opened = Ledger::open(&scene.paths.state);
    let count = opened.and_then(|opened| opened.ledger.open_requests(&server));
    if !count.is_ok_and(|count| count > 0) {
        return;
    }
    let Ok(client) = access.client(&scene.network) else {
        return;
    };
    complete_unfinished(&client, recorder, now).await;
    recorder.written().await;
}
