//! A month of the person's own use: by the account's completed days as they were learned last, else by this program's own
//! ledger. Nobody is asked.

use jiff::Timestamp;
use jiff::tz::Offset;

use super::kept;
use crate::domain::figures::DayFigures;
use crate::domain::symptom::FileTrouble;
use crate::insight::own_month::OwnMonth;
use crate::jobs::access::Access;
use crate::jobs::scene::Scene;
use crate::ledger::Ledger;

/// The person's own month on this server; `None` where nothing was used.
///
/// # Errors
/// The ledger cannot be read.
pub fn own_month(
    scene: &Scene,
    access: &Access,
    now: Timestamp,
) -> Result<Option<OwnMonth>, FileTrouble> {
    let figures = kept(scene, access).unwrap_or_default();
    if let Some(month) = OwnMonth::of_account(&figures) {
        return Ok(Some(month));
    }
    let ledger = Ledger::open(&scene.paths.state)?.ledger;
    let server = scene.name_in_ledger(&access.server);
    let Some(first_day) = ledger.first_day(&server)? else {
        return Ok(None);
    };
    let today = Offset::UTC.to_datetime(now).date();
    let rows = ledger.days(&server, OwnMonth::first_in_ledger(today), today)?;
    let rows: Vec<DayFigures> = rows.iter().map(DayFigures::from).collect();
    Ok(OwnMonth::of_ledger(&rows, first_day, today))
}
