//! The few facts taken from a project's own description files: its name and what it depends on.
//!
//! These files are foreign: too long, broken or oddly shaped ones simply tell nothing.

use std::path::Path;

use serde_json::Value;

use crate::domain::clean_text::CleanText;
use crate::files;

/// Longer files are not read: a description of a project has a few pages.
const LONGEST: u64 = 1024 * 1024;

/// The project's name as `package.json`, `Cargo.toml`, `pyproject.toml`, `go.mod` or `composer.json`
/// gives it.
pub(super) fn name(folder: &Path) -> Option<String> {
    let in_toml = |file: &str, tables: &[&str]| {
        let text = text(&folder.join(file))?;
        tables.iter().find_map(|table| toml_name(&text, table))
    };
    let in_json = |file: &str| Some(json(folder, file)?.get("name")?.as_str()?.to_owned());
    let readings: [&dyn Fn() -> Option<String>; 5] = [
        &|| in_json("package.json"),
        &|| in_toml("Cargo.toml", &["package"]),
        &|| in_toml("pyproject.toml", &["project", "tool.poetry"]),
        &|| go_module(&text(&folder.join("go.mod"))?),
        &|| in_json("composer.json"),
    ];
    readings.iter().find_map(|read| readable(&read()?))
}

/// A name made safe to draw, if anything is left of it.
pub(super) fn readable(name: &str) -> Option<String> {
    let name = CleanText::line(name).shortened(60).into_string();
    (!name.is_empty()).then_some(name)
}

/// The packages that `package.json` asks for.
pub(super) fn node_packages(folder: &Path) -> Vec<String> {
    let tables = ["dependencies", "devDependencies"];
    packages(folder, "package.json", &tables)
}

/// The packages that `composer.json` asks for.
pub(super) fn php_packages(folder: &Path) -> Vec<String> {
    packages(folder, "composer.json", &["require", "require-dev"])
}

/// The gems that a `Gemfile` asks for by name.
pub(super) fn gems(folder: &Path) -> Vec<String> {
    let text = text(&folder.join("Gemfile")).unwrap_or_default();
    text.lines()
        .filter_map(|line| {
            let rest = line.trim_start().strip_prefix("gem")?;
            let rest = rest.trim_start_matches([' ', '\t', '(']);
            let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''))?;
            rest.split(quote).nth(1).map(ToOwned::to_owned)
        })
        .collect()
}

fn packages(folder: &Path, file: &str, tables: &[&str]) -> Vec<String> {
    let Some(manifest) = json(folder, file) else {
        return Vec::new();
    };
    tables
        .iter()
        .filter_map(|table| manifest.get(table)?.as_object())
        .flat_map(|table| table.keys().cloned())
        .collect()
}

fn json(folder: &Path, file: &str) -> Option<Value> {
    serde_json::from_str(&text(&folder.join(file))?).ok()
}

pub(super) fn text(path: &Path) -> Option<String> {
    let length = std::fs::metadata(path).ok()?.len();
    if length > LONGEST {
        return None;
    }
    let text = String::from_utf8(files::read(path).ok()?.bytes?).ok()?;
    Some(text.trim_start_matches('\u{feff}').to_owned())
}

/// `name = "…"` in a table of a TOML file. Good for the plain lines that tools write; anything finer
/// than that tells nothing.
fn toml_name(text: &str, table: &str) -> Option<String> {
    let header = format!("[{table}]");
    let value = text
        .lines()
        .map(str::trim)
        .skip_while(|line| *line != header)
        .skip(1)
        .take_while(|line| !line.starts_with('['))
        .find_map(|line| {
            let (key, value) = line.split_once('=')?;
            (key.trim() == "name").then(|| value.trim())
        })?;
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    value.split(quote).nth(1).map(ToOwned::to_owned)
}

/// The last part of a Go module's path; `/v2` and the like are versions, not names.
fn go_module(text: &str) -> Option<String> {
    let path = text
        .lines()
        .find_map(|line| line.trim().strip_prefix("module "))?
        .split("//")
        .next()?
        .trim()
        .trim_matches('"');
    path.rsplit('/')
        .find(|part| !is_version(part))
        .map(ToOwned::to_owned)
}

fn is_version(part: &str) -> bool {
    part.strip_prefix('v')
        .is_some_and(|digits| !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name_of(file: &str, text: &str) -> Option<String> {
        let folder = tempfile::tempdir().unwrap();
        files::save_private(&folder.path().join(file), text.as_bytes()).unwrap();
        name(folder.path())
    }

    #[test]
    fn each_description_gives_its_name() {
        let named = |file, text| name_of(file, text).unwrap();
        assert_eq!(named("package.json", r#"{"name":"@me/shop"}"#), "@me/shop");
        assert_eq!(named("composer.json", r#"{"name":"me/shop"}"#), "me/shop");
        assert_eq!(
            named(
                "Cargo.toml",
                "[workspace]\nname = 'no'\n[package]\nname = \"yes\" # it\n"
            ),
            "yes"
        );
        assert_eq!(
            named(
                "pyproject.toml",
                "[build-system]\nx=1\n\n[project]\r\nname = 'api'\r\n"
            ),
            "api"
        );
        assert_eq!(
            named("pyproject.toml", "[tool.poetry]\nname=\"old\"\n"),
            "old"
        );
        assert_eq!(
            named("go.mod", "module example.com/me/tool/v2 // x\n\ngo 1.25\n"),
            "tool"
        );
    }

    #[test]
    fn what_tells_nothing_gives_no_name() {
        assert_eq!(name_of("package.json", r#"{"name":7}"#), None);
        assert_eq!(name_of("package.json", "{"), None);
        assert_eq!(
            name_of("Cargo.toml", "[package]\nname.workspace = true\n"),
            None
        );
        assert_eq!(name_of("Cargo.toml", "[workspace]\nmembers = []\n"), None);
        assert_eq!(name_of("go.mod", "go 1.25\n"), None);
        assert_eq!(name_of("package.json", &"x".repeat(2_000_000)), None);
    }

    #[test]
    fn a_name_cannot_drive_the_terminal() {
        let evil = r#"{"name":"a\u001b]0;x\u0007\nb"}"#;
        assert_eq!(name_of("package.json", evil).as_deref(), Some("a␛]0;x␇ b"));
        let unseen = r#"{"name":"\u200b"}"#;
        assert_eq!(name_of("package.json", unseen).as_deref(), Some("<U+200B>"));
        let long = format!(r#"{{"name":"{}"}}"#, "n".repeat(500));
        assert_eq!(name_of("package.json", &long).unwrap().chars().count(), 60);
    }

    #[test]
    fn gems_are_read_in_every_common_spelling() {
        let folder = tempfile::tempdir().unwrap();
        let text = "gem 'a'\n  gem(\"b\", '1')\n# gem 'c'\ngemspec\n";
        files::save_private(&folder.path().join("Gemfile"), text.as_bytes()).unwrap();
        assert_eq!(gems(folder.path()), ["a", "b"]);
    }
}
