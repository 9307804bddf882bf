//! Secrets in what is about to be sent: keys by their shape, private keys, settings as a `.env` file has them,
//! passwords in addresses. Told by their places; of the secret itself only its mask leaves this room.

use crate::domain::clean_text::seen;
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
    // What is not seen must not hide a key from the search, either.
    let text = &*seen(text);
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
    let private = PRIVATE.iter().filter_map(|begin| line.find(begin)).min();
    if let Some(at) = private {
        return Some((at, SecretKind::PrivateKey, String::new()));
    }
    setting(line)
        .or_else(|| address(line))
        .or_else(|| signed_token(line))
        .or_else(|| bearer(line))
        .or_else(|| marked(line))
}

/// How private keys begin that have no such frame. Source: the formats of `age` and `puttygen`.
const PRIVATE: &[&str] = &["AGE-SECRET-KEY-1", "Private-Lines:"];

/// A token behind `Bearer`, whoever gave it. Source: RFC 6750.
fn bearer(line: &str) -> Option<(usize, SecretKind, String)> {
    let lower = line.to_ascii_lowercase();
    let at = lower.find("bearer ")? + "bearer ".len();
    let token = made_of(line.split_at(at).1, "-._~+/=");
    let is_one = token.len() >= 20 && looks_made(token) && may_be_secret(token);
    let kind = SecretKind::Setting("Authorization".to_owned());
    is_one.then(|| (at, kind, Secret::new(token).mask()))
}

/// Tokens that their issuers mark at the beginning.
fn marked(line: &str) -> Option<(usize, SecretKind, String)> {
    const MARKS: &[(&str, &str, usize)] = &[
        ("pypi-AgE", "PYPI_TOKEN", 60),
        ("SG.", "SENDGRID_API_KEY", 60),
    ];
    MARKS.iter().find_map(|(mark, name, shortest)| {
        let at = line.find(mark)?;
        let token = made_of(line.split_at(at).1, "-_.");
        let is_one = token.len() >= *shortest && looks_made(token);
        let kind = SecretKind::Setting((*name).to_owned());
        is_one.then(|| (at, kind, Secret::new(token).mask()))
    })
}

/// The letters, digits and these signs that a text begins with.
fn made_of<'a>(text: &'a str, signs: &str) -> &'a str {
    let is_part = |c: char| c.is_ascii_alphanumeric() || signs.contains(c);
    text.split(|c| !is_part(c)).next().unwrap_or_default()
}

/// `NAME=value` and `name: value` with a name that tells of a secret, as a `.env` file, a shell, YAML or code
/// has it.
fn setting(line: &str) -> Option<(usize, SecretKind, String)> {
    let at = line.find(['=', ':'])?;
    let (head, behind) = line.split_at(at);
    // Go writes `:=`; comparisons, paths and arrows give nothing a value.
    let sign = if behind.starts_with(":=") { 2 } else { 1 };
    let (_, value) = behind.split_at(sign);
    if value.starts_with(['=', '>', ':', '~']) || head.ends_with(['!', '<', '>', '+', '=']) {
        return None;
    }
    let is_named = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-');
    let head = head.trim_end();
    let head = head.strip_suffix(['"', '\'']).unwrap_or(head);
    let name = head.rsplit(|c: char| !is_named(c)).next()?;
    let name = name.trim_start_matches(['-', '.']);
    if name.len() < 2 || !dotenv::tells_of_secret(name) {
        return None;
    }
    let indent = value.len() - value.trim_start().len();
    let is_env = behind.starts_with('=') && indent == 0 && is_env_name(name);
    let value = value.trim_start();
    let value = match value.as_bytes().first()? {
        quote @ (b'"' | b'\'') => value.split(char::from(*quote)).nth(1)?,
        _ if is_env => value.split([' ', '\t', '#', '"', '\'']).next()?,
        // A path of names: code.
        _ if value.contains(['.', ':']) => return None,
        _ => value.trim_end().trim_end_matches([',', ';']),
    };
    let fits = if is_env {
        may_be_secret(value)
    } else {
        names_secret(name) && may_be_secret(value) && looks_made(value)
    };
    fits.then(|| {
        let start = line.len() - line.split_at(at + sign).1.len() + indent;
        let kind = SecretKind::Setting(name.to_owned());
        (start, kind, Secret::new(value).mask())
    })
}

fn is_env_name(name: &str) -> bool {
    let is_part = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_';
    name.starts_with(|c: char| c.is_ascii_uppercase()) && name.bytes().all(is_part)
}

/// Whether a name in code or YAML is a secret's: `token_count`, `keyboard` and `author` are none.
fn names_secret(name: &str) -> bool {
    const WHOLE: &[&str] = &["pass", "passwd", "password", "pwd", "secret", "token"];
    const ENDS: &[&str] = &[
        "_key", "-key", ".key", "apikey", "_pass", "_pwd", "password", "passwd", "secret", "token",
    ];
    let name = name.to_ascii_lowercase();
    WHOLE.contains(&name.as_str()) || ENDS.iter().any(|end| name.ends_with(end))
}

