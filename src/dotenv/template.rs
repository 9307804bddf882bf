//! The settings a small service needs beside its key: written whole into a new file, added name by
//! name to an old one.

use super::edit::{ChangeKind, Changed, Edited, set, set_checked};
use super::insert::first_line_end;
use super::refusal::{Reason, Refusal};
use super::syntax::{Scan, Style};
use super::verify::{Fit, Wanted, compare};
use super::{spelling, value, warning};
use crate::domain::clean_text::CleanText;
use crate::domain::secret::Secret;
use crate::domain::service_group::ServiceGroup;

/// The name of the key.
pub const KEY_NAME: &str = "OPENROUTER_API_KEY";
/// The name of the base URL beside it.
pub const BASE_NAME: &str = "OPENROUTER_API_BASE";

/// What the template cannot know by itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Service {
    /// The API key.
    pub key: Secret,
    /// The base URL of the API.
    pub base_url: String,
    /// What the service signs its tokens with: [`random_secret`].
    pub secret_key: Secret,
}

/// One row of the template.
#[derive(Clone, Copy)]
pub(super) enum Row {
    Blank,
    Comment(&'static str),
    /// A name that is commented out, with its value.
    Off(&'static str, &'static str),
    /// A name with its default.
    On(&'static str, &'static str),
    /// A name whose value is given: the key, its base URL, the service's own secret.
    Given(&'static str),
}

const SECRET_NAME: &str = "SECRET_KEY";

/// The key, which every file gets.
const OPENROUTER: &[Row] = &[
    Row::Comment("# OpenRouter: one API for many models (https://openrouter.ai/settings/keys)"),
    Row::Given(KEY_NAME),
    Row::Given(BASE_NAME),
];
const OPENAI: &[Row] = &[
    Row::Comment("# OpenAI itself, instead of OpenRouter"),
    Row::Off("OPENAI_API_KEY", ""),
    Row::Off("OPENAI_API_BASE", "https://api.openai.com/v1"),
];
const DATABASE: &[Row] = &[
    Row::Comment("# Database"),
    Row::On(
        "DATABASE_URL",
        "postgresql://user:password@localhost:5432/app",
    ),
];
const REDIS: &[Row] = &[
    Row::Comment("# Redis"),
    Row::On("REDIS_HOST", "localhost"),
    Row::On("REDIS_PORT", "6379"),
    Row::On("REDIS_PASSWORD", ""),
];
const SIGNING: &[Row] = &[
    Row::Comment("# Signing of tokens; the secret was made at random for this file"),
    Row::Given(SECRET_NAME),
    Row::On("ALGORITHM", "HS256"),
    Row::On("ACCESS_TOKEN_EXPIRE_MINUTES", "30"),
];
const ENVIRONMENT: &[Row] = &[
    Row::Comment("# development, staging or production"),
    Row::On("ENVIRONMENT", "development"),
];

fn rows_of(group: ServiceGroup) -> &'static [Row] {
    match group {
        ServiceGroup::OpenAi => OPENAI,
        ServiceGroup::Database => DATABASE,
        ServiceGroup::Redis => REDIS,
        ServiceGroup::Signing => SIGNING,
        ServiceGroup::Environment => ENVIRONMENT,
    }
}

/// The rows of the template with these groups, in its order, a blank one between the groups.
pub(super) fn rows(groups: &[ServiceGroup]) -> impl Iterator<Item = Row> {
    let chosen = ServiceGroup::ALL.into_iter();
    let chosen = chosen.filter(|group| groups.contains(group));
    let behind = chosen.flat_map(|group| {
        [Row::Blank]
            .into_iter()
            .chain(rows_of(group).iter().copied())
    });
    OPENROUTER.iter().copied().chain(behind)
}

/// 256 bits from the system's random source, as 64 hex digits: plain in every reader.
pub fn random_secret() -> Result<Secret, getrandom::Error> {
    let mut bytes = [0_u8; 32];
    getrandom::fill(&mut bytes)?;
    let mut digits = String::with_capacity(64);
    for byte in bytes {
        digits.push_str(&format!("{byte:02x}"));
    }
    Ok(Secret::new(digits))
}

/// Sets the key and its base URL, and adds what else of the groups the file does not have: a new
/// file gets short comments, an old one none. No other value is ever replaced.
pub fn complete(
    before: &[u8],
    service: &Service,
    groups: &[ServiceGroup],
    force: bool,
) -> Result<Edited, Refusal> {
    if before.is_empty() {
        return whole(service, groups);
    }
    let scan = Scan::new(before);
    let mut wanted: Vec<(&str, &str)> = Vec::new();
    for row in rows(groups) {
        match row {
            Row::Given(name) if name != SECRET_NAME => wanted.push((name, service.given(name))),
            Row::Given(name) if is_missing(&scan, name) => wanted.push((name, service.given(name))),
            Row::On(name, default) if is_missing(&scan, name) => wanted.push((name, default)),
            Row::Given(_) | Row::On(..) | Row::Off(..) | Row::Comment(_) | Row::Blank => {}
        }
    }
    service.check()?;
    Ok(with_alternative(
        set_checked(before, &wanted, force)?,
        groups,
    ))
}

/// The names that are commented out come last, where the file says nothing of them yet and no reader
/// would read anything otherwise.
fn with_alternative(mut edited: Edited, groups: &[ServiceGroup]) -> Edited {
    let stands = |name: &str| {
        edited
            .bytes
            .windows(name.len())
            .any(|bytes| bytes == name.as_bytes())
    };
    let missing: Vec<(&str, &str)> = rows(groups)
        .filter_map(|row| match row {
            Row::Off(name, default) if !stands(name) => Some((name, default)),
            _ => None,
        })
        .collect();
    let Some((first, _)) = missing.first() else {
        return edited;
    };
    let end = first_line_end(&Scan::new(&edited.bytes)).to_vec();
    let mut grown = edited.bytes.clone();
    if !grown.ends_with(&end) {
        grown.extend_from_slice(&end);
    }
    for (name, default) in &missing {
        grown.extend_from_slice(format!("# {name}={default}").as_bytes());
        grown.extend_from_slice(&end);
    }
    if compare(&edited.bytes, &grown, first, Wanted::Gone) == Fit::All {
        edited.bytes = grown;
    }
    edited
}

/// The template with no key in it yet: whole for a new file, what an old one lacks for that. Nothing
/// that stands is touched.
pub fn without_key(
    before: &[u8],
    base_url: &str,
    secret_key: &Secret,
    groups: &[ServiceGroup],
) -> Result<Edited, Refusal> {
    let service = Service {
        key: Secret::new(""),
        base_url: base_url.into(),
        secret_key: secret_key.clone(),
    };
    for given in [base_url, secret_key.expose()] {
        value::check(given).map_err(Refusal::of_change)?;
    }
    if before.is_empty() {
        let (bytes, changes) = lines(&service, groups);
        return read_back(bytes, changes, (BASE_NAME, base_url));
    }
    let scan = Scan::new(before);
    let missing = rows(groups).filter_map(|row| match row {
        Row::Given(name) => Some((name, service.given(name))),
        Row::On(name, default) => Some((name, default)),
        Row::Off(..) | Row::Comment(_) | Row::Blank => None,
    });
    let missing: Vec<(&str, &str)> = missing
        .filter(|(name, _)| is_missing(&scan, name))
        .collect();
    Ok(with_alternative(
        set_checked(before, &missing, false)?,
        groups,
    ))
}

/// Whether a file of this name is a template, committed to be copied: no key belongs there.
pub fn is_template_file(file_name: &str) -> bool {
    let endings = [".example", ".sample", ".template", ".dist", ".defaults"];
    endings.iter().any(|ending| file_name.ends_with(ending))
}

fn is_missing(scan: &Scan<'_>, name: &str) -> bool {
    scan.assignments_to(name).next().is_none()
        && spelling::others(scan, name).next().is_none()
        && spelling::in_heredoc(scan, name).is_none()
}

fn whole(service: &Service, groups: &[ServiceGroup]) -> Result<Edited, Refusal> {
    service.check()?;
    let (bytes, changes) = lines(service, groups);
    read_back(bytes, changes, (KEY_NAME, service.key.expose()))
}

/// The template as a file, and where each name stands in it.
fn lines(service: &Service, groups: &[ServiceGroup]) -> (Vec<u8>, Vec<Changed>) {
    let (mut text, mut changes) = (String::new(), Vec::new());
    for (at, row) in rows(groups).enumerate() {
        let line = match row {
            Row::Blank => String::new(),
            Row::Comment(comment) => comment.to_owned(),
            Row::Off(name, default) => format!("# {name}={default}"),
            Row::On(name, default) => format!("{name}={default}"),
            Row::Given(name) => {
                format!("{name}={}", value::spell(service.given(name), Style::Empty))
            }
        };
        text.push_str(&line);
        text.push('\n');
        if let Row::On(name, _) | Row::Given(name) = row {
            changes.push(Changed {
                name: CleanText::line(name),
                line: at + 1,
                kind: ChangeKind::Inserted,
            });
        }
    }
    (text.into_bytes(), changes)
}

/// Reads a new file back as any change is: the value must come out as it went in.
fn read_back(
    bytes: Vec<u8>,
    changes: Vec<Changed>,
    value: (&str, &str),
) -> Result<Edited, Refusal> {
    let again = set(&bytes, &[value], false)?;
    if again.bytes != bytes {
        return Err(Refusal::at(1, Reason::Disturbs));
    }
    let warnings = warning::about(&Scan::new(&bytes), KEY_NAME);
    Ok(Edited {
        bytes,
        changes,
        warnings,
    })
}

impl Service {
    fn given(&self, name: &str) -> &str {
        match name {
            KEY_NAME => self.key.expose(),
            BASE_NAME => &self.base_url,
            _ => self.secret_key.expose(),
        }
    }

