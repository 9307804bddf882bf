//! What one case tells beside the trouble's name: sentences for the cause, and what its fixes are made
//! of. Every part is foreign text, so it is cleaned, masked and kept to one line.

mod refusal;
mod words;

use std::path::Path;
use std::time::Duration;

use jiff::Timestamp;

use super::raw::mask;
use crate::domain::chat::UNASKED_TOOL;
use crate::domain::clean_text::CleanText;
use crate::domain::ignored_setting::IgnoredSetting;
use crate::domain::leak::{Leak, Standing, Vendor};
use crate::domain::money::Usd;
use crate::domain::outgoing::SecretSpot;
use crate::domain::symptom::{FileTrouble, NetworkTrouble, Symptom, Whose};
use crate::text::{Phrase, Said};

/// How much of foreign words is quoted; the raw view has the rest.
const QUOTED_CHARS: usize = 240;
/// How many models are offered: more would be a list, not a suggestion.
const MOST_MODELS: usize = 4;

/// How many secrets are told one by one.
const MOST_SECRETS: usize = 8;

/// Who chose a file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum FileOf {
    /// The person, who may choose another.
    #[default]
    Person,
    /// The program, for itself.
    Program,
}

/// What one case tells.
#[derive(Debug, Default)]
pub(super) struct Evidence {
    /// What was seen, as whole sentences.
    pub(super) sentences: Vec<Said>,
    /// How long to wait before asking again.
    pub(super) wait: Option<Duration>,
    /// The longest answer that would be accepted, in tokens.
    pub(super) fitting_tokens: Option<u32>,
    /// Models that the server offers instead.
    pub(super) models: Vec<String>,
    /// Whose key it is about.
    pub(super) vendor: Option<Vendor>,
    /// The file it is about, as a shell reads it.
    pub(super) file: Option<String>,
    /// Who chose the file it is about.
    pub(super) file_of: FileOf,
    /// Where the API was found.
    pub(super) right_url: Option<String>,
    /// A proxy is in use, or was meant to be.
    pub(super) has_proxy: bool,
    /// It is a SOCKS proxy that has names looked up on this machine.
    pub(super) looks_up_here: bool,
    /// Whose server it was: pages and a sign-in of OpenRouter help nobody elsewhere.
    pub(super) whose: Whose,
    /// The server says that asking again may work.
    pub(super) is_retryable: bool,
}

impl Evidence {
    /// What a symptom tells; with the time, how far off a reset is.
    pub(super) fn of(symptom: &Symptom, now: Option<Timestamp>) -> Self {
        match symptom {
            Symptom::Refused(refusal) | Symptom::KeyWanted(refusal) => {
                Self::of_refusal(refusal, now)
            }
            Symptom::NotJson {
                status,
                snippet,
                whose,
                ..
            } => Self::of_page(*status, snippet).met_at(*whose),
            Symptom::Misshapen {
                status,
                detail,
                whose,
            } => Self::said([Said::new(words::MISFIT, &[status, &quoted(detail)])]).met_at(*whose),
            Symptom::Redirected { status, to } => {
                Self::said([Said::new(words::POINTS_TO, &[&quoted(to), status])])
            }
            Symptom::Network {
                trouble,
                host,
                proxy,
                detail,
                ignored,
            } => Self::of_network(*trouble, host, proxy.as_ref(), detail, ignored),
            Symptom::LimitUsedUp { limit, reset } => Self::of_limit(*limit, reset.as_ref()),
            Symptom::ClockSkew { ahead_secs } => Self::said([off_by(*ahead_secs)]),
            Symptom::SilentFamily {
                host,
                silent,
                answered,
            } => Self::said(
                filled(words::HOST, host)
                    .into_iter()
                    .chain([Said::new(words::SILENT, &[silent, answered])]),
            ),
            Symptom::WrongPath { url, right } => Self {
                right_url: Some(right.clone()),
                ..Self::said(
                    filled(words::BASE_URL, url)
                        .into_iter()
                        .chain(filled(words::FOUND_AT, &CleanText::line(right))),
                )
            },
            Symptom::UnlistedModel {
                asked,
                listed,
                near,
            } => Self {
                models: offered(near),
                ..Self::said([Said::new(words::UNLISTED, &[listed, &quoted(asked)])])
            },
            Symptom::RetiringModel {
                model,
                day,
                successors,
                is_past,
            } => Self::of_retiring(model, day, successors, *is_past),
            Symptom::StreamCut { had_text, detail } => {
                let came = Said::from(if *had_text {
                    words::PART_CAME
                } else {
                    words::NOTHING_CAME
                });
                Self::said([came].into_iter().chain(filled(words::ENDED, detail)))
            }
            Symptom::MalformedKey { chars, around } => Self::said(
                around
                    .iter()
                    .map(|what| Said::joined(words::AROUND, &[what.words().into()]))
                    .chain([Said::new(words::CHARS, &[chars])]),
            ),
            Symptom::WrongVendor { vendor } => Self::said([Said::new(words::VENDOR, &[vendor])]),
            Symptom::UrlNamedByFile { url, path, line } => Self::of_named_url(url, path, *line),
            Symptom::SettingsIgnored(ignored) => {
                Self::said(ignored.iter().map(IgnoredSetting::said))
            }
            Symptom::BadBaseUrl { url, .. } => Self::said(filled(words::BASE_URL, url)),
            Symptom::Listen(words) => Self::said(filled(words::SYSTEM_SAID, words)),
            Symptom::File(trouble) => Self::of_file(trouble),
            Symptom::Leaked(leak) => Self::of_leak(leak),
            Symptom::BudgetReached(reached) => Self::said([reached.said()]),
            Symptom::SecretsOutgoing(spots) => Self::of_secrets(spots),
            Symptom::BadTemplate(said) => Self::said([said.clone()]),
            Symptom::Wordless { tool } => {
                let tool = tool.as_ref().map(|tool| tool.shortened(40));
                Self::said(tool.map(|tool| Said::new(UNASKED_TOOL, &[&tool])))
            }
            Symptom::NoCode { named } => Self::said(named.then(|| Said::from(words::NO_NAME))),
            Symptom::NoManagementKey { key_in_use_is_one } => {
                Self::said(key_in_use_is_one.then(|| Said::from(words::WRONG_NAME)))
            }
            Symptom::KeyGone(name) => Self::said(filled(words::THE_KEY, name)),
            Symptom::NoKey
            | Symptom::PlaceholderKey
            | Symptom::ManagementKey
            | Symptom::NotAManagementKey
            | Symptom::NotPromised(_) => Self::default(),
        }
    }

