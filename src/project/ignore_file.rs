//! Adds the rules that keep a file out of git to a `.gitignore`, and changes nothing else in it.
//!
//! Whether a file is ignored is asked of git alone ([`super::git`]); here lines are only added. Rules are
//! compared as they stand, since a later rule overrules an earlier one.

use std::path::{Path, PathBuf};

use crate::text::Phrase;

/// The `.gitignore` whose rules are added: the one beside the file, so that they hold in no other
/// folder above. `None` for a path without a folder.
pub fn beside(file: &Path) -> Option<PathBuf> {
    Some(file.parent()?.join(".gitignore"))
}

/// The rules that keep a file of this name out of git: for `.env` and its variants the usual three,
/// which leave the template visible; for any other name that name alone.
pub fn rules_for(name: &str) -> Vec<String> {
    if name == ".env" || name.starts_with(".env.") {
        return [".env", ".env.*", "!.env.example"]
            .map(String::from)
            .to_vec();
    }
    vec![format!("/{}", escaped(name))]
}

/// A `.gitignore` that is not text: UTF-16, as some Windows shells write it, or no text at all. Git
/// cannot read it either.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotText;

impl NotText {
    /// What to say about it.
    pub const WORDS: Phrase = Phrase::new(
        "The .gitignore is not plain text (UTF-16?), so git does not read it either. Save it as UTF-8 first.",
        "该 .gitignore 不是纯文本（可能是 UTF-16），git 也读不了它。请先把它存为 UTF-8。",
    );
}

/// The file with those of `rules` added at its end that are not in force yet, with the file's own line
/// ends. The same bytes when none is missing.
pub fn with_rules(before: &[u8], rules: &[String]) -> Result<Vec<u8>, NotText> {
    if before.contains(&0) || before.starts_with(b"\xff\xfe") || before.starts_with(b"\xfe\xff") {
        return Err(NotText);
    }
    let mut lines: Vec<Vec<u8>> = lines(before);
    let mut after = before.to_vec();
    let end = line_end(before);
    for rule in rules {
        if is_in_force(rule.as_bytes(), &lines) {
            continue;
        }
        if !after.is_empty() && !after.ends_with(b"\n") {
            after.extend_from_slice(end);
        }
        after.extend_from_slice(rule.as_bytes());
        after.extend_from_slice(end);
        lines.push(rule.clone().into_bytes());
    }
    Ok(after)
}

/// Whether a line says this rule and no later one takes it back.
fn is_in_force(rule: &[u8], lines: &[Vec<u8>]) -> bool {
    let last = |wanted: &dyn Fn(&[u8]) -> bool| lines.iter().rposition(|line| wanted(line));
    let said = last(&|line| line == rule || covers(line, rule));
    let taken_back = last(&|line| takes_back(line, rule));
    said.is_some() && said > taken_back
}

/// `.env*` says what `.env` and `.env.*` say.
fn covers(line: &[u8], rule: &[u8]) -> bool {
    line == b".env*" && matches!(rule, b".env" | b".env.*")
}

fn takes_back(line: &[u8], rule: &[u8]) -> bool {
    match rule.strip_prefix(b"!") {
        // An exception is lost when a rule below it covers its file again.
        Some(kept) => {
            line == kept || (kept.starts_with(b".env.") && matches!(line, b".env.*" | b".env*"))
        }
        None => line
            .strip_prefix(b"!")
            .is_some_and(|kept| kept == rule || covers(kept, rule)),
    }
}

/// The rules as git reads them: without a byte order mark, line ends and blanks at the end.
fn lines(text: &[u8]) -> Vec<Vec<u8>> {
    let text = text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(text);
    text.split(|&byte| byte == b'\n')
        .map(|line| line.trim_ascii_end().to_vec())
        .collect()
}

