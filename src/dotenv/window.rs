//! Which stretch of a big file must be read again to know that a change disturbs nothing.
//!
//! A reader meets a file from its top. Behind lines that leave every reader as it was at the start
//! of a line it stands as at the top of a file, so these need not be read twice. Only big files are
//! narrowed: a small one is always read whole.

use std::ops::Range;

use super::patch::Patch;
use super::syntax::{Item, Kind, Scan, Stretch, Style};

/// Files up to this many bytes are read whole.
const SMALL: usize = 256 * 1024;

/// The bytes that must be read before and after the change.
pub(super) fn stretch(scan: &Scan<'_>, patch: &Patch) -> Range<usize> {
    if scan.bytes.len() <= SMALL {
        return 0..scan.bytes.len();
    }
    narrow(scan, patch)
}

/// As [`stretch`], for a file of any size.
pub(super) fn narrow(scan: &Scan<'_>, patch: &Patch) -> Range<usize> {
    // The byte order mark goes with the first item.
    let from = |start: usize| if start == scan.first() { 0 } else { start };
    let touched = &patch.touched;
    let first_odd = scan.stretches().find_map(|stretch| match stretch {
        Stretch::Other(item) if !is_harmless(scan, &item) => Some(item),
        Stretch::Calm { .. } | Stretch::Other(_) => None,
    });
    match first_odd {
        // Every reader is at a line start behind the change, too: what it writes is harmless.
        None => from(touched.start)..touched.end,
        Some(odd) => from(odd.span.start.min(touched.start))..scan.bytes.len(),
    }
}

/// Whether every reader is at the start of a line behind this item if it was before, and reads
/// nothing in it but its own name.
pub(super) fn is_harmless(scan: &Scan<'_>, item: &Item) -> bool {
    let body = scan.body(item);
    match &item.kind {
        Kind::Blank | Kind::Blanks => true,
        Kind::Comment { .. } => std::str::from_utf8(body).is_ok() && !body.ends_with(b"\\"),
        Kind::Junk | Kind::Heredoc => false,
        Kind::Assignment(assignment) => {
            let name = scan.text(&assignment.name);
            let value = scan.text(&assignment.value);
            let comment = assignment
                .comment
                .map_or(&[][..], |at| &scan.bytes[at..item.body_end]);
            let is_calm_value = match assignment.style {
                Style::Empty | Style::Quoted(b'\'') => true,
                Style::Bare => !value.iter().any(|&byte| is_telling(byte)),
                Style::Quoted(_) => !value.iter().any(|byte| b"`$".contains(byte)),
            };
            !assignment.is_unbalanced
                && is_calm_value
                && name
                    .iter()
                    .all(|&byte| byte.is_ascii_alphanumeric() || byte == b'_')
                && !comment.iter().any(|byte| b"'\"".contains(byte))
                && !body.contains(&b'\\')
                && std::str::from_utf8(body).is_ok()
        }
    }
}

/// Bytes that mean something to a shell, or to dotenvy, in a bare value.
fn is_telling(byte: u8) -> bool {
    byte.is_ascii_whitespace()
        || matches!(
            byte,
            b'\''
                | b'"'
                | b'`'
                | b'$'
                | b'('
                | b')'
                | b'{'
                | b'}'
                | b'<'
                | b'>'
                | b';'
                | b'&'
                | b'|'
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is read for a change of these items.
    fn stretch_of(file: &[u8], touched: Range<usize>) -> String {
        let scan = Scan::new(file);
        let spans: Vec<_> = scan.items().map(|item| item.span).collect();
        let patch = Patch {
            edits: Vec::new(),
            touched: spans[touched.start].start..spans[touched.end - 1].end,
        };
        let range = narrow(&scan, &patch);
        String::from_utf8_lossy(&file[range]).into_owned()
    }

    #[test]
    fn a_calm_file_is_read_round_the_change() {
        let file = b"A=1\n# c\nKEY=x\nB=\"two words\"\n";
        assert_eq!(stretch_of(file, 2..3), "KEY=x\n");
        assert_eq!(stretch_of(file, 3..4), "B=\"two words\"\n");
    }

    #[test]
    fn behind_an_odd_line_everything_is_read() {
        let file = b"A=1\nB=don't\nKEY=x\nC=1\n";
        assert_eq!(stretch_of(file, 2..3), "B=don't\nKEY=x\nC=1\n");
        assert_eq!(stretch_of(file, 0..1), "A=1\nB=don't\nKEY=x\nC=1\n");
    }

    #[test]
    fn lines_that_lead_a_reader_astray_are_odd() {
        for line in [
            "A=1 KEY=2",
            "A=1;KEY=2",
            "A=x  # don't",
            "A=\\",
            "# c \\",
            "A=$(x)",
            "A=`x`",
            "KEY+=1",
            "A=\"`x\"",
            "A=<<x",
            "junk",
            "export",
            "A-B=1",
        ] {
            let scan = Scan::new(line.as_bytes());
            let item = scan.items().next().unwrap();
            assert!(!is_harmless(&scan, &item), "{line}");
        }
    }
}
