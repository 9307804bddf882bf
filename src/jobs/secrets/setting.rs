//! Values with a name that tells of a secret: `NAME=value`, `name: value` and their like, as `.env` files, shells,
//! YAML, JSON, XML and code have them, wherever in a line they stand.

use super::Found;
use super::name::{Sort, chinese, is_of, sort};
use super::value::{is_strong, looks_made, may_be_secret};
use crate::domain::outgoing::SecretKind;
use crate::domain::secret::Secret;

/// The most of a line that is looked at for one value, in bytes.
const LONGEST: usize = 4096;
/// The most of a line that is looked at for a name and what stands before it, in bytes.
const LONGEST_NAME: usize = 120;
/// What stands before a name and a blank, where a value follows: a Dockerfile's, a shell's.
const NAMING: &str = "ENV ARG set setx setenv -x -gx";

/// The first value of a line whose name tells of a secret. `above` is the line before, which may hold the name.
pub(super) fn setting(line: &str, above: &str) -> Option<Found> {
    let signs = line.char_indices();
    signs
        .filter(|(_, c)| matches!(c, '=' | ':' | '：' | '>' | ',' | ' '))
        .find_map(|(at, sign)| {
            let (head, behind) = line.split_at(at);
            let named = Named::before(head, sign, above)?;
            named.judge(line, behind.split_at(sign.len_utf8()).1)
        })
}

/// A name before a sign that gives it a value.
struct Named<'a> {
    name: &'a str,
    sort: Sort,
    sign: char,
    /// It stands in quotes.
    is_quoted: bool,
    /// Nothing but what leads to a setting stands before it in the line.
    begins: bool,
}

/// How much of what follows is the value.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reach {
    Quoted,
    /// The rest of the line.
    Whole,
    /// The first word of it.
    Part,
}

impl<'a> Named<'a> {
    fn before(head: &'a str, sign: char, above: &'a str) -> Option<Self> {
        // Comparisons, paths and arrows give nothing a value.
        if sign != '>' && head.ends_with(['!', '<', '>', '+', '=', ':', '~']) {
            return None;
        }
        let from = head.floor_char_boundary(head.len().saturating_sub(LONGEST_NAME));
        let (_, head) = head.split_at(from);
        let (before, name, is_quoted) = last_name(head);
        let may_be = match sign {
            '>' => before.ends_with('<'),
            ',' => is_quoted,
            ' ' => head.ends_with(name) && is_named_by_word(before, name),
            _ => true,
        };
        if !may_be || name.is_empty() {
            return None;
        }
        let name = name.trim_start_matches(['-', '.']);
        // `{"name": "DB_PASSWORD", "value": "tr0ub4dor3"}`, in one line or in two.
        let name = if name.eq_ignore_ascii_case("value") {
            named_in(before).or_else(|| named_in(above))?
        } else {
            name
        };
        let sort = sort(name);
        (sort != Sort::Plain).then(|| Self {
            name,
            sort,
            sign,
            is_quoted,
            begins: begins(before),
        })
    }

    /// The value behind the sign, where nobody should read it.
    fn judge(&self, line: &str, behind: &str) -> Option<Found> {
        let behind = match (self.sign, behind.chars().next()?) {
            // Go writes `:=`, PHP and Ruby `'name' =>`.
            (':', '=') => behind.strip_prefix('=')?,
            ('=', '>') if self.is_quoted => behind.strip_prefix('>')?,
            (_, '=' | '>' | ':' | '~') => return None,
            _ => behind,
        };
        let value = behind.trim_start();
        let is_tight = value.len() == behind.len();
        let start = line.len() - value.len();
        let (value, _) = value.split_at(value.floor_char_boundary(LONGEST));
        let typed = if self.sign == ':' {
            without_type(value)
        } else {
            value
        };
        let start = start + value.len() - typed.len();
        let is_env = is_env_name(self.name) && (self.sign == ' ' || (self.sign == '=' && is_tight));
        let (value, reach) = match quoted(typed) {
            Some(value) => (value, Reach::Quoted),
            None if self.sign == ',' => return None,
            None if is_env && self.begins => (
                // A line end as code writes it ends the value, too.
                typed
                    .split("\\n")
                    .next()?
                    .split([' ', '\t', '#', '"', '\''])
                    .next()?,
                Reach::Whole,
            ),
            None => word(typed),
        };
        let fits = may_be_secret(value)
            && match (self.sort, reach) {
                (sort, Reach::Quoted | Reach::Whole) if is_env && self.begins => {
                    sort != Sort::Vague || looks_made(value)
                }
                (Sort::Vague | Sort::Plain, _) => is_strong(value),
                (Sort::Setting, _) if !is_env => is_strong(value),
                (_, Reach::Quoted) if self.sign == ',' && !is_env_name(self.name) => {
                    is_strong(value)
                }
                (_, Reach::Quoted) => looks_made(value),
                (_, Reach::Whole) => looks_made(value) && !names_thing(self.name, value),
                (_, Reach::Part) if is_env || self.sign == ' ' => looks_made(value),
                (_, Reach::Part) => is_strong(value),
            };
        fits.then(|| Found {
            at: start,
            kind: SecretKind::Setting(self.name.to_owned()),
            masked: Secret::new(value).mask(),
        })
    }
}