/// The file's own line end: that of its last line that has one; `\n` in a new file.
fn line_end(text: &[u8]) -> &'static [u8] {
    let Some(last) = text.iter().rposition(|&byte| byte == b'\n') else {
        return b"\n";
    };
    match text.get(..last) {
        Some([.., b'\r']) => b"\r\n",
        _ => b"\n",
    }
}

/// A name with the signs hidden that mean something in a rule.
fn escaped(name: &str) -> String {
    let mut rule = String::new();
    for c in name.chars() {
        if matches!(c, '*' | '?' | '[' | '\\' | ' ') {
            rule.push('\\');
        }
        rule.push(c);
    }
    rule
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn with(before: &str) -> String {
        let after = with_rules(before.as_bytes(), &rules_for(".env")).unwrap();
        String::from_utf8(after).unwrap()
    }

    const ALL: &str = ".env\n.env.*\n!.env.example\n";

    #[test]
    fn a_new_file_gets_the_three_rules() {
        assert_eq!(with(""), ALL);
    }

    #[test]
    fn only_what_is_missing_is_added() {
        assert_eq!(with(ALL), ALL);
        assert_eq!(
            with(".env\n/target\n"),
            ".env\n/target\n.env.*\n!.env.example\n"
        );
        assert_eq!(with(".env*\n!.env.example\n"), ".env*\n!.env.example\n");
    }

    #[test]
    fn the_files_own_line_ends_are_used_and_a_missing_last_one_is_put_in() {
        assert_eq!(
            with("/target\r\n.env"),
            "/target\r\n.env\r\n.env.*\r\n!.env.example\r\n"
        );
        assert_eq!(with("/target"), format!("/target\n{ALL}"));
    }

    #[test]
    fn a_rule_taken_back_below_is_said_again() {
        assert_eq!(
            with(".env\n.env.*\n!.env\n!.env.example\n"),
            ".env\n.env.*\n!.env\n!.env.example\n.env\n"
        );
    }

    #[test]
    fn the_template_stays_visible_when_a_rule_is_added_below_its_exception() {
        assert_eq!(
            with("!.env.example\n.env\n"),
            "!.env.example\n.env\n.env.*\n!.env.example\n"
        );
    }

    #[test]
    fn blanks_and_line_ends_behind_a_rule_do_not_hide_it() {
        let before = "\u{feff}.env  \r\n.env.*\r\n!.env.example\r\n";
        assert_eq!(with(before), before);
        // A comment is no rule.
        assert_eq!(with("#.env\n"), format!("#.env\n{ALL}"));
    }

    #[test]
    fn a_file_of_another_name_gets_a_rule_of_its_own() {
        assert_eq!(rules_for(".env.production"), rules_for(".env"));
        assert_eq!(rules_for("secrets.env"), ["/secrets.env"]);
        assert_eq!(rules_for("a [1]*.env"), ["/a\\ \\[1]\\*.env"]);
    }

    #[test]
    fn what_git_cannot_read_is_not_touched() {
        let rules = rules_for(".env");
        assert_eq!(with_rules(b"\xff\xfe.\0e\0", &rules), Err(NotText));
        assert_eq!(with_rules(b"a\0b", &rules), Err(NotText));
    }

    #[test]
    fn the_file_lies_beside_the_env_file() {
        assert_eq!(
            beside(Path::new("/repo/app/.env")),
            Some(PathBuf::from("/repo/app/.gitignore"))
        );
    }

    proptest! {
        #[test]
        fn every_byte_stays_and_a_second_time_changes_nothing(
            before in proptest::collection::vec(
                proptest::sample::select(vec![
                    ".env", "!.env", ".env.*", "!.env.*", ".env*", "!.env*", "!.env.example",
                    ".env.example", "/target", "# x", "", " ", "\r", "é",
                ]),
                0..12,
            ),
            end in proptest::sample::select(vec!["", "\n", "\r\n"]),
        ) {
            let before = before.join("\n") + end;
            let once = with(&before);
            prop_assert!(once.starts_with(&before));
            prop_assert_eq!(with(&once), once);
        }
    }
}
