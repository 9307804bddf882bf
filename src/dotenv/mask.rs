//! What of a .env file may be shown: names, comments, and values that nobody keeps secret.

use super::lines::line_ends;
use super::spelling;
use super::syntax::{Assignment, Item, Kind, Scan, Style, head};
use super::value::is_name;
use crate::domain::clean_text::CleanText;
use crate::domain::secret::{Secret, redact};

/// What stands for a value that is not shown, whatever its length.
const HIDDEN: &str = "••••••••";

/// Names whose values are shown: settings, no secrets.
const OPEN_NAMES: &[&str] = &[
    "ACCESS_TOKEN_EXPIRE_MINUTES",
    "ALGORITHM",
    "APP_ENV",
    "DEBUG",
    "ENV",
    "ENVIRONMENT",
    "HOST",
    "LOG_LEVEL",
    "NODE_ENV",
    "OPENAI_API_BASE",
    "OPENAI_BASE_URL",
    "OPENROUTER_API_BASE",
    "OPENROUTER_BASE_URL",
    "OPENROUTER_MODEL",
    "PORT",
    "REDIS_HOST",
    "REDIS_PORT",
];

/// Parts of a name that tell of a secret, so that not even a number is shown.
const SECRET_WORDS: &[&str] = &[
    "AUTH",
    "CODE",
    "CREDENTIAL",
    "KEY",
    "OTP",
    "PASS",
    "PIN",
    "PRIVATE",
    "PWD",
    "SALT",
    "SECRET",
    "TOKEN",
];

/// Prefixes of names that web frameworks put into what browsers load.
const BROWSER_PREFIXES: &[&str] = &[
    "NEXT_PUBLIC_",
    "VITE_",
    "PUBLIC_",
    "REACT_APP_",
    "EXPO_PUBLIC_",
    "NUXT_PUBLIC_",
    "GATSBY_",
];

/// Whether a web framework puts the variable into what browsers load, and its name is a secret's.
pub(super) fn is_browser_exposed(name: &str) -> bool {
    is_browser_prefixed(name) && tells_of_secret(name)
}

/// Whether a web framework puts the variable into what browsers load.
pub(super) fn is_browser_prefixed(name: &str) -> bool {
    BROWSER_PREFIXES
        .iter()
        .any(|prefix| name.starts_with(prefix))
}

/// Whether the name is a secret's.
pub fn tells_of_secret(name: &str) -> bool {
    let name = name.to_ascii_uppercase();
    SECRET_WORDS.iter().any(|word| name.contains(word))
}

/// Whether the value of a name may be shown as it is.
pub(super) fn may_show(name: &str, value: &str) -> bool {
    if value.len() > 120 || redact(value) != value {
        return false;
    }
    if OPEN_NAMES.contains(&name) {
        // A password or a token may ride in a URL.
        return !value.contains(['@', '?', '#', '\n']);
    }
    let is_number = value.len() <= 6 && value.bytes().all(|byte| byte.is_ascii_digit());
    let is_switch = matches!(value, "true" | "false" | "yes" | "no" | "on" | "off");
    !tells_of_secret(name) && (is_number || is_switch)
}

/// A value for the eye: whole where it is no secret, the ends of a key, else nothing of it.
pub fn shown_value(name: &str, value: &str) -> CleanText {
    CleanText::line(&shown(name, value))
}

fn shown(name: &str, value: &str) -> String {
    if value.is_empty() || may_show(name, value) {
        return value.to_owned();
    }
    let masked = redact(value);
    let is_key = value.starts_with("sk-") && masked == Secret::new(value).mask();
    if is_key { masked } else { HIDDEN.to_owned() }
}

/// One line of an item for the eye; `start` is where the line begins in the file.
pub(super) fn line(scan: &Scan<'_>, item: &Item, start: usize) -> CleanText {
    let (end, _) = line_ends(scan.bytes, start);
    let text = lossy(&scan.bytes[start..end]);
    let shown = match &item.kind {
        Kind::Blank | Kind::Blanks => String::new(),
        Kind::Comment { .. } => comment(&text),
        Kind::Assignment(assignment) => assignment_line(scan, item, assignment, start, end),
        Kind::Heredoc if start > item.span.start => HIDDEN.to_owned(),
        Kind::Heredoc | Kind::Junk => unknown(&text),
    };
    CleanText::new(&shown).shortened(200)
}

