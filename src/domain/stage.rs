//! One stage of the API test, as it is told on screen, in lines and in JSON.

use std::time::Duration;

use super::diagnosis::Diagnosis;
use crate::text::{Phrase, Said};

/// The stages, in the order in which they depend on each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum StageId {
    /// Which key, from where, shadowed by what; base URL sane.
    Config,
    /// The host name resolves.
    Dns,
    /// A connection opens.
    Connect,
    /// The certificate is trusted.
    Tls,
    /// `GET /key` accepts the key.
    Auth,
    /// Key limit, expiry, free tier.
    Limit,
    /// The account's balance.
    Credits,
    /// The chosen model exists.
    Models,
    /// A tiny completion answers.
    Completion,
    /// First token time, tokens a second, comments and usage chunk seen.
    Stream,
    /// The reported cost agrees with the price list.
    Cost,
}

impl StageId {
    /// Its name in JSON and on the command line: a contract with scripts.
    pub fn name(self) -> &'static str {
        match self {
            Self::Config => "config",
            Self::Dns => "dns",
            Self::Connect => "connect",
            Self::Tls => "tls",
            Self::Auth => "auth",
            Self::Limit => "limit",
            Self::Credits => "credits",
            Self::Models => "models",
            Self::Completion => "completion",
            Self::Stream => "stream",
            Self::Cost => "cost",
        }
    }

    /// What it looks at, for a person.
    pub fn title(self) -> Phrase {
        match self {
            Self::Config => Phrase::new("Settings", "配置"),
            Self::Dns => Phrase::new("Host name", "域名解析"),
            Self::Connect => Phrase::new("Connection", "连接"),
            Self::Tls => Phrase::new("Certificate", "证书"),
            Self::Auth => Phrase::new("Key", "密钥"),
            Self::Limit => Phrase::new("Limit", "限额"),
            Self::Credits => Phrase::new("Credits", "余额"),
            Self::Models => Phrase::new("Model", "模型"),
            Self::Completion => Phrase::new("Answer", "回答"),
            Self::Stream => Phrase::new("Stream", "流式"),
            Self::Cost => Phrase::new("Cost", "费用"),
        }
    }
}

/// How a stage went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StageStatus {
    /// Under way.
    Running,
    /// As it should be.
    Pass,
    /// Works, and deserves a word.
    Warn,
    /// Does not work.
    Fail,
    /// Could not be looked at: something it depends on failed, or this server cannot tell.
    Skip,
}

impl StageStatus {
    /// Its name in JSON: a contract with scripts.
    pub fn name(self) -> &'static str {
        match self {
            Self::Running => "running",
            Self::Pass => "pass",
            Self::Warn => "warn",
            Self::Fail => "fail",
            Self::Skip => "skip",
        }
    }
}

/// What the stages of a test that has ended come to, in a sentence.
pub fn verdict(stages: &[Stage]) -> Said {
    const WORDLESS: Phrase = Phrase::new(
        "Everything up to the model works, but its answer holds no words.",
        "到模型为止一切正常，但回答中没有文字。",
    );
    const FAILS: Phrase = Phrase::new("It does not work yet: {}.", "还不能使用：{}。");
    const WORKS: Phrase = Phrase::new(
        "The setup works: a model answered.",
        "设置成功：模型已经作答。",
    );
    const WORKS_BUT_ONE: Phrase = Phrase::new(
        "The setup works: a model answered. One stage deserves a word.",
        "设置成功：模型已经作答。有一个阶段需要留意。",
    );
    const WORKS_BUT: Phrase = Phrase::new(
        "The setup works: a model answered. {} stages deserve a word.",
        "设置成功：模型已经作答。有 {} 个阶段需要留意。",
    );
    let failed = stages
        .iter()
        .filter(|stage| stage.status == StageStatus::Fail)
        .min_by_key(|stage| stage.id);
    if let Some(first) = failed {
        return Said::joined(FAILS, std::slice::from_ref(&first.detail));
    }
    let is_wordless =
        |stage: &Stage| stage.id == StageId::Completion && stage.status == StageStatus::Warn;
    if stages.iter().any(is_wordless) {
        return WORDLESS.into();
    }
    let warned = |stage: &&Stage| stage.status == StageStatus::Warn;
    match stages.iter().filter(warned).count() {
        0 => WORKS.into(),
        1 => WORKS_BUT_ONE.into(),
        count => Said::new(WORKS_BUT, &[&count]),
    }
}

impl Stage {
    /// A stage with one line of evidence; nothing was measured.
    pub fn new(id: StageId, status: StageStatus, detail: impl Into<Said>) -> Self {
        Self {
            id,
            status,
            took: Duration::ZERO,
            detail: detail.into(),
            diagnosis: None,
        }
    }
}

/// One stage with its evidence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stage {
    /// Which one.
    pub id: StageId,
    /// How it went.
    pub status: StageStatus,
    /// How long it took; zero where nothing was measured.
    pub took: Duration,
    /// One line of evidence, safe to draw.
    pub detail: Said,
    /// What is wrong and how to mend it, where something is.
    pub diagnosis: Option<Diagnosis>,
}