    fn check(&self) -> Result<(), Refusal> {
        for given in [self.key.expose(), &self.base_url, self.secret_key.expose()] {
            value::check(given).map_err(Refusal::of_change)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dotenv::read::bindings;

    fn service() -> Service {
        Service {
            key: Secret::new(format!("sk-or-v1-{}", "deadbeef".repeat(8))),
            base_url: "https://openrouter.ai/api/v1".into(),
            secret_key: Secret::new("c0ffee".repeat(8)),
        }
    }

    fn text(before: &str) -> String {
        String::from_utf8(
            complete(before.as_bytes(), &service(), &ServiceGroup::ALL, false)
                .unwrap()
                .bytes,
        )
        .unwrap()
    }

    #[test]
    fn a_new_file_holds_every_name_with_short_comments() {
        let made = text("");
        let names: Vec<String> = bindings(made.as_bytes())
            .into_iter()
            .map(|binding| binding.name)
            .collect();
        assert_eq!(
            names,
            [
                "OPENROUTER_API_KEY",
                "OPENROUTER_API_BASE",
                "DATABASE_URL",
                "REDIS_HOST",
                "REDIS_PORT",
                "REDIS_PASSWORD",
                "SECRET_KEY",
                "ALGORITHM",
                "ACCESS_TOKEN_EXPIRE_MINUTES",
                "ENVIRONMENT",
            ]
        );
        assert!(made.contains("\n# OPENAI_API_KEY=\n"));
        assert_eq!(text(&made), made);
    }

    #[test]
    fn the_told_lines_are_those_of_the_file() {
        let edited = complete(b"", &service(), &ServiceGroup::ALL, false).unwrap();
        let scan = Scan::new(&edited.bytes);
        for changed in &edited.changes {
            let (item, _) = scan.assignments_to(&changed.name).next().unwrap();
            assert_eq!(item.line, changed.line, "{}", changed.name);
        }
    }

    #[test]
    fn an_old_file_gets_only_what_it_lacks() {
        let made = text("DATABASE_URL=mysql://x\nSECRET_KEY='mine'\nREDIS_PORT: 1\nA=1\n");
        assert!(made.starts_with(
            "DATABASE_URL=mysql://x\nSECRET_KEY='mine'\nREDIS_PORT: 1\nA=1\nOPENROUTER_API_KEY="
        ));
        assert!(!made.contains("REDIS_PORT="));
        assert!(made.contains("\nREDIS_PASSWORD=\nALGORITHM=HS256\n"));
        assert_eq!(made.matches('#').count(), 2);
        assert!(made.ends_with("# OPENAI_API_KEY=\n# OPENAI_API_BASE=https://api.openai.com/v1\n"));
        assert_eq!(text(&made), made);
    }

    #[test]
    fn only_the_chosen_groups_come_in_the_template_s_order() {
        let groups = [ServiceGroup::Environment, ServiceGroup::Database];
        let made = |before: &[u8]| {
            let edited = complete(before, &service(), &groups, false).unwrap();
            let names = bindings(&edited.bytes).into_iter();
            names
                .map(|binding| binding.name)
                .collect::<Vec<_>>()
                .join(" ")
        };
        let all = "OPENROUTER_API_KEY OPENROUTER_API_BASE DATABASE_URL ENVIRONMENT";
        assert_eq!(made(b""), all);
        assert_eq!(made(b"A=1\n"), format!("A {all}"));
        let bare = complete(b"", &service(), &[], false).unwrap().bytes;
        assert_eq!(String::from_utf8(bare).unwrap().lines().count(), 3);
    }

    #[test]
    fn the_alternative_is_never_put_into_a_value() {
        let open = b"A='open\n";
        let edited = Edited {
            bytes: open.to_vec(),
            changes: Vec::new(),
            warnings: Vec::new(),
        };
        let made = with_alternative(edited, &[ServiceGroup::OpenAi]).bytes;
        assert_eq!(bindings(&made).len(), bindings(open).len());
        let crlf = complete(b"A=1\r\n", &service(), &[ServiceGroup::OpenAi], false).unwrap();
        assert!(crlf.bytes.ends_with(
            b"\r\n# OPENAI_API_KEY=\r\n# OPENAI_API_BASE=https://api.openai.com/v1\r\n"
        ));
    }

    #[test]
    fn without_a_key_nothing_that_stands_is_touched() {
        let secret = Secret::new("c0ffee".repeat(8));
        let made = |before: &str| {
            let edited = without_key(
                before.as_bytes(),
                "https://openrouter.ai/api/v1",
                &secret,
                &ServiceGroup::ALL,
            );
            String::from_utf8(edited.unwrap().bytes).unwrap()
        };
        let new = made("");
        assert!(
            new.contains(
                "\nOPENROUTER_API_KEY=\nOPENROUTER_API_BASE=https://openrouter.ai/api/v1\n"
            )
        );
        assert_eq!(made(&new), new);
        let old = "OPENROUTER_API_KEY=mine\nDATABASE_URL=x\n";
        let grown = made(old);
        assert!(grown.starts_with(old), "{grown}");
        assert_eq!(grown.matches("OPENROUTER_API_KEY=").count(), 1);
        assert!(grown.contains("\nSECRET_KEY=c0ffee"));
    }

    #[test]
    fn random_secrets_are_plain_and_differ() {
        let (one, other) = (random_secret().unwrap(), random_secret().unwrap());
        assert!(value::is_plain(one.expose()) && one.chars() == 64);
        assert_ne!(one, other);
    }

    #[test]
    fn files_that_are_committed_to_be_copied_are_known() {
        assert!(is_template_file(".env.example") && is_template_file("prod.env.template"));
        assert!(!is_template_file(".env") && !is_template_file(".env.local"));
    }
}