fn comment(text: &str) -> String {
    let bytes = text.trim_start().as_bytes();
    match spelling::template_head(bytes).and_then(|_| text.split_once('=')) {
        Some((before, value)) => {
            let name = before.trim_start_matches(['#', ' ', '\t']).trim_end();
            let name = name.strip_prefix("export ").unwrap_or(name);
            let value = value.trim();
            // An old key is still a key; a placeholder is worth reading.
            let is_placeholder = value.ends_with("...") || value.starts_with('<');
            if is_placeholder {
                redact(text)
            } else {
                format!("{before}={}", shown(name, value))
            }
        }
        None => redact(text),
    }
}

fn assignment_line(
    scan: &Scan<'_>,
    item: &Item,
    assignment: &Assignment,
    start: usize,
    end: usize,
) -> String {
    let value = &assignment.value;
    let tail = |from: usize| redact(&lossy(&scan.bytes[from..item.body_end]));
    let name = lossy(scan.text(&assignment.name));
    if start > item.span.start {
        let is_last = end == item.body_end;
        return if is_last {
            format!("{HIDDEN}{}", tail(value.end))
        } else {
            HIDDEN.to_owned()
        };
    }
    // Text that is no name may be the end of a broken secret, such as a line of base64.
    if !is_name(&name) || name.len() > 64 {
        return HIDDEN.to_owned();
    }
    let before = lossy(&scan.bytes[start..value.start]);
    if value.end > end {
        return format!("{before}{HIDDEN}");
    }
    let content = lossy(scan.content(assignment));
    let shown = shown(&name, &content);
    match assignment.style {
        Style::Quoted(quote) => {
            let quote = char::from(quote);
            format!("{before}{quote}{shown}{quote}{}", tail(value.end))
        }
        Style::Bare | Style::Empty => format!("{before}{shown}{}", tail(value.end)),
    }
}

/// A line that is no assignment: at most the name it begins with.
fn unknown(text: &str) -> String {
    if let Some(head) = head(text.as_bytes(), 0, text.len()) {
        return text
            .get(..=head.equals)
            .map_or(HIDDEN.into(), |name| format!("{name}{HIDDEN}"));
    }
    let name = text.split([':', '=']).next().unwrap_or_default();
    let is_readable = name.len() < text.len()
        && name
            .split(' ')
            .all(|word| word.is_empty() || is_name(word.trim_matches(['\'', '"', '+', '-'])));
    if is_readable {
        format!("{name}: {HIDDEN}")
    } else {
        HIDDEN.to_owned()
    }
}

fn lossy(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(file: &str) -> Vec<String> {
        let scan = Scan::new(file.as_bytes());
        let mut lines = Vec::new();
        for item in scan.items() {
            let mut start = item.span.start;
            while start < item.span.end {
                lines.push(line(&scan, &item, start).into_string());
                start = line_ends(scan.bytes, start).1;
            }
        }
        lines
    }

    #[test]
    fn secrets_are_masked_and_settings_are_shown() {
        let key = format!("sk-or-v1-{}", "deadbeef".repeat(8));
        let file = format!(
            "OPENROUTER_API_KEY=\"{key}\" # mine\nDB=postgres://u:p@h/d\nPORT=8080\nPIN=1234\n"
        );
        assert_eq!(
            lines(&file),
            [
                "OPENROUTER_API_KEY=\"sk-or-v1-dea…eef\" # mine",
                "DB=••••••••",
                "PORT=8080",
                "PIN=••••••••",
            ]
        );
        assert_eq!(
            lines("OPENROUTER_API_BASE=https://openrouter.ai/api/v1\nENVIRONMENT=a@b\nEMPTY=\n"),
            [
                "OPENROUTER_API_BASE=https://openrouter.ai/api/v1",
                "ENVIRONMENT=••••••••",
                "EMPTY=",
            ]
        );
    }

    #[test]
    fn a_commented_key_is_masked_and_prose_is_shown() {
        let key = format!("sk-or-v1-{}", "deadbeef".repeat(8));
        assert_eq!(
            lines(&format!(
                "# KEY={key}\n# old {key}!\n#PW=hunter2\n# KEY=sk-or-...\n"
            )),
            [
                "# KEY=sk-or-v1-dea…eef",
                "# old sk-or-v1-dea…eef!",
                "#PW=••••••••",
                "# KEY=sk-or-...",
            ]
        );
    }

    #[test]
    fn blocks_and_junk_show_nothing_but_names() {
        assert_eq!(
            lines("K='-----BEGIN\nMIIB\n-----END' # c\nMIIBxx/+==\nPW: hunter2\nhunter2\n"),
            [
                "K=••••••••",
                "••••••••",
                "•••••••• # c",
                "••••••••",
                "PW: ••••••••",
                "••••••••",
            ]
        );
        assert_eq!(
            lines("A=$(cat <<E\nhunter2\nE\n)\n")[..3],
            ["A=••••••••", HIDDEN, HIDDEN]
        );
    }
}
