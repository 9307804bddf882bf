//! Comments that share a line with a value.

use super::Notes;
use super::layout::shown;
use super::mend::Mend;
use super::trap::notation as trap;
use crate::dotenv::insert::first_line_end;
use crate::dotenv::syntax::{Assignment, Item, Scan, Style, is_blank};

pub(super) fn examine(scan: &Scan<'_>, notes: &mut Notes<'_>) {
    for (item, pair) in scan.assignments() {
        let Some(hash) = pair.comment else { continue };
        let name = shown(scan.text(&pair.name));
        let mend = lifted(scan, &item, &pair, hash);
        let trap = if pair.style == Style::Empty {
            &trap::COMMENT_FOR_VALUE
        } else if is_missed_by_dotenvy(scan, &item, hash) {
            &trap::QUOTE_IN_COMMENT
        } else {
            &trap::INLINE_COMMENT
        };
        notes.say(trap, item.line, &[&name], mend);
    }
}

/// dotenvy's line splitter sees a comment behind an odd number of blanks only; else a lone quote in
/// it stays open.
fn is_missed_by_dotenvy(scan: &Scan<'_>, item: &Item, hash: usize) -> bool {
    let before = &scan.bytes[item.span.start..hash];
    let blanks = before.iter().rev().take_while(|&&byte| is_blank(byte));
    let comment = &scan.bytes[hash..item.body_end];
    let odd = |quote| memchr::memchr_iter(quote, comment).count() % 2 == 1;
    blanks.count() % 2 == 0 && (odd(b'\'') || odd(b'"'))
}

/// The comment on a line of its own above; `None` where that line would swallow this one.
fn lifted(scan: &Scan<'_>, item: &Item, pair: &Assignment, hash: usize) -> Option<Mend> {
    let comment = scan.bytes[hash..item.body_end].trim_ascii_end();
    if comment.ends_with(b"\\") {
        return None;
    }
    let line_end = match scan.line_end(item) {
        b"" => first_line_end(scan),
        own => own,
    };
    let start = match pair.style {
        Style::Empty => pair.equals + 1,
        Style::Bare | Style::Quoted(_) => pair.value.end,
    };
    Some(Mend::of(vec![
        (
            item.span.start..item.span.start,
            [comment, line_end].concat(),
        ),
        (start..item.body_end, Vec::new()),
    ]))
}
