//! Secrets in what is about to be sent: keys by their shape, private keys, settings as a `.env` file has them,
//! passwords in addresses. Told by their places; of the secret itself only its mask leaves this room.

mod login;
mod name;
mod setting;
mod value;

use std::collections::BTreeSet;
use std::sync::LazyLock;

use crate::domain::outgoing::{SecretKind, SecretSpot};
use crate::project::scan::{self, AnyWord};

/// The most that is told: beyond that it is a file of secrets, and the first tell as much.
const MOST: usize = 50;

/// What looks secret in a line.
struct Found {
    /// Where it begins, in bytes.
    at: usize,
    kind: SecretKind,
    masked: String,
}

/// What in a text looks secret, in its order; `source` names where the text came from.
pub fn find_secrets(text: &str, source: Option<&str>) -> Vec<SecretSpot> {
    // What is not seen must not hide a key from the search, either.
    let seen: String;
    let text = if text.contains(is_unseen) {
        seen = text.replace(is_unseen, "");
        &seen
    } else {
        text
    };
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
            let kind = SecretKind::Key(key.vendor);
            spot(key.line, key.column, kind, key.masked)
        })
        .collect();
    let with_keys: BTreeSet<usize> = spots.iter().map(|found| found.line).collect();
    let mut above = "";
    for (at, line) in text.lines().enumerate() {
        // A key is told as what it is.
        if !with_keys.contains(&(at + 1))
            && let Some(found) = of_line(line, above)
        {
            let column = line.split_at(found.at).0.chars().count() + 1;
            spots.push(spot(at + 1, column, found.kind, found.masked));
            if spots.len() > with_keys.len() + MOST {
                break;
            }
        }
        above = line;
    }
    spots.sort_by_key(|spot| (spot.line, spot.column));
    spots.truncate(MOST);
    spots
}

/// Characters of no width, which stand in no key.
fn is_unseen(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{2064}' | '\u{feff}')
}

/// Without one of these in a line nothing is looked for but tokens and lines of `.pgpass`: most lines have none.
const HINTS: &str = "pass pwd secret token key auth cred salt otp pin private value 密码 口令 密钥 令牌 凭据 私钥 eyj :// bearer \
    basic curl http wget mysql mariadb login by ls0tls1crudjti -u";

static HINT: LazyLock<AnyWord> = LazyLock::new(|| AnyWord::of(HINTS));

/// What a line holds, the surest first.
fn of_line(line: &str, above: &str) -> Option<Found> {
    let found = token(line).or_else(|| login::of_pgpass(line));
    if found.is_some() || !HINT.stands_in(line) {
        return found;
    }
    private_key(line)
        .or_else(|| signed_token(line))
        .or_else(|| setting::setting(line, above))
        .or_else(|| login::address(line))
        .or_else(|| login::header(line))
        .or_else(|| login::command(line))
        .or_else(|| login::stored(line))
}

/// A token whose shape is a service's own.
fn token(line: &str) -> Option<Found> {
    scan::token_in(line).map(|found| Found {
        at: found.at,
        kind: SecretKind::Token(found.whose),
        masked: found.masked,
    })
}

/// A private key: in a frame, in the base64 of one (as Kubernetes keeps it), or without any. Source: RFC 7468, and
/// the formats of `age` and `puttygen`.
fn private_key(line: &str) -> Option<Found> {
    const BEGINNINGS: &str = "AGE-SECRET-KEY-1 Private-Lines: LS0tLS1CRUdJTiBQUklWQVRFIEtFW \
        LS0tLS1CRUdJTiBSU0EgUFJJVkFURS LS0tLS1CRUdJTiBFQyBQUklWQVRFI LS0tLS1CRUdJTiBPUEVOU1NIIFBSSVZBVEUg";
    let framed = line.split_once("-----BEGIN ");
    let framed = framed.filter(|(_, behind)| behind.contains("PRIVATE KEY"));
    let framed = framed.map(|(before, _)| before.len());
    let bare = || {
        BEGINNINGS
            .split(' ')
            .filter_map(|begin| line.find(begin))
            .min()
    };
    framed.or_else(bare).map(|at| Found {
        at,
        kind: SecretKind::PrivateKey,
        masked: String::new(),
    })
}

/// The letters, digits and these signs that a text begins with.
fn made_of<'a>(text: &'a str, signs: &str) -> &'a str {
    let is_part = |c: char| c.is_ascii_alphanumeric() || signs.contains(c);
    text.split(|c| !is_part(c)).next().unwrap_or_default()
}

/// Three parts of base64 between dots, the first two of them JSON. Source: RFC 7519.
fn signed_token(line: &str) -> Option<Found> {
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
            return Some(Found {
                at,
                kind: SecretKind::SignedToken,
                masked: String::new(),
            });
        }
    }
    None
}

#[cfg(test)]
mod tests;
