//! `onramp env show`: the variables of a file, values masked.

use serde::Serialize;

use super::file;
use crate::cli::args::EnvShowFlags;
use crate::cli::context::Context;
use crate::cli::output::{Outcome, print_json, print_line};
use crate::domain::clean_text::CleanText;
use crate::domain::symptom::{FileProblem, FileTrouble, Symptom};
use crate::ui::wrap::{pad, width};
use crate::{dotenv, files};

pub(super) fn run(context: &Context, flags: &EnvShowFlags) -> Outcome {
    let path = file(context, &flags.file);
    let trouble = |trouble| crate::cli::diagnosed(&Symptom::File(trouble));
    let snapshot = files::read(&path).map_err(trouble)?;
    let Some(bytes) = snapshot.bytes else {
        return Err(trouble(FileTrouble {
            path,
            kind: FileProblem::Missing,
            detail: CleanText::default(),
        }));
    };
    // Where readers do not agree on the lines, none of them is shown as true.
    dotenv::syntax::trouble(&bytes).map_err(|refusal| {
        trouble(FileTrouble {
            path: path.clone(),
            kind: FileProblem::Other,
            detail: CleanText::line(&refusal.said().say(context.lang)),
        })
    })?;
    let file = CleanText::line(&path.display().to_string());
    let rows: Vec<Row> = dotenv::bindings(&bytes)
        .into_iter()
        .map(|binding| Row {
            value_masked: dotenv::shown_value(&binding.name, binding.value.expose()),
            name: CleanText::line(&binding.name),
            line: binding.line,
            file: file.clone(),
        })
        .collect();
    if flags.json {
        print_json(&rows);
        return Ok(());
    }
    context.note(&file);
    let columns = rows.iter().map(|row| width(&row.name)).max().unwrap_or(0);
    for row in &rows {
        print_line(&format!(
            "{:>4}  {}  {}",
            row.line,
            pad(&row.name, columns),
            row.value_masked
        ));
    }
    Ok(())
}

/// What scripts read: a contract.
#[derive(Serialize)]
struct Row {
    name: CleanText,
    value_masked: CleanText,
    line: usize,
    file: CleanText,
}
