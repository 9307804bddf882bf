//! Whether a value may be a secret, and how sure that is.

use super::name::is_of;
use crate::project::scan;

/// Shorter values keep no secret.
const SHORTEST: usize = 6;
/// What stands where a password would, in examples and in every developer's database.
const COMMON: &str = "123456 12345678 admin changeit changeme default disabled enabled example foobar guest \
    hunter2 letmein minioadmin mysecret none null optional pass passwd password \
    password1 password123 postgres pw qwerty rabbitmq required root rootroot secret string \
    supersecret test testing test123 test1234 token undefined xxx";
/// What placeholders say of themselves.
const PLACEHOLDERS: &str = "your example placeholder xxxx changeme change-me change_me redacted dummy insert replace \
    **** ••••";

/// Whether a value may be a secret: long enough, no reference to one, no placeholder, no plain number, no path.
pub(super) fn may_be_secret(value: &str) -> bool {
    let lower = value.to_ascii_lowercase();
    let is_number = value
        .bytes()
        .all(|byte| byte.is_ascii_digit() || byte == b'.');
    let is_code = value.contains("\\x") || (value.starts_with("0x") && value.len() <= 18);
    value.len() >= SHORTEST
        && !is_code
        && !is_reference(value)
        && !is_number
        && !is_path(value)
        && !is_of(COMMON, &lower)
        && !PLACEHOLDERS.split(' ').any(|word| lower.contains(word))
}

/// Whether it only tells where the secret is: `$TOKEN`, `${TOKEN}`, `{{ token }}`, `<token>`, `%TOKEN%`, `op://…`.
fn is_reference(value: &str) -> bool {
    let is_pair = |open: char, close: char| {
        let inner = value.split_once(open).map(|(_, behind)| behind);
        inner.is_some_and(|behind| behind.contains(close))
    };
    value.starts_with(['$', '<', '…'])
        || value.contains("${")
        || value.contains("$(")
        || value.contains("...")
        || value.contains('…')
        || value.contains("://")
        || value.contains("%s")
        || is_pair('{', '}')
        || is_pair('(', ')')
        || is_pair('[', ']')
        || is_pair('<', '>')
        || (value.starts_with('%') && value.ends_with('%'))
}

fn is_path(value: &str) -> bool {
    let steps = value.matches('/').count();
    let is_rooted = ["/", "./", "../", "~/"]
        .iter()
        .any(|root| value.starts_with(root));
    is_rooted && (steps > 1 || value.contains('.') || value.len() < 12) && !is_strong(value)
}

/// Whether a value was made rather than named: one word, long, with letters and digits in it.
pub(super) fn looks_made(value: &str) -> bool {
    let has = |is: fn(&u8) -> bool| value.bytes().any(|byte| is(&byte));
    value.len() >= 8
        && !value.contains([' ', '\t', '[', ')', ','])
        && has(u8::is_ascii_alphabetic)
        && has(u8::is_ascii_digit)
}

/// Whether a value is random beyond what names of things are: letters and digits change places in it, again and
/// again.
pub(super) fn is_strong(value: &str) -> bool {
    let changes = value.as_bytes().windows(2).filter(|pair| {
        matches!(pair, [a, b] if a.is_ascii_alphanumeric() && b.is_ascii_alphanumeric() && a.is_ascii_digit() != b.is_ascii_digit())
    });
    value.len() >= 12 && looks_made(value) && changes.count() >= 3 && scan::is_random(value)
}
