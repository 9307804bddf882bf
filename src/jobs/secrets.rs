//! Secrets in what is about to be sent: keys by their shape, private keys, settings as a `.env` file has them,
//! passwords in addresses. Told by their places; of the secret itself only its mask leaves this room.

use crate::domain::outgoing::{SecretKind, SecretSpot};
use crate::domain::secret::Secret;
use crate::dotenv;
use crate::project::scan;

/// The most that is told: beyond that it is a file of secrets, and the first tell as much.
const MOST: usize = 50;
/// Shorter values keep no secret.
const SHORTEST: usize = 6;
/// What stands where a password would, in examples and in every developer's database.
const COMMON: &[&str] = &[
    "admin", "changeme", "example", "hunter2", "pass", "passwd", "password", "postgres", "pw",
    "root", "secret", "test", "token", "xxx",
];

/// What in a text looks secret, in its order; `source` names where the text came from.
pub fn find_secrets(text: &str, source: Option<&str>) -> Vec<SecretSpot> {
    let spot = |line, column, kind, masked| SecretSpot {
        source: source.map(str::to_owned),
        line,
        column,
        kind,
        masked,
    };
    let mut spots: Vec<SecretSpot> = scan::keys_in(text)
        .into_iter()
        .map(|key| {
            spot(
                key.line,
                key.column,
                SecretKind::Key(key.vendor),
                key.masked,
            )
        })
        .collect();
    for (at, line) in text.lines().enumerate() {
        // A key is told as what it is.
        if spots.iter().any(|found| found.line == at + 1) {
            continue;
        }
        if let Some((start, kind, masked)) = of_line(line) {
            let column = line.split_at(start).0.chars().count() + 1;
            spots.push(spot(at + 1, column, kind, masked));
        }
    }
    spots.sort_by_key(|spot| (spot.line, spot.column));
    spots.truncate(MOST);
    spots
}

/// What a line holds, and where it begins in it.
fn of_line(line: &str) -> Option<(usize, SecretKind, String)> {
    if let Some((before, behind)) = line.split_once("-----BEGIN ")
        && behind.contains("PRIVATE KEY")
    {
        return Some((before.len(), SecretKind::PrivateKey, String::new()));
    }
    setting(line).or_else(|| address(line))
}

/// `NAME=value` with a name that tells of a secret, as a `.env` file or a shell has it.
fn setting(line: &str) -> Option<(usize, SecretKind, String)> {
    let (head, value) = line.split_once('=')?;
    let name = head.rsplit([' ', '\t', '-', '"', '\'']).next()?;
    let is_name = name.len() > 1
        && name.starts_with(|c: char| c.is_ascii_uppercase())
        && name
            .bytes()
            .all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_');
    if !is_name || !dotenv::tells_of_secret(name) {
        return None;
    }
    let value = match value.as_bytes().first()? {
        quote @ (b'"' | b'\'') => value.split(char::from(*quote)).nth(1)?,
        _ => value.split([' ', '\t', '#', '"', '\'']).next()?,
    };
    may_be_secret(value).then(|| {
        let start = head.len() + 1;
        let kind = SecretKind::Setting(name.to_owned());
        (start, kind, Secret::new(value).mask())
    })
}

/// `scheme://user:password@host`.
fn address(line: &str) -> Option<(usize, SecretKind, String)> {
    let (scheme, behind) = line.split_once("://")?;
    let start = scheme.len() + 3;
    let authority = behind
        .split(|c: char| c.is_whitespace() || matches!(c, '/' | '"' | '\'' | '`' | '<' | '>'))
        .next()?;
    let (login, _) = authority.rsplit_once('@')?;
    let (user, password) = login.split_once(':')?;
    let is_one = may_be_secret(password) && password != user;
    let masked = || Secret::new(password).mask();
    is_one.then(|| (start + user.len() + 1, SecretKind::Address, masked()))
}

/// Whether a value may be a secret: long enough, no reference to one, no placeholder, no plain number.
fn may_be_secret(value: &str) -> bool {
    let lower = value.to_ascii_lowercase();
    let is_reference = value.contains(['<', '>', '{', '}', '$', '(', '…']) || value.contains("...");
    let is_number = value
        .bytes()
        .all(|byte| byte.is_ascii_digit() || byte == b'.');
    let is_common = COMMON.contains(&lower.as_str());
    let is_placeholder = [
        "your",
        "example",
        "placeholder",
        "xxxx",
        "changeme",
        "change-me",
    ]
    .iter()
    .any(|word| lower.contains(word));
    value.len() >= SHORTEST && !is_reference && !is_number && !is_common && !is_placeholder
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use sha2::{Digest, Sha256};

    use super::*;
    use crate::domain::leak::Vendor;
    use crate::domain::secret::hex;
    use crate::text::Lang;

    fn key(word: &str) -> String {
        format!("sk-or-v1-{}", hex(&Sha256::digest(word)))
    }

    fn kinds(text: &str) -> Vec<(usize, usize, SecretKind)> {
        let found = find_secrets(text, None).into_iter();
        found.map(|it| (it.line, it.column, it.kind)).collect()
    }

    #[test]
    fn secrets_are_told_by_their_place() {
        let text = format!(
            "why does this fail?\n键 = \"{}\"\nexport DB_PASSWORD='tr0ub4dor&3'\n-----BEGIN OPENSSH PRIVATE KEY-----\nurl: postgres://app:s3cr3t-pw@db.internal/x\n",
            key("a")
        );
        assert_eq!(
            kinds(&text),
            [
                (2, 6, SecretKind::Key(Vendor::OpenRouter)),
                (3, 20, SecretKind::Setting("DB_PASSWORD".into())),
                (4, 1, SecretKind::PrivateKey),
                (5, 21, SecretKind::Address),
            ]
        );
    }

    #[test]
    fn a_key_in_a_setting_is_told_once() {
        let text = format!("OPENROUTER_API_KEY={}\n", key("b"));
        assert_eq!(kinds(&text).len(), 1);
    }

    #[test]
    fn code_and_examples_hold_no_secrets() {
        for text in [
            "let token = next_token();",
            "API_KEY=your-key-here",
            "API_KEY=<key>",
            "API_KEY=$OTHER",
            "API_KEY=${OTHER}",
            "OPENROUTER_API_KEY=sk-or-...",
            "ACCESS_TOKEN_EXPIRE_MINUTES=1440",
            "EXIT_CODE=1",
            "postgres://postgres:postgres@localhost/db",
            "https://example.com/a@b",
            "https://user:pass@example.com",
            "const KEY = 5;",
            "-----BEGIN PUBLIC KEY-----",
            "if PASSWORD == other {",
        ] {
            assert_eq!(kinds(text), [], "{text}");
        }
    }

    proptest! {
        #[test]
        fn what_is_said_of_a_secret_does_not_hold_it(before in "[ a-z]{0,10}", word in "[a-z]{1,5}") {
            let key = key(&word);
            let password = format!("Zq9{}-k2", hex(&Sha256::digest(&key)).split_at(20).0);
            let text = format!("{before}\n'{key}'\nDB_PASSWORD={password}\nx://u:{password}@h\n");
            let found = find_secrets(&text, Some("a.txt"));
            prop_assert_eq!(found.len(), 3);
            for spot in found {
                let said = format!("{spot:?} {} {}", spot.said().say(Lang::En), spot.said().say(Lang::Zh));
                prop_assert!(!said.contains(key.split_at(12).1.split_at(58).0), "{}", said);
                prop_assert!(!said.contains(password.split_at(3).1.split_at(17).0), "{}", said);
            }
        }
    }
}