    /// It was met at a server that is not OpenRouter.
    pub(super) fn is_elsewhere(&self) -> bool {
        self.whose != Whose::OpenRouter
    }

    fn said(sentences: impl IntoIterator<Item = Said>) -> Self {
        Self {
            sentences: sentences.into_iter().collect(),
            ..Self::default()
        }
    }

    /// The same, met at this server.
    pub(super) fn met_at(self, whose: Whose) -> Self {
        Self { whose, ..self }
    }

    fn of_page(status: u16, snippet: &CleanText) -> Self {
        let snippet = quoted(snippet);
        Self::said([if snippet.is_empty() {
            Said::new(words::EMPTY, &[&status])
        } else {
            Said::new(words::BEGINS, &[&status, &snippet])
        }])
    }

    fn of_named_url(url: &CleanText, path: &Path, line: usize) -> Self {
        let path = quoted(&CleanText::line(&path.display().to_string()));
        let place = Said::new(words::NAMED_AT, &[&path, &line]);
        Self::said(filled(words::BASE_URL, url).into_iter().chain([place]))
    }

    fn of_retiring(
        model: &CleanText,
        day: &CleanText,
        successors: &[CleanText],
        is_past: bool,
    ) -> Self {
        let phrase = if is_past {
            words::PAST_DAY
        } else {
            words::LAST_DAY
        };
        Self {
            models: offered(successors),
            ..Self::said([Said::new(phrase, &[&quoted(model), &quoted(day)])])
        }
    }

    fn of_network(
        trouble: NetworkTrouble,
        host: &CleanText,
        proxy: Option<&CleanText>,
        detail: &CleanText,
        ignored: &[IgnoredSetting],
    ) -> Self {
        let is_about = |one: &&IgnoredSetting| match trouble {
            NetworkTrouble::Certificate => !one.is_proxy(),
            NetworkTrouble::Dns
            | NetworkTrouble::ConnectRefused
            | NetworkTrouble::ConnectTimeout => one.is_proxy(),
            _ => false,
        };
        let meant = ignored.iter().filter(is_about).map(IgnoredSetting::said);
        let phrase = if trouble == NetworkTrouble::Proxy && detail.starts_with("HTTP/") {
            words::PROXY_SAID
        } else {
            words::SYSTEM_SAID
        };
        let is_local = |proxy: &CleanText| {
            ["socks4://", "socks5://"]
                .iter()
                .any(|scheme| proxy.starts_with(scheme))
        };
        Self {
            has_proxy: proxy.is_some() || ignored.iter().any(IgnoredSetting::is_proxy),
            looks_up_here: proxy.is_some_and(is_local),
            ..Self::said(
                [
                    filled(words::HOST, host),
                    proxy.and_then(|proxy| filled(words::PROXY, proxy)),
                    filled(phrase, detail),
                ]
                .into_iter()
                .flatten()
                .chain(meant),
            )
        }
    }

