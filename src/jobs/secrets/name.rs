//! Whether a name tells of a secret: `DB_PASSWORD`, `apiKey`, `spring.datasource.password`, `密码`.

/// How much a name tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sort {
    /// Its value is a secret.
    Secret,
    /// It is where it stands in a file of settings: `SORT_KEY` in code is none.
    Setting,
    /// It may be: what is random behind it is one.
    Vague,
    /// It tells of none.
    Plain,
}

/// What a secret's name ends in.
const SECRET: &str = "apikey authtoken cred credential credentials creds pass passphrase passwd password pwd \
    secret token";
/// What names of secrets end in, and those of much else.
const SETTING: &str = "auth key otp pin private salt";
/// Whose keys open something.
const OPENERS: &str = "access account admin api app auth client encryption jwt license master private secret \
    server service session shared signing storage subscription webhook";
/// What makes a key, a token or a word for the door nothing secret.
const HARMLESS: &str = "cache column csrf digest field fingerprint foreign group hash hot hotkey idempotency index \
    integrity keyword lookup monkey next page partition primary pub pubkey public query row sha256 sort \
    unique xsrf";
/// What a name ends in that only tells of a secret: where it lies, how long it lives, what it is called.
const ABOUT: &str = "alg algorithm audience count days dir enabled endpoint error expires expiry field file \
    format header hint host hours id issuer label length limit message method minutes mode \
    name path placeholder policy port prefix provider ref regex required seconds size suffix \
    text timeout title ttl type uri url version";
/// What tells apart several secrets of a name.
const WHICH: &str =
    "backup dev development live local main new old prod production qa staging test";
/// The same names in Chinese.
const CHINESE: &str = "密码 口令 密钥 令牌 凭据 私钥";

/// The name that a text ends in, in Chinese.
pub(super) fn chinese(text: &str) -> Option<&'static str> {
    CHINESE.split(' ').find(|name| text.ends_with(name))
}

/// Whether a word is in a list of words between blanks.
pub(super) fn is_of(list: &str, word: &str) -> bool {
    list.split(' ').any(|one| one == word)
}

/// How much a name tells.
pub(super) fn sort(name: &str) -> Sort {
    if chinese(name).is_some() {
        return Sort::Secret;
    }
    let words = words(name);
    let is_secret = |word: &str| {
        is_of(SECRET, word)
            || ["password", "passwd", "secret", "apikey", "token"]
                .iter()
                .any(|end| word.ends_with(end))
    };
    let is_setting =
        |word: &str| is_of(SETTING, word) || word.ends_with("key") || word.ends_with("pwd");
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let Some(at) = words
        .iter()
        .rposition(|word| is_secret(word) || is_setting(word))
    else {
        return Sort::Plain;
    };
    if words.iter().any(|word| is_of(HARMLESS, word)) {
        return Sort::Plain;
    }
    let (before, from) = words.split_at(at);
    let (last, behind) = from
        .split_first()
        .map_or(("", &[][..]), |(last, behind)| (*last, behind));
    let tells_which =
        |word: &&str| is_of(WHICH, word) || word.bytes().all(|byte| byte.is_ascii_digit());
    if behind.last().is_some_and(|word| is_of(ABOUT, word)) {
        return Sort::Plain;
    }
    if !behind.iter().all(tells_which) {
        return Sort::Vague;
    }
    match before.last() {
        _ if is_secret(last) => Sort::Secret,
        Some(before) if last == "key" && is_of(OPENERS, before) => Sort::Secret,
        None if is_of(SETTING, last) => Sort::Vague,
        _ => Sort::Setting,
    }
}

/// The words of a name, in small letters: `dbPassword`, `DB_PASSWORD` and `db.password` have the same.
fn words(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut was_small = false;
    for c in name.chars() {
        let begins = !c.is_ascii_alphanumeric() || (was_small && c.is_ascii_uppercase());
        if begins {
            words.push(String::new());
        }
        if let Some(word) = words.last_mut()
            && c.is_ascii_alphanumeric()
        {
            word.push(c.to_ascii_lowercase());
        }
        was_small = c.is_ascii_lowercase() || c.is_ascii_digit();
    }
    words.retain(|word| !word.is_empty());
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_tell_of_secrets() {
        for (names, expected) in [
            (
                &[
                    "DB_PASSWORD",
                    "dbPassword",
                    "db.password",
                    "PGPASSWORD",
                    "API_KEY",
                    "apiKey",
                    "x-api-key",
                    "AccountKey",
                    "AWS_SECRET_ACCESS_KEY",
                    "SECRET",
                    "API_KEY_2",
                    "DB_PASSWORD_PROD",
                    "_authToken",
                    "密码",
                    "client_secret",
                ][..],
                Sort::Secret,
            ),
            (
                &["OPENAI_KEY", "APP_SALT", "BASIC_AUTH", "SSHKEY_1"],
                Sort::Setting,
            ),
            (
                &["KEY", "key", "TOKEN_GITHUB", "password_of_the_app", "auth"],
                Sort::Vague,
            ),
            (
                &[
                    "TOKEN_COUNT",
                    "PASSWORD_FILE",
                    "publicKey",
                    "primaryKey",
                    "MONKEYS",
                    "AUTHOR",
                    "ENCODING",
                    "COMPASS_MODE",
                    "tokens",
                    "ACCESS_TOKEN_EXPIRE_MINUTES",
                    "csrf_token",
                    "keyboard",
                    "next_page_token",
                    "EXIT_CODE",
                    "",
                    "_",
                    "keyId",
                ],
                Sort::Plain,
            ),
        ] {
            for name in names {
                assert_eq!(sort(name), expected, "{name}");
            }
        }
    }
}
