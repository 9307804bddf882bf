//! Lines that swallow the one below them, and lines that are no assignment.

use std::collections::HashSet;

use super::Notes;
use super::layout::shown;
use super::mend::Mend;
use super::trap::{Trap, notation as trap};
use crate::dotenv::spelling::DECLARING;
use crate::dotenv::syntax::{Item, Kind, Scan, Style, is_blank, skip_blanks};
use crate::dotenv::value::{is_name, is_plain};

pub(super) fn examine(scan: &Scan<'_>, notes: &mut Notes<'_>) {
    // Lines that Node 20 glues to the next name, until one comes.
    let mut gluing: Vec<Item> = Vec::new();
    let mut empty: Option<Item> = None;
    let names: HashSet<&[u8]> = scan
        .assignments()
        .map(|(_, pair)| scan.text(&pair.name))
        .collect();
    for item in scan.items() {
        if scan.body(&item).ends_with(b"\\") && item.span.end < scan.bytes.len() {
            notes.say(&trap::BACKSLASH_AT_END, item.line, &[], None);
        }
        match &item.kind {
            Kind::Blank => {}
            Kind::Comment { is_indented: false } => empty = None,
            Kind::Blanks | Kind::Comment { is_indented: true } => {
                gluing.push(item);
            }
            Kind::Junk => {
                (gluing, empty) = (Vec::new(), None);
                junk(scan, &item, &names, notes);
            }
            Kind::Heredoc => {
                (gluing, empty) = (Vec::new(), None);
                notes.say(&trap::HEREDOC, item.line, &[], None);
            }
            Kind::Assignment(pair) => {
                let name = shown(scan.text(&pair.name));
                for glue in gluing.drain(..) {
                    let (trap, mend) = unglued(scan, &glue);
                    notes.say(trap, glue.line, &[&name], Some(mend));
                }
                if let Some(above) = empty.take() {
                    swallowing(scan, &above, &name, notes);
                }
                let is_empty = pair.style == Style::Empty && pair.comment.is_none();
                empty = (is_empty && item.body_end > pair.equals + 1).then_some(item);
            }
        }
    }
}

/// An empty value with blanks above a name.
fn swallowing(scan: &Scan<'_>, above: &Item, name: &dyn std::fmt::Display, notes: &mut Notes<'_>) {
    let Kind::Assignment(pair) = &above.kind else {
        return;
    };
    let mend = Mend::of(vec![(pair.equals + 1..above.body_end, Vec::new())]);
    let own = shown(scan.text(&pair.name));
    notes.say(
        &trap::EMPTY_WITH_BLANKS,
        above.line,
        &[&own, name],
        Some(mend),
    );
}

fn unglued(scan: &Scan<'_>, glue: &Item) -> (&'static Trap, Mend) {
    let blanks_end = skip_blanks(scan.bytes, glue.span.start, glue.body_end);
    let mend = Mend::of(vec![(glue.span.start..blanks_end, Vec::new())]);
    match glue.kind {
        Kind::Blanks => (&trap::BLANKS_LINE, mend),
        _ => (&trap::INDENTED_COMMENT, mend),
    }
}

/// A line that is no assignment: a name alone, a name with a colon, or anything else.
fn junk(scan: &Scan<'_>, item: &Item, names: &HashSet<&[u8]>, notes: &mut Notes<'_>) {
    let commented = Mend::of(vec![(item.span.start..item.span.start, b"# ".to_vec())]);
    let body = scan.body(item);
    if let Some((name, value)) = with_colon(body) {
        let is_twice = names.contains(name.as_bytes());
        let mend = with_equals(item, name, value).filter(|_| !is_twice);
        notes.say(&trap::COLON, item.line, &[&shown(name.as_bytes())], mend);
        return;
    }
    match alone(body) {
        Some(name) => {
            let mend = Some(commented.by_consent());
            notes.say(&trap::BARE_NAME, item.line, &[&shown(name)], mend);
        }
        None => notes.say(&trap::JUNK, item.line, &[], Some(commented.by_consent())),
    }
}

/// `NAME` or `export NAME`.
fn alone(body: &[u8]) -> Option<&[u8]> {
    let mut words = body
        .split(|&byte| is_blank(byte))
        .filter(|word| !word.is_empty());
    let first = words.next()?;
    let name = if DECLARING.contains(&first) {
        words.next()?
    } else {
        first
    };
    let is_alone = words.next().is_none_or(|rest| rest.starts_with(b"#"));
    (is_alone && std::str::from_utf8(name).is_ok_and(is_name)).then_some(name)
}

/// The name and the value of `NAME: value`.
fn with_colon(body: &[u8]) -> Option<(&str, &str)> {
    let text = std::str::from_utf8(body).ok()?;
    let (name, value) = text.split_once(':')?;
    // `http://…` alone on a line is no name with a value.
    let is_one = is_name(name.trim()) && !value.starts_with("//");
    is_one.then_some((name.trim(), value.trim()))
}

/// The line with `=`, where the value reads the same everywhere as it stands.
fn with_equals(item: &Item, name: &str, value: &str) -> Option<Mend> {
    let bare = ['\'', '"'].iter().find_map(|&quote| {
        let inner = value.strip_prefix(quote)?.strip_suffix(quote)?;
        Some(inner)
    });
    let bare = bare.unwrap_or(value);
    if !is_plain(bare) {
        return None;
    }
    let line = format!("{name}={bare}");
    let edit = (item.span.start..item.body_end, line.into_bytes());
    Some(Mend::of(vec![edit]).bringing(name, bare).by_consent())
}
