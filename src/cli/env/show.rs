//! `onramp env show`: the variables of a file as a list, those of several files side by side.

use std::path::Path;

use serde::Serialize;

use super::sheet::Sheet;
use super::{file, table};
use crate::cli::args::EnvShowFlags;
use crate::cli::context::Context;
use crate::cli::output::{Failure, Outcome, print_json, print_line};
use crate::domain::clean_text::CleanText;
use crate::dotenv;
use crate::project::Project;
use crate::ui::wrap::{pad, width};

pub(super) fn run(context: &Context, flags: &EnvShowFlags) -> Outcome {
    let project = Project::at(&context.scene.folder);
    let named = flags.file.file.is_some() || context.scene.env_file.is_some();
    let mut paths = if named {
        Vec::new()
    } else {
        project.env_files()
    };
    if paths.is_empty() {
        paths.push(file(context, &flags.file));
    }
    let sheets = paths
        .into_iter()
        .map(|path| Sheet::read(path, context.lang))
        .collect::<Result<Vec<Sheet>, Failure>>()?;
    if flags.json {
        print_json(&sheets.iter().flat_map(rows_of).collect::<Vec<_>>());
        return Ok(());
    }
    match sheets.as_slice() {
        [one] => list(context, one),
        many => table::print(context, &project, many),
    }
    Ok(())
}

fn rows_of(sheet: &Sheet) -> Vec<Row> {
    let file = shown(&sheet.path);
    let rows = sheet.bindings.iter().map(|binding| Row {
        value_masked: dotenv::shown_value(&binding.name, binding.value.expose()),
        name: CleanText::line(&binding.name),
        line: binding.line,
        file: file.clone(),
    });
    rows.collect()
}

fn shown(path: &Path) -> CleanText {
    CleanText::line(&path.display().to_string())
}

fn list(context: &Context, sheet: &Sheet) {
    let rows = rows_of(sheet);
    context.note(&shown(&sheet.path));
    let columns = rows.iter().map(|row| width(&row.name)).max().unwrap_or(0);
    for row in &rows {
        print_line(&format!(
            "{:>4}  {}  {}",
            row.line,
            pad(&row.name, columns),
            row.value_masked
        ));
    }
}

/// What scripts read: a contract.
#[derive(Serialize)]
struct Row {
    name: CleanText,
    value_masked: CleanText,
    line: usize,
    file: CleanText,
}
