//! A new line `NAME=value` where the name does not stand yet.

use super::lines::line_ends;
use super::patch::Patch;
use super::place::{Place, first_unbalanced, line_in_the_way, places};
use super::refusal::{Reason, Refusal};
use super::syntax::{Scan, Style};
use super::value;
use super::verify::{Fit, Wanted, fit};

/// The change that puts the line at the best place where every reader sees it; one where a reader
/// stays blind to the name is the last resort.
pub(super) fn patch(scan: &Scan<'_>, name: &str, new: &str) -> Result<Patch, Refusal> {
    // The quotes of the new line would close the one that is open.
    if value::quote_for(new, Style::Empty).is_some()
        && let Some(open) = first_unbalanced(scan)
    {
        return Err(Refusal::at(open.line, Reason::OpenQuote));
    }
    let line = format!("{name}={}", value::spell(new, Style::Empty));
    let mut last_resort = None;
    for place in places(scan, name)? {
        let patch = insertion(scan, place, &line);
        match fit(scan, &patch, name, Wanted::Value(new)) {
            Fit::All => return Ok(patch),
            Fit::Blind => last_resort = last_resort.or(Some(patch)),
            Fit::Wrong => {}
        }
    }
    last_resort.ok_or_else(|| Refusal::at(line_in_the_way(scan), Reason::Disturbs))
}

/// The line at its place, with a line end of its own; a line above without one gets one.
fn insertion(scan: &Scan<'_>, place: Place, line: &str) -> Patch {
    let above = match place {
        Place::Below(start) => scan.items_from(start).next(),
        Place::Top => None,
    };
    let (offset, end_above) = match &above {
        Some(item) => (item.span.end, scan.line_end(item)),
        None => (scan.first(), &b""[..]),
    };
    let line_end = if end_above.is_empty() {
        first_line_end(scan)
    } else {
        end_above
    };
    let mut with = Vec::new();
    if above.is_some() && end_above.is_empty() {
        with.extend_from_slice(line_end);
    }
    with.extend_from_slice(line.as_bytes());
    with.extend_from_slice(line_end);
    let beside = above.or_else(|| scan.items().next());
    Patch {
        touched: beside.map_or(offset..offset, |item| item.span),
        edits: vec![(offset..offset, with)],
    }
}

/// The first line end in the file, else `\n`: new files have it on every system, since a CR breaks
/// shells.
pub(super) fn first_line_end<'a>(scan: &Scan<'a>) -> &'a [u8] {
    let (body_end, end) = line_ends(scan.bytes, 0);
    if body_end == end {
        b"\n"
    } else {
        &scan.bytes[body_end..end]
    }
}
