//! Names and passwords together: in addresses, headers, commands, `.netrc` and `.pgpass`; tokens in headers.

use base64::Engine as _;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

use super::value::{is_strong, looks_made, may_be_secret};
use super::{Found, made_of};
use crate::domain::outgoing::SecretKind;
use crate::domain::secret::Secret;

/// Of headers the padding is sometimes left out.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

fn found(at: usize, name: &str, value: &str) -> Found {
    Found {
        at,
        kind: SecretKind::Setting(name.to_owned()),
        masked: Secret::new(value).mask(),
    }
}

/// `scheme://user:password@host`, and a token in the user's place.
pub(super) fn address(line: &str) -> Option<Found> {
    line.match_indices("://").find_map(|(at, sign)| {
        let start = at + sign.len();
        let (_, behind) = line.split_at(start);
        let authority = behind
            .split(|c: char| c.is_whitespace() || matches!(c, '/' | '"' | '\'' | '`' | '<' | '>'))
            .next()?;
        let (login, host) = authority.rsplit_once('@')?;
        let (at, password) = match login.split_once(':') {
            Some((user, password)) if password != user => (start + user.len() + 1, password),
            // What Sentry's addresses hold may be known to everybody.
            None if is_strong(login) && login.len() >= 20 && !host.contains("sentry") => {
                (start, login)
            }
            _ => return None,
        };
        may_be_secret(password).then(|| Found {
            at,
            kind: SecretKind::Address,
            masked: Secret::new(password).mask(),
        })
    })
}

/// A token behind `Bearer`, `Token` or `Basic`, whoever gave it. Sources: RFC 6750, RFC 7617.
pub(super) fn header(line: &str) -> Option<Found> {
    let lower = line.to_ascii_lowercase();
    let behind = |word: &'static str| {
        let places = lower
            .match_indices(word)
            .map(move |(at, _)| at + word.len());
        places.map(|at| (at, made_of(line.split_at(at).1, "-._~+/=")))
    };
    let bearer = behind("bearer ")
        .find(|(_, token)| token.len() >= 20 && looks_made(token) && may_be_secret(token));
    let token = behind("authorization: token ").find(|(_, token)| is_strong(token));
    let mut basic = ["basic ", "auth\": \"", "auth\":\"", "_auth=", "_auth = "]
        .iter()
        .flat_map(|word| behind(word));
    bearer
        .or(token)
        .or_else(|| basic.find(|(_, token)| holds_login(token)))
        .map(|(at, token)| found(at, "Authorization", token))
}

/// Whether it is a name and a password in base64.
fn holds_login(text: &str) -> bool {
    let decoded = BASE64
        .decode(text)
        .ok()
        .and_then(|bytes| String::from_utf8(bytes).ok());
    let login = decoded.as_deref().and_then(|text| text.split_once(':'));
    login.is_some_and(|(user, password)| {
        let is_text = !user.contains(char::is_control) && !password.contains(char::is_control);
        // The pair of RFC 2617, in every manual.
        is_text && password != user && password != "open sesame" && may_be_secret(password)
    })
}

/// A password that a command is given: `curl -u me:tr0ub4dor3`, `mysql -ptr0ub4dor3`, `sshpass -p tr0ub4dor3`.
pub(super) fn command(line: &str) -> Option<Found> {
    let mut words = Words::of(line);
    let mut program = "";
    while let Some((at, word)) = words.next() {
        let is_client = matches!(
            program,
            "mysql" | "mysqldump" | "mysqladmin" | "mariadb" | "sshpass"
        );
        let (at, value) = match word {
            "curl" | "http" | "https" | "wget" | "mysql" | "mysqldump" | "mysqladmin"
            | "mariadb" | "sshpass" => {
                program = word;
                continue;
            }
            "-u" | "--user" | "--proxy-user" => words.clone().next()?,
            "-p" if program == "sshpass" => words.clone().next()?,
            _ => match word.split_at_checked(2) {
                Some(("-u", value)) if program == "curl" => (at + 2, value),
                Some(("-p", value)) if is_client => (at + 2, value),
                _ => match word.strip_prefix("--user=") {
                    Some(value) => (at + "--user=".len(), value),
                    None => continue,
                },
            },
        };
        let bare = value.trim_start_matches(['"', '\'']);
        let at = at + value.len() - bare.len();
        let bare = bare.trim_end_matches(['"', '\'', '`', ',', ';', ')']);
        let (at, password) = match bare.split_once(':') {
            _ if is_client => (at, bare),
            Some((user, password)) if !user.is_empty() && user != password => {
                (at + user.len() + 1, password)
            }
            _ => continue,
        };
        let is_one = may_be_secret(password) && (!program.is_empty() || looks_made(password));
        if is_one {
            return Some(found(at, if is_client { "-p" } else { "-u" }, password));
        }
    }
    None
}

/// What `.netrc` and SQL have: `login me password tr0ub4dor3`, `IDENTIFIED BY 'tr0ub4dor3'`.
pub(super) fn stored(line: &str) -> Option<Found> {
    let mut before = "";
    let (mut has_login, mut names) = (false, false);
    for (at, word) in Words::of(line) {
        let is_password = before.eq_ignore_ascii_case("password");
        let is_named = is_password || (names && before.eq_ignore_ascii_case("by"));
        let is_quoted = word.starts_with(['"', '\'']);
        let value = word.trim_matches(|c| "\"'`;,".contains(c));
        let is_first = line.split_at(at).0.trim().eq_ignore_ascii_case("password");
        let is_one = (has_login && is_password && may_be_secret(value))
            || ((is_quoted || is_first) && looks_made(value) && may_be_secret(value));
        if is_named && is_one {
            return Some(found(at, "password", value));
        }
        has_login |= word == "login";
        names = before.eq_ignore_ascii_case("identified");
        before = word;
    }
    None
}

/// A line of `.pgpass`: `host:5432:database:user:tr0ub4dor3`.
pub(super) fn of_pgpass(line: &str) -> Option<Found> {
    let line = line.trim_end();
    let mut fields = line.splitn(5, ':');
    let (Some(_), Some(port), Some(database), Some(_), Some(password)) = (
        fields.next(),
        fields.next(),
        fields.next(),
        fields.next(),
        fields.next(),
    ) else {
        return None;
    };
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let is_one = (is_number(port) || port == "*")
        && !is_number(database)
        && !line.trim().contains(char::is_whitespace)
        && !password.contains(':')
        && looks_made(password)
        && may_be_secret(password);
    is_one.then(|| found(line.len() - password.len(), ".pgpass", password))
}

/// The words of a line, each with its place.
#[derive(Clone)]
struct Words<'a> {
    line: &'a str,
    at: usize,
}

impl<'a> Words<'a> {
    fn of(line: &'a str) -> Self {
        Self { line, at: 0 }
    }
}

impl<'a> Iterator for Words<'a> {
    type Item = (usize, &'a str);

    fn next(&mut self) -> Option<Self::Item> {
        let (_, rest) = self.line.split_at(self.at);
        let bare = rest.trim_start();
        let start = self.line.len() - bare.len();
        let word = bare
            .split(char::is_whitespace)
            .next()
            .filter(|word| !word.is_empty())?;
        self.at = start + word.len();
        Some((start, word))
    }
}
