//! What one case tells beside the trouble's name: sentences for the cause, and what its fixes are made
//! of. Every part is foreign text, so it is cleaned, masked and kept to one line.

use std::time::Duration;

use jiff::Timestamp;

use super::raw::mask;
use super::span::Spans;
use crate::domain::clean_text::CleanText;
use crate::domain::ignored_setting::IgnoredSetting;
use crate::domain::leak::{Leak, Standing, Vendor};
use crate::domain::money::Usd;
use crate::domain::outgoing::SecretSpot;
use crate::domain::symptom::{FileTrouble, NetworkTrouble, Refusal, Symptom, Whose};
use crate::text::{Phrase, Said};

/// How much of foreign words is quoted; the raw view has the rest.
const QUOTED_CHARS: usize = 240;
/// How many models are offered: more would be a list, not a suggestion.
const MOST_MODELS: usize = 4;

const NO_NAME: Phrase = Phrase::new(
    "No block of code carries the name of a file.",
    "没有代码块带有文件名。",
);

/// How many secrets are told one by one.
const MOST_SECRETS: usize = 8;

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
            Symptom::Refused(refusal) => Self::of_refusal(refusal, now),
            Symptom::NotJson {
                status, snippet, ..
            } => {
                let snippet = quoted(snippet);
                Self::said([if snippet.is_empty() {
                    Said::new(EMPTY, &[status])
                } else {
                    Said::new(BEGINS, &[status, &snippet])
                }])
            }
            Symptom::Misshapen { status, detail } => {
                Self::said([Said::new(MISFIT, &[status, &quoted(detail)])])
            }
            Symptom::Redirected { status, to } => {
                Self::said([Said::new(POINTS_TO, &[&quoted(to), status])])
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
                filled(HOST, host)
                    .into_iter()
                    .chain([Said::new(SILENT, &[silent, answered])]),
            ),
            Symptom::WrongPath { url, right } => Self {
                right_url: Some(right.clone()),
                ..Self::said(
                    filled(BASE_URL, url)
                        .into_iter()
                        .chain(filled(FOUND_AT, &CleanText::line(right))),
                )
            },
            Symptom::UnlistedModel {
                asked,
                listed,
                near,
            } => Self {
                models: offered(near),
                ..Self::said([Said::new(UNLISTED, &[listed, &quoted(asked)])])
            },
            Symptom::RetiringModel {
                model,
                day,
                successors,
                is_past,
            } => {
                let words = if *is_past { PAST_DAY } else { LAST_DAY };
                Self {
                    models: offered(successors),
                    ..Self::said([Said::new(words, &[&quoted(model), &quoted(day)])])
                }
            }
            Symptom::StreamCut { had_text, detail } => {
                let came = Said::from(if *had_text { PART_CAME } else { NOTHING_CAME });
                Self::said([came].into_iter().chain(filled(ENDED, detail)))
            }
            Symptom::MalformedKey { chars, around } => Self::said(
                around
                    .iter()
                    .map(|what| Said::joined(AROUND, &[what.words().into()]))
                    .chain([Said::new(CHARS, &[chars])]),
            ),
            Symptom::WrongVendor { vendor } => Self::said([Said::new(VENDOR, &[vendor])]),
            Symptom::UrlNamedByFile { url, path, line } => {
                let path = quoted(&CleanText::line(&path.display().to_string()));
                let place = Said::new(NAMED_AT, &[&path, line]);
                Self::said(filled(BASE_URL, url).into_iter().chain([place]))
            }
            Symptom::SettingsIgnored(ignored) => Self {
                has_proxy: ignored.iter().any(IgnoredSetting::is_proxy),
                ..Self::said(ignored.iter().map(IgnoredSetting::said))
            },
            Symptom::BadBaseUrl { url, .. } => Self::said(filled(BASE_URL, url)),
            Symptom::Listen(words) => Self::said(filled(SYSTEM_SAID, words)),
            Symptom::File(trouble) => Self::of_file(trouble),
            Symptom::Leaked(leak) => Self::of_leak(leak),
            Symptom::BudgetReached(reached) => Self::said([reached.said()]),
            Symptom::SecretsOutgoing(spots) => Self::of_secrets(spots),
            Symptom::BadTemplate(said) => Self::said([said.clone()]),
            Symptom::NoCode { named } => Self::said(named.then(|| Said::from(NO_NAME))),
            Symptom::NoManagementKey { key_in_use_is_one } => {
                Self::said(key_in_use_is_one.then(|| Said::from(WRONG_NAME)))
            }
            Symptom::KeyGone(name) => Self::said(filled(THE_KEY, name)),
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

    fn of_refusal(refusal: &Refusal, now: Option<Timestamp>) -> Self {
        let until_reset = refusal.resets_at.zip(now).map(|(at, now)| until(at, now));
        let about = refusal.availability.as_ref();
        Self {
            sentences: refusal_sentences(refusal, until_reset),
            wait: refusal.retry_after.or(until_reset),
            fitting_tokens: fitting_tokens(&refusal.message),
            models: about.map_or_else(Vec::new, |about| offered(&about.fallback_models)),
            is_retryable: about.is_some_and(|about| about.retryable),
            whose: refusal.whose,
            ..Self::default()
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
        let words = if trouble == NetworkTrouble::Proxy && detail.starts_with("HTTP/") {
            PROXY_SAID
        } else {
            SYSTEM_SAID
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
                    filled(HOST, host),
                    proxy.and_then(|proxy| filled(PROXY, proxy)),
                    filled(words, detail),
                ]
                .into_iter()
                .flatten()
                .chain(meant),
            )
        }
    }

    fn of_limit(limit: Option<Usd>, reset: Option<&CleanText>) -> Self {
        let reset = match reset {
            Some(reset) => Said::new(RESETS_EACH, &[&quoted(reset)]),
            None => NEVER_RESETS.into(),
        };
        let limit = limit.map(|limit| Said::new(LIMIT_IS, &[&limit]));
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
        let mut sentences = vec![Said::new(LEAK, &key)];
        if let Standing::Past { commit, day } = &leak.standing {
            let short: String = commit.chars().take(10).collect();
            sentences.push(Said::new(COMMITTED, &[day, &short]));
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
            Said::joined(SPOT, &[spot])
        });
        let more = spots.len().saturating_sub(MOST_SECRETS);
        let more = (more > 0).then(|| Said::new(MORE_SPOTS, &[&more]));
        Self::said(told.chain(more))
    }

    fn of_file(trouble: &FileTrouble) -> Self {
        let path = CleanText::line(&trouble.path.display().to_string());
        Self::said(
            [filled(FILE, &path), filled(DETAIL, &trouble.detail)]
                .into_iter()
                .flatten(),
        )
    }
}