/// `api_key=api_key2`, `token = MAX_TOKEN_2`: a name for a name.
fn names_thing(name: &str, value: &str) -> bool {
    let is_constant = value.contains('_') && is_env_name(value);
    is_constant
        || value
            .to_ascii_lowercase()
            .contains(&name.to_ascii_lowercase())
}

/// The name that a text ends in, what stands before it, and whether it is in quotes.
fn last_name(text: &str) -> (&str, &str, bool) {
    let text = text.trim_end();
    if let Some(name) = chinese(text) {
        return (text.strip_suffix(name).unwrap_or_default(), name, false);
    }
    // `settings["password"] = …`
    let text = text.strip_suffix([']', ')']).unwrap_or(text);
    let bare = text.strip_suffix(['"', '\'', '`']).unwrap_or(text);
    let is_quoted = bare.len() < text.len();
    // JSON in a string: `\"password\": …`
    let bare = bare.strip_suffix('\\').unwrap_or(bare);
    let name = bare
        .rsplit(|c: char| !is_of_name(c))
        .next()
        .unwrap_or_default();
    (bare.strip_suffix(name).unwrap_or_default(), name, is_quoted)
}

fn is_of_name(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-')
}

fn is_env_name(name: &str) -> bool {
    let is_part = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_';
    name.starts_with(|c: char| c.is_ascii_uppercase()) && name.bytes().all(is_part)
}

/// `--password tr0ub4dor3`, `ENV DB_PASSWORD tr0ub4dor3`.
fn is_named_by_word(before: &str, name: &str) -> bool {
    name.starts_with("--")
        || before.ends_with(' ')
            && before
                .split_whitespace()
                .next_back()
                .is_some_and(|word| is_of(NAMING, word))
}

/// Whether a setting may begin behind this: at the beginning of a line, of a comment, behind a word with a colon,
/// where a shell or Docker takes one.
fn begins(before: &str) -> bool {
    let before = before.trim_end();
    let last = before.split_whitespace().next_back().unwrap_or_default();
    before.ends_with([':', '：', '`'])
        || is_of(
            "# $ > - * // ; && ENV ARG export set setenv setx -e --env -x -gx env",
            last,
        )
        || last.is_empty()
}

/// The name in `name: DB_PASSWORD` or `"name": "DB_PASSWORD",` at the end of a text.
fn named_in(text: &str) -> Option<&str> {
    let text = text.trim_end_matches([',', ' ', '\t', '{', '}', '"', '\'', '\\']);
    let (before, name, _) = last_name(text);
    let before = before.trim_end_matches(['"', '\'', ' ', '\\']);
    let before = before.strip_suffix([':', '='])?;
    let (_, what, _) = last_name(before);
    is_of("name key", &what.to_ascii_lowercase()).then_some(name)
}

/// A value behind its type: `str = "…"` of `password: str = "…"`.
fn without_type(value: &str) -> &str {
    let is_type = |text: &str| {
        let is_part = |c: char| c.is_ascii_alphanumeric() || "_ .<>&'|?[]".contains(c);
        text.len() <= 40 && text.chars().all(is_part) && text.ends_with(' ')
    };
    match value.split_once('=') {
        Some((head, behind)) if is_type(head) => behind.trim_start(),
        _ => value,
    }
}

/// What stands in quotes at the beginning of a text, also in those of code: `r"…"`, `@"…"`, `\"…\"`.
fn quoted(text: &str) -> Option<&str> {
    let bare = text.trim_start_matches(|c: char| "rRbBuUfFL@\\".contains(c));
    let bare = if text.len() - bare.len() <= 2 {
        bare
    } else {
        text
    };
    let quote = bare
        .chars()
        .next()
        .filter(|c| matches!(c, '"' | '\'' | '`'))?;
    let inner = bare.strip_prefix(quote)?;
    let inner = inner.split(quote).next()?;
    Some(inner.strip_suffix('\\').unwrap_or(inner))
}

/// The first word of a text, and whether anything but the end of a statement follows.
fn word(text: &str) -> (&str, Reach) {
    let ends = |c: char| c.is_whitespace() || "\"'`;,)&|<>\\".contains(c);
    let word = text.split(ends).next().unwrap_or_default();
    // A call is code.
    if word.contains('(') {
        return ("", Reach::Part);
    }
    let more = text
        .split_at(word.len())
        .1
        .trim_start_matches([',', ';', ' ', '\t']);
    let is_all = more.is_empty() || more.starts_with('#') || more.starts_with("//");
    // A path of names is code.
    let reach = if is_all && !word.contains(['.', ':', '?', '\\']) {
        Reach::Whole
    } else {
        Reach::Part
    };
    (word, reach)
}