/// Whether a value was made rather than named: one word, long, with letters and digits in it.
fn looks_made(value: &str) -> bool {
    let has = |is: fn(&u8) -> bool| value.bytes().any(|byte| is(&byte));
    value.len() >= 8
        && !value.contains([' ', '\t', '[', ')', ','])
        && has(u8::is_ascii_alphabetic)
        && has(u8::is_ascii_digit)
}

/// Three parts of base64 between dots, the first two of them JSON. Source: RFC 7519.
fn signed_token(line: &str) -> Option<(usize, SecretKind, String)> {
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    for (at, _) in line.match_indices("eyJ") {
        let (before, token) = line.split_at(at);
        if before.ends_with(is_part) {
            continue;
        }
        let token = token
            .split(|c: char| !is_part(c) && c != '.')
            .next()
            .unwrap_or_default();
        let parts: Vec<&str> = token.split('.').collect();
        if let [head, claims, signature] = parts.as_slice()
            && claims.starts_with("eyJ")
            && [head, claims, signature]
                .iter()
                .all(|part| part.len() >= 16)
        {
            return Some((at, SecretKind::SignedToken, String::new()));
        }
    }
    None
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
    fn tokens_without_a_name_and_keys_without_a_frame_are_told() {
        let made = hex(&Sha256::digest("x"));
        let pypi = format!("pypi-AgEIcHlwaS5vcmc{made}");
        let sent = format!("SG.{}.{}", made.split_at(22).0, made.split_at(43).0);
        let hidden = key("h").replacen("v1-", "v1-\u{200b}", 1);
        let header = "Authorization".to_owned();
        for (text, kind) in [
            (
                format!("curl -H 'Authorization: Bearer {made}'"),
                SecretKind::Setting(header),
            ),
            (
                format!("AGE-SECRET-KEY-1{}", made.to_uppercase()),
                SecretKind::PrivateKey,
            ),
            ("Private-Lines: 8".to_owned(), SecretKind::PrivateKey),
            (pypi, SecretKind::Setting("PYPI_TOKEN".into())),
            (sent, SecretKind::Setting("SENDGRID_API_KEY".into())),
            (hidden, SecretKind::Key(Vendor::OpenRouter)),
        ] {
            let found: Vec<SecretKind> = kinds(&text).into_iter().map(|(.., kind)| kind).collect();
            assert_eq!(found, [kind], "{text}");
            assert!(!format!("{:?}", find_secrets(&text, None)).contains(&made));
        }
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
            "Authorization: Bearer $TOKEN",
            "a bearer of bad news that goes on for long enough",
            "SG.md and pypi-AgE",
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
            "token = tokenizer.encode(text2)",
            "password: string,",
            "let api_key = args.api_key1;",
            "token_count = 'abc12345'",
            "use crate::secret::Token2;",
            "key: sha256:0123456789abcdef",
            "if token == 'abcd1234' {",
            "secret => 'abcd1234'",
            "password = os.environ['DB_PASS_2']",
            "eyJhbGciOiJIUzI1NiJ9.e30",
            "-----BEGIN PUBLIC KEY-----",
            "if PASSWORD == other {",
        ] {
            assert_eq!(kinds(text), [], "{text}");
        }
    }

    #[test]
    fn settings_of_other_files_are_known_too() {
        for (text, column) in [
            ("aws_secret_access_key=wJalrXUtnFEMI0K7MDENG", 23),
            ("aws_secret_access_key = wJalrXUtnFEMI0K7MDENG", 25),
            ("  DB_PASS: s3cr3tvalue", 12),
            ("password = 'tr0ub4dor&3'", 12),
            ("\"api_key\": \"0123abcd4567\",", 12),
            ("dbPassword := \"tr0ub4dor\"", 15),
            ("spring.datasource.password=tr0ub4dor3", 28),
        ] {
            let found = kinds(text);
            let [(1, at, SecretKind::Setting(_))] = found.as_slice() else {
                panic!("{text}: {found:?}");
            };
            assert_eq!(*at, column, "{text}");
        }
        let parts = [
            "eyJhbGciOiJIUzI1NiJ9",
            "eyJzdWIiOiIxMjM0NTY3ODkwIn0",
            "dozjgNryP4J3jVmNHl0w5N",
        ];
        let text = format!("Authorization: Bearer {}", parts.join("."));
        assert_eq!(kinds(&text), [(1, 23, SecretKind::SignedToken)]);
        let slack = ["xox", "b-528109461837-Kd8vQm2xWz7LrT4pYb9NcJ1e"].concat();
        assert_eq!(kinds(&slack), [(1, 1, SecretKind::Key(Vendor::Slack))]);
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