/// How far this machine's clock is off, by a server that is this many seconds ahead of it.
fn off_by(ahead_secs: i64) -> Said {
    let phrase = if ahead_secs < 0 { AHEAD } else { BEHIND };
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

/// What a refusal tells, the server's own words last.
fn refusal_sentences(refusal: &Refusal, until_reset: Option<Duration>) -> Vec<Said> {
    let mut said = Vec::new();
    if refusal.mid_stream {
        said.push(MID_STREAM.into());
    }
    said.extend(
        refusal
            .provider
            .as_ref()
            .and_then(|it| filled(PROVIDER, it)),
    );
    if let Some(about) = &refusal.availability {
        said.extend(listed(EXCLUDED_BY, &about.excluded_by));
        said.extend(about.constraint.as_ref().and_then(|it| filled(FIELD, it)));
    }
    // Beside a limit's source the reason is a code word that the trouble's name says better.
    if refusal.limit_source.is_none() {
        said.extend(listed(REASONS, &refusal.reasons));
    }
    if let Some(at) = refusal.resets_at {
        let at = at.strftime("%Y-%m-%d %H:%M UTC");
        said.push(match until_reset {
            Some(left) if !left.is_zero() => RESETS_IN.say(left, &[&at]),
            _ => Said::new(RESETS, &[&at]),
        });
    }
    let words = quoted(&refusal.message);
    said.extend(match (words.is_empty(), refusal.status) {
        // A 200 says nothing about an error.
        (true, ..300) => None,
        (true, status) => Some(Said::new(SAID_NOTHING, &[&status])),
        (false, ..300) => Some(Said::new(SAID, &[&words])),
        (false, status) => Some(Said::new(SAID_WITH_STATUS, &[&status, &words])),
    });
    said
}

/// How long it is until `at`; nothing when that is past.
fn until(at: Timestamp, now: Timestamp) -> Duration {
    Duration::try_from(now.duration_until(at)).unwrap_or_default()
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

/// The longest answer that fits, from the words of OpenRouter ("can only afford 3919"), OpenAI ("at
/// most 16384 completion tokens") or Anthropic ("100000 > 64000"): a hint, nothing more.
fn fitting_tokens(words: &str) -> Option<u32> {
    ["can only afford ", "at most ", " > "]
        .into_iter()
        .find_map(|mark| {
            let (_, after) = words.split_once(mark)?;
            let digits: String = after
                .chars()
                .take_while(|c| c.is_ascii_digit() || *c == ',')
                .filter(|c| *c != ',')
                .collect();
            digits.parse().ok()
        })
}

fn filled(phrase: Phrase, text: &CleanText) -> Option<Said> {
    let text = quoted(text);
    (!text.is_empty()).then(|| Said::new(phrase, &[&text]))
}

fn listed(phrase: Phrase, texts: &[CleanText]) -> Option<Said> {
    let texts: Vec<&str> = texts.iter().map(CleanText::as_str).collect();
    filled(phrase, &CleanText::line(&texts.join(", ")))
}

/// Foreign words as they are quoted: masked before they are cut, so that no cut leaves half a key.
fn quoted(text: &CleanText) -> CleanText {
    CleanText::line(&mask(text)).shortened(QUOTED_CHARS)
}

const SPOT: Phrase = Phrase::new("{}.", "{}。");
const MORE_SPOTS: Phrase = Phrase::new("And {} more.", "另有 {} 处。");
const SAID: Phrase = Phrase::new("The server said: “{}”", "服务器的原话：“{}”");
const SAID_WITH_STATUS: Phrase = Phrase::new(
    "The server said (status {}): “{}”",
    "服务器的原话（状态码 {}）：“{}”",
);
const SAID_NOTHING: Phrase = Phrase::new(
    "The server gave no reason (status {}).",
    "服务器没有说明原因（状态码 {}）。",
);
const MID_STREAM: Phrase = Phrase::new(
    "The part of the answer that had come by then is incomplete.",
    "此前收到的部分回答不完整。",
);
const PROVIDER: Phrase = Phrase::new("Provider: {}.", "供应商：{}。");
const EXCLUDED_BY: Phrase = Phrase::new("What excludes it: {}.", "排除它的设置：{}。");
const FIELD: Phrase = Phrase::new("The condition: {}.", "相关条件：{}。");
const REASONS: Phrase = Phrase::new("Reasons given: {}.", "给出的原因：{}。");
const RESETS: Phrase = Phrase::new("The limit resets at {}.", "限额将于 {} 重置。");
const RESETS_IN: Spans = Spans {
    seconds: Phrase::new(
        "The limit resets at {} (in {} s).",
        "限额将于 {} 重置（{} 秒后）。",
    ),
    minutes: Phrase::new(
        "The limit resets at {} (in {} min).",
        "限额将于 {} 重置（{} 分钟后）。",
    ),
    hours: Phrase::new(
        "The limit resets at {} (in {} h).",
        "限额将于 {} 重置（{} 小时后）。",
    ),
    days: Phrase::new(
        "The limit resets at {} (in {} days).",
        "限额将于 {} 重置（{} 天后）。",
    ),
};
const EMPTY: Phrase = Phrase::new(
    "The answer had status {} and nothing in it.",
    "回应的状态码是 {}，内容为空。",
);
const BEGINS: Phrase = Phrase::new(
    "What came (status {}) begins: “{}”",
    "收到的内容（状态码 {}）开头是：“{}”",
);
const MISFIT: Phrase = Phrase::new(
    "What did not fit (status {}): “{}”",
    "不符合预期的内容（状态码 {}）：“{}”",
);
const POINTS_TO: Phrase = Phrase::new(
    "The new address: {} (status {}).",
    "新地址：{}（状态码 {}）。",
);
const HOST: Phrase = Phrase::new("Host: {}.", "主机：{}。");
const PROXY: Phrase = Phrase::new("Proxy: {}.", "代理：{}。");
const SYSTEM_SAID: Phrase = Phrase::new("The system said: “{}”", "系统的原话：“{}”");
const PROXY_SAID: Phrase = Phrase::new("The proxy answered: “{}”", "代理的回应：“{}”");
const PART_CAME: Phrase = Phrase::new("A part of the answer had come.", "已经收到了一部分回答。");
const NOTHING_CAME: Phrase = Phrase::new("Nothing of the answer had come.", "还没有收到任何回答。");
const ENDED: Phrase = Phrase::new("How it ended: “{}”", "结束的情形：“{}”");
const LIMIT_IS: Phrase = Phrase::new("The limit is {}.", "限额为 {}。");
const RESETS_EACH: Phrase = Phrase::new("It resets {} (00:00 UTC).", "重置周期：{}（00:00 UTC）。");
const NEVER_RESETS: Phrase = Phrase::new("It does not reset by itself.", "它不会自动重置。");
const AROUND: Phrase = Phrase::new(
    "Something stands around it that does not belong to it: {}.",
    "密钥前后有不属于它的内容：{}。",
);
const CHARS: Phrase = Phrase::new("This one has {} characters.", "这个密钥有 {} 个字符。");
const VENDOR: Phrase = Phrase::new("It looks like a key of {}.", "它看起来是 {} 的密钥。");
const BASE_URL: Phrase = Phrase::new("The base URL: “{}”", "当前的基础地址：“{}”");
const BEHIND: Spans = Spans {
    seconds: Phrase::new(
        "It is {} s behind the server's clock.",
        "它比服务器慢 {} 秒。",
    ),
    minutes: Phrase::new(
        "It is {} min behind the server's clock.",
        "它比服务器慢 {} 分钟。",
    ),
    hours: Phrase::new(
        "It is {} h behind the server's clock.",
        "它比服务器慢 {} 小时。",
    ),
    days: Phrase::new(
        "It is {} days behind the server's clock.",
        "它比服务器慢 {} 天。",
    ),
};
const AHEAD: Spans = Spans {
    seconds: Phrase::new(
        "It is {} s ahead of the server's clock.",
        "它比服务器快 {} 秒。",
    ),
    minutes: Phrase::new(
        "It is {} min ahead of the server's clock.",
        "它比服务器快 {} 分钟。",
    ),
    hours: Phrase::new(
        "It is {} h ahead of the server's clock.",
        "它比服务器快 {} 小时。",
    ),
    days: Phrase::new(
        "It is {} days ahead of the server's clock.",
        "它比服务器快 {} 天。",
    ),
};
const SILENT: Phrase = Phrase::new("{} says nothing; {} answers.", "{} 没有回应；{} 有回应。");
const FOUND_AT: Phrase = Phrase::new("The API answers at {}", "API 在此处应答：{}");
const UNLISTED: Phrase = Phrase::new(
    "Among the {} models of the list none is called “{}”.",
    "列表中的 {} 个模型里没有“{}”。",
);
const LAST_DAY: Phrase = Phrase::new("“{}” is promised until {}.", "“{}”的服务期到 {} 为止。");
const PAST_DAY: Phrase = Phrase::new("“{}” was promised until {}.", "“{}”的服务期已于 {} 结束。");
const NAMED_AT: Phrase = Phrase::new("It stands in “{}”, line {}.", "它写在“{}”第 {} 行。");
const WRONG_NAME: Phrase = Phrase::new(
    "The key in use here is one: it belongs under OPENROUTER_MANAGEMENT_KEY, outside of the project.",
    "此处使用的密钥正是管理密钥：应放在 OPENROUTER_MANAGEMENT_KEY 中，且不放在项目里。",
);
const THE_KEY: Phrase = Phrase::new("Key: “{}”.", "密钥：“{}”。");
const FILE: Phrase = Phrase::new("File: “{}”.", "文件：“{}”。");
const LEAK: Phrase = Phrase::new(
    "In “{}”, line {}, column {}: a key of {} ({}).",
    "在“{}”第 {} 行第 {} 列：{} 的密钥（{}）。",
);
const COMMITTED: Phrase = Phrase::new(
    "It came there on {} by commit {}.",
    "于 {} 由提交 {} 引入。",
);
const DETAIL: Phrase = Phrase::new("In detail: “{}”", "详情：“{}”");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_length_that_fits_is_read_from_each_servers_words() {
        for (words, tokens) in [
            (
                "You requested up to 65536 tokens, but can only afford 3919. To",
                Some(3919),
            ),
            (
                "This model supports at most 16,384 completion tokens",
                Some(16_384),
            ),
            (
                "max_tokens: 100000 > 64000, which is the maximum",
                Some(64_000),
            ),
            ("can only afford -12", None),
            ("can only afford 99999999999999", None),
            ("Insufficient credits", None),
        ] {
            assert_eq!(fitting_tokens(words), tokens, "{words}");
        }
    }

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
