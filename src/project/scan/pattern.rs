//! The shapes of keys: how each vendor's begin, and what may follow.

use std::ops::RangeInclusive;

use crate::domain::leak::Vendor;

/// The characters a key may have behind its beginning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Alphabet {
    /// Letters, digits, `-` and `_`.
    Word,
    /// Letters and digits.
    Alphanumeric,
    /// Capital letters and digits.
    Capital,
}

impl Alphabet {
    pub(super) fn holds(self, byte: u8) -> bool {
        match self {
            Self::Word => byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'),
            Self::Alphanumeric => byte.is_ascii_alphanumeric(),
            Self::Capital => byte.is_ascii_uppercase() || byte.is_ascii_digit(),
        }
    }
}

/// The shape of one kind of key.
#[derive(Debug)]
pub(super) struct Pattern {
    pub(super) vendor: Vendor,
    /// How it begins.
    pub(super) prefix: &'static str,
    /// What follows.
    pub(super) alphabet: Alphabet,
    /// How many characters follow.
    pub(super) length: RangeInclusive<usize>,
    /// The beginning belongs to nobody else, so that what follows may be a placeholder worth a word.
    /// Where it is false, a match that looks like no key is none.
    pub(super) is_distinct: bool,
}

const fn distinct(
    vendor: Vendor,
    prefix: &'static str,
    alphabet: Alphabet,
    length: RangeInclusive<usize>,
) -> Pattern {
    Pattern {
        vendor,
        prefix,
        alphabet,
        length,
        is_distinct: true,
    }
}

const fn common(
    vendor: Vendor,
    prefix: &'static str,
    alphabet: Alphabet,
    length: RangeInclusive<usize>,
) -> Pattern {
    Pattern {
        is_distinct: false,
        ..distinct(vendor, prefix, alphabet, length)
    }
}

use Alphabet::{Alphanumeric, Capital, Word};

/// Every shape. Of two beginnings at one place the longer counts. Sources: OpenRouter's documentation, the
/// detectors of trufflehog, gitleaks and osv-scalibr, and the vendors' own pages.
pub(super) const PATTERNS: &[Pattern] = &[
    // 64 hex digits behind `v1-` today; the scanners accept 20 of anything.
    distinct(Vendor::OpenRouter, "sk-or-", Word, 23..=300),
    distinct(Vendor::Anthropic, "sk-ant-", Word, 32..=300),
    distinct(Vendor::OpenAi, "sk-proj-", Word, 40..=300),
    distinct(Vendor::OpenAi, "sk-svcacct-", Word, 40..=300),
    distinct(Vendor::OpenAi, "sk-admin-", Word, 40..=300),
    distinct(Vendor::OpenAi, "sk-service-", Word, 40..=300),
    distinct(Vendor::Langfuse, "sk-lf-", Word, 36..=36),
    // 48 at OpenAI, 32 hex digits at DeepSeek, Moonshot and DashScope.
    common(Vendor::OpenAiLike, "sk-", Alphanumeric, 32..=64),
    distinct(Vendor::Google, "AIza", Word, 35..=35),
    distinct(Vendor::Groq, "gsk_", Alphanumeric, 48..=64),
    distinct(Vendor::Xai, "xai-", Alphanumeric, 64..=100),
    common(Vendor::HuggingFace, "hf_", Alphanumeric, 34..=40),
    distinct(Vendor::Perplexity, "pplx-", Alphanumeric, 40..=64),
    common(Vendor::Replicate, "r8_", Alphanumeric, 37..=37),
    common(Vendor::Fireworks, "fw_", Alphanumeric, 22..=24),
    distinct(Vendor::Together, "tgp_v1_", Word, 40..=48),
    distinct(Vendor::Nvidia, "nvapi-", Word, 60..=72),
    distinct(Vendor::GitHub, "ghp_", Alphanumeric, 36..=255),
    distinct(Vendor::GitHub, "gho_", Alphanumeric, 36..=255),
    distinct(Vendor::GitHub, "ghu_", Alphanumeric, 36..=255),
    distinct(Vendor::GitHub, "ghs_", Alphanumeric, 36..=255),
    distinct(Vendor::GitHub, "ghr_", Alphanumeric, 36..=255),
    distinct(Vendor::GitHub, "github_pat_", Word, 60..=255),
    distinct(Vendor::GitLab, "glpat-", Word, 20..=300),
    distinct(Vendor::Npm, "npm_", Alphanumeric, 36..=36),
    distinct(Vendor::Slack, "xoxb-", Word, 24..=255),
    distinct(Vendor::Slack, "xoxp-", Word, 24..=255),
    distinct(Vendor::Slack, "xapp-", Word, 24..=255),
    distinct(Vendor::Stripe, "sk_live_", Alphanumeric, 24..=255),
    distinct(Vendor::Stripe, "rk_live_", Alphanumeric, 24..=255),
    distinct(Vendor::Aws, "AKIA", Capital, 16..=16),
    distinct(Vendor::Aws, "ASIA", Capital, 16..=16),
];
