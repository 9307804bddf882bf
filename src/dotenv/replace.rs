//! A new value where the name stands already: only the span behind each `=` changes.

use std::ops::Range;

use super::patch::Patch;
use super::place::unbalanced;
use super::reference::is_reference;
use super::refusal::{Reason, Refusal};
use super::syntax::{Assignment, Item, Scan, Style, skip_blanks};
use super::verify::{Fit, Wanted, fit};
use super::{spelling, value};

/// The change that gives every occurrence of `name` the value: readers where the first one wins
/// and readers where the last one wins must agree. `force` replaces a reference to a secret too.
pub(super) fn patch(scan: &Scan<'_>, name: &str, new: &str, force: bool) -> Result<Patch, Refusal> {
    let targets: Vec<(Item, Assignment)> = scan.assignments_to(name).collect();
    let (Some((first, _)), Some((last, _))) = (targets.first(), targets.last()) else {
        return Err(Refusal::of_change(Reason::NoPlace));
    };
    if let Some(other) = spelling::others(scan, name)
        .last()
        .filter(|other| other.span.start > last.span.start)
    {
        return Err(Refusal::at(other.line, Reason::OtherSpelling));
    }
    for (item, assignment) in &targets {
        let is_same = scan.content(assignment) == new.as_bytes();
        if !force && !is_same && is_reference(scan, assignment) {
            return Err(Refusal::at(item.line, Reason::Reference));
        }
        let quote = value::quote_for(new, assignment.style);
        let brings_quotes = quote.is_some_and(|quote| assignment.style != Style::Quoted(quote))
            || new.contains(['\'', '"']);
        if brings_quotes && let Some(open) = unbalanced_besides(scan, name) {
            return Err(Refusal::at(open, Reason::OpenQuote));
        }
    }
    let patch = Patch {
        touched: first.span.start..last.span.end,
        edits: targets
            .iter()
            .map(|(item, assignment)| rewrite(scan, item, assignment, new))
            .collect(),
    };
    let is_kept = patch.changes_nothing(scan.bytes);
    if !is_kept && fit(scan, &patch, name, Wanted::Value(new)) == Fit::Wrong {
        return Err(Refusal::at(first.line, Reason::Disturbs));
    }
    Ok(patch)
}

/// The line of an open quote that the change would not take away.
fn unbalanced_besides(scan: &Scan<'_>, name: &str) -> Option<usize> {
    let mut unbalanced =
        unbalanced(scan).filter(|(_, other)| scan.text(&other.name) != name.as_bytes());
    unbalanced.next().map(|(item, _)| item.line)
}

/// What stands behind the `=` afterwards: the blanks where the file has that style, the value, and
/// the comment with the blanks before it, at least one.
fn rewrite(
    scan: &Scan<'_>,
    item: &Item,
    assignment: &Assignment,
    new: &str,
) -> (Range<usize>, Vec<u8>) {
    let start = assignment.equals + 1;
    let mut with = Vec::new();
    if assignment.is_spaced {
        let first = skip_blanks(scan.bytes, start, item.body_end);
        with.extend_from_slice(&scan.bytes[start..first]);
    }
    with.extend_from_slice(value::spell(new, assignment.style).as_bytes());
    if let Some(hash) = assignment.comment {
        if hash == assignment.value.end {
            with.push(b' ');
        }
        with.extend_from_slice(&scan.bytes[assignment.value.end..item.body_end]);
    }
    (start..item.body_end, with)
}