    fn of_limit(limit: Option<Usd>, reset: Option<&CleanText>) -> Self {
        let reset = match reset {
            Some(reset) => Said::new(words::RESETS_EACH, &[&quoted(reset)]),
            None => words::NEVER_RESETS.into(),
        };
        let limit = limit.map(|limit| Said::new(words::LIMIT_IS, &[&limit]));
        Self::said(limit.into_iter().chain([reset]))
    }

    fn of_leak(leak: &Leak) -> Self {
        let path = CleanText::line(&leak.path.display().to_string());
        let key: [&dyn std::fmt::Display; 5] = [
            &path,
            &leak.line,
            &leak.column,
            &leak.vendor.name(),
            &leak.key_masked,
        ];
        let mut sentences = vec![Said::new(words::LEAK, &key)];
        if let Standing::Past { commit, day } = &leak.standing {
            let short: String = commit.chars().take(10).collect();
            sentences.push(Said::new(words::COMMITTED, &[day, &short]));
        }
        Self {
            sentences,
            vendor: Some(leak.vendor),
            file: Some(shell_word(&path)),
            ..Self::default()
        }
    }

    fn of_secrets(spots: &[SecretSpot]) -> Self {
        let told = spots.iter().take(MOST_SECRETS).map(|spot| {
            let spot = spot.said();
            Said::joined(words::SPOT, &[spot])
        });
        let more = spots.len().saturating_sub(MOST_SECRETS);
        let more = (more > 0).then(|| Said::new(words::MORE_SPOTS, &[&more]));
        Self::said(told.chain(more))
    }

    fn of_file(trouble: &FileTrouble) -> Self {
        let path = CleanText::line(&trouble.path.display().to_string());
        let seen = [
            filled(words::FILE, &path),
            filled(words::DETAIL, &trouble.detail),
        ];
        Self {
            file_of: if trouble.is_own_database() {
                FileOf::Program
            } else {
                FileOf::Person
            },
            ..Self::said(seen.into_iter().flatten())
        }
    }
}

/// How far this machine's clock is off, by a server that is this many seconds ahead of it.
fn off_by(ahead_secs: i64) -> Said {
    let phrase = if ahead_secs < 0 {
        words::AHEAD
    } else {
        words::BEHIND
    };
    phrase.say_nearest(Duration::from_secs(ahead_secs.unsigned_abs()), &[])
}

/// A name as a shell reads it back.
fn shell_word(name: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "/._-+@%".contains(c);
    if name.chars().all(is_plain) {
        return name.to_owned();
    }
    format!("'{}'", name.replace('\'', r"'\''"))
}

/// Model names that can be used as they stand; what needs a mask is none.
fn offered(models: &[CleanText]) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for model in models {
        let name = model.as_str();
        let is_name = !name.is_empty()
            && name.len() <= 128
            && name.chars().all(|c| c.is_ascii_graphic())
            && mask(name).as_str() == name;
        if is_name && !names.iter().any(|known| known == name) {
            names.push(name.to_owned());
        }
    }
    names.truncate(MOST_MODELS);
    names
}

fn filled(phrase: Phrase, text: &CleanText) -> Option<Said> {
    let text = quoted(text);
    (!text.is_empty()).then(|| Said::new(phrase, &[&text]))
}

/// Foreign words as they are quoted: masked before they are cut, so that no cut leaves half a key.
fn quoted(text: &CleanText) -> CleanText {
    CleanText::line(&mask(text)).shortened(QUOTED_CHARS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_that_can_be_used_are_offered_and_each_once() {
        let key = format!("sk-or-v1-{}", "deadbeef".repeat(8));
        let names = [
            "a/b",
            "",
            "two words",
            &key,
            "a/b",
            "c/d",
            "e/f",
            "g/h",
            "i/j",
        ];
        let models: Vec<CleanText> = names.into_iter().map(CleanText::from).collect();
        assert_eq!(offered(&models), ["a/b", "c/d", "e/f", "g/h"]);
    }
}
