//! A way to mend a trouble, before the case at hand fills in its figures.

use std::time::Duration;

use super::evidence::{Evidence, FileOf};
use super::span::Spans;
use crate::domain::clean_text::CleanText;
use crate::domain::diagnosis::{Act, Fix};
use crate::domain::leak::Vendor;
use crate::domain::page::Page;
use crate::domain::symptom::Whose;
use crate::text::{Phrase, Said};

/// Where OpenRouter's API is. Source: its documentation.
const OPENROUTER_URL: &str = "https://openrouter.ai/api/v1";

const THEIR_KEYS: Phrase = Phrase::new(
    "Look the key up, or make a new one, where that server makes its keys",
    "在该服务器发放密钥的地方核对或重新创建密钥",
);

/// The least answer worth asking for: some providers insist on it.
const LEAST_TOKENS: u32 = 16;

/// A way to mend a trouble.
#[derive(Debug)]
pub(super) enum Remedy {
    /// The person does it.
    Advice(Phrase),
    /// The person does it, where no proxy is in use.
    WithoutProxy(Phrase),
    /// The person does it, where a SOCKS proxy is in use that has names looked up here.
    OfLocalSocks(Phrase),
    /// A page to open.
    Open(Phrase, Page),
    /// A command to run.
    Run(Phrase, &'static str),
    /// A command to run on the file in question; without one, its beginning.
    RunOnFile(Phrase, &'static str),
    /// The page where keys of the vendor in question are made and deleted.
    KeysPage(Phrase),
    /// The words without a variable's name, and with it.
    Variable(Phrase, Phrase),
    /// Another file for the key.
    OtherFile(Phrase),
    /// Another key.
    AnotherKey(Phrase),
    /// A new key by signing in.
    SignIn(Phrase),
    /// A model that costs nothing.
    FreeModel,
    /// Requests go to OpenRouter's own address.
    OpenRouterUrl,
    /// The person changes the base URL.
    EditUrl,
    /// Requests go to the address where the API was found.
    RightUrl,
    /// Again, after the wait that the server stated, else after so many seconds.
    Retry(u64),
    /// A shorter answer: as long as the server says it fits, else the advice to choose a length.
    LowerMaxTokens,
    /// The same where the server says that there is room for one beside the question; else nothing.
    ShorterAnswer,
    /// Each model that the server offers instead; nothing where it offers none.
    OfferedModels,
    /// The same where the model that was asked for cost nothing and these do not; where none is offered, how the paid one is
    /// named.
    OfferedPaidModels,
}

impl Remedy {
    /// The fixes this comes to in one case: usually one.
    pub(super) fn fixes(&self, evidence: &Evidence) -> Vec<Fix> {
        match self {
            Self::WithoutProxy(_) if evidence.has_proxy => Vec::new(),
            Self::OfLocalSocks(_) if !evidence.looks_up_here => Vec::new(),
            Self::Advice(words) | Self::WithoutProxy(words) | Self::OfLocalSocks(words) => {
                one(*words, Act::Advice)
            }
            Self::Open(words, page) if evidence.is_elsewhere() && page.is_openrouters() => {
                elsewhere(*words, page, evidence.whose)
            }
            Self::SignIn(_) | Self::FreeModel if evidence.is_elsewhere() => Vec::new(),
            Self::Open(words, page) => one(*words, Act::Open(page.clone())),
            Self::Run(words, command) => one(*words, Act::Run((*command).into())),
            Self::RunOnFile(words, command) => {
                let file = evidence.file.as_deref().unwrap_or_default();
                one(*words, Act::Run(format!("{command}{file}").trim().into()))
            }
            Self::KeysPage(words) => match &evidence.vendor {
                Some(vendor) => one(*words, vendor.keys_page().map_or(Act::Advice, Act::Open)),
                None => one(*words, Act::Open(Page::Keys)),
            },
            Self::Variable(words, with_name) => match &evidence.vendor {
                Some(vendor) => one(Said::new(*with_name, &[&vendor.variable()]), Act::Advice),
                None => one(*words, Act::Advice),
            },
            Self::OtherFile(_) if evidence.file_of == FileOf::Program => Vec::new(),
            Self::OtherFile(words) => one(*words, Act::OtherFile),
            Self::AnotherKey(words) => one(*words, Act::AnotherKey),
            Self::SignIn(words) => one(*words, Act::SignIn),
            Self::FreeModel => one(FREE_MODEL, Act::UseFreeModel),
            Self::OpenRouterUrl => one(
                Said::new(USE_URL, &[&OPENROUTER_URL]),
                Act::UseBaseUrl(OPENROUTER_URL.into()),
            ),
            Self::EditUrl => one(EDIT_URL, Act::EditBaseUrl),
            Self::RightUrl => match &evidence.right_url {
                Some(url) => one(
                    Said::new(USE_URL, &[&CleanText::line(url)]),
                    Act::UseBaseUrl(url.clone()),
                ),
                None => Vec::new(),
            },
            Self::Retry(secs) => {
                let wait = evidence.wait.unwrap_or(Duration::from_secs(*secs));
                one(retry_words(wait), Act::Retry(wait))
            }
            Self::LowerMaxTokens => match evidence.fitting_tokens {
                Some(tokens) if tokens >= LEAST_TOKENS => {
                    one(Said::new(LOWER_TO, &[&tokens]), Act::LowerMaxTokens(tokens))
                }
                _ => one(LOWER, Act::Advice),
            },
            Self::ShorterAnswer if evidence.fitting_tokens.is_none() => Vec::new(),
            Self::ShorterAnswer => Self::LowerMaxTokens.fixes(evidence),
            Self::OfferedModels => offered(USE_MODEL, evidence),
            Self::OfferedPaidModels if evidence.models.is_empty() => one(PAID_NAME, Act::Advice),
            Self::OfferedPaidModels => offered(USE_PAID_MODEL, evidence),
        }
    }
}

/// What becomes of a page of OpenRouter's at another server: the page with the same purpose, where it is known.
fn elsewhere(words: Phrase, page: &Page, whose: Whose) -> Vec<Fix> {
    let known = match whose {
        Whose::OpenAi => Vendor::OpenAi.keys_page(),
        Whose::OpenRouter | Whose::Another => None,
    };
    match (page, known) {
        (Page::Keys, Some(known)) => one(words, Act::Open(known)),
        (Page::Keys, None) => one(THEIR_KEYS, Act::Advice),
        _ => Vec::new(),
    }
}

fn one(words: impl Into<Said>, act: Act) -> Vec<Fix> {
    vec![Fix {
        words: words.into(),
        act,
    }]
}

fn offered(words: Phrase, evidence: &Evidence) -> Vec<Fix> {
    let fix = |model: &String| Fix {
        words: Said::new(words, &[model]),
        act: Act::UseModel(model.clone()),
    };
    evidence.models.iter().map(fix).collect()
}

fn retry_words(wait: Duration) -> Said {
    if wait.is_zero() {
        RETRY_NOW.into()
    } else {
        RETRY.say(wait, &[])
    }
}

const PAID_NAME: Phrase = Phrase::new(
    "Use the paid version: the model's name without :free",
    "改用付费版本：模型名去掉 :free",
);
const FREE_MODEL: Phrase = Phrase::new("Use a free model", "改用免费模型");
const USE_URL: Phrase = Phrase::new("Send requests to {}", "把请求发往 {}");
const EDIT_URL: Phrase = Phrase::new("Change the base URL", "修改基础地址");
const LOWER: Phrase = Phrase::new(
    "Ask for a shorter answer: a smaller max_tokens",
    "要求更短的回答：调小 max_tokens",
);
const LOWER_TO: Phrase = Phrase::new(
    "Ask for a shorter answer: max_tokens {}",
    "要求更短的回答：把 max_tokens 设为 {}",
);
const USE_MODEL: Phrase = Phrase::new("Use {}", "改用 {}");
const USE_PAID_MODEL: Phrase = Phrase::new("Use {} (it costs money)", "改用 {}（收费）");
const RETRY_NOW: Phrase = Phrase::new("Try again now", "现在重试");
const RETRY: Spans = Spans {
    seconds: Phrase::new("Try again in {} s", "{} 秒后重试"),
    minutes: Phrase::new("Try again in {} min", "{} 分钟后重试"),
    hours: Phrase::new("Try again in {} h", "{} 小时后重试"),
    days: Phrase::new("Try again in {} days", "{} 天后重试"),
};
