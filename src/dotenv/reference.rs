//! Values that point to a secret kept elsewhere: plain text over them would end up in a commit.

use super::syntax::{Assignment, Scan, Style};

/// How references of password managers and of encrypted files begin.
const SCHEMES: &[&[u8]] = &[b"op://", b"vault://", b"encrypted:"];

/// Whether a value is a reference and not a secret: a password manager's, an encrypted one, a
/// command to run, anything with `$`.
pub(super) fn is_reference(scan: &Scan<'_>, assignment: &Assignment) -> bool {
    scan.content(assignment).contains(&b'$') || points_elsewhere(scan, assignment)
}

/// As [`is_reference`], but `$` alone does not count.
pub(super) fn points_elsewhere(scan: &Scan<'_>, assignment: &Assignment) -> bool {
    let content = scan.content(assignment);
    if SCHEMES.iter().any(|scheme| content.starts_with(scheme)) {
        return true;
    }
    match assignment.style {
        Style::Quoted(b'`') => is_command(content),
        _ => content.contains(&b'`'),
    }
}

/// Whether text in backticks is a command. The npm family takes backticks for quotes, so one word
/// that is no path is taken for a value.
fn is_command(content: &[u8]) -> bool {
    content.iter().any(u8::is_ascii_whitespace)
        || content.starts_with(b"/")
        || content.starts_with(b".")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is(line: &str) -> bool {
        let scan = Scan::new(line.as_bytes());
        scan.assignments()
            .any(|(_, assignment)| is_reference(&scan, &assignment))
    }

    #[test]
    fn references_are_told_from_secrets() {
        for line in [
            "K=op://dev/or/key",
            "K=\"encrypted:BDq\"",
            "K='vault://x'",
            "K=$(op read x)",
            "K=${OTHER}",
            "K=`op read x`",
            "K=`./get-key`",
            "K=\"a`b`\"",
            "K=pa$$word",
        ] {
            assert!(is(line), "{line}");
        }
        for line in [
            "K=sk-or-v1-0",
            "K=",
            "K=`sk-or-v1-0`",
            "K=https://openrouter.ai",
            "K=xop://",
        ] {
            assert!(!is(line), "{line}");
        }
    }
}
