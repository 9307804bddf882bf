//! Other spellings of a name: what some readers take for an assignment, and commented-out ones.
//!
//! None of them is edited. Readers that know such a spelling let the last one win, so a new line
//! goes below them.

use super::lines::line_ends;
use super::syntax::{Item, Kind, Scan, head, is_blank, skip_blanks};

/// Words after which a shell takes `NAME=value` as an assignment.
pub(super) const DECLARING: &[&[u8]] = &[b"export", b"declare", b"typeset", b"readonly", b"local"];

/// The items that hold the name in another spelling: `NAME: v`, `'NAME'=v`, `NAME+=v`,
/// `declare NAME=v`, a bare `NAME`, `export NAME`.
pub(super) fn others<'s>(scan: &'s Scan<'_>, name: &'s str) -> impl Iterator<Item = Item> + 's {
    let is_it = move |item: &Item| match &item.kind {
        Kind::Assignment(assignment) => {
            scan.text(&assignment.name).strip_suffix(b"+") == Some(name.as_bytes())
        }
        Kind::Junk => is_other(scan.body(item), name.as_bytes()),
        _ => false,
    };
    scan.mentioning(name).filter(is_it)
}

/// The first item that is a heredoc with the name in it, whatever the spelling.
pub(super) fn in_heredoc(scan: &Scan<'_>, name: &str) -> Option<Item> {
    let mut heredocs = scan
        .mentioning(name)
        .filter(|item| item.kind == Kind::Heredoc);
    heredocs.find(|item| {
        let mut start = item.span.start;
        while start < item.span.end {
            let (body_end, end) = line_ends(scan.bytes, start);
            let is_it = head(scan.bytes, start, body_end).is_some_and(|head| {
                let found = scan.text(&head.name);
                found.strip_suffix(b"+").unwrap_or(found) == name.as_bytes()
            });
            if is_it || is_other(&scan.bytes[start..body_end], name.as_bytes()) {
                return true;
            }
            start = end;
        }
        false
    })
}

/// Whether a comment has the form `#[blanks][export ]NAME[blanks]=` from column 0 on.
pub(super) fn is_template(comment: &[u8], name: &str) -> bool {
    template_head(comment).is_some_and(|found| found == name.as_bytes())
}

/// The name in a comment of the form `#[blanks][export ]NAME[blanks]=`.
pub(super) fn template_head(comment: &[u8]) -> Option<&[u8]> {
    let text = comment.strip_prefix(b"#")?;
    head(text, 0, text.len()).map(|head| &text[head.name])
}

fn is_other(line: &[u8], name: &[u8]) -> bool {
    let mut words = line
        .split(|&byte| is_blank(byte))
        .filter(|word| !word.is_empty());
    let Some(first) = words.next() else {
        return false;
    };
    if DECLARING.contains(&first) && words.any(|word| is_declared(word, name)) {
        return true;
    }
    let start = skip_blanks(line, 0, line.len());
    let rest = &line[start..];
    let rest = match rest.strip_prefix(b"export") {
        Some(after) if after.first().copied().is_some_and(is_blank) => after.trim_ascii_start(),
        _ => rest,
    };
    let (rest, is_quoted) = match rest {
        [quote @ (b'\'' | b'"'), inner @ ..] => {
            let after = inner
                .strip_prefix(name)
                .and_then(|rest| rest.strip_prefix(&[*quote]));
            (after, true)
        }
        _ => (rest.strip_prefix(name), false),
    };
    match rest.map(<[u8]>::trim_ascii_start) {
        Some([]) => !is_quoted,
        Some([b'=' | b':', ..]) => true,
        // A bare name with a comment behind it.
        Some([b'#', ..]) => !is_quoted && rest.is_some_and(|rest| is_blank(rest[0])),
        _ => false,
    }
}

fn is_declared(word: &[u8], name: &[u8]) -> bool {
    match word.strip_prefix(name) {
        Some(rest) => rest.is_empty() || rest.starts_with(b"=") || rest.starts_with(b"+="),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(file: &str) -> usize {
        others(&Scan::new(file.as_bytes()), "KEY").count()
    }

    #[test]
    fn every_other_spelling_is_seen() {
        for line in [
            "KEY: v",
            "KEY:v",
            "KEY : v",
            "'KEY'=v",
            "\"KEY\" = v",
            "KEY+=v",
            "declare -x KEY=v",
            "readonly KEY=v",
            "KEY",
            "  KEY  ",
            "export KEY",
            "export KEY # c",
            "export A KEY",
        ] {
            assert_eq!(count(line), 1, "{line}");
        }
    }

    #[test]
    fn other_names_and_plain_assignments_are_none() {
        for line in [
            "KEY=v",
            "export KEY=v",
            "KEYS: v",
            "MY_KEY",
            "# KEY: v",
            "A=KEY",
            "echo KEY",
            "export KEYS",
            "key",
            "'KEY'",
            "A=\"\nKEY\n\"",
        ] {
            assert_eq!(count(line), 0, "{line}");
        }
    }

    #[test]
    fn a_commented_assignment_is_a_template_and_prose_is_not() {
        for comment in ["#KEY=", "# KEY=x", "# export KEY = x", "#\tKEY=sk-…"] {
            assert!(is_template(comment.as_bytes(), "KEY"), "{comment}");
        }
        for comment in ["# put KEY=", "## KEY=", "# KEY: x", "# KEYS=", "# KEY"] {
            assert!(!is_template(comment.as_bytes(), "KEY"), "{comment}");
        }
    }

    #[test]
    fn a_name_in_a_heredoc_is_found_where_the_heredoc_is() {
        let scan = Scan::new(b"A=1\nB=$(cat <<EOF\nKEY=x\nEOF\n)\n");
        assert_eq!(in_heredoc(&scan, "KEY").map(|item| item.line), Some(2));
        assert_eq!(in_heredoc(&scan, "OTHER"), None);
    }
}
