//! What makes code a bad file although it is well meant: changes instead of a file, parts left out, characters
//! that nobody sees.

use crate::domain::clean_text::count_unseen;
use crate::flow::code_out::Doubt;

/// Words beside an ellipsis in a comment that stands for code left out.
const LEFT_OUT: &[&str] = &[
    "existing",
    "rest of",
    "unchanged",
    "remain",
    "same as",
    "as before",
    "previous code",
    "other code",
    "omitted",
    "省略",
    "不变",
    "其余",
    "其他代码",
    "原有",
    "保持",
];

/// Whether code is a unified diff: what `git apply` takes.
pub(super) fn is_patch(code: &str) -> bool {
    let begins = |mark: &str| code.lines().any(|line| line.starts_with(mark));
    begins("@@ ") && begins("--- ") && begins("+++ ")
}

/// What the person should know of the code before it is written; `is_over` something that stands there.
pub(super) fn doubts(code: &str, is_over: bool) -> impl Iterator<Item = Doubt> {
    let elided = code.lines().position(stands_for_more);
    let elided = elided.filter(|_| is_over).map(|at| Doubt::Elided(at + 1));
    let unseen = count_unseen(code);
    let unseen = (unseen > 0).then_some(Doubt::Unseen(unseen));
    elided.into_iter().chain(unseen)
}

/// `// ... existing code ...` and its like.
fn stands_for_more(line: &str) -> bool {
    let line = line.trim().to_lowercase();
    let is_comment = ["//", "#", "--", "/*", "<!--", "{/*", ";", "%", "*"]
        .iter()
        .any(|mark| line.starts_with(mark));
    let has_gap = line.contains("...") || line.contains('…');
    is_comment && has_gap && LEFT_OUT.iter().any(|word| line.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_comment_for_code_left_out_is_doubted_where_code_would_be_lost() {
        for (line, is) in [
            ("    // ... existing code ...", true),
            ("# ... rest of the file", true),
            ("// ... 其余代码不变 ...", true),
            ("<!-- … unchanged … -->", true),
            ("let all = [..];", false),
            ("// and so on ...", false),
            ("call(...existing)", false),
        ] {
            let code = format!("fn a() {{}}\n{line}\n");
            let found: Vec<Doubt> = doubts(&code, true).collect();
            let expected = if is { vec![Doubt::Elided(2)] } else { vec![] };
            assert_eq!(found, expected, "{line}");
            assert_eq!(doubts(&code, false).count(), 0, "{line}");
        }
    }

    #[test]
    fn unseen_characters_are_counted() {
        let found: Vec<Doubt> = doubts("a\u{202e}b\u{200b}\r\n", false).collect();
        assert_eq!(found, [Doubt::Unseen(2)]);
    }

    #[test]
    fn a_diff_is_no_file() {
        assert!(is_patch("--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n+b\n"));
        assert!(!is_patch("--- \n+++ \n"));
        assert!(!is_patch("-- a comment\nselect 1;\n"));
    }
}
