//! The figures of a screen in a file of their own.

use super::csv;
use super::report::{Report, Shown};
use crate::diagnosis;
use crate::domain::clean_text::CleanText;
use crate::domain::diagnosis::Diagnosis;
use crate::domain::figures::DayFigures;
use crate::domain::json;
use crate::domain::symptom::{FileProblem, FileTrouble, Symptom};
use crate::files;
use crate::flow::usage::{Export, ExportForm};
use crate::jobs::scene::Scene;

/// Writes figures into a new file in the folder the program was started in; its name. No file that is
/// there is touched.
///
/// # Errors
/// The file cannot be written.
pub fn export(scene: &Scene, export: &Export) -> Result<CleanText, Box<Diagnosis>> {
    let told = &export.told;
    let local: Option<Vec<DayFigures>> = told.local.as_ref().ok().map(|rows| {
        let rows = rows.iter().filter(|row| row.date >= export.first);
        rows.cloned().collect()
    });
    let gathered = told.gathered.clone().of_days(export.first);
    let shown = Shown {
        server: &export.server,
        is_simulated: export.is_simulated,
        figures: &gathered.figures,
        first: export.first,
        days: gathered.figures.days_back_to(export.first),
        today: gathered.figures.rows_of_today(told.at),
        local: local.as_deref(),
        open_requests: local.is_some().then_some(told.open_requests),
        budget: told.budget,
        outlook: &told.outlook,
        now: told.at,
    };
    let (text, ending) = match export.form {
        ExportForm::Csv => (csv::text(&shown), "csv"),
        ExportForm::Json => {
            let report = Report::of(&shown, export.lang);
            (json::line(&report) + "\n", "json")
        }
    };
    let day = told.at.strftime("%Y-%m-%d").to_string();
    let stem = if export.is_simulated {
        format!("onramp-usage-sandbox-{day}")
    } else {
        format!("onramp-usage-{day}")
    };
    write_new(scene, &stem, ending, &text).map_err(|trouble| {
        let symptom = Symptom::File(trouble);
        Box::new(diagnosis::explain(&symptom))
    })
}

/// Writes a file under the first name that nobody has.
fn write_new(
    scene: &Scene,
    stem: &str,
    ending: &str,
    text: &str,
) -> Result<CleanText, FileTrouble> {
    /// More exports of one day than anybody makes.
    const MOST: usize = 1_000;
    for number in 1..MOST {
        let name = match number {
            1 => format!("{stem}.{ending}"),
            more => format!("{stem}-{more}.{ending}"),
        };
        let before = files::read(&scene.folder.join(&name))?;
        if before.bytes.is_some() {
            continue;
        }
        match files::save(&before, text.as_bytes()) {
            // Another program took the name in this moment.
            Err(trouble) if trouble.kind == FileProblem::Changed => {}
            saved => return saved.map(|_| CleanText::line(&name)),
        }
    }
    Err(FileTrouble::new(
        &scene.folder.join(stem),
        FileProblem::Changed,
        "too many exports of one day",
    ))
}
