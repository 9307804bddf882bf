//! Names taken out of a file, each with its whole line.

use std::borrow::Cow;

use super::edit::{ChangeKind, Changed, Edited};
use super::patch::Patch;
use super::place::{Hold, hold_after};
use super::refusal::{Reason, Refusal};
use super::syntax::{Item, Kind, Scan, trouble};
use super::verify::{Fit, Wanted, fit};
use super::{spelling, warning};
use crate::domain::clean_text::CleanText;

/// Removes every occurrence of each name with its whole line, all lines of a quoted block, and
/// nothing else. A name that is not there is no error and has no entry among the changes; the line
/// of a [`ChangeKind::Removed`] is of the file as it was. All or nothing.
pub fn unset(before: &[u8], names: &[&str]) -> Result<Edited, Refusal> {
    trouble(before)?;
    let mut changes = Vec::new();
    let original = Scan::new(before);
    let mut bytes = Cow::Borrowed(before);
    for &name in names {
        let occurrences = original.assignments_to(name).count();
        if let Some((item, _)) = original.assignments_to(name).next()
            && !changes
                .iter()
                .any(|changed: &Changed| changed.name.as_str() == name)
        {
            changes.push(Changed {
                name: CleanText::line(name),
                line: item.line,
                kind: ChangeKind::Removed { occurrences },
            });
        }
        bytes = without(&bytes, name)?.map_or(bytes, Cow::Owned);
    }
    let after = Scan::new(&bytes);
    let warnings = names
        .iter()
        .flat_map(|name| warning::about(&after, name))
        .collect();
    Ok(Edited {
        bytes: bytes.into_owned(),
        changes,
        warnings,
    })
}

/// The file without the name; `None` where it does not stand there.
fn without(bytes: &[u8], name: &str) -> Result<Option<Vec<u8>>, Refusal> {
    let scan = Scan::new(bytes);
    if let Some(item) = spelling::in_heredoc(&scan, name) {
        return Err(Refusal::at(item.line, Reason::InHeredoc));
    }
    let targets: Vec<Item> = scan.assignments_to(name).map(|(item, _)| item).collect();
    let (Some(first), Some(last)) = (targets.first(), targets.last()) else {
        return Ok(None);
    };
    if let Some(line) = uncovered(&scan, name) {
        return Err(Refusal::at(line, Reason::Uncovers));
    }
    let patch = Patch {
        touched: first.span.start..last.span.end,
        edits: targets
            .iter()
            .map(|item| (item.span.clone(), Vec::new()))
            .collect(),
    };
    match fit(&scan, &patch, name, Wanted::Gone) {
        Fit::Wrong => Err(Refusal::at(first.line, Reason::Disturbs)),
        Fit::All | Fit::Blind => Ok(Some(patch.apply(bytes))),
    }
}

/// The line that would swallow the next assignment once the name no longer stands between them.
fn uncovered(scan: &Scan<'_>, name: &str) -> Option<usize> {
    let (mut hold, mut holder, mut has_removed) = (Hold::Free, 1, false);
    for item in scan.items() {
        if let Kind::Assignment(assignment) = &item.kind {
            if scan.text(&assignment.name) == name.as_bytes() {
                has_removed = true;
                continue;
            }
            let is_held = matches!(hold, Hold::EmptyWithBlanks | Hold::Backslash);
            if is_held && has_removed {
                return Some(holder);
            }
        }
        hold = hold_after(scan, &item, hold);
        if item.kind != Kind::Blank {
            (holder, has_removed) = (item.line, false);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(file: &str) -> Result<String, Refusal> {
        let edited = unset(file.as_bytes(), &["KEY"])?;
        Ok(String::from_utf8(edited.bytes).unwrap())
    }

    #[test]
    fn every_occurrence_goes_with_its_line_and_nothing_else() {
        for (before, wanted) in [
            ("A=1\nKEY=x # c\nB=2\n", "A=1\nB=2\n"),
            ("KEY=\"a\nb\"\r\nexport KEY='c'\nA=1", "A=1"),
            ("A=1\r\nKEY=x", "A=1\r\n"),
            ("# KEY=x\nKEY=y\n\n", "# KEY=x\n\n"),
            ("A= \nKEY=x\n# c\nB=1\n", "A= \n# c\nB=1\n"),
            ("A=1\n", "A=1\n"),
        ] {
            assert_eq!(after(before).as_deref(), Ok(wanted));
        }
    }

    #[test]
    fn what_was_removed_is_told_with_its_old_line() {
        let edited = unset(b"A=1\nKEY=x\nKEY=y\n", &["A", "KEY", "GONE"]).unwrap();
        let told: Vec<(usize, ChangeKind)> = edited
            .changes
            .iter()
            .map(|change| (change.line, change.kind))
            .collect();
        assert_eq!(
            told,
            [
                (1, ChangeKind::Removed { occurrences: 1 }),
                (2, ChangeKind::Removed { occurrences: 2 }),
            ]
        );
    }

    #[test]
    fn a_line_that_would_lose_its_cover_is_named() {
        for file in [
            "A= \nKEY=x\nB=1\n",
            "A= \n\nKEY=x\n\nB=1\n",
            "# c \\\nKEY=x\nB=1\n",
        ] {
            assert_eq!(
                after(file),
                Err(Refusal::at(1, Reason::Uncovers)),
                "{file:?}"
            );
        }
    }

    #[test]
    fn a_name_is_not_taken_from_between_others() {
        let refusal = after("KEY=a; B=2\n").unwrap_err();
        assert_eq!(refusal, Refusal::at(1, Reason::Disturbs));
        let refusal = after("\u{feff}KEY=a\nB=2\n").unwrap_err();
        assert_eq!(refusal, Refusal::at(1, Reason::Disturbs));
        let refusal = after("A=$(cat <<X\nKEY=1\nX\n)\n").unwrap_err();
        assert_eq!(refusal, Refusal::at(1, Reason::InHeredoc));
    }
}
