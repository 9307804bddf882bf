//! The variables of a project's .env files side by side, and which file wins in which environment.

use std::collections::{HashMap, HashSet};
use std::path::Path;

use super::sheet::Sheet;
use crate::cli::context::Context;
use crate::cli::output::print_line;
use crate::domain::clean_text::CleanText;
use crate::domain::sighting::short_path;
use crate::dotenv;
use crate::project::{EnvironmentFiles, Project};
use crate::text::{Lang, Phrase};
use crate::ui::wrap::{pad, width};

const NAME: Phrase = Phrase::new("variable", "变量");
const LEGEND: Phrase = Phrase::new(
    "* another value than in the first file that has it; - not there",
    "* 与最先出现的文件中的值不同；- 没有",
);
const WINS: Phrase = Phrase::new("which file wins", "以哪个文件为准");
const BY_HAND: Phrase = Phrase::new("programs", "程序");
const BY_NAME: Phrase = Phrase::new("{} (by name)", "{}（需指名）");
const EXPORTED: Phrase = Phrase::new(
    "(a variable of the shell wins over all of them)",
    "（shell 中的环境变量优先于所有文件）",
);

/// Prints the table.
pub(super) fn print(context: &Context, project: &Project, sheets: &[Sheet]) {
    let lang = context.lang;
    let names = names(sheets);
    let columns: Vec<Column<'_>> = sheets.iter().map(Column::of).collect();
    let columns = columns.as_slice();
    let mut rows = vec![header(NAME.say(lang), sheets, &project.folder)];
    rows.extend(names.iter().map(|name| row(name, columns)));
    print_aligned(&rows);
    context.note(LEGEND.say(lang));
    let environments = project.environments();
    let contested: Vec<&str> = names
        .iter()
        .copied()
        .filter(|name| {
            columns
                .iter()
                .filter(|it| it.values.contains_key(name))
                .count()
                > 1
        })
        .collect();
    if contested.is_empty() || environments.is_empty() {
        return;
    }
    print_line("");
    let mut rows = vec![
        std::iter::once(WINS.say(lang).to_owned())
            .chain(environments.iter().map(|it| title(it, lang)))
            .collect(),
    ];
    rows.extend(
        contested
            .iter()
            .map(|name| winners(name, &environments, columns)),
    );
    print_aligned(&rows);
    context.note(EXPORTED.say(lang));
}

/// A file with its values by name.
struct Column<'a> {
    path: &'a Path,
    values: HashMap<&'a str, &'a str>,
}

impl<'a> Column<'a> {
    fn of(sheet: &'a Sheet) -> Self {
        let pairs = sheet.bindings.iter();
        Self {
            path: &sheet.path,
            values: pairs
                .map(|binding| (binding.name.as_str(), binding.value.expose()))
                .collect(),
        }
    }
}

/// Every variable, in the order in which the files have them.
fn names(sheets: &[Sheet]) -> Vec<&str> {
    let mut seen: HashSet<&str> = HashSet::new();
    let all = sheets.iter().flat_map(|sheet| &sheet.bindings);
    all.map(|binding| binding.name.as_str())
        .filter(|name| seen.insert(name))
        .collect()
}

fn header(first: &str, sheets: &[Sheet], folder: &Path) -> Vec<String> {
    let files = sheets
        .iter()
        .map(|sheet| short_path(&sheet.path, folder).into_string());
    std::iter::once(first.to_owned()).chain(files).collect()
}

/// A variable in each file, masked; what differs from the first value is marked.
fn row(name: &str, columns: &[Column<'_>]) -> Vec<String> {
    let mut first: Option<&str> = None;
    let mut cells = vec![CleanText::line(name).into_string()];
    for column in columns {
        let Some(&value) = column.values.get(name) else {
            cells.push("-".into());
            continue;
        };
        let differs = *first.get_or_insert(value) != value;
        let mark = if differs { " *" } else { "" };
        cells.push(format!("{}{mark}", dotenv::shown_value(name, value)));
    }
    cells
}

fn title(environment: &EnvironmentFiles, lang: Lang) -> String {
    match &environment.mode {
        None => BY_HAND.say(lang).into(),
        Some(mode) if environment.is_by_name => BY_NAME.fill(lang, &[&CleanText::line(mode)]),
        Some(mode) => CleanText::line(mode).into_string(),
    }
}

/// The file that a variable comes from in each environment.
fn winners(name: &str, environments: &[EnvironmentFiles], columns: &[Column<'_>]) -> Vec<String> {
    let of = |environment: &EnvironmentFiles| {
        let mut files = environment.files.iter();
        let winner = files.find(|file| {
            let mut columns = columns.iter();
            columns.any(|it| it.path == file.as_path() && it.values.contains_key(name))
        });
        let name = winner.and_then(|file| file.file_name());
        name.map_or_else(
            || "-".into(),
            |name| CleanText::line(&name.to_string_lossy()).into_string(),
        )
    };
    std::iter::once(CleanText::line(name).into_string())
        .chain(environments.iter().map(of))
        .collect()
}

fn print_aligned(rows: &[Vec<String>]) {
    let columns = rows.first().map_or(0, Vec::len);
    let widest = |at: usize| {
        rows.iter()
            .filter_map(|row| row.get(at))
            .map(|cell| width(cell))
            .max()
    };
    let widths: Vec<usize> = (0..columns).map(|at| widest(at).unwrap_or(0)).collect();
    for row in rows {
        let cells = row
            .iter()
            .zip(&widths)
            .map(|(cell, width)| pad(cell, *width));
        print_line(cells.collect::<Vec<_>>().join("  ").trim_end());
    }
}
